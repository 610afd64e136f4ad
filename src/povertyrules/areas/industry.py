"""Industry (产业扶贫): help with an online shop, and grants to entities that rent land of the poor and employ them.

References: 中共吉林省委 吉林省人民政府关于全面推进脱贫攻坚的实施意见, part 4 (21); 山西省“十三五”脱贫攻坚规划, chapter 3 part 4;
安康市巩固提升脱贫攻坚成果实施方案, annex 1 part 4 item 1.
Limits: neither the help with the network fee nor the grant has a printed amount, nor has the small loan of a shop. The grant is
for enterprises, which are no entity here: it is checked, not computed.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.conventions import INCLUSIVE, MAY
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.errors import RangeError
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.measure import Measure, in_words
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.words import every, least, when
from povertyrules.entities import Household

LAND_AND_WORKERS = interpretation("industry.land_and_workers", "both", "either")
WHOSE_LAND = interpretation("industry.whose_land", "poor_households", "all_rented")


@parameters
class OnlineShop:
    """Help for poor families that run an online shop (开设网店): the network fee up to a cap, and small loans."""

    cap: Fen | Missing = param("yuan/year")

    @entitlement("网络资费补助", "help with the network fee", entity=Household, per="year")
    def network_fee_subsidy(self, registered_poor: bool, online_shop: bool, network_fee: Fen) -> Fen:
        """The fee, up to the cap."""
        cap: Fen = self.cap  # type: ignore[assignment]
        return when(every(registered_poor, online_shop), least(network_fee, cap))

    @service("网店小额信贷支持", "small loans for an online shop", entity=Household)
    def shop_credit(self, registered_poor: bool, online_shop: bool) -> bool:
        """A registered poor household with a shop."""
        return every(registered_poor, online_shop)


@parameters
class EntityGrant:
    """A grant to an entity that rents land of poor households and employs poor workers (新型经营主体资金补助)."""

    land: Measure = param("mu")
    workers: int = param("persons")


class ShopHelp(Result):
    """What one household with an online shop is owed."""

    network_fee = amount_of("network_fee_subsidy")
    credit = yes_no_of("shop_credit")


class IndustryArea(Area):
    """Industry: `online_shop`, `check_grant`."""

    name = "industry"
    models: ClassVar[dict[str, type]] = {"online_shop": OnlineShop, "entity_grant": EntityGrant}

    def online_shop(self, *, registered_poor: bool, online_shop: bool, network_fee: Fen | None = None) -> ShopHelp:
        """The help for a household with an online shop, from the network fee of the year, in fen.

        The cap is not printed: give it with `policy.local({"industry.online_shop.cap": …}, source=…)`.
        Source: Jilin, part 4 (21); Shanxi, chapter 3 part 4.

        >>> import povertyrules as pr
        >>> jilin = pr.policy("jilin", on="2017-06-30").local({"industry.online_shop.cap": "500"}, source="county notice")
        >>> print(jilin.industry.online_shop(registered_poor=True, online_shop=True, network_fee=pr.yuan(600)).network_fee)
        500.00 yuan a year
        """
        return self.calculate(ShopHelp, registered_poor=registered_poor, online_shop=online_shop, network_fee=network_fee)

    def check_grant(self, poor_land: Measure, rented_land: Measure, poor_workers: int, *, granted: bool) -> Findings:
        """Whether a grant went to an entity under the thresholds, or, where it is a duty, to none that reaches them.

        Land in hundredths of a mu: what is rented of poor households, and all that is rented. Raises `RangeError` where the
        part is more than all. Source: Ankang, annex 1 part 4 item 1.

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30")
        >>> print(ankang.industry.check_grant(pr.mu(80), pr.mu(130), 25, granted=True).found[0].message)
        granted for 80.00 mu and 25 workers; asked for are 100.00 mu and 20 workers
        """
        path, held = self.held(EntityGrant)
        of_poor, all_of_it = given.whole("poor_land", poor_land), given.whole("rented_land", rented_land)
        if of_poor > all_of_it:
            raise RangeError("poor_land", in_words(of_poor, "mu"), f"allowed: up to rented_land, {in_words(all_of_it, 'mu')}")
        land = of_poor if self.bound.choice(WHOSE_LAND.name) == "poor_households" else all_of_it
        workers = given.whole("poor_workers", poor_workers)
        reached = self._over(land, held.land), self._over(workers, held.workers)
        either = self.bound.choice(LAND_AND_WORKERS.name) == "either"
        eligible = any(reached) if either else all(reached)
        if given.flag("granted", granted) is eligible:
            return Findings()
        has = f"{in_words(land, 'mu')} and {workers} workers"
        asked = f"{in_words(held.land, 'mu')} {'or' if either else 'and'} {held.workers} workers"
        if granted:
            message = f"granted for {has}; asked for are {asked}"
            return Findings((self.finding("grant-under-threshold", Severity.ERROR, "granted", message, path),))
        if self.bound.choice(MAY.name) == "option":
            return Findings()
        message = f"not granted for {has}; enough are {asked}"
        return Findings((self.finding("grant-withheld", Severity.ERROR, "granted", message, path),))

    def _over(self, number: int, figure: int) -> bool:
        """Whether a number is "so much and over", as that is read."""
        return number >= figure if self.bound.choice(INCLUSIVE.name) == "inclusive" else number > figure
