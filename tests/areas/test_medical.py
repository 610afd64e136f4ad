"""What the calculators of the settlement say beyond their figures: quality, dates, what is refused, what is left unknown."""

import pytest

import povertyrules as pr
from povertyrules import Fen, Treatment, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
POOR = {"registered_poor": True, "receives_dibao": True, "extremely_poor": False}
OTHER = {"registered_poor": False, "receives_dibao": False, "extremely_poor": False}


def bill(cost: object, grade: int, admitted: str | None = None) -> Treatment:
    return Treatment(in_scope=yuan(cost), hospital_grade=grade, admitted=admitted)  # type: ignore[arg-type]


def test_amounts_are_of_the_year_and_assistance_is_open_up_to_all_that_is_left() -> None:
    found = ZZ.medical.settle(in_scope=yuan(200_000), hospital_grade=3, **POOR)
    assert found.basic == pr.Amount(yuan(110_000), yuan(110_000), yuan(110_000), "stated", "year")
    assert found.assistance == pr.Amount(yuan(30_660), yuan(30_660), yuan(43_800), "stated", "year")
    assert found.out_of_pocket == pr.Amount(yuan(13_140), yuan(0), yuan(13_140), "stated", "year")


def test_the_tariff_of_others_is_derived_and_says_so() -> None:
    # the box prints the tariff of the poor; that of others is worked back from the preference
    assert ZZ.medical.settle(in_scope=yuan(200_000), hospital_grade=3, **OTHER).critical_illness.quality == "derived"
    assert ZZ.medical.settle(in_scope=yuan(200_000), hospital_grade=3, **POOR).critical_illness.quality == "stated"


def test_a_status_left_out_leaves_unknown_only_what_it_decides() -> None:
    found = ZZ.medical.settle(in_scope=yuan(200_000), hospital_grade=3)
    assert found.basic.figure == yuan(110_000)
    with pytest.raises(pr.NotTold, match="registered_poor"):
        _ = found.critical_illness
    year = ZZ.medical.settle_year([bill(200_000, 3)])
    assert year.year.basic.figure == yuan(110_000)


def test_what_commercial_insurance_owes_never_exceeds_what_is_left() -> None:
    found = ZZ.medical.settle(in_scope=yuan(1_000), hospital_grade=3, commercial_owed=yuan(9_999), **POOR)
    assert (found.commercial.figure, found.assistance.figure, found.out_of_pocket.figure) == (yuan(450), 0, 0)


def test_a_year_is_split_in_the_order_of_admission() -> None:
    given = [bill(50_000, 2, "2017-05-02"), bill(30_000, 3, "2017-01-15")]
    year = ZZ.medical.settle_year(given, **OTHER | {"registered_poor": True})
    assert [one.treatment for one in year.bills] == given[::-1]
    # remainders 13,500 and then 28,500: 55 % above 6,000
    assert [one.critical_illness for one in year.bills] == [yuan(4_125), yuan(12_375) - yuan(4_125)]


def test_bills_of_one_day_stay_as_they_were_given() -> None:
    given = [bill(2, 2, "2017-05-02"), bill(1, 1, "2017-05-02"), bill(3, 3, "2017-05-02")]
    assert [one.treatment for one in ZZ.medical.settle_year(given, **POOR).bills] == given


def test_a_year_without_bills_costs_nothing() -> None:
    year = ZZ.medical.settle_year([], **POOR)
    assert year.bills == ()
    assert year.year.out_of_pocket.figure == 0


def test_bills_of_two_years_or_partly_dated_are_refused() -> None:
    with pytest.raises(pr.RangeError, match="one year"):
        ZZ.medical.settle_year([bill(1, 1, "2016-12-31"), bill(1, 1, "2017-01-01")], **POOR)
    with pytest.raises(pr.InputError, match="admitted"):
        ZZ.medical.settle_year([bill(1, 1, "2017-01-01"), bill(1, 1)], **POOR)


def test_an_admission_after_the_day_of_the_policy_is_refused() -> None:
    with pytest.raises(pr.DateError, match="admitted"):
        ZZ.medical.settle_year([bill(1, 1, "2017-07-01")], **POOR)


@pytest.mark.parametrize("cost", [68_000.5, "68000", -1, True, float("nan")])
def test_a_cost_is_whole_fen(cost: object) -> None:
    with pytest.raises(pr.MoneyError, match="in_scope"):
        ZZ.medical.settle(in_scope=cost, hospital_grade=3, **POOR)  # type: ignore[arg-type]


@pytest.mark.parametrize("grade", [0, 4, True, "fourth"])
def test_a_grade_is_one_of_three(grade: object) -> None:
    with pytest.raises(pr.CategoryError, match="一级医院"):
        ZZ.medical.settle(in_scope=yuan(1), hospital_grade=grade, **POOR)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["yes", 1, 0])
def test_a_status_is_yes_no_or_unknown(status: object) -> None:
    with pytest.raises(pr.SortError, match="registered_poor"):
        ZZ.medical.settle(in_scope=yuan(1), hospital_grade=3, registered_poor=status)  # type: ignore[arg-type]


def test_a_local_deductible_is_needed_where_the_reading_asks_for_it() -> None:
    asked = ZZ.reading("medical.basic_deductible", "from_caller")
    with pytest.raises(pr.NotStated, match=r"medical\.basic\.deductible.*local"):
        _ = asked.medical.settle(in_scope=yuan(10_000), hospital_grade=3, **POOR).basic
    told = asked.local({"medical.basic.deductible": "1000"}, source="county notice")
    found = told.medical.settle(in_scope=yuan(10_000), hospital_grade=3, **POOR)
    assert (found.basic.figure, found.basic.quality) == (yuan(4_950), "supplied")
    assert any("county notice" in one for one in found.citations())


def test_from_the_total_alone_every_part_is_a_range() -> None:
    found = ZZ.medical.settle_total(total_cost=yuan(10_000), hospital_grade=3, **OTHER)
    assert (found.basic.low, found.basic.high) == (0, yuan(5_500))
    assert (found.out_of_pocket.low, found.out_of_pocket.high) == (yuan(4_500), yuan(10_000))


def test_the_formula_that_is_shown_comes_to_the_figure_that_is_shown() -> None:
    # 55 % of what lies above the deductible of 6,000, of a remainder of 90,000; and of 650,000 in three slices
    shown = ZZ.medical.settle(in_scope=yuan(200_000), hospital_grade=3, **POOR).explain("en")
    assert "55 % × (90,000.00 − 6,000.00)\n" in shown
    shown = ZZ.medical.settle(in_scope=yuan(800_000), hospital_grade=3, **POOR).explain("en")
    assert "÷ 100" not in shown


def test_without_critical_illness_insurance_in_force_only_what_rests_on_it_is_missing() -> None:
    found = pr.policy("zaozhuang-hitech", on="2016-12-31").medical.settle(in_scope=Fen(1), hospital_grade=1, **POOR)
    assert found.status("basic") == "not in force"
    with pytest.raises(pr.NotInForce, match="2017-01-01"):
        _ = found.basic
