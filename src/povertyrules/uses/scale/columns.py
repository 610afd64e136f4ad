"""Which columns to compute, in which table, in which order: the plan of a frame.

A table holds the rows of one entity, or of a line of entities where each row is a whole line: a person with the household
above and the one bill below. A total over a lower entity of the same table is what stands in the row; over another table it
is a group, joined back.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import cast

from attrs import field, frozen

from povertyrules.core.plan import Plan, Quantity, needs
from povertyrules.core.ranges import Range, range_of
from povertyrules.core.terms import Term, walk


@functools.lru_cache(maxsize=16)
def planned(
    plan: Plan,
    targets: tuple[str, ...],
    given: frozenset[str],
    tables: tuple[tuple[str, str], ...],
    told: frozenset[str],
    lists: frozenset[str],
) -> Columns:
    """The columns for some targets, planned once: the parts of a file are alike."""
    return Columns(plan, targets, given=given, tables=dict(tables), told=told, lists=lists)


@frozen(eq=False, repr=False)
class Total:
    """A total of a column of a lower table, for the rows of the one above it."""

    op: str
    name: str
    field: str
    below: str
    above: str


@frozen(eq=False, repr=False)
class Stage:
    """Columns of one table that can be computed one after the other, and what has to be brought to it first."""

    table: str
    quantities: tuple[Quantity, ...]
    totals: tuple[Total, ...] = ()
    bring: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """By the table that holds them: names that are read here."""


class Columns:
    """The stages for some targets.

    `tables` says in which table the rows of an entity stand; an entity that is not there was not told. `told` are the facts
    and given quantities that there are. `lists` are the fields of lists that are told whole.
    """

    def __init__(
        self,
        plan: Plan,
        targets: Iterable[str],
        *,
        given: frozenset[str],
        tables: Mapping[str, str],
        told: frozenset[str],
        lists: frozenset[str],
    ) -> None:
        self.plan, self.targets, self.given = plan, tuple(targets), given
        self.tables, self.told, self.lists = tables, told, lists
        self.ranges: dict[str, Range] = {n: plan.range_of(n) for n in plan.facts} | dict(plan.ranges)
        self.order = [n for n in plan.order(self.targets, set(given)) if n in plan.quantities and n not in given]
        self.listed = self._listed()
        """By summand: the list over which it is totalled."""
        self.untold = frozenset(name for name, field in self.listed.items() if field not in lists)
        """Summands of which nobody told the list."""
        self.stages = self._stages()

    def table_of(self, name: str) -> str | None:
        """The table of a fact or a quantity."""
        return self.tables.get(self.plan.holder(name))

    def inside(self, node: Term) -> bool:
        """Whether a total runs over entries that stand in the same row."""
        name, _, home = cast("tuple[str, str, str]", node.value)
        return self.table_of(name) == self.tables.get(home)

    def _listed(self) -> dict[str, str]:
        nodes = (node for name in self.order for node in walk(self.plan.quantities[name].term) if node.op in ("sum", "any"))
        totals = [cast("tuple[str, str, str]", node.value) for node in nodes]
        return {name: listed for name, listed, _ in totals}

    def _stages(self) -> tuple[Stage, ...]:
        level: dict[str, int] = {}
        rows: dict[tuple[int, str], list[Quantity]] = {}
        for name in self.order:
            quantity, table = self.plan.quantities[name], self.table_of(name)
            self._measure(quantity)
            if table is None or name in self.untold:
                continue
            behind = [(level[n], self.table_of(n)) for n in needs(quantity.term) if n in level]
            level[name] = max((at + (other != table) for at, other in behind), default=0)
            rows.setdefault((level[name], table), []).append(quantity)
        out, there = [], set[tuple[str, str]]()
        for (_, table), quantities in sorted(rows.items(), key=lambda row: row[0]):
            totals, bring = dict[str, Total](), dict[str, dict[str, None]]()
            for node in (node for q in quantities for node in walk(q.term)):
                self._reads(node, table, there, totals, bring)
            needed = {source: tuple(names) for source, names in bring.items()}
            out.append(Stage(table, tuple(quantities), tuple(totals.values()), needed))
        return tuple(out)

    def _reads(
        self, node: Term, table: str, there: set[tuple[str, str]], totals: dict[str, Total], bring: dict[str, dict[str, None]]
    ) -> None:
        """Note what a node reads that does not stand in the table yet."""
        if node.op in ("fact", "quantity"):
            name = str(node.value)
            source = self.table_of(name)
            supplied = name in self.told or (name in self.plan.quantities and name not in self.given)
        elif node.op in ("sum", "any"):
            name, listed, home = cast("tuple[str, str, str]", node.value)
            source, below = self.tables.get(home), self.table_of(name)
            if below is None or source is None or self.inside(node) or name in self.untold:
                return
            supplied = True
            if (source, name) not in there:
                totals[name] = Total(node.op, name, listed, below, source)
                there.add((source, name))
        else:
            return
        if source is not None and source != table and supplied and (table, name) not in there:
            bring.setdefault(source, {})[name] = None
            there.add((table, name))

    def _measure(self, quantity: Quantity) -> None:
        """The range of a summand: that of the totals over it too, which carry its name in the table above."""
        if quantity.name in self.ranges:
            return
        found = range_of(quantity.term, self.ranges, lambda _: (0, 0), quantity.name)
        parent = self.plan.world.parents[quantity.entity]
        most = parent[2] if parent and quantity.rule is None else 1
        self.ranges[quantity.name] = Range(min(found.low, found.low * most), max(found.high, found.high * most))
