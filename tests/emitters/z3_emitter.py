"""Terms as z3 terms: over integers and booleans without bounds, and beside each value whether it is known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

import z3

from povertyrules.core.emit import Emitter
from povertyrules.core.facts import Sort
from povertyrules.core.plan import Plan
from povertyrules.core.terms import Term, known, walk

WORDS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "lt": operator.lt,
         "le": operator.le, "eq": operator.eq, "and": z3.And, "or": z3.Or, "not": z3.Not, "where": z3.If,
         "least": lambda a, b: z3.If(a <= b, a, b), "greatest": lambda a, b: z3.If(a <= b, b, a)}  # fmt: skip
Known = tuple[z3.ExprRef, z3.BoolRef]
"""A value, and whether it is known."""


class Z3Emitter(Emitter[z3.ExprRef]):
    """Emits at one node of a case; between integers, z3's division rounds down for a divisor above 0."""

    def __init__(self, at: Callable[[str], Known]) -> None:
        super().__init__()
        self.at = at

    def const(self, value: int) -> z3.ExprRef:
        return z3.BoolVal(value) if isinstance(value, bool) else z3.IntVal(value)

    def leaf(self, name: str) -> z3.ExprRef:
        return self.at(name)[0]

    def told(self, name: str) -> z3.ExprRef:
        return self.at(name)[1]

    def __getattr__(self, name: str) -> Callable[..., z3.ExprRef]:
        return WORDS[name.removesuffix("_")]


class Symbols:
    """A node of a case: a symbol for each fact, a term for each quantity; `below` has the same for each list that is told."""

    def __init__(self, plan: Plan, shape: dict, entity: str, above: Symbols | None = None, path: str = "") -> None:
        self.plan, self.entity, self.above, self.found = plan, entity, above, dict[str, Known]()
        self.emitter = Z3Emitter(self.at)
        for name, fact in plan.world.entities[entity].facts.items():
            sort = z3.Bool if fact.sort is Sort.YES_NO else z3.Int
            self.found[name] = sort(f"{path}{name}"), z3.Bool(f"{path}{name}?")
        children = plan.world.entities[entity].children
        self.below = {f: [Symbols(plan, one, children[f][0], self, f"{path}{f}{i}.") for i, one in enumerate(s)]
                      for f, s in shape.items()}  # fmt: skip

    def all(self) -> Iterable[Symbols]:
        """This node and all below it."""
        return [self, *(node for nodes in self.below.values() for one in nodes for node in one.all())]

    def at(self, name: str) -> Known:
        """A fact, a quantity or a total of this node or of the nearest above that has it."""
        return self.found[name] if name in self.found or self.above is None else self.above.at(name)

    def run(self, targets: Iterable[str]) -> None:
        """Add the terms of the targets, stage by stage, and to the parents the totals of what is below them."""
        for stage in self.plan.stages(targets, set()):
            for quantity in stage.quantities:
                sure = known(quantity.term)
                for node in (one for one in self.all() if one.entity == stage.entity):
                    node.totals(quantity.term)
                    node.found[quantity.name] = node.emitter.emit(quantity.term), node.emitter.emit(sure)

    def totals(self, term: Term) -> None:
        """Find the totals that a term stands on."""
        for node in walk(term):
            if node.op in {"sum", "any"}:
                name, field, home = node.value
                owner = self
                while owner.entity != home:
                    owner = owner.above
                rows, told = [one.found[name] for one in owner.below.get(field, ())], field in owner.below
                sure = z3.And(told, *(r[1] for r in rows))
                if node.op == "sum":
                    owner.found[name] = z3.Sum([z3.IntVal(0), *(r[0] for r in rows)]), sure
                else:
                    holds = z3.Or(*(z3.And(*r) for r in rows))
                    owner.found[name] = holds, z3.Or(sure, holds)
