"""The low/high twin: the same terms over pairs (least, most), where only loose parameters make a pair wider than a point.

None is an open end. Facts are points here, so a pair is as narrow as the rule is written: a loose figure that enters
twice with opposite signs would widen it, and rules are written so that it does not.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from povertyrules.core.emit import Emitter
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term
from povertyrules.core.words import Rounding

Pair = tuple[Any, Any]


@frozen(eq=False, repr=False, slots=False)
class Piece:
    """An expression, and whether it is a pair."""

    text: str
    pair: bool


def add(a: Pair, b: Pair) -> Pair:
    """The sum of two pairs."""
    return _up(a[0], b[0]), _up(a[1], b[1])


def sub(a: Pair, b: Pair) -> Pair:
    """The difference."""
    return add(a, (None if b[1] is None else -b[1], None if b[0] is None else -b[0]))


def _up(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def mul(a: Pair, b: Pair) -> Pair:
    """The product; an open end times nothing is nothing."""
    ends = [_times(x, y) for x in _open(a) for y in _open(b)]
    return _closed(min(ends)), _closed(max(ends))


def div(a: Pair, b: Pair) -> Pair:
    """The quotient by a divisor of one or more."""
    low, high = _open(a)
    ends = [_over(x, y) for x in (low, high) for y in _open(b)]
    return _closed(min(ends)), _closed(max(ends))


def half_up(a: Pair, b: Pair) -> Pair:
    """The quotient by a divisor of one or more, to the nearest whole number, a half up."""
    ends = [_over(add_twice(x, y), _times(y, (0, 2))) for x in _open(a) for y in _open(b)]
    return _closed(min(ends)), _closed(max(ends))


def add_twice(x: Extended, y: Extended) -> Extended:
    """Twice a number and its divisor."""
    return (x[0], 0) if x[0] else (0, 2 * x[1] + y[1])


Extended = tuple[int, int]
"""A number, or infinity: sign first (-1, 0 or 1), so that tuples compare as the numbers do."""


def _open(pair: Pair) -> tuple[Extended, Extended]:
    low, high = pair
    return (-1, 0) if low is None else (0, int(low)), (1, 0) if high is None else (0, int(high))


def _closed(end: Extended) -> int | None:
    return end[1] if end[0] == 0 else None


def _times(x: Extended, y: Extended) -> Extended:
    if x[0] == y[0] == 0:
        return 0, x[1] * y[1]
    signs = [end[0] or (end[1] > 0) - (end[1] < 0) for end in (x, y)]
    return signs[0] * signs[1], 0


def _over(x: Extended, y: Extended) -> Extended:
    if y[0]:
        return 0, -1 if x < (0, 0) else 0
    return (x[0], 0) if x[0] else (0, x[1] // y[1])


def lt(a: Pair, b: Pair) -> Pair:
    """Certainly less; possibly less."""
    sure = a[1] is not None and b[0] is not None and a[1] < b[0]
    return sure, a[0] is None or b[1] is None or a[0] < b[1]


def le(a: Pair, b: Pair) -> Pair:
    """Certainly not above; possibly not above."""
    sure, maybe = lt(b, a)
    return not maybe, not sure


def eq(a: Pair, b: Pair) -> Pair:
    """Certainly equal; possibly equal."""
    return a[0] == a[1] == b[0] == b[1] and a[0] is not None, le(a, b)[1] and le(b, a)[1]


def and_(a: Pair, b: Pair) -> Pair:
    """Certainly both; possibly both."""
    return a[0] and b[0], a[1] and b[1]


def or_(a: Pair, b: Pair) -> Pair:
    """Certainly one; possibly one."""
    return a[0] or b[0], a[1] or b[1]


def not_(a: Pair) -> Pair:
    """Certainly not; possibly not."""
    return not a[1], not a[0]


def where(cond: Pair, a: Pair, b: Pair) -> Pair:
    """The branch taken, or both if that is open."""
    if cond[0] == cond[1]:
        return a if cond[0] else b
    low = None if a[0] is None or b[0] is None else min(a[0], b[0])
    return low, None if a[1] is None or b[1] is None else max(a[1], b[1])


def least(a: Pair, b: Pair) -> Pair:
    """The smaller: an open upper end yields to a closed one."""
    low = None if a[0] is None or b[0] is None else min(a[0], b[0])
    return low, min((x for x in (a[1], b[1]) if x is not None), default=None)


def greatest(a: Pair, b: Pair) -> Pair:
    """The greater: an open lower end yields to a closed one."""
    low = max((x for x in (a[0], b[0]) if x is not None), default=None)
    return low, None if a[1] is None or b[1] is None else max(a[1], b[1])


def of(v: dict[str, Any], name: str) -> Pair:
    """The ends of a quantity that another stage computed."""
    return v.get(f"{name}<", v[name]), v.get(f"{name}>", v[name])


def total_ends(rows: list[dict[str, Any]] | None, name: str) -> Pair:
    """The sum of the ends over a lower entity."""
    out: Pair = (0, 0)
    for row in rows or ():
        out = add(out, of(row, name))
    return out


def any_ends(rows: list[dict[str, Any]] | None, name: str) -> Pair:
    """Whether one of a lower entity certainly, and possibly, holds."""
    pairs = [of(row, name) for row in rows or ()]
    return any(p[0] for p in pairs), any(p[1] for p in pairs)


def read(how: str, name: str) -> str:
    """How the twin reads a loose name, from how the function reads its figure."""
    if how.startswith(("total_of", "any_known")):
        return how.replace("total_of", "total_ends").replace("any_known", "any_ends")
    return f"of({how[: how.rindex('[')]}, {name!r})"


OPS = {f.__name__: f for f in (add, sub, mul, div, lt, le, eq, and_, or_, not_, where, least, greatest)}
NAMES = {**OPS, "half_up": half_up, "of": of, "total_ends": total_ends, "any_ends": any_ends}


class EndsEmitter(Emitter[Piece]):
    """Emit points as plain expressions, and whatever rests on a loose parameter as pairs."""

    def __init__(self, loose: set[str], plain: Emitter[str]) -> None:
        super().__init__()
        self.loose, self.lines, self.plain = loose, list[str](), plain

    def node(self, node: Term, args: list[Piece]) -> Piece:
        """One node: a pair if one of its arguments is."""
        if node.op == "param" and isinstance(node.info, Leaf) and node.info.loose:
            return Piece(repr(node.info.bounds(int(node.value))), True)  # type: ignore[call-overload]
        if isinstance(node.info, Rounding) and node.info.mode == "half_up" and any(a.pair for a in args):
            doubled, divisor = node.args[0].args[0], self.done[id(node.args[0].args[1])]
            number = self.done[id(doubled.args[1])] if doubled.op == "mul" else Piece(f"{doubled.value} // 2", False)
            return self.call("half_up", number, divisor)  # not from its parts: the divisor stands in both of them
        return super().node(node, args)

    def const(self, value: int) -> Piece:
        """A literal."""
        return Piece(repr(value), False)

    def leaf(self, name: str) -> Piece:
        """A local variable."""
        return Piece(name, name in self.loose)

    def __getattr__(self, name: str) -> Any:
        word = name if name in OPS else name.rstrip("_")
        if word not in OPS:
            raise AttributeError(name)

        def built(*args: Piece) -> Piece:
            if any(a.pair for a in args):
                return self.call(word, *args)
            point = getattr(self.plain, f"{word.rstrip('_')}_")
            return Piece(point(*(a.text for a in args)), False)

        return built

    def call(self, word: str, *args: Piece) -> Piece:
        """A call on pairs, held in a local variable."""
        pairs = ", ".join(a.text if a.pair else f"({a.text}, {a.text})" for a in args)
        held = f"t{len(self.lines)}"
        self.lines.append(f"{held} = {word}({pairs})")
        return Piece(held, True)
