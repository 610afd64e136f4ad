"""z3 gives what the compiled functions give; where facts are unknown it proves the figure for every value that they can have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import z3
from emitters.variants import POLICIES, seed_of
from emitters.z3_emitter import Symbols
from fictional.drawing import Drawing, computed

from povertyrules.core.facts import Sort
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node

CASES = 2


def shape_of(policy: Policy, node: Node) -> dict:
    """How many there are in each list of a node that was told, and so on below."""
    children = policy.world.entities[node["#"]].children
    return {field: [shape_of(policy, one) for one in node[field]] for field in children if node[field] is not None}


def pairs(node: Node, symbols: Symbols) -> Iterator[tuple[Node, Symbols]]:
    """The nodes of a case beside their symbols."""
    yield node, symbols
    for field, below in symbols.below.items():
        for one, symbol in zip(node[field], below, strict=True):
            yield from pairs(one, symbol)


def told(node: Node, symbols: Symbols) -> list[tuple[z3.ExprRef, z3.ExprRef]]:
    """What is known of a node's facts, as replacements of its symbols; an unknown one stays a symbol."""
    out = []
    for name, fact in symbols.plan.world.entities[node["#"]].facts.items():
        if fact.sort in (Sort.TEXT, Sort.IDENTITY):
            continue
        value, known = symbols.found[name]
        out.append((known, z3.BoolVal(node[name] is not None)))
        if node[name] is not None:
            out.append((value, z3.BoolVal(node[name]) if fact.sort is Sort.YES_NO else z3.IntVal(node[name])))
    return out


def ranges(symbols: Symbols) -> list[z3.BoolRef]:
    """The declared ranges of a node's facts."""
    facts = symbols.plan.world.entities[symbols.entity].facts
    numbers = [(symbols.found[n][0], f.codes) for n, f in facts.items() if f.sort not in (Sort.TEXT, Sort.IDENTITY, Sort.YES_NO)]
    return [z3.And(low <= value, value <= high) for value, (low, high) in numbers]


@pytest.mark.parametrize(("name", "policy"), POLICIES, ids=[name for name, _ in POLICIES])
def test_z3_equals_the_compiled_functions(name: str, policy: Policy) -> None:
    for root in computed(policy, Drawing(policy, seed_of(name), unknown=0.1).roots(CASES)):
        symbols = Symbols(policy.plan, shape_of(policy, root), root["#"])
        symbols.run(policy.plan.quantities)
        both = list(pairs(root, symbols))
        facts = [pair for node, symbol in both for pair in told(node, symbol)]
        inside = [one for _, symbol in both for one in ranges(symbol)]
        for node, symbol in both:
            for quantity in (q for q in policy.plan.quantities.values() if q.entity == node["#"]):
                value, known = (z3.simplify(z3.substitute(part, *facts)) for part in symbol.found[quantity.name])
                agrees(quantity.name, value, known, node[quantity.name], inside)


def agrees(name: str, value: z3.ExprRef, known: z3.BoolRef, expected: int | None, inside: list[z3.BoolRef]) -> None:
    """Known exactly where the function knows it, and then that value, whatever the unknown facts are."""
    claim = z3.simplify(z3.Not(known) if expected is None else z3.And(known, value == expected))
    if z3.is_true(claim):
        return
    solver = z3.Solver()
    solver.add(inside, z3.Not(claim))
    assert solver.check() == z3.unsat, f"{name}: {expected}, not for {solver.model()}"
