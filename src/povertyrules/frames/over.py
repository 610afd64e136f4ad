"""`over`: one calculator over the rows of any frame."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

from attrs import evolve, frozen

from povertyrules.asked import Asked, asked_by
from povertyrules.core.errors import NotTold, UnknownName
from povertyrules.core.facts import Fact
from povertyrules.core.plan import Plan
from povertyrules.core.ranges import Range
from povertyrules.frames.asking import BILLS, FINDINGS, list_column, list_fact, manner_of, wanted
from povertyrules.frames.engines import column_names, entered, is_dask
from povertyrules.frames.found import told_by
from povertyrules.frames.inputs import Wiring, found_name, scale_of, wire
from povertyrules.frames.names import named
from povertyrules.frames.noting import note_blanks, note_results
from povertyrules.frames.parts import over_parts
from povertyrules.frames.reading import read, read_objects
from povertyrules.frames.report import Report
from povertyrules.frames.run import Manner, Table, blanks, told_literals
from povertyrules.policy import Policy
from povertyrules.uses.scale.boundary import EMPTY, Input
from povertyrules.uses.scale.columns import Columns, planned

F = TypeVar("F")
ROW = "row"


def over(
    frame: F,
    calculator: Callable[..., object],
    *,
    unit: str,
    invalid: str = "raise",
    round: str = "exact",
    lang: str = "en",
    report: Report | None = None,
    **columns: object,
) -> F:
    """Put every row of a frame through a calculator; the results are appended as columns, in the engine that came in.

    A keyword is an argument of the calculator, or anything behind its result: a fact, a quantity, a parameter by its path or by
    the end of its name. A string names a column, any other value holds for every row. `unit` says how money stands in columns,
    "yuan" or "fen" (areas then in their unit, or in hundredths of it); results are whole fen. A result is null where the answer
    is unknown or the text does not state it. `invalid` says what becomes of a cell that is refused: "raise" (which needs a
    pass over the data first), "null" (it counts as unknown) or "keep" (the same, and a column of findings says so). `round`
    brings floats that are no whole fen to the nearest one ("half_up"). `report` is filled in.

    Raises `FrameError`, `UnknownName`, `SortError`, `NotTold` (an argument without which there is no result).

    >>> import polars as pl
    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> people = pl.DataFrame({"years": [103, 85, None], "dibao": [False, True, False]})
    >>> found = pr.over(people, zz.elderly.allowances, unit="yuan", age="years", receives_dibao="dibao", unable_to_care=False)
    >>> found["longevity_fen_per_month"].to_list(), found["dibao_old_age_fen_per_month"].to_list()
    ([43000, 0, None], [0, 10000, 0])
    """
    manner = manner_of(unit=unit, invalid=invalid, rounding=round, lang=lang, report=report)
    return cast(F, prepared(calculator, columns, unit=unit, lang=lang).of(frame, manner))


def over_rows(
    policy: Policy,
    frame: F,
    targets: Iterable[str],
    *,
    unit: str,
    invalid: str,
    rounding: str,
    lang: str,
    report: Report | None,
    columns: Mapping[str, object],
) -> F:
    """Quantities by name over the rows of a frame, each row a person with the household above and the one bill below."""
    manner = manner_of(unit=unit, invalid=invalid, rounding=rounding, lang=lang, report=report)
    plan, asked_for, names = policy.plan, wanted(policy.plan, targets), column_names(frame)
    told = told_by(plan, plan.world.entities, names, {}, frozenset(asked_for))
    needed = set(plan.order(asked_for, set(told) & plan.quantities.keys()))
    found: dict[str, object] = {name: column for name, column in told.items() if name in needed and name not in columns}
    bill = frozenset({BILLS} if needed & plan.world.entities["Treatment"].facts.keys() else ())
    found |= list_column(plan, BILLS, names) if bill - columns.keys() else {}
    asked = Asked(policy, {name: name for name in asked_for}, {name: name for name in found}, {}, bill, policy.name)
    return cast(F, asking_for(asked, {**found, **columns}, unit=unit, lang=lang).of(frame, manner))


@frozen(eq=False)
class Asking:
    """A calculator with its columns: what is computed, and from what."""

    asked: Asked
    columns: Columns
    told: Mapping[str, str]
    """The column of each fact, quantity or parameter that is told by one."""
    literals: Mapping[str, object]
    facts: Mapping[str, Fact]
    scales: Mapping[str, int]
    unit: str
    lang: str

    @property
    def names(self) -> dict[str, str]:
        """The result column of each field."""
        out: dict[str, str] = {}
        for field, quantity in self.asked.fields.items():
            rule = self.columns.plan.quantities[quantity].rule
            assert rule is not None
            name = named(field, rule, self.lang)
            out[field] = f"{name} ({field})" if name in out.values() else name
        return out

    def of(self, frame: object, manner: Manner) -> object:
        """The frame with the results; one of Dask a part at a time, and the report then says what is known before any is read."""
        if not is_dask(frame):
            return self.over(frame, manner)
        quiet = functools.partial(self.over, manner=evolve(manner, report=None))
        return over_parts(frame, quiet, functools.partial(self.over, manner=manner))

    def over(self, frame: object, manner: Manner) -> object:
        """The frame with the results."""
        engine = entered(frame, tuple(dict.fromkeys(self.told.values())), functools.partial(self.objects, manner=manner))
        for column in self.told.values():
            if column not in engine.names:
                raise UnknownName.among("column", column, engine.names)
        made = self.names
        for name in (*made.values(), *([FINDINGS[self.lang]] if manner.invalid == "keep" else [])):
            if engine.has(name):
                raise UnknownName(name, name, "the frame has a column of that name already: rename it first")
        table, policy = Table.of(engine), self.asked.policy
        schema = engine.frame.collect_schema()
        inputs = [
            Input(name, column, self.facts[name], schema[column], scale=1 if column in engine.objects else self.scale(name))
            for name, column in self.told.items()
            if not isinstance(schema[column], EMPTY)
        ]
        on = policy.builder.on
        ranges = {**self.columns.ranges, **dict.fromkeys(self.asked.lists, Range(0, 1))}
        told_literals(table, {"on": policy.on, **self.literals} if "on" not in self.told else self.literals, self.facts, ranges)
        read(table, inputs, manner, ranges, on)
        taken = blanks(table, self.columns, manner.absent)
        for stage in self.columns.stages:
            table.compute(stage, self.columns.listed)
        if manner.report is not None:
            self.note(manner.report, engine.names, taken)
        results = {}
        for field, quantity in self.asked.fields.items():
            rule = self.columns.plan.quantities[quantity].rule
            assert rule is not None
            results[made[field]] = table.output(quantity, rule.sort == "yes/no")
        if manner.invalid == "keep":
            results[FINDINGS[self.lang]] = table.findings()
        return engine.finish(table.frame.with_columns(**results), tuple(results))

    def objects(self, column: str, cells: Iterable[object], *, manner: Manner) -> list[int | None]:
        """A column of Python objects as whole numbers."""
        names = [name for name, told in self.told.items() if told == column]
        return read_objects(column, cells, [self.facts[name] for name in names], self.scale(names[0]), manner)

    def scale(self, name: str) -> int:
        """How many of the library's whole numbers there are in one of the column's."""
        return scale_of(self.facts[name], self.unit, self.scales.get(name, 1))

    def note(self, report: Report, names: tuple[str, ...], taken: list[str]) -> None:
        """Fill in what was read and what the results rest on."""
        report.used |= dict(self.told)
        report.unused = tuple(name for name in names if name not in self.told.values())
        note_blanks(report, self.columns.plan.facts, taken, self.lang)
        results = {name: self.asked.fields[field] for field, name in self.names.items()}
        note_results(report, self.columns.plan, self.asked.policy.rules, results, self.columns.given, self.told, self.lang)


def prepared(calculator: Callable[..., object], columns: Mapping[str, object], *, unit: str, lang: str) -> Asking:
    """What a calculator computes from some columns and literals."""
    arguments = inspect.signature(calculator).parameters if callable(cast(object, calculator)) else {}
    asked = asked_by(calculator, [name for name in columns if name in arguments])
    asking = asking_for(asked, columns, unit=unit, lang=lang)
    _enough(asked, arguments, columns, {*asking.told, *asking.literals})
    return asking


def asking_for(asked: Asked, columns: Mapping[str, object], *, unit: str, lang: str) -> Asking:
    """What is computed from some columns and literals, and from what the calculator tells by itself."""
    plan, targets = asked.policy.plan, asked.targets
    told: dict[str, str] = {}
    literals = dict(asked.literals)
    for keyword, value in columns.items():
        if keyword in asked.lists:  # whether there is an entry in the row at all
            told |= {keyword: value} if isinstance(value, str) else {}
            literals |= {keyword: value} if isinstance(value, bool) else {}
            continue
        name = found_name(plan, targets, asked.told, keyword)
        literals.pop(name, None)
        if isinstance(value, str):
            told[name] = value
        elif value is not None:
            literals[name] = value
    wiring, made = _planned(plan, targets, (*told, *literals, "on"), asked.lists)
    listed = {name: list_fact(plan, name) for name in asked.lists}
    return Asking(asked, made, told, literals, {**wiring.facts, **listed}, wiring.scales, unit, lang)


@functools.lru_cache(maxsize=16)
def _planned(plan: Plan, targets: tuple[str, ...], names: tuple[str, ...], lists: frozenset[str]) -> tuple[Wiring, Columns]:
    """What is computed in which order, for what is told under some names; the same for every part of a file."""
    wiring = wire(plan, targets, [name for name in names if name not in lists])
    tables = tuple(dict.fromkeys(plan.world.entities, ROW).items())
    return wiring, planned(wiring.plan, targets, wiring.given, tables, frozenset(names), lists)


def _enough(asked: Asked, arguments: Mapping[str, inspect.Parameter], columns: Mapping[str, object], told: set[str]) -> None:
    """Refuse a call that leaves out an argument without which every result is unknown."""
    plan = asked.policy.plan
    for name, parameter in arguments.items():
        if name in columns or parameter.default is not parameter.empty:
            continue
        worked_out = name in plan.quantities and plan.inputs((name,), set()) & told
        if not worked_out and name not in told:
            raise NotTold(f"{name}: name its column, or give a value that holds for every row")
