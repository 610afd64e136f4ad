"""Columns of Python objects, read cell by cell: the only ones that no engine can check by itself."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from povertyrules.core.errors import InputError
from povertyrules.core.facts import Fact, Sort, encode_date
from povertyrules.uses.scale.boundary import AS_WRITTEN, ISO, SPELLED

REFUSED = -(2**62)
"""Stands for a cell that is refused: it lies outside every range, so the engine refuses it too."""
TRUTHS = {**dict.fromkeys(SPELLED[True], 1), **dict.fromkeys(SPELLED[False], 0)}


def encoded(fact: Fact, cells: Iterable[object], scale: int, rounding: str) -> tuple[list[int | None], int]:
    """The cells as the library's whole numbers, null where they are missing; and how many were moved to one."""
    out, moved = list[int | None](), 0
    for cell in cells:
        number = whole(fact, cell, scale)
        if number is None or number == int(number):
            out.append(None if number is None else int(number))
        elif rounding == "half_up" and fact.sort in (Sort.MONEY, Sort.AREA):
            out.append(math.floor(number + Decimal("0.5")))
            moved += 1
        else:
            out.append(REFUSED)
    return out, moved


def whole(fact: Fact, cell: object, scale: int) -> Decimal | int | None:
    """A cell in the library's numbers, exactly; `REFUSED` for one that cannot be meant.

    >>> from povertyrules.entities import WORLD
    >>> whole(WORLD.facts["in_scope"], "12.5", 100), whole(WORLD.facts["in_scope"], True, 100) == REFUSED
    (Decimal('1250.0'), True)
    """
    value = cell.item() if hasattr(cell, "item") and not isinstance(cell, str) else cell
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
    if number is None or not number.is_finite() or abs(number) >= 10**13:
        return REFUSED
    if isinstance(value, float) and scale > 1:  # the double nearest to a whole one is meant as that
        nearest = math.floor(number * scale + Decimal("0.5"))
        return nearest if nearest / scale == value else number * scale
    return number * scale


def _number(fact: Fact, value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return Decimal(repr(value) if isinstance(value, float) else value)
    written = fact.sort in (Sort.MONEY, Sort.AREA) and isinstance(value, str) and re.fullmatch(AS_WRITTEN, value, re.ASCII)
    return Decimal(cast(str, value)) if written else None


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
