"""Whole trees of random households as tables, and what the compiled functions give for each of their rows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

import attrs
import polars as pl
import pyarrow as pa
import pytest
from attrs import frozen
from emitters.variants import LATE
from fictional.drawing import Drawing
from frames.engines import ID, KINDS, Kind

from povertyrules.core.facts import LATEST, Fact, Sort, decode_date
from povertyrules.entities import WORLD
from povertyrules.nodes import UNREAD
from povertyrules.policy import Policy, policy
from povertyrules.testing.tables import ENTITIES, keys_of
from povertyrules.uses.compute import Node

EARLY = policy("zaozhuang-hitech", on="2017-06-30")
POLICIES = {"2017": EARLY, "2018": LATE}
OWED = ("persons", "households", "dwellings", "plots", "deaths")
"""The tables that come back."""
FEW = ("dibao_due", "old_age_allowance", "medical_assistance", "out_of_pocket", "fit_to_exit", "housing_subsidy", "funeral_grant")
"""Results that need totals from every table below, and facts of the household in every table below it."""
TYPES = {Sort.YES_NO: pl.Boolean, Sort.DATE: pl.Date}
PERIODS = {"month": "_per_month", "year": "_per_year", "once": "_once"}
Tables = dict[str, pl.DataFrame]
Found = Mapping[str, pa.Table]


def facts_of(table: str) -> dict[str, Fact]:
    """The facts of a table that rules read."""
    return {n: f for n, f in WORLD.entities[ENTITIES[table]].facts.items() if f.sort not in UNREAD}


def whole(one: Any) -> Any:
    """The same with every list told: a table cannot leave the list of one household untold."""
    fields = WORLD.entities[type(one).__name__].children
    return attrs.evolve(one, **{f: tuple(whole(x) for x in getattr(one, f) or ()) for f in fields})


def listed(one: Any, field: str, instead: tuple[()] | None) -> Any:
    """A household with another list: none at all, or one that is not told."""
    if field in WORLD.entities[type(one).__name__].children:
        return attrs.evolve(one, **{field: instead})
    return attrs.evolve(one, persons=tuple(attrs.evolve(person, **{field: instead}) for person in one.persons))


@frozen(eq=False, slots=False)
class Trees:
    """Some households, computed under a policy."""

    policy: Policy
    homes: list[Any]
    absent: bool = False
    """Whether unknown statuses count as "no"."""

    @cached_property
    def roots(self) -> list[Node]:
        """The households as trees in which every quantity is computed."""
        program, out = self.policy.program(tuple(self.policy.plan.quantities)), []
        for home in self.homes:
            root = self.policy.builder.tree(home)
            if self.absent:
                self.policy.engine.take_as_absent(root)
            program.run(root)
            out.append(root)
        return out

    def nodes(self, table: str) -> list[Node]:
        """The nodes that stand in a table, in its order."""
        if table == "households":
            return self.roots
        if table == "treatments":
            return [bill for person in self.nodes("persons") for bill in person["treatments"] or ()]
        return [node for root in self.roots for node in root[table] or ()]

    @cached_property
    def tables(self) -> Tables:
        """The facts of the trees as tables, with ids as texts and a column that numbers the rows."""
        rows: dict[str, list[dict[str, object]]] = {name: [] for name in ENTITIES}
        for h, root in enumerate(self.roots):
            home = {"household_id": f"H{h:04}"}
            rows["households"].append({**home, **told(root, "households")})
            for p, person in enumerate(root["persons"] or ()):
                who = {"person_id": f"H{h:04}-{p:02}"}
                rows["persons"].append({**home, **who, **told(person, "persons")})
                rows["treatments"] += [{**who, **told(bill, "treatments")} for bill in person["treatments"] or ()]
            for name in ("incomes", "dwellings", "plots", "deaths"):
                rows[name] += [{**home, **told(one, name)} for one in root[name] or ()]
        return {name: numbered(found, name) for name, found in rows.items()}

    @property
    def flat(self) -> Tables:
        """The same with the facts of the household in the row of each member."""
        tables = dict(self.tables)
        homes = tables.pop("households").drop(ID)
        return tables | {"persons": tables["persons"].join(homes, on="household_id", how="left", maintain_order="left")}

    def expected(self, table: str, targets: Iterable[str] = ()) -> dict[str, list[object]]:
        """The results that a table has, by column."""
        plan, entity = self.policy.plan, ENTITIES[table]
        wanted = [name for name in targets or self.policy.entitlements if plan.quantities[name].entity == entity]
        return {column(self.policy, name): [node[name] for node in self.nodes(table)] for name in wanted}

    def totals(self, targets: Iterable[str] = ()) -> dict[str, list[int]]:
        """What is owed to each household by period, of what is known; and how many entitlements are not."""
        rules = {name: self.policy.plan.quantities[name].rule for name in targets or self.policy.entitlements}
        lines = {name: rule for name, rule in rules.items() if rule is not None and rule.line}
        money = {name: rule for name, rule in lines.items() if rule.sort == "money" and rule.counts}
        out = {f"total_fen{PERIODS[rule.per]}": [0] * len(self.roots) for rule in money.values()}
        out |= {"undecided": [0] * len(self.roots)} if lines else {}
        for i, root in enumerate(self.roots):
            for node in [root, *(one for table in OWED if table != "households" for one in root[table] or ())]:
                for name, rule in lines.items():
                    if rule.entity == node["#"] and node[name] is None:
                        out["undecided"][i] += 1
                    elif rule.entity == node["#"] and name in money:
                        out[f"total_fen{PERIODS[rule.per]}"][i] += node[name]
        return out

    def check(self, found: Found, tables: Tables, targets: Iterable[str] = (), besides: Iterable[str] = ()) -> None:
        """Compare results with the trees, cell for cell, with their types; no other column is there but those that came in."""
        made = {table: self.expected(table, targets) for table in OWED if table in found}
        made["households"] |= self.totals(targets)
        for table, columns in made.items():
            came = tables[table].columns if table in tables else ["household_id"]
            assert sorted(found[table].column_names) == sorted([*came, *columns, *besides]), table
            for name, cells in columns.items():
                assert strict(found[table][name].to_pylist()) == strict(cells), f"{table}: {name}"

    def some(self, places: Iterable[int]) -> Trees:
        """Some of the households."""
        return Trees(self.policy, [self.homes[i] for i in places])

    def with_list(self, field: str, instead: tuple[()] | None, places: Iterable[int] | None = None) -> Trees:
        """The households, or those at some places, with another list."""
        at = set(range(len(self.homes)) if places is None else places)
        return Trees(self.policy, [listed(home, field, instead) if i in at else home for i, home in enumerate(self.homes)])


@cache
def trees(day: str, many: int, seed: int, *, unknown: float = 0.15) -> Trees:
    """Random households, each with a member; drawn and computed once for all engines."""
    of, found = POLICIES[day], list[Any]()
    drawing = Drawing(of, seed, unknown=unknown)
    while len(found) < many:
        found += [whole(one) for one in drawing.roots(many) if one.persons]
    return Trees(of, found[:many])


def numbered(rows: list[dict[str, object]], table: str) -> pl.DataFrame:
    """Rows as a frame, each with its number."""
    types: dict[str, Any] = dict.fromkeys(keys_of(table), pl.String)
    types |= {name: TYPES.get(fact.sort, pl.Int64) for name, fact in facts_of(table).items()}
    return pl.DataFrame(rows, schema=types, orient="row").with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(ID))


def told(node: Node, table: str) -> dict[str, object]:
    """The facts of a node as a table holds them: dates as dates, and what nobody told as nothing at all."""
    dated = {name for name, fact in facts_of(table).items() if fact.sort is Sort.DATE}
    cells = {name: None if name in node["~"] else node[name] for name in facts_of(table)}
    return {n: decode_date(cell) if n in dated and isinstance(cell, int) else cell for n, cell in cells.items()}


def column(of: Policy, name: str) -> str:
    """The column of a result."""
    rule = of.plan.quantities[name].rule
    assert rule is not None
    if rule.sort == "area":
        return f"{name}_hundredths_of_{rule.per}"
    return f"{name}_fen{PERIODS.get(rule.per, '')}" if rule.sort == "money" else name


def strict(cells: Iterable[object]) -> list[tuple[type, object]]:
    """Cells that are equal only if their types are."""
    return [(type(cell), cell) for cell in cells]


BESIDES = ("polars", "polars-lazy", "pandas", "pandas-alone", "pyarrow-alone", "duckdb")
"""One kind of frame for each way through the library that takes a second or less."""


def kinds(*quick: str) -> pytest.MarkDecorator:
    """A test for some kinds of frames in a quick run, and for each way through the library in a long one."""
    found = [kind for kind in KINDS if kind.name in {*quick, *BESIDES}]
    params = [pytest.param(kind, marks=() if kind.name in quick else pytest.mark.long) for kind in found]
    return pytest.mark.parametrize("kind", params, ids=str, indirect=True)


def frames(kind: Kind, tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Tables as frames of an engine."""
    if kind.name == "dask" and "treatments" in tables:  # where a bill needs the id of the household too
        homes = tables["persons"].select("household_id", "person_id")
        tables = {**tables, "treatments": tables["treatments"].join(homes, on="person_id", how="left", maintain_order="left")}
    return {name: kind.make(table.to_arrow()) for name, table in tables.items()}


def rows(kind: Kind, assessed: Any) -> dict[str, pa.Table]:
    """The tables that came back, in the order of their numbers; one that was made, in that of its ids."""
    out = {}
    for name in OWED:
        if (frame := getattr(assessed, name)) is not None:
            table = kind.table(frame)
            out[name] = table.sort_by(ID if ID in table.column_names else "household_id")
    return out


def assessed(of: Trees, kind: Kind, tables: Tables, **options: Any) -> dict[str, pa.Table]:
    """What comes back for some tables of an engine, as tables in the order of their rows' numbers."""
    return rows(kind, of.policy.assess_frames(**frames(kind, tables), **{"unit": "fen", **options}))


def shuffled(tables: Tables, pick: random.Random) -> Tables:
    """The same rows in another order, and the columns too."""
    out = {}
    for name, table in tables.items():
        places, names = list(range(table.height)), list(table.columns)
        pick.shuffle(places)
        pick.shuffle(names)
        out[name] = table.select(names)[places]
    return out


def refused(fact: Fact) -> object:
    """A cell that the declaration of a fact does not allow; None where a column of its type holds none."""
    match fact.sort:
        case Sort.YES_NO:
            return None
        case Sort.DATE:
            return LATEST.replace(year=LATEST.year + 1)
        case Sort.CATEGORY:
            return 9_999
    return (fact.most or 0) + 1
