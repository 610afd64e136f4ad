"""A statement: what a household is entitled to, what is refused and why, what is undecided and which fact would decide it.

Lines and reasons are built when they are asked for. Totals are kept apart by period: month, year and once are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import asdict, frozen

from povertyrules.case import Case, Setting
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError, NoSuchRule
from povertyrules.uses.compute import Node, Program
from povertyrules.uses.explain import written

VERSION = 1
HEADS = {
    "lines": Titled("可享受", "entitled"),
    "refused": Titled("不享受", "not entitled"),
    "undecided": Titled("未定", "undecided"),
    "absent": Titled("未施行", "not in force"),
    "readings": Titled("采用的读法", "readings used"),
    "assumptions": Titled("假定", "assumptions"),
    "notes": Titled("提示", "notes"),
    "totals": Titled("合计", "totals"),
}


@frozen
class Line:
    """One entitlement of one person or of the household."""

    who: str
    name: str
    label: Titled
    amount: Amount
    provisions: tuple[str, ...]
    readings: Mapping[str, str]
    explanation: Titled


@frozen
class Reason:
    """Why there is no line: a condition that fails, a fact that is missing, a text that does not say."""

    who: str
    name: str
    label: Titled
    status: str
    reason: Titled
    provisions: tuple[str, ...] = ()


@frozen
class Record:
    """All that a statement says, as data."""

    policy: str
    on: str
    household: str
    lines: tuple[Line, ...]
    refused: tuple[Reason, ...]
    undecided: tuple[Reason, ...]
    absent: tuple[Reason, ...]
    readings: Mapping[str, str]
    assumptions: tuple[Titled, ...]
    notes: tuple[Titled, ...]


class Statement:
    """What a policy says about one household."""

    def __init__(self, make: Callable[[], Record]) -> None:
        self._make = make

    @cached_property
    def record(self) -> Record:
        """The statement as data."""
        return self._make()

    @classmethod
    def of(cls, setting: Setting, program: Program, root: Node, household: object, assumed: Iterable[str]) -> Statement:
        """The statement of a computed tree."""
        return cls(lambda: _Writer(setting, program, root, household, tuple(assumed)).record())

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is owed: who, what, how much, and on what provisions."""
        return self.record.lines

    @property
    def refused(self) -> tuple[Reason, ...]:
        """What is not owed, with the condition that fails."""
        return self.record.refused

    @property
    def undecided(self) -> tuple[Reason, ...]:
        """What cannot be said, with the missing fact or the figure that the text does not state."""
        return self.record.undecided

    @property
    def absent(self) -> tuple[Reason, ...]:
        """What is not in force on the day."""
        return self.record.absent

    @property
    def readings(self) -> Mapping[str, str]:
        """The readings on the live path of the lines."""
        return self.record.readings

    @property
    def assumptions(self) -> tuple[Titled, ...]:
        """What was assumed."""
        return self.record.assumptions

    @property
    def notes(self) -> tuple[Titled, ...]:
        """Documents that no longer speak for the day."""
        return self.record.notes

    @property
    def totals(self) -> dict[str, Amount]:
        """The sum of the lines by period; a figure that the text does not state leaves its period open above."""
        out: dict[str, Amount] = {}
        for line in self.lines:
            per = line.amount.per
            out[per] = out[per] + line.amount if per in out else line.amount
        return out

    def citations(self) -> list[str]:
        """Every provision that the lines rest on."""
        return list(dict.fromkeys(p for line in self.lines for p in line.provisions))

    def why_not(self, name: str, lang: str = "en") -> list[str]:
        """Why there is no line for an entitlement, for each person."""
        found = (*self.refused, *self.undecided, *self.absent)
        return [f"{one.who}: {one.status}: {one.reason.text(lang)}" for one in found if one.name == name]

    def explain(self, lang: str = "en") -> str:
        """How each line came about."""
        return "\n\n".join(f"{line.who}\n{line.explanation.text(lang)}" for line in self.lines)

    def text(self, lang: str = "en") -> str:
        """The statement as plain text."""
        record = self.record
        out = [f"{record.household}  {record.policy}  {record.on}", "", f"{HEADS['lines'].text(lang)}:"]
        for line in self.lines:
            out.append(f"  {line.who}: {line.label.text(lang)}: {line.amount.text(lang)}  [{'; '.join(line.provisions)}]")
        out += [f"  {HEADS['totals'].text(lang)}: {total.text(lang)}" for total in self.totals.values()]
        for head in ("refused", "undecided", "absent"):
            rows = getattr(record, head)
            if rows:
                out += ["", f"{HEADS[head].text(lang)}:"]
                out += [f"  {r.who}: {r.label.text(lang)}: {r.reason.text(lang)}" for r in rows]
        if record.readings:
            out += [
                "",
                f"{HEADS['readings'].text(lang)}: " + ", ".join(f"{k} = {v}" for k, v in record.readings.items()),
            ]
        for head in ("assumptions", "notes"):
            if getattr(record, head):
                out += [
                    "",
                    f"{HEADS[head].text(lang)}:",
                    *(f"  {one.text(lang)}" for one in getattr(record, head)),
                ]
        return "\n".join(out)

    __str__ = text

    def __repr__(self) -> str:
        totals = ", ".join(str(total) for total in self.totals.values()) or "nothing"
        return f"<Statement of {self.record.household}: {len(self.lines)} lines, {totals}; {len(self.undecided)} undecided>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def to_dict(self) -> dict[str, Any]:
        """The statement as data for JSON; money is a string of yuan."""
        out = asdict(self.record, recurse=True, value_serializer=_serialise)
        return {
            "version": VERSION,
            **out,
            "totals": {per: total.to_dict() for per, total in self.totals.items()},
        }

    def to_json(self) -> str:
        """The statement as JSON text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Statement:
        """Read back what `to_dict` wrote; another version is refused."""
        if data.get("version") != VERSION:
            raise InputError("version", data.get("version"), f"allowed: {VERSION}")
        record = Record(
            data["policy"],
            data["on"],
            data["household"],
            tuple(_line(one) for one in data["lines"]),
            tuple(_reason(one) for one in data["refused"]),
            tuple(_reason(one) for one in data["undecided"]),
            tuple(_reason(one) for one in data["absent"]),
            dict(data["readings"]),
            tuple(Titled(**one) for one in data["assumptions"]),
            tuple(Titled(**one) for one in data["notes"]),
        )
        return cls(lambda: record)

    def _repr_html_(self) -> str:
        from html import escape as esc

        record = self.record
        rows = "".join(
            f"<tr><td>{esc(line.who)}</td><td>{esc(line.label.zh)}<br><small>{esc(line.label.en)}</small></td>"
            f"<td style='text-align:right;white-space:nowrap'>{esc(line.amount.text())}</td>"
            f"<td><small>{esc('; '.join(line.provisions))}</small></td></tr>"
            for line in self.lines
        )
        totals = "".join(
            f"<tr><td></td><th>{esc(HEADS['totals'].en)}</th><th style='text-align:right'>{esc(str(t))}</th><td></td></tr>"
            for t in self.totals.values()
        )
        parts = [f"<table><caption>{esc(record.household)} · {esc(record.policy)} · {record.on}</caption>{rows}{totals}</table>"]
        for head in ("undecided", "refused", "absent"):
            if items := "".join(f"<li>{esc(r.who)}: {esc(r.label.en)}: {esc(r.reason.en)}</li>" for r in getattr(record, head)):
                parts.append(f"<details><summary>{esc(HEADS[head].en)}</summary><ul>{items}</ul></details>")
        said = [f"{n} = {c}" for n, c in record.readings.items()] + [t.en for t in (*record.assumptions, *record.notes)]
        if said:
            items = "".join(f"<li>{esc(one)}</li>" for one in said)
            parts.append(f"<details><summary>readings, assumptions, notes</summary><ul>{items}</ul></details>")
        return "".join(parts)


def _serialise(_: object, __: object, value: object) -> object:
    if isinstance(value, Amount):
        return value.to_dict()
    return list(value) if isinstance(value, tuple) else value


def _line(data: Mapping[str, Any]) -> Line:
    texts = {name: Titled(**data[name]) for name in ("label", "explanation")}
    amount = Amount.from_dict(data["amount"])
    return Line(**{**data, **texts, "amount": amount, "provisions": tuple(data["provisions"])})


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(
        **{
            **data,
            "label": Titled(**data["label"]),
            "reason": Titled(**data["reason"]),
            "provisions": tuple(data["provisions"]),
        }
    )


class _Writer:
    """Writes the record of one computed tree."""

    def __init__(self, setting: Setting, program: Program, root: Node, household: object, assumed: tuple[str, ...]) -> None:
        self.setting, self.program, self.root, self.household = setting, program, root, household
        self.lines: list[Line] = []
        self.reasons: dict[str, list[Reason]] = {"refused": [], "undecided": [], "absent": []}
        self.readings: dict[str, str] = {}
        self.assumptions: dict[Titled, None] = {}
        self.notes: dict[Titled, None] = {}
        for name in assumed:
            fact = setting.plan.facts[name]
            self.assumptions[Titled(f"{fact.zh}: 未告知，按“否”计", f"{fact.en}: not told, taken as no")] = None

    def record(self) -> Record:
        """Everything, household first, then the members in their order."""
        first = Case(self.setting, self.program, self.root, self.root)
        for node, who in self.who(self.root, self.household):
            for name in self.program.targets:
                if self.setting.plan.quantities[name].entity == node["#"]:
                    self.one(Case(self.setting, self.program, self.root, node, beside=first), name, who)
        for name, why in self.setting.absent.items():
            if not isinstance(why, NoSuchRule) and name in self.setting.entitled:
                self.reasons["absent"].append(
                    Reason("", name, self.setting.entitled[name], "not in force", Titled(str(why), str(why)))
                )
        return Record(
            repr(self.setting).removeprefix("<Policy ").split(" on ")[0],
            written(self.setting.plan.facts["on"], self.root["on"], "en"),
            str(getattr(self.household, "name", None) or "household"),
            tuple(self.lines),
            tuple(self.reasons["refused"]),
            tuple(self.reasons["undecided"]),
            tuple(self.reasons["absent"]),
            self.readings,
            tuple(self.assumptions),
            tuple(self.notes),
        )

    def who(self, node: Node, one: object) -> Iterable[tuple[Node, str]]:
        """The nodes that can be owed something, with how to call them."""
        shape = self.setting.plan.world.entities[node["#"]]
        yield node, str(getattr(one, "name", None) or shape.en)
        for field, (entity, _) in shape.children.items():
            below = self.setting.plan.world.entities[entity]
            for i, (child, each) in enumerate(zip(node[field] or (), getattr(one, field) or (), strict=True)):
                yield child, str(getattr(each, "name", None) or f"{below.en} {i + 1}")

    def one(self, case: Case, name: str, who: str) -> None:
        """A line, or the reason why there is none."""
        rule = self.setting.plan.quantities[name].rule
        assert rule is not None
        label, status = Titled(rule.zh, rule.en), case.status(name)
        if status == "amount":
            amount = case.amount(name)
            if amount.figure or amount.high is None or amount.high:
                return self.line(case, name, who, label, amount)
            nothing = Titled("计算结果为零", "comes to nothing")
            return self.reasons["refused"].append(Reason(who, name, label, status, nothing, tuple(case.citations([name]))))
        head = "refused" if status == "not eligible" else "undecided"
        reason = Titled(*(case.why(name, lang) for lang in ("zh", "en")))
        provisions = tuple(case.citations([name])) if head == "refused" else ()
        return self.reasons[head].append(Reason(who, name, label, status, reason, provisions))

    def line(self, case: Case, name: str, who: str, label: Titled, amount: Amount) -> None:
        """A line with all that it rests on."""
        trail, zh = case.trail(name), case.trail(name, "zh")
        self.readings |= trail.readings
        pairs = [
            (case.assumptions(zh, "zh"), case.assumptions(trail)),
            (case.notes(zh, "zh"), case.notes(trail)),
        ]
        for found, (in_zh, in_en) in zip((self.assumptions, self.notes), pairs, strict=True):
            found |= {Titled(a, b): None for a, b in zip(in_zh, in_en, strict=True)}
        text = Titled(case.explain([name], "zh"), case.explain([name], "en"))
        self.lines.append(Line(who, name, label, amount, tuple(case.citations([name])), dict(trail.readings), text))
