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
from povertyrules.areas.children import ChildrenArea, ChildSupport
from povertyrules.areas.credit import CreditArea
from povertyrules.areas.credit_schedule import Instalment, Schedule
from povertyrules.areas.dibao import DibaoArea, GraceResult, SingleResult, SupportResult, TopUpResult
from povertyrules.areas.disability import ChildRehabilitation, DisabilityArea, DisabilitySubsidies
from povertyrules.areas.education import EducationArea, LoanInterest, StudentAid
from povertyrules.areas.elderly import Allowances, ElderlyArea, FilialPayment
from povertyrules.areas.exit import ExitArea, ExitTest
from povertyrules.areas.forestry import AfforestationResult, ForestryArea
from povertyrules.areas.housing import FloorArea, FundingResult, Grade, HousingArea, Renovation
from povertyrules.areas.income import IncomeArea, IncomeResult, Index, Uprated
from povertyrules.areas.medical import MedicalArea
from povertyrules.areas.medical_services import FreeServicesResult, PremiumResult
from povertyrules.areas.pension import ContributionSubsidy, FuneralGrant, Pension, PensionArea
from povertyrules.areas.relief import ReliefArea, TemporaryRelief
from povertyrules.areas.settlement import Payment, Settlement, YearSettlement
from povertyrules.categories import ChildService, HouseGrade, RenovationMethod, SchoolStage
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

    assert_type(zz.dibao.top_up(countable_income=yuan(6000), members=3).last_month, Amount)
    assert_type(zz.dibao.single_person(own_income=yuan(2000), disability_grade=1), SingleResult)
    zz.dibao.single_person(own_income=yuan(2000), disability_grade=1, countable_income=60_000)  # type: ignore[arg-type]
    grace = zz.dibao.gradual_exit(dibao_before=yuan(200), months_over_line=3)
    assert_type(grace, GraceResult)
    assert_type(grace.monthly, Amount)
    zz.dibao.gradual_exit(dibao_before=200, months_over_line=3)  # type: ignore[arg-type]
    zz.dibao.gradual_exit(dibao_before=yuan(200), months_over_line=3.0)  # type: ignore[arg-type]
    assert_type(zz.dibao.extremely_poor(support_mode=1).support, Amount)
    assert_type(zz.dibao.check_coverage(covered=9, qualifying=10, on=datetime.date(2018, 12, 31)), Findings)
    zz.dibao.check_coverage(covered=9.0, qualifying=10, on=datetime.date(2018, 12, 31))  # type: ignore[arg-type]
    zz.dibao.check_coverage(covered=9, qualifying=10, on="2018-12-31")  # type: ignore[arg-type]
    payment = zz.elderly.filial(age=70, filial_fund=True, supported_by_children=True, children_pay=yuan(200))
    assert_type(payment, FilialPayment)
    assert_type(payment.payment, Amount)
    zz.elderly.filial(age=70, filial_fund=True, supported_by_children=True, children_pay=200)  # type: ignore[arg-type]
    zz.elderly.filial(age=70, filial_fund="yes", supported_by_children=True)  # type: ignore[arg-type]
    assert_type(zz.elderly.check_filial_sources(["donation", 2]), Findings)
    zz.elderly.check_filial_sources([1.0])  # type: ignore[list-item]
    zz.elderly.check_filial_sources(1)  # type: ignore[arg-type]
    paid = zz.elderly.check_paid("care_subsidy", yuan(60), {"age": 70, "unable_to_care": True})
    assert_type(paid, Findings)
    zz.elderly.check_paid("care_subsidy", 60.0, {"age": 70})  # type: ignore[arg-type]
    zz.elderly.check_paid("care_subsidy", 60, {"age": 70})  # type: ignore[arg-type]


def findings(found: Findings) -> None:
    """What a check gives back."""
    assert_type(found.found, tuple[pr.Finding, ...])
    assert_type([one.severity for one in found], list[pr.Severity])
    assert_type(found.found[0].code, str)
    assert_type(found.found[0].field, str)
    assert_type(found.found[0].message, str)
    assert_type(found.found[0].provision, str)
    assert_type(found.of(pr.Severity.ERROR), tuple[pr.Finding, ...])
    assert_type(found + found, Findings)
    assert_type(found.to_dict(), dict[str, object])
    assert_type(found.found[0].to_dict(), dict[str, str])
    assert_type(len(found), int)
    found.of("fatal")  # type: ignore[arg-type]
    found.okay  # type: ignore[attr-defined]  # noqa: B018
    found.found[0].severity = pr.Severity.ERROR  # type: ignore[misc]


def areas_of_land() -> None:
    """An area is made by `square_metres` or `mu`; it is no plain number and no money."""
    size = pr.square_metres("58.5")
    assert_type(size, pr.Measure)
    assert_type(pr.mu(Decimal("0.6")), pr.Measure)
    assert_type(size + size, pr.Measure)
    assert_type(size * 2, pr.Measure)
    assert_type(2 * size, pr.Measure)
    assert_type(pr.Plot(plot_area=pr.mu("0.6")).plot_area, pr.Measure | None)
    assert_type(pr.Dwelling(floor_area=size).floor_area, pr.Measure | None)
    assert_type(pr.Dwelling(method=1).unified_done, tuple[int, ...] | None)
    assert_type(pr.Death(drew_pension=True).drew_pension, bool | None)
    pr.square_metres(58.5)  # type: ignore[arg-type]
    pr.mu(0.6)  # type: ignore[arg-type]
    pr.mu(None)  # type: ignore[arg-type]
    no_longer_an_area: pr.Measure = size * 0.5  # type: ignore[assignment]
    no_longer_an_area = size + 1  # type: ignore[assignment]
    no_longer_an_area = size + yuan(1)  # type: ignore[assignment]
    no_longer_an_area = 58  # type: ignore[assignment]
    assert_type(no_longer_an_area, pr.Measure)
    pr.Plot(plot_area=0.6)  # type: ignore[arg-type]
    pr.Plot(plot_area=yuan(1))  # type: ignore[arg-type]
    pr.Dwelling(floor_area=58)  # type: ignore[arg-type]
    pr.Dwelling(cash_cost=6500)  # type: ignore[arg-type]
    pr.Dwelling(passed="yes")  # type: ignore[arg-type]
    pr.Dwelling(pased=True)  # type: ignore[call-arg]


def medical_services(zz: Policy) -> None:
    """Premiums, free services, deposits."""
    premium = zz.medical.premium(registered_poor=True, disability_grade=1)
    assert_type(premium, PremiumResult)
    for amount in (premium.government, premium.personal, premium.financing, premium.subsidy, premium.left):
        assert_type(amount, Amount)
    zz.medical.premium(registered_poor="yes")  # type: ignore[arg-type]
    zz.medical.premium(disability_grade=1.0)  # type: ignore[arg-type]
    free = zz.medical.free_services(sex="female", poor_area=True)
    assert_type(free, FreeServicesResult)
    for answer in (free.two_cancer_check, free.preconception_check, free.folic_acid, free.newborn_screening):
        assert_type(answer, bool)
    zz.medical.free_services(sex=2.0)  # type: ignore[arg-type]
    zz.medical.free_services(newborn="no")  # type: ignore[arg-type]
    assert_type(zz.medical.check_deposit(registered_poor=True, deposit=yuan(2000)), Findings)
    zz.medical.check_deposit(registered_poor=True, deposit=2000)  # type: ignore[arg-type]
    zz.medical.check_deposit(registered_poor=True, deposit=2000.0)  # type: ignore[arg-type]
    assert_type(zz.medical.check_coverage(covered=1, registered=1), Findings)
    zz.medical.check_coverage(covered=1.0, registered=1)  # type: ignore[arg-type]


def education(zz: Policy) -> None:
    """Students."""
    assert_type(zz.education, EducationArea)
    aid = zz.education.package(school_stage=SchoolStage.JUNIOR, registered_poor=True, boarder=True)
    assert_type(aid, StudentAid)
    for amount in (aid.preschool_grant, aid.boarding_subsidy, aid.senior_grant, aid.college_grant, aid.scholarship):
        assert_type(amount, Amount)
    for amount in (aid.yulu, aid.one_off, aid.loan, aid.total):
        assert_type(amount, Amount)
    for answer in (aid.care_fee_waived, aid.misc_fee_waived, aid.free_textbooks, aid.tuition_waived):
        assert_type(answer, bool)
    zz.education.package(school_stage=3.0)  # type: ignore[arg-type]
    zz.education.package(school_stage=3, boarder="yes")  # type: ignore[arg-type]
    zz.education.package(registered_poor=True)  # type: ignore[call-arg]
    interest = zz.education.loan_interest(school_stage="undergraduate", loan_interest=yuan("392.50"))
    assert_type(interest, LoanInterest)
    assert_type(interest.subsidy, Amount)
    assert_type(interest.left, Amount)
    zz.education.loan_interest(school_stage=7, loan_interest=392.5)  # type: ignore[arg-type]
    zz.education.loan_interest(school_stage=7, loan_interest=392)  # type: ignore[arg-type]
    assert_type(zz.education.check_fees({"school_stage": 4}, {"misc_fee": yuan(400)}), Findings)
    zz.education.check_fees({"school_stage": 4}, {"misc_fee": 400})  # type: ignore[dict-item]
    zz.education.check_fees({"school_stage": 4}, ["misc_fee"])  # type: ignore[arg-type]
    assert_type(zz.education.check_vocational(2017, graduates=100, enrolled=80), Findings)
    zz.education.check_vocational(2017.0, graduates=100, enrolled=80)  # type: ignore[arg-type]
    zz.education.check_vocational(2017, graduates=100, enrolled="80")  # type: ignore[arg-type]
    assert_type(zz.education.check_coverage(offered=1, eligible=1), Findings)
    zz.education.check_coverage(offered=0.5, eligible=1)  # type: ignore[arg-type]


def pension(zz: Policy) -> None:
    """Pensions."""
    assert_type(zz.pension, PensionArea)
    assert_type(zz.pension.basic(age=60), Pension)
    assert_type(zz.pension.basic(age=60, disability_grade=2).basic, Amount)
    zz.pension.basic(age=60.0)  # type: ignore[arg-type]
    zz.pension.basic(age="60")  # type: ignore[arg-type]
    assert_type(zz.pension.contribution(pension_contribution=yuan(300)), ContributionSubsidy)
    assert_type(zz.pension.contribution(pension_contribution=yuan(300)).subsidy, Amount)
    zz.pension.contribution(pension_contribution=300)  # type: ignore[arg-type]
    zz.pension.contribution(pension_contribution=300.0)  # type: ignore[arg-type]
    assert_type(zz.pension.funeral(drew_pension=True), FuneralGrant)
    assert_type(zz.pension.funeral(drew_pension=True).grant, Amount)
    zz.pension.funeral(drew_pension="yes")  # type: ignore[arg-type]


def disability(zz: Policy) -> None:
    """The disabled."""
    assert_type(zz.disability, DisabilityArea)
    due = zz.disability.subsidies(disability_grade=1, receives_dibao=True)
    assert_type(due, DisabilitySubsidies)
    assert_type(due.living, Amount)
    assert_type(due.nursing, Amount)
    assert_type(due.total, Amount)
    zz.disability.subsidies(disability_grade=1.0)  # type: ignore[arg-type]
    zz.disability.subsidies(disability_grade=1, receives_dibao="yes")  # type: ignore[arg-type]
    child = zz.disability.rehabilitation(age=6, rehab_need="autism")
    assert_type(child, ChildRehabilitation)
    assert_type(child.training, bool)
    assert_type(child.implant, bool)
    zz.disability.rehabilitation(age=6.5, rehab_need="autism")  # type: ignore[arg-type]
    zz.disability.rehabilitation(age=6, rehab_need=4.0)  # type: ignore[arg-type]
    assert_type(zz.disability.barrier_free_order([Household()]), tuple[Household, ...])
    zz.disability.barrier_free_order([Person()])  # type: ignore[list-item]
    assert_type(zz.disability.check_barrier_free(served=[Household()], waiting=()), Findings)
    zz.disability.check_barrier_free(served=Household(), waiting=[])  # type: ignore[arg-type]
    assert_type(zz.disability.check_refusal({"disability_grade": 3}, refused_for_age=True), Findings)
    zz.disability.check_refusal({"disability_grade": 3}, refused_for_age="no")  # type: ignore[arg-type]


def children_and_relief(zz: Policy) -> None:
    """Children in difficulty, and households in sudden need."""
    assert_type(zz.children, ChildrenArea)
    support = zz.children.support(child_kind="orphan", in_institution=False)
    assert_type(support, ChildSupport)
    assert_type(support.orphan, Amount)
    assert_type(support.in_difficulty, Amount)
    assert_type(support.services, bool)
    zz.children.support(child_kind=3.0)  # type: ignore[arg-type]
    zz.children.support(child_kind=3, in_institution="no")  # type: ignore[arg-type]
    assert_type(zz.children.services("left_behind"), tuple[ChildService, ...])
    zz.children.services(2.0)  # type: ignore[arg-type]
    assert_type(zz.relief, ReliefArea)
    relief = zz.relief.temporary(relief_cause="accident", living_difficulty=True, members=3, relief_months=2)
    assert_type(relief, TemporaryRelief)
    assert_type(relief.eligible, bool)
    assert_type(relief.amount, Amount)
    zz.relief.temporary(relief_cause=1.0, living_difficulty=True, members=3)  # type: ignore[arg-type]
    zz.relief.temporary(relief_cause=1, living_difficulty=True, members=3.0)  # type: ignore[arg-type]
    zz.relief.temporary(relief_cause=1, living_difficulty=True, members=3, relief_days=62.5)  # type: ignore[arg-type]


def housing(zz: Policy) -> None:
    """Houses."""
    assert_type(zz.housing, HousingArea)
    assert_type(zz.housing.grade(local_danger=True, whole_danger=False), Grade)
    assert_type(zz.housing.grade(local_danger=True, whole_danger=False).grade, HouseGrade)
    zz.housing.grade(local_danger="yes", whole_danger=False)  # type: ignore[arg-type]
    house = zz.housing.renovation(house_grade="C", method="repair", cash_cost=yuan(6500))
    assert_type(house, Renovation)
    assert_type(house.eligible, bool)
    assert_type(house.method_due, RenovationMethod)
    assert_type(house.planned, Amount)
    assert_type(house.subsidy, Amount)
    zz.housing.renovation(house_grade=3.0)  # type: ignore[arg-type]
    zz.housing.renovation(house_grade=3, cash_cost=6500)  # type: ignore[arg-type]
    zz.housing.renovation(house_grade=3, own_labour=2000.0)  # type: ignore[arg-type]
    size = zz.housing.floor_area(members=4, floor_area=pr.square_metres("75.5"))
    assert_type(size, FloorArea)
    for area in (size.counted, size.least, size.most):
        assert_type(area, Decimal)
    assert_type(size.in_order, bool)
    zz.housing.floor_area(members=4, floor_area=75.5)  # type: ignore[arg-type]
    zz.housing.floor_area(members=4, floor_area=75)  # type: ignore[arg-type]
    zz.housing.floor_area(members=4, floor_area=yuan(75))  # type: ignore[arg-type]
    funds = zz.housing.funding(funding_need=yuan(25_000), renovation_funds=yuan(18_000))
    assert_type(funds, FundingResult)
    for amount in (funds.renovation_funds, funds.district_funds, funds.street, funds.gap):
        assert_type(amount, Amount)
    zz.housing.funding(funding_need=25_000, renovation_funds=yuan(18_000))  # type: ignore[arg-type]
    assert_type(zz.housing.check(Household()), Findings)
    zz.housing.check({"dwellings": []})  # type: ignore[arg-type]
    house_done = pr.Dwelling(paid_by=1)
    assert_type(zz.housing.check_works(house_done), Findings)
    assert_type(zz.housing.check_acceptance(house_done), Findings)
    assert_type(zz.housing.check_payment(house_done), Findings)
    assert_type(zz.housing.check_file(house_done), Findings)
    assert_type(zz.housing.check_violations(house_done), Findings)
    zz.housing.check_works(Household())  # type: ignore[arg-type]
    zz.housing.check_payment([house_done])  # type: ignore[arg-type]
    assert_type(zz.housing.check_files(approvals=9, files=9), Findings)
    zz.housing.check_files(approvals=9.0, files=9)  # type: ignore[arg-type]
    assert_type(zz.housing.check_average("repair", [Household()]), Findings)
    zz.housing.check_average("repair", [house_done])  # type: ignore[list-item]
    zz.housing.check_average(1.0, [Household()])  # type: ignore[arg-type]
    assert_type(zz.housing.check_target(done=9, eligible=11), Findings)
    zz.housing.check_target(done=9, eligible="11")  # type: ignore[arg-type]


def forestry(zz: Policy) -> None:
    """Plots."""
    assert_type(zz.forestry, ForestryArea)
    plot = zz.forestry.afforestation(plot_area=pr.mu("2.5"), forest_kind="arbor", land_kind="sandy", planting="new")
    assert_type(plot, AfforestationResult)
    assert_type(plot.subsidy, Amount)
    zz.forestry.afforestation(plot_area=2.5, forest_kind=1, land_kind=2, planting="new")  # type: ignore[arg-type]
    zz.forestry.afforestation(plot_area=2, forest_kind=1, land_kind=2, planting="new")  # type: ignore[arg-type]
    zz.forestry.afforestation(plot_area=yuan(2), forest_kind=1, land_kind=2, planting="new")  # type: ignore[arg-type]
    zz.forestry.afforestation(plot_area=pr.mu(2), forest_kind=1.0, land_kind=2, planting="new")  # type: ignore[arg-type]


def leaving(zz: Policy) -> None:
    """Exit of households and villages."""
    day = datetime.date(2017, 6, 30)
    assert_type(zz.exit, ExitArea)
    test = zz.exit.test(register_net_income=yuan(10_528), members=3)
    assert_type(test, ExitTest)
    assert_type(test.income_over_line, bool)
    assert_type(test.fit, bool)
    zz.exit.test(register_net_income=10_528, members=3)  # type: ignore[arg-type]
    zz.exit.test(register_net_income=yuan(1), members=3.0)  # type: ignore[arg-type]
    assert_type(zz.exit.check(Household()), Findings)
    zz.exit.check([Household()])  # type: ignore[arg-type]
    assert_type(zz.exit.check_date(day, "village"), Findings)
    zz.exit.check_date("2017-06-30")  # type: ignore[arg-type]
    zz.exit.check_date(day, 1.0)  # type: ignore[arg-type]
    assert_type(zz.exit.order([yuan(100)], places=1), tuple[int, ...])
    zz.exit.order([100.0], places=1)  # type: ignore[list-item]
    zz.exit.order([yuan(100)], places=1.0)  # type: ignore[arg-type]
    assert_type(zz.exit.support_until(day), datetime.date)
    zz.exit.support_until(20170630)  # type: ignore[arg-type]
    assert_type(zz.exit.village(poor=18, registered=1000), Findings)
    zz.exit.village(poor=0.018, registered=1)  # type: ignore[arg-type]
    incomes = {"income": yuan(5999), "province_income": yuan(10_000), "collective_income": yuan(0)}
    assert_type(zz.exit.key_village(rate="10 %", province_rate="5 %", **incomes), bool)
    zz.exit.key_village(rate=0.1, province_rate="5 %", **incomes)  # type: ignore[arg-type]
    plain = {"income": 5999, "province_income": 10_000, "collective_income": 0}
    zz.exit.key_village(rate="10 %", province_rate="5 %", **plain)  # type: ignore[arg-type]
    assert_type(zz.exit.is_key_village("name"), bool)
    zz.exit.is_key_village(1)  # type: ignore[arg-type]
    assert_type(zz.exit.poor_villages(), int)


def compared(zz: Policy, home: Household) -> None:
    """Policies are given as objects or names, in a list or by title."""
    found = pr.compare(home, [zz, "cn"], on="2017-06-30")
    assert_type(found, pr.Comparison)
    assert_type(found["care_subsidy"][0].cells[0].amount, Amount | None)
    assert_type(pr.compare(home, {"now": zz}), pr.Comparison)
    assert_type(zz.compare_readings(home, names=["medical.brackets"]), pr.Readings)
    pr.compare(home, zz)  # type: ignore[arg-type]


def credit(jilin: Policy) -> None:
    """Loans, month by month."""
    assert_type(jilin.credit, CreditArea)
    assert_type(jilin.credit.microcredit(registered_poor=True).ceiling, Amount)
    day = datetime.date(2016, 1, 31)
    made = jilin.credit.schedule(amount=yuan(50_000), drawn_on=day, months=12, rate="4.75 %")
    assert_type(made, Schedule)
    assert_type(made.left, Fen)
    assert_type(made.instalments, tuple[Instalment, ...])
    assert_type(made.instalments[0].payment, Fen)
    assert_type(made.instalments[0].due_on, datetime.date)
    jilin.credit.schedule(amount=50_000, drawn_on=day, months=12, rate="4.75 %")  # type: ignore[arg-type]
    jilin.credit.schedule(amount=yuan(50_000), drawn_on="2016-01-31", months=12, rate="4.75 %")  # type: ignore[arg-type]
    jilin.credit.schedule(amount=yuan(50_000), drawn_on=day, months=12, rate=4.75)  # type: ignore[arg-type]
    assert_type(jilin.credit.relocation(for_relocation=True, relocation_interest=yuan(5)).left, Amount)


def other_places(shanxi: Policy, ankang: Policy) -> None:
    """Forest land, school fees, solar power, training."""
    plot = shanxi.forestry.cropland(plot_area=pr.mu(10), conversion_round="new")
    assert_type(plot.new_round, Amount)
    assert_type(shanxi.forestry.orchard(plot_area=pr.mu(5), tree_age=10).listing, bool)
    shanxi.forestry.cropland(plot_area=10, conversion_round="new")  # type: ignore[arg-type]
    shanxi.forestry.care(plot_area=pr.mu(5), care_rate=3)  # type: ignore[arg-type]
    assert_type(shanxi.education.fees(school_stage=4, misc_fee=yuan(800)).misc_fee_due, Amount)
    assert_type(ankang.education.aid(school_stage=4, exited_on=datetime.date(2015, 1, 1)).covered, bool)
    assert_type(shanxi.energy.solar(able_to_work=[True, None]).income, Amount)
    assert_type(shanxi.energy.check_income([yuan(1600)]), Findings)
    shanxi.energy.check_income([1600])  # type: ignore[list-item]
    assert_type(shanxi.employment.enterprise_subsidy(12), Amount)
    assert_type(ankang.employment.women(age=55).open, bool)
    assert_type(ankang.employment.check_training([{"trade": "cook", "level": 4, "on": datetime.date(2020, 1, 1)}]), Findings)


def medical_elsewhere(shanxi: Policy) -> None:
    """Insurance by one rate, what patients pay, free services, charges, exit of a county."""
    bill = shanxi.medical.insured(in_scope=yuan(5), listed_disease=True)
    assert_type(bill.critical_illness, Amount)
    shanxi.medical.insured(in_scope=5)  # type: ignore[arg-type]
    assert_type(shanxi.medical.check_self_pay([yuan(5)], [yuan(1)]), Findings)
    shanxi.medical.check_self_pay([5.0], [yuan(1)])  # type: ignore[list-item]
    assert_type(shanxi.medical.inpatient([pr.Treatment(in_scope=yuan(5))]).due, Amount)
    assert_type(shanxi.medical.registration(registration_fee=yuan(5)).free, bool)
    assert_type(shanxi.medical.family_services(child_of_age=True).vaccines, bool)
    assert_type(shanxi.medical.health_check(age=50).free, bool)
    assert_type(shanxi.medical.delivery(delivery_cost=yuan(5)).subsidy, Amount)
    shanxi.medical.delivery(delivery_cost=5)  # type: ignore[arg-type]
    assert_type(shanxi.charges.settlement(cable_tv_fee=yuan(300)).cable_tv_due, Amount)
    shanxi.charges.settlement(cable_tv_fee=300)  # type: ignore[arg-type]
    assert_type(shanxi.charges.water(registered_poor=True).free, bool)
    assert_type(shanxi.exit.support(county_exited_on=datetime.date(2018, 6, 30)).unchanged, bool)
    shanxi.exit.test(disposable_income=5, members=3)  # type: ignore[arg-type]


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
    assert_type(zz.check(home), Findings)
    zz.check(person)  # type: ignore[arg-type]
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
