"""Aid to students (教育支持): grants by stage, boarding subsidies, student loans, the Yulu plan, one-off aid, waived fees.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 6 section 1 (parts 1, 2), box 4; Jilin, part 3 (9); Shanxi, chapter 5
part 3, chapter 9 part 1, box 11 (items 2, 3); Ankang, annex 3 part 2; Zhongzhan, chapter 2 section 3.
Limits: a poor student is a student of a household in the register of the poor. Averages are printed without their tiers,
and whether colleges in other provinces are covered is not printed. Zaozhuang's box prints no year. Of Shanxi's subsidy for
boarders, and of all subsidies of Zhongzhan, no amount is printed; Ankang prints only who is covered.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from attrs import evolve

from povertyrules.areas.education_aid import (
    AidGroups,
    BoardingUnprinted,
    DistrictExtra,
    NamedSchoolSubsidies,
    SecondaryAid,
    YuluUnprinted,
)
from povertyrules.areas.education_fees import MiscFeePoorAreas, SchoolFees, Waivers
from povertyrules.areas.education_rules import (
    Boarding,
    College,
    DisabledAid,
    FeeWaivers,
    Loan,
    Package,
    Preschool,
    Senior,
    Yulu,
)
from povertyrules.categories import DisabilityGrade, NamedSchool, SchoolStage
from povertyrules.conventions import INCLUSIVE
from povertyrules.core import given
from povertyrules.core.area import Answers, Area, Result, amount_of, yes_no_of
from povertyrules.core.errors import NotStated, NotTold, UnknownName
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Rates


@parameters
class VocationalEnrolment:
    """Junior middle school graduates who do not enter senior high and go to vocational schools (接受中等职业教育的比例)."""

    shares: Rates = param("percent")
    poor_share: Rate = param("percent")
    rising_from: int = param("years")
    rising_to: int = param("years")


@parameters
class AidCoverage:
    """Loans, scholarships and grants for university students of poor families (助学贷款、奖学金、助学金全覆盖)."""

    share: Rate = param("percent")


class StudentAid(Result):
    """What one student is entitled to; `total` adds the yearly grants."""

    preschool_grant = amount_of("preschool_grant")
    boarding_subsidy = amount_of("boarding_subsidy")
    senior_grant = amount_of("senior_grant")
    college_grant = amount_of("college_grant")
    scholarship = amount_of("inspirational_scholarship")
    yulu = amount_of("yulu_aid")
    one_off = amount_of("disabled_student_aid")
    loan = amount_of("loan_ceiling")
    care_fee_waived = yes_no_of("care_fee_waived")
    misc_fee_waived = yes_no_of("misc_fee_waived")
    free_textbooks = yes_no_of("free_textbooks")
    tuition_waived = yes_no_of("tuition_waived")
    total = amount_of("yearly_package")


class FeesResult(Result):
    """Which fees of one student are waived, and what is left to pay in the year."""

    misc_fee_waived = yes_no_of("misc_fee_waived")
    free_textbooks = yes_no_of("free_textbooks")
    boarding_fee_waived = yes_no_of("boarding_fee_waived")
    tuition_waived = yes_no_of("tuition_waived")
    misc_fee_due = amount_of("misc_fee_due")
    tuition_due = amount_of("tuition_due")


class LocalAid(Result):
    """What one student is entitled to where a document prints one amount, or none: a field for each kind of aid."""

    covered = yes_no_of("student_aid_covered")
    secondary_aid = amount_of("secondary_aid")
    boarding_subsidy = amount_of("boarding_subsidy")
    yulu = amount_of("yulu_aid")
    school_living = amount_of("school_living_subsidy")
    school_bus = amount_of("school_bus_subsidy")
    district_living = amount_of("district_living_extra")
    district_textbooks = amount_of("district_textbook_extra")
    nutrition = yes_no_of("school_nutrition")


class LoanInterest(Result):
    """The interest of a year on student loans: what is subsidised, and what is left."""

    subsidy = amount_of("loan_interest_subsidy")
    left = amount_of("borrower_interest")


WAIVED = {
    "care_fee": "care_fee_waived",
    "misc_fee": "misc_fee_waived",
    "textbooks": "free_textbooks",
    "tuition": "tuition_waived",
    "boarding_fee": "boarding_fee_waived",
}
"""By fee: the quantity that says whether it is waived."""


class EducationArea(Area):
    """Aid to students: `package`, `fees`, `aid`, `loan_interest`, `check_fees`, `check_vocational`, `check_coverage`."""

    name = "education"
    models: ClassVar[dict[str, type]] = {
        "preschool": Preschool,
        "boarding": Boarding,
        "senior": Senior,
        "college": College,
        "yulu": Yulu,
        "loan": Loan,
        "disabled_aid": DisabledAid,
        "fee_waivers": FeeWaivers,
        "package": Package,
        "vocational_enrolment": VocationalEnrolment,
        "aid_coverage": AidCoverage,
        "misc_fee_poor_areas": MiscFeePoorAreas,
        "school_fees": SchoolFees,
        "secondary_aid": SecondaryAid,
        "boarding_unprinted": BoardingUnprinted,
        "yulu_unprinted": YuluUnprinted,
        "named_school": NamedSchoolSubsidies,
        "district_extra": DistrictExtra,
        "aid_groups": AidGroups,
    }

    def package(
        self,
        *,
        school_stage: SchoolStage | int | str,
        registered_poor: bool | None = None,
        boarder: bool | None = None,
        merit_award: bool | None = None,
        full_time: bool | None = None,
        disability_grade: DisabilityGrade | int | str | None = None,
        parent_disabled: bool | None = None,
        aided_in_stage: bool | None = None,
        aided_before: bool | None = None,
    ) -> StudentAid:
        """Everything for one student and one school year. A fact that is left out is unknown. Source: box 4.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> aid = zz.education.package(school_stage="secondary_vocational", registered_poor=True)
        >>> str(aid.total), str(aid.yulu), aid.tuition_waived
        ('5,000.00 yuan a year on average', '3,000.00 yuan a year', True)
        """
        return self.calculate(
            StudentAid,
            school_stage=school_stage,
            registered_poor=registered_poor,
            boarder=boarder,
            merit_award=merit_award,
            full_time=full_time,
            disability_grade=disability_grade,
            parent_disabled=parent_disabled,
            aided_in_stage=aided_in_stage,
            aided_before=aided_before,
        )

    def fees(
        self,
        *,
        school_stage: SchoolStage | int | str,
        registered_poor: bool | None = None,
        disability_grade: DisabilityGrade | int | str | None = None,
        poor_area: bool | None = None,
        misc_fee: Fen | None = None,
        tuition: Fen | None = None,
    ) -> FeesResult:
        """Which fees of one student are waived, and what is left of those of the year that are told.

        Source: Jilin, part 3 (9); Shanxi, chapter 5 part 3, chapter 9 part 1, box 11.

        >>> import povertyrules as pr
        >>> sx = pr.policy("shanxi", on="2017-06-30")
        >>> found = sx.education.fees(school_stage="senior_high", disability_grade=4, misc_fee=pr.yuan(800))
        >>> found.misc_fee_waived, str(found.misc_fee_due)
        (True, '0.00 yuan a year')
        """
        return self.calculate(
            FeesResult,
            school_stage=school_stage,
            registered_poor=registered_poor,
            disability_grade=disability_grade,
            poor_area=poor_area,
            misc_fee=misc_fee,
            tuition=tuition,
        )

    def aid(
        self,
        *,
        school_stage: SchoolStage | int | str | None = None,
        registered_poor: bool | None = None,
        boarder: bool | None = None,
        aid_year: int | None = None,
        named_school: NamedSchool | int | str | None = None,
        last_preschool_year: bool | None = None,
        difficulty_certified: bool | None = None,
        exited_on: datetime.date | None = None,
    ) -> LocalAid:
        """What one student is entitled to beside Zaozhuang's package; an amount that is not printed comes from the caller.

        Source: Shanxi, box 11 items 2 and 3; Ankang, annex 3 part 2; Zhongzhan, chapter 2 section 3.

        >>> import povertyrules as pr
        >>> sx = pr.policy("shanxi", on="2017-06-30")
        >>> print(sx.education.aid(school_stage="secondary_vocational", registered_poor=True, aid_year=2).secondary_aid)
        2,000.00 yuan a year
        >>> told = pr.policy("zhongzhan", on="2017-06-30").local({"education.yulu.amount": "1500"}, source="county notice")
        >>> print(told.education.aid(school_stage="vocational_college", registered_poor=True).yulu)
        1,500.00 yuan a year
        """
        return self.calculate(
            LocalAid,
            school_stage=school_stage,
            registered_poor=registered_poor,
            boarder=boarder,
            aid_year=aid_year,
            named_school=named_school,
            last_preschool_year=last_preschool_year,
            difficulty_certified=difficulty_certified,
            exited_on=exited_on,
        )

    def loan_interest(self, *, school_stage: SchoolStage | int | str, loan_interest: Fen) -> LoanInterest:
        """Who pays the interest of a year on student loans.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> str(zz.education.loan_interest(school_stage="undergraduate", loan_interest=pr.yuan("392.50")).left)
        '0.00 yuan a year'
        """
        return self.calculate(LoanInterest, school_stage=school_stage, loan_interest=loan_interest)

    def check_fees(self, facts: Mapping[str, object], charged: Mapping[str, Fen]) -> Findings:
        """Whether fees were charged that are waived; `charged` by kind: care_fee, misc_fee, textbooks, tuition, boarding_fee.

        A fee of which the documents say nothing raises `NoSuchRule`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> student = {"school_stage": "senior_high", "registered_poor": True}
        >>> zz.education.check_fees(student, {"misc_fee": pr.yuan(400)}).ok
        False
        """
        for name, fee in given.table("charged", charged).items():
            if name not in WAIVED:
                raise UnknownName.among("charged", name, WAIVED)
            given.amount(f"charged.{name}", fee)
        asked = {name: WAIVED[name] for name, fee in charged.items() if fee}
        path, _ = self.held(Waivers)
        if not asked:
            return Findings()
        answers = self.bound.evaluate(tuple(asked.values()), given.table("facts", facts))
        found = [name for name, waived in asked.items() if answers.yes_no(waived)]
        return Findings(tuple(self._charged(name, charged[name], path, answers) for name in found))

    def _charged(self, name: str, fee: Fen, path: str, answers: Answers) -> Finding:
        """A finding of a fee that was charged though it is waived, with the provisions that waive it."""
        found = self.finding("waived", Severity.ERROR, name, f"{show(fee)} was charged, the fee is waived", path)
        return evolve(found, provision="; ".join(answers.citations([WAIVED[name]])))

    def check_vocational(
        self,
        year: int,
        graduates: int,
        enrolled: int,
        *,
        registered_poor: bool = False,
        last_year_graduates: int | None = None,
        last_year_enrolled: int | None = None,
    ) -> Findings:
        """Whether enough of the graduates who did not enter senior high are enrolled in vocational schools.

        Of the registered poor all; of all others the year's share, and in later years not less than in the year before,
        which has to be told. Raises `NotStated` for another year, `NotTold` without the year before.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2017-12-31").education.check_vocational(2017, graduates=100, enrolled=80).ok
        True
        """
        path, held = self.held(VocationalEnrolment)
        rising = held.rising_from <= given.whole("year", year) <= held.rising_to
        if year not in held.shares.rows and not rising:
            raise NotStated(f"{path}: nothing is stated for {year} [{self.bound.cite(path)}]")
        strict = False
        if given.flag("registered_poor", registered_poor):
            needed, code = held.poor_share, "vocational-poor"
        elif rising:
            if last_year_graduates is None or last_year_enrolled is None:
                raise NotTold(f"{path}: the year before {year} has to be told: last_year_graduates, last_year_enrolled")
            given.covers(Rate(0), last_year_enrolled=last_year_enrolled, last_year_graduates=last_year_graduates)
            needed, code = Rate(last_year_enrolled, last_year_graduates), "vocational-falling"
        else:
            needed, code = held.shares.rows[year], "vocational-share"
            strict = self.bound.choice(INCLUSIVE.name) == "strict"
        met = given.covers(needed, enrolled=enrolled, graduates=graduates)
        met = met and not (strict and enrolled * needed.per == graduates * needed.numerator)
        if met:
            return Findings()
        message = f"{enrolled} of {graduates} are enrolled, the share must be at least {needed.numerator}/{needed.per}"
        return Findings((self.finding(code, Severity.ERROR, "enrolled", message, path),))

    def check_coverage(self, offered: int, eligible: int) -> Findings:
        """Whether loans, scholarships and grants are offered to all university students of poor families.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").education.check_coverage(offered=41, eligible=42).ok
        False
        """
        path, held = self.held(AidCoverage)
        if given.covers(held.share, offered=offered, eligible=eligible):
            return Findings()
        message = f"offered to {offered} of {eligible}, {held.share} must be reached"
        return Findings((self.finding("aid-coverage", Severity.ERROR, "offered", message, path),))
