"""What turns on one leaf of few values, worked out for each value: an expression then has no more branches than it has answers.

A choice among the seven stages of schooling, or a band of ages, is worked out while the columns are written: for each code, and
for a leaf that is not told. What comes out is written by runs of codes that have the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from attrs import evolve, frozen

E = TypeVar("E")
Value = int | bool | None
FEW_CODES = 160
"""How many values a leaf may have."""
FEW_RUNS = 7
"""How many runs may be written out before the rule itself is shorter."""


class Writer(Protocol[E]):
    """What is needed of a language."""

    def const(self, value: int | bool) -> E:
        """A literal."""

    def code(self, value: int) -> E:
        """A literal that a code is compared with."""

    def nothing(self, yes_no: bool | None) -> E:
        """A null."""

    def infix(self, op: str, a: E, b: E) -> E:
        """An operation."""

    def negation(self, a: E) -> E:
        """Not."""

    def missing(self, a: E) -> E:
        """Whether something is null."""

    def choice(self, cond: E, a: E, b: E | None) -> E:
        """A choice."""


@frozen(eq=False, repr=False)
class Table(Generic[E]):
    """The answers by code of a leaf, and for a leaf that is not told; `leaf` is its column, `maybe` whether it can be null."""

    name: str
    leaf: E
    low: int
    maybe: bool
    values: tuple[Value, ...]
    untold: Value = None

    @property
    def runs(self) -> int:
        """How many stretches of codes have one answer each."""
        return 1 + sum(a != b or type(a) is not type(b) for a, b in zip(self.values, self.values[1:], strict=False))

    @property
    def answers(self) -> dict[Value, list[tuple[int, int]]]:
        """By answer: the stretches of codes that have it."""
        out: dict[Value, list[tuple[int, int]]] = {}
        start = 0
        for i in range(1, len(self.values) + 1):
            if i == len(self.values) or self.values[i] != self.values[start]:
                out.setdefault(self.values[start], []).append((self.low + start, self.low + i - 1))
                start = i
        return out

    def codes_of(self, answer: Value) -> frozenset[int]:
        """The codes that have an answer."""
        return frozenset(code for code, value in enumerate(self.values, self.low) if value is answer)

    def among_codes(self, codes: frozenset[int]) -> Table[E]:
        """The table where the leaf is told and has one of some codes: others answer as the nearest of these below, or above."""
        first = self.values[min(codes) - self.low]
        values = list[Value]()
        for code, value in enumerate(self.values, self.low):
            values.append(value if code in codes else values[-1] if values else first)
        return evolve(self, values=tuple(values), maybe=False)

    def same(self) -> tuple[bool, Value]:
        """Whether the answer is the same in every row, and which."""
        every = {*self.values, self.untold} if self.maybe else set(self.values)
        return len(every) == 1, next(iter(every))

    def written(self, say: Writer[E], yes_no: bool) -> E:
        """The answers as one expression."""
        answers = self.answers
        unknown = answers.pop(None, [])
        if yes_no and not unknown and (not self.maybe or self.untold is None):
            return self.among(say, answers.get(True, []), answers.get(False, []))
        order = sorted(answers, key=lambda value: len(answers[value]))
        out: E | None = None
        told = not self.maybe or self.untold is not None  # then what is left over has a code
        if order and told and not unknown:
            out = say.const(self._as(order.pop(), yes_no))
        for value in reversed(order):
            out = say.choice(self.among(say, answers[value]), say.const(self._as(value, yes_no)), out)
        if self.maybe and self.untold is not None:
            out = say.choice(say.missing(self.leaf), say.const(self._as(self.untold, yes_no)), out)
        return say.nothing(yes_no) if out is None else out

    @staticmethod
    def _as(value: Value, yes_no: bool) -> int | bool:
        return bool(value) if yes_no else int(value or 0)

    def among(self, say: Writer[E], stretches: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]] = ()) -> E:
        """Whether the code lies in one of some stretches; null where the leaf is."""
        if others and len(others) < len(stretches):
            return say.negation(self.among(say, others))
        high = self.low + len(self.values) - 1
        out: E | None = None
        for first, last in stretches:
            part = self._within(say, first, last, high)
            out = part if out is None else say.infix("or", out, part)
        return say.infix("lt", self.leaf, say.code(self.low)) if out is None else out  # no code: false, and null for null

    def _within(self, say: Writer[E], first: int, last: int, high: int) -> E:
        if first == last:
            return say.infix("eq", self.leaf, say.code(first))
        below, above = say.infix("le", self.leaf, say.code(last)), say.infix("le", say.code(first), self.leaf)
        if first == self.low:
            return below
        return above if last == high else say.infix("and", above, below)


def identity(name: str, leaf: E, low: int, high: int, *, maybe: bool) -> Table[E] | None:
    """The table of a leaf itself; none if it has too many values."""
    if not 0 < high - low < FEW_CODES:
        return None
    return Table(name, leaf, low, maybe, tuple(range(low, high + 1)))


def common(tables: Sequence[Table[E] | None], fixed: Sequence[bool]) -> Table[E] | None:
    """The leaf on which some operands turn alone, if there is one; what is the same in every row turns on nothing."""
    found = {table.name: table for table, same in zip(tables, fixed, strict=True) if table is not None and not same}
    every = all(same or table is not None for table, same in zip(tables, fixed, strict=True))
    return next(iter(found.values())) if len(found) == 1 and every else None
