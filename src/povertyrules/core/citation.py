"""Where a figure comes from: documents, provisions, and how the text words the figure."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

from attrs import evolve, field, frozen

QUALITIES = ("stated", "derived", "average", "planned", "estimate", "supplied", "hypothetical")


class Wording(enum.StrEnum):
    """What the text says about a figure: is it the figure, a floor, a ceiling, a mean, a range, a plan?"""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    AVERAGE = "average"
    RANGE = "range"
    PLANNED = "planned"


@frozen
class Document:
    """A policy document, by title, number and day of issue."""

    id: str
    title: str
    number: str = ""
    issued: datetime.date | None = None


@frozen
class Provision:
    """A place in a document: chapter, section, box, item."""

    document: Document
    locator: str

    def __str__(self) -> str:
        number = f" ({self.document.number})" if self.document.number else ""
        return f"{self.document.title}{number} {self.locator}".strip()


@frozen
class Titled:
    """A text in both languages."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """The text in one language, "zh" or "en"."""
        return self.zh if lang == "zh" else self.en


@frozen(eq=False, repr=False, slots=False)
class RuleEntry:
    """A rule that a pack declares: its id, kind, titles and provision."""

    id: str
    kind: str
    title: Titled
    provision: Provision


@frozen
class Source:
    """What one value rests on: rule, provision, wording, unit, and, of a range, its upper end (`high`)."""

    rule: str
    provision: Provision | None
    wording: Wording = Wording.EXACT
    unit: str = ""
    quality: str = "stated"
    high: int | None = None
    supplied: str = ""

    @property
    def grade(self) -> str:
        """The quality of the value: what was set for it, else what its wording makes of it."""
        by_wording = {Wording.AVERAGE: "average", Wording.PLANNED: "planned"}
        return by_wording.get(self.wording, self.quality) if self.quality == "stated" else self.quality

    def cite(self, lang: str = "en") -> str:
        """The citation: a provision, or what the caller said."""
        if self.supplied:
            words = {
                "supplied": ("由调用方提供", "supplied by the caller"),
                "hypothetical": ("假设", "hypothetical"),
            }
            return f"{words[self.quality][lang != 'zh']}: {self.supplied}"
        return str(self.provision)

    def bounds(self, value: int, most: int | None = None) -> tuple[int | None, int | None]:
        """The least and the most that the wording leaves open, for the printed value; None is open.

        >>> Source("r", None, Wording.AT_LEAST).bounds(40000)
        (40000, None)
        """
        match self.wording:
            case Wording.AT_LEAST:
                return value, most
            case Wording.AT_MOST:
                return 0, value
            case Wording.RANGE:
                return value, self.high
            case _:
                return value, value


@frozen(eq=False, repr=False, slots=False)
class Section:
    """One version of one section of a pack, in force over a period, held by a model (the class of its values)."""

    path: str
    jurisdiction: str
    model: object
    rules: tuple[str, ...]
    start: datetime.date
    until: datetime.date | None
    last_seen: datetime.date | None
    sources: Mapping[str, Source] = field(factory=dict)
    assumptions: tuple[Titled, ...] = ()
    main: tuple[str, ...] = ()
    """The rules of the section as a whole: its own, then those it lists; `rules` also holds those of single values."""
    dated_by: str = ""
    """The interpretation on which the first day turns, where the text prints none."""
    starts: Mapping[str, datetime.date] = field(factory=dict)
    """By choice of that interpretation: the first day; `start` is the earliest."""
    turned: Mapping[str, str] = field(factory=dict)
    """The choice by which the section is in force on a day on which another choice would leave it out."""

    def begins(self, choices: Mapping[str, str]) -> datetime.date:
        """The first day of the section under chosen readings."""
        return self.starts[choices[self.dated_by]] if self.dated_by else self.start

    def covers(self, on: datetime.date, choices: Mapping[str, str]) -> bool:
        """Whether the section is in force on a day (past its last stated date it still is, with a warning)."""
        return self.begins(choices) <= on and (self.until is None or on <= self.until)

    def on_day(self, on: datetime.date, choices: Mapping[str, str]) -> Section:
        """The section, which knows whether it is in force on the day by a choice alone."""
        if not any(on < start for start in self.starts.values()):
            return self
        return evolve(self, turned={self.dated_by: choices[self.dated_by]})
