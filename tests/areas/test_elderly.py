"""What the calculators for the old and of dibao say beyond their figures."""

import pytest

import povertyrules as pr
from povertyrules import yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")


def test_a_hundred_and_three_years_are_worth_at_least_430_a_month() -> None:
    total = ZZ.elderly.allowances(age=103, receives_dibao=False, unable_to_care=False).total
    assert total == pr.Amount(yuan(430), yuan(430), None, "stated", "month")


def test_a_part_that_the_text_does_not_state_leaves_the_total_open() -> None:
    found = ZZ.elderly.allowances(age=100, receives_dibao=True, unable_to_care=True)
    with pytest.raises(pr.NotStated, match="99"):
        _ = found.dibao_old_age
    assert (found.total.figure, found.total.low, found.total.high) == (yuan(460), yuan(460), None)


def test_a_status_left_out_raises_only_where_it_decides() -> None:
    found = ZZ.elderly.allowances(age=85, receives_dibao=True)
    assert found.dibao_old_age.figure == yuan(100)
    with pytest.raises(pr.NotTold, match="unable_to_care"):
        _ = found.care
    with pytest.raises(pr.NotTold, match="unable_to_care"):
        _ = found.total


@pytest.mark.parametrize("age", [-1, 151, 80.0, True, "80"])
def test_an_age_is_a_whole_number_of_years(age: object) -> None:
    with pytest.raises(pr.InputError, match="age"):
        ZZ.elderly.allowances(age=age)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2016-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_where_no_allowance_is_held_the_total_is_not_nothing(name: str, day: str, error: type[Exception]) -> None:
    found = pr.policy(name, on=day).elderly.allowances(age=85, receives_dibao=False, unable_to_care=False)
    with pytest.raises(error):
        _ = found.old_age
    with pytest.raises(error):
        _ = found.total


def test_past_the_last_date_a_refusing_policy_gives_no_total() -> None:
    found = pr.policy("zaozhuang-hitech", on="2018-01-01", past="refuse").elderly.allowances(age=85)
    assert found.status("old_age") == "past its last date"
    with pytest.raises(pr.PastLastDate, match="2017-12-31"):
        _ = found.total


def test_why_there_is_no_allowance() -> None:
    found = ZZ.elderly.allowances(age=79, receives_dibao=True, unable_to_care=False)
    assert "79 < 80" in found.why_not("old_age")
    assert "年龄 79 < 80" in found.why_not("dibao_old_age", "zh")
    assert "否" in found.why_not("care", "zh")


def test_dibao_of_a_household_is_paid_by_the_month_and_its_gap_is_of_the_year() -> None:
    found = ZZ.dibao.top_up(countable_income=yuan(6_000), members=3)
    assert (found.gap.figure, found.gap.per) == (yuan(5_700), "year")
    assert (found.monthly.figure, found.monthly.per) == (yuan(475), "month")


def test_dibao_of_a_household_above_the_standard_says_which_condition_fails() -> None:
    found = ZZ.dibao.top_up(countable_income=yuan(11_700), members=3)
    assert "dibao gap of the year 0.00" in found.why_not("monthly")
    assert "低保年缺口" in found.why_not("monthly", "zh")


@pytest.mark.parametrize("members", [0, 31, -1, 2.0, True])
def test_a_household_has_one_to_thirty_members(members: object) -> None:
    with pytest.raises(pr.InputError, match="members"):
        ZZ.dibao.top_up(countable_income=yuan(0), members=members)  # type: ignore[arg-type]


@pytest.mark.parametrize("rounding", ["household", "per_head"])
def test_a_household_of_nobody_is_refused(rounding: str) -> None:
    under = ZZ.reading("dibao.household_rounding", rounding)
    with pytest.raises(pr.RangeError, match="at least 1"):
        under.evaluate(("dibao_due",), {"persons": [], "countable_income": pr.yuan(0)})


def test_of_the_hardship_allowance_nothing_is_printed() -> None:
    shanxi = pr.policy("shanxi", on="2017-06-30")
    with pytest.raises(pr.NotStated, match=r"elderly\.hardship\.\w+ is not printed"):
        _ = shanxi.elderly.hardship(age=90, in_hardship=True, unable_to_care=True).allowance
    assert shanxi.elderly.hardship(age=90, in_hardship=False).status("allowance") == "not eligible"


@pytest.mark.parametrize("age", [0, 59, 60, 79, 80, 150])
@pytest.mark.parametrize("unable", [True, False])
def test_the_hardship_allowance_is_one_whatever_the_ground(age: int, unable: bool) -> None:
    local = {"elderly.hardship.amount": "50", "elderly.hardship.first_age": 60, "elderly.hardship.very_old_age": 80}
    area = pr.policy("shanxi", on="2017-06-30").local(local, source="notice of the county").elderly
    due = age >= 80 or (age >= 60 and unable)
    assert area.hardship(age=age, in_hardship=True, unable_to_care=unable).allowance.figure == yuan(50 * due)


def test_care_is_asked_only_of_those_who_are_not_very_old() -> None:
    local = {"elderly.hardship.amount": "50", "elderly.hardship.first_age": 60, "elderly.hardship.very_old_age": 80}
    area = pr.policy("shanxi", on="2017-06-30").local(local, source="notice of the county").elderly
    assert area.hardship(age=80, in_hardship=True).allowance.figure == yuan(50)
    with pytest.raises(pr.NotTold, match="unable_to_care"):
        _ = area.hardship(age=79, in_hardship=True).allowance
