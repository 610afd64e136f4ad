"""Forestry (生态保护): subsidies for planting, converting and caring for forest, by plot; and who may become a forest ranger.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 8 box 5; 山西省“十三五”脱贫攻坚规划, box 8 (items 1, 3, 4).
Limits: Zaozhuang prints a rate for new planting of two kinds of forest; other kinds, renewal and conversion are eligible
without one. Number and wage of ranger posts are not printed. Shanxi prints neither the first of the years that were added
for the earlier round, nor the instalments of the new one, nor the rates of a plantation that has matured.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.areas.forestry_rules import Care, Conversion, Orchard
from povertyrules.categories import ConversionRound, ForestKind, ForestOwner, LandKind, Planting, RangerZone
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


class ConversionSubsidies(Result):
    """The subsidies of one plot of converted cropland, or planted with seedlings."""

    old_round = amount_of("old_round_subsidy")
    new_round = amount_of("new_round_subsidy")
    seedlings = amount_of("seedling_subsidy")


class OrchardSubsidy(Result):
    """Whether one orchard may be listed, and its subsidy."""

    listing = yes_no_of("orchard_listing")
    subsidy = amount_of("orchard_subsidy")


class CareSubsidies(Result):
    """The subsidies for the care of one plot of forest."""

    forest = amount_of("forest_care_subsidy")
    young_plantation = amount_of("young_plantation_subsidy")


class ForestryArea(Area):
    """Forestry: `afforestation`, `ranger`, `cropland`, `orchard`, `care`."""

    name = "forestry"
    models: ClassVar[dict[str, type]] = {
        "afforestation": Afforestation,
        "rangers": Rangers,
        "conversion": Conversion,
        "orchard": Orchard,
        "care": Care,
    }

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

    def cropland(
        self,
        *,
        plot_area: Measure,
        conversion_round: ConversionRound | int | str | None = None,
        ecological_forest: bool | None = None,
        subsidy_year: int | None = None,
        seedling_planting: bool | None = None,
        poor_county: bool | None = None,
        subsidy_years: int | None = None,
    ) -> ConversionSubsidies:
        """The subsidies of one plot of converted cropland, and of one planted with seedlings: which year, in which county.

        `subsidy_years` counts only where the rates of the new round are taken as paid every year. Source: Shanxi, box 8 item 1.

        >>> import povertyrules as pr
        >>> sx = pr.policy("shanxi", on="2017-06-30")
        >>> plot = sx.forestry.cropland(
        ...     plot_area=pr.mu(10), conversion_round="new", seedling_planting=True, poor_county=True
        ... )
        >>> str(plot.new_round), str(plot.seedlings)
        ('15,000.00 yuan once', '8,000.00 yuan once')
        """
        return self.calculate(
            ConversionSubsidies,
            plot_area=plot_area,
            conversion_round=conversion_round,
            ecological_forest=ecological_forest,
            subsidy_year=subsidy_year,
            seedling_planting=seedling_planting,
            poor_county=poor_county,
            subsidy_years=subsidy_years,
        )

    def orchard(
        self,
        *,
        plot_area: Measure,
        registered_poor: bool | None = None,
        forest_kind: ForestKind | int | str | None = None,
        land_kind: LandKind | int | str | None = None,
        tree_age: int | None = None,
        project_listed: bool | None = None,
        subsidy_year: int | None = None,
    ) -> OrchardSubsidy:
        """Whether one orchard may be listed, and its subsidy of the year: the age of its trees in years.

        Source: Shanxi, box 8 item 3.

        >>> import povertyrules as pr
        >>> sx = pr.policy("shanxi", on="2017-06-30")
        >>> orchard = {"registered_poor": True, "forest_kind": "dry_fruit", "land_kind": "low_yield", "project_listed": True}
        >>> found = sx.forestry.orchard(plot_area=pr.mu(5), tree_age=21, subsidy_year=3, **orchard)
        >>> found.listing, found.status("subsidy")
        (False, 'not eligible')
        """
        return self.calculate(
            OrchardSubsidy,
            plot_area=plot_area,
            registered_poor=registered_poor,
            forest_kind=forest_kind,
            land_kind=land_kind,
            tree_age=tree_age,
            project_listed=project_listed,
            subsidy_year=subsidy_year,
        )

    def care(
        self,
        *,
        plot_area: Measure,
        poor_county: bool | None = None,
        forest_owner: ForestOwner | int | str | None = None,
        permanent_forest: bool | None = None,
        young_plantation: bool | None = None,
        care_rate: Fen | None = None,
        subsidy_year: int | None = None,
    ) -> CareSubsidies:
        """What is paid for the care of one plot of forest, or of a young plantation; `care_rate` is the rate by the mu until now.

        Source: Shanxi, box 8 item 4.

        >>> import povertyrules as pr
        >>> sx = pr.policy("shanxi", on="2017-06-30")
        >>> print(sx.forestry.care(plot_area=pr.mu(100), young_plantation=True).young_plantation)
        1,000.00 yuan a year
        """
        return self.calculate(
            CareSubsidies,
            plot_area=plot_area,
            poor_county=poor_county,
            forest_owner=forest_owner,
            permanent_forest=permanent_forest,
            young_plantation=young_plantation,
            care_rate=care_rate,
            subsidy_year=subsidy_year,
        )
