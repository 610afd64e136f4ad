"""The tables that packs hold: bands by age, brackets by amount, amounts and rates by key, lists of kinds.

Inside a rule that is being traced their cells are terms; in plain Python they are integers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from attrs import frozen

from povertyrules.core.errors import MoneyError, SortError
from povertyrules.core.facts import Category
from povertyrules.core.money import Fen, Rate, yuan

OUTSIDE = ("unstated", "not_eligible")
OPEN = 999
"""The upper end of a band that is open above."""


@frozen(eq=False, repr=False, slots=False)
class Missing:
    """A figure that the text needs and does not print."""


@frozen(eq=False, repr=False, slots=False)
class Band:
    """One row: from and to (both inside), and the amount."""

    start: int
    end: int
    amount: Fen


@frozen(eq=False, repr=False, slots=False)
class Bands:
    """Amounts by ranges of a whole number; `below` and `above` say what lies outside: unstated, or not eligible."""

    rows: tuple[Band, ...]
    below: str = "unstated"
    above: str = "unstated"


@frozen(eq=False, repr=False, slots=False)
class Bracket:
    """One row: where it starts (the first starts at the deductible) and its rate."""

    start: Fen
    rate: Rate


@frozen(eq=False, repr=False, slots=False)
class Brackets:
    """Rates by rising ranges of an amount; each runs to the start of the next, the last is open."""

    rows: tuple[Bracket, ...]

    @property
    def per(self) -> int:
        """What all rates of the table are over."""
        return max(row.rate.per for row in self.rows)


@frozen(eq=False, repr=False, slots=False)
class Amounts:
    """Amounts by key (a year, a code)."""

    rows: Mapping[int, Fen]
    outside: str = "unstated"


@frozen(eq=False, repr=False, slots=False)
class Rates:
    """Rates by key (a grade of hospital, say)."""

    rows: Mapping[int, Rate]
    outside: str = "unstated"


@frozen(eq=False, repr=False, slots=False)
class Kinds:
    """A list of kinds of one category."""

    rows: tuple[int, ...]

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)


def int_of(value: object, where: str) -> int:
    """Read a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(where, value, "write a whole number")
    return value


def bands_of(value: object, where: str, outside: object) -> Bands:
    """Read bands; refuse gaps, overlaps and empty ranges."""
    below, above = outside_of(outside, where)
    rows = []
    for i, row in enumerate(_tables(value, where, {"ages", "amount"})):
        ages = row.get("ages")
        if not isinstance(ages, list) or len(ages) not in (1, 2):
            raise SortError(f"{where}[{i}].ages", ages, "write [80, 89], or [100] for a band open above")
        start, end = int_of(ages[0], f"{where}[{i}].ages"), int_of([*ages, OPEN][1], f"{where}[{i}].ages")
        rows.append(Band(start, end, yuan(_text(row.get("amount"), f"{where}[{i}]"), field=f"{where}[{i}].amount")))
        if end < start:
            raise SortError(f"{where}[{i}].ages", ages, "a band ends where it starts or later")
        if i and start != rows[i - 1].end + 1:
            word = "overlap" if start <= rows[i - 1].end else "gap"
            raise SortError(f"{where}[{i}].ages", ages, f"{word}: the band before ends at {rows[i - 1].end}")
    return Bands(tuple(rows), below, above)


def brackets_of(value: object, where: str) -> Brackets:
    """Read brackets; refuse gaps, overlaps and a last one that is closed."""
    rows, last = [], None
    found = _tables(value, where, {"from", "to", "rate"})
    for i, row in enumerate(found):
        at = f"{where}[{i}]"
        start = yuan(_text(row.get("from", "0"), at), field=f"{at}.from")
        if i and start != last:
            word = "overlap" if last is None or start < last else "gap"
            raise SortError(f"{at}.from", row.get("from"), f"{word}: the bracket before ends at {found[i - 1].get('to')}")
        last = None if "to" not in row else yuan(_text(row["to"], at), field=f"{at}.to")
        if last is not None and last <= start:
            raise SortError(f"{at}.to", row["to"], "a bracket ends above its start")
        rows.append(Bracket(start, Rate.parse(row.get("rate"), field=f"{at}.rate")))
    if last is not None:
        raise SortError(
            f"{where}[{len(rows) - 1}].to",
            "a closed end",
            "gap: the last bracket has no `to`, it is open above",
        )
    if len({row.rate.per for row in rows}) != 1:
        raise SortError(where, "rates of different precision", "write all rates with the same number of decimals")
    return Brackets(tuple(rows))


def amounts_of(value: object, where: str, outside: object) -> Amounts:
    """Read amounts by key."""
    rows = _mapping(value, where)
    return Amounts(
        {k: yuan(_text(v, f"{where}[{k}]"), field=f"{where}[{k}]") for k, v in rows.items()},
        outside_of(outside, where)[0],
    )


def rates_of(value: object, where: str, outside: object) -> Rates:
    """Read rates by key; all with the same number of decimals."""
    rows = {k: Rate.parse(v, field=f"{where}[{k}]") for k, v in _mapping(value, where).items()}
    if len({rate.per for rate in rows.values()}) > 1:
        raise SortError(where, "rates of different precision", "write all rates with the same number of decimals")
    return Rates(rows, outside_of(outside, where)[0])


def kinds_of(value: object, where: str, category: type[Category]) -> Kinds:
    """Read a list of kinds by their names in files."""
    if not isinstance(value, list) or not value:
        raise SortError(where, value, "write a list of kinds")
    by_name = {kind.name.lower(): kind.value for kind in category}
    for one in value:
        if one not in by_name:
            raise SortError(where, one, f"allowed: {', '.join(by_name)}")
    if len(set(value)) != len(value):
        raise SortError(where, value, "a kind stands twice")
    return Kinds(tuple(by_name[one] for one in value))


def date_of(value: object, where: str) -> datetime.date:
    """Read a date."""
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise SortError(where, value, "write a date such as 2017-01-01, without quotes")
    return value


def outside_of(value: object, where: str) -> tuple[str, str]:
    """Read what lies outside a table: one word, or one for below and one for above."""
    pair = value if isinstance(value, dict) else {"below": value, "above": value}
    words = tuple(str(pair.get(end) or "unstated") for end in ("below", "above"))
    for word in words:
        if word not in OUTSIDE:
            raise SortError(f"{where}.outside", word, f"allowed: {', '.join(OUTSIDE)}")
    return words[0], words[1]


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise MoneyError(where, value, 'in a pack money is a string of yuan, such as "30.00"')
    return value


def _tables(value: object, where: str, keys: set[str]) -> list[dict[str, object]]:
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        raise SortError(where, value, "write a list of tables")
    for i, row in enumerate(value):
        for key in row.keys() - keys:
            raise SortError(f"{where}[{i}]", key, f"allowed keys: {', '.join(sorted(keys))}")
    return value


def _mapping(value: object, where: str) -> dict[int, object]:
    if not isinstance(value, dict) or not value:
        raise SortError(where, value, "write a table of values by key")
    out: dict[int, object] = {}
    for key, one in value.items():
        if not str(key).isascii() or not str(key).isdigit():
            raise SortError(f"{where}[{key}]", key, "write a whole number as the key")
        out[int(key)] = one
    return out
