"""The kinds of obligations that are about numbers: a figure, a share, a comparison, a plan by year.

Each kind is a class of parameters with one evaluator, `judge`, which says how what was told stands to what is asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import cast

from attrs import evolve, frozen

from povertyrules.areas.obligations.outcome import Judgement, Status
from povertyrules.core.bound import RELATIONS, WORDS, Bounds
from povertyrules.core.citation import Titled
from povertyrules.core.errors import RangeError, SortError
from povertyrules.core.magnitude import LONGEST, Magnitude
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.turning import Row
from povertyrules.core.written import Figures, Label, Names, keyed, table

Bound = Magnitude | Missing | None
Day = datetime.date | Missing | None
LAST = datetime.date.max


@parameters
class Duty(Row):
    """What every obligation says: how binding it is, who owes it, by when."""

    force: str = param("text", default="must")
    bears: Label | None = param("", default=None)
    label: Label | None = param("", default=None)
    by: Day = param("date", default=None)

    @property
    def due(self) -> datetime.date | None:
        """The day by which it must hold; None for always, or where no day is to be taken for it."""
        return self.by if isinstance(self.by, datetime.date) else None

    def read(self, told: object, field: str) -> object:
        """What was told, read; raises `InputError` for what cannot be meant."""
        raise NotImplementedError

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """How what was told, as `read` gives it, stands at the end of a day."""
        raise NotImplementedError

    def asked(self) -> Titled:
        """What is asked for, in words."""
        raise NotImplementedError

    def late(self, on: datetime.date) -> Status:
        """What a thing not reached is: missed, or not yet due."""
        dated = isinstance(self.by, datetime.date | Missing)
        due = self.due or (LAST if dated else datetime.date.min)
        return Status.PENDING if on < due else Status.MISSED

    def until(self, asked: str, lang: str) -> str:
        """What is asked, and by when."""
        if self.due is None:
            return asked
        return f"{asked}，{self.due} 前" if lang == "zh" else f"{asked} by {self.due}"


@parameters
class Bounded(Duty):
    """An obligation with one bound on a number, or two."""

    at_least: Bound = param("", default=None)
    more_than: Bound = param("", default=None)
    at_most: Bound = param("", default=None)
    less_than: Bound = param("", default=None)
    exactly: Bound = param("", default=None)
    about: Bound = param("", default=None)

    @property
    def bounds(self) -> Bounds:
        """The bounds, their readings chosen."""
        return Bounds(**{name: getattr(self, name) for name in RELATIONS})

    def asked(self) -> Titled:
        """The bounds in words."""
        return Titled(*(self.until(self.bounds.in_words(lang), lang) for lang in ("zh", "en")))

    def weighed(self, told: Magnitude, on: datetime.date, part: Magnitude | None, whole: Magnitude | None) -> Judgement:
        """How a number stands to the bounds."""
        bounds = self.bounds
        said = Titled(told.text("zh"), told.text())
        if bounds.unstated:
            return Judgement(Status.UNSTATED, None, part, whole, said)
        status = Status.MET if bounds.holds(told) else self.late(on)
        return Judgement(status, bounds.gap(told), part, whole, said)


@parameters
class FigureDuty(Bounded):
    """A number of something: posts, houses, kilometres, yuan."""

    def read(self, told: object, field: str) -> Magnitude:
        """One magnitude, in the unit of the bound."""
        found = counted(told, field)
        for _, bound in self.bounds.stated():
            found.like(bound, field)
        return found

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """The number beside its bounds."""
        found = cast(Magnitude, told)
        return self.weighed(found, on, found, None)


@frozen
class Share:
    """What is told of a share: its part and its whole, or the rate alone."""

    rate: Magnitude
    part: Magnitude | None = None
    whole: Magnitude | None = None


@parameters
class ShareDuty(Bounded):
    """A share: a part of a whole, or a rate where only that is known.

    `whole` names the parts that make up the whole, where the text adds them; `less` says that something is taken off it first.
    """

    whole: Names | None = param("", default=None)
    less: bool = param("", default=False)

    def read(self, told: object, field: str) -> Share | None:
        """The rate, its part and its whole; None where a part of that is not told."""
        if not isinstance(told, Mapping):
            rate = Magnitude.of(told, field)
            return Share(rate.like(Magnitude(Fraction(100), "%"), field))
        parts = self.whole.rows if self.whole and "whole" not in told else ("whole",)
        taken = ("less",) if self.less else ()
        if self.whole and "whole" not in told:  # parts that count under another reading may be told, and do not count
            told = {name: told[name] for name in ("part", *parts, *taken) if name in told}
        if not self.less:  # what is taken off under another reading may be told, too
            told = {name: one for name, one in told.items() if name != "less"}
        found = {
            name: counted(one, f"{field}.{name}", falls=False)
            for name, one in _known(told, field, ("part", *parts, *taken)).items()
        }
        if len(found) < 1 + len(parts) + len(taken):
            return None
        whole = sum((found[name] for name in parts[1:]), found[parts[0]])
        for name in taken:
            whole -= found[name]
        return Share(found["part"].over(whole), found["part"], whole)

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """The share beside its bounds; the gap in the unit of the part, where that is known."""
        if told is None:
            return Judgement(Status.UNKNOWN)
        share = cast(Share, told)
        found = self.weighed(share.rate, on, share.part, share.whole)
        if found.gap is None or share.part is None or share.whole is None:
            return found
        return evolve(found, gap=Magnitude(found.gap.value / 100 * share.whole.value, share.part.unit))


@parameters
class ComparisonDuty(Bounded):
    """A number beside another one: the bounds are multiples of the other, such as "2 times".

    `standard` is the code of the number that counts, where the report tells several; `prices` says that the number is divided
    by the rise of prices first.
    """

    against: Label = param("")
    standard: str | None = param("text", default=None)
    prices: bool = param("", default=False)

    @property
    def bounds(self) -> Bounds:
        """The multiples; one in another unit than times is refused."""
        found = Bounds(**{name: getattr(self, name) for name in RELATIONS})
        for name, bound in found.stated():
            bound.like(Magnitude(Fraction(1), "times"), name)
        return found

    def asked(self) -> Titled:
        """The multiples and what they are of."""
        words = []
        for lang in ("zh", "en"):
            of = self.against.text.text(lang)
            words.append(self.until(f"{self.bounds.in_words(lang)} {'×' if lang == 'zh' else 'of'} {of}", lang))
        return Titled(*words)

    def read(self, told: object, field: str) -> tuple[Magnitude, Magnitude] | None:
        """Both numbers, in one unit; None where one is not told."""
        found = _known(told, field, ("value", "against", "prices"))
        against = found.get("against")
        if self.standard is not None:
            against = table(against, f"{field}.against").get(self.standard) if against is not None else None
        if "value" not in found or against is None or (self.prices and "prices" not in found):
            return None
        value, other = Magnitude.of(found["value"], f"{field}.value"), Magnitude.of(against, f"{field}.against")
        if self.prices:
            value = Magnitude(value.value / _ratio(found["prices"], f"{field}.prices"), value.unit)
        return value, other.like(value, f"{field}.against")

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """The number beside the multiples of the other; the other is the denominator."""
        if self.bounds.unstated:
            return Judgement(Status.UNSTATED)
        if told is None:
            return Judgement(Status.UNKNOWN)
        value, against = cast("tuple[Magnitude, Magnitude]", told)
        said = Titled(f"{value.text('zh')}，{against.text('zh')}", f"{value.text()} against {against.text()}")
        scaled = Bounds(**{name: Magnitude(bound.value * against.value, against.unit) for name, bound in self.bounds.stated()})
        status = Status.MET if scaled.holds(value) else self.late(on)
        return Judgement(status, scaled.gap(value), value, against, said)


MAY_FALL = ("%", "points", "yuan")
"""What a report may tell below zero: a rate that falls, an income that is a loss."""


def counted(told: object, field: str, *, falls: bool = True) -> Magnitude:
    """A magnitude of a report; what is counted is never below zero, nor is a part of a whole (`falls=False`)."""
    found = Magnitude.of(told, field)
    if found.value < 0 and not (falls and found.unit.partition("/")[0] in MAY_FALL):
        raise RangeError(field, str(found), "what is counted is never below zero")
    return found


def _known(told: object, field: str, names: Iterable[str]) -> dict[str, object]:
    """A table of what was told, by known names; what is told as nothing is left out."""
    found = keyed(dict(told) if isinstance(told, Mapping) else told, field, names)
    return {name: one for name, one in found.items() if one is not None}


def _ratio(told: object, field: str) -> Fraction:
    """Read a ratio, such as "1.3"."""
    try:
        found = Fraction(told) if isinstance(told, str) and len(told) <= LONGEST else Fraction(0)
    except ValueError:
        found = Fraction(0)
    if found <= 0:
        raise SortError(field, told, 'write a ratio as a text, such as "1.3"')
    return found


@parameters
class YearlyDuty(Duty):
    """A plan by year: each year's number beside the one planned for it."""

    figures: Figures = param("")
    bound: str = param("text", default="at_least")

    def asked(self) -> Titled:
        """The plan."""
        rows = self.figures.rows.items()
        zh, en = ("; ".join(f"{year}: {one.text(lang)}" for year, one in rows) for lang in ("zh", "en"))
        return Titled(f"{WORDS[self.bound].zh} {zh}", f"{WORDS[self.bound].en} {en}")

    def read(self, told: object, field: str) -> dict[str, Magnitude]:
        """A magnitude for each year told."""
        if told == {}:
            return {}
        found = keyed({str(year): one for year, one in table(told, field).items()}, field, self.figures.rows)
        return {year: counted(one, f"{field}[{year}]").like(self.figures.rows[year]) for year, one in found.items()}

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """Every year that has ended; a year that has not, and is not told, is not due."""
        found = cast("dict[str, Magnitude]", told)
        over = [year for year in self.figures.rows if datetime.date(int(year), 12, 31) <= on]
        beside = {y: Bounds(**{self.bound: self.figures.rows[y]}).gap(one) for y, one in found.items()}
        broken = {year: gap for year, gap in beside.items() if gap is not None}
        said = Titled(*("; ".join(f"{y}: {found[y].text(lang)}" for y in broken) for lang in ("zh", "en")))
        gap = next(iter(broken.values()), None)
        if any(year in broken for year in over):
            return Judgement(Status.MISSED, gap, said=said)
        if any(year not in found for year in over):
            return Judgement(Status.UNKNOWN)
        return Judgement(Status.PENDING if broken or not over else Status.MET, gap, said=said)
