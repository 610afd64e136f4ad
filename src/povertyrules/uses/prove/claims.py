"""Claims that policies are held to: each is put to the solver for whatever a policy supplies of what it speaks of.

A claim that breaks is a finding about the document, or about a reading of it; no claim is a rule. Bands and brackets with an
overlap or a gap within are refused when a pack loads; `no-gap` finds what lies outside them and is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from povertyrules.core.citation import Titled
from povertyrules.core.plan import Quantity
from povertyrules.core.terms import Term, walk
from povertyrules.core.words import every
from povertyrules.uses.prove.outcomes import Outcome
from povertyrules.uses.prove.rows import Claimed
from povertyrules.uses.prove.view import View, is_known, label

if TYPE_CHECKING:
    from povertyrules.policy import Policy

Holds = Callable[[View], object]
FREE = ("age",)
"""Taken as they come and not worked out: a person's age is any age, and not that of a birthday."""
PAYERS = ("basic_insurance", "critical_illness", "commercial_insurance", "medical_assistance")


def supplied(policy: Policy) -> dict[str, Quantity]:
    """The quantities that sections in force supply."""
    return {name: q for name, q in policy.plan.quantities.items() if q.rule and q.section and q.section.rules}


def has(policy: Policy, *names: str) -> bool:
    """Whether a policy supplies all of some quantities."""
    return all(name in supplied(policy) for name in names)


def over_a_list(policy: Policy, quantity: Quantity) -> bool:
    """Whether a quantity is itself a total over a list of the topmost entity, of which a claim knows nothing."""
    top = next(iter(policy.world.entities))
    return any(node.op in {"sum", "any"} and cast("tuple[str, str, str]", node.value)[2] == top for node in walk(quantity.term))


def free_in(policy: Policy) -> tuple[str, ...]:
    """What is taken as it comes."""
    return tuple(name for name in FREE if name in policy.plan.quantities)


def claimed(policy: Policy, name: str, claim: Titled, subject: str, holds: Holds, *, free: Iterable[str] = ()) -> Claimed:
    """A claim on one quantity."""
    taken = (*free_in(policy), *free)
    return Claimed(name, claim, label(policy, subject), lambda limit: policy.prove(holds, free=taken, limit=limit))


def not_negative(policy: Policy) -> Iterator[Claimed]:
    """Nothing lies below what its rule declares, which is nothing for nearly all."""
    for name, quantity in supplied(policy).items():
        if quantity.rule is None or quantity.sort == "yes/no" or quantity.rule.least is None or over_a_list(policy, quantity):
            continue
        least = quantity.rule.least
        said = Titled("不为负", "is never negative") if least == 0 else Titled(f"不低于{least}", f"is never below {least}")
        yield claimed(policy, "not-negative", said, name, lambda q, n=name, low=least: q[n] >= low)  # type: ignore[misc]


def within_bill(policy: Policy) -> Iterator[Claimed]:
    """No payer, and not all of them together, pays more than the bill."""
    payers = [name for name in PAYERS if has(policy, name)]
    if not payers or not has(policy, "in_scope_year"):
        return
    said = Titled("不超过费用", "is never more than the bill")
    for name in payers:
        yield claimed(policy, "within-bill", said, name, lambda q, n=name: q[n] <= q.in_scope_year)  # type: ignore[misc]

    def together(q: View) -> object:
        return sum((q[name] for name in payers[1:]), q[payers[0]]) <= q.in_scope_year

    ask = claimed(policy, "within-bill", said, payers[0], together).ask
    yield Claimed("within-bill", said, Titled("各方支付之和", "all payments together"), ask)


def bill_grows(policy: Policy) -> Iterator[Claimed]:
    """What is left to the patient never falls as the bill grows."""
    if has(policy, "out_of_pocket", "in_scope_year"):
        said = Titled("费用每增一分不减少", "never falls as the bill grows by a fen")
        holds: Holds = lambda q: q.next("in_scope").out_of_pocket >= q.out_of_pocket  # noqa: E731
        yield claimed(policy, "bill-grows", said, "out_of_pocket", holds)


def poorer_no_less(policy: Policy) -> Iterator[Claimed]:
    """A poorer household never gets less top-up."""
    if has(policy, "dibao_due"):
        said = Titled("收入每减一分不减少", "is never less for a household with a fen less of income")
        holds: Holds = lambda q: q.next("countable_income").dibao_due <= q.dibao_due  # noqa: E731
        yield claimed(policy, "poorer-no-less", said, "dibao_due", holds)


def no_jump(policy: Policy) -> Iterator[Claimed]:
    """At no edge of a bracket does the payment jump: a fen more of the remainder brings a fen more at most, and none less."""
    if has(policy, "critical_illness", "after_basic"):
        said = Titled("在段界处不跳跃", "does not jump at an edge of a bracket")
        free = ("after_basic", *(n for n in ("stay_remainder",) if has(policy, n)))

        def smooth(q: View) -> object:
            step = cast(int, q.next("after_basic").critical_illness - q.critical_illness)
            return every(step >= 0, step <= 1)

        yield claimed(policy, "no-jump", said, "critical_illness", smooth, free=free)


def poor_no_less(policy: Policy) -> Iterator[Claimed]:
    """The registered poor are never paid less than others for the same bill."""
    if "registered_poor" not in policy.plan.facts:
        return
    if has(policy, "out_of_pocket", "critical_illness"):
        more = Titled("同一费用下贫困户不多于其他人", "is never more for the registered poor than for others with the same bill")
        holds: Holds = lambda q: q.at(registered_poor=True).out_of_pocket <= q.at(registered_poor=False).out_of_pocket  # noqa: E731
        yield claimed(policy, "poor-no-less", more, "out_of_pocket", holds)
    said = Titled("同等条件下贫困户不少于其他人", "is never less for the registered poor than for others")
    later = PAYERS[2:]  # they pay of what is left, so they pay less where the others pay more
    for name, quantity in supplied(policy).items():
        paid = quantity.rule is not None and quantity.rule.line and quantity.sort == "money" and name not in later
        if paid and reads(policy, name, "registered_poor"):
            yield claimed(
                policy,
                "poor-no-less",
                said,
                name,
                lambda q, n=name: q.at(registered_poor=True)[n] >= q.at(registered_poor=False)[n],  # type: ignore[misc]
            )


def reads(policy: Policy, name: str, fact: str) -> bool:
    """Whether a quantity rests on a fact, or on a quantity that is taken as it comes."""
    return fact in policy.plan.inputs([name], {fact} & policy.plan.quantities.keys())


def stated_everywhere(policy: Policy) -> Iterator[Claimed]:
    """The text leaves no gap: of every case it says what is due."""
    said = Titled("各种情形均有规定", "is stated for every case")
    for name in policy.entitlements:
        if has(policy, name) and not over_a_list(policy, policy.plan.quantities[name]):
            yield claimed(policy, "no-gap", said, name, lambda q, n=name: is_known(q[n]))  # type: ignore[misc]


def readings_apart(policy: Policy) -> Iterator[Claimed]:
    """How far each other reading lies from the one that is chosen, in what is paid: at most so much more, and so much less."""
    for name in policy.entitlements:
        quantity = policy.plan.quantities[name]
        if quantity.sort != "money" or not has(policy, name):
            continue
        for reading in turned_by(policy, name):
            chosen = policy.choice(reading)
            for choice in policy.registers[reading].choices:
                if choice != chosen:
                    yield from _apart(policy, name, reading, choice)


def turned_by(policy: Policy, name: str) -> list[str]:
    """The readings on which a payment turns by itself, and not because another payment before it does."""
    plan, apart = policy.plan, {*free_in(policy), *policy.entitlements} - {name}
    terms: list[Term] = [plan.quantities[n].term for n in plan.order([name], apart) if n in plan.quantities and n not in apart]
    found = (cast("tuple[str, str]", node.value)[0] for term in terms for node in walk(term) if node.op == "reading")
    return list(dict.fromkeys(found))


def _apart(policy: Policy, name: str, reading: str, choice: str) -> Iterator[Claimed]:
    free = free_in(policy)

    def asked(sign: int) -> Callable[[float], Outcome]:
        def ask(limit: float) -> Outcome:
            def apart(q: View) -> object:
                return (q.reading(reading, choice)[name] - q[name]) * sign

            return policy.most(apart, where=lambda q: apart(q) > 0, free=free, limit=limit)  # type: ignore[operator]

        return ask

    words = ((1, "更多", "more"), (-1, "更少", "less"))
    for sign, zh, en in words:
        said = Titled(f"{reading} = {choice} 时{zh}多少", f"how much {en} under {reading} = {choice}")
        yield Claimed("readings-apart", said, label(policy, name), asked(sign))


LIBRARY: dict[str, Callable[[Policy], Iterator[Claimed]]] = {
    "not-negative": not_negative,
    "within-bill": within_bill,
    "bill-grows": bill_grows,
    "poorer-no-less": poorer_no_less,
    "no-jump": no_jump,
    "poor-no-less": poor_no_less,
    "no-gap": stated_everywhere,
    "readings-apart": readings_apart,
}
"""The claims by kind, each a function of a policy: those that it can be held to."""
