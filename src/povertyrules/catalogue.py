"""Every rule that the library holds, with its provision and its values: for lists, for pages, for audits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast

import attrs
from attrs import frozen

from povertyrules.core.citation import Provision, Section, Wording
from povertyrules.core.facts import Category
from povertyrules.core.rule import Leaf, source_of, symbolic
from povertyrules.core.section import model_fields
from povertyrules.core.tables import Kinds
from povertyrules.core.terms import Term
from povertyrules.core.turning import ByReading
from povertyrules.core.written import Written
from povertyrules.registry import all_areas, builtin, policies

UNPRINTED_UNITS = ("percent", "kinds", "index")


@frozen
class RuleInfo:
    """A rule that the library holds."""

    id: str
    kind: str
    area: str
    zh: str
    en: str
    provision: Provision
    jurisdiction: str
    sections: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    readings: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The rule as strings."""
        out: dict[str, object] = {n: getattr(self, n) for n in ("id", "kind", "area", "zh", "en", "jurisdiction")}
        out |= {
            "provision": str(self.provision),
            "sections": list(self.sections),
            "readings": list(self.readings),
        }
        return out | {"values": [{"path": path, "value": value} for path, value in self.values]}


@lru_cache(maxsize=1)
def catalogue() -> tuple[RuleInfo, ...]:
    """Every rule of every built-in pack, in the order of the packs.

    >>> {rule.kind for rule in catalogue() if rule.id.endswith("/longevity-allowance")}
    {'formula'}
    """
    return tuple(info for path in policies() for info in _of_pack(path))


def _of_pack(path: str) -> Iterator[RuleInfo]:
    chain = builtin(path, all_areas())
    readings = {name: register.rules for pack in chain for name, register in pack.readings.items()}
    for entry in chain[-1].rules.values():
        sections = [s for pack in chain for s in pack.sections() if entry.id in s.rules]
        sections.sort(key=lambda s: entry.id not in s.main)  # a single value elsewhere may rest on the rule too
        values = {p: v for s in sections for p, v, rule in printed(s) if rule == entry.id}
        yield RuleInfo(
            entry.id,
            entry.kind,
            sections[0].path.split(".")[0],
            entry.title.zh,
            entry.title.en,
            entry.provision,
            path,
            tuple(dict.fromkeys(s.path for s in sections)),
            tuple(values.items()),
            tuple(name for name, rules in readings.items() if entry.id in rules),
        )


def printed(section: Section) -> Iterator[tuple[str, str, str]]:
    """The values of a section: path, value as it is printed, and the rule it rests on."""
    for one in model_fields(type(section.model)).values():
        path, value = f"{section.path}.{one.name}", getattr(section.model, one.name)
        if isinstance(value, Written | ByReading | str | bool) or value is None:
            yield from _as_written(path, value, section)
            continue
        category: type[Category] | None = one.metadata.get("category") if isinstance(value, Kinds) else None
        for term in _terms(symbolic(value, path, section.sources, one.type)):
            leaf = term.info
            if isinstance(leaf, Leaf) and leaf.path.endswith("[0].from"):
                continue  # the first bracket starts at the deductible, which is a value of its own
            if isinstance(leaf, Leaf) and term.op == "param":
                yield leaf.path, _as_printed(leaf, term, category), leaf.source.rule
            elif isinstance(leaf, Leaf):
                yield leaf.path, "not printed", source_of(path, section.sources).rule


def _as_written(path: str, value: object, section: Section) -> Iterator[tuple[str, str, str]]:
    """The parts of a value that no rule computes with."""
    if isinstance(value, Written | ByReading):
        rule = source_of(path, section.sources).rule
        for key, shown in value.printed():
            yield f"{path}[{key}]" if key else path, shown, rule


def _as_printed(leaf: Leaf, term: Term, category: type[Category] | None) -> str:
    shown = category.of(cast(int, term.value)).text_in("en") if category else leaf.shown
    unit = "" if leaf.source.unit in UNPRINTED_UNITS else leaf.source.unit
    wording = "" if leaf.source.wording is Wording.EXACT else f"({leaf.source.wording.replace('_', ' ')})"
    return " ".join(part for part in (shown, unit, wording) if part)


def _terms(held: object) -> Iterator[Term]:
    if isinstance(held, Term):
        yield held
    elif isinstance(held, Mapping):
        for one in held.values():
            yield from _terms(one)
    elif isinstance(held, tuple):
        for one in held:
            yield from _terms(one)
    elif attrs.has(type(held)):
        for name in model_fields(type(held)):
            yield from _terms(getattr(held, name))
