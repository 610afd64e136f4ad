"""The kinds of obligations that are about time: a deadline, a window of every year, a frequency."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import cast

from povertyrules.areas.obligations.kinds import Day, Duty
from povertyrules.areas.obligations.outcome import Judgement, Status
from povertyrules.core.citation import Titled
from povertyrules.core.errors import DateError, SortError
from povertyrules.core.magnitude import Magnitude
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.written import table

ONE_DAY = datetime.timedelta(days=1)
PERIODS = {
    "week": Titled("每周", "every week"),
    "month": Titled("每月", "every month"),
    "quarter": Titled("每季度", "every quarter"),
    "half_year": Titled("每半年", "every half-year"),
    "year": Titled("每年", "every year"),
}
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def day_of(told: object, field: str) -> datetime.date:
    """Read a day: a date, or a text such as "2020-02-29"."""
    if isinstance(told, str):
        try:
            return datetime.date.fromisoformat(told)
        except ValueError:
            raise DateError(field, told, "write a day such as 2020-02-29") from None
    if isinstance(told, datetime.datetime) or not isinstance(told, datetime.date):
        raise DateError(field, told, "write a day such as 2020-02-29")
    return told


@parameters
class DeadlineDuty(Duty):
    """Something that is to be done by a day."""

    not_before: Day = param("date", default=None)

    def asked(self) -> Titled:
        """The day, or the days between which it is to be done."""
        first = self.not_before if isinstance(self.not_before, datetime.date) else None
        if self.due is None:
            return Titled(f"不早于 {first}", f"not before {first}") if first else Titled("未定期限", "no day is set")
        zh, en = (f"{first} 至 ", f"from {first} to ") if first else ("", "by ")
        return Titled(f"{zh}{self.due} {'' if first else '前'}完成", f"done {en}{self.due}")

    def read(self, told: object, field: str) -> datetime.date | bool:
        """The day on which it was done; False for not yet."""
        if told is True:
            raise SortError(field, told, "write the day on which it was done, or false")
        return False if told is False else day_of(told, field)

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """Done in time, done late or too early, not done; the gap is in days."""
        due = self.due or datetime.date.max
        if told is False:
            status = Status.PENDING if on < due else Status.MISSED
            late = Magnitude.of(f"{(on - due).days} days") if on > due else None
            return Judgement(status, late, said=Titled("未完成", "not done"))
        done = cast(datetime.date, told)
        first = self.not_before if isinstance(self.not_before, datetime.date) else done
        beside = max((done - due).days, (first - done).days)
        said = Titled(f"{done} 完成", f"done on {done}")
        if beside <= 0:
            return Judgement(Status.MET, said=said)
        return Judgement(Status.MISSED, Magnitude.of(f"{beside} days"), said=said)


@parameters
class WindowDuty(Duty):
    """Something that is to be done between two days of every year."""

    opens: str = param("text")
    closes: str = param("text")

    def asked(self) -> Titled:
        """The two days."""
        return Titled(f"每年 {self.opens} 至 {self.closes}", f"every year from {self.opens} to {self.closes}")

    def read(self, told: object, field: str) -> dict[int, datetime.date | bool]:
        """The day on which it was done, by year; False for not yet."""
        found = {_year(year, field): day for year, day in table(told, field).items()}
        return {year: False if day is False else day_of(day, f"{field}[{year}]") for year, day in found.items()}

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """Every year told, and the year of the report once its window has closed."""
        days = cast("dict[int, datetime.date | bool]", told)
        closed = on >= self.in_year(on.year, self.closes)
        late = [year for year, day in days.items() if not self.kept(year, day) and (day or year < on.year or closed)]
        if late:
            said = Titled("、".join(map(str, late)), ", ".join(map(str, late)))
            return Judgement(Status.MISSED, Magnitude.of(f"{len(late)} years"), said=said)
        if on.year not in days and closed:
            return Judgement(Status.UNKNOWN)
        return Judgement(Status.MET if any(days.values()) else Status.PENDING)

    def kept(self, year: int, day: datetime.date | bool) -> bool:
        """Whether it was done in the window of a year."""
        done = isinstance(day, datetime.date)
        return done and self.in_year(year, self.opens) <= cast(datetime.date, day) <= self.in_year(year, self.closes)

    def in_year(self, year: int, day: str) -> datetime.date:
        """A day of the window in a year."""
        return day_of(f"{year}-{day}", "window")


@parameters
class FrequencyDuty(Duty):
    """Something that is to be done at least so many times in every period."""

    every: str | Missing = param("text")
    at_least: int = param("times", default=1)
    starts: Day = param("date", default=None)

    def asked(self) -> Titled:
        """How often."""
        if isinstance(self.every, Missing):
            return Titled("定期，周期未载明", "regularly, how often is not printed")
        found = PERIODS[self.every]
        return Titled(f"{found.zh}不少于 {self.at_least} 次", f"at least {self.at_least} times {found.en}")

    def read(self, told: object, field: str) -> tuple[datetime.date, ...]:
        """The days on which it was done."""
        if not isinstance(told, list | tuple):
            raise SortError(field, told, "write a list of the days on which it was done")
        return tuple(sorted(day_of(day, f"{field}[{i}]") for i, day in enumerate(told)))

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """Every whole period that has ended by the day; what lacks is counted in times."""
        if isinstance(self.every, Missing):
            return Judgement(Status.UNSTATED)
        days, least = cast("tuple[datetime.date, ...]", told), self.at_least
        first = self.starts if isinstance(self.starts, datetime.date) else datetime.date(on.year, 1, 1)
        ended = [(a, b) for a, b in self.periods(first, on) if a >= first and b <= min(on, self.due or on)]
        short = {(a, b): least - sum(a <= day <= b for day in days) for a, b in ended}
        lacking = {period: n for period, n in short.items() if n > 0}
        if lacking:
            said = Titled("；".join(f"{a} 至 {b}" for a, b in lacking), "; ".join(f"{a} to {b}" for a, b in lacking))
            return Judgement(Status.MISSED, Magnitude.of(f"{sum(lacking.values())} times"), said=said)
        return Judgement(Status.MET if ended else Status.PENDING)

    def periods(self, first: datetime.date, on: datetime.date) -> Iterator[tuple[datetime.date, datetime.date]]:
        """The periods from the one in which a day lies to the one in which another does."""
        from dateutil.relativedelta import relativedelta

        if self.every == "week":
            start, step = first - first.weekday() * ONE_DAY, relativedelta(weeks=1)
        else:
            months = MONTHS[str(self.every)]
            start, step = first.replace(month=(first.month - 1) // months * months + 1, day=1), relativedelta(months=months)
        while start <= on:
            yield start, start + step - ONE_DAY
            start += step


def _year(told: object, field: str) -> int:
    text = str(told)
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise DateError(field, told, "write a year such as 2016")
    return int(text)
