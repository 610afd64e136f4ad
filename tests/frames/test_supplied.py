"""What is told beside a calculator's arguments: the day of each row, and figures of the rules in columns."""

from __future__ import annotations

import datetime
import random
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from emitters.variants import seed_of
from frames.cases import NAMES, POLICIES, Case, case, gaps
from frames.engines import ID, QUICK, Kind, each, named

import povertyrules as pr
from povertyrules import Fen
from povertyrules.asked import asked_by, calculators
from povertyrules.core.rule import Leaf
from povertyrules.frames.inputs import parameters
from povertyrules.policy import Policy

AGED = ["old_age_allowance", "longevity_allowance", "dibao_old_age_allowance", "care_subsidy"]
YEAR = POLICIES["2017"]


# ---- the day ----------------------------------------------------------------------------------------------------


def days_and_births(pick: random.Random) -> tuple[list[datetime.date | None], list[datetime.date | None]]:
    """Days of one year, and dates of birth whose birthdays lie at, before and after them; some of each unknown."""
    on = [datetime.date(2017, 1, 1) + datetime.timedelta(days=pick.randint(0, 364)) for _ in range(400)]
    born = []
    for day in on:
        years = pick.choice([0, 59, 60, 79, 80, 89, 90, 99, 100, 103])
        year = day.year - years
        same = datetime.date(year, day.month, min(day.day, 28))
        born.append(same + datetime.timedelta(days=pick.choice([-1, 0, 1]) if years else 0))
    return gaps([*on, datetime.date(2016, 2, 29)], pick), gaps([*born, datetime.date(1936, 2, 29)], pick)


@each(quick=(*QUICK, "dask"))
def test_each_row_on_its_own_day(kind: Kind) -> None:
    on, born = days_and_births(random.Random(1))
    if kind.slow:
        on, born = on[-60:], born[-60:]
    data = {ID: range(len(on)), "day": on, "birth": born}
    table = pa.table(data, schema=pa.schema([(ID, pa.int64()), ("day", pa.date32()), ("birth", pa.date32())]))
    asked: dict[str, Any] = {"receives_dibao": True, "unable_to_care": True}
    # nobody is born after the day on which the row is looked at: such a birth is refused, as the scalar refuses it
    expected = [aged(day, birth, asked) for day, birth in zip(on, born, strict=True)]
    out = kind.rows(
        pr.over(kind.make(table), YEAR.elderly.allowances, unit="yuan", invalid="null", on="day", born="birth", **asked)
    )
    found = list(zip(*(column.to_pylist() for column in out.columns[-4:]), strict=True))
    assert found == expected, [row for row in zip(on, born, found, expected, strict=True) if row[2] != row[3]][:5]
    assert len(set(expected)) > 5


def aged(on: datetime.date | None, born: datetime.date | None, asked: dict[str, Any]) -> tuple[int | None, ...]:
    """What the scalar gives to somebody who was born on one day, on another."""
    try:
        answers = YEAR.evaluate(tuple(AGED), {"on": on, "born": born, **asked})
    except pr.DateError:
        return aged(on, None, asked)
    return tuple(answers.value(name) for name in AGED)


def test_a_birth_after_the_day_of_its_row_is_refused() -> None:
    frame = pl.DataFrame({"day": ["2017-03-01", "2017-03-01", None], "birth": ["2017-03-01", "2017-03-02", "2017-07-01"]})
    with pytest.raises(pr.FrameError) as refused:
        pr.over(frame, YEAR.elderly.allowances, unit="yuan", on="day", born="birth", unable_to_care=True)
    assert refused.value.counts == {"birth": 2}, "the policy's day holds where the row tells none"


# ---- figures of the rules ---------------------------------------------------------------------------------------


@each(quick=QUICK)
def test_a_figure_in_a_column_is_a_reform_for_each_row(kind: Kind) -> None:
    ages, cares = [60, 80, 80, 95, None, 59], [7000, 0, 12345, None, 7000, 100_000_00]
    schema = pa.schema([(ID, pa.int64()), ("age", pa.int64()), ("care", pa.int64())])
    table = pa.table({ID: range(6), "age": ages, "care": cares}, schema=schema)
    out = kind.rows(
        pr.over(
            kind.make(table),
            YEAR.elderly.allowances,
            unit="fen",
            age="age",
            unable_to_care=True,
            **{"elderly.care.amount": "care"},
        )
    )
    expected = []
    for age, care in zip(ages, cares, strict=True):
        figures = YEAR if care is None else YEAR.reform({"elderly.care.amount": Fen(care)})
        found: Any = figures.elderly.allowances(age=age, unable_to_care=True)  # type: ignore[arg-type]
        value = found.answers.value("care_subsidy")
        expected.append(None if care is None and value else value)  # where nothing is due, the figure is not asked for
    assert out.column("care_fen_per_month").to_pylist() == expected


@each(quick=QUICK)
def test_a_poverty_line_in_a_column(kind: Kind) -> None:
    policy = pr.policy("zaozhuang-hitech", on="2018-06-30")
    lines, incomes = [3402_00, 3609_00, 4000_00, None, 1], [3500_00, 3608_99, None, 1, 0]
    schema = pa.schema([(ID, pa.int64()), ("yardstick", pa.int64()), ("income", pa.int64())])
    table = pa.table({ID: range(5), "yardstick": lines, "income": incomes}, schema=schema)
    out = kind.rows(
        pr.over(
            kind.make(table),
            policy.income.test,
            unit="fen",
            register_net_income="income",
            members=2,
            line="yardstick",
        )
    )
    for row, (line, income) in enumerate(zip(lines, incomes, strict=True)):
        told = {} if line is None else {"income.provincial.lines[2018]": Fen(line)}
        found: Any = policy.local(told, source="told").income.test(register_net_income=income, members=2)  # type: ignore[arg-type]
        expected = {field: found.answers.value(name) for field, name in found.fields().items()}
        made = dict(zip(expected, (column.to_pylist()[row] for column in out.columns[-4:]), strict=True))
        assert made == expected, (line, income)


def figures(policy: Policy, name: str) -> dict[str, Leaf]:
    """The parameters behind a calculator that a column can supply: amounts, shares, numbers; no ends of bands, no lists."""
    held = parameters(policy.plan, asked_by(calculators(policy)[name], ()).targets)
    leaves = {path: node.info for path, (node, _) in held.items() if not path.endswith((".from", ".to"))}
    return {path: info for path, info in leaves.items() if isinstance(info, Leaf) and info.source.unit != "kinds"}


def some(unit: str, pick: random.Random) -> tuple[list[int | None], list[object]]:
    """Two values of a parameter, as a column has them and as `reform` takes them; the third is unknown."""
    if unit == "percent":
        values = pick.sample(range(1, 41), 2)
        return [*values, None], [f"{n} %" for n in values]
    if unit in ("m2", "mu"):
        values = [pick.randint(0, 300) for _ in range(2)]
        return [*values, None], [f"{n // 100}.{n % 100:02d}" for n in values]
    if unit.startswith("yuan"):
        values = [pick.choice([0, 1, 99, 10_000, 350_900, 50_000_000, pick.randint(0, 1_000_000)]) for _ in range(2)]
        return [*values, None], [Fen(n) for n in values]
    values = [pick.randint(1, 90) for _ in range(2)]
    return [*values, None], list(values)


FIGURES = [(day, name, path) for day, name in NAMES for path in figures(POLICIES[day], name)]
FEW = [*random.Random(4).sample(FIGURES, 4), ("2018", "dibao.gradual_exit", "dibao.standard.standard")]
"""In the last one, what the figure makes is told by a column too."""


@pytest.mark.parametrize(("day", "name", "path"), FEW)
@each(named("polars"))
def test_figures_of_the_rules_in_columns(kind: Kind, day: str, name: str, path: str) -> None:
    compare(kind, day, name, path)


@pytest.mark.long
@pytest.mark.parametrize(("day", "name", "path"), FIGURES)
@each(named("polars"))
def test_figures_of_the_rules_in_columns_throughout(kind: Kind, day: str, name: str, path: str) -> None:
    compare(kind, day, name, path)


def compare(kind: Kind, day: str, name: str, path: str) -> None:
    """A parameter in a column gives, for each of its values, what the policy gives that is reformed to it."""
    found, pick = case(day, name, 120), random.Random(seed_of(f"{day} {name} {path}"))
    column, written = some(figures(POLICIES[day], name)[path].source.unit, pick)
    own = [column[row % 3] for row in range(found.many)]
    table = found.table.append_column("own", pa.array(own, pa.int64()))
    out = kind.rows(pr.over(kind.make(table), found.calculator, unit="fen", **found.columns, **{path: "own"}))
    made = [cells.to_pylist() for cells in out.columns[-len(found.expected) :]]
    for at, value in enumerate(written):
        reformed = calculators(POLICIES[day].reform({path: value}))[name]
        for rows in (at, 2):  # where the figure is unknown, what is known all the same holds whatever it is
            told = {arg: cells[rows::3] for arg, cells in found.told.items()}
            for column, cells in zip(made, Case(reformed, told, found.facts).expected.values(), strict=True):
                kept = [cell for cell, own in zip(cells, column[rows::3], strict=True) if rows == at or own is not None]
                assert [own for own in column[rows::3] if rows == at or own is not None] == kept, value
