"""Bounds: the least and the most that a household can be due where facts are open, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, cast

from attrs import evolve, frozen

from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError, RangeError, UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.money import Fen
from povertyrules.nodes import UNREAD, Placed, placed, told_apart
from povertyrules.statement import HEADS
from povertyrules.uses.bound.search import NONE, Ends, Group, Open, Search, Target, ends_of
from povertyrules.uses.compute import Node, Program
from povertyrules.uses.ends import add

if TYPE_CHECKING:
    from povertyrules.policy import Policy

IN_A_YEAR = {"month": 12, "year": 1, "once": 1, "": 1}
"""How much of its period an amount weighs when questions are ranked: what it comes to in the first year."""
SAID = {
    "due": Titled("应予提供", "due"),
    "not due": Titled("不予提供", "not due"),
    "open": Titled("未定", "open"),
    "wide": Titled("(界限或可更窄)", "(may be narrower)"),
    "ask": Titled("宜先询问", "to ask first"),
    "bounds": Titled("上下限", "bounds"),
}


@frozen
class Between:
    """A fact that is only known to lie between two values, both included: of the sort that the fact is.

    >>> from povertyrules import yuan
    >>> Between(yuan(1_000), yuan(2_000)).most
    200000
    """

    least: object
    most: object


@frozen
class OneOf:
    """A fact that is only known to be one of some values.

    >>> OneOf(1, 2).values
    (1, 2)
    """

    values: tuple[object, ...]

    def __init__(self, *values: object) -> None:
        self.__attrs_init__(values)  # type: ignore[attr-defined]


@frozen
class Bound:
    """The least and the most of one entitlement of one person, of a house, of the household.

    `amount` holds both ends, its figure is the least; a service has none, and `least` and `most` say whether it is due. `tight`
    says that some completion of the facts reaches each end; an end that is not tight is sound all the same.
    """

    who: Titled
    name: str
    label: Titled
    least: int
    most: int | None
    amount: Amount | None
    tight: bool = True
    counts: bool = True

    @property
    def decided(self) -> bool:
        """Whether nothing is open."""
        return self.least == self.most

    def said(self, lang: str = "en") -> str:
        """The bound in words."""
        if self.amount is not None:
            found = self.amount.text(lang)
        else:
            found = SAID["open" if self.least != self.most else "due" if self.least else "not due"].text(lang)
        return found if self.tight else f"{found} {SAID['wide'].text(lang)}"


@frozen
class Question:
    """A fact that is not told, and what its answer would do: `path` is how `answer` takes it.

    `narrows` is by how much the distance between the least and the most of the first year shrinks, on average over the answers
    that were tried, in fen; `settles` is how many entitlements are then decided, on average.
    """

    path: str
    label: Titled
    allowed: str
    narrows: Fen
    settles: float

    def __str__(self) -> str:
        return f"{self.path}: {self.label.en}"


class Bounds:
    """The bounds of a household under a policy. `answer` tells a fact and goes on from there; nothing is changed in place."""

    def __init__(self, policy: Policy, household: object, told: Mapping[str, object]) -> None:
        self.policy, self.household, self.told = policy, household, dict(told)
        program, engine = policy.program(policy.entitlements), policy.engine
        root = engine.tree(household)
        found = list(placed(policy.world, root, household))
        self._nodes, self._who = [one.node for one in found], list(told_apart(one.called(policy.world) for one in found))
        facts = _open_facts(policy, program, found, self.told)
        program.run(root)
        if program.loose:
            program.twin(root)
        known = {id(node): dict(node) for node in self._nodes}
        plan = policy.plan
        rules = {name: rule for name in program.targets if (rule := plan.quantities[name].rule) is not None}
        totals = {n: r.per for n, r in rules.items() if r.line and r.counts and r.sort == "money"}
        self._search = Search(plan, policy.program, program.loose, self._nodes, facts, known, totals)
        homes = {name: plan.quantities[name].entity for name in program.targets}
        self._targets = [(i, n) for i, node in enumerate(self._nodes) for n in program.targets if homes[n] == node["#"]]
        undecided = [(i, n) for i, n in self._targets if known[id(self._nodes[i])][n] is None]
        self.groups = [found for group in self._search.groups(undecided) for found in self._search.search(group)]
        self._grouped = {target: group for group in self.groups for target in group.ends if target[0] >= 0}
        self._known = known

    def _ends(self, target: Target) -> tuple[Ends, bool]:
        node = self._known[id(self._nodes[target[0]])]
        if node[target[1]] is not None:
            return ends_of(node, target[1]), True
        group, listed = self._grouped.get(target), self._search.is_listed(target)
        if group is None:  # the text does not say, or nobody told how many there are of something
            return ends_of(node, target[1]), not listed
        return group.ends[target], not listed and target not in group.wide

    @cached_property
    def lines(self) -> tuple[Bound, ...]:
        """Every entitlement of everybody: household first, then the members in their order."""
        out = []
        for target in self._targets:
            rule = self.policy.plan.quantities[target[1]].rule
            assert rule is not None
            found, tight = self._ends(target)
            amount = _amount(found, rule.per) if rule.sort == "money" else None
            who, label = self._who[target[0]], Titled(rule.zh, rule.en)
            out.append(Bound(who, target[1], label, *found, amount, tight, rule.counts))
        return tuple(out)

    def __getitem__(self, name: str) -> tuple[Bound, ...]:
        """The bounds of one entitlement, for each to whom it can be due."""
        if name not in self.policy.entitlements:
            raise UnknownName.among("entitlement", name, self.policy.entitlements)
        return tuple(line for line in self.lines if line.name == name)

    def witness(self, line: Bound, *, most: bool) -> dict[str, object]:
        """Facts by path with which a line comes to its most, or its least; nothing if it is decided, or not known to reach it.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> found = zz.bounds(pr.Household(persons=[pr.Person(receives_dibao=False)]))
        >>> [line] = found["old_age_allowance"]
        >>> line.said(), found.witness(line, most=True)
        ('at most 60.00 yuan a month', {'persons[0].born': datetime.date(1917, 7, 1)})
        """
        target = self._targets[self.lines.index(line)]
        if (group := self._grouped.get(target)) is None:
            return {}
        for values, found in group.tried:
            if found[target][most] == group.ends[target][most]:
                facts = [self._search.facts[i] for i in group.facts]
                return {one.path: one.fact.decoded(value) for one, value in zip(facts, values, strict=True)}
        return {}

    @cached_property
    def totals(self) -> dict[str, Bound]:
        """The bounds of the sum by period; month, year and once are never added.

        A total of what hangs together is tighter than the sum of its lines: one fact cannot be two things at once.
        """
        alone = [target for target in self._targets if target not in self._grouped]
        parts = [(per, *self._ends(target)) for target in alone if (per := self._search.totals.get(target[1]))]
        for group in self.groups:
            parts += [(target[1], group.ends[target], target not in group.wide) for target in group.ends if target[0] < 0]
        sums: dict[str, tuple[Ends, bool]] = {}
        for per, found, is_tight in parts:
            held, tight = sums.get(per, (NONE, True))
            sums[per] = add(held, found), tight and is_tight
        who, whole = self._who[0], HEADS["totals"]
        return {
            per: Bound(who, "total", whole, *found, _amount(found, per), tight)
            for per, (found, tight) in sums.items()
            if found != NONE
        }

    def questions(self) -> tuple[Question, ...]:
        """The facts that are open and turn something, that which narrows the totals most first."""
        found: dict[str, Question] = {}
        for one in (question for group in self.groups for question in self._questions(group)):
            if (other := found.get(one.path)) is not None:  # it turns results that were looked at apart
                one = evolve(one, narrows=Fen(one.narrows + other.narrows), settles=one.settles + other.settles)
            found[one.path] = one
        return tuple(sorted(found.values(), key=lambda one: (-one.narrows, -one.settles, one.path)))

    def _questions(self, group: Group) -> Iterable[Question]:
        width, undecided = _width(group.tried), _undecided(group.tried)
        for place, which in enumerate(group.facts):
            one = self._search.facts[which]
            answers: dict[int, list[tuple[tuple[int, ...], dict[Target, Ends]]]] = {}
            for values, found in group.tried:
                answers.setdefault(values[place], []).append((values, found))
            many = max(len(answers), 1)
            narrows = width - sum(map(_width, answers.values())) // many
            settles = undecided - sum(map(_undecided, answers.values())) / many
            if narrows or settles or not group.tried:
                label = Titled(one.fact.zh, one.fact.en)
                yield Question(one.path, label, one.fact.allowed, Fen(narrows), settles)

    def answer(self, fact: str, value: object) -> Bounds:
        """Tell a fact, by its path as `questions` gives it: a value, a `Between` or a `OneOf`; the bounds that then hold.

        Raises `UnknownName` for a path that there is not, and what the fact raises for a value that it cannot have.
        """
        return Bounds(self.policy, self.household, {**self.told, fact: value})

    @property
    def _absent(self) -> Iterable[str]:
        """Why entitlements are not in force on the day, each reason once."""
        return dict.fromkeys(map(str, self.policy.not_in_force.values()))

    def text(self, lang: str = "en") -> str:
        """What is due for certain, what is open, what it comes to, and what to ask first."""
        lines = [f"  {one.who.text(lang)}: {one.label.text(lang)}: {one.said(lang)}" for one in self.lines if one.most != 0]
        totals = [f"  {one.label.text(lang)}: {one.said(lang)}" for one in self.totals.values()]
        asked = [f"  {one.path} ({one.label.text(lang)})" for one in self.questions()]
        absent = [f"  {why}" for why in self._absent]
        head = f"{self._who[0].text(lang)}  {self.policy.name}  {self.policy.on}  {SAID['bounds'].text(lang)}"
        out = [head, "", *lines, *totals]
        for title, found in ((SAID["ask"], asked), (HEADS["absent"], absent)):
            out += ["", f"{title.text(lang)}:", *found] if found else []
        return "\n".join(out)

    __str__ = text

    def __repr__(self) -> str:
        totals = ", ".join(one.said() for one in self.totals.values()) or "nothing"
        return f"<Bounds of {self._who[0].en}: {totals}; {len(self.questions())} open questions>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(one.who.en)}</td><td>{escape(one.label.zh)}<br><small>{escape(one.label.en)}</small></td>"
            f"<td style='text-align:right;white-space:nowrap'>{escape(one.said())}</td></tr>"
            for one in (*self.lines, *self.totals.values())
            if one.most != 0
        )
        asked = "".join(f"<li><code>{escape(one.path)}</code> {escape(one.label.en)}</li>" for one in self.questions())
        more = f"<p>{escape(SAID['ask'].en)}</p><ol>{asked}</ol>" if asked else ""
        if absent := "".join(f"<li>{escape(why)}</li>" for why in self._absent):
            more += f"<details><summary>{escape(HEADS['absent'].en)}</summary><ul>{absent}</ul></details>"
        head = f"{escape(self._who[0].en)} · {escape(self.policy.name)} · {self.policy.on}"
        return f"<table><caption>{head}</caption>{rows}</table>{more}"


def _amount(found: Ends, per: str) -> Amount:
    low, high = found
    return Amount(Fen(low), Fen(low), None if high is None else Fen(high), per=per)


Tried = Sequence[tuple[tuple[int, ...], dict[Target, Ends]]]


def _width(tried: Tried) -> int:
    """How far the least and the most of the first year lie apart over some completions; an open end counts as its figure."""
    out = 0
    for per in {target for _, found in tried for target in found if target[0] < 0}:
        ends = [found.get(per, (0, 0)) for _, found in tried]
        out += IN_A_YEAR[per[1]] * (max(low if high is None else high for low, high in ends) - min(low for low, _ in ends))
    return out


def _undecided(tried: Tried) -> int:
    """How many results differ over some completions."""
    seen: dict[Target, set[Ends]] = {}
    for _, found in tried:
        for target, ends in found.items():
            if target[0] >= 0:
                seen.setdefault(target, set()).add(ends)
    return sum(len(ends) > 1 for ends in seen.values())


def _open_facts(policy: Policy, program: Program, tree: Sequence[Placed], told: Mapping[str, object]) -> list[Open]:
    """Tell the tree what was answered since, and list the facts that are open."""
    builder, shapes, out = policy.engine.builder, policy.plan.world.entities, list[Open]()
    every = ((one, fact) for one in tree for fact in shapes[one.node["#"]].facts.values())
    facts = {f"{one.path}.{fact.name}".lstrip("."): (one.node, fact) for one, fact in every}
    for path in told:
        if path not in facts:
            raise UnknownName.among("fact", path, facts)
    for path, (node, fact) in facts.items():
        value = told.get(path)
        if fact.sort in UNREAD or (node[fact.name] is not None and value is None):
            continue
        if value is not None and not isinstance(value, Between | OneOf):
            try:
                builder.put(node, fact, value)
            except InputError as error:
                above = path.rpartition(".")[0]
                raise (error.below(above) if above else error) from None
        elif fact.name in program.inputs:
            node[fact.name] = None
            out.append(_domain(node, fact, path, value, builder.day_of(node)))
    return out


def _domain(node: Node, fact: Fact, path: str, value: Between | OneOf | None, day: int) -> Open:
    """What an open fact can be."""
    low, high = fact.codes
    values: tuple[int | bool, ...] = ()
    if fact.sort is Sort.YES_NO:
        values = (False, True)
    elif fact.kinds is not None:
        values = tuple(sorted(int(code) for code in fact.kinds))
    elif fact.past:
        high = min(high, day)
    if isinstance(value, OneOf):
        values = tuple(sorted({cast(int, fact.check(one, field=path)) for one in value.values}))
        if not values:
            raise RangeError(path, "OneOf()", "name at least one value")
    elif isinstance(value, Between):
        least, most = (cast(int, fact.check(one, field=path)) for one in (value.least, value.most))
        if least > most:
            raise RangeError(path, f"{value.least} to {value.most}", "the least stands first")
        low, high, values = least, min(high, most), tuple(one for one in values if least <= one <= most)
    return Open(node, fact, path, min(values, default=low), max(values, default=high), values)
