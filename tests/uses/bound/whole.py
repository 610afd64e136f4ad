"""Whole households drawn at random, every fact told; some of their facts are then left out."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from attrs import evolve

import povertyrules as pr
from povertyrules.core.entity import describe
from povertyrules.core.facts import Fact, Sort

KINDS = {"persons": pr.Person, "incomes": pr.Income, "dwellings": pr.Dwelling, "plots": pr.Plot, "treatments": pr.Treatment}
MOST = {"persons": 3, "incomes": 2, "dwellings": 1, "plots": 2, "treatments": 2, "deaths": 0}
SCALES = (10, 40_000, 400_000, 3_000_000, 30_000_000, 10**9)
LEFT = {"on", "income_from", "income_to"}
"""Facts of the case itself: what the others are measured by."""


def value_of(fact: Fact, draw: random.Random, on: datetime.date) -> object:
    """Any value that a fact can have; small ones are as likely as large ones."""
    if fact.sort is Sort.YES_NO:
        return draw.random() < 0.5
    if fact.kinds is not None:
        return int(draw.choice(list(fact.kinds)))
    if fact.sort is Sort.DATE:
        last = on if fact.past else datetime.date(2030, 12, 31)
        birthday = last.replace(year=last.year - draw.choice((16, 60, 80, 100)))
        return draw.choice([last - datetime.timedelta(days=draw.randrange(40_000)), birthday])
    low, high = fact.least or 0, fact.most or 0
    return max(low, min(high, draw.randrange(draw.choice(SCALES)) + low))


def made(kind: type, draw: random.Random, on: datetime.date) -> object:
    """An entity with every fact and every list told."""
    shape, values = describe(kind), dict[str, object]()
    for name, fact in shape.facts.items():
        if fact.sort not in (Sort.TEXT, Sort.IDENTITY, Sort.KINDS) and name not in LEFT:
            values[name] = value_of(fact, draw, on)
    for name in shape.children:
        few = draw.randint(1 if name == "persons" else 0, MOST[name])
        values[name] = [made(KINDS[name], draw, on) for _ in range(few)]
    return kind(**values)


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
