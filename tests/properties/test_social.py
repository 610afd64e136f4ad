"""Pensions, relief, premiums, support after exit and afforestation against oracles from chapters 2, 5, 7, 8 and 9."""

import datetime
import itertools
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import povertyrules as pr

NOT_ELIGIBLE, UNKNOWN, UNSTATED = "not eligible", "unknown", "unstated"
Readings = tuple[tuple[str, str], ...]
quick = settings(max_examples=80, deadline=None, database=None)


@cache
def policy(*readings: tuple[str, str]) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2017-06-30")
    for name, choice in readings:
        made = made.reading(name, choice)
    return made


# ---- pensions -------------------------------------------------------------------------------------------------------


def tier(contribution: int, choice: str, inclusive: str) -> int | str:
    """The subsidy in yuan to a contribution in fen; two tiers are printed, and nothing is said of what lies between."""
    over = contribution > 50_000 if inclusive == "strict" else contribution >= 50_000
    if not contribution:
        return NOT_ELIGIBLE
    if over or contribution == 30_000:
        return 60 if over else 30
    if choice == "unstated":
        return UNSTATED
    return 30 if contribution > 30_000 else 0


contributions = st.integers(0, 400_000) | st.sampled_from([edge + by for edge in (30_000, 50_000) for by in (-1, 0, 1)])


@pytest.mark.parametrize("choice", ["unstated", "next_lower"])
@pytest.mark.parametrize("inclusive", ["inclusive", "strict"])
@quick
@given(contribution=contributions)
def test_the_subsidy_to_a_contribution(choice: str, inclusive: str, contribution: int) -> None:
    under = policy(("pension.tier_gap", choice), ("wording.inclusive", inclusive))
    result, expected = (
        under.pension.contribution(pension_contribution=pr.Fen(contribution)),
        tier(contribution, choice, inclusive),
    )
    if expected == UNSTATED:
        assert result.status("subsidy") == UNSTATED
    else:
        assert result.subsidy.figure == (0 if isinstance(expected, str) else 100 * expected)


@pytest.mark.parametrize("choice", ["unstated", "next_lower"])
@quick
@given(contribution=contributions, more=st.integers(0, 400_000))
def test_the_subsidy_rises_with_the_tier_and_is_never_above_the_highest(choice: str, contribution: int, more: int) -> None:
    pension = policy(("pension.tier_gap", choice)).pension
    lower, higher = (pension.contribution(pension_contribution=pr.Fen(one)) for one in (contribution, contribution + more))
    if UNSTATED not in (lower.status("subsidy"), higher.status("subsidy")):
        assert lower.subsidy.figure <= higher.subsidy.figure <= 60 * 100
        assert lower.subsidy.figure <= Fraction(60, 500) * contribution  # no tier is given more to a yuan


def test_the_early_pension_is_five_years_earlier_and_never_later() -> None:
    for grade in range(5):
        age = policy().evaluate(("pension_age",), {"disability_grade": grade}).number("pension_age")
        assert age == (55 if grade in (1, 2) else 60)
    for age, grade in itertools.product(range(121), range(5)):
        early, ordinary = (policy().pension.basic(age=age, disability_grade=one).basic.figure for one in (grade, 0))
        assert early >= ordinary
        assert (early > ordinary) == (grade in (1, 2) and age in range(55, 60))


def test_the_funeral_grant_in_the_wider_reading_reaches_everyone_of_the_narrower() -> None:
    for drew, insured in itertools.product((True, False), repeat=2):
        narrow, wide = (
            policy(("pension.funeral_for", choice)).pension.funeral(drew_pension=drew, pension_insured=insured).grant.figure
            for choice in ("recipient", "participant")
        )
        assert (narrow, wide) == (60_000 * drew, 60_000 * (drew or insured))


@cache
def with_tier(lowest: int) -> pr.Policy:
    return policy().local({"pension.paid_premium.lowest_tier": lowest}, source="notice")


@quick
@given(
    lowest=st.sampled_from((1, 10_000, 30_050)),
    grade=st.integers(0, 4),
    poor=st.booleans(),
    ill=st.booleans(),
    cause=st.integers(1, 12),
)
def test_who_has_the_lowest_tier_paid_in_full(lowest: int, grade: int, poor: bool, ill: bool, cause: int) -> None:
    facts = {"disability_grade": grade, "registered_poor": poor, "seriously_ill": ill, "poverty_cause": cause}
    full = grade in (1, 2) or (poor and ill and cause == 1)
    for cannot in (True, False):
        case = with_tier(lowest).evaluate(("pension_premium_paid",), facts | {"cannot_pay_premium": cannot})
        in_part = poor and cannot and not full
        assert case.status("pension_premium_paid") == (UNSTATED if in_part else "amount" if full else NOT_ELIGIBLE)
        if full:
            assert case.amount("pension_premium_paid").figure == lowest


# ---- temporary relief -----------------------------------------------------------------------------------------------

months = st.integers(1, 60)
heads = st.integers(1, 30)


def relief(under: pr.Policy, members: int, **length: int) -> int:
    told = {"relief_cause": 1, "living_difficulty": True, "members": members, **length}
    return under.relief.temporary(**told).amount.figure


@quick
@given(members=heads, more=heads, first=months, second=months)
def test_relief_is_linear_in_months_and_in_members(members: int, more: int, first: int, second: int) -> None:
    assert relief(policy(), members, relief_months=first) == Fraction(3_900 * 100, 12) * members * first
    parts = [relief(policy(), members, relief_months=one) for one in (first, second)]
    assert sum(parts) == relief(policy(), members, relief_months=first + second)
    if members + more <= 30:
        two = [relief(policy(), one, relief_months=first) for one in (members, more)]
        assert sum(two) == relief(policy(), members + more, relief_months=first)


@quick
@given(members=heads, days=st.integers(1, 1_800))
def test_relief_by_days_is_thirtieths_of_the_month(members: int, days: int) -> None:
    under = policy(("relief.time_unit", "days"))
    exact = Fraction(3_900 * 100, 12) * members * days / 30
    assert relief(under, members, relief_days=days) == (exact + Fraction(1, 2)).__floor__()
    assert relief(under, members, relief_days=30 * days if days <= 120 else 30) % (32_500 * members) == 0


@pytest.mark.parametrize("listed", ["open", "closed"])
def test_any_one_cause_is_enough_and_another_than_the_named_ones_only_in_the_open_reading(listed: str) -> None:
    under = policy(("wording.open_list", listed))
    for cause, difficult in itertools.product(range(5), (True, False)):
        result = under.relief.temporary(relief_cause=cause, living_difficulty=difficult, members=2, relief_months=1)
        due = difficult and (cause in (1, 2, 3) or (cause == 4 and listed == "open"))
        assert (result.status("amount"), result.amount.figure) == (("amount", 65_000) if due else (NOT_ELIGIBLE, 0))


# ---- the medical premium --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["in_full", "unstated"])
@pytest.mark.parametrize("share", [None, 0, 35, 100])
def test_the_parts_of_the_premium_add_up(choice: str, share: int | None) -> None:
    under = policy(("disability.premium", choice))
    if share is not None:
        under = under.local({"medical.premium_help.poor_share": f"{share} %"}, source="notice")
    for poor, grade in itertools.product((True, False), range(5)):
        result = under.medical.premium(registered_poor=poor, disability_grade=grade)
        assert (result.government.figure, result.personal.figure) == (45_000, 16_000)
        assert result.government.figure + result.personal.figure == result.financing.figure == 61_000
        if result.status("subsidy") == UNSTATED:
            assert poor
            assert grade not in (1, 2)
            assert share is None
            continue
        paid, left = result.subsidy, result.left
        assert paid.figure + left.figure == 16_000
        assert (paid.low, paid.high) == (16_000 - left.high, 16_000 - left.low)
        if grade in (1, 2):
            assert (paid.low, paid.high) == ((16_000, 16_000) if choice == "in_full" else (0, 16_000))
        else:
            assert paid.figure == (Fraction(16_000 * (share or 0), 100) if poor else 0)


# ---- support after exit ---------------------------------------------------------------------------------------------


@quick
@given(left=st.dates(datetime.date(2016, 1, 1), datetime.date(2020, 12, 31)), later=st.integers(0, 900))
def test_support_lasts_three_years_at_least_and_never_ends_earlier_for_a_later_exit(left: datetime.date, later: int) -> None:
    for choice in ("end_of_year", "anniversary"):
        area = policy(("exit.support_until", choice)).exit
        last = area.support_until(left)
        assert (last.year, last <= datetime.date(left.year + 3, 12, 31)) == (left.year + 3, True)
        third = (left.year + 3, left.month, min(left.day, 28) if left.month == 2 else left.day)
        assert (last.year, last.month, last.day) >= third
        assert area.support_until(left + datetime.timedelta(later)) >= last
    by_year, by_day = (policy(("exit.support_until", c)).exit.support_until(left) for c in ("end_of_year", "anniversary"))
    assert by_day <= by_year


@quick
@given(left=st.dates(datetime.date(2016, 1, 1), datetime.date(2017, 12, 31)), today=st.dates(datetime.date(2018, 1, 1)))
def test_support_is_unchanged_up_to_its_last_day(left: datetime.date, today: datetime.date) -> None:
    today = min(today, datetime.date(2020, 12, 31))
    for choice in ("end_of_year", "anniversary"):
        under = policy(("exit.support_until", choice))
        case = under.evaluate(("support_unchanged", "support_until"), {"exited_on": left, "on": today})
        last = under.exit.support_until(left)
        assert case.yes_no("support_unchanged") == (today <= last)
        assert case.number("support_until") == 10_000 * last.year + 100 * last.month + last.day


def income_passes(income: int, members: int) -> bool:
    return Fraction(income, members) > 3_509 * 100


@quick
@given(members=heads, by=st.integers(-3, 3), secured=st.lists(st.booleans(), min_size=6, max_size=6))
def test_who_is_fit_to_leave(members: int, by: int, secured: list[bool]) -> None:
    names = ("registered_poor", "enough_food", "enough_clothing", "education_secured", "medical_secured", "housing_secured")
    income = 3_509 * 100 * members + by
    result = policy().exit.test(register_net_income=pr.Fen(income), members=members, **dict(zip(names, secured, strict=True)))
    assert result.income_over_line == income_passes(income, members)
    assert result.fit == (income_passes(income, members) and all(secured))


@quick
@given(poor=st.integers(0, 60), registered=st.integers(1, 3_000), resident=st.integers(1, 3_000))
def test_the_poverty_rate_of_a_village(poor: int, registered: int, resident: int) -> None:
    assume(poor <= min(registered, resident))
    for edge, over in itertools.product(("at_most", "below"), ("registered", "resident")):
        area = policy(("exit.village_edge", edge), ("exit.village_population", over)).exit
        rate = Fraction(poor, registered if over == "registered" else resident)
        findings = area.village(poor=poor, registered=registered, resident=resident)
        flagged = rate == Fraction(2, 100)
        assert findings.ok == (rate < Fraction(2, 100) or (flagged and edge == "at_most"))
        assert len(findings) == (rate >= Fraction(2, 100))


@quick
@given(shortfalls=st.lists(st.integers(0, 9).map(pr.Fen), max_size=8), places=st.integers(0, 9))
def test_the_order_of_exits(shortfalls: list[pr.Fen], places: int) -> None:
    for choice, sign in (("easy_first", 1), ("hard_first", -1)):
        listed = policy(("exit.order", choice)).exit.order(shortfalls, places)
        assert len(set(listed)) == len(listed) == min(places, len(shortfalls))
        ranks = [sign * shortfalls[i] for i in listed]
        assert ranks == sorted(sign * one for one in shortfalls)[: len(listed)]


# ---- afforestation --------------------------------------------------------------------------------------------------

areas = st.integers(1, 100_000).map(pr.Measure)
large = st.integers(100, 100_000).map(pr.Measure)
rated = st.sampled_from((1, 2))


def planting(under: pr.Policy, plots: list[int], kind: int, years: int | None = None) -> list[int]:
    """What is paid for each plot of one household."""
    rows = [pr.Plot(plot_area=a, forest_kind=kind, land_kind=1, planting=1, subsidy_years=years) for a in plots]
    statement = under.assess(pr.Household(plots=rows))
    paid = {line.who: line.amount.figure for line in statement.lines if line.name == "afforestation_subsidy" and line.amount}
    names = ["plot 1", *(f"plot {i + 2}" for i in range(len(plots) - 1))]
    return [paid.get(name, 0) for name in names]


@settings(max_examples=60, deadline=None, database=None)
@given(plots=st.lists(areas, min_size=1, max_size=6), kind=rated, years=st.integers(1, 20))
def test_each_plot_is_paid_by_its_area_if_it_is_large_enough(plots: list[int], kind: int, years: int) -> None:
    rates = [Fraction(200 * 100) * Fraction(area, 100) for area in plots]
    enough = [rate if area >= 100 else 0 for rate, area in zip(rates, plots, strict=True)]
    assert planting(policy(), plots, kind) == enough
    together = rates if sum(plots) >= 100 else [0] * len(plots)
    assert planting(policy(("forestry.minimum_area", "applicant")), plots, kind) == together
    yearly = planting(policy(("forestry.rate_period", "yearly")), plots, kind, years)
    assert yearly == [years * one for one in enough]


@quick
@given(one=large, other=large, kind=rated, land=st.integers(1, 3))
def test_the_subsidy_adds_up_over_plots_and_rises_with_the_area(one: int, other: int, kind: int, land: int) -> None:
    def paid(area: int) -> int:
        return (
            policy()
            .forestry.afforestation(plot_area=pr.Measure(area), forest_kind=kind, land_kind=land, planting=1)
            .subsidy.figure
        )

    assert paid(one) + paid(other) == paid(one + other) > max(paid(one), paid(other))


def test_what_has_a_printed_rate() -> None:
    for kind, land, done in itertools.product(range(1, 7), range(1, 5), range(1, 4)):
        found = policy().forestry.afforestation(plot_area=pr.mu(3), forest_kind=kind, land_kind=land, planting=done)
        listed, printed = land != 4, kind in (1, 2) and done == 1
        assert found.status("subsidy") == ("amount" if listed and printed else UNSTATED if listed else NOT_ELIGIBLE)
        small = policy().forestry.afforestation(plot_area=pr.mu("0.99"), forest_kind=kind, land_kind=land, planting=done)
        assert small.status("subsidy") == NOT_ELIGIBLE
