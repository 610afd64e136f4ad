"""What help with premiums, free services and deliveries say beyond their figures."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import yuan

SHANXI = pr.policy("shanxi", on="2017-06-30")
JILIN = pr.policy("jilin", on="2017-06-30")
ZHONGZHAN = pr.policy("zhongzhan", on="2017-06-30")


@pytest.mark.parametrize("policy", [JILIN, ZHONGZHAN, SHANXI], ids=lambda policy: policy.name)
def test_a_premium_that_is_not_printed_comes_from_the_caller(policy: pr.Policy) -> None:
    premium = policy.medical.premium(registered_poor=True)
    for field in ("government", "personal", "financing", "subsidy", "left"):
        with pytest.raises(pr.NotStated, match=r"medical\.premium\."):
            getattr(premium, field)
    told = policy.local({"medical.premium.personal": "150", "medical.premium.government": "420"}, source="notice").medical
    assert told.premium(registered_poor=False).financing.figure == yuan(570)
    assert told.premium(registered_poor=False).left.figure == yuan(150)


def test_in_full_or_at_a_share_that_is_not_printed() -> None:
    told = {"medical.premium.personal": "150"}
    assert SHANXI.local(told, source="notice").medical.premium(registered_poor=True).left.figure == yuan(0)
    with pytest.raises(pr.NotStated, match=r"medical\.premium_help\.share"):
        _ = JILIN.local(told, source="notice").medical.premium(registered_poor=True).left


def test_a_service_asks_for_the_area_only_where_the_text_does() -> None:
    assert ZHONGZHAN.medical.free_services(sex="female").two_cancer_check is True
    with pytest.raises(pr.NotTold, match="poor_area"):
        _ = JILIN.medical.free_services(sex="female").two_cancer_check
    assert SHANXI.medical.free_services(newborn=True, poor_area=False).newborn_screening is False


def test_an_open_list_leaves_what_it_does_not_name_open_and_a_closed_one_refuses_it() -> None:
    assert JILIN.medical.free_services(sex="female", planning_pregnancy=True).status("folic_acid") == "unstated"
    closed = JILIN.reading("wording.open_list", "closed").medical
    assert closed.free_services(sex="female", planning_pregnancy=True).folic_acid is False


def test_a_reading_is_on_the_path_only_where_a_service_stands_further_on_in_the_list() -> None:
    for policy, reached in ((ZHONGZHAN, True), (SHANXI, False)):
        person = pr.Person(newborn=True)
        home = pr.Household(poor_area=True, persons=[person])  # type: ignore[arg-type]
        statement = policy.assess(home)
        assert "newborn_screening" in {line.name for line in statement.lines}
        assert ("medical.free_services" in statement.readings) is reached


def test_services_of_families_ask_for_their_own_facts_alone() -> None:
    found = SHANXI.medical.family_services(sex="male", poor_area=False)
    assert (found.cervical_check, found.family_planning, found.vaccines, found.nutrition_pack) == (False, False, False, False)
    assert JILIN.medical.family_services(child_of_age=True, poor_area=True).status("vaccines") == "no such rule"


def test_the_age_of_the_check_counts_itself_or_not() -> None:
    assert SHANXI.medical.health_check(age=50, registered_poor=True).free is True
    strict = SHANXI.reading("wording.inclusive", "strict").medical
    assert [strict.health_check(age=age, registered_poor=True).free for age in (50, 51)] == [False, True]
    with pytest.raises(pr.NotTold, match="registered_poor"):
        _ = SHANXI.medical.health_check(age=50).free


def test_a_delivery_that_is_free_need_not_tell_its_area_and_a_subsidy_is_of_the_cost() -> None:
    free = SHANXI.medical.delivery(delivery_cost=yuan(2000), registered_poor=True, delivery_in_county=True)
    assert (free.free, free.subsidy.figure, free.due.figure) == (True, yuan(0), yuan(0))
    told = SHANXI.local({"medical.delivery.subsidy": "500"}, source="notice of the county").medical
    for cost, drawn in (("499.99", "499.99"), ("500", "500"), ("500.01", "500")):
        found = told.delivery(delivery_cost=yuan(cost), registered_poor=False, poor_area=True)
        assert (found.subsidy.figure, found.due.figure) == (yuan(drawn), yuan(cost) - yuan(drawn))


def test_the_three_readings_of_a_free_delivery_differ() -> None:
    told = SHANXI.local({"medical.delivery.subsidy": "500"}, source="notice of the county")
    facts = {"registered_poor": True, "delivery_in_county": True, "poor_area": True}
    found = {
        choice: told.reading("medical.delivery", choice).medical.delivery(delivery_cost=yuan(2000), **facts)  # type: ignore[arg-type]
        for choice in ("poor_free_others_subsidised", "subsidy_for_all", "both_at_once")
    }
    assert {choice: (one.subsidy.figure, one.due.figure) for choice, one in found.items()} == {
        "poor_free_others_subsidised": (yuan(0), yuan(0)),
        "subsidy_for_all": (yuan(500), yuan(1500)),
        "both_at_once": (yuan(500), yuan(0)),
    }
