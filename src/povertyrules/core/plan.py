"""The plan wires rules by name: who supplies which quantity, in what order, at which entity."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import evolve, frozen

from povertyrules.core.citation import Section
from povertyrules.core.entity import World
from povertyrules.core.errors import NoAnswer, RuleError, UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.ranges import Range, check_divisors, range_of
from povertyrules.core.rule import Rule, rules_of, trace
from povertyrules.core.terms import Term, choose, interning, is_loose, leaf, make, walk
from povertyrules.core.words import member

RESERVED = re.compile(r"v|[bt][0-9]+|k_.*|total_of|any_known|.*__[0-9]+")
GIVEN = 1_000_000_000
"""Any money quantity may be given outright up to this, in fen."""


@frozen(eq=False, repr=False, slots=False)
class Quantity:
    """A quantity with its term; `rule` is None for a summand that the plan made."""

    name: str
    entity: str
    term: Term
    section: Section | None
    rule: Rule | None

    @property
    def sort(self) -> str:
        """money, area, date, number or yes/no."""
        return self.rule.sort if self.rule else ("yes/no" if self.term.yes_no else "number")


@frozen(eq=False, repr=False, slots=False)
class Stage:
    """Quantities of one entity that can be computed one after the other."""

    entity: str
    quantities: tuple[Quantity, ...]


class Plan:
    """All rules of the sections in force, traced and wired, under chosen readings."""

    def __init__(self, world: World, quantities: Mapping[str, Quantity]) -> None:
        self.world, self.quantities = world, dict(quantities)
        self.facts: Mapping[str, Fact] = world.facts
        self.ranges: dict[str, Range] = {}
        self.graded: dict[int, bool] = {}
        """By term: whether anything below it could make a figure less than stated; filled in by those who ask."""
        self._measure()

    @classmethod
    def wire(cls, world: World, sections: Iterable[Section], declared: Mapping[str, tuple[Rule, NoAnswer]]) -> Plan:
        """Trace the rules of the sections.

        `declared` holds, for each quantity that some known model supplies, its rule, and why it is absent if no section
        supplies it: it then stands in the plan as something unstated, which a caller can still give outright.
        """
        facts = world.facts
        suppliers: dict[str, tuple[Section, Rule]] = {}
        for section in sections:
            for name, found in rules_of(type(section.model)).items():
                if name in suppliers:
                    other = suppliers[name][0].path
                    raise RuleError(f"{name} has two suppliers: {other} and {section.path}")
                if RESERVED.fullmatch(name):
                    kept = "v, b or t with a number, and names that begin with k_"
                    raise RuleError(f"{name}: compiled rules keep {kept} for themselves")
                if name in facts:
                    raise RuleError(f"{name} is a fact and cannot be a quantity too ({section.path})")
                suppliers[name] = (section, found)
        quantities = {}
        sorts = {name: found.sort for name, (found, _) in declared.items()} | {n: r.sort for n, (_, r) in suppliers.items()}
        with interning():
            for name, (found, why) in declared.items():
                nothing = make("unstated", value=name, info=why, yes_no=found.sort == "yes/no")
                quantities[name] = Quantity(name, found.entity, nothing, None, found)
            for name, (section, found) in suppliers.items():
                terms = {a: _argument(a, world, sorts, f"{section.path}.{name}") for a in found.arguments}
                quantities[name] = Quantity(name, found.entity, trace(section, found, terms), section, found)
        return cls(world, quantities)

    def _measure(self) -> None:
        """Find the range of every quantity, and refuse what could be too large, or divide by nothing."""
        facts = {name: Range(*fact.codes) for name, fact in self.facts.items()}
        proven = dict(facts)
        for name in self.order(self.quantities, set()):
            if name not in self.quantities:
                continue
            quantity = self.quantities[name]
            proven[name] = check_divisors(quantity.term, proven, self._counts, name)
            found = range_of(quantity.term, facts | self.ranges, self._counts, name)
            if quantity.rule:
                found = found.within(quantity.rule.least, quantity.rule.most)
            if quantity.sort == "money":  # room for a caller who gives the quantity outright
                found = found.over(Range(0, GIVEN))
            self.ranges[name] = found

    def _counts(self, inner: Term) -> tuple[int, int]:
        """How many of an entity there can be in one of the entity above it."""
        parent = self.world.parents[self.entity_of(inner)]
        if parent is None:
            raise RuleError(f"{self.entity_of(inner)} is the top, there is nothing above to total for")
        return self.world.least(parent[0], parent[1]), parent[2]

    def range_of(self, name: str) -> Range:
        """The range of a fact or a quantity."""
        return self.ranges[name] if name in self.ranges else Range(*self.facts[name].codes)

    def holder(self, name: str) -> str:
        """The entity that has a fact or a quantity."""
        return self.facts[name].entity if name in self.facts else self.quantities[name].entity

    def order(self, targets: Iterable[str], given: set[str]) -> list[str]:
        """The names that the targets need, those that are needed first first; what is given is not looked behind."""
        graph: dict[str, list[str]] = {}
        queue = list(targets)
        while queue:
            name = queue.pop()
            if name not in graph:
                # in the order of their names: sets of texts have another order in each process
                behind = [] if name in given or name not in self.quantities else sorted(needs(self.quantities[name].term))
                graph[name] = behind
                queue.extend(behind)
        try:
            return list(graphlib.TopologicalSorter(graph).static_order())
        except graphlib.CycleError as error:
            raise RuleError(f"rules need each other in a circle: {' → '.join(error.args[1])}") from None

    def under(self, choices: Mapping[str, str]) -> Plan:
        """The plan with its readings resolved and its sums over lower entities set apart as quantities."""
        out = object.__new__(Plan)
        out.world, out.facts, out.ranges, out.graded = self.world, self.facts, dict(self.ranges), {}
        out.quantities = dict(self.quantities)  # a total may read a quantity that is resolved after it
        with interning():
            for quantity in self.quantities.values():
                out._resolve(quantity, choices)
            for quantity in out.quantities.values():
                out._check_level(quantity)
            loose = out.loose()
            for name, quantity in out.quantities.items():
                out.quantities[name] = evolve(quantity, term=_marked(quantity.term, loose))
        return out

    def loose(self) -> set[str]:
        """The quantities whose ends can lie apart, since a parameter behind them is loosely worded."""
        out: set[str] = set()
        for name in self.order(self.quantities, set()):
            if name in self.quantities:
                term = self.quantities[name].term
                if is_loose(term) or needs(term) & out:
                    out.add(name)
        return out

    def _resolve(self, quantity: Quantity, choices: Mapping[str, str]) -> None:
        memo: dict[int, Term] = {}
        sums = 0
        for node in walk(quantity.term):
            if node.op == "reading":
                chosen = memo[id(choose(node, choices))]
                name = node.value[0]  # type: ignore[index]
                new = make("reading", (chosen,), (name, choices[name]), yes_no=node.yes_no)
            elif node.op in {"sum", "any"}:
                inner = memo[id(node.args[0])]
                below = self.entity_of(inner)
                parent = self.world.parents[below]
                if parent is None or below == quantity.entity:
                    above = parent[0] if parent else "household"
                    reason = f"a {quantity.entity} cannot total its own like: let a rule of the {above} do it"
                    raise RuleError(f"{quantity.name}: {reason}")
                sums += 1
                name = f"{quantity.name}__{sums}"
                self.quantities[name] = Quantity(name, below, inner, quantity.section, None)
                new = make(node.op, (), (name, parent[1], parent[0]), yes_no=node.yes_no)
            else:
                args = tuple(memo[id(a)] for a in node.args)
                new = make(node.op, args, node.value, node.info, yes_no=node.yes_no)
            memo[id(node)] = new
        self.quantities[quantity.name] = evolve(quantity, term=memo[id(quantity.term)])

    def _check_level(self, quantity: Quantity) -> None:
        lowest = self.entity_of(quantity.term)
        if lowest not in self.world.chain(quantity.entity):
            reason = f"it belongs to a {quantity.entity} and reads a {lowest}: total, count or any_of brings it up"
            raise RuleError(f"{quantity.name}: {reason}")

    def entity_of(self, term: Term) -> str:
        """The entity at which a term can be computed: the lowest of its leaves', a total one above what it totals."""
        found: dict[int, set[str]] = {}
        for node in walk(term):
            inner = set().union(*(found[id(a)] for a in node.args))
            if node.op in {"sum", "any"} and node.args:
                parent = self.world.parents[self._lowest(inner)]
                inner = {parent[0]} if parent else inner
            found[id(node)] = inner | {self.home(node)} - {""}
        return self._lowest(found[id(term)])

    def _lowest(self, entities: set[str]) -> str:
        try:
            return self.world.deepest(entities) if entities else next(iter(self.world.entities))
        except LookupError as error:
            raise RuleError(str(error)) from None

    def home(self, node: Term) -> str:
        """The entity of a leaf, or nothing."""
        match node.op:
            case "fact":
                return self.facts[str(node.value)].entity
            case "quantity":
                return self.quantities[str(node.value)].entity
            case "sum" | "any" if not node.args:
                return str(node.value[2])  # type: ignore[index]
            case "const" if isinstance(node.info, tuple):
                return str(node.info[1])
            case _:
                return ""

    def stages(self, targets: Iterable[str], given: set[str]) -> tuple[Stage, ...]:
        """What to compute, in stages of one entity each."""
        level: dict[str, int] = {}
        rows: dict[tuple[int, str], list[Quantity]] = {}
        for name in self.order(targets, given):
            if name in given or name not in self.quantities:
                continue
            quantity = self.quantities[name]
            behind = [(level[n], self.quantities[n].entity) for n in needs(quantity.term) if n in level]
            level[name] = max((at + (entity != quantity.entity) for at, entity in behind), default=0)
            rows.setdefault((level[name], quantity.entity), []).append(quantity)
        return tuple(Stage(entity, tuple(rows[at, entity])) for at, entity in sorted(rows))

    @cached_property
    def read(self) -> frozenset[str]:
        """The facts that some rule reads."""
        return frozenset(self.inputs(self.quantities, set()))

    def inputs(self, targets: Iterable[str], given: set[str]) -> set[str]:
        """The facts (and given quantities) that the targets need."""
        return {n for n in self.order(targets, given) if n in self.facts or n in given}


def needs(term: Term) -> set[str]:
    """The names behind a term: facts, quantities, and the summands of resolved sums."""
    out = {str(node.value) for node in walk(term) if node.op in {"fact", "quantity"}}
    return out | {str(node.value[0]) for node in walk(term) if node.op in {"sum", "any"} and not node.args}  # type: ignore[index]


def _marked(term: Term, loose: set[str]) -> Term:
    """The term with the names of loose quantities marked, so that whoever sees one leaf knows."""
    if not needs(term) & loose:
        return term
    memo: dict[int, Term] = {}
    for node in walk(term):
        name = node.value if node.op == "quantity" else node.value[0] if node.op in {"sum", "any"} else None  # type: ignore[index]
        args = tuple(memo[id(a)] for a in node.args)
        memo[id(node)] = make(node.op, args, node.value, "loose" if name in loose else node.info, yes_no=node.yes_no)
    return memo[id(term)]


def _argument(name: str, world: World, sorts: Mapping[str, str], where: str) -> Term:
    """The leaf behind an argument of a rule: a fact, a quantity, or the existence of a lower entity."""
    if name in world.facts:
        return leaf("fact", name, yes_no=world.facts[name].sort is Sort.YES_NO)
    if name in sorts:
        return leaf("quantity", name, yes_no=sorts[name] == "yes/no")
    for entity in world.entities.values():
        if name in entity.children:
            return member(entity.children[name][0])
    raise RuleError(str(UnknownName.among(f"argument of {where}", name, [*world.facts, *sorts])))
