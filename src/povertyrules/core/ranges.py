"""The range of every term, from the declared ranges of the facts: no intermediate may reach 2^53.

Some engines divide integers in double precision, which is exact only below 2^53; a rule that could pass it is refused when
it is traced, and not when it goes wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from povertyrules.core.entity import World
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
    def placeholder(self) -> int:
        """A value inside the range that stands for an unknown one: 0 if it can."""
        return min(max(0, self.low), self.high)


def range_of(term: Term, leaves: Mapping[str, Range], world: World, where: str) -> Range:
    """The range of a term; `RuleError` where a part of it could reach 2^53."""
    found: dict[int, Range] = {}
    for node in walk(term):
        out = _range(node, [found[id(a)] for a in node.args], leaves, world)
        if max(-out.low, out.high) >= LIMIT:
            raise RuleError(
                f"{where}: {node.op} can reach {max(-out.low, out.high):,}, "
                "and an exact number stays below 2^53: narrow the facts' ranges"
            )
        found[id(node)] = out
    return found[id(term)]


def _range(node: Term, args: list[Range], leaves: Mapping[str, Range], world: World) -> Range:
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
            ends = [a * b for a in (args[0].low, args[0].high) for b in (args[1].low, args[1].high)]
            return Range(min(ends), max(ends))
        case "div":
            if args[1].low < 1:
                raise RuleError(f"a divisor can be {args[1].low}: it must be 1 or more for every fact")
            ends = [a // b for a in (args[0].low, args[0].high) for b in (args[1].low, args[1].high)]
            return Range(min(ends), max(ends))
        case "least":
            return Range(min(a.low for a in args), min(a.high for a in args))
        case "greatest":
            return Range(max(a.low for a in args), max(a.high for a in args))
        case "where":
            return Range(min(a.low for a in args[1:]), max(a.high for a in args[1:]))
        case "reading":
            return Range(min(a.low for a in args), max(a.high for a in args))
        case "sum":
            most = max(p[2] for p in world.parents.values() if p)
            return Range(min(0, args[0].low * most), max(0, args[0].high * most))
        case _:
            return Range(0, 1)
