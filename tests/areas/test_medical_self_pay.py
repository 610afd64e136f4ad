"""What patients pay themselves: the check over patients, stays, registration."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan

SHANXI = pr.policy("shanxi", on="2018-06-30")
PLAN = "山西省“十三五”脱贫攻坚规划"


def stay(**left: str) -> pr.Treatment:
    facts = {name: yuan(value) for name, value in left.items()}
    return pr.Treatment(primary_in_poor_county=True, **facts)  # type: ignore[arg-type]


def test_all_patients_together_are_an_error_and_each_over_the_share_a_warning() -> None:
    found = SHANXI.medical.check_self_pay([yuan(100), yuan(100)], [yuan("20.01"), yuan("0")])
    assert [(one.code, str(one.severity), one.field) for one in found] == [
        ("self-pay", "error", "self_paid"),
        ("self-pay", "warning", "self_paid[0]"),
    ]
    assert [one.provision for one in found] == [f"{PLAN} 第七章 二; 专栏9 第2条"] * 2
    assert found.found[0].message == "all patients together: 20.01 of 200.00 was paid, 20.00 is the most"


def test_each_patient_alone() -> None:
    each = SHANXI.reading("medical.self_pay_unit", "per_patient").medical
    found = each.check_self_pay([yuan(100), yuan(100)], [yuan("10.01"), yuan("9.99")])
    assert [(one.severity, one.field) for one in found] == [(Severity.ERROR, "self_paid[0]")]


def test_the_share_is_compared_without_rounding() -> None:
    # 10 % of 0.15 is a fen and a half
    assert SHANXI.medical.check_self_pay([yuan("0.15")], [yuan("0.01")]).ok
    assert not SHANXI.medical.check_self_pay([yuan("0.15")], [yuan("0.02")]).ok
    assert SHANXI.medical.check_self_pay([], []).ok
    assert SHANXI.medical.check_self_pay([yuan(0)], [yuan(0)]).ok


@pytest.mark.parametrize(
    ("costs", "paid", "field"),
    [
        ([yuan(1)], [], "self_paid"),
        ([1.0], [yuan(1)], r"in_scope\[0\]"),
        ([yuan(1)], [-1], r"self_paid\[0\]"),
        ("100", [yuan(1)], "in_scope"),
        ([yuan(1)], yuan(1), "self_paid"),
    ],
)
def test_lists_that_cannot_be_meant_are_refused(costs: object, paid: object, field: str) -> None:
    with pytest.raises(pr.InputError, match=field):
        SHANXI.medical.check_self_pay(costs, paid)  # type: ignore[arg-type]


def test_the_share_follows_a_reform() -> None:
    changed = SHANXI.reform({"medical.self_pay.later": "12.5 %"}, source="a proposal").medical
    assert changed.check_self_pay([yuan(1000)], [yuan(125)]).ok
    assert not changed.check_self_pay([yuan(1000)], [yuan("125.01")]).ok


@pytest.mark.parametrize(
    ("name", "day", "error"), [("shanxi", "2015-12-31", pr.NotInForce), ("jilin", "2018-06-30", pr.NoSuchRule)]
)
def test_before_the_plan_and_elsewhere_there_is_no_share(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).medical
    with pytest.raises(error):
        area.check_self_pay([yuan(1)], [yuan(0)])
    with pytest.raises(error):
        _ = area.inpatient([], registered_poor=True).due


def test_a_year_of_stays_has_one_limit() -> None:
    stays = [stay(in_scope="1000", treatment_bed_left="50", other_items_left=left) for left in ("30", "190")]
    found = SHANXI.medical.inpatient(stays, registered_poor=True)
    assert (found.limit.figure, found.due.figure) == (yuan(200), yuan(200))  # 220 are left, 200 is the most
    others = SHANXI.medical.inpatient(stays, registered_poor=False)
    assert (others.status("limit"), others.due.figure) == ("not eligible", yuan(320))


def test_registration_elsewhere_is_paid() -> None:
    zhongzhan = pr.policy("zhongzhan", on="2017-06-30").medical
    found = zhongzhan.registration(registration_fee=yuan(5), registered_poor=True)
    assert found.free is True
    with pytest.raises(pr.NotTold, match="designated_hospital"):
        _ = found.due
    assert zhongzhan.registration(registration_fee=yuan(5), designated_hospital=False).due.figure == yuan(5)
