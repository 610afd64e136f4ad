"""The steps of a procedure as they stand in a pack: what is refused when they are read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fictional.gerolstein import FILE
from hypothesis import given
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules.areas.procedures.steps import DayCount, Steps
from povertyrules.areas.procedures.track import Track
from povertyrules.core.citation import Titled

DATES = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31))


def step(code: str, **more: object) -> dict[str, object]:
    return {"step": code, "zh": "步", "en": code, **more}


BAD: dict[str, tuple[Any, type[Exception], str]] = {
    "nothing": ([], pr.SortError, "list of tables"),
    "an unknown key": ([step("a", notice=7)], pr.UnknownName, r"steps\[0\]\.notice"),
    "no text": ([{"step": "a", "zh": "甲"}], pr.SortError, r"steps\[0\]\.en"),
    "a code with a space": ([step("a b")], pr.SortError, "small letters"),
    "a code in Chinese": ([step("公示")], pr.SortError, "small letters"),
    "a code twice": ([step("a"), step("a")], pr.SortError, "stands twice"),
    "a notice of no days": ([step("a", notice_days=0)], pr.RangeError, "from 1 to 366"),
    "a notice of a text": ([step("a", notice_days="7")], pr.SortError, "whole number"),
    "a notice that is not missing": ([step("a", notice_days={"missing": False})], pr.SortError, "missing = true"),
    "after a step that is not there": ([step("a"), step("b", after=["c"])], pr.UnknownName, r"steps\[1\]\.after"),
    "after a text": ([step("a"), step("b", after="a")], pr.SortError, "list of names"),
    "after one step twice": ([step("a"), step("b", after=["a", "a"])], pr.SortError, "stands twice"),
    "steps in a ring": ([step("a", after=["b"]), step("b")], pr.SortError, "no way leads"),
    "a step that nothing leads to": ([step("a"), step("b", after=["b"])], pr.SortError, "no way leads"),
    "needs of nothing": ([step("a", needs={})], pr.SortError, "needs"),
    "needs in one language": ([step("a", needs={"x": {"zh": "是"}})], pr.SortError, r"needs\.x\.en"),
    "a need with a bad code": ([step("a", needs={"X y": {"zh": "是", "en": "x"}})], pr.SortError, "small letters"),
    "who acts as a text": ([step("a", by="the town")], pr.SortError, "by"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_meant_is_refused(name: str) -> None:
    raw, error, said = BAD[name]
    with pytest.raises(error, match=said):
        Steps.written(raw, "steps")


def test_a_pack_that_counts_days_otherwise_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gerolstein.toml"
    text = FILE.read_text(encoding="utf-8")
    file.write_text(text.replace('working = "working" }', 'working = "business" }'), encoding="utf-8")
    with pytest.raises(pr.PackError, match=r"procedures\.leave\.days.*business.*calendar, working"):
        pr.policy(path=file, on="2005-06-30")


def test_the_steps_before_one_are_the_one_before_it_unless_they_are_told() -> None:
    steps = Steps.written([step("a"), step("b"), step("c", after=["a"]), step("d", after=[]), step("e", after=["b", "e"])], "x")
    assert [one.after for one in steps.rows] == [(), ("a",), ("a",), (), ("b", "e")]
    assert [one.code for one in steps.starts] == ["a", "d"]
    assert [one.code for one in steps.ends] == ["c", "d", "e"]


def test_the_end_is_looked_for_further_on_and_not_back() -> None:
    raw = [step("a"), step("short", after=["a", "b"]), step("b", after=["a"]), step("slow", notice_days=9)]
    raw.append(step("c", after=["short", "slow"]))
    steps, on = Steps.written(raw, "steps"), datetime.date(2018, 6, 1)
    track = Track("two", Titled("二", "two"), steps, DayCount.CALENDAR, "art. 1", {})
    course = track.take(track.take(None, "a", on, {}), "b", on, {})
    assert (track.finish(None, on), track.finish(course, on)) == (on, datetime.date(2018, 6, 10))


def test_what_is_printed_of_each_step() -> None:
    steps = Steps.written([step("a"), step("b", notice_days=7), step("c", notice_days={"missing": True})], "steps")
    assert list(steps.printed()) == [
        ("a", "a"),
        ("b", "b; 7 days of notice"),
        ("c", "c; days of notice not printed"),
    ]


@given(DATES, st.integers(1, 60))
def test_working_days_are_those_of_another_library(posted: datetime.date, days: int) -> None:
    expected = np.busday_offset(posted, days, roll="backward")
    assert DayCount.WORKING.after(posted, days) == datetime.date.fromisoformat(str(expected))


@given(DATES, st.integers(1, 60))
def test_calendar_days_are_a_difference_of_dates(posted: datetime.date, days: int) -> None:
    assert (DayCount.CALENDAR.after(posted, days) - posted).days == days
