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
    ends = [(x, y) for x in a for y in b]
    known = [x * y for x, y in ends if x is not None and y is not None]
    free = any((x is None and y) or (y is None and x) or (x is None and y is None) for x, y in ends)
    return min([*known, 0] if free else known), None if free else max(known)


def div(a: Pair, b: Pair) -> Pair:
    """The quotient by a divisor that is a point."""
    return tuple(None if x is None else x // b[0] for x in a)  # type: ignore[return-value]


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
NAMES = {**OPS, "of": of, "total_ends": total_ends, "any_ends": any_ends}


class EndsEmitter(Emitter[Piece]):
    """Emit points as plain expressions, and whatever rests on a loose parameter as pairs."""

    def __init__(self, loose: set[str]) -> None:
        super().__init__()
        self.loose, self.lines = loose, list[str]()

    def node(self, node: Term, args: list[Piece]) -> Piece:
        """One node: a pair if one of its arguments is."""
        if node.op == "param" and isinstance(node.info, Leaf) and node.info.loose:
            return Piece(repr(node.info.bounds(int(node.value))), True)  # type: ignore[call-overload]
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

        def call(*args: Piece) -> Piece:
            pair = any(a.pair for a in args)
            pairs = ", ".join(a.text if a.pair else f"({a.text}, {a.text})" for a in args)
            name = f"t{len(self.lines)}"
            self.lines.append(f"{name} = {word}({pairs})" + ("" if pair else "[0]"))
            return Piece(name, pair)

        return call
