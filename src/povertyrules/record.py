"""What a statement says, as data: lines, reasons, and the record of them, to and from JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import asdict, frozen

from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError

T = TypeVar("T")
VERSION = 2
TEXTS = ("policy", "on", "household", "household_zh")
LISTS = ("lines", "refused", "undecided", "absent", "assumptions", "notes")
SHAPES: dict[str, type] = {**dict.fromkeys(TEXTS, str), **dict.fromkeys(LISTS, list), "readings": dict}


@frozen
class Line:
    """One entitlement of one person, of a house, of the household; a service has no amount, a loan is not counted in totals."""

    who: str
    who_zh: str
    name: str
    label: Titled
    amount: Amount | None
    provisions: tuple[str, ...]
    readings: Mapping[str, str]
    explanation: Titled
    counts: bool = True

    def said(self, lang: str = "en") -> str:
        """The amount in words; of a service, that it is due."""
        if self.amount is None:
            return "应予提供" if lang == "zh" else "due"
        return self.amount.text(lang)


@frozen
class Reason:
    """Why there is no line: a condition that fails, a fact that is missing, a text that does not say."""

    who: str
    who_zh: str
    name: str
    label: Titled
    status: str
    reason: Titled
    provisions: tuple[str, ...] = ()
    per: str = ""
    missing: tuple[str, ...] = ()
    """The facts that were not told, by name."""


@frozen
class Record:
    """All that a statement says, as data."""

    policy: str
    on: str
    household: str
    household_zh: str
    lines: tuple[Line, ...]
    refused: tuple[Reason, ...]
    undecided: tuple[Reason, ...]
    absent: tuple[Reason, ...]
    readings: Mapping[str, str]
    assumptions: tuple[Titled, ...]
    notes: tuple[Titled, ...]


def written_out(record: Record) -> dict[str, Any]:
    """A record as data for JSON; money is a string of yuan."""
    return {"version": VERSION, **asdict(record, recurse=True, value_serializer=_serialise)}


def _serialise(_: object, __: object, value: object) -> object:
    if isinstance(value, Amount):
        return value.to_dict()
    return list(value) if isinstance(value, tuple) else value


def read(data: Mapping[str, Any]) -> Record:
    """Read back what `written_out` wrote; another version, or a part that is wrong, is refused by its name."""
    given: object = data
    if not isinstance(given, Mapping) or given.get("version") != VERSION:
        said = given.get("version") if isinstance(given, Mapping) else given
        raise InputError("version", said, f"allowed: {VERSION}, as to_dict writes it")
    for name, kind in SHAPES.items():
        if not isinstance(given.get(name), kind):
            raise InputError(name, given.get(name), f"allowed: a {kind.__name__}, as to_dict writes it")
    return Record(
        data["policy"],
        data["on"],
        data["household"],
        data["household_zh"],
        _each(data, "lines", _line),
        _each(data, "refused", _reason),
        _each(data, "undecided", _reason),
        _each(data, "absent", _reason),
        dict(data["readings"]),
        _each(data, "assumptions", lambda one: Titled(**one)),
        _each(data, "notes", lambda one: Titled(**one)),
    )


def _each(data: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    """The entries of a list; a wrong one is refused by its place."""
    out = []
    for i, one in enumerate(data[name]):
        try:
            out.append(read(one))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"{name}[{i}]", str(error), "allowed: an entry as to_dict writes it") from None
    return tuple(out)


def _line(data: Mapping[str, Any]) -> Line:
    texts = {name: Titled(**data[name]) for name in ("label", "explanation")}
    amount = None if data["amount"] is None else Amount.from_dict(data["amount"])
    return Line(**{**data, **texts, "amount": amount, "provisions": tuple(data["provisions"])})


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(
        **{
            **data,
            "label": Titled(**data["label"]),
            "reason": Titled(**data["reason"]),
            "provisions": tuple(data["provisions"]),
            "missing": tuple(data["missing"]),
        }
    )
