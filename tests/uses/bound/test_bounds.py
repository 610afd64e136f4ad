"""Bounds hold every completion of the facts, and are reached where they say so."""

from __future__ import annotations

import datetime
import itertools
import random

import pytest
from fictional.drawing import Drawing
from uses.bound.whole import places, told

import povertyrules as pr
from povertyrules.core.facts import Fact, Sort

POLICIES = {day: pr.policy("zaozhuang-hitech", on=day) for day in ("2017-06-30", "2018-06-30")}
Ends = tuple[int, int | None]


def results(policy: pr.Policy, home: pr.Household) -> tuple[list[Ends], dict[str, Ends]]:
    """What a told household is due: each entitlement of each, in the order of bounds, and the totals; by the engine alone."""
    program, found, totals = policy.program(policy.entitlements), list[Ends](), dict[str, Ends]()
    root = policy.engine.tree(home)
    program.run(root)
    program.twin(root)
    for node in policy.engine.builder.below(root):
        for name in program.targets:
            rule = policy.plan.quantities[name].rule
            if rule.entity != node["#"]:
                continue
            value = node[name]
            ends = (0, None) if value is None else (int(node.get(f"{name}<", value) or 0), node.get(f"{name}>", value))
            found.append(ends)
            if rule.counts and rule.sort == "money":
                low, high = totals.get(rule.per, (0, 0))
                totals[rule.per] = low + ends[0], None if high is None or ends[1] is None else high + ends[1]
    return found, totals


def inside(ends: Ends, of: Ends) -> bool:
    return of[0] <= ends[0] and (of[1] is None or (ends[1] is not None and ends[1] <= of[1]))


def over(a: Ends, b: Ends) -> Ends:
    return min(a[0], b[0]), None if a[1] is None or b[1] is None else max(a[1], b[1])


def tried(fact: Fact, draw: Drawing, on: datetime.date, own: object) -> list[object]:
    """Values of a fact: all there are, if they are few."""
    if fact.sort is Sort.YES_NO:
        return [False, True]
    if fact.kinds is not None:
        return [int(kind) for kind in fact.kinds]
    return [own, *(draw.value(fact, on) for _ in range(4))]


def opened(seed: int, most: int) -> tuple[pr.Policy, pr.Household, pr.Household, dict[str, Fact]]:
    """A household, the same with a few facts that rules read left out, and which these are."""
    draw = random.Random(seed)
    policy = POLICIES[draw.choice(list(POLICIES))]
    whole = next(home for home in iter(Drawing(policy, seed, unknown=0).root, None) if home.persons)
    read = policy.plan.inputs(policy.entitlements, set())
    there = [(path, fact) for path, fact in places(whole) if fact.name in read]
    left = dict(draw.sample(there, min(len(there), draw.randint(1, most))))
    home = whole
    for path in left:
        home = told(home, path, None)
    return policy, whole, home, left


def own_value(one: object, path: str) -> object:
    for part in path.split("."):
        name, _, place = part.partition("[")
        one = getattr(one, name)
        one = one[int(place[:-1])] if place else one
    return one


@pytest.mark.parametrize("hundred", range(10))
def test_every_completion_lies_inside_and_tight_ends_are_reached(hundred: int) -> None:
    wide = 0
    for seed in range(hundred * 100, hundred * 100 + 100):
        policy, whole, home, left = opened(seed, 4)
        bounds, draw = policy.bounds(home), Drawing(policy, seed)
        ways = [tried(fact, draw, whole.on, own_value(whole, path)) for path, fact in left.items()]
        few = all(fact.sort is Sort.YES_NO or fact.kinds is not None for fact in left.values())
        grid = list(itertools.product(*ways))
        if len(grid) > 150 and not few:
            grid = draw.random.sample(grid, 150)
        hull: list[Ends] | None = None
        sums: dict[str, Ends] = {}
        for values in grid:
            full = whole
            for path, value in zip(left, values, strict=True):
                full = told(full, path, value)
            found, totals = results(policy, full)
            hull = found if hull is None else [over(a, b) for a, b in zip(hull, found, strict=True)]
            sums = {per: over(sums.get(per, ends), ends) for per, ends in totals.items()}
        of = [(line.least, line.most) for line in bounds.lines]
        out = [(line, ends) for line, ends in zip(bounds.lines, hull, strict=True) if not inside(ends, (line.least, line.most))]
        assert not out, (seed, left, out)
        assert all(
            inside(ends, (bounds.totals[per].least, bounds.totals[per].most))
            for per, ends in sums.items()
            if per in bounds.totals
        )
        if few:  # then every completion was tried, and the bounds can be no wider
            assert [(e, t) for e, t, line in zip(of, hull, bounds.lines, strict=True) if e != t and line.tight] == [], (
                seed,
                left,
            )
            assert all((one.least, one.most) == sums[per] for per, one in bounds.totals.items() if one.tight), (seed, left)
        reached(policy, home, bounds)
        wide += sum(not line.tight for line in bounds.lines)
    assert wide <= 100 * 5


def reached(policy: pr.Policy, home: pr.Household, bounds: pr.Bounds) -> None:
    """Each tight end is what some completion gives, computed anew from a household that tells it."""
    for place, line in enumerate(bounds.lines):
        if line.decided or not line.tight:
            continue
        for end, which in ((line.least, 0), (line.most, 1)):
            facts = bounds.witness(line, most=bool(which))
            full = home
            for path, value in facts.items():
                full = told(full, path, value)
            assert results(policy, full)[0][place][which] == end, (line, facts)
