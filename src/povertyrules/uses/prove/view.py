"""What a claim sees: quantities and facts of a case, at one point or at several that lie beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import evolve, frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import RuleError, SortError, UnknownName
from povertyrules.core.facts import Sort
from povertyrules.core.terms import Term, lift, make, op, walk
from povertyrules.core.words import no, some

if TYPE_CHECKING:
    from povertyrules.policy import Policy

A = TypeVar("A")


@frozen
class Point:
    """Where the facts of a case are looked at: as they are, or with some of them moved or replaced, under some readings."""

    moved: tuple[tuple[str, int], ...] = ()
    replaced: tuple[tuple[str, int | bool], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def touched(self) -> set[str]:
        """The facts and quantities that differ from the case."""
        return {name for name, _ in (*self.moved, *self.replaced)}

    def of(self, values: Mapping[str, A]) -> dict[str, A]:
        """The facts of the case, as they are at the point."""
        out = dict(values) | cast("dict[str, A]", dict(self.replaced))
        for name, by in self.moved:
            out[name] = cast("A", cast(int, out[name]) + by)
        return out


HERE = Point()
STEPPED = (Sort.MONEY, Sort.COUNT, Sort.AGE, Sort.AREA)
GRADUAL = ("money", "number", "area")
"""Sorts of facts, and of quantities, of which there is a next."""


class View:
    """The facts and quantities of a case as attributes: of a person, the household above and the one bill below.

    `next` and `at` look at the same case with some facts changed, `reading` at the same facts under another reading.
    """

    def __init__(self, policy: Policy, point: Point = HERE, seen: dict[Point, None] | None = None) -> None:
        self._policy, self._point = policy, point
        self._seen: dict[Point, None] = {} if seen is None else seen
        """The points that a claim looks at, in the order in which it names them."""

    def __getattr__(self, name: str) -> Term:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Term:
        plan = self._policy.plan
        self._seen[self._point] = None
        if name in plan.facts and plan.facts[name].sort not in (Sort.TEXT, Sort.IDENTITY, Sort.KINDS):
            return make("fact", value=name, info=self._point, yes_no=plan.facts[name].sort is Sort.YES_NO)
        if name in plan.quantities:
            return make("quantity", value=name, info=self._point, yes_no=plan.quantities[name].sort == "yes/no")
        raise UnknownName.among("quantity or fact", name, [*plan.facts, *(n for n, q in plan.quantities.items() if q.rule)])

    def next(self, name: str, by: int = 1) -> View:
        """The same case with one fact a step further: by a fen, a year, a hundredth of an area, or as many as are told."""
        plan = self._policy.plan
        stepped = plan.facts[name].sort in STEPPED if declared(self._policy, name) else plan.quantities[name].sort in GRADUAL
        if not stepped:
            raise SortError(name, name, "allowed: a number, of which there is a next; at(…) gives a fact another value")
        return self._moved(evolve(self._point, moved=(*self._point.moved, (name, by))))

    def at(self, **values: object) -> View:
        """The same case with other values of some facts, or of quantities that are then given outright."""
        encoded = tuple((name, encoded_value(self._policy, name, value)) for name, value in values.items())
        return self._moved(evolve(self._point, replaced=(*self._point.replaced, *encoded)))

    def reading(self, name: str, choice: str) -> View:
        """The same facts under another reading."""
        self._policy.reading(name, choice)
        return self._moved(evolve(self._point, readings=(*self._point.readings, (name, choice))))

    def _moved(self, point: Point) -> View:
        return View(self._policy, point, self._seen)


def encoded_value(policy: Policy, name: str, value: object) -> int | bool:
    """A value that is told, checked, as the rules see it."""
    found = policy.plan.facts[name].check(value) if declared(policy, name) else policy.builder.given(name, value)
    if not isinstance(found, int):
        raise UnknownName(name, value, "allowed: a value; what is not told is anything in its range")
    return found


def declared(policy: Policy, name: str) -> bool:
    """Whether a name is that of a fact; False for a quantity, `UnknownName` for what is neither."""
    plan = policy.plan
    if name not in plan.facts and name not in plan.quantities:
        raise UnknownName.among("fact", name, [*plan.facts, *(n for n, q in plan.quantities.items() if q.rule)])
    return name in plan.facts


def implies(cond: bool, then: bool) -> bool:
    """Whether the second holds wherever the first does.

    >>> implies(False, False)
    True
    """
    return some(no(cond), then)


def is_known(quantity: object) -> bool:
    """Whether there is a figure: the text states one for the case. Other quantities of a claim have to be known."""
    if isinstance(quantity, Term):
        if quantity.op not in {"fact", "quantity"}:
            raise RuleError("is_known: only a quantity itself can be asked, such as is_known(q.old_age_standard)")
        return cast(bool, op("known", quantity))
    return quantity is not None


def traced(claim: Callable[[View], object], policy: Policy) -> tuple[Term, tuple[Point, ...]]:
    """The term of a claim, and the points at which it looks."""
    view = View(policy)
    term = lift(claim(view))
    return term, tuple(view._seen)


def leaves(*terms: Term) -> Iterator[Term]:
    """The facts and quantities that stand in some terms, whether they have to be known or are only asked about."""
    for term in terms:
        yield from (node for node in walk(term) if node.op in {"fact", "quantity"})


def needed(*terms: Term) -> dict[int, Term]:
    """The leaves that have to be known, by identity."""
    out: dict[int, Term] = {}
    for term in terms:
        nodes = list(walk(term))
        out |= {id(node): node for node in nodes if node is term and node.op in {"fact", "quantity"}}
        for node in nodes:
            if node.op != "known":
                out |= {id(arg): arg for arg in node.args if arg.op in {"fact", "quantity"}}
    return out


def label(policy: Policy, name: str) -> Titled:
    """The labels of a fact or a quantity."""
    fact, quantity = policy.plan.facts.get(name), policy.plan.quantities.get(name)
    if fact is not None:
        return Titled(fact.zh, fact.en)
    return Titled(quantity.rule.zh, quantity.rule.en) if quantity and quantity.rule else Titled(name, name)
