"""The extents of the quantities of a case: what is known is a point, what is not is worked out from the facts that are open."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from attrs import evolve

from povertyrules.core.plan import Plan, Quantity
from povertyrules.core.terms import Term, walk
from povertyrules.uses.bound.steps import (
    FACT,
    FALSE,
    OPEN,
    UNSTATED,
    WORDS,
    Extent,
    Mover,
    add,
    exactly,
    of_figure,
    or_,
)
from povertyrules.uses.compute import Node, up
from povertyrules.uses.shorter import shorter


class Extents:
    """Worked out on demand, each once, for some domains of the open facts.

    `loose` names quantities whose wording leaves them open. `known` holds each node as it was computed with every open fact
    unknown: what is there is the same in every completion.
    """

    def __init__(self, plan: Plan, loose: AbstractSet[str], known: Mapping[int, Node], domains: Mapping[Mover, Extent]) -> None:
        self.plan, self.loose, self.known, self.domains = plan, loose, known, domains
        self.done: dict[Mover, Extent] = {}
        self.turned: list[tuple[Node, Term, Extent]] = []
        """Comparisons that are open, where, and what they came to."""

    def of(self, node: Node, name: str) -> Extent:
        """A fact or a quantity of a node, or of one above it."""
        node = up(self.plan.holder(name), node)
        at = id(node), name
        found = self.domains.get(at) or self.done.get(at)
        if found is None:
            found = self.done[at] = held(self.known[id(node)], name) or self._work(node, name)
        return found

    def _work(self, node: Node, name: str) -> Extent:
        if name in self.plan.facts:
            low, high = self.plan.facts[name].codes
            return Extent(low, high)
        quantity = self.plan.quantities[name]
        found = self.term(node, _short(quantity))
        proven = self.plan.ranges.get(name)
        if proven is not None and not found.unstated and name not in self.loose:
            found = evolve(found, low=max(found.low, proven.low), high=min(found.high, proven.high))
        if not found.steps or quantity.sort == "yes/no" or not (found.rises or found.falls):
            return found
        low, high = found.steps[FACT]
        if not found.rises:
            return evolve(found, steps={**found.steps, FACT: (low, min(high, 0))})
        return evolve(found, steps={**found.steps, FACT: (max(low, 0), high), (id(node), name): (1, 1)})

    def term(self, node: Node, term: Term) -> Extent:
        """A term at a node."""
        found: list[Extent] = []
        for part, places in _in_order(term):
            made = self._one(node, part, [found[place] for place in places])
            if made.steps and part.op in TURNING:
                self.turned.append((node, part, made))
            found.append(made)
        return found[-1]

    def _one(self, node: Node, part: Term, args: list[Extent]) -> Extent:
        match part.op:
            case "const":
                return exactly(cast(int, part.value))
            case "param":
                return of_figure(part)
            case "unstated":
                return UNSTATED
            case "fact" | "quantity":
                return self.of(node, str(part.value))
            case "sum" | "any":
                return self._total(node, part)
            case "reading":
                return args[0]
            case _:
                return WORDS[part.op](*args)

    def _total(self, node: Node, part: Term) -> Extent:
        name, listed, home = cast("tuple[str, str, str]", part.value)
        rows = up(home, node)[listed]
        if rows is None:
            return UNSTATED
        out = FALSE
        for row in rows:
            out = add(out, self.of(row, name)) if part.op == "sum" else or_(out, self.of(row, name))
        return out


TURNING = frozenset({"lt", "le", "eq"})


@functools.lru_cache(maxsize=8192)
def _in_order(term: Term) -> tuple[tuple[Term, tuple[int, ...]], ...]:
    """The nodes of a term, arguments first, each with the places of its arguments."""
    places: dict[int, int] = {}
    out = []
    for place, node in enumerate(walk(term)):
        places[id(node)] = place
        out.append((node, tuple(places[id(arg)] for arg in node.args)))
    return tuple(out)


@functools.lru_cache(maxsize=4096)
def _short(quantity: Quantity) -> Term:
    """The term of a quantity; written shorter, it shows what only rises."""
    return shorter(quantity.term)


def held(node: Node, name: str) -> Extent | None:
    """What a computed node holds of a name, its ends if its wording is loose; nothing if it is unknown."""
    value = node.get(name)
    if value is None:
        return None
    if f"{name}<" not in node:
        return exactly(value)
    low, high = node[f"{name}<"], node[f"{name}>"]
    return Extent(-OPEN if low is None else int(low), OPEN if high is None else int(high))
