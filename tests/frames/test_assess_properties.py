"""What holds of any tables: totals are the statement's, and neither order nor neighbours change what a household gets."""

from __future__ import annotations

import random
from functools import cache

import polars as pl
import pyarrow as pa
import pytest
from emitters.variants import LATE
from frames.engines import ID, Kind, named
from frames.trees import FEW, OWED, Found, Tables, assessed, column, kinds, shuffled, trees
from hypothesis import given, settings
from hypothesis import strategies as st

POLARS = named("polars")[0]
MANY = 8
TARGETS = ("dibao_due", "medical_assistance", "old_age_allowance", "funeral_grant")
READ = ("households", "persons", "treatments", "incomes", "deaths")
Results = dict[str, dict[str, tuple[object, ...]]]
"""By table and row: its cells, those of the caller and the results."""


# ---- totals -----------------------------------------------------------------------------------------------------


@kinds("polars")
@pytest.mark.parametrize(("day", "form"), [("2017", "flat"), ("2018", "tables")])
def test_totals_are_those_of_the_statement_where_all_is_told(kind: Kind, form: str, day: str) -> None:
    of = trees(day, 25, 53, unknown=0)
    homes = assessed(of, kind, of.tables if form == "tables" else of.flat)["households"]
    kept = {"month": "total_fen_per_month", "year": "total_fen_per_year", "once": "total_fen_once"}
    for i, home in enumerate(of.homes):
        statement = of.policy.assess(home)
        for per, name in kept.items():
            said = statement.totals.get(per)
            assert homes[name][i].as_py() == (said.figure if said is not None else 0), f"{name} of {i}"
        assert homes["undecided"][i].as_py() == len(statement.undecided)


@kinds("polars")
@pytest.mark.parametrize(("form", "targets"), [("tables", ()), ("flat", FEW)])
def test_totals_and_the_undecided_are_counted_from_the_columns(kind: Kind, form: str, targets: tuple[str, ...]) -> None:
    of = trees("2018", 40, 59)
    found = assessed(of, kind, of.tables if form == "tables" else of.flat, targets=targets)
    rules = {name: of.policy.plan.quantities[name].rule for name in targets or of.policy.entitlements}
    sums = dict.fromkeys((f"H{i:04}" for i in range(40)), 0)
    unknown, counted = dict(sums), set[str]()
    for name, rule in rules.items():
        assert rule is not None
        result = column(of.policy, name)
        table = next(found[t] for t in OWED if result in found[t].column_names)
        for at, value in zip(table["household_id"].to_pylist(), table[result].to_pylist(), strict=True):
            unknown[at] += rule.line and value is None
            if rule.line and rule.counts and rule.sort == "money" and rule.per == "once":
                counted.add(name)
                sums[at] += value or 0
    assert counted
    assert found["households"]["undecided"].to_pylist() == list(unknown.values())
    assert found["households"]["total_fen_once"].to_pylist() == list(sums.values())
    assert max(unknown.values()) > 0


# ---- order and neighbours ---------------------------------------------------------------------------------------


def results(found: Found) -> Results:
    """The cells of each row."""
    out: Results = {}
    for table, frame in found.items():
        names = [name for name in sorted(frame.column_names) if name not in (ID, "household_id", "person_id")]
        key = "household_id" if table == "households" else ID
        out[table] = {str(row[key]): tuple((name, row[name]) for name in names) for row in frame.to_pylist()}
    return out


def part(tables: Tables, homes: list[str]) -> Tables:
    """What belongs to some households."""
    persons = tables["persons"].filter(pl.col("household_id").is_in(homes))
    out = {name: table.filter(pl.col("household_id").is_in(homes)) for name, table in tables.items() if name != "treatments"}
    if "treatments" in tables:
        out["treatments"] = tables["treatments"].filter(pl.col("person_id").is_in(persons["person_id"].implode()))
    return out


@cache
def some(form: str) -> tuple[Tables, Results]:
    """Some households as tables, and their results."""
    of = trees("2018", MANY, 61)
    tables = {name: table for name, table in (of.tables if form == "tables" else of.flat).items() if name in READ}
    found = assessed(of, POLARS, tables, targets=TARGETS)
    of.check(found, tables, TARGETS)
    return tables, results(found)


def again(tables: Tables) -> Found:
    return assessed(trees("2018", MANY, 61), POLARS, tables, targets=TARGETS)


def order(form: str, seed: int) -> None:
    tables, right = some(form)
    assert results(again(shuffled(tables, random.Random(seed)))) == right


def parts(form: str, places: list[int]) -> None:
    tables, right = some(form)
    here, there = ([f"H{i:04}" for i in range(MANY) if (i in places) is inside] for inside in (True, False))
    found = [again(part(tables, homes)) for homes in (here, there)]
    assert results({name: pa.concat_tables([one[name] for one in found]) for name in right}) == right


def neighbours(form: str, places: list[int], seed: int) -> None:
    (tables, right), other = some(form), trees("2018", MANY, 67)
    more = part(other.tables if form == "tables" else other.flat, [f"H{i:04}" for i in places])
    both = {}
    for name, table in tables.items():
        ids = [pl.format("other {}", one).alias(one) for one in table.columns if one.endswith("_id")]
        both[name] = pl.concat([table, more[name].with_columns(pl.col(ID) + 100_000, *ids)])
    found = results(again(shuffled(both, random.Random(seed))))
    for table, rows in right.items():
        assert {key: found[table][key] for key in rows} == rows
        assert len(found[table]) == (both[table].height if table in both else MANY + len(places))


FORMS = pytest.mark.parametrize("form", ["tables", "flat"])
PLACES = st.lists(st.integers(0, MANY - 1), unique=True, max_size=MANY)
SEEDS = st.integers(0, 2**32)
FEWER, MORE = settings(max_examples=4), settings(max_examples=60)


@FORMS
@FEWER
@given(seed=SEEDS)
def test_the_order_of_rows_and_of_columns_does_not_matter(form: str, seed: int) -> None:
    order(form, seed)


@FEWER
@given(places=PLACES)
def test_tables_in_two_parts_give_what_they_give_whole(places: list[int]) -> None:
    parts("tables", places)


@FEWER
@given(places=PLACES, seed=SEEDS)
def test_another_household_changes_nothing_for_the_others(places: list[int], seed: int) -> None:
    neighbours("flat", places, seed)


@pytest.mark.long
@FORMS
@MORE
@given(places=PLACES, seed=SEEDS)
def test_neither_order_nor_parts_nor_neighbours_matter_throughout(form: str, places: list[int], seed: int) -> None:
    order(form, seed)
    parts(form, places)
    neighbours(form, places, seed)


NAMES = st.lists(st.sampled_from(LATE.entitlements), min_size=1, max_size=12, unique=True)


@FEWER
@given(targets=NAMES)
def test_a_result_does_not_depend_on_what_else_is_asked_for(targets: list[str]) -> None:
    of = trees("2018", MANY, 61)
    of.check(assessed(of, POLARS, of.tables, targets=targets), of.tables, targets)


@pytest.mark.long
@MORE
@given(targets=NAMES)
def test_a_result_does_not_depend_on_what_else_is_asked_for_throughout(targets: list[str]) -> None:
    of = trees("2018", MANY, 61)
    of.check(assessed(of, POLARS, of.flat, targets=targets), of.flat, targets)
