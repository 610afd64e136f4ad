"""What the calculators and checks for the disabled say beyond their figures."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Household, Person, Severity, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
UNSUPPORTED = {"disability_grade": 3, "able_to_work": False, "has_livelihood": False, "supporter": 1}


def home(poor: bool | None, *grades: int | None) -> Household:
    return Household(registered_poor=poor, persons=tuple(Person(disability_grade=grade) for grade in grades))


def test_both_subsidies_are_floors_and_add() -> None:
    due = ZZ.disability.subsidies(disability_grade=2, receives_dibao=True, extremely_poor=False)
    assert (due.living.low, due.nursing.low) == (yuan(80), yuan(80))
    assert (due.total.low, due.total.high, due.total.per) == (yuan(160), None, "month")


@pytest.mark.parametrize(("grade", "living", "nursing"), [(0, "not eligible", "not eligible"), (3, "unknown", "not eligible")])
def test_a_status_is_asked_only_where_it_decides(grade: int, living: str, nursing: str) -> None:
    due = ZZ.disability.subsidies(disability_grade=grade)
    assert (due.status("living"), due.status("nursing")) == (living, nursing)


def test_the_extremely_poor_are_left_out_whatever_else_is_unknown() -> None:
    due = ZZ.disability.subsidies(disability_grade=1, extremely_poor=True)
    assert (due.status("living"), due.status("nursing")) == ("not eligible", "not eligible")
    assert ZZ.disability.check_paid("living_subsidy", yuan(0), {"disability_grade": 1, "extremely_poor": True}).ok


def test_whether_somebody_is_extremely_poor_may_decide_the_total() -> None:
    with pytest.raises(pr.NotTold, match="extremely_poor"):
        _ = ZZ.disability.subsidies(disability_grade=1, receives_dibao=False).total


def test_who_qualifies_for_an_implant_is_asked_of_the_hearing_impaired_alone() -> None:
    assert ZZ.disability.rehabilitation(age=6, rehab_need="autism").implant is False
    assert ZZ.disability.rehabilitation(age=7, rehab_need="hearing").implant is False
    with pytest.raises(pr.NotTold, match="implant_qualified"):
        _ = ZZ.disability.rehabilitation(age=6, rehab_need="hearing").implant
    assert ZZ.disability.rehabilitation(age=0, rehab_need="hearing", implant_qualified=True).to_dict() == {
        "training": True,
        "implant": True,
    }


def test_poor_households_with_a_disabled_member_come_first_and_keep_their_order() -> None:
    first, second = home(True, 0, 4), home(True, 1)
    others = home(True, 0), home(False, 1)
    assert ZZ.disability.barrier_free_order([*others, first, second]) == (first, second, *others)
    assert ZZ.disability.barrier_free_order([]) == ()


def test_who_comes_first_may_turn_on_what_is_not_told() -> None:
    with pytest.raises(pr.NotTold, match="disability_grade"):
        ZZ.disability.barrier_free_order([home(True, 0, None)])
    with pytest.raises(pr.NotTold, match="registered_poor"):
        ZZ.disability.barrier_free_order([home(None, 1)])
    known = home(False, None), home(True, None, 1), home(None, 0)
    assert ZZ.disability.barrier_free_order(known) == (known[1], known[0], known[2])


def test_nobody_is_served_before_the_poor_who_wait() -> None:
    poor, other = home(True, 2), home(False, 2)
    (one,) = ZZ.disability.check_barrier_free(served=[other, other, poor], waiting=[poor, other])
    assert (one.code, one.severity, one.field) == ("barrier-free-order", Severity.ERROR, "served")
    assert one.provision == f"{PLAN} 第九章第三节 二"
    for served, waiting in (([poor], [poor, other]), ([other], [other]), ([], [poor]), ([other], [])):
        assert ZZ.disability.check_barrier_free(served, waiting).ok


def test_a_refusal_for_age_is_warned_of_or_an_error() -> None:
    (one,) = ZZ.disability.check_refusal(UNSUPPORTED, refused_for_age=True)
    assert (one.code, one.severity, one.field) == ("refused-for-age", Severity.WARNING, "age")
    assert one.provision == f"{PLAN} 第九章第三节 二"
    bound = ZZ.reading("wording.best_effort", "error").disability
    with pytest.raises(pr.FindingsError, match="refused for age"):
        bound.check_refusal(UNSUPPORTED, refused_for_age=True).raise_if_any()


@pytest.mark.parametrize("other", [{"disability_grade": 0}, {"able_to_work": True}, {"has_livelihood": True}, {"supporter": 2}])
def test_a_home_may_refuse_whom_it_need_not_take_in(other: dict[str, object]) -> None:
    assert not list(ZZ.disability.check_refusal(UNSUPPORTED | other, refused_for_age=True))
    assert not list(ZZ.disability.check_refusal(UNSUPPORTED, refused_for_age=False))


def test_a_payment_under_the_floor_is_an_error_and_one_over_it_is_not() -> None:
    facts = {"disability_grade": 1, "extremely_poor": False}
    (one,) = ZZ.disability.check_paid("nursing_subsidy", yuan("79.99"), facts)
    assert (one.code, one.severity) == ("underpaid", Severity.ERROR)
    assert f"{PLAN} 第九章第三节 专栏8 (1)" in one.provision
    assert ZZ.disability.check_paid("nursing_subsidy", yuan(120), facts).ok
    (none,) = ZZ.disability.check_paid("nursing_subsidy", yuan(80), facts | {"disability_grade": 3})
    assert (none.code, none.severity) == ("overpaid", Severity.ERROR)


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2015-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_the_plan_and_elsewhere_nothing_is_due(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).disability
    for read in (
        lambda: area.subsidies(disability_grade=1, receives_dibao=True, extremely_poor=False).total,
        lambda: area.rehabilitation(age=3, rehab_need=4).training,
        lambda: area.barrier_free_order([home(True, 1)]),
        lambda: area.check_barrier_free([], []),
        lambda: area.check_refusal(UNSUPPORTED, refused_for_age=True),
    ):
        with pytest.raises(error):
            read()


def test_a_box_without_a_year_may_speak_from_the_day_of_issue() -> None:
    told = {"disability_grade": 1, "receives_dibao": True, "extremely_poor": False}
    for day, status in (("2018-03-23", "not in force"), ("2018-03-24", "amount")):
        policy = pr.policy("zaozhuang-hitech", on=day).reading("period.undated_box", "from_issue")
        assert policy.disability.subsidies(**told).status("living") == status  # type: ignore[arg-type]


def test_past_the_last_date_a_refusing_policy_says_so() -> None:
    late = pr.policy("zaozhuang-hitech", on="2021-01-01", past="refuse").disability
    with pytest.raises(pr.PastLastDate, match="2020-12-31"):
        _ = late.subsidies(disability_grade=1, receives_dibao=True, extremely_poor=False).total
    with pytest.raises(pr.PastLastDate, match="2020-12-31"):
        late.check_barrier_free([], [])


# ---- Shanxi and Zhongzhan -----------------------------------------------------------------------------------------------

PRINTED = {"disability.subsidies.living": "60", "disability.subsidies.nursing": "80", "disability.severe.last_grade": 2}


@pytest.mark.parametrize("name", ["shanxi", "zhongzhan"])
@pytest.mark.parametrize("grade", range(5))
@pytest.mark.parametrize("hardship", [True, False])
@pytest.mark.parametrize("choice", ["both", "larger"])
def test_hardship_and_the_grade_decide(name: str, grade: int, hardship: bool, choice: str) -> None:
    under = pr.policy(name, on="2017-06-30").local(PRINTED, source="notice of the county")
    due = under.reading("disability.both_subsidies", choice).disability.subsidies(disability_grade=grade, in_hardship=hardship)
    owed = [60] * (hardship and grade > 0) + [80] * (grade in (1, 2))
    assert due.total.figure == yuan(sum(owed) if choice == "both" else max(owed, default=0))


def test_which_grades_are_severe_must_be_told_of_the_disabled_alone() -> None:
    shanxi = pr.policy("shanxi", on="2017-06-30")
    with pytest.raises(pr.NotStated, match=r"disability\.severe\.last_grade"):
        _ = shanxi.disability.subsidies(disability_grade=4, in_hardship=False).nursing
    assert shanxi.disability.subsidies(disability_grade=0, in_hardship=True).status("nursing") == "not eligible"


@pytest.mark.parametrize("value", ["2", -1, 1.5, True])
def test_the_last_severe_grade_is_a_whole_number(value: object) -> None:
    with pytest.raises(pr.PovertyRulesError, match="last_grade"):
        pr.policy("shanxi", on="2017-06-30").local({"disability.severe.last_grade": value}, source="notice of the county")


def test_a_poor_disabled_child_is_served_to_the_day_before_it_turns_seven() -> None:
    zhongzhan = pr.policy("zhongzhan", on="2017-06-30")
    for born, due in (("2010-06-30", False), ("2010-07-01", True), ("2017-06-30", True)):
        told = {"born": born, "disability_grade": 2, "registered_poor": True}
        answers = zhongzhan.evaluate(("rehabilitation_training", "assistive_devices"), told)
        assert answers.yes_no("rehabilitation_training") is answers.yes_no("assistive_devices") is due
    found = zhongzhan.disability.poor_child(age=3, disability_grade=2)
    with pytest.raises(pr.NotTold, match="registered_poor"):
        _ = found.devices
    with pytest.raises(pr.NoSuchRule):
        _ = ZZ.disability.poor_child(age=3, disability_grade=2, registered_poor=True).devices
