"""Case files: what a document gives for some facts, its arithmetic beside it, compared to the fen.

The format is described in tests/cases/README.md. `load` reads a file, `Case.check` computes a case and returns what differs.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import define, frozen

from povertyrules.case import Case as Computed
from povertyrules.core.amount import Amount
from povertyrules.core.entity import from_mapping
from povertyrules.core.errors import InputError, PovertyRulesError
from povertyrules.core.facts import Fact, Sort, encode_date
from povertyrules.core.files import read_data
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.money import Fen, show, yuan
from povertyrules.core.money import plain as plain_hundredths
from povertyrules.entities import Dwelling, Household
from povertyrules.policy import Policy, policy
from povertyrules.testing.working import evaluate

NO_FIGURE = ("not eligible", "unknown", "unstated", "not in force", "no such rule", "past its last date")
KEYS = {
    "name",
    "rule",
    "rules",
    "source",
    "on",
    "policy",
    "readings",
    "local",
    "facts",
    "expected",
    "working",
    "call",
    "args",
    "raises",
    "quality",
}


@frozen
class Case:
    """One case of a file."""

    file: str
    name: str
    rules: tuple[str, ...]
    source: str
    policy: str
    on: datetime.date
    readings: Mapping[str, str]
    local: Mapping[str, object]
    facts: Mapping[str, object]
    expected: Mapping[str, object]
    working: Mapping[str, str]
    call: str
    args: Mapping[str, object]
    raises: str
    quality: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    def settled(self, under: Policy) -> Policy:
        """The policy of the case: its readings chosen, its local figures given."""
        for name, choice in self.readings.items():
            under = under.reading(name, choice)
        return under.local(self.local, source="the case") if self.local else under

    def check(self, under: Policy) -> list[str]:
        """What differs between the document's arithmetic, the expected answer and the library's; empty if nothing does."""
        wrong = [w for key in self.working for w in self._check_working(key)]
        found = self._called(self.settled(under)) if self.call else self._computed(self.settled(under))
        if self.raises and found:
            wrong.append(f"{self.raises} was expected, raised was {found['raised']}")
        wrong += self._graded(self.settled(under))
        return wrong + [
            f"{key}: expected {self.expected[key]!r}, got {found[key]!r}"
            for key in self.expected
            if found[key] != self.expected[key]
        ]

    def _check_working(self, key: str) -> Iterator[str]:
        worked = evaluate(self.working[key])
        expected = False if self.raises else expectation(self.expected[key])
        if worked != expected:
            yield f"{key}: the working {self.working[key]} gives {worked}, the case expects {expected}"

    def _computed(self, under: Policy) -> dict[str, object]:
        computed = under.evaluate(tuple(self.expected), told(self.facts, under))
        return {name: answer(computed, name) for name in self.expected}

    def _graded(self, under: Policy) -> Iterator[str]:
        """Where the quality of an amount is another one than the case expects."""
        if self.quality:
            computed = under.evaluate(tuple(self.quality), told(self.facts, under))
            for name, expected in self.quality.items():
                if (found := computed.amount(name).quality) != expected:
                    yield f"{name}: expected quality {expected}, got {found}"

    def _called(self, under: Policy) -> dict[str, object]:
        area, method = self.call.split(".")
        function = getattr(getattr(under, area), method)
        hints = typing.get_type_hints(function)
        args = {n: argument(v, hints.get(n), under) for n, v in self.args.items()}
        try:
            found = function(**args)
        except PovertyRulesError as error:
            if type(error).__name__ == self.raises:
                return {}
            raise
        if self.raises:
            return {"raised": f"nothing; it gave {found!r}"}
        if isinstance(found, Findings):
            return {"errors": len(found.of(Severity.ERROR)), "warnings": len(found.of(Severity.WARNING))}
        return {"value": plain(found)}


def argument(value: object, hint: object, under: Policy) -> object:
    """An argument of a calculator, from what a file holds: money, areas, households, facts by name."""
    inner = next((kind for kind in (Household, Dwelling) if kind in (hint, *typing.get_args(hint))), None)
    if inner is Household and isinstance(value, dict) and "members" in value:
        value = {**{n: v for n, v in value.items() if n != "members"}, "persons": [{}] * value["members"]}
    if inner is not None:
        return [from_mapping(inner, one) for one in value] if isinstance(value, list) else from_mapping(inner, value)
    if Fen in (hint, *typing.get_args(hint)):
        if isinstance(value, list):
            return [yuan(one) for one in value]
        return {n: yuan(v) for n, v in value.items()} if isinstance(value, dict) else yuan(str(value))
    return told(value, under) if isinstance(value, dict) else value


def plain(found: object) -> object:
    """What a calculator returned, as a case file writes it."""
    if isinstance(found, Amount):
        return show(found.figure).replace(",", "")
    if isinstance(found, Fraction):
        whole = Decimal(found.numerator) / found.denominator
        return str(whole)
    if isinstance(found, Decimal):
        return str(found)
    if isinstance(found, datetime.date):
        return encode_date(found)
    if isinstance(found, tuple | list):
        return [int(one) for one in found]
    value = getattr(found, "value", None)
    if isinstance(value, Decimal):
        return str(value)
    return found if value is None else show(value).replace(",", "")


def told(facts: Mapping[str, object], under: Policy) -> dict[str, object]:
    """The facts of a case as calculators take them."""
    plan, out = under.plan, dict[str, object]()
    for name, value in facts.items():
        if isinstance(value, list):
            out[name] = [{n: plan.facts[n].read(v, field=n) for n, v in row.items()} for row in value]
        elif name in plan.facts:
            out[name] = plan.facts[name].read(value, field=name)
        elif name in plan.quantities and plan.quantities[name].sort in ("money", "area"):
            sort = Sort.MONEY if plan.quantities[name].sort == "money" else Sort.AREA
            out[name] = Fact(zh="", en="", sort=sort).read(value, field=name)
        else:
            out[name] = value
    return out


def answer(computed: Computed, name: str) -> object:
    """The library's answer, as a case file writes it."""
    status = computed.status(name)
    if status in NO_FIGURE:
        return status
    sort = computed.setting.plan.quantities[name].sort
    if sort == "area":
        return plain_hundredths(computed.number(name))
    if sort != "money":
        return computed.yes_no(name) if sort == "yes/no" else computed.number(name)
    amount = computed.amount(name)
    figure, low, high = (None if x is None else show(x).replace(",", "") for x in (amount.figure, amount.low, amount.high))
    if amount.exact:
        return figure
    return f"at least {low}" if high is None else f"{low} to {high}"


def expectation(expected: object) -> object:
    """What the working must come to, from what a case expects."""
    if isinstance(expected, list):
        return tuple(expected)
    if not isinstance(expected, str):
        return expected
    if expected in NO_FIGURE:
        return False
    if " to " in expected:
        return tuple(Fraction(part) for part in expected.split(" to "))
    return Fraction(expected.removeprefix("at least "))


def load(path: str | Path) -> list[Case]:
    """Read a case file; every case needs a rule, a source, what is expected and a working for each answer."""
    data, shown = read_data(path), Path(path).name
    cases = data.get("case", [])
    if not isinstance(cases, list):
        raise InputError(shown, "case", "allowed: [[case]] tables")
    return [_case(raw, data, f"{Path(path).parent.name}/{shown}") for raw in cases]


def _case(raw: dict[str, Any], head: Mapping[str, Any], file: str) -> Case:
    name = str(raw.get("name", "?"))
    for key in raw.keys() - KEYS:
        raise InputError(f"{file}: {name}", key, f"allowed: {', '.join(sorted(KEYS))}")
    rules = tuple(raw["rules"]) if "rules" in raw else (raw.get("rule"),)
    expected, working = raw.get("expected", {}), raw.get("working", {})
    if not all(rules) or not str(raw.get("source", "")).strip():
        raise InputError(f"{file}: {name}", raw.get("rule"), "allowed: a case with rule (or rules) and source")
    if not working or (set(expected) != set(working) and "raises" not in raw):
        raise InputError(
            f"{file}: {name}",
            sorted(set(expected) ^ set(working)),
            "allowed: a working for each expected answer",
        )
    return Case(
        file,
        name,
        rules,
        raw["source"],
        raw.get("policy", head.get("policy", "")),
        _day(raw.get("on", head.get("on")), f"{file}: {name}"),
        raw.get("readings", {}),
        raw.get("local", {}),
        raw.get("facts", {}),
        expected,
        working,
        raw.get("call", ""),
        raw.get("args", {}),
        raw.get("raises", ""),
        raw.get("quality", {}),
    )


def _day(value: object, where: str) -> datetime.date:
    if not isinstance(value, datetime.date):
        raise InputError(f"{where}: on", value, "allowed: a date, of the case or of the file")
    return value


@define
class Policies:
    """The policies that cases ask for, made once each."""

    made: dict[tuple[str, datetime.date], Policy] | None = None

    def of(self, case: Case) -> Policy:
        """The policy of a case, before its readings."""
        self.made = {} if self.made is None else self.made
        key = (case.policy, case.on)
        if key not in self.made:
            self.made[key] = policy(case.policy, on=case.on)
        return self.made[key]
