"""Temporary relief (临时救助): who may have it, and how much.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 1 part 3, box 7 item 10; 安康市巩固提升脱贫攻坚成果实施方案, annex 5
part 3 item 8; 中站区脱贫攻坚“十三五”规划, chapter 2 section 4 item 2.
Limits: Zaozhuang prints no test of income and no longest time: months (or days) come from the caller. Ankang and Zhongzhan
print no amount; what a large expenditure is, and how near to the poor an income lies, is for the caller to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from povertyrules.categories import PovertyRisk, ReliefCause
from povertyrules.conventions import OPEN_LIST, to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds, Missing
from povertyrules.core.words import Exact, among, any_of, every, no, some, when
from povertyrules.entities import Household, Person, SupportMode

TIME_UNIT = interpretation("relief.time_unit", "months", "days")
EXITED = interpretation("relief.exited_households", "surveyed", "spared")


def accepted(cause: int, causes: Kinds) -> bool:
    """Whether a cause is one of those named, or any other since the list is open."""
    return OPEN_LIST.choose(open=no(cause == ReliefCause.NONE), closed=among(cause, causes))


@parameters
class Eligibility:
    """Who may have temporary relief: a cause, and serious difficulty of basic living."""

    causes: Kinds = param("kinds", category=ReliefCause)

    @rule("符合临时救助条件", "meets the terms of temporary relief", entity=Household)
    def relief_terms(self, relief_cause: int, living_difficulty: bool) -> bool:
        """One of the causes named, or another since the list is open; and the difficulty."""
        return every(accepted(relief_cause, self.causes), living_difficulty)


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


@parameters
class Survey:
    """Whose income and property are surveyed before relief (家庭收入和财产状况调查)."""

    @rule("须核查收入和财产", "income and property to be surveyed", entity=Household)
    def relief_survey(self, registered_poor: bool, exited: bool, receives_dibao: bool, extremely_poor: bool) -> bool:
        """Everyone but the registered poor (of those who have left poverty, as it is read), dibao and the extremely poor."""
        still_poor = EXITED.choose(surveyed=every(registered_poor, no(exited)), spared=registered_poor)
        return no(some(still_poor, any_of(receives_dibao), any_of(extremely_poor)))


@parameters
class LargeExpenditure:
    """Relief where an expenditure is large (家庭支出较大): it may be given."""

    causes: Kinds = param("kinds", category=ReliefCause)

    @rule("因支出较大救助", "relief for a large expenditure", entity=Household)
    def relief_large_expenditure(
        self,
        registered_poor: bool,
        receives_dibao: bool,
        extremely_poor: bool,
        relief_cause: int,
        large_expenditure: bool,
        life_disturbed: bool,
    ) -> bool:
        """One of the three groups, a cause, a large expenditure for it, and normal living disturbed."""
        group = some(registered_poor, any_of(receives_dibao), any_of(extremely_poor))
        return every(group, accepted(relief_cause, self.causes), large_expenditure, life_disturbed)


@parameters
class WhileHousing:
    """Relief while a home is being found (解决住房问题过程中): it must be given."""

    @rule("解决住房期间救助", "relief while a home is being found", entity=Household)
    def relief_housing(
        self,
        registered_poor: bool,
        receives_dibao: bool,
        extremely_poor: bool,
        support_mode: int,
        relief_cause: int,
        life_disturbed: bool,
    ) -> bool:
        """Registered poor, on dibao, or extremely poor and supported at home; a home being found, basic living disturbed."""
        at_home = any_of(every(extremely_poor, support_mode == SupportMode.DISPERSED))
        group = some(registered_poor, any_of(receives_dibao), at_home)
        return every(group, relief_cause == ReliefCause.HOUSING, life_disturbed)


@parameters
class Prevention:
    """Relief against poverty to come, and against a return to it (防止返贫致贫): it must be given."""

    @rule("防止返贫致贫救助", "relief against poverty to come", entity=Household)
    def relief_prevention(self, poverty_risk: int, exited: bool, life_disturbed: bool) -> bool:
        """Exited on an unstable income, or close to the poor, where living is disturbed; or returned to poverty."""
        unstable = every(poverty_risk == PovertyRisk.UNSTABLE_INCOME, exited, life_disturbed)
        near = every(poverty_risk == PovertyRisk.NEAR_POOR, life_disturbed)
        return some(unstable, near, poverty_risk == PovertyRisk.RETURNED)


@parameters
class Grounds:
    """Relief on any of these three grounds; its amount is set by the case, and not printed."""

    amount: Fen | Missing = param("yuan")

    @rule("符合临时救助条件", "meets the terms of temporary relief", entity=Household)
    def relief_terms(
        self,
        relief_large_expenditure: bool,
        relief_housing: bool,
        relief_prevention: bool,
        relief_survey: bool,
        income_within_limit: bool,
        property_within_limit: bool,
    ) -> bool:
        """A ground, and income and property within the limits where they are surveyed."""
        ground = some(relief_large_expenditure, relief_housing, relief_prevention)
        return every(ground, some(no(relief_survey), every(income_within_limit, property_within_limit)))

    @entitlement("临时救助", "temporary relief", entity=Household, per="once")
    def temporary_relief(self, relief_terms: bool) -> Fen:
        """The amount."""
        amount: Fen = self.amount  # type: ignore[assignment]
        return when(relief_terms, amount)


@parameters
class SuddenIllness:
    """Relief for poor patients (突发重大疾病临时救助); the amount is not printed."""

    causes: Kinds = param("kinds", category=ReliefCause)
    amount: Fen | Missing = param("yuan")

    @rule("符合临时救助条件", "meets the terms of temporary relief", entity=Household)
    def relief_terms(self, registered_poor: bool, relief_cause: int, family_support: bool, living_difficulty: bool) -> bool:
        """Registered poor, the cause, no support of the family, and serious difficulty of basic living."""
        return every(registered_poor, among(relief_cause, self.causes), no(family_support), living_difficulty)

    @entitlement("临时救助", "temporary relief", entity=Household, per="once")
    def temporary_relief(self, relief_terms: bool) -> Fen:
        """The amount."""
        amount: Fen = self.amount  # type: ignore[assignment]
        return when(relief_terms, amount)


class TemporaryRelief(Result):
    """The relief of one household."""

    eligible = yes_no_of("relief_terms")
    amount = amount_of("temporary_relief")


class GroundsResult(Result):
    """The grounds on which one household may have relief, whether it is surveyed, and what it is paid."""

    survey = yes_no_of("relief_survey")
    large_expenditure = yes_no_of("relief_large_expenditure")
    housing = yes_no_of("relief_housing")
    prevention = yes_no_of("relief_prevention")
    eligible = yes_no_of("relief_terms")
    amount = amount_of("temporary_relief")


class ReliefArea(Area):
    """Temporary relief: `temporary`, `grounds`, `sudden_illness`, `check_refusal`."""

    name = "relief"
    models: ClassVar[dict[str, type]] = {
        "eligibility": Eligibility,
        "relief": Relief,
        "survey": Survey,
        "large_expenditure": LargeExpenditure,
        "while_housing": WhileHousing,
        "prevention": Prevention,
        "grounds": Grounds,
        "sudden_illness": SuddenIllness,
    }

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

    def grounds(
        self,
        *,
        persons: Sequence[Person] | None = None,
        registered_poor: bool | None = None,
        exited: bool | None = None,
        relief_cause: ReliefCause | int | str | None = None,
        large_expenditure: bool | None = None,
        life_disturbed: bool | None = None,
        poverty_risk: PovertyRisk | int | str | None = None,
        income_within_limit: bool | None = None,
        property_within_limit: bool | None = None,
    ) -> GroundsResult:
        """On which grounds a household may have relief, and whether its income and property are surveyed first.

        `persons` tell who has dibao, who is extremely poor, and how those are supported. The amount is not printed.
        Source: Ankang, annex 5 part 3 item 8.

        >>> import povertyrules as pr
        >>> home = {"persons": [pr.Person(receives_dibao=True)], "life_disturbed": True, "poverty_risk": "none"}
        >>> found = pr.policy("ankang", on="2020-06-30").relief.grounds(**home, relief_cause="housing")
        >>> found.survey, found.housing, found.eligible
        (False, True, True)
        """
        return self.calculate(
            GroundsResult,
            persons=persons,
            registered_poor=registered_poor,
            exited=exited,
            relief_cause=relief_cause,
            large_expenditure=large_expenditure,
            life_disturbed=life_disturbed,
            poverty_risk=poverty_risk,
            income_within_limit=income_within_limit,
            property_within_limit=property_within_limit,
        )

    def sudden_illness(
        self,
        *,
        registered_poor: bool,
        relief_cause: ReliefCause | int | str,
        family_support: bool | None = None,
        living_difficulty: bool | None = None,
    ) -> TemporaryRelief:
        """The relief of a poor patient's household; the amount is not printed. Source: Zhongzhan, chapter 2 section 4 item 2.

        >>> import povertyrules as pr
        >>> patient = {"registered_poor": True, "relief_cause": "major_illness", "family_support": False}
        >>> pr.policy("zhongzhan", on="2017-06-30").relief.sudden_illness(**patient, living_difficulty=True).eligible
        True
        """
        return self.calculate(
            TemporaryRelief,
            registered_poor=registered_poor,
            relief_cause=relief_cause,
            family_support=family_support,
            living_difficulty=living_difficulty,
        )

    def check_refusal(self, facts: Mapping[str, object]) -> Findings:
        """Whether relief was refused that must be given, an error, or that may be given, a warning.

        Source: Ankang, annex 5 part 3 item 8.

        >>> import povertyrules as pr
        >>> facts = {"registered_poor": True, "exited": False, "poverty_risk": "returned"}
        >>> [str(one.severity) for one in pr.policy("ankang", on="2020-06-30").relief.check_refusal(facts)]
        ['error']
        """
        self.held(Grounds)
        owed = {"relief_housing": WhileHousing, "relief_prevention": Prevention}
        answers = self.bound.evaluate(("relief_terms", *owed), given.table("facts", facts))
        if not answers.yes_no("relief_terms"):
            return Findings()
        # one that holds is enough; where none is known to hold, what is not known raises
        known = (name for name in owed if answers.status(name) == "amount" and answers.yes_no(name))
        must = next(known, None) or next((name for name in owed if answers.yes_no(name)), None)
        path, _ = self.held(owed[must] if must else LargeExpenditure)
        severity, word = (Severity.ERROR, "must") if must else (Severity.WARNING, "may")
        message = f"relief was refused that {word} be given"
        return Findings((self.finding("relief-refused", severity, "temporary_relief", message, path),))
