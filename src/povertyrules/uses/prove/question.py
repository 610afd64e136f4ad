"""A claim made ready: which quantities it speaks of, on which facts they rest, and what those can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from attrs import evolve, field, frozen

from povertyrules.core.errors import InputError, UnknownName
from povertyrules.core.facts import Sort
from povertyrules.core.plan import Stage
from povertyrules.core.terms import TRUE, Term, interning, known, walk
from povertyrules.uses.prove.view import HERE, Point, View, encoded_value, leaves, needed, traced

if TYPE_CHECKING:
    from povertyrules.policy import Policy

Staged = tuple[tuple[Stage, ...], dict[str, Term]]
Claim = Callable[[View], object]
_READ: WeakKeyDictionary[Policy, dict[tuple[tuple[str, str], ...], Policy]] = WeakKeyDictionary()
"""By policy, what it is under other readings."""


@frozen
class Domain:
    """What a fact can be: one of some values, or a number in a range."""

    low: int
    high: int
    values: tuple[int, ...] = ()
    yes_no: bool = False
    day: bool = False
    latest: int | None = None
    """For a date that cannot lie after the day of the case: that day."""


@frozen(eq=False)
class Question:
    """A claim about a policy, traced; `given` are facts and quantities with a value, `free` quantities without one."""

    policy: Policy
    claim: Claim
    condition: Claim | None
    term: Term
    where: Term
    points: tuple[Point, ...]
    """The points at which the claim looks at the case, in the order in which it names them."""
    given: Mapping[str, int | bool]
    free: frozenset[str]
    line: tuple[str, ...]
    """The entities from the top to the lowest that the claim speaks of."""
    staged: dict[Point, Staged] = field(factory=dict, init=False)

    @classmethod
    def of(
        cls,
        policy: Policy,
        claim: Claim,
        condition: Claim | None,
        given: Mapping[str, object],
        free: Iterable[str],
    ) -> Question:
        """Trace a claim and find what it rests on."""
        with interning():
            term, seen = traced(claim, policy)
            where, more = traced(condition, policy) if condition else (TRUE, ())
        told = {name: encoded_value(policy, name, value) for name, value in given.items()}
        touched = {name for node in leaves(term, where) for name in _point(node).touched}
        names = {str(node.value) for node in leaves(term, where)} | touched | told.keys()
        apart = {n for n in (*touched, *told, *free) if n in policy.plan.quantities}
        for name in free:
            if name not in policy.plan.quantities:
                raise UnknownName.among("free", name, policy.plan.quantities)
        line = _line(policy, names)
        points = tuple(dict.fromkeys((*seen, *more))) or (HERE,)
        made = cls(policy, claim, condition, term, where, points, told, frozenset(apart), line)
        return made._with_totals_free()

    def _with_totals_free(self) -> Question:
        """Totals over the lists of the topmost entity are taken as they come: nobody said who else is in the household."""
        out, world = self, self.policy.world
        while True:
            more, lowest = set[str](), out.line[-1]
            for listed, home, name in out._totals():
                below = world.entities[home].children[listed][0]
                if home == out.line[0]:
                    more.add(name)
                elif home == out.line[-1] and lowest in (home, below):
                    lowest = below
                elif below not in out.line:  # a second list of the lowest: one of the two is on the line
                    more.add(name)
            line = tuple(reversed(world.chain(lowest)))
            if not more and line == out.line:
                return out
            out = evolve(out, free=out.free | more, line=line)

    def _totals(self) -> Iterator[tuple[str, str, str]]:
        """The totals behind what is asked: the list, whose it is, and the quantity that has the total."""
        for point in self.points:
            plan = self.policy_at(point).plan
            for name in plan.order(self.targets(point), set(self.free)):
                if name in plan.quantities and name not in self.free:
                    for node in walk(plan.quantities[name].term):
                        if node.op in {"sum", "any"} and not node.args:
                            _, listed, home = cast("tuple[str, str, str]", node.value)
                            yield listed, home, name

    def targets(self, point: Point) -> tuple[str, ...]:
        """The quantities that the claim reads at a point."""
        found = (node for node in leaves(self.term, self.where) if _point(node) == point)
        return tuple(dict.fromkeys(str(node.value) for node in found if node.op == "quantity"))

    @cached_property
    def must_be_known(self) -> tuple[tuple[Point, str], ...]:
        """The quantities that have to be known, with their points."""
        return tuple(dict.fromkeys((_point(node), str(node.value)) for node in needed(self.term, self.where).values()))

    def policy_at(self, point: Point) -> Policy:
        """The policy under the readings of a point; made once for each policy."""
        made = _READ.setdefault(self.policy, {})
        found = self.policy
        for i, (name, choice) in enumerate(point.readings, 1):
            found = made[point.readings[:i]] = made.get(point.readings[:i]) or found.reading(name, choice)
        return found

    def stages_at(self, point: Point) -> Staged:
        """What is computed at a point, and when each quantity is known, all facts being told; worked out once."""
        made = self.staged.get(point)
        if made is None:
            plan, found = self.policy_at(point).plan, dict[str, Term]()
            sure, stages = {"*", *plan.facts, *self.free}, plan.stages(self.targets(point), set(self.free))
            for quantity in (one for stage in stages for one in stage.quantities):
                found[quantity.name] = known(quantity.term, frozenset(sure))
                sure |= {quantity.name} if found[quantity.name] is TRUE else set()
            made = self.staged[point] = stages, found
        return made

    @cached_property
    def shape(self) -> dict[str, Any]:
        """One of each entity on the line."""
        world, out = self.policy.world, dict[str, Any]()
        for name in reversed(self.line[1:]):
            parent = world.parents[name]
            out = {parent[1]: [out]} if parent else out
        return out

    @cached_property
    def inputs(self) -> dict[str, Domain]:
        """The facts, and the quantities given or free, that the claim rests on, each with what it can be."""
        names: dict[str, None] = {}
        for point in self.points:
            plan, free = self.policy_at(point).plan, set(self.free)
            names |= dict.fromkeys(sorted(plan.inputs(self.targets(point), free)))  # a set's order is another in each process
        names |= dict.fromkeys(str(n.value) for n in leaves(self.term, self.where) if n.op == "fact" or n.value in self.free)
        names |= dict.fromkeys(name for point in self.points for name, _ in point.moved)
        instead = set.intersection(*(dict(point.replaced).keys() - dict(point.moved).keys() for point in self.points))
        return {name: self._domain(name) for name in names if name not in instead}

    def _domain(self, name: str) -> Domain:
        """What a fact can be in the case: what is told, or anything that is declared."""
        on = self.policy.builder.on
        if name in self.given:
            value = self.given[name]
            return Domain(int(value), int(value), (int(value),), isinstance(value, bool))
        return Domain(on, on, (on,)) if name == "on" and name in self.policy.plan.facts else self.declared(name)

    def declared(self, name: str) -> Domain:
        """What a fact, or a quantity that is told outright, can be at all."""
        plan, on = self.policy.plan, self.policy.builder.on
        fact, (low, high) = plan.facts.get(name), plan.range_of(name).ends
        if fact is None:
            rule = plan.quantities[name].rule
            kinds = tuple(kind.value for kind in rule.kinds) if rule and rule.kinds else ()
            return Domain(low, high, kinds, plan.quantities[name].sort == "yes/no", plan.quantities[name].sort == "date")
        if fact.sort is Sort.YES_NO:
            return Domain(0, 1, (0, 1), True)
        kinds = tuple(kind.value for kind in fact.kinds) if fact.kinds else ()
        latest = self.given.get("on", on) if fact.past else None
        return Domain(low, high, kinds, day=fact.sort is Sort.DATE, latest=latest)


def _point(node: Term) -> Point:
    return cast(Point, node.info)


def _line(policy: Policy, names: Iterable[str]) -> tuple[str, ...]:
    """The entities from the top to the lowest of those that some names belong to."""
    homes = {policy.builder.homes[name] for name in names}
    try:
        lowest = policy.world.deepest(homes or {next(iter(policy.world.entities))})
    except LookupError as error:
        raise InputError("claim", ", ".join(sorted(names)), f"allowed: quantities of one line of entities; {error}") from None
    return tuple(reversed(policy.world.chain(lowest)))
