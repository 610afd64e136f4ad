"""Packs: the figures of a jurisdiction as data, each with its rule and provision.

A pack is a TOML file: the jurisdiction, its documents, its rules, its interpretations, then sections. A section names the
model that holds its values. A malformed pack is refused with file, path and reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs
from attrs import field, frozen

from povertyrules.core.citation import Document, Provision, RuleEntry, Section, Titled
from povertyrules.core.errors import FileError, InputError, PackError, UnknownName, as_shown
from povertyrules.core.files import read_data
from povertyrules.core.interpretation import Register
from povertyrules.core.section import Context, read_section

if TYPE_CHECKING:
    import cattrs

Models = Mapping[str, Mapping[str, type]]
"""By area: the models that hold its sections, by name."""
Hook = Callable[[object, type], object]


@frozen(eq=False, repr=False, slots=False)
class Jurisdiction:
    """A place with policies: its path from the country down, and its names."""

    path: str
    zh: str
    en: str
    within: str | None = None


@frozen(eq=False, repr=False, slots=False)
class _RawDocument:
    title: str
    number: str = ""
    issued: datetime.date | None = None


@frozen(eq=False, repr=False, slots=False)
class _RawRule:
    kind: str
    zh: str
    en: str
    locator: str
    document: str = ""


@frozen(eq=False, repr=False, slots=False)
class _RawReading:
    question: Titled
    choices: dict[str, Titled]
    default: str
    why: Titled
    rules: list[str] = field(factory=list)
    example: str = ""
    assumes: dict[str, Titled] = field(factory=dict)


@frozen(eq=False, repr=False, slots=False)
class Pack:
    """One file, read and checked; `versions` are its sections, by path, in order of their start."""

    file: str
    jurisdiction: Jurisdiction
    documents: Mapping[str, Document]
    rules: Mapping[str, RuleEntry]
    readings: Mapping[str, Register]
    versions: Mapping[str, tuple[Section, ...]]

    def sections(self) -> Iterator[Section]:
        """Every version of every section."""
        for versions in self.versions.values():
            yield from versions


def pack_data(file: str | Path) -> dict[str, object]:
    """Read the file of a pack; `PackError` where it cannot be read."""
    try:
        return read_data(file)
    except FileError as error:
        raise PackError(Path(file).name, "the file", f"{error.value}; {error.allowed}") from None


def load(
    data: dict[str, object],
    shown: str,
    models: Models,
    known: Mapping[str, RuleEntry] | None = None,
    documents: Mapping[str, Document] | None = None,
    *,
    orphans: bool = False,
) -> Pack:
    """Make a pack from its data; `known` and `documents` are the rules and documents of the packs above it.

    A rule to which no section answers is refused, unless `orphans` are allowed.
    """
    return _Loader(shown, models, dict(known or {}), dict(documents or {}), orphans).load(data)


class _Loader:
    def __init__(
        self, file: str, models: Models, rules: dict[str, RuleEntry], documents: dict[str, Document], orphans: bool
    ) -> None:
        self.orphans = orphans
        self.file, self.models, self.rules, self.documents = file, models, rules, documents
        self.above = set(rules)

    def fail(self, path: str, reason: str) -> PackError:
        return PackError(self.file, path, reason)

    def structure(self, data: object, cls: type, path: str) -> Any:
        """Read one head entry with cattrs; its complaints become one line."""
        import cattrs

        try:
            return _converter().structure(data, cls)
        except Exception as error:
            reasons = cattrs.transform_error(error, path="", format_exception=_in_words)
            raise self.fail(path, "; ".join(map(_placed, reasons))) from None

    def load(self, data: dict[str, object]) -> Pack:
        heads = {"jurisdiction", "documents", "rules", "interpretations"}
        if "jurisdiction" not in data:
            raise self.fail("jurisdiction", "is missing: write [jurisdiction] with path, zh and en")
        jurisdiction = self.structure(data["jurisdiction"], Jurisdiction, "jurisdiction")
        documents = {name: self.document(name, raw) for name, raw in self.table(data, "documents").items()}
        rules = {name: self.rule(name, raw) for name, raw in self.table(data, "rules").items()}
        readings = {name: self.reading(name, raw) for name, raw in self.table(data, "interpretations").items()}
        versions: dict[str, tuple[Section, ...]] = {}
        for area in data:
            if area in heads:
                continue
            if area not in self.models:
                raise self.fail(area, f"unknown area; {UnknownName.among(area, area, self.models).allowed}")
            for name, raw in self.table(data, area).items():
                path = f"{area}.{name}"
                versions[path] = self.versions(path, raw, jurisdiction.path)
        self.all_answered(rules, versions)
        return Pack(self.file, jurisdiction, documents, rules, readings, versions)

    def table(self, data: Mapping[str, object], name: str) -> dict[str, object]:
        found = data.get(name, {})
        if not isinstance(found, dict):
            raise self.fail(name, "write a table")
        return found

    def document(self, name: str, raw: object) -> Document:
        path = f"documents.{name}"
        if name in self.documents:
            raise self.fail(path, "duplicate document: a pack above declares it already")
        found = self.structure(raw, _RawDocument, path)
        self.documents[name] = Document(name, found.title, found.number, found.issued)
        return self.documents[name]

    def rule(self, name: str, raw: object) -> RuleEntry:
        path = f'rules."{name}"'
        if name in self.above:
            raise self.fail(path, "duplicate rule: a pack above declares it already")
        locator = raw.get("locator") if isinstance(raw, dict) else None
        if isinstance(locator, str) and not locator.strip():
            raise self.fail(path, "no provision: the locator is empty")
        found = self.structure(raw, _RawRule, path)
        document = found.document or name.split("/")[0]
        if document not in self.documents:
            raise self.fail(path, f"no provision: document {as_shown(document)} is not declared")
        entry = RuleEntry(name, found.kind, Titled(found.zh, found.en), Provision(self.documents[document], found.locator))
        self.rules[name] = entry
        return entry

    def reading(self, name: str, raw: object) -> Register:
        path = f'interpretations."{name}"'
        found = self.structure(raw, _RawReading, path)
        if not found.choices:
            raise self.fail(path, "choices: write at least one")
        for choice in found.assumes:
            if choice not in found.choices:
                raise self.fail(path, f"assumes.{choice}: is none of its choices: {', '.join(found.choices)}")
        if found.default not in found.choices:
            raise self.fail(path, f"default {as_shown(found.default)} is none of its choices: {', '.join(found.choices)}")
        for one in found.rules:
            self.known_rule(one, path)
        return Register(
            name,
            found.question,
            found.choices,
            found.default,
            found.why,
            tuple(found.rules),
            found.example,
            found.assumes,
        )

    def known_rule(self, name: object, path: str) -> RuleEntry:
        if name not in self.rules:
            raise self.fail(
                path, f"rule {as_shown(name)!r} is not declared; {UnknownName.among('rule', name, self.rules).allowed}"
            )
        return self.rules[str(name)]

    def versions(self, path: str, raw: object, jurisdiction: str) -> tuple[Section, ...]:
        if not isinstance(raw, list):
            raise self.fail(path, f"write [[{path}]], a list of versions")
        if not raw:
            raise self.fail(path, f"write at least one version, [[{path}]]")
        area, out = path.split(".")[0], []
        for i, one in enumerate(raw):
            at = path if len(raw) == 1 else f"{path}#{i + 1}"
            context = Context(path, jurisdiction, self.models[area], self.rules, self.documents)
            try:
                out.append(read_section(one, context))
            except InputError as error:
                field = f"{at}{error.field[len(path) :]}" if error.field.startswith(path) else f"{at}.{error.field}"
                raise self.fail(field, f"{error.value!r}: {error.allowed}") from None
            except Exception as error:  # whatever a reader of values did not foresee: the pack is at fault, and named
                raise self.fail(at, f"cannot be read: {type(error).__name__}: {as_shown(str(error))}") from error
        out.sort(key=lambda s: s.start)
        for early, late in pairwise(out):
            if early.start == late.start or (early.until and early.until >= late.start):
                raise self.fail(
                    path,
                    f"overlapping dates: one version runs to {early.until or 'no stated end'}, the next starts on {late.start}",
                )
        return tuple(out)

    def all_answered(self, rules: Mapping[str, RuleEntry], versions: Mapping[str, tuple[Section, ...]]) -> None:
        held = {rule for found in versions.values() for section in found for rule in section.rules}
        for name in rules:
            if name not in held and not self.orphans:
                raise self.fail(f'rules."{name}"', "no section answers to this rule: name it in a section")


@cache
def _converter() -> cattrs.Converter:
    """The converter of head entries; imported with the first pack, so that importing the library stays light."""
    import cattrs
    from cattrs.gen import make_dict_structure_fn

    converter = cattrs.Converter(forbid_extra_keys=True)

    def table(cls: type) -> Hook:
        made = cast(Hook, make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True))
        needed = [one.name for one in attrs.fields(cls) if one.default is attrs.NOTHING]

        def structure(value: object, of: type) -> object:
            if not isinstance(value, dict):
                raise ValueError("write a table")
            for name in needed:
                if isinstance(value.get(name), str) and not value[name].strip():
                    raise ValueError(f"{name} is empty")
            return made(value, of)

        return structure

    def names(value: object, _: type) -> list[str]:
        if not isinstance(value, list):
            raise ValueError("write a list of rule ids")
        return [_text(one, str) for one in value]

    converter.register_structure_hook_func(lambda kind: kind == list[str], names)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(datetime.date, _day)
    for cls in (Titled, _RawDocument, _RawRule, _RawReading, Jurisdiction):
        converter.register_structure_hook(cls, table(cls))
    return converter


def _text(value: object, _: type) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{as_shown(value)!r} is no text")
    return value


def _day(value: object, _: type) -> datetime.date:
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise ValueError(f"{as_shown(value)!r} is no date: write one such as 2017-02-01, without quotes")
    return value


def _in_words(error: BaseException, _: type | None) -> str:
    """A complaint of cattrs, as what to write."""
    from cattrs.errors import ForbiddenExtraKeysError

    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(one.name for one in attrs.fields(error.cl))
        return f"unknown: {', '.join(sorted(map(str, error.extra_fields)))}; allowed keys: {known}"
    if isinstance(error, KeyError):
        return "is missing"
    return str(error) if isinstance(error, ValueError) else "write a table"


def _placed(reason: str) -> str:
    """The complaint behind the place that it is about."""
    what, _, place = reason.rpartition(" @ ")
    return f"{place.lstrip('.')}: {what}" if place.strip(".") else what
