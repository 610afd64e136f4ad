"""Dangerous houses against an oracle in fractions, from chapter 5 and boxes 2 and 3: floor areas, subsidies, sources of funds."""

import itertools
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import povertyrules as pr

NOT_ELIGIBLE, UNSTATED = "not eligible", "unstated"
STANDARDS = {1: Fraction(8) / 10 * 10_000, 2: Fraction(25) / 10 * 10_000}  # by method, in yuan: repair and rebuilding
BANDS = list(itertools.product(("small", "large"), ("one_band", "by_size")))
PAYMENTS = [
    (),
    (("housing.floor_or_cost", "floor"),),
    (("housing.grade_d_rebuilt", "repair_rate"),),
    (("housing.cost_scope", "with_labour"),),
    (("housing.grade_d_method", "rebuild_first"),),
    (("housing.grade_d_rebuilt", "repair_rate"), ("housing.grade_d_method", "rebuild_first")),
]
Readings = tuple[tuple[str, str], ...]
quick = settings(max_examples=80, deadline=None, database=None)
under_payments = pytest.mark.parametrize("readings", PAYMENTS, ids=lambda r: "+".join(c for _, c in r) or "defaults")
under_bands = pytest.mark.parametrize(("three", "ceiling"), BANDS)


@cache
def policy(readings: Readings = ()) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2018-06-30")
    for name, choice in readings:
        made = made.reading(name, choice)
    return made


def banded(three: str, ceiling: str) -> pr.Policy:
    return policy((("housing.three_persons", three), ("housing.small_ceiling", ceiling)))


# ---- floor areas ----------------------------------------------------------------------------------------------------


def limits(members: int, three: str, ceiling: str) -> tuple[Fraction, Fraction]:
    """The least and the most square metres: a table up to three persons, above that so many a head."""
    if members < 3 or (members == 3 and three == "small"):
        most = {1: 40, 2: 50, 3: 60}[members] if ceiling == "by_size" else 60
        return Fraction({1: 20, 2: 30, 3: 40}[members]), Fraction(most)
    return Fraction(13 * members), Fraction(18 * members)


@under_bands
def test_the_least_area_is_never_above_the_most_and_both_are_the_printed_ones(three: str, ceiling: str) -> None:
    for members in range(1, 31):
        result = banded(three, ceiling).housing.floor_area(members=members, floor_area=pr.square_metres(60))
        least, most = limits(members, three, ceiling)
        assert (result.least, result.most) == (least, most), members
        assert result.least <= result.most


@under_bands
def test_one_more_person_never_lowers_the_least_area_and_the_most_only_where_the_table_ends(three: str, ceiling: str) -> None:
    shown = [
        banded(three, ceiling).housing.floor_area(members=members, floor_area=pr.square_metres(60)) for members in range(1, 31)
    ]
    falls = [i + 2 for i, (one, other) in enumerate(itertools.pairwise(shown)) if other.most < one.most]
    assert all(one.least <= other.least for one, other in itertools.pairwise(shown))
    # three persons at 18 a head have 54, where the one band for all sizes goes up to 60
    assert falls == ([3] if (three, ceiling) == ("large", "one_band") else [])


@under_bands
@quick
@given(members=st.integers(1, 30), data=st.data())
def test_an_area_is_in_order_just_between_its_limits(three: str, ceiling: str, members: int, data: st.DataObject) -> None:
    least, most = limits(members, three, ceiling)
    edges = [int(100 * edge) + by for edge in (least, most) for by in (-1, 0, 1)]
    counted = data.draw(st.sampled_from(edges) | st.integers(0, 80_000))
    auxiliary = data.draw(st.integers(0, 10_000))
    result = banded(three, ceiling).housing.floor_area(
        members=members, floor_area=pr.Measure(counted + auxiliary), auxiliary_area=pr.Measure(auxiliary)
    )
    assert result.counted == Fraction(counted, 100)
    assert result.in_order == (least <= Fraction(counted, 100) <= most)


# ---- subsidies ------------------------------------------------------------------------------------------------------

costs = st.integers(0, 6_000_000) | st.builds(lambda a, b: a + b, st.sampled_from((800_000, 2_500_000)), st.integers(-2, 2))
houses = st.fixed_dictionaries(
    {
        "house_grade": st.integers(1, 4),
        "registered_poor": st.sampled_from((True, True, True, False)),
        "grade_confirmed": st.sampled_from((True, True, True, False)),
        "willing": st.sampled_from((True, True, True, False)),
        "reinforceable": st.booleans(),
        "method": st.integers(1, 2),
        "cash_cost": costs.map(pr.Fen),
        "own_labour": st.integers(0, 1_000_000).map(pr.Fen),
    }
)
good = houses.map(lambda house: house | {"registered_poor": True, "grade_confirmed": True, "willing": True})
rebuilt = good.map(lambda house: house | {"house_grade": 4, "method": 2, "cash_cost": pr.Fen(800_001 + house["cash_cost"])})


def subsidy(house: dict[str, int], readings: Readings) -> tuple[Fraction, Fraction | None] | str:
    """The ends of the subsidy in yuan, or that there is none."""
    chosen = dict(readings)
    if house["house_grade"] not in (3, 4) or not all(house[name] for name in ("registered_poor", "grade_confirmed", "willing")):
        return NOT_ELIGIBLE
    if house["house_grade"] == 3 and house["method"] == 2:
        return NOT_ELIGIBLE
    standard = STANDARDS[house["method"]]
    repair_due = house["reinforceable"] and "housing.grade_d_method" not in chosen
    if house["method"] == 2 and repair_due and chosen.get("housing.grade_d_rebuilt") == "repair_rate":
        standard = STANDARDS[1]  # rebuilt all the same
    labour = house["own_labour"] if "housing.cost_scope" in chosen else 0
    cost = Fraction(house["cash_cost"] + labour, 100)
    if "housing.floor_or_cost" in chosen:
        return standard, None
    return min(standard, cost), cost


def ends(result: object, name: str) -> tuple[Fraction, Fraction | None] | str:
    status = result.status(name)  # type: ignore[attr-defined]
    if status != "amount":
        return str(status)
    amount = getattr(result, name)
    assert amount.figure == amount.low
    return Fraction(amount.low, 100), None if amount.high is None else Fraction(amount.high, 100)


@under_payments
@settings(quick, max_examples=200)
@given(house=houses | good | rebuilt)
def test_the_subsidy_of_a_random_house(readings: Readings, house: dict[str, int]) -> None:
    result = policy(readings).housing.renovation(**house)
    assert ends(result, "subsidy") == subsidy(house, readings)


@quick
@given(house=houses)
def test_the_subsidy_is_never_above_what_was_spent(house: dict[str, int]) -> None:
    for readings in PAYMENTS:
        paid, spent = policy(readings).housing.renovation(**house).subsidy, house["cash_cost"]
        if "housing.cost_scope" in dict(readings):
            spent += house["own_labour"]
        if "housing.floor_or_cost" not in dict(readings):
            assert 0 <= paid.figure <= spent
            assert paid.high is not None
            assert paid.high <= spent


def test_only_the_reading_in_which_the_floor_decides_pays_more_than_was_spent() -> None:
    house = {"house_grade": 3, "registered_poor": True, "grade_confirmed": True, "willing": True, "method": 1}
    spent = pr.yuan(5_000)
    paid = [policy(readings).housing.renovation(**house, cash_cost=spent, own_labour=pr.Fen(0)).subsidy for readings in PAYMENTS]
    assert [one.figure > spent for one in paid] == [readings == PAYMENTS[1] for readings in PAYMENTS]


@under_payments
@quick
@given(house=good, more=st.integers(0, 3_000_000), labour=st.integers(0, 500_000))
def test_the_subsidy_never_falls_with_the_cost(readings: Readings, house: dict[str, int], more: int, labour: int) -> None:
    dearer = house | {"cash_cost": house["cash_cost"] + more, "own_labour": house["own_labour"] + labour}
    low, high = (policy(readings).housing.renovation(**one).subsidy for one in (house, dearer))
    assert low.figure <= high.figure
    assert low.low <= high.low
    assert high.high is None or (low.high is not None and low.high <= high.high)


@under_payments
@quick
@given(house=houses)
def test_a_rebuilt_grade_c_house_has_no_subsidy(readings: Readings, house: dict[str, int]) -> None:
    result = policy(readings).housing.renovation(**house | {"house_grade": 3, "method": 2})
    assert (result.status("subsidy"), result.subsidy.figure) == (NOT_ELIGIBLE, 0)


@under_payments
@quick
@given(house=good)
def test_the_method_due_and_the_plan(readings: Readings, house: dict[str, int]) -> None:
    result, grade = policy(readings).housing.renovation(**house), house["house_grade"]
    if grade < 3:
        assert (result.status("method_due"), result.status("planned")) == (UNSTATED, NOT_ELIGIBLE)
        return
    rebuilt = grade == 4 and (not house["reinforceable"] or "housing.grade_d_method" in dict(readings))
    assert result.method_due == (2 if rebuilt else 1)
    planned = STANDARDS[2 if rebuilt else 1]
    if rebuilt and house["reinforceable"] and "housing.grade_d_rebuilt" in dict(readings):
        assert result.planned.low in (100 * STANDARDS[1], 100 * planned)  # what is due and yet paid as repair: not settled
    else:
        assert ends(result, "planned") == (planned, None)


@quick
@given(first=st.booleans(), second=st.booleans())
def test_danger_gives_the_grade(first: bool, second: bool) -> None:
    assume(first or second)
    assert policy().housing.grade(local_danger=first, whole_danger=second).grade == (4 if second else 3)


# ---- sources of funds -----------------------------------------------------------------------------------------------

funds = st.integers(0, 3_000_000).map(pr.Fen)


@quick
@given(need=funds, renovation=funds, district=funds, street=funds)
def test_sources_bear_the_need_in_their_order(need: int, renovation: int, district: int, street: int) -> None:
    result = policy().housing.funding(
        funding_need=pr.Fen(need),
        renovation_funds=pr.Fen(renovation),
        district_funds=pr.Fen(district),
        street_funds=pr.Fen(street),
    )
    parts = [one.figure for one in (result.renovation_funds, result.district_funds, result.street)]
    left, at_hand = need, (renovation, district, street)
    for part, fund in zip(parts, at_hand, strict=True):
        assert part == min(left, fund)
        left -= part
    assert result.gap.figure == left
    assert sum(parts) + result.gap.figure == need
    # a source is asked only when those before it are used up, and a gap is left only when all of them are
    for i, asked in enumerate((*parts, result.gap.figure)):
        assert not asked or list(parts[:i]) == list(at_hand[:i])


@quick
@given(need=funds, renovation=funds, district=funds)
def test_a_source_that_is_not_told_matters_only_once_it_is_asked(need: int, renovation: int, district: int) -> None:
    result = policy().housing.funding(funding_need=pr.Fen(need), renovation_funds=pr.Fen(renovation))
    assert result.status("district_funds") == ("unknown" if need > renovation else "amount")
    two = policy().housing.funding(
        funding_need=pr.Fen(need), renovation_funds=pr.Fen(renovation), district_funds=pr.Fen(district)
    )
    enough = need <= renovation + district
    assert two.status("street") == ("amount" if enough else "unknown")
    assert two.status("gap") == two.status("street")


# ---- the average ----------------------------------------------------------------------------------------------------


def average_fails(method: int, houses: list[tuple[int, int]], every: bool) -> bool:
    """Whether the mean is under the floor, with or without the houses that were paid their lower cost."""
    floor = 100 * STANDARDS[method]
    paid = [amount for cost, amount in houses if every or cost >= floor]
    return bool(paid) and Fraction(sum(paid), len(paid)) < floor


@quick
@given(method=st.integers(1, 2), paid=st.lists(st.tuples(costs, costs), max_size=5))
def test_the_average_of_the_payments(method: int, paid: list[tuple[int, int]]) -> None:
    homes = [
        pr.Household(dwellings=[pr.Dwelling(method=method, cash_cost=pr.Fen(cost), subsidy_paid=pr.Fen(amount))])
        for cost, amount in paid
    ]
    other = pr.Household(dwellings=[pr.Dwelling(method=3 - method, cash_cost=pr.Fen(9_000_000), subsidy_paid=pr.Fen(0))])
    for choice, every in (("standards", False), ("payments", True)):
        check = policy((("housing.average_test", choice),)).housing.check_average(method, [*homes, other])
        assert check.ok != average_fails(method, paid, every)
