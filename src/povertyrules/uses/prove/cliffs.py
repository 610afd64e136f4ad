"""Cliffs, where a little more of something loses money, and choices that are never better than another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from povertyrules.core.citation import Titled
from povertyrules.core.facts import Sort
from povertyrules.uses.prove.claims import free_in, over_a_list, reads, supplied
from povertyrules.uses.prove.outcomes import Most, Outcome, Proved
from povertyrules.uses.prove.rows import Claimed
from povertyrules.uses.prove.view import View, label

if TYPE_CHECKING:
    from povertyrules.policy import Policy

MORE = {"money": Titled("多一分", "one more fen"), "area": Titled("多0.01", "0.01 more"), "number": Titled("多一", "one more")}
LESS = {"money": Titled("少一分", "one fen less")}
"""Steps up, and steps down where somebody may be better off for having less: what begins at an age is no finding."""
CHOICES = ("method", "support_mode")
"""Facts that somebody chooses: how a house is made safe, where somebody is supported."""
NUMBERS = {Sort.MONEY: "money", Sort.COUNT: "number", Sort.AGE: "number", Sort.AREA: "area"}


def paid(policy: Policy) -> list[str]:
    """The payments of a policy: its entitlements to money that the totals of a statement add."""
    held = supplied(policy)
    return [n for n in policy.entitlements if n in held and held[n].sort == "money" and not over_a_list(policy, held[n])]


def cliffs(policy: Policy) -> Iterator[Claimed]:
    """For every payment and every number that it rests on: the most that one more of it, or one fen less, can lose."""
    for name in paid(policy):
        for fact, sort in numbers(policy, name).items():
            yield from _steps(policy, label(policy, name), [name], fact, sort, "cliff")


def numbers(policy: Policy, name: str) -> dict[str, str]:
    """The numbers that a payment rests on, with their sort: facts, and what is taken as it comes."""
    from povertyrules.uses.prove.question import Question

    question = Question.of(policy, lambda q: q[name] >= 0, None, {}, free_in(policy))
    out: dict[str, str] = {}
    for one in question.inputs:
        fact, quantity = policy.plan.facts.get(one), policy.plan.quantities.get(one)
        if fact is not None and fact.sort in NUMBERS:
            out[one] = NUMBERS[fact.sort]
        elif fact is None and quantity is not None and quantity.sort in MORE:
            out[one] = quantity.sort
    return out


def _steps(policy: Policy, subject: Titled, names: list[str], fact: str, sort: str, kind: str) -> Iterator[Claimed]:
    """The steps of one number, and what some payments together lose by them."""
    # a payment that shrinks by the fen as an income grows by it is no cliff
    tapers, of = (1 if sort == "money" else 0), label(policy, fact)
    for by, steps in ((1, MORE), (-1, LESS)):
        if sort not in steps:
            continue

        def lost(q: View, by: int = by) -> int:
            return sum(cast(int, q[name] - q.next(fact, by)[name]) for name in names)

        def ask(limit: float, lost: Callable[[View], int] = lost) -> Outcome:
            return policy.most(lost, where=lambda q: lost(q) > tapers, free=free_in(policy), limit=limit)

        step = steps[sort]
        yield Claimed(kind, Titled(f"{of.zh}{step.zh}减少多少", f"what {step.en} of {of.en} loses"), subject, ask)


def cliffs_in_all(policy: Policy) -> Iterator[Claimed]:
    """The same of all payments of a period together, to somebody and to the household: what one loses another may make good."""
    counted = [policy.plan.quantities[name] for name in paid(policy)]
    at = {(q.rule.per, q.entity): None for q in counted if q.rule}
    for per, entity in at:
        chain = policy.world.chain(entity)
        if any((per, lower) in at and entity in policy.world.chain(lower)[1:] for lower in policy.world.entities):
            continue  # a lower entity takes these in
        names = [q.name for q in counted if q.rule and q.rule.counts and q.rule.per == per and q.entity in chain]
        facts: dict[str, str] = {}
        for name in names:
            facts |= numbers(policy, name)
        shapes = [policy.world.entities[one] for one in chain]
        zh, en = "、".join(one.zh for one in shapes), " and the ".join(one.en for one in shapes)
        whole = Titled(f"{zh}{PERIODS[per].zh}各项合计", f"all payments to a {en} {PERIODS[per].en}".strip())
        for fact, sort in facts.items():
            yield from _steps(policy, whole, [n for n in names if reads(policy, n, fact)], fact, sort, "cliff-in-all")


PERIODS = {
    "month": Titled("每月", "a month"),
    "year": Titled("每年", "a year"),
    "once": Titled("一次性", "once"),
    "": Titled("", ""),
}


def dominated(policy: Policy) -> Iterator[Claimed]:
    """For every payment that turns on a choice: what a choice loses that is never better than another, in each kind of case."""
    for name in paid(policy):
        for fact in CHOICES:
            if fact not in policy.plan.facts or not reads(policy, name, fact):
                continue
            kinds = policy.plan.facts[fact].kinds or ()
            for worse in kinds:
                for better in kinds:
                    if worse != better:
                        yield from _dominated(policy, name, fact, worse.name.lower(), better.name.lower())


def _dominated(policy: Policy, name: str, fact: str, worse: str, better: str) -> Iterator[Claimed]:
    """In each value of each other category that the payment reads."""
    kinds = policy.plan.facts[fact].kinds
    for other, declared in policy.plan.facts.items():
        if other == fact or declared.sort is not Sort.CATEGORY or not declared.kinds or not reads(policy, name, other):
            continue
        for kind in declared.kinds:

            def lost(q: View) -> object:
                return q.at(**{fact: better})[name] - q.at(**{fact: worse})[name]

            def ask(limit: float, other: str = other, value: int = kind.value) -> Outcome:
                told = {other: value}
                never = policy.prove(lambda q: lost(q) >= 0, given=told, free=free_in(policy), limit=limit / 2)  # type: ignore[operator]
                if not isinstance(never, Proved):
                    return Proved()  # sometimes better: not dominated
                most = policy.most(lost, given=told, free=free_in(policy), limit=limit / 2)
                return most if not isinstance(most, Most) or most.value > 0 else Proved()

            assert kinds is not None
            a, b = (kinds[one.upper()] for one in (worse, better))
            where = f"{declared.en} {kind.en}"
            zh = f"{declared.zh}为{kind.zh}: 选“{a.zh}”而非“{b.zh}”总不更优，最多损失"
            said = Titled(zh, f"{where}: what {a.en} loses, never better than {b.en}")
            yield Claimed("dominated", said, label(policy, name), ask)


CLIFFS: dict[str, Callable[[Policy], Iterator[Claimed]]] = {
    "cliff": cliffs,
    "cliff-in-all": cliffs_in_all,
    "dominated": dominated,
}
"""What is looked for, by kind."""
