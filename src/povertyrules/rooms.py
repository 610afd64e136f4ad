"""The areas of a policy as its attributes: `policy.medical`, `policy.housing`; each is imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from povertyrules.core.area import Area, Bound

if TYPE_CHECKING:
    from povertyrules.areas.children import ChildrenArea
    from povertyrules.areas.dibao import DibaoArea
    from povertyrules.areas.disability import DisabilityArea
    from povertyrules.areas.education import EducationArea
    from povertyrules.areas.elderly import ElderlyArea
    from povertyrules.areas.exit import ExitArea
    from povertyrules.areas.forestry import ForestryArea
    from povertyrules.areas.housing import HousingArea
    from povertyrules.areas.income import IncomeArea
    from povertyrules.areas.medical import MedicalArea
    from povertyrules.areas.pension import PensionArea
    from povertyrules.areas.relief import ReliefArea

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
