"""Properties of the settlement, under the defaults and under every reading; where a reading breaks one, a case shows it.

Why they hold to the fen, and not only before rounding: every payer pays a rounded share of what reaches it, each slice at a
rate between 0 and 1. One fen more to share raises a rounded share by nothing or by one fen, so what is left rises by one fen
or by nothing; and that is then what the next payer shares.
"""

import itertools
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules import Fen, Treatment, yuan

ON = "2017-06-30"
PAYERS = ("basic", "critical_illness", "commercial", "assistance")
FIELDS = (*PAYERS, "out_of_pocket")
OTHER_READINGS = [
    ("medical.preference", "on_top"),
    ("medical.five_percent", "relative"),
    ("medical.brackets", "whole_net"),
    ("medical.brackets", "whole_gross"),
    ("medical.deductible_period", "per_stay"),
    ("medical.basic_ceiling", "costs"),
    ("medical.basic_deductible", "from_caller"),
    ("medical.payer_order", "commercial_last"),
    ("medical.assistance_scope", "all_poor"),
    ("medical.others_ceiling", "shared"),
    ("rounding.mode", "down"),
    ("rounding.stage", "each_bill"),
    ("wording.shared_boundary", "lower"),
]
READINGS = [("", ""), *OTHER_READINGS]
JUMPS = {("medical.brackets", "whole_net"), ("medical.brackets", "whole_gross")}
BY_BILL = {
    ("medical.deductible_period", "per_stay"),
    ("medical.basic_deductible", "from_caller"),
    ("rounding.stage", "each_bill"),
}
POOR_ON_DIBAO = {"registered_poor": True, "receives_dibao": True, "extremely_poor": False}
POOR = {"registered_poor": True, "receives_dibao": False, "extremely_poor": False}
OTHER = {"registered_poor": False, "receives_dibao": False, "extremely_poor": False}

under_each_reading = pytest.mark.parametrize("reading", READINGS, ids=lambda r: r[1] or "defaults")
costs = st.one_of(
    st.integers(0, 20_000),
    st.integers(0, 1_000_000_000),
    st.integers(-3, 3).flatmap(lambda by: st.sampled_from((4_000_000, 25_000_000, 35_000_000)).map(lambda c: c + by)),
)
grades = st.sampled_from((1, 2, 3))
statuses = st.fixed_dictionaries(
    {name: st.booleans() for name in POOR}, optional={"commercial_owed": st.integers(0, 30_000_000).map(Fen)}
)
bills = st.lists(st.tuples(costs, grades), max_size=6)
quick = settings(max_examples=60, deadline=None, database=None)


@cache
def policy(reading: tuple[str, str] = ("", "")) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on=ON).local({"medical.basic.deductible": "800"}, source="the test")
    return made.reading(*reading) if reading[0] else made


def treatments(rows: list[tuple[int, int]]) -> list[Treatment]:
    return [Treatment(in_scope=Fen(cost), hospital_grade=grade) for cost, grade in rows]


def settle(reading: tuple[str, str], cost: int, grade: int, **status: object) -> dict[str, int]:
    bill = policy(reading).medical.settle(in_scope=Fen(cost), hospital_grade=grade, **status)  # type: ignore[arg-type]
    return {name: getattr(bill, name).figure for name in FIELDS}


def totals(reading: tuple[str, str], rows: list[tuple[int, int]], status: dict[str, object]) -> dict[str, pr.Amount]:
    year = policy(reading).medical.settle_year(treatments(rows), **status).year  # type: ignore[arg-type]
    return {name: getattr(year, name) for name in FIELDS}


@under_each_reading
@quick
@given(rows=bills, status=statuses)
def test_the_payers_and_the_patient_share_the_cost_and_nobody_less_than_nothing(
    reading: tuple[str, str], rows: list[tuple[int, int]], status: dict[str, object]
) -> None:
    amounts = totals(reading, rows, status)
    cost = sum(one for one, _ in rows)
    assert sum(amount.figure for amount in amounts.values()) == cost
    for name, amount in amounts.items():
        assert amount.low is not None, name
        assert amount.high is not None, name  # at least 70 % is at most all of it
        assert 0 <= amount.low <= amount.figure <= amount.high <= cost, name


@under_each_reading
@quick
@given(rows=bills, status=statuses, data=st.data())
def test_bills_in_any_order_come_to_the_same_year(
    reading: tuple[str, str], rows: list[tuple[int, int]], status: dict[str, object], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert totals(reading, list(shuffled), status) == totals(reading, rows, status)


@under_each_reading
@quick
@given(rows=bills, status=statuses)
def test_the_bills_of_a_year_sum_to_the_year(
    reading: tuple[str, str], rows: list[tuple[int, int]], status: dict[str, object]
) -> None:
    year = policy(reading).medical.settle_year(treatments(rows), **status)  # type: ignore[arg-type]
    assert [(bill.treatment.in_scope, bill.treatment.hospital_grade) for bill in year.bills] == rows
    for name in FIELDS:
        assert sum(getattr(bill, name) for bill in year.bills) == getattr(year.year, name).figure, name
    for bill in year.bills:
        assert sum(getattr(bill, name) for name in FIELDS) == bill.treatment.in_scope


@pytest.mark.parametrize(
    "reading",
    [r for r in READINGS if r not in JUMPS | {("medical.basic_ceiling", "costs")}],
    ids=lambda r: r[1] or "defaults",
)
@quick
@given(rows=bills, status=statuses)
def test_no_bill_of_a_year_takes_back_what_was_paid(
    reading: tuple[str, str], rows: list[tuple[int, int]], status: dict[str, object]
) -> None:
    year = policy(reading).medical.settle_year(treatments(rows), **status)  # type: ignore[arg-type]
    for bill in year.bills:
        for name in FIELDS:
            assert getattr(bill, name) >= 0, name


def test_a_limit_on_costs_takes_back_basic_insurance_of_an_earlier_bill() -> None:
    # The limit of 150,000 counts the lowest rates first: 55 % of the second bill then takes the place of 85 % of the first.
    rows = treatments([(15_000_000, 1), (15_000_000, 3)])
    year = policy(("medical.basic_ceiling", "costs")).medical.settle_year(rows, **POOR)
    assert [bill.basic for bill in year.bills] == [12_750_000, 8_250_000 - 12_750_000]


@pytest.mark.parametrize(("reading", "rate_on"), [("whole_net", 94_000), ("whole_gross", 100_000)])
def test_rates_on_the_whole_amount_take_back_what_was_left_to_the_patient(reading: str, rate_on: int) -> None:
    # Remainders of 99,999.99 and then 100,000.00: basic insurance is at its limit of 150,000, the last fen reaches 65 %.
    rows = treatments([(24_999_999, 1), (1, 1)])
    year = policy(("medical.brackets", reading)).medical.settle_year(rows, **POOR)
    before = 9_999_999 - ((rate_on * 100 - 1) * 55 + 50) // 100
    assert [bill.out_of_pocket for bill in year.bills] == [before, 10_000_000 - rate_on * 65 - before]
    assert year.bills[1].out_of_pocket < 0


def steps(reading: tuple[str, str], cost: int, grade: int, status: dict[str, object]) -> dict[str, int]:
    """What each is asked for more if the bill is one fen more."""
    before, after = (settle(reading, one, grade, **status) for one in (cost, cost + 1))
    return {name: after[name] - before[name] for name in FIELDS}


@pytest.mark.parametrize("reading", [r for r in READINGS if r not in JUMPS], ids=lambda r: r[1] or "defaults")
@quick
@given(cost=costs.filter(lambda c: c < 1_000_000_000), grade=grades, status=statuses)
def test_one_fen_more_is_borne_by_one_of_them_and_nobody_pays_less(
    reading: tuple[str, str], cost: int, grade: int, status: dict[str, object]
) -> None:
    assert sorted(steps(reading, cost, grade, status).values()) == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("grade", [1, 2, 3])
@pytest.mark.parametrize("status", [POOR_ON_DIBAO, POOR, OTHER], ids=["on dibao", "poor", "other"])
def test_out_of_pocket_never_falls_fen_by_fen_around_every_edge(grade: int, status: dict[str, object]) -> None:
    share = {1: 85, 2: 70, 3: 55}[grade]
    edges = [0, *(yuan(r) * 100 // (100 - share) for r in (6_000, 12_000, 100_000, 200_000)), yuan(150_000) * 100 // share]
    edges += [yuan(150_000) + yuan(r) for r in (100_000, 200_000)] + [yuan(150_000) + 74_757_142]
    for edge in edges:
        left = [settle(("", ""), max(0, cost), grade, **status)["out_of_pocket"] for cost in range(edge - 60, edge + 60)]
        assert all(b - a in (0, 1) for a, b in itertools.pairwise(left)), edge


@quick
@given(low=costs, more=st.integers(0, 50_000_000), grade=grades, status=statuses)
def test_out_of_pocket_and_its_ends_never_fall_as_the_bill_grows(
    low: int, more: int, grade: int, status: dict[str, object]
) -> None:
    def left(cost: int) -> pr.Amount:
        return policy().medical.settle(in_scope=Fen(cost), hospital_grade=grade, **status).out_of_pocket  # type: ignore[arg-type]

    small, large = left(low), left(min(low + more, 1_000_000_000))
    assert small.figure <= large.figure
    assert small.low is not None
    assert large.low is not None
    assert small.low <= large.low
    assert small.high is not None
    assert large.high is not None
    assert small.high <= large.high


@pytest.mark.parametrize(
    ("reading", "before", "after"), [("whole_net", "48300.00", "38900.00"), ("whole_gross", "45000.00", "35000.00")]
)
def test_rates_on_the_whole_amount_let_out_of_pocket_fall_at_an_edge(reading: str, before: str, after: str) -> None:
    # remainder 99,999.99: 55 % of it or of 93,999.99; remainder 100,000.00: 65 % of it or of 94,000.00
    one, other = (settle(("medical.brackets", reading), cost, 1, **POOR) for cost in (24_999_999, 25_000_000))
    assert (one["out_of_pocket"], other["out_of_pocket"]) == (yuan(before), yuan(after))


def test_a_rate_on_the_whole_remainder_lets_out_of_pocket_fall_at_the_deductible() -> None:
    # remainder 5,999.99: nothing is paid; remainder 6,000.00: 55 % of 6,000.00 is 3,300.00
    one, other = (settle(("medical.brackets", "whole_gross"), cost, 1, **POOR) for cost in (3_999_993, 4_000_000))
    assert (one["out_of_pocket"], other["out_of_pocket"]) == (yuan("5999.99"), yuan("2700.00"))


@pytest.mark.parametrize("reading", [r for r in READINGS if r not in BY_BILL], ids=lambda r: r[1] or "defaults")
@quick
@given(parts=st.lists(costs.filter(lambda c: c <= 200_000_000), min_size=2, max_size=4), grade=grades, status=statuses)
def test_several_bills_of_one_grade_are_settled_as_one_bill_of_their_sum(
    reading: tuple[str, str], parts: list[int], grade: int, status: dict[str, object]
) -> None:
    together = totals(reading, [(sum(parts), grade)], status)
    assert totals(reading, [(part, grade) for part in parts], status) == together


def test_several_bills_are_not_one_bill_where_each_is_rounded() -> None:
    # 85 % of 33.37 is 28.3645: 28.36 three times, but 85.0935 together
    reading = ("rounding.stage", "each_bill")
    assert totals(reading, [(3337, 1)] * 3, OTHER)["basic"].figure == 3 * 2836
    assert totals(reading, [(3 * 3337, 1)], OTHER)["basic"].figure == 8509


def test_several_bills_are_not_one_bill_where_each_stay_bears_the_deductible() -> None:
    # two remainders of 20,000 above 6,000 at 55 %; one of 40,000
    reading, rows = ("medical.deductible_period", "per_stay"), [(yuan("44444.44"), 3)] * 2
    paid = totals(reading, [*rows], POOR)["critical_illness"].figure
    assert paid == 2 * 770_000
    assert totals(reading, [(yuan("88888.88"), 3)], POOR)["critical_illness"].figure == 34_000 * 55


def test_several_bills_are_not_one_bill_where_each_bears_a_local_deductible() -> None:
    # 800 of each bill is left out, at 55 %
    reading = ("medical.basic_deductible", "from_caller")
    assert totals(reading, [(yuan(1_000), 3)] * 2, POOR)["basic"].figure == 2 * 200 * 55
    assert totals(reading, [(yuan(2_000), 3)], POOR)["basic"].figure == 1_200 * 55


def test_a_very_large_bill_pays_the_poor_less_since_only_their_ceiling_is_printed() -> None:
    # remainder 900,000: others 50 % of 88,000, 60 % of 100,000, 65 % of 700,000; the poor are cut off at 500,000
    poor, other = (settle(("", ""), yuan(1_050_000), 1, **status) for status in (POOR, OTHER))
    assert (poor["critical_illness"], other["critical_illness"]) == (yuan(500_000), yuan(44_000 + 60_000 + 455_000))


@quick
@given(cost=costs, grade=grades)
def test_below_the_ceiling_of_the_poor_their_status_never_pays_them_less(cost: int, grade: int) -> None:
    poor, other = (settle(("", ""), cost, grade, **status) for status in (POOR, OTHER))
    if other["critical_illness"] <= yuan(500_000):
        assert poor["critical_illness"] >= other["critical_illness"]


@pytest.mark.parametrize("reading", [r for r in READINGS if r not in JUMPS], ids=lambda r: r[1] or "defaults")
@quick
@given(total=st.one_of(costs, st.just(25_000_000)), share=st.fractions(0, 1), grade=grades, status=statuses)
def test_where_only_the_total_is_known_every_share_in_scope_lies_inside_the_bound(
    reading: tuple[str, str], total: int, share: object, grade: int, status: dict[str, object]
) -> None:
    inside = {0, total, max(0, total - 1), int(total * share)}  # type: ignore[operator]
    bound = policy(reading).medical.settle_total(total_cost=Fen(total), hospital_grade=grade, **status)  # type: ignore[arg-type]
    for cost in inside:
        bill = policy(reading).medical.settle(in_scope=Fen(cost), hospital_grade=grade, **status)  # type: ignore[arg-type]
        for name in FIELDS:
            found, ends = getattr(bill, name), getattr(bound, name)
            beside = total - cost if name == "out_of_pocket" else 0  # what is out of scope, the patient pays
            assert ends.low <= found.low + beside, (name, cost)
            assert ends.high >= found.high + beside, (name, cost)


@pytest.mark.parametrize("reading", ["whole_net", "whole_gross"])
def test_the_bound_of_a_total_also_holds_where_a_rate_jumps(reading: str) -> None:
    # all of 250,000 in scope leaves 38,900 (or 35,000) to assist; a fen less in scope leaves 48,300 (or 45,000)
    medical = policy(("medical.brackets", reading)).medical
    bound = medical.settle_total(total_cost=yuan(250_000), hospital_grade=1, **POOR_ON_DIBAO)
    bill = medical.settle(in_scope=Fen(24_999_999), hospital_grade=1, **POOR_ON_DIBAO)
    assert bound.assistance.high is not None
    assert bill.assistance.high is not None
    assert bound.assistance.high >= bill.assistance.high
