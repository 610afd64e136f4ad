"""Cells that are refused, unknown or taken as absent, household facts that differ in a flat table, and what the report says."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from frames.engines import ID, Kind, named
from frames.trees import (
    EARLY,
    ENTITIES,
    FEW,
    Tables,
    Trees,
    assessed,
    column,
    facts_of,
    frames,
    kinds,
    refused,
    rows,
    trees,
)

from povertyrules import FrameError, Household, Person, Report
from povertyrules.core.facts import Sort

POLARS = named("polars")[0]


def cells(table: Any, name: str) -> list[Any]:
    """A column of a result as a list."""
    return list(table[name].to_pylist())


# ---- refused cells ----------------------------------------------------------------------------------------------


def spoilt(of: Trees) -> tuple[Tables, dict[str, dict[str, list[int]]]]:
    """The tables with a cell that is refused wherever one was unknown; and the rows of those, by table and column."""
    read, tables, bad = (
        of.policy.plan.inputs(of.policy.plan.quantities, set()),
        dict(of.tables),
        dict[str, dict[str, list[int]]](),
    )
    for table in tables:
        for name, fact in facts_of(table).items():
            wrong = None if fact.blank is not None or name not in read else refused(fact)
            holes = tables[table][name].is_null().arg_true().to_list()
            if wrong is not None and holes:
                tables[table] = tables[table].with_columns(pl.col(name).fill_null(wrong))
                bad.setdefault(table, {})[name] = holes
    return tables, bad


@kinds("polars", "pandas-alone")
def test_refused_cells_count_as_unknown(kind: Kind) -> None:
    of = trees("2018", 40, 37)
    tables, _ = spoilt(of)
    of.check(assessed(of, kind, tables, targets=FEW, invalid="null"), tables, FEW)


@kinds("polars")
def test_refused_cells_are_said_in_their_row_and_counted(kind: Kind) -> None:
    of, report = trees("2018", 40, 37), Report()
    tables, bad = spoilt(of)
    assert sum(map(len, bad["persons"].values())) >= 100
    found = assessed(of, kind, tables, targets=FEW, invalid="keep", report=report)
    of.check(found, tables, FEW, besides=["findings"])
    for table, names in bad.items():
        if table not in found:
            continue
        for row, text in enumerate(cells(found[table], "findings")):
            said = {part.split(":")[0] for part in (text or "").split("; ")} - {""}
            assert said == {name for name, holes in names.items() if row in holes}, f"{table} {row}"
    assert report.invalid == {name: len(holes) for names in bad.values() for name, holes in names.items()}


@kinds("polars")
def test_refused_cells_are_refused_with_their_count_and_rows(kind: Kind) -> None:
    of = trees("2018", 40, 37)
    tables, bad = spoilt(of)
    with pytest.raises(FrameError) as caught:
        assessed(of, kind, tables, targets=FEW)
    counts = {name: len(holes) for names in bad.values() for name, holes in names.items()}
    assert caught.value.counts
    assert caught.value.counts.items() <= counts.items()
    assert kind.lazy or "row " in str(caught.value)


# ---- what is unknown --------------------------------------------------------------------------------------------


@kinds("polars")
@pytest.mark.parametrize("form", ["tables", "flat"])
def test_unknown_statuses_may_be_taken_as_absent(kind: Kind, form: str) -> None:
    known = trees("2018", 40, 41)
    of = Trees(known.policy, known.homes, absent=True)
    assert of.totals() != known.totals()
    tables = known.tables if form == "tables" else known.flat
    of.check(assessed(of, kind, tables, untold="absent", targets=FEW), tables, FEW)


@kinds("polars")
def test_statuses_of_which_there_is_no_column_may_be_taken_as_absent(kind: Kind) -> None:
    known = trees("2018", 40, 41)
    untold = {"persons": ["receives_dibao", "extremely_poor"], "households": ["registered_poor", "enough_food"]}
    tables = {name: table.drop(untold.get(name, [])) for name, table in known.tables.items()}
    of = Trees(known.policy, [forgotten(home, untold) for home in known.homes], absent=True)
    of.check(assessed(of, kind, tables, untold="absent", targets=FEW), tables, FEW)


def forgotten(home: Any, untold: dict[str, list[str]]) -> Any:
    """A household of which some facts are not told."""
    persons = tuple(evolve(person, **dict.fromkeys(untold["persons"])) for person in home.persons)
    return evolve(home, persons=persons, **dict.fromkeys(untold["households"]))


@kinds("polars")
def test_columns_that_are_empty_or_missing_are_untold(kind: Kind) -> None:
    known, untold = trees("2018", 20, 43), {"persons": ["born", "receives_dibao"], "households": ["registered_poor"]}
    of = Trees(known.policy, [forgotten(home, untold) for home in known.homes])
    missing = {name: table.drop(untold.get(name, [])) for name, table in known.tables.items()}
    empty = {
        name: table.with_columns(pl.lit(None).alias(n) for n in untold.get(name, [])) for name, table in known.tables.items()
    }
    for tables in (missing, of.tables, empty):
        of.check(assessed(of, kind, tables, targets=FEW), tables, FEW)


@kinds("polars")
def test_a_day_of_the_household_goes_before_the_policys(kind: Kind) -> None:
    born = datetime.date(1937, 6, 30)
    homes = [Household(on=on, persons=[Person(born=born, receives_dibao=True)]) for on in (datetime.date(2017, 6, 29), None)]
    of, targets = Trees(EARLY, homes), ["age", "dibao_old_age_allowance"]
    assert of.expected("persons", targets)["age"] == [79, 80]
    tables = {name: of.tables[name] for name in ("households", "persons")}
    tables["households"] = tables["households"].with_columns(on=pl.Series([datetime.date(2017, 6, 29), None]))
    of.check(assessed(of, kind, tables, targets=targets), tables, targets)
    flat = {
        "persons": tables["persons"].join(tables["households"].drop(ID), on="household_id", how="left", maintain_order="left")
    }
    of.check(assessed(of, kind, flat, targets=targets), flat, targets)


# ---- household facts in a flat table ----------------------------------------------------------------------------


def differing() -> tuple[Tables, Tables]:
    """A flat table in which the second household does not agree on its income; and what would say that it is not told."""
    told = {"household_id": ["a", "b", "b", "b", "c"], "age": [84, 85, 60, 30, 20], "receives_dibao": [True] * 5}
    flat = pl.DataFrame({ID: range(5), **told, "countable_income": [0, 1_200_00, 1_200_01, 1_200_00, 0]})
    unknown = flat.with_columns(pl.when(pl.col("household_id") != "b").then("countable_income").alias("countable_income"))
    return {"persons": flat}, {"persons": unknown}


DIBAO = ("dibao_due", "dibao_old_age_allowance")


@kinds("polars", "pandas-alone", "duckdb")
def test_a_household_that_does_not_agree_with_itself_is_refused(kind: Kind) -> None:
    with pytest.raises(FrameError, match=r"countable_income: .*the same in every row") as caught:
        EARLY.assess_frames(**frames(kind, differing()[0]), unit="fen", targets=DIBAO)
    assert caught.value.counts == {"countable_income": 1}
    assert "'b'" in str(caught.value)  # which household it is
    assert "1 of 3" in str(caught.value)


@kinds("polars", "duckdb")
@pytest.mark.parametrize("invalid", ["null", "keep"])
def test_what_a_household_does_not_agree_on_is_unknown(kind: Kind, invalid: str) -> None:
    report, (flat, unknown) = Report(), differing()
    found = rows(kind, EARLY.assess_frames(**frames(kind, flat), unit="fen", targets=DIBAO, invalid=invalid, report=report))
    right = rows(kind, EARLY.assess_frames(**frames(kind, unknown), unit="fen", targets=DIBAO))
    for table, name in (("households", "dibao_due_fen_per_month"), ("persons", "dibao_old_age_allowance_fen_per_month")):
        assert cells(found[table], name) == cells(right[table], name)
    assert cells(found["households"], "dibao_due_fen_per_month")[1] is None
    assert report.invalid == {"countable_income": 1}
    if invalid == "keep":
        said = [text or "" for table in found.values() if "findings" in table.column_names for text in cells(table, "findings")]
        assert any("countable_income" in text for text in said)


@kinds("polars")
def test_each_sort_of_fact_may_repeat_in_a_flat_table_and_each_may_differ(kind: Kind) -> None:
    of = trees("2018", 40, 47)
    flat, home = of.flat["persons"], next(i for i, one in enumerate(of.homes) if len(one.persons) > 1)
    here, met = pl.col("household_id") == f"H{home:04}", set[Sort]()
    for name, fact in facts_of("households").items():
        values = flat[name].drop_nulls().unique(maintain_order=True).to_list()
        if name not in of.policy.plan.inputs(of.policy.plan.quantities, set()) or len(values) < 2:
            continue
        first = pl.col(ID) == flat.filter(here)[ID][0]
        told = pl.when(first).then(pl.lit(values[0])).when(here).then(pl.lit(values[1])).otherwise(pl.col(name))
        tables = {"persons": flat.with_columns(told.cast(flat.schema[name]).alias(name))}
        with pytest.raises(FrameError, match=f"{name}: .*the same in every row"):
            assessed(of, kind, tables, targets=["fit_to_exit"])
        met.add(fact.sort)
    assert met == {Sort.YES_NO, Sort.CATEGORY, Sort.MONEY, Sort.COUNT, Sort.DATE}


@kinds("polars", "pandas-alone")
def test_a_flat_table_may_tell_nothing_of_the_household(kind: Kind) -> None:
    persons = [Person(born=datetime.date(1930, 1, 1), receives_dibao=told) for told in (True, False, None)]
    of = Trees(EARLY, [Household(persons=persons), Household(persons=persons[:1])])
    tables = {"persons": of.tables["persons"].select(ID, "household_id", "born", "receives_dibao")}
    of.check(assessed(of, kind, tables, targets=DIBAO), tables, DIBAO)


@kinds("polars")
def test_a_row_that_does_not_tell_a_status_does_not_deny_it(kind: Kind) -> None:
    told = {"household_id": ["a", "a"], "registered_poor": [None, True], "ranger_zone": [1, 1], ID: [0, 1]}
    frame = frames(kind, {"persons": pl.DataFrame(told)})
    for untold in ("unknown", "absent"):
        found = rows(kind, EARLY.assess_frames(**frame, unit="fen", targets=["ranger_post"], untold=untold))
        assert cells(found["households"], "ranger_post") == [True]


# ---- the report -------------------------------------------------------------------------------------------------


@kinds("polars")
@pytest.mark.parametrize("form", ["tables", "flat"])
def test_the_report_says_what_was_read_and_what_was_not(kind: Kind, form: str) -> None:
    of, report = trees("2018", 10, 31), Report()
    tables = of.tables if form == "tables" else of.flat
    tables = {name: table.with_columns(pl.lit(1).alias(f"own of {name}")) for name, table in tables.items()}
    assessed(of, kind, tables, report=report)
    read = of.policy.plan.inputs(of.policy.entitlements, set())
    named_by_facts = {name for table in ENTITIES for name in facts_of(table)}
    assert set(report.used) >= read & named_by_facts - {"on"}
    assert all(name == told for name, told in report.used.items())
    assert {f"own of {name}" for name in tables} <= set(report.unused)
    assert not set(report.unused) & set(report.used.values())
    assert (report.invalid, report.moved) == ({}, {})


def in_yuan(tables: Tables) -> Tables:
    """The tables with money and areas as floats, each the double that is nearest to its hundredths."""
    out = {}
    for name, table in tables.items():
        hundredths = [n for n, fact in facts_of(name).items() if fact.sort in (Sort.MONEY, Sort.AREA)]
        floats = {n: [None if cell is None else cell / 100 for cell in table[n].to_list()] for n in hundredths}
        out[name] = table.with_columns(pl.Series(n, found, dtype=pl.Float64) for n, found in floats.items())
    return out


@kinds("polars", "pandas")
def test_money_in_yuan_is_the_same_as_in_fen(kind: Kind) -> None:
    of = trees("2018", 40, 11)
    tables = in_yuan(of.tables)
    of.check(assessed(of, kind, tables, targets=FEW, unit="yuan"), tables, FEW)


@kinds("polars")
def test_the_report_says_which_floats_were_moved(kind: Kind) -> None:
    of, report = trees("2018", 10, 31), Report()
    tables = {name: table for name, table in in_yuan(of.tables).items() if name in ("households", "persons", "treatments")}
    tables["treatments"] = tables["treatments"].with_columns(pl.lit(100.005).alias("in_scope"))
    with pytest.raises(FrameError, match="in_scope"):
        assessed(of, kind, tables, targets=FEW[:4], unit="yuan")
    assessed(of, kind, tables, targets=FEW[:4], unit="yuan", round="half_up", report=report)
    assert report.moved == {"in_scope": tables["treatments"].height}


@kinds("polars")
@pytest.mark.parametrize("form", ["tables", "flat"])
def test_the_report_cites_what_the_results_rest_on(kind: Kind, form: str) -> None:
    of, report = trees("2018", 40, 11, unknown=0), Report()
    tables = of.tables if form == "tables" else of.flat
    found = assessed(of, kind, tables, report=report)
    results = {name for table in found for name in of.expected(table)}
    assert set(report.citations) >= results
    for home in of.homes:
        for line in of.policy.assess(home).lines:
            assert set(line.provisions) <= set(report.citations[column(of.policy, line.name)]), line.name


def test_the_report_says_what_was_assumed() -> None:
    of, report = trees("2018", 10, 31), Report()
    tables = {name: table.drop("commercial_owed", strict=False) for name, table in of.tables.items()}
    assessed(of, POLARS, tables, report=report)
    assert any("owed by commercial insurance" in text for text in report.assumptions)
