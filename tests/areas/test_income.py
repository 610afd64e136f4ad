"""Poverty lines, carrying them forward, the two lines, and the concepts of income."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

import povertyrules as pr
from povertyrules import Fen, Severity, yuan
from povertyrules.areas.income_lines import ConstantPrices

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
CN = pr.policy("cn", on="2017-06-30")
INDICES = [(2011, "105.8"), (2012, "102.5"), (2013, "102.8"), (2014, "101.8"), (2015, "101.3")]


# ---- lines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "year", "printed"),
    [
        ("provincial", 2010, "3000"),
        ("provincial", 2015, "3372"),
        ("provincial", 2017, "3509"),
        ("national_as_printed", 2010, "2300"),
        ("national_as_printed", 2015, "2800"),
        ("national", 2014, "2800"),
        ("national", 2015, "2855"),
    ],
)
def test_a_line_is_keyed_by_series_and_year(series: str, year: int, printed: str) -> None:
    assert ZZ.income.line(year, series=series) == pr.Amount.exactly(yuan(printed), per="year")


def test_the_line_applied_is_the_provincial_one_here_and_the_national_one_elsewhere() -> None:
    assert ZZ.income.line(2015).figure == yuan(3372)
    assert CN.income.line(2015).figure == yuan(2855)


def test_a_line_at_constant_prices_is_carried_forward_as_its_reading_has_it() -> None:
    jilin = pr.policy("jilin", on="2016-06-30")
    assert (jilin.income.applied(), jilin.income.line(2016).figure) == ("national", yuan(2952))
    by_prices = jilin.reading("income.line_in_later_prices", "rural_prices").income
    assert by_prices.applied() is None
    assert by_prices.line(2016) == pr.Amount.exactly(yuan("2694.40"), per="year", quality="estimate")
    assert by_prices.line(2016, series="national").figure == yuan(2952)
    with pytest.raises(pr.NotStated, match="2015, 2016"):
        by_prices.line(2014)
    with pytest.raises(pr.SortError, match="year"):
        by_prices.line("2016")  # type: ignore[arg-type]
    as_it_stands = jilin.reading("income.line_in_later_prices", "unadjusted").income
    assert {as_it_stands.line(year).figure for year in (2011, 2016, 2020)} == {yuan(2300)}
    with pytest.raises(pr.InputError):
        as_it_stands.line(20_160)


def test_the_lines_by_prices_are_the_chain_of_the_rural_prices_that_the_country_holds() -> None:
    by_prices = pr.policy("jilin", on="2016-06-30").reading("income.line_in_later_prices", "rural_prices").income
    line = Fraction(by_prices.bound.sections("income", ConstantPrices)["income.applied"].base)
    for year in range(2011, 2021):
        line *= Fraction(CN.income.index(year).value) / 100
        if year >= 2015:
            assert by_prices.line(year).figure == int(line + Fraction(1, 2))


@pytest.mark.parametrize("year", [2009, 2011, 2014, 2016, 2018, 2020])
def test_a_year_that_is_not_printed_raises_and_names_those_that_are(year: int) -> None:
    with pytest.raises(pr.NotStated, match=f"{year}.*2010, 2015, 2017.*第二章第四节"):
        ZZ.income.line(year)


def test_the_years_of_each_series_are_listed() -> None:
    assert ZZ.income.series()["provincial"] == (2010, 2015, 2017)
    assert ZZ.income.series()["national"] == tuple(range(2010, 2017))


def test_a_misspelt_series_is_refused_with_the_near_one() -> None:
    with pytest.raises(pr.UnknownName, match="did you mean provincial"):
        ZZ.income.line(2015, series="provincal")


def test_a_line_that_the_caller_supplies_is_marked_so_and_leaves_the_printed_ones_alone() -> None:
    local = ZZ.local({"income.provincial.lines[2016]": "3402"}, source="county notice")
    assert (local.income.line(2016).figure, local.income.line(2016).quality) == (yuan(3402), "supplied")
    assert local.income.line(2015).quality == "stated"
    with pytest.raises(pr.NotStated):
        ZZ.income.line(2016)


def test_before_the_series_begins_it_is_not_in_force_and_not_unknown() -> None:
    with pytest.raises(pr.NotInForce):
        pr.policy("zaozhuang-hitech", on="2009-12-31").income.line(2015)


def test_past_its_last_date_a_refusing_policy_says_that_and_takes_no_other_series() -> None:
    for day in ("2018-06-30", "2021-06-30"):
        with pytest.raises(pr.PastLastDate):
            pr.policy("zaozhuang-hitech", on=day, past="refuse").income.line(2017)


# ---- prices --------------------------------------------------------------------------------------------------------


def whole_yuan(exact: Fraction) -> Fraction:
    return Fraction(math.floor(exact + Fraction(1, 2)))


def chained(base: Fraction, *, each_year: bool) -> dict[int, Fen]:
    """Carry a line of whole yuan forward, by the rule of chapter 2 section 4: the year before times this year's index."""
    out, line = {}, base
    for year, index in INDICES:
        line = line * Fraction(index) / 100
        out[year] = Fen(int(whole_yuan(line) * 100))
        line = whole_yuan(line) if each_year else line
    return out


@pytest.mark.parametrize(("rounding", "last"), [("each_year", 3448), ("at_end", 3449)])
def test_a_chain_of_prices_under_both_readings_of_its_rounding(rounding: str, last: int) -> None:
    uprated = ZZ.reading("income.line_rounding", rounding).income.uprate(yuan(3000), INDICES)
    assert uprated.lines == chained(Fraction(3000), each_year=rounding == "each_year")
    assert uprated.value == yuan(last)
    assert (uprated.amount.quality, uprated.amount.per) == ("estimate", "year")


def test_unrounded_lines_are_kept_beside_the_rounded_ones() -> None:
    exact = ZZ.reading("income.line_rounding", "at_end").income.uprate(yuan(3000), INDICES).exact
    assert exact[2012] == Fraction(300_000) * Fraction(1058, 1000) * Fraction(1025, 1000)


@pytest.mark.parametrize("rounding", ["each_year", "at_end"])
def test_cumulative_indices_apply_to_the_base_and_may_leave_years_out(rounding: str) -> None:
    income = ZZ.reading("income.line_rounding", rounding).income
    uprated = income.uprate(yuan(3000), [(2013, "111.48"), (2015, Decimal("112.4"))], cumulative=True)
    assert uprated.lines == {2013: yuan(3344), 2015: yuan(3372)}  # 3,344.40 and 3,372.00


def test_a_half_yuan_goes_up() -> None:
    assert ZZ.income.uprate(yuan(1000), [(2011, "100.05")]).value == yuan(1001)
    assert ZZ.income.uprate(yuan(1000), [(2011, "100.04")]).value == yuan(1000)


def test_a_year_left_out_of_a_chain_is_refused() -> None:
    with pytest.raises(pr.InputError, match=r"2013|2012"):
        ZZ.income.uprate(yuan(3000), [(2011, "105.8"), (2013, "102.8")])


@pytest.mark.parametrize("indices", [[], [(2012, "102"), (2011, "103")], [(2011, "102"), (2011, "103")], [(2011, "5.8")]])
def test_indices_out_of_order_or_out_of_range_are_refused(indices: list[tuple[int, str]]) -> None:
    with pytest.raises(pr.RangeError):
        ZZ.income.uprate(yuan(3000), indices)


@pytest.mark.parametrize("index", [105.8, True, "abc", "nan", "Infinity", None, "105.8 %"])
def test_an_index_is_a_decimal_and_never_a_float(index: object) -> None:
    with pytest.raises(pr.InputError, match="index of 2011"):
        ZZ.income.uprate(yuan(3000), [(2011, index)])  # type: ignore[list-item]


@pytest.mark.parametrize("base", [3000.5, "3000", True, Fen(-300_000)])
def test_the_base_of_a_chain_is_money_and_never_a_float(base: object) -> None:
    with pytest.raises(pr.InputError):
        ZZ.income.uprate(base, [(2011, "105.8")])  # type: ignore[arg-type]


def test_the_index_that_two_printed_lines_imply() -> None:
    assert ZZ.income.implied_index("provincial", 2010, 2015) == Fraction(3372, 3000)
    assert ZZ.income.implied_index("provincial", 2015, 2017) == Fraction(3509, 3372)
    assert CN.income.implied_index("national", 2010, 2011) == Fraction(2536, 2300)
    with pytest.raises(pr.NotStated):
        ZZ.income.implied_index("provincial", 2010, 2016)


def test_the_price_indices_held_and_what_is_not_held() -> None:
    held = {2010: "103.6", 2011: "105.8", 2012: "102.5", 2013: "102.8", 2014: "101.8", 2015: "101.3"}
    held |= {2016: "101.9", 2017: "101.3", 2018: "102.1", 2019: "103.2", 2020: "103.0"}
    assert {year: CN.income.index(year).value for year in held} == {year: Decimal(index) for year, index in held.items()}
    assert [year for year in held if CN.income.index(year).quality == "derived"] == [2010, 2011, 2012]
    with pytest.raises(pr.NotStated, match=r"2021.*2010"):
        CN.income.index(2021)


# ---- the income test -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yuan_a_year", "members", "poor", "gap", "per_head"),
    [
        ("9000", 3, True, "1527.00", "509.00"),
        ("10527", 3, True, "0.00", "0.00"),  # exactly the line: poor, and nothing lacks
        ("10527.01", 3, False, "0.00", "0.00"),
        ("-500", 3, True, "11027.00", "3675.67"),  # 11,027 / 3 = 3,675.666…
    ],
)
def test_the_income_test(yuan_a_year: str, members: int, poor: bool, gap: str, per_head: str) -> None:
    result = ZZ.income.test(register_net_income=yuan(yuan_a_year), members=members)
    assert (result.poor, result.gap.figure, result.gap_per_head.figure) == (poor, yuan(gap), yuan(per_head))
    assert result.poverty_line == pr.Amount.exactly(yuan(3509), per="year")
    assert result.gap.per == result.gap_per_head.per == "year"


def test_a_household_of_nobody_has_no_gap_per_head() -> None:
    with pytest.raises(pr.RangeError, match="at least 1"):
        ZZ.evaluate(("poverty_gap_per_head",), {"persons": [], "register_net_income": Fen(-100)})


def test_without_a_line_for_the_year_the_test_says_so() -> None:
    result = pr.policy("zaozhuang-hitech", on="2016-06-30").income.test(register_net_income=yuan(1), members=1)
    with pytest.raises(pr.NotStated):
        _ = result.poor
    assert result.status("gap") == "unstated"


# ---- the two lines -------------------------------------------------------------------------------------------------


def test_the_two_lines_are_joined_if_dibao_is_not_below() -> None:
    found = ZZ.income.check_two_lines()
    assert found.ok
    assert len(found) == 0


def test_the_two_lines_differ_if_they_must_be_equal() -> None:
    found = list(ZZ.reading("dibao.two_lines", "equal").income.check_two_lines())
    assert [one.code for one in found] == ["two-lines"]
    for part in ("3,900.00", "3,509.00", "391.00"):
        assert part in found[0].message
    assert found[0].field == "dibao_standard"
    assert "第九章第一节" in found[0].provision
    assert found[0].severity is Severity.WARNING  # not a failure: dibao lies above the line, which the box finds in order


@pytest.mark.parametrize("reading", ["at_least", "equal"])
def test_a_dibao_standard_under_the_line_is_an_error(reading: str) -> None:
    under = ZZ.reading("dibao.two_lines", reading).reform({"dibao.standard.standard": "3508.99"})
    found = under.income.check_two_lines()
    assert [one.severity for one in found] == [Severity.ERROR]
    assert "0.01" in next(iter(found)).message
    with pytest.raises(pr.FindingsError, match=r"3,508\.99"):
        found.raise_if_any()


@pytest.mark.parametrize("reading", ["at_least", "equal"])
def test_two_equal_lines_are_joined_under_both_readings(reading: str) -> None:
    under = ZZ.reading("dibao.two_lines", reading).reform({"dibao.standard.standard": "3509"})
    assert len(under.income.check_two_lines()) == 0


def test_in_a_year_without_a_line_the_two_cannot_be_compared() -> None:
    with pytest.raises(pr.NotStated):
        pr.policy("zaozhuang-hitech", on="2018-06-30").income.check_two_lines()


# ---- concepts of income --------------------------------------------------------------------------------------------

KINDS = [kind.name.lower() for kind in pr.IncomeKind]
LEDGER = {kind: yuan(2**i) for i, kind in enumerate(KINDS)}  # so that a sum says which kinds are in it
AWARDS = {"preferential", "family_planning_award", "scholarship", "bravery_reward", "government_relief"}
LOCAL = {"old_age_allowance", "disability_subsidy"}


def held_in(concept: str, under: pr.Policy = ZZ) -> set[str]:
    """The kinds that a concept takes in, read off its sum; costs must be taken off it."""
    rows = [{"kind": kind, "amount": amount} for kind, amount in LEDGER.items() if kind != "business_costs"]
    without = under.evaluate((concept,), {"incomes": rows}).amount(concept).figure
    whole = under.evaluate((concept,), {"incomes": [*rows, {"kind": "business_costs", "amount": yuan(4)}]})
    assert whole.amount(concept).figure == without - yuan(4)
    return {kind for kind, amount in LEDGER.items() if without // 100 & amount // 100} | {"business_costs"}


def test_register_net_income_takes_in_all_but_reimbursements() -> None:
    assert held_in("register_net_income") == set(KINDS) - {"medical_reimbursement"}


def test_income_countable_for_dibao_leaves_out_awards_relief_and_dibao_itself() -> None:
    assert held_in("countable_income") == set(KINDS) - AWARDS - {"medical_reimbursement", "dibao"}
    excluded = ZZ.reading("income.local_items", "excluded")
    assert held_in("countable_income", excluded) == set(KINDS) - AWARDS - {"medical_reimbursement", "dibao"} - LOCAL


def test_disposable_income_takes_in_every_kind() -> None:
    assert held_in("disposable_income") == set(KINDS)


def test_income_before_transfers_leaves_out_what_the_public_pays() -> None:
    private = {"wage", "business_receipts", "business_costs", "property", "family_support", "remittance"}
    assert held_in("income_before_transfers") == private


def test_net_business_income_may_be_negative_and_an_empty_ledger_is_nothing() -> None:
    rows = [{"kind": "business_costs", "amount": yuan(700)}, {"kind": "business_receipts", "amount": yuan(200)}]
    assert ZZ.evaluate(("register_net_income",), {"incomes": rows}).amount("register_net_income").figure == yuan(-500)
    assert ZZ.evaluate(("register_net_income",), {"incomes": []}).amount("register_net_income").figure == 0
    with pytest.raises(pr.NotTold, match="incomes"):
        ZZ.evaluate(("register_net_income",), {}).amount("register_net_income")


def test_a_kind_that_is_not_in_the_ledger_is_refused() -> None:
    with pytest.raises(pr.CategoryError, match="wage"):
        pr.Income(kind="lottery", amount=yuan(5))  # type: ignore[arg-type]


@pytest.mark.parametrize("concept", ["register_net_income", "countable_income", "disposable_income"])
def test_an_entry_of_unknown_kind_or_amount_leaves_the_sum_unknown(concept: str) -> None:
    for row in ({"kind": "wage"}, {"amount": yuan(5)}):
        assert ZZ.evaluate((concept,), {"incomes": [row]}).status(concept) == "unknown"
