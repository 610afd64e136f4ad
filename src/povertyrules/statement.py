"""A statement: what a household is entitled to, what is refused and why, what is undecided and which fact would decide it.

Lines and reasons are built when they are asked for. Totals are kept apart by period: month, year and once are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from povertyrules.case import STATUS, STATUS_ZH, Case, Setting
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import NoAnswer, NoSuchRule
from povertyrules.core.money import Fen
from povertyrules.nodes import Placed, placed, told_apart
from povertyrules.record import Line, Reason, Record, read, written_out
from povertyrules.uses.compute import Node, Program
from povertyrules.uses.phrases import written

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
        """The sum of the lines by period, loans apart; a figure that the text does not state leaves its period open above."""
        out: dict[str, Amount] = {}
        for line in self.lines:
            if line.amount is None or not line.counts:
                continue
            per = line.amount.per
            out[per] = out[per] + line.amount if per in out else line.amount
        for reason in self.undecided:
            if reason.status == "unstated" and reason.per:
                nothing = Amount.floor(Fen(0), per=reason.per)
                out[reason.per] = out[reason.per] + nothing if reason.per in out else nothing
        return out

    def citations(self) -> list[str]:
        """Every provision that the lines rest on."""
        return list(dict.fromkeys(p for line in self.lines for p in line.provisions))

    def why_not(self, name: str, lang: str = "en") -> list[str]:
        """Why there is no line for an entitlement, for each person."""
        found = (*self.refused, *self.undecided, *self.absent)
        return [
            f"{called(one, lang)}: {status_text(one.status, lang)}: {one.reason.text(lang)}" for one in found if one.name == name
        ]

    def explain(self, lang: str = "en") -> str:
        """How each line came about."""
        return "\n\n".join(f"{called(line, lang)}\n{line.explanation.text(lang)}" for line in self.lines)

    def text(self, lang: str = "en") -> str:
        """The statement as plain text."""
        record = self.record
        called_home = record.household_zh if lang == "zh" else record.household
        out = [f"{called_home}  {record.policy}  {record.on}", "", f"{HEADS['lines'].text(lang)}:"]
        for line in self.lines:
            out.append(f"  {called(line, lang)}: {line.label.text(lang)}: {line.said(lang)}  [{'; '.join(line.provisions)}]")
        out += [f"  {HEADS['totals'].text(lang)}: {total.text(lang)}" for total in self.totals.values()]
        for head in ("refused", "undecided", "absent"):
            rows = getattr(record, head)
            if rows:
                out += ["", f"{HEADS[head].text(lang)}:"]
                out += [f"  {called(r, lang)}: {r.label.text(lang)}: {r.reason.text(lang)}" for r in rows]
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
        totals = {per: total.to_dict() for per, total in self.totals.items()}
        return {**written_out(self.record), "totals": totals}

    def to_json(self) -> str:
        """The statement as JSON text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Statement:
        """Read back what `to_dict` wrote; another version is refused."""
        record = read(data)
        return cls(lambda: record)

    def _repr_html_(self) -> str:
        from html import escape as esc

        record = self.record
        rows = "".join(
            f"<tr><td>{esc(line.who)}</td><td>{esc(line.label.zh)}<br><small>{esc(line.label.en)}</small></td>"
            f"<td style='text-align:right;white-space:nowrap'>{esc(line.said())}</td>"
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


def called(one: Line | Reason, lang: str) -> str:
    """Whom a line or a reason is about."""
    return one.who_zh if lang == "zh" else one.who


def status_text(status: str, lang: str) -> str:
    """A status in words."""
    return STATUS_ZH.get(status, status) if lang == "zh" else status


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
        whole = Placed("", 0, self.root, self.household).called(self.setting.plan.world)
        self.untold_lists(whole)
        for node, who in self.who():
            for name in self.program.targets:
                if self.setting.plan.quantities[name].entity == node["#"]:
                    self.one(Case(self.setting, self.program, self.root, node, beside=first), name, who)
        for name, why in self.setting.absent.items():
            if not isinstance(why, NoSuchRule) and name in self.setting.entitled:
                self.absent(name, why, whole)
        return Record(
            self.setting.name,
            written(self.setting.plan.facts["on"], self.root["on"], "en"),
            whole.en,
            whole.zh,
            tuple(self.lines),
            tuple(self.reasons["refused"]),
            tuple(self.reasons["undecided"]),
            tuple(self.reasons["absent"]),
            self.readings,
            tuple(self.assumptions),
            tuple(self.notes),
        )

    def untold_lists(self, whole: Titled) -> None:
        """What is owed to those of whom nobody told whether there are any: plots, houses, deaths."""
        plan = self.setting.plan
        for field, (kind, _) in plan.world.entities[self.root["#"]].children.items():
            owed = [plan.quantities[name].rule for name in self.program.targets if plan.quantities[name].entity == kind]
            label = plan.world.lists[field]
            for rule in owed if self.root[field] is None else ():
                assert rule is not None
                why = Titled(f"未告知: {field} ({label.zh})", f"not told: {field} ({label.en})")
                reason = Reason(whole.en, whole.zh, rule.name, Titled(rule.zh, rule.en), "unknown", why, (), rule.per, (field,))
                self.reasons["undecided"].append(reason)

    def absent(self, name: str, why: NoAnswer, who: Titled) -> None:
        """An entitlement that the policy does not have on the day."""
        status = STATUS.get(type(why), "no such rule")
        reason = Titled(f"{STATUS_ZH[status]}: {why}", str(why))
        self.reasons["absent"].append(Reason(who.en, who.zh, name, self.setting.entitled[name], status, reason))

    def who(self) -> list[tuple[Node, Titled]]:
        """The nodes that can be owed something, with how to call them; two of one name are told apart."""
        world = self.setting.plan.world
        found = [one for one in placed(world, self.root, self.household) if "." not in one.path]
        return list(zip((one.node for one in found), told_apart(one.called(world) for one in found), strict=True))

    def one(self, case: Case, name: str, who: Titled) -> None:
        """A line, or the reason why there is none."""
        rule = self.setting.plan.quantities[name].rule
        assert rule is not None
        label, status = Titled(rule.zh, rule.en), case.status(name)
        if rule.sort == "yes/no":
            if status == "amount" and case.yes_no(name):
                return self.line(case, name, who, label, None)
        elif status == "amount":
            amount = case.amount(name)
            if amount.figure or amount.high is None or amount.high:
                return self.line(case, name, who, label, amount)
        undecided = status not in ("amount", "not eligible")
        reason = Titled(*(case.why(name, lang) for lang in ("zh", "en")))
        if status == "amount" and rule.sort == "money":
            reason = Titled("计算结果为零", "comes to nothing")
        provisions = () if undecided else tuple(case.citations([name]))
        if not undecided:
            self.rests_on(case, name)
        head = "undecided" if undecided else "refused"
        missing = case.missing(name) if undecided else ()
        per = rule.per if rule.counts else ""
        return self.reasons[head].append(Reason(who.en, who.zh, name, label, status, reason, provisions, per, missing))

    def line(self, case: Case, name: str, who: Titled, label: Titled, amount: Amount | None) -> None:
        """A line with all that it rests on."""
        self.rests_on(case, name)
        text = Titled(case.explain([name], "zh"), case.explain([name], "en"))
        provisions, readings = tuple(case.citations([name])), dict(case.trail(name).readings)
        counts = (found := self.setting.plan.quantities[name].rule) is not None and found.counts
        self.lines.append(Line(who.en, who.zh, name, label, amount, provisions, readings, text, counts))

    def rests_on(self, case: Case, name: str) -> None:
        """Gather the readings, assumptions and notes on the path of a line or of a refusal."""
        trail, zh = case.trail(name), case.trail(name, "zh")
        self.readings |= trail.readings
        pairs = [(case.assumptions(zh, "zh"), case.assumptions(trail)), (case.notes(zh, "zh"), case.notes(trail))]
        for found, (in_zh, in_en) in zip((self.assumptions, self.notes), pairs, strict=True):
            found |= {Titled(a, b): None for a, b in zip(in_zh, in_en, strict=True)}
