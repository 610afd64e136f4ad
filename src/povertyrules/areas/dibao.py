"""Minimum living guarantee, dibao (最低生活保障), and the support of the extremely poor (特困人员救助供养).

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 1, boxes 6 and 7 (items 5, 6).
Limits: the property test and the length of gradual exit are not printed. A negative income counts as none.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.conventions import to_fen
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.words import Exact, greatest, rounded, when, where
from povertyrules.entities import Household, Person, SupportMode

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


class TopUpResult(Result):
    """The top-up of one household."""

    gap = amount_of("dibao_gap")
    monthly = amount_of("dibao_due")
    last_month = amount_of("dibao_due_last_month")


class SupportResult(Result):
    """The support of one extremely poor person."""

    support = amount_of("extremely_poor_support")


class DibaoArea(Area):
    """Dibao: `top_up`, `single_person`, `extremely_poor`."""

    name = "dibao"
    models: ClassVar[dict[str, type]] = {"standard": Standard, "top_up": TopUp, "support": Support}

    def top_up(self, *, countable_income: Fen, members: int) -> TopUpResult:
        """The top-up of a household from its countable income of the year, in fen, and its members.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> due = zz.dibao.top_up(countable_income=pr.yuan(6000), members=3)
        >>> str(due.gap), str(due.monthly)
        ('5,700.00 yuan a year', '475.00 yuan a month')
        """
        return self.calculate(TopUpResult, countable_income=countable_income, members=members)

    def single_person(self, *, countable_income: Fen) -> TopUpResult:
        """The top-up of one person who is taken alone (单人保), from that person's own income of the year.

        Whether a person may be taken alone is for the text or the county to say; this is the sum if so.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> str(zz.dibao.single_person(countable_income=pr.yuan(2000)).monthly)
        '158.33 yuan a month'
        """
        return self.top_up(countable_income=countable_income, members=1)

    def extremely_poor(
        self, *, extremely_poor: bool | None = True, support_mode: SupportMode | str | int | None = None
    ) -> SupportResult:
        """The yearly support of an extremely poor person; without a mode of support it is known only if the modes pay alike.

        >>> import povertyrules as pr
        >>> print(pr.policy("zaozhuang-hitech", on="2017-06-30").dibao.extremely_poor(support_mode="dispersed").support)
        5,070.00 yuan a year
        """
        return self.calculate(SupportResult, extremely_poor=extremely_poor, support_mode=support_mode)
