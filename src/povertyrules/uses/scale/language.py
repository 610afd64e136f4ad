"""How columns are written in one language: what is needed of a frame library, or of SQL."""

from __future__ import annotations

import datetime
from typing import Generic, TypeVar

E = TypeVar("E")


def turning(day: datetime.date) -> tuple[int, int]:
    """By how many days to move dates so that their years turn on a day, and from which year they then count.

    From the end of February on, a date lies as far from the end of every year, and up to then as far from its beginning.

    >>> turning(datetime.date(2017, 6, 30)), turning(datetime.date(2017, 1, 31))
    ((184, 2017), (-31, 2016))
    """
    if (day.month, day.day) > (2, 28):
        return (datetime.date(day.year, 12, 31) - day).days, day.year
    return -(day - datetime.date(day.year - 1, 12, 31)).days, day.year - 1


class Language(Generic[E]):
    """How columns are written in one language: that of a frame library, or SQL."""

    @property
    def patience(self) -> int:
        """How many operations may be written twice before they become a column."""
        return 1

    def const(self, value: int | bool) -> E:
        """A number or a truth."""
        raise NotImplementedError

    def code(self, value: int) -> E:
        """A number with which a code is compared."""
        return self.const(value)

    def nothing(self, yes_no: bool | None) -> E:
        """A null: of a truth, of a number, or (None) of a text."""
        raise NotImplementedError

    def text(self, value: str) -> E:
        """A text."""
        raise NotImplementedError

    def missing(self, a: E) -> E:
        """Whether something is null."""
        raise NotImplementedError

    def column(self, name: str) -> E:
        """A column."""
        raise NotImplementedError

    def infix(self, op: str, a: E, b: E) -> E:
        """An operation on two: add sub mul lt le eq and or, and div of a number that is not negative."""
        raise NotImplementedError

    def negation(self, a: E) -> E:
        """Not."""
        raise NotImplementedError

    def years(self, day: datetime.date, born: str) -> E | None:
        """The completed years from a column of dates to a day, if that can be written cheaper than from yyyymmdd.

        Moved by what the day is from an end of its year, dates fall into years that turn on the day.
        """
        return None

    def choice(self, cond: E, a: E, b: E | None) -> E:
        """The first where the condition holds, else the second; null where there is none."""
        raise NotImplementedError
