"""What a check is given, looked at before it is used: counts, amounts, dates, yes or no, lists of entities."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TypeVar

from povertyrules.core.errors import RangeError, SortError
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.figures import MOST_MONEY
from povertyrules.core.money import Fen, Rate

T = TypeVar("T")


def whole(name: str, value: object) -> int:
    """A count: a whole number, 0 or more.

    >>> whole("done", 9)
    9
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(name, value, "allowed: a whole number, 0 or more")
    if value < 0:
        raise RangeError(name, value, "allowed: a whole number, 0 or more")
    return value


def amount(name: str, value: object) -> Fen:
    """An amount of money in whole fen, 0 or more.

    >>> amount("paid", 800000)
    800000
    """
    fact = Fact(name=name, zh=name, en=name, sort=Sort.MONEY, least=0, most=MOST_MONEY - 1)
    return Fen(int(fact.checker(fact, value, name) or 0))


def flag(name: str, value: object) -> bool:
    """Yes or no.

    >>> flag("refused_for_age", True)
    True
    """
    if value is True or value is False:
        return value
    raise SortError(name, value, "allowed: true or false")


def day(name: str, value: object) -> datetime.date:
    """A date.

    >>> day("exited_on", datetime.date(2018, 12, 31))
    datetime.date(2018, 12, 31)
    """
    fact = Fact(name=name, zh=name, en=name, sort=Sort.DATE)
    fact.checker(fact, value, name)
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]


def table(name: str, value: object) -> Mapping[str, object]:
    """Facts, or amounts, by name.

    >>> table("facts", {"age": 70})
    {'age': 70}
    """
    if not isinstance(value, Mapping):
        raise SortError(name, value, "allowed: a table by name")
    return value


def one_of(name: str, value: object, kind: type[T]) -> T:
    """An object of a class.

    >>> one_of("age", 70, int)
    70
    """
    if not isinstance(value, kind):
        raise SortError(name, value, f"allowed: a {kind.__name__}")
    return value


def each_of(name: str, values: object, kind: type[T]) -> tuple[T, ...]:
    """A list of objects of a class.

    >>> each_of("ages", [70, 80], int)
    (70, 80)
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise SortError(name, values, f"allowed: a list of {kind.__name__} objects")
    return tuple(one_of(f"{name}[{i}]", one, kind) for i, one in enumerate(values))


def covers(share: Rate, **counted: int) -> bool:
    """Whether so many of so many reach a share, exactly; both are named as the caller does.

    >>> covers(Rate(80, 100), enrolled=80, graduates=100), covers(Rate(80, 100), enrolled=79, graduates=100)
    (True, False)
    """
    (name, reached), (_, of) = ((n, whole(n, value)) for n, value in counted.items())
    if reached > of:
        raise RangeError(name, reached, f"allowed: from 0 to {of}, those who are counted")
    return reached * share.per >= of * share.numerator


def told(**facts: object) -> dict[str, object]:
    """What was told of some facts or quantities: one that is left out is unknown, and not given as unknown.

    >>> told(members=4, countable_income=None)
    {'members': 4}
    """
    return {name: value for name, value in facts.items() if value is not None}


def denied(value: bool | None) -> str:
    """What is said of a condition that is not shown to hold.

    >>> denied(False), denied(None)
    ('no', 'not told')
    """
    return "not told" if value is None else "no"
