"""What the calculators and checks of exit say beyond their figures."""

from __future__ import annotations

import datetime

import pytest

import povertyrules as pr
from povertyrules import Household, Person, Severity, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
EXIT = f"{PLAN} 第二章第四节"
ERROR, WARNING = Severity.ERROR, Severity.WARNING
GUARANTEES = ("enough_food", "enough_clothing", "education_secured", "medical_secured", "housing_secured")
ALL = dict.fromkeys(GUARANTEES, True)


def home(income: str, **facts: bool | None) -> Household:
    wage = pr.Income(kind=pr.IncomeKind.WAGE, amount=yuan(income))
    return Household(registered_poor=True, persons=(Person(),) * 3, incomes=(wage,), **ALL | facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(("income", "over"), [(yuan(10_527), False), (yuan("10527.01"), True)])
def test_income_must_be_over_the_line(income: pr.Fen, over: bool) -> None:
    found = ZZ.exit.test(register_net_income=income, members=3, registered_poor=True, **ALL)
    assert (found.income_over_line, found.fit) == (over, over)


def test_one_thing_that_fails_decides() -> None:
    for name in GUARANTEES:
        assert ZZ.exit.test(register_net_income=yuan(20_000), members=3, **{name: False}).fit is False
    with pytest.raises(pr.NotTold, match="housing_secured"):
        _ = ZZ.exit.test(register_net_income=yuan(20_000), members=3, registered_poor=True, **ALL | {"housing_secured": None}).fit


def test_a_year_without_a_printed_line_has_no_answer() -> None:
    found = pr.policy("zaozhuang-hitech", on="2018-06-30").exit.test(register_net_income=yuan(20_000), members=3)
    assert found.status("income_over_line") == "unstated"
    with pytest.raises(pr.NotStated, match="2017"):
        _ = found.income_over_line


def test_a_household_that_may_leave_has_no_finding() -> None:
    assert ZZ.exit.check(home("10527.01")).to_dict() == {"ok": True, "findings": []}


@pytest.mark.parametrize("name", GUARANTEES)
@pytest.mark.parametrize("value", [False, None])
def test_each_guarantee_is_asked_for(name: str, value: bool | None) -> None:
    (one,) = ZZ.exit.check(home("20000", **{name: value}))
    assert (one.code, one.severity, one.field) == ("guarantee", ERROR, name)
    assert one.provision == f"{EXIT} 二(一)"


def test_an_income_on_the_line_is_an_error() -> None:
    found = ZZ.exit.check(home("10527"))
    assert [(one.code, one.severity, one.field) for one in found] == [("income", ERROR, "incomes")]
    with pytest.raises(pr.FindingsError, match="income"):
        found.raise_if_any()
    assert [one.code for one in ZZ.exit.check(Household())] == ["not-registered", "income"] + ["guarantee"] * 5


def test_the_income_is_of_the_twelve_months_before() -> None:
    old = Household(persons=(Person(),), incomes=(), income_from="2010-01-01", income_to="2010-06-30", **ALL)  # type: ignore[arg-type]
    with pytest.raises(pr.DateError, match="income_to"):
        ZZ.exit.check(old)


@pytest.mark.parametrize(
    ("day", "what", "severity"),
    [
        ("2018-12-31", "person", None), ("2019-01-01", "person", WARNING), ("2020-12-31", "person", WARNING),
        ("2021-01-01", "person", ERROR), ("2017-12-31", "village", None), ("2018-01-01", "village", WARNING),
        ("2021-01-01", "village", ERROR),
    ],
)  # fmt: skip
def test_an_exit_is_in_time_late_or_refused(day: str, what: str, severity: Severity | None) -> None:
    found = ZZ.exit.check_date(datetime.date.fromisoformat(day), what)
    assert [(one.code, one.severity, one.field) for one in found] == ([("late", severity, "exited_on")] if severity else [])
    assert all(one.provision == f"{EXIT} 二" for one in found)


@pytest.mark.parametrize(
    ("choice", "day", "ok"),
    [
        ("only_2018", "2018-12-31", True), ("only_2018", "2019-01-01", False), ("only_2020", "2020-12-31", True),
        ("only_2020", "2021-01-01", False),
    ],
)  # fmt: skip
def test_one_date_may_bind_alone(choice: str, day: str, ok: bool) -> None:
    found = ZZ.reading("exit.end_date", choice).exit.check_date(datetime.date.fromisoformat(day))
    assert [one.severity for one in found] == ([] if ok else [ERROR])


def test_the_list_of_a_year_keeps_the_order_of_ties_and_ends_at_its_places() -> None:
    short = [yuan(500), yuan(100), yuan(500), yuan(0)]
    assert ZZ.exit.order(short, places=3) == (3, 1, 0)
    assert ZZ.exit.order(short, places=9) == (3, 1, 0, 2)
    assert ZZ.exit.order(short, places=0) == ZZ.exit.order([], places=3) == ()
    assert ZZ.reading("exit.order", "hard_first").exit.order(short, places=2) == (0, 2)


@pytest.mark.parametrize(
    ("poor", "code", "severity"), [(19, None, None), (20, "village-edge", WARNING), (21, "village-rate", ERROR)]
)
def test_a_village_leaves_at_its_limit_with_a_warning(poor: int, code: str | None, severity: Severity | None) -> None:
    found = ZZ.exit.village(poor, 1000)
    assert [(one.code, one.severity, one.field) for one in found] == ([(code, severity, "poor")] if code else [])
    assert all(one.provision == f"{EXIT} 二(二)" for one in found)


def test_readings_of_a_village_s_exit() -> None:
    (one,) = ZZ.reading("exit.village_edge", "below").exit.village(20, 1000)
    assert (one.code, one.severity) == ("village-rate", ERROR)
    living = ZZ.reading("exit.village_population", "resident").exit
    assert not living.village(18, 1000, 800).ok
    with pytest.raises(pr.NotTold, match="resident"):
        living.village(18, 1000)


KEY = {
    "rate": "10 %",
    "province_rate": "5 %",
    "income": yuan(5999),
    "province_income": yuan(10_000),
    "collective_income": yuan(0),
}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, True),
        ({"rate": "9.99 %"}, False),
        ({"income": yuan(6000)}, False),
        ({"collective_income": yuan("0.01")}, False),
        ({"province_rate": "0 %", "rate": "0 %"}, True),
    ],
)
def test_a_key_village_meets_all_three(other: dict[str, object], expected: bool) -> None:
    assert ZZ.exit.key_village(**KEY | other) is expected  # type: ignore[arg-type]


def test_the_key_village_is_known_by_its_name() -> None:
    assert ZZ.exit.is_key_village("横山口村") is True
    assert ZZ.exit.is_key_village("横山口") is False
    assert ZZ.exit.poor_villages() == 1


def test_the_key_village_is_known_with_its_street() -> None:
    assert ZZ.exit.is_key_village("张范街道横山口村") is True


def test_support_runs_on_after_exit() -> None:
    day = datetime.date(2017, 6, 30)
    assert ZZ.exit.support_until(day) == datetime.date(2020, 12, 31)
    anniversary = ZZ.reading("exit.support_until", "anniversary")
    assert anniversary.exit.support_until(day) == datetime.date(2020, 6, 30)
    for on, unchanged in (("2017-06-29", False), ("2017-06-30", True), ("2020-06-30", True), ("2020-07-01", False)):
        answers = anniversary.evaluate(("support_unchanged",), {"exited_on": day, "on": datetime.date.fromisoformat(on)})
        assert answers.yes_no("support_unchanged") is unchanged


def test_the_last_day_is_a_day_that_exists() -> None:
    policy, leap = ZZ.reading("exit.support_until", "anniversary"), datetime.date(2016, 2, 29)
    shown = policy.evaluate(("support_until",), {"exited_on": leap}).shown("support_until", "en")
    assert shown == policy.exit.support_until(leap).isoformat()


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2013-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_the_plan_and_elsewhere_nobody_leaves(name: str, day: str, error: type[Exception]) -> None:
    area, when = pr.policy(name, on=day).exit, datetime.date(2017, 6, 30)
    for read in (
        lambda: area.test(register_net_income=yuan(5), members=1).income_over_line,
        lambda: area.check(Household()),
        lambda: area.check_date(when),
        lambda: area.order([], 1),
        lambda: area.support_until(when),
        lambda: area.village(1, 100),
        lambda: area.key_village(**KEY),  # type: ignore[arg-type]
        lambda: area.is_key_village("横山口村"),
        area.poor_villages,
    ):
        with pytest.raises(error):
            read()


def test_past_the_last_date_a_refusing_policy_says_so() -> None:
    late = pr.policy("zaozhuang-hitech", on="2021-01-01", past="refuse").exit
    for read in (lambda: late.check_date(datetime.date(2018, 1, 1)), lambda: late.village(1, 100), late.poor_villages):
        with pytest.raises(pr.PastLastDate, match="2020-12-31"):
            read()


# ---- other documents -------------------------------------------------------------------------------------------------


def test_by_income_alone_the_line_reached_is_enough_and_no_guarantee_is_asked_for() -> None:
    jilin = pr.policy("jilin", on="2016-06-30").exit
    facts = {"registered_poor": True, "members": 3}
    assert jilin.test(register_net_income=yuan(8856), **facts).fit is True  # type: ignore[arg-type]
    assert jilin.test(register_net_income=yuan("8855.99"), **facts).fit is False  # type: ignore[arg-type]
    wage = pr.Income(kind=pr.IncomeKind.WAGE, amount=yuan(8856))
    poor = Household(registered_poor=True, persons=(Person(),) * 3, incomes=(wage,))
    assert jilin.check(poor).to_dict() == {"ok": True, "findings": []}
    (one,) = jilin.check(Household(persons=(Person(),) * 3, incomes=(wage,)))
    assert (one.code, one.field) == ("not-registered", "registered_poor")


def test_by_disposable_income_the_source_must_be_stable_too() -> None:
    zhongzhan = pr.policy("zhongzhan", on="2016-06-30").exit
    found = zhongzhan.test(disposable_income=yuan("8856.01"), members=3, registered_poor=True, stable_income=False, **ALL)
    assert (found.income_over_line, found.fit) == (True, False)
    with pytest.raises(pr.NotTold, match="stable_income"):
        _ = zhongzhan.test(disposable_income=yuan("8856.01"), members=3, registered_poor=True, **ALL).fit
    assert zhongzhan.check(home("8856.01", stable_income=True)).ok
    assert [one.field for one in zhongzhan.check(home("8856"))] == ["incomes", "stable_income"]


def test_the_policies_of_a_county_end_on_one_day_for_all() -> None:
    jilin = pr.policy("jilin", on="2020-06-30")
    day = datetime.date(2018, 6, 30)
    assert jilin.exit.support_until() == datetime.date(2020, 12, 31)
    assert jilin.exit.support(county_exited_on=day).unchanged is True
    earlier = jilin.reading("exit.policy_before_2020", "through_2019").exit
    assert earlier.support_until() == datetime.date(2019, 12, 31)
    with pytest.raises(pr.NotStated, match="of 2020 the text says nothing"):
        _ = earlier.support(county_exited_on=day).unchanged
    assert earlier.support(county_exited_on=day, on=datetime.date(2019, 12, 31)).unchanged is True
    assert earlier.support(county_exited_on=day, on=datetime.date(2021, 1, 1)).unchanged is False
    with pytest.raises(pr.NotTold, match="exited_on"):
        ZZ.exit.support_until()
