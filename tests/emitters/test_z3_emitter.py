"""z3 gives what the compiled functions give; where facts are unknown it proves the figure for every value that they can have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import z3
from emitters.variants import EACH, Variant, seed_of
from fictional.drawing import Drawing, computed

from povertyrules.core.facts import Fact, Sort
from povertyrules.nodes import UNREAD
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node
from povertyrules.uses.prove.symbols import Expression, Known, Symbols, both, opposite, symbol


def shape_of(policy: Policy, node: Node) -> dict:
    """How many there are in each list of a node that was told, and so on below."""
    children = policy.world.entities[node["#"]].children
    return {field: [shape_of(policy, one) for one in node[field]] for field in children if node[field] is not None}


def pairs(node: Node, symbols: Symbols) -> Iterator[tuple[Node, Symbols]]:
    """The nodes of a case beside their symbols."""
    yield node, symbols
    for field, below in symbols.below.items():
        for one, other in zip(node[field], below, strict=True):
            yield from pairs(one, other)


def told(node: Node, symbols: Symbols) -> list[tuple[z3.ExprRef, z3.ExprRef]]:
    """What is known of a node's facts, as replacements of its symbols; an unknown one stays a symbol."""
    out = []
    for name, fact in symbols.plan.world.entities[node["#"]].facts.items():
        if fact.sort in UNREAD:
            continue
        value, known = symbols.found[name]
        out.append((known, z3.BoolVal(node[name] is not None)))
        if node[name] is not None:
            out.append((value, z3.BoolVal(node[name]) if fact.sort is Sort.YES_NO else z3.IntVal(node[name])))
    return out


def ranges(symbols: Symbols) -> list[z3.BoolRef]:
    """The declared ranges of a node's facts."""
    facts = symbols.plan.world.entities[symbols.entity].facts
    numbers = [(symbols.found[n][0], f.codes) for n, f in facts.items() if f.sort not in (*UNREAD, Sort.YES_NO)]
    return [z3.And(low <= value, value <= high) for value, (low, high) in numbers]


@EACH
def test_z3_equals_the_compiled_functions(variant: Variant) -> None:
    compare(variant, variant.quantities(), 3)


@pytest.mark.long
@EACH
def test_z3_equals_the_compiled_functions_throughout(variant: Variant) -> None:
    compare(variant, list(variant.policy.plan.quantities), 4)


def compare(variant: Variant, quantities: list[str], cases: int) -> None:
    """Compare some quantities over random cases."""
    assert quantities, "the reading bears on nothing"
    policy = variant.policy
    for root in computed(policy, Drawing(policy, seed_of(variant.name), unknown=0.1).roots(cases)):
        symbols = Symbols(policy.plan, shape_of(policy, root), root["#"])
        symbols.run(quantities)
        held = list(pairs(root, symbols))
        here = [(node, found, n) for node, found in held for n in quantities if policy.plan.quantities[n].entity == node["#"]]
        claims = [claim(name, *found.found[name], node[name]) for node, found, name in here]
        holds(claims, [name for _, _, name in here], held)


def claim(name: str, value: Expression, known: Expression, expected: int | None) -> z3.BoolRef:
    """Known exactly where the function knows it, and then that value and of its sort."""
    yes_no = isinstance(value, bool) or z3.is_bool(value)
    assert expected is None or isinstance(expected, bool) == yes_no, f"{name}: {expected!r} is of another sort"
    found = opposite(known) if expected is None else both(known, value == expected)
    return z3.BoolVal(found) if isinstance(found, bool) else found


def holds(claims: list[z3.BoolRef], names: list[str], held: list[tuple[Node, Symbols]]) -> None:
    """Prove the claims for what was told, whatever the unknown facts are."""
    facts = [pair for node, symbols in held for pair in told(node, symbols)]
    left = z3.simplify(z3.substitute(z3.And(claims), *facts))
    if z3.is_true(left):
        return
    solver = z3.Solver()
    solver.add([one for _, symbols in held for one in ranges(symbols)], z3.Not(left))
    found = solver.check()
    if found == z3.unsat:
        return
    assert found == z3.sat, f"not decided: {left}"
    model = solver.model()
    truths = [z3.is_true(model.eval(z3.substitute(one, *facts), model_completion=True)) for one in claims]
    pytest.fail(f"{[name for name, truth in zip(names, truths, strict=True) if not truth]} differ where {model}")


@EACH
def test_what_is_told_folds_to_what_the_compiled_functions_give(variant: Variant) -> None:
    """With every fact told there is nothing left for a solver: the figures are plain numbers."""
    policy, quantities = variant.policy, variant.quantities()
    for root in computed(policy, Drawing(policy, seed_of(variant.name), unknown=0).roots(6)):
        nodes = dict(placed(root, "", policy))
        symbols = Symbols(policy.plan, shape_of(policy, root), root["#"], told=lambda path, fact: plain(nodes[path], fact))  # noqa: B023
        symbols.run(quantities)
        for node, found in pairs(root, symbols):
            for name in quantities:
                if policy.plan.quantities[name].entity == node["#"]:
                    value, known = found.found[name]
                    assert known is (node[name] is not None), name
                    assert not known or (type(value), value) == (type(node[name]), node[name]), name


def placed(node: Node, path: str, policy: Policy) -> Iterator[tuple[str, Node]]:
    """Every node by its path, as `Symbols` writes it."""
    yield path, node
    for field in policy.world.entities[node["#"]].children:
        for i, one in enumerate(node[field] or ()):
            yield from placed(one, f"{path}{field}{i}.", policy)


def plain(node: Node, fact: Fact) -> Known:
    """A fact as it was told."""
    if fact.sort in UNREAD:
        return symbol("", fact)
    return Known(node[fact.name] if node[fact.name] is not None else 0, node[fact.name] is not None)
