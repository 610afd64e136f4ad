"""Columns of Python objects, read cell by cell: the only ones that no engine can check by itself."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, cast

from povertyrules.core.errors import InputError
from povertyrules.core.facts import Fact, Sort, encode_date
from povertyrules.uses.scale.boundary import AS_WRITTEN, ISO, SPELLED

REFUSED = -(2**62)
"""Stands for a cell that is refused: it lies outside every range, so the engine refuses it too."""
MOST, FINEST = 10**13, Decimal("1e-30")
"""What is more is beyond all that is counted; what is less is no more than finer than any number."""
TRUTHS = {**dict.fromkeys(SPELLED[True], 1), **dict.fromkeys(SPELLED[False], 0)}


def encoded(fact: Fact, cells: Iterable[object], scale: int, rounding: str) -> tuple[list[int | None], int]:
    """The cells as the library's whole numbers, null where they are missing; and how many were moved to one."""
    out, moved = list[int | None](), 0
    low, high = fact.codes
    rounds = rounding == "half_up" and fact.sort in (Sort.MONEY, Sort.AREA)
    for cell in cells:
        number = whole(fact, cell, scale)
        if rounds and number is not None and number.denominator > 1:
            number = round_half_up(number)
            moved += low <= number <= high
        if number is not None and (number.denominator > 1 or abs(int(number)) >= -REFUSED):
            number = REFUSED
        out.append(None if number is None else int(number))
    return out, moved


def whole(fact: Fact, cell: object, scale: int) -> Fraction | int | None:
    """A cell in the library's numbers, exactly; `REFUSED` for one that cannot be meant.

    >>> from povertyrules.entities import WORLD
    >>> whole(WORLD.facts["in_scope"], "12.5", 100), whole(WORLD.facts["in_scope"], True, 100) == REFUSED
    (Fraction(1250, 1), True)
    """
    value = cast("Scalar", cell).item() if getattr(cell, "shape", None) == () else cell
    if value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and math.isnan(value)):
        return None
    match fact.sort:
        case Sort.YES_NO:
            return _truth(value)
        case Sort.DATE:
            return _date(fact, value)
        case Sort.CATEGORY:
            return _code(fact, value)
    number = _number(fact, value)
    if number is None:
        return REFUSED
    if isinstance(value, float) and scale > 1:  # the double nearest to a whole one is meant as that
        nearest = round_half_up(number * scale)
        return nearest if nearest / scale == value else number * scale
    return number * scale


def round_half_up(number: Fraction | int) -> int:
    """The nearest whole number, the greater of two.

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(-5, 2))
    (3, -2)
    """
    return math.floor(Fraction(number) + Fraction(1, 2))


class Scalar(Protocol):
    """A number of NumPy."""

    def item(self) -> object:
        """The number as Python has it."""


def _number(fact: Fact, value: object) -> Fraction | None:
    """A number as it is printed, if it is one, and not beyond all that is counted."""
    if isinstance(value, str):
        fits = fact.sort in (Sort.MONEY, Sort.AREA) and re.fullmatch(AS_WRITTEN, value, re.ASCII)
        return Fraction(value) if fits else None
    if isinstance(value, float) and math.isfinite(value):
        value = Decimal(repr(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value) if abs(value) < MOST else None
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= MOST:
        return None
    return Fraction(value) if value == 0 or abs(value) > FINEST else Fraction(FINEST)


def _truth(value: object) -> int:
    if isinstance(value, bool) or value in (0, 1):
        return int(value)
    return TRUTHS.get(value, REFUSED) if isinstance(value, str) else REFUSED


def _code(fact: Fact, value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        return fact._category(value, fact.name)
    except InputError:
        return REFUSED


def _date(fact: Fact, value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, str) and not re.fullmatch(ISO, value, re.ASCII):
        return REFUSED
    try:
        found = fact.read(value, field=fact.name)
    except InputError:
        return REFUSED
    return encode_date(found) if isinstance(found, datetime.date) else REFUSED
