"""The changes that the nudge makes: each figure of a pack by one unit, each rule and list item deleted, one at a time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from povertyrules.areas.obligations.lists import ChecklistDuty
from povertyrules.areas.obligations.times import FrequencyDuty
from povertyrules.core.area import Area
from povertyrules.core.bound import RELATIONS
from povertyrules.core.facts import Category
from povertyrules.core.rule import rules_of
from povertyrules.core.section import model_fields
from povertyrules.core.turning import Row
from povertyrules.registry import all_areas

Data = dict[str, Any]
HEADS = {"jurisdiction", "documents", "rules", "interpretations"}
PLAIN_KEYS = {"model", "rule", "rules", "last_seen", "unit", "locator", "document", "quality", "assumes", "missing", "ended"}


@frozen
class Nudge:
    """One change of a pack: what it is, and how to make it on a copy of the data."""

    what: str
    make: Callable[[Data], None]
    rules: frozenset[str] = frozenset()
    """The rules it touches: their cases are tried first."""
    row: str = ""
    """The path of the section, where that is a row of data: only the cases that name it can notice the change."""


def nudges(data: Data, areas: tuple[type[Area], ...] | None = None) -> Iterator[Nudge]:
    """Every change of a pack, one at a time; `areas` are those of its rules, by default the library's."""
    for area, sections in data.items():
        if area not in HEADS:
            for name, versions in sections.items():
                for i, section in enumerate(versions):
                    rules, model = frozenset(rules_in(section)), model_of(area, section, areas)
                    row = f"{area}.{name}" if issubclass(model, Row) else ""
                    yield Nudge(f"{area}.{name}: deleted", _section_deleter(area, name), rules, row)
                    of_section = _of_row if row else _of_section
                    found = of_section([area, name, i], f"{area}.{name}", section, model)
                    yield from (evolve(one, rules=rules, row=row) for one in found)
    for name, register in data.get("interpretations", {}).items():
        for choice in register["choices"]:
            if choice != register["default"]:
                make = _setter(["interpretations", name, "default"], choice)
                yield Nudge(f"{name}: default {choice}", make, frozenset(register.get("rules", ())))


def model_of(area: str, section: Data, areas: tuple[type[Area], ...] | None = None) -> type:
    """The class that holds a section."""
    return next(one for one in areas or all_areas() if one.name == area).models[section["model"]]


def rules_in(raw: object) -> Iterator[str]:
    """The rules that a section, or a part of it, names."""
    if isinstance(raw, dict):
        yield from (str(raw[key]) for key in raw.keys() & {"rule"})
        yield from map(str, raw.get("rules", ()))
        for one in raw.values():
            yield from rules_in(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from rules_in(one)


def _section_deleter(area: str, name: str) -> Callable[[Data], None]:
    def make(data: Data) -> None:
        data[area].pop(name)

    return make


def _of_section(at: list[Any], name: str, section: Data, model: type) -> Iterator[Nudge]:
    fields, wordings = model_fields(model), bool(rules_of(model))  # a check reads a figure, and not how it is worded
    for key, value in section.items():
        path, shown = [*at, key], f"{name}.{key}"
        if key == "from" and isinstance(value, dict):
            for choice in value.keys() - {"reading"}:
                bumped_day = value[choice] + datetime.timedelta(days=1)
                yield Nudge(f"{shown}.{choice} + 1 day", _setter([*path, choice], bumped_day))
        elif key in ("from", "until"):
            yield Nudge(f"{shown} + 1 day", _setter(path, value + datetime.timedelta(days=1)))
        elif key == "outside":
            yield from _outside(path, shown, value, open_above=_open_above(section))
        elif key not in PLAIN_KEYS:
            category = fields[key].metadata["category"] if key in fields else None
            yield from _of_value(path, shown, value, category, wordings=wordings)


SOFTER = {"must": "strive"}
OTHER_WORDS = {
    "every": {"month": "week", "quarter": "month", "half_year": "quarter", "year": "half_year", "week": "month"},
    "bound": {"at_least": "more_than"},
    "days": {"calendar": "working", "working": "calendar"},
    "within": {"calendar_year": "term", "rolling_year": "calendar_year", "term": "calendar_year"},
}
"""Words of rows that mean something: what stands in their place when they are nudged."""
TEXTS = {"model", "rule", "rules", "last_seen", "locator", "document", "quality", "bears", "label", "labels", "gives", "by_whom"}
NAMED = {"tag", "code", "step", "event", "reading", "standard", "of", "zh", "en", "then", "unit", "amount", "against"}


def _of_row(at: list[Any], name: str, section: Data, model: type) -> Iterator[Nudge]:
    """The changes of a row of data: every number, day, item, word of meaning in it, at any depth."""
    verdict = not any(section.get(relation) == {"missing": True} for relation in RELATIONS)  # else nothing is ever missed
    for key, value in section.items():
        if (model, key) == (FrequencyDuty, "by") and isinstance(value, datetime.date):  # whole periods alone are looked at
            yield Nudge(f"{name}.by + 1 year", _setter([*at, key], value.replace(year=value.year + 1)))
        elif key not in TEXTS and (verdict or key != "force") and (model, key) != (ChecklistDuty, "open"):
            yield from _of_part([*at, key], f"{name}.{key}", value)
    if verdict and "force" not in section and "force" in model_fields(model):
        yield Nudge(f"{name}.force: strive", _setter([*at, "force"], "strive"))


def _of_part(path: list[Any], shown: str, value: object) -> Iterator[Nudge]:
    key = path[-1]
    match value:
        case {"zh": _, "en": _, **rest} if rest.keys() <= {"unit"}:
            return
        case {"none": True} | {"missing": True}:
            return
        case dict():
            if len(value) > 1 and "reading" not in value and _is_free(value):
                for one in value:
                    yield Nudge(f"{shown}[{one}]: deleted", _deleter([*path, one]))
            for one, part in value.items():
                if one not in NAMED:
                    yield from _of_part([*path, one], f"{shown}[{one}]", part)
        case list():
            for i, part in enumerate(value):
                if len(value) > 1:
                    steps = isinstance(part, dict) and "step" in part
                    yield Nudge(f"{shown}[{i}]: deleted", (_without_step if steps else _deleter)([*path, i]))
                if isinstance(part, dict):
                    yield from _of_part([*path, i], f"{shown}[{i}]", part)
        case datetime.date():
            yield Nudge(f"{shown} + 1 day", _setter(path, value + datetime.timedelta(days=1)))
        case str() if word := next((one for one in reversed(path) if one in OTHER_WORDS), None):
            other = OTHER_WORDS[word].get(value, next(iter(OTHER_WORDS[word])))
            yield Nudge(f"{shown} {value} → {other}", _setter(path, other))
        case str() if "force" in path:
            yield Nudge(f"{shown} {value} → {SOFTER.get(value, 'must')}", _setter(path, SOFTER.get(value, "must")))
        case str() | int() if key not in NAMED:
            yield Nudge(f"{shown} {value} → {bumped(value)}", _setter(path, bumped(value)))


def _is_free(value: Mapping[str, object]) -> bool:
    """Whether the keys of a table are the text's own: items, years, groups; a deleted one is then still a table."""
    return not value.keys() & (NAMED | set(RELATIONS) | {"steps", "members"})


def _open_above(section: Data) -> bool:
    """Whether the last band of a section is open above: nothing lies there, whatever is said of it."""
    last = [rows[-1] for rows in section.values() if isinstance(rows, list) and rows and isinstance(rows[-1], dict)]
    return any(len(row.get("ages", ())) == 1 for row in last)


def _outside(path: list[Any], shown: str, value: object, *, open_above: bool) -> Iterator[Nudge]:
    ends = value if isinstance(value, dict) else {"below": value, "above": value}
    for end, word in ends.items():
        if end == "above" and open_above:
            continue
        other = {**ends, end: "unstated" if word == "not_eligible" else "not_eligible"}
        yield Nudge(f"{shown}: {end} {other[end]}", _setter(path, other))


def _of_value(
    path: list[Any], shown: str, value: object, category: type[Category] | None, *, wordings: bool = True
) -> Iterator[Nudge]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "wording" and not wordings:
                continue
            if key == "wording":
                yield Nudge(f"{shown}: exact", _setter([*path, key], "exact"))
            elif key not in PLAIN_KEYS:
                yield from _of_value([*path, key], f"{shown}[{key}]", one, category, wordings=wordings)
                if str(key).isdigit() and len(value) == 1:
                    yield Nudge(f"{shown}[{key}]: moved", _mover(path, key, category))
                elif str(key).isdigit():
                    yield Nudge(f"{shown}[{key}]: deleted", _deleter([*path, key]))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from _of_rows(path, shown, value)
    elif isinstance(value, list) and len(value) == 1 and category:  # a list is never empty: another kind in its place
        other = next(kind.name.lower() for kind in category if kind.name.lower() != value[0])
        yield Nudge(f"{shown}: {other} for {value[0]}", _setter(path, [other]))
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield Nudge(f"{shown}: without {one}", _deleter([*path, i]))
    elif isinstance(value, datetime.date):
        yield Nudge(f"{shown} + 1 day", _setter(path, value + datetime.timedelta(days=1)))
    elif isinstance(value, str | int):
        yield Nudge(f"{shown} {value} → {bumped(value)}", _setter(path, bumped(value)))


def _of_rows(path: list[Any], shown: str, rows: list[Data]) -> Iterator[Nudge]:
    """Bands and brackets: an edge that two rows share is moved in both, since it is one number of the text."""
    for i, row in enumerate(rows):
        for key in row.keys() & {"amount", "rate"}:
            yield Nudge(f"{shown}[{i}].{key} {row[key]} → {bumped(row[key])}", _setter([*path, i, key], bumped(row[key])))
        if "ages" in row:
            if i == 0:
                yield Nudge(f"{shown}[0] from {row['ages'][0]} + 1", _setter([*path, 0, "ages", 0], row["ages"][0] + 1))
            if len(row["ages"]) == 2:
                yield Nudge(f"{shown}[{i}] to {row['ages'][1]} + 1", _edge(path, i))
        elif "to" in row:
            yield Nudge(f"{shown}[{i}] to {row['to']} → {bumped(row['to'])}", _bracket_edge(path, i))
        if 0 < i == len(rows) - 1:  # of an only row the section's own deletion says as much
            yield Nudge(f"{shown}[{i}]: deleted", _without_last(path))


def bumped(value: str | int) -> Any:
    """One unit more: of the last printed digit; no for yes.

    >>> bumped("3372"), bumped("55 %"), bumped("102.8 %"), bumped(80), bumped(True), bumped("2000 persons")
    ('3373', '56 %', '102.9 %', 81, False, '2001 persons')
    """
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    day = re.fullmatch(r"([0-9]{2}-)([0-9]{2})", value)
    if day is not None:
        return f"{day[1]}{int(day[2]) % 28 + 1:02}"
    found = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)( [^0-9 ][^ ]*| ?%)?", value)
    if found is None:  # a name
        return f"{value}二"
    number = Decimal(found[1])
    if found[2] and found[2].strip() == "%" and number == 100:  # the whole: there is no share above it
        return f"99{found[2]}"
    return f"{number + Decimal(1).scaleb(int(number.as_tuple().exponent))}{found[2] or ''}"


def _at(data: Data, path: list[Any]) -> Any:
    for step in path:
        data = data[step]
    return data


def _setter(path: list[Any], value: object) -> Callable[[Data], None]:
    def make(data: Data) -> None:
        _at(data, path[:-1])[path[-1]] = value

    return make


def _deleter(path: list[Any]) -> Callable[[Data], None]:
    def make(data: Data) -> None:
        _at(data, path[:-1]).pop(path[-1])

    return make


def _without_step(path: list[Any]) -> Callable[[Data], None]:
    """The steps of a procedure without one of them: those that follow it follow what it followed."""

    def make(data: Data) -> None:
        steps, i = _at(data, path[:-1]), path[-1]
        gone = steps.pop(i)
        before = gone.get("after", [steps[i - 1]["step"]] if i else [])
        for step in steps:
            if isinstance(step.get("after"), list) and gone["step"] in step["after"]:
                step["after"] = [*dict.fromkeys([one for one in step["after"] if one != gone["step"]] + before)]

    return make


def _mover(path: list[Any], key: str, category: type[Category] | None) -> Callable[[Data], None]:
    """The only row of a table under another key."""
    known = [kind.value for kind in category] if category else [int(key) + 1]
    other = next(code for code in known if str(code) != key)

    def make(data: Data) -> None:
        rows = _at(data, path)
        rows[str(other)] = rows.pop(key)

    return make


def _edge(path: list[Any], i: int) -> Callable[[Data], None]:
    def make(data: Data) -> None:
        rows = _at(data, path)
        rows[i]["ages"][1] += 1
        if i + 1 < len(rows):
            rows[i + 1]["ages"][0] += 1

    return make


def _bracket_edge(path: list[Any], i: int) -> Callable[[Data], None]:
    def make(data: Data) -> None:
        rows = _at(data, path)
        rows[i]["to"] = rows[i + 1]["from"] = bumped(rows[i]["to"])

    return make


def _without_last(path: list[Any]) -> Callable[[Data], None]:
    def make(data: Data) -> None:
        rows = _at(data, path)
        rows.pop()
        rows[-1].pop("to", None)

    return make
