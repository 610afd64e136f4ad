"""A synthetic county, for tests, benchmarks and examples: households and people that nobody is, drawn from a seed.

Nothing in it is an estimate of any real place. The distributions were chosen by hand (`povertyrules.testing.invented`
holds them), so that the rules' branches are met: it says nothing about how many people are poor, ill or disabled anywhere,
and no finding may rest on it. There are no names, and no identity numbers.

A household follows from the seed and its own number alone. So the first ten of twenty are the ten of ten, a county can be
made block by block without holding the whole (`start=`), and every machine finds the same: all is done in whole numbers.

What goes together: the homes of a village share what the village has; income follows a rank, and dibao, the register of the
poor, disability, serious illness and support of the extremely poor follow it downward; schooling follows age; the children
of a home are at least twenty years younger than its first member; partners are of two sexes; what the members have of their
own is never more than the household's net income; the extremely poor draw no dibao.

>>> made = county(1_000, seed=2017)
>>> made
<County: 1000 synthetic households, 3231 persons, seed 2017>
>>> [str(made.persons[name][0]) for name in ("person_id", "born", "own_income")]
['H00000001-1', '1955-09-01', '99673']
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

try:
    import numpy as np
    from numpy.typing import NDArray
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError("a synthetic county needs numpy: pip install 'povertyrules[testing]'", name="numpy") from missing

from povertyrules.areas.income import CountableIncome, RegisterNetIncome
from povertyrules.core import given
from povertyrules.core.entity import describe
from povertyrules.core.errors import DateError, RangeError, SortError, UnknownName
from povertyrules.core.facts import LATEST, Fact, Sort
from povertyrules.core.rule import rules_of
from povertyrules.entities import WORLD, Household, Person, Treatment
from povertyrules.testing.invented.draws import Bools, Cells, Draws, Ints
from povertyrules.testing.invented.homes import Homes
from povertyrules.testing.invented.people import People

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped,import-not-found,unused-ignore]

__all__ = ["Column", "County", "county"]

Words = NDArray[np.str_]
Column = np.ma.MaskedArray[tuple[int, ...], np.dtype[np.generic]]
"""The cells of a column; what is masked is unknown, or there is nothing to tell."""
Frame = Mapping[str, Column]
FIRST_DAY = datetime.date(2000, 1, 1)
"""The first day on which a county can be looked at: everybody is then born within the range of the fact."""
MOST = 10**8 - 1
"""Households that the ids have room for."""
IDS = {"household_id": "户编号", "person_id": "人员编号"}
OUTRIGHT = {"register_net_income": RegisterNetIncome, "countable_income": CountableIncome}
"""Quantities that a household tells outright, in place of a ledger, and the rules that would find them."""
ALWAYS = ("on",)
"""What is never unknown."""
TYPES = {Sort.MONEY: "int64", Sort.COUNT: "int64", Sort.CATEGORY: "int8", Sort.YES_NO: "bool", Sort.DATE: "datetime64[D]"}


@frozen(eq=False, repr=False)
class County:
    """A synthetic county: `persons` and `households`, by column a masked array; `arrow`, `pandas` and `polars` give frames.

    Nothing in it is an estimate of any real place. A masked cell is unknown, and null in every frame.
    """

    persons: Frame
    households: Frame
    seed: int

    def __repr__(self) -> str:
        people, homes = (len(next(iter(frame.values()))) for frame in (self.persons, self.households))
        return f"<County: {homes} synthetic households, {people} persons, seed {self.seed}>"

    def arrow(self) -> tuple[pa.Table, pa.Table]:
        """The persons and the households as PyArrow tables. Raises `ModuleNotFoundError` if pyarrow is not installed."""
        import pyarrow as pa

        def table(frame: Frame) -> pa.Table:
            return pa.table({name: pa.array(cells.data, mask=np.ma.getmaskarray(cells)) for name, cells in frame.items()})

        return table(self.persons), table(self.households)

    def polars(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The persons and the households as Polars frames. Raises `ModuleNotFoundError` if polars is not installed.

        >>> persons, households = county(5, seed=1, lang="zh").polars()
        >>> households.columns[:3]
        ['户编号', '日期', '建档立卡贫困户']
        """
        import polars as pl

        def series(name: str, cells: Column) -> pl.Series:
            told = pl.Series(name, cells.data)
            return told.zip_with(pl.Series(~np.ma.getmaskarray(cells)), pl.Series([None], dtype=told.dtype))

        persons, households = (pl.DataFrame([series(n, c) for n, c in f.items()]) for f in (self.persons, self.households))
        return persons, households

    def pandas(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The persons and the households as pandas frames, of the types that know null; dates as datetime64[s].

        Raises `ModuleNotFoundError` if pandas is not installed.
        """
        import pandas as pd

        def values(cells: Column) -> object:
            hidden = np.ma.getmaskarray(cells)
            match cells.dtype.kind:
                case "i":
                    return pd.arrays.IntegerArray(cells.data, hidden)
                case "f":
                    return pd.arrays.FloatingArray(cells.data, hidden)
                case "b":
                    return pd.arrays.BooleanArray(cells.data, hidden)
                case "M":
                    return np.where(hidden, np.datetime64("NaT", "s"), cells.data.astype("datetime64[s]"))
                case _:
                    return pd.array(cells.data, dtype="string")

        persons, households = (
            pd.DataFrame({n: values(c) for n, c in frame.items()}) for frame in (self.persons, self.households)
        )
        return persons, households


def county(
    households: int,
    *,
    seed: int,
    start: int = 0,
    unknown: float = 0.02,
    on: datetime.date | str = datetime.date(2017, 6, 30),
    unit: str = "fen",
    lang: str = "en",
) -> County:
    """Make a synthetic county of so many households; with `start`, those from a number on, as a larger county has them.

    Columns bear the names of the facts, or with `lang="zh"` their Chinese labels; beside them stand `household_id` and
    `person_id` (户编号, 人员编号). A person's row holds the year's only bill, `in_scope` and `hospital_grade`; a household's
    tells `register_net_income` and `countable_income` outright. Money is whole fen, or with `unit="yuan"` the double that
    is nearest to them; dates are dates, categories their codes. `unknown` is the share of cells that nobody told; the ids
    and the day are always told. Cells of which there is nothing to tell are null too: the bill of who had none, the mode of
    support of who is not extremely poor, the cause of poverty of who is not in the register, the months of relief of who
    asked for none, the day of exit of who did not leave.

    Raises `SortError`, `RangeError`, `DateError` or `UnknownName` for an argument that will not do.

    >>> more = county(10, seed=2017, start=10)
    >>> str(more.households["household_id"][0])
    'H00000011'
    """
    numbers = _numbers(households, start)
    for name, value, known in (("unit", unit, ("fen", "yuan")), ("lang", lang, ("en", "zh"))):
        if value not in known:
            raise UnknownName.among(name, value, known)
    homes = Homes(_seed(seed), numbers, _day(on))
    people = People(homes)
    digits = _digits(homes.numbers + 1)
    slots = np.stack([np.full(len(people.slot), ord("-")), ord("1") + people.slot], axis=1)
    of_homes, of_people = _text(digits), _text(np.concatenate([digits[people.home], slots], axis=1))
    made = _Making(_share(unknown), unit, lang)
    return County(
        made.frame({"person_id": of_people, "household_id": of_homes[people.home]}, PERSON, people.draws, people.facts()),
        made.frame({"household_id": of_homes}, HOUSEHOLD, homes.draws, homes.facts(people)),
        seed,
    )


def _outright() -> dict[str, Fact]:
    rules = ((name, rules_of(model)[name]) for name, model in OUTRIGHT.items())
    return {name: Fact(name=name, zh=rule.zh, en=rule.en, sort=Sort.MONEY) for name, rule in rules}


BILL = {name: describe(Treatment).facts[name] for name in ("in_scope", "hospital_grade")}
HAD_BILL = Fact(name="treatments", zh=WORLD.lists["treatments"].zh, en="had a bill", sort=Sort.YES_NO, entity="Person")
"""Whether the bill that stands in a person's row is one: without it, no bill and an untold one would look the same."""
PERSON: Mapping[str, Fact] = {**describe(Person).facts, **BILL, HAD_BILL.name: HAD_BILL}
HOUSEHOLD: Mapping[str, Fact] = {**describe(Household).facts, **_outright()}


@frozen
class _Making:
    """How columns are made: the share of unknown cells in 2^32, the unit of money, the language of the names."""

    unknown: int
    unit: str
    lang: str

    def frame(self, ids: Mapping[str, Words], facts: Mapping[str, Fact], draws: Draws, made: Mapping[str, Cells]) -> Frame:
        """The columns of a frame: the ids, then the facts that were made, as the entities declare them in order."""
        out: dict[str, Column] = {}
        for name, values in ids.items():
            out[IDS[name] if self.lang == "zh" else name] = np.ma.MaskedArray(values)
        for name, fact in facts.items():
            if name in made:
                out[fact.zh if self.lang == "zh" else name] = self.column(fact, draws, *made[name])
        return MappingProxyType(out)

    def column(self, fact: Fact, draws: Draws, values: NDArray[np.generic], told: Bools | None) -> Column:
        """One column, in the unit asked for."""
        held = values.astype(TYPES[fact.sort], copy=False)
        if fact.sort is Sort.MONEY and self.unit == "yuan":
            held = held / 100  # below 2^53 fen the quotient is the nearest double
        least = 0 if fact.name in ALWAYS else self.unknown
        unknown = draws.bits(f"unknown {fact.name}") < least
        return np.ma.MaskedArray(held, unknown if told is None else unknown | ~told)


def _digits(numbers: Ints) -> Ints:
    """The letter H and eight digits of every number, a row of characters each."""
    digits = numbers[:, None] // 10 ** np.arange(7, -1, -1) % 10 + ord("0")
    return np.concatenate([np.full((len(numbers), 1), ord("H")), digits], axis=1)


def _text(characters: Ints) -> Words:
    """Rows of characters as text."""
    return np.ascontiguousarray(characters, dtype=np.uint32).view(f"U{characters.shape[1]}").reshape(-1)


def _numbers(households: int, start: int) -> Ints:
    """The numbers of the households."""
    last = given.whole("start", start) + given.whole("households", households)
    if last > MOST:
        raise RangeError("households", last, f"allowed: numbers up to {MOST}, start + households")
    return np.arange(start, last, dtype=np.int64)


def _seed(seed: int) -> int:
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise SortError("seed", seed, "allowed: a whole number")
    return seed


def _day(on: datetime.date | str) -> datetime.date:
    day = given.day("on", on)
    if day < FIRST_DAY:
        raise DateError("on", str(day), f"allowed: a date from {FIRST_DAY} to {LATEST}")
    return day


def _share(unknown: float) -> int:
    if isinstance(unknown, bool) or not isinstance(unknown, int | float):
        raise SortError("unknown", unknown, "allowed: a share from 0 to 1")
    if not 0 <= unknown <= 1:
        raise RangeError("unknown", unknown, "allowed: a share from 0 to 1")
    return round(unknown * 2**32)
