"""What the caller brings is given back as it came: columns, types, order, index, laziness; whatever the columns are called."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames.cases import POLICIES
from frames.engines import ID, KINDS, QUICK, Kind, each, named
from frames.worth import MONEY

import povertyrules as pr

ALLOWANCES = POLICIES["2017"].elderly.allowances
MADE = ["old_age_fen_per_month", "longevity_fen_per_month", "dibao_old_age_fen_per_month", "care_fen_per_month"]
CARE = {60: 60_00, 59: 0, 103: 60_00, None: None}
"""By age: the subsidy of somebody who cannot care for himself."""
NAMES = [
    "年龄",
    "age at last birthday",
    "p.age",
    "pr_1",
    'a"b',
    "Größe",
    "select",
    "AGE",
    "1st",
    "on",
    "facts",
    "level_1",
    "a'b",
    "t1",
]
NAMES += ["a`b", "[0]", "{x}", "%s", "a\\b", "#", "..", "~", "$1", " lead", "trail ", "x" * 120, "a,b"]


def people(column: str, ages: list[int | None]) -> pa.Table:
    schema = pa.schema([(ID, pa.int64()), ("a text", pa.string()), (column, pa.int64())])
    return pa.table({ID: range(len(ages)), "a text": [f"text {n}" for n in ages], column: ages}, schema=schema)


def allowances(frame: Any, column: str, **manner: Any) -> Any:
    told: dict[str, Any] = {"age": column, "receives_dibao": False, "unable_to_care": True}
    return pr.over(frame, ALLOWANCES, unit="fen", **told, **manner)


@each(quick=(*QUICK, "spark"))
def test_results_stand_behind_the_columns_of_the_caller(kind: Kind) -> None:
    ages = [60, None, 59, 103]
    frame = kind.make(people("years", ages))
    out = allowances(frame, "years")
    assert type(out) is type(frame)
    rows = kind.rows(out)
    assert rows.column_names == [ID, "a text", "years", *MADE]
    assert rows.column("care_fen_per_month").to_pylist() == [CARE[age] for age in ages]
    before = kind.rows(frame)
    for name in before.column_names:
        assert rows.column(name).equals(before.column(name)), name


@each(quick=(*QUICK, "spark"))
@pytest.mark.parametrize("ages", [[], [60], [None, None]], ids=["no row", "one row", "all unknown"])
def test_few_rows_and_no_rows(kind: Kind, ages: list[int | None]) -> None:
    rows = kind.rows(allowances(kind.make(people("years", ages)), "years", invalid="keep" if kind.slow else "raise"))
    assert rows.column_names[: 3 + len(MADE)] == [ID, "a text", "years", *MADE]
    assert rows.column("care_fen_per_month").to_pylist() == [CARE[age] for age in ages]
    assert {str(rows.schema.field(name).type) for name in MADE} == {"int64"}


@pytest.mark.parametrize("column", NAMES)
@each([kind for kind in KINDS if kind.name != "spark"], quick=("polars", "duckdb"))
def test_columns_of_any_name(kind: Kind, column: str) -> None:
    any_name(kind, column)


@pytest.mark.parametrize("column", ["年龄", "age at last birthday", 'a"b', "[0]"])
@each(named("spark"))
def test_columns_of_any_name_in_spark(kind: Kind, column: str) -> None:
    any_name(kind, column)


@pytest.mark.parametrize("column", ["p.age", "a`b", ".."])
@each(named("spark"))
def test_a_name_that_spark_cannot_address_is_refused(kind: Kind, column: str) -> None:
    with pytest.raises(pr.UnknownName, match="rename"):
        allowances(kind.make(people(column, [60])), column)


def any_name(kind: Kind, column: str) -> None:
    rows = kind.rows(allowances(kind.make(people(column, [60, 59, None])), column, invalid="keep"))
    assert rows.column_names[2] == column
    assert rows.column("care_fen_per_month").to_pylist() == [60_00, 0, None]


@each(named("polars-lazy", "duckdb", "ibis", "spark"))
def test_a_lazy_frame_stays_lazy(kind: Kind) -> None:
    frame = kind.make(people("years", [60, 200]))
    out = allowances(frame, "years", invalid="null")  # nothing is looked at before somebody asks
    assert type(out) is type(frame)
    assert kind.rows(out).column("care_fen_per_month").to_pylist() == [60_00, None]


def test_polars_does_not_look_at_a_lazy_frame_unless_it_has_to() -> None:
    def never(frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("looked at")

    frame = pl.LazyFrame({"years": [60]}).map_batches(never, schema={"years": pl.Int64})
    assert isinstance(allowances(frame, "years", invalid="null"), pl.LazyFrame)
    with pytest.raises(Exception, match="looked at"):
        allowances(frame, "years", invalid="raise")


def test_dask_is_refused_when_it_is_computed() -> None:
    (dask,) = named("dask")
    out = allowances(dask.make(people("years", [60, 200, 61])), "years")
    with pytest.raises(pr.FrameError, match="200"):
        dask.rows(out)


@each(named("pandas", "pandas-alone"))
@pytest.mark.parametrize("index", [[3, 1, 2], ["b", "a", "a"], pd.MultiIndex.from_tuples([(1, 2), (1, 3), (0, 0)])], ids=str)
def test_the_index_of_a_pandas_frame_stays(kind: Kind, index: Any) -> None:
    frame = pd.DataFrame({"years": [60, 59, 103], "other": ["x", "y", "z"]}, index=index)
    copy = frame.copy()
    out = allowances(frame, "years")
    assert out.index.equals(frame.index)
    assert out["care_fen_per_month"].tolist() == [60_00, 0, 60_00]
    pd.testing.assert_frame_equal(frame, copy)
    pd.testing.assert_frame_equal(out[["years", "other"]], copy)
    assert str(out["care_fen_per_month"].dtype) == "Int64"


def test_pandas_says_the_row_of_a_refused_cell_by_its_place() -> None:
    frame = pd.DataFrame({"years": [60, 200]}, index=["first", "second"])
    with pytest.raises(pr.FrameError) as found:
        allowances(frame, "years")
    assert found.value.refused[0].first == ((1, "200"),)


@each(named("pandas", "polars", "duckdb", "pyarrow-alone"))
def test_one_column_can_tell_two_facts(kind: Kind) -> None:
    cells = pa.array(["是", "否", None])
    told = {"receives_dibao": "cell", "unable_to_care": "cell"}
    rows = kind.rows(pr.over(kind.make(pa.table({ID: range(3), "cell": cells})), ALLOWANCES, unit="yuan", age=90, **told))
    assert rows.column("care_fen_per_month").to_pylist() == [60_00, 0, None]
    assert rows.column("dibao_old_age_fen_per_month").to_pylist() == [200_00, 0, None]


@each(named("pandas", "polars", "duckdb", "pyarrow-alone"))
def test_one_column_can_tell_two_facts_of_two_sorts(kind: Kind) -> None:
    top_up, cells = POLICIES["2017"].dibao.top_up, [1, 3, None]
    frame = kind.make(pa.table({ID: range(3), "n": pa.array(cells, pa.int64())}))
    rows = kind.rows(pr.over(frame, top_up, unit="yuan", countable_income="n", members="n"))
    expected: list[Any] = [None if n is None else top_up(countable_income=pr.yuan(n), members=n).gap.figure for n in cells]
    assert rows.column("gap_fen_per_year").to_pylist() == expected


def test_a_column_of_objects_that_tells_two_sorts_is_right_or_refused() -> None:
    exit_, cells = POLICIES["2018"].dibao.gradual_exit, [1, 3, None]
    frame = pd.DataFrame({ID: range(3), "n": pd.Series(cells, dtype=object)})
    asked: dict[str, Any] = {"dibao_before": "n", "months_over_line": "n", "dibao_due": pr.Fen(0), "months": 12}
    try:
        out = pr.over(frame, exit_, unit="yuan", **asked)
    except pr.SortError:
        return
    local = POLICIES["2018"].local({"dibao.gradual_exit.months": 12}, source="told").dibao.gradual_exit
    expected: list[Any] = []
    for n in cells:
        told: dict[str, Any] = {"dibao_before": pr.yuan(n) if n else None, "months_over_line": n, "dibao_due": pr.Fen(0)}
        answers: Any = local(**told).answers
        expected.append(answers.value("dibao_grace"))
    assert out["monthly_fen_per_month"].to_list() == expected


@each(named("polars", "pandas", "duckdb", "pyarrow-alone", "ibis", "spark"))
def test_names_that_differ_in_capitals_alone(kind: Kind) -> None:
    frame = kind.make(pa.table({ID: [0, 1], "CARE_fen_per_month": [7, 8], "PR_1": [60, 59]}))
    if kind.name in ("duckdb", "spark"):  # they take both for one
        with pytest.raises(pr.UnknownName, match="already"):
            allowances(frame, "PR_1")
        return
    rows = kind.rows(allowances(frame, "PR_1"))
    assert [column.to_pylist() for column in (rows.columns[1], rows.columns[-1])] == [[7, 8], [60_00, 0]]


@each(quick=(*QUICK, "spark"))
def test_what_holds_for_every_row_needs_no_column(kind: Kind) -> None:
    told: dict[str, Any] = {"age": 103, "receives_dibao": False, "unable_to_care": False}
    rows = kind.rows(pr.over(kind.make(people("years", [1, 2])), ALLOWANCES, unit="yuan", **told))
    assert rows.column("longevity_fen_per_month").to_pylist() == [430_00, 430_00]
    assert rows.column("care_fen_per_month").to_pylist() == [0, 0]


def test_two_calculators_one_after_the_other() -> None:
    frame = allowances(pl.DataFrame({"years": [60], "cell": [1.5]}), "years")
    out = MONEY.over(frame)
    assert out.columns == ["years", "cell", *MADE, *(name for name in out.columns if name not in {"years", "cell", *MADE})]
    assert out["gap_fen_once"].to_list() == [150]
