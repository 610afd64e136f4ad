"""What the calculators and the check of dibao say beyond their figures."""

from __future__ import annotations

import datetime
import itertools
import random
from fractions import Fraction

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan
from povertyrules.categories import CareClass

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
FAMILY = {"countable_income": yuan(60_000), "members": 4}
DEADLINE = datetime.date(2018, 12, 31)


def test_a_person_is_assessed_alone_where_the_family_has_no_dibao() -> None:
    alone = ZZ.dibao.single_person(own_income=yuan(0), disability_grade=2, **FAMILY)  # type: ignore[arg-type]
    assert (alone.monthly.figure, alone.monthly.per) == (yuan(325), "month")
    family = {"countable_income": yuan(10_000), "members": 4}
    with_dibao = ZZ.dibao.single_person(own_income=yuan(0), disability_grade=2, **family)  # type: ignore[arg-type]
    assert with_dibao.status("monthly") == "not eligible"


@pytest.mark.parametrize(("income", "grade"), [(yuan(0), 3), (yuan(0), 0), (yuan(3900), 1)])
def test_the_family_is_asked_only_of_someone_who_may_qualify(income: pr.Fen, grade: int) -> None:
    assert ZZ.dibao.single_person(own_income=income, disability_grade=grade).status("monthly") == "not eligible"
    with pytest.raises(pr.NotTold, match="persons"):
        _ = ZZ.dibao.single_person(own_income=yuan(3899), disability_grade=1).monthly


def test_a_limit_of_the_locality_must_be_told() -> None:
    limited = ZZ.reading("disability.family_limit", "local_limit")
    told = {"own_income": yuan(0), "disability_grade": 1}
    with pytest.raises(pr.NotStated, match="family_limit"):
        _ = limited.dibao.single_person(**told, **FAMILY).monthly  # type: ignore[arg-type]
    for limit, status in (("15000", "amount"), ("14999.99", "not eligible")):
        local = limited.local({"dibao.single_person.family_limit": limit}, source="notice of the county")
        assert local.dibao.single_person(**told, **FAMILY).status("monthly") == status  # type: ignore[arg-type]


def test_the_length_of_gradual_exit_is_not_printed_and_may_be_told() -> None:
    unknown = ZZ.dibao.gradual_exit(dibao_before=yuan(200), months_over_line=3, dibao_due=yuan(0))
    with pytest.raises(pr.NotStated, match=r"dibao\.gradual_exit\.months"):
        _ = unknown.monthly
    assert ZZ.dibao.gradual_exit(dibao_before=yuan(0), months_over_line=3, dibao_due=yuan(0)).status("monthly") == "not eligible"
    still = ZZ.dibao.gradual_exit(dibao_before=yuan(200), months_over_line=3, dibao_due=yuan(5))
    assert still.status("monthly") == "not eligible"
    told = ZZ.local({"dibao.gradual_exit.months": 6}, source="notice of the county").dibao
    assert told.gradual_exit(dibao_before=yuan(200), months_over_line=5, dibao_due=yuan(0)).monthly.figure == yuan(200)
    assert told.gradual_exit(dibao_before=yuan(200), months_over_line=6, dibao_due=yuan(0)).status("monthly") == "not eligible"


@pytest.mark.parametrize("value", ["six", "6.5", -1, True, None], ids=repr)
def test_a_number_of_months_is_whole(value: object) -> None:
    with pytest.raises(pr.PovertyRulesError, match="months"):
        ZZ.local({"dibao.gradual_exit.months": value}, source="notice of the county")  # type: ignore[dict-item]


@pytest.mark.parametrize(("day", "severity"), [(DEADLINE - datetime.timedelta(1), Severity.WARNING), (DEADLINE, Severity.ERROR)])
def test_a_shortfall_is_a_warning_until_the_day(day: datetime.date, severity: Severity) -> None:
    (one,) = ZZ.dibao.check_coverage(covered=99, qualifying=100, on=day)
    assert (one.code, one.severity, one.field) == ("dibao-coverage", severity, "covered")
    assert one.provision == f"{PLAN} 第九章第一节 专栏6"
    assert "2018-12-31" in one.message
    assert not list(ZZ.dibao.check_coverage(100, 100, day))


def test_who_is_extremely_poor_is_known_from_what_decides() -> None:
    three = {"able_to_work": False, "has_livelihood": False, "supporter": "unable"}

    def status(**facts: object) -> object:
        answers = ZZ.evaluate(("qualifies_extremely_poor",), facts)
        known = answers.status("qualifies_extremely_poor") == "amount"
        return answers.yes_no("qualifies_extremely_poor") if known else answers.status("qualifies_extremely_poor")

    assert status(age=60, **three) is True  # whether disabled need not be told
    assert status(age=15, **three) is True
    assert status(age=16, **three) == "unknown"
    assert status(age=59, disability_grade=0, **three) is False
    assert status(able_to_work=True) is False
    assert status(supporter="able") is False


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2016-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_2017_and_elsewhere_nothing_is_held(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).dibao
    for read in (
        lambda: area.single_person(own_income=yuan(0), disability_grade=1, **FAMILY).monthly,  # type: ignore[arg-type]
        lambda: area.gradual_exit(dibao_before=yuan(200), months_over_line=3, dibao_due=yuan(0)).monthly,
        lambda: area.check_coverage(1, 1, DEADLINE),
    ):
        with pytest.raises(error):
            read()


def test_past_the_year_of_the_standard_a_refusing_policy_says_so() -> None:
    late = pr.policy("zaozhuang-hitech", on="2018-01-01", past="refuse").dibao
    with pytest.raises(pr.PastLastDate, match="2017-12-31"):
        _ = late.single_person(own_income=yuan(0), disability_grade=1, **FAMILY).monthly  # type: ignore[arg-type]
    assert late.check_coverage(1, 1, DEADLINE).ok


# ---- Shanxi and Ankang --------------------------------------------------------------------------------------------------

SHANXI = pr.policy("shanxi", on="2017-06-30").local({"dibao.standard.standard": "3000"}, source="notice of the county")
ANKANG = pr.policy("ankang", on="2020-06-30").local({"dibao.standard.standard": "4500"}, source="notice of the county")


def test_a_standard_that_is_not_printed_comes_from_the_caller() -> None:
    with pytest.raises(pr.NotStated, match=r"dibao\.standard\.standard"):
        _ = pr.policy("shanxi", on="2017-06-30").dibao.top_up(countable_income=yuan(0), members=1, full_dibao=False).monthly
    due = SHANXI.dibao.top_up(countable_income=yuan(0), members=1, full_dibao=False)
    assert (due.monthly.figure, due.monthly.quality) == (yuan(250), "supplied")


def test_the_whole_standard_asks_for_no_income_and_the_gap_does() -> None:
    due = SHANXI.dibao.top_up(countable_income=yuan(5000), members=3, full_dibao=True)
    assert (due.gap.figure, due.monthly.figure) == (yuan(9000), yuan(750))
    assert SHANXI.dibao.top_up(countable_income=yuan(5000), members=3, full_dibao=False).gap.figure == yuan(4000)
    with pytest.raises(pr.NotTold, match="persons"):
        _ = SHANXI.dibao.top_up(countable_income=yuan(5000), members=3).gap


@pytest.mark.parametrize("grounds", list(itertools.product([True, False, None], repeat=3)))
def test_a_household_comes_under_dibao_on_its_grounds(grounds: tuple[bool | None, ...]) -> None:
    names = ("industry_blocked", "no_self_reliance", "illness_poverty")
    told = dict(zip(names, grounds, strict=True))
    worlds = [dict(zip(names, one, strict=True)) for one in itertools.product([True, False], repeat=3)]
    left = [one for one in worlds if all(value in (told[name], None) or told[name] is None for name, value in one.items())]
    verdicts = {(one["industry_blocked"] and one["no_self_reliance"]) or one["illness_poverty"] for one in left}
    found = SHANXI.dibao.batch(registered_poor=True, **told)
    assert found.status("due") == ("amount" if len(verdicts) == 1 else "unknown")
    if len(verdicts) == 1:
        assert found.due in verdicts
    assert SHANXI.dibao.batch(registered_poor=False, **told).due is False


def test_income_and_property_are_both_tested_and_the_income_after_rigid_expenses() -> None:
    dice = random.Random(5)
    for _ in range(300):
        members, income, rigid = dice.randint(1, 6), dice.randrange(4_000_000), dice.choice([0, dice.randrange(1_000_000)])
        within = dice.random() < 0.7
        left, whole = max(income - rigid, 0), 450_000 * members
        gap = whole - left if within and left < whole else 0
        found = ANKANG.dibao.top_up(
            countable_income=pr.Fen(income), members=members, property_within_limit=within, rigid_expenses=pr.Fen(rigid)
        )
        assert found.gap.figure == gap
        assert abs(Fraction(found.monthly.figure) - Fraction(gap, 12)) <= Fraction(1, 2)


def test_rigid_expenses_that_are_not_told_are_an_assumption_of_a_statement() -> None:
    incomes = [pr.Income(kind="wage", amount=yuan(3000))]
    home = pr.Household(persons=[pr.Person()], incomes=incomes, property_within_limit=True)
    statement = ANKANG.assess(home)
    assert "125.00 yuan a month" in [str(line.amount) for line in statement.lines]
    assert any("rigid expenses" in str(one) for one in statement.assumptions)


def test_a_supplement_and_a_persons_own_dibao_rest_on_the_item_of_special_policies() -> None:
    found = ANKANG.dibao.supplement(receives_dibao=True, dibao_category=True)
    with pytest.raises(pr.NotStated, match=r"dibao\.category_supplement\.amount is not printed \[.*附件5 一 3"):
        _ = found.monthly
    ill = {"registered_poor": True, "exited": False, "seriously_ill": True, "labour_reduced": True}
    alone = ANKANG.dibao.single_person_of_group(own_income=yuan(0), dibao_due=yuan(0), **ill)
    assert alone.monthly.figure == yuan(375)
    assert any(one.endswith("附件5 一 3") for one in alone.citations())


@pytest.mark.parametrize("needed", CareClass)
@pytest.mark.parametrize("signed", CareClass)
def test_an_agreement_is_of_the_class_of_care_that_is_needed(needed: CareClass, signed: CareClass) -> None:
    facts = {"extremely_poor": True, "support_mode": "dispersed", "care_class": needed.name.lower()}
    found = ANKANG.dibao.check_care_agreement(facts, signed)
    assert found.ok is (needed is signed)
    assert [(one.code, one.provision[-7:]) for one in found] == [("care-agreement", "附件5 二 5")] * (needed is not signed)
    assert not list(ANKANG.dibao.check_care_agreement({**facts, "support_mode": "centralised"}, signed))


def test_an_agreement_is_checked_only_where_it_is_known_to_be_due() -> None:
    with pytest.raises(pr.NotTold, match="care_class"):
        ANKANG.dibao.check_care_agreement({"extremely_poor": True, "support_mode": "dispersed"}, "full_care")
    with pytest.raises(pr.CategoryError, match="agreement"):
        ANKANG.dibao.check_care_agreement({"extremely_poor": False}, "none")
    with pytest.raises(pr.NoSuchRule):
        ZZ.dibao.check_care_agreement({"extremely_poor": False}, "full_care")
