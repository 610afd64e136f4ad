"""The careless caller: every slip is refused with the field, the value and what would do, and nothing is guessed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import povertyrules as pr
from povertyrules import Household, Income, Person, Policy, Treatment, yuan
from povertyrules.core.entity import from_mapping
from povertyrules.core.errors import (
    CategoryError,
    DateError,
    InputError,
    MoneyError,
    NotTold,
    RangeError,
    SortError,
)

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
