"""What is said of cells that are refused, of names that are not known, and of what the results rest on."""

from __future__ import annotations

import inspect
import math
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames.cases import EACH, LISTS, OTHERS, POLICIES, Case, case
from frames.engines import ID, KINDS, QUICK, Kind, each, named
from frames.worth import MONEY, REFUSED, table, whole_fen
from hypothesis import given, settings
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules import Fen, yuan
from povertyrules.asked import calculators

YEAR = POLICIES["2017"]
ALLOWANCES = YEAR.elderly.allowances
BAD = pa.table(
    {
        ID: pa.array(range(6), pa.int64()),
        "years": pa.array([103, 151, None, -1, 85, 200], pa.int64()),
        "dibao": pa.array(["是", "否", "也许", "是", None, "否"]),
        "other": pa.array(["a", "b", "c", "d", "e", "f"]),
    }
)
TOLD: dict[str, Any] = {"unit": "yuan", "age": "years", "receives_dibao": "dibao", "unable_to_care": False}
LONGEVITY = [430_00, None, None, None, 0, None]
"""At 103, and at 85; the other ages are refused, or unknown."""
FLOATS = [1.005, 2.675, 0.285, 1.115, 0.145, -0.005, 12.34, 99.999, 0.125, 1e7, 10_000_000.004, 10_000_000.006, 0.0049999, None]


@each(quick=(*QUICK, "pandas-alone", "dask", "ibis", "spark"))
def test_refused_cells_are_counted_by_column_and_the_first_are_shown(kind: Kind) -> None:
    with pytest.raises(pr.FrameError) as found:
        kind.rows(pr.over(kind.make(BAD), ALLOWANCES, **TOLD))
    error = found.value
    if kind.name == "dask":  # a part is refused as soon as it is computed; the first row is the first of the part
        assert error.counts.keys() <= {"years", "dibao"}
        return
    assert error.counts == {"years": 3, "dibao": 1}
    years, dibao = error.refused
    assert (years.rows, years.column, dibao.column) == (6, "years", "dibao")
    if not kind.lazy:
        assert [row for row, _ in years.first] == [1, 3, 5]
        assert [row for row, _ in dibao.first] == [2]
    else:
        assert {row for row, _ in years.first} == {None}
    assert sorted(float(cell) for _, cell in years.first) == [-1, 151, 200]
    assert [cell for _, cell in dibao.first] == ["'也许'"]
    text = str(error)
    assert "years: 3 of 6 rows are refused; allowed: a whole number from 0 to 150" in text
    assert "dibao: 1 of 6 rows are refused" in text
    assert "invalid=" in text


@each(quick=QUICK)
def test_refused_cells_can_count_as_unknown(kind: Kind) -> None:
    out = kind.rows(pr.over(kind.make(BAD), ALLOWANCES, invalid="null", **TOLD))
    assert out.column("longevity_fen_per_month").to_pylist() == LONGEVITY
    assert out.column("other").to_pylist() == list("abcdef")
    assert out.column_names[-1] == "care_fen_per_month"


@each(quick=QUICK)
def test_refused_cells_can_be_named_row_by_row(kind: Kind) -> None:
    out = kind.rows(pr.over(kind.make(BAD), ALLOWANCES, invalid="keep", **TOLD))
    assert out.column("longevity_fen_per_month").to_pylist() == LONGEVITY
    findings = out.column("findings").to_pylist()
    assert [text is None for text in findings] == [True, False, False, False, True, False]
    assert findings[1].startswith("years: ")
    assert "150" in findings[1]
    assert findings[2].startswith("dibao: ")


def test_two_findings_of_one_row_stand_beside_each_other() -> None:
    frame = pl.DataFrame({"years": [200], "dibao": ["x"]})
    (text,) = pr.over(frame, ALLOWANCES, invalid="keep", **TOLD)["findings"]
    assert text.startswith("years: ")
    assert "; dibao: " in text


def test_findings_in_chinese() -> None:
    out = pr.over(pl.from_arrow(BAD), ALLOWANCES, invalid="keep", lang="zh", **TOLD)
    assert out.columns[-1] == "核验"
    assert out["长寿津贴（分/月）"].to_list() == LONGEVITY
    assert out["核验"].is_null().to_list() == [True, False, False, False, True, False]


@pytest.mark.parametrize("number", ["370403194903071234", 370403194903071234])
def test_an_identity_number_among_the_refused_is_masked(number: object) -> None:
    for frame in (pl.DataFrame({"years": [number]}), pd.DataFrame({"years": pd.Series([number], dtype=object)})):
        with pytest.raises((pr.FrameError, pr.SortError)) as found:
            pr.over(frame, ALLOWANCES, unit="yuan", age="years")
        assert "1949" not in str(found.value)
        assert "1949" not in repr(found.value)


# ---- rounding ---------------------------------------------------------------------------------------------------


def half_up(cell: float) -> int:
    """To the nearest fen, a half up, of the number as it is printed."""
    return math.floor(Decimal(repr(cell)) * 100 + Decimal("0.5"))


def rounded(kind: Kind, frame: Any) -> tuple[list[object], dict[str, int]]:
    """What floats become, and how many were moved."""
    report = pr.Report()
    out = MONEY.over(frame, round="half_up", invalid="keep", report=report)
    return MONEY.read(kind, out), report.moved


@each([kind for kind in KINDS if kind.name != "dask"], quick=QUICK)
def test_floats_are_brought_to_the_nearest_fen(kind: Kind) -> None:
    found, moved = rounded(kind, kind.make(table(pa.array(FLOATS))))
    expected = [None if cell is None else half_up(cell) for cell in FLOATS]
    kept = [cell if cell is None or 0 <= cell <= 10**9 else REFUSED for cell in expected]
    assert found == kept
    whole = [whole_fen(cell) for cell in FLOATS if cell is not None]
    inside = [fen for fen, cell in zip(whole, (c for c in kept if c is not None), strict=True) if cell is not REFUSED]
    assert moved == {"cell": inside.count(None)}


@each(named("pandas", "polars", "duckdb", "pyarrow-alone"))
def test_decimals_are_brought_to_the_nearest_fen(kind: Kind) -> None:
    texts = ["1.005", "2.675", "0.285", "12.34", "12.340001", "0.004999", "0", "9999999.995", "10000000.005"]
    cells = [Decimal(text) for text in texts]
    found, moved = rounded(kind, kind.make(table(pa.array(cells, pa.decimal128(20, 6)))))
    expected = [math.floor(cell * 100 + Decimal("0.5")) for cell in cells]
    assert found == [cell if cell <= 10**9 else REFUSED for cell in expected]
    assert moved == {"cell": 6}


@each(named("pandas", "pandas-alone"))
def test_python_objects_are_brought_to_the_nearest_fen(kind: Kind) -> None:
    cells = [1.005, 2.675, Decimal("0.285"), 0.1, 12, "12.34", "12.345", 1e12 + 0.001, None]
    report, frame = pr.Report(), pd.DataFrame({ID: range(9), "cell": pd.Series(cells, dtype=object)})
    out = MONEY.over(frame, round="half_up", invalid="keep", report=report)
    found = MONEY.read(kind, out.drop(columns="cell"))
    assert found == [101, 268, 29, 10, 1200, 1234, REFUSED, REFUSED, None], "a text is exact, or refused"
    assert report.moved == {"cell": 3}


@settings(max_examples=40)
@given(st.lists(st.floats(-1, 10_000_001) | st.integers(-100, 10**9 + 100).map(lambda k: k / 100), min_size=1, max_size=60))
def test_a_float_is_taken_if_it_is_the_nearest_to_a_whole_fen(cells: list[float]) -> None:
    out = MONEY.over(pl.DataFrame({"cell": cells}), invalid="null")["gap_fen_once"].to_list()
    near = [round(Fraction(cell) * 100) for cell in cells]
    exact = [float(Fraction(fen, 100)) == cell and 0 <= fen <= 10**9 for cell, fen in zip(cells, near, strict=True)]
    assert out == [fen if taken else None for fen, taken in zip(near, exact, strict=True)]


@settings(max_examples=40)
@given(st.lists(st.floats(0, 10_000_000) | st.integers(0, 10**10).map(lambda k: k / 1000), min_size=1, max_size=60))
def test_a_float_is_rounded_as_it_is_printed(cells: list[float]) -> None:
    out = MONEY.over(pl.DataFrame({"cell": cells}), round="half_up", invalid="null")
    assert out["gap_fen_once"].to_list() == [half_up(cell) for cell in cells]


@each(named("polars", "pandas", "pyarrow-alone", "duckdb"))
def test_each_whole_fen_survives_as_a_float_of_yuan(kind: Kind) -> None:
    pick = random.Random(5)
    fen = [*range(2_000), *(int(10 ** pick.uniform(0, 9)) for _ in range(20_000))]
    cells = [float(Fraction(one, 100)) for one in fen]
    out = kind.rows(MONEY.over(kind.make(table(pa.array(cells)))))
    assert out.column("gap_fen_once").to_pylist() == fen


# ---- the report -------------------------------------------------------------------------------------------------


def test_the_report_says_which_column_told_what_and_which_none_reads() -> None:
    report = pr.Report()
    pr.over(pl.from_arrow(BAD), ALLOWANCES, invalid="null", report=report, **TOLD)
    assert report.used == {"age": "years", "receives_dibao": "dibao"}
    assert set(report.unused) == {ID, "other"}
    assert report.invalid == {"years": 3, "dibao": 1}
    assert report.moved == {}


def test_the_report_says_what_was_taken_for_nothing() -> None:
    report, frame = pr.Report(), pl.DataFrame({"cost": [100]})
    asked: dict[str, Any] = {"hospital_grade": 3, "registered_poor": True, "receives_dibao": True, "extremely_poor": False}
    pr.over(frame, YEAR.medical.settle, unit="yuan", in_scope="cost", report=report, **asked)
    assert len(report.assumptions) == 1
    assert "owed by commercial insurance" in report.assumptions[0]


@pytest.mark.parametrize(("day", "name"), EACH)
def test_the_report_cites_all_that_the_scalar_cites(day: str, name: str) -> None:
    found, report = case(day, name, 60), pr.Report()
    out = pr.over(pl.from_arrow(found.table), found.calculator, unit="fen", report=report, **found.columns)
    for made, quantity in zip(out.columns[-len(found.expected) :], found.result.fields().values(), strict=True):
        cited = scalar_citations(found, quantity)
        assert cited <= set(report.citations[made]), cited - set(report.citations[made])


def scalar_citations(found: Case, quantity: str) -> set[str]:
    """Every provision that the scalar cites for some of the rows."""
    out: set[str] = set()
    for row in list(zip(*found.told.values(), strict=True))[:12]:
        answers: Any = found.calculator(**dict(zip(found.told, row, strict=True))).answers
        if answers.value(quantity) is not None:
            out |= set(answers.citations([quantity]))
    return out


def test_what_a_column_supplies_is_cited_as_that() -> None:
    report, frame = pr.Report(), pl.DataFrame({"years": [80], "care": [70]})
    asked: dict[str, Any] = {"age": "years", "unable_to_care": True, "elderly.care.amount": "care"}
    pr.over(frame, ALLOWANCES, unit="yuan", report=report, **asked)
    cited = report.citations["care_fen_per_month"]
    assert any("supplied" in text and "elderly.care.amount" in text and "care" in text for text in cited)
    assert not any("elderly.care.amount" in text for text in report.citations["old_age_fen_per_month"])


# ---- names and options ------------------------------------------------------------------------------------------

FRAME = pl.DataFrame({"years": [80], "dibao": [True]})


@pytest.mark.parametrize(
    ("told", "kind", "said"),
    [
        ({"age": "yaers"}, pr.UnknownName, "did you mean years?"),
        ({"age": "years", "recieves_dibao": "dibao"}, pr.UnknownName, "receives_dibao"),
        ({"receives_dibao": "dibao"}, pr.NotTold, "age"),
        ({"age": "years", "unit": "jiao"}, pr.UnknownName, "yuan"),
        ({"age": "years", "invalid": "drop"}, pr.UnknownName, "keep"),
        ({"age": "years", "round": "down"}, pr.UnknownName, "half_up"),
        ({"age": "years", "lang": "de"}, pr.UnknownName, "zh"),
        ({"age": "dibao"}, pr.SortError, "Boolean"),
        ({"age": 200}, pr.RangeError, "150"),
        ({"age": 80.0}, pr.SortError, "whole number"),
        ({"age": "years", "first_age": "years"}, pr.UnknownName, "it can mean several"),
        ({"age": "years", "elderly.old_age.bands[80].to": "years"}, pr.UnknownName, "reform"),
        ({"age": "years", "amount": "dibao"}, pr.UnknownName, "elderly.care.amount"),
    ],
)
def test_what_is_not_known_or_cannot_be_is_named(told: dict[str, Any], kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said.replace("?", r"\?")):
        pr.over(FRAME, ALLOWANCES, **{"unit": "yuan", **told})


def test_money_as_a_literal_is_fen_and_no_float() -> None:
    asked: dict[str, Any] = {"renovation_funds": Fen(0), "district_funds": Fen(0), "street_funds": Fen(0)}
    out = pr.over(FRAME, POLICIES["2018"].housing.funding, unit="yuan", funding_need=yuan(12), **asked)
    assert out["gap_fen_once"].to_list() == [12_00]
    with pytest.raises(pr.MoneyError):
        pr.over(FRAME, POLICIES["2018"].housing.funding, unit="yuan", funding_need=12.5, **asked)


@pytest.mark.parametrize("name", ["longevity_fen_per_month", "care_fen_per_month"])
def test_a_result_does_not_replace_a_column_of_the_caller(name: str) -> None:
    with pytest.raises(pr.UnknownName, match="already"):
        pr.over(FRAME.with_columns(pl.lit(1).alias(name)), ALLOWANCES, unit="yuan", age="years")


def test_findings_do_not_replace_a_column_of_the_caller() -> None:
    frame = FRAME.with_columns(findings=pl.lit("mine"))
    with pytest.raises(pr.UnknownName, match="already"):
        pr.over(frame, ALLOWANCES, unit="yuan", age="years", invalid="keep")
    assert pr.over(frame, ALLOWANCES, unit="yuan", age="years")["findings"].to_list() == ["mine"]


@pytest.mark.parametrize("frame", [[1, 2], {"years": [80]}, None, "frame", pl.Series([80]), pd.Series([80])])
def test_what_is_no_frame_is_refused(frame: object) -> None:
    with pytest.raises(pr.SortError, match="allowed: a pandas, Polars, PyArrow, DuckDB, Dask, Ibis or PySpark frame"):
        pr.over(frame, ALLOWANCES, unit="yuan", age="years")


@pytest.mark.parametrize("calculator", [YEAR.elderly, YEAR.medical.settle_total, len, "settle", None, YEAR.income.line])
def test_what_is_no_calculator_for_rows_is_refused(calculator: Any) -> None:
    with pytest.raises(pr.PovertyRulesError):
        pr.over(FRAME, calculator, unit="yuan", age="years")


@pytest.mark.parametrize("dtype", [pl.List(pl.Int64), pl.Struct({"a": pl.Int64}), pl.Time, pl.Duration, pl.Binary])
def test_a_column_of_a_type_that_cannot_be_meant_is_refused(dtype: Any) -> None:
    frame = pl.DataFrame({"cell": pl.Series([None], dtype=dtype)})
    with pytest.raises(pr.SortError, match="cell"):
        MONEY.over(frame)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_calculator_that_takes_a_list_is_refused_and_told_where_to_go(name: str) -> None:
    place = next(policy for policy in OTHERS.values() if found_by(policy, name))
    calculator = calculators(place)[name]
    told = dict.fromkeys(inspect.signature(calculator).parameters, "column")
    with pytest.raises(pr.InputError, match=f"{name.partition('.')[2]}.*allowed: a calculator of an area"):
        pr.over(pl.DataFrame({"column": [1]}), calculator, unit="yuan", **told)


def found_by(policy: pr.Policy, name: str) -> bool:
    """Whether a policy supplies something that a calculator shows."""
    result: Any = inspect.get_annotations(calculators(policy)[name].__func__, eval_str=True)["return"]  # type: ignore[attr-defined]
    return bool(set(result.fields().values()) - policy.absent.keys())
