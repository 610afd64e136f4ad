"""The farms of Ruritania: farm, villager, visit to the healer, and the sheaves of a harvest beside the villagers."""

import datetime

from attrs import frozen

from povertyrules.core.entity import World, entity, members
from povertyrules.core.facts import Category, category, count, date, identity, money, text, yes_no
from povertyrules.core.money import Fen, yuan


class Ward(Category):
    """Ward of the healer's house."""

    STRAW = 1, "草铺", "straw"
    WOOL = 2, "毛铺", "wool"
    DOWN = 4, "羽铺", "down"


class Crop(Category):
    """What a field bears."""

    RYE = 1, "黑麦", "rye"
    HOPS = 2, "啤酒花", "hops"
    FLAX = 3, "亚麻", "flax"
    BLIGHT = 9, "枯萎", "blight"


@entity("求医", "visit")
@frozen(kw_only=True)
class Visit:
    fee: Fen | None = money("诊费", "fee", most=yuan(50_000))
    ward: int | None = category(Ward, "铺位", "ward")
    urgent: bool | None = yes_no("急诊", "urgent")
    day: datetime.date | None = date("求医日", "day of the visit", past=True)


@entity("收成", "sheaf")
@frozen(kw_only=True)
class Sheaf:
    crop: int | None = category(Crop, "作物", "crop")
    worth: Fen | None = money("价值", "worth", most=yuan(20_000))


@entity("村民", "villager")
@frozen(kw_only=True)
class Villager:
    name: str | None = text("姓名", "name")
    seal: str | None = identity("印号", "seal number")
    born: datetime.date | None = date("出生日期", "date of birth", past=True)
    apprentice: bool | None = yes_no("学徒", "apprentice")
    widowed: bool | None = yes_no("丧偶", "widowed")
    service: int | None = count("服役年数", "years of service", most=60, unit="years")
    guild_owed: Fen | None = money("行会应付", "owed by the guild", most=yuan(10_000), blank=yuan(0))
    visits: tuple[Visit, ...] | None = members(Visit, most=6)


@entity("农庄", "farm")
@frozen(kw_only=True)
class Farm:
    name: str | None = text("庄名", "name of the farm")
    on: datetime.date | None = date("日期", "date")
    flooded: bool | None = yes_no("受淹", "flooded")
    hectares: int | None = count("公顷", "hectares", most=500)
    rent: Fen | None = money("租金", "rent", most=yuan(100_000))
    villagers: tuple[Villager, ...] | None = members(Villager, most=5)
    sheaves: tuple[Sheaf, ...] | None = members(Sheaf, most=8)


WORLD = World.below(Farm)
