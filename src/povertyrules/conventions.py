"""What several areas share: rounding to whole fen, counting of years and heads, the twelve months of an income."""

from __future__ import annotations

import datetime

from povertyrules.core.citation import Section
from povertyrules.core.errors import DateError
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import rule
from povertyrules.core.section import parameters
from povertyrules.core.words import Exact, count, rounded
from povertyrules.entities import Household, Person

ROUNDING_MODE = interpretation("rounding.mode", "half_up", "down")
ROUNDING_STAGE = interpretation("rounding.stage", "once", "each_bill")
AGE_COUNTING = interpretation("age.counting", "birthday", "calendar_year")
INCLUSIVE = interpretation("wording.inclusive", "inclusive", "strict")
BEST_EFFORT = interpretation("wording.best_effort", "warning", "error")
OPEN_LIST = interpretation("wording.open_list", "open", "closed")
MAY = interpretation("wording.may", "option", "duty")
SHARED_BOUNDARY = interpretation("wording.shared_boundary", "upper", "lower")


def to_fen(exact: Exact, *, quality: str = "") -> Fen:
    """Bring an exact amount to whole fen, as the reading of rounding has it."""
    return ROUNDING_MODE.choose(half_up=rounded(exact, quality=quality), down=rounded(exact, "down", quality=quality))


@parameters
class Counting:
    """Counting years and heads; no document is needed for it."""

    @rule("年龄", "age", entity=Person, most=150)
    def age(self, on: int, born: int) -> int:
        """Completed years on the day, or the year less the year of birth."""
        return AGE_COUNTING.choose(birthday=(on - born) // 10_000, calendar_year=on // 10_000 - born // 10_000)

    @rule("家庭人口", "members of the household", entity=Household, least=1, most=30)
    def members(self, persons: bool) -> int:
        """How many members are listed."""
        return count(persons)


COUNTING = Section("income.counting", "", Counting(), (), datetime.date.min, None, None)
"""The section of counting: its rules rest on no document, and are in force on every day."""


def whole_year(household: object) -> None:
    """Refuse an income period that is not twelve months."""
    start, end = getattr(household, "income_from", None), getattr(household, "income_to", None)
    if start is None and end is None:
        return
    from dateutil.relativedelta import relativedelta

    if start is None or end is None:
        absent = "income_from" if start is None else "income_to"
        raise DateError(absent, None, "allowed: the first and the last day of twelve months, or neither")
    day = datetime.timedelta(days=1)
    if end not in (start + relativedelta(years=1) - day, start - day + relativedelta(years=1)):  # from a 29 February, either
        raise DateError("income_to", str(end), f"allowed: the last day of twelve months from income_from ({start})")
