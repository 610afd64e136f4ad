"""What the calculators and checks of solar power say beyond their figures."""

from __future__ import annotations

from typing import Any

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan

SX, ZHONGZHAN = pr.policy("shanxi", on="2017-06-30"), pr.policy("zhongzhan", on="2016-06-30")
IN_SCHEME: dict[str, Any] = {"registered_poor": True, "in_pv_scheme": True}


def test_shanxi_guarantees_each_household_zhongzhan_the_average() -> None:
    each = SX.energy.solar(**IN_SCHEME, able_to_work=[False]).income
    mean = ZHONGZHAN.energy.solar(**IN_SCHEME).income
    assert (each.low, each.high, each.quality) == (yuan(3000), None, "stated")
    assert (mean.low, mean.high, mean.quality) == (yuan(1000), None, "average")


def test_one_member_able_to_work_is_enough_to_lose_it_whoever_else_is_not_told_of() -> None:
    assert SX.energy.solar(**IN_SCHEME, able_to_work=[None, True]).status("income") == "not eligible"
    with pytest.raises(pr.NotTold, match="able_to_work"):
        _ = SX.energy.solar(**IN_SCHEME, able_to_work=[None, False]).income
    with pytest.raises(pr.NotTold, match="persons"):
        _ = SX.energy.solar(**IN_SCHEME).income


@pytest.mark.parametrize(
    ("able", "field"), [(5, "able_to_work"), ("no", "able_to_work"), ({}, "able_to_work"), ([1], "able_to_work")]
)
def test_who_is_able_to_work_is_a_list_of_answers(able: Any, field: str) -> None:
    with pytest.raises(pr.SortError) as refusal:
        SX.energy.solar(**IN_SCHEME, able_to_work=able)
    assert refusal.value.field.endswith(field)


def test_a_payment_under_an_average_is_warned_of_and_under_a_guarantee_an_error() -> None:
    home = {**IN_SCHEME, "persons": [{"able_to_work": False}]}
    (each,) = SX.energy.check_paid("pv_income", yuan("2999.99"), home)
    (mean,) = ZHONGZHAN.energy.check_paid("pv_income", yuan("999.99"), home)
    assert (each.severity, mean.severity) == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize("choice", ["mean", "each"])
def test_households_are_held_against_the_floor_together_or_one_by_one(choice: str) -> None:
    area = ZHONGZHAN.reading("energy.mean_or_each", choice).energy
    found = area.check_income([yuan(1600), yuan(900), yuan(700)])
    assert [one.field for one in found] == ([] if choice == "mean" else ["incomes[1]", "incomes[2]"])
    short = area.check_income([yuan(1000), yuan("999.99"), yuan("999.99")])
    assert [one.field for one in short] == (["incomes"] if choice == "mean" else ["incomes[1]", "incomes[2]"])
    assert all(one.provision == "中站区脱贫攻坚“十三五”规划 第二章第一节 3" for one in short)


@pytest.mark.parametrize("incomes", [[], 5, "1600", [1600.0], [True], [None], [-1]], ids=repr)
def test_incomes_are_amounts_of_at_least_one_household(incomes: Any) -> None:
    with pytest.raises(pr.InputError, match="incomes"):
        ZHONGZHAN.energy.check_income(incomes)


def test_elsewhere_there_is_no_such_scheme() -> None:
    zz = pr.policy("zaozhuang-hitech", on="2017-06-30").energy
    for call in (zz.villages, lambda: zz.check_income([yuan(1)]), lambda: zz.check_scheme(started=True)):
        with pytest.raises(pr.NoSuchRule):
            call()
    assert zz.solar(**IN_SCHEME).status("income") == "no such rule"
