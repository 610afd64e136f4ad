"""What comes of looking at one obligation: kept or not, by how much, and on what it rests."""

from __future__ import annotations

import datetime
import enum

from attrs import frozen

from povertyrules.core.citation import Titled
from povertyrules.core.findings import Finding, Severity
from povertyrules.core.magnitude import Magnitude


class Status(enum.StrEnum):
    """How an obligation stands."""

    MET = "met"
    MISSED = "missed"
    WARNED = "warned"
    PENDING = "pending"
    UNKNOWN = "unknown"
    UNSTATED = "unstated"

    def text(self, lang: str) -> str:
        """The status in words."""
        return STATUS_WORDS[self].text(lang)


STATUS_WORDS = {
    Status.MET: Titled("已达到", "met"),
    Status.MISSED: Titled("未达到", "missed"),
    Status.WARNED: Titled("未达到（非硬性）", "not reached"),
    Status.PENDING: Titled("未到期", "not yet due"),
    Status.UNKNOWN: Titled("未报告", "not reported"),
    Status.UNSTATED: Titled("文件未载明", "the text does not say"),
}

FORCES = {
    "must": Titled("应当", "must"),
    "strive": Titled("力争", "strive to"),
    "in_principle": Titled("原则上", "in principle"),
    "may": Titled("可以", "may"),
    "generally": Titled("一般", "generally"),
    "planned": Titled("计划", "planned"),
    "expected": Titled("预期", "expected"),
}
"""How binding a text words what it asks for: all but the first give a warning where they are missed."""


@frozen
class Judgement:
    """What a kind of obligation makes of what was told: before the force of the words is looked at."""

    status: Status
    gap: Magnitude | None = None
    numerator: Magnitude | None = None
    denominator: Magnitude | None = None
    said: Titled = Titled("", "")
    """What was found, in words: which items lack, which periods."""


@frozen
class DutyFinding(Finding):
    """A finding about an obligation: with the numbers it was found from, and how binding the words are."""

    force: str = "must"
    numerator: Magnitude | None = None
    denominator: Magnitude | None = None
    gap: Magnitude | None = None

    def to_dict(self) -> dict[str, str]:
        """The finding as strings."""
        numbers = {"numerator": self.numerator, "denominator": self.denominator, "gap": self.gap}
        return super().to_dict() | {"force": self.force} | {name: str(one) for name, one in numbers.items() if one is not None}


@frozen
class Outcome:
    """How one obligation stands: iterate over a `Review` to see them all."""

    name: str
    label: Titled
    status: Status
    force: str
    asked: Titled
    provision: str
    judgement: Judgement
    by: datetime.date | None = None
    bears: Titled | None = None

    @property
    def gap(self) -> Magnitude | None:
        """How much is lacking, or too much."""
        return self.judgement.gap

    def message(self, lang: str = "en") -> str:
        """What was asked, what was found."""
        said = self.judgement.said.text(lang)
        beside = f"{'，差' if lang == 'zh' else ' by'} {self.gap.text(lang)}" if self.gap and self.gap.value else ""
        colon, comma, left, right = ("：", "，", "（", "）") if lang == "zh" else (": ", ", ", " (", ")")
        found = comma.join(part for part in (f"{self.status.text(lang)}{beside}", said) if part)
        soft = "" if self.force == "must" else f"{left}{FORCES[self.force].text(lang)}{right}"
        return f"{self.label.text(lang)}{colon}{self.asked.text(lang)}{soft}{colon}{found}"

    def finding(self) -> DutyFinding:
        """The outcome as a finding: an error if it is missed, else a warning."""
        severity = Severity.ERROR if self.status is Status.MISSED else Severity.WARNING
        judged = self.judgement
        return DutyFinding(
            self.status.value,
            severity,
            self.name,
            self.message(),
            self.provision,
            force=self.force,
            numerator=judged.numerator,
            denominator=judged.denominator,
            gap=judged.gap,
        )

    def answers(self) -> dict[str, object]:
        """The outcome as a case file writes it."""
        return {"value": self.status.value, "gap": str(self.gap)}

    def __str__(self) -> str:
        return f"{self.message()} [{self.provision}]"
