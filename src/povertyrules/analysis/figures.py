"""Figures of a policy in words, and the cells by which two tables can be compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import attrs

from povertyrules.core import tables
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Source, Titled
from povertyrules.core.measure import UNITS, in_words
from povertyrules.core.money import Fen, Rate, show

PERIODS = {"yuan/month": "month", "yuan/year": "year", "yuan": ""}
COUNTED = {
    "years": ("年", "years"),
    "months": ("个月", "months"),
    "days": ("天", "days"),
    "persons": ("人", "persons"),
    "houses": ("户", "houses"),
    "villages": ("个村", "villages"),
    "times": ("次", "times"),
}


def apart(a: object, b: object) -> list[int] | None:
    """The keys by which two tables of one shape can be compared cell by cell; None if they must be compared as a whole."""
    match a, b:
        case tables.Bands(), tables.Bands():
            shapes = [([(row.start, row.end) for row in one.rows], one.below, one.above) for one in (a, b)]
            return [row.start for row in a.rows] if shapes[0] == shapes[1] else None
        case tables.Brackets(), tables.Brackets():
            starts = [[row.start for row in one.rows] for one in (a, b)]
            return [start // 100 for start in starts[0]] if starts[0] == starts[1] else None
        case (tables.Amounts(rows=old, outside=out), tables.Amounts(rows=new, outside=other)):
            return sorted({*old, *new}) if out == other else None
        case (tables.Rates(rows=old, outside=out), tables.Rates(rows=new, outside=other)):
            return sorted({*old, *new}) if out == other else None
    return None


def figure_text(value: object, one: attrs.Attribute[object], source: Source) -> Titled:
    """A figure of a field, or a table of them, with its unit and wording, in both languages."""
    return Titled(*(_text(value, one, source, lang) for lang in ("zh", "en")))


def _text(value: object, one: attrs.Attribute[object], source: Source, lang: str) -> str:
    zh = lang == "zh"
    match value:
        case None:
            return "无" if zh else "none"
        case tables.Missing():
            return "未印出" if zh else "not printed"
        case bool():
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        case tables.Kinds(kinds):
            return ", ".join(one.metadata["category"].of(kind).text_in(lang) for kind in kinds)
        case tables.Bands(rows):
            spans = ((f"{r.start}–{'' if r.end == tables.OPEN else r.end}", r.amount) for r in rows)
            return _listed(spans, one, source, lang)
        case tables.Brackets(rows):
            return _listed(((f"{show(r.start)}–", r.rate) for r in rows), one, source, lang)
        case tables.Amounts(rows=cells) | tables.Rates(rows=cells):
            return _listed(((str(key), cell) for key, cell in cells.items()), one, source, lang)
        case Rate() | datetime.date() | str():
            return _worded(str(value), source, lang)
        case int():
            return _number(value, source.unit or str(one.metadata["unit"]), source, lang)
    return str(value)


def _listed(cells: Iterable[tuple[str, object]], one: attrs.Attribute[object], source: Source, lang: str) -> str:
    return "; ".join(f"{name}: {_text(value, one, source, lang)}" for name, value in cells)


def _number(value: int, unit: str, source: Source, lang: str) -> str:
    if unit in PERIODS:
        low, high = (None if end is None else Fen(end) for end in source.bounds(value))
        return Amount(Fen(value), low, high, source.grade, PERIODS[unit]).text(lang)
    if unit.startswith("yuan/"):
        each = unit.removeprefix("yuan/")
        return _worded(f"{show(value)}元/{UNITS[each][0]}" if lang == "zh" else f"{show(value)} yuan a {each}", source, lang)
    if unit in UNITS:
        return _worded(in_words(value, unit, lang), source, lang)
    counted = COUNTED.get(unit)
    if counted is None:
        return _worded(str(value), source, lang)
    return _worded(f"{value}{counted[0]}" if lang == "zh" else f"{value} {counted[1]}", source, lang)


def _worded(text: str, source: Source, lang: str) -> str:
    """The text with what the document says about the figure."""
    words = {"at_least": ("不低于", "at least "), "at_most": ("不超过", "at most ")}
    return f"{words[source.wording][lang != 'zh'] if source.wording in words else ''}{text}"
