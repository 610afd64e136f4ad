"""Properties of the allowances for the old, of dibao and of the income test, under the defaults and under each reading."""

import itertools
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules import Fen

quick = settings(max_examples=80, deadline=None, database=None)
STANDARD = 390_000
ELDERLY = [("", ""), ("elderly.old_age_stacking", "adds"), ("elderly.care_condition", "unstated")]
DIBAO = [
    ("", ""),
    ("dibao.monthly_rounding", "from_year"),
    ("dibao.household_rounding", "per_head"),
    ("rounding.mode", "down"),
]
members = st.integers(1, 30)
incomes = st.one_of(st.integers(-5_000_000, 15_000_000), st.integers(0, 40).map(lambda by: STANDARD * 3 - 20 + by))
under_dibao = pytest.mark.parametrize("reading", DIBAO, ids=lambda r: r[1] or "defaults")


@cache
def policy(reading: tuple[str, str] = ("", "")) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2017-06-30")
    return made.reading(*reading) if reading[0] else made


@pytest.mark.parametrize("reading", ELDERLY, ids=lambda r: r[1] or "defaults")
@pytest.mark.parametrize("dibao", [True, False])
@pytest.mark.parametrize("unable", [True, False])
def test_from_eighty_on_the_allowances_together_never_fall_with_age(reading: tuple[str, str], dibao: bool, unable: bool) -> None:
    totals = [
        policy(reading).elderly.allowances(age=age, receives_dibao=dibao, unable_to_care=unable).total for age in range(80, 151)
    ]
    for one, other in itertools.pairwise(totals):
        assert one.low is not None
        assert other.low is not None
        assert 0 <= one.low <= other.low
        assert one.figure <= other.figure
        assert other.high is None or (one.high is not None and one.high <= other.high)


def test_one_allowance_falls_with_age_where_the_box_ends_its_bands_at_a_hundred() -> None:
    # item 1 ends at 99, and item 2 begins at 100: 60 a month of the one, then 400 of the other
    at = {age: policy().elderly.allowances(age=age, receives_dibao=False, unable_to_care=False) for age in (99, 100)}
    assert (at[99].old_age.figure, at[100].status("old_age")) == (6_000, "not eligible")
    assert (at[99].status("longevity"), at[100].longevity.figure) == ("not eligible", 40_000)


@pytest.mark.parametrize("reading", ELDERLY, ids=lambda r: r[1] or "defaults")
@pytest.mark.parametrize("age", [0, 59, 60, 79, 80, 89, 90, 99, 100, 120, 150])
def test_dibao_and_the_need_of_care_never_lower_the_allowances(reading: tuple[str, str], age: int) -> None:
    elderly = policy(reading).elderly
    for unable in (True, False):
        on, off = (elderly.allowances(age=age, receives_dibao=d, unable_to_care=unable).total.figure for d in (True, False))
        assert on >= off >= 0
    for dibao in (True, False):
        cared, able = (elderly.allowances(age=age, receives_dibao=dibao, unable_to_care=u).total.figure for u in (True, False))
        assert cared >= able >= 0


@under_dibao
@quick
@given(income=incomes, more=st.integers(0, 3_000_000), heads=members)
def test_a_poorer_household_never_gets_less_dibao(reading: tuple[str, str], income: int, more: int, heads: int) -> None:
    poorer, richer = (policy(reading).dibao.top_up(countable_income=Fen(one), members=heads) for one in (income, income + more))
    assert 0 <= richer.monthly.figure <= poorer.monthly.figure
    assert 0 <= richer.gap.figure <= poorer.gap.figure


@under_dibao
@quick
@given(heads=members, over=st.integers(0, 10_000_000))
def test_from_the_standard_on_there_is_no_dibao(reading: tuple[str, str], heads: int, over: int) -> None:
    result = policy(reading).dibao.top_up(countable_income=Fen(STANDARD * heads + over), members=heads)
    assert [result.status(name) for name in ("monthly", "gap")] == ["not eligible", "amount"]
    assert (result.monthly.figure, result.gap.figure, result.last_month.figure) == (0, 0, 0)


@under_dibao
@quick
@given(income=incomes, heads=st.integers(1, 29))
def test_one_more_member_without_income_never_lowers_dibao(reading: tuple[str, str], income: int, heads: int) -> None:
    few, more = (policy(reading).dibao.top_up(countable_income=Fen(income), members=n).monthly.figure for n in (heads, heads + 1))
    if reading != ("dibao.household_rounding", "per_head"):
        assert few <= more
    assert 0 <= few <= 32_500 * heads


@quick
@given(income=incomes, heads=members)
def test_twelve_months_of_dibao_close_the_gap_to_within_the_rounding(income: int, heads: int) -> None:
    each = policy().dibao.top_up(countable_income=Fen(income), members=heads)
    assert abs(12 * each.monthly.figure - each.gap.figure) <= 6
    shared = policy(("dibao.monthly_rounding", "from_year")).dibao.top_up(countable_income=Fen(income), members=heads)
    assert 11 * shared.monthly.figure + shared.last_month.figure == shared.gap.figure
    assert 0 <= shared.last_month.figure - shared.monthly.figure <= 11


@quick
@given(income=incomes, heads=members, line=st.sampled_from((2015, 2017)))
def test_the_poverty_gap_is_what_lacks_to_the_line_and_only_the_poor_have_one(income: int, heads: int, line: int) -> None:
    printed = {2015: 337_200, 2017: 350_900}[line]
    facts = {"register_net_income": Fen(income), "members": heads, "on": f"{line}-06-30"}
    case = policy().evaluate(("poverty_gap", "poor_by_income", "poverty_line"), facts)
    assert case.amount("poverty_line").figure == printed
    assert case.amount("poverty_gap").figure == max(0, printed * heads - income)
    assert case.yes_no("poor_by_income") == (income <= printed * heads)


@pytest.mark.parametrize(("edge", "poor"), [("at_or_below", True), ("below", False)])
def test_exactly_at_the_line_the_reading_decides(edge: str, poor: bool) -> None:
    result = policy(("income.line_edge", edge)).income.test(register_net_income=Fen(350_900 * 4), members=4)
    assert (result.poor, result.gap.figure) == (poor, 0)
