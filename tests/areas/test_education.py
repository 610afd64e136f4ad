"""What the calculators and checks of aid to students say beyond their figures."""

from __future__ import annotations

import datetime
import json

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
BOX = f"{PLAN} 第六章第二节 专栏4"
STUDENT = {"school_stage": "senior_high", "registered_poor": True}


def test_a_grant_that_is_an_average_says_so() -> None:
    aid = ZZ.education.package(school_stage="preschool", registered_poor=True)
    assert (aid.preschool_grant.figure, aid.preschool_grant.quality, aid.preschool_grant.per) == (yuan(1200), "average", "year")
    assert str(aid.total) == "1,200.00 yuan a year on average"


def test_the_loan_is_a_ceiling_and_not_in_the_total() -> None:
    aid = ZZ.education.package(school_stage="undergraduate", registered_poor=True, merit_award=True)
    assert (aid.loan.low, aid.loan.high) == (yuan(0), yuan(8000))
    assert aid.total.figure == yuan(3000) + yuan(5000) + yuan(3000)


def test_what_is_not_told_is_asked_only_where_it_decides() -> None:
    aid = ZZ.education.package(school_stage="primary", registered_poor=True)
    assert (aid.free_textbooks, aid.misc_fee_waived, aid.care_fee_waived) == (True, True, False)
    with pytest.raises(pr.NotTold, match="boarder"):
        _ = aid.boarding_subsidy
    with pytest.raises(pr.NotTold, match="boarder"):
        _ = aid.total
    assert aid.status("one_off") == "not eligible"


def test_nobody_need_tell_whether_he_is_poor_who_is_not_at_school() -> None:
    aid = ZZ.education.package(school_stage="none")
    assert {aid.status(field) for field in ("preschool_grant", "boarding_subsidy", "yulu", "one_off")} == {"not eligible"}
    assert aid.total.figure == yuan(0)


def test_tuition_of_a_vocational_school_is_waived_for_the_poor_or_the_full_time_student() -> None:
    ask = ZZ.education.package
    assert ask(school_stage=5, full_time=True).tuition_waived is True
    assert ask(school_stage=5, registered_poor=True).tuition_waived is True
    assert ask(school_stage=5, registered_poor=False, full_time=False).tuition_waived is False
    with pytest.raises(pr.NotTold, match="full_time"):
        _ = ask(school_stage=5, registered_poor=False).tuition_waived


def test_one_off_aid_for_a_child_of_the_disabled_in_senior_high_is_not_stated() -> None:
    told = {"registered_poor": True, "disability_grade": 0, "parent_disabled": True, "aided_in_stage": False}
    aid = ZZ.education.package(school_stage="senior_high", **told)  # type: ignore[arg-type]
    assert aid.status("one_off") == "unstated"
    with pytest.raises(pr.NotStated):
        _ = aid.one_off


def test_the_answers_are_data_for_json() -> None:
    data = ZZ.education.package(school_stage="senior_high", registered_poor=True).to_dict()
    assert data["senior_grant"]["figure"] == "2000.00"
    assert (data["misc_fee_waived"], data["tuition_waived"], data["one_off"]) == (True, False, "unknown")
    assert json.loads(json.dumps(data)) == data


def test_a_waived_fee_that_was_charged_is_an_error_each() -> None:
    found = ZZ.education.check_fees(
        {"school_stage": "primary", "registered_poor": True}, {"misc_fee": yuan(100), "textbooks": yuan(60), "tuition": yuan(5)}
    )
    assert [(one.code, one.severity, one.field) for one in found] == [
        ("waived", Severity.ERROR, "misc_fee"),
        ("waived", Severity.ERROR, "textbooks"),
    ]
    assert all(one.provision == f"{BOX} 第3段; 第一节 二" for one in found)
    assert "100.00" in found.found[0].message
    with pytest.raises(pr.FindingsError, match=r"60\.00"):
        found.raise_if_any()


@pytest.mark.parametrize("charged", [{}, {"misc_fee": yuan(0)}, {"tuition": yuan(800)}, {"care_fee": yuan(800)}])
def test_a_fee_that_is_not_waived_may_be_charged(charged: dict[str, pr.Fen]) -> None:
    found = ZZ.education.check_fees(STUDENT, charged)
    assert found.ok
    found.raise_if_any()
    assert found.to_dict() == {"ok": True, "findings": []}


def test_whether_a_fee_is_waived_may_turn_on_what_is_not_told() -> None:
    with pytest.raises(pr.NotTold, match="registered_poor"):
        ZZ.education.check_fees({"school_stage": "senior_high"}, {"misc_fee": yuan(100)})
    assert ZZ.education.check_fees({"school_stage": "senior_high"}, {"care_fee": yuan(100)}).ok


@pytest.mark.parametrize(("year", "enrolled", "ok"), [(2017, 79, False), (2017, 80, True), (2018, 89, False), (2018, 90, True)])
def test_the_share_of_vocational_schools(year: int, enrolled: int, ok: bool) -> None:
    found = ZZ.education.check_vocational(year, graduates=100, enrolled=enrolled)
    assert found.ok is ok
    for one in found:
        assert (one.code, one.severity, one.field) == ("vocational-share", Severity.ERROR, "enrolled")
        assert one.provision == f"{PLAN} 第六章第一节 二"


def test_of_the_poor_all_go_to_vocational_schools() -> None:
    found = ZZ.education.check_vocational(2017, 10, 9, registered_poor=True)
    assert [(one.code, one.severity) for one in found] == [("vocational-poor", Severity.ERROR)]
    assert ZZ.education.check_vocational(2020, 10, 10, registered_poor=True).ok


def test_in_later_years_the_share_must_not_fall() -> None:
    with pytest.raises(pr.NotTold, match="last_year_graduates, last_year_enrolled"):
        ZZ.education.check_vocational(2019, 100, 95)
    last = {"last_year_graduates": 50, "last_year_enrolled": 46}
    assert ZZ.education.check_vocational(2019, 100, 92, **last).ok
    assert [one.code for one in ZZ.education.check_vocational(2020, 100, 91, **last)] == ["vocational-falling"]


@pytest.mark.parametrize("year", [2016, 2021])
def test_of_other_years_nothing_is_stated(year: int) -> None:
    with pytest.raises(pr.NotStated, match=str(year)):
        ZZ.education.check_vocational(year, 100, 100)


def test_aid_is_offered_to_all_or_it_is_an_error() -> None:
    assert ZZ.education.check_coverage(offered=42, eligible=42).ok
    (one,) = ZZ.education.check_coverage(offered=41, eligible=42)
    assert (one.code, one.severity, one.field) == ("aid-coverage", Severity.ERROR, "offered")
    assert one.provision == f"{PLAN} 第六章第一节 一"


def test_an_average_may_be_missed_by_one_payment_but_a_fixed_amount_may_not() -> None:
    (average,) = ZZ.education.check_paid("senior_grant", yuan(1500), STUDENT)
    assert (average.code, average.severity, average.field) == ("average", Severity.WARNING, "senior_grant")
    pupil = {"school_stage": "junior", "registered_poor": True, "boarder": True}
    for paid, code in ((yuan("1249.99"), "underpaid"), (yuan("1250.01"), "overpaid")):
        (one,) = ZZ.education.check_paid("boarding_subsidy", paid, pupil)
        assert (one.code, one.severity) == (code, Severity.ERROR)
        assert one.provision == f"{BOX} 第1段"
    assert not list(ZZ.education.check_paid("boarding_subsidy", yuan(1250), pupil))


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2015-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_the_plan_and_elsewhere_there_is_no_aid(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).education
    aid = area.package(school_stage=5, registered_poor=True)
    for field in ("yulu", "total", "tuition_waived"):
        with pytest.raises(error):
            getattr(aid, field)
    for call in (
        lambda: area.check_vocational(2017, 1, 1),
        lambda: area.check_coverage(1, 1),
        lambda: area.check_fees(STUDENT, {"misc_fee": yuan(5)}),
        lambda: area.check_paid("yulu_aid", yuan(5), STUDENT),
    ):
        with pytest.raises(error):
            call()


def test_a_box_without_a_year_may_speak_from_the_day_of_issue() -> None:
    on_issue = pr.policy("zaozhuang-hitech", on="2018-03-24").reading("period.undated_box", "from_issue")
    assert on_issue.education.package(school_stage=5, registered_poor=True).yulu.figure == yuan(3000)
    before = pr.policy("zaozhuang-hitech", on="2018-03-23").reading("period.undated_box", "from_issue")
    assert before.education.package(school_stage=5, registered_poor=True).status("yulu") == "not in force"


def test_past_the_last_date_a_refusing_policy_says_so() -> None:
    late = pr.policy("zaozhuang-hitech", on="2021-01-01", past="refuse").education
    assert late.package(school_stage=5, registered_poor=True).status("yulu") == "past its last date"
    with pytest.raises(pr.PastLastDate, match="2020-12-31"):
        late.check_coverage(1, 1)


# ---- the other documents -----------------------------------------------------------------------------------------------------

JILIN, SX = pr.policy("jilin", on="2016-06-30"), pr.policy("shanxi", on="2017-06-30")
ANKANG, ZHONGZHAN = pr.policy("ankang", on="2020-06-30"), pr.policy("zhongzhan", on="2016-06-30")
SHANXI = "山西省“十三五”脱贫攻坚规划"


def test_who_is_freed_from_senior_high_fees_is_what_each_reading_says() -> None:
    said = {
        "either": lambda stage, poor, disabled: (poor or disabled) if stage == 4 else poor,
        "both": lambda stage, poor, disabled: stage == 4 and poor and disabled,
        "registered_poor": lambda stage, poor, disabled: poor,
    }
    for choice, freed in said.items():
        under = SX.reading("education.senior_high_waiver", choice).education
        for stage in (4, 5):
            for poor in (True, False):
                for grade in (0, 3):
                    found = under.fees(school_stage=stage, registered_poor=poor, disability_grade=grade, misc_fee=yuan(800))
                    assert found.misc_fee_waived is freed(stage, poor, grade > 0)
                    assert found.misc_fee_due.figure == (0 if found.misc_fee_waived else yuan(800))


def test_fees_of_which_a_document_says_nothing_are_no_rule_of_it() -> None:
    found = JILIN.education.fees(school_stage=4, registered_poor=True, poor_area=True)
    assert found.misc_fee_waived
    for field in ("free_textbooks", "boarding_fee_waived", "tuition_waived", "tuition_due"):
        assert found.status(field) == "no such rule"


@pytest.mark.parametrize(
    ("fee", "locators"),
    [
        ("boarding_fee", ["第五章 三 加强贫困人口职业教育"]),
        ("misc_fee", ["第九章 一 强化贫困地区普通高中教育; 专栏11 2 基础教育扶贫"]),
    ],
)
def test_a_fee_that_was_charged_is_found_with_the_clause_that_waives_it(fee: str, locators: list[str]) -> None:
    student = {"school_stage": "secondary_vocational", "registered_poor": True}
    (one,) = SX.education.check_fees(student, {fee: yuan(400)})
    assert (one.code, one.field) == ("waived", fee)
    assert all(f"{SHANXI} {locator}" in one.provision for locator in locators)
    with pytest.raises(pr.NoSuchRule):
        JILIN.education.check_fees(student, {"tuition": yuan(400)})


def test_an_amount_that_is_not_printed_is_the_callers_and_says_so() -> None:
    boarder = {"school_stage": "primary", "registered_poor": True, "boarder": True}
    with pytest.raises(pr.NotStated, match=r"education\.boarding\.amount"):
        _ = SX.education.aid(**boarder).boarding_subsidy  # type: ignore[arg-type]
    told = SX.local({"education.boarding.amount": yuan(1000)}, source="county notice")
    found = told.education.aid(**boarder).boarding_subsidy  # type: ignore[arg-type]
    assert (found.figure, found.quality) == (yuan(1000), "supplied")
    assert SX.education.aid(**boarder | {"boarder": False}).boarding_subsidy.figure == 0  # type: ignore[arg-type]


def test_one_of_three_grounds_is_enough_for_what_the_district_adds() -> None:
    told = ZHONGZHAN.local(
        {"education.district_extra.living": "400", "education.district_extra.textbooks": "100"}, source="notice"
    )
    grounds = [{"school_stage": "preschool"}, {"boarder": True}, {"named_school": "fourth_middle"}]
    for ground in grounds:
        found = told.education.aid(registered_poor=True, **ground)  # type: ignore[arg-type]
        assert (found.nutrition, found.district_living.figure, found.district_textbooks.figure) == (True, yuan(400), yuan(100))
    none = told.education.aid(registered_poor=True, school_stage="junior", boarder=False, named_school="longxiang")
    assert (none.nutrition, none.district_living.figure) == (False, 0)


def test_aid_runs_from_the_last_year_of_preschool_to_university() -> None:
    covered = {
        stage: ANKANG.education.aid(registered_poor=True, school_stage=stage, last_preschool_year=False).covered
        for stage in range(9)
    }
    assert covered == {stage: 2 <= stage <= 7 for stage in range(9)}
    assert ANKANG.education.aid(registered_poor=True, school_stage="preschool", last_preschool_year=True).covered


@pytest.mark.parametrize(
    ("day", "covered"), [("2013-12-31", False), ("2014-01-01", True), ("2015-12-31", True), ("2016-01-01", False)]
)
def test_who_left_poverty_in_two_years_is_covered_still(day: str, covered: bool) -> None:
    told = {"registered_poor": False, "difficulty_certified": False, "exited_on": datetime.date.fromisoformat(day)}
    assert ANKANG.education.aid(school_stage="junior", **told).covered is covered  # type: ignore[arg-type]
