"""What premiums, free services and deposits say beyond their figures."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def test_the_premium_is_known_of_everyone() -> None:
    premium = ZZ.medical.premium()
    assert (premium.government.figure, premium.personal.figure, premium.financing.figure) == (yuan(450), yuan(160), yuan(610))
    assert (premium.status("subsidy"), premium.status("left")) == ("unknown", "unknown")


def test_the_severely_disabled_need_not_tell_whether_they_are_poor() -> None:
    premium = ZZ.medical.premium(disability_grade=2)
    assert (premium.subsidy.figure, premium.left.figure) == (yuan(160), yuan(0))


def test_the_share_of_the_poor_is_not_printed_and_may_be_told() -> None:
    premium = ZZ.medical.premium(registered_poor=True, disability_grade=0)
    for field in ("subsidy", "left"):
        with pytest.raises(pr.NotStated, match=r"medical\.premium_help\.poor_share"):
            getattr(premium, field)
    told = ZZ.local({"medical.premium_help.poor_share": "25 %"}, source="notice of the county").medical
    shared = told.premium(registered_poor=True, disability_grade=0)
    assert (shared.subsidy.figure, shared.left.figure) == (yuan(40), yuan(120))


def test_who_is_neither_pays_the_premium() -> None:
    premium = ZZ.medical.premium(registered_poor=False, disability_grade=4)
    assert (premium.status("subsidy"), premium.left.figure) == ("not eligible", yuan(160))


def test_a_share_that_is_not_printed_leaves_the_premium_open_both_ways() -> None:
    premium = ZZ.reading("disability.premium", "unstated").medical.premium(disability_grade=1)
    for open_ in (premium.subsidy, premium.left):
        assert (open_.low, open_.high) == (yuan(0), yuan(160))


@pytest.mark.parametrize("value", ["150 %", "half", 0.5, "-5 %", True], ids=repr)
def test_a_share_told_by_the_locality_is_one(value: object) -> None:
    with pytest.raises(pr.PovertyRulesError, match="poor_share"):
        ZZ.local({"medical.premium_help.poor_share": value}, source="notice of the county")  # type: ignore[dict-item]


def test_a_free_service_asks_for_its_own_facts_alone() -> None:
    men = ZZ.medical.free_services(sex="male")
    assert (men.two_cancer_check, men.folic_acid) == (False, False)
    with pytest.raises(pr.NotTold, match="planning_pregnancy"):
        _ = men.preconception_check
    with pytest.raises(pr.NotTold, match="newborn"):
        _ = men.newborn_screening
    assert ZZ.medical.free_services(poor_area=False).two_cancer_check is False


def test_a_word_that_may_not_reach_so_far_leaves_the_later_services_open() -> None:
    first = ZZ.reading("medical.free_services", "first_only").medical
    inside = first.free_services(sex="female", poor_area=True, planning_pregnancy=True, newborn=True)
    assert (inside.two_cancer_check, inside.preconception_check) == (True, True)
    assert (inside.status("folic_acid"), inside.status("newborn_screening")) == ("unstated", "unstated")
    outside = first.free_services(sex="female", poor_area=True, planning_pregnancy=False, newborn=False)
    assert (outside.folic_acid, outside.newborn_screening) == (False, False)


def test_a_deposit_of_the_poor_is_warned_of() -> None:
    (one,) = ZZ.medical.check_deposit(registered_poor=True, deposit=yuan("0.01"))
    assert (one.code, one.severity, one.field) == ("deposit", Severity.WARNING, "deposit")
    assert one.provision == f"{PLAN} 第七章第一节 一, 三"
    for poor, asked in ((True, yuan(0)), (False, yuan(2000))):
        assert not list(ZZ.medical.check_deposit(registered_poor=poor, deposit=asked))
    silent = ZZ.reading("medical.deposit", "unstated").medical
    assert not list(silent.check_deposit(registered_poor=True, deposit=yuan(2000)))


def test_all_the_poor_are_covered_or_it_is_an_error() -> None:
    (one,) = ZZ.medical.check_coverage(covered=1399, registered=1400)
    assert (one.code, one.severity, one.field) == ("medical-coverage", Severity.ERROR, "covered")
    assert one.provision == f"{PLAN} 第七章第一节 一"
    assert ZZ.medical.check_coverage(1400, 1400).to_dict() == {"ok": True, "findings": []}


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2016-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_2017_and_elsewhere_nothing_is_held(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).medical
    for read in (
        lambda: area.premium(disability_grade=1).personal,
        lambda: area.premium(disability_grade=1).subsidy,
        lambda: area.free_services(newborn=True).newborn_screening,
        lambda: area.check_deposit(True, yuan(5)),
        lambda: area.check_coverage(1, 1),
    ):
        with pytest.raises(error):
            read()


def test_past_the_year_of_the_box_a_refusing_policy_gives_services_alone() -> None:
    late = pr.policy("zaozhuang-hitech", on="2018-01-01", past="refuse").medical
    with pytest.raises(pr.PastLastDate, match="2017-12-31"):
        _ = late.premium(disability_grade=1).left
    assert late.free_services(newborn=True).newborn_screening is True
