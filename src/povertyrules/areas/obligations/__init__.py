"""Obligations (工作责任): what the implementing bodies owe, as rows of data, each judged by the evaluator of its kind.

A report tells numbers with their units, days, and items; `check` says what is missed, `review` how everything stands,
`calendar` what is due when, `escalation` what follows when something is missed again.

References: the five documents; each row cites its own place.
Limits: a report is taken at its word. Where the text words an aim softly (力争, 原则上), missing it is a warning. A number that
is needed and not printed leaves the row without a verdict until the caller supplies it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from attrs import evolve

from povertyrules.areas.obligations.calendar import Calendar, due_in
from povertyrules.areas.obligations.kinds import ComparisonDuty, Duty, FigureDuty, ShareDuty, YearlyDuty
from povertyrules.areas.obligations.ladder import Escalation, Ladder
from povertyrules.areas.obligations.lists import ChecklistDuty, ProhibitionDuty
from povertyrules.areas.obligations.outcome import FORCES, DutyFinding, Judgement, Outcome, Status
from povertyrules.areas.obligations.report import DutyReport, Review
from povertyrules.areas.obligations.times import DeadlineDuty, FrequencyDuty, WindowDuty, day_of
from povertyrules.conventions import BEST_EFFORT
from povertyrules.core.data import DataArea
from povertyrules.core.errors import UnknownName
from povertyrules.core.findings import Findings

__all__ = [
    "Calendar",
    "DutyFinding",
    "DutyReport",
    "Escalation",
    "ObligationsArea",
    "Outcome",
    "Review",
    "Status",
]
UNTOLD = ("warn", "skip")


class ObligationsArea(DataArea):
    """What bodies owe: `check`, `review`, `outcome`, `calendar`, `escalation`; `overview` names the rows."""

    name = "obligations"
    models: ClassVar[dict[str, type]] = {
        "figure": FigureDuty,
        "share": ShareDuty,
        "comparison": ComparisonDuty,
        "yearly": YearlyDuty,
        "deadline": DeadlineDuty,
        "window": WindowDuty,
        "frequency": FrequencyDuty,
        "checklist": ChecklistDuty,
        "prohibition": ProhibitionDuty,
        "ladder": Ladder,
    }

    def outcome(self, name: str, told: object = None, *, on: datetime.date | str | None = None) -> Outcome:
        """How one obligation stands at the end of a day (default: the policy's), for what was told of it; None is untold.

        Raises `UnknownName` for a row that there is not, `NotInForce`, and `InputError` for what cannot be meant.

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30")
        >>> print(ankang.obligations.outcome("public_posts", "1990 persons").finding().gap)
        10 persons
        """
        day = self.bound.on if on is None else day_of(on, "on")
        return self._outcome(name, self.row(Duty, name), told, day)

    def _outcome(self, name: str, row: Duty, told: object, on: datetime.date) -> Outcome:
        """How one row stands."""
        duty = self._begun(name, row)
        judged = Judgement(Status.UNKNOWN) if told is None else duty.judge(duty.read(told, name), on)
        if duty.force not in FORCES:
            raise UnknownName.among(f"{self.name}.{name}.force", duty.force, FORCES)
        status = Status.WARNED if judged.status is Status.MISSED and self._soft(duty.force) else judged.status
        bears = None if duty.bears is None else duty.bears.text
        label = self.title(name, duty.label)
        return Outcome(name, label, status, duty.force, duty.asked(), self.cited(name), judged, duty.due, bears)

    def _begun(self, name: str, duty: Duty) -> Duty:
        """A row that knows where its periods begin."""
        if isinstance(duty, FrequencyDuty) and duty.starts is None:
            return evolve(duty, starts=self.bound.section(f"{self.name}.{name}").start)  # type: ignore[misc]
        return duty

    def _soft(self, force: str) -> bool:
        """Whether missing an aim of this force is a warning only."""
        return force != "must" and not (force == "strive" and self.bound.choice(BEST_EFFORT.name) == "error")

    def review(self, report: DutyReport | Mapping[str, object], *, on: datetime.date | str | None = None) -> Review:
        """How every obligation in force stands, in the order of the document.

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30")
        >>> ankang.obligations.review({"public_posts": "2000 persons"}).of("met")[0].name
        'public_posts'
        """
        told, day = self._told(report, on)
        return Review(tuple(self._outcome(name, duty, told.get(name), day) for name, duty in self.some(Duty).items()))

    def check(
        self, report: DutyReport | Mapping[str, object], *, on: datetime.date | str | None = None, untold: str = "warn"
    ) -> Findings:
        """What a report misses, and what it leaves untold: findings with provision, numbers, and how binding the words are.

        An error where what must be is missed, a warning where the words are softer, where nothing was told
        (`untold="skip"` leaves those out), and where the text does not print the figure.

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-12-31")
        >>> found = ankang.obligations.check({"fund_share_60": {"part": "23亿元", "whole": "40亿元"}}, untold="skip").found[0]
        >>> str(found.severity), str(found.gap)
        ('error', '100000000 yuan')
        """
        if untold not in UNTOLD:
            raise UnknownName.among("untold", untold, UNTOLD)
        silent = {Status.MET, Status.PENDING} | ({Status.UNKNOWN} if untold == "skip" else set())
        return Findings(tuple(one.finding() for one in self.review(report, on=on) if one.status not in silent))

    def _told(
        self, report: DutyReport | Mapping[str, object], on: datetime.date | str | None
    ) -> tuple[Mapping[str, object], datetime.date]:
        held = report if isinstance(report, DutyReport) else DutyReport(report)
        known = self.rows(Duty)
        for name in held.told:
            if name not in known:
                self.row(Duty, name)
        day = on if on is not None else held.on if held.on is not None else self.bound.on
        return held.told, day_of(day, "on")

    def calendar(self, year: int) -> Calendar:
        """What is due in a year: deadlines, days by which figures must hold, the ends of periods; `ical()` for a calendar.

        >>> import povertyrules as pr
        >>> pr.policy("ankang", on="2020-06-30").obligations.calendar(2020).days()[0].isoformat()
        '2020-01-31'
        """
        duties = {name: self._begun(name, duty) for name, duty in self.some(Duty).items()}
        found = (due for name, duty in duties.items() for due in due_in(year, self, name, duty))
        return Calendar(year, tuple(sorted(found, key=lambda due: (due.on, due.name))))

    def escalation(self, history: object, *, name: str | None = None) -> Escalation:
        """What follows of what happened: the steps reached of every ladder, or of one.

        `history` is a list of `{"event": …, "on": …}`; an event of which no ladder speaks is refused.

        >>> import povertyrules as pr
        >>> history = [{"event": "missed_year", "on": "2017-12-31"}]
        >>> pr.policy("zaozhuang-hitech", on="2018-06-30").obligations.escalation(history, name="miss_escalation").codes
        ('talk',)
        """
        ladders = self.rows(Ladder) if name is None else {name: self.row(Ladder, name)}
        return Escalation.of(history, {one: (ladder, self.cited(one)) for one, ladder in ladders.items()})
