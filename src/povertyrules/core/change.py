"""Changing one value of a section: what a caller supplies or supposes, cited as that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, Self, cast, runtime_checkable

import attrs
from attrs import evolve

from povertyrules.core import tables
from povertyrules.core.citation import Section, Source
from povertyrules.core.errors import InputError, UnknownName
from povertyrules.core.figures import given_money, share_of
from povertyrules.core.money import Fen, Rate
from povertyrules.core.section import (
    band_sources,
    bracket_sources,
    figure_reader,
    held_types,
    model_fields,
    one_list_each,
    table_of,
)
from povertyrules.core.turning import ByReading

_STEP = re.compile(r"(?P<field>[A-Za-z_]\w*)(?:\[(?P<key>[^\]]+)\](?P<rate>\.rate)?)?", re.ASCII)


@runtime_checkable
class InParts(Protocol):
    """A value of a pack that says itself which of its parts can be supplied, and how."""

    def with_part(self, key: str, value: object, path: str) -> Self:
        """The value with one part in place of another."""


def replaced(section: Section, path: str, value: object, source: Source) -> Section:
    """The section with one value changed, cited as what it is; a key that a table of amounts or rates lacks is added.

    Money is whole fen or a string of yuan. The path of a row means what stands in it, the amount of a band or the rate of a
    bracket: its ends stay as they are, and rest on what they rested on.
    """
    fields = model_fields(type(section.model))
    step = _STEP.fullmatch(path.removeprefix(f"{section.path}."))
    if step is None or step["field"] not in fields:
        raise UnknownName.among("path", path, [f"{section.path}.{name}" for name in fields])
    name, key = step["field"], step["key"]
    held, table = getattr(section.model, name), f"{section.path}.{name}"
    if step["rate"] and not isinstance(held, tables.Brackets):
        raise UnknownName.among("path", path, [path.removesuffix(".rate")])
    at = table if key is None else f"{table}[{key}]"
    old = next((section.sources[p] for p in (at, table, section.path) if p in section.sources), source)
    cited = evolve(source, unit=old.unit, rule=old.rule)
    if key is None:
        new = _whole(fields[name], held, value, path)
        kept = {p: s for p, s in section.sources.items() if not p.startswith(f"{table}[")}
        sources = {**kept, at: cited}
        for start in _starts(new):
            sources |= _parts(new, f"{table}[{start}]", cited)
    else:
        new = _with_cell(fields[name], held, key, value, path)
        sources = {**_parts(new, at, old), **section.sources, at: cited}
        if isinstance(new, tables.Brackets):
            sources[f"{at}.rate"] = _parts(new, at, cited)[f"{at}.rate"]
    model = evolve(section.model, **{name: new})  # type: ignore[misc]
    one_list_each(model, section.path)
    return evolve(section, model=model, sources=sources)


def _starts(table: object) -> list[int]:
    """By what the rows of a table are named."""
    if isinstance(table, tables.Bands):
        return [row.start for row in table.rows]
    return [row.start // 100 for row in table.rows] if isinstance(table, tables.Brackets) else []


def _parts(table: object, at: str, source: Source) -> dict[str, Source]:
    """The sources of the parts of a row."""
    if isinstance(table, tables.Bands):
        return band_sources(at, source)
    return bracket_sources(at, source) if isinstance(table, tables.Brackets) else {}


def _whole(one: attrs.Attribute[object], held: object, value: object, path: str) -> object:
    """A value, or a whole table, in place of what a field holds; what lies outside the table stays as it was."""
    types, read = held_types(one), figure_reader(one, given_money)
    if tables.Bands in types:
        ends = {"below": held.below, "above": held.above} if isinstance(held, tables.Bands) else None
        return tables.bands_of(value, path, ends, given_money)
    if tables.Brackets in types:
        return tables.brackets_of(value, path, given_money)
    if types & {tables.Amounts, tables.Rates}:
        cells = tables.keys_of(value, path, one.metadata["category"]).items()
        outside = held.outside if isinstance(held, tables.Amounts | tables.Rates) else None
        return table_of(one, {key: read(cell, f"{path}[{key}]") for key, cell in cells}, path, outside)
    return read(value, path)


def _with_cell(one: attrs.Attribute[object], held: object, key: str, value: object, path: str) -> object:
    """A table with one cell in place of another, or added to it."""
    read = figure_reader(one, given_money)
    match held:
        case tables.Amounts(amounts, outside, kinds):
            number = tables.key_of(key, path.partition("[")[0], one.metadata["category"])
            return tables.Amounts({**amounts, number: cast(Fen, read(value, path))}, outside, kinds)
        case tables.Rates(rates, outside, kinds):
            number = tables.key_of(key, path.partition("[")[0], one.metadata["category"])
            changed = {**rates, number: cast(Rate, read(value, path))}
            return tables.Rates(dict(zip(changed, tables.alike(changed.values()), strict=True)), outside, kinds)
        case tables.Bands(bands):
            _among(key, _starts(held), path)
            amount = given_money(value, path)
            return evolve(held, rows=tuple(evolve(b, amount=amount) if str(b.start) == key else b for b in bands))
        case tables.Brackets(brackets):
            _among(key, _starts(held), path)
            share = share_of(value, path)
            shares = [share if str(b.start // 100) == key else b.rate for b in brackets]
            pairs = zip(brackets, tables.alike(shares), strict=True)
            return tables.Brackets(tuple(evolve(b, rate=rate) for b, rate in pairs))
        case InParts():
            return held.with_part(key, value, path)
        case ByReading(_, choices):
            return evolve(held, choices={name: _with_cell(one, under, key, value, path) for name, under in choices.items()})
        case _:
            raise InputError(path, value, "this parameter has no keys")


def _among(key: str, known: Iterable[int], path: str) -> None:
    names = [str(one) for one in known]
    if key not in names:
        raise UnknownName(path, key, f"known: {', '.join(names)}")
