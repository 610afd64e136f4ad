"""The categories that facts are told in: each member has its code, as the registers write it, and a label in each language."""

from __future__ import annotations

from povertyrules.core.facts import Category


class Sex(Category):
    """Sex (性别)."""

    MALE = 1, "男", "male"
    FEMALE = 2, "女", "female"


class HospitalGrade(Category):
    """Grade of a hospital (医院等级)."""

    FIRST = 1, "一级医院", "first grade"
    SECOND = 2, "二级医院", "second grade"
    THIRD = 3, "三级医院", "third grade"


class SupportMode(Category):
    """How an extremely poor person is supported (供养方式)."""

    CENTRALISED = 1, "集中供养", "in an institution"
    DISPERSED = 2, "分散供养", "at home"


class DisabilityGrade(Category):
    """Grade of a disability by its certificate (残疾等级); the first two are severe."""

    NONE = 0, "无残疾证", "no certificate"
    FIRST = 1, "一级", "grade 1"
    SECOND = 2, "二级", "grade 2"
    THIRD = 3, "三级", "grade 3"
    FOURTH = 4, "四级", "grade 4"


class RehabNeed(Category):
    """What a disabled child needs rehabilitation for (康复需求)."""

    NONE = 0, "无", "none"
    HEARING = 1, "听障", "hearing"
    INTELLECTUAL = 2, "智障", "intellectual"
    CEREBRAL_PALSY = 3, "脑瘫", "cerebral palsy"
    AUTISM = 4, "孤独症", "autism"
    LOW_VISION = 5, "低视力", "low vision"
    LIMB = 6, "肢残矫治", "limb correction"


class Supporter(Category):
    """Whether someone owes a person support by law, and is able to give it (法定义务人)."""

    NONE = 0, "无", "nobody"
    UNABLE = 1, "有,无履行能力", "somebody who cannot"
    ABLE = 2, "有,有履行能力", "somebody who can"


class SchoolStage(Category):
    """Stage of schooling (在读学段)."""

    NONE = 0, "未就学", "not at school"
    PRESCHOOL = 1, "学前教育", "preschool"
    PRIMARY = 2, "小学", "primary school"
    JUNIOR = 3, "初中", "junior middle school"
    SENIOR_HIGH = 4, "普通高中", "senior high school"
    SECONDARY_VOCATIONAL = 5, "中等职业学校", "secondary vocational school"
    VOCATIONAL_COLLEGE = 6, "高等职业院校", "vocational college"
    UNDERGRADUATE = 7, "普通本科", "university, undergraduate"
    POSTGRADUATE = 8, "研究生", "university, postgraduate"


class NamedSchool(Category):
    """Schools that a document names (文件点名的学校)."""

    NONE = 0, "其他学校", "any other school"
    LONGXIANG = 1, "龙翔学校", "Longxiang School"
    FOURTH_MIDDLE = 2, "焦作四中", "fourth middle school of Jiaozuo"


class ChildKind(Category):
    """Kinds of children in difficulty (困境儿童类别)."""

    NONE = 0, "否", "none"
    NEEDY_FAMILY = 1, "困难家庭子女", "child of a family in difficulty"
    LEFT_BEHIND = 2, "贫困农村留守儿童", "poor left-behind child"
    ORPHAN = 3, "孤儿", "orphan"
    UNSUPPORTED = 4, "事实无人抚养儿童", "child whom in fact nobody supports"
    ILL_OR_DISABLED = 5, "低收入家庭重病重残儿童", "seriously ill or disabled child of a low-income family"


class ChildService(Category):
    """Services for children in difficulty (困境儿童福利服务)."""

    TEMPORARY_BOARD = 1, "临时食宿", "temporary board and lodging"
    BASIC_MEDICAL = 2, "基本医疗", "basic medical care"
    COUNSELLING = 3, "心理咨询", "counselling"
    LEGAL_AID = 4, "法律援助", "legal aid"


class PovertyCause(Category):
    """Main cause of poverty in the register (主要致贫原因)."""

    ILLNESS = 1, "因病", "illness"
    DISABILITY = 2, "因残", "disability"
    SCHOOLING = 3, "因学", "schooling"
    DISASTER = 4, "因灾", "disaster"
    LAND = 5, "缺土地", "lack of land"
    WATER = 6, "缺水", "lack of water"
    TECHNOLOGY = 7, "缺技术", "lack of skills"
    LABOUR = 8, "缺劳力", "lack of labour"
    CAPITAL = 9, "缺资金", "lack of capital"
    TRANSPORT = 10, "交通条件落后", "poor transport"
    MOTIVATION = 11, "自身发展动力不足", "lack of own drive"
    OTHER = 12, "其他", "other"


class ReliefCause(Category):
    """What temporary relief is asked for (临时救助原因)."""

    NONE = 0, "无", "none"
    SUDDEN_EVENT = 1, "突发事件", "sudden event"
    ACCIDENT = 2, "意外伤害", "accident"
    MAJOR_ILLNESS = 3, "重大疾病", "major illness"
    OTHER = 4, "其他原因", "another cause"
    SCHOOLING = 5, "子女就学", "schooling of children"
    TREATMENT = 6, "疾病治疗", "treatment of illness"
    HOUSING = 7, "解决住房问题", "while a home is being found"


class PovertyRisk(Category):
    """What makes a household likely to fall into poverty, or back into it (返贫致贫风险)."""

    NONE = 0, "无", "none"
    UNSTABLE_INCOME = 1, "收入不稳定", "unstable income"
    NEAR_POOR = 2, "收入略高于贫困户", "income slightly above that of the poor"
    RETURNED = 3, "已返贫", "has returned to poverty"


class CareClass(Category):
    """How much care an extremely poor person needs (照料类别)."""

    SELF_CARING = 1, "全自理", "fully self-caring"
    HALF_DISABLED = 2, "半失能", "half disabled"
    FULL_CARE = 3, "全护理", "in full care"


class DividendMode(Category):
    """How somebody who brought assets in is paid (分红方式)."""

    GUARANTEED_PLUS_SHARE = 1, "保底收益+按股分红", "guaranteed income and a share of the profit"
    SHARE_ONLY = 2, "按股分红", "a share of the profit alone"
    OTHER = 3, "其他", "another one"


class RangerZone(Category):
    """Where a ranger would serve (护林区域)."""

    NONE = 0, "否", "none of them"
    PROTECTION_ZONE = 1, "森林保护重点范围", "zone of priority for forest protection"
    WEAK_STREET = 2, "重点林区财政困难街道", "fiscally weak street in a main forest area"
    KEY_VILLAGE = 3, "扶贫工作重点村", "key village"


class HouseGrade(Category):
    """Grade of danger of a house (房屋危险性等级)."""

    A = 1, "A级", "grade A"
    B = 2, "B级", "grade B"
    C = 3, "C级", "grade C"
    D = 4, "D级", "grade D"


class RenovationMethod(Category):
    """How a dangerous house is made safe (改造方式)."""

    REPAIR = 1, "修缮加固", "repair"
    REBUILD = 2, "拆除重建", "rebuilding"


class UnifiedItem(Category):
    """The five items that are done alike in every house (五统一)."""

    DOOR_PLATE = 1, "门牌编号设置", "door plate"
    DOORS_AND_WINDOWS = 2, "门窗更换", "doors and windows"
    INDOOR_FLOOR = 3, "室内地面硬化", "indoor floor"
    CEILING = 4, "吊顶", "ceiling"
    WALLS = 5, "内外墙粉刷", "inner and outer walls"


class Department(Category):
    """Who accepts a finished house (验收部门)."""

    CONSTRUCTION = 1, "建设", "construction"
    POVERTY_OFFICE = 2, "扶贫", "poverty office"
    FINANCE = 3, "财政", "finance"
    CIVIL_AFFAIRS = 4, "民政", "civil affairs"
    STREET = 5, "街道", "street office"


class Payer(Category):
    """Who paid a subsidy out (支付方)."""

    DISTRICT_FINANCE = 1, "区财政", "district finance"
    OTHER = 2, "其他", "somebody else"


class PaidTo(Category):
    """How a subsidy was paid (支付方式)."""

    HOUSEHOLD_CARD = 1, "农户一卡通", "to the household's card"
    OTHER_ACCOUNT = 2, "其他账户", "to another account"
    CASH = 3, "现金", "in cash"


class Misuse(Category):
    """What must not be done with a subsidy (违规使用资金)."""

    WITHHELD = 1, "截留", "withheld"
    CROWDED_OUT = 2, "挤占", "crowded out"
    DIVERTED = 3, "挪用", "diverted"
    DISGUISED = 4, "变相使用", "used in disguise"


class Violation(Category):
    """Violations in building (施工违规)."""

    OFF_DESIGN = 1, "不按设计施工", "not built to the design"
    CUT_CORNERS = 2, "偷工减料", "corners cut"
    ILLEGAL_BUILDING = 3, "违规建设", "built against the rules"


class ForestKind(Category):
    """What is planted (林种)."""

    ARBOR = 1, "乔木林", "arbor forest"
    WOODY_OIL = 2, "木本油料经济林", "woody oil crops"
    SHRUB = 3, "灌木林", "shrubs"
    BAMBOO = 4, "竹林", "bamboo"
    OTHER_ECONOMIC = 5, "其他经济林", "other economic forest"
    OTHER = 6, "其他", "other"
    DRY_FRUIT = 7, "干果经济林", "dry-fruit orchard"


class LandKind(Category):
    """Land on which is planted (造林地类)."""

    BARREN_HILL = 1, "宜林荒山荒地", "barren hills fit for forest"
    SANDY = 2, "沙荒地", "sandy waste"
    LOW_YIELD = 3, "低产低效林地", "woodland of low yield"
    OTHER = 4, "其他", "other"


class Planting(Category):
    """What is done on the land (营造方式)."""

    NEW = 1, "人工造林", "new planting"
    RENEWAL = 2, "更新", "renewal"
    CONVERSION = 3, "改造", "conversion"


class ConversionRound(Category):
    """Round in which cropland was converted to forest (退耕还林轮次)."""

    NONE = 0, "非退耕地", "never converted"
    EARLIER = 1, "上一轮", "earlier round"
    NEW = 2, "新一轮", "new round"


class ForestOwner(Category):
    """Who owns forest land (林地所有)."""

    STATE = 1, "国有", "the state"
    COLLECTIVE = 2, "集体", "a collective"
    PERSON = 3, "个人", "a person"


class FundSource(Category):
    """Where the money of a filial-piety fund comes from (孝善养老金来源)."""

    DONATION = 1, "捐助资金", "donations"
    VILLAGE_INCOME = 2, "村集体经济收入", "the village's collective income"
    OTHER = 3, "其他", "other"


class FreeService(Category):
    """Services for women and infants (妇幼健康服务)."""

    TWO_CANCER_CHECK = 1, "“两癌”检查", "check for breast and cervical cancer"
    PRECONCEPTION_CHECK = 2, "孕前优生健康检查", "check before pregnancy"
    FOLIC_ACID = 3, "增补叶酸", "folic acid"
    NEWBORN_SCREENING = 4, "新生儿疾病筛查", "newborn screening"
    NUTRITION_PACK = 5, "儿童营养包", "nutrition packs for children"
    FAMILY_PLANNING = 6, "计划生育基本技术服务", "basic family-planning services"
    CERVICAL_CHECK = 7, "宫颈癌筛查", "check for cervical cancer"
    VACCINES = 8, "国家免疫规划疫苗", "vaccines of the national programme"


class CreditPurpose(Category):
    """What a loan is spent on (贷款用途)."""

    PRODUCTION = 1, "发展生产", "production"
    OWN_BUSINESS = 2, "个人创业", "a business of one's own"
    CONSUMPTION = 3, "消费", "consumption"


class ExitOf(Category):
    """Who leaves poverty (退出主体)."""

    PERSON = 1, "贫困人口", "person"
    VILLAGE = 2, "扶贫工作重点村", "key village"


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
