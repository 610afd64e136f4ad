"""Random cases for any policy: facts from their declared ranges and from both sides of every parameter, some of them unknown."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from povertyrules.core.facts import EARLIEST, Fact, Sort
from povertyrules.core.plan import Plan
from povertyrules.core.terms import walk
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node


def parameters(plan: Plan) -> set[int]:
    """Every figure that the rules of a plan compare or compute with."""
    nodes = (node for quantity in plan.quantities.values() for node in walk(quantity.term))
    return {int(node.value) for node in nodes if node.op in {"param", "const"}}  # type: ignore[call-overload]


class Drawing:
    """Draws root entities for a policy."""

    def __init__(self, policy: Policy, seed: int, *, unknown: float = 0.15) -> None:
        self.policy, self.unknown, self.random = policy, unknown, random.Random(seed)
        plan = policy.plan
        self.read = plan.inputs(plan.quantities, set()) & plan.facts.keys()
        self.edges = sorted(parameters(plan))
        self.years = [n for n in self.edges if 0 < n < 130]

    def root(self) -> object:
        """A root entity with all that hangs below it."""
        on = self.day(self.policy.on)
        return self.one(next(iter(self.policy.world.entities)), on)

    def roots(self, many: int) -> list[object]:
        """Some root entities."""
        return [self.root() for _ in range(many)]

    def one(self, entity: str, on: datetime.date) -> object:
        """An entity."""
        shape = self.policy.world.entities[entity]
        values: dict[str, object] = {}
        for name, fact in shape.facts.items():
            if name == "on":
                values[name] = on
            elif name in self.read and self.random.random() >= self.unknown:
                values[name] = self.value(fact, on)
        for name, (below, most) in shape.children.items():
            if self.random.random() >= self.unknown / 3:
                many = max(self.policy.world.least(entity, name), self.random.choice([0, 1, 2, min(most, 4)]))
                values[name] = [self.one(below, on) for _ in range(many)]
        return shape.cls(**values)

    def value(self, fact: Fact, on: datetime.date) -> object:
        """A value of a fact: near a parameter, at an end of its range, or anywhere in it."""
        pick = self.random
        match fact.sort:
            case Sort.YES_NO:
                return pick.random() < 0.5
            case Sort.CATEGORY if fact.kinds:
                return pick.choice(list(fact.kinds))
            case Sort.DATE:
                return max(EARLIEST, min(on, self.day(on - relativedelta(years=pick.choice([0, *self.years])))))
        low, high = fact.codes
        near = [n + d for n in self.edges for d in (-1, 0, 1) if low <= n + d <= high]
        ends = [low, low + 1, high - 1, high]
        return pick.choice([pick.choice(near or ends), pick.choice(ends), pick.randint(low, high), pick.randint(low, high)])

    def day(self, about: datetime.date) -> datetime.date:
        """A day at or near another."""
        return about + datetime.timedelta(days=self.random.choice([-1, 0, 0, 1]))


def computed(policy: Policy, roots: list[object]) -> list[Node]:
    """The roots as nodes, every quantity computed by the compiled functions."""
    program, out = policy.program(tuple(policy.plan.quantities)), []
    for one in roots:
        node = policy.builder.tree(one)
        program.run(node)
        out.append(node)
    return out


def nodes(policy: Policy, roots: list[Node]) -> Iterator[Node]:
    """Every node of some trees."""
    for root in roots:
        yield from policy.builder.below(root)
