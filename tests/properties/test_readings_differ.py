"""Every reading of the rules of persons, households, houses and plots matters: in some random case its choices differ.

Where a reading bears on checks and calculators alone, it is met there.
"""

import datetime
import itertools
import random
from collections.abc import Callable
from functools import cache

import pytest

import povertyrules as pr

# These bear on income, medical costs, allowances for the old and the rounding of dibao, which have oracles of their own.
ELSEWHERE = {
    "age.counting",
    "dibao.household_rounding",
    "dibao.monthly_rounding",
    "elderly.care_condition",
    "elderly.old_age_stacking",
    "income.line_edge",
    "income.line_rounding",
    "income.local_items",
    "medical.assistance_scope",
    "medical.basic_ceiling",
    "medical.basic_deductible",
    "medical.brackets",
    "medical.deductible_period",
    "medical.five_percent",
    "medical.others_ceiling",
    "medical.payer_order",
    "medical.preference",
    "rounding.mode",
    "rounding.stage",
    "wording.shared_boundary",
}
# On these rows of data turn; their cases differ by reading.
IN_ROWS = {
    "exit.notice_days",
    "funds.land_gain",
    "obligations.baseline_date",
    "period.before_year",
    "period.undated_target",
    "wording.basically",
    "wording.joined",
    "wording.may",
}
LOCAL = {
    "pension.paid_premium.lowest_tier": "100",
    "dibao.single_person.family_limit": "5850",
    "dibao.gradual_exit.months": 6,
    "elderly.filial.share": "10 %",
}
Facts = dict[str, object]
Dice = random.Random


def some_yes(dice: Dice, *names: str) -> Facts:
    return {name: dice.random() < 0.7 for name in names}


def money(dice: Dice, *edges: int) -> pr.Fen:
    return pr.Fen(dice.choice([*edges, dice.randrange(6_000_000)]))


def person(dice: Dice) -> Facts:
    flags = ("receives_dibao", "extremely_poor", "boarder", "full_time", "merit_award", "parent_disabled", "aided_in_stage")
    more = ("aided_before", "planning_pregnancy", "newborn", "cannot_pay_premium", "supported_by_children", "in_institution")
    home = ("registered_poor", "poor_area", "filial_fund", "seriously_ill", "able_to_work", "has_livelihood")
    return some_yes(dice, *flags, *more, *home) | {
        "age": dice.choice((6, 7, 54, 55, 59, 60, 61, dice.randrange(100))),
        "sex": dice.randint(1, 2),
        "disability_grade": dice.randint(0, 4),
        "school_stage": dice.randint(0, 8),
        "child_kind": dice.randint(0, 5),
        "supporter": dice.randint(0, 2),
        "tuition": money(dice, 280_000),
        "loan_interest": money(dice, 0),
        "pension_contribution": money(dice, 0, 30_000, 40_000, 50_000),
        "own_income": money(dice, 0, 200_000),
        "children_pay": money(dice, 20_000),
        "dibao_due": pr.Fen(0),
        "countable_income": money(dice, 585_000),
        "members": dice.randint(1, 6),
    }


def household(dice: Dice) -> Facts:
    kinds = [{"kind": kind, "amount": money(dice)} for kind in (1, 2, 3)]
    guaranteed = ("enough_food", "enough_clothing", "education_secured", "medical_secured", "housing_secured")
    return some_yes(dice, "registered_poor", "living_difficulty", *guaranteed) | {
        "relief_cause": dice.randint(0, 4),
        "relief_months": dice.randint(1, 9),
        "relief_days": dice.randint(1, 270),
        "members": dice.randint(1, 6),
        "exited_on": datetime.date(2016, 1, 1) + datetime.timedelta(dice.randrange(700)),
        "incomes": kinds,
    }


def dwelling(dice: Dice) -> Facts:
    return some_yes(dice, "registered_poor", "grade_confirmed", "willing", "reinforceable") | {
        "members": dice.randint(1, 5),
        "house_grade": dice.randint(1, 4),
        "method": dice.randint(1, 2),
        "floor_area": pr.Measure(dice.choice((4_500, 5_800, dice.randrange(12_000)))),
        "auxiliary_area": pr.Measure(0),
        "cash_cost": money(dice, 500_000),
        "own_labour": money(dice, 200_000),
    }


def plot(dice: Dice) -> Facts:
    return {
        "plot_area": pr.Measure(dice.randrange(300)),
        "planted_area": pr.Measure(dice.randrange(300, 600)),
        "forest_kind": dice.randint(1, 6),
        "land_kind": dice.randint(1, 4),
        "planting": dice.randint(1, 3),
        "subsidy_years": dice.randint(1, 5),
    }


def death(dice: Dice) -> Facts:
    return some_yes(dice, "drew_pension", "pension_insured")


OF_A_STUDENT = ("yearly_package", "yulu_aid", "college_grant", "disabled_student_aid", "tuition_due")
BENEFITS = ("living_subsidy", "nursing_subsidy", "orphan_support", "difficult_child_aid", "basic_pension", "filial_payment")
AREAS_OF_HOUSES = ("least_area", "most_area", "area_in_order")
SEARCHED: dict[str, tuple[Callable[[Dice], Facts], tuple[str, ...]]] = {
    **{
        f"education.{name}": (person, OF_A_STUDENT)
        for name in (
            "average_amount",
            "grant_with_scholarship",
            "yulu_stage",
            "yulu_with_grant",
            "disabled_aid_with_grants",
            "one_off",
            "disabled_family",
            "vocational_tuition",
        )
    },
    "period.undated_box": (person, ("preschool_grant", "living_subsidy")),
    "children.orphan_stacking": (person, BENEFITS),
    "children.difficult_kinds": (person, BENEFITS),
    "disability.both_subsidies": (person, BENEFITS),
    "disability.extremely_poor": (person, BENEFITS),
    "disability.family_limit": (person, ("single_person_dibao",)),
    "disability.premium": (person, ("premium_subsidy", "premium_left")),
    "medical.free_services": (person, ("folic_acid", "newborn_screening")),
    "medical.deposit": (person, ("deposit_due",)),
    "pension.floor_sign": (person, BENEFITS),
    "pension.tier_gap": (person, ("contribution_subsidy",)),
    "pension.funeral_for": (death, ("funeral_grant",)),
    "elderly.filial_amount": (person, BENEFITS),
    "wording.inclusive": (person, ("basic_pension", "contribution_subsidy")),
    "wording.open_list": (household, ("temporary_relief",)),
    "relief.time_unit": (household, ("temporary_relief",)),
    "exit.income_concept": (household, ("income_over_line", "fit_to_exit")),
    "exit.support_until": (household, ("support_until",)),
    "dibao.two_lines": (household, ("two_lines_joined",)),
    "housing.three_persons": (dwelling, AREAS_OF_HOUSES),
    "housing.small_ceiling": (dwelling, AREAS_OF_HOUSES),
    "housing.grade_d_method": (dwelling, ("method_due", "planned_subsidy")),
    "housing.grade_d_rebuilt": (dwelling, ("housing_subsidy",)),
    "housing.floor_or_cost": (dwelling, ("housing_subsidy",)),
    "housing.cost_scope": (dwelling, ("housing_subsidy",)),
    "forestry.minimum_area": (plot, ("afforestation_subsidy",)),
    "forestry.rate_period": (plot, ("afforestation_subsidy",)),
}


def late(under: pr.Policy, dice: Dice) -> object:
    day = datetime.date(2018, 1, 1) + datetime.timedelta(dice.randrange(1_200))
    return [one.severity for one in under.exit.check_date(day)]


def order(under: pr.Policy, dice: Dice) -> object:
    return under.exit.order([pr.Fen(dice.randrange(9)) for _ in range(4)], 2)


def village(under: pr.Policy, dice: Dice) -> object:
    poor, registered, resident = dice.randint(0, 4), dice.choice((100, 150)), dice.choice((100, 150))
    return [one.severity for one in under.exit.village(poor=poor, registered=registered, resident=resident)]


def key_village(under: pr.Policy, dice: Dice) -> object:
    return under.exit.key_village(
        rate=f"{dice.randint(1, 20)} %",
        province_rate="5 %",
        income=pr.yuan(dice.randrange(10_000)),
        province_income=pr.yuan(10_000),
        collective_income=pr.Fen(0),
    )


def average(under: pr.Policy, dice: Dice) -> object:
    houses = [
        pr.Dwelling(method=1, cash_cost=(cost := money(dice, 500_000)), subsidy_paid=pr.Fen(min(cost, 800_000)))
        for _ in range(dice.randint(1, 3))
    ]
    return under.housing.check_average("repair", [pr.Household(dwellings=houses)]).ok


def refusal(under: pr.Policy, dice: Dice) -> object:
    facts = some_yes(dice, "able_to_work", "has_livelihood") | {"disability_grade": dice.randint(0, 4), "supporter": 0}
    return [one.severity for one in under.disability.check_refusal(facts, refused_for_age=True)]


CHECKED: dict[str, Callable[[pr.Policy, Dice], object]] = {
    "exit.end_date": late,
    "exit.order": order,
    "exit.village_edge": village,
    "exit.village_population": village,
    "village.income_ratio": key_village,
    "village.incidence_double": key_village,
    "village.poor_village": lambda under, _: under.exit.poor_villages(),
    "housing.average_test": average,
    "wording.best_effort": refusal,
}


@cache
def default(day: str) -> pr.Policy:
    return pr.policy("zaozhuang-hitech", on=day)


@cache
def told(day: str) -> pr.Policy:
    return default(day).local(LOCAL, source="notice")


def seen(under: pr.Policy, targets: tuple[str, ...], facts: Facts) -> list[object]:
    case = under.evaluate(targets, facts)
    out: list[object] = []
    for name in targets:
        status, sort = case.status(name), under.wired.quantities[name].sort
        amount = case.amount(name) if status == "amount" and sort == "money" else None
        out.append((status, amount and (amount.low, amount.high), case.value(name)))
    return out


def test_every_reading_is_searched_or_checked_here_or_known_from_elsewhere() -> None:
    assert not SEARCHED.keys() & CHECKED.keys()
    assert default("2018-06-30").interpretations.keys() == SEARCHED.keys() | CHECKED.keys() | ELSEWHERE | IN_ROWS


@pytest.mark.parametrize("name", SEARCHED)
def test_the_choices_of_a_reading_differ_in_some_case(name: str) -> None:
    facts_of, targets = SEARCHED[name]
    base, dice = told("2018-06-30" if name.startswith("housing") else "2017-06-30"), Dice(name)
    choices = list(base.registers[name].choices)
    under = {choice: base.reading(name, choice) for choice in choices}
    differ = set(itertools.combinations(choices, 2))
    for _ in range(4_000):
        facts = facts_of(dice)
        shown = {choice: seen(under[choice], targets, facts) for choice in choices}
        differ -= {(one, other) for one, other in differ if shown[one] != shown[other]}
        if not differ:
            return
    pytest.fail(f"no case tells {sorted(differ)} apart")


@pytest.mark.parametrize("name", CHECKED)
def test_the_choices_of_a_reading_differ_in_some_check(name: str) -> None:
    base = default("2018-06-30")
    choices = list(base.registers[name].choices)
    under = {choice: base.reading(name, choice) for choice in choices}
    differ = set(itertools.combinations(choices, 2))
    for seed in range(2_000):
        shown = {choice: CHECKED[name](under[choice], Dice(seed)) for choice in choices}
        differ -= {(one, other) for one, other in differ if shown[one] != shown[other]}
        if not differ:
            return
    pytest.fail(f"no case tells {sorted(differ)} apart")
