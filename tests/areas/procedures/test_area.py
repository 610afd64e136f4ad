"""What the area says of a procedure and of a course: beginning, going on, going back, ending, supplying what is not printed."""

from __future__ import annotations

import datetime
import pickle
import sys
from pathlib import Path

import pytest
from attrs.exceptions import FrozenInstanceError
from fictional.gerolstein import FILE, gerolstein

import povertyrules as pr
from povertyrules.areas.procedures import Course, Taken

ORDER = "Order of the Grand Duchy (G. 4)"
LEAVE = gerolstein().procedures
AGREES, UNOPPOSED = {"agrees": True}, {"no_objection": True}


def june(day: int) -> datetime.date:
    return datetime.date(2018, 6, day)


REVIEWED = [{"step": "proposed", "on": june(1)}, {"step": "reviewed", "on": june(1)}]


def posted() -> Course:
    return LEAVE.walk(
        "leave",
        [
            {"step": "proposed", "on": june(1)},
            {"step": "reviewed", "on": june(2)},
            {"step": "posted", "on": june(4), "facts": AGREES},
        ],
    )


def test_a_notice_does_not_count_its_first_day() -> None:
    assert LEAVE.advance(posted(), "checked", on=june(11), facts=UNOPPOSED).state == "checked"
    with pytest.raises(pr.StepRefused) as caught:
        LEAVE.advance(posted(), "checked", on=june(10), facts=UNOPPOSED)
    assert str(caught.value) == (
        "leave: 'checked' is refused; the notice of posted, 7 calendar days, posted on 2018-06-04, "
        f"runs until 2018-06-11, not 2018-06-10 [{ORDER} art. 1]"
    )


def test_working_days_leave_weekends_out() -> None:
    """Posted on Monday the 4th: five working days until Monday the 11th, seven until Wednesday the 13th."""
    working = gerolstein("working").procedures
    assert {one.step: one.first for one in working.allowed(posted())} == {"reviewed": june(4), "checked": june(13)}
    assert working.finish("leave", june(1)) == june(19)  # the example of the register of readings, and five days more
    assert LEAVE.finish("leave", june(1)) == june(13)


def test_an_objection_leads_back_without_waiting() -> None:
    with pytest.raises(pr.StepRefused, match="no_objection"):
        LEAVE.advance(posted(), "checked", on=june(11), facts={"no_objection": False})
    again = LEAVE.advance(posted(), "reviewed", on=june(5))
    (back,) = (one for one in LEAVE.allowed(posted()) if one.back)
    assert (again.state, back.step, back.first) == ("reviewed", "reviewed", june(4))
    anew = LEAVE.advance(again, "posted", on=june(6), facts=AGREES)
    assert LEAVE.earliest_finish(anew) == june(6 + 7 + 5)
    with pytest.raises(pr.StepRefused, match="runs until 2018-06-13"):
        LEAVE.advance(anew, "checked", on=june(11), facts=UNOPPOSED)


def test_facts_hold_for_one_step_only() -> None:
    second = LEAVE.advance(LEAVE.advance(posted(), "checked", on=june(11), facts=UNOPPOSED), "posted_again", on=june(11))
    with pytest.raises(pr.StepRefused, match=r"needs no_objection \(no objection\): not told"):
        LEAVE.advance(second, "struck", on=june(16), facts={"book_open": True})
    done = LEAVE.advance(second, "struck", on=june(16), facts={"book_open": True, **UNOPPOSED})
    assert LEAVE.allowed(done) == ()
    assert LEAVE.earliest_finish(done) == june(16)
    with pytest.raises(pr.StepRefused, match="after struck comes nothing more"):
        LEAVE.advance(done, "reviewed", on=june(17))


def test_what_is_taken_is_never_changed() -> None:
    course = posted()
    before = (course.name, course.history)
    later = LEAVE.advance(course, "checked", on=june(11), facts=UNOPPOSED)
    assert (course.name, course.history) == before
    assert later.history[:3] == course.history
    assert later.history[3] == Taken("checked", june(11))
    with pytest.raises(FrozenInstanceError):
        course.history = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        course.history[0].on = june(9)  # type: ignore[misc]


def test_a_course_and_a_refusal_can_be_pickled() -> None:
    course = posted()
    kept = pickle.loads(pickle.dumps(course))
    assert (kept, hash(kept)) == (course, hash(course))
    under = pickle.loads(pickle.dumps(gerolstein()))
    assert under.procedures.advance(kept, "checked", on=june(11), facts=UNOPPOSED).day == june(11)
    with pytest.raises(pr.StepRefused) as caught:
        LEAVE.advance(course, "struck", on=june(30))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_course_answers_for_each_step() -> None:
    answers = posted().answers()
    assert answers.pop("at_posted") is True
    assert answers == dict.fromkeys(("at_proposed", "at_reviewed", "at_checked", "at_posted_again", "at_struck"), False)
    assert str(posted()) == "leave: 2018-06-01 proposed, 2018-06-02 reviewed, 2018-06-04 posted"
    with pytest.raises(pr.SortError, match="at least its first step"):
        Course("leave", (), ())


def test_a_step_may_be_left_out_or_must_not_by_reading() -> None:
    asked = {"step": "asked", "on": june(1)}
    assert LEAVE.walk("relief", [asked, {"step": "assessed", "on": june(1)}]).state == "assessed"
    strict = gerolstein().reading("relief.advance", "duty").procedures
    with pytest.raises(pr.StepRefused, match="after asked comes advance"):
        strict.walk("relief", [asked, {"step": "assessed", "on": june(1)}])


def test_a_procedure_can_begin_in_several_ways() -> None:
    assert LEAVE.start("check", on=june(1)).state == "by_neighbours"
    assert LEAVE.start("check", on="2018-06-01", step="by_experts", facts={"trained": True}).state == "by_experts"
    with pytest.raises(pr.StepRefused, match="a course begins with by_neighbours or by_experts"):
        LEAVE.start("check", on=june(1), step="rated")
    assert LEAVE.finish("check", june(1)) == june(3)
    assert LEAVE.earliest_finish(LEAVE.start("check", on=june(1))) == june(10)


def test_a_notice_at_the_end_is_part_of_it() -> None:
    walked = LEAVE.walk(
        "sale",
        [
            {"step": "valued", "on": june(1)},
            {"step": "county", "on": june(2), "facts": {"several_villages": True}},
            {"step": "posted", "on": june(3)},
        ],
    )
    assert LEAVE.earliest_finish(walked) == june(6)
    assert LEAVE.finish("sale", june(1)) == june(4)


# ---- what is not printed -------------------------------------------------------------------------------------------------


def test_a_notice_without_printed_days_has_no_end() -> None:
    with pytest.raises(pr.NotStated, match=r"steps\[first\], procedures\.house\.steps\[second\] \[Order"):
        LEAVE.finish("house", june(1))
    course = LEAVE.walk("house", [{"step": "asked", "on": june(1)}, {"step": "first", "on": june(2)}])
    (following,) = LEAVE.allowed(course)
    assert (following.step, following.first, following.stated) == ("approved", june(2), False)
    assert LEAVE.advance(course, "approved", on=june(2)).state == "approved"
    beyond = LEAVE.advance(LEAVE.advance(course, "approved", on=june(3)), "second", on=june(3))
    assert LEAVE.earliest_finish(LEAVE.advance(beyond, "paid", on=june(4))) == june(4)
    with pytest.raises(pr.NotStated, match=r"runs: procedures\.house\.steps\[second\] "):
        LEAVE.earliest_finish(beyond)


def test_days_that_are_supplied_are_waited_for_and_cited() -> None:
    half = gerolstein().local({"procedures.house.steps[first]": 7}, source="county notice")
    with pytest.raises(pr.NotStated, match=r"runs: procedures\.house\.steps\[second\] "):
        half.procedures.finish("house", june(1))
    told = half.local({"procedures.house.steps[second]": 5}, source="county notice")
    assert told.procedures.finish("house", june(1)) == june(13)
    assert "7 calendar days (supplied by the caller: county notice)" in told.procedures.explain("house")
    course = told.procedures.walk("house", [{"step": "asked", "on": june(1)}, {"step": "first", "on": june(1)}])
    with pytest.raises(pr.StepRefused, match=r"supplied by the caller: county notice.*runs until 2018-06-08.*art\. 2"):
        told.procedures.advance(course, "approved", on=june(7))
    assert pickle.loads(pickle.dumps(told)).procedures.finish("house", june(1)) == june(13)


def test_days_that_are_supposed_change_what_is_printed() -> None:
    longer = gerolstein().reform({"procedures.leave.steps[posted]": 10})
    assert longer.procedures.finish("leave", june(1)) == june(16)
    assert LEAVE.finish("leave", june(1)) == june(13)


def test_days_are_supplied_under_every_reading() -> None:
    told = gerolstein().local({"procedures.relief.steps[assessed]": 4}, source="county notice")
    for choice in ("may", "duty"):
        assert told.reading("relief.advance", choice).procedures.finish("relief", june(1)) == june(5)


@pytest.mark.parametrize(
    ("key", "days", "error", "said"),
    [
        ("asked", 7, pr.InputError, "this step has no notice"),
        ("frist", 7, pr.UnknownName, "did you mean first"),
        ("first", 0, pr.RangeError, "from 1 to 366"),
        ("first", "7", pr.SortError, "whole number"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(key: str, days: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        gerolstein().local({f"procedures.house.steps[{key}]": days}, source="county notice")


# ---- what cannot be meant ------------------------------------------------------------------------------------------------


def test_names_that_there_are_not_are_refused() -> None:
    with pytest.raises(pr.UnknownName, match="did you mean leave"):
        LEAVE.start("leaves", on=june(1))
    with pytest.raises(pr.UnknownName, match=r"leave\.step.*did you mean posted"):
        LEAVE.advance(posted(), "poste", on=june(30))
    with pytest.raises(pr.UnknownName, match=r"facts\.agree: 'agree' is refused; did you mean agrees"):
        LEAVE.walk("leave", [*REVIEWED, {"step": "posted", "on": june(1), "facts": {"agree": True}}])
    with pytest.raises(pr.UnknownName, match=r"done\[0\]\.onn"):
        LEAVE.walk("leave", [{"step": "proposed", "onn": june(1)}])
    with pytest.raises(pr.UnknownName, match=r"leave\.state"):
        LEAVE.advance(Course("leave", ("gone",), (Taken("gone", june(1)),)), "posted", on=june(1))


def test_values_of_another_sort_are_refused() -> None:
    with pytest.raises(pr.SortError, match="at least the first step"):
        LEAVE.walk("leave", [])
    with pytest.raises(pr.SortError, match=r"done\[0\]"):
        LEAVE.walk("leave", ["proposed"])  # type: ignore[list-item]
    with pytest.raises(pr.SortError, match="course"):
        LEAVE.advance("leave", "posted", on=june(1))  # type: ignore[arg-type]
    with pytest.raises(pr.SortError, match=r"facts\.agrees"):
        LEAVE.walk("leave", [*REVIEWED, {"step": "posted", "on": june(1), "facts": {"agrees": 1}}])
    with pytest.raises(pr.DateError, match="on"):
        LEAVE.start("leave", on="2018-02-30")


def test_the_place_in_a_walk_is_told() -> None:
    with pytest.raises(pr.StepRefused, match=r"^done\[1\]\.leave: 'posted' is refused"):
        LEAVE.walk("leave", [{"step": "proposed", "on": june(1)}, {"step": "posted", "on": june(1), "facts": AGREES}])
    with pytest.raises(pr.StepRefused, match=r"^done\[1\].*2018-05-31 lies before proposed, which was taken on 2018-06-01"):
        LEAVE.walk("leave", [{"step": "proposed", "on": june(1)}, {"step": "reviewed", "on": "2018-05-31"}])


def test_a_day_on_which_the_procedure_does_not_speak() -> None:
    early = pr.policy(path=FILE, on="2000-12-31").procedures
    with pytest.raises(pr.NotInForce, match="speaks from 2001-01-01"):
        early.start("leave", on=june(1))


def test_a_place_without_procedures_says_so(tmp_path: Path) -> None:
    file = tmp_path / "none.toml"
    file.write_text('[jurisdiction]\npath = "none"\nzh = "无"\nen = "None"\n', encoding="utf-8")
    with pytest.raises(pr.NoSuchRule, match="leave"):
        pr.policy(path=file, on="2005-06-30").procedures.start("leave", on=june(1))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = pr.policy(path=FILE, on="2005-06-30").procedures
    monkeypatch.setitem(sys.modules, "transitions", None)
    with pytest.raises(ModuleNotFoundError, match=r"povertyrules\[procedures\]"):
        fresh.start("leave", on=june(1))
    assert fresh.finish("leave", june(1)) == june(13)  # what only counts days does without it
