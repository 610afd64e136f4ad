"""A case that the solver found, put through the compiled rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from attrs import frozen

from povertyrules.case import Case
from povertyrules.core.facts import Fact
from povertyrules.core.measure import in_words
from povertyrules.core.money import show
from povertyrules.core.terms import Term
from povertyrules.uses.compute import Node
from povertyrules.uses.phrases import WORDS, day_text
from povertyrules.uses.prove.outcomes import ProofError
from povertyrules.uses.prove.question import Question
from povertyrules.uses.prove.view import HERE, Point, View, label

if TYPE_CHECKING:
    from povertyrules.policy import Policy

Value = int | bool
Values = Mapping[Point, Mapping[str, "Value | None"]]


@frozen(eq=False, slots=False)
class Replay:
    """One assignment of the facts of a question, encoded."""

    question: Question
    told: Mapping[str, Value]
    expected: Value = False
    """What the claim says of it."""

    def nodes(self, point: Point) -> tuple[Node, dict[str, Node]]:
        """The tree of the case at a point, computed: its top, and its node of each entity."""
        policy, question = self.question.policy_at(point), self.question
        builder, nodes, above = policy.builder, dict[str, Node](), None
        values = point.of(self.told)
        for entity in question.line:
            node = builder.blank(entity, above)
            if above is not None:
                parent = policy.world.parents[entity]
                above[cast("tuple[str, str, int]", parent)[1]] = [node]
            nodes[entity] = above = node
        for name, value in values.items():
            node = nodes[builder.homes[name]]
            node[name] = value
            if name in policy.plan.quantities:
                node["given"] = {*node.get("given", ()), name}
        top = nodes[question.line[0]]
        builder.tell_day(top, top.get("on"))
        policy.engine.program(question.targets(point), self.given).run(top)
        return top, nodes

    @property
    def given(self) -> frozenset[str]:
        """The quantities that are told outright."""
        return frozenset(self.told.keys() & self.question.policy.plan.quantities.keys())

    def case(self, point: Point, name: str) -> Case:
        """The computed case at a point, seen from the entity of a quantity."""
        policy = self.question.policy_at(point)
        top, nodes = self.nodes(point)
        program = policy.engine.program(self.question.targets(point), self.given)
        return Case(policy, program, top, nodes[policy.builder.homes[name]])

    def values(self) -> dict[Point, dict[str, Value | None]]:
        """What the compiled rules give at each point."""
        out: dict[Point, dict[str, Value | None]] = {}
        for point in self.question.points:
            _, nodes = self.nodes(point)
            homes = self.question.policy_at(point).builder.homes
            out[point] = {name: nodes[homes[name]][name] for name in self.question.targets(point)}
        return out

    def holds(self, values: Values) -> object:
        """What the claim says of values that were computed; None where it does not speak of the case."""
        if any(self._value(values, *one) is None for one in self.question.must_be_known):
            return None
        seen = Seen(self, values)
        if self.question.condition is not None and not self.question.condition(seen):
            return None
        return self.question.claim(seen)

    def _value(self, values: Values, point: Point, name: str) -> Value | None:
        found = values[point]
        return found[name] if name in found else point.of(self.told)[name]

    def checked(self) -> Values:
        """The values, computed; `ProofError` unless the claim says of them what the solver said."""
        values = self.values()
        said = self.holds(values)
        if said is None or said != self.expected:
            raise ProofError(f"the solver gave {dict(self.told)}, and the compiled rules give {values}")
        return values

    def amount(self, value: int, lang: str) -> str:
        """A value of the claim, as money if that is all it reads."""
        read = (self.question.policy.plan.quantities[n] for p in self.question.points for n in self.question.targets(p))
        unit = "元" if lang == "zh" else "yuan"
        return f"{show(value)} {unit}" if all(one.sort == "money" for one in read) else str(value)

    # ---- in words ---------------------------------------------------------------------------------------------

    @cached_property
    def facts(self) -> dict[str, object]:
        """The facts as a caller writes them."""
        return {name: self._written(name, value) for name, value in self.told.items()}

    def _written(self, name: str, value: Value) -> object:
        fact = self.question.policy.plan.facts.get(name)
        return value if fact is None else fact.decoded(value)

    def lines(self, lang: str) -> list[str]:
        """The facts, and at each point what the claim reads."""
        policy, values = self.question.policy, self.values()
        out = [f"{label(policy, n).text(lang)}: {shown(policy, n, v, lang)}" for n, v in self.told.items()]
        for point in self.question.points:
            head = beside(policy, point, lang)
            found = (f"{label(policy, n).text(lang)}: {self._result(point, n, v, lang)}" for n, v in values[point].items())
            out += [f"→ {head}{one}" for one in found if one not in out]
        return out

    def _result(self, point: Point, name: str, value: Value | None, lang: str) -> str:
        """A quantity as a person writes it; where there is none, why."""
        return self.case(point, name).shown(name, lang) if value is None else shown(self.question.policy, name, value, lang)

    def citations(self, lang: str) -> list[str]:
        """The provisions behind what the claim reads, each once."""
        out: dict[str, None] = {}
        for point in self.question.points:
            for name in self.question.targets(point):
                case = self.case(point, name)
                if case.value(name) is not None:
                    out |= dict.fromkeys(case.citations([name], lang))
        return list(out)


class Seen(View):
    """What a claim sees of a case that was computed."""

    def __init__(self, replay: Replay, values: Values, point: Point = HERE) -> None:
        super().__init__(replay.question.policy, point)
        self._replay, self._values = replay, values

    def __getitem__(self, name: str) -> Term:
        return cast(Term, self._replay._value(self._values, self._point, name))

    def _moved(self, point: Point) -> View:
        return Seen(self._replay, self._values, point)


def shown(policy: Policy, name: str, value: Value | None, lang: str) -> str:
    """A fact or a quantity as a person writes it."""
    words = WORDS["zh" if lang == "zh" else "en"]
    if value is None:
        return words["unknown"]
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    fact: Fact | None = policy.plan.facts.get(name)
    if fact is not None:
        sort, unit, kinds = fact.sort.value, fact.unit, fact.kinds
    else:
        quantity = policy.plan.quantities[name]
        sort, unit = quantity.sort, quantity.rule.per if quantity.rule else ""
        kinds = quantity.rule.kinds if quantity.rule else None
    if kinds:
        return kinds.of(value).text_in(lang)
    if sort == "money":
        return f"{show(value)} {'元' if lang == 'zh' else 'yuan'}"
    if sort == "area":
        return in_words(value, unit, lang)
    return day_text(value) if sort == "date" else str(value)


def beside(policy: Policy, point: Point, lang: str) -> str:
    """How a point differs from the case."""
    said = [f"{label(policy, n).text(lang)} = {shown(policy, n, v, lang)}" for n, v in point.replaced]
    said += [f"{label(policy, n).text(lang)} {by:+d}" for n, by in point.moved]
    said += [f"{name} = {choice}" for name, choice in point.readings]
    return f"[{', '.join(said)}] " if said else ""
