"""A plan of one's own: sums, years, places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyrules.analysis.plans import check_plan
from povertyrules.core.errors import InputError, SortError, UnknownName
from povertyrules.core.magnitude import UnitError

ROWS: list[dict[str, object]] = [
    {"year": 2016, "persons": 630, "households": 200, "village_names": "甲、乙"},
    {"year": 2018, "persons": "0.11万人", "households": 300, "village_names": ["乙"]},
]


def codes(table: object, **more: Any) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in check_plan(table, **more)]


def test_a_plan_that_adds_up_has_no_findings() -> None:
    rows = [{"year": 2016, "persons": 1, "households": 1}, {"year": 2017, "persons": 2}]
    assert codes(rows[:1], totals={"persons": "1人"}) == []
    assert codes(rows, totals={"persons": 3}) == [("empty", "households")]


def test_all_that_does_not_add_up_is_found() -> None:
    found = check_plan(ROWS, totals={"persons": "2000 persons"}, places=["甲", "乙", "丙"])
    assert [(one.code, one.message) for one in found] == [
        ("year_left_out", "2017 is left out"),
        ("sum", "the parts come to 1,730 persons, the total is 2,000 persons: 270 persons are missing"),
        ("twice", "乙 stands in 2016 and 2018"),
        ("never", "1 stand in no year (丙)"),
    ]
    assert codes([*ROWS, {"year": 2018, "persons": 1, "households": 2}], totals={"persons": 1731})[:3] == [
        ("year_twice", "year"),
        ("year_left_out", "year"),
        ("households", "households"),
    ]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(0, 10**7))
def test_a_sum_closes_if_and_only_if_it_does(parts: list[int], total: int) -> None:
    rows = [{"year": 2010 + i, "persons": part} for i, part in enumerate(parts)]
    assert (codes(rows, totals={"persons": total}) == []) is (sum(parts) == total)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_are_rows_too(library: str) -> None:
    made = pytest.importorskip(library).DataFrame({"year": [2016, 2017], "persons": [630, None]})
    assert codes(made, totals={"persons": 631}) == [("empty", "persons"), ("sum", "persons")]


@pytest.mark.parametrize(
    ("table", "more", "error"),
    [
        ([], {}, SortError),
        ("2016", {}, SortError),
        ([{"year": "soon"}], {}, SortError),
        ([{"year": True}], {}, SortError),
        ([{"persons": 1}], {}, SortError),
        ([{"year": 2016, "people": 1}], {}, UnknownName),
        ([{"year": 2016, "persons": 1.5}], {}, SortError),
        ([{"year": 2016, "persons": "5 households"}], {}, UnitError),
        ([{"year": 2016, "persons": -1}], {}, SortError),
        ([{"year": 2016, "persons": 1}], {"totals": {"people": 1}}, UnknownName),
        ([{"year": 2016, "village_names": 5}], {}, SortError),
    ],
)
def test_what_is_no_plan_is_refused(table: object, more: dict[str, Any], error: type[InputError]) -> None:
    with pytest.raises(error):
        check_plan(table, **more)
