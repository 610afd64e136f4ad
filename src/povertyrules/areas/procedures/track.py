"""The track of a procedure: what moves courses along it, a state machine of the library `transitions` (extra `procedures`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from povertyrules.areas.procedures.course import Course, Next, Taken
from povertyrules.areas.procedures.steps import DayCount, Step, Steps
from povertyrules.core import given
from povertyrules.core.citation import Titled
from povertyrules.core.errors import NotStated, StepRefused, UnknownName
from povertyrules.core.extras import needed
from povertyrules.core.tables import Missing

if TYPE_CHECKING:
    from transitions import EventData, Machine

START = "[*]"
"""Where a course stands before its first step."""


class Walker:
    """What the machine moves: it knows where it stands, and no more."""

    def __init__(self, state: str) -> None:
        self.state = state


@frozen(eq=False)
class Track:
    """A procedure in force: its steps, how its days count, its provision, and what the caller supplied for which notice."""

    name: str
    title: Titled
    steps: Steps
    days: DayCount
    provision: str
    supplied: Mapping[str, str]

    @cached_property
    def machine(self) -> Machine:
        """The steps as states, the ways between them as transitions; each way is guarded."""
        ends = [step.code for step in self.steps.ends]
        states = [START, *({"name": step.code, "final": step.code in ends} for step in self.steps.rows)]
        ways = [
            {"trigger": step.code, "source": list(step.after or (START,)), "dest": step.code, "conditions": self._guard}
            for step in self.steps.rows
        ]
        machine: Machine = needed("transitions", "procedures").Machine(
            None, states, START, ways, send_event=True, auto_transitions=False
        )
        return machine

    # ---- steps --------------------------------------------------------------------------------------------------

    def take(self, course: Course | None, code: str, on: datetime.date, facts: Mapping[str, object]) -> Course:
        """The course after one more step, or a new one; raises `StepRefused`."""
        step = self.steps.named(code, f"{self.name}.step")
        walker = Walker(START if course is None else self.steps.named(course.state, f"{self.name}.state").code)
        known = self.machine.get_triggers(walker.state)
        if code not in known:
            stands = "a course begins with" if course is None else f"after {walker.state} comes"
            raise self.refused(step, f"{stands} {' or '.join(known) or 'nothing more'}")
        since = on if course is None else course.day
        self.machine.events[code].trigger(walker, since=since, on=on, told=self._told(step, facts))
        if course is not None:
            return course.with_step(walker.state, on)
        return Course(self.name, tuple(one.code for one in self.steps.rows), (Taken(walker.state, on),))

    def _told(self, step: Step, facts: Mapping[str, object]) -> dict[str, bool]:
        """The facts told with a step; a fact that it does not ask for is refused."""
        told = given.table("facts", facts)
        for name in told:
            if name not in step.needs:
                raise UnknownName.among(f"facts.{name}", name, step.needs)
        return {name: given.flag(f"facts.{name}", value) for name, value in told.items() if value is not None}

    def _guard(self, event: EventData) -> bool:
        """Let a step pass, or raise why not."""
        assert event.transition is not None
        before, step = event.transition.source, self.steps.named(event.transition.dest)
        since, on, told = (event.kwargs[name] for name in ("since", "on", "told"))
        if on < since:
            raise self.refused(step, f"{on} lies before {before}, which was taken on {since}")
        first = self.first_day(before, since, step)
        if first is not None and on < first:
            raise self.refused(step, f"{self.notice_in_words(before)}, posted on {since}, runs until {first}, not {on}")
        for code, title in step.needs.items():
            if told.get(code) is not True:
                said = given.denied(told.get(code))
                raise self.refused(step, f"it needs {code} ({title.en}): {said}")
        return True

    def refused(self, step: Step, why: str) -> StepRefused:
        """The refusal of a step, with the provision."""
        return StepRefused(self.name, step.code, why, self.provision)

    # ---- days ---------------------------------------------------------------------------------------------------

    def first_day(self, before: str, since: datetime.date, step: Step) -> datetime.date | None:
        """The first day for a step after another one; None where the text does not say how long the notice runs."""
        if before == START or not self.steps.onward(before, step):
            return since
        return self.over(self.steps.named(before), since)

    def over(self, step: Step, since: datetime.date) -> datetime.date | None:
        """The day on which a step and its notice are over; None where the text does not say."""
        if isinstance(step.notice, Missing):
            return None
        return since if step.notice is None else self.days.after(since, step.notice)

    def notice_in_words(self, code: str, lang: str = "en") -> str:
        """The notice of a step: how many days, and who said so if the text does not."""
        step, zh = self.steps.named(code), lang == "zh"
        if isinstance(step.notice, Missing):
            return "公示，天数未载明" if zh else "notice, the days not printed"
        source = f" ({self.supplied[code]})" if code in self.supplied else ""
        days = f"{step.notice}{'' if zh else ' '}{self.days.text(lang)}"
        return f"公示{days}{source}" if zh else f"the notice of {code}, {days}{source}"

    def allowed(self, course: Course) -> Iterator[Next]:
        """The steps that may come next."""
        state = self.steps.named(course.state, f"{self.name}.state")
        for code in self.machine.get_triggers(state.code):
            step = self.steps.named(code)
            first, back = self.first_day(state.code, course.day, step), not self.steps.onward(state.code, step)
            yield Next(code, step.title, first or course.day, step.by, step.needs, back, first is not None)

    def finish(self, course: Course | None, start: datetime.date) -> datetime.date:
        """The earliest day on which an end can be over, no way back taken, for a course, or for one that begins on a day."""
        begun = self.steps.starts if course is None else (self.steps.named(course.state, f"{self.name}.state"),)
        reached: dict[str, datetime.date | None] = {step.code: start for step in begun}
        lacking: list[str] = []
        for step in self.steps.rows:
            ways = [code for code in step.after if code in reached and self.steps.onward(code, step)]
            if ways and step.code not in reached:
                reached[step.code] = self._earliest([(self.steps.named(code), reached[code]) for code in ways], lacking)
        found = self._earliest([(step, reached[step.code]) for step in self.steps.ends if step.code in reached], lacking)
        if found is None:
            paths = ", ".join(f"procedures.{self.name}.steps[{code}]" for code in dict.fromkeys(lacking))
            raise NotStated(f"the text does not print how long the notice runs: {paths} [{self.provision}]")
        return found

    def _earliest(self, ways: list[tuple[Step, datetime.date | None]], lacking: list[str]) -> datetime.date | None:
        """The earliest day on which one of some steps is over; None if that turns on a notice that is not printed."""
        lacking += [step.code for step, _ in ways if isinstance(step.notice, Missing)]
        days = [None if since is None else self.over(step, since) for step, since in ways]
        known = [day for day in days if day is not None]
        return min(known) if len(known) == len(days) else None
