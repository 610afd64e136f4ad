"""The boundary of a frame: each column is read as the fact that it tells, in the engine, from the fact's declaration.

A cell that is refused becomes null in the column that is made of it; it is refused, and not missing, where the column as it came
is not null. So one expression for each column says what its cells are, and comparing the two says which are refused.
"""

from __future__ import annotations

import datetime
from calendar import isleap
from collections.abc import Callable, Mapping

import narwhals as nw
from attrs import evolve, frozen
from narwhals import Expr, Int64, col, lit, when
from narwhals.dtypes import DType

from povertyrules.core.errors import SortError
from povertyrules.core.facts import EARLIEST, LATEST, Fact, Sort

FLOATS = (nw.Float32, nw.Float64)
TEXTS = (nw.String, nw.Categorical, nw.Enum)
EMPTY = (nw.Unknown,)
"""The type of a column that holds nothing: nobody told it."""
DAYS = (nw.Date, nw.Datetime)
SPELLED = {True: ("true", "True", "yes", "是"), False: ("false", "False", "no", "否")}
"""How a yes and a no are written in a column of texts."""
AS_WRITTEN = r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,2}0*)?"
"""Money or an area as a text: at most two decimals, so that the nearest double tells it apart from its neighbours."""
ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
LEAP_YEARS = [year for year in range(EARLIEST.year, LATEST.year + 1) if isleap(year)]
INTEGERS = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
WIDE = (nw.UInt64, nw.UInt128, nw.Int128)


@frozen(eq=False)
class Input:
    """A column that tells a fact, a quantity that is given outright, or a parameter: `fact` declares what it can hold."""

    name: str
    column: str
    fact: Fact
    dtype: DType
    scale: int = 1
    """How many of the library's whole numbers there are in one of the column's: 100 for money in yuan, 1 for money in fen."""

    @property
    def whole(self) -> bool:
        """Whether the column holds truths or whole numbers already."""
        return isinstance(self.dtype, (nw.Boolean, *INTEGERS))

    @property
    def simple(self) -> bool:
        """Whether, with no cell refused, the column can be read as it is."""
        kept = self.fact.sort is Sort.YES_NO if self.dtype == nw.Boolean else self.fact.sort is not Sort.YES_NO
        # a day as a number can be one that no calendar has
        return self.whole and kept and self.scale == 1 and self.fact.sort is not Sort.DATE


@frozen(eq=False)
class Read:
    """A column as it is read: what its cells are (null where they are refused), and which were moved to a whole number."""

    value: Expr
    moved: Expr | None = None
    sure: bool = False
    """Whether no cell of the type can be refused."""


def encoded(one: Input, *, rounding: str) -> Read:
    """The column as the rules see it: whole numbers and truths; `SortError` for a column of a type that cannot be meant."""
    cells = col(one.column)
    if isinstance(one.dtype, (nw.Categorical, nw.Enum)):
        cells = cells.cast(nw.String)
    for kinds, make in READERS.get(one.fact.sort, ()):
        if isinstance(one.dtype, kinds):
            return make(one, cells, rounding)
    raise SortError(one.column, f"a column of {one.dtype}", one.fact.allowed)


def dates(one: Input, *, latest: datetime.date) -> Expr:
    """A column of dates as dates, null where they are refused."""
    cells = col(one.column)
    return when((cells >= lit(EARLIEST, nw.Date)) & (cells <= lit(min(latest, LATEST), nw.Date))).then(cells)


def _between(cells: Expr, low: int, high: int) -> Expr:
    return (cells >= lit(low, Int64)) & (cells <= lit(high, Int64))


def _fits(cells: Expr, pattern: str) -> Expr:
    r"""Whether a pattern fits all of a text; `$` would let a line end pass in some engines, `\z` lets none."""
    return cells.str.contains(rf"^(?:{pattern})\z")


def _ends(fact: Fact) -> tuple[int, int]:
    return (fact.least or 0, fact.most or 0) if fact.sort is not Sort.CATEGORY else fact.codes


def _integer(one: Input, cells: Expr, _: str) -> Read:
    """A whole number, looked at in the type that it has: a cast to another could wrap, fail, or take its time."""
    low, high = _ends(one.fact)
    least, most = _held(one.dtype)
    first, last = -(-low // one.scale), high // one.scale
    if first > most or last < least:  # not one number of the type would do
        return Read(when(cells.is_null()).then(cells).cast(Int64))
    inside = None if least >= first else cells >= lit(first, one.dtype)
    if last < most:
        below = cells <= lit(last, one.dtype)
        inside = below if inside is None else inside & below
    number = cells if inside is None else when(inside).then(cells)
    scaled = number.cast(Int64) * lit(one.scale, Int64) if one.scale > 1 else number
    return Read(scaled, sure=inside is None)


def _held(dtype: DType) -> tuple[int, int]:
    """The least and the most that a type of whole numbers holds."""
    bits = int("".join(sign for sign in str(dtype) if sign.isdigit()))
    return (0, 2**bits - 1) if str(dtype).startswith("U") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def _code(one: Input, cells: Expr, rounding: str) -> Read:
    codes = sorted(one.fact.kinds or ())
    read = _float(one, cells, "exact") if isinstance(one.dtype, FLOATS) else _integer(one, cells, rounding)
    if [int(code) for code in codes] == list(range(codes[0], codes[-1] + 1)):
        return read
    number = read.value.cast(Int64)
    return Read(when(number.is_in([int(code) for code in codes])).then(number))


def _float(one: Input, cells: Expr, rounding: str) -> Read:
    """A float: it must be the double nearest to a whole number of the library's, or is rounded to it if that is asked for."""
    low, high = _ends(one.fact)
    rounds = rounding == "half_up" and one.fact.sort in (Sort.MONEY, Sort.AREA)
    cells = cells.cast(nw.Float64)
    if one.scale == 1 and not rounds:
        inside = (cells >= lit(float(low), nw.Float64)) & (cells <= lit(float(high), nw.Float64)) & (cells.floor() == cells)
        return Read(when(inside).then(cells).cast(Int64))
    cells = _near(one, cells)
    number = _half_up(cells, one.scale) if rounds else _nearest(cells, one.scale)
    exact = number.cast(nw.Float64) / _column(cells, one.scale) == cells
    inside = _between(number, low, high)
    if rounds:
        return Read(when(inside).then(number), inside & ~exact)
    return Read(when(inside & exact).then(number))


def _near(one: Input, cells: Expr) -> Expr:
    """Doubles, without those far outside of what the fact can be, and without what is no number: it is not less than one."""
    low, high = _ends(one.fact)
    near = (cells >= lit(float(low // one.scale - 1), nw.Float64)) & (cells <= lit(float(high // one.scale + 1), nw.Float64))
    return when(near).then(cells)


def _nearest(cells: Expr, scale: int) -> Expr:
    scaled = cells * lit(float(scale), nw.Float64) if scale > 1 else cells
    return (scaled + lit(0.5, nw.Float64)).floor().cast(Int64)


def _column(cells: Expr, number: int) -> Expr:
    """A number as a column: Polars divides by a literal as it multiplies by its reciprocal, which is not exact."""
    return cells * lit(0.0, nw.Float64) + lit(float(number), nw.Float64)


def _half_up(cells: Expr, scale: int) -> Expr:
    """The nearest whole number; a double that is the nearest to a half counts as that half, as it is printed."""
    below = (cells * lit(float(scale), nw.Float64)).floor()
    half = (below * lit(2.0, nw.Float64) + lit(1.0, nw.Float64)) / _column(cells, 2 * scale)
    return when(cells >= half).then(below + lit(1.0, nw.Float64)).otherwise(below).cast(Int64)


def _decimal(one: Input, cells: Expr, rounding: str) -> Read:
    """A decimal: of a type that is finer than the library's numbers, by its text, since engines compare it as a double."""
    places = len(str(one.scale)) - 1
    if getattr(one.dtype, "scale", places + 1) <= places:
        number = _nearest(_near(one, cells.cast(nw.Float64)), one.scale)
        return Read(when(_between(number, *_ends(one.fact))).then(number))
    text = cells.cast(nw.String)
    number = text.cast(nw.Float64)
    exact = _fits(text, rf"-?[0-9]+(?:\.[0-9]{{0,{places}}}0*)?") | (number == lit(0.0, nw.Float64))  # which can be 0E-20
    read = _float(one, number, rounding)
    if read.moved is not None:
        return Read(read.value, ~read.value.is_null() & ~exact)
    return Read(when(exact).then(read.value))


def _written(one: Input, cells: Expr, rounding: str) -> Read:
    """A text of yuan, or of an area, with at most two decimals."""
    number = when(_fits(cells, AS_WRITTEN)).then(cells).cast(nw.Float64)
    return _float(one, number, "exact")


def _spelled(one: Input, cells: Expr, _: str) -> Read:
    """A category by its name in files or its Chinese label."""
    ways: dict[int, list[str]] = {}
    for how, code in (one.fact.kinds.spellings() if one.fact.kinds else {}).items():
        if isinstance(how, str):
            ways.setdefault(code, []).append(how)
    return Read(_chain({code: cells.is_in(how) for code, how in ways.items()}, lambda code: lit(int(code), Int64)))


def _chain(ways: Mapping[int, Expr], make: Callable[[int], Expr]) -> Expr:
    out: Expr | None = None
    for code, fits in ways.items():
        chosen = when(fits).then(make(code))
        out = chosen if out is None else chosen.otherwise(out)
    assert out is not None
    return out


def _truth(one: Input, cells: Expr, _: str) -> Read:
    return Read(cells, sure=True)


def _zero_one(one: Input, cells: Expr, _: str) -> Read:
    return Read(when((cells == 0) | (cells == 1)).then(cells == 1))


def _yes(one: Input, cells: Expr, _: str) -> Read:
    return Read(_chain({int(k): cells.is_in(list(v)) for k, v in SPELLED.items()}, lambda code: lit(bool(code), nw.Boolean)))


def _day(one: Input, cells: Expr, _: str) -> Read:
    year, month, day = (part.cast(Int64) for part in (cells.dt.year(), cells.dt.month(), cells.dt.day()))
    return _in_calendar(one, year, month, day, real=True)


def _packed(one: Input, cells: Expr, rounding: str) -> Read:
    """A date as yyyymmdd; in floats too, as pandas has it where one is missing."""
    ranged = evolve(one, fact=evolve(one.fact, least=one.fact.codes[0], most=one.fact.codes[1]))
    number = (_float(ranged, cells, "exact") if isinstance(one.dtype, FLOATS) else _integer(ranged, cells, rounding)).value.cast(
        Int64
    )
    year, month = _parts(number, 10_000), _parts(number, 100)
    hundred = lit(100, Int64)
    return _in_calendar(one, year, month - year * hundred, number - month * hundred)


def _parts(number: Expr, of: int) -> Expr:
    """How often a whole number holds another; without a division, which narwhals writes out eightfold for a database."""
    return ((number.cast(nw.Float64) + lit(0.5, nw.Float64)) * lit(1 / of, nw.Float64)).floor().cast(Int64)


def _iso(one: Input, cells: Expr, _: str) -> Read:
    text = when(_fits(cells, ISO)).then(cells)
    parts = (text.str.slice(start, length).cast(Int64) for start, length in ((0, 4), (5, 2), (8, 2)))
    return _in_calendar(one, *parts)


def _in_calendar(one: Input, year: Expr, month: Expr, day: Expr, *, real: bool = False) -> Read:
    """The date as yyyymmdd, if there is such a day, and in the declared range."""
    number = year * lit(10_000, Int64) + month * lit(100, Int64) + day
    inside = _between(number, *one.fact.codes)
    if real:
        return Read(when(inside).then(number))
    last = (
        when(month == 2)
        .then(when(year.is_in(LEAP_YEARS)).then(lit(29, Int64)).otherwise(lit(28, Int64)))
        .otherwise(when(month.is_in([4, 6, 9, 11])).then(lit(30, Int64)).otherwise(lit(31, Int64)))
    )
    exists = _between(month, 1, 12) & (day >= lit(1, Int64)) & (day <= last)
    return Read(when(inside & exists).then(number))


Reader = Callable[[Input, Expr, str], Read]
WHOLE: tuple[type[DType], ...] = (*INTEGERS, *WIDE)
NUMBER: tuple[tuple[tuple[type[DType], ...], Reader], ...] = ((WHOLE, _integer), (FLOATS, _float), ((nw.Decimal,), _decimal))
HUNDREDTHS = (*NUMBER, (TEXTS, _written))
READERS: Mapping[Sort, tuple[tuple[tuple[type[DType], ...], Reader], ...]] = {
    Sort.MONEY: HUNDREDTHS,
    Sort.AREA: HUNDREDTHS,
    Sort.COUNT: NUMBER,
    Sort.AGE: NUMBER,
    Sort.CATEGORY: ((WHOLE + FLOATS, _code), (TEXTS, _spelled)),
    Sort.YES_NO: (((nw.Boolean,), _truth), (WHOLE + FLOATS, _zero_one), (TEXTS, _yes)),
    Sort.DATE: ((DAYS, _day), (WHOLE + FLOATS, _packed), (TEXTS, _iso)),
}
"""For each sort of fact, the types of column that can be meant, and how they are read."""
