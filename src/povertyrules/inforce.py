"""Which sections of a chain of packs are in force on a day, with the caller's changes, and why the others are not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import cast

from attrs import field, frozen

from povertyrules.core.area import Area
from povertyrules.core.change import replaced
from povertyrules.core.citation import Section, Source
from povertyrules.core.errors import InputError, NoAnswer, NoSuchRule, NotInForce, PackError, PastLastDate, UnknownName
from povertyrules.core.pack import Pack
from povertyrules.core.plan import Plan
from povertyrules.core.rule import Rule, rules_of
from povertyrules.core.section import model_fields, today_is_past
from povertyrules.core.terms import walk


def _said(_: object, __: object, source: str) -> None:
    """Refuse a change that does not say what it rests on."""
    if not issubclass(type(source), str) or not source.strip():
        raise InputError("source", source, "say where the figure comes from, such as source='county notice'")


@frozen(eq=False, repr=False, slots=False)
class Change:
    """A value that the caller supplied or supposed."""

    path: str
    value: object
    source: str = field(validator=_said)
    kind: str


def in_force(
    chain: Iterable[Pack], on: datetime.date, past: str, changes: Iterable[Change], choices: Mapping[str, str]
) -> tuple[dict[str, Section], dict[str, NoAnswer]]:
    """The sections in force by path (the nearest place, then the latest date, wins), and why there is none for the others."""
    live: dict[str, Section] = {}
    why: dict[str, NoAnswer] = {}
    for pack in chain:
        for path, versions in pack.versions.items():
            for section in versions:
                _check_dating(pack, section, choices)
            found = [section for section in versions if section.covers(on, choices)]
            if not found:
                why[path] = _not_in_force(path, versions, on, choices)
            elif past == "refuse" and today_is_past(found[-1], on):
                live.pop(path, None)
                why[path] = PastLastDate(f"{path}: the document speaks until {found[-1].last_seen}, not for {on}")
            else:
                live[path] = found[-1].on_day(on, choices)
    for change in changes:
        at = next((path for path in live if str(change.path).startswith(path + ".")), None)
        if at is None:
            raise UnknownName.among("path", change.path, value_paths(live))
        source = Source("", None, quality=change.kind, supplied=change.source)
        live[at] = replaced(live[at], change.path, change.value, source)
    return live, {path: reason for path, reason in why.items() if path not in live}


def _check_dating(pack: Pack, section: Section, choices: Mapping[str, str]) -> None:
    """Refuse a section whose first day turns on an interpretation that no pack describes with the same choices."""
    if section.dated_by and choices.get(section.dated_by) not in section.starts:
        reason = f"its first day turns on {section.dated_by}, which no pack describes with choices {', '.join(section.starts)}"
        raise PackError(pack.file, f"{section.path}.from", reason)


def _not_in_force(path: str, versions: tuple[Section, ...], on: datetime.date, choices: Mapping[str, str]) -> NoAnswer:
    later = next((section for section in versions if section.begins(choices) > on), None)
    if later is not None:
        by = f" ({later.dated_by} = {choices[later.dated_by]})" if later.dated_by else ""
        return NotInForce(f"{path} speaks from {later.begins(choices)}, not yet for {on}{by}")
    return NotInForce(f"{path} ended on {versions[-1].until}, before {on}")


def declared_rules(
    chain: tuple[Pack, ...], areas: Iterable[type[Area]], why: Mapping[str, NoAnswer]
) -> dict[str, tuple[Rule, NoAnswer]]:
    """For each quantity that some area knows: its rule, and why there is none, if no section in force supplies it."""
    declared: dict[str, tuple[Rule, NoAnswer]] = {}
    late = {type(s.model): why[s.path] for pack in chain for s in pack.sections() if s.path in why}
    place = chain[-1].jurisdiction
    for model in (model for area in areas for model in area.models.values()):
        for name, found in rules_of(model).items():
            if model in late:
                declared[name] = found, late[model]
            elif name not in declared:
                nothing = NoSuchRule(f"{name}: the documents of {place.en} ({place.zh}) hold no such rule")
                declared[name] = found, nothing
    return declared


def value_paths(live: Mapping[str, Section]) -> list[str]:
    """The paths of the values of some sections."""
    return [f"{path}.{name}" for path, section in live.items() for name in model_fields(type(section.model))]


def readings_in(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The interpretations that the rules of a plan turn on, with their choices."""
    nodes = (node for quantity in plan.quantities.values() for node in walk(quantity.term) if node.op == "reading")
    return dict(cast(tuple[str, tuple[str, ...]], node.value) for node in nodes)
