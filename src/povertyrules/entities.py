"""Who and what the rules speak of: households, members, houses, plots, bills, income. Every fact is declared here, once.

Unknown is `None`: a fact that is left out is never taken as nothing or as "no", unless its declaration says so. A list that
is left out is unknown too; an empty list says that there is none.
"""

from __future__ import annotations

import datetime

from attrs import frozen

from povertyrules import categories as c
from povertyrules.categories import HospitalGrade, IncomeKind, SupportMode
from povertyrules.core.entity import World, entity, members
from povertyrules.core.facts import area, category, count, date, identity, kinds, money, text, yes_no
from povertyrules.core.measure import Measure, mu, square_metres
from povertyrules.core.money import Fen, yuan

__all__ = [
    "WORLD",
    "Death",
    "Dwelling",
    "HospitalGrade",
    "Household",
    "Income",
    "IncomeKind",
    "Person",
    "Plot",
    "SupportMode",
    "Treatment",
]


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
    primary_in_poor_county: bool | None = yes_no(
        "在贫困县域内基层医疗机构就诊", "treated at a primary institution within a poor county"
    )
    listed_disease: bool | None = yes_no("属20种大病", "one of the listed diseases")
    designated_hospital: bool | None = yes_no("文件指定的医院", "a hospital that the document names")
    registration_fee: Fen | None = money("挂号费", "registration fee", most=yuan(10_000))
    treatment_bed_left: Fen | None = money("治疗费和床位费报销后剩余", "left of treatment and bed", most=yuan(10_000_000))
    other_items_left: Fen | None = money("其余项目报销后剩余", "left of the other items", most=yuan(10_000_000))


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
    sex: int | None = category(c.Sex, "性别", "sex")
    own_income: Fen | None = money("本人年收入", "own income of the year", most=yuan(10_000_000))
    # health and ability
    disability_grade: int | None = category(c.DisabilityGrade, "残疾等级", "grade of disability")
    seriously_ill: bool | None = yes_no("重病", "seriously ill")
    able_to_work: bool | None = yes_no("有劳动能力", "able to work")
    has_livelihood: bool | None = yes_no("有生活来源", "has a livelihood")
    supporter: int | None = category(c.Supporter, "法定义务人", "somebody who owes support")
    rehab_need: int | None = category(c.RehabNeed, "康复需求", "need of rehabilitation")
    implant_qualified: bool | None = yes_no("符合人工耳蜗植入条件", "qualifies for a cochlear implant")
    planning_pregnancy: bool | None = yes_no("备孕", "plans a pregnancy")
    newborn: bool | None = yes_no("新生儿", "newborn")
    child_of_age: bool | None = yes_no("适龄儿童", "child of the age for the service")
    woman_of_age: bool | None = yes_no("适龄妇女", "woman of the age for the check")
    married: bool | None = yes_no("夫妇", "one of a couple")
    hospital_delivery: bool | None = yes_no("住院分娩", "gave birth in a hospital")
    delivery_in_county: bool | None = yes_no("在县域内分娩", "gave birth within the county")
    delivery_cost: Fen | None = money("分娩自付费用", "cost of the delivery that remains", most=yuan(1_000_000))
    # school
    school_stage: int | None = category(c.SchoolStage, "在读学段", "stage of schooling")
    boarder: bool | None = yes_no("寄宿生", "boards at school")
    full_time: bool | None = yes_no("全日制在校生", "full-time student")
    merit_award: bool | None = yes_no("获国家励志奖学金", "awarded the inspirational scholarship")
    parent_disabled: bool | None = yes_no("残疾人家庭子女", "child of a disabled person's family")
    aided_in_stage: bool | None = yes_no("本学段已领一次性救助", "one-off aid already paid in this stage")
    aided_before: bool | None = yes_no("曾领一次性救助", "one-off aid paid before")
    tuition: Fen | None = money("应收学费", "tuition of the year", most=yuan(1_000_000))
    loan_interest: Fen | None = money("助学贷款年利息", "interest of the year on student loans", most=yuan(1_000_000))
    misc_fee: Fen | None = money("应收学杂费", "miscellaneous fees of the year", most=yuan(1_000_000))
    aid_year: int | None = count("受助第几年", "which year of the aid it is", least=1, most=20)
    named_school: int | None = category(c.NamedSchool, "文件点名的学校", "school that the document names")
    last_preschool_year: bool | None = yes_no("学前一年", "last year of preschool")
    difficulty_certified: bool | None = yes_no("认定为家庭经济困难学生", "certified as a student in difficulty")
    # work
    wants_work: bool | None = yes_no("有就业意愿", "wants to work")
    trainings_this_year: int | None = count("本年已领培训补贴次数", "training subsidies drawn this year", most=100)
    same_skill_this_year: bool | None = yes_no("同一职业同一等级本年已领", "same trade and grade subsidised this year")
    same_skill_before: bool | None = yes_no("同一职业同一等级以往年度已领", "same trade and grade subsidised before this year")
    unplaced_leaver: bool | None = yes_no("“两后生”", "school leaver without a place")
    migrant_worker: bool | None = yes_no("农民工", "migrant worker")
    # old age and childhood
    pension_contribution: Fen | None = money("养老保险年缴费", "yearly pension contribution", most=yuan(1_000_000))
    cannot_pay_premium: bool | None = yes_no("缴费困难", "cannot pay the contribution")
    supported_by_children: bool | None = yes_no("由子女赡养", "supported by children")
    children_pay: Fen | None = money("子女月赡养费", "what the children pay a month", most=yuan(100_000))
    child_kind: int | None = category(c.ChildKind, "困境儿童类别", "kind of child in difficulty")
    in_institution: bool | None = yes_no("机构养育", "raised in an institution")
    # hardship
    in_hardship: bool | None = yes_no("经济困难", "in economic hardship")
    labour_reduced: bool | None = yes_no("丧失或部分丧失劳动能力", "labour lost or reduced")
    adult: bool | None = yes_no("成年", "adult")
    employed: bool | None = yes_no("就业", "employed")
    dibao_category: bool | None = yes_no("属分类施保对象", "of a category with a dibao supplement")
    care_class: int | None = category(c.CareClass, "照料类别", "class of care")


@entity("房屋", "house")
@frozen(kw_only=True)
class Dwelling:
    """A house: how dangerous it is, what was done to it, what that cost, and what its file shows.

    >>> Dwelling(house_grade="D", floor_area=square_metres("58.5")).floor_area
    5850
    """

    name: str | None = text("名称", "name of the house")
    house_grade: int | None = category(c.HouseGrade, "房屋危险性等级", "grade of the house")
    grade_confirmed: bool | None = yes_no("住建部门已确认等级", "grade confirmed by the housing department")
    willing: bool | None = yes_no("有改造意愿", "willing to have it made safe")
    local_danger: bool | None = yes_no("部分承重结构不满足要求", "part of the bearing structure fails")
    whole_danger: bool | None = yes_no("承重结构整体不满足要求", "the whole bearing structure fails")
    reinforceable: bool | None = yes_no("可加固", "can be reinforced")
    method: int | None = category(c.RenovationMethod, "改造方式", "method")
    floor_area: Measure | None = area("建筑面积", "floor area", unit="m2", most=square_metres(10_000))
    auxiliary_area: Measure | None = area("辅助用房面积", "area of auxiliary rooms", unit="m2", most=square_metres(10_000))
    # money
    cash_cost: Fen | None = money("实际现金投资", "documented cost in cash", most=yuan(10_000_000))
    own_labour: Fen | None = money("投工投劳折价", "own labour at its value", most=yuan(10_000_000))
    subsidy_paid: Fen | None = money("已发补助", "subsidy paid", most=yuan(10_000_000))
    funding_need: Fen | None = money("所需资金", "money needed", most=yuan(10_000_000))
    renovation_funds: Fen | None = money("危房改造补助资金", "renovation funds at hand", most=yuan(10_000_000))
    district_funds: Fen | None = money("区级扶贫专项资金", "district poverty funds at hand", most=yuan(10_000_000))
    street_funds: Fen | None = money("街道资金", "street funds at hand", most=yuan(10_000_000))
    paid_by: int | None = category(c.Payer, "支付方", "paid out by")
    paid_to: int | None = category(c.PaidTo, "支付方式", "paid to")
    misuse: tuple[int, ...] | None = kinds(c.Misuse, "违规使用资金", "misuse of the subsidy")
    # works, acceptance, file
    unified_done: tuple[int, ...] | None = kinds(c.UnifiedItem, "五统一完成项", "items done alike")
    parts_qualified: bool | None = yes_no("主要部件合格", "main parts sound")
    structure_safe: bool | None = yes_no("结构安全", "structure safe")
    functions_complete: bool | None = yes_no("基本功能齐全", "basic functions complete")
    violations: tuple[int, ...] | None = kinds(c.Violation, "施工违规", "violations in building")
    hazard: bool | None = yes_no("造成安全隐患", "a safety hazard was caused")
    rectified: bool | None = yes_no("已整改", "put right")
    accepted_by: tuple[int, ...] | None = kinds(c.Department, "验收部门", "departments that accepted")
    accepted_on: datetime.date | None = date("验收日期", "day of acceptance")
    passed: bool | None = yes_no("验收合格", "acceptance passed")
    delivered_on: datetime.date | None = date("交付日期", "day of delivery")
    sign_posted: bool | None = yes_no("已设置工程标识", "sign of the scheme posted")
    paper_file: bool | None = yes_no("纸质档案已装订", "paper file bound")
    national_entry: bool | None = yes_no("已录入全国危改系统", "entered in the national renovation system")
    register_entry: bool | None = yes_no("已录入建档立卡系统", "entered in the register of the poor")


@entity("造林地块", "plot")
@frozen(kw_only=True)
class Plot:
    """A connected plot that was planted.

    >>> Plot(plot_area=mu("0.6"), forest_kind="arbor").plot_area
    60
    """

    name: str | None = text("名称", "name of the plot")
    plot_area: Measure | None = area("造林面积", "area planted", unit="mu", most=mu(100_000))
    forest_kind: int | None = category(c.ForestKind, "林种", "what is planted")
    land_kind: int | None = category(c.LandKind, "造林地类", "kind of land")
    planting: int | None = category(c.Planting, "营造方式", "new, renewed or converted")
    subsidy_years: int | None = count("补助年数", "years for which the subsidy is counted", least=1, most=20)
    subsidy_year: int | None = count("补助第几年", "which year of the subsidy it is", least=1, most=30)
    conversion_round: int | None = category(c.ConversionRound, "退耕还林轮次", "round of conversion")
    ecological_forest: bool | None = yes_no("生态林", "ecological forest")
    seedling_planting: bool | None = yes_no("种苗造林", "planted with seedlings under the scheme")
    tree_age: int | None = count("树龄", "age of the trees", most=300, unit="years")
    project_listed: bool | None = yes_no("已列入省级项目", "listed as a provincial project")
    young_plantation: bool | None = yes_no("未成林造林地", "plantation not yet mature")
    permanent_forest: bool | None = yes_no("已纳入永久性生态公益林", "in the permanent public-welfare forest")
    forest_owner: int | None = category(c.ForestOwner, "林地所有", "owner of the forest")
    care_rate: Fen | None = money("现有管护标准", "care rate until now, by the mu", most=yuan(10_000))


@entity("逝者", "deceased")
@frozen(kw_only=True)
class Death:
    """A member of the household who died.

    >>> Death(drew_pension=True).drew_pension
    True
    """

    name: str | None = text("姓名", "name")
    drew_pension: bool | None = yes_no("生前领取养老金", "drew the pension")
    pension_insured: bool | None = yes_no("参加居民养老保险", "was insured for a pension")


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
    dwellings: tuple[Dwelling, ...] | None = members(Dwelling, most=10)
    plots: tuple[Plot, ...] | None = members(Plot, most=50)
    deaths: tuple[Death, ...] | None = members(Death, most=10)
    poor_area: bool | None = yes_no("在农村贫困人口集中区域", "in an area where the rural poor concentrate")
    poor_county: bool | None = yes_no("在贫困县", "in a poor county")
    filial_fund: bool | None = yes_no("村设家庭养老孝善基金", "the village has a filial-piety fund")
    poverty_cause: int | None = category(c.PovertyCause, "主要致贫原因", "main cause of poverty")
    ranger_zone: int | None = category(c.RangerZone, "护林区域", "forest to be guarded")
    in_pv_scheme: bool | None = yes_no("纳入光伏扶贫", "in the solar scheme")
    # credit
    microcredit_interest: Fen | None = money("小额信贷年利息", "interest of the year on micro-credit", most=yuan(1_000_000))
    credit_insurance_premium: Fen | None = money("保证保险保费", "premium of guarantee insurance", most=yuan(1_000_000))
    for_relocation: bool | None = yes_no("用于易地扶贫搬迁", "loan for relocation")
    relocation_interest: Fen | None = money("搬迁贷款年利息", "interest of the year on relocation", most=yuan(1_000_000_000))
    # relief
    relief_cause: int | None = category(c.ReliefCause, "临时救助原因", "cause of temporary relief")
    living_difficulty: bool | None = yes_no("基本生活出现严重困难", "serious difficulty of basic living")
    relief_months: int | None = count("救助月数", "months of relief", least=1, most=120)
    relief_days: int | None = count("救助天数", "days of relief", least=1, most=3660)
    dibao_before: Fen | None = money("原领低保金(月)", "dibao drawn before, a month", most=yuan(100_000))
    months_over_line: int | None = count("收入超过标准月数", "months since income rose over the standard", most=600)
    industry_blocked: bool | None = yes_no("产业发展困难", "industry of one's own is blocked")
    no_self_reliance: bool | None = yes_no("无法依靠自身努力脱贫", "cannot leave poverty by its own effort")
    illness_poverty: bool | None = yes_no("因大病支出致贫", "poor because of spending on a major illness")
    property_within_limit: bool | None = yes_no("家庭财产符合当地要求", "property within the local limit")
    income_within_limit: bool | None = yes_no("家庭收入符合当地要求", "income within the local limit")
    low_income_family: bool | None = yes_no("低收入家庭", "low-income family")
    rigid_expenses: Fen | None = money("年刚性支出", "rigid expenses of the year", most=yuan(10_000_000), blank=yuan(0))
    exited: bool | None = yes_no("已脱贫", "has left poverty")
    large_expenditure: bool | None = yes_no("支出较大", "large expenditure")
    life_disturbed: bool | None = yes_no("正常或基本生活受影响", "normal or basic living disturbed")
    family_support: bool | None = yes_no("能获得家庭支持", "the family can give support")
    poverty_risk: int | None = category(c.PovertyRisk, "返贫致贫风险", "risk of falling into poverty")
    # industry and assets
    online_shop: bool | None = yes_no("开设网店", "runs an online shop")
    network_fee: Fen | None = money("年网络资费", "network fee of the year", most=yuan(1_000_000))
    holds_shares: bool | None = yes_no("以资产入股", "brought assets in for shares")
    guaranteed_income: Fen | None = money("合同保底年收益", "guaranteed income of the year", most=yuan(10_000_000))
    distributable_profit: Fen | None = money("可分配利润", "profit to be distributed", most=yuan(40_000_000))
    shares_held: int | None = count("持有股数", "shares held", most=1_000_000)
    shares_total: int | None = count("总股数", "shares in all", least=1, most=1_000_000)
    # exit
    enough_food: bool | None = yes_no("不愁吃", "no worry about food")
    enough_clothing: bool | None = yes_no("不愁穿", "no worry about clothing")
    education_secured: bool | None = yes_no("义务教育有保障", "compulsory education secured")
    medical_secured: bool | None = yes_no("基本医疗有保障", "basic medical care secured")
    housing_secured: bool | None = yes_no("住房安全有保障", "safe housing secured")
    exited_on: datetime.date | None = date("退出日期", "day of exit")
    county_exited_on: datetime.date | None = date("所在县退出日期", "day of the county's exit")
    stable_income: bool | None = yes_no("有稳定收入来源", "stable source of income")
    # charges
    new_settlement: bool | None = yes_no("在新建安置区", "in a new settlement")
    cable_tv_fee: Fen | None = money("有线电视初装费", "fee for connecting cable television", most=yuan(100_000))
    machinery_fee: Fen | None = money("农机牌证工本费和检验费", "fees for papers and inspection of machinery", most=yuan(100_000))
    water_connection_fee: Fen | None = money("供水入户工程费", "charge for bringing water into the house", most=yuan(1_000_000))
    farm_service_price: Fen | None = money("农业社会化服务价格", "price of farm services", most=yuan(10_000_000))


WORLD = World.below(Household)
"""The entities of the library, and how they nest."""
