"""Single figures, as packs hold them and as callers give them: each way of writing one is read in one place.

In a pack money is a string of yuan; a caller may also give whole fen. None of the figures is ever negative.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import cast

from povertyrules.core.errors import MoneyError, RangeError, SortError
from povertyrules.core.measure import Measure, square_metres
from povertyrules.core.money import Fen, Rate, yuan

LONGEST_FIGURE = 24
"""The longest figure that is looked at, in characters: a longer one is no amount that anybody printed."""

MOST_MONEY = 10**17
"""What amounts of a caller stay below, in fen."""

Reader = Callable[[object, str], object]
"""Reads a figure: what was written, and where."""


def money_of(value: object, where: str) -> Fen:
    """Read money as a pack writes it.

    >>> money_of("30.50", "elderly.care.amount")
    3050
    """
    if not isinstance(value, str):
        raise MoneyError(where, value, 'in a pack money is a string of yuan, such as "30.00"')
    if len(value) > LONGEST_FIGURE:
        raise MoneyError(where, value, 'write a string of yuan of at most 15 digits, such as "30.00"')
    found = yuan(value, field=where)
    if found < 0:
        raise MoneyError(where, value, "money is never negative here")
    return found


def given_money(value: object, where: str) -> Fen:
    """Read money as a caller gives it: whole fen, or a string of yuan.

    >>> given_money(3050, "elderly.care.amount"), given_money("30.50", "elderly.care.amount")
    (3050, 3050)
    """
    if isinstance(value, str):
        return money_of(value, where)
    if isinstance(value, bool) or not isinstance(value, int):
        raise MoneyError(where, value, 'write money as yuan("30.50") or as a string of yuan, such as "30.50"')
    if value < 0:
        raise MoneyError(where, value, "money is never negative here")
    if value >= MOST_MONEY:
        raise MoneyError(where, value, "write an amount of at most 15 digits of yuan")
    return cast(Fen, value)


def area_of(value: object, where: str) -> Measure:
    """Read an area, in square metres or mu.

    >>> area_of("58.5", "housing.small.least")
    5850
    """
    if not isinstance(value, str) or len(value) > LONGEST_FIGURE:
        raise SortError(where, value, 'in a pack an area is a string with at most two decimals, such as "40"')
    return square_metres(value, field=where)


def rate_of(value: object, where: str) -> Rate:
    """Read a rate, which may be above the whole, as an index is."""
    if isinstance(value, str) and len(value) > LONGEST_FIGURE:
        raise MoneyError(where, value, 'write a rate as a string of per cent, such as "55 %"')
    return Rate.parse(value, field=where)


def share_of(value: object, where: str) -> Rate:
    """Read a rate that is a share of something: at most the whole of it."""
    found = rate_of(value, where)
    if found.numerator > found.per:
        raise MoneyError(where, value, "a share is at most 100 %")
    return found


def number_of(value: object, where: str, *, least: int = 0, most: int = 10**9) -> int:
    """Read a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(where, value, "write a whole number")
    if not least <= value <= most:
        raise RangeError(where, value, f"write a whole number from {least} to {most}")
    return value


def date_of(value: object, where: str) -> datetime.date:
    """Read a date."""
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise SortError(where, value, "write a date such as 2017-01-01, without quotes")
    return value


def yes_no_of(value: object, where: str) -> bool:
    """Read yes or no."""
    if not isinstance(value, bool):
        raise SortError(where, value, "write true or false, without quotes")
    return value


def text_of(value: object, where: str) -> str:
    """Read a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise SortError(where, value, "write a text")
    return value


def size_of(figure: object, where: str) -> tuple[int, int]:
    """How large a figure is, and over what: so two figures are compared, the ends of a range say."""
    if isinstance(figure, Rate):
        return figure.numerator, figure.per
    if isinstance(figure, int) and not isinstance(figure, bool):
        return figure, 1
    raise SortError(where, "a range", "only amounts, rates and whole numbers have a low and a high end")
