"""Aid to students (教育支持): grants by stage, boarding subsidies, student loans, the Yulu plan, one-off aid, waived fees.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 6 section 1 (parts 1, 2), box 4.
Limits: a poor student is a student of a household in the register of the poor. Averages are printed without their tiers,
and whether colleges in other provinces are covered is not printed. The box prints no year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

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
from povertyrules.categories import DisabilityGrade, SchoolStage
from povertyrules.conventions import INCLUSIVE
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.errors import NotStated, NotTold, UnknownName
from povertyrules.core.findings import Findings, Severity
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


class LoanInterest(Result):
    """The interest of a year on student loans: what is subsidised, and what is left."""

    subsidy = amount_of("loan_interest_subsidy")
    left = amount_of("borrower_interest")


WAIVED = {
    "care_fee": "care_fee_waived",
    "misc_fee": "misc_fee_waived",
    "textbooks": "free_textbooks",
    "tuition": "tuition_waived",
}
"""By fee: the quantity that says whether it is waived."""


class EducationArea(Area):
    """Aid to students: `package`, `loan_interest`, `check_fees`, `check_vocational`, `check_coverage`."""

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

    def loan_interest(self, *, school_stage: SchoolStage | int | str, loan_interest: Fen) -> LoanInterest:
        """Who pays the interest of a year on student loans.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> str(zz.education.loan_interest(school_stage="undergraduate", loan_interest=pr.yuan("392.50")).left)
        '0.00 yuan a year'
        """
        return self.calculate(LoanInterest, school_stage=school_stage, loan_interest=loan_interest)

    def check_fees(self, facts: Mapping[str, object], charged: Mapping[str, Fen]) -> Findings:
        """Whether fees were charged that are waived; `charged` by kind: care_fee, misc_fee, textbooks, tuition.

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
        answers = self.bound.evaluate(tuple(asked.values()), given.table("facts", facts)) if asked else None
        path, _ = self.held(FeeWaivers)
        return Findings(
            tuple(
                self.finding("waived", Severity.ERROR, name, f"{show(charged[name])} was charged, the fee is waived", path)
                for name, waived in asked.items()
                if answers is not None and answers.yes_no(waived)
            )
        )

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
