"""Minimum living guarantee, dibao (最低生活保障), and the support of the extremely poor (特困人员救助供养).

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 1, boxes 6 and 7 (items 5, 6).
Chapter 9 section 3 part 2: the severely disabled assessed alone.
Limits: the property test, the length of gradual exit, and a limit on the income of the family of somebody assessed alone are
not printed; nor from which age the extremely poor are old (box 7 gives one for the pension). A negative income
counts as none.
"""

from __future__ import annotations

import datetime
from typing import ClassVar

from povertyrules.categories import DisabilityGrade, Supporter
from povertyrules.conventions import to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.words import Exact, every, greatest, no, rounded, some, when, where
from povertyrules.entities import Household, Person, SupportMode

FAMILY_LIMIT = interpretation("disability.family_limit", "no_limit", "local_limit")
MONTHLY_ROUNDING = interpretation("dibao.monthly_rounding", "each_month", "from_year")
HOUSEHOLD_ROUNDING = interpretation("dibao.household_rounding", "household", "per_head")


@parameters
class Standard:
    """The dibao standard (低保标准), per head and year."""

    standard: Fen = param("yuan/year")

    @rule("农村低保标准", "dibao standard", entity=Household, per="year")
    def dibao_standard(self) -> Fen:
        """The standard."""
        return self.standard


@parameters
class TopUp:
    """The top-up to the standard (补差发放): the gap of the year, paid by the month."""

    @rule("低保年缺口", "dibao gap of the year", entity=Household, per="year")
    def dibao_gap(self, dibao_standard: Fen, countable_income: Fen, members: int) -> Fen:
        """The standard for every member less the household's countable income, exact."""
        return greatest(dibao_standard * members - greatest(countable_income, Fen(0)), Fen(0))

    @entitlement("低保金", "dibao top-up", entity=Household, per="month")
    def dibao_due(self, dibao_gap: Fen, members: int) -> Fen:
        """A twelfth of the gap, to the fen; a household without a gap is not eligible."""
        by_household = to_fen(Exact(dibao_gap, 12))
        by_head = to_fen(Exact(dibao_gap, members * 12)) * members
        monthly = HOUSEHOLD_ROUNDING.choose(household=by_household, per_head=by_head)
        return when(
            dibao_gap > 0,
            MONTHLY_ROUNDING.choose(each_month=monthly, from_year=rounded(Exact(dibao_gap, 12), "down")),
        )

    @rule("低保金(末月)", "dibao top-up of the last month", entity=Household, per="month")
    def dibao_due_last_month(self, dibao_gap: Fen, dibao_due: Fen) -> Fen:
        """The last month's payment, which takes the odd fen if the year is what is shared out."""
        return MONTHLY_ROUNDING.choose(each_month=dibao_due, from_year=dibao_gap - dibao_due * 11)


@parameters
class Support:
    """Support of the extremely poor (特困供养标准), in an institution or at home."""

    centralised: Fen = param("yuan/year")
    dispersed: Fen = param("yuan/year")

    @entitlement("特困供养金", "support of the extremely poor", entity=Person, per="year")
    def extremely_poor_support(self, extremely_poor: bool, support_mode: int) -> Fen:
        """The standard of the person's mode of support."""
        by_mode = where(support_mode == int(SupportMode.CENTRALISED), self.centralised, self.dispersed)
        return when(extremely_poor, by_mode)


@parameters
class Test:
    """Who counts as extremely poor (特困人员认定): no labour, no livelihood, nobody who supports; old, disabled or a minor."""

    first_age: int = param("years")
    minor_under: int = param("years")

    @service("符合特困人员条件", "meets the terms of the extremely poor", entity=Person)
    def qualifies_extremely_poor(
        self, age: int, disability_grade: int, able_to_work: bool, has_livelihood: bool, supporter: int
    ) -> bool:
        """All three lacks, and one of the three groups."""
        group = some(age >= self.first_age, disability_grade > 0, age < self.minor_under)
        return every(group, no(able_to_work), no(has_livelihood), no(supporter == Supporter.ABLE))


@parameters
class SinglePerson:
    """A severely disabled member of a family without dibao is assessed alone (重度残疾人单独施保)."""

    family_limit: Fen | Missing = param("yuan/year")

    @entitlement("单独施保低保金", "dibao of a person assessed alone", entity=Person, per="month")
    def single_person_dibao(
        self,
        severely_disabled: bool,
        dibao_due: Fen,
        own_income: Fen,
        dibao_standard: Fen,
        countable_income: Fen,
        members: int,
    ) -> Fen:
        """A twelfth of the standard less the person's own income, where the household has no dibao."""
        limit: Fen = self.family_limit  # type: ignore[assignment]
        apart = every(severely_disabled, dibao_due == 0, own_income < dibao_standard)
        within = every(apart, countable_income <= limit * members)
        amount = to_fen(Exact(dibao_standard - own_income, 12))
        return when(FAMILY_LIMIT.choose(no_limit=apart, local_limit=within), amount)


@parameters
class GradualExit:
    """Gradual exit (渐退): dibao goes on for some months after the income rose above the standard."""

    months: int | Missing = param("months")

    @entitlement("渐退期低保金", "dibao during gradual exit", entity=Household, per="month")
    def dibao_grace(self, dibao_due: Fen, dibao_before: Fen, months_over_line: int) -> Fen:
        """What was drawn last, while the months are not over."""
        months: int = self.months  # type: ignore[assignment]
        return when(every(dibao_before > 0, dibao_due == 0, months_over_line < months), dibao_before)


@parameters
class FullCoverage:
    """Everyone who qualifies is on dibao by a day (全部纳入保障范围)."""

    share: Rate = param("percent")
    by: datetime.date = param("date")


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


class DibaoArea(Area):
    """Dibao: `top_up`, `single_person`, `gradual_exit`, `extremely_poor`, `qualifies`, `check_coverage`."""

    name = "dibao"
    models: ClassVar[dict[str, type]] = {
        "standard": Standard,
        "top_up": TopUp,
        "gradual_exit": GradualExit,
        "full_coverage": FullCoverage,
        "extremely_poor_test": Test,
        "support": Support,
        "single_person": SinglePerson,
    }

    def top_up(self, *, countable_income: Fen, members: int) -> TopUpResult:
        """The top-up of a household from its countable income of the year, in fen, and its members.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> due = zz.dibao.top_up(countable_income=pr.yuan(6000), members=3)
        >>> str(due.gap), str(due.monthly)
        ('5,700.00 yuan a year', '475.00 yuan a month')
        """
        return self.calculate(TopUpResult, countable_income=countable_income, members=members)

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
