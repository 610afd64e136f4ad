"""Premiums, free services and deposits: what the medical area holds besides the cost of treatment.

The area itself, with references and limits, is in `medical`.
"""

from __future__ import annotations

from povertyrules.categories import DisabilityGrade, FreeService, Sex
from povertyrules.conventions import to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds, Missing
from povertyrules.core.words import among, at_rate, every, undecided, unstated, when, where
from povertyrules.entities import Person

DISABILITY_PREMIUM = interpretation("disability.premium", "in_full", "unstated")
FREE_SERVICES = interpretation("medical.free_services", "whole_list", "first_only")
DEPOSIT = interpretation("medical.deposit", "zero", "unstated")


@parameters
class Premium:
    """The premium of basic insurance (居民基本医疗保险筹资): what the government adds, and what a person pays."""

    government: Fen = param("yuan/year")
    personal: Fen = param("yuan/year")

    @rule("医保政府补助", "government's part of the premium", entity=Person, per="year")
    def premium_government(self) -> Fen:
        """What the government adds."""
        return self.government

    @rule("医保个人缴费", "personal premium", entity=Person, per="year")
    def premium_personal(self) -> Fen:
        """What a person pays before any help."""
        return self.personal

    @rule("医保筹资总额", "premium in all", entity=Person, per="year")
    def premium_financing(self, premium_government: Fen, premium_personal: Fen) -> Fen:
        """The two together."""
        return premium_government + premium_personal


@parameters
class PremiumLeft:
    """What every help with the personal premium supplies besides its amount."""

    @rule("医保个人实缴", "premium left to the person", entity=Person, per="year")
    def premium_left(self, premium_personal: Fen, premium_subsidy: Fen) -> Fen:
        """What is left to pay."""
        return premium_personal - premium_subsidy


@parameters
class PremiumHelp(PremiumLeft):
    """Help with the personal premium (个人缴费资助): for the registered poor, and for the severely disabled."""

    poor_share: Rate | Missing = param("percent")
    full_share: Rate = param("percent")
    open_share: Rate = param("percent")

    @entitlement("医保个人缴费资助", "help with the premium", entity=Person, per="year")
    def premium_subsidy(self, premium_personal: Fen, severely_disabled: bool, registered_poor: bool) -> Fen:
        """For the severely disabled all of it, or an unknown share; for other registered poor a share that is not printed."""
        poor_share: Rate = self.poor_share  # type: ignore[assignment]
        of_disabled = DISABILITY_PREMIUM.choose(
            in_full=to_fen(at_rate(premium_personal, self.full_share)),
            unstated=to_fen(at_rate(premium_personal, self.open_share)),
        )
        of_poor = to_fen(at_rate(premium_personal, poor_share))
        return where(severely_disabled, of_disabled, when(registered_poor, of_poor))


@parameters
class FreeServices:
    """Services for women and infants that cost nothing (免费妇幼健康服务)."""

    services: Kinds = param("kinds", category=FreeService)

    def free(self, service: FreeService) -> bool:
        """Whether a service is on the list."""
        return among(service, self.services)

    def later(self, service: FreeService) -> bool:
        """Whether a service that stands further on in the list is free: the word may reach as far, or not."""
        return FREE_SERVICES.choose(whole_list=self.free(service), first_only=undecided(FREE_SERVICES.name))

    @service("免费“两癌”检查", "free check for breast and cervical cancer", entity=Person)
    def two_cancer_check(self, sex: int, poor_area: bool) -> bool:
        """Women where the rural poor concentrate."""
        return every(sex == Sex.FEMALE, poor_area, self.free(FreeService.TWO_CANCER_CHECK))

    @service("免费孕前优生健康检查", "free check before pregnancy", entity=Person)
    def preconception_check(self, planning_pregnancy: bool) -> bool:
        """Whoever plans a pregnancy."""
        return every(planning_pregnancy, self.free(FreeService.PRECONCEPTION_CHECK))

    @service("免费增补叶酸", "free folic acid", entity=Person)
    def folic_acid(self, sex: int, planning_pregnancy: bool) -> bool:
        """Women who plan a pregnancy."""
        return every(sex == Sex.FEMALE, planning_pregnancy, self.later(FreeService.FOLIC_ACID))

    @service("免费新生儿疾病筛查", "free newborn screening", entity=Person)
    def newborn_screening(self, newborn: bool) -> bool:
        """The newborn."""
        return every(newborn, self.later(FreeService.NEWBORN_SCREENING))


@parameters
class Deposit:
    """Treatment first, payment later (先诊疗后付费): whether a deposit may be asked on admission."""

    @service("先诊疗后付费", "treatment before payment", entity=Person)
    def treated_first(self, registered_poor: bool) -> bool:
        """The registered poor."""
        return registered_poor

    @rule("住院押金", "deposit on admission", entity=Person, per="once")
    def deposit_due(self, treated_first: bool) -> Fen:
        """None for those who are treated first; of others the text does not speak."""
        nothing = DEPOSIT.choose(zero=Fen(0), unstated=unstated(DEPOSIT.name))
        return where(treated_first, nothing, unstated("deposit_due"))


@parameters
class ReliefCoverage:
    """The rural poor in relief for major illness and in commercial supplementary insurance (全部纳入)."""

    share: Rate = param("percent")


class PremiumResult(Result):
    """The premium of one person for a year, and who bears it."""

    government = amount_of("premium_government")
    personal = amount_of("premium_personal")
    financing = amount_of("premium_financing")
    subsidy = amount_of("premium_subsidy")
    left = amount_of("premium_left")


class FreeServicesResult(Result):
    """The services that cost one person nothing."""

    two_cancer_check = yes_no_of("two_cancer_check")
    preconception_check = yes_no_of("preconception_check")
    folic_acid = yes_no_of("folic_acid")
    newborn_screening = yes_no_of("newborn_screening")


class MedicalServices(Area):
    """The calculators and checks of this module, which the medical area takes in."""

    def premium(
        self, *, registered_poor: bool | None = None, disability_grade: DisabilityGrade | int | None = None
    ) -> PremiumResult:
        """The premium of basic insurance and the help with it. Source: box 7 item 11, chapter 7 section 1 part 1.

        The share for the registered poor is not printed: give it as `policy.local({"medical.premium_help.poor_share": "50 %"},
        source=…)`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> premium = zz.medical.premium(registered_poor=True, disability_grade=1)
        >>> str(premium.financing), str(premium.left)
        ('610.00 yuan a year', '0.00 yuan a year')
        >>> zz.medical.premium(registered_poor=True, disability_grade=0).status("subsidy")
        'unstated'
        """
        return self.calculate(PremiumResult, registered_poor=registered_poor, disability_grade=disability_grade)

    def free_services(
        self,
        *,
        sex: Sex | int | str | None = None,
        poor_area: bool | None = None,
        planning_pregnancy: bool | None = None,
        newborn: bool | None = None,
    ) -> FreeServicesResult:
        """Which services cost a person nothing. Source: chapter 7 section 2 part 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.medical.free_services(sex="female", poor_area=True).two_cancer_check
        True
        """
        return self.calculate(
            FreeServicesResult, sex=sex, poor_area=poor_area, planning_pregnancy=planning_pregnancy, newborn=newborn
        )

    def check_deposit(self, registered_poor: bool, deposit: Fen) -> Findings:
        """Whether a deposit was asked of somebody who is to be treated first; that none may be asked is inferred.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> [str(one.severity) for one in zz.medical.check_deposit(registered_poor=True, deposit=pr.yuan(2000))]
        ['warning']
        """
        given.amount("deposit", deposit)
        answers = self.bound.evaluate(("deposit_due",), {"registered_poor": given.flag("registered_poor", registered_poor)})
        if answers.status("deposit_due") == "unstated" or deposit <= answers.amount("deposit_due").figure:
            return Findings()
        path, _ = self.held(Deposit)
        message = f"{show(deposit)} was asked on admission of somebody who is treated first and pays later"
        return Findings((self.finding("deposit", Severity.WARNING, "deposit", message, path),))

    def check_coverage(self, covered: int, registered: int) -> Findings:
        """Whether all the rural poor are in a scheme: relief for major illness, or commercial supplementary insurance.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").medical.check_coverage(covered=1400, registered=1400).ok
        True
        """
        path, held = self.held(ReliefCoverage)
        if given.covers(held.share, covered=covered, registered=registered):
            return Findings()
        message = f"{covered} of {registered} are covered, {held.share} must be"
        return Findings((self.finding("medical-coverage", Severity.ERROR, "covered", message, path),))


MODELS: dict[str, type] = {
    "premium": Premium,
    "premium_help": PremiumHelp,
    "free_services": FreeServices,
    "deposit": Deposit,
    "relief_coverage": ReliefCoverage,
}
"""The models of this module, by name in packs."""
