"""Who and what the rules speak of: households, their members, their bills, their income. Every fact is declared here, once.

Unknown is `None`: a fact that is left out is never taken as nothing or as "no", unless its declaration says so. A list that
is left out is unknown too; an empty list says that there is none.
"""

from __future__ import annotations

import datetime

from attrs import frozen

from povertyrules.core.entity import World, entity, members
from povertyrules.core.facts import Category, category, date, identity, money, text, yes_no
from povertyrules.core.money import Fen, yuan


class HospitalGrade(Category):
    """Grade of a hospital (医院等级)."""

    FIRST = 1, "一级医院", "first grade"
    SECOND = 2, "二级医院", "second grade"
    THIRD = 3, "三级医院", "third grade"


class SupportMode(Category):
    """How an extremely poor person is supported (供养方式)."""

    CENTRALISED = 1, "集中供养", "in an institution"
    DISPERSED = 2, "分散供养", "at home"


class IncomeKind(Category):
    """Kinds of income in the ledger of a household (收入类别)."""

    WAGE = 1, "工资性收入", "wages"
    BUSINESS_RECEIPTS = 2, "经营性收入", "business receipts"
    BUSINESS_COSTS = 3, "经营费用", "business costs"
    PROPERTY = 4, "财产性收入", "property income"
    PENSION = 5, "养老金", "pensions"
    DIBAO = 6, "低保金", "dibao"
    OLD_AGE_ALLOWANCE = 7, "高龄津贴", "old-age allowances"
    DISABILITY_SUBSIDY = 8, "残疾人补贴", "disability subsidies"
    PREFERENTIAL = 9, "优抚金", "preferential pensions"
    FAMILY_PLANNING_AWARD = 10, "计划生育奖励", "family-planning awards"
    SCHOLARSHIP = 11, "奖学金", "scholarships"
    BRAVERY_REWARD = 12, "见义勇为奖励", "rewards for bravery"
    GOVERNMENT_RELIEF = 13, "政府救助款", "government relief"
    MEDICAL_REIMBURSEMENT = 14, "医疗费报销", "medical reimbursements"
    FAMILY_SUPPORT = 15, "赡养抚养扶养费", "support from family"
    REMITTANCE = 16, "外出人员寄回", "remittances"
    AGRICULTURAL_SUBSIDY = 17, "涉农补贴", "agricultural subsidies"
    OTHER_TRANSFER = 18, "其他转移性收入", "other transfers"


@entity("治疗", "treatment")
@frozen(kw_only=True)
class Treatment:
    """One stay or bill: its date, its in-scope cost and the grade of the hospital.

    >>> Treatment(in_scope=yuan("68000"), hospital_grade=3).in_scope
    6800000
    """

    in_scope: Fen | None = money("政策范围内费用", "in-scope medical cost", most=yuan(10_000_000))
    hospital_grade: int | None = category(HospitalGrade, "医院等级", "grade of the hospital")
    admitted: datetime.date | None = date("入院日期", "day of admission", past=True)


@entity("收入", "income")
@frozen(kw_only=True)
class Income:
    """One entry of the household's ledger over the year: a kind and an amount, never negative (costs are a kind).

    >>> Income(kind="wage", amount=yuan(12_000)).amount
    1200000
    """

    kind: int | None = category(IncomeKind, "收入类别", "kind of income")
    amount: Fen | None = money("金额", "amount", most=yuan(10_000_000))


@entity("人", "person")
@frozen(kw_only=True)
class Person:
    """A member of a household.

    >>> Person(born=datetime.date(1932, 5, 1), receives_dibao=True).receives_dibao
    True
    """

    name: str | None = text("姓名", "name")
    id_number: str | None = identity("身份证号", "identity number")
    born: datetime.date | None = date("出生日期", "date of birth", past=True)
    receives_dibao: bool | None = yes_no("低保对象", "receives dibao")
    extremely_poor: bool | None = yes_no("特困人员", "extremely poor")
    support_mode: int | None = category(SupportMode, "供养方式", "mode of support")
    unable_to_care: bool | None = yes_no("经评估失能", "assessed as unable to care for oneself")
    commercial_owed: Fen | None = money(
        "商业补充保险应赔", "owed by commercial insurance in the year", most=yuan(10_000_000), blank=yuan(0)
    )
    treatments: tuple[Treatment, ...] | None = members(Treatment, most=400)


@entity("户", "household")
@frozen(kw_only=True)
class Household:
    """A rural household: its status, its members, its income over twelve months, and the day on which it is looked at.

    >>> len(Household(registered_poor=True, persons=[Person(), Person()]).persons)
    2
    """

    name: str | None = text("户名", "name of the household")
    on: datetime.date | None = date("日期", "date")
    registered_poor: bool | None = yes_no("建档立卡贫困户", "registered poor")
    income_from: datetime.date | None = date("收入期间起", "first day of the income period")
    income_to: datetime.date | None = date("收入期间止", "last day of the income period")
    incomes: tuple[Income, ...] | None = members(Income, most=200)
    persons: tuple[Person, ...] | None = members(Person, least=1, most=30)


WORLD = World.below(Household)
"""The entities of the library, and how they nest."""
