"""Three areas of Ruritania: the land, the healer's care, the old. Between them every word, table and wording occurs."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from fictional.world import Crop, Farm, Villager, Visit
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param
from povertyrules.core.tables import Amounts, Bands, Brackets, Kinds, Missing, Rates
from povertyrules.core.words import (
    Exact,
    any_of,
    at_rate,
    band,
    cases,
    count,
    every,
    greatest,
    least,
    lookup,
    marginal,
    no,
    rate_for,
    rate_reached,
    rounded,
    some,
    total,
    unstated,
    when,
    where,
)

ROUNDING = interpretation("ruritania.rounding", "half_up", "down")
STAGE = interpretation("ruritania.stage", "once", "each_visit")
TARIFF = interpretation("land.tariff", "slices", "whole")
EDGE = interpretation("land.edge", "above", "below")
TITHE = interpretation("land.tithe", "tenth", "two_sevenths")
TOLL = interpretation("land.toll", "none", "told")
MOURNING = interpretation("old.mourning", "paid", "unprinted")


def to_fen(exact: Exact) -> Fen:
    """Bring an exact amount to whole fen, as the reading has it."""
    return ROUNDING.choose(half_up=rounded(exact), down=rounded(exact, "down"))


# ---- land -----------------------------------------------------------------------------------------------------


@frozen
class Heads:
    """Counting heads."""

    @rule("人口", "heads", entity=Farm, most=5)
    def heads(self, villagers: bool) -> int:
        """How many villagers are listed."""
        return count(villagers)

    @rule("有学徒", "has an apprentice", entity=Farm)
    def has_apprentice(self, apprentice: bool) -> bool:
        """Whether one villager is an apprentice."""
        return any_of(apprentice)


@frozen
class HeadMoney:
    """Head money, by year: a year that is not printed is not stated."""

    by_year: Amounts = param("yuan/year")

    @entitlement("人头钱", "head money", entity=Farm, per="year")
    def head_money(self, on: int, heads: int) -> Fen:
        """The year's amount for every head."""
        return lookup(on // 10_000, self.by_year) * heads


@frozen
class Pool:
    """A pool shared by heads, in equal parts."""

    pool: Fen = param("yuan/year")

    @rule("每人份额", "share of the pool", entity=Farm, per="year")
    def pool_share(self, heads: int) -> Fen:
        """The pool over the heads; a farm without heads has no share."""
        return when(heads > 0, to_fen(Exact(self.pool, greatest(heads, 1))))

    @rule("余数", "odd fen of the pool", entity=Farm, least=-10, per="year")
    def pool_odd(self, pool_share: Fen, heads: int) -> Fen:
        """What the shares leave of the pool; it can be negative."""
        return where(heads > 0, self.pool - pool_share * heads, Fen(0))


@frozen
class LandTax:
    """Land tax, by brackets of rent, above a free amount."""

    free: Fen = param("yuan/year")
    brackets: Brackets = param("yuan/year")
    ceiling: Fen = param("yuan/year")

    @rule("地税", "land tax", entity=Farm, per="year")
    def land_tax(self, rent: Fen) -> Fen:
        """By slices, or the whole at the rate reached, whose edge is a question of its own."""
        over = greatest(rent - self.free, Fen(0))
        above = at_rate(over, rate_reached(rent, self.brackets))
        below = at_rate(over, rate_reached(rent, self.brackets, edge_inside=False))
        tax = TARIFF.choose(slices=marginal(rent, self.brackets, self.free), whole=EDGE.choose(above=above, below=below))
        return least(to_fen(tax), self.ceiling)


@frozen
class Tithe:
    """The tithe: a tenth of the rent, or two sevenths of what is over the free amount."""

    free: Fen = param("yuan/year")

    @rule("什一税", "tithe", entity=Farm, per="year")
    def tithe(self, rent: Fen) -> Fen:
        """Exact amounts over different denominators."""
        over = greatest(rent - self.free, Fen(0))
        return to_fen(TITHE.choose(tenth=Exact(rent, 10), two_sevenths=Exact(over * 2, 7)))


@frozen
class Toll:
    """The toll of the bridge, which the charter does not print."""

    toll: Fen | Missing = param("yuan/year")

    @rule("过桥费", "toll of the bridge", entity=Farm, per="year")
    def bridge_toll(self, hectares: int) -> Fen:
        """The toll for farms of three hectares and more, taken as nothing or told by the caller."""
        toll: Fen = self.toll  # type: ignore[assignment]
        return when(hectares >= 3, TOLL.choose(none=Fen(0), told=toll))

    @rule("过桥费证", "toll certificate", entity=Farm, per="year")
    def toll_certificate(self, flooded: bool, hectares: int) -> Fen:
        """The toll itself, unless the farm is flooded."""
        toll: Fen = self.toll  # type: ignore[assignment]
        return where(some(flooded, hectares == 0), Fen(0), toll)


@frozen
class FloodRelief:
    """Flood relief, a floor; large farms have a flat sum, none if they are very large."""

    per_hectare: Fen = param("yuan")
    flat: Fen = param("yuan")
    large: int = param("persons")
    very_large: int = param("persons")

    @entitlement("水灾救济", "flood relief", entity=Farm, per="once")
    def flood_relief(self, flooded: bool, hectares: int) -> Fen:
        """By size, for a flooded farm."""
        by_size = cases(
            (hectares < self.large, self.per_hectare * hectares),
            (hectares <= self.very_large, self.flat),
            default=Fen(0),
        )
        return when(every(flooded, hectares > 0), by_size)


@frozen
class Harvest:
    """The harvest that counts: listed crops, blight taken off."""

    counted: Kinds = param("kinds", category=Crop)

    @rule("净收成", "net harvest", entity=Farm, least=-16_000_000, per="year")
    def net_harvest(self, crop: int, worth: Fen) -> Fen:
        """The worth of listed crops less the blight."""
        signed = where(crop == int(Crop.BLIGHT), 0 - worth, worth)
        return total(when(some(*(crop == kind for kind in self.counted)), signed))

    @rule("歉收", "poor harvest", entity=Farm)
    def poor_harvest(self, net_harvest: Fen, rent: Fen) -> bool:
        """Whether the harvest does not pay the rent."""
        return net_harvest < rent


@frozen
class Moat:
    """The moat, which is dug later."""

    due: Fen = param("yuan/year")

    @rule("护城河捐", "moat money", entity=Farm, per="year")
    def moat_money(self, hectares: int) -> Fen:
        """So much for each hectare."""
        return self.due * hectares


@frozen
class Castle:
    """A tax of which no pack speaks."""

    due: Fen = param("yuan/year")

    @rule("城堡捐", "castle money", entity=Farm, per="year")
    def castle_money(self) -> Fen:
        """The tax."""
        return self.due


@frozen
class Dues:
    """All that a farm owes; some of it rests on rules that are absent."""

    @rule("应缴", "dues", entity=Farm, per="year")
    def dues(self, land_tax: Fen, tithe: Fen, bridge_toll: Fen) -> Fen:
        """What the farm owes."""
        return land_tax + tithe + bridge_toll

    @rule("含护城河应缴", "dues with the moat", entity=Farm, per="year")
    def dues_with_moat(self, dues: Fen, moat_money: Fen, flooded: bool) -> Fen:
        """A flooded farm owes nothing for the moat."""
        return where(flooded, dues, dues + moat_money)

    @rule("含城堡应缴", "dues with the castle", entity=Farm, per="year")
    def dues_with_castle(self, dues: Fen, castle_money: Fen, flooded: bool) -> Fen:
        """A flooded farm owes nothing for the castle."""
        return where(flooded, dues, dues + castle_money)


# ---- the healer's care ----------------------------------------------------------------------------------------


@frozen
class Healer:
    """The healer's fees, by ward, up to a yearly ceiling."""

    rates: Rates = param("percent")
    ceiling: Fen = param("yuan/year")
    long: Fen = param("yuan")

    @rule("单次支付", "paid for one visit", entity=Visit)
    def paid_visit(self, fee: Fen, ward: int, flooded: bool, apprentice: bool) -> Fen:
        """The share of the ward; the flooded and the apprenticed pay nothing in the straw ward."""
        share = to_fen(at_rate(fee, rate_for(ward, self.rates)))
        return where(every(ward == 1, some(flooded, apprentice)), fee, share)

    @rule("年度诊费", "fees of the year", entity=Villager, per="year")
    def fees(self, fee: Fen) -> Fen:
        """All fees of the year."""
        return total(fee)

    @entitlement("诊费支付", "paid for care", entity=Villager, per="year")
    def care(self, fee: Fen, ward: int) -> Fen:
        """The exact shares, rounded once or at each visit, up to the ceiling."""
        share = at_rate(fee, rate_for(ward, self.rates))
        return least(STAGE.choose(once=to_fen(total(share)), each_visit=total(to_fen(share))), self.ceiling)

    @rule("大额次数", "costly visits", entity=Villager, most=6)
    def costly_visits(self, fee: Fen, urgent: bool) -> int:
        """How many visits cost more than the limit and were not urgent."""
        return count(every(fee > self.long, no(urgent)))

    @rule("有急诊", "had an urgent visit", entity=Villager)
    def had_urgent(self, urgent: bool) -> bool:
        """Whether one visit was urgent."""
        return any_of(urgent)


@frozen
class Alms:
    """Alms: at least a share of what the healer's chest leaves, after the guild."""

    share: Rate = param("percent")

    @rule("行会支付", "paid by the guild", entity=Villager, per="year")
    def guild(self, fees: Fen, care: Fen, guild_owed: Fen) -> Fen:
        """What the guild owes, never more than is left."""
        return least(guild_owed, fees - care)

    @entitlement("施舍", "alms", entity=Villager, per="year")
    def alms(self, fees: Fen, care: Fen, guild: Fen, widowed: bool) -> Fen:
        """The share, for the widowed."""
        return when(widowed, to_fen(at_rate(fees - care - guild, self.share)))

    @rule("自付", "left to the villager", entity=Villager, per="year")
    def own_part(self, fees: Fen, care: Fen, guild: Fen, alms: Fen) -> Fen:
        """What nobody else pays."""
        return fees - care - guild - alms

    @rule("全庄自付", "left to the farm", entity=Farm, per="year")
    def own_parts(self, own_part: Fen) -> Fen:
        """What nobody else pays, all villagers together."""
        return total(own_part)

    @rule("全庄大额次数", "costly visits of the farm", entity=Farm, most=30)
    def all_costly(self, costly_visits: int) -> int:
        """Two levels up: the villagers' counts together."""
        return total(costly_visits)

    @rule("有未覆盖者", "someone pays alone", entity=Farm)
    def someone_alone(self, own_part: Fen, fees: Fen) -> bool:
        """Whether someone bears all fees."""
        return any_of(every(fees > 0, own_part == fees))


# ---- the old --------------------------------------------------------------------------------------------------


@frozen
class Years:
    """Counting years."""

    @rule("年龄", "age", entity=Villager, most=150)
    def age(self, on: int, born: int) -> int:
        """Completed years."""
        return (on - born) // 10_000


@frozen
class Bench:
    """Bench money, by bands of age: none below, not stated above."""

    bands: Bands = param("yuan/month")

    @entitlement("长凳钱", "bench money", entity=Villager, per="month")
    def bench_money(self, age: int) -> Fen:
        """The amount of the band."""
        return band(age, self.bands)


@frozen
class Pipe:
    """Pipe money: bands with nothing stated below, and none above."""

    bands: Bands = param("yuan/month")

    @entitlement("烟斗钱", "pipe money", entity=Villager, per="month")
    def pipe_money(self, age: int, apprentice: bool) -> Fen:
        """The amount of the band; apprentices have none."""
        return when(no(apprentice), band(age, self.bands))


@frozen
class Service:
    """A reward for service: a floor and a step for each year, at most so much."""

    first: int = param("years")
    floor: Fen = param("yuan/month")
    step: Fen = param("yuan/month")
    most: Fen = param("yuan/month")

    @entitlement("服役奖", "reward for service", entity=Villager, per="month")
    def service_reward(self, service: int) -> Fen:
        """The floor and the steps, up to the most."""
        return when(service >= self.first, least(self.floor + self.step * (service - self.first), self.most))


@frozen
class Wood:
    """Firewood: a range, an average and a plan in one winter."""

    logs: Fen = param("yuan/year")
    peat: Fen = param("yuan/year")
    cart: Fen = param("yuan/year")
    keep: Fen = param("yuan/year")

    @entitlement("柴火钱", "firewood", entity=Villager, per="year")
    def firewood(self, widowed: bool, service: int) -> Fen:
        """The widowed have logs, those who served have peat, others a cart; what is kept back is taken off."""
        return cases((widowed, self.logs), (service > 0, self.peat), default=self.cart)

    @rule("柴火余额", "firewood after the keep", entity=Villager, least=-1_000_000, per="year")
    def wood_left(self, firewood: Fen) -> Fen:
        """What is left of it."""
        return firewood - self.keep

    @rule("柴火够", "enough firewood", entity=Villager)
    def warm(self, wood_left: Fen, bench_money: Fen) -> bool:
        """Whether what is left is more than a month's bench money."""
        return wood_left > bench_money


@frozen
class Mourning:
    """Mourning money, whose condition is cut short in the charter."""

    amount: Fen = param("yuan")

    @entitlement("丧葬费", "mourning money", entity=Villager, per="once")
    def mourning(self, widowed: bool, age: int) -> Fen:
        """The amount, if the charter is complete."""
        stated = MOURNING.choose(paid=self.amount, unprinted=unstated("the condition is cut short"))
        return when(every(widowed, age >= 18), stated)


@frozen
class MourningByAge:
    """Mourning money of another town: a sister of the model, which supplies the same quantity."""

    amount: Fen = param("yuan")
    age_from: int = param("years")

    @entitlement("丧葬费", "mourning money", entity=Villager, per="once")
    def mourning(self, widowed: bool, age: int) -> Fen:
        """The amount, from an age."""
        return when(every(widowed, age >= self.age_from), self.amount)


# ---- calculators ----------------------------------------------------------------------------------------------


class LandResult(Result):
    """What a farm owes."""

    tax = amount_of("land_tax")
    tithe = amount_of("tithe")
    poor = yes_no_of("poor_harvest")


class OldResult(Result):
    """What an old villager has by the month."""

    bench = amount_of("bench_money")
    pipe = amount_of("pipe_money")
    service = amount_of("service_reward")


class LandArea(Area):
    """The land."""

    name = "land"
    models: ClassVar[dict[str, type]] = {
        "heads": Heads,
        "head_money": HeadMoney,
        "pool": Pool,
        "land_tax": LandTax,
        "tithe": Tithe,
        "toll": Toll,
        "flood_relief": FloodRelief,
        "harvest": Harvest,
        "moat": Moat,
        "castle": Castle,
        "dues": Dues,
    }

    def owed(self, *, rent: Fen, net_harvest: Fen | None = None) -> LandResult:
        """What a farm of a rent owes."""
        return self.calculate(LandResult, rent=rent, net_harvest=net_harvest)


class CareArea(Area):
    """The healer's care."""

    name = "care"
    models: ClassVar[dict[str, type]] = {"healer": Healer, "alms": Alms}


class OldArea(Area):
    """The old."""

    name = "old"
    models: ClassVar[dict[str, type]] = {
        "years": Years,
        "bench": Bench,
        "pipe": Pipe,
        "service": Service,
        "wood": Wood,
        "mourning": Mourning,
        "mourning_by_age": MourningByAge,
    }

    def monthly(self, *, age: int | None = None, apprentice: bool | None = None, service: int | None = None) -> OldResult:
        """What an old villager has by the month."""
        return self.calculate(OldResult, age=age, apprentice=apprentice, service=service)


AREAS: tuple[type[Area], ...] = (LandArea, CareArea, OldArea)
