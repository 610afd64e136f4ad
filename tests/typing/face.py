"""What a type checker says about the public face: `mypy --strict` reads this file, nobody runs it.

An ignored error that no longer is one fails too (`warn_unused_ignores`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

from attrs import frozen

import povertyrules as pr
from povertyrules import Amount, Fen, Findings, Policy, Rate, Statement, show, yuan
from povertyrules.areas.dibao import DibaoArea, SupportResult, TopUpResult
from povertyrules.areas.elderly import Allowances, ElderlyArea
from povertyrules.areas.income import IncomeArea, IncomeResult, Index, Uprated
from povertyrules.areas.medical import MedicalArea
from povertyrules.areas.settlement import Payment, Settlement, YearSettlement
from povertyrules.core.interpretation import interpretation
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param
from povertyrules.core.tables import Bands, Rates
from povertyrules.core.words import (
    Exact,
    at_rate,
    band,
    cases,
    count,
    every,
    least,
    lookup,
    rate_for,
    rounded,
    total,
    when,
    where,
)
from povertyrules.entities import Household, Person

READING = interpretation("typing.reading", "one", "two")


def money() -> None:
    """Fen is made by `yuan`, and stays Fen where money stays money."""
    fen = yuan("68000.50")
    assert_type(fen, Fen)
    assert_type(yuan(30), Fen)
    assert_type(yuan(Decimal("0.60")), Fen)
    yuan(68000.5)  # type: ignore[arg-type]
    yuan(None)  # type: ignore[arg-type]
    assert_type(fen + fen, Fen)
    assert_type(fen - fen, Fen)
    assert_type(-fen, Fen)
    assert_type(fen * 12, Fen)
    assert_type(12 * fen, Fen)
    assert_type(sum([fen, fen], start=Fen(0)), Fen)
    no_longer_money: Fen = fen + 1  # type: ignore[assignment]
    no_longer_money = fen - 1  # type: ignore[assignment]
    no_longer_money = fen + 1.5  # type: ignore[assignment]
    no_longer_money = fen * 0.5  # type: ignore[assignment]
    no_longer_money = fen // 12  # type: ignore[assignment]
    no_longer_money = 1  # type: ignore[assignment]
    assert_type(no_longer_money, Fen)
    assert_type(show(fen), str)
    assert_type(Rate.parse("55 %"), Rate)
    assert_type(Rate.parse("55 %").of(fen), Fraction)


def policies() -> None:
    """A policy, and what gives another one."""
    zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    assert_type(zz, Policy)
    assert_type(pr.policy("cn", on=datetime.date(2017, 6, 30)), Policy)
    assert_type(zz.on, datetime.date)
    assert_type(zz.reading("medical.preference", "on_top"), Policy)
    assert_type(zz.reform({"elderly.old_age.bands[80]": yuan(50)}), Policy)
    assert_type(zz.local({"income.provincial.lines[2016]": "3402"}, source="notice"), Policy)
    assert_type(pr.policies(), dict[str, str])
    assert_type(pr.catalogue(), tuple[pr.RuleInfo, ...])
    pr.policy("cn")  # type: ignore[call-arg]
    pr.policy("cn", on=20170630)  # type: ignore[arg-type]
    zz.local({"income.provincial.lines[2016]": "3402"})  # type: ignore[call-arg]
    zz.medikal  # type: ignore[attr-defined]  # noqa: B018
    zz.on = datetime.date(2018, 6, 30)  # type: ignore[misc]


def medical(zz: Policy) -> None:
    """Medical cost."""
    assert_type(zz.medical, MedicalArea)
    bill = zz.medical.settle(in_scope=yuan(68_000), hospital_grade=3, registered_poor=True)
    assert_type(bill, Settlement)
    assert_type(bill.basic, Amount)
    assert_type(bill.out_of_pocket, Amount)
    assert_type(bill.basic.figure, Fen)
    assert_type(bill.basic.low, Fen | None)
    assert_type(bill.basic.yuan, Decimal)
    assert_type(bill.explain("zh"), str)
    assert_type(bill.citations(), list[str])
    zz.medical.settle(in_scope=yuan(5), hospital_grade=pr.HospitalGrade.THIRD)
    zz.medical.settle(in_scope=68_000, hospital_grade=3)  # type: ignore[arg-type]
    zz.medical.settle(in_scope=68_000.0, hospital_grade=3)  # type: ignore[arg-type]
    zz.medical.settle(in_scope="68000", hospital_grade=3)  # type: ignore[arg-type]
    zz.medical.settle(in_scope=yuan(5), hospital_grade=3.0)  # type: ignore[arg-type]
    zz.medical.settle(in_scope=yuan(5), hospital_grade=3, registered_poor="yes")  # type: ignore[arg-type]
    zz.medical.settle(in_scope=yuan(5), hospital_grade=3, commercial_owed=5)  # type: ignore[arg-type]
    zz.medical.settle(in_scope=yuan(5), hospital_grade=3, registered_por=True)  # type: ignore[call-arg]
    zz.medical.settle(hospital_grade=3)  # type: ignore[call-arg]
    assert_type(zz.medical.settle_total(total_cost=yuan(5), hospital_grade=3).basic, Amount)
    zz.medical.settle_total(total_cost=5, hospital_grade=3)  # type: ignore[arg-type]
    year = zz.medical.settle_year([pr.Treatment(in_scope=yuan(5), hospital_grade=3)])
    assert_type(year, YearSettlement)
    assert_type(year.bills, tuple[Payment, ...])
    assert_type(year.bills[0].basic, Fen)
    bill.basics  # type: ignore[attr-defined]  # noqa: B018


def income(zz: Policy) -> None:
    """Income."""
    assert_type(zz.income, IncomeArea)
    result = zz.income.test(register_net_income=yuan(9000), members=3)
    assert_type(result, IncomeResult)
    assert_type(result.poor, bool)
    assert_type(result.gap, Amount)
    zz.income.test(register_net_income=9000, members=3)  # type: ignore[arg-type]
    zz.income.test(register_net_income=yuan(9000), members=3.0)  # type: ignore[arg-type]
    assert_type(zz.income.line(2015), Amount)
    assert_type(zz.income.line(2015, series="provincial"), Amount)
    zz.income.line("2015")  # type: ignore[arg-type]
    assert_type(zz.income.index(2015), Index)
    assert_type(zz.income.index(2015).value, Decimal)
    carried = zz.income.uprate(yuan(3000), [(2011, "105.8"), (2012, Decimal("102.5"))])
    assert_type(carried, Uprated)
    assert_type(carried.value, Fen)
    zz.income.uprate(3000, [(2011, "105.8")])  # type: ignore[arg-type]
    zz.income.uprate(yuan(3000), [(2011, 105.8)])  # type: ignore[list-item]
    assert_type(zz.income.implied_index("provincial", 2010, 2015), Fraction)
    assert_type(zz.income.check_two_lines(), Findings)
    assert_type(zz.income.check_two_lines().ok, bool)


def others(zz: Policy) -> None:
    """Dibao and the old."""
    assert_type(zz.dibao, DibaoArea)
    assert_type(zz.dibao.top_up(countable_income=yuan(6000), members=3), TopUpResult)
    assert_type(zz.dibao.single_person(own_income=yuan(2000), disability_grade=1).monthly, Amount)
    zz.dibao.top_up(countable_income=6000, members=3)  # type: ignore[arg-type]
    zz.dibao.single_person(own_income=2000.0, disability_grade=1)  # type: ignore[arg-type]
    assert_type(zz.dibao.extremely_poor(support_mode="dispersed"), SupportResult)
    assert_type(zz.elderly, ElderlyArea)
    due = zz.elderly.allowances(age=103, receives_dibao=False)
    assert_type(due, Allowances)
    assert_type(due.total, Amount)
    zz.elderly.allowances(age=103.5)  # type: ignore[arg-type]
    zz.elderly.allowances(age="103")  # type: ignore[arg-type]
    assert_type(due.total + due.total, Amount)
    due.total + 5  # type: ignore[operator]
    Amount.exactly(5)  # type: ignore[arg-type]


def households(zz: Policy) -> None:
    """Households and statements."""
    person = Person(born=datetime.date(1932, 5, 1), receives_dibao=True, commercial_owed=yuan(5))
    Person(commercial_owed=5)  # type: ignore[arg-type]
    Person(receives_dibao="yes")  # type: ignore[arg-type]
    Person(receives_dibo=True)  # type: ignore[call-arg]
    assert_type(person.born, datetime.date | None)
    assert_type(person.receives_dibao, bool | None)
    assert_type(person.commercial_owed, Fen | None)
    home = Household(persons=(person,), incomes=(pr.Income(kind=pr.IncomeKind.WAGE, amount=yuan(12_000)),))
    assert_type(home.persons, tuple[Person, ...] | None)
    statement = zz.assess(home)
    assert_type(statement, Statement)
    assert_type(statement.lines[0].amount, Amount | None)
    assert_type(statement.totals, dict[str, Amount])
    assert_type(statement.readings, Mapping[str, str])
    assert_type(statement.to_json(), str)
    assert_type(Statement.from_dict(statement.to_dict()), Statement)
    zz.assess({"persons": []})  # type: ignore[arg-type]
    person.born = datetime.date(1932, 5, 1)  # type: ignore[misc]


@frozen
class Rules:
    """Rules as areas write them."""

    bands: Bands = param("yuan/month")
    rates: Rates = param("percent")

    @rule("金额", "amount", entity=Person)
    def sound(self, age: int, in_scope: Fen, hospital_grade: int) -> Fen:
        """Every word gives what it says."""
        assert_type(band(age, self.bands), Fen)
        exact = at_rate(in_scope, rate_for(hospital_grade, self.rates))
        assert_type(exact, Exact)
        assert_type(exact + exact, Exact)
        assert_type(rounded(exact), Fen)
        assert_type(least(in_scope, in_scope), Fen)
        assert_type(when(every(age >= 60), in_scope), Fen)
        assert_type(where(age >= 60, in_scope, Fen(0)), Fen)
        assert_type(cases((age >= 60, in_scope), default=Fen(0)), Fen)
        assert_type(READING.choose(one=in_scope, two=Fen(0)), Fen)
        assert_type(total(in_scope), Fen)
        assert_type(count(age >= 60), int)
        return rounded(exact)

    @rule("是否", "yes or no", entity=Person)
    def yes_no(self, age: int) -> bool:
        """A rule may say yes or no."""
        return age >= 60

    @rule("未取整", "not rounded", entity=Person)  # type: ignore[type-var]
    def unrounded(self, in_scope: Fen, hospital_grade: int) -> Exact:
        """A rule that does not round is refused: money leaves `Exact` by `rounded` alone."""
        return at_rate(in_scope, rate_for(hospital_grade, self.rates))

    @entitlement("未取整", "not rounded", entity=Person, per="year")  # type: ignore[type-var]
    def owed(self, in_scope: Fen, hospital_grade: int) -> Exact:
        """The same of an entitlement."""
        return at_rate(in_scope, rate_for(hospital_grade, self.rates))

    def mixed(self, in_scope: Fen, hospital_grade: int) -> None:
        """An exact amount is no Fen, and a float is neither."""
        exact = at_rate(in_scope, rate_for(hospital_grade, self.rates))
        in_scope + exact  # type: ignore[operator]
        exact + in_scope  # type: ignore[operator]
        exact * 2  # type: ignore[operator]
        rounded(in_scope)  # type: ignore[arg-type]
        at_rate(0.5, rate_for(hospital_grade, self.rates))  # type: ignore[arg-type]
        at_rate(in_scope, 0.55)  # type: ignore[arg-type]
        least(in_scope, 0.5)  # type: ignore[type-var]
        band(80.5, self.bands)  # type: ignore[arg-type]
        lookup(2015, self.bands)  # type: ignore[arg-type]
        READING.choose(1)  # type: ignore[call-arg]

    def plain(self, in_scope: Fen) -> Fen:
        """A plain integer is no Fen."""
        return in_scope * 2 if in_scope else 0  # type: ignore[return-value]
