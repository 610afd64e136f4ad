"""Columns of texts, as CSV files and sheets have them: cells are brought to what the boundary of frames reads.

What a cell tells follows from the cell alone: it never matters what stands in the others, or where a batch ends. A cell that
cannot be read stays what it is, or becomes a number that no fact can be, and the boundary refuses it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

import polars as pl

from povertyrules.core.facts import Fact, Sort
from povertyrules.frames.cells import REFUSED
from povertyrules.uses.scale.boundary import ISO, SPELLED

WHOLE = r"^-?[0-9]{1,15}(\.0+)?$"
PACKED = r"^([0-9]{4})([0-9]{2})([0-9]{2})$"
LONG = r"^(-?[0-9]{1,13}\.[0-9]{2})0+$"
"""An amount with more decimals than it needs."""
NUMBER = r"^-?[0-9]{1,13}(\.[0-9]{1,30})?$"
TRUTHS = {"1": "true", "0": "false", "TRUE": "true", "FALSE": "false"}
"""What CSV files write for yes and no beside the words that the boundary knows."""


def read(cells: pl.Series, fact: Fact, scale: int, rounding: str) -> tuple[pl.Series, int]:
    """A column of texts as one that the boundary reads as a fact; and how many cells were moved to a whole fen.

    `scale` is how many of the library's whole numbers there are in one of the column's, `rounding` is "exact" or "half_up".

    >>> from povertyrules.entities import WORLD
    >>> found, moved = read(pl.Series(["12.345", "12.500", "1,2"]), WORLD.facts["in_scope"], 100, "half_up")
    >>> found.to_list(), moved
    (['12.35', '12.50', '1,2'], 1)
    """
    if fact.sort in (Sort.MONEY, Sort.AREA):
        return _amounts(cells, scale, rounding)
    return READERS[fact.sort](cells, fact), 0


def _amounts(cells: pl.Series, scale: int, rounding: str) -> tuple[pl.Series, int]:
    short = cells.str.replace(LONG, "${1}")
    if rounding != "half_up":
        return short, 0
    fine = r"\.[0-9]*[1-9]" if scale == 1 else r"\.[0-9]{2}[0-9]*[1-9]"
    to_move = short.str.contains(NUMBER) & short.str.contains(fine)
    moved = int(to_move.fill_null(False).sum())
    if not moved:
        return short, 0
    whole = {cell: _rounded(cell, scale) for cell in short.filter(to_move.fill_null(False)).unique().to_list()}
    return short.replace(whole), moved


def _rounded(cell: str, scale: int) -> str:
    """An amount at the nearest whole number of the library's, halves up, as text."""
    return f"{Decimal(math.floor(Decimal(cell) * scale + Decimal('0.5'))) / scale:f}"


def _counts(cells: pl.Series, _: Fact) -> pl.Series:
    number = cells.str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    sound = cells.str.contains(WHOLE)
    return number.zip_with(sound | cells.is_null(), pl.Series([REFUSED], dtype=pl.Int64))


def _truths(cells: pl.Series, _: Fact) -> pl.Series:
    texts = cells.replace(TRUTHS)
    ways = {how: truth for truth, hows in SPELLED.items() for how in hows}
    return _clean(texts, texts.replace_strict(ways, default=None, return_dtype=pl.Boolean))


def _codes(cells: pl.Series, fact: Fact) -> pl.Series:
    """Codes written as digits go by the names that they have in files."""
    spelled = {how: int(code) for how, code in (fact.kinds.spellings() if fact.kinds else {}).items() if isinstance(how, str)}
    digits = {str(code): how for how, code in reversed(spelled.items()) if str(code) not in spelled}
    texts = cells.replace(digits)
    return _clean(texts, texts.replace_strict(spelled, default=None, return_dtype=pl.Int64))


def _days(cells: pl.Series, _: Fact) -> pl.Series:
    texts = cells.str.replace(PACKED, "${1}-${2}-${3}")
    return _clean(texts, texts.set(~texts.str.contains(ISO), None).str.to_date("%Y-%m-%d", strict=False))


def _clean(texts: pl.Series, read: pl.Series) -> pl.Series:
    """The cells as what they tell, if every one of them can be read; else all as texts, of which some will be refused."""
    return read if read.null_count() == texts.null_count() else texts


READERS: dict[Sort, Callable[[pl.Series, Fact], pl.Series]] = {
    Sort.COUNT: _counts,
    Sort.AGE: _counts,
    Sort.YES_NO: _truths,
    Sort.CATEGORY: _codes,
    Sort.DATE: _days,
}
