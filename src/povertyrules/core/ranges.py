"""The range of every term, from the declared ranges of the facts: no intermediate may reach 2^53.

Some engines divide integers in double precision, which is exact only below 2^53; a rule that could pass it is refused when
it is traced, and not when it goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from attrs import frozen

from povertyrules.core.errors import RuleError
from povertyrules.core.terms import Term, walk

LIMIT = 2**53


@frozen
class Range:
    """The least and the most that a term can be."""

    low: int
    high: int

    def within(self, least: int | None, most: int | None) -> Range:
        """The range cut to declared bounds."""
        low = self.low if least is None else max(self.low, least)
        high = self.high if most is None else min(self.high, most)
        return Range(low, max(low, high))

    def over(self, other: Range) -> Range:
        """The range that covers both."""
        return Range(min(self.low, other.low), max(self.high, other.high))

    @property
    def ends(self) -> tuple[int, int]:
        """Both ends."""
        return self.low, self.high

    @property
    def placeholder(self) -> int:
        """A value inside the range that stands for an unknown one: 0 if it can."""
        return min(max(0, self.low), self.high)


Counts = Callable[[Term], tuple[int, int]]
"""For what stands inside a total: the least and the most of its entity that there can be."""


def range_of(term: Term, leaves: Mapping[str, Range], counts: Counts, where: str) -> Range:
    """The range of a term; `RuleError` where a part of it could reach 2^53."""
    found: dict[int, Range] = {}
    for node in walk(term):
        out = range_at(node, [found[id(a)] for a in node.args], leaves, counts)
        if max(-out.low, out.high) >= LIMIT:
            raise RuleError(
                f"{where}: {node.op} can reach {max(-out.low, out.high):,}, "
                "and an exact number stays below 2^53: narrow the facts' ranges"
            )
        found[id(node)] = out
    return found[id(term)]


def check_divisors(term: Term, proven: Mapping[str, Range], counts: Counts, where: str) -> Range:
    """The range of a term from what is proven and not merely declared; `RuleError` where a divisor could be less than one."""
    found: dict[int, Range] = {}
    for node in walk(term):
        args = [found[id(a)] for a in node.args]
        if node.op == "div" and args[1].low < 1:
            names = sorted({str(n.value) for n in walk(node.args[1]) if n.op in {"fact", "quantity"}})
            said = f"it must be 1 or more for every fact, and not only be declared so ({', '.join(names)})"
            raise RuleError(f"{where}: a divisor can be {args[1].low}: {said}")
        found[id(node)] = range_at(node, args, proven, counts)
    return found[id(term)]


def range_at(node: Term, args: list[Range], leaves: Mapping[str, Range], counts: Counts) -> Range:
    """The range of one node, from those of its arguments."""
    match node.op:
        case "fact" | "quantity":
            return leaves[str(node.value)]
        case "const" | "param":
            return Range(int(node.value), int(node.value))  # type: ignore[call-overload]
        case "unstated" if not node.yes_no:
            return Range(0, 0)
        case "add":
            return Range(args[0].low + args[1].low, args[0].high + args[1].high)
        case "sub":
            return Range(args[0].low - args[1].high, args[0].high - args[1].low)
        case "mul":
            return _hull(a * b for a in args[0].ends for b in args[1].ends)
        case "div":
            return _hull(a // max(b, 1) for a in args[0].ends for b in args[1].ends)
        case "least":
            return Range(min(a.low for a in args), min(a.high for a in args))
        case "greatest":
            return Range(max(a.low for a in args), max(a.high for a in args))
        case "where" if node.args[0].op == "const":
            return args[1 if node.args[0].value else 2]
        case "where":
            return Range(min(a.low for a in args[1:]), max(a.high for a in args[1:]))
        case "reading":
            return Range(min(a.low for a in args), max(a.high for a in args))
        case "sum" if not node.args:  # resolved: a column of its own
            return leaves[str(cast("tuple[str, str, str]", node.value)[0])]
        case "sum":
            return _hull(end * count for end in args[0].ends for count in counts(node.args[0]))
        case _:
            return Range(0, 1)


def _hull(numbers: Iterable[int]) -> Range:
    found = list(numbers)
    return Range(min(found), max(found))
