"""The rules of aid to students: grants by stage, boarding subsidies, loans, the Yulu plan, one-off aid, waived fees.

The calculators and checks on them, with references and limits, are in `education`.
"""

from __future__ import annotations

from povertyrules.areas.education_fees import Waivers
from povertyrules.categories import SchoolStage
from povertyrules.conventions import to_fen
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Amounts, Kinds
from povertyrules.core.words import among, at_rate, cases, every, greatest, lookup, no, some, unstated, when, where
from povertyrules.entities import Person

AVERAGE = interpretation("education.average_amount", "as_average", "group_only")
WITH_SCHOLARSHIP = interpretation("education.grant_with_scholarship", "both", "larger")
YULU_STAGE = interpretation("education.yulu_stage", "all_higher", "vocational_only")
YULU_WITH_GRANT = interpretation("education.yulu_with_grant", "both", "larger")
AID_WITH_GRANTS = interpretation("education.disabled_aid_with_grants", "beside", "instead")
ONE_OFF = interpretation("education.one_off", "per_stage", "per_life")
DISABLED_FAMILY = interpretation("education.disabled_family", "larger", "as_child", "both")
VOCATIONAL_TUITION = interpretation("education.vocational_tuition", "all_students", "poor_only")


def one_student(average: Fen) -> Fen:
    """An average as the amount of one student; or, in the other reading, no amount of one student at all."""
    return AVERAGE.choose(as_average=average, group_only=unstated(AVERAGE.name))


@parameters
class Preschool:
    """The grant in preschool (学前教育政府助学金)."""

    grants: Amounts = param("yuan/year", category=SchoolStage)

    @entitlement("学前教育政府助学金", "preschool grant", entity=Person, per="year")
    def preschool_grant(self, registered_poor: bool, school_stage: int) -> Fen:
        """The average, for a child in preschool."""
        return when(every(among(school_stage, self.grants.rows), registered_poor), one_student(lookup(school_stage, self.grants)))


@parameters
class Boarding:
    """The living subsidy of boarders in compulsory schooling (义务教育寄宿生生活费补助)."""

    amounts: Amounts = param("yuan/year", category=SchoolStage)

    @entitlement("寄宿生生活费补助", "boarding subsidy", entity=Person, per="year")
    def boarding_subsidy(self, registered_poor: bool, school_stage: int, boarder: bool) -> Fen:
        """The amount of the stage, for a boarder."""
        eligible = every(among(school_stage, self.amounts.rows), registered_poor, boarder)
        return when(eligible, lookup(school_stage, self.amounts))


@parameters
class Senior:
    """The state grant in senior secondary schools (普通高中、中职国家助学金)."""

    grants: Amounts = param("yuan/year", category=SchoolStage)

    @rule("高中阶段助学金标准", "state grant of the senior stage", entity=Person, per="year")
    def senior_standard(self, registered_poor: bool, school_stage: int) -> Fen:
        """The average of the stage."""
        return when(every(among(school_stage, self.grants.rows), registered_poor), one_student(lookup(school_stage, self.grants)))

    @entitlement("高中阶段国家助学金", "senior secondary grant", entity=Person, per="year")
    def senior_grant(self, senior_standard: Fen, yulu_standard: Fen) -> Fen:
        """The average; where it is not paid beside the Yulu aid, it gives way to one that is not lower."""
        stands = some(yulu_standard == 0, yulu_standard < senior_standard)
        return YULU_WITH_GRANT.choose(both=senior_standard, larger=when(stands, senior_standard))


@parameters
class College:
    """The state grant (高校国家助学金) and the inspirational scholarship (国家励志奖学金) in higher schooling."""

    grants: Amounts = param("yuan/year", category=SchoolStage)
    scholarship: Fen = param("yuan/year")

    @rule("高校助学金标准", "state grant of the higher stage", entity=Person, per="year")
    def college_standard(self, registered_poor: bool, school_stage: int) -> Fen:
        """The average of the stage."""
        return when(every(among(school_stage, self.grants.rows), registered_poor), one_student(lookup(school_stage, self.grants)))

    @entitlement("国家励志奖学金", "inspirational scholarship", entity=Person, per="year")
    def inspirational_scholarship(self, registered_poor: bool, school_stage: int, merit_award: bool) -> Fen:
        """The scholarship, for a student to whom it was awarded."""
        return when(every(among(school_stage, self.grants.rows), registered_poor, merit_award), self.scholarship)

    @entitlement("高校国家助学金", "university grant", entity=Person, per="year")
    def college_grant(self, college_standard: Fen, yulu_standard: Fen, inspirational_scholarship: Fen) -> Fen:
        """The average; where it is not paid beside the scholarship or the Yulu aid, it gives way to one that is not lower."""
        over_yulu = some(yulu_standard == 0, yulu_standard < college_standard)
        over_scholarship = some(inspirational_scholarship == 0, inspirational_scholarship < college_standard)
        beside_yulu = YULU_WITH_GRANT.choose(both=college_standard, larger=when(over_yulu, college_standard))
        return WITH_SCHOLARSHIP.choose(both=beside_yulu, larger=when(over_scholarship, beside_yulu))


@parameters
class Yulu:
    """The Yulu plan (雨露计划) for vocational and higher schooling."""

    amounts: Amounts = param("yuan/year", category=SchoolStage)

    @rule("雨露计划标准", "Yulu aid of the stage", entity=Person, per="year")
    def yulu_standard(self, registered_poor: bool, school_stage: int) -> Fen:
        """The amount of the stage."""
        academic = some(school_stage == SchoolStage.UNDERGRADUATE, school_stage == SchoolStage.POSTGRADUATE)
        stages = among(school_stage, self.amounts.rows)
        reached = YULU_STAGE.choose(all_higher=stages, vocational_only=every(stages, no(academic)))
        return when(every(reached, registered_poor), lookup(school_stage, self.amounts))

    @entitlement("雨露计划", "Yulu aid", entity=Person, per="year")
    def yulu_aid(self, yulu_standard: Fen, senior_standard: Fen, college_standard: Fen) -> Fen:
        """The amount; where it is not paid beside the state grant, it gives way to a higher one."""
        stands = senior_standard + college_standard <= yulu_standard
        return YULU_WITH_GRANT.choose(both=yulu_standard, larger=when(stands, yulu_standard))


@parameters
class Loan:
    """Student loans (助学贷款): the most that is lent in a year, and the interest during the studies."""

    ceilings: Amounts = param("yuan/year", category=SchoolStage)
    interest_share: Rate = param("percent")

    @entitlement("助学贷款额度", "student loan", entity=Person, per="year", counts=False)
    def loan_ceiling(self, registered_poor: bool, school_stage: int) -> Fen:
        """The most that can be borrowed; a loan is no income and is not added to grants."""
        return when(every(among(school_stage, self.ceilings.rows), registered_poor), lookup(school_stage, self.ceilings))

    @entitlement("助学贷款贴息", "interest subsidy", entity=Person, per="year")
    def loan_interest_subsidy(self, school_stage: int, loan_interest: Fen) -> Fen:
        """The share of the interest that is paid for a student."""
        return when(among(school_stage, self.ceilings.rows), to_fen(at_rate(loan_interest, self.interest_share)))

    @rule("学生自付利息", "interest left to the student", entity=Person, per="year")
    def borrower_interest(self, loan_interest: Fen, loan_interest_subsidy: Fen) -> Fen:
        """What is left of the interest."""
        return loan_interest - loan_interest_subsidy


@parameters
class DisabledAid:
    """One-off aid (一次性救助) for disabled students and for children of disabled persons' families."""

    disabled: Amounts = param("yuan", category=SchoolStage)
    child: Amounts = param("yuan", category=SchoolStage)

    def amount(self, school_stage: int, disability_grade: int, parent_disabled: bool) -> Fen:
        """The amount for a disabled student, for a child of a disabled family, or for someone who is both."""
        disabled = disability_grade > 0
        of_one, of_child = lookup(school_stage, self.disabled), lookup(school_stage, self.child)
        twice = every(disabled, parent_disabled, among(school_stage, self.child.rows))
        return DISABLED_FAMILY.choose(
            larger=cases((twice, greatest(of_one, of_child)), (disabled, of_one), default=of_child),
            as_child=where(parent_disabled, of_child, of_one),
            both=cases((twice, of_one + of_child), (disabled, of_one), default=of_child),
        )

    @entitlement("残疾学生一次性救助", "one-off aid for disabled students", entity=Person, per="once")
    def disabled_student_aid(
        self,
        registered_poor: bool,
        school_stage: int,
        disability_grade: int,
        parent_disabled: bool,
        aided_in_stage: bool,
        aided_before: bool,
        yearly_package: Fen,
    ) -> Fen:
        """The amount, once in each stage (or, in the other reading, once in a life)."""
        first = ONE_OFF.choose(per_stage=no(aided_in_stage), per_life=no(some(aided_in_stage, aided_before)))
        meant = some(disability_grade > 0, parent_disabled)
        eligible = every(among(school_stage, self.disabled.rows), registered_poor, meant, first)
        amount = self.amount(school_stage, disability_grade, parent_disabled)
        return AID_WITH_GRANTS.choose(beside=when(eligible, amount), instead=when(every(eligible, yearly_package == 0), amount))


@parameters
class FeeWaivers(Waivers):
    """Waived fees (费用免除) by stage: of the registered poor, and of all full-time students of some schools."""

    care_fee: Kinds = param("kinds", category=SchoolStage)
    misc_fee: Kinds = param("kinds", category=SchoolStage)
    textbooks: Kinds = param("kinds", category=SchoolStage)
    tuition_full_time: Kinds = param("kinds", category=SchoolStage)
    tuition_poor: Kinds = param("kinds", category=SchoolStage)

    @service("免除学前教育保教费", "preschool fee waived", entity=Person)
    def care_fee_waived(self, registered_poor: bool, school_stage: int) -> bool:
        """For a poor child in preschool."""
        return every(among(school_stage, self.care_fee), registered_poor)

    @service("免除学杂费", "miscellaneous fees waived", entity=Person)
    def misc_fee_waived(self, registered_poor: bool, school_stage: int) -> bool:
        """For a poor student in compulsory schooling or in senior high school."""
        return every(among(school_stage, self.misc_fee), registered_poor)

    @service("免费提供教科书", "free textbooks", entity=Person)
    def free_textbooks(self, registered_poor: bool, school_stage: int) -> bool:
        """For a poor student in compulsory schooling."""
        return every(among(school_stage, self.textbooks), registered_poor)

    @service("免除学费", "tuition waived", entity=Person)
    def tuition_waived(self, registered_poor: bool, school_stage: int, full_time: bool) -> bool:
        """For all full-time students of some schools, and for the poor in higher schooling."""
        reached = VOCATIONAL_TUITION.choose(all_students=some(full_time, registered_poor), poor_only=registered_poor)
        vocational = every(among(school_stage, self.tuition_full_time), reached)
        return some(vocational, every(among(school_stage, self.tuition_poor), registered_poor))

    @rule("应缴学费", "tuition left to pay", entity=Person, per="year")
    def tuition_due(self, tuition: Fen, tuition_waived: bool) -> Fen:
        """What is left of the tuition."""
        return where(tuition_waived, Fen(0), tuition)


@parameters
class Package:
    """The yearly package of one student: every grant of the stage; loans, fees and one-off aid are not in it."""

    @rule("年度资助合计", "yearly package of grants", entity=Person, per="year")
    def yearly_package(
        self,
        preschool_grant: Fen,
        boarding_subsidy: Fen,
        senior_grant: Fen,
        college_grant: Fen,
        inspirational_scholarship: Fen,
        yulu_aid: Fen,
    ) -> Fen:
        """The sum."""
        school = preschool_grant + boarding_subsidy + senior_grant
        return school + college_grant + inspirational_scholarship + yulu_aid
