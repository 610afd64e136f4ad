"""Charges (收费减免) of which households are spared, in full or in part: water, farm services, new settlements, machinery.

References: 枣庄高新区“十三五”脱贫攻坚规划, box 10, chapter 11 section 1 part 7; 山西省“十三五”脱贫攻坚规划, chapter 4 part 1,
chapter 9 part 2.
Limits: the price of water itself is not waived; the discount of farm services is not printed and comes from the caller.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.conventions import to_fen
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.words import at_rate, when, where
from povertyrules.entities import Household


@parameters
class WaterConnection:
    """Works that bring water through the village into the house (村内及入户工程): free of charge for the poor."""

    @service("免供水入户工程费", "free water connection", entity=Household)
    def water_connection_free(self, registered_poor: bool) -> bool:
        """Registered poor households."""
        return registered_poor

    @rule("应付供水入户工程费", "water connection charge due", entity=Household, per="once")
    def water_connection_due(self, water_connection_free: bool, water_connection_fee: Fen) -> Fen:
        """Nothing for them, the charge for others."""
        return where(water_connection_free, Fen(0), water_connection_fee)


@parameters
class FarmService:
    """Farm services (农业社会化服务) at a lower price for the poor."""

    discount: Rate | Missing = param("percent")

    @service("农业社会化服务优惠价", "cheaper farm services", entity=Household)
    def farm_service_discount(self, registered_poor: bool) -> bool:
        """Registered poor households."""
        return registered_poor

    @rule("应付农业社会化服务费", "farm service price due", entity=Household, per="once")
    def farm_service_due(self, farm_service_discount: bool, farm_service_price: Fen) -> Fen:
        """The price less the discount for them, the price for others."""
        discount: Rate = self.discount  # type: ignore[assignment]
        lower = farm_service_price - to_fen(at_rate(farm_service_price, discount))
        return where(farm_service_discount, lower, farm_service_price)


@parameters
class Settlement:
    """New settlements of relocated households (新建安置区): no charge for access, part of the fee for cable television."""

    share: Rate = param("percent")

    @service("免收入网、管网增容等经营性收费", "free access to networks and pipes", entity=Household)
    def network_access_free(self, new_settlement: bool) -> bool:
        """Households in such a settlement."""
        return new_settlement

    @entitlement("有线电视初装费减免", "saved on connecting cable television", entity=Household, per="once")
    def cable_tv_saved(self, new_settlement: bool, cable_tv_fee: Fen) -> Fen:
        """A share of the fee."""
        return when(new_settlement, to_fen(at_rate(cable_tv_fee, self.share)))

    @rule("应付有线电视初装费", "cable television fee due", entity=Household, per="once")
    def cable_tv_due(self, cable_tv_fee: Fen, cable_tv_saved: Fen) -> Fen:
        """What is left of the fee."""
        return cable_tv_fee - cable_tv_saved


@parameters
class Machinery:
    """Licences and inspection of farm machinery (农机安全监督管理牌证工本费、检验费): free in poor areas."""

    @service("免农机牌证工本费、检验费", "free papers and inspection of farm machinery", entity=Household)
    def machinery_fees_free(self, poor_area: bool) -> bool:
        """Households in poor areas."""
        return poor_area

    @rule("应付农机牌证工本费、检验费", "farm machinery fees due", entity=Household, per="once")
    def machinery_fee_due(self, machinery_fees_free: bool, machinery_fee: Fen) -> Fen:
        """Nothing there, the fees elsewhere."""
        return where(machinery_fees_free, Fen(0), machinery_fee)


class WaterCharge(Result):
    """The charge for bringing water into one house."""

    free = yes_no_of("water_connection_free")
    due = amount_of("water_connection_due")


class FarmServiceCharge(Result):
    """The price of farm services for one household."""

    discount = yes_no_of("farm_service_discount")
    due = amount_of("farm_service_due")


class SettlementCharges(Result):
    """The charges of one household in a new settlement."""

    network_access_free = yes_no_of("network_access_free")
    cable_tv_saved = amount_of("cable_tv_saved")
    cable_tv_due = amount_of("cable_tv_due")


class MachineryCharge(Result):
    """The fees for the machinery of one household."""

    free = yes_no_of("machinery_fees_free")
    due = amount_of("machinery_fee_due")


class ChargesArea(Area):
    """Charges: `water`, `farm_service`, `settlement`, `machinery`."""

    name = "charges"
    models: ClassVar[dict[str, type]] = {
        "water_connection": WaterConnection,
        "farm_service": FarmService,
        "settlement": Settlement,
        "machinery": Machinery,
    }

    def water(self, *, water_connection_fee: Fen | None = None, registered_poor: bool | None = None) -> WaterCharge:
        """What bringing water into the house costs a household. Source: 枣庄高新区“十三五”脱贫攻坚规划, box 10.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.charges.water(water_connection_fee=pr.yuan(1500), registered_poor=True).due)
        0.00 yuan once
        """
        return self.calculate(WaterCharge, water_connection_fee=water_connection_fee, registered_poor=registered_poor)

    def farm_service(self, *, farm_service_price: Fen, registered_poor: bool | None = None) -> FarmServiceCharge:
        """What farm services cost a household; the discount is not printed.

        Give it as `policy.local({"charges.farm_service.discount": "10 %"}, source=…)`.
        Source: 枣庄高新区“十三五”脱贫攻坚规划, chapter 11 section 1 part 7.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> told = zz.local({"charges.farm_service.discount": "10 %"}, source="notice of the village")
        >>> print(told.charges.farm_service(farm_service_price=pr.yuan(200), registered_poor=True).due)
        180.00 yuan once
        """
        return self.calculate(FarmServiceCharge, farm_service_price=farm_service_price, registered_poor=registered_poor)

    def settlement(self, *, cable_tv_fee: Fen | None = None, new_settlement: bool | None = None) -> SettlementCharges:
        """What a household pays for access to networks and for cable television.

        Source: 山西省“十三五”脱贫攻坚规划, chapter 4 part 1.

        >>> import povertyrules as pr
        >>> shanxi = pr.policy("shanxi", on="2017-06-30")
        >>> print(shanxi.charges.settlement(cable_tv_fee=pr.yuan(300), new_settlement=True).cable_tv_due)
        150.00 yuan once
        """
        return self.calculate(SettlementCharges, cable_tv_fee=cable_tv_fee, new_settlement=new_settlement)

    def machinery(self, *, machinery_fee: Fen | None = None, poor_area: bool | None = None) -> MachineryCharge:
        """What licences and inspection of farm machinery cost a household.

        Source: 山西省“十三五”脱贫攻坚规划, chapter 9 part 2.

        >>> import povertyrules as pr
        >>> print(pr.policy("shanxi", on="2017-06-30").charges.machinery(machinery_fee=pr.yuan(50), poor_area=True).due)
        0.00 yuan once
        """
        return self.calculate(MachineryCharge, machinery_fee=machinery_fee, poor_area=poor_area)
