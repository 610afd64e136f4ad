"""Areas are integers too: hundredths of a square metre, hundredths of a mu. No float touches them.

>>> square_metres("58.5"), mu("0.6"), show(square_metres("58.5"))
(5850, 60, '58.50')
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NewType

from povertyrules.core.errors import MoneyError, RangeError, SortError
from povertyrules.core.money import show, yuan

if TYPE_CHECKING:

    class Measure(int):
        """An area in hundredths of its unit. Made by `square_metres` or `mu`; a plain integer when the program runs."""

        def __add__(self, other: Measure) -> Measure: ...  # type: ignore[override]
        def __sub__(self, other: Measure) -> Measure: ...  # type: ignore[override]
        def __mul__(self, other: int) -> Measure: ...
        def __rmul__(self, other: int) -> Measure: ...

else:
    Measure = NewType("Measure", int)

UNITS = {"m2": ("平方米", "m²"), "mu": ("亩", "mu")}
"""The units of areas, with their signs in Chinese and English."""


def square_metres(value: int | str | Decimal, *, field: str = "square_metres") -> Measure:
    """Turn an area in square metres into hundredths; raises `SortError` or `RangeError`, for a float above all.

    >>> square_metres(40)
    4000
    >>> square_metres(58.5)
    Traceback (most recent call last):
    povertyrules.core.errors.SortError: square_metres: 58.5 is refused; write a string with at most two decimals, such as "58.5"
    """
    return _hundredths(value, field)


def mu(value: int | str | Decimal, *, field: str = "mu") -> Measure:
    """Turn an area in mu (亩) into hundredths; raises as `square_metres` does.

    >>> mu("1.25")
    125
    """
    return _hundredths(value, field)


def _hundredths(value: object, field: str) -> Measure:
    wanted = 'write a string with at most two decimals, such as "58.5"'
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal):
        raise SortError(field, value, wanted)
    try:
        found = yuan(value, field=field)  # the same decimals: hundredths, exactly
    except MoneyError:
        raise SortError(field, value, wanted) from None
    if found < 0:
        raise RangeError(field, value, "an area is never negative")
    return Measure(int(found))


def in_words(area: int, unit: str, lang: str = "en") -> str:
    """An area with its unit.

    >>> in_words(5850, "m2"), in_words(60, "mu", "zh")
    ('58.50 m²', '0.60 亩')
    """
    return f"{show(area)} {UNITS[unit][lang != 'zh']}"
