"""The base of areas and their results: an area asks a policy, a result reads the answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Generic, Protocol, TypeVar, overload

from attrs import frozen

from povertyrules.core import given
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Section, Titled
from povertyrules.core.errors import NoAnswer, NoSuchRule, NotInForce, NotStated, PastLastDate, UnknownName
from povertyrules.core.facts import Category
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.money import Fen, show
from povertyrules.core.rule import rules_of

M = TypeVar("M")
R = TypeVar("R", bound="Result")
K = TypeVar("K", bound=Category)


class Answers(Protocol):
    """The quantities of one case, computed."""

    def amount(self, name: str) -> Amount:
        """The amount of a quantity; raises the reason there is none."""

    def yes_no(self, name: str) -> bool:
        """The truth of a quantity."""

    def number(self, name: str) -> int:
        """The number of a quantity."""

    def status(self, name: str) -> str:
        """amount, not eligible, unknown, unstated, not in force, no such rule, past its last date."""

    def label(self, name: str, lang: str) -> str:
        """The label of a quantity."""

    def shown(self, name: str, lang: str) -> str:
        """The answer in words, whatever it is."""

    def explain(self, names: Iterable[str], lang: str) -> str:
        """How the answers came about."""

    def citations(self, names: Iterable[str], lang: str = "en") -> list[str]:
        """Every provision on the live path of the answers."""


class Bound(Protocol):
    """A policy, as an area sees it."""

    def evaluate(self, targets: tuple[str, ...], facts: Mapping[str, object]) -> Answers:
        """Compute quantities from facts, or from quantities that are given."""

    def sections(self, area: str, model: type[M]) -> dict[str, M]:
        """The parameters in force of an area that are of a model, by path."""

    @property
    def out_of_force(self) -> Mapping[str, NoAnswer]:
        """The sections that are not in force on the day, by path, and why."""

    def lacks(self, model: type) -> NoAnswer:
        """Why no section of a model is in force."""

    def choice(self, name: str) -> str:
        """The chosen reading of an interpretation."""

    def cite(self, path: str) -> str:
        """The provision of a section or a value."""

    def section(self, path: str) -> Section:
        """A section in force."""

    def title(self, path: str) -> Titled:
        """What the first rule of a section is called."""

    def grade(self, path: str) -> str:
        """The quality of a value."""

    def is_past(self, path: str) -> bool:
        """Whether the day lies past the last one for which a section speaks, and that is to be said."""

    @property
    def on(self) -> datetime.date:
        """The day of the policy."""


class Area:
    """A policy area: its name, the models that packs may use in it, and its calculators."""

    name: ClassVar[str]
    models: ClassVar[dict[str, type]]

    def __init__(self, bound: Bound) -> None:
        self.bound = bound

    def calculate(self, result: type[R], **facts: object) -> R:
        """Compute what a result shows."""
        return result(self.bound.evaluate(result.shows(), facts))

    def held(self, model: type[M]) -> tuple[str, M]:
        """The section in force that a model holds, with its path; raises the reason if there is none."""
        for path, found in self.bound.sections(self.name, model).items():
            return path, found
        raise self.bound.lacks(model)

    def finding(self, code: str, severity: Severity, field: str, message: str, path: str) -> Finding:
        """A finding with the provision of a section or a value."""
        late = "; the document does not speak for the day any more" if self.bound.is_past(path) else ""
        return Finding(code, severity, field, message + late, self.bound.cite(path))

    def check_paid(self, quantity: str, paid: Fen, facts: Mapping[str, object]) -> Findings:
        """Whether a payment is what the rules give for some facts: a finding where it is too little, too much, or not due.

        An amount that the text does not state can only be warned of; a fact that is missing raises `NotTold`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.elderly.check_paid("care_subsidy", pr.yuan(50), {"age": 70, "unable_to_care": True}).found[0].message
        '50.00 was paid, due is 60.00 yuan a month'
        """
        declared = {n: r for model in self.models.values() for n, r in rules_of(model).items() if r.sort == "money"}
        if quantity not in declared:
            raise UnknownName.among("quantity", quantity, declared)
        given.amount("paid", paid)
        answers = self.bound.evaluate((quantity,), given.table("facts", facts))
        status, cited = answers.status(quantity), "; ".join(answers.citations([quantity]))
        if status == "unstated":
            message = f"{show(paid)} was paid; {answers.shown(quantity, 'en')}"
            return Findings((Finding("unstated", Severity.WARNING, quantity, message, cited),))
        due = answers.amount(quantity)
        if (due.low or 0) <= paid and (due.high is None or paid <= due.high):
            return Findings()
        over = due.high is not None and paid > due.high
        if due.quality == "average" and paid and not (over and not due.exact):  # an actual cost is no average
            message = f"{show(paid)} was paid, the average is {show(due.figure)}: one payment may lie beside it"
            return Findings((Finding("average", Severity.WARNING, quantity, message, cited),))
        said = answers.shown(quantity, "en") if status == "not eligible" else f"due is {due}"
        code = "overpaid" if over else "underpaid"
        return Findings((Finding(code, Severity.ERROR, quantity, f"{show(paid)} was paid, {said}", cited),))

    def __repr__(self) -> str:
        return f"<{self.name} of {self.bound!r}>"


@frozen
class amount_of:
    """A field of a result: the amount of a quantity."""

    name: str

    @overload
    def __get__(self, result: None, owner: type) -> amount_of: ...
    @overload
    def __get__(self, result: Result, owner: type) -> Amount: ...
    def __get__(self, result: Result | None, owner: type) -> amount_of | Amount:
        return self if result is None else result.answers.amount(self.name)


@frozen
class yes_no_of:
    """A field of a result: the truth of a quantity."""

    name: str

    @overload
    def __get__(self, result: None, owner: type) -> yes_no_of: ...
    @overload
    def __get__(self, result: Result, owner: type) -> bool: ...
    def __get__(self, result: Result | None, owner: type) -> yes_no_of | bool:
        return self if result is None else result.answers.yes_no(self.name)


@frozen
class number_of:
    """A field of a result: a whole number."""

    name: str

    @overload
    def __get__(self, result: None, owner: type) -> number_of: ...
    @overload
    def __get__(self, result: Result, owner: type) -> int: ...
    def __get__(self, result: Result | None, owner: type) -> number_of | int:
        return self if result is None else result.answers.number(self.name)


@frozen
class area_of:
    """A field of a result: an area, in square metres or mu."""

    name: str

    @overload
    def __get__(self, result: None, owner: type) -> area_of: ...
    @overload
    def __get__(self, result: Result, owner: type) -> Decimal: ...
    def __get__(self, result: Result | None, owner: type) -> area_of | Decimal:
        return self if result is None else Decimal(result.answers.number(self.name)).scaleb(-2)


@frozen
class kind_of(Generic[K]):
    """A field of a result: a member of a category."""

    name: str
    kinds: type[K]

    @overload
    def __get__(self, result: None, owner: type) -> kind_of[K]: ...
    @overload
    def __get__(self, result: Result, owner: type) -> K: ...
    def __get__(self, result: Result | None, owner: type) -> kind_of[K] | K:
        return self if result is None else self.kinds.of(result.answers.number(self.name))


class Result:
    """The answers to one calculation: a field for each quantity, read when asked for.

    Reading a field that has no figure raises the reason: `NotTold`, `NotStated`, `NotInForce`, `NoSuchRule`, `PastLastDate`.
    """

    _fields: ClassVar[dict[str, str]] = {}
    _shows: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        found = {n: v for c in reversed(cls.__mro__) for n, v in vars(c).items()}
        cls._fields = {
            n: v.name for n, v in found.items() if isinstance(v, amount_of | yes_no_of | number_of | area_of | kind_of)
        }
        cls._shows = tuple(cls._fields.values())

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    @classmethod
    def fields(cls) -> dict[str, str]:
        """The quantity behind each field."""
        return cls._fields

    @classmethod
    def shows(cls) -> tuple[str, ...]:
        """The quantities behind all fields."""
        return cls._shows

    def sum_of(self, per: str) -> Amount:
        """The sum of all fields: a part that the text does not state counts as nothing and leaves the sum open above."""
        parts = []
        for name in self.shows():
            try:
                parts.append(self.answers.amount(name))
            except NotStated:
                parts.append(Amount.floor(Fen(0), per=per))
            except (NoSuchRule, NotInForce, PastLastDate):
                continue
        if not parts:  # no rule at all is not nothing: its reason is raised
            return self.answers.amount(self.shows()[0])
        return sum(parts[1:], parts[0])

    def status(self, field: str) -> str:
        """What kind of answer a field holds: amount, not eligible, unknown, unstated, not in force, no such rule."""
        return self.answers.status(self._behind(field))

    def _behind(self, field: str) -> str:
        if field not in self.fields():
            raise UnknownName.among("field", field, self.fields())
        return self.fields()[field]

    def why_not(self, field: str, lang: str = "en") -> str:
        """Why a field is nothing, or has no figure."""
        return self.answers.shown(self._behind(field), lang)

    def explain(self, lang: str = "en") -> str:
        """How each figure came about: condition, values, provisions, readings; in English ("en") or Chinese ("zh")."""
        return self.answers.explain(self.shows(), lang)

    def citations(self, lang: str = "en") -> list[str]:
        """Every provision that the figures rest on."""
        return self.answers.citations(self.shows(), lang)

    def to_dict(self) -> dict[str, Any]:
        """The answers as strings, by field."""
        out: dict[str, Any] = {}
        for field, name in self.fields().items():
            status = self.answers.status(name)
            known = status in {"amount", "not eligible"}
            out[field] = getattr(self, field) if known else status
            if isinstance(out[field], Amount):
                out[field] = out[field].to_dict()
            elif isinstance(out[field], Category):
                out[field] = out[field].name.lower()
            elif isinstance(out[field], Decimal):
                out[field] = str(out[field])
        return out

    def __repr__(self) -> str:
        parts = (f"{field}: {self.answers.shown(name, 'en')}" for field, name in self.fields().items())
        return f"<{type(self).__name__} {'; '.join(parts)}>"

    def _repr_html_(self) -> str:
        import html

        rows = (
            f"<tr><td>{html.escape(self.answers.label(n, 'zh'))}</td><td>{html.escape(self.answers.label(n, 'en'))}</td>"
            f"<td style='text-align:right'>{html.escape(self.answers.shown(n, 'en'))}</td></tr>"
            for n in self.shows()
        )
        return f"<table>{''.join(rows)}</table>"
