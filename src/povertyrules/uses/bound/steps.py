"""What a term can be where some facts are not points: its ends, and by how much it can change as one of them rises by one.

If a term never falls (or never rises) as a fact rises by one, whatever the others are, then its least and its most lie at the
ends of that fact. That is proven here, term by term, and never guessed: a step that is not known is taken to be any.

What is left of a bill is the bill less a share of it: seen apart, both may rise by one, and nothing follows for what is left. So
a quantity that never falls as the fact rises counts as a mover of its own, and what turns on the fact by way of it alone has a
step by it too. A term that rises with such a mover rises with the fact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term

OPEN = 10**40
"""Stands for an open end; what is added to it, or divided from it, still lies far beyond any figure."""
FAR = 10**25
"""From here on an end counts as open: figures of rules stay below 2^53."""
STILL = (0, 0)
ANY = (-OPEN, OPEN)
Step = tuple[int, int]
Mover = tuple[int, str]
"""A name at a node, by the node's identity."""
FACT: Mover = (0, "")
"""The fact that rises by one."""


@frozen(eq=False)
class Extent:
    """The ends of a term, and its steps by the fact and by other movers; of a truth 0 and 1, and any step that may turn it.

    Without a step by the fact it does not turn on it; with one, and none by another mover, it does so by other ways too.
    """

    low: int
    high: int
    steps: Mapping[Mover, Step] = field(factory=dict)
    unstated: bool = False
    """Whether it may be that the text does not say."""

    @property
    def point(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def rises(self) -> bool:
        """Whether it never falls as the fact rises."""
        return not self.steps or any(low >= 0 for low, _ in self.steps.values())

    @property
    def falls(self) -> bool:
        """Whether it never rises as the fact rises."""
        return not self.steps or any(high <= 0 for _, high in self.steps.values())

    def over(self, other: Extent) -> Extent:
        """What covers both, one of which it is throughout."""
        steps = _each(self, other, lambda a, b: (min(a[0], b[0]), max(a[1], b[1])))
        return Extent(min(self.low, other.low), max(self.high, other.high), steps, self.unstated or other.unstated)


UNSTATED = Extent(0, OPEN, {}, True)
TRUE, FALSE = Extent(1, 1), Extent(0, 0)


def exactly(value: int) -> Extent:
    """A number or a truth that is known."""
    return Extent(int(value), int(value))


def of_figure(node: Term) -> Extent:
    """A parameter: as its wording leaves it."""
    value = int(node.value)  # type: ignore[call-overload]
    if isinstance(node.info, Leaf) and node.info.loose:
        low, high = node.info.bounds(value)
        return Extent(-OPEN if low is None else low, OPEN if high is None else high)
    return exactly(value)


def _movers(*parts: Extent) -> list[Mover]:
    """By what all of some parts move: the fact, and movers by which each one moves that moves at all."""
    moving = [part.steps for part in parts if part.steps]
    return [mover for mover in moving[0] if all(mover in steps for steps in moving)] if moving else []


def _each(a: Extent, b: Extent, make: Callable[[Step, Step], Step]) -> dict[Mover, Step]:
    return _moved({mover: make(a.steps.get(mover, STILL), b.steps.get(mover, STILL)) for mover in _movers(a, b)})


def _moved(steps: dict[Mover, Step]) -> dict[Mover, Step]:
    """The steps, or none: what stays as it is by one of its movers stays as it is."""
    return {} if STILL in steps.values() else steps


def add(a: Extent, b: Extent) -> Extent:
    """The sum."""
    return Extent(a.low + b.low, a.high + b.high, _each(a, b, lambda x, y: (x[0] + y[0], x[1] + y[1])), a.unstated or b.unstated)


def sub(a: Extent, b: Extent) -> Extent:
    """The difference."""
    return Extent(a.low - b.high, a.high - b.low, _each(a, b, lambda x, y: (x[0] - y[1], x[1] - y[0])), a.unstated or b.unstated)


def _product(a: Step, b: Step) -> Step:
    ends = [x * y for x in a for y in b]
    return min(ends), max(ends)


def mul(a: Extent, b: Extent) -> Extent:
    """The product: as both move, so does it, by the one's step times the other, either way round."""
    low, high = _product((a.low, a.high), (b.low, b.high))

    def step(x: Step, y: Step) -> Step:
        first, second = _product(x, (b.low + min(y[0], 0), b.high + max(y[1], 0))), _product((a.low, a.high), y)
        return first[0] + second[0], first[1] + second[1]

    return Extent(low, high, _each(a, b, step), a.unstated or b.unstated)


def div(a: Extent, b: Extent) -> Extent:
    """The quotient by a divisor of one or more, rounded down: a step of it is its operand's, rounded outwards."""
    ends = [x // y for x in (a.low, a.high) for y in (max(b.low, 1), b.high)]

    def step(x: Step, y: Step) -> Step:
        if y != STILL:
            return min(ends) - max(ends), max(ends) - min(ends)
        divisors = (max(b.low, 1), b.high)
        return min(x[0] // d for d in divisors), max(-(-x[1] // d) for d in divisors)

    return Extent(min(ends), max(ends), _each(a, b, step), a.unstated or b.unstated)


def _turned(a: Extent, b: Extent) -> dict[Mover, Step]:
    """What can turn a comparison: whatever moves one side against the other."""
    apart = _each(a, b, lambda x, y: (x[0] - y[1], x[1] - y[0]))
    return dict.fromkeys(apart, (-1, 1))


def lt(a: Extent, b: Extent) -> Extent:
    """Less."""
    if a.high < b.low and not (a.unstated or b.unstated):
        return TRUE
    if b.high <= a.low and not (a.unstated or b.unstated):
        return FALSE
    return Extent(0, 1, _turned(a, b), a.unstated or b.unstated)


def le(a: Extent, b: Extent) -> Extent:
    """Not above."""
    return not_(lt(b, a))


def eq(a: Extent, b: Extent) -> Extent:
    """Equal."""
    if a.unstated or b.unstated or not (a.high < b.low or b.high < a.low or (a.point and b.point)):
        return Extent(0, 1, _turned(a, b), a.unstated or b.unstated)
    return TRUE if a.point and b.point and a.low == b.low else FALSE


def not_(a: Extent) -> Extent:
    """Negation."""
    return Extent(1 - a.high, 1 - a.low, a.steps, a.unstated)


def and_(a: Extent, b: Extent) -> Extent:
    """Both: one that certainly fails decides it."""
    for one, other in ((a, b), (b, a)):
        if one.point and not one.unstated:
            return other if one.low else FALSE
    return Extent(
        min(a.low, b.low), min(a.high, b.high), dict.fromkeys({**a.steps, **b.steps}, (-1, 1)), a.unstated or b.unstated
    )


def or_(a: Extent, b: Extent) -> Extent:
    """One of both."""
    return not_(and_(not_(a), not_(b)))


def where(cond: Extent, a: Extent, b: Extent) -> Extent:
    """The branch taken; where the condition is open, both, and a step that turns the condition leads from one to the other."""
    if cond.point and not cond.unstated:
        return a if cond.low else b
    whole = a.over(b)
    jump = (min(b.low - a.high, a.low - b.high), max(b.high - a.low, a.high - b.low))
    steps = dict[Mover, Step]()
    for mover in _movers(cond, a, b):
        step = tuple(part.steps.get(mover, STILL) for part in (a, b))
        low, high = min(one[0] for one in step), max(one[1] for one in step)
        steps[mover] = (min(low, jump[0]), max(high, jump[1])) if cond.steps else (low, high)
    return Extent(whole.low, whole.high, _moved(steps), whole.unstated or cond.unstated)


def least(a: Extent, b: Extent) -> Extent:
    """The smaller."""
    if not (a.unstated or b.unstated) and (a.high <= b.low or b.high <= a.low):
        return a if a.high <= b.low else b
    steps = _each(a, b, lambda x, y: (min(x[0], y[0]), max(x[1], y[1])))
    return Extent(min(a.low, b.low), min(a.high, b.high), steps, a.unstated or b.unstated)


def greatest(a: Extent, b: Extent) -> Extent:
    """The greater."""
    if not (a.unstated or b.unstated) and (a.high <= b.low or b.high <= a.low):
        return b if a.high <= b.low else a
    steps = _each(a, b, lambda x, y: (min(x[0], y[0]), max(x[1], y[1])))
    return Extent(max(a.low, b.low), max(a.high, b.high), steps, a.unstated or b.unstated)


WORDS: Mapping[str, Callable[..., Extent]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "lt": lt,
    "le": le,
    "eq": eq,
    "not": not_,
    "and": and_,
    "or": or_,
    "where": where,
    "least": least,
    "greatest": greatest,
}
