"""A JSON Schema of packs, for editors and tests, made from the model classes that hold their sections.

An editor that knows TOML shows with it which keys a section takes, in which unit, and which words are allowed. It checks
the shape alone: what needs two places of a pack at once (a declared rule, a gap between bands, overlapping dates) is
checked when the pack loads.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Mapping

import attrs

from povertyrules.core.citation import QUALITIES, Wording
from povertyrules.core.facts import Category
from povertyrules.core.measure import UNITS as AREAS
from povertyrules.core.money import Fen, Rate
from povertyrules.core.section import META_KEYS, SOURCE_KEYS, UNITS, held_types, model_fields
from povertyrules.core.tables import LONGEST_KEY, OUTSIDE, Amounts, Bands, Brackets, Kinds, Rates
from povertyrules.core.turning import Row
from povertyrules.core.written import Written, or_turning

Schema = dict[str, object]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MONEY = r"^ *(0|[1-9][0-9]{0,14})(\.[0-9]{1,2}0{0,4})? *$"
WHOLE = r"^ *(0|[1-9][0-9]{0,14})(\.0{1,6})? *$"
RATE = r"^[0-9]{1,9}(\.[0-9]{1,9})? ?%$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def schema(models: Mapping[str, Mapping[str, type]]) -> Schema:
    """The schema of a pack whose sections are held by the models of some areas, by area and name.

    >>> from povertyrules.registry import AREAS
    >>> made = schema({area.name: area.models for area in AREAS})
    >>> sorted(made["properties"]["relief"]["additionalProperties"]["items"]["properties"]["model"]["enum"])
    ['eligibility', 'grounds', 'large_expenditure', 'prevention', 'relief', 'sudden_illness', 'survey', 'while_housing']
    """
    areas: Schema = {
        area: _table({}, more={"type": "array", "minItems": 1, "items": _versions(held)}) for area, held in models.items()
    }
    return {
        "$schema": DIALECT,
        "title": "povertyrules pack",
        **_table(
            {
                "jurisdiction": _table({name: _ref("label") for name in ("path", "zh", "en", "within")}, ["path", "zh", "en"]),
                "documents": _table({}, more=_document()),
                "rules": _table({}, more=_rule()),
                "interpretations": _table({}, more=_interpretation()),
                **areas,
            },
            ["jurisdiction"],
        ),
        "$defs": _shared(),
    }


def _shared() -> Schema:
    """What several places of a pack hold."""
    return {
        "label": {"type": "string", "pattern": r"\S"},
        "day": {"type": "string", "pattern": DAY},
        "titled": _table({"zh": _ref("label"), "en": _ref("label")}, ["zh", "en"]),
        "ids": {"type": "array", "items": _ref("label")},
        "outside": {"enum": list(OUTSIDE)},
        "money": {"type": "string", "pattern": MONEY, "description": 'a string of yuan, such as "30.00"'},
        "area": {"type": "string", "pattern": MONEY, "description": 'a string of square metres or mu, such as "40"'},
        "whole_yuan": {"type": "string", "pattern": WHOLE, "description": 'a string of whole yuan, such as "6000"'},
        "rate": {"type": "string", "pattern": RATE, "description": 'a string of per cent, such as "55 %"'},
        "number": {"type": "integer", "minimum": 0},
        "turning": {"type": "object", "properties": {"reading": _ref("label")}, "required": ["reading"], "minProperties": 3},
    }


def _document() -> Schema:
    return _table({"title": _ref("label"), "number": {"type": "string"}, "issued": _ref("day")}, ["title"])


def _rule() -> Schema:
    names = ("kind", "zh", "en", "locator", "document")
    return _table({name: _ref("label") for name in names}, names[:-1])


def _interpretation() -> Schema:
    choices = {**_table({}, more=_ref("titled")), "minProperties": 1}
    held: Schema = {
        "question": _ref("titled"),
        "choices": choices,
        "default": _ref("label"),
        "why": _ref("titled"),
        "rules": _ref("ids"),
        "example": {"type": "string"},
        "assumes": _table({}, more=_ref("titled")),
    }
    return _table(held, ("question", "choices", "default", "why"))


def _versions(models: Mapping[str, type]) -> Schema:
    """One version of a section: which fields it takes hangs on the model that it names."""
    by_name = [
        {"if": {"properties": {"model": {"const": name}}, "required": ["model"]}, "then": _section(model)}
        for name, model in models.items()
    ]
    anyhow = {"type": "object", "properties": {"model": {"enum": list(models)}}, "required": ["model", "from"]}
    return {**anyhow, "anyOf": [{"required": ["rule"]}, {"required": ["rules"]}], "allOf": by_name}


def _section(model: type) -> Schema:
    fields = model_fields(model)
    held: Schema = {
        **_source(UNITS),
        **{key: _META[key] for key in META_KEYS if key != "outside" or _has_table(fields.values())},
        **{name: _field(one, turning=issubclass(model, Row)) for name, one in fields.items()},
    }
    needed = [name for name, one in fields.items() if one.default is attrs.NOTHING]
    return {**_table(held, needed), "description": (model.__doc__ or "").partition("\n")[0]}


def _has_table(fields: typing.Iterable[attrs.Attribute[object]]) -> bool:
    """Whether anything can lie outside what a model holds."""
    return any({Bands, Amounts, Rates} & held_types(one) for one in fields)


_META: Schema = {
    "model": {"type": "string"},
    "rules": {"$ref": "#/$defs/ids"},
    "from": {
        "anyOf": [
            {"$ref": "#/$defs/day"},
            {
                "type": "object",
                "properties": {"reading": {"$ref": "#/$defs/label"}},
                "required": ["reading"],
                "additionalProperties": {"$ref": "#/$defs/day"},
                "minProperties": 3,
            },
        ]
    },
    "until": {"$ref": "#/$defs/day"},
    "last_seen": {"$ref": "#/$defs/day"},
    "ended": {"type": "boolean"},
    "outside": {
        "anyOf": [
            {"$ref": "#/$defs/outside"},
            {
                "type": "object",
                "properties": {"below": {"$ref": "#/$defs/outside"}, "above": {"$ref": "#/$defs/outside"}},
                "additionalProperties": False,
            },
        ]
    },
    "assumes": {"type": "array", "items": {"$ref": "#/$defs/titled"}},
}


def _source(units: typing.Iterable[str]) -> Schema:
    """The keys that say where a value comes from and how the text words it."""
    known: Schema = {
        "rule": _ref("label"),
        "document": _ref("label"),
        "locator": _ref("label"),
        "unit": {"enum": [unit for unit in units if unit]},
        "wording": {"enum": list(Wording)},
        "quality": {"enum": list(QUALITIES)},
    }
    return {key: known[key] for key in sorted(SOURCE_KEYS)}


def _field(one: attrs.Attribute[object], *, turning: bool) -> Schema:
    """A parameter: a bare value, or a table of the value and its sources."""
    unit, hints = one.metadata["unit"], held_types(one)
    if own := next((kind for kind in hints if hasattr(kind, "shape")), None):
        bare = typing.cast("type[Written]", own).shape()
        found = bare if getattr(own, "whole", False) else _with_sources(bare, unit, ends=False)
    elif Bands in hints:
        ages: Schema = {"type": "array", "items": _ref("number"), "minItems": 1, "maxItems": 2}
        found = _rows({"ages": ages, "amount": _ref("money")}, ("ages", "amount"), unit)
    elif Brackets in hints:
        ends: Schema = {"from": _ref("whole_yuan"), "to": _ref("whole_yuan"), "rate": _ref("rate")}
        found = _rows(ends, ("rate",), unit)
    elif Amounts in hints:
        found = _by_key(_with_sources(_ref("area" if unit in AREAS else "money"), unit, missing=False), one.metadata["category"])
    elif Rates in hints:
        found = _by_key(_with_sources(_ref("rate"), unit, missing=False), one.metadata["category"])
    elif Kinds in hints:
        found = _with_sources(_kinds(one.metadata["category"]), unit, missing=False, ends=False)
    else:
        plain = (
            "area"
            if unit in AREAS
            else "money"
            if Fen in hints
            else "day"
            if datetime.date in hints
            else "rate"
            if Rate in hints
            else "yes or no"
            if bool in hints
            else "text"
            if str in hints
            else "number"
        )
        found = _with_sources(_BARE.get(plain) or _ref(plain), unit)
    if turning:
        found = or_turning(found)
    return {**found, "description": f"in {unit}"} if unit else found


_BARE: dict[str, Schema] = {"text": {"type": "string"}, "yes or no": {"type": "boolean"}}


def _kinds(category: type[Category]) -> Schema:
    names = [kind.name.lower() for kind in category]
    return {"type": "array", "items": {"enum": names}, "minItems": 1, "uniqueItems": True}


def _rows(cells: Schema, needed: typing.Sequence[str], unit: str) -> Schema:
    return {"type": "array", "minItems": 1, "items": _table({**cells, **_source([unit])}, needed)}


def _by_key(cell: Schema, category: type[Category] | None) -> Schema:
    """A table by whole numbers, or by the codes of a category."""
    if category is not None:
        return {**_table({str(kind.value): cell for kind in category}), "minProperties": 1}
    keys: Schema = {f"^[0-9]{{1,{LONGEST_KEY}}}$": cell}
    return {"type": "object", "patternProperties": keys, "additionalProperties": False, "minProperties": 1}


def _with_sources(bare: Schema, unit: str, *, missing: bool = True, ends: bool = True) -> Schema:
    """A value as it is, or with its sources; a range has two ends; a figure that is not printed is `missing`."""
    source = _source([unit])
    ways = [bare, _table({"value": bare, **source}, ["value"])]
    if ends:
        spread = {**source, "wording": {"const": Wording.RANGE.value}}
        ways.append(_table({"low": bare, "high": bare, **spread}, ["low", "high"]))
    if missing:
        ways.append(_table({"missing": {"const": True}, **source}, ["missing"]))
    return {"anyOf": ways}


def _table(known: Schema, needed: typing.Sequence[str] = (), *, more: Schema | None = None) -> Schema:
    """A table with known keys; other keys are refused, or are all of one shape."""
    out: Schema = {"type": "object", "properties": known, "additionalProperties": False if more is None else more}
    return {**out, "required": list(needed)} if needed else out


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
