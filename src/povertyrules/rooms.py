"""The areas of a policy as its attributes: `policy.medical`, `policy.housing`; each is imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from povertyrules.core.area import Area, Bound

if TYPE_CHECKING:
    from povertyrules.areas.assets import AssetsArea
    from povertyrules.areas.charges import ChargesArea
    from povertyrules.areas.children import ChildrenArea
    from povertyrules.areas.credit import CreditArea
    from povertyrules.areas.dibao import DibaoArea
    from povertyrules.areas.disability import DisabilityArea
    from povertyrules.areas.education import EducationArea
    from povertyrules.areas.elderly import ElderlyArea
    from povertyrules.areas.employment import EmploymentArea
    from povertyrules.areas.energy import EnergyArea
    from povertyrules.areas.exit import ExitArea
    from povertyrules.areas.forestry import ForestryArea
    from povertyrules.areas.funds import FundsArea
    from povertyrules.areas.housing import HousingArea
    from povertyrules.areas.income import IncomeArea
    from povertyrules.areas.industry import IndustryArea
    from povertyrules.areas.medical import MedicalArea
    from povertyrules.areas.obligations import ObligationsArea
    from povertyrules.areas.pathways import PathwaysArea
    from povertyrules.areas.pension import PensionArea
    from povertyrules.areas.procedures import ProceduresArea
    from povertyrules.areas.relief import ReliefArea
    from povertyrules.areas.tables import TablesArea

A = TypeVar("A", bound=Area)


class Rooms:
    """What gives a policy its areas."""

    def area(self, kind: type[A]) -> A:
        """One area of the policy."""
        return kind(cast(Bound, self))

    @cached_property
    def income(self) -> IncomeArea:
        """Poverty lines and the income test (脱贫标准)."""
        from povertyrules.areas.income import IncomeArea

        return self.area(IncomeArea)

    @cached_property
    def exit(self) -> ExitArea:
        """Exit from poverty, of households and of villages (贫困退出)."""
        from povertyrules.areas.exit import ExitArea

        return self.area(ExitArea)

    @cached_property
    def housing(self) -> HousingArea:
        """Repair and rebuilding of dangerous houses (危房改造)."""
        from povertyrules.areas.housing import HousingArea

        return self.area(HousingArea)

    @cached_property
    def education(self) -> EducationArea:
        """Aid to students, fee waivers, student loans (教育支持)."""
        from povertyrules.areas.education import EducationArea

        return self.area(EducationArea)

    @cached_property
    def medical(self) -> MedicalArea:
        """Medical cost, premiums and free services (健康医疗)."""
        from povertyrules.areas.medical import MedicalArea

        return self.area(MedicalArea)

    @cached_property
    def forestry(self) -> ForestryArea:
        """Afforestation subsidies and ranger posts (生态保护)."""
        from povertyrules.areas.forestry import ForestryArea

        return self.area(ForestryArea)

    @cached_property
    def dibao(self) -> DibaoArea:
        """Dibao and the support of the extremely poor (低保与特困供养)."""
        from povertyrules.areas.dibao import DibaoArea

        return self.area(DibaoArea)

    @cached_property
    def relief(self) -> ReliefArea:
        """Temporary relief (临时救助)."""
        from povertyrules.areas.relief import ReliefArea

        return self.area(ReliefArea)

    @cached_property
    def elderly(self) -> ElderlyArea:
        """Allowances for the old, filial-piety payment (老年人福利)."""
        from povertyrules.areas.elderly import ElderlyArea

        return self.area(ElderlyArea)

    @cached_property
    def children(self) -> ChildrenArea:
        """Orphans and children in difficulty (孤儿与困境儿童)."""
        from povertyrules.areas.children import ChildrenArea

        return self.area(ChildrenArea)

    @cached_property
    def pension(self) -> PensionArea:
        """Basic pension and its contributions (居民基本养老保险)."""
        from povertyrules.areas.pension import PensionArea

        return self.area(PensionArea)

    @cached_property
    def disability(self) -> DisabilityArea:
        """Subsidies and services for the disabled (残疾人福利)."""
        from povertyrules.areas.disability import DisabilityArea

        return self.area(DisabilityArea)

    @cached_property
    def energy(self) -> EnergyArea:
        """Solar power (光伏扶贫)."""
        from povertyrules.areas.energy import EnergyArea

        return self.area(EnergyArea)

    @cached_property
    def employment(self) -> EmploymentArea:
        """Training subsidies and free training (就业扶贫)."""
        from povertyrules.areas.employment import EmploymentArea

        return self.area(EmploymentArea)

    @cached_property
    def credit(self) -> CreditArea:
        """Micro-credit, its interest and insurance (金融扶贫)."""
        from povertyrules.areas.credit import CreditArea

        return self.area(CreditArea)

    @cached_property
    def industry(self) -> IndustryArea:
        """Online shops, grants to enterprises that take the poor along (产业扶贫)."""
        from povertyrules.areas.industry import IndustryArea

        return self.area(IndustryArea)

    @cached_property
    def funds(self) -> FundsArea:
        """Wages in work-relief projects, running costs that the county bears (资金)."""
        from povertyrules.areas.funds import FundsArea

        return self.area(FundsArea)

    @cached_property
    def assets(self) -> AssetsArea:
        """Dividends on assets brought in, proceeds of a sale (资产)."""
        from povertyrules.areas.assets import AssetsArea

        return self.area(AssetsArea)

    @cached_property
    def charges(self) -> ChargesArea:
        """Charges of which households are spared (收费减免)."""
        from povertyrules.areas.charges import ChargesArea

        return self.area(ChargesArea)

    @cached_property
    def obligations(self) -> ObligationsArea:
        """What the implementing bodies owe (工作责任)."""
        from povertyrules.areas.obligations import ObligationsArea

        return self.area(ObligationsArea)

    @cached_property
    def pathways(self) -> PathwaysArea:
        """Who falls where: batches, branches, kinds (帮扶路径)."""
        from povertyrules.areas.pathways import PathwaysArea

        return self.area(PathwaysArea)

    @cached_property
    def tables(self) -> TablesArea:
        """Lists, baselines and plans as they are printed (附表)."""
        from povertyrules.areas.tables import TablesArea

        return self.area(TablesArea)

    @cached_property
    def procedures(self) -> ProceduresArea:
        """Who acts after whom, and how long notice runs (程序)."""
        from povertyrules.areas.procedures import ProceduresArea

        return self.area(ProceduresArea)
