"""Sections of a pack: from raw tables to a model's values, each with its source."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Callable, Iterable, Mapping

import attrs
from attrs import evolve, frozen

from povertyrules.core import tables
from povertyrules.core.citation import QUALITIES, Document, Provision, RuleEntry, Section, Source, Titled, Wording
from povertyrules.core.errors import MoneyError, RangeError, SortError, UnknownName
from povertyrules.core.figures import (
    Reader,
    area_of,
    date_of,
    money_of,
    number_of,
    rate_of,
    share_of,
    size_of,
    text_of,
    yes_no_of,
)
from povertyrules.core.measure import UNITS as AREAS
from povertyrules.core.money import Fen, Rate
from povertyrules.core.turning import Row, expanded, turns_on

T = typing.TypeVar("T")
UNITS = (
    *("yuan", "yuan/month", "yuan/year", "yuan/mu", "percent", "index"),
    *("years", "months", "days", "persons", "houses", "villages", "times", "kinds", "m2", "mu", "date", "text", ""),
)
SOURCE_KEYS = {"rule", "locator", "document", "wording", "unit", "quality"}
VALUE_KEYS = {"value", "missing", "low", "high"}
META_KEYS = {"model", "rules", "from", "until", "ended", "last_seen", "outside", "assumes"}
TABLES = (tables.Bands, tables.Brackets, tables.Amounts, tables.Rates)
RowSources = Callable[[str, Source], dict[str, Source]]
"""Makes the sources of the parts of a row, from the path of the row and its source."""


@frozen(eq=False, repr=False, slots=False)
class Context:
    """What a section is read against."""

    path: str
    jurisdiction: str
    models: Mapping[str, type]
    rules: Mapping[str, RuleEntry]
    documents: Mapping[str, Document]


def param(unit: str, *, category: type | None = None, apart: bool = False, default: object = attrs.NOTHING) -> typing.Any:
    """Declare a parameter of a model: the unit in which packs must give it, and the category of its kinds or of its keys.

    A kind can stand in only one of the lists of a model that are kept `apart`.
    """
    return attrs.field(default=default, metadata={"unit": unit, "category": category, "apart": apart}, kw_only=True)


@typing.dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(param,))
def parameters(cls: type[T]) -> type[T]:
    """Make a class that holds the parameters of rules: frozen, its fields declared by `param`.

    It is never compared, hashed by value or printed, so those methods are left out: making them costs at import.
    """
    return attrs.frozen(cls, kw_only=True, eq=False, repr=False, slots=False)


def held_types(one: attrs.Attribute[object]) -> set[object]:
    """The types that a field of a model can hold."""
    return {one.type, *typing.get_args(one.type)}


def model_fields(model: type) -> dict[str, attrs.Attribute[object]]:
    """The fields of a model, their types resolved."""
    return attrs.fields_dict(attrs.resolve_types(model))


def read_section(raw: object, context: Context) -> Section:
    """Read one version of a section."""
    if not isinstance(raw, dict):
        raise SortError(context.path, raw, "write a table")
    named = raw.get("model")
    model = context.models.get(named) if isinstance(named, str) else None
    if model is None:
        raise UnknownName.among("model", named, context.models)
    fields = model_fields(model)
    known = {*fields, *SOURCE_KEYS, *META_KEYS}
    for key in raw:
        if key not in known:
            raise UnknownName.among(key, key, known)
    if "outside" in raw and not any({tables.Bands, tables.Amounts, tables.Rates} & held_types(one) for one in fields.values()):
        raise SortError("outside", raw["outside"], f"the model {named} holds no table that anything could lie outside of")
    reader = _Reader(context, raw, turning=issubclass(model, Row))
    values = {}
    for name, one in fields.items():
        if name in raw:
            values[name] = reader.value(one, raw[name])
        elif one.default is attrs.NOTHING:
            raise SortError(name, "nothing", f"is missing: the model {named} needs it")
    made = model(**values)
    one_list_each(made, context.path)
    return reader.finish(made)


def one_list_each(model: object, path: str) -> None:
    """Refuse a kind that stands in two lists of one section that are kept apart: it would count twice."""
    seen: dict[object, str] = {}
    for name, one in model_fields(type(model)).items():
        held, category = getattr(model, name), one.metadata["category"]
        for kind in held if isinstance(held, tables.Kinds) and one.metadata["apart"] else ():
            member = category.of(kind)
            if member in seen:
                raise SortError(f"{path}.{name}", member.name.lower(), f"it stands in {seen[member]} already")
            seen[member] = name


def figure_reader(one: attrs.Attribute[object], money: Reader = money_of) -> Reader:
    """What reads a single figure of a field: the value itself, or what a cell of its table holds."""
    held = held_types(one)
    if own := next((kind for kind in held if isinstance(kind, type) and hasattr(kind, "written")), None):
        return typing.cast("Reader", own.written)
    if one.metadata["unit"] in AREAS:
        return area_of
    if held & {Fen, tables.Amounts}:
        return money
    if held & {Rate, tables.Rates}:
        return rate_of if one.metadata["unit"] == "index" else share_of
    if tables.Kinds in held:
        return lambda value, where: tables.kinds_of(value, where, one.metadata["category"])
    readers: dict[object, Reader] = {str: text_of, datetime.date: date_of, bool: yes_no_of}
    return next((read for kind, read in readers.items() if kind in held), number_of)


class _Reader:
    """Reads the values of one section, and remembers the source of each under its path."""

    def __init__(self, context: Context, raw: Mapping[str, object], *, turning: bool) -> None:
        self.context, self.raw, self.turning, self.sources = context, raw, turning, dict[str, Source]()
        self.top = self.source(raw, None, context.path) if "rule" in raw else None
        if self.top:
            self.sources[context.path] = self.top

    # ---- sources ------------------------------------------------------------------------------------------------

    def source(self, raw: Mapping[str, object], above: Source | None, where: str) -> Source:
        """The source of a value: its own keys, and for the rest what stands above it."""
        rule = raw.get("rule", above.rule if above else None)
        if rule is None:
            raise SortError(where, "no provision", "a value needs a rule with a provision: write rule = …")
        if not isinstance(rule, str) or rule not in self.context.rules:
            raise UnknownName.among(f"{where}.rule", rule, self.context.rules)
        entry = self.context.rules[rule]
        provision = above.provision if above and "rule" not in raw else entry.provision
        return Source(
            entry.id,
            self.provision(raw, entry, where) if {"locator", "document"} & raw.keys() else provision,
            Wording(_word(raw, "wording", tuple(Wording), above.wording if above else Wording.EXACT, where)),
            _word(raw, "unit", UNITS, above.unit if above else "", where),
            _word(raw, "quality", QUALITIES, above.quality if above else "stated", where),
        )

    def provision(self, raw: Mapping[str, object], entry: RuleEntry, where: str) -> Provision:
        """The place that a value names for itself: a locator, in the document of its rule or in another one."""
        document, locator = raw.get("document", entry.provision.document.id), raw.get("locator")
        if not isinstance(document, str) or document not in self.context.documents:
            raise UnknownName.among(f"{where}.document", document, self.context.documents)
        if locator is None:
            raise SortError(f"{where}.document", document, "no provision: write the locator in it as well")
        if not isinstance(locator, str) or not locator.strip():
            raise SortError(f"{where}.locator", locator, "no provision: write a text that says where in the document")
        return Provision(self.context.documents[document], locator)

    def note(self, one: attrs.Attribute[object], path: str, source: Source, *, own: bool) -> Source:
        """Remember the source of a value, in the unit of the model; another unit, if one is given, is refused."""
        wanted = one.metadata["unit"]
        # the sign of a rate says its unit, whatever that of the section is
        said = own or not held_types(one) & {Rate, tables.Rates} or not source.unit.startswith("yuan")
        if wanted and source.unit and source.unit != wanted and said:
            raise SortError(f"{path}.unit", source.unit, f"the model holds this value in {wanted}")
        self.sources[path] = evolve(source, unit=wanted)
        return self.sources[path]

    # ---- values -------------------------------------------------------------------------------------------------

    def value(self, one: attrs.Attribute[object], raw: object) -> object:
        """One field: a figure, or a table of them."""
        path, held, read = f"{self.context.path}.{one.name}", held_types(one), figure_reader(one)
        outside, category = self.raw.get("outside"), one.metadata["category"]
        if self.turning and next(turns_on(raw), None):
            self.sources[path] = self.source({}, self.top, path)
            return expanded(raw, path, lambda settled: self.value(one, settled))
        if any(getattr(kind, "whole", False) for kind in held):
            self.sources[path] = self.source({}, self.top, path)
            return read(raw, path)
        missing = isinstance(raw, dict) and "missing" in raw
        if missing and tables.Missing not in held and held & {Rate, tables.Kinds, *TABLES}:
            raise SortError(path, "missing", "the model holds a rate, a list or a table here, which cannot be missing")
        if missing or not held & {*TABLES}:
            return self.figure(one, raw, path, read)
        if tables.Bands in held:
            bands = tables.bands_of(_bare(raw), path, outside)
            self.rows(one, raw, path, (row.start for row in bands.rows), band_sources)
            return bands
        if tables.Brackets in held:
            brackets = tables.brackets_of(_bare(raw), path)
            self.rows(one, raw, path, (row.start // 100 for row in brackets.rows), bracket_sources)
            return brackets
        if self.top:
            self.note(one, path, self.top, own=False)
        cells = tables.keys_of(raw, path, category).items()
        made = {key: self.cell(one, cell, f"{path}[{key}]", read) for key, cell in cells}
        return table_of(one, made, path, outside)

    def cell(self, one: attrs.Attribute[object], raw: object, path: str, read: Reader) -> object:
        """A figure in a table by key."""
        if isinstance(raw, dict) and "missing" in raw:
            raise SortError(path, "missing", "what a table does not print is left out of it")
        return self.figure(one, raw, path, read)

    def figure(self, one: attrs.Attribute[object], raw: object, path: str, read: Reader) -> object:
        """A single figure, bare or in a table with its source."""
        wrapped = raw if isinstance(raw, dict) else {"value": raw}
        for key in wrapped:
            if key not in SOURCE_KEYS | VALUE_KEYS:
                raise UnknownName.among(f"{path}.{key}", key, SOURCE_KEYS | VALUE_KEYS)
        given = VALUE_KEYS & wrapped.keys()
        if given == {"low", "high"}:
            return self.between(one, wrapped, path, read)
        if given not in ({"value"}, {"missing"}):
            shown = " and ".join(sorted(given)) or "no value"
            raise SortError(path, shown, "write value; or low and high, the ends of a range; or missing = true")
        if wrapped.get("missing", True) is not True:
            raise SortError(f"{path}.missing", wrapped["missing"], "write missing = true, or leave it out")
        found = tables.Missing() if "missing" in wrapped else read(wrapped["value"], path)
        source = self.source(wrapped, self.top, path)
        if source.wording is Wording.RANGE:
            raise SortError(path, "a range", "write low and high, the ends of the range")
        self.note(one, path, source, own="unit" in wrapped)
        return found

    def between(self, one: attrs.Attribute[object], raw: Mapping[str, object], path: str, read: Reader) -> object:
        """The low end of a range; its source keeps the high one."""
        if raw.get("wording", Wording.RANGE) != Wording.RANGE:
            raise SortError(f"{path}.wording", raw["wording"], "low and high are the ends of a range: leave wording out")
        low, high = read(raw["low"], f"{path}.low"), read(raw["high"], f"{path}.high")
        (least, per), (most, over) = size_of(low, path), size_of(high, path)
        if per != over:
            raise MoneyError(f"{path}.high", raw["high"], "write both ends with the same number of decimals")
        if most < least:
            raise RangeError(f"{path}.high", raw["high"], f"not below low, {raw['low']}")
        source = self.source(raw, self.top, path)
        self.note(one, path, evolve(source, wording=Wording.RANGE, high=most), own="unit" in raw)
        return low

    def rows(
        self, one: attrs.Attribute[object], raw: object, path: str, starts: Iterable[int], sources_of_row: RowSources
    ) -> None:
        """Remember the sources of the rows of a table, each under where it starts."""
        if self.top:
            self.note(one, path, self.top, own=False)
        for start, row in zip(starts, typing.cast("list[dict[str, object]]", raw), strict=True):
            at = f"{path}[{start}]"
            source = self.note(one, at, self.source(row, self.top, at), own="unit" in row)
            if source.wording is Wording.RANGE:
                raise SortError(at, "a range", "a row of a table has one figure")
            self.sources |= sources_of_row(at, source)

    # ---- the whole ----------------------------------------------------------------------------------------------

    def finish(self, model: object) -> Section:
        """The section around the model."""
        raw, path = self.raw, self.context.path
        rules = raw.get("rules", [])
        if not isinstance(rules, list):
            raise SortError(f"{path}.rules", rules, "write a list of rule ids")
        for rule in rules:
            if not isinstance(rule, str) or rule not in self.context.rules:
                raise UnknownName.among(f"{path}.rules", rule, self.context.rules)
        held = dict.fromkeys([*(s.rule for s in self.sources.values()), *rules])
        if not held:
            raise SortError(path, "no provision", "a section needs a rule with a provision: write rule = … or rules = […]")
        main = dict.fromkeys([*([self.top.rule] if self.top else []), *rules])
        start, until, seen = self.dates()
        dated_by, starts = self.dated_by()
        return Section(
            path,
            self.context.jurisdiction,
            model,
            tuple(held),
            start,
            until,
            seen,
            self.sources,
            _titles(raw.get("assumes", []), f"{path}.assumes"),
            tuple(main),
            dated_by,
            starts,
        )

    def dated_by(self) -> tuple[str, dict[str, datetime.date]]:
        """Where the first day turns on an interpretation: its name, and the day by choice."""
        raw, path = self.raw["from"], f"{self.context.path}.from"
        if not isinstance(raw, dict):
            return "", {}
        starts = {str(choice): date_of(day, f"{path}.{choice}") for choice, day in raw.items() if choice != "reading"}
        if len(starts) < 2:
            raise SortError(path, raw, "write the name of an interpretation as reading, and a date for each of its choices")
        return text_of(raw.get("reading"), f"{path}.reading"), starts

    def dates(self) -> tuple[datetime.date, datetime.date | None, datetime.date | None]:
        """The first day of the section, its last, and the last one of which the document speaks."""
        raw, path = self.raw, self.context.path
        if "from" not in raw:
            raise SortError(f"{path}.from", "nothing", "is missing: the first day for which the section speaks")
        start = min(self.dated_by()[1].values()) if isinstance(raw["from"], dict) else date_of(raw["from"], f"{path}.from")
        until = date_of(raw["until"], f"{path}.until") if "until" in raw else None
        seen = date_of(raw["last_seen"], f"{path}.last_seen") if "last_seen" in raw else None
        for end, name in ((until, "until"), (seen, "last_seen")):
            if end and end < start:
                raise RangeError(f"{path}.{name}", str(end), f"not before {start}")
        if yes_no_of(raw.get("ended", False), f"{path}.ended"):
            until = until or seen
            if until is None:
                raise SortError(f"{path}.ended", True, "write when it ended, as until or last_seen")
        return start, until, seen


def _word(raw: Mapping[str, object], key: str, allowed: tuple[str, ...], above: str, where: str) -> str:
    """One of the words that a source may say of a value, or what stands above it."""
    found = raw.get(key, above)
    if found not in allowed:
        unknown = "unknown unit; " if key == "unit" else ""
        raise SortError(f"{where}.{key}", found, f"{unknown}allowed: {', '.join(word for word in allowed if word)}")
    return str(found)


def _titles(raw: object, where: str) -> tuple[Titled, ...]:
    if not isinstance(raw, list):
        raise SortError(where, raw, "write a list of texts, each { zh = …, en = … }")
    for one in raw:
        if not isinstance(one, dict) or one.keys() != {"zh", "en"}:
            raise SortError(where, one, "write each text in both languages: { zh = …, en = … }")
    return tuple(Titled(text_of(one["zh"], f"{where}.zh"), text_of(one["en"], f"{where}.en")) for one in raw)


def _bare(raw: object) -> object:
    """Rows without the keys that say where they come from."""
    if not isinstance(raw, list):
        return raw
    return [_without_sources(row) if isinstance(row, dict) else row for row in raw]


def _without_sources(row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in SOURCE_KEYS}


def table_of(one: attrs.Attribute[object], cells: Mapping[int, object], path: str, outside: object) -> object:
    """The table of a field, from its cells."""
    word = tables.outside_of(outside, path)
    if tables.Rates in held_types(one):
        rates = typing.cast("Mapping[int, Rate]", cells)
        tables.one_precision(rates.values(), path)
        return tables.Rates(rates, word, one.metadata["category"])
    return tables.Amounts(typing.cast("Mapping[int, Fen]", cells), word, one.metadata["category"])


def band_sources(at: str, source: Source) -> dict[str, Source]:
    """The sources of the ends of a band: the words about its amount are not about them."""
    ends = evolve(source, unit="years", wording=Wording.EXACT, quality="stated")
    return {f"{at}.from": ends, f"{at}.to": ends}


def bracket_sources(at: str, source: Source) -> dict[str, Source]:
    """The sources of the start and the rate of a bracket: the words about its rate are not about its start."""
    return {
        f"{at}.from": evolve(source, wording=Wording.EXACT, quality="stated"),
        f"{at}.rate": evolve(source, unit="percent"),
    }


def today_is_past(section: Section, on: datetime.date) -> bool:
    """Whether a day lies past the last one for which the section speaks."""
    return section.last_seen is not None and on > section.last_seen and section.until is None
