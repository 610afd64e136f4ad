"""What a policy answers about a household, quantity by quantity, so that two policies can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from povertyrules.case import STATUS_ZH, Case
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.entities import Household
from povertyrules.nodes import placed, told_apart
from povertyrules.policy import Policy

UNDECIDED = ("unknown", "unstated")
NO_RULE = "no such rule"


@frozen
class Answer:
    """One answer: its status, an amount where it is money, the encoded value where it is anything else.

    The status is amount, not eligible, unknown, unstated, not in force, no such rule or past its last date.
    """

    status: str
    amount: Amount | None
    value: int | None
    said: Titled

    def same(self, other: Answer) -> bool:
        """Whether two answers are one: status, figure, and what the wording leaves open; not how certain the figure is."""
        return self.status == other.status and self.value == other.value and self._ends == other._ends

    @property
    def _ends(self) -> tuple[int | None, int | None] | None:
        return (self.amount.low, self.amount.high) if self.amount else None

    def text(self, lang: str = "en") -> str:
        """The answer in words."""
        return self.said.text(lang)

    __str__ = text

    def to_dict(self) -> dict[str, object]:
        """The answer as data for JSON; money is a string of yuan."""
        amount = self.amount.to_dict() if self.amount else None
        return {"status": self.status, "amount": amount, "value": None if self.amount else self.value}


@frozen
class Place:
    """A household, or someone or something in it: how it is called."""

    called: Titled
    entity: str


Answers = dict[tuple[int, str], Answer]


class Side:
    """One policy, and the quantities that are asked of it."""

    def __init__(self, policy: Policy, names: Iterable[str], untold: str) -> None:
        self.policy, self.untold = policy, untold
        self.names = {name: policy.plan.quantities[name].entity for name in names if name in policy.plan.quantities}
        self.program = policy.program(self.names)

    def of(self, household: Household) -> tuple[list[Place], Answers]:
        """The places in a household, and the answers by place and quantity."""
        root = self.policy.engine.tree(household)
        if self.untold == "absent":
            self.policy.engine.take_as_absent(root)
        self.program.run(root)
        first = Case(self.policy, self.program, root, root)
        places: list[Place] = []
        answers: Answers = {}
        found = list(placed(self.policy.world, root, household))
        names = told_apart(one.called(self.policy.world) for one in found)
        for i, (one, called) in enumerate(zip(found, names, strict=True)):
            places.append(Place(called, one.node["#"]))
            case = Case(self.policy, self.program, root, one.node, beside=first)
            answers |= {(i, name): answer(case, name) for name, entity in self.names.items() if entity == one.node["#"]}
        return places, answers


def answer(case: Case, name: str) -> Answer:
    """The answer of a case to one quantity."""
    status = case.status(name)
    if status not in ("amount", "not eligible"):
        return Answer(status, None, None, _word(status))
    quantity = case.setting.plan.quantities[name]
    if quantity.sort == "money":
        amount = case.amount(name)
        said = _word(status) if status == "not eligible" else Titled(amount.text("zh"), amount.text("en"))
        return Answer(status, amount, int(amount.figure), said)
    found = case.value(name)
    if quantity.sort == "yes/no" and quantity.rule and quantity.rule.line:
        return Answer(status, None, found, Titled("应予提供", "due") if found else Titled("不提供", "not due"))
    return Answer(status, None, found, Titled(case.shown(name, "zh"), case.shown(name, "en")))


def none() -> Answer:
    """The answer of a policy that does not know a quantity."""
    return Answer(NO_RULE, None, None, _word(NO_RULE))


def _word(status: str) -> Titled:
    return Titled(STATUS_ZH.get(status, status), status)
