"""Households made of bytes: each fact takes a byte or two, and zeros mean the simplest, a fact that is not told.

What draws the bytes is another matter: Hypothesis draws and shrinks them (`strategies`), a seeded generator draws those of a
snapshot. Half of what is told is a boundary value of the policy, the rest lies anywhere in the declared range.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial

from attrs import frozen

from povertyrules.core.entity import Entity
from povertyrules.core.errors import RangeError, UnknownName
from povertyrules.core.facts import EARLIEST, LATEST, Fact, Sort
from povertyrules.policy import Policy
from povertyrules.testing.thresholds import ONE_DAY, choices, days, numbers, thresholds

Take = Callable[[int], bytes]
"""Gives so many bytes."""
Reader = Callable[[int, int, int, int], object]
"""Makes a value of a fact: of a number, of how many it is one, of the salt of its entity, of the latest day (its ordinal)."""
NAMES = ("甲", "乙", "丙", "丁", "A", "B", "张家", "李家")
FEW = (0,) * 50 + (1,) * 32 + (2,) * 11 + (3,) * 5 + (4,) * 2
"""How many entries a list has above its least, by how often; the last stands for that many and more, up to the most."""
LONGEST = 30
"""The longest list that is drawn; some entities allow more."""
MIX = 2_654_435_761
BITS = 32
ALL = (1 << BITS) - 1
NEAR = 120 * 366
"""Days in the longest life."""
SHARES = 256


def share(unknown: float) -> float:
    """A share, or `RangeError`."""
    if not 0 <= unknown <= 1:
        raise RangeError("unknown", unknown, "allowed: a share from 0 to 1")
    return unknown


def scattered(number: int, salt: int) -> int:
    """A number below 2^32 made of two, each of which changes all of it."""
    return ((number + 1) * MIX ^ (salt * (MIX >> 3) + number)) & ALL


def _picked(table: Sequence[object], at: int, span: int, salt: int, latest: int) -> object:
    return table[at * len(table) // span]


def _number(table: Sequence[int], near: tuple[int, int], whole: tuple[int, int], at: int, span: int, salt: int, _: int) -> int:
    """A boundary value; or one up to twice the highest threshold; or any."""
    if 2 * at < span:
        return table[2 * at * len(table) // span]
    low, high = near if 4 * at < 3 * span else whole
    return low + ((high - low + 1) * scattered(at, salt) >> BITS)


def _day(table: Sequence[datetime.date], past: bool, at: int, span: int, salt: int, latest: int) -> datetime.date:
    """A boundary day; or one of a lifetime before the day of the case; or one about it."""
    last = latest if past else LATEST.toordinal()
    if 2 * at < span:
        found = table[2 * at * len(table) // span]
        return found if found.toordinal() <= last else datetime.date.fromordinal(last)
    back = (NEAR if 4 * at < 3 * span else 4 * 366) * scattered(at, salt) >> BITS
    ahead = 0 if past else 366
    return datetime.date.fromordinal(max(EARLIEST.toordinal(), min(latest + ahead - back, last)))


def _kinds(codes: Sequence[int], at: int, span: int, salt: int, _: int) -> tuple[int, ...]:
    return tuple(code for i, code in enumerate(codes) if at >> i & 1)


def _identity(at: int, span: int, salt: int, _: int) -> str:
    """A number of the right form; there is no region 000000, so it is nobody's."""
    return f"000000{scattered(at, salt):011d}{'0123456789X'[at % 11]}"


def reader_of(policy: Policy, fact: Fact) -> tuple[Reader, int]:
    """What makes values of a fact, and how many bytes it takes."""
    match fact.sort:
        case Sort.DATE:
            return partial(_day, days(policy, fact.name), fact.past), 2
        case Sort.YES_NO | Sort.CATEGORY:
            return partial(_picked, choices(fact)), 1
        case Sort.TEXT:
            return partial(_picked, NAMES), 1
        case Sort.IDENTITY:
            return _identity, 2
        case Sort.KINDS:
            return partial(_kinds, tuple(map(int, fact.kinds or ()))), 2
        case _:
            low, high = fact.codes
            inner = [value for value in thresholds(policy).get(fact.name, ()) if low < value < high]
            near = (low, min(high, 2 * max(inner))) if inner and max(inner) > 0 else (low, min(high, low + 1_000_000))
            return partial(_number, numbers(policy, fact.name), near, (low, high)), 2


@frozen(eq=False)
class Shape:
    """How the bytes of an entity are read."""

    entity: Entity
    readers: tuple[tuple[str, Reader, int], ...]
    lists: tuple[tuple[str, str, int, int], ...]
    """By list: its field, the entity below, and the least and the most entries."""
    size: int


class Maker:
    """Makes entities of one policy: `unknown` is the share of facts left out, `most` the longest list, `lists` tells all.

    Facts of the sorts `unread` are never told.
    """

    def __init__(
        self, policy: Policy, *, unknown: float = 0.15, most: int = 3, lists: bool = False, unread: tuple[Sort, ...] = ()
    ) -> None:
        share(unknown)
        if not 0 <= most <= LONGEST:
            raise RangeError("most", most, f"allowed: 0 to {LONGEST} entries")
        self.policy, self.world = policy, policy.world
        self.cut, self.cut_lists = round(unknown * SHARES), 0 if lists else round(unknown * SHARES / 3)
        self.most, self.on, self.unread = most, policy.on, unread
        self.shapes = {name: self._shape(entity) for name, entity in self.world.entities.items()}
        self.top = next(iter(self.shapes))

    def _drawn(self, entity: Entity) -> list[tuple[str, Fact]]:
        """The facts that take bytes of their own; the day is drawn apart."""
        return [(name, fact) for name, fact in entity.facts.items() if name != "on" and fact.sort not in self.unread]

    def _shape(self, entity: Entity) -> Shape:
        readers = tuple((n, *reader_of(self.policy, fact)) for n, fact in self._drawn(entity))
        lists = []
        for field, (below, limit) in entity.children.items():
            least = self.world.least(entity.name, field)
            lists.append((field, below, least, max(least, min(limit, self.most))))
        size = 4 + sum(width for _, _, width in readers) + len(lists) + ("on" in entity.facts)
        return Shape(entity, readers, tuple(lists), size)

    def kind(self, name: str) -> str:
        """The name of an entity of the world; `UnknownName` for any other."""
        if name not in self.shapes:
            raise UnknownName.among("entity", name, self.shapes)
        return name

    def make(self, kind: str, take: Take, on: datetime.date | None = None) -> object:
        """An entity with all that hangs below it; what lies before the day of the case lies before `on`."""
        shape = self.shapes[kind]
        data = take(shape.size)
        day, values, at = on or self.on, dict[str, object](), 4
        if "on" in shape.entity.facts:
            at += 1
            if own := _own_day(data[4], self.on):
                values["on"] = day = own
        self._tell(values, shape, data, at, day.toordinal())
        if "income_from" in shape.entity.facts and "income_to" in shape.entity.facts:
            _twelve_months(values)
        for i, (field, below, least, most) in enumerate(shape.lists, start=shape.size - len(shape.lists)):
            if data[i] >= self.cut_lists:
                many = FEW[(data[i] - self.cut_lists) * len(FEW) // (SHARES - self.cut_lists)]
                if many == FEW[-1] and most - least > many:
                    many += data[0] % (most - least - many + 1)
                values[field] = tuple(self.make(below, take, day) for _ in range(min(least + many, most)))
        return shape.entity.cls(**values)

    def _tell(self, values: dict[str, object], shape: Shape, data: bytes, at: int, latest: int) -> None:
        cut, salt = self.cut, int.from_bytes(data[:4], "big")
        one, two = SHARES - cut, (SHARES - cut) * SHARES
        for name, reader, width in shape.readers:
            first = data[at] - cut
            if first >= 0:
                number = first if width == 1 else first * SHARES + data[at + 1]
                values[name] = reader(number, one if width == 1 else two, salt + at, latest)
            at += width


def _own_day(byte: int, on: datetime.date) -> datetime.date | None:
    """Of four cases three are looked at on the policy's day, the others on the day before, on it, or after it."""
    if byte < SHARES * 3 // 4:
        return None
    return min(LATEST, max(EARLIEST, on + (byte % 3 - 1) * ONE_DAY))


def _twelve_months(values: dict[str, object]) -> None:
    """Make an income period of both its days, or of neither."""
    start = values.get("income_from")
    values.pop("income_to", None)
    if isinstance(start, datetime.date):
        from dateutil.relativedelta import relativedelta

        end = start + relativedelta(years=1) - ONE_DAY
        if end <= LATEST:
            values["income_to"] = end
        else:
            del values["income_from"]
