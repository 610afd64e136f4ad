"""Polars gives what the compiled functions give, nulls included, over every quantity, under every reading."""

from __future__ import annotations

import polars as pl
import pytest
from emitters.polars_emitter import Frames
from emitters.variants import POLICIES, seed_of
from fictional.drawing import Drawing, computed

from povertyrules.core.facts import Sort
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node

CASES = 120


def frames_of(policy: Policy, roots: list[Node]) -> dict[str, pl.DataFrame]:
    """The facts of some trees, one flat frame for each entity."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in policy.world.entities}
    ids: dict[int, int] = {}
    for root in roots:
        for node in policy.builder.below(root):
            shape = policy.world.entities[node["#"]]
            ids[id(node)] = len(ids)
            row: dict[str, object] = {name: node[name] for name in shape.facts}
            row |= {name: node[name] is not None for name in shape.children}
            parent = node[".."] and {node[".."]["#"]: ids[id(node[".."])]}
            rows[shape.name].append({"id": ids[id(node)], **(parent or {}), **row})
    return {name: pl.DataFrame(found, schema=schema(policy, name)) for name, found in rows.items()}


def schema(policy: Policy, entity: str) -> dict[str, type[pl.DataType]]:
    """The columns of an entity: integers, truths, and ids."""
    shape, above = policy.world.entities[entity], policy.world.parents[entity]
    sorts = {Sort.YES_NO: pl.Boolean, Sort.TEXT: pl.String, Sort.IDENTITY: pl.String}
    columns = {name: sorts.get(fact.sort, pl.Int64) for name, fact in shape.facts.items()}
    ids = {"id": pl.Int64, **({above[0]: pl.Int64} if above else {})}
    return {**ids, **columns, **dict.fromkeys(shape.children, pl.Boolean)}


@pytest.mark.parametrize(("name", "policy"), POLICIES, ids=[name for name, _ in POLICIES])
def test_polars_equals_the_compiled_functions(name: str, policy: Policy) -> None:
    roots = computed(policy, Drawing(policy, seed_of(name)).roots(CASES))
    frames = Frames(policy.plan, frames_of(policy, roots)).run(policy.plan.quantities)
    for entity, frame in frames.items():
        nodes = [node for root in roots for node in policy.builder.below(root) if node["#"] == entity]
        for quantity in (q for q in policy.plan.quantities.values() if q.entity == entity):
            assert frame[quantity.name].to_list() == [node[quantity.name] for node in nodes], quantity.name
