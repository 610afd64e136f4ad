"""What the calculator of forestry says beyond its figure."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Severity, mu, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
PLOT = {"forest_kind": "arbor", "land_kind": "sandy", "planting": "new"}


def test_the_subsidy_is_paid_once_by_the_mu() -> None:
    due = ZZ.forestry.afforestation(plot_area=mu("1.01"), **PLOT).subsidy  # type: ignore[arg-type]
    assert (due.figure, due.per) == (yuan(202), "once")


def test_under_the_least_area_nothing_else_is_asked_and_the_areas_are_named() -> None:
    found = ZZ.forestry.afforestation(plot_area=mu("0.99"), **PLOT)  # type: ignore[arg-type]
    assert found.status("subsidy") == "not eligible"
    assert "0.99 < 1.00" in found.why_not("subsidy")
    assert "造林面积 0.99" in found.why_not("subsidy", "zh")


@pytest.mark.parametrize("other", [{"forest_kind": "shrub"}, {"planting": "renewal"}, {"planting": "conversion"}])
def test_what_is_eligible_without_a_printed_rate_has_no_figure(other: dict[str, str]) -> None:
    found = ZZ.forestry.afforestation(plot_area=mu(2), **PLOT | other)  # type: ignore[arg-type]
    with pytest.raises(pr.NotStated, match="afforestation subsidy"):
        _ = found.subsidy
    assert found.to_dict() == {"subsidy": "unstated"}


def test_land_of_another_kind_is_not_eligible_whatever_is_planted() -> None:
    told = {"forest_kind": "shrub", "land_kind": "other", "planting": "renewal"}
    assert ZZ.forestry.afforestation(plot_area=mu(2), **told).status("subsidy") == "not eligible"  # type: ignore[arg-type]


def test_a_reading_asks_for_the_fact_it_needs() -> None:
    plots = ZZ.reading("forestry.minimum_area", "applicant").forestry
    with pytest.raises(pr.NotTold, match="plots"):
        _ = plots.afforestation(plot_area=mu(2), **PLOT).subsidy  # type: ignore[arg-type]
    both = plots.afforestation(plot_area=mu("0.6"), planted_area=mu("1.2"), **PLOT)  # type: ignore[arg-type]
    assert both.subsidy.figure == yuan(120)
    yearly = ZZ.reading("forestry.rate_period", "yearly").forestry
    with pytest.raises(pr.NotTold, match="subsidy_years"):
        _ = yearly.afforestation(plot_area=mu(2), **PLOT).subsidy  # type: ignore[arg-type]


def test_a_payment_is_the_product_or_an_error() -> None:
    facts = {"plot_area": mu(2), "forest_kind": 1, "land_kind": 1, "planting": 1}
    for paid, codes in ((400, []), (399, ["underpaid"]), (401, ["overpaid"])):
        found = ZZ.forestry.check_paid("afforestation_subsidy", yuan(paid), facts)
        assert [one.code for one in found] == codes
        assert all(f"{PLAN} 第八章 专栏5" in one.provision for one in found)
    (one,) = ZZ.forestry.check_paid("afforestation_subsidy", yuan(400), facts | {"forest_kind": 4})
    assert (one.code, one.severity) == ("unstated", Severity.WARNING)


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2016-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_2017_and_elsewhere_there_is_no_subsidy(name: str, day: str, error: type[Exception]) -> None:
    policy = pr.policy(name, on=day)
    with pytest.raises(error):
        _ = policy.forestry.afforestation(plot_area=mu(2), **PLOT).subsidy  # type: ignore[arg-type]
    with pytest.raises(error):
        policy.evaluate(("ranger_post",), {"registered_poor": True, "ranger_zone": 1}).yes_no("ranger_post")


def test_past_the_last_date_a_refusing_policy_says_so() -> None:
    late = pr.policy("zaozhuang-hitech", on="2021-01-01", past="refuse").forestry
    with pytest.raises(pr.PastLastDate, match="2020-12-31"):
        _ = late.afforestation(plot_area=mu(2), **PLOT).subsidy  # type: ignore[arg-type]
