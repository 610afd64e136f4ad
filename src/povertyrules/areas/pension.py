"""Residents' basic pension (城乡居民基本养老保险): the pension, its age, contributions and who bears them, the funeral grant.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 2 part 1, section 3 part 2, box 7 item 9.
Limits: two contribution tiers are printed with their subsidy; the lowest tier itself is not. Whether somebody who cannot pay
for another reason than serious illness or disability is helped in full is not printed.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.categories import DisabilityGrade, PovertyCause
from povertyrules.conventions import INCLUSIVE, to_fen
from povertyrules.core.area import Area, Result, amount_of, number_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Amounts, Missing
from povertyrules.core.words import at_rate, cases, every, no, some, unstated, when, where
from povertyrules.entities import Death, Person

FLOOR_SIGN = interpretation("pension.floor_sign", "at_least", "more_than")
TIER_GAP = interpretation("pension.tier_gap", "unstated", "next_lower")
FUNERAL_FOR = interpretation("pension.funeral_for", "recipient", "participant")


@parameters
class Basic:
    """The basic pension (基础养老金) and the age from which it is drawn."""

    first_age: int = param("years")
    amount: Fen = param("yuan/month")

    @rule("普通领取年龄", "ordinary pension age", entity=Person, most=150)
    def ordinary_pension_age(self) -> int:
        """The age printed for everyone."""
        return self.first_age

    @entitlement("基础养老金", "basic pension", entity=Person, per="month")
    def basic_pension(self, age: int, ordinary_pension_age: int, early_pension_age: int, severely_disabled: bool) -> Fen:
        """The floor, from the pension age on; a fen more where the floor itself is not enough."""
        # at an age at which the grade of a disability makes no difference it need not be told
        inclusive = some(age >= ordinary_pension_age, every(severely_disabled, age >= early_pension_age))
        strict = some(age > ordinary_pension_age, every(severely_disabled, age > early_pension_age))
        return when(
            INCLUSIVE.choose(inclusive=inclusive, strict=strict),
            FLOOR_SIGN.choose(at_least=self.amount, more_than=self.amount + Fen(1)),
        )


@parameters
class Early:
    """Drawing the pension earlier (提前领取): so many years, for the severely disabled."""

    years: int = param("years")

    @rule("提前领取年龄", "early pension age", entity=Person, most=150)
    def early_pension_age(self, ordinary_pension_age: int) -> int:
        """The age of the severely disabled."""
        return ordinary_pension_age - self.years

    @rule("领取年龄", "pension age", entity=Person, most=150)
    def pension_age(self, ordinary_pension_age: int, early_pension_age: int, severely_disabled: bool) -> int:
        """The person's pension age."""
        return where(severely_disabled, early_pension_age, ordinary_pension_age)


@parameters
class Contribution:
    """The subsidy to a contribution (缴费补贴), by tier; the last printed tier is open above."""

    tiers: Amounts = param("yuan/year")

    @entitlement("养老保险缴费补贴", "contribution subsidy", entity=Person, per="year")
    def contribution_subsidy(self, pension_contribution: Fen) -> Fen:
        """The subsidy of the tier that is printed; or, in the other reading, of the nearest printed tier below."""
        *lower, top = self.tiers.rows.items()
        edge, highest = Fen(top[0] * 100), top[1]
        over = INCLUSIVE.choose(inclusive=pension_contribution >= edge, strict=pension_contribution > edge)
        printed = ((pension_contribution == tier * 100, subsidy) for tier, subsidy in lower)
        below = ((pension_contribution >= tier * 100, subsidy) for tier, subsidy in reversed(lower))
        nothing = unstated(", ".join(map(str, self.tiers.rows)))
        least = min(self.tiers.rows) * 100
        found = TIER_GAP.choose(
            unstated=cases((over, highest), *printed, default=nothing),
            next_lower=when(pension_contribution >= least, cases((over, highest), *below, default=Fen(0))),
        )
        return when(pension_contribution > 0, found)


@parameters
class Funeral:
    """The funeral grant (丧葬补助)."""

    amount: Fen = param("yuan")

    @entitlement("丧葬补助", "funeral grant", entity=Death, per="once")
    def funeral_grant(self, drew_pension: bool, pension_insured: bool) -> Fen:
        """The grant, for somebody who drew the pension (or, in the other reading, was insured)."""
        meant = FUNERAL_FOR.choose(recipient=drew_pension, participant=some(drew_pension, pension_insured))
        return when(meant, self.amount)


@parameters
class PaidPremium:
    """Contributions that the government pays in somebody's stead (代缴养老保险费): the lowest tier, in full."""

    lowest_tier: Fen | Missing = param("yuan/year")
    share: Rate = param("percent")
    severe_share: Rate = param("percent")

    @entitlement("代缴养老保险费", "pension contribution paid for the person", entity=Person, per="year")
    def pension_premium_paid(
        self,
        registered_poor: bool,
        severely_disabled: bool,
        poverty_cause: int,
        seriously_ill: bool,
        cannot_pay_premium: bool,
    ) -> Fen:
        """The lowest tier for the severely disabled and for the poor by serious illness; for others the share is not stated."""
        tier: Fen = self.lowest_tier  # type: ignore[assignment]
        by_illness = every(registered_poor, poverty_cause == PovertyCause.ILLNESS, seriously_ill)
        in_part = every(registered_poor, cannot_pay_premium, no(severely_disabled), no(by_illness))
        return cases(
            (severely_disabled, to_fen(at_rate(tier, self.severe_share))),
            (by_illness, to_fen(at_rate(tier, self.share))),
            default=when(in_part, unstated("pension_premium_paid")),
        )


class Pension(Result):
    """The pension of one person, and the age from which it is drawn."""

    basic = amount_of("basic_pension")
    from_age = number_of("pension_age")


class PaidContribution(Result):
    """The contribution that is paid in somebody's stead."""

    paid = amount_of("pension_premium_paid")


class ContributionSubsidy(Result):
    """What is added to a contribution."""

    subsidy = amount_of("contribution_subsidy")


class FuneralGrant(Result):
    """What is paid on a death."""

    grant = amount_of("funeral_grant")


class PensionArea(Area):
    """Residents' basic pension: `basic`, `contribution`, `paid_premium`, `funeral`."""

    name = "pension"
    models: ClassVar[dict[str, type]] = {
        "basic": Basic,
        "early": Early,
        "contribution": Contribution,
        "funeral": Funeral,
        "paid_premium": PaidPremium,
    }

    def basic(self, *, age: int, disability_grade: DisabilityGrade | int | str | None = None) -> Pension:
        """The basic pension at an age in completed years; the severely disabled draw it earlier. Source: box 7 item 9(1).

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.pension.basic(age=55, disability_grade=2).basic)
        at least 100.00 yuan a month
        """
        return self.calculate(Pension, age=age, disability_grade=disability_grade)

    def contribution(self, *, pension_contribution: Fen) -> ContributionSubsidy:
        """The subsidy to a yearly contribution; a tier that is not printed has none stated. Source: box 7 item 9(2).

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.pension.contribution(pension_contribution=pr.yuan(500)).subsidy)
        60.00 yuan a year
        >>> zz.pension.contribution(pension_contribution=pr.yuan(400)).status("subsidy")
        'unstated'
        """
        return self.calculate(ContributionSubsidy, pension_contribution=pension_contribution)

    def paid_premium(
        self,
        *,
        registered_poor: bool | None = None,
        disability_grade: DisabilityGrade | int | str | None = None,
        poverty_cause: PovertyCause | int | str | None = None,
        seriously_ill: bool | None = None,
        cannot_pay_premium: bool | None = None,
    ) -> PaidContribution:
        """The contribution that the government pays in somebody's stead.

        The lowest tier is not printed: give it as `policy.local({"pension.paid_premium.lowest_tier": "100"}, source=…)`.
        Source: chapter 9 section 2 part 1, section 3 part 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.pension.paid_premium(disability_grade=1).status("paid")
        'unstated'
        >>> told = zz.local({"pension.paid_premium.lowest_tier": "100"}, source="county notice")
        >>> print(told.pension.paid_premium(disability_grade=1).paid)
        100.00 yuan a year
        """
        return self.calculate(
            PaidContribution,
            registered_poor=registered_poor,
            disability_grade=disability_grade,
            poverty_cause=poverty_cause,
            seriously_ill=seriously_ill,
            cannot_pay_premium=cannot_pay_premium,
        )

    def funeral(self, *, drew_pension: bool, pension_insured: bool | None = None) -> FuneralGrant:
        """The grant on a death. Source: box 7 item 9(3).

        >>> import povertyrules as pr
        >>> print(pr.policy("zaozhuang-hitech", on="2017-06-30").pension.funeral(drew_pension=True).grant)
        600.00 yuan once
        """
        return self.calculate(FuneralGrant, drew_pension=drew_pension, pension_insured=pension_insured)
