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


# ---- Shanxi: converted cropland, orchards, the care of forests -------------------------------------------------------------

SX = pr.policy("shanxi", on="2017-06-30")
BOX_8 = "山西省“十三五”脱贫攻坚规划 专栏8"
ORCHARD = {"registered_poor": True, "forest_kind": "dry_fruit", "land_kind": "low_yield", "project_listed": True}
FOREST = {"poor_county": True, "forest_owner": "person", "permanent_forest": False, "young_plantation": False}


def test_each_round_has_its_period_and_its_provision() -> None:
    old = SX.forestry.cropland(plot_area=mu(10), conversion_round="earlier", ecological_forest=True, subsidy_year=5)
    new = SX.forestry.cropland(plot_area=mu(10), conversion_round="new", seedling_planting=False)
    assert (old.old_round.figure, old.old_round.per, old.status("new_round")) == (yuan(900), "year", "not eligible")
    assert (new.new_round.figure, new.new_round.per, new.status("old_round")) == (yuan(15_000), "once", "not eligible")
    assert old.citations() == [f"{BOX_8} 1 退耕还林还草"]


def test_what_the_province_adds_for_seedlings_turns_on_the_county_and_it_alone() -> None:
    ask = {"plot_area": mu("0.01"), "conversion_round": "none", "seedling_planting": True}
    due = {poor: SX.forestry.cropland(**ask, poor_county=poor).seedlings.figure for poor in (True, False)}  # type: ignore[arg-type]
    assert due == {True: yuan(8), False: yuan(5)}
    with pytest.raises(pr.NotTold, match="poor_county"):
        _ = SX.forestry.cropland(**ask).seedlings  # type: ignore[arg-type]
    assert SX.forestry.cropland(**ask | {"seedling_planting": False}).status("seedlings") == "not eligible"  # type: ignore[arg-type]


def test_an_orchard_is_helped_for_three_years_while_its_trees_are_of_the_age() -> None:
    def paid(under: pr.Policy, first: int) -> int:
        """What five mu have over five years, their trees so old in the first."""
        found = (
            under.forestry.orchard(plot_area=mu(5), tree_age=first + year - 1, subsidy_year=year, **ORCHARD)  # type: ignore[arg-type]
            for year in range(1, 6)
        )
        return sum(one.subsidy.figure for one in found)

    first_year = SX.reading("forestry.orchard_age", "first_year")
    for first in (2, 3, 4, 17, 18, 19, 20, 21):
        in_each = sum(4 <= first + year <= 20 for year in range(3))
        assert paid(SX, first) == in_each * 5 * 200_00
        assert paid(first_year, first) == (3 * 5 * 200_00 if 4 <= first <= 20 else 0)


def test_a_household_that_is_not_told_of_need_not_be_where_the_trees_are_too_old() -> None:
    told = {name: value for name, value in ORCHARD.items() if name != "registered_poor"}
    found = SX.forestry.orchard(plot_area=mu(5), tree_age=21, subsidy_year=1, **told)  # type: ignore[arg-type]
    assert (found.listing, found.status("subsidy")) == (False, "not eligible")


def test_no_plot_has_both_rates_of_care() -> None:
    for young in (True, False):
        found = SX.forestry.care(plot_area=mu(100), care_rate=yuan(3), **FOREST | {"young_plantation": young})  # type: ignore[arg-type]
        assert (found.forest.figure, found.young_plantation.figure) == ((0, yuan(1000)) if young else (yuan(800), 0))


def test_where_the_poor_counties_alone_are_meant_the_others_have_no_figure() -> None:
    narrow = SX.reading("forestry.young_plantation_area", "poor_counties").forestry
    found = narrow.care(plot_area=mu(100), young_plantation=True, poor_county=False)
    assert found.status("young_plantation") == "unstated"
    assert "58" in found.why_not("young_plantation")
    with pytest.raises(pr.NotTold, match="poor_county"):
        _ = narrow.care(plot_area=mu(100), young_plantation=True).young_plantation


def test_a_statement_has_a_line_for_each_plot() -> None:
    plots = [
        pr.Plot(name="slope", plot_area=mu(10), conversion_round="new", seedling_planting=True),  # type: ignore[arg-type]
        pr.Plot(name="grove", plot_area=mu(100), young_plantation=True),
    ]
    home = pr.Household(registered_poor=True, poor_county=True, plots=plots, persons=[pr.Person()])  # type: ignore[arg-type]
    lines = {(line.who, line.name): line.amount for line in SX.assess(home).lines if line.amount is not None}
    due = {key: amount.figure for key, amount in lines.items() if key[0] in ("slope", "grove")}
    assert due == {
        ("slope", "new_round_subsidy"): yuan(15_000),
        ("slope", "seedling_subsidy"): yuan(8_000),
        ("grove", "young_plantation_subsidy"): yuan(1_000),
    }
