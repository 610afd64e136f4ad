"""From facts to the tree of nodes that the compiled functions run on: checked, encoded, unknown where nothing was told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from povertyrules.conventions import whole_year
from povertyrules.core.citation import Titled
from povertyrules.core.entity import Entity, World
from povertyrules.core.errors import DateError, InputError, RangeError, SortError, UnknownName, hidden
from povertyrules.core.facts import Fact, Sort, encode_date
from povertyrules.core.plan import Plan
from povertyrules.uses.compute import Node

UNREAD = (Sort.TEXT, Sort.IDENTITY, Sort.KINDS)
GIVEN_AS = {"money": Sort.MONEY, "area": Sort.AREA, "date": Sort.DATE, "yes/no": Sort.YES_NO}
"""The sort of fact as which a quantity of a sort is given outright."""


class Line(NamedTuple):
    """Entities from the top down, and by given name: its entity, its fact if it is one, and whether it is a quantity."""

    entities: tuple[str, ...]
    steps: tuple[tuple[str, str, Fact | None, bool], ...]


class Placed(NamedTuple):
    """A node of a tree: its path, such as `persons[0]` (the root has none), which entry it is, and of what it was made."""

    path: str
    number: int
    node: Node
    entry: object

    def called(self, world: World) -> Titled:
        """Its name, or what it is and which; what looks like an identity number is masked."""
        if name := hidden(str(getattr(self.entry, "name", None) or "")):
            return Titled(name, name)
        shape, number = world.entities[self.node["#"]], self.number or ""
        return Titled(f"{shape.zh}{number}", f"{shape.en} {number}".strip())


def placed(world: World, node: Node, entry: object = None, path: str = "", number: int = 0) -> Iterator[Placed]:
    """A node and all below it, each above what hangs below it; `entry` is the entity that it was made of, if there is one."""
    yield Placed(path, number, node, entry)
    for field in world.entities[node["#"]].children:
        entries = getattr(entry, field, None) or ()
        for i, (child, one) in enumerate(zip_longest(node[field] or (), entries)):
            yield from placed(world, child, one, f"{path}.{field}[{i}]".lstrip("."), i + 1)


def told_apart(names: Iterable[Titled]) -> Iterator[Titled]:
    """Names in their order, the second of two alike with its number."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name.en] = times = seen.get(name.en, 0) + 1
        yield name if times == 1 else Titled(f"{name.zh} ({times})", f"{name.en} ({times})")


class Builder:
    """Builds the nodes of one policy: its plan and its day."""

    def __init__(self, plan: Plan, on: datetime.date) -> None:
        self.plan, self.world, self.on = plan, plan.world, encode_date(on)
        self.lists = {field: name for name, shape in self.world.entities.items() for field in shape.children}
        self.homes = {name: fact.entity for name, fact in plan.facts.items()}
        self.homes |= {name: quantity.entity for name, quantity in plan.quantities.items()} | self.lists
        self.blanks = {name: self._template(shape) for name, shape in self.world.entities.items()}
        self.fillable = {name: tuple(n for n, v in blank.items() if v is not None) for name, blank in self.blanks.items()}
        self.least = {
            field: self.world.least(shape.name, field) for shape in self.world.entities.values() for field in shape.children
        }
        shapes = self.world.entities.values()
        self.told = {s.name: [(n, f) for n, f in s.facts.items() if f.sort not in UNREAD] for s in shapes}
        self._given: dict[str, Fact] = {}

    def _template(self, shape: Entity) -> dict[str, int | None]:
        facts = {name: fact.blank for name, fact in shape.facts.items()}
        return {**facts, **dict.fromkeys(shape.children)}

    def blank(self, entity: str, above: Node | None) -> Node:
        """A node of which nothing was told."""
        return {"#": entity, "..": above, "~": (), **self.blanks[entity]}

    def line(self, targets: tuple[str, ...], names: tuple[str, ...]) -> Line:
        """The entities on whose line some targets and given names lie, and what is to be done with each name."""
        homes = {self.homes[name] for name in targets}
        for name in names:
            if name not in self.homes:
                raise UnknownName.among("fact", name, [n for n in self.homes if "__" not in n])
            homes.add(self.homes[name])
        lowest = self.world.deepest(homes or {next(iter(self.world.entities))})
        facts, quantities = self.plan.facts, self.plan.quantities
        steps = tuple((name, self.homes[name], facts.get(name), name in quantities) for name in names)
        return Line(tuple(reversed(self.world.chain(lowest))), steps)

    def flat(self, line: Line, facts: Mapping[str, object]) -> Node:
        """The lowest node of a line of entities, from facts (and given quantities) by name."""
        nodes: dict[str, Node] = {}
        lowest: Node | None = None
        for entity in line.entities:
            nodes[entity] = lowest = self.blank(entity, lowest)
        self.tell_day(nodes[line.entities[0]], facts.get("on"))
        for name, entity, fact, is_quantity in line.steps:
            value = facts[name]
            if is_quantity:
                node = nodes[entity]
                node[name] = self.given(name, value)
                node["given"] = {*node.get("given", ()), name}
            elif value is None:
                continue
            elif fact is not None:
                self.put(nodes[entity], fact, value)
            else:
                nodes[entity][name] = self.listed(value, name, nodes[entity])
        for node in nodes.values():
            self.mark_blanks(node)
        return node

    def tell_day(self, top: Node, on: object) -> None:
        """The day of the case: its own, or the policy's."""
        if on is None and "on" in top:
            top["on"] = self.on

    def mark_blanks(self, node: Node) -> None:
        """Keep under "~" the facts that count as nothing because nobody told them."""
        if names := self.fillable[node["#"]]:
            node["~"] = {name for name in names if name not in node["~"]}

    def put(self, node: Node, fact: Fact, value: object) -> None:
        """Tell a node a fact."""
        if value is None:
            return
        node[fact.name] = fact.checker(fact, value, fact.name)
        if fact.simple:
            return
        if fact.blank is not None:
            node["~"] = (*node["~"], fact.name)
        if fact.past and node[fact.name] > self.day_of(node):
            raise DateError(fact.name, str(value), "allowed: a date not after the day on which the case is looked at")

    def day_of(self, node: Node) -> int:
        """The day on which a node is looked at."""
        while node[".."] is not None:
            node = node[".."]
        found = node.get("on")
        return self.on if found is None else int(found)

    def given(self, name: str, value: object) -> int | str | None:
        """A quantity that is given outright, checked against its range."""
        fact = self._given.get(name)
        if fact is None:
            quantity, found = self.plan.quantities[name], self.plan.ranges[name]
            sort = GIVEN_AS.get(quantity.sort, Sort.COUNT)
            unit = quantity.rule.per if quantity.rule else ""
            fact = Fact(name=name, zh=name, en=name, sort=sort, unit=unit, least=found.low, most=found.high)
            self._given[name] = fact
        return fact.check(value)

    def listed(self, value: object, field: str, above: Node) -> list[Node]:
        """The nodes of a list of lower entities; a refusal in one of them is told with its place."""
        name, most = self.world.entities[above["#"]].children[field]
        if not isinstance(value, list | tuple):
            raise SortError(field, value, f"allowed: a list of {self.world.entities[name].cls.__name__} objects")
        if not self.least[field] <= len(value) <= most:
            allowed = f"at most {most}" if len(value) > most else f"at least {self.least[field]}"
            raise RangeError(field, f"{len(value)} entries", f"allowed: {allowed}")
        out: list[Node] = []
        for one in value:
            try:
                out.append(self.child(one, name, above))
            except InputError as error:
                raise error.below(f"{field}[{len(out)}]") from None
        return out

    def child(self, one: object, entity: str, above: Node) -> Node:
        """A node below another, from an entity object or a table of facts."""
        node = self.blank(entity, above)
        if not isinstance(one, dict):
            self.read(node, one)
            return node
        facts = self.world.entities[entity].facts
        for name, value in one.items():
            if name not in facts:
                raise UnknownName.among(name, name, facts)
            self.put(node, facts[name], value)
        self.mark_blanks(node)
        return node

    def read(self, node: Node, one: object) -> None:
        """Fill a node from an entity object and from what hangs below it."""
        shape = self.world.entities[node["#"]]
        if type(one) is not shape.cls:
            raise InputError(shape.en, type(one).__name__, f"allowed: a {shape.cls.__name__}")
        for name, fact in self.told[shape.name]:
            self.put(node, fact, getattr(one, name))
        if node[".."] is None:
            self.tell_day(node, node.get("on"))
        self.mark_blanks(node)
        for name in shape.children:
            below = getattr(one, name)
            if below is not None:
                node[name] = self.listed(below, name, node)

    def tree(self, one: object) -> Node:
        """The whole tree of a root entity."""
        whole_year(one)
        node = self.blank(next(iter(self.world.entities)), None)
        self.read(node, one)
        return node

    def below(self, node: Node) -> Iterable[Node]:
        """A node and all below it."""
        yield node
        for name in self.world.entities[node["#"]].children:
            for child in node[name] or ():
                yield from self.below(child)
