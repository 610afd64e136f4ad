"""Minimum living guarantee, dibao (最低生活保障), and the support of the extremely poor (特困人员救助供养).

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 1, boxes 6 and 7 (items 5, 6), chapter 9 section 3 part 2 (the
severely disabled assessed alone); 山西省“十三五”脱贫攻坚规划, chapter 7 part 1; 安康市巩固提升脱贫攻坚成果实施方案, annex 5
parts 1 and 2.
Limits: in Zaozhuang the property test, a limit on the income of the family of somebody assessed alone, and the age from which
the extremely poor are old (box 7 gives one for the pension) are not printed; in Shanxi and Ankang no standard is. Whether
property keeps to the local limit, what counts as a rigid expense and who is of a supported category are told by the caller.
The length of gradual exit is printed nowhere. A negative income counts as none.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from povertyrules.areas.dibao_rules import (
    Batch,
    CareAgreement,
    CategorySupplement,
    FullCoverage,
    FullOrGap,
    GradualExit,
    LessRigidExpenses,
    SinglePerson,
    SinglePersonGroups,
    Standard,
    Support,
    Test,
    TestedTopUp,
    TopUp,
)
from povertyrules.categories import CareClass, DisabilityGrade, Supporter
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.money import Fen
from povertyrules.entities import SupportMode


class TopUpResult(Result):
    """The top-up of one household."""

    gap = amount_of("dibao_gap")
    monthly = amount_of("dibao_due")
    last_month = amount_of("dibao_due_last_month")


class SupportResult(Result):
    """The support of one extremely poor person."""

    support = amount_of("extremely_poor_support")


class SingleResult(Result):
    """The dibao of one person who is assessed alone."""

    monthly = amount_of("single_person_dibao")


class GraceResult(Result):
    """What goes on during gradual exit."""

    monthly = amount_of("dibao_grace")


class QualifiesResult(Result):
    """Whether one person counts as extremely poor."""

    qualifies = yes_no_of("qualifies_extremely_poor")


class BatchResult(Result):
    """Whether one household comes under dibao on its grounds."""

    due = yes_no_of("dibao_batch")


class SupplementResult(Result):
    """The supplement of one recipient of dibao."""

    monthly = amount_of("category_supplement")


class DibaoArea(Area):
    """Dibao: `top_up`, `batch`, `single_person`, `single_person_of_group`, `supplement`, `gradual_exit`, `check_coverage`.

    The extremely poor: `extremely_poor`, `qualifies`, `check_care_agreement`.
    """

    name = "dibao"
    models: ClassVar[dict[str, type]] = {
        "standard": Standard,
        "top_up": TopUp,
        "full_or_gap": FullOrGap,
        "less_rigid_expenses": LessRigidExpenses,
        "tested_top_up": TestedTopUp,
        "batch": Batch,
        "gradual_exit": GradualExit,
        "category_supplement": CategorySupplement,
        "full_coverage": FullCoverage,
        "extremely_poor_test": Test,
        "support": Support,
        "single_person": SinglePerson,
        "single_person_groups": SinglePersonGroups,
        "care_agreement": CareAgreement,
    }

    def top_up(
        self,
        *,
        countable_income: Fen,
        members: int,
        full_dibao: bool | None = None,
        property_within_limit: bool | None = None,
        rigid_expenses: Fen | None = None,
    ) -> TopUpResult:
        """The top-up of a household from its countable income of the year, in fen, and its members.

        Shanxi asks besides whether the household is paid the whole standard; Ankang whether its property keeps to the local
        limit, and takes rigid expenses off the income, where there are any.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> due = zz.dibao.top_up(countable_income=pr.yuan(6000), members=3)
        >>> str(due.gap), str(due.monthly)
        ('5,700.00 yuan a year', '475.00 yuan a month')
        """
        told = given.told(full_dibao=full_dibao, property_within_limit=property_within_limit, rigid_expenses=rigid_expenses)
        return self.calculate(TopUpResult, countable_income=countable_income, members=members, **told)

    def batch(
        self,
        *,
        registered_poor: bool | None = None,
        industry_blocked: bool | None = None,
        no_self_reliance: bool | None = None,
        illness_poverty: bool | None = None,
    ) -> BatchResult:
        """Whether a registered poor household comes under dibao on its grounds. Source: Shanxi, chapter 7 part 1.

        >>> import povertyrules as pr
        >>> pr.policy("shanxi", on="2017-06-30").dibao.batch(registered_poor=True, illness_poverty=True).due
        True
        """
        return self.calculate(
            BatchResult,
            registered_poor=registered_poor,
            industry_blocked=industry_blocked,
            no_self_reliance=no_self_reliance,
            illness_poverty=illness_poverty,
        )

    def single_person(
        self,
        *,
        own_income: Fen,
        disability_grade: DisabilityGrade | int,
        countable_income: Fen | None = None,
        members: int | None = None,
    ) -> SingleResult:
        """The dibao of a severely disabled person who is assessed alone, from the person's own income of the year.

        `countable_income` and `members` are those of the family: who has dibao with the family has none alone.
        Source: chapter 9 section 3 part 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> alone = zz.dibao.single_person(
        ...     own_income=pr.yuan(2000), disability_grade=1, countable_income=pr.yuan(60_000), members=4
        ... )
        >>> str(alone.monthly)
        '158.33 yuan a month'
        """
        family = given.told(countable_income=countable_income, members=members)
        return self.calculate(SingleResult, own_income=own_income, disability_grade=disability_grade, **family)

    def single_person_of_group(
        self,
        *,
        own_income: Fen,
        dibao_due: Fen | None = None,
        registered_poor: bool | None = None,
        exited: bool | None = None,
        seriously_ill: bool | None = None,
        disability_grade: DisabilityGrade | int | str | None = None,
        labour_reduced: bool | None = None,
        low_income_family: bool | None = None,
        adult: bool | None = None,
        employed: bool | None = None,
    ) -> SingleResult:
        """The dibao of a person of one of two groups that are assessed alone, from the person's own income of the year.

        `dibao_due` is what the household has. Source: Ankang, annex 5 part 1 item 3.

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30").local({"dibao.standard.standard": "4800"}, source="county notice")
        >>> ill = {"registered_poor": True, "exited": False, "seriously_ill": True, "labour_reduced": True}
        >>> print(ankang.dibao.single_person_of_group(own_income=pr.yuan(1200), dibao_due=pr.yuan(0), **ill).monthly)
        300.00 yuan a month
        """
        household = given.told(dibao_due=dibao_due)
        return self.calculate(
            SingleResult,
            own_income=own_income,
            registered_poor=registered_poor,
            exited=exited,
            seriously_ill=seriously_ill,
            disability_grade=disability_grade,
            labour_reduced=labour_reduced,
            low_income_family=low_income_family,
            adult=adult,
            employed=employed,
            **household,
        )

    def supplement(self, *, receives_dibao: bool, dibao_category: bool) -> SupplementResult:
        """The supplement of a recipient of a supported category; the amount is not printed.

        Source: Ankang, annex 5 part 1 item 3.

        >>> import povertyrules as pr
        >>> pr.policy("ankang", on="2020-06-30").dibao.supplement(receives_dibao=True, dibao_category=True).status("monthly")
        'unstated'
        """
        return self.calculate(SupplementResult, receives_dibao=receives_dibao, dibao_category=dibao_category)

    def gradual_exit(self, *, dibao_before: Fen, months_over_line: int, dibao_due: Fen | None = None) -> GraceResult:
        """What goes on after the income rose above the standard: the last dibao a month, and the months since.

        `dibao_due` is what is due now: who has dibao again has no grace.
        The length is not printed: give it with `policy.local({"dibao.gradual_exit.months": 6}, source=…)`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30").local({"dibao.gradual_exit.months": 6}, source="county notice")
        >>> grace = zz.dibao.gradual_exit(dibao_before=pr.yuan(200), months_over_line=3, dibao_due=pr.yuan(0))
        >>> print(grace.monthly)
        200.00 yuan a month
        """
        due = given.told(dibao_due=dibao_due)
        return self.calculate(GraceResult, dibao_before=dibao_before, months_over_line=months_over_line, **due)

    def extremely_poor(
        self, *, extremely_poor: bool | None = True, support_mode: SupportMode | str | int | None = None
    ) -> SupportResult:
        """The yearly support of an extremely poor person; without a mode of support it is known only if the modes pay alike.

        >>> import povertyrules as pr
        >>> print(pr.policy("zaozhuang-hitech", on="2017-06-30").dibao.extremely_poor(support_mode="dispersed").support)
        5,070.00 yuan a year
        """
        return self.calculate(SupportResult, extremely_poor=extremely_poor, support_mode=support_mode)

    def qualifies(
        self,
        *,
        age: int | None = None,
        disability_grade: DisabilityGrade | int | str | None = None,
        able_to_work: bool | None = None,
        has_livelihood: bool | None = None,
        supporter: Supporter | int | str | None = None,
    ) -> QualifiesResult:
        """Whether somebody counts as extremely poor: age in completed years, and what the person lacks.

        Source: chapter 9 section 1 part 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.dibao.qualifies(age=15, able_to_work=False, has_livelihood=False, supporter="unable").qualifies
        True
        """
        return self.calculate(
            QualifiesResult,
            age=age,
            disability_grade=disability_grade,
            able_to_work=able_to_work,
            has_livelihood=has_livelihood,
            supporter=supporter,
        )

    def check_coverage(self, covered: int, qualifying: int, on: datetime.date | None = None) -> Findings:
        """Whether everyone who qualifies is on dibao; a shortfall is a warning before the printed day, an error from it on.

        `on` is the policy's day unless it is told.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-12-31")
        >>> zz.dibao.check_coverage(covered=99, qualifying=100).ok
        False
        """
        path, held = self.held(FullCoverage)
        if given.covers(held.share, covered=covered, qualifying=qualifying):
            return Findings()
        severity = Severity.ERROR if (self.bound.on if on is None else given.day("on", on)) >= held.by else Severity.WARNING
        message = f"{covered} of {qualifying} are on dibao, all are to be by {held.by}"
        return Findings((self.finding("dibao-coverage", severity, "covered", message, path),))

    def check_care_agreement(self, facts: Mapping[str, object], agreement: CareClass | int | str) -> Findings:
        """Whether the agreement on somebody's care is of the class of care that the person is in, where one is to be signed.

        Source: Ankang, annex 5 part 2 item 5.

        >>> import povertyrules as pr
        >>> facts = {"extremely_poor": True, "support_mode": "dispersed", "care_class": "full_care"}
        >>> pr.policy("ankang", on="2020-06-30").dibao.check_care_agreement(facts, "half_disabled").ok
        False
        """
        path, _ = self.held(CareAgreement)
        signed, told = CareClass.read(agreement, "agreement"), given.table("facts", facts)
        if not self.bound.evaluate(("care_agreement_due",), told).yes_no("care_agreement_due"):
            return Findings()
        needed = CareClass.read(told["care_class"], "care_class")
        if signed is needed:
            return Findings()
        message = f"the agreement is for somebody {signed.en}, the person is {needed.en}"
        return Findings((self.finding("care-agreement", Severity.ERROR, "agreement", message, path),))
