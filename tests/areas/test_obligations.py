"""Obligations: every kind just met, just missed and untold; calendars, ladders, reports. The pack is made up."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules.areas.obligations import DutyFinding, ObligationsArea
from povertyrules.core.errors import DateError, NoSuchRule, NotInForce, RangeError, SortError, UnknownName
from povertyrules.core.findings import Severity
from povertyrules.core.magnitude import UnitError

PACK = Path(__file__).parents[1] / "fictional" / "sixth.toml"
DAY = datetime.timedelta(days=1)


def duties(on: str = "2019-12-31") -> ObligationsArea:
    return pr.policy(path=PACK, on=on).obligations


def status(name: str, told: object, on: str = "2019-12-31") -> str:
    return duties().outcome(name, told, on=on).status.value


@pytest.mark.parametrize(
    ("name", "told", "on", "expected"),
    [
        ("posts", "120 persons", "2019-12-31", "met"),
        ("posts", "119 persons", "2019-12-31", "missed"),
        ("posts", "0.012万人", "2019-12-31", "met"),
        ("posts", None, "2019-12-31", "unknown"),
        ("families", {"part": "90户", "whole": "100户"}, "2019-06-30", "met"),
        ("families", {"part": "89户", "whole": "100户"}, "2019-06-30", "warned"),
        ("families", {"part": "89户", "whole": "100户"}, "2019-06-29", "pending"),
        ("families", {"part": "89户"}, "2019-06-30", "unknown"),
        ("families", "89.9 %", "2019-06-30", "warned"),
        ("roads", "30 km", "2019-12-31", "met"),
        ("roads", "29.999 km", "2019-12-31", "missed"),
        ("growth", {"value": "5.1 %", "against": "5 %"}, "2019-12-31", "met"),
        ("growth", {"value": "5 %", "against": "5 %"}, "2019-12-31", "missed"),
        ("growth", {"value": "5 %"}, "2019-12-31", "unknown"),
        ("plan", {"2019": "10 km"}, "2019-12-31", "met"),
        ("plan", {"2019": "9 km"}, "2019-12-31", "missed"),
        ("plan", {"2019": "9 km"}, "2019-12-30", "pending"),
        ("plan", {"2019": "10 km", "2020": "19 km"}, "2020-12-31", "missed"),
        ("plan", {"2019": "10 km"}, "2020-12-31", "unknown"),
        ("ledger", "2019-04-30", "2019-12-31", "met"),
        ("ledger", "2019-05-01", "2019-12-31", "missed"),
        ("ledger", False, "2019-04-29", "pending"),
        ("ledger", False, "2019-04-30", "missed"),
        ("assessment", {"2019": "2019-12-01"}, "2019-12-31", "met"),
        ("assessment", {"2019": "2019-12-10"}, "2019-12-31", "met"),
        ("assessment", {"2019": "2019-11-30"}, "2019-12-31", "missed"),
        ("assessment", {"2019": "2019-12-11"}, "2019-12-31", "missed"),
        ("assessment", {"2018": "2018-12-05"}, "2019-12-09", "met"),
        ("assessment", {"2018": "2018-12-05"}, "2019-12-10", "unknown"),
        ("assessment", {"2019": False}, "2019-12-10", "missed"),
        ("assessment", {"2019": False}, "2019-12-09", "pending"),
        ("assessment", {"2018": False}, "2019-01-01", "missed"),
        ("meetings", ["2019-03-31"], "2019-03-31", "met"),
        ("meetings", [], "2019-03-31", "missed"),
        ("meetings", [], "2019-03-30", "pending"),
        ("contents", ["name", "measure", "result"], "2019-12-31", "met"),
        ("contents", ["name", "measure"], "2019-12-31", "missed"),
        ("contents", {"name": True, "measure": True}, "2019-12-31", "unknown"),
        ("contents", {"name": False}, "2019-12-31", "missed"),
        ("abuses", [], "2019-12-31", "met"),
        ("abuses", ["waste"], "2019-12-31", "missed"),
        ("abuses", {"waste": False}, "2019-12-31", "unknown"),
    ],
)
def test_every_kind_is_just_met_just_missed_and_unknown(name: str, told: object, on: str, expected: str) -> None:
    assert status(name, told, on) == expected


@pytest.mark.parametrize(
    ("name", "told", "gap"),
    [
        ("posts", "100 persons", "20 persons"),
        ("families", {"part": "85户", "whole": "100户"}, "5 households"),
        ("families", "85 %", "5 points"),
        ("ledger", "2019-05-03", "3 days"),
        ("meetings", ["2019-03-01"], "9 times"),
        ("contents", [], "3 items"),
        ("growth", {"value": "4 %", "against": "5 %"}, "1 points"),
    ],
)
def test_the_gap_is_in_the_unit_of_what_was_told(name: str, told: object, gap: str) -> None:
    assert str(duties().outcome(name, told, on="2019-12-31").gap) == gap


def test_a_reading_moves_the_edge() -> None:
    policy = pr.policy(path=PACK, on="2019-12-31")
    assert policy.obligations.outcome("roads", "30 km").status == "met"
    assert policy.reading("sixth.roads_edge", "strict").obligations.outcome("roads", "30 km").status == "missed"


def test_a_figure_that_is_not_printed_waits_for_the_caller() -> None:
    policy = pr.policy(path=PACK, on="2019-12-31")
    assert policy.obligations.outcome("wage", "500 yuan/month").status == "unstated"
    told = policy.local({"obligations.wage.at_least": "600 yuan/month"}, source="county notice")
    found = told.obligations.outcome("wage", "500元/月")
    assert (found.status, str(found.gap)) == ("missed", "100 yuan/month")


def test_a_reform_moves_the_bound() -> None:
    policy = pr.policy(path=PACK, on="2019-12-31").reform({"obligations.posts.at_least": "121 persons"})
    assert policy.obligations.outcome("posts", "120 persons").status == "missed"
    assert "121 persons" in policy.obligations.outcome("posts", "120 persons").message()


def test_an_aim_that_is_striven_for_warns_unless_the_reading_binds_it() -> None:
    policy = pr.policy(path=PACK, on="2019-12-31")
    told = {"families": {"part": "1户", "whole": "100户"}}
    [soft] = policy.obligations.check(told, untold="skip")
    [hard] = policy.reading("wording.best_effort", "error").obligations.check(told, untold="skip")
    assert (soft.severity, hard.severity) == (Severity.WARNING, Severity.ERROR)


def test_findings_say_numerator_denominator_force_and_provision() -> None:
    [found] = duties().check({"families": {"part": "45户", "whole": "60户"}}, untold="skip")
    assert isinstance(found, DutyFinding)
    assert (str(found.numerator), str(found.denominator), str(found.gap)) == ("45 households", "60 households", "9 households")
    assert (found.force, found.field, found.code) == ("strive", "families", "warned")
    assert found.provision == "某县巩固方案 (某发〔2019〕1号) 一(二)"
    assert found.to_dict()["numerator"] == "45 households"


def test_what_is_not_told_is_a_warning_of_its_own_unless_it_is_skipped() -> None:
    everything = duties().check({})
    assert {one.code for one in everything} == {"unknown"}
    assert everything.ok
    assert len(everything) == len(duties().review({})) == 11
    assert len(duties().check({}, untold="skip")) == 0
    with pytest.raises(UnknownName):
        duties().check({}, untold="never")


def test_a_review_counts_and_shows_every_obligation() -> None:
    review = duties().review(pr.DutyReport({"posts": "130 persons", "abuses": ["waste"]}, on="2019-12-31"))
    assert review.counts() == {"met": 1, "missed": 1, "unknown": 9}
    assert [one.name for one in review.of("missed")] == ["abuses"]
    assert str(review).count("\n") == 10
    assert "形象工程" not in review._repr_html_()
    assert "projects for show, waste" in review._repr_html_()
    with pytest.raises(UnknownName):
        review.of("perhaps")


@pytest.mark.parametrize(
    ("name", "told", "error"),
    [
        ("posts", "120", UnitError),
        ("posts", 120, SortError),
        ("posts", "120 km", UnitError),
        ("posts", "120 parsecs", UnitError),
        ("posts", "-1 persons", RangeError),
        ("families", {"part": "-1户", "whole": "2户"}, RangeError),
        ("families", {"part": "-1元", "whole": "2元"}, RangeError),
        ("plan", {"2019": "-1 km"}, RangeError),
        ("families", {"part": "1户", "whole": "0户"}, UnitError),
        ("families", {"part": "1户", "whole": "2人"}, UnitError),
        ("families", {"part": "1户", "of": "2户"}, UnknownName),
        ("ledger", True, SortError),
        ("ledger", "soon", DateError),
        ("ledger", datetime.datetime(2019, 4, 1), DateError),
        ("assessment", {"then": "2019-12-01"}, DateError),
        ("meetings", "2019-03-31", SortError),
        ("contents", ["face"], UnknownName),
        ("contents", {"name": "yes"}, SortError),
        ("contents", "name", SortError),
        ("plan", {"2018": "1 km"}, UnknownName),
        ("nothing", [], UnknownName),
    ],
)
def test_what_cannot_be_meant_is_refused(name: str, told: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        duties().outcome(name, told)


def test_what_is_not_in_force_or_not_there_says_so() -> None:
    with pytest.raises(NotInForce):
        duties("2018-12-31").outcome("posts", "1 persons")
    with pytest.raises(NoSuchRule):
        pr.policy("cn", on="2019-01-01").obligations.outcome("posts", "1 persons")
    for ask in (lambda: duties("2018-12-31").check({}), lambda: duties("2018-12-31").calendar(2019)):
        with pytest.raises(NotInForce):
            ask()
    with pytest.raises(NoSuchRule):
        pr.policy("cn", on="2019-01-01").obligations.review({})
    with pytest.raises(SortError):
        pr.DutyReport(["posts"])  # type: ignore[arg-type]


def test_the_calendar_lists_what_is_due_in_the_year() -> None:
    dues = [(due.on.isoformat(), due.name) for due in duties().calendar(2019)]
    months = [f"2019-{m:02}-{d}" for m, d in zip(range(3, 13), (31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)]
    expected = [("2019-04-30", "ledger"), ("2019-06-30", "families"), ("2019-12-10", "assessment"), ("2019-12-31", "plan")]
    expected += [("2019-12-31", "roads"), *((month, "meetings") for month in months)]
    assert dues == sorted(expected)
    assert [due.name for due in duties().calendar(2018)] == ["assessment"]
    with pytest.raises(RangeError):
        duties().calendar(20190)
    with pytest.raises(SortError):
        duties().calendar("2019")  # type: ignore[arg-type]


def test_the_calendar_is_an_icalendar_file(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    calendar = duties().calendar(2019)
    calendar.save(tmp_path / "due.ics", lang="zh")
    read = icalendar.Calendar.from_ical((tmp_path / "due.ics").read_bytes())
    events = list(read.walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [due.on for due in calendar]
    assert str(events[0]["summary"]) == "调度会（每月） [应当]"
    assert len({str(event["uid"]) for event in events}) == len(calendar)


@pytest.mark.parametrize(
    ("history", "codes"),
    [
        ([], ()),
        ([("missed", "2019-12-31")], ("talk",)),
        ([("missed", "2018-12-31"), ("missed", "2020-12-31")], ("talk",)),
        ([("missed", "2019-12-31"), ("missed", "2020-12-31")], ("talk", "leave")),
        ([("complaint", "2019-01-01"), ("complaint", "2019-12-31")], ("notice",)),
        ([("complaint", "2018-12-31"), ("complaint", "2019-03-30")], ("visit",)),
        ([("complaint", "2018-12-31"), ("complaint", "2019-03-31")], ()),
    ],
)
def test_a_ladder_says_what_follows(history: list[tuple[str, str]], codes: tuple[str, ...]) -> None:
    found = duties().escalation([{"event": event, "on": on} for event, on in history])
    assert found.codes == codes
    assert all("五" in one.provision for one in found)


@pytest.mark.parametrize("history", ["missed", [{"event": "rain", "on": "2019-01-01"}], [{"event": "missed"}]])
def test_a_history_that_cannot_be_meant_is_refused(history: object) -> None:
    with pytest.raises((SortError, UnknownName)):
        duties().escalation(history)


@given(
    st.lists(st.dates(datetime.date(2019, 1, 1), datetime.date(2020, 6, 30)), max_size=20),
    st.dates(datetime.date(2019, 1, 1), datetime.date(2020, 6, 30)),
)
def test_a_month_without_a_meeting_is_found_as_by_looking_at_every_day(days: list[datetime.date], on: datetime.date) -> None:
    """Against a walk over single days: every month from March 2019 whose last day has come."""
    walked = [datetime.date(2019, 1, 1) + i * DAY for i in range(600)]
    last_days = [day for day, after in pairwise(walked) if after.day == 1 and datetime.date(2019, 3, 1) <= day <= on]
    lacking = [last for last in last_days if not any((day.year, day.month) == (last.year, last.month) for day in days)]
    found = duties().outcome("meetings", days, on=on)
    assert found.status == ("missed" if lacking else "met" if last_days else "pending")
    assert found.gap is None if not lacking else str(found.gap) == f"{len(lacking)} times"


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_is_compared_without_dividing(part: int, whole: int) -> None:
    """Against whole numbers: nine tenths."""
    told = {"part": f"{part} households", "whole": f"{whole} households"}
    expected = "met" if 10 * part >= 9 * whole else "warned"
    assert status("families", told) == expected

    found = duties().overview()
    assert found["posts"].zh == "公益岗位"
    assert found["growth"].en == "growth of spending"
    assert len(found) == 12
