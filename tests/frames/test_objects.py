"""Columns that only one engine has: Python objects and categories of pandas, enums, integers of 128 bits, moments with a zone."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from frames.engines import ID, Kind, each, named
from frames.worth import AREA, COUNT, DATE, GRADE, MONEY, REFUSED, TRUTH, Probe

import povertyrules as pr
from povertyrules import HospitalGrade

NOTHING = [None, float("nan"), pd.NA, pd.NaT, np.float64("nan")]
AMOUNTS: list[object] = [12, "12.5", Decimal("12.34"), Decimal("12.345"), 0.29, 0.1 + 0.2, 1e300, float("inf"), -0.0, True]
AMOUNTS += [np.int8(-1), np.int64(7), np.float64(1.15), np.uint64(2**63), np.bool_(True), np.float32(0.5), np.float32(0.1)]
AMOUNTS += [2**70, -(2**70), 10_000_000, 10_000_001, "10000000.01", "", "x", "1e3", b"12", [12], {}, object()]
AMOUNTS += [Decimal(text) for text in ("NaN", "sNaN", "Infinity", "1e-30", "12.340000000000000000000000001", "1e30", "1e-999999")]
TRUTHS: list[object] = [True, False, np.bool_(False), 1, 0, 2, 1.0, 0.5, "是", "否", "yes", "no", "true", "False", "TRUE", ""]
DAYS: list[object] = [datetime.date(2018, 6, 30), datetime.datetime(2018, 6, 30, 12), pd.Timestamp("2018-06-30")]
DAYS += [datetime.date(1800, 1, 1), "2018-06-30", "2017-02-30", "20180630", "2018-W26-6", "", 20180630, np.int64(20130701)]
DAYS += [20180630.0, 20170230, True, 0, 2**70]
OBJECTS: list[tuple[Probe, list[object]]] = [
    (MONEY, AMOUNTS),
    (AREA, [58, "58.5", Decimal("58.5"), 58.505, "58.505", -1]),
    (COUNT, [1, 30.0, np.int16(120), 121, 0, 1.5, "12", Decimal(5), Decimal("5.5"), True, 2**70]),
    (TRUTH, TRUTHS),
    (GRADE, [1, "first", "三级医院", 3.0, np.int8(2), 4, 0, 1.5, HospitalGrade.SECOND, "FIRST", True, "1", "", 2**70]),
    (DATE, DAYS),
]


def read(kind: Kind, probe: Probe, frame: Any) -> list[object]:
    """What comes out for each row, without the column that was put in: Arrow does not know all that it can hold."""
    out = probe.over(frame, invalid="keep")
    without = out.project(", ".join(n for n in out.columns if n != "cell")) if kind.name == "duckdb" else None
    return probe.read(kind, out.drop(columns="cell") if isinstance(out, pd.DataFrame) else without or out.drop("cell"))


def plain(cell: Any) -> Any:
    """A cell of NumPy as Python has it, and nothing as None."""
    if any(cell is one for one in NOTHING) or (isinstance(cell, float) and cell != cell):
        return None
    return cell.item() if isinstance(cell, np.generic) else cell


@each(named("pandas", "pandas-alone"))
@pytest.mark.parametrize(("probe", "cells"), OBJECTS, ids=lambda one: one.argument if isinstance(one, Probe) else "")
def test_python_objects_in_one_column(kind: Kind, probe: Probe, cells: list[object]) -> None:
    cells = [*cells, *NOTHING]
    frame = pd.DataFrame({ID: range(len(cells)), "cell": pd.Series(cells, dtype=object)})
    expected = [told(probe, plain(cell)) for cell in cells]
    found = read(kind, probe, frame)
    assert found == expected, [told for told in zip(cells, found, expected, strict=True) if told[1] != told[2]]


def told(probe: Probe, cell: object) -> object:
    """What the calculator gives for a cell; what is of no sort that can be meant is refused."""
    try:
        return probe.scalar(cell)
    except TypeError:  # a list, bytes
        return REFUSED


@pytest.mark.parametrize("kept", [["12.5", "x", "12.5"], ["12.5"]])
def test_a_categorical_of_pandas_is_read_as_what_it_holds(kept: list[str]) -> None:
    frame = pd.DataFrame({ID: range(len(kept)), "cell": pd.Categorical(kept)})
    assert read(named("pandas")[0], MONEY, frame) == [MONEY.scalar(cell) for cell in kept]


@each(named("pandas", "pandas-alone"))
def test_a_categorical_of_numbers_is_read_as_numbers_or_refused(kind: Kind) -> None:
    frame = pd.DataFrame({ID: range(4), "cell": pd.Categorical([1, 3, 4, 1])})
    assert read(kind, GRADE, frame) == [GRADE.scalar(cell) for cell in (1, 3, 4, 1)]


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["first", "third", "三级医院", "none"]), pl.String])
def test_texts_of_few_kinds_in_polars(dtype: Any) -> None:
    cells = ["first", "third", "三级医院", "none", None]
    frame = pl.DataFrame({ID: range(5), "cell": pl.Series(cells, dtype=dtype)})
    assert read(named("polars")[0], GRADE, frame) == [GRADE.scalar(cell) for cell in cells]


@pytest.mark.parametrize("dtype", [pl.Int128, pl.Int64, pl.UInt64])
def test_wide_integers_in_polars(dtype: Any) -> None:
    low, high = (0, 2**64 - 1) if dtype == pl.UInt64 else (-(2**127), 2**127 - 1) if dtype == pl.Int128 else (-(2**63), 2**63 - 1)
    cells = [low, high, 10**7, 10**7 + 1, high // 100 + 1, None]
    frame = pl.DataFrame({ID: range(6), "cell": pl.Series(cells, dtype=dtype)})
    assert read(named("polars")[0], MONEY, frame) == [MONEY.scalar(cell) for cell in cells]


@pytest.mark.parametrize(
    ("kind", "cells"), [("HUGEINT", [2**100, -1, 5, 10**7]), ("UHUGEINT", [2**127, 5, 0]), ("TINYINT", [-1, 5])]
)
def test_integers_of_a_database(kind: str, cells: list[int]) -> None:
    rows = " UNION ALL ".join(f"SELECT {at} AS {ID}, {cell}::{kind} AS cell" for at, cell in enumerate(cells))
    frame = duckdb.connect().sql(rows)
    assert read(named("duckdb")[0], MONEY, frame) == [MONEY.scalar(cell) for cell in cells]


def test_an_enum_of_a_database() -> None:
    frame = duckdb.connect().sql(f"SELECT 0 AS {ID}, 'third'::ENUM('first', 'third') AS cell")
    assert read(named("duckdb")[0], GRADE, frame) == [GRADE.scalar("third")]


def test_a_moment_with_a_zone_is_the_day_that_its_clock_shows() -> None:
    moment = datetime.datetime(2018, 6, 30, 23, 30)
    frame = pl.DataFrame({ID: [0], "cell": [moment]}).with_columns(pl.col("cell").dt.replace_time_zone("Asia/Shanghai"))
    assert read(named("polars")[0], DATE, frame) == [DATE.scalar(datetime.date(2018, 6, 30))]
    assert read(named("pandas")[0], DATE, frame.to_pandas()) == [DATE.scalar(datetime.date(2018, 6, 30))]


def test_a_column_that_holds_nothing_of_no_type() -> None:
    for frame in (pl.DataFrame({ID: [0, 1], "cell": [None, None]}), pd.DataFrame({ID: [0, 1], "cell": [None, None]})):
        kind = named("polars" if isinstance(frame, pl.DataFrame) else "pandas")[0]
        assert read(kind, MONEY, frame) == [None, None]


def test_in_whole_tables_too_objects_tell_facts_of_one_sort() -> None:
    homes = pd.DataFrame({"household_id": ["a"], "n": pd.Series([3], dtype=object)})
    people = pd.DataFrame({"household_id": ["a"], "age": [70]})
    told = {"dibao_before": "n", "months_over_line": "n"}
    with pytest.raises(pr.SortError, match="it cannot tell dibao_before and months_over_line"):
        pr.policy("zaozhuang-hitech", on="2018-06-30").assess_frames(people, homes, unit="yuan", columns=told)


def test_one_target_is_a_name_and_not_its_letters() -> None:
    zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    found = zz.over(pd.DataFrame({"age": [103]}), "longevity_allowance", unit="fen")
    assert found["longevity_allowance_fen_per_month"].to_list() == [43_000]
