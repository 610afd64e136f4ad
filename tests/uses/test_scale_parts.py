"""The parts of the frames' route: years that turn on a day, answers by code, the order of rules, what a calculator asks."""

from __future__ import annotations

import datetime
import itertools
import math
import os
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import duckdb
import polars as pl
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st
from narwhals import from_native
from uses.random_terms import CELLS, ENDS, NUMBER, ROWS, TRUTH, half_up, meant, one

import povertyrules as pr
from povertyrules.asked import asked_by, calculators
from povertyrules.core.terms import Term, walk
from povertyrules.uses.scale.language import Language, turning
from povertyrules.uses.scale.narwhal import Narwhals, add_levels
from povertyrules.uses.scale.pieces import Piece, Pieces
from povertyrules.uses.scale.sql import Sql, bare, with_levels
from povertyrules.uses.scale.tabled import Table
from povertyrules.uses.shorter import shorter

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
TRUTHS = st.sampled_from([None, False, True])
DAYS = st.dates(datetime.date(1890, 1, 1), datetime.date(2040, 12, 31))


def years(day: datetime.date, born: datetime.date) -> int:
    """Completed years by comparing month and day, as the rules compare yyyymmdd."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def moved(day: datetime.date, born: datetime.date) -> int:
    by, year = turning(day)
    return year - (born + datetime.timedelta(days=by)).year


@given(DAYS, DAYS)
def test_years_turn_on_the_day(day: datetime.date, born: datetime.date) -> None:
    assert moved(day, born) == years(day, born)


def test_years_turn_on_every_day_of_a_leap_year_and_of_the_one_after() -> None:
    whole = [datetime.date(2016, 1, 1) + datetime.timedelta(days=n) for n in range(366 + 365)]
    births = [
        datetime.date(year, month, day) for year in (1999, 2000, 2001) for month, day in ((1, 1), (2, 28), (3, 1), (12, 31))
    ]
    for day, born in itertools.product(whole, [*births, datetime.date(2000, 2, 29)]):
        assert moved(day, born) == years(day, born), (day, born)


def test_those_years_are_those_of_the_calendar() -> None:
    day, births = datetime.date(2017, 6, 30), [datetime.date(1930, 1, 1) + datetime.timedelta(days=37 * n) for n in range(800)]
    assert [years(day, born) for born in births] == [relativedelta(day, born).years for born in births]


# ---- answers by code ------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([None, 0, 5, 7]), min_size=2, max_size=9), st.sampled_from([None, 0, 5]), st.booleans())
def test_answers_by_code_are_written_whole(values: list[int | None], untold: int | None, gap: bool) -> None:
    told = [*range(3, 3 + len(values)), *([None] if gap else [])]
    column = pl.DataFrame({"code": pl.Series(told, dtype=pl.Int64)})
    say = Narwhals()
    table = Table("code", say.column("code"), 3, gap, tuple(values), untold if gap else None)
    made = from_native(column).with_columns(answer=table.written(say, False))["answer"].to_list() if any_told(table) else []
    assert made == [untold if code is None else values[code - 3] for code in told] or not any_told(table)


def any_told(table: Table) -> bool:
    """Whether there is an answer at all: a null alone is no column of a frame."""
    return any(value is not None for value in (*table.values, table.untold))


@given(
    st.lists(st.sampled_from([None, False, True]), min_size=2, max_size=9), st.sampled_from([None, False, True]), st.booleans()
)
def test_truths_by_code_are_written_whole(values: list[bool | None], untold: bool | None, gap: bool) -> None:
    told = [*range(len(values)), *([None] if gap else [])]
    column = pl.DataFrame({"code": pl.Series(told, dtype=pl.Int64)})
    say = Narwhals()
    table = Table("code", say.column("code"), 0, gap, tuple(values), untold if gap else None)
    if any_told(table):
        made = from_native(column).with_columns(answer=table.written(say, True))["answer"].to_list()
        assert made == [untold if code is None else values[code] for code in told]


@pytest.mark.parametrize(("text", "expected"), [("(a + b)", "a + b"), ("(a) + (b)", "(a) + (b)"), ("a", "a"), ("((a))", "(a)")])
def test_brackets_around_the_whole(text: str, expected: str) -> None:
    assert bare(text) == expected


# ---- whole terms ----------------------------------------------------------------------------------------------------------

BASE = duckdb.connect()
FRAME = pl.DataFrame(ROWS, schema={"k": pl.Int64, "p": pl.Boolean, "q": pl.Boolean, "x": pl.Int64})
BASE.register("facts", FRAME.with_row_index("row"))


def written(say: Language, terms: list[Term], add: Callable[[list[dict[str, object]]], pl.DataFrame]) -> list[list[object]]:
    """The columns of some terms."""
    leaves = {n: Piece(say.column(n), ENDS[n], frozenset({n}), frozenset({n}), column=n) for n in CELLS}
    pieces = Pieces(say, leaves, "t_", terms)
    made = [pieces.keep(f"c{i}", pieces.emit(term)) for i, term in enumerate(terms)]
    frame = add(pieces.levels)
    return [[piece.value] * len(ROWS) if piece.fixed else frame[piece.column].to_list() for piece in made]


def in_duckdb(levels: list[dict[str, object]]) -> pl.DataFrame:
    return pl.from_arrow(
        BASE.sql(with_levels("facts", levels, Sql("duckdb"), last="SELECT * FROM {} ORDER BY row")).to_arrow_table()
    )


@given(st.lists(NUMBER | TRUTH, min_size=1, max_size=4))
@settings(max_examples=150)
def test_columns_mean_what_terms_mean(terms: list[Term]) -> None:
    expected = [[meant(term, row) for row in ROWS] for term in terms]
    assert written(Narwhals(polars=True), terms, lambda levels: add_levels(from_native(FRAME), levels).to_native()) == expected
    assert written(Sql("duckdb", vectors=True), terms, in_duckdb) == expected


# ---- fewer operations -----------------------------------------------------------------------------------------------------


def const(value: int) -> Term:
    return one("const", value=value)


X = one("fact", value="x")


def tariff(edges: list[int], rates: list[int]) -> Term:
    """The sum over brackets of a slice of `x` times its rate, written as rules write it."""
    out = const(0)
    for low, high, rate in zip(edges, [*edges[1:], None], rates, strict=False):
        top = X if high is None else one("least", X, const(high))
        part = one("greatest", one("sub", top, const(low)), const(0))
        out = one("add", out, one("mul", part, const(rate)))
    return out


EDGES = st.lists(st.integers(-9, 300), min_size=1, max_size=4, unique=True).map(sorted)
RATES = st.lists(st.integers(21, 100), min_size=4, max_size=4)
AMOUNTS = [{"x": x} for x in (*range(-20, 330), None)]


def by_hand(edges: list[int], rates: list[int], x: int) -> int:
    """Fen by fen: each lies in one bracket."""
    return sum(rates[sum(edge <= fen for edge in edges) - 1] for fen in range(min(edges), x))


@given(EDGES, RATES, st.integers(0, 20), st.sampled_from([1, 2, 5, 50, 100]))
def test_a_tariff_in_fewer_operations_is_the_same_tariff(edges: list[int], rates: list[int], less: int, d: int) -> None:
    over = one("greatest", one("sub", X, const(edges[0])), const(0))
    whole = one("sub", tariff(edges, rates), one("mul", over, const(less)))
    rounded = half_up(whole, d)
    short = shorter(rounded)
    assert [meant(short, row) for row in AMOUNTS] == [meant(rounded, row) for row in AMOUNTS]
    for x in (-20, 7, 329):
        exact = Fraction(by_hand(edges, [rate - less for rate in rates], x), d)
        assert meant(short, {"x": x}) == math.floor(exact + Fraction(1, 2))
    assert not any(node.op == "least" for node in walk(short))  # the edges are told once


@given(NUMBER)
def test_fewer_operations_mean_the_same(term: Term) -> None:
    short = shorter(term)
    assert [meant(short, row) for row in ROWS] == [meant(term, row) for row in ROWS]


def test_what_is_loosely_worded_is_left_as_it_is() -> None:
    """What is open in it has to stay in sight: an edge that is only said to be at least so much."""
    whole = one("fact", value="x", info="loose")
    part = one("mul", one("greatest", one("sub", whole, const(3)), const(0)), const(5))
    twice = one("add", part, part)
    assert [node.info for node in walk(shorter(twice)) if node.op == "fact"] == ["loose"]
    assert "sub" in {node.op for node in walk(shorter(twice))}


# ---- one order in every process -------------------------------------------------------------------------------

PRINTED = """
import povertyrules as pr
zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
print(zz.source(zz.elderly.allowances), zz.sql(zz.medical.settle), zz.program(zz.entitlements).source)
"""


def test_what_is_printed_is_the_same_in_every_process() -> None:
    def printed(seed: str) -> str:
        run = [sys.executable, "-c", PRINTED]
        return subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout

    assert printed("1") == printed("2")


# ---- what a calculator asks -----------------------------------------------------------------------------------


def test_a_bill_is_told_as_the_one_entry_of_a_list() -> None:
    asked = asked_by(ZZ.medical.settle, ["in_scope", "hospital_grade"])
    assert asked.lists == {"treatments"}
    assert asked.targets == ZZ.medical.settle(in_scope=pr.yuan(1), hospital_grade=1).shows()


def test_what_a_calculator_tells_by_itself_is_told() -> None:
    assert asked_by(ZZ.dibao.extremely_poor, []).literals == {"extremely_poor": True}


@pytest.mark.parametrize(
    "calculator",
    [ZZ.medical.settle_total, ZZ.income.line, ZZ.exit.check, len, "longevity_allowance", None],
    ids=["looks into its arguments", "no result", "a check", "not of an area", "a name", "nothing"],
)
def test_what_is_no_calculator_of_rows(calculator: object) -> None:
    with pytest.raises(pr.SortError, match="a calculator of an area"):
        asked_by(calculator, ["total_cost"])


def test_an_argument_that_there_is_not() -> None:
    with pytest.raises(pr.UnknownName, match="did you mean in_scope"):
        asked_by(ZZ.medical.settle, ["in_scop"])


def test_every_calculator_is_found() -> None:
    found = calculators(ZZ)
    assert found["medical.settle"] == ZZ.medical.settle or found["medical.settle"].__func__ is ZZ.medical.settle.__func__
    assert not {"medical.settle_total", "exit.check", "income.line"} & found.keys()
