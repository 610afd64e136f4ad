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
import re
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import attrs
from attrs import frozen

from povertyrules.core.errors import (
    CategoryError,
    DateError,
    InputError,
    MoneyError,
    RangeError,
    SortError,
    UnknownName,
)
from povertyrules.core.money import Fen, show, yuan

T = TypeVar("T")
Encoded = int | bool | None
EARLIEST, LATEST = datetime.date(1890, 1, 1), datetime.date(2040, 12, 31)


class Sort(enum.StrEnum):
    """What a fact measures."""

    MONEY = "money"
    COUNT = "count"
    AGE = "age"
    DATE = "date"
    CATEGORY = "category"
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
    def of(cls, code: int) -> Category:
        """The member with a code."""
        return cast(Category, cls._value2member_map_[code])

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
            case Sort.CATEGORY if self.kinds:
                return "allowed: " + ", ".join(f"{k.value} or {k.name.lower()} ({k.zh})" for k in self.kinds)
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
        where = field or self.name
        if value is None:
            return None
        return _CHECKS[self.sort](self, value, where)

    def read(self, value: object, *, field: str = "") -> object:
        """Turn what a file holds into what the class holds: money from a string of yuan, categories from their name."""
        if self.sort is Sort.MONEY and isinstance(value, int) and not isinstance(value, bool):
            raise MoneyError(field, value, f'in a file money is a string of yuan: write "{value}"')
        if self.sort is Sort.MONEY and value is not None:
            return yuan(cast(str, value), field=field)
        if self.sort is Sort.CATEGORY and value is not None and self.kinds:
            return self.kinds.of(self._category(value, field))
        if self.sort is Sort.DATE and isinstance(value, str):
            return _iso_date(self, value, field)
        return value

    def _category(self, value: object, where: str) -> int:
        for kind in self.kinds or ():
            if (value == kind.value and not isinstance(value, bool)) or value in (kind.name.lower(), kind.zh):
                return kind.value
        raise CategoryError(where, value, self.allowed)

    def _in_range(self, value: int, where: str, error: type[InputError]) -> int:
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise error(where, show(value) if self.sort is Sort.MONEY else value, self.allowed)
        return value

    @property
    def codes(self) -> tuple[int, int]:
        """The least and the most that the encoded fact can be."""
        if self.sort is Sort.DATE:
            return encode_date(EARLIEST), encode_date(LATEST)
        if self.sort is Sort.YES_NO:
            return 0, 1
        if self.kinds:
            return min(self.kinds), max(self.kinds)
        return self.least or 0, self.most or 0


def _check_money(fact: Fact, value: object, where: str) -> int:
    if isinstance(value, float):
        raise MoneyError(where, value, f'money is never a float: write yuan("{value:.2f}")')
    if isinstance(value, bool) or not isinstance(value, int):
        raise MoneyError(where, value, 'money is whole fen, made by yuan("68000.50")')
    return fact._in_range(value, where, MoneyError)


def _check_number(fact: Fact, value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(where, value, fact.allowed)
    return fact._in_range(value, where, RangeError)


def _check_yes_no(fact: Fact, value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise SortError(where, value, fact.allowed)
    return value


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
        raise SortError(where, value, fact.allowed)
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
    Sort.YES_NO: _check_yes_no,
    Sort.DATE: _check_date,
    Sort.CATEGORY: lambda fact, value, where: fact._category(value, where),
    Sort.TEXT: _check_text,
    Sort.IDENTITY: _check_text,
}


def encode_date(day: datetime.date) -> int:
    """A date as the rules see it.

    >>> encode_date(datetime.date(2017, 6, 30))
    20170630
    """
    return day.year * 10_000 + day.month * 100 + day.day


def mask(identity: object) -> str:
    """An identity number as it may be shown: region and nothing else.

    >>> mask("370403194903071234")
    '370403************'
    """
    text = str(identity)
    return text[:6] + "*" * max(len(text) - 6, 0)


def _field(fact: Fact) -> object:
    def convert(value: object, attribute: attrs.Attribute[object]) -> object:
        if fact.sort in (Sort.DATE, Sort.CATEGORY) and value is not None:
            return fact.read(value, field=attribute.name)
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


def members(kind: type[T], *, most: int) -> tuple[T, ...] | None:
    """Declare a list of lower entities, at most so many; None is "not told", an empty tuple is "none"."""

    def check(_: object, attribute: attrs.Attribute[object], value: object) -> None:
        if value is None:
            return
        if not isinstance(value, tuple) or not all(isinstance(one, kind) for one in value):
            raise SortError(attribute.name, value, f"allowed: a list of {kind.__name__} objects")
        if len(value) > most:
            raise RangeError(attribute.name, f"{len(value)} entries", f"allowed: at most {most}")

    def as_tuple(value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    made = attrs.field(default=None, validator=check, converter=as_tuple, metadata={"members": (kind, most)})
    return cast("tuple[T, ...] | None", made)


@frozen
class Entity:
    """An entity class as the engine sees it: its facts, and where it hangs below another."""

    name: str
    zh: str
    en: str
    cls: type
    facts: Mapping[str, Fact]
    children: Mapping[str, tuple[str, int]]
    """By field: the name of the lower entity, and how many there can be."""


def entity(zh: str, en: str) -> Callable[[type[T]], type[T]]:
    """Mark an attrs class as an entity."""

    def mark(cls: type[T]) -> type[T]:
        name, facts, children = cls.__name__, {}, {}
        for one in attrs.fields(cls):  # type: ignore[arg-type]
            if "fact" in one.metadata:
                facts[one.name] = attrs.evolve(one.metadata["fact"], name=one.name, entity=name)
            elif "members" in one.metadata:
                kind, most = one.metadata["members"]
                children[one.name] = (kind.__name__, most)
        cls.__entity__ = Entity(name, zh, en, cls, facts, children)  # type: ignore[attr-defined]
        return cls

    return mark


def describe(cls: type) -> Entity:
    """The entity behind a class."""
    return cast(Entity, cls.__entity__)  # type: ignore[attr-defined]


@frozen
class World:
    """All entities below a root, and how they nest."""

    entities: Mapping[str, Entity]
    parents: Mapping[str, tuple[str, str, int] | None]
    """By entity: the parent's name, the field that lists it, and how many there can be; None at the root."""

    @classmethod
    def below(cls, root: type) -> World:
        """Collect the entities below a root class; two facts of one name are an error."""
        entities: dict[str, Entity] = {}
        parents: dict[str, tuple[str, str, int] | None] = {root.__name__: None}
        queue = [root]
        while queue:
            found = describe(queue.pop(0))
            entities[found.name] = found
            for one in attrs.fields(found.cls):
                if "members" in one.metadata:
                    kind, most = one.metadata["members"]
                    parents[kind.__name__] = (found.name, one.name, most)
                    queue.append(kind)
        return cls(entities, parents)

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact, by name (a text such as a name may recur in several entities, since no rule reads it)."""
        return {n: f for e in self.entities.values() for n, f in e.facts.items()}

    def chain(self, name: str) -> list[str]:
        """An entity and those above it, nearest first."""
        above = self.parents[name]
        return [name] if above is None else [name, *self.chain(above[0])]

    def deepest(self, names: set[str]) -> str:
        """The lowest of some entities on one line; two that are not on one line are an error."""
        deepest = max(names, key=lambda n: len(self.chain(n)))
        if not names <= set(self.chain(deepest)):
            raise LookupError(f"{' and '.join(sorted(names))} do not lie on one line: total one of them first")
        return deepest


def from_mapping(cls: type[T], data: object, *, at: str = "") -> T:
    """Build an entity from what a file holds; every refusal names its path."""
    shape = describe(cls)
    if not isinstance(data, Mapping):
        raise SortError(at or shape.en, data, f"allowed: a table of facts of a {shape.en}")
    values: dict[str, object] = {}
    for name, value in data.items():
        path = f"{at}.{name}" if at else str(name)
        if name in shape.facts:
            fact = shape.facts[name]
            values[name] = fact.read(value, field=path)
            fact.check(values[name], field=path)
        elif name in shape.children:
            if not isinstance(value, list):
                raise SortError(path, value, "allowed: a list of tables")
            kind = attrs.fields_dict(cls)[name].metadata["members"][0]  # type: ignore[arg-type]
            values[name] = tuple(from_mapping(kind, one, at=f"{path}[{i}]") for i, one in enumerate(value))
        else:
            raise UnknownName.among(path, name, [*shape.facts, *shape.children])
    return cls(**values)


def to_mapping(value: object) -> dict[str, object]:
    """An entity as files hold it; identity numbers are masked, and blanks are left out."""
    shape, out = describe(type(value)), {}
    for name, fact in shape.facts.items():
        held = getattr(value, name)
        if held is not None:
            out[name] = _as_written(fact, held)
    for name in shape.children:
        below = getattr(value, name)
        if below is not None:
            out[name] = [to_mapping(one) for one in below]
    return out


def _as_written(fact: Fact, held: object) -> object:
    match fact.sort:
        case Sort.MONEY:
            return show(cast(int, held)).replace(",", "")
        case Sort.DATE:
            return str(held)
        case Sort.IDENTITY:
            return mask(held)
        case Sort.CATEGORY if fact.kinds:
            return fact.kinds.of(cast(int, held)).name.lower()
        case _:
            return held
