"""Which column tells what: arguments of a calculator, facts, quantities given outright, parameters supplied row by row."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import cast

from attrs import evolve, field, frozen

from povertyrules.core.errors import UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.money import yuan
from povertyrules.core.plan import Plan, Quantity, needs
from povertyrules.core.ranges import Range
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term, interning, leaf, make, walk
from povertyrules.nodes import GIVEN_AS, UNREAD

AREAS = ("m2", "mu")
MOST_SUPPLIED = yuan(1_000_000)
"""What a parameter can be at most where a column supplies it: amounts of a rule, not of a budget."""
MOST_NUMBER = 100_000
HUNDREDTHS = (Sort.MONEY, Sort.AREA)


@frozen(eq=False)
class Wiring:
    """A plan, in which the parameters that columns supply are names like others, and what was told of it."""

    plan: Plan
    given: frozenset[str] = frozenset()
    facts: Mapping[str, Fact] = field(factory=dict)
    """The declaration of what each name told can be."""
    scales: Mapping[str, int] = field(factory=dict)
    """How many of the library's whole numbers there are in one of a rate's per cent."""


def parameters(plan: Plan, targets: Iterable[str]) -> dict[str, tuple[Term, int]]:
    """The parameters behind some quantities, by path, with how far from them they stand."""
    out: dict[str, tuple[Term, int]] = {}
    front, seen, far = list(targets), set[str](), 0
    while front:
        behind: list[str] = []
        for name in front:
            if name in seen or name not in plan.quantities:
                continue
            seen.add(name)
            for node in walk(plan.quantities[name].term):
                if node.op in ("param", "unstated") and isinstance(node.info, Leaf):
                    out.setdefault(node.info.path, (node, far))
            behind += sorted(needs(plan.quantities[name].term))
        front, far = behind, far + 1
    return out


@functools.lru_cache(maxsize=16)
def _behind(plan: Plan, targets: tuple[str, ...]) -> tuple[Mapping[str, tuple[Term, int]], frozenset[str]]:
    """The parameters and the names that stand behind some quantities."""
    return parameters(plan, targets), frozenset(plan.order(targets, set()))


def found_name(plan: Plan, targets: tuple[str, ...], told: Mapping[str, str], keyword: str) -> str:
    """What a keyword means: an argument, a fact, a quantity, a parameter by its path, or by the end of its name.

    The end of a name means the parameter or quantity nearest to the result, if only one is nearest.
    """
    if keyword in told:
        return told[keyword]
    held, behind = _behind(plan, targets)
    if keyword in held or keyword in behind:
        return keyword
    near: dict[int, list[str]] = {}
    for name, (_, far) in held.items():
        if re.sub(r"\[[^\]]*\]", "", name).rsplit(".", 1)[-1] == keyword:
            near.setdefault(far, []).append(name)
    for far, names in enumerate(_rings(plan, targets)):
        near.setdefault(far, []).extend(n for n in names if n.endswith(f"_{keyword}") and n not in targets)
    for _, names in sorted(near.items()):
        if len(names) == 1:
            return names[0]
        if names:
            raise UnknownName(keyword, keyword, f"it can mean several: write {' or '.join(sorted(names))}")
    if (keyword in plan.facts and plan.facts[keyword].sort not in UNREAD) or keyword in plan.quantities:
        return keyword  # told, though nothing turns on it
    raise UnknownName.among("column", keyword, [*told, *plan.facts, *(n for n in plan.quantities if "__" not in n), *held])


def _rings(plan: Plan, targets: tuple[str, ...]) -> list[list[str]]:
    """The quantities behind some targets: those that they read, those that these read, and so on."""
    out, front, seen = list[list[str]](), list(targets), set(targets)
    while front:
        behind = sorted({n for name in front if name in plan.quantities for n in needs(plan.quantities[name].term)} - seen)
        front = [n for n in behind if n in plan.quantities]
        seen |= set(behind)
        out.append([n for n in front if "__" not in n])
    return out


def wire(plan: Plan, targets: tuple[str, ...], names: Iterable[str]) -> Wiring:
    """The plan for what is told under some names, each a fact, a quantity or the path of a parameter."""
    wanted = tuple(names)
    paths = [name for name in wanted if name not in plan.facts and name not in plan.quantities]
    held = parameters(plan, targets) if paths else {}
    facts: dict[str, Fact] = {}
    scales: dict[str, int] = {}
    for name in wanted:
        if name in plan.facts:
            facts[name] = plan.facts[name]
        elif name in plan.quantities:
            facts[name] = quantity_fact(plan, name)
        else:
            facts[name], scales[name] = parameter_fact(name, cast(Leaf, held[name][0].info))
    if paths:
        plan = supplied(plan, {path: Range(*facts[path].codes) for path in paths}, targets, frozenset(wanted))
    return Wiring(plan, frozenset(n for n in wanted if n in plan.quantities), facts, scales)


def quantity_fact(plan: Plan, name: str) -> Fact:
    """What a quantity can be that is given outright, as a declaration."""
    quantity, found = plan.quantities[name], plan.ranges[name]
    kinds = quantity.rule.kinds if quantity.rule else None
    sort = Sort.CATEGORY if kinds else GIVEN_AS.get(quantity.sort, Sort.COUNT)
    zh, en, unit = (quantity.rule.zh, quantity.rule.en, quantity.rule.per) if quantity.rule else (name, name, "")
    return Fact(
        name=name, zh=zh, en=en, sort=sort, unit=unit, least=found.low, most=found.high, kinds=kinds, entity=quantity.entity
    )


def parameter_fact(path: str, info: Leaf) -> tuple[Fact, int]:
    """What a parameter can be that a column supplies, as a declaration, and the scale of a rate."""
    unit = info.source.unit
    fact = Fact(name=path, zh=path, en=path, sort=Sort.COUNT, unit=unit, least=0, most=MOST_NUMBER)
    if path.endswith((".from", ".to")):
        raise UnknownName(path, path, "the ends of bands and brackets cannot be supplied row by row: use policy.reform")
    if unit.startswith("yuan"):
        return evolve(fact, sort=Sort.MONEY, most=MOST_SUPPLIED), 1
    if unit in AREAS:
        return evolve(fact, sort=Sort.AREA, most=MOST_SUPPLIED), 1
    if info.shown.endswith("%") or unit == "percent":
        per = info.most or 100
        return evolve(fact, most=per), max(per // 100, 1)
    return fact, 1


def supplied(plan: Plan, ranges: Mapping[str, Range], targets: tuple[str, ...], given: frozenset[str]) -> Plan:
    """The plan with some parameters as names; the ranges of what is made with them are to be found again."""
    out = object.__new__(Plan)
    out.world, out.facts, out.ranges, out.graded = plan.world, plan.facts, {**plan.ranges, **ranges}, {}
    out.quantities, changed = dict(plan.quantities), set(ranges)
    root = next(iter(plan.world.entities))
    with interning():
        for name in plan.order(targets, set()):
            if name in plan.quantities:
                quantity = plan.quantities[name]
                out.quantities[name] = evolve(quantity, term=_with_leaves(quantity.term, frozenset(ranges)))
                if name not in given and needs(out.quantities[name].term) & changed:
                    changed.add(name)
                    out.ranges.pop(name, None)
        for path in ranges:
            out.quantities[path] = Quantity(path, root, make("unstated", value=path), None, None)
    return out


def _with_leaves(term: Term, paths: frozenset[str]) -> Term:
    memo: dict[int, Term] = {}
    for node in walk(term):
        if node.op in ("param", "unstated") and isinstance(node.info, Leaf) and node.info.path in paths:
            memo[id(node)] = leaf("quantity", node.info.path, yes_no=node.yes_no)
        else:
            memo[id(node)] = make(node.op, tuple(memo[id(a)] for a in node.args), node.value, node.info, yes_no=node.yes_no)
    return memo[id(term)]


def scale_of(fact: Fact, unit: str, scale: int = 1) -> int:
    """How many of the library's whole numbers there are in one of a column's."""
    return 100 if fact.sort in HUNDREDTHS and unit == "yuan" else scale
