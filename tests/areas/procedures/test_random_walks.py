"""Random walks through the procedures of Gerolstein, beside an oracle that reads the raw data and counts days itself."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from fictional.gerolstein import RAW, gerolstein
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import povertyrules as pr
from povertyrules.areas.procedures import Course

Date = datetime.date


class Oracle:
    """What a procedure allows, from its raw rows."""

    def __init__(self, name: str, days: str) -> None:
        self.working = days == "working" and name == "leave"
        self.rows: list[dict[str, Any]] = RAW[name][0]["steps"]
        self.codes = [row["step"] for row in self.rows]

    def row(self, code: str) -> dict[str, Any]:
        return self.rows[self.codes.index(code)]

    def before(self, code: str) -> list[str]:
        place = self.codes.index(code)
        after = self.row(code).get("after", self.codes[place - 1 : place])
        return list(after["may"] if isinstance(after, dict) else after)

    def next(self, state: str) -> list[str]:
        return [code for code in self.codes if state in self.before(code)]

    def first(self, state: str, since: Date, code: str) -> Date:
        days = self.row(state).get("notice_days", 0)
        if self.codes.index(code) <= self.codes.index(state) or isinstance(days, dict):
            return since
        if self.working:
            return Date.fromisoformat(str(np.busday_offset(since, days, roll="backward"))) if days else since
        return since + datetime.timedelta(days=days)

    def needs(self, code: str) -> list[str]:
        return list(self.row(code).get("needs", {}))


class Walks(RuleBasedStateMachine):
    """Steps in order, steps too early, steps at random."""

    course: Course
    log: list[tuple[str, Date]]

    @initialize(data=st.data(), name=st.sampled_from(sorted(RAW)), days=st.sampled_from(["calendar", "working"]))
    def begin(self, data: st.DataObject, name: str, days: str) -> None:
        self.oracle, self.area = Oracle(name, days), gerolstein(days).procedures
        code = data.draw(st.sampled_from([code for code in self.oracle.codes if not self.oracle.before(code)]))
        on = data.draw(st.dates(Date(2016, 1, 1), Date(2020, 12, 31)))
        self.course = self.area.start(name, on=on, step=code, facts=dict.fromkeys(self.oracle.needs(code), True))
        self.log = [(code, on)]

    def following(self) -> list[str]:
        return self.oracle.next(self.log[-1][0])

    def earliest(self, code: str) -> Date:
        return self.oracle.first(*self.log[-1], code)

    @precondition(lambda self: self.following())
    @rule(data=st.data(), later=st.integers(0, 20))
    def in_order(self, data: st.DataObject, later: int) -> None:
        code = data.draw(st.sampled_from(self.following()))
        on = self.earliest(code) + datetime.timedelta(days=later)
        self.course = self.area.advance(self.course, code, on=on, facts=dict.fromkeys(self.oracle.needs(code), True))
        self.log.append((code, on))

    @precondition(lambda self: self.following())
    @rule(data=st.data(), sooner=st.integers(1, 9))
    def too_early(self, data: st.DataObject, sooner: int) -> None:
        code = data.draw(st.sampled_from(self.following()))
        on = self.earliest(code) - datetime.timedelta(days=sooner)
        self.refused(code, on, dict.fromkeys(self.oracle.needs(code), True))

    @rule(data=st.data(), shift=st.integers(-2, 15))
    def at_random(self, data: st.DataObject, shift: int) -> None:
        code = data.draw(st.sampled_from(self.oracle.codes))
        on = self.log[-1][1] + datetime.timedelta(days=shift)
        needs = self.oracle.needs(code)
        facts = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(needs, st.sampled_from([True, True, False, None]))))
        fine = code in self.following() and on >= self.earliest(code) and all(facts.get(need) for need in needs)
        if fine:
            self.course = self.area.advance(self.course, code, on=on, facts=facts)
            self.log.append((code, on))
        else:
            self.refused(code, on, facts)

    def refused(self, code: str, on: Date, facts: dict[str, bool | None]) -> None:
        with pytest.raises(pr.StepRefused) as caught:
            self.area.advance(self.course, code, on=on, facts=facts)
        assert (caught.value.field, caught.value.value) == (self.course.name, code)
        assert caught.value.provision.startswith("Order of the Grand Duchy (G. 4) art. ")

    @invariant()
    def stands_at_the_last_step_accepted(self) -> None:
        assert (self.course.state, self.course.day) == self.log[-1]
        assert [(taken.step, taken.on) for taken in self.course.history] == self.log

    @invariant()
    def says_what_may_come_next_and_when(self) -> None:
        said = {one.step: (one.first, sorted(one.needs)) for one in self.area.allowed(self.course)}
        assert said == {code: (self.earliest(code), sorted(self.oracle.needs(code))) for code in self.following()}

    @invariant()
    def no_notice_was_cut_short(self) -> None:
        for i, (code, posted) in enumerate(self.log[:-1]):
            following, on = self.log[i + 1]
            assert on >= self.oracle.first(code, posted, following)


Walks.TestCase.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
test_random_walks = Walks.TestCase
