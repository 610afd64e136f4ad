"""The least and the most over every completion of the open facts.

Facts that share a result are looked at together. Of a fact with few values each is tried. Of a number, its domain is cut where
a condition turns, until every result only rises or only falls from end to end: then the ends are tried, and no more is needed.
Where that cannot be shown, the extent of the result is taken as it is, and the bound is said to be wide.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import cast

from attrs import define, field, frozen

from povertyrules.core.facts import Fact, Sort, encode_date
from povertyrules.core.plan import Plan
from povertyrules.core.terms import Term, walk
from povertyrules.uses import ends
from povertyrules.uses.bound.extents import Extents
from povertyrules.uses.bound.steps import FACT, FAR, WORDS, Extent, Mover, add, exactly
from povertyrules.uses.compute import Node, Program, up

UNTOLD = -1
"""Stands among the facts behind a result for a list that is not told."""
MOST_TRIED = 5_000
"""How many completions are tried for facts that hang together."""
MOST_CUTS = 60
"""How often the domain of a number is cut."""
MOST_APART = 64
"""For how many combinations of the other facts a number is looked at by itself."""
Ends = tuple[int, int | None]
NONE: Ends = (0, 0)
Target = tuple[int, str]
"""A result: the place of its node among the nodes, and its name; of a total, -1 and the period."""


@frozen(eq=False)
class Open:
    """A fact that is not told: where, and what it can be; `values` where each is tried, else from `low` to `high`."""

    node: Node
    fact: Fact
    path: str
    low: int
    high: int
    values: tuple[int | bool, ...] = ()

    @property
    def at(self) -> Mover:
        """Its name at its node."""
        return id(self.node), self.fact.name

    def between(self, low: int, high: int) -> Extent:
        """The fact between two ends, as what moves."""
        return Extent(low, high, {FACT: (1, 1)}) if low < high else exactly(low)

    def near(self, value: int, *, down: bool) -> int:
        """The nearest value that the fact can have: not every number is a day."""
        return _near_day(value, down=down) if self.fact.sort is Sort.DATE else value


def _near_day(packed: int, *, down: bool) -> int:
    """The last day up to a number such as 20170231, or the first from it on."""
    year, month, day = packed // 10_000, packed // 100 % 100, packed % 100
    if not 1 <= month <= 12:
        early = month < 1
        year, month, day = (year - early, 12, 31) if down else (year + (not early), 1, 1)
    last = monthrange(year, month)[1]
    if day < 1 and down:
        before = datetime.date(year, month, 1) - datetime.timedelta(days=1)
        return encode_date(before)
    if day > last and not down:
        after = datetime.date(year, month, last) + datetime.timedelta(days=1)
        return encode_date(after)
    return year * 10_000 + month * 100 + min(max(day, 1), last)


@define(eq=False)
class Group:
    """Facts that hang together, the results that turn on them, and what was found."""

    facts: tuple[int, ...]
    targets: tuple[Target, ...]
    tried: list[tuple[tuple[int | bool, ...], dict[Target, Ends]]] = field(factory=list)
    """For each completion tried: the values of the facts, and the results."""
    ends: dict[Target, Ends] = field(factory=dict)
    wide: set[Target] = field(factory=set)
    """The results whose ends may lie further apart than any completion reaches."""

    def cover(self, target: Target, found: Ends) -> None:
        """Widen the ends of a result so that they cover others too."""
        held = self.ends.get(target, found)
        high = None if held[1] is None or found[1] is None else max(held[1], found[1])
        self.ends[target] = min(held[0], found[0]), high


class Search:
    """The search over one computed tree.

    `program` compiles some results, `loose` names those whose wording leaves them open, `totals` says which money results count
    in which period.
    """

    def __init__(
        self,
        plan: Plan,
        program: Callable[[tuple[str, ...]], Program],
        loose: AbstractSet[str],
        nodes: Sequence[Node],
        facts: Sequence[Open],
        known: Mapping[int, Node],
        totals: Mapping[str, str],
    ) -> None:
        self.plan, self.program, self.loose, self.nodes, self.facts = plan, program, loose, nodes, facts
        self.known, self.totals = known, totals
        self.places = {id(node): i for i, node in enumerate(nodes)}
        self.by_at = {one.at: i for i, one in enumerate(facts)}
        self._behind: dict[Mover, frozenset[int]] = {}

    # ---- what hangs together --------------------------------------------------------------------------------------

    def behind(self, node: Node, name: str) -> frozenset[int]:
        """The open facts on which a name at a node can turn."""
        node = up(self.plan.holder(name), node)
        at = id(node), name
        if at not in self._behind:
            self._behind[at] = frozenset()  # a rule never needs itself
            self._behind[at] = self._found(node, name, at)
        return self._behind[at]

    def _found(self, node: Node, name: str, at: Mover) -> frozenset[int]:
        if name in self.plan.facts:
            return frozenset({self.by_at[at]} if at in self.by_at else ())
        if self.known[id(node)].get(name) is not None:
            return frozenset()
        out: set[int] = set()
        for leaf in leaves(self.plan, name):
            if leaf.op in ("fact", "quantity"):
                out |= self.behind(node, str(leaf.value))
                continue
            below, listed, home = cast("tuple[str, str, str]", leaf.value)
            rows = up(home, node)[listed]
            out |= {UNTOLD} if rows is None else set()
            for row in rows or ():
                out |= self.behind(row, below)
        return frozenset(out)

    def groups(self, targets: Iterable[Target]) -> list[Group]:
        """The facts that share a result, with all results that turn on one of them."""
        found: list[tuple[frozenset[int], list[Target]]] = []
        for target in targets:
            facts, own = self._open_behind(target), [target]
            for other in [group for group in found if group[0] & facts]:
                found.remove(other)
                facts |= other[0]
                own = other[1] + own
            found.append((facts, own))
        return [Group(tuple(sorted(facts)), tuple(own)) for facts, own in found if facts]

    def _open_behind(self, target: Target) -> frozenset[int]:
        return self.behind(self.nodes[target[0]], target[1]) - {UNTOLD}

    def is_listed(self, target: Target) -> bool:
        """Whether a result waits for a list that nobody told: how many there are of something."""
        return UNTOLD in self.behind(self.nodes[target[0]], target[1])

    # ---- the search -------------------------------------------------------------------------------------------------

    def search(self, group: Group) -> list[Group]:
        """Find the ends of every result of a group, and of its totals; of one that is too large, result by result."""
        if len(group.targets) == 1 or self._fits(group):
            self._search(group)
            return [group]
        parts = [Group(tuple(sorted(self._open_behind(target))), (target,)) for target in group.targets]
        whole = Group((), group.targets)
        for part in parts:
            self._search(part)
            for target in [target for target in part.ends if target[0] < 0]:
                whole.ends[target] = ends.add(whole.ends.get(target, NONE), part.ends.pop(target))
                whole.wide.add(target)
        return [*parts, whole]

    def _fits(self, group: Group) -> bool:
        """Whether there are few enough completions to try; a number is taken to have four points."""
        return count(len(self.facts[i].values) or 4 for i in group.facts) <= MOST_TRIED

    def _search(self, group: Group) -> None:
        few = [i for i in group.facts if self.facts[i].values]
        many = [i for i in group.facts if not self.facts[i].values]
        cut = self._cut(group, many, {})
        apart = count(len(self.facts[i].values) for i in few)
        if cut.wide and apart <= MOST_APART:
            for values in itertools.product(*(self.facts[i].values for i in few)):
                fixed = dict(zip(few, values, strict=True))
                self._try(group, fixed, self._cut(group, many, fixed))
        elif apart * count(len(points) for points in cut.points.values()) <= MOST_TRIED:
            for values in itertools.product(*(self.facts[i].values for i in few)):
                self._try(group, dict(zip(few, values, strict=True)), cut)
            self._widen(group, cut.wide, {})
        else:
            self._widen(group, self._all(group), {})

    def _try(self, group: Group, fixed: Mapping[int, int | bool], cut: Cut) -> None:
        """Compute every completion with some facts fixed and the numbers at their points."""
        if count(len(points) for points in cut.points.values()) > MOST_TRIED:
            return self._widen(group, self._all(group), fixed)
        program = self.program(tuple(dict.fromkeys(name for _, name in group.targets)))
        for values in itertools.product(*cut.points.values()):
            told = {**fixed, **dict(zip(cut.points, values, strict=True))}
            found = self._computed(group, program, told)
            group.tried.append((tuple(told[i] for i in group.facts), found))
            for target, own in found.items():
                group.cover(target, own)
        return self._widen(group, cut.wide, fixed)

    def _computed(self, group: Group, program: Program, told: Mapping[int, int | bool]) -> dict[Target, Ends]:
        for i, value in told.items():
            self.facts[i].node[self.facts[i].fact.name] = value
        program.run(self.nodes[0])
        if program.loose:
            program.twin(self.nodes[0])
        found = {target: ends_of(self.nodes[target[0]], target[1]) for target in group.targets}
        for target, own in list(found.items()):
            if per := self.totals.get(target[1]):
                found[-1, per] = ends.add(found.get((-1, per), NONE), own)
        for i in told:
            self.facts[i].node[self.facts[i].fact.name] = None
        return found

    def _all(self, group: Group) -> tuple[Target, ...]:
        """The results and their totals, in one order in every process."""
        totals = ((-1, per) for name in group.targets if (per := self.totals.get(name[1])))
        return tuple(dict.fromkeys((*group.targets, *totals)))

    def _widen(self, group: Group, wide: Iterable[Target], fixed: Mapping[int, int | bool]) -> None:
        """Take the extents of some results for their ends: nothing lies outside of them."""
        extents = self._extents(self._domains(group, fixed))
        for target in wide:
            found = self._extent(extents, group, target)
            high = None if found.high >= FAR or found.unstated else found.high
            group.cover(target, (max(found.low, 0) if found.unstated else found.low, high))
            group.wide.add(target)

    def _extents(self, domains: Mapping[Mover, Extent]) -> Extents:
        return Extents(self.plan, self.loose, self.known, domains)

    def _extent(self, extents: Extents, group: Group, target: Target) -> Extent:
        if target[0] >= 0:
            return extents.of(self.nodes[target[0]], target[1])
        out = exactly(0)
        for place, name in group.targets:
            if self.totals.get(name) == target[1]:
                out = add(out, extents.of(self.nodes[place], name))
        return out

    def _domains(self, group: Group, fixed: Mapping[int, int | bool]) -> dict[Mover, Extent]:
        out = {}
        for i in group.facts:
            one = self.facts[i]
            out[one.at] = exactly(fixed[i]) if i in fixed else Extent(one.low, one.high)
        return out

    # ---- numbers ----------------------------------------------------------------------------------------------------

    def _cut(self, group: Group, many: Sequence[int], fixed: Mapping[int, int | bool]) -> Cut:
        """The points at which each number has to be tried, and the results for which that is not enough."""
        points, wide = dict[int, tuple[int, ...]](), set[Target]()
        for i in many:
            found, left = self._points(group, i, fixed)
            points[i] = tuple(sorted(found))
            wide |= left
        return Cut(points, wide)

    def _points(self, group: Group, which: int, fixed: Mapping[int, int | bool]) -> tuple[set[int], set[Target]]:
        one, targets = self.facts[which], self._all(group)
        domains = self._domains(group, fixed)
        points, wide, stack, cuts = set[int](), set[Target](), [(one.low, one.high)], 0
        while stack:
            low, high = stack.pop()
            points |= {one.near(low, down=False), one.near(high, down=True)}
            extents = self._extents({**domains, one.at: one.between(low, high)})
            found = {target: self._extent(extents, group, target) for target in targets}
            unclear = {target for target, extent in found.items() if not (extent.rises or extent.falls)}
            if not unclear:
                continue
            at = self._turn(extents, which, domains, low, high) if cuts < MOST_CUTS else None
            if at is None:
                wide |= unclear
                continue
            cuts += 1
            stack += [(low, at), (at + 1, high)]
        return {point for point in points if one.low <= point <= one.high}, wide

    def _turn(self, extents: Extents, which: int, domains: Mapping[Mover, Extent], low: int, high: int) -> int | None:
        """The last value below which a condition turns, of the first condition that turns between two ends."""
        at = self.facts[which].at
        still = {one: found for one, found in extents.done.items() if which not in self._behind.get(one, {which})}

        def truth(node: Node, part: Term, op: str, value: int) -> Extent:
            at_value = self._extents({**domains, at: exactly(value)})
            at_value.done |= still
            return WORDS[op](*(at_value.term(node, arg) for arg in part.args))

        for node, part, found in extents.turned:
            for op in (("lt", "le") if part.op == "eq" else (part.op,)) if found.steps else ():
                first, last = (truth(node, part, op, end) for end in (low, high))
                if first.point and last.point and first.low != last.low:
                    return _bisected(functools.partial(truth, node, part, op), low, high, first.low)
        return None


def _bisected(truth: Callable[[int], Extent], low: int, high: int, first: int) -> int | None:
    while high - low > 1:
        middle = (low + high) // 2
        found = truth(middle)
        if not found.point:
            return None
        low, high = (middle, high) if found.low == first else (low, middle)
    return low


@frozen(eq=False)
class Cut:
    """Where each number is to be tried, and the results for which that is not enough."""

    points: Mapping[int, tuple[int, ...]]
    wide: set[Target]


def leaves(plan: Plan, name: str) -> Iterator[Term]:
    """The leaves of a quantity's term."""
    return (node for node in walk(plan.quantities[name].term) if node.op in ("fact", "quantity", "sum", "any"))


def count(numbers: Iterable[int]) -> int:
    """The product of some numbers."""
    out = 1
    for number in numbers:
        out *= number
    return out


def ends_of(node: Node, name: str) -> Ends:
    """What was computed; what the text does not state counts as nothing, and is open above."""
    if node[name] is None:
        return 0, None
    low, high = ends.of(node, name)
    return int(low or 0), None if high is None else int(high)
