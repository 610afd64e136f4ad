"""The rules of forest land, by plot: converted cropland and its seedlings, orchards of dry fruit, the care of forests.

The calculators on them, with references and limits, are in `forestry`.
"""

from __future__ import annotations

from povertyrules.categories import ConversionRound, ForestKind, ForestOwner, LandKind
from povertyrules.conventions import to_fen
from povertyrules.core.interpretation import interpretation
from povertyrules.core.measure import Measure
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.core.words import Exact, among, every, no, unstated, when, where
from povertyrules.entities import Plot

NEW_ROUND_PERIOD = interpretation("forestry.new_round_period", "total", "per_year")
SEEDLING_ON_TOP = interpretation("forestry.seedling_on_top", "on_top", "within")
ORCHARD_AGE = interpretation("forestry.orchard_age", "every_year", "first_year")
CARE_PERIOD = interpretation("forestry.care_rate_period", "per_year", "once")
YOUNG_AREA = interpretation("forestry.young_plantation_area", "everywhere", "poor_counties")


def by_the_mu(rate: Fen, plot_area: Measure) -> Fen:
    """A rate for each mu of a plot, to the fen."""
    return to_fen(Exact(rate * plot_area, 100))


@parameters
class Conversion:
    """Cropland converted to forest (退耕还林), and planting with seedlings (种苗造林): what the country and the province pay."""

    earlier_rate: Fen = param("yuan/mu")
    earlier_years: int = param("years")
    national: Fen = param("yuan/mu")
    provincial: Fen = param("yuan/mu")
    seedling_national: Fen = param("yuan/mu")
    seedling_poor: Fen = param("yuan/mu")
    seedling_other: Fen = param("yuan/mu")

    @entitlement("上一轮退耕还林补助", "subsidy for land of the earlier round", entity=Plot, per="year")
    def old_round_subsidy(self, plot_area: Measure, conversion_round: int, ecological_forest: bool, subsidy_year: int) -> Fen:
        """The rate times the area, for ecological forest, in the years that were added."""
        added = subsidy_year <= self.earlier_years
        eligible = every(conversion_round == ConversionRound.EARLIER, ecological_forest, added)
        return when(eligible, by_the_mu(self.earlier_rate, plot_area))

    @entitlement("新一轮退耕还林补助", "subsidy for land of the new round", entity=Plot, per="once")
    def new_round_subsidy(self, plot_area: Measure, conversion_round: int, subsidy_years: int) -> Fen:
        """Both rates times the area."""
        once = by_the_mu(self.national + self.provincial, plot_area)
        amount = NEW_ROUND_PERIOD.choose(total=once, per_year=once * subsidy_years)
        return when(conversion_round == ConversionRound.NEW, amount)

    @entitlement("种苗造林补助", "seedling subsidy", entity=Plot, per="once")
    def seedling_subsidy(
        self, plot_area: Measure, conversion_round: int, seedling_planting: bool, poor_county: bool, subsidy_years: int
    ) -> Fen:
        """Both rates times the area; what the province adds turns on the county."""
        apart = every(seedling_planting, no(conversion_round == ConversionRound.NEW))
        eligible = SEEDLING_ON_TOP.choose(on_top=seedling_planting, within=apart)
        added = where(poor_county, self.seedling_poor, self.seedling_other)
        once = by_the_mu(self.seedling_national + added, plot_area)
        return when(eligible, NEW_ROUND_PERIOD.choose(total=once, per_year=once * subsidy_years))


@parameters
class Orchard:
    """Orchards that are made to yield more (经济林提质增效): of which kind and age, for how many years."""

    forests: Kinds = param("kinds", category=ForestKind)
    land: Kinds = param("kinds", category=LandKind)
    first_age: int = param("years")
    last_age: int = param("years")
    years: int = param("years")
    rate: Fen = param("yuan/mu")

    @service("可列入经济林提质增效项目", "may be listed as an orchard project", entity=Plot)
    def orchard_listing(self, registered_poor: bool, forest_kind: int, land_kind: int, tree_age: int, subsidy_year: int) -> bool:
        """An orchard of low yield that a poor household runs, its trees of the age: in every year, or in the first."""
        age = ORCHARD_AGE.choose(every_year=tree_age, first_year=tree_age - (subsidy_year - 1))
        meant = every(registered_poor, among(forest_kind, self.forests), among(land_kind, self.land))
        return every(meant, self.first_age <= age, age <= self.last_age)

    @entitlement("经济林提质增效补助", "orchard subsidy", entity=Plot, per="year")
    def orchard_subsidy(self, plot_area: Measure, orchard_listing: bool, project_listed: bool, subsidy_year: int) -> Fen:
        """The rate times the area, once the orchard is listed, while the years are not over."""
        eligible = every(orchard_listing, project_listed, subsidy_year <= self.years)
        return when(eligible, by_the_mu(self.rate, plot_area))


@parameters
class Care:
    """The care of forest (管护补助): a higher rate for some, and a rate of its own for young plantations."""

    rate: Fen = param("yuan/mu")
    earlier_rate: Fen = param("yuan/mu")
    owners: Kinds = param("kinds", category=ForestOwner)
    young: Fen = param("yuan/mu")

    @entitlement("公益林管护补助", "forest care", entity=Plot, per="year")
    def forest_care_subsidy(
        self,
        plot_area: Measure,
        poor_county: bool,
        forest_owner: int,
        permanent_forest: bool,
        young_plantation: bool,
        care_rate: Fen,
        subsidy_year: int,
    ) -> Fen:
        """The higher rate times the area: forest in a poor county, outside the permanent one, that had the lower rate."""
        where_and_whose = every(poor_county, among(forest_owner, self.owners), no(permanent_forest), no(young_plantation))
        terms = every(where_and_whose, care_rate == self.earlier_rate)
        eligible = CARE_PERIOD.choose(per_year=terms, once=every(terms, subsidy_year == 1))
        return when(eligible, by_the_mu(self.rate, plot_area))

    @entitlement("未成林造林地管护补助", "care of a young plantation", entity=Plot, per="year")
    def young_plantation_subsidy(self, plot_area: Measure, young_plantation: bool, poor_county: bool) -> Fen:
        """The rate times the area, until the plantation is mature."""
        amount = by_the_mu(self.young, plot_area)
        in_poor = where(poor_county, amount, unstated(YOUNG_AREA.name))
        return when(young_plantation, YOUNG_AREA.choose(everywhere=amount, poor_counties=in_poor))
