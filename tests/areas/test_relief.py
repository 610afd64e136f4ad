"""What the calculator of temporary relief says beyond its figure."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def test_relief_is_paid_once_and_cites_the_standard_it_rests_on() -> None:
    found = ZZ.relief.temporary(relief_cause="major_illness", living_difficulty=True, members=3, relief_months=2)
    assert (found.eligible, found.amount.figure, found.amount.per) == (True, yuan(325 * 3 * 2), "once")
    cited = found.citations()
    assert f"{PLAN} 专栏7 第10条" in cited
    assert f"{PLAN} 第九章第一节 三" in cited
    assert any("专栏6" in one for one in cited)


@pytest.mark.parametrize(("cause", "difficulty"), [("none", True), ("accident", False)])
def test_without_a_cause_or_without_difficulty_no_time_is_asked(cause: str, difficulty: bool) -> None:
    found = ZZ.relief.temporary(relief_cause=cause, living_difficulty=difficulty, members=3)
    assert (found.eligible, found.status("amount")) == (False, "not eligible")
    assert found.amount.figure == yuan(0)


def test_each_unit_of_time_asks_for_its_own() -> None:
    told = {"relief_cause": 1, "living_difficulty": True, "members": 1}
    with pytest.raises(pr.NotTold, match="relief_months"):
        _ = ZZ.relief.temporary(**told, relief_days=30).amount  # type: ignore[arg-type]
    days = ZZ.reading("relief.time_unit", "days").relief
    with pytest.raises(pr.NotTold, match="relief_days"):
        _ = days.temporary(**told, relief_months=1).amount  # type: ignore[arg-type]
    assert days.temporary(**told, relief_days=30).amount.figure == yuan(325)  # type: ignore[arg-type]


def test_a_cause_that_is_not_named_counts_in_an_open_list() -> None:
    told = {"relief_cause": "other", "living_difficulty": True, "members": 1, "relief_months": 1}
    assert ZZ.relief.temporary(**told).eligible is True  # type: ignore[arg-type]
    closed = ZZ.reading("wording.open_list", "closed").relief.temporary(**told)  # type: ignore[arg-type]
    assert closed.to_dict()["eligible"] is False


def test_a_payment_is_the_product_or_an_error() -> None:
    facts = {"relief_cause": 1, "living_difficulty": True, "members": 2, "relief_months": 1}
    for paid, codes in ((650, []), (649, ["underpaid"]), (651, ["overpaid"])):
        found = ZZ.relief.check_paid("temporary_relief", yuan(paid), facts)
        assert [one.code for one in found] == codes
        assert all(one.severity is Severity.ERROR for one in found)


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2016-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_2017_and_elsewhere_there_is_no_relief(name: str, day: str, error: type[Exception]) -> None:
    found = pr.policy(name, on=day).relief.temporary(relief_cause=1, living_difficulty=True, members=1, relief_months=1)
    for field in ("eligible", "amount"):
        with pytest.raises(error):
            getattr(found, field)


def test_past_the_year_of_the_box_the_terms_stand_and_the_amount_does_not() -> None:
    late = pr.policy("zaozhuang-hitech", on="2018-01-01", past="refuse").relief
    found = late.temporary(relief_cause=1, living_difficulty=True, members=1, relief_months=1)
    assert (found.eligible, found.status("amount")) == (True, "past its last date")
    with pytest.raises(pr.PastLastDate, match="2017-12-31"):
        _ = found.amount
