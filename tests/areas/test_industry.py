"""What the calculator for online shops and the check of grants say beyond their figures."""

from __future__ import annotations

import re

import pytest

import povertyrules as pr
from povertyrules import mu, yuan

JILIN = pr.policy("jilin", on="2017-06-30")
ANKANG = pr.policy("ankang", on="2020-06-30")


@pytest.mark.parametrize(("name", "place"), [("jilin", "四(二十一)"), ("shanxi", "第三章 四")])
def test_help_with_the_network_fee_is_of_the_year_and_cites_where_no_amount_is_printed(name: str, place: str) -> None:
    found = pr.policy(name, on="2017-06-30").industry.online_shop(registered_poor=True, online_shop=True, network_fee=yuan(600))
    assert found.credit is True
    with pytest.raises(pr.NotStated, match=rf"industry\.online_shop\.cap is not printed \[.*{re.escape(place)}"):
        _ = found.network_fee
    assert "industry.online_shop.cap" in found.why_not("network_fee", "zh")


def test_a_local_cap_is_cited_as_supplied() -> None:
    local = JILIN.local({"industry.online_shop.cap": "500"}, source="notice of the county").industry
    found = local.online_shop(registered_poor=True, online_shop=True, network_fee=yuan("499.99"))
    assert (found.network_fee.figure, found.network_fee.per) == (yuan("499.99"), "year")
    found = local.online_shop(registered_poor=True, online_shop=True, network_fee=yuan(501))
    assert (found.network_fee.figure, found.network_fee.quality) == (yuan(500), "supplied")
    assert "supplied by the caller: notice of the county" in found.citations()


def test_the_fee_is_asked_only_of_a_poor_household_with_a_shop() -> None:
    assert JILIN.industry.online_shop(registered_poor=False, online_shop=True).status("network_fee") == "not eligible"
    local = JILIN.local({"industry.online_shop.cap": "500"}, source="notice of the county")
    with pytest.raises(pr.NotTold, match="network_fee"):
        _ = local.industry.online_shop(registered_poor=True, online_shop=True).network_fee


def test_a_grant_under_the_thresholds_says_what_was_asked_for() -> None:
    (one,) = ANKANG.industry.check_grant(mu("99.99"), mu("130"), 20, granted=True)
    assert (one.code, one.field, str(one.severity)) == ("grant-under-threshold", "granted", "error")
    assert one.message == "granted for 99.99 mu and 20 workers; asked for are 100.00 mu and 20 workers"
    assert one.provision == "安康市巩固提升脱贫攻坚成果实施方案 (安脱贫发〔2020〕2号) 附件1 四 1"
    (either,) = ANKANG.reading("industry.land_and_workers", "either").industry.check_grant(mu(99), mu(99), 19, granted=True)
    assert "100.00 mu or 20 workers" in either.message


@pytest.mark.parametrize("land", [0, 99, 100, 130])
@pytest.mark.parametrize("workers", [0, 19, 20, 21])
@pytest.mark.parametrize("joined", ["both", "either"])
@pytest.mark.parametrize("word", ["option", "duty"])
def test_whoever_is_granted_reaches_the_thresholds_and_only_a_duty_is_missed(
    land: int, workers: int, joined: str, word: str
) -> None:
    under = ANKANG.reading("industry.land_and_workers", joined).reading("wording.may", word).industry
    reached = {"both": min, "either": max}[joined](land >= 100, workers >= 20)
    assert under.check_grant(mu(land), mu(150), workers, granted=True).ok is reached
    assert under.check_grant(mu(land), mu(150), workers, granted=False).ok is not (reached and word == "duty")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"poor_land": mu(101)}, "poor_land"),  # more than all that is rented
        ({"poor_land": -1}, "poor_land"),
        ({"rented_land": 100.0}, "rented_land"),
        ({"poor_workers": True}, "poor_workers"),
        ({"granted": 1}, "granted"),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, object], field: str) -> None:
    facts = {"poor_land": mu(100), "rented_land": mu(100), "poor_workers": 20, "granted": True, **told}
    with pytest.raises(pr.InputError, match=field):
        ANKANG.industry.check_grant(**facts)  # type: ignore[arg-type]


def test_elsewhere_there_is_no_such_rule() -> None:
    with pytest.raises(pr.NoSuchRule):
        JILIN.industry.check_grant(mu(100), mu(100), 20, granted=True)
    with pytest.raises(pr.NoSuchRule):
        _ = ANKANG.industry.online_shop(registered_poor=True, online_shop=True).credit
    with pytest.raises(pr.NotInForce):
        pr.policy("ankang", on="2019-12-31").industry.check_grant(mu(100), mu(100), 20, granted=True)
