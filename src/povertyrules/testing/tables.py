"""Trees as tables, and what the compiled rules give for each of their rows: the two sides that frames are compared by."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import attrs
from attrs import frozen

from povertyrules.core.entity import Entity
from povertyrules.core.errors import InputError, UnknownName
from povertyrules.core.facts import Sort
from povertyrules.entities import WORLD, Household
from povertyrules.nodes import UNREAD
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node

ENGINES = ("polars", "pandas", "pyarrow")
LISTS = {field: below for shape in WORLD.entities.values() for field, (below, _) in shape.children.items()}
ENTITIES = {"households": "Household", **LISTS}
"""By table: the entity whose rows it holds."""
HOME, WHO = "household_id", "person_id"
KEYS = {"persons": (HOME, WHO), "treatments": (WHO,)}
Cells = dict[str, list[object]]


def check_engine(engine: str) -> str:
    """An engine that tables can be made for, or `UnknownName`."""
    if engine not in ENGINES:
        raise UnknownName.among("engine", engine, ENGINES)
    return engine


def check_world(policy: Policy) -> None:
    """Refuse a policy of other entities than the library's, which no tables are known for."""
    if policy.world is not WORLD:
        raise InputError("policy", policy.name, "allowed: a policy over the library's households; tables know no others")


@frozen(eq=False, slots=False)
class Tables:
    """Some households, and the same as tables: a row for each, with ids as texts, money in fen, areas in hundredths."""

    households: tuple[Household, ...]
    columns: Mapping[str, Cells]
    """By table and column: the cells."""
    engine: str

    @cached_property
    def frames(self) -> dict[str, Any]:
        """The tables as frames, by name, as `policy.assess_frames` takes them."""
        return {name: framed(name, cells, self.engine) for name, cells in self.columns.items()}

    def __repr__(self) -> str:
        return f"Tables(households={list(self.households)!r}, engine={self.engine!r})"


def tables_of(policy: Policy, homes: Sequence[Household], engine: str = "polars") -> Tables:
    """Households as tables of an engine. A list that is not told counts as empty, since a table cannot leave one untold.

    Raises `UnknownName` for another engine, `InputError` for a policy of another world.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> made = tables_of(zz, [pr.Household(persons=[pr.Person(born="1932-05-01")])])
    >>> made.frames["persons"].select("household_id", "person_id", "born").rows()
    [('H0', 'H0-0', datetime.date(1932, 5, 1))]
    """
    check_world(policy)
    whole = tuple(told_lists(home) for home in homes)
    columns: dict[str, Cells] = {table: {key: [] for key in (*keys_of(table), *facts_of(table))} for table in ENTITIES}
    for h, home in enumerate(whole):
        home_id = {HOME: f"H{h}"}
        _add(columns["households"], home, home_id)
        for p, person in enumerate(home.persons or ()):
            who = {WHO: f"H{h}-{p}"}
            _add(columns["persons"], person, home_id | who)
            for bill in person.treatments or ():
                _add(columns["treatments"], bill, who)
        for table in ("incomes", "dwellings", "plots", "deaths"):
            for one in getattr(home, table) or ():
                _add(columns[table], one, home_id)
    return Tables(whole, columns, check_engine(engine))


def keys_of(table: str) -> tuple[str, ...]:
    """The columns of ids that a table has."""
    return KEYS.get(table, (HOME,))


def facts_of(table: str) -> tuple[str, ...]:
    """The facts of a table that rules read."""
    return tuple(name for name, fact in _shape(table).facts.items() if fact.sort not in UNREAD)


def _shape(table: str) -> Entity:
    return WORLD.entities[ENTITIES[table]]


def told_lists(one: Any) -> Any:
    """The same with every list told; one that cannot be empty stays as it is."""
    shape, name = WORLD.entities[type(one).__name__], type(one).__name__
    lists = {field: getattr(one, field) or () for field in shape.children}
    made = {f: tuple(map(told_lists, found)) for f, found in lists.items() if found or not WORLD.least(name, f)}
    return attrs.evolve(one, **made) if made else one


def _add(columns: Cells, one: object, ids: Mapping[str, str]) -> None:
    for name, cells in columns.items():
        value = ids[name] if name in ids else getattr(one, name)
        cells.append(int(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def framed(table: str, cells: Cells, engine: str) -> Any:
    """The cells of a table as a frame of an engine; a column without cells has its type all the same."""
    import narwhals as nw

    kinds = dict.fromkeys(keys_of(table), "text")
    kinds |= {n: {Sort.DATE: "date", Sort.YES_NO: "truth"}.get(_shape(table).facts[n].sort, "number") for n in facts_of(table)}
    if engine == "pandas":
        import pandas as pd

        of_pandas = {"text": "object", "date": "datetime64[s]", "truth": "boolean", "number": "Int64"}
        return pd.DataFrame({name: pd.Series(cells[name], dtype=of_pandas[kind]) for name, kind in kinds.items()})
    types: dict[str, Any] = {"text": nw.String, "date": nw.Date, "truth": nw.Boolean, "number": nw.Int64}
    schema = {name: types[kind] for name, kind in kinds.items()}
    return nw.from_dict(dict(cells), schema, backend=cast(Any, engine)).to_native()


def computed(policy: Policy, homes: Iterable[object]) -> list[Node]:
    """Households as trees of nodes in which every quantity is computed by the compiled functions."""
    program, out = policy.program(tuple(policy.plan.quantities)), []
    for home in homes:
        root = policy.engine.tree(home)
        program.run(root)
        out.append(root)
    return out


def rows_of(roots: Iterable[Node], table: str) -> list[Node]:
    """The nodes of some trees that stand in a table, in its order."""
    if table == "households":
        return list(roots)
    return [node for root in roots for node in root[table] or ()]


def cells_of(frame: Any, name: str) -> list[object]:
    """A column of a frame as Python values, None where there is none; dates as days."""
    import narwhals as nw

    column = nw.from_native(frame, eager_only=True)[name]
    pairs = zip(column.to_list(), column.is_null().to_list(), strict=True)
    values = [None if null else value for value, null in pairs]
    return [value.date() if isinstance(value, datetime.datetime) else value for value in values]
