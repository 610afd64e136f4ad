"""Bounds as people meet them: in words, with what to ask first, and going on from an answer."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys

import pytest
from attrs import evolve

import povertyrules as pr
from povertyrules import Between, OneOf, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
TOLD = {
    "born": datetime.date(1932, 5, 1),
    "receives_dibao": False,
    "extremely_poor": False,
    "unable_to_care": False,
    "sex": 1,
    "own_income": yuan(0),
    "disability_grade": 0,
    "seriously_ill": False,
    "able_to_work": False,
    "has_livelihood": True,
    "supporter": 2,
    "rehab_need": 0,
    "implant_qualified": False,
    "planning_pregnancy": False,
    "newborn": False,
    "school_stage": 0,
    "loan_interest": yuan(0),
    "pension_contribution": yuan(0),
    "cannot_pay_premium": False,
    "supported_by_children": False,
    "child_kind": 0,
    "in_institution": False,
}


def person(**facts: object) -> pr.Person:
    """Somebody of 85 of whom all that counts is told, but for some facts."""
    return pr.Person(treatments=[], **{**TOLD, **facts})


def home(*persons: pr.Person, **facts: object) -> pr.Household:
    """A household of which the lists are told."""
    told = {"registered_poor": False, "poor_area": False, "filial_fund": False, "poverty_cause": 1, "dibao_before": yuan(0)}
    earned = [pr.Income(kind="wage", amount=yuan(90_000))]
    return pr.Household(persons=persons, incomes=earned, dwellings=[], plots=[], deaths=[], **{**told, **facts})


def own(bounds: pr.Bounds) -> list[pr.Bounds]:
    return [question for question in bounds.questions() if question.path.startswith("persons")]


def test_the_least_and_the_most_are_those_of_the_document() -> None:
    """Box 7: 30 or 60 a month from 80 on; dibao recipients 100 or 200, and what they get from a hundred on is not stated."""
    bounds = ZZ.bounds(home(person(born=None), person(born=None, receives_dibao=True)))
    assert [line.said() for line in bounds["old_age_allowance"]] == ["at most 60.00 yuan a month", "0.00 yuan a month"]
    plain, dibao = bounds["dibao_old_age_allowance"]
    assert (plain.least, plain.most, dibao.least, dibao.most) == (0, 0, 0, None)
    assert ZZ.bounds(home(person())).totals["month"].said() == "at least 130.00 yuan a month"  # 30, and a pension of at least 100


def test_what_narrows_most_is_asked_first() -> None:
    """Dibao: 100 a month in place of 30; care: 60 a month. Seventy more or less a month are 840 a year, sixty are 720."""
    bounds = ZZ.bounds(home(person(receives_dibao=None, unable_to_care=None)))
    found = [(one.path, one.narrows) for one in own(bounds)]
    assert found == [("persons[0].receives_dibao", yuan(840)), ("persons[0].unable_to_care", yuan(720))]
    assert [(one.path, one.narrows) for one in own(bounds.answer("persons[0].receives_dibao", True))] == [
        ("persons[0].unable_to_care", yuan(720))
    ]
    last = bounds.answer("persons[0].receives_dibao", True).answer("persons[0].unable_to_care", True)
    assert own(last) == []
    assert last.totals["month"].least == yuan(100 + 60 + 100)


def test_rough_facts_narrow_too() -> None:
    """Somebody of 77 to 87 gets nothing or 30 a month; of 81 to 87, 30."""
    bounds = ZZ.bounds(home(person(born=None)), {"persons[0].born": Between("1930-01-01", "1940-01-01")})
    assert [line.said() for line in bounds["old_age_allowance"]] == ["at most 30.00 yuan a month"]
    nearer = bounds.answer("persons[0].born", Between("1930-01-01", "1936-01-01"))
    assert [line.said() for line in nearer["old_age_allowance"]] == ["30.00 yuan a month"]
    grades = ZZ.bounds(home(person(disability_grade=None)), {"persons[0].disability_grade": OneOf(3, 4)})
    assert grades["nursing_subsidy"][0].most == 0
    assert ZZ.bounds(home(person(disability_grade=None)))["nursing_subsidy"][0].said() == "at least 0.00 yuan a month"


def test_a_bill_that_is_not_told_pays_up_to_the_ceilings() -> None:
    """Basic insurance pays 150,000 a year at most (box 7); of the poor, critical-illness insurance 500,000."""
    one = evolve(person(), treatments=[pr.Treatment(in_scope=None, hospital_grade=3)])
    bounds = ZZ.bounds(home(one, registered_poor=True))
    assert [line.most for name in ("basic_insurance", "critical_illness") for line in bounds[name]] == [
        yuan(150_000),
        yuan(500_000),
    ]
    assert all(line.tight for line in bounds.lines)
    small = bounds.answer("persons[0].treatments[0].in_scope", Between(yuan(1_000), yuan(2_000)))
    assert [(line.least, line.most) for line in small["basic_insurance"]] == [(yuan(550), yuan(1_100))]


def test_bounds_of_a_told_household_are_its_statement() -> None:
    told = home(person(), person(receives_dibao=True, unable_to_care=True))
    statement, bounds = ZZ.assess(told), ZZ.bounds(told)
    assert {per: (a.low, a.high) for per, a in statement.totals.items() if per == "month"} == {
        per: (one.least, one.most) for per, one in bounds.totals.items() if per == "month"
    }
    assert all(line.decided or line.most is None for line in bounds.lines if line.who.en.startswith("person"))


def test_both_languages_and_html_say_it() -> None:
    bounds = ZZ.bounds(home(person(receives_dibao=None)))
    assert "person 1: basic pension: at least 100.00 yuan a month" in str(bounds)
    assert "基础养老金: 不低于100.00元/月" in bounds.text("zh")
    assert "persons[0].receives_dibao (receives dibao)" in str(bounds)
    assert "<code>persons[0].receives_dibao</code>" in bounds._repr_html_()
    assert repr(bounds).startswith("<Bounds of household: at least 130.00 to") or "open questions" in repr(bounds)


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        ("persons[0].recieves_dibao", True, pr.UnknownName),
        ("persons[1].receives_dibao", True, pr.UnknownName),
        ("persons[0].own_income", Between(yuan(2), yuan(1)), pr.RangeError),
        ("persons[0].own_income", 1.5, pr.MoneyError),
        ("persons[0].own_income", OneOf(), pr.RangeError),
        ("persons[0].born", "2031-01-01", pr.DateError),
        ("persons[0].sex", OneOf(7), pr.CategoryError),
    ],
)
def test_an_answer_that_cannot_be_is_refused(path: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        ZZ.bounds(home(person())).answer(path, value)
    assert path in str(raised.value)


def test_nothing_is_changed_in_place() -> None:
    whole = home(person(receives_dibao=None))
    bounds = ZZ.bounds(whole)
    before = str(bounds)
    bounds.answer("persons[0].receives_dibao", True)
    assert str(bounds) == before == str(ZZ.bounds(whole))
    assert whole.persons[0].receives_dibao is None


def test_a_list_that_nobody_told_is_said_to_be_open() -> None:
    bounds = ZZ.bounds(pr.Household(persons=[person()], registered_poor=True))
    assert not bounds["dibao_due"][0].tight  # nobody told what the household earns
    assert bounds["dibao_due"][0].most is None
    assert "(may be narrower)" in bounds["dibao_due"][0].said()


PRINTED = """
import povertyrules as pr
zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
bill = pr.Treatment(in_scope=None, hospital_grade=3)
print(zz.bounds(pr.Household(persons=[pr.Person(treatments=[bill], receives_dibao=False)], registered_poor=True)))
"""


def test_what_is_printed_is_the_same_in_every_process() -> None:
    def printed(seed: int) -> str:
        run = [sys.executable, "-c", PRINTED]
        return subprocess.run(
            run, env={**os.environ, "PYTHONHASHSEED": str(seed)}, capture_output=True, text=True, check=True
        ).stdout

    assert len({printed(seed) for seed in range(4)}) == 1


def test_two_of_one_name_are_told_apart_as_in_a_statement() -> None:
    twins = home(person(name="Wang"), person(name="Wang", born=None))
    assert [line.who.en for line in ZZ.bounds(twins)["basic_pension"]] == ["Wang", "Wang (2)"]
    assert {line.who for line in ZZ.assess(twins).lines} >= {"Wang"}


def test_what_is_not_in_force_on_the_day_is_said() -> None:
    """The plan's housing subsidy speaks from 2018; in 2010 nothing of the plan does."""
    assert "not in force:\n  housing.subsidy speaks from 2018-01-01, not yet for 2017-06-30" in str(ZZ.bounds(home(person())))
    assert "<li>housing.subsidy speaks from 2018-01-01" in ZZ.bounds(home(person()))._repr_html_()
    before = pr.policy("zaozhuang-hitech", on="2010-01-01").bounds(pr.Household(persons=[pr.Person()]))
    assert "exit.household_test speaks from 2016-01-01, not yet for 2010-01-01" in str(before)
