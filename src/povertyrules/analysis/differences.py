"""In what two policies differ: figures, sections, readings, the day; and policies that are one with a part of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

import attrs
from attrs import evolve, field, frozen

from povertyrules.analysis.figures import apart, figure_text
from povertyrules.case import STATUS, STATUS_ZH
from povertyrules.core import tables
from povertyrules.core.citation import Section, Source, Titled
from povertyrules.core.errors import InputError, NoAnswer
from povertyrules.core.money import Rate
from povertyrules.core.plan import needs
from povertyrules.core.rule import Leaf, source_of
from povertyrules.core.section import model_fields
from povertyrules.core.terms import walk
from povertyrules.policy import Policy

T = TypeVar("T")
NOWHERE = Titled("", "")
IN_FORCE = Titled("施行", "in force")


@frozen
class Difference:
    """One thing in which two policies differ.

    `path` is that of a figure or of a section, the name of an interpretation, or `on`; `kind` is figure, section, reading or
    day. What either policy has there is said in words, and on what it rests.
    """

    path: str
    kind: str
    before: Titled
    after: Titled
    before_source: Titled = NOWHERE
    after_source: Titled = NOWHERE

    def text(self, lang: str = "en") -> str:
        """The difference in a line, with what it rests on."""
        sources = list(dict.fromkeys(one.text(lang) for one in (self.before_source, self.after_source) if one.en))
        cited = f" [{' → '.join(sources)}]" if sources else ""
        return f"{self.path}: {self.before.text(lang)} → {self.after.text(lang)}{cited}"

    __str__ = text

    def to_dict(self) -> dict[str, object]:
        """The difference as data for JSON."""
        return attrs.asdict(self)


@frozen(eq=False)
class Unit:
    """A difference that can be brought from one policy to the other by itself."""

    difference: Difference
    section: str = ""
    name: str = ""
    key: int | None = None
    sections: tuple[str, ...] = ()
    """The sections that are in force by a reading alone."""
    opaque: bool = False
    """Whether rules read the value otherwise than as a figure of a term."""

    def touches(self, print_: Footprint) -> bool:
        """Whether a quantity with such a footprint can rest on it."""
        path = self.difference.path
        match self.difference.kind:
            case "day":
                return "on" in print_.facts
            case "reading":
                return path in print_.readings or bool(print_.sections & set(self.sections))
            case "section":
                return path in print_.sections or any(p.startswith(f"{path}.") for p in print_.paths)
        below = (f"{path}.", f"{path}[")
        return (self.opaque and self.section in print_.sections) or any(p == path or p.startswith(below) for p in print_.paths)


@frozen(eq=False)
class Footprint:
    """All that a quantity can rest on, whatever the facts: paths of figures, readings, sections, facts."""

    paths: set[str] = field(factory=set)
    readings: set[str] = field(factory=set)
    sections: set[str] = field(factory=set)
    facts: set[str] = field(factory=set)

    def add(self, other: Footprint) -> None:
        """Take in another one."""
        for one in attrs.fields(Footprint):
            getattr(self, one.name).update(getattr(other, one.name))


class Footprints:
    """The footprints of the quantities of some policies, taken together."""

    def __init__(self, *policies: Policy) -> None:
        self.policies = policies
        self._own: dict[tuple[int, str], Footprint] = {}

    def of(self, name: str) -> Footprint:
        """The footprint of a quantity and of all behind it."""
        out = Footprint()
        for i, policy in enumerate(self.policies):
            if name in policy.plan.quantities:
                for behind in policy.plan.order([name], set()):
                    out.add(self._of_one(i, behind))
        return out

    def _of_one(self, i: int, name: str) -> Footprint:
        if (i, name) not in self._own:
            self._own[i, name] = _footprint(self.policies[i], name)
        return self._own[i, name]


def _footprint(policy: Policy, name: str) -> Footprint:
    if name not in policy.plan.quantities:
        return Footprint(facts={name})
    quantity, out = policy.plan.quantities[name], Footprint()
    for node in walk(quantity.term):
        if isinstance(node.info, Leaf):
            out.paths.add(node.info.path)
        if node.op == "reading":
            out.readings.add(cast(tuple[str, str], node.value)[0])
    out.facts.update(needs(quantity.term))
    if quantity.section:
        out.sections.add(quantity.section.path)
        out.readings.update(quantity.section.turned)
    return out


# ---- finding them -------------------------------------------------------------------------------------------------


def units(before: Policy, after: Policy) -> list[Unit]:
    """All in which two policies differ, each thing by itself.

    Raises `InputError` if they are not about the same entities.
    """
    if before.world is not after.world and before.world_root is not after.world_root:
        raise InputError("policy_b", after.name, f"allowed: a policy about a {before.world_root.__name__}")
    found = [*_of_the_day(before, after), *_of_sections(before, after)]
    readings = _of_readings(before, after, [one for one in found if one.difference.kind == "section"])
    dated = {path for one in readings for path in one.sections}
    return [one for one in found if one.section not in dated] + readings


def _of_the_day(before: Policy, after: Policy) -> Iterator[Unit]:
    if before.on != after.on:
        yield Unit(Difference("on", "day", *(Titled(str(one.on), str(one.on)) for one in (before, after))))


def _of_sections(before: Policy, after: Policy) -> Iterator[Unit]:
    old, new = (policy._state[0] for policy in (before, after))
    for path in dict.fromkeys((*old, *new)):
        a, b = old.get(path), new.get(path)
        if a is None or b is None or type(a.model) is not type(b.model):
            texts = [_section_text(policy, path, (a, b)) for policy in (before, after)]
            cited = [Titled(policy.cite(path), policy.cite(path)) for policy in (before, after)]
            yield Unit(Difference(path, "section", *texts, *cited), section=path)
        elif a is not b:
            for name, one in model_fields(type(a.model)).items():
                yield from _of_field(a, b, name, one)


def _section_text(policy: Policy, path: str, pair: tuple[Section | None, Section | None]) -> Titled:
    section = policy._state[0].get(path)
    if section is None:
        why = policy.out_of_force.get(path)
        if why is None:
            return Titled(STATUS_ZH["no such rule"], "no such rule")
        return Titled(f"{STATUS_ZH[STATUS[type(why)]]}: {why}", str(why))
    if None in pair:
        return IN_FORCE
    name = type(section.model).__name__
    return Titled(name, name)


def _of_field(a: Section, b: Section, name: str, one: attrs.Attribute[object]) -> Iterator[Unit]:
    """The cells of a table that differ where it has the same shape; else the value as a whole."""
    held, other = getattr(a.model, name), getattr(b.model, name)
    path = f"{a.path}.{name}"
    keys = apart(held, other)
    for key in [None] if keys is None else keys:
        at = path if key is None else f"{path}[{key}]"
        cells = (held, other) if key is None else (cell(held, key), cell(other, key))
        sources = source_of(at, a.sources), source_of(at, b.sources)
        if not _same(*cells) or _worded(sources[0]) != _worded(sources[1]):
            texts = [figure_text(value, one, source) for value, source in zip(cells, sources, strict=True)]
            cited = [Titled(source.cite("zh"), source.cite("en")) for source in sources]
            opaque = any(value is None or isinstance(value, str | bool) for value in cells)
            yield Unit(Difference(at, "figure", *texts, *cited), a.path, name, key, opaque=opaque)


def _worded(source: Source) -> tuple[object, object]:
    return source.wording, source.high


def cell(table: object, key: int) -> object:
    """What a table holds under a key; a band is named by its first year, a bracket by where it starts, in yuan."""
    match table:
        case tables.Bands(rows):
            return next(row.amount for row in rows if row.start == key)
        case tables.Brackets(rows):
            return next(row.rate for row in rows if row.start // 100 == key)
        case tables.Amounts(rows=rows) | tables.Rates(rows=rows):
            return cast(Mapping[int, object], rows).get(key)
    raise TypeError(type(table).__name__)


def _same(a: object, b: object) -> bool:
    if isinstance(a, tables.Missing) or isinstance(b, tables.Missing):
        return type(a) is type(b)
    return _plain(a) == _plain(b)


def _plain(value: object) -> object:
    """A value as it can be compared: tables are compared by their rows, rates by what they come to."""
    match value:
        case tables.Bands(rows, below, above):
            return [(row.start, row.end, row.amount) for row in rows], below, above
        case tables.Brackets(rows):
            return [(row.start, row.rate.of(1)) for row in rows]
        case tables.Amounts(rows=amounts, outside=outside):
            return dict(amounts), outside
        case tables.Rates(rows=rates, outside=outside):
            return {key: rate.of(1) for key, rate in rates.items()}, outside
        case tables.Kinds(kinds):
            return set(kinds)
        case Rate():
            return value.of(1)
    return value


def _of_readings(before: Policy, after: Policy, sections: Iterable[Unit]) -> list[Unit]:
    out = []
    for name in dict.fromkeys((*before.interpretations, *after.interpretations)):
        old, new = before.choices.get(name), after.choices.get(name)
        if old is None or new is None or old == new:
            continue
        register = before.registers.get(name) or after.registers[name]
        texts = [Titled(*(f"{c} ({register.choices[c].text(lang)})" for lang in ("zh", "en"))) for c in (old, new)]
        rules = [policy.rules[rule] for policy in (before, after) for rule in register.rules if rule in policy.rules]
        cited = str(rules[0].provision) if rules else ""
        dated = tuple(one.section for one in sections if before.on == after.on and _dated_by(one.section, before, after) == name)
        out.append(Unit(Difference(name, "reading", *texts, *[Titled(cited, cited)] * 2), sections=dated))
    return out


def _dated_by(path: str, *policies: Policy) -> str:
    found = [policy._state[0][path].dated_by for policy in policies if path in policy._state[0]]
    return found[0] if len(found) == 1 else ""


# ---- bringing them over -------------------------------------------------------------------------------------------


def mixed(base: Policy, other: Policy, unit: Unit) -> Policy:
    """A policy with one thing as another policy has it."""
    live: dict[str, Section] = dict(base._state[0])
    why: dict[str, NoAnswer] = dict(base._state[1])
    choices, day = {**other.choices, **base.choices}, base.on
    match unit.difference.kind:
        case "day":
            day = other.on
        case "figure":
            live[unit.section] = _with(live[unit.section], other._state[0][unit.section], unit)
        case "reading":
            choices[unit.difference.path] = other.choices[unit.difference.path]
    for path in (unit.section,) if unit.difference.kind == "section" else unit.sections:
        _swap(live, other._state[0], path)
        _swap(why, other._state[1], path)
    chain = (*(pack for pack in other.chain if pack not in base.chain), *base.chain)
    areas = tuple(dict.fromkeys((*base.areas, *other.areas)))
    made = evolve(base, chain=chain, areas=areas, on=day, choices_made=choices)
    object.__setattr__(made, "_state", (live, why))
    return made


def _swap(into: dict[str, T], other: Mapping[str, T], path: str) -> None:
    into.pop(path, None)
    if path in other:
        into[path] = other[path]


def _with(section: Section, other: Section, unit: Unit) -> Section:
    """A section with one figure of another, and what it rests on."""
    held, new = getattr(section.model, unit.name), getattr(other.model, unit.name)
    value = new if unit.key is None else _with_cell(held, new, unit.key)
    at = unit.difference.path
    kept = {path: source for path, source in section.sources.items() if not _below(path, at)}
    brought = {path: source for path, source in other.sources.items() if _below(path, at)}
    sources = {**kept, at: source_of(at, other.sources), **brought}
    return evolve(section, model=evolve(section.model, **{unit.name: value}), sources=sources)  # type: ignore[misc]


def _below(path: str, at: str) -> bool:
    return path == at or path.startswith((f"{at}.", f"{at}["))


def _with_cell(held: object, new: object, key: int) -> object:
    match held, new:
        case tables.Bands(), tables.Bands():
            return evolve(held, rows=_rows(held.rows, new.rows, lambda row: row.start == key))
        case tables.Brackets(), tables.Brackets():
            rows = _rows(held.rows, new.rows, lambda row: row.start // 100 == key)
            rates = tables.alike([row.rate for row in rows])
            return evolve(held, rows=tuple(evolve(row, rate=rate) for row, rate in zip(rows, rates, strict=True)))
        case tables.Amounts(), tables.Amounts():
            return evolve(held, rows=_cells(held.rows, new.rows, key))
        case tables.Rates(), tables.Rates():
            cells = _cells(held.rows, new.rows, key)
            return evolve(held, rows=dict(zip(cells, tables.alike(cells.values()), strict=True)))
    raise TypeError(type(held).__name__)


def _rows(held: tuple[T, ...], new: tuple[T, ...], wanted: Callable[[T], bool]) -> tuple[T, ...]:
    return tuple(b if wanted(a) else a for a, b in zip(held, new, strict=True))


def _cells(held: Mapping[int, T], new: Mapping[int, T], key: int) -> dict[int, T]:
    """The cells with one as the new ones have it; one that they lack is taken out."""
    kept = {k: v for k, v in held.items() if k != key}
    return {**kept, key: new[key]} if key in new else kept
