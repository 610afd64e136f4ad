"""Rows for a calculator, drawn column by column, and what the calculator itself gives for each of them."""

from __future__ import annotations

import datetime
import inspect
import random
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import pyarrow as pa
import pytest
from attrs import field, frozen
from emitters.variants import LATE, seed_of
from fictional.drawing import parameters
from frames.engines import ID, Kind

import povertyrules as pr
from povertyrules.asked import asked_by, calculators
from povertyrules.core.area import Result
from povertyrules.core.facts import EARLIEST, LATEST, Fact, Sort
from povertyrules.frames.inputs import quantity_fact
from povertyrules.policy import Policy

ZAOZHUANG = {"2018": LATE, "2017": pr.policy("zaozhuang-hitech", on="2017-06-30")}
"""On the first day every rule is in force, on the second some are not: what needs them is null in every row."""
OTHERS = {name: pr.policy(name, on="2018-06-30") for name in ("jilin", "shanxi", "zhongzhan")} | {
    "ankang": pr.policy("ankang", on="2020-06-30")
}
POLICIES = {**ZAOZHUANG, **OTHERS}


LISTS = {"energy.solar", "assets.share_income", "medical.inpatient", "relief.grounds"}
"""Calculators that take a list or look into an argument: `over` refuses them, whole tables go through `assess_frames`."""


def shown_by(policy: Policy, name: str) -> set[str]:
    """The quantities that a calculator of columns shows and the policy supplies."""
    function: Any = calculators(policy)[name]
    result = inspect.get_annotations(function.__func__, eval_str=True)["return"]
    return set() if name in LISTS else set(result.fields().values()) - policy.absent.keys()


NAMES = [(day, name) for day, policy in ZAOZHUANG.items() for name in calculators(policy) if shown_by(LATE, name)]
NAMES += [(place, name) for place, policy in OTHERS.items() for name in calculators(policy) if shown_by(policy, name)]
"""Every calculator that has something to show."""
EACH = [pytest.param(*one, marks=pytest.mark.long) if one[0] in OTHERS else one for one in NAMES]
"""The same, those of the other documents where there is time."""
GAPS = 0.12
"""The share of cells that nobody told."""
TYPES = {Sort.YES_NO: pa.bool_(), Sort.DATE: pa.date32()}
SHOWN = 3
Calculator = Callable[..., Result]
Cells = list[Any]


@frozen(eq=False, slots=False)
class Case:
    """A calculator, and some rows for it: `told` holds them by argument, as the scalar takes them."""

    calculator: Calculator
    told: Mapping[str, Cells]
    facts: Mapping[str, Fact]
    """The declaration of each argument."""
    literals: Mapping[str, object] = field(factory=dict)
    """What is the same in every row, and stands in no column."""

    @property
    def many(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.told.values())))

    @property
    def columns(self) -> dict[str, object]:
        """The keywords with which `over` is called."""
        return {**{name: name for name in self.told}, **self.literals}

    @cached_property
    def table(self) -> pa.Table:
        """The rows as whole numbers, truths and dates: a column for each argument, and one of ids."""
        types = {name: TYPES.get(self.facts[name].sort, pa.int64()) for name in self.told}
        return pa.table({ID: range(self.many), **self.told}, schema=pa.schema([(ID, pa.int64()), *types.items()]))

    @cached_property
    def expected(self) -> dict[str, Cells]:
        """What the calculator gives, a row at a time, by field."""
        names, shown = list(self.told), self.result.fields()
        out: dict[str, Cells] = {name: [] for name in shown}
        for row in zip(*self.told.values(), strict=True):
            answers: Any = self.calculator(**dict(zip(names, row, strict=True)), **self.literals).answers
            for name, quantity in shown.items():
                out[name].append(answers.value(quantity))
        return out

    @property
    def result(self) -> type[Result]:
        """What the calculator gives."""
        return inspect.get_annotations(self.calculator.__func__, eval_str=True)["return"]  # type: ignore[attr-defined]

    def first(self, many: int) -> Case:
        """The first of the rows; what was computed for them stays so."""
        few = Case(self.calculator, {name: cells[:many] for name, cells in self.told.items()}, self.facts, self.literals)
        vars(few)["expected"] = {name: cells[:many] for name, cells in self.expected.items()}
        return few


def check(kind: Kind, case: Case, table: pa.Table | None = None, **manner: Any) -> None:
    """Put the rows of a case through `over` in one kind of frame: each cell must be what the calculator gives, by type too."""
    frame = kind.make(case.table if table is None else table)
    out = kind.rows(pr.over(frame, case.calculator, **{"unit": "fen", **case.columns, **manner}))
    made = out.column_names[-len(case.expected) :]
    for name, cells, column in zip(case.expected, case.expected.values(), made, strict=True):
        truth = type(vars(case.result)[name]).__name__ == "yes_no_of"
        assert out.schema.field(column).type == (pa.bool_() if truth else pa.int64()), column
        found = out.column(column).to_pylist()
        wrong = [row for row in range(len(cells)) if found[row] != cells[row]] if found != cells else []
        told = [({n: c[row] for n, c in case.told.items()}, found[row], cells[row]) for row in wrong[:SHOWN]]
        assert not wrong, f"{column}: {len(wrong)} of {len(cells)} rows; told, found, expected: {told}"


# ---- drawing --------------------------------------------------------------------------------------------------


@cache
def case(day: str, name: str, many: int) -> Case:
    """Rows for a calculator, with gaps in every column; drawn, and computed, once for all engines."""
    policy = POLICIES[day]
    calculator, pick = calculators(policy)[name], random.Random(seed_of(f"{day} {name}"))
    facts = arguments(policy, calculator)
    told = {name: gaps(draw(policy, fact, many, pick), pick) for name, fact in facts.items()}
    return Case(calculator, told, facts)


def wired(day: str, name: str, many: int, pick: random.Random) -> Case:
    """Rows for a calculator, each argument told in another way: by a column with or without gaps, a literal, or not at all."""
    policy = POLICIES[day]
    calculator = calculators(policy)[name]
    facts, signature = arguments(policy, calculator), inspect.signature(calculator).parameters
    told, literals = dict[str, Cells](), dict[str, object]()
    for name, fact in facts.items():
        cells = draw(policy, fact, many, pick)
        match pick.choice(["gaps", "whole", "whole", "literal", "untold"]):
            case "gaps":
                told[name] = gaps(cells, pick)
            case "literal":
                literals[name] = cells[0]
            case "untold" if signature[name].default is None:
                pass
            case _:
                told[name] = cells
    if not told:
        first = next(iter(facts))
        literals.pop(first, None)
        told[first] = draw(policy, facts[first], many, pick)
    return Case(calculator, told, facts, literals)


def arguments(policy: Policy, calculator: Calculator) -> dict[str, Fact]:
    """What each argument of a calculator can be."""
    names, plan = inspect.signature(calculator).parameters, policy.plan
    behind = asked_by(calculator, names).told
    assert behind.keys() == names.keys(), "an argument tells nothing"
    return {name: plan.facts[n] if n in plan.facts else quantity_fact(plan, n) for name, n in behind.items()}


def draw(policy: Policy, fact: Fact, many: int, pick: random.Random) -> Cells:
    """A column of a fact, as the scalar takes it."""
    match fact.sort:
        case Sort.YES_NO:
            pool: Sequence[object] = (False, True)
        case Sort.CATEGORY if fact.kinds:
            pool = [int(kind) for kind in fact.kinds]
        case Sort.DATE:
            pool = days(policy)
        case _:
            pool = numbers(policy, fact, many, pick)
    return pick.choices(pool, k=many)


def gaps(cells: Cells, pick: random.Random) -> Cells:
    """The cells, some of them unknown."""
    return [None if pick.random() < GAPS else cell for cell in cells]


def days(policy: Policy) -> list[datetime.date]:
    """Days about which ages and terms turn, for a case that is looked at on the policy's day, and the ends of the calendar."""
    years = [n for n in (0, *parameters(policy.plan)) if 0 <= n < 120]
    about = [policy.on.replace(year=policy.on.year - n) for n in years]
    return [EARLIEST, LATEST, *(day + datetime.timedelta(days=d) for day in about for d in (-1, 0, 1))]


def numbers(policy: Policy, fact: Fact, many: int, pick: random.Random) -> list[object]:
    """Whole numbers of a fact: half of them at the figures of the rules, half anywhere, small ones as likely as large."""
    low, high = fact.codes
    near = {n + d for n in parameters(policy.plan) for d in (-1, 0, 1)} | {low, low + 1, high - 1, high, 0, -1, 1}
    half = max(many // 2, 1)
    wide = [pick.randint(low, high) for _ in range(half)]
    small = [max(low, min(high, int(high ** pick.random()))) for _ in range(half)]
    return [*pick.choices(sorted(n for n in near if low <= n <= high), k=2 * half), *wide, *small]
