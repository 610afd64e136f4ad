"""Help with premiums by share, services that are free to a group or in an area, delivery, a health check from some age on.

References: 中共吉林省委 吉林省人民政府关于全面推进脱贫攻坚的实施意见, part 3 (10); 山西省“十三五”脱贫攻坚规划, chapter 7 part 2,
chapter 9 part 4, box 11 items 9 and 10; 中站区脱贫攻坚“十三五”规划, chapter 2 section 4 parts 2 and 3.
Limits: no premium is printed, no share of it but the whole, and no age of women or children: the caller tells them. How often
the health check is free is not printed. The area itself is in `medical`.
"""

from __future__ import annotations

from povertyrules.areas.medical_services import FREE_SERVICES, PremiumLeft
from povertyrules.categories import FreeService, Sex
from povertyrules.conventions import INCLUSIVE, OPEN_LIST, to_fen
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds, Missing
from povertyrules.core.words import among, at_rate, every, least, no, some, undecided, when, where
from povertyrules.entities import Person

PREMIUM_SHARE = interpretation("medical.premium_share", "full", "some")
DELIVERY = interpretation("medical.delivery", "poor_free_others_subsidised", "subsidy_for_all", "both_at_once")


@parameters
class PremiumOfPoor(PremiumLeft):
    """Help with the personal premium of the registered poor (个人缴费部分给予补贴), at a share that is not printed."""

    share: Rate | Missing = param("percent")

    @entitlement("医保个人缴费资助", "help with the premium", entity=Person, per="year")
    def premium_subsidy(self, premium_personal: Fen, registered_poor: bool) -> Fen:
        """A share of the premium."""
        share: Rate = self.share  # type: ignore[assignment]
        return when(registered_poor, to_fen(at_rate(premium_personal, share)))


@parameters
class PremiumInFull(PremiumLeft):
    """The personal premium of the registered poor borne in full (全额补贴), or in part as another place of the text allows."""

    full_share: Rate = param("percent")
    some_share: Rate | Missing = param("percent")

    @entitlement("医保个人缴费资助", "help with the premium", entity=Person, per="year")
    def premium_subsidy(self, premium_personal: Fen, registered_poor: bool) -> Fen:
        """All of the premium, or a share that is not printed."""
        some_share: Rate = self.some_share  # type: ignore[assignment]
        full = to_fen(at_rate(premium_personal, self.full_share))
        return when(registered_poor, PREMIUM_SHARE.choose(full=full, some=to_fen(at_rate(premium_personal, some_share))))


@parameters
class HealthCheck:
    """A health check that costs the poor nothing from some age on (免费体检)."""

    first_age: int = param("years")

    @service("免费体检", "free health check", entity=Person)
    def health_check_free(self, age: int, registered_poor: bool) -> bool:
        """The registered poor of that age and over."""
        old_enough = INCLUSIVE.choose(inclusive=self.first_age <= age, strict=self.first_age < age)
        return every(registered_poor, old_enough)


@parameters
class ServicesByGroup:
    """Services for women and infants that cost nothing (免费妇幼健康服务): everywhere, further on in a list, or in poor areas."""

    everywhere: Kinds = param("kinds", category=FreeService, apart=True, default=Kinds(()))
    later: Kinds = param("kinds", category=FreeService, apart=True, default=Kinds(()))
    poor_areas: Kinds = param("kinds", category=FreeService, apart=True, default=Kinds(()))

    def free(self, service: FreeService, poor_area: bool) -> bool:
        """Whether a service is free; of one that no list names the text says nothing, or its list is taken as closed."""
        everywhere, in_poor_areas = among(service, self.everywhere), among(service, self.poor_areas)
        named = some(everywhere, every(in_poor_areas, poor_area))
        unnamed = OPEN_LIST.choose(open=undecided(service.name.lower()), closed=False)
        reached = FREE_SERVICES.choose(whole_list=True, first_only=undecided(FREE_SERVICES.name))
        listed = where(some(everywhere, in_poor_areas), named, unnamed)
        return where(among(service, self.later), reached, listed)

    @service("免费“两癌”检查", "free check for breast and cervical cancer", entity=Person)
    def two_cancer_check(self, sex: int, poor_area: bool) -> bool:
        """Women."""
        return every(sex == Sex.FEMALE, self.free(FreeService.TWO_CANCER_CHECK, poor_area))

    @service("免费孕前优生健康检查", "free check before pregnancy", entity=Person)
    def preconception_check(self, planning_pregnancy: bool, poor_area: bool) -> bool:
        """Whoever plans a pregnancy."""
        return every(planning_pregnancy, self.free(FreeService.PRECONCEPTION_CHECK, poor_area))

    @service("免费增补叶酸", "free folic acid", entity=Person)
    def folic_acid(self, sex: int, planning_pregnancy: bool, poor_area: bool) -> bool:
        """Women who plan a pregnancy."""
        return every(sex == Sex.FEMALE, planning_pregnancy, self.free(FreeService.FOLIC_ACID, poor_area))

    @service("免费新生儿疾病筛查", "free newborn screening", entity=Person)
    def newborn_screening(self, newborn: bool, poor_area: bool) -> bool:
        """The newborn."""
        return every(newborn, self.free(FreeService.NEWBORN_SCREENING, poor_area))

    @service("免费儿童营养包", "free nutrition packs", entity=Person)
    def nutrition_pack(self, child_of_age: bool, poor_area: bool) -> bool:
        """Children of the age."""
        return every(child_of_age, self.free(FreeService.NUTRITION_PACK, poor_area))


@parameters
class FamilyServices:
    """Services for families that cost nothing: a check of poor women; family planning and vaccines in poor areas."""

    services: Kinds = param("kinds", category=FreeService)

    @service("免费宫颈癌筛查", "free check for cervical cancer", entity=Person)
    def cervical_check(self, sex: int, registered_poor: bool, woman_of_age: bool) -> bool:
        """Registered poor women of the age."""
        held = among(FreeService.CERVICAL_CHECK, self.services)
        return every(sex == Sex.FEMALE, registered_poor, woman_of_age, held)

    @service("免费计划生育基本技术服务", "free family-planning services", entity=Person)
    def family_planning(self, married: bool, poor_area: bool) -> bool:
        """Couples in poor areas."""
        return every(married, poor_area, among(FreeService.FAMILY_PLANNING, self.services))

    @service("免费接种国家免疫规划疫苗", "free vaccines of the national programme", entity=Person)
    def free_vaccines(self, child_of_age: bool, poor_area: bool) -> bool:
        """Children of the age in poor areas."""
        return every(child_of_age, poor_area, among(FreeService.VACCINES, self.services))


@parameters
class Delivery:
    """Giving birth in a hospital (住院分娩): free for the poor in their county, subsidised in poor areas."""

    subsidy: Fen | Missing = param("yuan")

    @service("免费住院分娩", "free delivery in a hospital", entity=Person)
    def delivery_free(self, hospital_delivery: bool, registered_poor: bool, delivery_in_county: bool) -> bool:
        """Registered poor women who give birth in a hospital of the county."""
        free = every(hospital_delivery, registered_poor, delivery_in_county)
        return DELIVERY.choose(poor_free_others_subsidised=free, subsidy_for_all=False, both_at_once=free)

    @entitlement("住院分娩补助", "subsidy for a delivery in a hospital", entity=Person, per="once")
    def delivery_subsidy(self, hospital_delivery: bool, poor_area: bool, delivery_free: bool, delivery_cost: Fen) -> Fen:
        """Women of poor areas, never more than the cost; those who deliver free draw it in one reading only."""
        subsidy: Fen = self.subsidy  # type: ignore[assignment]
        drawn = least(subsidy, delivery_cost)
        every_woman = when(every(hospital_delivery, poor_area), drawn)
        others = when(every(hospital_delivery, poor_area, no(delivery_free)), drawn)
        return DELIVERY.choose(poor_free_others_subsidised=others, subsidy_for_all=every_woman, both_at_once=every_woman)

    @rule("分娩个人应付", "what is due for a delivery", entity=Person, per="once")
    def delivery_due(self, delivery_free: bool, delivery_cost: Fen, delivery_subsidy: Fen) -> Fen:
        """Nothing where it is free, else the cost less the subsidy."""
        return where(delivery_free, Fen(0), delivery_cost - delivery_subsidy)


class FamilyServicesResult(Result):
    """The services that cost one member of a family nothing."""

    nutrition_pack = yes_no_of("nutrition_pack")
    cervical_check = yes_no_of("cervical_check")
    family_planning = yes_no_of("family_planning")
    vaccines = yes_no_of("free_vaccines")


class HealthCheckResult(Result):
    """The health check of one person."""

    free = yes_no_of("health_check_free")


class DeliveryResult(Result):
    """What one delivery costs, and who bears it."""

    free = yes_no_of("delivery_free")
    subsidy = amount_of("delivery_subsidy")
    due = amount_of("delivery_due")


class MedicalHelp(Area):
    """The calculators of this module, which the medical area takes in."""

    def health_check(self, *, age: int, registered_poor: bool | None = None) -> HealthCheckResult:
        """Whether a health check is free. Source: 山西省“十三五”脱贫攻坚规划, box 11 item 9.

        >>> import povertyrules as pr
        >>> pr.policy("shanxi", on="2017-06-30").medical.health_check(age=50, registered_poor=True).free
        True
        """
        return self.calculate(HealthCheckResult, age=age, registered_poor=registered_poor)

    def family_services(
        self,
        *,
        sex: Sex | int | str | None = None,
        registered_poor: bool | None = None,
        poor_area: bool | None = None,
        child_of_age: bool | None = None,
        woman_of_age: bool | None = None,
        married: bool | None = None,
    ) -> FamilyServicesResult:
        """Which services cost a woman, a couple or a child nothing; `free_services` tells those around a pregnancy.

        Source: 山西省“十三五”脱贫攻坚规划, chapter 9 part 4, box 11 item 10.

        >>> import povertyrules as pr
        >>> shanxi = pr.policy("shanxi", on="2017-06-30").medical
        >>> child = shanxi.family_services(child_of_age=True, poor_area=True)
        >>> child.nutrition_pack, child.vaccines
        (True, True)
        """
        return self.calculate(
            FamilyServicesResult,
            sex=sex,
            registered_poor=registered_poor,
            poor_area=poor_area,
            child_of_age=child_of_age,
            woman_of_age=woman_of_age,
            married=married,
        )

    def delivery(
        self,
        *,
        delivery_cost: Fen,
        hospital_delivery: bool = True,
        registered_poor: bool | None = None,
        poor_area: bool | None = None,
        delivery_in_county: bool | None = None,
    ) -> DeliveryResult:
        """What a delivery costs that leaves so much to pay: free, subsidised, or neither.

        The subsidy is not printed: give it as `policy.local({"medical.delivery.subsidy": "500"}, source=…)`.
        Source: 山西省“十三五”脱贫攻坚规划, chapter 9 part 4, box 11 item 9.

        >>> import povertyrules as pr
        >>> shanxi = pr.policy("shanxi", on="2017-06-30").medical
        >>> print(shanxi.delivery(delivery_cost=pr.yuan(2000), registered_poor=True, delivery_in_county=True).due)
        0.00 yuan once
        """
        return self.calculate(
            DeliveryResult,
            delivery_cost=delivery_cost,
            hospital_delivery=hospital_delivery,
            registered_poor=registered_poor,
            poor_area=poor_area,
            delivery_in_county=delivery_in_county,
        )


MODELS: dict[str, type] = {
    "premium_of_poor": PremiumOfPoor,
    "premium_in_full": PremiumInFull,
    "health_check": HealthCheck,
    "services_by_group": ServicesByGroup,
    "family_services": FamilyServices,
    "delivery": Delivery,
}
"""The models of this module, by name in packs."""
