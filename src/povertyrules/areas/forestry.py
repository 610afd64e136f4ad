"""Forestry (生态保护): subsidies for planting forest, by plot; and who may become a forest ranger.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 8 box 5.
Limits: a rate is printed for new planting of two kinds of forest; other kinds, renewal and conversion are eligible without one.
Number and wage of ranger posts are not printed.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.categories import ForestKind, LandKind, Planting, RangerZone
from povertyrules.conventions import to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.measure import Measure
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.core.words import Exact, among, every, total, unstated, when, where
from povertyrules.entities import Household, Plot

MINIMUM_AREA = interpretation("forestry.minimum_area", "plot", "applicant")
RATE_PERIOD = interpretation("forestry.rate_period", "once", "yearly")


@parameters
class Afforestation:
    """The afforestation subsidy (造林补贴): a rate by the mu, on land of some kinds, from a least area on."""

    least: Measure = param("mu")
    land: Kinds = param("kinds", category=LandKind)
    plantings: Kinds = param("kinds", category=Planting)
    rate: Fen = param("yuan/mu")
    rated: Kinds = param("kinds", category=ForestKind)

    @rule("造林总面积", "area planted by the household", entity=Household, per="mu")
    def planted_area(self, plot_area: Measure) -> Measure:
        """All plots of the household together."""
        return total(plot_area)

    @entitlement("造林补贴", "afforestation subsidy", entity=Plot, per="once")
    def afforestation_subsidy(
        self,
        plot_area: Measure,
        land_kind: int,
        planting: int,
        forest_kind: int,
        planted_area: Measure,
        subsidy_years: int,
    ) -> Fen:
        """The rate times the area, where it is printed for what was planted."""
        enough = MINIMUM_AREA.choose(plot=plot_area >= self.least, applicant=planted_area >= self.least)
        on_land = among(land_kind, self.land)
        done = among(planting, self.plantings)
        printed = every(planting == Planting.NEW, among(forest_kind, self.rated))
        once = to_fen(Exact(self.rate * plot_area, 100))
        amount = RATE_PERIOD.choose(once=once, yearly=once * subsidy_years)
        return when(every(on_land, done, enough), where(printed, amount, unstated("afforestation_subsidy")))


@parameters
class Rangers:
    """Forest ranger posts (护林员岗位) for the registered poor."""

    zones: Kinds = param("kinds", category=RangerZone)

    @service("可选聘为护林员", "may be chosen as forest ranger", entity=Household)
    def ranger_post(self, registered_poor: bool, ranger_zone: int) -> bool:
        """Registered as poor, where rangers are needed."""
        return every(among(ranger_zone, self.zones), registered_poor)


class AfforestationResult(Result):
    """The subsidy of one plot."""

    subsidy = amount_of("afforestation_subsidy")


class RangerPost(Result):
    """Whether one may be chosen as a forest ranger."""

    open = yes_no_of("ranger_post")


class ForestryArea(Area):
    """Forestry: `afforestation`, `ranger`."""

    name = "forestry"
    models: ClassVar[dict[str, type]] = {"afforestation": Afforestation, "rangers": Rangers}

    def afforestation(
        self,
        *,
        plot_area: Measure,
        forest_kind: ForestKind | int | str,
        land_kind: LandKind | int | str,
        planting: Planting | int | str,
        planted_area: Measure | None = None,
        subsidy_years: int | None = None,
    ) -> AfforestationResult:
        """The subsidy of one plot: its area (made by `mu`), what was planted, on what land.

        `planted_area` is that of all plots of the household, and counts only where the least area is the household's.
        Source: box 5.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> plot = zz.forestry.afforestation(plot_area=pr.mu("2.5"), forest_kind="arbor", land_kind="sandy", planting="new")
        >>> print(plot.subsidy)
        500.00 yuan once
        """
        return self.calculate(
            AfforestationResult,
            plot_area=plot_area,
            forest_kind=forest_kind,
            land_kind=land_kind,
            planting=planting,
            subsidy_years=subsidy_years,
            **given.told(planted_area=planted_area),
        )

    def ranger(self, *, registered_poor: bool, ranger_zone: RangerZone | int | str) -> RangerPost:
        """Whether somebody of a household may be chosen as a forest ranger; posts and wage are not printed. Source: box 5.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.forestry.ranger(registered_poor=True, ranger_zone="key_village").open
        True
        """
        return self.calculate(RangerPost, registered_poor=registered_poor, ranger_zone=ranger_zone)
