"""A rule called as plain Python on integers gives what the compiled function gives, under every reading."""

import contextlib
import random
from functools import cache
from typing import Any

import pytest

import povertyrules as pr
from povertyrules.case import Case
from povertyrules.core.interpretation import choosing
from povertyrules.core.words import Each

ON = 20170630


@cache
def policy(local: bool) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2017-06-30")
    return made.local({"medical.basic.deductible": "800"}, source="the test") if local else made


def each_choice(*names: str) -> pytest.MarkDecorator:
    """The defaults, and every other choice of the readings whose names begin so."""
    registers = policy(False).interpretations
    found = [
        (name, choice)
        for name, register in sorted(registers.items())
        for choice in register.choices
        if name.startswith(names) and choice != register.default
    ]
    return pytest.mark.parametrize("chosen", [("", ""), *found], ids=lambda c: c[1] or "defaults")


class NotCallable(Exception):
    """A rule of which an argument is unstated: plain integers cannot say that, only the compiled function can."""


class Plain:
    """The rules of a policy as they stand in the classes, called one by one on integers."""

    def __init__(self, under: pr.Policy, facts: dict[str, Any]) -> None:
        self.plan, self.under, self.facts, self.done = under.plan, under, facts, dict[str, Any]()

    def __call__(self, name: str) -> Any:
        if name in self.facts:
            return self.facts[name]
        if name not in self.done:
            quantity = self.plan.quantities[name]
            assert quantity.section is not None
            assert quantity.rule is not None
            try:
                arguments = [self(one) for one in quantity.rule.arguments]
            except pr.NotStated:
                raise NotCallable from None
            method = getattr(quantity.section.model, name)
            if quantity.entity == "Treatment":
                bills = len(self.facts["in_scope"])
                rows = zip(*(a if isinstance(a, Each) else [a] * bills for a in arguments), strict=True)
                self.done[name] = Each(method(*row) for row in rows)
            else:
                self.done[name] = method(*arguments)
        return self.done[name]


def plain_answer(plain: Plain, name: str) -> object:
    try:
        return plain(name)
    except pr.NotStated:
        return "unstated"


def compiled_answer(case: Case, name: str) -> object:
    status = case.status(name)
    return status if status not in ("amount", "not eligible") else case.value(name)


def compare(under: pr.Policy, chosen: tuple[str, str], names: list[str], plain: Plain, case: Case) -> None:
    with choosing(dict([chosen]) if chosen[0] else {}):
        for name in names:
            with contextlib.suppress(NotCallable):
                assert compiled_answer(case, name) == plain_answer(plain, name), (name, chosen, plain.facts)


def under_choice(chosen: tuple[str, str], *, local: bool = True) -> pr.Policy:
    return policy(local).reading(*chosen) if chosen[0] else policy(local)


PERSONAL = ["basic_insurance", "critical_illness", "commercial_insurance", "medical_assistance", "out_of_pocket"]
OLD = ["old_age_allowance", "dibao_old_age_allowance", "longevity_allowance", "care_subsidy", "age"]
HOME = ["dibao_gap", "dibao_due", "dibao_due_last_month", "poverty_gap", "poverty_gap_per_head", "poor_by_income"]
LEDGER = ["register_net_income", "countable_income", "disposable_income", "income_before_transfers"]
COSTS = (0, 1, 3_337, 10_010, 4_000_000, 24_999_999, 25_000_000, 35_000_000, 89_757_142, 1_000_000_000)


@each_choice("medical.", "rounding.", "wording.")
def test_the_settlement(chosen: tuple[str, str]) -> None:
    dice, under = random.Random(repr(chosen)), under_choice(chosen)
    for _ in range(60):
        bills = [(dice.choice((*COSTS, dice.randrange(10**9))), dice.choice((1, 2, 3))) for _ in range(dice.randrange(4))]
        facts: dict[str, Any] = {n: dice.random() < 0.5 for n in ("registered_poor", "receives_dibao", "extremely_poor")}
        facts["commercial_owed"] = dice.choice((0, 1, dice.randrange(10**8)))
        told = facts | {"treatments": [{"in_scope": cost, "hospital_grade": grade} for cost, grade in bills]}
        case = under.evaluate(tuple(PERSONAL), told)
        facts |= {"in_scope": Each(c for c, _ in bills), "hospital_grade": Each(g for _, g in bills)}
        compare(under, chosen, PERSONAL, Plain(under, facts), case)


@each_choice("elderly.", "age.")
def test_the_allowances_of_the_old(chosen: tuple[str, str]) -> None:
    dice, under = random.Random(repr(chosen)), under_choice(chosen)
    for age in range(55, 121):
        born = (2017 - age) * 10_000 + dice.choice((101, 630, 701, 1231))
        facts: dict[str, Any] = {"receives_dibao": dice.random() < 0.5, "unable_to_care": dice.random() < 0.5}
        day = f"{born // 10_000}-{born // 100 % 100:02d}-{born % 100:02d}"
        case = under.evaluate(tuple(OLD), facts | {"born": day})
        compare(under, chosen, OLD, Plain(under, facts | {"born": born, "on": ON}), case)


@each_choice("dibao.", "rounding.mode", "income.line_edge")
def test_dibao_and_the_income_test(chosen: tuple[str, str]) -> None:
    dice, under = random.Random(repr(chosen)), under_choice(chosen)
    for _ in range(60):
        heads, year = dice.randint(1, 30), dice.choice((2015, 2016, 2017))
        around = {2015: 337_200, 2016: 345_000, 2017: dice.choice((350_900, 390_000))}[year] * heads
        income = dice.choice((around + dice.randint(-9, 9), dice.randrange(-(10**6), 2 * around)))
        facts: dict[str, Any] = {"members": heads, "register_net_income": income, "countable_income": income}
        case = under.evaluate(tuple(HOME), facts | {"on": f"{year}-06-30"})
        compare(under, chosen, HOME, Plain(under, facts | {"on": year * 10_000 + 630}), case)


@each_choice("income.local_items")
def test_the_concepts_of_income(chosen: tuple[str, str]) -> None:
    dice, under = random.Random(repr(chosen)), under_choice(chosen)
    for _ in range(40):
        rows = [(dice.randint(1, 18), dice.randrange(10**7)) for _ in range(dice.randrange(12))]
        case = under.evaluate(tuple(LEDGER), {"incomes": [{"kind": kind, "amount": amount} for kind, amount in rows]})
        facts = {"kind": Each(kind for kind, _ in rows), "amount": Each(amount for _, amount in rows)}
        compare(under, chosen, LEDGER, Plain(under, facts), case)


def test_a_rule_that_has_no_need_of_an_unprinted_figure_can_be_called_without_it() -> None:
    # the deductible of basic insurance is not printed; the default reading takes none
    model = policy(False).section("medical.basic").model
    assert model.basic_insurance(Each((1_000_000,)), Each((3,))) == 550_000  # type: ignore[attr-defined]


def test_a_rule_that_needs_an_unprinted_figure_says_so() -> None:
    model = policy(False).section("medical.basic").model
    with choosing({"medical.basic_deductible": "from_caller"}), pytest.raises(pr.NotStated):
        model.basic_insurance(Each((1_000_000,)), Each((3,)))  # type: ignore[attr-defined]
