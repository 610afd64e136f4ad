"""Magnitudes: numbers with a unit: what reports tell of bodies, and what documents ask of them.

A magnitude is an exact number with its unit, and never a bare number: 26亿元 and 26 yuan are not to be confused. Written
are "2000 persons", "26亿元", "60 %", "3000 yuan/household/year".

>>> Magnitude.of("12.4万人"), Magnitude.of("26亿元") > Magnitude.of("400000000 yuan")
(Magnitude('124000 persons'), True)
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Self

from attrs import frozen

from povertyrules.core.errors import InputError, SortError

LONGEST = 60
"""The longest magnitude that is looked at, in characters."""

UNITS: dict[str, tuple[str, ...]] = {
    "yuan": ("元",),
    "persons": ("人", "person"),
    "households": ("户", "household"),
    "villages": ("村", "个村", "village"),
    "counties": ("县", "个县", "county"),
    "townships": ("乡镇", "个乡镇", "township"),
    "person_times": ("人次",),
    "items": ("个", "item"),
    "mu": ("亩",),
    "m2": ("平方米",),
    "km": ("公里",),
    "km2": ("平方公里",),
    "kW": ("千瓦",),
    "kVA": ("千伏安",),
    "minutes": ("分钟", "minute"),
    "hours": ("小时", "hour"),
    "days": ("天", "day"),
    "months": ("个月", "月", "month"),
    "years": ("年", "year"),
    "times": ("次", "time"),
    "degrees": ("度", "degree"),
    "%": ("％", "percent"),
    "points": ("个百分点", "point"),
    "head": ("头",),
}
"""The units, by the name that packs write, with the other ways of writing them."""

ZH = {unit: others[0] for unit, others in UNITS.items()} | {"%": "%"}
MULTIPLES = {"万": 10**4, "亿": 10**8}
LARGER = {"MW": ("kW", 1000), "兆瓦": ("kW", 1000)}
NAMES = {name: unit for unit, others in UNITS.items() for name in (unit, *others)}
PARTS = re.compile(r"\s*(?P<number>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<multiple>[万亿]?)\s*(?P<unit>[^\s0-9]\S*)\s*")


class UnitError(InputError):
    """A magnitude without its unit, in an unknown one, or in one that cannot be compared with the other's."""


@frozen(repr=False, order=False)
class Magnitude:
    """An exact number of a unit."""

    value: Fraction
    unit: str

    @classmethod
    def of(cls, written: object, field: str = "magnitude") -> Magnitude:
        """Read a magnitude; one that is read already stays as it is.

        Raises `SortError` for what is no text, `UnitError` where the unit is missing or unknown.

        >>> Magnitude.of("2000")
        Traceback (most recent call last):
        povertyrules.core.magnitude.UnitError: magnitude: '2000' is refused; write a number and its unit, such as "26亿元"
        """
        if isinstance(written, Magnitude):
            return written
        if not isinstance(written, str):
            raise SortError(field, written, 'write a text with a number and its unit, such as "2000 persons" or "26亿元"')
        found = PARTS.fullmatch(written) if len(written) <= LONGEST else None
        if found is None:
            raise UnitError(field, written, 'write a number and its unit, such as "26亿元"')
        first, *per = found["unit"].split("/")
        unit, times = LARGER.get(first, (NAMES.get(first, ""), 1))
        if not unit or not all(one in NAMES for one in per):
            raise UnitError(field, written, f"known units: {', '.join(UNITS)}; and 元, 万元, 亿元, 人, 万人, 户, 亩, 公里 …")
        value = Fraction(found["number"]) * MULTIPLES.get(found["multiple"], 1) * times
        return cls(value, "/".join([unit, *(_one(NAMES[one]) for one in per)]))

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read a magnitude of a pack: one that is not negative."""
        found = cls.of(raw, where)
        if found.value < 0:
            raise SortError(where, raw, "a figure of a document is never negative here")
        return cls(found.value, found.unit)

    @classmethod
    def shape(cls) -> dict[str, object]:
        """The JSON Schema of a magnitude."""
        return {"type": "string", "description": 'a number and its unit, such as "2000 persons"'}

    def printed(self) -> tuple[tuple[str, str], ...]:
        """The magnitude itself."""
        return (("", str(self)),)

    def like(self, other: Magnitude, field: str = "magnitude") -> Magnitude:
        """The magnitude, if it is of the unit of another one; else `UnitError`."""
        if self.unit != other.unit:
            raise UnitError(field, str(self), f"write it in {other.unit}")
        return self

    def __lt__(self, other: Magnitude) -> bool:
        return self.like(other).value < other.value

    def __le__(self, other: Magnitude) -> bool:
        return self.like(other).value <= other.value

    def __gt__(self, other: Magnitude) -> bool:
        return self.like(other).value > other.value

    def __ge__(self, other: Magnitude) -> bool:
        return self.like(other).value >= other.value

    def __add__(self, other: Magnitude) -> Magnitude:
        return Magnitude(self.value + other.like(self).value, self.unit)

    def __sub__(self, other: Magnitude) -> Magnitude:
        return Magnitude(self.value - other.like(self).value, self.unit)

    def __mul__(self, times: int | Fraction) -> Magnitude:
        return Magnitude(self.value * times, self.unit)

    def over(self, whole: Magnitude) -> Magnitude:
        """The share of a whole, in per cent.

        >>> Magnitude.of("25亿元").over(Magnitude.of("40亿元"))
        Magnitude('62.5 %')
        """
        if not whole.value:
            raise UnitError("whole", str(whole), "a share needs a whole that is not nothing")
        return Magnitude(self.like(whole).value / whole.value * 100, "%")

    def text(self, lang: str = "en") -> str:
        """The magnitude for people: with separators in English, in 万 and 亿 in Chinese.

        >>> Magnitude.of("23.5亿元").text(), Magnitude.of("23.5亿元").text("zh"), Magnitude.of("5 %").text("zh")
        ('2,350,000,000 yuan', '23.5亿元', '5%')
        """
        if lang != "zh":
            whole, dot, rest = number(self.value).partition(".")
            return f"{int(whole):,}{dot}{rest} {self.unit}" if whole.lstrip("-").isdigit() else str(self)
        multiple = next(((size, sign) for sign, size in (("亿", 10**8), ("万", 10**4)) if abs(self.value) >= size), (1, ""))
        first, *per = self.unit.split("/")
        unit = "".join([ZH[first], *(f"/{ZH[NAMES[one]]}" for one in per)])
        return f"{number(self.value / multiple[0])}{multiple[1]}{unit}"

    def __str__(self) -> str:
        return f"{number(self.value)} {self.unit}"

    def __repr__(self) -> str:
        return f"Magnitude({str(self)!r})"


def is_magnitude(written: str) -> bool:
    """Whether a text is a number with a known unit.

    >>> is_magnitude("25 degrees"), is_magnitude("30.00")
    (True, False)
    """
    try:
        Magnitude.of(written)
    except UnitError:
        return False
    return True


def number(value: Fraction) -> str:
    """A fraction as a decimal number, with a sign where it does not come out even.

    >>> number(Fraction(5, 2)), number(Fraction(2, 3))
    ('2.5', '≈0.6667')
    """
    tail = value.denominator
    for prime in (2, 5):
        while tail % prime == 0:
            tail //= prime
    if tail == 1:
        shown = format(Decimal(value.numerator) / value.denominator, "f")
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"≈{round(Decimal(value.numerator) / value.denominator, 4):f}"


def _one(unit: str) -> str:
    """A unit in the singular, as it stands behind a stroke: a year, a person."""
    irregular = {"counties": "county", "head": "head", "mu": "mu", "%": "%"}
    return irregular.get(unit, unit.removesuffix("s"))


NAMES |= {_one(unit): unit for unit in UNITS}
