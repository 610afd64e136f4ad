"""What the calculators and checks of assets say beyond their figures."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import povertyrules as pr
from povertyrules import Fen, yuan

SHANXI = pr.policy("shanxi", on="2017-06-30")
ANKANG = pr.policy("ankang", on="2020-06-30")
POOR = {"registered_poor": True, "holds_shares": True}


def test_a_dividend_is_the_profit_by_the_shares_to_the_nearest_fen() -> None:
    dice = random.Random(17)
    for _ in range(300):
        total = dice.randint(1, 1_000_000)
        held, profit, sure = dice.randint(0, total), dice.randrange(4_000_000_000), dice.randrange(1_000_000)
        contract = {"guaranteed_income": Fen(sure), "distributable_profit": Fen(profit)}
        found = SHANXI.assets.share_income(**POOR, **contract, shares_held=held, shares_total=total).income
        assert abs(Fraction(found.figure) - sure - Fraction(profit * held, total)) <= Fraction(1, 2)
        assert found.per == "year"


def test_the_contract_is_asked_only_of_the_poor_who_hold_shares() -> None:
    assert SHANXI.assets.share_income(registered_poor=False, holds_shares=True).status("income") == "not eligible"
    with pytest.raises(pr.NotTold, match="guaranteed_income"):
        _ = SHANXI.assets.share_income(**POOR, distributable_profit=yuan(1), shares_held=1, shares_total=1).income


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"shares_held": 101}, "shares_held"),
        ({"shares_held": 0, "shares_total": 0}, "shares_total"),
        ({"shares_total": 1_000_001}, "shares_total"),
        ({"guaranteed_income": 800.0}, "guaranteed_income"),
        ({"distributable_profit": -1}, "distributable_profit"),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, object], field: str) -> None:
    contract = {"guaranteed_income": yuan(800), "distributable_profit": yuan(1), "shares_held": 1, "shares_total": 100, **told}
    with pytest.raises(pr.InputError, match=field):
        _ = SHANXI.assets.share_income(**POOR, **contract).income  # type: ignore[arg-type]


def test_a_contract_without_a_guarantee_is_refused_in_its_own_mode_alone() -> None:
    for mode, ok in (("guaranteed_plus_share", False), ("share_only", True), ("other", True)):
        found = SHANXI.assets.check_contract(mode, yuan(0))
        assert found.ok is ok
        assert [one.provision for one in found] == ["山西省“十三五”脱贫攻坚规划 第十二章 一 资产收益扶贫机制"] * (not ok)
    with pytest.raises(pr.CategoryError, match="mode"):
        SHANXI.assets.check_contract("loan", yuan(0))


@pytest.mark.parametrize("uses_asset", [True, False])
@pytest.mark.parametrize("uses_proceeds", [True, False])
@pytest.mark.parametrize("choice", ["asset_given_up", "proceeds_given_up"])
def test_proceeds_go_to_one_of_two_whole(uses_asset: bool, uses_proceeds: bool, choice: str) -> None:
    under = ANKANG.reading("assets.disposal_income", choice).assets
    found = under.disposal(yuan(50), owner_uses_asset=uses_asset, owner_uses_proceeds=uses_proceeds)
    keeps = uses_asset if choice == "asset_given_up" else uses_proceeds
    assert (found.owner, found.county) == ((yuan(50), 0) if keeps else (0, yuan(50)))


def test_what_the_county_spends_otherwise_is_found_with_its_provision() -> None:
    (one,) = ANKANG.assets.check_disposal(yuan(50), Fen(1))
    assert (one.code, one.field) == ("proceeds-spent-otherwise", "spent_otherwise")
    assert one.message == "0.01 of 50.00 went to something else than projects of poverty relief"
    assert one.provision.endswith("附件12 五")
    with pytest.raises(pr.RangeError, match="spent_otherwise"):
        ANKANG.assets.check_disposal(yuan(50), yuan("50.01"))


def test_rules_on_assets_print_no_end() -> None:
    late = pr.policy("ankang", on="2023-01-01", past="refuse").assets
    assert late.disposal(yuan(50), owner_uses_asset=True, owner_uses_proceeds=False).owner == yuan(50)
    with pytest.raises(pr.PastLastDate):
        pr.policy("shanxi", on="2021-01-01", past="refuse").assets.check_contract(1, yuan(0))


def test_elsewhere_and_before_there_is_no_such_rule() -> None:
    with pytest.raises(pr.NoSuchRule):
        ANKANG.assets.check_contract(1, yuan(1))
    with pytest.raises(pr.NoSuchRule):
        SHANXI.assets.check_disposal(yuan(1), yuan(0))
    with pytest.raises(pr.NotInForce):
        pr.policy("ankang", on="2019-12-31").assets.disposal(yuan(1), owner_uses_asset=True, owner_uses_proceeds=True)
