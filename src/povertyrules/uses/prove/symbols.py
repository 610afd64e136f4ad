"""Terms as z3 terms: over integers and yes/no without bounds, and beside each value whether it is known.

What is constant stays a Python number and is folded, so that a case with most of its facts fixed is a small formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from povertyrules.core.emit import Emitter
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.plan import Plan, Stage
from povertyrules.core.terms import Term, known, walk
from povertyrules.uses.compute import WORKED, worked

try:
    import z3 as z3  # who imports it from here is told what to install
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError("proofs need z3: pip install 'povertyrules[proofs]'", name="z3") from missing

Expression = Any
"""A Python number or yes/no, or a term of z3."""
Shape = Mapping[str, Sequence[Mapping[str, Any]]]
"""For each list that is told, the shape of each entry."""


class Known(NamedTuple):
    """A value, and whether it is known."""

    value: Expression
    known: Expression


def constant(value: Expression) -> bool:
    """Whether a value is a plain number or yes/no."""
    return isinstance(value, int)


def both(*parts: Expression) -> Expression:
    """`and`, of what is not already decided."""
    if any(part is False for part in parts):
        return False
    left = [part for part in parts if part is not True]
    return z3.And(left) if len(left) > 1 else left[0] if left else True


def either(*parts: Expression) -> Expression:
    """`or`, of what is not already decided."""
    if any(part is True for part in parts):
        return True
    left = [part for part in parts if part is not False]
    return z3.Or(left) if len(left) > 1 else left[0] if left else False


def opposite(part: Expression) -> Expression:
    """`not`."""
    return not part if constant(part) else z3.Not(part)


def symbols_in(value: Expression) -> set[str]:
    """The names of the symbols in a term of z3."""
    out, seen, stack = set[str](), set[int](), [value]
    while stack:
        node = stack.pop()
        if node.get_id() not in seen:
            seen.add(node.get_id())
            stack.extend(node.children())
            if z3.is_const(node) and node.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                out.add(node.decl().name())
    return out


class Z3Emitter(Emitter[Expression]):
    """Emits at one node of a case.

    `quotients` takes what has to hold of the quotients: each is then a number of its own, b·q ≤ a < b·q + b, which is several
    times faster than the solver's own division. `crooked` has the unknown numbers of which products or quotients were met,
    which solvers find hard.
    """

    def __init__(self, at: Callable[[str], Known], quotients: list[Expression] | None = None) -> None:
        super().__init__()
        self.at, self.quotients, self.crooked = at, quotients, set[str]()

    def node(self, node: Term, args: list[Expression]) -> Expression:
        """One node, worked out if nothing in it is open."""
        if node.op in WORKED and all(map(constant, args)):
            # by a placeholder for what is unknown a rule may divide by nothing: the quotient is then unknown too
            return 0 if node.op == "div" and args[1] == 0 else worked(node.op, args)
        return super().node(node, args)

    def const(self, value: int) -> Expression:
        """A constant."""
        return value

    def leaf(self, name: str) -> Expression:
        """The value of a fact, a quantity or a total."""
        return self.at(name).value

    def told(self, name: str) -> Expression:
        """Whether it is known."""
        return self.at(name).known

    def add_(self, a: Expression, b: Expression) -> Expression:
        """A sum."""
        return b if constant(a) and a == 0 else a if constant(b) and b == 0 else a + b

    def sub_(self, a: Expression, b: Expression) -> Expression:
        """A difference."""
        return a if constant(b) and b == 0 else a - b

    def mul_(self, a: Expression, b: Expression) -> Expression:
        """A product."""
        if not (constant(a) or constant(b)):
            self.crooked |= symbols_in(a) | symbols_in(b)
        return 0 if any(constant(one) and one == 0 for one in (a, b)) else a * b

    def div_(self, a: Expression, b: Expression) -> Expression:
        """A quotient; between integers z3 rounds down for a divisor above 0."""
        if constant(b) and b == 1:
            return a
        if not constant(b) or self.quotients is None:
            self.crooked |= set() if constant(b) else symbols_in(b)
            return z3.IntVal(a) / b if constant(a) else a / b
        quotient = z3.FreshInt("quotient")
        self.quotients += [b * quotient <= a, a < b * quotient + b]
        return quotient

    def lt_(self, a: Expression, b: Expression) -> Expression:
        """Less."""
        return a < b

    def le_(self, a: Expression, b: Expression) -> Expression:
        """Less or equal."""
        return a <= b

    def eq_(self, a: Expression, b: Expression) -> Expression:
        """Equal."""
        return a == b

    def and_(self, a: Expression, b: Expression) -> Expression:
        """Both."""
        return both(a, b)

    def or_(self, a: Expression, b: Expression) -> Expression:
        """Either."""
        return either(a, b)

    def not_(self, a: Expression) -> Expression:
        """Not."""
        return opposite(a)

    def where_(self, cond: Expression, a: Expression, b: Expression) -> Expression:
        """One of two."""
        if constant(cond):
            return a if cond else b
        return a if a is b or (constant(a) and constant(b) and a == b) else z3.If(cond, a, b)

    def least_(self, a: Expression, b: Expression) -> Expression:
        """The smaller."""
        return z3.If(a <= b, a, b)

    def greatest_(self, a: Expression, b: Expression) -> Expression:
        """The greater."""
        return z3.If(a >= b, a, b)


def symbol(path: str, fact: Fact) -> Known:
    """A fact of which nothing is told, not even whether it is known."""
    kind = z3.Bool if fact.sort is Sort.YES_NO else z3.Int
    return Known(kind(f"{path}{fact.name}"), z3.Bool(f"{path}{fact.name}?"))


class Symbols:
    """A node of a case: a symbol for each fact, a term for each quantity; `below` has the same for each list that is told.

    `told` gives each fact from its path and its declaration; `given` holds quantities that are given outright.
    """

    def __init__(
        self,
        plan: Plan,
        shape: Shape,
        entity: str,
        *,
        told: Callable[[str, Fact], Known] = symbol,
        given: Mapping[str, Known] | None = None,
        quotients: list[Expression] | None = None,
        above: Symbols | None = None,
        path: str = "",
    ) -> None:
        self.plan, self.entity, self.above, self.given = plan, entity, above, given or {}
        self.emitter = Z3Emitter(self.at, quotients)
        shapes = plan.world.entities
        self.found: dict[str, Known] = {name: told(path, fact) for name, fact in shapes[entity].facts.items()}
        self.found |= {name: value for name, value in self.given.items() if plan.quantities[name].entity == entity}
        children = shapes[entity].children
        self.below: dict[str, list[Symbols]] = {}
        for field, entries in shape.items():
            lower = children[field][0]
            self.below[field] = [
                Symbols(plan, one, lower, told=told, given=given, quotients=quotients, above=self, path=f"{path}{field}{i}.")
                for i, one in enumerate(entries)
            ]

    def all(self) -> Iterable[Symbols]:
        """This node and all below it."""
        return [self, *(node for nodes in self.below.values() for one in nodes for node in one.all())]

    @property
    def crooked(self) -> set[str]:
        """The unknown numbers of which products or quotients were met."""
        return set().union(*(one.emitter.crooked for one in self.all()))

    def at(self, name: str) -> Known:
        """A fact, a quantity or a total of this node or of the nearest above that has it."""
        return self.found[name] if name in self.found or self.above is None else self.above.at(name)

    def run(self, targets: Iterable[str]) -> None:
        """Add the terms of the targets, and to the parents the totals of what is below them."""
        stages = self.plan.stages(targets, set(self.given))
        self.add(stages, {one.name: known(one.term) for stage in stages for one in stage.quantities})

    def add(self, stages: Iterable[Stage], sure: Mapping[str, Term]) -> None:
        """Add the terms of some quantities, stage by stage; `sure` says of each when it is known."""
        for stage in stages:
            for quantity in stage.quantities:
                certain = sure[quantity.name]
                for node in (one for one in self.all() if one.entity == stage.entity):
                    node.totals(quantity.term)
                    node.found[quantity.name] = Known(node.emitter.emit(quantity.term), node.emitter.emit(certain))

    def totals(self, term: Term) -> None:
        """Find the totals that a term stands on."""
        for node in walk(term):
            if node.op in {"sum", "any"}:
                name, field, home = cast("tuple[str, str, str]", node.value)
                owner = self
                while owner.entity != home and owner.above is not None:
                    owner = owner.above
                rows, told = [one.found[name] for one in owner.below.get(field, ())], field in owner.below
                sure = both(told, *(row.known for row in rows))
                if node.op == "sum":
                    owner.found[name] = Known(sum(row.value for row in rows), sure)
                else:
                    holds = either(*(both(row.value, row.known) for row in rows))
                    owner.found[name] = Known(holds, either(sure, holds))
