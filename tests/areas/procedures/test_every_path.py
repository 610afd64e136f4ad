"""Every path of every procedure, of Gerolstein and of the library's packs: no notice is skipped or cut short."""

from __future__ import annotations

import datetime
import itertools

import numpy as np
import pytest
from fictional.gerolstein import RAW, Way, all_ways, quickest, told

import povertyrules as pr
from povertyrules.areas.procedures.steps import DayCount, Step

WAYS = all_ways()
ON = datetime.date(2018, 6, 1)  # a Friday
ROUTES = {"check"}
"""Procedures whose notices stand on routes of their own, so that none of them is on every path."""
every_way = pytest.mark.parametrize("way", WAYS, ids=str)


def later(way: Way, on: datetime.date, days: int) -> datetime.date:
    """The day so many days later, by another way of counting than the library's."""
    if way.area.track(way.name).days is DayCount.CALENDAR:
        return datetime.date.fromordinal(on.toordinal() + days)
    return datetime.date.fromisoformat(str(np.busday_offset(on, days, roll="backward")))


def waits(way: Way, before: Step, step: Step) -> int:
    """The days of notice between two steps; none on a way back, and none where they are not printed."""
    return before.notice if isinstance(before.notice, int) and way.onward(before.code, step.code) else 0


def test_the_procedures_of_gerolstein_are_all_there() -> None:
    assert {way.name for way in WAYS if way.under.name == "gerolstein" and not way.reading} == set(RAW)
    assert {way.reading for way in WAYS if way.under.name == "gerolstein"} == {"", "leave.days=working", "relief.advance=duty"}


@every_way
def test_every_step_lies_on_a_path_to_an_end(way: Way) -> None:
    assert {step.code for path in way.paths() for step in path} == {step.code for step in way.steps}


@every_way
def test_no_path_to_an_end_leaves_a_notice_out(way: Way) -> None:
    posted = {step.code for step in way.steps if step.notice is not None}
    skipped = [path for path in way.paths() if not posted <= {step.code for step in path}]
    assert bool(skipped) == (way.name in ROUTES)


@every_way
def test_each_notice_is_waited_for_and_a_day_too_few_is_refused(way: Way) -> None:
    for path in way.paths():
        course = way.area.start(way.name, on=ON, step=path[0].code, facts=told(path[0]))
        for before, step in itertools.pairwise(path):
            days = waits(way, before, step)
            ready = later(way, course.day, days) if days else course.day
            with pytest.raises(pr.StepRefused) as early:
                way.area.advance(course, step.code, on=ready - datetime.timedelta(days=1), facts=told(step))
            assert ("runs until" in early.value.allowed) == bool(days)
            assert early.value.provision == way.provision
            course = way.area.advance(course, step.code, on=ready, facts=told(step))
        assert course.state == path[-1].code


@every_way
def test_the_end_is_as_early_as_the_quickest_path(way: Way) -> None:
    ends = []
    for path in way.paths():
        if any(not way.onward(a.code, b.code) for a, b in itertools.pairwise(path)):
            continue
        if any(not isinstance(step.notice, int | None) for step in path):
            with pytest.raises(pr.NotStated, match=rf"procedures\.{way.name}\.steps\["):
                way.area.finish(way.name, ON)
            return
        on = ON
        for step in path:
            on = later(way, on, step.notice) if isinstance(step.notice, int) else on
        ends.append(on)
    assert way.area.finish(way.name, ON) == min(ends)


@every_way
def test_every_step_out_of_order_is_refused_with_the_provision(way: Way) -> None:
    late = ON + datetime.timedelta(days=1000)
    for path in way.paths():
        for stop in range(1, len(path) + 1):
            course = quickest(way, path[:stop], ON)
            allowed = {one.step for one in way.area.allowed(course)}
            assert allowed == {step.code for step in way.steps if course.state in step.after}
            for step in way.steps:
                if step.code not in allowed:
                    with pytest.raises(pr.StepRefused) as caught:
                        way.area.advance(course, step.code, on=late, facts=told(step))
                    assert (caught.value.value, caught.value.provision) == (step.code, way.provision)


@every_way
def test_a_step_that_lacks_something_is_refused_with_the_provision(way: Way) -> None:
    late = ON + datetime.timedelta(days=1000)
    for path in way.paths():
        for stop, step in enumerate(path):
            for need, lacking in itertools.product(step.needs, (False, None)):
                facts: dict[str, bool | None] = {**told(step), need: lacking}
                done = quickest(way, path[:stop], ON) if stop else None
                with pytest.raises(pr.StepRefused) as caught:
                    way.area.track(way.name).take(done, step.code, late, facts)
                assert need in caught.value.allowed
                assert caught.value.provision == way.provision


@every_way
def test_only_a_start_can_be_first(way: Way) -> None:
    for step in way.steps:
        if step.after:
            with pytest.raises(pr.StepRefused, match="a course begins with") as caught:
                way.area.walk(way.name, [{"step": step.code, "on": ON, "facts": told(step)}])
            assert caught.value.provision == way.provision
