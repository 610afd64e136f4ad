"""The SQL of a calculator gives what the calculator gives: on DuckDB, on Spark, and PostgreSQL's where division is as there."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
import sqlglot
from frames import cases
from frames.cases import NAMES, Case, case
from frames.engines import ID, _spark

import povertyrules as pr

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
EACH = pytest.mark.parametrize(("day", "name"), cases.EACH, ids=lambda text: text)
FEW = 300


def text_of(found: Case, dialect: str, **how: Any) -> str:
    """The query of a calculator, over a table `facts`."""
    untold = dict.fromkeys(found.facts.keys() - found.told.keys(), None)
    policy = found.calculator.__self__.bound
    return policy.sql(found.calculator, dialect, keep=[ID], **{**untold, **found.literals}, **how)


def on_duckdb(text: str, table: pa.Table, *, whole: bool = False) -> pa.Table:
    """What DuckDB makes of a query; `whole` numbers can divide into a whole one, as they do in PostgreSQL."""
    with duckdb.connect(config={"integer_division": whole}) as base:
        base.register("facts", table)
        return base.sql(text).to_arrow_table().sort_by(ID)


def equal(found: Case, made: pa.Table) -> None:
    """Compare every result, cell for cell."""
    assert len(made.column_names) == 1 + len(found.expected)
    for name, column in zip(found.expected, made.column_names[1:], strict=True):
        assert made.column(column).to_pylist() == found.expected[name], column


@EACH
def test_duckdb(day: str, name: str) -> None:
    found = case(day, name, 10_000).first(FEW)
    equal(found, on_duckdb(text_of(found, "duckdb"), found.table))


@EACH
def test_postgres_where_numbers_divide_as_there(day: str, name: str) -> None:
    found = case(day, name, 10_000).first(FEW)
    text = text_of(found, "postgres")
    assert isinstance(sqlglot.parse_one(text, read="postgres"), sqlglot.exp.Select)
    equal(found, on_duckdb(text, found.table, whole=True))


@pytest.mark.parametrize(
    "name",
    ["medical.settle", "elderly.allowances", pytest.param("", marks=pytest.mark.long)],
    ids=["settle", "allowances", "all"],
)
def test_spark(name: str) -> None:
    spark = _spark()
    for day, one in NAMES if not name else [("2018", name)]:
        found = case(day, one, 10_000).first(FEW)
        spark.createDataFrame(found.table).createOrReplaceTempView("facts")
        equal(found, spark.sql(text_of(found, "spark")).toArrow().sort_by(ID))


@EACH
def test_amounts_in_yuan(day: str, name: str) -> None:
    found = case(day, name, 10_000).first(FEW)
    columns = {column: found.table.column(column).to_pylist() for column in found.table.column_names}
    for argument, fact in found.facts.items():
        if fact.sort.value in ("money", "area") and argument in columns:
            cells = [None if cell is None else Decimal(cell) / 100 for cell in columns[argument]]
            columns[argument] = pa.array(cells, pa.decimal128(18, 2))
    equal(found, on_duckdb(text_of(found, "duckdb", unit="yuan"), pa.table(columns)))


def test_what_lies_outside_its_range_is_unknown() -> None:
    rows = pa.table({ID: [1, 2, 3, 4], "age": [103, -1, 151, None]})
    text = ZZ.sql(ZZ.elderly.allowances, keep=[ID], receives_dibao=False, unable_to_care=None)
    assert on_duckdb(text, rows)["longevity_fen_per_month"].to_pylist() == [43_000, None, None, None]


def test_fen_parts_of_yuan_are_unknown() -> None:
    rows = pa.table({ID: [1, 2], "countable_income": pa.array([Decimal("1200.00"), Decimal("1200.005")]), "members": [2, 2]})
    text = ZZ.sql(ZZ.dibao.top_up, keep=[ID], unit="yuan")
    found = on_duckdb(text, rows)
    due = found["monthly_fen_per_month"].to_pylist()
    assert due[1] is None
    assert due[0] == ZZ.dibao.top_up(countable_income=pr.yuan(1200), members=2).monthly.figure


def test_a_quantity_by_its_name() -> None:
    rows = pa.table({ID: [1, 2], "born": [datetime.date(1914, 6, 30), datetime.date(1917, 7, 1)]})
    text = ZZ.sql("longevity_allowance", "duckdb", keep=[ID])
    assert on_duckdb(text, rows)["longevity_allowance_fen_per_month"].to_pylist() == [43_000, 0]


def test_without_keep_all_columns_stay() -> None:
    rows = pa.table({ID: [1], "age": [103], "mine": ["x"]})
    found = on_duckdb(ZZ.sql(ZZ.elderly.allowances, receives_dibao=False, unable_to_care=False), rows)
    assert found["mine"].to_pylist() == ["x"]
    assert found["longevity_fen_per_month"].to_pylist() == [43_000]


def test_the_query_says_what_it_rests_on() -> None:
    text = ZZ.sql(ZZ.elderly.allowances)
    assert re.search(r"^-- gives longevity_fen_per_month: .*专栏7 第2条", text, re.M)
    assert re.search(r"^-- reads age: 年龄, age", text, re.M)


def test_other_names_and_literals() -> None:
    rows = pa.table({"个人": [1], "年龄": [103], "order": [False]})
    text = ZZ.sql(ZZ.elderly.allowances, keep=["个人"], age="年龄", receives_dibao="order", unable_to_care=False)
    with duckdb.connect() as base:
        base.register("facts", rows)
        assert base.sql(text).fetchall() == [(1, 0, 43_000, 0, 0)]


@pytest.mark.parametrize(
    ("how", "message"),
    [({"dialect": "oracle"}, "duckdb"), ({"unit": "jiao"}, "yuan"), ({"agee": "x"}, "did you mean age")],
    ids=["dialect", "unit", "column"],
)
def test_refusals(how: dict[str, Any], message: str) -> None:
    with pytest.raises(pr.UnknownName, match=message):
        ZZ.sql(ZZ.elderly.allowances, **how)


def test_an_unknown_quantity() -> None:
    with pytest.raises(pr.UnknownName, match="longevity_allowance"):
        ZZ.sql("longevity_allowanc")


def test_columns_of_the_table_are_not_mixed_up_with_the_querys_own() -> None:
    rows = pa.table({ID: [1], "born": [datetime.date(1914, 1, 1)], "age": [5], "told_born": [0], "longevity_allowance": [7]})
    for keep in ([ID], [ID, "age", "longevity_allowance"], []):
        found = on_duckdb(ZZ.sql("longevity_allowance", keep=keep), rows)
        assert found["longevity_allowance_fen_per_month"].to_pylist() == [43_000]


def test_names_that_the_query_keeps_for_itself() -> None:
    with pytest.raises(pr.UnknownName, match="begin with pr_"):
        ZZ.sql(ZZ.elderly.allowances, age="pr_age")


def test_a_quantity_that_totals_over_rows_is_refused() -> None:
    with pytest.raises(pr.SortError, match="totals over incomes, persons"):
        ZZ.sql("dibao_due")
    assert "countable" in ZZ.sql("dibao_due", countable_income="countable", members="heads")
