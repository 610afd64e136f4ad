"""Ladders of what follows (责任追究): steps by how often something happened, and what a history leads to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Self

from attrs import frozen

from povertyrules.areas.obligations.times import day_of
from povertyrules.core.citation import Titled
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.figures import number_of, text_of
from povertyrules.core.section import param, parameters
from povertyrules.core.turning import Row
from povertyrules.core.written import TEXT, TITLED, Label, Shape, keyed, record, rows, rows_of, titled


@frozen
class Step:
    """One step of a ladder: what follows, after which event, how many times, or how many years one after the other."""

    code: str
    then: Titled
    event: str
    times: int = 1
    consecutive: bool = False
    within: str = "term"
    """Counted over the whole term, within a calendar year, or within a rolling year back."""
    months: int = 0
    """Counted within so many months back, where the text says how many."""

    def reached(self, days: Iterable[datetime.date]) -> bool:
        """Whether the events of these days lead to the step."""
        held = sorted(days)
        if self.consecutive:
            years = {day.year for day in held}
            return any(all(year + i in years for i in range(self.times)) for year in years)
        if self.within == "calendar_year":
            return any(sum(day.year == year for day in held) >= self.times for year in {day.year for day in held})
        if self.months or self.within == "rolling_year":
            from dateutil.relativedelta import relativedelta

            back = relativedelta(months=self.months or 12)
            return any(sum(last - back < day <= last for day in held) >= self.times for last in held)
        return len(held) >= self.times


STEP_KEYS = ("code", "then", "event", "times", "consecutive", "within", "within_months")
WITHIN = ("term", "calendar_year", "rolling_year")


@frozen
class Steps:
    """The steps of a ladder, in order."""

    whole: ClassVar[bool] = True
    rows: tuple[Step, ...]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read a list of steps."""
        return cls(tuple(_step(row, at) for at, row in rows(raw, where, STEP_KEYS, ("code", "then", "event"))))

    @classmethod
    def shape(cls) -> Shape:
        """A list of tables."""
        number: Shape = {"$ref": "#/$defs/number"}
        numbers = dict.fromkeys(("times", "consecutive", "within_months"), number)
        known: dict[str, Shape] = {"code": TEXT, "then": TITLED, "event": TEXT, "within": {"enum": list(WITHIN)}, **numbers}
        return rows_of(record(known, ("code", "then", "event")))

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each step by its code."""
        return ((step.code, f"{step.times} × {step.event}: {step.then.en}") for step in self.rows)


def _step(row: Mapping[str, object], at: str) -> Step:
    consecutive, within = "consecutive" in row, row.get("within", "term")
    if within not in WITHIN:
        raise UnknownName.among(f"{at}.within", within, WITHIN)
    return Step(
        text_of(row["code"], f"{at}.code"),
        titled(row["then"], f"{at}.then"),
        text_of(row["event"], f"{at}.event"),
        number_of(row.get("consecutive", row.get("times", 1)), f"{at}.times", least=1),
        consecutive,
        str(within),
        number_of(row.get("within_months", 0), f"{at}.within_months"),
    )


@parameters
class Ladder(Row):
    """What follows when something happens again (责任追究): steps by how often it happened."""

    steps: Steps = param("")
    label: Label | None = param("", default=None)

    @property
    def rungs(self) -> tuple[Step, ...]:
        """The steps, their reading chosen."""
        return self.steps.rows

    @property
    def events(self) -> tuple[str, ...]:
        """The events of which the ladder speaks."""
        return tuple(dict.fromkeys(step.event for step in self.rungs))


@frozen
class Consequence:
    """A step of a ladder, and whether a history leads to it."""

    ladder: str
    step: Step
    reached: bool
    provision: str

    def __str__(self) -> str:
        return f"{self.step.then.en} [{self.provision}]"


@frozen
class Escalation:
    """What follows of a history: iterate over the steps that are reached."""

    consequences: tuple[Consequence, ...]

    @classmethod
    def of(cls, history: object, ladders: Mapping[str, tuple[Ladder, str]]) -> Escalation:
        """Look at a history, a list of `{ event, on }`, step by step."""
        days = _days(history, [event for ladder, _ in ladders.values() for event in ladder.events])
        found = (
            Consequence(name, step, step.reached(days.get(step.event, ())), provision)
            for name, (ladder, provision) in ladders.items()
            for step in ladder.rungs
        )
        return cls(tuple(found))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the steps that are reached."""
        return tuple(one.step.code for one in self)

    def answers(self) -> dict[str, object]:
        """Every step with whether it is reached, as a case file writes it."""
        return {one.step.code: one.reached for one in self.consequences}

    def __iter__(self) -> Iterator[Consequence]:
        return (one for one in self.consequences if one.reached)

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "nothing follows"


def _days(history: object, known: Iterable[str]) -> dict[str, list[datetime.date]]:
    """The days of each event of a history."""
    if not isinstance(history, list | tuple):
        raise SortError("history", history, "write a list of events, each with its day")
    days: dict[str, list[datetime.date]] = {event: [] for event in known}
    for i, one in enumerate(history):
        told = keyed(one, f"history[{i}]", ("event", "on"), ("event", "on"))
        event = told["event"]
        if event not in days:
            raise UnknownName.among(f"history[{i}].event", event, days)
        days[str(event)].append(day_of(told["on"], f"history[{i}].on"))
    return days
