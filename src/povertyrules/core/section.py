"""Sections of a pack: from raw tables to a model's values, each with its source; and changing one value of them."""

from __future__ import annotations

import datetime
import re
import typing
from collections.abc import Mapping

import attrs
from attrs import evolve, frozen

from povertyrules.core import tables
from povertyrules.core.citation import Document, Provision, RuleEntry, Section, Source, Titled, Wording
from povertyrules.core.errors import InputError, RangeError, SortError, UnknownName
from povertyrules.core.money import Fen, Rate, yuan

T = typing.TypeVar("T")
UNITS = ("yuan", "yuan/month", "yuan/year", "percent", "years", "persons", "kinds", "index", "")
SOURCE_KEYS = {"rule", "locator", "document", "wording", "unit", "quality"}
META_KEYS = {"model", "rules", "from", "until", "ended", "last_seen", "outside", "assumes"}


@frozen(eq=False, repr=False, slots=False)
class Context:
    """What a section is read against."""

    path: str
    jurisdiction: str
    models: Mapping[str, type]
    rules: Mapping[str, RuleEntry]
    documents: Mapping[str, Document]


def param(unit: str, *, category: type | None = None, default: object = attrs.NOTHING) -> typing.Any:
    """Declare a parameter of a model, with the unit in which packs must give it."""
    return attrs.field(default=default, metadata={"unit": unit, "category": category}, kw_only=True)


@typing.dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(param,))
def parameters(cls: type[T]) -> type[T]:
    """Make a class that holds the parameters of rules: frozen, its fields declared by `param`.

    It is never compared, hashed by value or printed, so those methods are left out: making them costs at import.
    """
    return attrs.frozen(cls, kw_only=True, eq=False, repr=False, slots=False)


def model_fields(model: type) -> dict[str, attrs.Attribute[object]]:
    """The fields of a model, their types resolved."""
    return attrs.fields_dict(attrs.resolve_types(model))


def read_section(raw: object, context: Context) -> Section:
    """Read one version of a section."""
    if not isinstance(raw, dict):
        raise SortError(context.path, raw, "write a table")
    model = context.models.get(raw.get("model", ""))
    if model is None:
        raise UnknownName.among("model", raw.get("model"), context.models)
    fields = model_fields(model)
    for key in raw.keys() - fields.keys() - SOURCE_KEYS - META_KEYS:
        raise UnknownName.among(key, key, {*fields, *SOURCE_KEYS, *META_KEYS})
    reader = _Reader(context, raw)
    values = {}
    for name, one in fields.items():
        if name in raw:
            values[name] = reader.value(one, raw[name])
        elif one.default is attrs.NOTHING:
            raise SortError(name, "nothing", f"is missing: the model {raw['model']} needs it")
    return reader.finish(model(**values))


class _Reader:
    def __init__(self, context: Context, raw: Mapping[str, object]) -> None:
        self.context, self.raw, self.sources = context, raw, dict[str, Source]()
        self.top = self.source(raw, None, context.path) if "rule" in raw else None
        if self.top:
            self.sources[context.path] = self.top

    def source(self, raw: Mapping[str, object], above: Source | None, where: str) -> Source:
        """The source of a value: its own keys, and for the rest what stands above it."""
        rule = raw.get("rule", above.rule if above else None)
        if rule is None:
            raise SortError(where, "no provision", "a value needs a rule with a provision: write rule = …")
        if rule not in self.context.rules:
            raise UnknownName.among(f"{where}.rule", rule, self.context.rules)
        entry = self.context.rules[str(rule)]
        provision = above.provision if above and "rule" not in raw else entry.provision
        if "locator" in raw:
            document = str(raw.get("document", entry.provision.document.id))
            if document not in self.context.documents:
                raise UnknownName.among(f"{where}.document", document, self.context.documents)
            provision = Provision(self.context.documents[document], str(raw["locator"]))
        unit = str(raw.get("unit", above.unit if above else ""))
        if unit not in UNITS:
            raise SortError(f"{where}.unit", unit, f"unknown unit; allowed: {', '.join(u for u in UNITS if u)}")
        wording = str(raw.get("wording", above.wording if above else "exact"))
        if wording not in set(Wording):
            raise SortError(f"{where}.wording", wording, f"allowed: {', '.join(Wording)}")
        quality = str(raw.get("quality", above.quality if above else "stated"))
        return Source(entry.id, provision, Wording(wording), unit, quality)

    def value(self, one: attrs.Attribute[object], raw: object) -> object:
        """One field: unwrap the sources in it, check its unit, parse what is left."""
        path = f"{self.context.path}.{one.name}"
        inner = self.unwrap(raw, path, self.top)
        source = self.sources.get(path, self.top)
        if source is None and not _inner_sources(path, self.sources):
            raise SortError(path, "no provision", "a value needs a rule with a provision: write rule = …")
        wanted = one.metadata["unit"]
        if source and source.unit != wanted:
            self.sources[path] = evolve(source, unit=wanted)
            if "unit" in self.raw and source.unit.startswith("yuan") and wanted.startswith("yuan"):
                raise SortError(f"{path}.unit", source.unit, f"the model holds this value in {wanted}")
        return parse(inner, one, path, self.raw.get("outside"))

    def unwrap(self, raw: object, path: str, above: Source | None) -> object:
        """Take the source keys out of a value, remembering them under its path."""
        if isinstance(raw, dict) and ({"value", "missing"} & raw.keys() or {"low", "high"} <= raw.keys()):
            for key in raw.keys() - SOURCE_KEYS - {"value", "missing", "low", "high"}:
                raise UnknownName.among(f"{path}.{key}", key, SOURCE_KEYS | {"value", "missing", "low", "high"})
            source = self.source(raw, above, path)
            if "low" in raw:
                source = evolve(source, wording=Wording.RANGE, high=yuan(str(raw["high"]), field=f"{path}.high"))
            self.sources[path] = source
            return tables.Missing() if raw.get("missing") else raw.get("value", raw.get("low"))
        if isinstance(raw, dict):
            return {key: self.unwrap(one, f"{path}[{key}]", above) for key, one in raw.items()}
        if isinstance(raw, list) and all(isinstance(row, dict) for row in raw):
            return [self._row(row, path, above) for row in raw]
        return raw

    def _row(self, row: dict[str, object], path: str, above: Source | None) -> dict[str, object]:
        if SOURCE_KEYS & row.keys():
            ages = row.get("ages")
            key = ages[0] if isinstance(ages, list) and ages else int(str(row.get("from", "0")).split(".")[0])
            self.sources[f"{path}[{key}]"] = self.source(row, above, f"{path}[{key}]")
        return {k: v for k, v in row.items() if k not in SOURCE_KEYS}

    def finish(self, model: object) -> Section:
        """The section around the model."""
        raw, path = self.raw, self.context.path
        rules = raw.get("rules", [])
        if not isinstance(rules, list):
            raise SortError(f"{path}.rules", rules, "write a list of rule ids")
        for rule in rules:
            if rule not in self.context.rules:
                raise UnknownName.among(f"{path}.rules", rule, self.context.rules)
        held = dict.fromkeys([*(s.rule for s in self.sources.values()), *rules])
        if not held:
            raise SortError(path, "no provision", "a section needs a rule with a provision: write rule = … or rules = […]")
        if "from" not in raw:
            raise SortError(f"{path}.from", "nothing", "is missing: the first day for which the section speaks")
        start = tables.date_of(raw["from"], f"{path}.from")
        until = tables.date_of(raw["until"], f"{path}.until") if "until" in raw else None
        seen = tables.date_of(raw["last_seen"], f"{path}.last_seen") if "last_seen" in raw else None
        for end, name in ((until, "until"), (seen, "last_seen")):
            if end and end < start:
                raise RangeError(f"{path}.{name}", str(end), f"not before {start}")
        if raw.get("ended") and until is None:
            until = seen
        assumes = raw.get("assumes", [])
        titled = tuple(Titled(**one) for one in assumes) if isinstance(assumes, list) else ()
        return Section(path, self.context.jurisdiction, model, tuple(held), start, until, seen, self.sources, titled)


def _inner_sources(path: str, sources: Mapping[str, Source]) -> bool:
    return any(found.startswith(f"{path}[") for found in sources)


def parse(raw: object, one: attrs.Attribute[object], path: str, outside: object = None) -> object:
    """Turn a raw value into what the field of a model holds."""
    if isinstance(raw, tables.Missing):
        return raw
    hints = {one.type, *typing.get_args(one.type)}
    if Fen in hints:
        return yuan(tables._text(raw, path), field=path)
    if Rate in hints:
        return Rate.parse(raw, field=path)
    if tables.Bands in hints:
        return tables.bands_of(raw, path, outside)
    if tables.Brackets in hints:
        return tables.brackets_of(raw, path)
    if tables.Amounts in hints:
        return tables.amounts_of(raw, path, outside)
    if tables.Rates in hints:
        return tables.rates_of(raw, path, outside)
    if tables.Kinds in hints:
        return tables.kinds_of(raw, path, one.metadata["category"])
    if str in hints:
        return str(raw)
    return tables.int_of(raw, path)


_STEP = re.compile(r"(?P<field>[a-z_]+)(?:\[(?P<key>[^\]]+)\])?(?:\.(?P<cell>rate))?")


def replaced(section: Section, path: str, value: object, source: Source) -> Section:
    """The section with one value changed, cited as what it is; a key that a table lacks is added."""
    rest = path.removeprefix(section.path + ".")
    step = _STEP.fullmatch(rest)
    fields = model_fields(type(section.model))
    if step is None or step["field"] not in fields:
        raise UnknownName.among("path", path, [f"{section.path}.{name}" for name in fields])
    name, key = step["field"], step["key"]
    held = getattr(section.model, name)
    new = parse(_raw(value), fields[name], path) if key is None else _cell(held, key, value, path)
    before = {p: s for p, s in section.sources.items() if not p.startswith(f"{path}[") and p != path}
    old = next(
        (section.sources[p] for p in (path, f"{section.path}.{name}", section.path) if p in section.sources),
        source,
    )
    cited = evolve(source, unit=old.unit, rule=old.rule)
    return evolve(section, model=evolve(section.model, **{name: new}), sources={**before, path: cited})  # type: ignore[misc]


def _raw(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value // 100}.{value % 100:02d}"
    return value


def _cell(held: object, key: str, value: object, path: str) -> object:
    match held:
        case tables.Amounts(amounts, outside):
            return tables.Amounts({**amounts, int(key): yuan(str(_raw(value)), field=path)}, outside)
        case tables.Rates(rates, outside):
            return tables.Rates({**rates, int(key): Rate.parse(value, field=path)}, outside)
        case tables.Bands(bands):
            _among(key, [str(b.start) for b in bands], path)
            changed = (evolve(b, amount=yuan(str(_raw(value)), field=path)) if str(b.start) == key else b for b in bands)
            return evolve(held, rows=tuple(changed))
        case tables.Brackets(brackets):
            _among(key, [str(b.start // 100) for b in brackets], path)
            changed_rates = (evolve(b, rate=Rate.parse(value, field=path)) if str(b.start // 100) == key else b for b in brackets)
            return tables.Brackets(tuple(changed_rates))
        case _:
            raise InputError(path, value, "this parameter has no keys")


def _among(key: str, known: list[str], path: str) -> None:
    if key not in known:
        raise UnknownName.among(path, key, known)


def today_is_past(section: Section, on: datetime.date) -> bool:
    """Whether a day lies past the last one for which the section speaks."""
    return section.last_seen is not None and on > section.last_seen and section.until is None


def titled(zh: str, en: str) -> Titled:
    """A text in both languages."""
    return Titled(zh, en)
