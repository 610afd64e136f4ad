"""What the calculators of the basic pension say beyond their figures."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def test_the_pension_is_a_floor() -> None:
    due = ZZ.pension.basic(age=60).basic
    assert (due.figure, due.low, due.high, due.per) == (yuan(100), yuan(100), None, "month")


@pytest.mark.parametrize("age", [55, 59])
def test_the_grade_of_a_disability_is_asked_only_between_the_two_ages(age: int) -> None:
    with pytest.raises(pr.NotTold, match="disability_grade"):
        _ = ZZ.pension.basic(age=age).basic
    assert ZZ.pension.basic(age=age, disability_grade=2).basic.low == yuan(100)
    assert ZZ.pension.basic(age=age, disability_grade=3).status("basic") == "not eligible"


def test_at_ages_outside_them_it_makes_no_difference() -> None:
    assert ZZ.pension.basic(age=54).status("basic") == "not eligible"
    assert ZZ.pension.basic(age=60).status("basic") == "amount"
    assert "60 > 54" in ZZ.pension.basic(age=54).why_not("basic")
    assert "年龄" in ZZ.pension.basic(age=54).why_not("basic", "zh")


def test_a_tier_that_is_not_printed_has_no_figure() -> None:
    found = ZZ.pension.contribution(pension_contribution=yuan(400))
    assert found.status("subsidy") == "unstated"
    with pytest.raises(pr.NotStated, match="300, 500"):
        _ = found.subsidy
    assert found.to_dict() == {"subsidy": "unstated"}
    assert ZZ.pension.contribution(pension_contribution=yuan(0)).status("subsidy") == "not eligible"


def test_a_tier_in_a_reason_is_shown_in_yuan() -> None:
    lower = ZZ.reading("pension.tier_gap", "next_lower").pension.contribution(pension_contribution=yuan(200))
    assert "200.00 < 300.00" in lower.why_not("subsidy")


def test_a_funeral_grant_asks_what_its_reading_needs() -> None:
    assert ZZ.pension.funeral(drew_pension=False).status("grant") == "not eligible"
    wide = ZZ.reading("pension.funeral_for", "participant").pension
    assert wide.funeral(drew_pension=True).grant.figure == yuan(600)
    with pytest.raises(pr.NotTold, match="pension_insured"):
        _ = wide.funeral(drew_pension=False).grant


def test_the_lowest_tier_is_not_printed_and_may_be_told() -> None:
    facts = {"disability_grade": 1, "registered_poor": True}
    (one,) = ZZ.pension.check_paid("pension_premium_paid", yuan(100), facts)
    assert (one.code, one.severity, one.field) == ("unstated", Severity.WARNING, "pension_premium_paid")
    told = ZZ.local({"pension.paid_premium.lowest_tier": "100"}, source="notice of the county")
    assert told.pension.check_paid("pension_premium_paid", yuan(100), facts).ok
    assert [one.code for one in told.pension.check_paid("pension_premium_paid", yuan(99), facts)] == ["underpaid"]


def test_help_in_part_is_not_stated_even_if_the_tier_is_told() -> None:
    told = ZZ.local({"pension.paid_premium.lowest_tier": "100"}, source="notice of the county")
    facts = {"disability_grade": 0, "registered_poor": True, "poverty_cause": "labour", "cannot_pay_premium": True}
    assert told.evaluate(("pension_premium_paid",), facts).status("pension_premium_paid") == "unstated"
    assert (
        told.evaluate(("pension_premium_paid",), facts | {"cannot_pay_premium": False}).status("pension_premium_paid")
        == "not eligible"
    )


@pytest.mark.parametrize("paid", [yuan("99.99"), yuan(0)])
def test_less_than_the_floor_is_an_error(paid: pr.Fen) -> None:
    (one,) = ZZ.pension.check_paid("basic_pension", paid, {"age": 60})
    assert (one.code, one.severity, one.field) == ("underpaid", Severity.ERROR, "basic_pension")
    assert f"{PLAN} 专栏7 第9条(1)" in one.provision
    assert ZZ.pension.check_paid("basic_pension", yuan(500), {"age": 60}).ok


def test_a_payment_to_someone_too_young_is_an_error() -> None:
    (one,) = ZZ.pension.check_paid("basic_pension", yuan(100), {"age": 54})
    assert one.severity is Severity.ERROR
    assert "not eligible" in one.message
    assert ZZ.pension.check_paid("basic_pension", yuan(0), {"age": 54}).ok


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2016-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_2017_and_elsewhere_there_is_no_pension(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).pension
    for read in (
        lambda: area.basic(age=60).basic,
        lambda: area.contribution(pension_contribution=yuan(300)).subsidy,
        lambda: area.funeral(drew_pension=True).grant,
        lambda: area.check_paid("basic_pension", yuan(100), {"age": 60}),
    ):
        with pytest.raises(error):
            read()


def test_past_the_year_of_the_box_a_refusing_policy_says_so() -> None:
    late = pr.policy("zaozhuang-hitech", on="2018-01-01", past="refuse").pension
    assert late.basic(age=60).status("basic") == "past its last date"
    with pytest.raises(pr.PastLastDate, match="2017-12-31"):
        _ = late.funeral(drew_pension=True).grant
