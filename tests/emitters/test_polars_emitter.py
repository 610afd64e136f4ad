"""Polars gives what the compiled functions give, nulls included, over every quantity, under every reading."""

from __future__ import annotations

import polars as pl
import pytest
from emitters.polars_emitter import Frames
from emitters.variants import EACH, Variant, seed_of
from fictional.drawing import Drawing, computed

from povertyrules.core.facts import Sort
from povertyrules.nodes import UNREAD
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node


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
    sorts = {Sort.YES_NO: pl.Boolean, **dict.fromkeys(UNREAD, pl.String)}
    columns = {name: sorts.get(fact.sort, pl.Int64) for name, fact in shape.facts.items()}
    ids = {"id": pl.Int64, **({above[0]: pl.Int64} if above else {})}
    return {**ids, **columns, **dict.fromkeys(shape.children, pl.Boolean)}


@EACH
def test_polars_equals_the_compiled_functions(variant: Variant) -> None:
    compare(variant, variant.quantities(), 120)


@pytest.mark.long
@EACH
def test_polars_equals_the_compiled_functions_throughout(variant: Variant) -> None:
    compare(variant, list(variant.policy.plan.quantities), 240)


def compare(variant: Variant, quantities: list[str], cases: int) -> None:
    """Compare some quantities over random cases."""
    assert quantities, "the reading bears on nothing"
    policy = variant.policy
    roots = computed(policy, Drawing(policy, seed_of(variant.name)).roots(cases))
    frames = Frames(policy.plan, frames_of(policy, roots)).run(quantities)
    for name in quantities:
        entity = policy.plan.quantities[name].entity
        nodes = [node for root in roots for node in policy.builder.below(root) if node["#"] == entity]
        assert strict(frames[entity][name].to_list()) == strict([node[name] for node in nodes]), name


def strict(values: list[object]) -> list[tuple[type, object]]:
    """Values with their types, since False equals 0."""
    return [(type(value), value) for value in values]
