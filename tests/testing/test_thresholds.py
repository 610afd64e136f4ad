"""The thresholds of a policy beside the figures of its pack, and beside every value that a fact can have."""

import datetime
import itertools

import pytest
from dateutil.relativedelta import relativedelta
from fictional.policies import kingdom

import povertyrules as pr
from povertyrules.core.errors import UnknownName
from povertyrules.core.facts import encode_date
from povertyrules.policy import Policy
from povertyrules.testing.thresholds import around, days, numbers

ON = datetime.date(2017, 6, 30)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def zz() -> Policy:
    return pr.policy("zaozhuang-hitech", on=ON)


def test_ages_are_those_of_the_bands(zz: Policy) -> None:
    """80 to 89, 90 to 99, from 100 on; 60 for a pension and 16 for a child: box 7."""
    assert {79, 80, 89, 90, 99, 100} <= set(numbers(zz, "age"))
    assert {59, 60, 15, 16} <= set(numbers(zz, "age"))


@pytest.mark.parametrize("age", [60, 80, 90, 100])
def test_an_age_becomes_a_birthday(zz: Policy, age: int) -> None:
    reached = ON - relativedelta(years=age)
    assert {reached - ONE_DAY, reached, reached + ONE_DAY} <= set(days(zz, "born"))


@pytest.mark.parametrize("edge", ["6000", "100000", "200000"])
def test_brackets_of_critical_illness_are_edges_of_what_insurance_leaves(zz: Policy, edge: str) -> None:
    at = pr.yuan(edge)
    assert {at - 1, at, at + 1} <= set(numbers(zz, "after_basic"))


@pytest.mark.parametrize("percent", [55, 70, 85])
@pytest.mark.parametrize("edge", ["6000", "100000"])
def test_an_edge_of_what_is_left_becomes_a_bill(zz: Policy, percent: int, edge: str) -> None:
    """The first bill of which basic insurance, to the nearest fen and at most 150,000 yuan, leaves so much: by bisection."""

    def left(bill: int) -> int:
        return bill - min((bill * percent + 50) // 100, pr.yuan(150_000))

    low, high = 0, pr.yuan(10_000_000)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if left(middle) >= pr.yuan(edge) else (middle + 1, high)
    found = numbers(zz, "in_scope")
    assert any(abs(one - low) <= 1 for one in found), f"{low} is not among the bills"


def test_income_of_several_heads_is_an_edge(zz: Policy) -> None:
    """The dibao standard is 3,900 yuan a head: its multiples decide for households of two and three."""
    found = set(numbers(zz, "amount"))
    for heads in (1, 2, 3):
        at = heads * pr.yuan(3_900)
        assert {at - 1, at, at + 1} <= found


def test_the_ends_of_the_range_are_there(zz: Policy) -> None:
    assert {0, 1, pr.yuan(10_000_000) - 1, pr.yuan(10_000_000)} <= set(numbers(zz, "in_scope"))
    assert {datetime.date(1890, 1, 1), ON, ON - ONE_DAY} <= set(days(zz, "born"))
    assert max(days(zz, "born")) == ON  # nobody is born after the day
    assert max(days(zz, "exited_on")) == datetime.date(2040, 12, 31)


@pytest.mark.parametrize(
    ("of", "quantity", "fact", "top", "told"),
    [
        ("zz", "old_age_allowance", "age", 150, {"receives_dibao": False}),
        ("zz", "dibao_old_age_allowance", "age", 150, {"receives_dibao": True}),
        ("kingdom", "bench_money", "age", 150, {}),
        ("kingdom", "pipe_money", "age", 150, {"apprentice": False}),
    ],
)
def test_wherever_an_answer_jumps_is_a_boundary(
    zz: Policy, of: str, quantity: str, fact: str, top: int, told: dict[str, object]
) -> None:
    """Every value of the fact is tried: where the answer is another than one below, both values are boundaries."""
    policy = zz if of == "zz" else kingdom()
    answers = [policy.evaluate((quantity,), {**told, fact: value}).value(quantity) for value in range(top + 1)]
    jumps = {value for value in range(1, top + 1) if answers[value] != answers[value - 1]}
    assert jumps
    assert jumps | {value - 1 for value in jumps} <= set(numbers(policy, fact))


def test_wherever_a_slope_turns_is_a_boundary() -> None:
    """Service money rises by a step a year, between a floor and a most."""
    policy = kingdom()
    paid = [policy.evaluate(("service_reward",), {"service": years}).number("service_reward") for years in range(61)]
    steps = [after - before for before, after in itertools.pairwise(paid)]
    turns = {years for years in range(1, 60) if steps[years] != steps[years - 1]}
    assert turns
    near = {value + by for value in numbers(policy, "service") for by in (-1, 0, 1)}
    assert turns <= near


def test_a_threshold_moves_with_its_parameter(zz: Policy) -> None:
    before, after = (
        set(numbers(policy, "own_income")) for policy in (zz, zz.reform({"dibao.standard.standard": pr.yuan(4_000)}))
    )
    assert pr.yuan(3_900) in before - after
    assert pr.yuan(4_000) in after - before


def test_numbers_that_are_no_days() -> None:
    for encoded in (20170229, 20170631, 20170000, 20171301, 20170132):
        found = [encode_date(day) for day in around(encoded)]
        assert len(found) == 2
        assert found[0] < encoded < found[1]
    assert around(0) == ()
    assert around(20170229) == (datetime.date(2017, 2, 28), datetime.date(2017, 3, 1))


def test_an_unknown_name_is_refused_with_the_nearest(zz: Policy) -> None:
    with pytest.raises(UnknownName, match="did you mean age"):
        numbers(zz, "ages")
