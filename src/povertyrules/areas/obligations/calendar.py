"""What is due when: the deadlines of a year as a list, and as a calendar file (extra `calendar`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from attrs import frozen

from povertyrules.areas.obligations.kinds import Duty, YearlyDuty
from povertyrules.areas.obligations.outcome import FORCES
from povertyrules.areas.obligations.times import PERIODS, FrequencyDuty, WindowDuty
from povertyrules.core.citation import Titled
from povertyrules.core.errors import RangeError, SortError
from povertyrules.core.extras import needed
from povertyrules.core.tables import Missing

if TYPE_CHECKING:
    from povertyrules.core.data import DataArea

PRODUCT = "-//povertyrules//obligations//EN"


@frozen
class Due:
    """Something that is due on a day."""

    on: datetime.date
    name: str
    label: Titled
    force: str
    provision: str
    bears: Titled | None = None

    def text(self, lang: str = "en") -> str:
        """What is due, and how binding the words are."""
        owed = f" ({self.bears.text(lang)})" if self.bears else ""
        return f"{self.label.text(lang)} [{FORCES[self.force].text(lang)}]{owed}"

    def __str__(self) -> str:
        return f"{self.on} {self.text()} [{self.provision}]"


@frozen
class Calendar:
    """What is due in a year, in the order of the days."""

    year: int
    dues: tuple[Due, ...]

    def days(self) -> list[datetime.date]:
        """The days on which something is due, each once."""
        return list(dict.fromkeys(due.on for due in self.dues))

    def ical(self, lang: str = "en") -> bytes:
        """The year as an iCalendar file: an entry for each day and obligation. Needs the extra `calendar`."""
        icalendar = needed("icalendar", "calendar")
        calendar = icalendar.Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        for due in self.dues:
            event = icalendar.Event()
            event.add("uid", f"{due.name}-{due.on:%Y%m%d}@povertyrules")
            event.add("dtstamp", datetime.datetime(due.on.year, due.on.month, due.on.day, tzinfo=datetime.UTC))
            event.add("dtstart", due.on)
            event.add("summary", due.text(lang))
            event.add("description", due.provision)
            calendar.add_component(event)
        return bytes(calendar.to_ical())

    def save(self, path: str | Path, lang: str = "en") -> None:
        """Write the calendar to a file, which any calendar program reads."""
        Path(path).write_bytes(self.ical(lang))

    def __iter__(self) -> Iterator[Due]:
        return iter(self.dues)

    def __len__(self) -> int:
        return len(self.dues)

    def __str__(self) -> str:
        return "\n".join(map(str, self.dues)) or f"nothing is due in {self.year}"


def due_in(year: int, area: DataArea, name: str, duty: Duty) -> Iterator[Due]:
    """When an obligation is due in a year."""
    if isinstance(year, bool) or not isinstance(cast(object, year), int):
        raise SortError("year", year, "write a year as a whole number, such as 2020")
    if not 1900 <= year <= 2200:
        raise RangeError("year", year, "allowed: a year from 1900 to 2200")
    bears = None if duty.bears is None else duty.bears.text
    label = area.title(name, duty.label)
    for on, said in _days(year, duty):
        of = Titled(f"{label.zh}（{said.zh}）", f"{label.en} ({said.en})") if said else label
        yield Due(on, name, of, duty.force, area.cited(name), bears)


def _days(year: int, duty: Duty) -> Iterator[tuple[datetime.date, Titled | None]]:
    """The days of a year on which an obligation is due, and which period ends then."""
    if isinstance(duty, WindowDuty):
        yield duty.in_year(year, duty.closes), None
    elif isinstance(duty, FrequencyDuty):
        if isinstance(duty.every, Missing):
            return
        last = datetime.date(year, 12, 31)
        first = duty.starts if isinstance(duty.starts, datetime.date) else datetime.date(year, 1, 1)
        for start, end in duty.periods(max(first, datetime.date(year, 1, 1)), last):
            if start >= first and end.year == year and (duty.due is None or end <= duty.due):
                yield end, PERIODS[duty.every]
    elif isinstance(duty, YearlyDuty):
        if str(year) in duty.figures.rows:
            figure = str(duty.figures.rows[str(year)])
            yield datetime.date(year, 12, 31), Titled(figure, figure)
    elif duty.due is not None and duty.due.year == year:
        yield duty.due, None
