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
from typing import Any, Protocol, runtime_checkable

from attrs import define, evolve, field, frozen

from povertyrules.case import Case as Computed
from povertyrules.core.amount import Amount
from povertyrules.core.entity import from_mapping
from povertyrules.core.errors import InputError, NotStated, PovertyRulesError
from povertyrules.core.facts import Fact, Sort, encode_date
from povertyrules.core.files import read_data
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.magnitude import Magnitude, is_magnitude
from povertyrules.core.measure import Measure, mu
from povertyrules.core.money import Fen, show, yuan
from povertyrules.core.money import plain as plain_hundredths
from povertyrules.entities import Dwelling, Household
from povertyrules.policy import Policy, policy
from povertyrules.testing.working import evaluate

NO_FIGURE = ("not eligible", "unknown", "unstated", "not in force", "no such rule", "past its last date")
NOT_MET = ("missed", "warned", "pending")
"""What an obligation can be besides met: its working is false, as where there is no figure."""
DATA = ("obligations", "pathways", "tables", "procedures")
"""Areas whose arguments are taken as they stand in a file."""
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


@runtime_checkable
class Answering(Protocol):
    """A result of several answers."""

    def answers(self) -> Mapping[str, object]:
        """The answers by name, as a case file writes them."""


@frozen
class Difference:
    """One answer of a case: what it expects, what the library gives, and its working, as they stand in a file.

    `about` says of what the answer is: an expected `value`, the `quality` of an amount, or the `refusal` that was to come.

    >>> one = Difference("old_age_allowance", "40.00", "30.00", "30")
    >>> one.contradicted, one.agrees("30.00")
    (True, True)
    """

    quantity: str
    expected: object
    got: object
    working: str = ""
    about: str = "value"
    names: Mapping[str, object] = field(factory=dict, repr=False)
    """Facts that the working may speak of."""

    @property
    def worked(self) -> object:
        """What the working comes to: a fraction, true or false, a pair of a range."""
        return evaluate(self.working, self.names) if self.working else None

    @property
    def contradicted(self) -> bool:
        """Whether the working comes to something else than is expected."""
        return bool(self.working) and not self.agrees(self.expected)

    @property
    def differs(self) -> bool:
        """Whether anything is wrong with the answer."""
        return self.got != self.expected or self.contradicted

    def agrees(self, answered: object) -> bool:
        """Whether the working comes to an answer."""
        try:
            return self.worked == expectation(answered)
        except ValueError:  # an answer in words, to which no arithmetic comes
            return False

    def said(self) -> list[str]:
        """What is wrong, in a line each."""
        if self.about == "refusal":
            return [f"{self.expected} was expected, raised was {self.got}"]
        if self.about == "quality":
            return [f"{self.quantity}: expected quality {self.expected}, got {self.got}"]
        out = []
        if self.contradicted:
            wanted = expectation(self.expected)
            out.append(f"{self.quantity}: the working {self.working} gives {self.worked}, the case expects {wanted}")
        if self.got != self.expected:
            out.append(f"{self.quantity}: expected {self.expected!r}, got {self.got!r}")
        return out


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

    def names_row(self, path: str) -> bool:
        """Whether the case asks about a row of data, by its path."""
        area, _, _ = self.call.partition(".")
        return area in DATA and f"{area}.{self.args.get('name')}" == path

    def settled(self, under: Policy) -> Policy:
        """The policy of the case: its readings chosen, its local figures given."""
        for name, choice in self.readings.items():
            under = under.reading(name, choice)
        return under.local(self.local, source="the case") if self.local else under

    def check(self, under: Policy) -> list[str]:
        """What differs between the document's arithmetic, the expected answer and the library's; empty if nothing does."""
        return [line for one in self.differences(under) for line in one.said()]

    def differences(self, under: Policy) -> list[Difference]:
        """The answers in which the document's arithmetic, what is expected and what the library gives are not one.

        Raises what the library raises, where the case expects an answer or another refusal.
        """
        settled = self.settled(under)
        found = self._called(settled) if self.call else self._computed(settled)
        names = spoken_of(self.args.get("facts", {}))
        out = [
            Difference(key, self.expected.get(key), self._got(key, found), text, names=names)
            for key, text in self.working.items()
        ]
        if self.raises:
            out = [evolve(one, expected=False, got=False) for one in out]
            out += [Difference("", self.raises, found["raised"], about="refusal")] if found else []
        return [one for one in (*out, *self._graded(settled)) if one.differs]

    def _got(self, key: str, found: Mapping[str, object]) -> object:
        return None if self.raises else found.get(key, "no such answer")

    def _computed(self, under: Policy) -> dict[str, object]:
        computed = under.evaluate(tuple(self.expected), told(self.facts, under))
        return {name: answer(computed, name) for name in self.expected}

    def _graded(self, under: Policy) -> Iterator[Difference]:
        """The quality of amounts, beside the one that the case expects."""
        if self.quality:
            computed = under.evaluate(tuple(self.quality), told(self.facts, under))
            for name, expected in self.quality.items():
                yield Difference(name, expected, computed.amount(name).quality, about="quality")

    def _called(self, under: Policy) -> dict[str, object]:
        area, method = self.call.split(".")
        function = getattr(getattr(under, area), method)
        hints = typing.get_type_hints(function)
        args = {n: v if area in DATA else argument(v, hints.get(n), under) for n, v in self.args.items()}
        try:
            found = function(**args)
        except PovertyRulesError as error:
            if type(error).__name__ == self.raises:
                return {}
            if isinstance(error, NotStated) and not self.raises:
                return dict.fromkeys(self.expected, "unstated")
            raise
        if self.raises:
            return {"raised": f"nothing; it gave {found!r}"}
        if isinstance(found, Findings):
            return {"errors": len(found.of(Severity.ERROR)), "warnings": len(found.of(Severity.WARNING))}
        if isinstance(found, Answering):
            return {name: plain(one) for name, one in found.answers().items()}
        counted = isinstance(found, tuple) and isinstance(self.expected.get("value"), int)
        return {"value": len(found) if counted else plain(found)}


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
    if hint is Measure and isinstance(value, str):
        return mu(value)
    return told(value, under) if isinstance(value, dict) else value


def spoken_of(facts: object) -> dict[str, object]:
    """The facts of a call as its working may speak of them: yes or no, or the number of a magnitude."""
    held = facts if isinstance(facts, dict) else {}
    return {name: Magnitude.of(one).value if isinstance(one, str) and is_magnitude(one) else one for name, one in held.items()}


def plain(found: object) -> object:
    """What a calculator returned, as a case file writes it."""
    if found is None:
        return "unknown"
    if isinstance(found, Magnitude):
        return str(found)
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
    if expected == "met":
        return True
    if expected in (*NO_FIGURE, *NOT_MET):
        return False
    if " to " in expected:
        return tuple(Fraction(part) for part in expected.split(" to "))
    if is_magnitude(expected):
        return Magnitude.of(expected).value
    return Fraction(expected.removeprefix("at least "))


def load(path: str | Path) -> list[Case]:
    """Read a case file; every case needs a rule, a source, what is expected and a working for each answer."""
    data, shown = read_data(path), Path(path).name
    cases = data.get("case", [])
    if not isinstance(cases, list):
        raise InputError(shown, "case", "allowed: [[case]] tables")
    found = [_case(raw, data, Path(path)) for raw in cases]
    names = [case.name for case in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(shown, name, "allowed: a name for one case of the file")
    return found


def _case(raw: dict[str, Any], head: Mapping[str, Any], path: Path) -> Case:
    file, name = f"{path.parent.name}/{path.name}", str(raw.get("name", "?"))
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
        _policy(raw.get("policy", head.get("policy", "")), path),
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


def _policy(named: str, path: Path) -> str:
    """The policy of a case: a name, or the file of a pack of one's own, told from the case file."""
    return str((path.parent / named).resolve()) if named.endswith(".toml") else named


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
            own = case.policy.endswith(".toml")
            self.made[key] = policy(path=case.policy, on=case.on) if own else policy(case.policy, on=case.on)
        return self.made[key]
