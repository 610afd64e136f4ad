"""Every engine gives for every calculator what the calculator itself gives, cell for cell, nulls included."""

from __future__ import annotations

import random

import pytest
from emitters.variants import seed_of
from frames import cases
from frames.cases import NAMES, OTHERS, case, check, wired
from frames.engines import FAST, SLOW, Kind, each, named
from frames.written import written

MOST, MANY, FEW = 10_000, 4_000, 300
EACH = pytest.mark.parametrize(("day", "name"), cases.EACH, ids=lambda text: text)
LATE = pytest.mark.parametrize(("day", "name"), [one for one in NAMES if one[0] == "2018"], ids=lambda text: text)
"""The calculators on the day on which every rule is in force."""
ELSEWHERE = pytest.mark.parametrize(("day", "name"), [one for one in NAMES if one[0] in OTHERS], ids=lambda text: text)
"""The calculators of the other documents."""


@ELSEWHERE
@each(named("polars", "duckdb"))
def test_two_engines_equal_the_calculators_of_the_other_documents(kind: Kind, day: str, name: str) -> None:
    check(kind, case(day, name, FEW))


@EACH
@each(FAST)
def test_frames_equal_the_calculator(kind: Kind, day: str, name: str) -> None:
    check(kind, case(day, name, MANY if day == "2018" else FEW))


@LATE
@each(SLOW)
def test_slow_frames_equal_the_calculator(kind: Kind, day: str, name: str) -> None:
    # Spark passes over the rows once and not twice: what it refuses is tested in test_boundary.py
    check(kind, case(day, name, MANY).first(FEW), invalid="null" if kind.name == "spark" else "raise")


@pytest.mark.long
@ELSEWHERE
@each(SLOW)
def test_slow_frames_equal_the_calculators_of_the_other_documents(kind: Kind, day: str, name: str) -> None:
    check(kind, case(day, name, FEW), invalid="null" if kind.name == "spark" else "raise")


@pytest.mark.long
@LATE
@each(SLOW)
def test_frames_equal_the_calculator_throughout(kind: Kind, day: str, name: str) -> None:
    check(kind, case(day, name, MOST))


@LATE
@each(named("pandas", "polars", "pyarrow-alone", "duckdb"))
def test_frames_as_registers_write_them(kind: Kind, day: str, name: str) -> None:
    found = case(day, name, MANY).first(FEW)
    check(kind, found, written(found, random.Random(seed_of(f"{kind} {name}"))), unit="yuan")


@pytest.mark.long
@LATE
@each(SLOW)
def test_frames_as_registers_write_them_throughout(kind: Kind, day: str, name: str) -> None:
    found = case(day, name, MANY).first(FEW)
    check(kind, found, written(found, random.Random(seed_of(f"throughout {kind} {name}"))), unit="yuan")


@EACH
@each(named("polars", "duckdb"))
def test_whatever_is_told_by_a_column_a_literal_or_not_at_all(kind: Kind, day: str, name: str) -> None:
    pick = random.Random(seed_of(f"wired {day} {name}"))
    for _ in range(1 if kind.name == "duckdb" else 2):
        check(kind, wired(day, name, 60, pick))


@pytest.mark.long
@EACH
@each(named("polars", "duckdb", "pyarrow-alone"))
def test_whatever_is_told_by_a_column_a_literal_or_not_at_all_throughout(kind: Kind, day: str, name: str) -> None:
    pick = random.Random(seed_of(f"wired throughout {day} {name}"))
    for _ in range(10):
        check(kind, wired(day, name, 100, pick))
