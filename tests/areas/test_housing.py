"""What the calculators and checks of dangerous houses say beyond their figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

import povertyrules as pr
from povertyrules import Dwelling, Findings, Household, Person, Severity, square_metres, yuan
from povertyrules.categories import HouseGrade, RenovationMethod

ZZ = pr.policy("zaozhuang-hitech", on="2018-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
CHAPTER = f"{PLAN} 第五章"
ERROR, WARNING = Severity.ERROR, Severity.WARNING
IN_SCHEME = {"grade_confirmed": True, "willing": True}
TERMS = {"registered_poor": True, **IN_SCHEME}
Told = tuple[str, Severity, str]


def told(found: Findings) -> list[Told]:
    return [(one.code, one.severity, one.field) for one in found]


def home(*houses: Dwelling, members: int = 1, poor: bool | None = True) -> Household:
    return Household(registered_poor=poor, persons=(Person(),) * members, dwellings=houses)


def house(**facts: object) -> Dwelling:
    return Dwelling(**IN_SCHEME | facts)  # type: ignore[arg-type]


# ---- calculators ---------------------------------------------------------------------------------------------------------


def test_a_grade_is_a_member_of_the_category() -> None:
    assert ZZ.housing.grade(local_danger=True, whole_danger=True).grade is HouseGrade.D
    assert ZZ.housing.grade(local_danger=True, whole_danger=False).grade is HouseGrade.C
    none = ZZ.housing.grade(local_danger=False, whole_danger=False)
    assert (none.status("grade"), none.to_dict()) == ("unstated", {"grade": "unstated"})


def test_a_lower_cost_is_the_subsidy_and_cites_its_entry() -> None:
    found = ZZ.housing.renovation(house_grade="C", method="repair", cash_cost=yuan(6500), **TERMS)  # type: ignore[arg-type]
    assert (found.subsidy.figure, found.subsidy.low, found.subsidy.high) == (yuan(6500),) * 3
    assert found.subsidy.quality == "stated"
    assert any("专栏3 第3条" in one for one in found.citations())


def test_a_higher_cost_bounds_the_subsidy_from_above() -> None:
    found = ZZ.housing.renovation(house_grade="D", method="rebuild", cash_cost=yuan(40_000), **TERMS)  # type: ignore[arg-type]
    assert (found.subsidy.low, found.subsidy.high) == (yuan(25_000), yuan(40_000))


def test_the_method_is_known_without_what_does_not_decide_it() -> None:
    assert ZZ.housing.renovation(house_grade="C").method_due is RenovationMethod.REPAIR
    with pytest.raises(pr.NotTold, match="reinforceable"):
        _ = ZZ.housing.renovation(house_grade="D").method_due
    first = ZZ.reading("housing.grade_d_method", "rebuild_first").housing
    assert first.renovation(house_grade="D").method_due is RenovationMethod.REBUILD
    with pytest.raises(pr.NotStated, match="method due"):
        _ = ZZ.housing.renovation(house_grade="B").method_due


def test_a_rebuilt_grade_c_house_needs_no_cost_to_be_refused() -> None:
    found = ZZ.housing.renovation(house_grade="C", method="rebuild", **TERMS)  # type: ignore[arg-type]
    assert (found.eligible, found.status("subsidy")) == (True, "not eligible")
    assert "grade C rebuilt: yes" in found.why_not("subsidy")


def test_the_reason_is_the_condition_that_fails() -> None:
    found = ZZ.housing.renovation(house_grade="D", method="rebuild", **TERMS | {"willing": False})  # type: ignore[arg-type]
    assert "willing to have it made safe: no" in found.why_not("subsidy")


def test_the_reason_is_the_condition_that_fails_beside_what_is_unknown() -> None:
    found = ZZ.housing.renovation(house_grade="D", registered_poor=True, willing=False)
    assert "willing to have it made safe: no" in found.why_not("subsidy")


def test_areas_are_decimals() -> None:
    area = ZZ.housing.floor_area(members=4, floor_area=square_metres("80.5"), auxiliary_area=square_metres("8.25"))
    assert (area.counted, area.least, area.most, area.in_order) == (Decimal("72.25"), Decimal(52), Decimal(72), False)
    assert area.to_dict() == {"counted": "72.25", "least": "52.00", "most": "72.00", "in_order": False}


def test_auxiliary_rooms_larger_than_the_house_leave_nothing() -> None:
    area = ZZ.housing.floor_area(members=1, floor_area=square_metres(20), auxiliary_area=square_metres(30))
    assert (area.counted, area.in_order) == (Decimal(0), False)


def test_a_source_is_not_asked_once_the_need_is_met() -> None:
    met = ZZ.housing.funding(funding_need=yuan(8000), renovation_funds=yuan(8000))
    assert [one.figure for one in (met.renovation_funds, met.district_funds, met.street, met.gap)] == [
        yuan(8000), yuan(0), yuan(0), yuan(0),
    ]  # fmt: skip
    short = ZZ.housing.funding(funding_need=yuan(8000), renovation_funds=yuan(5000), district_funds=yuan(1000))
    with pytest.raises(pr.NotTold, match="street_funds"):
        _ = short.gap


# ---- the application -----------------------------------------------------------------------------------------------------


def test_an_application_in_order_has_no_finding() -> None:
    done = house(house_grade="C", method="repair", cash_cost=yuan(9000), subsidy_paid=yuan(8000))
    assert ZZ.housing.check(home(done)).to_dict() == {"ok": True, "findings": []}


def test_each_thing_that_an_application_needs_is_asked_for() -> None:
    found = ZZ.housing.check(home(Dwelling(), poor=None))
    assert told(found) == [
        ("not-registered", ERROR, "registered_poor"),
        ("not-eligible", ERROR, "dwellings[0].house_grade"),
        ("not-eligible", ERROR, "dwellings[0].grade_confirmed"),
        ("not-eligible", ERROR, "dwellings[0].willing"),
    ]
    assert {one.provision for one in found} == {f"{CHAPTER}第一节 一; 专栏2"}
    assert all("not told" in one.message for one in found)


def test_the_findings_of_a_second_house_say_which() -> None:
    good, bad = house(house_grade="C"), house(house_grade="B", willing=False)
    assert [one.field for one in ZZ.housing.check(home(good, bad))] == ["dwellings[1].house_grade", "dwellings[1].willing"]


def test_danger_that_does_not_fit_the_grade_is_an_error() -> None:
    found = ZZ.housing.check(home(house(house_grade="C", local_danger=True, whole_danger=True)))
    assert told(found) == [("grade", ERROR, "dwellings[0].house_grade")]
    assert found.found[0].provision == f"{CHAPTER}第一节 专栏2"
    assert ZZ.housing.check(home(house(house_grade="D", local_danger=True, whole_danger=True))).ok


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"house_grade": "C", "method": "rebuild"}, ERROR),
        ({"house_grade": "D", "method": "rebuild", "reinforceable": True}, WARNING),
        ({"house_grade": "D", "method": "repair", "reinforceable": False}, WARNING),
        ({"house_grade": "D", "method": "repair", "reinforceable": True}, None),
        ({"house_grade": "D", "method": "rebuild", "reinforceable": False}, None),
        ({"house_grade": "C", "method": "repair", "reinforceable": True}, None),
    ],
)
def test_a_method_that_does_not_fit(facts: dict[str, object], severity: Severity | None) -> None:
    found = ZZ.housing.check(home(house(**facts)))
    assert [one.severity for one in found] == ([severity] if severity else [])
    for one in found:
        assert (one.field, one.provision) == ("dwellings[0].method", f"{CHAPTER}第一节 二")


@pytest.mark.parametrize(
    ("members", "area", "code", "severity"),
    [
        (1, "60.01", "too-large", ERROR), (1, "60", "over-band", WARNING), (1, "40.01", "over-band", WARNING),
        (1, "40", None, None), (1, "20", None, None), (1, "19.99", "too-small", ERROR),
        (2, "50.01", "over-band", WARNING), (2, "29.99", "too-small", ERROR), (3, "60", None, None),
        (3, "39.99", "too-small", ERROR), (4, "72.01", "too-large", ERROR), (4, "72", None, None),
        (4, "51.99", "too-small", ERROR), (5, "90", None, None), (5, "90.01", "too-large", ERROR),
    ],
)  # fmt: skip
def test_the_area_of_a_rebuilt_house(members: int, area: str, code: str | None, severity: Severity | None) -> None:
    built = house(house_grade="D", method="rebuild", floor_area=square_metres(area), auxiliary_area=square_metres(0))
    found = ZZ.housing.check(home(built, members=members))
    assert told(found) == ([(code, severity, "dwellings[0].floor_area")] if code else [])
    assert all(one.provision == f"{CHAPTER}第一节 二" for one in found)


def test_more_than_the_cost_is_an_error() -> None:
    paid = house(house_grade="C", method="repair", cash_cost=yuan(6500), subsidy_paid=yuan("6500.01"))
    found = ZZ.housing.check(home(paid))
    assert told(found) == [("overpaid", ERROR, "dwellings[0].subsidy_paid")]
    assert found.found[0].provision == f"{CHAPTER}第二节 专栏3 第3条"
    rebuilt = house(house_grade="C", method="rebuild", cash_cost=yuan(6500), subsidy_paid=yuan("0.01"))
    assert [one.code for one in ZZ.housing.check(home(rebuilt))] == ["c-rebuilt", "overpaid"]
    labour = ZZ.reading("housing.cost_scope", "with_labour").housing
    assert labour.check(
        home(house(house_grade=3, method=1, cash_cost=yuan(6500), own_labour=yuan(2000), subsidy_paid=yuan(8500)))
    ).ok


def test_a_payment_for_a_rebuilt_grade_c_house_is_too_much_whatever_it_cost() -> None:
    rebuilt = house(house_grade="C", method="rebuild", subsidy_paid=yuan(100))
    assert [one.code for one in ZZ.housing.check(home(rebuilt))] == ["c-rebuilt", "overpaid"]


def test_a_method_that_does_not_fit_under_any_finding_is_warned_of() -> None:
    first = ZZ.reading("housing.grade_d_method", "rebuild_first").housing
    assert [one.severity for one in first.check(home(house(house_grade="D", method="repair")))] == [WARNING]


@pytest.mark.parametrize("houses", [None, ()])
def test_an_application_without_a_house_is_not_in_order(houses: tuple[Dwelling, ...] | None) -> None:
    assert not ZZ.housing.check(Household(registered_poor=True, persons=(Person(),), dwellings=houses)).ok


def test_a_payment_over_the_cost_is_an_error_however_the_standard_is_worded() -> None:
    facts = {**TERMS, "house_grade": 3, "method": 1, "cash_cost": yuan(9500)}
    assert not ZZ.housing.check_paid("housing_subsidy", yuan("9500.01"), facts).ok


def test_a_payment_beside_the_average_is_warned_of() -> None:
    facts = {**TERMS, "house_grade": 3, "method": 1, "cash_cost": yuan(9500)}
    (one,) = ZZ.housing.check_paid("housing_subsidy", yuan(7000), facts)
    assert (one.code, one.severity) == ("average", WARNING)
    assert not list(ZZ.housing.check_paid("housing_subsidy", yuan(9500), facts))


# ---- finished houses -----------------------------------------------------------------------------------------------------


def test_every_item_done_alike_and_every_quality_is_asked_for() -> None:
    found = ZZ.housing.check_works(Dwelling())
    assert [one.field for one in found] == [
        "door_plate", "doors_and_windows", "indoor_floor", "ceiling", "walls", "parts_qualified", "structure_safe",
        "functions_complete",
    ]  # fmt: skip
    assert {one.severity for one in found} == {ERROR}
    assert {one.provision for one in found} == {f"{CHAPTER}第三节 一"}
    sound = {"parts_qualified": True, "structure_safe": True, "functions_complete": True}
    assert ZZ.housing.check_works(Dwelling(unified_done=(1, 2, 3, 4, 5), **sound)).ok
    assert told(ZZ.housing.check_works(Dwelling(unified_done=(1, 2, 3, 4), **sound))) == [("not-done", ERROR, "walls")]


ACCEPTED = {"accepted_by": (1, 2, 3, 4, 5), "accepted_on": "2018-09-10", "passed": True, "sign_posted": True}


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, []),
        ({"delivered_on": "2018-09-10"}, []),
        ({"delivered_on": "2018-09-09"}, ["delivered_on"]),
        ({"delivered_on": "2018-09-20", "passed": False}, ["delivered_on"]),
        ({"delivered_on": "2018-09-20", "passed": None}, ["delivered_on"]),
        ({"delivered_on": "2018-09-20", "accepted_on": None}, ["delivered_on"]),
        ({"passed": False}, []),
        ({"accepted_by": (1, 2, 3, 4)}, ["accepted_by"]),
        ({"accepted_by": None}, ["accepted_by"] * 5),
        ({"sign_posted": None}, ["sign_posted"]),
        ({"sign_posted": False}, ["sign_posted"]),
    ],
)
def test_nobody_moves_in_before_all_have_accepted(facts: dict[str, object], fields: list[str]) -> None:
    found = ZZ.housing.check_acceptance(Dwelling(**ACCEPTED | facts))  # type: ignore[arg-type]
    assert [(one.field, one.severity) for one in found] == [(field, ERROR) for field in fields]
    assert all(one.provision == f"{CHAPTER}第三节 三" for one in found)


def test_the_subsidy_goes_from_the_district_to_the_card() -> None:
    right = Dwelling(paid_by=1, paid_to=1, misuse=())
    assert ZZ.housing.check_payment(right).ok
    wrong = Dwelling(paid_by=2, paid_to=3, misuse=(1, 4))
    found = ZZ.housing.check_payment(wrong)
    assert told(found) == [
        ("payer", ERROR, "paid_by"), ("payee", ERROR, "paid_to"), ("misuse", ERROR, "misuse"), ("misuse", ERROR, "misuse"),
    ]  # fmt: skip
    assert {one.provision for one in found} == {f"{CHAPTER}第三节 二"}
    assert [one.message for one in found][2:] == ["withheld", "used in disguise"]
    assert [one.field for one in ZZ.housing.check_payment(Dwelling())] == ["paid_by", "paid_to"]


def test_a_file_is_on_paper_and_in_two_systems() -> None:
    assert told(ZZ.housing.check_file(Dwelling(national_entry=True))) == [
        ("file", ERROR, "paper_file"), ("file", ERROR, "register_entry"),
    ]  # fmt: skip
    assert ZZ.housing.check_file(Dwelling(paper_file=True, national_entry=True, register_entry=True)).ok
    for files in (8, 10):
        assert told(ZZ.housing.check_files(approvals=9, files=files)) == [("files", ERROR, "files")]
    assert ZZ.housing.check_files(9, 9).ok


@pytest.mark.parametrize(
    ("violations", "hazard", "rectified", "ok"),
    [
        ((1,), True, None, False), ((2, 3), True, False, False), ((1,), True, True, True), ((1,), False, None, True),
        ((), True, None, True),
    ],
)  # fmt: skip
def test_a_hazard_must_be_put_right(violations: tuple[int, ...], hazard: bool, rectified: bool | None, ok: bool) -> None:
    found = ZZ.housing.check_violations(Dwelling(violations=violations, hazard=hazard, rectified=rectified))
    assert told(found) == ([] if ok else [("violation", ERROR, "violations")])


def average(method: str, *houses: dict[str, object], **readings: str) -> Findings:
    policy = ZZ
    for name, choice in readings.items():
        policy = policy.reading(f"housing.{name}", choice)
    return policy.housing.check_average(method, [home(Dwelling(**one)) for one in houses])  # type: ignore[arg-type]


def repaired(cost: int, paid: int, **more: object) -> dict[str, object]:
    return {"method": 1, "cash_cost": yuan(cost), "subsidy_paid": yuan(paid), **more}


def test_the_floor_is_one_of_the_mean() -> None:
    assert average("repair", repaired(9000, 7000), repaired(9000, 9000)).ok
    found = average("repair", repaired(9000, 7000), repaired(9000, 8999))
    assert told(found) == [("average", ERROR, "subsidy_paid")]
    assert found.found[0].provision == f"{CHAPTER}第二节 专栏3 第1条"
    assert average("repair", repaired(5000, 5000), repaired(9000, 8000)).ok
    assert not average("repair", repaired(5000, 5000), repaired(9000, 8000), average_test="payments").ok
    assert average("rebuild", repaired(9000, 1)).ok
    assert average("repair").ok


def test_the_mean_follows_the_reading_of_the_cost() -> None:
    found = average("repair", repaired(6500, 6500, own_labour=yuan(2000)), cost_scope="with_labour")
    assert told(found) == [("average", ERROR, "subsidy_paid")]


def test_a_house_without_a_subsidy_is_not_in_the_mean() -> None:
    d: dict[str, object] = {"house_grade": 4, "method": 2, "cash_cost": yuan(40_000), "subsidy_paid": yuan(25_000)}
    assert average("rebuild", d, d | {"house_grade": 3, "subsidy_paid": yuan(0)}).ok


@pytest.mark.parametrize(("done", "eligible", "ok"), [(9, 9, True), (8, 8, False), (9, 11, False), (11, 11, True), (9, 0, True)])
def test_the_number_printed_is_made_safe_and_all_that_qualify(done: int, eligible: int, ok: bool) -> None:
    found = ZZ.housing.check_target(done, eligible)
    assert told(found) == ([] if ok else [("target", ERROR, "done")])
    assert all(one.provision == f"{CHAPTER} 引言" for one in found)


# ---- days and places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2017-12-31", pr.NotInForce), ("cn", "2018-06-30", pr.NoSuchRule)]
)
def test_before_2018_and_elsewhere_no_house_is_made_safe(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).housing
    for read in (
        lambda: area.grade(local_danger=True, whole_danger=False).grade,
        lambda: area.renovation(house_grade=3).method_due,
        lambda: area.floor_area(members=1, floor_area=square_metres(30)).in_order,
        lambda: area.funding(funding_need=yuan(5), renovation_funds=yuan(5)).gap,
        lambda: area.check(home(house(house_grade=3))),
        lambda: area.check_works(Dwelling()),
        lambda: area.check_acceptance(Dwelling()),
        lambda: area.check_payment(Dwelling()),
        lambda: area.check_file(Dwelling()),
        lambda: area.check_files(1, 1),
        lambda: area.check_violations(Dwelling()),
        lambda: area.check_average(1, []),
        lambda: area.check_target(9, 9),
    ):
        with pytest.raises(error):
            read()


def test_past_its_year_the_target_is_gone_and_the_rest_stands() -> None:
    later = pr.policy("zaozhuang-hitech", on="2019-01-01", past="refuse").housing
    with pytest.raises(pr.PastLastDate, match="2018-12-31"):
        later.check_target(9, 9)
    assert later.check_files(9, 9).ok
    with pytest.raises(pr.PastLastDate, match="2020-12-31"):
        pr.policy("zaozhuang-hitech", on="2021-01-01", past="refuse").housing.check_files(9, 9)
