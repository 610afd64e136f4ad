"""The thresholds of a policy: the values of each fact at which some rule turns, worked out from the rules themselves.

A rule turns where two things that it compares are equal. Both are taken apart into straight pieces over the facts (a bracket
of a tariff, a rate, an age in years); where a piece has one fact, it says for which value of it they are equal, or one apart.
So a threshold of an age becomes a birthday, and an edge of what insurance leaves becomes a bill. What is a product of two
facts, or turns on two at once, has no thresholds of its own.
"""

from __future__ import annotations

import datetime
import weakref
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from attrs import evolve

from povertyrules.core.errors import UnknownName
from povertyrules.core.facts import EARLIEST, LATEST, Fact, Sort, decode_date, encode_date
from povertyrules.core.plan import Plan
from povertyrules.core.terms import Term, walk
from povertyrules.frames.inputs import quantity_fact
from povertyrules.policy import Policy

COMPARED = frozenset({"lt", "le", "eq", "least", "greatest"})
"""Operations that turn where their two sides are equal."""
MOST_PIECES = 32
"""Pieces of a term that are followed: a tariff has a few, the product of several tables would have thousands."""
HEADS = (0, 1, 2, 3, 4)
"""How many of a lower entity there are where a rule counts them."""
ONE_DAY = datetime.timedelta(days=1)


class Piece(NamedTuple):
    """A straight piece: by fact, how often it enters, and what is added."""

    slopes: tuple[tuple[str, Fraction], ...]
    constant: Fraction

    def plus(self, other: Piece, times: int) -> Piece:
        """This piece and so many times the other."""
        slopes = dict(self.slopes)
        for name, slope in other.slopes:
            slopes[name] = slopes.get(name, Fraction(0)) + times * slope
        kept = tuple(sorted((name, slope) for name, slope in slopes.items() if slope))
        return Piece(kept, self.constant + times * other.constant)

    def times(self, factor: Fraction) -> Piece:
        """The piece stretched."""
        if not factor:
            return Piece((), Fraction(0))
        return Piece(tuple((name, slope * factor) for name, slope in self.slopes), self.constant * factor)


class Finder:
    """Finds the thresholds of a plan, with the day of the case held at one day."""

    def __init__(self, plan: Plan, on: int) -> None:
        self.plan, self.on = plan, on
        self._near: dict[int, tuple[Piece, ...]] = {}
        self._far: dict[int, tuple[Piece, ...]] = {}

    def found(self) -> Mapping[str, tuple[int, ...]]:
        """By fact, and by quantity that is given outright: the values at which a rule turns, and those beside them."""
        out: dict[str, set[int]] = {}
        for quantity in self.plan.quantities.values():
            for node in walk(quantity.term):
                if node.op in COMPARED and len(node.args) == 2:
                    for deep in (False, True):
                        for name, value in self._turns(node, deep):
                            out.setdefault(name, set()).add(value)
        return {name: tuple(sorted(values)) for name, values in out.items()}

    def _turns(self, node: Term, deep: bool) -> Iterator[tuple[str, int]]:
        """Where one of two sides is what the other is, one less, or one more."""
        left, right = (self.pieces(arg, deep) for arg in node.args)
        for one in left:
            for other in right:
                apart = one.plus(other, -1)
                if len(apart.slopes) == 1:
                    name, slope = apart.slopes[0]
                    for by in (-1, 0, 1):
                        exact = (by - apart.constant) / slope
                        yield from ((name, floor(exact)), (name, ceil(exact)))

    def pieces(self, term: Term, deep: bool) -> tuple[Piece, ...]:
        """The pieces of a term: over facts alone if it is followed deep, else over facts and quantities."""
        memo = self._far if deep else self._near
        found = memo.get(id(term))
        if found is None:
            found = memo[id(term)] = tuple(dict.fromkeys(self._pieces(term, deep)))[:MOST_PIECES]
        return found

    def _pieces(self, term: Term, deep: bool) -> Iterable[Piece]:
        match term.op:
            case "const" | "param":
                return (Piece((), Fraction(int(term.value))),)  # type: ignore[call-overload]
            case "fact" if term.value == "on":
                return (Piece((), Fraction(self.on)),)
            case "quantity" if deep:
                return self.pieces(self.plan.quantities[str(term.value)].term, deep)
            case "fact" | "quantity":
                return (Piece(((str(term.value), Fraction(1)),), Fraction(0)),)
            case "sum":
                return self._summed(term, deep)
            case "where":
                return (*self.pieces(term.args[1], deep), *self.pieces(term.args[2], deep))
            case "reading" | "least" | "greatest":
                return tuple(piece for arg in term.args for piece in self.pieces(arg, deep))
            case "add" | "sub" | "mul" | "div":
                return self._worked(term.op, *(self.pieces(arg, deep) for arg in term.args))
            case _:
                return ()

    def _summed(self, term: Term, deep: bool) -> Iterable[Piece]:
        """A total is taken of one entry; a count, of a few."""
        inner = self.pieces(self.plan.quantities[str(term.value[0])].term, deep)  # type: ignore[index]
        if any(piece.slopes for piece in inner):
            return inner
        return tuple(piece.times(Fraction(many)) for many in HEADS for piece in inner)

    @staticmethod
    def _worked(op: str, left: tuple[Piece, ...], right: tuple[Piece, ...]) -> Iterator[Piece]:
        for one in left:
            for other in right:
                if op in ("add", "sub"):
                    yield one.plus(other, 1 if op == "add" else -1)
                elif op == "mul" and not (one.slopes and other.slopes):
                    yield one.times(other.constant) if one.slopes else other.times(one.constant)
                elif op == "div" and not other.slopes and other.constant > 0:
                    whole = one.times(1 / other.constant)
                    yield whole if one.slopes else Piece((), Fraction(floor(whole.constant)))


_FOUND: weakref.WeakKeyDictionary[Plan, tuple[int, Mapping[str, tuple[int, ...]]]] = weakref.WeakKeyDictionary()


def thresholds(policy: Policy) -> Mapping[str, tuple[int, ...]]:
    """By fact, and by quantity: the encoded values at which a rule of a policy turns, and those beside them; found once.

    >>> import povertyrules as pr
    >>> thresholds(pr.policy("zaozhuang-hitech", on="2017-06-30"))["own_income"]  # the dibao standard, 3,900 yuan
    (389999, 390000, 390001)
    """
    plan, on = policy.plan, encode_date(policy.on)
    day, found = _FOUND.get(plan, (0, {}))
    if day != on:
        found = Finder(plan, on).found()
        _FOUND[plan] = on, found
    return found


def declared(policy: Policy, name: str) -> Fact:
    """The declaration of a fact, or of what a quantity can be that is given outright; `UnknownName` for neither.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> declared(zz, "age").most, declared(zz, "born").past
    (150, True)
    """
    plan = policy.plan
    if name in plan.facts:
        return plan.facts[name]
    if name in plan.quantities and "__" not in name:
        made = quantity_fact(plan, name)
        inside = any(made.least <= kind <= made.most for kind in made.kinds or ())  # type: ignore[operator]
        # what is not in force has no kinds that it could be, only the number that stands for nothing
        return made if inside or not made.kinds else evolve(made, sort=Sort.COUNT, kinds=None)
    raise UnknownName.among("fact", name, [*plan.facts, *(n for n in plan.quantities if "__" not in n)])


def numbers(policy: Policy, name: str) -> tuple[int, ...]:
    """The boundary values of a number, those nearest to nothing first: thresholds, those beside them, the ends of its range.

    Money is in fen, areas in hundredths.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> {79, 80, 89, 90, 99, 100} <= set(numbers(zz, "age"))
    True
    """
    fact = declared(policy, name)
    low, high = fact.codes
    found = {low, low + 1, high - 1, high, *thresholds(policy).get(name, ())}
    return tuple(sorted((value for value in found if low <= value <= high), key=lambda value: (abs(value), value)))


def days(policy: Policy, name: str) -> tuple[datetime.date, ...]:
    """The boundary days of a date, the latest first: those on which a rule turns, the days before and after, the ends.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> [str(day) for day in days(zz, "born") if day.year == 1927]  # 90 years old, and not yet
    ['1927-07-01', '1927-06-30', '1927-06-29']
    """
    fact = declared(policy, name)
    latest = min(LATEST, policy.on) if fact.past else LATEST
    turns = {day for value in thresholds(policy).get(name, ()) for day in around(value)}
    found = {EARLIEST, EARLIEST + ONE_DAY, latest, latest - ONE_DAY, policy.on - ONE_DAY, policy.on, policy.on + ONE_DAY, *turns}
    return tuple(sorted((day for day in found if EARLIEST <= day <= latest), reverse=True))


def around(encoded: int) -> tuple[datetime.date, ...]:
    """The day that a number stands for, and the days before and after; of one that is no day, those on both sides.

    >>> [str(day) for day in around(20170229)]
    ['2017-02-28', '2017-03-01']
    """
    if not encode_date(EARLIEST) <= encoded <= encode_date(LATEST):
        return ()
    try:
        day = decode_date(encoded)
    except ValueError:
        return _beside(encoded)
    return (day - ONE_DAY, day, day + ONE_DAY)


def _beside(encoded: int) -> tuple[datetime.date, ...]:
    """The last day below a number that is no day, and the first above it."""
    year, month = encoded // 10_000, encoded // 100 % 100
    start = datetime.date(year, min(max(month, 1), 12), 1)
    near = [start + n * ONE_DAY for n in range(-1, 62 if month > 12 else 33)]
    below = [day for day in near if encode_date(day) < encoded]
    above = [day for day in near if encode_date(day) > encoded]
    return (*below[-1:], *above[:1])


def choices(fact: Fact) -> tuple[object, ...]:
    """Every value of a yes/no or of a category, "no" and the first code first."""
    if fact.sort is Sort.YES_NO:
        return (False, True)
    return tuple(fact.kinds or ())
