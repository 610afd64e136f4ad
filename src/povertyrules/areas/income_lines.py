"""Poverty lines (贫困标准): the series by year, and which of them is applied.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 2 section 4, box 6; 中共吉林省委 吉林省人民政府关于全面推进脱贫攻坚的实施意见,
part 2 (3); national series as the pack of `cn` cites them.
Limits: a line at constant prices comes without an index; what it is worth in a later year is a reading. The area itself is in
`income`.
"""

from __future__ import annotations

from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Amounts
from povertyrules.core.words import lookup
from povertyrules.entities import Household

LATER_PRICES = interpretation("income.line_in_later_prices", "official_series", "rural_prices", "unadjusted")


@parameters
class Series:
    """A series of poverty lines (贫困标准), by year; a year that is not printed is not stated."""

    lines: Amounts = param("yuan/year")


@parameters
class National(Series):
    """The national line (国家贫困标准)."""

    @rule("国家贫困标准", "national poverty line", entity=Household, per="year")
    def national_line(self, on: int) -> Fen:
        """The line of the year."""
        return lookup(on // 10_000, self.lines)


@parameters
class NationalAsPrinted(Series):
    """The national line as a local plan quotes it."""

    @rule("国家贫困标准(规划所引)", "national poverty line as the plan prints it", entity=Household, per="year")
    def national_line_as_printed(self, on: int) -> Fen:
        """The line of the year, as quoted."""
        return lookup(on // 10_000, self.lines)


@parameters
class Provincial(Series):
    """The provincial line (省定贫困标准)."""

    @rule("省定贫困标准", "provincial poverty line", entity=Household, per="year")
    def provincial_line(self, on: int) -> Fen:
        """The line of the year."""
        return lookup(on // 10_000, self.lines)


@parameters
class AppliesNational:
    """The national line is the one that is applied."""

    @rule("贫困标准", "poverty line", entity=Household, per="year")
    def poverty_line(self, national_line: Fen) -> Fen:
        """The line of the year."""
        return national_line


@parameters
class AppliesProvincial:
    """The provincial line is the one that is applied."""

    @rule("贫困标准", "poverty line", entity=Household, per="year")
    def poverty_line(self, provincial_line: Fen) -> Fen:
        """The line of the year."""
        return provincial_line


@parameters
class ConstantPrices:
    """A line at the prices of one year (不变价): in a later year the national line, or the figure by prices, or as it stands."""

    base: Fen = param("yuan/year")
    at_prices: Amounts = param("yuan/year")

    @rule("贫困标准", "poverty line", entity=Household, per="year")
    def poverty_line(self, national_line: Fen, on: int) -> Fen:
        """The line of the year."""
        by_prices = lookup(on // 10_000, self.at_prices)
        return LATER_PRICES.choose(official_series=national_line, rural_prices=by_prices, unadjusted=self.base)


MODELS: dict[str, type] = {
    "national": National,
    "national_as_printed": NationalAsPrinted,
    "provincial": Provincial,
    "applies_national": AppliesNational,
    "applies_provincial": AppliesProvincial,
    "constant_prices": ConstantPrices,
}
"""The models of this module, by name in packs."""
