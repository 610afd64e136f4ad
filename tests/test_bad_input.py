"""The careless caller: every slip is refused with the field, the value and what would do, and nothing is guessed."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

import povertyrules as pr
from povertyrules import Dwelling, Household, Income, Person, Policy, Treatment, mu, square_metres, yuan
from povertyrules import categories as kinds
from povertyrules.core.area import Area
from povertyrules.core.entity import from_mapping
from povertyrules.core.errors import (
    CategoryError,
    DateError,
    InputError,
    MoneyError,
    NotTold,
    RangeError,
    SortError,
    UnknownName,
)
from povertyrules.core.facts import Category

NAN, INF = float("nan"), float("inf")
GRADES = "allowed: 1 or first (一级医院), 2 or second (二级医院), 3 or third (三级医院)"
BOX_7 = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号) 专栏7"


@pytest.fixture(scope="module")
def zz() -> Policy:
    return pr.policy("zaozhuang-hitech", on="2017-06-30")


class Numpyish:
    """Looks like a number of an array library, and is none."""

    def __int__(self) -> int:
        return 5

    def __index__(self) -> int:
        return 5

    def __repr__(self) -> str:
        return "int64(5)"


def refusal(kind: type[InputError], call: Callable[[], object]) -> InputError:
    """The refusal of a call, which must be of just this kind and print itself in the one form there is."""
    with pytest.raises(InputError) as caught:
        call()
    error = caught.value
    assert type(error) is kind
    cited = f" [{error.provision}]" if error.provision else ""
    assert str(error) == f"{error.field}: {error.value!r} is refused; {error.allowed}{cited}"
    return error


# ---- money ---------------------------------------------------------------------------------------------------------------

NO_MONEY: list[tuple[object, str]] = [
    (1.5, 'yuan("1.50")'), (0.1, "float"), (NAN, "float"), (INF, "float"), (-INF, "float"), (True, "yuan("),
    (False, "yuan("), ("68000", "yuan("), ("68000.50", "yuan("), (Decimal(5), "yuan("), (Fraction(5), "yuan("),
    (b"5", "yuan("), ([], "yuan("), (5j, "yuan("), (Numpyish(), "yuan("), (-1, "0.00 to 10,000,000.00"),
    (10**9 + 1, "0.00 to 10,000,000.00"), (10**30, "0.00 to 10,000,000.00"),
]  # fmt: skip
SHOWN = {-1: "-0.01", 10**9 + 1: "10,000,000.01", 10**30: f"{10**28:,}.00"}


@pytest.mark.parametrize(("value", "hint"), NO_MONEY, ids=[repr(value)[:24] for value, _ in NO_MONEY])
def test_what_is_no_money_is_refused_wherever_money_is_asked(value: Any, hint: str, zz: Policy) -> None:
    calls: dict[str, Callable[[], object]] = {
        "in_scope": lambda: zz.medical.settle(in_scope=value, hospital_grade=3),
        "commercial_owed": lambda: zz.medical.settle(in_scope=yuan(5), hospital_grade=3, commercial_owed=value),
        "amount": lambda: Income(kind=pr.IncomeKind.WAGE, amount=value),
    }
    for field, call in calls.items():
        error = refusal(MoneyError, call)
        assert error.field.endswith(field)
        if type(value) is int:
            assert error.value == SHOWN[value]
        else:
            assert error.value is value
        assert hint in error.allowed


def test_a_refusal_names_the_argument_as_the_caller_wrote_it(zz: Policy) -> None:
    calls: dict[str, Callable[[], object]] = {
        "in_scope": lambda: zz.medical.settle(in_scope=1.5, hospital_grade=3),  # type: ignore[arg-type]
        "hospital_grade": lambda: zz.medical.settle(in_scope=yuan(5), hospital_grade=4),
        "total_cost": lambda: zz.medical.settle_total(total_cost=1.5, hospital_grade=3),  # type: ignore[arg-type]
        "commercial_owed": lambda: zz.medical.settle(in_scope=yuan(5), hospital_grade=3, commercial_owed=1.5),  # type: ignore[arg-type]
    }
    for field, call in calls.items():
        with pytest.raises(InputError) as caught:
            call()
        assert caught.value.field == field


@pytest.mark.parametrize("value", [9000.0, NAN, True, "9000", Decimal(9000), None, Numpyish()], ids=repr)
def test_income_is_money_too(value: Any, zz: Policy) -> None:
    calls = {
        "countable_income": lambda: zz.dibao.top_up(countable_income=value, members=3).monthly,
        "register_net_income": lambda: zz.income.test(register_net_income=value, members=3).poor,
    }
    for field, call in calls.items():
        if value is None:
            with pytest.raises(NotTold, match=field):
                call()
        else:
            assert refusal(MoneyError, call).field == field


@pytest.mark.parametrize("value", [NAN, INF], ids=repr)
def test_no_one_is_told_to_write_a_number_that_is_none(value: float, zz: Policy) -> None:
    for call in (lambda: zz.medical.settle(in_scope=value, hospital_grade=3), lambda: yuan(value)):  # type: ignore[arg-type]
        error = refusal(MoneyError, call)
        assert '"nan"' not in error.allowed
        assert '"inf"' not in error.allowed


def test_a_float_is_not_rounded_in_what_one_is_told_to_write(zz: Policy) -> None:
    error = refusal(MoneyError, lambda: zz.medical.settle(in_scope=68000.555, hospital_grade=3))  # type: ignore[arg-type]
    assert '"68000.56"' not in error.allowed


@pytest.mark.parametrize(
    "value",
    [
        1.5, NAN, True, None, "", "1.005", "1,000", "1e3", "+5", "５", "٣", "5.", ".5", "0x5", "1_000", "5元", "NaN", b"5",
        Decimal("NaN"), Decimal("Infinity"), Decimal("0.001"), Fraction(1, 3), Numpyish(), "9" * 5000, 10**5000,
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) or value < 10**9 else "too long a number",
)  # fmt: skip
def test_yuan_takes_whole_numbers_decimals_and_strings_alone(value: Any) -> None:
    with pytest.raises(MoneyError) as caught:
        yuan(value, field="cost")
    assert caught.value.field == "cost"
    assert "write" in caught.value.allowed
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "value", ["55", "55 %%", "-5 %", 0.55, 55, None, "5,5 %", "５５ %", "", "9" * 5000 + " %"], ids=lambda v: repr(v)[:9]
)
def test_a_rate_is_a_string_of_per_cent(value: object) -> None:
    error = refusal(MoneyError, lambda: pr.Rate.parse(value, field="share"))
    assert error.field == "share"
    assert '"55 %"' in error.allowed


# ---- categories, yes and no, numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [0, 4, -1, "Third", "3", "tertiary", "", True, 3.0, NAN, [], {}, pr.SupportMode.DISPERSED], ids=repr
)
def test_a_grade_of_hospital_that_does_not_exist_is_refused(value: Any, zz: Policy) -> None:
    error = refusal(CategoryError, lambda: zz.medical.settle(in_scope=yuan(5), hospital_grade=value))
    assert error.field.endswith("hospital_grade")
    assert error.value is value
    assert error.allowed == GRADES
    assert refusal(CategoryError, lambda: Treatment(hospital_grade=value)).field == "hospital_grade"


def test_a_refused_grade_cites_the_provision_that_knows_three(zz: Policy) -> None:
    error = refusal(CategoryError, lambda: zz.medical.settle(in_scope=yuan(5), hospital_grade=4))
    assert error.provision == f"{BOX_7} 第11条"


@pytest.mark.parametrize("value", [3, "third", "三级医院", pr.HospitalGrade.THIRD], ids=repr)
def test_a_category_may_be_told_by_code_name_or_label(value: Any, zz: Policy) -> None:
    assert str(zz.medical.settle(in_scope=yuan(1000), hospital_grade=value).basic) == "550.00 yuan a year"


@pytest.mark.parametrize(("value", "near"), [("wages", "wage"), ("pensions", "pension"), ("remitance", "remittance")])
def test_a_misspelt_kind_of_income_is_answered_with_those_there_are(value: str, near: str) -> None:
    error = refusal(CategoryError, lambda: Income(kind=value, amount=yuan(5)))  # type: ignore[arg-type]
    assert (error.field, error.value) == ("kind", value)
    assert near in error.allowed


def test_a_misspelt_mode_of_support_is_refused(zz: Policy) -> None:
    error = refusal(CategoryError, lambda: zz.dibao.extremely_poor(support_mode="centralized"))
    assert (error.field, error.value) == ("support_mode", "centralized")
    assert error.allowed == "allowed: 1 or centralised (集中供养), 2 or dispersed (分散供养)"


@pytest.mark.parametrize("value", [0, 1, "yes", "true", "", NAN, [], Numpyish()], ids=repr)
def test_yes_and_no_are_true_and_false_alone(value: Any, zz: Policy) -> None:
    for call in (
        lambda: zz.elderly.allowances(age=85, receives_dibao=value),
        lambda: zz.medical.settle(in_scope=yuan(5), hospital_grade=3, receives_dibao=value),
        lambda: Person(receives_dibao=value),
    ):
        error = refusal(SortError, call)
        assert (error.field, error.value) == ("receives_dibao", value)
        assert error.allowed == "allowed: true, false, or left out if unknown"


@pytest.mark.parametrize(
    ("value", "kind"),
    [(-1, RangeError), (151, RangeError), (80.0, SortError), ("80", SortError), (True, SortError), (NAN, SortError)],
    ids=repr,
)
def test_an_age_is_a_whole_number_of_years(value: Any, kind: type[InputError], zz: Policy) -> None:
    error = refusal(kind, lambda: zz.elderly.allowances(age=value))
    assert (error.field, error.value, error.allowed) == ("age", value, "allowed: a whole number from 0 to 150")


@pytest.mark.parametrize(
    ("value", "kind"), [(0, RangeError), (31, RangeError), (1.5, SortError), ("3", SortError), (True, SortError)], ids=repr
)
def test_a_household_has_one_to_thirty_members(value: Any, kind: type[InputError], zz: Policy) -> None:
    error = refusal(kind, lambda: zz.dibao.top_up(countable_income=yuan(5), members=value))
    assert (error.field, error.value, error.allowed) == ("members", value, "allowed: a whole number from 1 to 30")


# ---- dates -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["2017-02-29", "2017-13-01", "2017-6-30", "30/06/2017", "", "today", "2017-06-30T00:00", 20170630, 1.5e9, NAN, b"2017-06-30",
     [], "1889-12-31", "2041-01-01", datetime.datetime(2017, 6, 30), datetime.date(9999, 1, 1)],
    ids=repr,
)  # fmt: skip
def test_an_impossible_date_is_refused(value: Any) -> None:
    for field, call in {
        "on": lambda: pr.policy("cn", on=value),
        "born": lambda: Person(born=value),
        "admitted": lambda: Treatment(admitted=value),
        "income_from": lambda: Household(income_from=value),
    }.items():
        error = refusal(DateError, call)
        assert error.field == field
        assert "a date from 1890-01-01 to 2040-12-31" in error.allowed


def test_a_policy_needs_a_day() -> None:
    error = refusal(DateError, lambda: pr.policy("cn", on=None))  # type: ignore[arg-type]
    assert (error.field, error.value) == ("on", None)


def test_nobody_is_born_after_the_day(zz: Policy) -> None:
    home = Household(persons=(Person(), Person(born=datetime.date(2017, 7, 1))))
    error = refusal(DateError, lambda: zz.assess(home))
    assert (error.field, error.value) == ("persons[1].born", "2017-07-01")
    assert "not after the day" in error.allowed
    assert zz.assess(Household(persons=(Person(born=datetime.date(2017, 6, 30)),)))


def test_the_day_of_the_household_decides_who_is_born(zz: Policy) -> None:
    home = Household(on=datetime.date(2017, 1, 1), persons=(Person(born=datetime.date(2017, 1, 2)),))
    assert refusal(DateError, lambda: zz.assess(home)).field == "persons[0].born"


def test_nobody_is_admitted_after_the_day_and_the_bill_is_found(zz: Policy) -> None:
    late = Treatment(in_scope=yuan(5), hospital_grade=pr.HospitalGrade.FIRST, admitted=datetime.date(2017, 7, 1))
    home = Household(persons=(Person(), Person(treatments=(Treatment(), late))))
    assert refusal(DateError, lambda: zz.assess(home)).field == "persons[1].treatments[1].admitted"
    assert refusal(DateError, lambda: zz.medical.settle_year([late])).field == "treatments[0].admitted"


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("2016-07-01", "2017-05-31", "income_to"),
        ("2016-07-01", "2017-07-01", "income_to"),
        ("2017-06-30", "2016-07-01", "income_to"),
        ("2016-07-01", None, "income_to"),
        (None, "2017-06-30", "income_from"),
    ],
)
def test_income_is_of_twelve_months(start: str | None, end: str | None, field: str, zz: Policy) -> None:
    home = from_mapping(Household, {"income_from": start, "income_to": end})
    error = refusal(DateError, lambda: zz.assess(home))
    assert error.field == field
    assert "twelve months" in error.allowed
    assert "None" not in error.allowed


@pytest.mark.parametrize(
    ("start", "end"),
    [("2016-07-01", "2017-06-30"), ("2016-01-01", "2016-12-31"), ("2015-03-01", "2016-02-29"), ("2016-02-29", "2017-02-28")],
)
def test_twelve_months_may_hold_a_leap_day(start: str, end: str, zz: Policy) -> None:
    assert zz.assess(from_mapping(Household, {"income_from": start, "income_to": end})).undecided


def test_bills_are_of_one_year_and_dated_all_or_none(zz: Policy) -> None:
    def bill(day: str | None) -> Treatment:
        return from_mapping(Treatment, {"in_scope": "5", "hospital_grade": 1, "admitted": day})

    apart = refusal(RangeError, lambda: zz.medical.settle_year([bill("2016-12-31"), bill("2017-01-01")]))
    assert (apart.field, apart.value, apart.allowed) == ("treatments.admitted", [2016, 2017], "allowed: admissions of one year")
    some = refusal(InputError, lambda: zz.medical.settle_year([bill("2017-01-01"), bill(None)]))
    assert (some.field, some.allowed) == ("treatments.admitted", "allowed: a date for every bill or for none")


# ---- lists ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["x", [1], {}, 5, Treatment(), [{"in_scope": 5}], [Person()], [None]], ids=lambda v: repr(v)[:20]
)
def test_a_list_holds_what_belongs_in_it(value: Any) -> None:
    error = refusal(SortError, lambda: Person(treatments=value))
    assert (error.field, error.allowed) == ("treatments", "allowed: a list of Treatment objects")


@pytest.mark.parametrize(
    "value", ["x", [1], 5, None, Treatment(), [{"in_scope": 5}], [Person()], [None]], ids=lambda v: repr(v)[:20]
)
def test_a_year_of_bills_is_a_list_of_treatments(value: Any, zz: Policy) -> None:
    error = refusal(SortError, lambda: zz.medical.settle_year(value))
    assert error.field == "treatments"
    assert "Treatment" in error.allowed


@pytest.mark.parametrize(
    ("most", "call"),
    [
        (400, lambda n: Person(treatments=(Treatment(),) * n)),
        (200, lambda n: Household(incomes=(Income(),) * n)),
        (30, lambda n: Household(persons=(Person(),) * n)),
    ],
)
def test_a_list_is_not_endless(most: int, call: Callable[[int], object]) -> None:
    assert call(most)
    error = refusal(RangeError, lambda: call(most + 1))
    assert (error.value, error.allowed) == (f"{most + 1} entries", f"allowed: at most {most}")


def test_a_year_holds_no_more_bills_than_a_person(zz: Policy) -> None:
    status = {"registered_poor": True, "receives_dibao": False, "extremely_poor": False}
    bills = [Treatment(in_scope=yuan(1), hospital_grade=pr.HospitalGrade.FIRST)] * 401
    error = refusal(RangeError, lambda: zz.medical.settle_year(bills, **status))
    assert (error.field, error.allowed) == ("treatments", "allowed: at most 400")


@pytest.mark.parametrize(
    "value", [None, {"persons": []}, Person(), [Household()], "household.toml"], ids=lambda v: type(v).__name__
)
def test_only_a_household_is_assessed(value: Any, zz: Policy) -> None:
    error = refusal(InputError, lambda: zz.assess(value))
    assert (error.field, error.value, error.allowed) == ("household", type(value).__name__, "allowed: a Household")


# ---- indices ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indices", "field", "hint"),
    [
        ([(2011, 105.8)], "index of 2011", '"105.8"'),
        ([(2011, NAN)], "index of 2011", "as a string"),
        ([(2011, True)], "index of 2011", "such as"),
        ([(2011, None)], "index of 2011", "such as"),
        ([(2011, "x")], "index of 2011", '"105.8"'),
        ([(2011, "NaN")], "index of 2011", '"105.8"'),
        ([(2011, "Infinity")], "index of 2011", '"105.8"'),
        ([(2011, "1e999999")], "index of 2011", '"105.8"'),
        ([(2011, "1.058")], "index of 2011", "100 for the year"),
        ([(2011, "-105")], "index of 2011", '"105.8"'),
        ([(2011, "105800")], "index of 2011", "100 for the year"),
        ([(2012, "105"), (2011, "105")], "indices", "rising order"),
        ([(2011, "105"), (2011, "105")], "indices", "rising order"),
        ([], "indices", "(year, index)"),
        ([2011], "indices", "(year, index)"),
        ([(2011, "105", 3)], "indices", "(year, index)"),
        ({2011: "105"}, "indices", "(year, index)"),
        ("x", "indices", "(year, index)"),
        ([("2011", "105")], "indices", "(year, index)"),
        ([(2011.0, "105")], "indices", "(year, index)"),
        ([(None, "105")], "indices", "(year, index)"),
    ],
)  # fmt: skip
def test_a_careless_index_is_refused(indices: Any, field: str, hint: str, zz: Policy) -> None:
    with pytest.raises(InputError) as caught:
        zz.income.uprate(yuan(3000), indices)
    assert caught.value.field == field
    assert hint in caught.value.allowed


@pytest.mark.parametrize("base", [3000.0, NAN, True, "3000", None, yuan(-5), Decimal(3000)], ids=repr)
def test_what_is_carried_forward_is_money(base: Any, zz: Policy) -> None:
    assert refusal(MoneyError, lambda: zz.income.uprate(base, [(2011, "105.8")])).field == "base"


# ---- every calculator of the areas -----------------------------------------------------------------------------------------

MONEY, AREA, NUMBER, YES_NO, DAY = "money", "area", "number", "yes or no", "day"
CALCULATORS: dict[str, dict[str, tuple[object, object]]] = {
    "education.package": {
        "school_stage": (kinds.SchoolStage, 5), "registered_poor": (YES_NO, True), "boarder": (YES_NO, False),
        "merit_award": (YES_NO, False), "full_time": (YES_NO, True), "disability_grade": (kinds.DisabilityGrade, 1),
        "parent_disabled": (YES_NO, False), "aided_in_stage": (YES_NO, False), "aided_before": (YES_NO, False),
    },
    "education.loan_interest": {"school_stage": (kinds.SchoolStage, 7), "loan_interest": (MONEY, yuan(400))},
    "education.fees": {
        "school_stage": (kinds.SchoolStage, 4), "registered_poor": (YES_NO, True), "disability_grade": (kinds.DisabilityGrade, 1),
        "poor_area": (YES_NO, True), "misc_fee": (MONEY, yuan(800)), "tuition": (MONEY, yuan(3000)),
    },
    "education.aid": {
        "school_stage": (kinds.SchoolStage, 5), "registered_poor": (YES_NO, True), "boarder": (YES_NO, False),
        "aid_year": (NUMBER, 2), "named_school": (kinds.NamedSchool, 1), "last_preschool_year": (YES_NO, False),
        "difficulty_certified": (YES_NO, False), "exited_on": (DAY, datetime.date(2015, 12, 31)),
    },
    "pension.basic": {"age": (NUMBER, 60), "disability_grade": (kinds.DisabilityGrade, 2)},
    "pension.contribution": {"pension_contribution": (MONEY, yuan(300))},
    "pension.funeral": {"drew_pension": (YES_NO, True), "pension_insured": (YES_NO, True)},
    "disability.subsidies": {
        "disability_grade": (kinds.DisabilityGrade, 1), "receives_dibao": (YES_NO, True), "extremely_poor": (YES_NO, False),
        "in_hardship": (YES_NO, True),
    },
    "disability.poor_child": {
        "age": (NUMBER, 6), "registered_poor": (YES_NO, True), "disability_grade": (kinds.DisabilityGrade, 1),
    },
    "disability.rehabilitation": {
        "age": (NUMBER, 6), "rehab_need": (kinds.RehabNeed, 1), "implant_qualified": (YES_NO, True),
    },
    "children.support": {"child_kind": (kinds.ChildKind, 3), "in_institution": (YES_NO, False)},
    "children.services": {"child_kind": (kinds.ChildKind, 2)},
    "relief.temporary": {
        "relief_cause": (kinds.ReliefCause, 1), "living_difficulty": (YES_NO, True), "members": (NUMBER, 3),
        "relief_months": (NUMBER, 2), "relief_days": (NUMBER, 62),
    },
    "relief.sudden_illness": {
        "registered_poor": (YES_NO, True), "relief_cause": (kinds.ReliefCause, 3), "family_support": (YES_NO, False),
        "living_difficulty": (YES_NO, True),
    },
    "forestry.afforestation": {
        "plot_area": (AREA, mu("2.5")), "forest_kind": (kinds.ForestKind, 1), "land_kind": (kinds.LandKind, 2),
        "planting": (kinds.Planting, 1), "subsidy_years": (NUMBER, 3),
    },
    "forestry.cropland": {
        "plot_area": (AREA, mu("2.5")), "conversion_round": (kinds.ConversionRound, 2), "ecological_forest": (YES_NO, True),
        "subsidy_year": (NUMBER, 1), "seedling_planting": (YES_NO, True), "poor_county": (YES_NO, True),
        "subsidy_years": (NUMBER, 2),
    },
    "forestry.orchard": {
        "plot_area": (AREA, mu("2.5")), "registered_poor": (YES_NO, True), "forest_kind": (kinds.ForestKind, 7),
        "land_kind": (kinds.LandKind, 3), "tree_age": (NUMBER, 10), "project_listed": (YES_NO, True), "subsidy_year": (NUMBER, 1),
    },
    "forestry.care": {
        "plot_area": (AREA, mu("2.5")), "poor_county": (YES_NO, True), "forest_owner": (kinds.ForestOwner, 2),
        "permanent_forest": (YES_NO, False), "young_plantation": (YES_NO, False), "care_rate": (MONEY, yuan(3)),
        "subsidy_year": (NUMBER, 1),
    },
    "employment.training": {
        "registered_poor": (YES_NO, True), "able_to_work": (YES_NO, True), "wants_work": (YES_NO, True),
        "trainings_this_year": (NUMBER, 2), "same_skill_this_year": (YES_NO, False), "same_skill_before": (YES_NO, False),
    },
    "employment.women": {
        "age": (NUMBER, 55), "sex": (kinds.Sex, 2), "registered_poor": (YES_NO, True), "able_to_work": (YES_NO, True),
    },
    "employment.free_training": {
        "registered_poor": (YES_NO, True), "unplaced_leaver": (YES_NO, True), "migrant_worker": (YES_NO, False),
    },
    "credit.microcredit": {"registered_poor": (YES_NO, True), "microcredit_interest": (MONEY, yuan(1000))},
    "credit.insurance": {"registered_poor": (YES_NO, True), "credit_insurance_premium": (MONEY, yuan(100))},
    "credit.relocation": {"for_relocation": (YES_NO, True), "relocation_interest": (MONEY, yuan(1000))},
    "housing.grade": {"local_danger": (YES_NO, True), "whole_danger": (YES_NO, False)},
    "housing.renovation": {
        "house_grade": (kinds.HouseGrade, 4), "registered_poor": (YES_NO, True), "grade_confirmed": (YES_NO, True),
        "willing": (YES_NO, True), "reinforceable": (YES_NO, False), "method": (kinds.RenovationMethod, 2),
        "cash_cost": (MONEY, yuan(40_000)), "own_labour": (MONEY, yuan(2000)),
    },
    "housing.floor_area": {
        "members": (NUMBER, 4), "floor_area": (AREA, square_metres(70)), "auxiliary_area": (AREA, square_metres(8)),
    },
    "housing.funding": {
        "funding_need": (MONEY, yuan(25_000)), "renovation_funds": (MONEY, yuan(9000)), "district_funds": (MONEY, yuan(9000)),
        "street_funds": (MONEY, yuan(9000)),
    },
    "exit.test": {
        "register_net_income": (MONEY, yuan(20_000)), "members": (NUMBER, 3), "registered_poor": (YES_NO, True),
        "enough_food": (YES_NO, True), "enough_clothing": (YES_NO, True), "education_secured": (YES_NO, True),
        "medical_secured": (YES_NO, True), "housing_secured": (YES_NO, True), "register_receipts": (MONEY, yuan(21_000)),
        "disposable_income": (MONEY, yuan(20_000)), "stable_income": (YES_NO, True),
    },
    "pension.paid_premium": {
        "registered_poor": (YES_NO, True), "disability_grade": (kinds.DisabilityGrade, 1),
        "poverty_cause": (kinds.PovertyCause, 1), "seriously_ill": (YES_NO, True), "cannot_pay_premium": (YES_NO, True),
    },
    "disability.care_home": {
        "disability_grade": (kinds.DisabilityGrade, 1), "able_to_work": (YES_NO, False), "has_livelihood": (YES_NO, False),
        "supporter": (kinds.Supporter, 1),
    },
    "forestry.ranger": {"registered_poor": (YES_NO, True), "ranger_zone": (kinds.RangerZone, 3)},
    "dibao.qualifies": {
        "age": (NUMBER, 15), "disability_grade": (kinds.DisabilityGrade, 0), "able_to_work": (YES_NO, False),
        "has_livelihood": (YES_NO, False), "supporter": (kinds.Supporter, 0),
    },
    "dibao.single_person": {
        "own_income": (MONEY, yuan(2000)), "disability_grade": (kinds.DisabilityGrade, 1),
        "countable_income": (MONEY, yuan(60_000)), "members": (NUMBER, 4),
    },
    "dibao.gradual_exit": {"dibao_before": (MONEY, yuan(200)), "months_over_line": (NUMBER, 3), "dibao_due": (MONEY, yuan(0))},
    "elderly.filial": {
        "age": (NUMBER, 70), "filial_fund": (YES_NO, True), "supported_by_children": (YES_NO, True),
        "children_pay": (MONEY, yuan(200)),
    },
    "medical.premium": {"registered_poor": (YES_NO, True), "disability_grade": (kinds.DisabilityGrade, 1)},
    "medical.free_services": {
        "sex": (kinds.Sex, 2), "poor_area": (YES_NO, True), "planning_pregnancy": (YES_NO, False), "newborn": (YES_NO, False),
    },
}  # fmt: skip
LISTED_ELSEWHERE = (
    *("exit.key_village", "exit.support", "energy.solar"),
    *("credit.schedule", "credit.instalment", "relief.grounds"),
)
CATALOGUED = ("income", "elderly", "dibao", "medical")  # their older calculators are asked above, and in their own tests

NO_NUMBER: list[tuple[object, type[InputError]]] = [
    (1.5, SortError), (NAN, SortError), (INF, SortError), ("1", SortError), (True, SortError), (Decimal(1), SortError),
    ([], SortError), (Numpyish(), SortError), (-1, RangeError), (10**9, RangeError),
]  # fmt: skip
NO_AREA: list[tuple[object, type[InputError]]] = [
    *NO_NUMBER[:8], (-1, RangeError), (10**9, RangeError),
]  # fmt: skip
NO_SUM: list[tuple[object, type[InputError]]] = [
    (value, MoneyError) for value in (1.5, NAN, INF, "5", "5.00", True, Decimal(5), [], Numpyish(), -1, 10**30)
]  # fmt: skip
NO_ANSWER: list[tuple[object, type[InputError]]] = [
    (value, SortError) for value in (0, 1, "yes", "true", "", 1.0, NAN, [], Numpyish())
]  # fmt: skip
NO_KIND: list[tuple[object, type[InputError]]] = [
    (value, CategoryError) for value in (-1, 99, "9", "nonsense", "", True, 1.0, NAN, [], {}, pr.IncomeKind.WAGE)
]  # fmt: skip
NO_DAY: list[tuple[object, type[InputError]]] = [
    (value, DateError) for value in (20151231, 2015.5, "31.12.2015", "", True, NAN, [], datetime.datetime(2015, 12, 31),
                                     datetime.date(1889, 12, 31), datetime.date(2041, 1, 1))
]  # fmt: skip
MAY_BE_NEGATIVE = ("register_net_income", "disposable_income", "countable_income")  # costs may be more than receipts
BAD: dict[object, list[tuple[object, type[InputError]]]] = {
    MONEY: NO_SUM, AREA: NO_AREA, NUMBER: NO_NUMBER, YES_NO: NO_ANSWER, DAY: NO_DAY,
}  # fmt: skip


@cache
def in_housing_year() -> Policy:
    """A day on which every section is in force or spoke last, so that nothing but the input is refused."""
    return pr.policy("zaozhuang-hitech", on="2018-06-30")


def ask(name: str, policy: Policy, **facts: object) -> object:
    """Call a calculator by its name, with facts that it takes and some that are put in their place."""
    area, _, method = name.partition(".")
    told = {field: value for field, (_, value) in CALCULATORS[name].items()}
    return getattr(getattr(policy, area), method)(**told | facts)


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, told in CALCULATORS.items() for field in told])
def test_every_argument_refuses_what_it_is_not(name: str, field: str) -> None:
    sort = CALCULATORS[name][field][0]
    for value, kind in BAD.get(sort, NO_KIND):
        if value == -1 and field in MAY_BE_NEGATIVE:
            continue
        error = refusal(kind, lambda value=value: ask(name, in_housing_year(), **{field: value}))  # type: ignore[misc]
        assert error.field == field
        if isinstance(value, int) and not isinstance(value, bool) and sort in (MONEY, AREA):
            assert error.value == pr.show(value)
        elif sort == DAY and type(value) is datetime.date:
            assert error.value == str(value)
        else:
            assert error.value is value
        if isinstance(sort, type) and issubclass(sort, Category):
            assert all(f"{one.value} or {one.name.lower()} ({one.zh})" in error.allowed for one in sort)
        elif sort == MONEY:
            assert "yuan" in error.allowed
        elif sort == AREA:
            assert "square_metres(" in error.allowed or "mu(" in error.allowed or "allowed: 0.00" in error.allowed
        elif sort == NUMBER:
            assert error.allowed.startswith("allowed: a whole number from ")
        elif sort == DAY:
            assert error.allowed.startswith("allowed: a date from 1890-01-01 to 2040-12-31")
        else:
            assert error.allowed == "allowed: true, false, or left out if unknown"


@pytest.mark.parametrize("name", CALCULATORS)
def test_the_facts_that_are_put_in_place_are_taken(name: str) -> None:
    assert ask(name, in_housing_year()) is not None


def test_no_calculator_is_left_out_of_the_list() -> None:
    policy = in_housing_year()
    areas = ("education", "pension", "disability", "children", "relief", "forestry", "housing", "exit")
    for area in (*areas, "employment", "energy", "credit"):
        assert area not in CATALOGUED
        of_area = type(getattr(policy, area))
        for method in set(dir(of_area)) - set(dir(Area)):
            if method.startswith(("_", "check")) or not callable(getattr(of_area, method)):
                continue
            signature = inspect.signature(getattr(of_area, method))
            elsewhere = f"{area}.{method}" in LISTED_ELSEWHERE
            if any(p.kind is p.KEYWORD_ONLY for p in signature.parameters.values()) and not elsewhere:
                named = {p.name for p in signature.parameters.values() if p.name != "self"} - {"planted_area"}
                assert named == set(CALCULATORS[f"{area}.{method}"])


@pytest.mark.parametrize("name", CALCULATORS)
def test_an_argument_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match="colour"):
        ask(name, in_housing_year(), colour=5)


def test_a_household_of_nobody_and_one_of_thirty_one(zz: Policy) -> None:
    for name in ("relief.temporary", "housing.floor_area", "exit.test", "dibao.single_person"):
        for members in (0, 31):
            error = refusal(RangeError, lambda name=name, members=members: ask(name, in_housing_year(), members=members))  # type: ignore[misc]
            assert (error.field, error.allowed) == ("members", "allowed: a whole number from 1 to 30")


# ---- areas of floor and land -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [58.5, 58.0, NAN, INF, True, None, "", "58.555", "1,000", "1e3", "+5", "５", "58m", "NaN", b"5", [], Fraction(1, 3),
              Decimal("0.001"), Decimal("NaN"), Numpyish()], ids=repr,
)  # fmt: skip
def test_an_area_is_a_whole_number_a_decimal_or_a_string(value: Any) -> None:
    for made in (square_metres, mu):
        error = refusal(SortError, lambda made=made: made(value, field="garden"))  # type: ignore[misc]
        assert (error.field, error.value) == ("garden", value) if value == value else error.field == "garden"
        assert '"58.5"' in error.allowed


@pytest.mark.parametrize("value", [-1, "-0.01", Decimal("-5")], ids=repr)
def test_no_area_is_negative(value: Any) -> None:
    for made in (square_metres, mu):
        error = refusal(RangeError, lambda made=made: made(value, field="garden"))  # type: ignore[misc]
        assert (error.field, error.value, error.allowed) == ("garden", value, "an area is never negative")


@pytest.mark.parametrize("value", [58.5, NAN, "58.5", True, Decimal(58), []], ids=repr)
def test_the_area_of_a_house_or_a_plot_is_made_by_its_unit(value: Any) -> None:
    for unit, field, call in (
        ("square_metres", "floor_area", lambda: Dwelling(floor_area=value)),
        ("square_metres", "auxiliary_area", lambda: Dwelling(auxiliary_area=value)),
        ("mu", "plot_area", lambda: pr.Plot(plot_area=value)),
    ):
        error = refusal(SortError, call)
        assert (error.field, error.allowed) == (field, f'an area is made by {unit}("58.5")')


@pytest.mark.parametrize("value", [58, 58.5], ids=repr)
def test_in_a_file_an_area_is_a_string(value: Any) -> None:
    house = refusal(SortError, lambda: from_mapping(Dwelling, {"floor_area": value}))
    assert house.allowed == f'in a file an area is a string of m2: write "{value}"'
    plot = refusal(SortError, lambda: from_mapping(pr.Plot, {"plot_area": value}))
    assert plot.allowed == f'in a file an area is a string of mu: write "{value}"'


# ---- lists of kinds --------------------------------------------------------------------------------------------------------

LISTS: dict[str, type[Category]] = {
    "unified_done": kinds.UnifiedItem, "accepted_by": kinds.Department, "misuse": kinds.Misuse, "violations": kinds.Violation,
}  # fmt: skip


@pytest.mark.parametrize("field", LISTS)
@pytest.mark.parametrize("value", ["ceiling", 1, {}, 1.5, True], ids=repr)
def test_a_list_of_kinds_is_a_list(field: str, value: Any) -> None:
    error = refusal(SortError, lambda: Dwelling(**{field: value}))
    assert (error.field, error.value) == (field, value)
    assert error.allowed.startswith("allowed: a list of 1 or ")


@pytest.mark.parametrize("field", LISTS)
@pytest.mark.parametrize("value", [0, 99, "nonsense", True, 1.0, NAN, None, pr.IncomeKind.WAGE], ids=repr)
def test_a_list_of_kinds_holds_kinds_that_exist(field: str, value: Any) -> None:
    error = refusal(CategoryError, lambda: Dwelling(**{field: [value]}))
    assert (error.field, error.value) == (field, value) if value == value else error.field == field
    assert all(f"{one.value} or {one.name.lower()} ({one.zh})" in error.allowed for one in LISTS[field])


def test_a_kind_told_twice_counts_once() -> None:
    assert Dwelling(unified_done=["ceiling", 4, "吊顶"]).unified_done == (4,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "most", "one"),
    [("dwellings", 10, Dwelling()), ("plots", 50, pr.Plot()), ("deaths", 10, pr.Death())],
)
def test_the_lists_of_a_household_hold_their_own_and_end(field: str, most: int, one: object) -> None:
    assert len(getattr(Household(**{field: (one,) * most}), field)) == most
    assert refusal(RangeError, lambda: Household(**{field: (one,) * (most + 1)})).allowed == f"allowed: at most {most}"
    for value in ([Person()], [None], [5], "x", one, 5):
        error = refusal(SortError, lambda value=value: Household(**{field: value}))  # type: ignore[misc]
        assert (error.field, error.allowed) == (field, f"allowed: a list of {type(one).__name__} objects")


# ---- checks ----------------------------------------------------------------------------------------------------------------

COUNTS: dict[str, Callable[[Policy, Any], object]] = {
    "done": lambda z, v: z.housing.check_target(v, 9),
    "eligible": lambda z, v: z.housing.check_target(9, v),
    "approvals": lambda z, v: z.housing.check_files(v, 9),
    "files": lambda z, v: z.housing.check_files(9, v),
    "poor": lambda z, v: z.exit.village(v, 1000),
    "places": lambda z, v: z.exit.order([yuan(5)], v),
    "shortfalls[1]": lambda z, v: z.exit.order([yuan(5), v], 1),
}
NO_COUNT: list[tuple[object, type[InputError]]] = [
    (-1, RangeError), (1.0, SortError), (NAN, SortError), ("1", SortError), (True, SortError), (None, SortError),
    (Decimal(1), SortError), ([], SortError),
]  # fmt: skip


@pytest.mark.parametrize("field", COUNTS)
@pytest.mark.parametrize(("value", "kind"), NO_COUNT, ids=repr)
def test_what_is_counted_is_a_whole_number(field: str, value: Any, kind: type[InputError]) -> None:
    error = refusal(kind, lambda: COUNTS[field](in_housing_year(), value))
    assert (error.field, error.value) == (field, value) if value == value else error.field == field
    assert error.allowed == "allowed: a whole number, 0 or more"


SHARES: dict[str, Callable[[Policy, Any, Any], object]] = {
    "offered eligible": lambda z, a, b: z.education.check_coverage(a, b),
    "covered registered": lambda z, a, b: z.medical.check_coverage(a, b),
    "covered qualifying": lambda z, a, b: z.dibao.check_coverage(a, b, datetime.date(2018, 6, 30)),
    "enrolled graduates": lambda z, a, b: z.education.check_vocational(2018, b, a),
}


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize(("value", "kind"), NO_COUNT, ids=repr)
def test_a_share_is_of_whole_numbers(name: str, value: Any, kind: type[InputError]) -> None:
    for call in (lambda: SHARES[name](in_housing_year(), value, 100), lambda: SHARES[name](in_housing_year(), 1, value)):
        error = refusal(kind, call)
        assert error.value is value
        assert "a whole number, 0 or more" in error.allowed


@pytest.mark.parametrize("name", SHARES)
def test_no_more_are_reached_than_there_are(name: str) -> None:
    error = refusal(RangeError, lambda: SHARES[name](in_housing_year(), 101, 100))
    assert error.value == 101
    assert "from 0 to 100" in error.allowed


def test_of_nobody_nobody_is_poor() -> None:
    for poor, registered in ((0, 0), (1, 0), (11, 10)):
        error = refusal(RangeError, lambda p=poor, r=registered: in_housing_year().exit.village(p, r))  # type: ignore[misc]
        assert (error.field, error.value) == (("poor", poor) if registered else ("registered", 0))


@pytest.mark.parametrize("value", [0.1, 10, "10", "10 %%", "-5 %", "x", "", None, True, NAN], ids=repr)
def test_the_poverty_rate_of_a_village_is_a_string_of_per_cent(value: Any, zz: Policy) -> None:
    told: dict[str, Any] = {"rate": "10 %", "province_rate": "5 %"}
    incomes = {"income": yuan(5000), "province_income": yuan(10_000), "collective_income": yuan(0)}
    for field in told:
        error = refusal(MoneyError, lambda field=field: zz.exit.key_village(**told | {field: value}, **incomes))  # type: ignore[misc]
        assert error.field == field
        assert '"55 %"' in error.allowed


@pytest.mark.parametrize("value", [0, 3, "town", True, 1.0, None, [], ""], ids=repr)
def test_a_person_or_a_village_leaves(value: Any, zz: Policy) -> None:
    error = refusal(CategoryError, lambda: zz.exit.check_date(datetime.date(2018, 1, 1), value))
    assert (error.field, error.value) == ("what", value)
    assert error.allowed == "allowed: 1 or person (贫困人口), 2 or village (扶贫工作重点村)"


@pytest.mark.parametrize("value", [0, 3, "fix", True, 1.0, None, []], ids=repr)
def test_an_average_is_of_repairs_or_of_rebuilding(value: Any) -> None:
    error = refusal(CategoryError, lambda: in_housing_year().housing.check_average(value, []))
    assert (error.field, error.value) == ("method", value)
    assert error.allowed == "allowed: 1 or repair (修缮加固), 2 or rebuild (拆除重建)"


@pytest.mark.parametrize("value", [0, 9, "x", True, 1.0, NAN, None], ids=repr)
def test_the_sources_of_a_fund_are_kinds(value: Any, zz: Policy) -> None:
    error = refusal(CategoryError, lambda: zz.elderly.check_filial_sources([1, value]))
    assert error.field == "sources"
    assert error.value is value
    assert "1 or donation (捐助资金), 2 or village_income (村集体经济收入), 3 or other (其他)" in error.allowed


@pytest.mark.parametrize("value", [20170630, 1.5, [], "30/06/2017", datetime.datetime(2017, 6, 30)], ids=repr)
def test_support_runs_from_a_date(value: Any, zz: Policy) -> None:
    error = refusal(DateError, lambda: zz.exit.support_until(value))
    assert (error.field, error.value) == ("exited_on", value)
    assert "allowed: a date" in error.allowed


@pytest.mark.parametrize("value", [1.5, NAN, True, "50", None, Decimal(5), -1, 10**30], ids=repr)
def test_what_was_paid_is_money(value: Any, zz: Policy) -> None:
    facts = {"age": 70, "unable_to_care": True}
    error = refusal(MoneyError, lambda: zz.elderly.check_paid("care_subsidy", value, facts))
    assert error.field == "paid"
    assert "yuan" in error.allowed


def test_a_payment_is_checked_by_the_area_that_owes_it(zz: Policy) -> None:
    error = refusal(UnknownName, lambda: zz.disability.check_paid("care_subsidy", yuan(5), {}))
    assert (error.field, error.value) == ("quantity", "care_subsidy")
    error = refusal(UnknownName, lambda: zz.disability.check_paid("severely_disabled", yuan(5), {"disability_grade": 1}))
    assert "living_subsidy" in error.allowed


def test_a_payment_of_what_does_not_exist_is_answered_with_what_does(zz: Policy) -> None:
    error = refusal(UnknownName, lambda: zz.elderly.check_paid("care_subsidi", yuan(5), {}))
    assert (error.field, error.value) == ("quantity", "care_subsidi")
    assert "care_subsidy" in error.allowed


def test_a_fact_that_does_not_exist_is_refused_by_a_check(zz: Policy) -> None:
    calls: list[Callable[[], object]] = [
        lambda: zz.elderly.check_paid("care_subsidy", yuan(5), {"agee": 70}),
        lambda: zz.education.check_fees({"school_stag": 4}, {"misc_fee": yuan(5)}),
        lambda: zz.disability.check_refusal({"disability_grad": 3}, refused_for_age=True),
    ]
    for call, near in zip(calls, ("age", "school_stage", "disability_grade"), strict=True):
        error = refusal(UnknownName, call)
        assert error.field == "fact"
        assert near in error.allowed


def test_a_fact_of_a_wrong_sort_is_refused_by_a_check(zz: Policy) -> None:
    with pytest.raises(InputError, match="school_stage: 'senior' is refused"):
        zz.education.check_fees({"school_stage": "senior", "registered_poor": True}, {"misc_fee": yuan(5)})
    with pytest.raises(InputError, match=r"disability_grade: 3\.0 is refused"):
        zz.disability.check_refusal({"disability_grade": 3.0}, refused_for_age=True)
    with pytest.raises(InputError, match="registered_poor: 'yes' is refused; allowed: true or false"):
        zz.medical.check_deposit(registered_poor="yes", deposit=yuan(5))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["misc", 1, "", None, "学杂"], ids=repr)
def test_a_fee_that_does_not_exist_is_refused(value: Any, zz: Policy) -> None:
    error = refusal(UnknownName, lambda: zz.education.check_fees({"school_stage": 4}, {value: yuan(5)}))
    assert (error.field, error.value) == ("charged", value)
    assert "misc_fee" in error.allowed


def test_an_average_needs_the_cost_and_the_payment() -> None:
    for house in (Dwelling(method=1), Dwelling(method=1, cash_cost=yuan(5)), Dwelling(method=1, subsidy_paid=yuan(5))):
        homes = [Household(), Household(dwellings=(house,))]
        error = refusal(SortError, lambda homes=homes: in_housing_year().housing.check_average("repair", homes))  # type: ignore[misc]
        assert error.field == "households[1].dwellings"
        assert "subsidy_paid" in error.allowed
        assert "cash_cost" in error.allowed


# ---- what is let through, or fails without naming the field ------------------------------------------------------------------

KEY = {"rate": "10 %", "province_rate": "5 %", "income": yuan(5), "province_income": yuan(9), "collective_income": yuan(0)}
STUDENT = {"school_stage": 4, "registered_poor": True}
UNSUPPORTED = {"disability_grade": 3, "able_to_work": False, "has_livelihood": False, "supporter": 0}
THROUGH: list[tuple[str, Callable[[Policy, Any], object], tuple[object, ...]]] = [
    ("deposit", lambda z, v: z.medical.check_deposit(True, v), (2000.0, NAN, "2000", -1, True)),
    ("income", lambda z, v: z.exit.key_village(**KEY | {"income": v}), (1.5, "x", -1, True)),
    ("province_income", lambda z, v: z.exit.key_village(**KEY | {"province_income": v}), (1.5, "x", -1, True)),
    ("collective_income", lambda z, v: z.exit.key_village(**KEY | {"collective_income": v}), (1.5, "x", -1, True)),
    ("exited_on", lambda z, v: z.exit.check_date(v), ("30/06/2017", None, 20170630, datetime.datetime(2019, 1, 1))),
    ("exited_on", lambda z, v: z.exit.support_until(v), (datetime.date(9999, 1, 1),)),
    ("on", lambda z, v: z.dibao.check_coverage(9, 10, v), ("30/06/2018", 20180630, datetime.datetime(2019, 1, 1))),
    ("registered", lambda z, v: z.exit.village(1, v), (1.0, -1, "1", True, None)),
    ("resident", lambda z, v: z.exit.village(1, 1000, v), (1.0, -1, "1", True)),
    ("shortfalls", lambda z, v: z.exit.order(v, 1), (None, 5, 1.0, {})),
    ("name", lambda z, v: z.exit.is_key_village(v), (None, 5)),
    ("year", lambda z, v: z.education.check_vocational(v, 100, 80), (2017.0, "2017", None, True)),
    ("graduates", lambda z, v: z.education.check_vocational(2017, v, 80), (1.0, "1", -1)),
    ("enrolled", lambda z, v: z.education.check_vocational(2017, 100, v), (1.0, "1", -1)),
    ("registered_poor", lambda z, v: z.education.check_vocational(2017, 100, 80, registered_poor=v), (1, "yes")),
    (
        "last_year_graduates",
        lambda z, v: z.education.check_vocational(2019, 100, 80, last_year_graduates=v, last_year_enrolled=90),
        (1.0, -1, "1", True),
    ),
    ("offered", lambda z, v: z.education.check_coverage(v, 10), (1.0, "1", -1)),
    ("eligible", lambda z, v: z.education.check_coverage(1, v), (1.0, "1", -1)),
    ("covered", lambda z, v: z.medical.check_coverage(v, 10), (1.0, "1", -1)),
    ("qualifying", lambda z, v: z.dibao.check_coverage(1, v, datetime.date(2018, 6, 30)), (1.0, "1", -1)),
    ("charged.misc_fee", lambda z, v: z.education.check_fees(STUDENT, {"misc_fee": v}), (400.0, NAN, "400", -1, True)),
    ("charged", lambda z, v: z.education.check_fees(STUDENT, v), (["misc_fee"], None, "misc_fee", 5)),
    ("facts", lambda z, v: z.education.check_fees(v, {"misc_fee": yuan(5)}), (None, [], 5)),
    ("facts", lambda z, v: z.elderly.check_paid("care_subsidy", yuan(5), v), (None, [], 5)),
    ("facts", lambda z, v: z.disability.check_refusal(v, refused_for_age=True), (None, [], 5)),
    ("refused_for_age", lambda z, v: z.disability.check_refusal(UNSUPPORTED, refused_for_age=v), ("no", 0, 1)),
    ("sources", lambda z, v: z.elderly.check_filial_sources(v), (None, 5)),
    ("households", lambda z, v: z.disability.barrier_free_order(v), (None, "x", [Person()], [None], Household(), {"a": 1})),
    ("served", lambda z, v: z.disability.check_barrier_free(v, []), (None, "x", [Person()], [None], Household())),
    ("waiting", lambda z, v: z.disability.check_barrier_free([], v), (None, "x", [Person()], [None], Household())),
    ("households", lambda z, v: z.housing.check_average("repair", v), (None, "x", [Person()], [None], Household())),
    ("household", lambda z, v: z.housing.check(v), (None, {}, "x", Person(), [Household()])),
    ("household", lambda z, v: z.exit.check(v), (None, {}, "x", Person(), [Household()])),
    ("dwelling", lambda z, v: z.housing.check_works(v), (None, {}, "x", Household())),
    ("dwelling", lambda z, v: z.housing.check_acceptance(v), (None, {}, "x", Household())),
    ("dwelling", lambda z, v: z.housing.check_payment(v), (None, {}, "x", Household())),
    ("dwelling", lambda z, v: z.housing.check_file(v), (None, {}, "x", Household())),
    ("dwelling", lambda z, v: z.housing.check_violations(v), (None, {}, "x", Household())),
]


@pytest.mark.parametrize(("field", "call", "values"), THROUGH, ids=[f"{i} {entry[0]}" for i, entry in enumerate(THROUGH)])
def test_a_slip_that_a_check_should_refuse(field: str, call: Callable[[Policy, Any], object], values: tuple[object, ...]) -> None:
    for value in values:
        with pytest.raises(InputError) as caught:
            call(in_housing_year(), value)
        assert caught.value.field.startswith(field)
        assert any(word in str(caught.value) for word in ("allowed", "write", "made by"))
