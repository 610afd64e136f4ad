"""What the calculators of charges say beyond their figures."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
SHANXI = pr.policy("shanxi", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def test_who_pays_nothing_need_not_tell_the_charge() -> None:
    spared = ZZ.charges.water(registered_poor=True)
    assert (spared.free, spared.due.figure, spared.due.per) == (True, yuan(0), "once")
    with pytest.raises(pr.NotTold, match="water_connection_fee"):
        _ = ZZ.charges.water(registered_poor=False).due
    assert SHANXI.charges.machinery(poor_area=True).due.figure == yuan(0)
    with pytest.raises(pr.NotTold, match="machinery_fee"):
        _ = SHANXI.charges.machinery(poor_area=False).due


def test_a_discount_that_is_not_printed_comes_from_the_caller() -> None:
    with pytest.raises(pr.NotStated, match=r"charges\.farm_service\.discount"):
        _ = ZZ.charges.farm_service(farm_service_price=yuan(200), registered_poor=True).due
    told = ZZ.local({"charges.farm_service.discount": "12.5 %"}, source="notice of the village").charges
    found = told.farm_service(farm_service_price=yuan("0.36"), registered_poor=True)
    assert (found.discount, found.due.figure) == (True, yuan("0.31"))  # 4.5 fen of discount are 5
    assert f"{PLAN} 第十一章第一节 七" in found.citations()
    down = ZZ.local({"charges.farm_service.discount": "12.5 %"}, source="notice").reading("rounding.mode", "down").charges
    assert down.farm_service(farm_service_price=yuan("0.36"), registered_poor=True).due.figure == yuan("0.32")


@pytest.mark.parametrize("fee", ["300", "0.01", "0"])
def test_what_is_saved_and_what_is_due_make_up_the_fee(fee: str) -> None:
    for inside in (True, False):
        found = SHANXI.charges.settlement(cable_tv_fee=yuan(fee), new_settlement=inside)
        assert found.cable_tv_saved.figure + found.cable_tv_due.figure == yuan(fee)
        assert found.network_access_free is inside


def test_services_without_an_amount_are_lines_and_what_is_due_is_not() -> None:
    home = pr.Household(name="home", registered_poor=True, persons=[pr.Person()], water_connection_fee=yuan(1500))  # type: ignore[arg-type]
    lines = {line.name for line in ZZ.assess(home).lines}
    assert {"water_connection_free", "farm_service_discount"} <= lines
    assert not {"water_connection_due", "farm_service_due"} & lines
    saved = pr.Household(name="home", new_settlement=True, cable_tv_fee=yuan(300), persons=[pr.Person()])  # type: ignore[arg-type]
    amounts = {line.name: line.amount.figure for line in SHANXI.assess(saved).lines if line.amount}
    assert amounts == {"cable_tv_saved": yuan(150)}


def test_a_payment_of_what_is_saved_can_be_checked() -> None:
    facts = {"new_settlement": True, "cable_tv_fee": yuan(300)}
    for paid, codes in ((150, []), (149, ["underpaid"]), (151, ["overpaid"])):
        assert [one.code for one in SHANXI.charges.check_paid("cable_tv_saved", yuan(paid), facts)] == codes


@pytest.mark.parametrize(
    ("name", "day", "error"),
    [
        ("zaozhuang-hitech", "2015-12-31", pr.NotInForce),
        ("shanxi", "2017-06-30", pr.NoSuchRule),
        ("cn", "2017-06-30", pr.NoSuchRule),
    ],
)
def test_before_the_plan_and_elsewhere_no_charge_is_waived(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).charges
    with pytest.raises(error):
        _ = area.water(registered_poor=True).free
    with pytest.raises(error):
        _ = area.farm_service(farm_service_price=yuan(1), registered_poor=True).due
