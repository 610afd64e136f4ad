"""The facts that a household tells, by path, and the household with others in their place."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from povertyrules.core.entity import describe
from povertyrules.core.facts import Fact

LEFT = {"on", "income_from", "income_to"}
"""Facts of the case itself: what the others are measured by."""


def places(one: object, path: str = "") -> Iterator[tuple[str, Fact]]:
    """The facts that are told, by path; not those that count as nothing where they are blank."""
    shape = describe(type(one))
    for name, fact in shape.facts.items():
        if getattr(one, name) is not None and fact.blank is None and name not in LEFT:
            yield path + name, fact
    for name in shape.children:
        for i, below in enumerate(getattr(one, name) or ()):
            yield from places(below, f"{path}{name}[{i}].")


def told(one: object, path: str, value: object) -> object:
    """The entity with another value at a path."""
    first, _, rest = path.partition(".")
    if not rest:
        return evolve(one, **{first: value})
    name, place = first[:-1].split("[")
    rows = list(getattr(one, name))
    rows[int(place)] = told(rows[int(place)], rest, value)
    return evolve(one, **{name: rows})
