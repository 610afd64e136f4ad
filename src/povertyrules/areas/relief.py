"""Temporary relief (临时救助): who may have it, and how much.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 1 part 3, box 7 item 10.
Limits: the list of causes is open, no test of income is printed, and no longest time: months (or days) come from the caller.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.categories import ReliefCause
from povertyrules.conventions import OPEN_LIST, to_fen
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.core.words import Exact, among, every, some, when
from povertyrules.entities import Household

TIME_UNIT = interpretation("relief.time_unit", "months", "days")


@parameters
class Eligibility:
    """Who may have temporary relief: a cause, and serious difficulty of basic living."""

    causes: Kinds = param("kinds", category=ReliefCause)

    @rule("符合临时救助条件", "meets the terms of temporary relief", entity=Household)
    def relief_terms(self, relief_cause: int, living_difficulty: bool) -> bool:
        """One of the causes named, or another since the list is open; and the difficulty."""
        named = among(relief_cause, self.causes)
        accepted = OPEN_LIST.choose(open=some(named, relief_cause == ReliefCause.OTHER), closed=named)
        return every(accepted, living_difficulty)


@parameters
class Relief:
    """The amount of temporary relief (临时救助标准): the monthly dibao standard for every member, for the time of the relief."""

    days_in_month: int = param("days")

    @entitlement("临时救助", "temporary relief", entity=Household, per="once")
    def temporary_relief(
        self, relief_terms: bool, dibao_standard: Fen, members: int, relief_months: int, relief_days: int
    ) -> Fen:
        """A twelfth of the year's standard, times members, times months (or thirtieths of a month)."""
        of_all = dibao_standard * members
        by_months = to_fen(Exact(of_all * relief_months, 12))
        by_days = to_fen(Exact(of_all * relief_days, 12 * self.days_in_month))
        return when(relief_terms, TIME_UNIT.choose(months=by_months, days=by_days))


class TemporaryRelief(Result):
    """The relief of one household."""

    eligible = yes_no_of("relief_terms")
    amount = amount_of("temporary_relief")


class ReliefArea(Area):
    """Temporary relief: `temporary`."""

    name = "relief"
    models: ClassVar[dict[str, type]] = {"eligibility": Eligibility, "relief": Relief}

    def temporary(
        self,
        *,
        relief_cause: ReliefCause | int | str,
        living_difficulty: bool,
        members: int,
        relief_months: int | None = None,
        relief_days: int | None = None,
    ) -> TemporaryRelief:
        """The relief of a household: cause, difficulty, members, and the months (or days) that were granted.

        Source: chapter 9 section 1 part 3, box 7 item 10.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.relief.temporary(relief_cause="accident", living_difficulty=True, members=3, relief_months=2).amount)
        1,950.00 yuan once
        """
        return self.calculate(
            TemporaryRelief,
            relief_cause=relief_cause,
            living_difficulty=living_difficulty,
            members=members,
            relief_months=relief_months,
            relief_days=relief_days,
        )
