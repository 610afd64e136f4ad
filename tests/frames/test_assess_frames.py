"""`assess_frames` gives what the compiled functions give, in whole trees of tables and in every engine, nulls included."""

from __future__ import annotations

import attrs
import polars as pl
import pytest
from emitters.variants import LATE
from fictional.drawing import Drawing, computed

from povertyrules.core.facts import Sort, decode_date
from povertyrules.entities import WORLD
from povertyrules.frames.names import named
from povertyrules.nodes import UNREAD
from povertyrules.policy import Policy, policy
from povertyrules.uses.compute import Node

EARLY = policy("zaozhuang-hitech", on="2017-06-30")
LISTS = {
    "Person": "persons",
    "Treatment": "treatments",
    "Income": "incomes",
    "Dwelling": "dwellings",
    "Plot": "plots",
    "Death": "deaths",
}
OWED = ("persons", "households", "dwellings", "plots", "deaths")


def whole(one: object) -> object:
    """The same with every list told: a table cannot leave the list of one household untold."""
    fields = WORLD.entities[type(one).__name__].children
    return attrs.evolve(one, **{f: tuple(whole(x) for x in getattr(one, f) or ()) for f in fields})


def households(of: Policy, many: int, seed: int) -> list[Node]:
    """Random households as computed trees; each has a member."""
    return computed(of, [whole(one) for one in Drawing(of, seed).roots(many) if one.persons])


def tables_of(of: Policy, roots: list[Node]) -> dict[str, pl.DataFrame]:
    """The facts of the trees as tables, with ids as texts."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in ("households", *LISTS.values())}
    for h, root in enumerate(roots):
        rows["households"].append({"household_id": f"H{h}", **facts(root)})
        for p, person in enumerate(root["persons"]):
            rows["persons"].append({"household_id": f"H{h}", "person_id": f"H{h}P{p}", **facts(person)})
            rows["treatments"] += [{"person_id": f"H{h}P{p}", **facts(bill)} for bill in person["treatments"]]
        for name in ("incomes", "dwellings", "plots", "deaths"):
            rows[name] += [{"household_id": f"H{h}", **facts(one)} for one in root[name]]
    return {name: pl.DataFrame(found, schema=schema(name), orient="row") for name, found in rows.items()}


def facts(node: Node) -> dict[str, object]:
    """The facts of a node as a table holds them: dates as dates."""
    told = {n: f for n, f in WORLD.entities[node["#"]].facts.items() if f.sort not in UNREAD}
    return {n: decode_date(node[n]) if f.sort is Sort.DATE and node[n] is not None else node[n] for n, f in told.items()}


def schema(name: str) -> dict[str, object]:
    entity = {v: k for k, v in LISTS.items()}.get(name, "Household")
    kinds = {Sort.YES_NO: pl.Boolean, Sort.DATE: pl.Date}
    ids = {"persons": ["household_id", "person_id"], "treatments": ["person_id"]}.get(name, ["household_id"])
    shape = WORLD.entities[entity].facts
    return {**dict.fromkeys(ids, pl.String), **{n: kinds.get(f.sort, pl.Int64) for n, f in shape.items() if f.sort not in UNREAD}}


def nodes_of(roots: list[Node], table: str) -> list[Node]:
    return roots if table == "households" else [node for root in roots for node in root[table]]


def expected(of: Policy, roots: list[Node], table: str) -> dict[str, list[object]]:
    """The results of a table by the compiled functions."""
    nodes = nodes_of(roots, table)
    entity = {v: k for k, v in LISTS.items()}.get(table, "Household")
    found = {}
    for name in of.entitlements:
        quantity = of.plan.quantities[name]
        if quantity.entity == entity:
            found[named(name, quantity.rule, "en")] = [node[name] for node in nodes]
    return found


def totals(of: Policy, roots: list[Node]) -> dict[str, list[int]]:
    """What is owed to each household by period, of what is known; and how many entitlements are not."""
    out: dict[str, list[int]] = {f"total_fen_{per}": [0] * len(roots) for per in ("per_month", "per_year", "once")}
    out["undecided"] = [0] * len(roots)
    for i, root in enumerate(roots):
        for node in [root, *(one for table in OWED if table != "households" for one in root[table])]:
            for name in of.entitlements:
                rule = of.plan.quantities[name].rule
                if rule.entity != node["#"]:
                    continue
                if node[name] is None:
                    out["undecided"][i] += 1
                elif rule.sort == "money" and rule.counts:
                    out[f"total_fen_{'once' if rule.per == 'once' else 'per_' + rule.per}"][i] += node[name]
    return out


def strict(values: list[object]) -> list[tuple[type, object]]:
    return [(type(value), value) for value in values]


def same(of: Policy, roots: list[Node], found: dict[str, pl.DataFrame]) -> None:
    """Compare all tables, cell for cell."""
    for table in OWED:
        for column, values in expected(of, roots, table).items():
            assert strict(found[table][column].to_list()) == strict(values), f"{table}: {column}"
    for column, values in totals(of, roots).items():
        assert found["households"][column].to_list() == values, column


@pytest.mark.parametrize("of", [EARLY, LATE], ids=["2017", "2018"])
def test_polars_tables_equal_the_compiled_functions(of: Policy) -> None:
    roots = households(of, 150, 7)
    found = of.assess_frames(unit="fen", **tables_of(of, roots))
    same(of, roots, {name: getattr(found, name) for name in OWED})
