"""Tables (附表): the lists, baselines and plans that the documents print, and whether a plan adds up.

What is printed is kept as it is printed: sums that do not close, places that stand in two years, places in none.

References: the five documents; each row cites its own place.
Limits: a list that ends in 等 is open; what it does not name may belong to it. Names are compared as they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar

from attrs import frozen

from povertyrules.core.adding import Flaw, of_count, of_places, of_sum, total_of
from povertyrules.core.citation import Titled
from povertyrules.core.data import DataArea
from povertyrules.core.errors import NotStated, SortError, UnknownName
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.magnitude import Magnitude
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.turning import Row, choices_of
from povertyrules.core.written import Figures, Groups, Items, Label, Names

TWICE = interpretation("exit.villages_twice", "last_mention", "first_mention", "listed_again")


@parameters
class Listed(Row):
    """A list of names, or lists by group; `stated` is the count that the text prints, `open` a list that ends in 等."""

    members: Names | None = param("", default=None)
    groups: Groups | None = param("", default=None)
    stated: int | Missing | None = param("kinds", default=None)
    open: bool = param("", default=False)
    label: Label | None = param("", default=None)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in order."""
        grouped = [one for found in self.groups.rows.values() for one in found] if self.groups else []
        return (*(self.members.rows if self.members else ()), *grouped)


@parameters
class Baseline(Row):
    """Figures that the text states of a time that is past, by what they count."""

    figures: Figures = param("")
    labels: Items | None = param("", default=None)
    label: Label | None = param("", default=None)


@parameters
class Plan(Row):
    """A plan by year or by part, and the total that is stated elsewhere; `returns` are added to what is left, by year."""

    parts: Figures = param("")
    total: Magnitude | Missing | None = param("", default=None)
    returns: Figures | None = param("", default=None)
    labels: Items | None = param("", default=None)
    label: Label | None = param("", default=None)


@parameters
class Schedule(Row):
    """Places by year; `rest` is the year that takes all that remain, `count` and `of` say how many there are, and which."""

    years: Groups = param("")
    of: str | None = param("text", default=None)
    count: int | None = param("kinds", default=None)
    rest: int | None = param("years", default=None)
    label: Label | None = param("", default=None)

    @property
    def rows(self) -> Mapping[str, tuple[str, ...]]:
        """The places by year."""
        return self.years.rows

    @property
    def places(self) -> tuple[str, ...]:
        """Every place, once, in the order of its first mention."""
        return tuple(dict.fromkeys(place for found in self.rows.values() for place in found))

    def years_of(self, place: str) -> tuple[int, ...]:
        """The years in which a place is named."""
        return tuple(int(year) for year, found in self.rows.items() if place in found)


@frozen
class Cell:
    """One printed cell of a table."""

    table: str
    key: str
    label: Titled
    value: str
    provision: str


class TablesArea(DataArea):
    """Lists, baselines, plans: `member`, `count`, `figure`, `total`, `gap`, `year`, `check`, `cells`; `overview` names them."""

    name = "tables"
    models: ClassVar[dict[str, type]] = {"list": Listed, "figures": Baseline, "plan": Plan, "schedule": Schedule}

    # ---- lists --------------------------------------------------------------------------------------------------

    def names(self, name: str) -> tuple[str, ...]:
        """The names of a list, as they are printed.

        >>> import povertyrules as pr
        >>> len(pr.policy("shanxi", on="2017-06-30").tables.names("national_key_counties"))
        36
        """
        return self.row(Listed, name).names

    def count(self, name: str) -> int:
        """How many names a list has."""
        return len(self.names(name))

    def member(self, name: str, of: str) -> bool | None:
        """Whether a list names something; None where an open list does not name it.

        >>> import povertyrules as pr
        >>> pr.policy("shanxi", on="2017-06-30").tables.member("national_key_counties", of="娄烦县")
        True
        """
        found = self.row(Listed, name)
        return True if of in found.names else None if found.open else False

    # ---- figures ------------------------------------------------------------------------------------------------

    def figure(self, name: str, item: str) -> Magnitude:
        """A figure that is stated of a time that is past, or one part of a plan.

        >>> import povertyrules as pr
        >>> print(pr.policy("shanxi", on="2017-06-30").tables.figure("baseline_2010_2015", "poor_2015"))
        2320000 persons
        """
        found = self._figures(name)
        if item not in found:
            raise UnknownName.among(f"{name}.{item}", item, found)
        return found[item]

    def _figures(self, name: str) -> Mapping[str, Magnitude]:
        plans = self.rows(Plan)
        return plans[name].parts.rows if name in plans else self.row(Baseline, name).figures.rows

    def total(self, name: str) -> Magnitude:
        """The sum of the parts of a plan."""
        return total_of(self.row(Plan, name).parts.rows.values())

    def gap(self, name: str) -> Magnitude:
        """The stated total less the sum of the parts: more than nothing where parts are missing, less where they are too many.

        Raises `NotStated` where the text states no total.

        >>> import povertyrules as pr
        >>> print(pr.policy("zhongzhan", on="2016-06-30").tables.gap("annual_persons"))
        162 persons
        """
        listed = self.rows(Listed).get(name)
        if listed is not None:
            if not isinstance(listed.stated, int):
                raise NotStated(f"{name}: the text states no count [{self.cited(name)}]")
            return Magnitude(Fraction(listed.stated - len(listed.names)), "items")
        return self._stated(name) - self.total(name)

    def left(self, name: str, year: int) -> Magnitude:
        """What is left of the stated total at the end of a year: less the parts up to it, and what returned up to it.

        >>> import povertyrules as pr
        >>> print(pr.policy("jilin", on="2016-06-30").tables.left("annual_schedule", 2017))
        164000 persons
        """
        plan, gone = self.row(Plan, name), self.total(name) * 0
        for one, part in plan.parts.rows.items():
            gone = gone + part if _year_of(one, name) <= year else gone
        for one, back in (plan.returns.rows if plan.returns else {}).items():
            gone = gone - back if _year_of(one, name) <= year else gone
        return self._stated(name) - gone

    def _stated(self, name: str) -> Magnitude:
        total = self.row(Plan, name).total
        if not isinstance(total, Magnitude):
            raise NotStated(f"{name}: the text states no total [{self.cited(name)}]")
        return total

    # ---- schedules ----------------------------------------------------------------------------------------------

    def years(self, name: str, of: str) -> tuple[int, ...]:
        """Every year in which a schedule names a place."""
        return self.row(Schedule, name).years_of(of)

    def year(self, name: str, of: str) -> int | None:
        """The year of a place under the chosen reading: of one that stands in two years, the last (default) or the first.

        A place that no year names stands in the year that takes all that remain; None if there is none.
        """
        found = self.row(Schedule, name)
        years = found.years_of(of)
        if not years:
            return found.rest
        return min(years) if self._twice() == "first_mention" else max(years)

    def _twice(self) -> str:
        try:
            return self.bound.choice(TWICE.name)
        except UnknownName:  # no document of this place has the question
            return TWICE.choices[0]

    def twice(self, name: str) -> tuple[str, ...]:
        """The places that a schedule names in more than one year."""
        found = self.row(Schedule, name)
        return tuple(place for place in found.places if len(found.years_of(place)) > 1)

    def unscheduled(self, name: str) -> int:
        """How many places no year names."""
        found = self.row(Schedule, name)
        if found.of is not None:
            return len(set(self.names(found.of)) - set(found.places))
        if not isinstance(found.count, int):
            raise NotStated(f"{name}: the text does not say how many there are [{self.cited(name)}]")
        return found.count - len(found.places)

    # ---- checks -------------------------------------------------------------------------------------------------

    def check(self, name: str | None = None) -> Findings:
        """What does not add up in a table, or in all of them: sums beside their totals, counts, places twice or never.

        What adds up under the chosen readings alone is found too, under the reading where it does not.

        >>> import povertyrules as pr
        >>> for found in pr.policy("zhongzhan", on="2016-06-30").tables.check("annual_persons"):
        ...     print(found.message)
        the parts come to 2,912 persons, the total is 3,074 persons: 162 persons are missing
        """
        known = self.some(object) if name is None else [name]
        return Findings(tuple(found for one in known for found in self._check(one)))

    def _check(self, name: str) -> Iterator[Finding]:
        path = f"{self.name}.{name}"
        for code, message in self._flaws(name):
            yield self.finding(code, Severity.WARNING, name, message, path)

    def _flaws(self, name: str) -> Iterator[tuple[str, str]]:
        """The flaws under the chosen readings, and those that another reading brings."""
        self.row(object, name)  # raises where there is none
        raw = self.bound.sections(self.name, object)[f"{self.name}.{name}"]
        plain = list(self._of(self.chosen(raw)))
        yield from ((flaw.code, flaw.message) for flaw in plain)
        for reading, choice in choices_of(raw):
            if choice == self.bound.choice(reading):
                continue
            other = self.chosen(raw, {reading: choice})
            yield from ((f.code, f"under {reading} = {choice}: {f.message}") for f in self._of(other) if f not in plain)

    def _of(self, row: object) -> Iterator[Flaw]:
        match row:
            case Listed(stated=int(stated)):
                yield from of_count(row.names, stated)
            case Plan(total=Magnitude() as total):
                yield from of_sum(row.parts.rows.values(), total)
            case Schedule():
                known = row.count if row.of is None else self.names(row.of)
                yield from of_places({int(year): found for year, found in row.rows.items()}, known, row.rest)

    def cells(self, name: str) -> tuple[Cell, ...]:
        """The cells of a table as they are printed, with their provision: for a frame, a page, a file."""
        row, cited = self.row(object, name), self.cited(name)
        labels = getattr(row, "labels", None)
        texts = labels.rows if isinstance(labels, Items) else {}
        return tuple(Cell(name, key, texts.get(key, Titled(key, key)), value, cited) for key, value in _cells(row))


def _year_of(key: str, name: str) -> int:
    """The year of a part of a plan."""
    if not (key.isascii() and key.isdigit()):
        raise SortError(f"{name}.{key}", key, "this plan goes by parts, not by years")
    return int(key)


def _cells(row: object) -> Iterator[tuple[str, str]]:
    """The cells of a table: key and value."""
    match row:
        case Listed():
            grouped = row.groups.rows if row.groups else {}
            yield from ((str(i), one) for i, one in enumerate(row.members.rows if row.members else (), 1))
            yield from ((group, one) for group, found in grouped.items() for one in found)
        case Schedule():
            yield from ((year, one) for year, found in row.rows.items() for one in found)
        case Plan():
            yield from row.parts.printed()
        case Baseline():
            yield from row.figures.printed()
