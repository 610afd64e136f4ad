"""What the calculators and checks of funds say beyond their figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

import povertyrules as pr
from povertyrules import Fen, Findings, yuan

SHANXI = pr.policy("shanxi", on="2017-06-30")
ANKANG = pr.policy("ankang", on="2020-06-30")
NOTHING = yuan(0)


def codes(found: Findings) -> list[str]:
    return [one.code for one in found]


def test_wages_are_a_floor_and_never_rounded_below_the_share() -> None:
    for fen in (0, 1, 9, 10, 11, 6_000_000, 6_000_001):
        due = SHANXI.funds.work_relief_pay(Fen(fen))
        assert (due.low, due.high, due.per) == (due.figure, None, "")
        assert Fraction(due.figure) >= Fraction(fen, 10) > due.figure - 1


def test_the_finding_cites_the_box() -> None:
    (one,) = SHANXI.funds.check_work_relief(yuan(600), wages=yuan("59.99"), announced=True, signed=True)
    assert (one.field, one.message) == ("wages", "59.99 was paid as wages, due are at least 60.00")
    assert one.provision == "山西省“十三五”脱贫攻坚规划 专栏13 3 以工代赈扶贫项目"


def test_each_of_three_omissions_is_found() -> None:
    found = SHANXI.funds.check_work_relief(yuan(600), wages=NOTHING, announced=False, signed=False)
    assert codes(found) == ["wages-too-low", "wages-not-announced", "wages-not-signed"]


def test_the_investment_is_asked_for_where_it_counts_and_holds_the_relief_money() -> None:
    whole = SHANXI.reading("funds.work_relief_base", "investment").funds
    assert whole.work_relief_pay(yuan(600), yuan(1000)).figure == yuan(100)
    with pytest.raises(pr.NotTold, match="investment"):
        whole.check_work_relief(yuan(600), wages=yuan(60), announced=True, signed=True)
    with pytest.raises(pr.RangeError, match="investment"):
        SHANXI.funds.work_relief_pay(yuan(600), yuan("599.99"))


@pytest.mark.parametrize("income", [0, 1, 9_999, 10_000, 10_001])
def test_cover_is_enough_from_the_gap_on(income: int) -> None:
    told = {"water_test": yuan(30), "chemicals": yuan(20), "maintenance": yuan(50), "income": Fen(income)}
    gap = max(10_000 - income, 0)
    due = ANKANG.funds.water_gap(**told)
    assert (due.figure, due.quality, due.exact) == (gap, "derived", True)
    assert ANKANG.funds.check_water_gap(**told, covered=Fen(gap)).ok
    if gap:
        assert codes(ANKANG.funds.check_water_gap(**told, covered=Fen(gap - 1))) == ["water-gap"]


@pytest.mark.parametrize("name", ["water_test", "chemicals", "maintenance", "income", "covered"])
@pytest.mark.parametrize("value", [-1, 30.0, True, "30"])
def test_money_is_whole_fen(name: str, value: object) -> None:
    told = {"water_test": 1, "chemicals": 1, "maintenance": 1, "income": 1, "covered": 1, name: value}
    with pytest.raises(pr.MoneyError, match=name):
        ANKANG.funds.check_water_gap(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["announced", "signed"])
def test_what_was_done_is_yes_or_no(name: str) -> None:
    told: dict[str, object] = {"announced": True, "signed": True, name: None}
    with pytest.raises(pr.SortError, match=name):
        SHANXI.funds.check_work_relief(yuan(600), wages=yuan(60), **told)  # type: ignore[arg-type]


def test_elsewhere_and_before_there_is_no_such_rule() -> None:
    with pytest.raises(pr.NoSuchRule):
        ANKANG.funds.work_relief_pay(yuan(600))
    with pytest.raises(pr.NoSuchRule):
        SHANXI.funds.water_gap(NOTHING, NOTHING, NOTHING, NOTHING)
    with pytest.raises(pr.NotInForce):
        pr.policy("shanxi", on="2015-12-31").funds.work_relief_pay(yuan(600))
