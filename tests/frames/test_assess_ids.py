"""Ids: what they may be, which rows are refused for them, and what becomes of a row whose id will not do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import polars as pl
import pytest
from frames.engines import ID, Kind
from frames.trees import EARLY, FEW, Tables, Trees, assessed, frames, kinds, listed, rows, trees

from povertyrules import (
    Death,
    Dwelling,
    FrameError,
    Household,
    Income,
    InputError,
    Person,
    Plot,
    RangeError,
    Report,
    Treatment,
    UnknownName,
    mu,
    yuan,
)

TARGETS = ("dibao_due", "dibao_old_age_allowance")
MEDICAL = ("basic_insurance", "medical_assistance")
DUE, AGED = "dibao_due_fen_per_month", "dibao_old_age_allowance_fen_per_month"


def small() -> Trees:
    """Two households, of two and of one."""
    old = Person(born=datetime.date(1930, 1, 1), receives_dibao=True, extremely_poor=False, treatments=[bill(10_000), bill(200)])
    young = Person(born=datetime.date(1990, 1, 1), receives_dibao=True, extremely_poor=False, treatments=[])
    poor = {"registered_poor": True, "incomes": [], "dwellings": [], "plots": [], "deaths": []}
    return Trees(EARLY, [Household(persons=[old, young], **poor), Household(persons=[old], **poor)])


def bill(amount: int) -> Treatment:
    return Treatment(in_scope=yuan(amount), hospital_grade=3)


def few(of: Trees, *names: str) -> Tables:
    """Some of the tables; a list that is left out would be untold, so the ledger stays."""
    return {name: of.tables[name] for name in ("households", "persons", "incomes", *names)}


def cells(table: Any, column: str) -> list[Any]:
    return list(table[column].to_pylist())


def with_ids(tables: Tables, table: str, column: str, ids: Sequence[object], dtype: Any = None) -> Tables:
    """Tables in which one has other ids."""
    return {**tables, table: tables[table].with_columns(pl.Series(column, ids, dtype=dtype))}


# ---- what ids may be --------------------------------------------------------------------------------------------


def as_number(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all("[^0-9]", "").cast(pl.Int64)


SORTS: dict[str, Callable[[str], pl.Expr]] = {
    "whole numbers": as_number,
    "categories": lambda column: pl.col(column).cast(pl.Categorical),
    "texts with spaces and signs": lambda column: pl.col(column).str.replace("H", "户 '\"."),
    "masked identity numbers": lambda column: pl.format("370403********{}", column).alias(column),
}


@kinds("polars")
@pytest.mark.parametrize("sort", SORTS)
def test_ids_of_any_sort(kind: Kind, sort: str) -> None:
    of = trees("2018", 10, 31)
    tables = {
        name: table.with_columns(SORTS[sort](column) for column in table.columns if column.endswith("_id"))
        for name, table in of.tables.items()
    }
    of.check(assessed(of, kind, tables, targets=FEW), tables, FEW)


@kinds("polars", "pandas", "pyarrow-alone")
def test_whole_numbers_of_two_widths_meet(kind: Kind) -> None:
    of = small()
    tables = with_ids(with_ids(few(of), "persons", "household_id", [1, 1, 2], pl.Int8), "households", "household_id", [1, 2])
    tables["incomes"] = tables["incomes"].with_columns(pl.lit(1, pl.UInt32).alias("household_id"))
    found = assessed(of, kind, tables, targets=TARGETS)
    assert cells(found["households"], DUE) == of.expected("households", TARGETS)[DUE]


@kinds("polars", "duckdb", "pandas-alone")
@pytest.mark.parametrize(("below", "above"), [([1, 1, 2], ["1", "2"]), (["01", "1", "2"], [1, 2]), (["1", "1", "x"], [1, 2])])
def test_ids_that_are_numbers_in_one_table_and_texts_in_another_are_refused(
    kind: Kind, below: list[object], above: list[object]
) -> None:
    tables = with_ids(with_ids(few(small()), "persons", "household_id", below), "households", "household_id", above)
    del tables["incomes"]
    with pytest.raises(InputError, match="household_id"):
        EARLY.assess_frames(**frames(kind, tables), unit="fen", targets=TARGETS)


@kinds("polars", "pandas", "duckdb")
def test_categories_meet_texts(kind: Kind) -> None:
    of = small()
    tables = few(of)
    tables["persons"] = tables["persons"].cast({"household_id": pl.Categorical})
    found = assessed(of, kind, tables, targets=TARGETS)
    assert cells(found["households"], DUE) == of.expected("households", TARGETS)[DUE]


def test_ids_with_a_gap_in_pandas_are_still_whole_numbers() -> None:
    # a null makes floats of the ids of one table: the row is refused for its null, and not all of them for their type
    persons = pd.DataFrame({"household_id": [1, 1, None], "age": [84, 60, 70]})
    homes = pd.DataFrame({"household_id": [1, 2], "countable_income": [1_200_00, 0]})
    with pytest.raises(FrameError, match="household_id: 1 of 3"):
        EARLY.assess_frames(persons, homes, unit="fen", targets=TARGETS)
    found = EARLY.assess_frames(persons, homes, unit="fen", targets=TARGETS, invalid="null")
    assert found.households[DUE].isna().tolist() == [False, True]


@kinds("polars", "pandas")
def test_the_ids_may_have_other_names(kind: Kind) -> None:
    of = small()
    names = {"household_id": "户 编.号", "person_id": "id number"}
    tables = {name: table.rename({c: names[c] for c in names if c in table.columns}) for name, table in of.tables.items()}
    found = assessed(of, kind, tables, targets=[*TARGETS, *MEDICAL], household_id="户 编.号", person_id="id number")
    assert cells(found["households"], DUE) == of.expected("households", TARGETS)[DUE]
    assert cells(found["persons"], AGED) == of.expected("persons", TARGETS)[AGED]


@pytest.mark.parametrize("table", ["households", "persons", "treatments", "plots"])
def test_a_table_without_its_ids_is_refused_by_name(table: str) -> None:
    tables = small().tables
    column = "person_id" if table in ("treatments",) else "household_id"
    tables = {**tables, table: tables[table].drop(column)}
    with pytest.raises(UnknownName, match=f"{table}: .*{column}"):
        EARLY.assess_frames(**tables, unit="fen", targets=TARGETS)


# ---- rows that are refused --------------------------------------------------------------------------------------

Bad = tuple[str, str, list[object], list[int]]
BAD: dict[str, Bad] = {
    "no id of a household": ("households", "household_id", ["H0000", None], [1]),
    "two households of one id": ("households", "household_id", ["H0000", "H0000"], [0, 1]),
    "a person of no household": ("persons", "household_id", ["H0000", None, "H0001"], [1]),
    "persons of an unknown household": ("persons", "household_id", ["H0000", "H9999", "H9999"], [1, 2]),
    "two persons of one id": ("persons", "person_id", ["H0000-00", "H0000-00", "H0001-00"], [0, 1]),
    "persons without an id": ("persons", "person_id", ["H0000-00", None, None], [1, 2]),
    "bills of nobody": ("treatments", "person_id", ["H0000-00", None, None, "H0001-00"], [1, 2]),
    "a bill of an unknown person": ("treatments", "person_id", ["H0000-00", "H0000-09", "H0001-00", "H0001-00"], [1]),
}
"""By case: the table, its column, the ids, and the rows of those that will not do."""
RESULTS = (*TARGETS, *MEDICAL)


def spoilt(case: str) -> Tables:
    """The tables of the small households with the ids of a case; what hangs below a lost row is left out."""
    table, column, ids, _ = BAD[case]
    tables = with_ids(few(small(), "treatments"), table, column, ids, pl.String)
    if table == "households":
        tables["persons"] = tables["persons"].filter(pl.col("household_id") == "H0000")
        tables["treatments"] = tables["treatments"].filter(pl.col("person_id") == "H0000-00")
    if table == "persons" and column == "person_id":
        tables["treatments"] = tables["treatments"].filter(pl.col("person_id") == "H0000-00")
    return tables


@kinds("polars")
@pytest.mark.parametrize("case", BAD)
def test_bad_ids_are_refused_with_the_count_of_their_rows(kind: Kind, case: str) -> None:
    _, column, ids, bad = BAD[case]
    with pytest.raises(FrameError) as caught:
        EARLY.assess_frames(**frames(kind, spoilt(case)), unit="fen", targets=RESULTS)
    assert caught.value.counts == {column: len(bad)}
    assert str(caught.value).startswith(f"{column}: {len(bad)} of {len(ids)} rows")
    assert repr(ids[bad[0]]) in str(caught.value)


@kinds("polars")
@pytest.mark.parametrize("case", BAD)
def test_a_bad_id_is_counted_in_the_report_and_said_in_the_findings_of_its_row(kind: Kind, case: str) -> None:
    table, column, _, bad = BAD[case]
    report = Report()
    options = {"unit": "fen", "targets": RESULTS, "invalid": "keep", "report": report}
    found = rows(kind, EARLY.assess_frames(**frames(kind, spoilt(case)), **options))
    assert report.invalid == {column: len(bad)}
    if table in found:  # bills do not come back
        assert [i for i, text in enumerate(cells(found[table], "findings")) if column in (text or "")] == bad


@kinds("polars")
@pytest.mark.parametrize("lost", [None, "H9999"])
def test_a_person_whose_household_is_not_known_is_looked_at_alone(kind: Kind, lost: str | None) -> None:
    of = small()
    tables = with_ids(few(of, "treatments"), "persons", "household_id", ["H0000", lost, "H0001"])
    tables["households"] = tables["households"].drop("on")
    found = assessed(of, kind, tables, targets=RESULTS, invalid="null")
    alone = Trees(EARLY, [Household(persons=[of.homes[0].persons[1]])]).expected("persons", RESULTS)
    for name, values in of.expected("persons", RESULTS).items():
        assert cells(found["persons"], name) == [values[0], alone[name][0], values[2]], name
    assert cells(found["households"], DUE)[1] == of.expected("households", TARGETS)[DUE][1]


@kinds("polars")
def test_what_two_households_of_one_id_tell_is_unknown(kind: Kind) -> None:
    of = small()
    tables = few(of, "treatments")
    tables["households"] = tables["households"][[0, 1, 0]].with_columns(pl.Series(ID, [0, 1, 2]))
    found = assessed(of, kind, tables, targets=["fit_to_exit", *MEDICAL], invalid="null")
    untold = Trees(EARLY, [Household(persons=of.homes[0].persons, incomes=[])]).expected("persons", MEDICAL)
    right = of.expected("persons", MEDICAL)
    for name in right:
        assert cells(found["persons"], name) == [*untold[name], right[name][2]], name
    assert cells(found["households"], "fit_to_exit")[::2] == [None, None]


@kinds("polars")
def test_bills_of_an_id_that_two_persons_share_are_not_paid_twice(kind: Kind) -> None:
    of = small()
    right = of.expected("persons", ["basic_insurance"])["basic_insurance_fen_per_year"]
    found = assessed(of, kind, spoilt("two persons of one id"), targets=["basic_insurance"], invalid="null")
    paid = [value or 0 for value in cells(found["persons"], "basic_insurance_fen_per_year")]
    assert right[0]
    assert sum(paid[:2]) <= right[0]
    assert cells(found["households"], "total_fen_per_year")[0] <= right[0]


@kinds("polars")
def test_what_members_get_is_not_counted_for_two_households_of_one_id(kind: Kind) -> None:
    of, targets = small(), ["dibao_old_age_allowance"]
    found = assessed(of, kind, spoilt("two households of one id"), targets=targets, invalid="null")
    right = of.some([0]).totals(targets)["total_fen_per_month"]
    assert right[0]
    assert sum(cells(found["households"], "total_fen_per_month")) <= right[0]


# ---- how many there can be --------------------------------------------------------------------------------------

MOST: dict[str, tuple[int, object]] = {
    "persons": (30, Person(treatments=[])),
    "treatments": (400, bill(200)),
    "incomes": (200, Income(kind="wage", amount=yuan(1))),
    "dwellings": (10, Dwelling(house_grade="D")),
    "plots": (50, Plot(plot_area=mu("1"), forest_kind="arbor")),
    "deaths": (10, Death(drew_pension=True)),
}


def crowd(field: str, many: int) -> Trees:
    """One household with so many entries of a list."""
    home = Household(persons=[Person(treatments=[])], incomes=[], dwellings=[], plots=[], deaths=[])
    return Trees(EARLY, [listed(home, field, (MOST[field][1],) * many)])


@kinds("polars")
@pytest.mark.parametrize("field", MOST)
def test_more_rows_than_there_can_be_are_refused(kind: Kind, field: str) -> None:
    most, _ = MOST[field]
    full = crowd(field, most)
    targets = ("dibao_due", "basic_insurance", "afforestation_subsidy", "funeral_grant", "housing_subsidy")
    full.check(assessed(full, kind, full.tables, targets=targets), full.tables, targets)
    with pytest.raises(RangeError, match=f"at most {most}"):
        crowd(field, most + 1)
    more = full.tables[field][[*range(most), 0]]
    if field == "persons":
        more = more.with_columns(pl.format("P{}", pl.int_range(pl.len())).alias("person_id"))
    with pytest.raises(FrameError, match=rf"\b{most}\b"):
        EARLY.assess_frames(**frames(kind, {**full.tables, field: more}), unit="fen", targets=targets)


@kinds("polars")
@pytest.mark.parametrize(("field", "target"), [("persons", "dibao_due"), ("treatments", "basic_insurance")])
def test_what_too_many_rows_add_up_to_is_unknown(kind: Kind, field: str, target: str) -> None:
    most, _ = MOST[field]
    full = crowd(field, most)
    more = full.tables[field][[*range(most), 0]]
    if field == "persons":
        more = more.with_columns(pl.format("P{}", pl.int_range(pl.len())).alias("person_id"))
    for tables, known in ((full.tables, True), ({**full.tables, field: more}, False)):
        found = assessed(full, kind, tables, targets=[target], invalid="null")
        values = [
            cell
            for name in ("households", "persons")
            for column in found[name].column_names
            if target in column
            for cell in cells(found[name], column)
        ]
        assert values
        assert all((cell is not None) is known for cell in values)
