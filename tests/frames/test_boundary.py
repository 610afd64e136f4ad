"""Each type of column that a fact can come in, in each engine: a cell is what it says, or it is refused; nothing wraps."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal as D
from typing import Any

import pyarrow as pa
import pytest
from attrs import frozen
from frames.engines import QUICK, Kind, each, named
from frames.worth import AREA, COUNT, DATE, GRADE, MONEY, REFUSED, TRUTH, Probe, table

UNSIGNED = ("spark",)
"""Engines that have no such types."""
BEFORE, AFTER = math.nextafter(99.99, 0), math.nextafter(99.99, 100)


@frozen
class Cells:
    """A column of one type; what its cells are worth is worked out in `frames.worth`."""

    name: str
    probe: Probe
    cells: pa.Array
    unit: str = "yuan"
    core: bool = False
    """Whether it goes through more engines in a quick run too."""
    but: tuple[str, ...] = ()
    """Engines that do not know the type."""


def ints(*cells: int) -> list[int | None]:
    return [*cells, None]


HUGE = [0, 2**63, 2**64 - 1, 10**7, 10**7 + 1, 10**9, 10**9 + 1, 2**64 // 100 + 1, None]
WIDE = [-(2**63), 2**63 - 1, -1, 0, 10**7, 10**7 + 1, 10**9, 10**9 + 1, 2**63 // 100 + 1, -(2**63) // 100 - 1, None]
FLOATS = [0.1, 0.29, 1.15, 99.99, BEFORE, AFTER, 0.1 + 0.2, 0.005, -0.01, -0.0, 9_999_999.99, 1e7, 10_000_000.01, 1e300, -1e300]
ODD = [math.nan, math.inf, -math.inf, None]
TEXTS = [
    "12.5",
    "12.50",
    "12.500",
    "0",
    "10000000",
    "10000000.01",
    "-0.01",
    "12.345",
    "0012",
    "1e3",
    "１２",
    "",
    " 12",
    "12\n",
    "1,000",
]
TEXTS += ["+5", "NaN", "inf", "12.", ".5", "9" * 17, "9" * 40, "12,5", "¥12", "未知", "-", "1_000", "0x10"]
DAYS = [datetime.date(2018, 6, 30), datetime.date(2013, 7, 1), datetime.date(1889, 12, 31), datetime.date(2041, 1, 1), None]
ISO = [
    "2018-06-30",
    "2016-02-29",
    "2017-02-29",
    "2017-02-30",
    "2017-13-01",
    "2017-00-01",
    "2017-01-00",
    "2017-04-31",
    "1900-02-29",
]
ISO += [
    "2000-02-29",
    "2017-6-3",
    "20170630",
    "2017/06/30",
    "30-06-2017",
    "2017-06-30T00:00:00",
    "2017-06-30\n",
    "",
    "1889-12-31",
    None,
]
PACKED = [
    20180630,
    20160229,
    20170229,
    20170230,
    20171301,
    20170001,
    20170100,
    19000229,
    20000229,
    18891231,
    20410101,
    0,
    -20170630,
    None,
]

COLUMNS = [
    Cells("int8", MONEY, pa.array(ints(0, -1, 127, -128), pa.int8())),
    Cells("int16", MONEY, pa.array(ints(0, -1, 2**15 - 1), pa.int16())),
    Cells("int32", MONEY, pa.array(ints(0, -1, 2**31 - 1, 10**7), pa.int32())),
    Cells("int64", MONEY, pa.array(WIDE, pa.int64()), core=True),
    Cells("int64 fen", MONEY, pa.array(WIDE, pa.int64()), "fen"),
    Cells("uint8", MONEY, pa.array(ints(0, 255), pa.uint8()), but=UNSIGNED),
    Cells("uint32", MONEY, pa.array(ints(0, 2**32 - 1), pa.uint32()), but=UNSIGNED),
    Cells("uint64", MONEY, pa.array(HUGE, pa.uint64()), but=UNSIGNED),
    Cells("uint64 fen", MONEY, pa.array(HUGE, pa.uint64()), "fen", but=UNSIGNED),
    Cells("uint64 without gaps", MONEY, pa.array(HUGE[:-1], pa.uint64()), but=UNSIGNED),
    Cells("float64", MONEY, pa.array([*FLOATS, *ODD]), core=True),
    Cells("float64 fen", MONEY, pa.array([0.1, 29.0, 1e9, 1e9 + 1, -1.0, 1e300, *ODD]), "fen"),
    Cells("float32", MONEY, pa.array([0.5, 0.1, 99.99, 100.0, *ODD], pa.float32())),
    Cells("decimal", MONEY, pa.array([D("0.01"), D("-0.01"), D("1e7"), D("10000000.01"), None], pa.decimal128(12, 2))),
    Cells(
        "fine decimal",
        MONEY,
        pa.array([D("1.2345"), D("1.23"), D("0.005"), D("-0.0001"), D(0), None], pa.decimal128(20, 4)),
        core=True,
    ),
    Cells(
        "finest decimal", MONEY, pa.array([D("12.34"), D("12.34") + D("1e-20"), D(0), D("1e-20"), None], pa.decimal128(38, 20))
    ),
    Cells("wide decimal", MONEY, pa.array([D(10) ** 35, -(D(10) ** 35), D(1), None], pa.decimal128(38, 2))),
    Cells("whole decimal", MONEY, pa.array([D(100), D(10**9), D(-1), None], pa.decimal128(18, 0))),
    Cells("decimal fen", MONEY, pa.array([D("1.5"), D(100), D(0), None], pa.decimal128(12, 1)), "fen"),
    Cells("text", MONEY, pa.array([*TEXTS, None]), core=True),
    Cells("text fen", MONEY, pa.array(["12.5", "12", "12.0", "1000000000", "1000000001", None]), "fen"),
    Cells("large text", MONEY, pa.array(["12.5", "x", None], pa.large_string()), but=("spark",)),
    Cells("text of few", MONEY, pa.array(["12.5", "x", "12.5", None]).dictionary_encode(), but=("spark",)),
    Cells("nothing", MONEY, pa.nulls(3, pa.int64())),
    Cells("no text", MONEY, pa.nulls(3, pa.string())),
    Cells("area", AREA, pa.array([58.5, 0.0, 58.505, 10_000.0, 10_000.01, -0.01, *ODD])),
    Cells("area text", AREA, pa.array(["58.5", "58.505", "-1", "10000.01", None])),
    Cells("area hundredths", AREA, pa.array([5850, 10**6, 10**6 + 1, -1, None], pa.int32()), "fen"),
    Cells("count", COUNT, pa.array(ints(1, 30, 31, 0, -1, 127), pa.int8())),
    Cells("count float", COUNT, pa.array([1.0, 30.0, 30.5, 1.0000000000000002, 0.0, 1e300, *ODD])),
    Cells("count decimal", COUNT, pa.array([D("1.0"), D("1.5"), D("30.0"), None], pa.decimal128(8, 1))),
    Cells("truth", TRUTH, pa.array([True, False, None])),
    Cells("truth 0/1", TRUTH, pa.array(ints(0, 1, 2, -1), pa.int8())),
    Cells("truth float", TRUTH, pa.array([0.0, 1.0, 0.5, 2.0, *ODD])),
    Cells(
        "truth text",
        TRUTH,
        pa.array([*["是", "否", "true", "false", "True", "False", "yes", "no", "TRUE", "Y", "1", "", " 是", "不是"], None]),
    ),
    Cells("grade", GRADE, pa.array(ints(1, 2, 3, 0, 4, -1), pa.int8())),
    Cells("grade float", GRADE, pa.array([1.0, 3.0, 1.5, 4.0, *ODD])),
    Cells("grade text", GRADE, pa.array([*["first", "third", "三级医院", "FIRST", "1", "三级", "", "third "], None])),
    Cells("grade of few", GRADE, pa.array(["first", "三级医院", "none", None]).dictionary_encode(), but=("spark",)),
    Cells("day", DATE, pa.array(DAYS, pa.date32())),
    Cells(
        "moment",
        DATE,
        pa.array([datetime.datetime(2018, 6, 30, 23, 59), datetime.datetime(1889, 12, 31), None], pa.timestamp("us")),
    ),
    Cells("day text", DATE, pa.array(ISO), core=True),
    Cells("day number", DATE, pa.array(PACKED, pa.int64())),
    Cells("day float", DATE, pa.array([20180630.0, 20170229.0, 20180630.5, *ODD])),
    Cells("day short number", DATE, pa.array([20180630, 20170229, None], pa.int32())),
]
EACH = pytest.mark.parametrize("column", COLUMNS, ids=lambda one: one.name)


@EACH
@each(quick=QUICK)
def test_a_cell_is_what_it_says(kind: Kind, column: Cells) -> None:
    check(kind, column)


@pytest.mark.parametrize("column", [one for one in COLUMNS if one.core], ids=lambda one: one.name)
@each(named("spark", "pandas-alone"))
def test_a_cell_is_what_it_says_in_other_engines_too(kind: Kind, column: Cells) -> None:
    check(kind, column)


def check(kind: Kind, column: Cells) -> None:
    """Each cell is taken for what it is worth; what is refused is null, with a finding."""
    if kind.name in column.but:
        pytest.skip("the engine does not know the type")
    cells: list[Any] = column.cells.to_pylist()
    expected = [column.probe.scalar(cell, column.unit, nan_is_null=kind.nan_is_null) for cell in cells]
    out = column.probe.over(kind.make(table(column.cells)), unit=column.unit, invalid="keep")
    found = column.probe.read(kind, out)
    assert found == expected, [told for told in zip(cells, found, expected, strict=True) if told[1] != told[2]]


@pytest.mark.parametrize("column", [one for one in COLUMNS if one.core or one.probe is DATE], ids=lambda one: one.name)
@each(named("polars"))
def test_one_refused_cell_among_others_is_refused(kind: Kind, column: Cells) -> None:
    """What is between two cells that are taken can be refused too, so looking at the ends is not enough."""
    cells = column.cells.to_pylist()
    worth = [column.probe.scalar(cell, column.unit) for cell in cells]
    taken = [at for at, one in enumerate(worth) if one not in (REFUSED, None)]
    for at in (at for at, one in enumerate(worth) if one is REFUSED):
        some = column.cells.take(pa.array([*taken, at, *taken]))
        found = column.probe.read(kind, column.probe.over(kind.make(table(some)), unit=column.unit, invalid="keep"))
        assert found == [worth[n] for n in (*taken, at, *taken)], cells[at]


def test_the_columns_hold_what_is_refused_and_what_is_not() -> None:
    taken = {one.name: [one.probe.scalar(cell, one.unit) for cell in one.cells.to_pylist()] for one in COLUMNS}
    assert sum(cells.count(REFUSED) for cells in taken.values()) > 100
    assert sum(len([cell for cell in cells if cell not in (REFUSED, None)]) for cells in taken.values()) > 80
