"""What the calculator of temporary relief says beyond its figure."""

from __future__ import annotations

import random
from typing import Any

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan
from povertyrules.categories import ReliefCause

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


# ---- Ankang: grounds, and who is surveyed -------------------------------------------------------------------------------

ANKANG = pr.policy("ankang", on="2020-06-30")
LOCAL = ANKANG.local({"relief.grounds.amount": "2000"}, source="decision of the town")
Facts = dict[str, Any]


def some_home(dice: random.Random) -> Facts:
    flags = ("registered_poor", "exited", "large_expenditure", "life_disturbed", "income_within_limit", "property_within_limit")
    home: Facts = {name: dice.random() < 0.5 for name in flags}
    home |= {"relief_cause": dice.randrange(8), "poverty_risk": dice.randrange(4)}
    ways = [(dice.random() < 0.2, dice.random() < 0.2, dice.choice((1, 2))) for _ in range(dice.randint(1, 3))]
    members = [pr.Person(receives_dibao=dibao, extremely_poor=poor, support_mode=mode) for dibao, poor, mode in ways]
    return home | {"persons": members}


def by_hand(home: Facts) -> tuple[bool, bool, bool, bool]:
    """What annex 5 part 3 item 8 says of a home: surveyed, large expenditure, housing, against poverty to come."""
    on_dibao = any(one.receives_dibao for one in home["persons"])
    extremely = [one for one in home["persons"] if one.extremely_poor]
    surveyed = not (on_dibao or extremely or (home["registered_poor"] and not home["exited"]))
    large = (
        (home["registered_poor"] or on_dibao or bool(extremely))
        and home["relief_cause"] != 0
        and home["large_expenditure"]
        and home["life_disturbed"]
    )
    group = home["registered_poor"] or on_dibao or any(one.support_mode == 2 for one in extremely)
    housing = group and home["relief_cause"] == 7 and home["life_disturbed"]
    risky = {0: False, 1: home["exited"] and home["life_disturbed"], 2: home["life_disturbed"], 3: True}
    return surveyed, large, housing, risky[home["poverty_risk"]]


def test_grounds_and_survey_are_those_of_the_annex() -> None:
    dice = random.Random(8)
    for _ in range(1000):
        home = some_home(dice)
        found, by = LOCAL.relief.grounds(**home), by_hand(home)
        assert (found.survey, found.large_expenditure, found.housing, found.prevention) == by
        within = home["income_within_limit"] and home["property_within_limit"]
        due = any(by[1:]) and (within or not by[0])
        assert (found.eligible, found.amount.figure) == (due, yuan(2000 * due))
        refused = [str(one.severity) for one in LOCAL.relief.check_refusal(home)]
        assert refused == (["error" if by[2] or by[3] else "warning"] if due else [])


def test_each_ground_cites_its_own_sentence() -> None:
    home = {"registered_poor": True, "exited": False, "relief_cause": "housing", "life_disturbed": True, "poverty_risk": "none"}
    found = LOCAL.relief.grounds(**home, large_expenditure=False, persons=[pr.Person()])  # type: ignore[arg-type]
    ends = {name: [one[-6:] for one in found.answers.citations([name])] for name in ("relief_survey", "relief_prevention")}
    assert ends == {"relief_survey": ["三 8(二)"], "relief_prevention": ["三 8(四)"]}
    (one,) = LOCAL.relief.check_refusal({**home, "large_expenditure": False})
    assert (one.code, one.provision[-6:]) == ("relief-refused", "三 8(三)")


def test_who_is_spared_need_not_tell_income_or_property_and_the_amount_is_not_printed() -> None:
    found = ANKANG.relief.grounds(persons=[pr.Person(receives_dibao=True)], poverty_risk="returned")
    assert (found.survey, found.eligible, found.status("amount")) == (False, True, "unstated")
    with pytest.raises(pr.NotStated, match=r"relief\.grounds\.amount"):
        _ = found.amount


def test_how_grave_a_refusal_is_may_turn_on_what_is_not_told() -> None:
    told = {"registered_poor": True, "exited": False, "relief_cause": 5, "large_expenditure": True, "life_disturbed": True}
    with pytest.raises(pr.NotTold, match="poverty_risk"):
        ANKANG.relief.check_refusal(told)
    (one,) = ANKANG.relief.check_refusal({**told, "poverty_risk": 0})
    assert one.severity is Severity.WARNING
    with pytest.raises(pr.NoSuchRule):
        ZZ.relief.check_refusal(told)


# ---- Zhongzhan ----------------------------------------------------------------------------------------------------------


def test_a_patient_of_a_poor_family_is_relieved_for_a_major_illness_alone() -> None:
    area = pr.policy("zhongzhan", on="2017-06-30").local({"relief.sudden_illness.amount": "3000"}, source="decision").relief
    for cause in ReliefCause:
        found = area.sudden_illness(registered_poor=True, relief_cause=cause, family_support=False, living_difficulty=True)
        assert found.eligible is (cause is ReliefCause.MAJOR_ILLNESS)
    assert area.sudden_illness(registered_poor=False, relief_cause=3).status("amount") == "not eligible"
