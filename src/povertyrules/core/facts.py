"""Facts are declared once, as fields of entity classes; the declaration feeds every use.

    @entity("治疗", "treatment")
    @frozen(kw_only=True)
    class Treatment:
        in_scope: Fen | None = money("政策范围内费用", "in-scope medical cost", most=yuan(10_000_000))

Unknown is `None`. A value is checked when the object is made, and encoded as an integer or a yes/no for the rules:
dates as yyyymmdd, categories as their code.
"""

from __future__ import annotations

import datetime
import enum
import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, cached_property
from typing import NewType, Self, cast

import attrs
from attrs import frozen

from povertyrules.core.errors import (
    CategoryError,
    DateError,
    InputError,
    MoneyError,
    RangeError,
    SortError,
    mask,
)
from povertyrules.core.measure import Measure, in_words, square_metres
from povertyrules.core.money import Fen, show, yuan

Encoded = int | bool | None
Day = NewType("Day", int)
"""A date as rules see it, yyyymmdd."""
EARLIEST, LATEST = datetime.date(1890, 1, 1), datetime.date(2040, 12, 31)


class Sort(enum.StrEnum):
    """What a fact measures."""

    MONEY = "money"
    COUNT = "count"
    AGE = "age"
    AREA = "area"
    DATE = "date"
    CATEGORY = "category"
    KINDS = "kinds"
    YES_NO = "yes/no"
    TEXT = "text"
    IDENTITY = "identity"


class Category(enum.IntEnum):
    """A category: its code, as the registers write it, its name in files, and a label in each language."""

    zh: str
    en: str

    def __new__(cls, code: int, zh: str, en: str) -> Category:
        """Make a member that is its code, with two labels."""
        member = int.__new__(cls, code)
        member._value_, member.zh, member.en = code, zh, en
        return member

    @classmethod
    @cache
    def spellings(cls) -> dict[int | str, int]:
        """The code behind each way of writing a member: its code, its name in files, its Chinese label."""
        letters = {kind.name: kind.value for kind in cls if len(kind.name) == 1}  # a grade is written C as well as c
        return letters | {how: kind.value for kind in cls for how in (kind.value, kind.name.lower(), kind.zh)}

    @classmethod
    def read(cls, value: object, where: str) -> Self:
        """A member from its code, its name in files or its Chinese label; `CategoryError` for anything else.

        >>> Category("Colour", {"RED": (1, "红", "red")}).read("red", "colour").en
        'red'
        """
        fact = Fact(zh=where, en=where, sort=Sort.CATEGORY, kinds=cls)
        return cls.of(fact._category(value, where))

    @classmethod
    def of(cls, code: int) -> Self:
        """The member with a code."""
        return cast(Self, cls._value2member_map_[code])

    def text_in(self, lang: str) -> str:
        """The label in one language."""
        return self.zh if lang == "zh" else self.en


@frozen(kw_only=True)
class Fact:
    """The declaration of one fact."""

    name: str = ""
    zh: str
    en: str
    sort: Sort
    entity: str = ""
    unit: str = ""
    least: int | None = None
    most: int | None = None
    kinds: type[Category] | None = None
    blank: int | None = None
    """What a blank counts as, listed as an assumption; None: a blank is unknown."""
    past: bool = False
    """Whether the date cannot lie after the day on which the case is looked at."""

    def text(self, lang: str) -> str:
        """The label in one language."""
        return self.zh if lang == "zh" else self.en

    @property
    def allowed(self) -> str:
        """What would do, in words."""
        match self.sort:
            case Sort.MONEY:
                return f"allowed: {show(self.least or 0)} to {show(self.most or 0)} yuan, in whole fen"
            case Sort.AREA:
                low, high = in_words(self.least or 0, self.unit), in_words(self.most or 0, self.unit)
                return f"allowed: {low} to {high}, as a string with at most two decimals"
            case Sort.CATEGORY | Sort.KINDS if self.kinds:
                word = "a list of " if self.sort is Sort.KINDS else ""
                return f"allowed: {word}" + ", ".join(f"{k.value} or {k.name.lower()} ({k.zh})" for k in self.kinds)
            case Sort.DATE:
                return f"allowed: a date from {EARLIEST} to {LATEST}"
            case Sort.YES_NO:
                return "allowed: true, false, or left out if unknown"
            case Sort.TEXT | Sort.IDENTITY:
                return "allowed: text"
            case _:
                return f"allowed: a whole number from {self.least} to {self.most}"

    def check(self, value: object, *, field: str = "") -> Encoded | str:
        """Check a value and encode it for the rules; raise the error that fits, with the field and what is allowed."""
        return None if value is None else self.checker(self, value, field or self.name)

    @cached_property
    def checker(self) -> Callable[[Fact, object, str], Encoded | str]:
        """The check of the fact's sort."""
        return _CHECKS[self.sort]

    @cached_property
    def simple(self) -> bool:
        """Whether telling it needs no more than its check."""
        return self.blank is None and not self.past

    def read(self, value: object, *, field: str = "") -> object:
        """Turn what a file holds into what the class holds: money from a string of yuan, categories from their name."""
        if self.sort is Sort.MONEY and isinstance(value, int) and not isinstance(value, bool):
            raise MoneyError(field, value, f'in a file money is a string of yuan: write "{value}"')
        if self.sort is Sort.MONEY and value is not None:
            if isinstance(value, float) and not math.isfinite(value):
                raise MoneyError(field, value, 'it is no amount of money: write a string of yuan, such as "68000.50"')
            return yuan(cast(str, value), field=field)
        if self.sort is Sort.AREA and value is not None:
            if isinstance(value, int | float):
                raise SortError(field, value, f'in a file an area is a string of {self.unit}: write "{value}"')
            return square_metres(cast(str, value), field=field)
        if self.sort is Sort.CATEGORY and value is not None and self.kinds:
            return self.kinds.of(self._category(value, field))
        if self.sort is Sort.DATE and isinstance(value, str):
            return _iso_date(self, value, field)
        return value

    def _category(self, value: object, where: str) -> int:
        spellings = self.kinds.spellings() if self.kinds else {}
        # a member of another category equals a code of this one, and is not meant
        other = isinstance(value, bool | enum.Enum) and type(value) is not self.kinds
        if isinstance(value, int | str) and not other and value in spellings:
            return spellings[value]
        raise CategoryError(where, value, self.allowed)

    def listed(self, value: object, where: str) -> tuple[int, ...]:
        """The codes of a list of kinds, each once, in the order of the codes."""
        if not isinstance(value, list | tuple | set | frozenset):
            raise SortError(where, value, self.allowed)
        return tuple(sorted({self._category(one, where) for one in value}))

    def _in_range(self, value: int, where: str, error: type[InputError]) -> int:
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            shown = show(value) if self.sort in (Sort.MONEY, Sort.AREA) else value
            raise error(where, shown, self.allowed)
        return value

    def decoded(self, value: int) -> object:
        """An encoded value as a caller tells it: a date, a category, yes or no, fen."""
        if self.sort is Sort.DATE:
            return decode_date(value)
        if self.kinds and self.sort is Sort.CATEGORY:
            return self.kinds.of(value)
        return bool(value) if self.sort is Sort.YES_NO else value

    @property
    def codes(self) -> tuple[int, int]:
        """The least and the most that the encoded fact can be."""
        if self.sort is Sort.DATE:
            return encode_date(EARLIEST), encode_date(LATEST)
        if self.sort is Sort.YES_NO:
            return 0, 1
        if self.kinds and self.sort is Sort.CATEGORY:
            return min(self.kinds), max(self.kinds)
        return self.least or 0, self.most or 0


def _check_money(fact: Fact, value: object, where: str) -> int:
    if isinstance(value, float):
        raise MoneyError(where, value, _instead_of(value))
    if isinstance(value, bool) or not isinstance(value, int):
        raise MoneyError(where, value, 'money is whole fen, made by yuan("68000.50")')
    return fact._in_range(value, where, MoneyError)


def _instead_of(value: float) -> str:
    """What to write instead of a float; an amount only if the float, as it is printed, is one."""
    if not math.isfinite(value):
        return 'a float, and no amount of money: write yuan("68000.50")'
    printed = Decimal(float.__repr__(value))
    if abs(printed) < 10**12 and printed == round(printed, 2):
        return f'money is never a float: write yuan("{printed:.2f}")'
    return 'money is never a float, and has no part of a fen: write yuan("68000.50")'


def _check_area(fact: Fact, value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(where, value, f'an area is made by {"mu" if fact.unit == "mu" else "square_metres"}("58.5")')
    return fact._in_range(value, where, RangeError)


def _check_number(fact: Fact, value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(where, value, fact.allowed)
    return fact._in_range(value, where, RangeError)


def _check_yes_no(fact: Fact, value: object, where: str) -> bool:
    if value is True or value is False:
        return value
    raise SortError(where, value, fact.allowed)


def _check_date(fact: Fact, value: object, where: str) -> int:
    if isinstance(value, str):
        value = _iso_date(fact, value, where)
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise DateError(where, value, fact.allowed)
    if not EARLIEST <= value <= LATEST:
        raise DateError(where, value.isoformat(), fact.allowed)
    return encode_date(value)


def _check_text(fact: Fact, value: object, where: str) -> str:
    if not isinstance(value, str):
        raise SortError(where, mask(value) if fact.sort is Sort.IDENTITY else value, fact.allowed)
    if fact.sort is Sort.IDENTITY and not re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", value, re.ASCII):
        raise InputError(where, mask(value), "allowed: 18 characters (17 digits and a digit or X), or 15 digits")
    return value


def _iso_date(fact: Fact, value: str, where: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise DateError(where, value, f"{fact.allowed}, written as 2017-06-30") from None


_CHECKS: dict[Sort, Callable[[Fact, object, str], Encoded | str]] = {
    Sort.MONEY: _check_money,
    Sort.COUNT: _check_number,
    Sort.AGE: _check_number,
    Sort.AREA: _check_area,
    Sort.YES_NO: _check_yes_no,
    Sort.DATE: _check_date,
    Sort.CATEGORY: lambda fact, value, where: fact._category(value, where),
    Sort.KINDS: lambda fact, value, where: str(fact.listed(value, where)),
    Sort.TEXT: _check_text,
    Sort.IDENTITY: _check_text,
}


def encode_date(day: datetime.date) -> int:
    """A date as the rules see it.

    >>> encode_date(datetime.date(2017, 6, 30))
    20170630
    """
    return day.year * 10_000 + day.month * 100 + day.day


def decode_date(day: int) -> datetime.date:
    """A date as a person sees it.

    >>> decode_date(20170630)
    datetime.date(2017, 6, 30)
    """
    return datetime.date(day // 10_000, day // 100 % 100, day % 100)


def _field(fact: Fact) -> object:
    def convert(value: object, attribute: attrs.Attribute[object]) -> object:
        if fact.sort in (Sort.DATE, Sort.CATEGORY) and value is not None:
            return fact.read(value, field=attribute.name)
        if fact.sort is Sort.KINDS and value is not None:
            return fact.listed(value, attribute.name)
        return value

    def check(_: object, attribute: attrs.Attribute[object], value: object) -> None:
        fact.check(value, field=attribute.name)

    shown = (lambda v: "None" if v is None else mask(v)) if fact.sort is Sort.IDENTITY else True
    converter = attrs.Converter(convert, takes_field=True)
    return attrs.field(default=None, validator=check, converter=converter, metadata={"fact": fact}, repr=shown)


def money(zh: str, en: str, *, most: Fen, least: Fen | None = None, blank: Fen | None = None, unit: str = "yuan") -> Fen | None:
    """Declare an amount of money: labels, range, and what a blank counts as (None: unknown)."""
    fact = Fact(zh=zh, en=en, sort=Sort.MONEY, least=least or 0, most=most, blank=blank, unit=unit)
    return cast("Fen | None", _field(fact))


def area(zh: str, en: str, *, unit: str, most: Measure) -> Measure | None:
    """Declare an area in square metres ("m2") or mu ("mu"), in hundredths."""
    return cast("Measure | None", _field(Fact(zh=zh, en=en, sort=Sort.AREA, least=0, most=most, unit=unit)))


def count(zh: str, en: str, *, most: int, least: int = 0, unit: str = "") -> int | None:
    """Declare a whole number."""
    return cast("int | None", _field(Fact(zh=zh, en=en, sort=Sort.COUNT, least=least, most=most, unit=unit)))


def yes_no(zh: str, en: str) -> bool | None:
    """Declare a yes/no fact."""
    return cast("bool | None", _field(Fact(zh=zh, en=en, sort=Sort.YES_NO)))


def date(zh: str, en: str, *, past: bool = False) -> datetime.date | None:
    """Declare a date; `past` says that it cannot lie after the day on which the case is looked at."""
    return cast("datetime.date | None", _field(Fact(zh=zh, en=en, sort=Sort.DATE, past=past)))


def text(zh: str, en: str) -> str | None:
    """Declare a text, which no rule reads."""
    return cast("str | None", _field(Fact(zh=zh, en=en, sort=Sort.TEXT)))


def identity(zh: str, en: str) -> str | None:
    """Declare an identity number: checked, never read by a rule, masked wherever it is shown."""
    return cast("str | None", _field(Fact(zh=zh, en=en, sort=Sort.IDENTITY)))


def category(kinds: type[Category], zh: str, en: str) -> int | None:
    """Declare a category."""
    return cast("int | None", _field(Fact(zh=zh, en=en, sort=Sort.CATEGORY, kinds=kinds)))


def kinds(category: type[Category], zh: str, en: str) -> tuple[int, ...] | None:
    """Declare a list of kinds, such as the items done; checks read it, rules do not."""
    return cast("tuple[int, ...] | None", _field(Fact(zh=zh, en=en, sort=Sort.KINDS, kinds=category)))
