"""The tables that packs hold: bands by age, brackets by amount, amounts and rates by key, lists of kinds.

Inside a rule that is being traced their cells are terms; in plain Python they are integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from attrs import frozen

from povertyrules.core.errors import MoneyError, SortError, UnknownName
from povertyrules.core.facts import Category
from povertyrules.core.figures import LONGEST_FIGURE, Reader, money_of, number_of, share_of
from povertyrules.core.money import Fen, Rate, yuan
from povertyrules.core.terms import Unstated

OUTSIDE = ("unstated", "not_eligible")
OPEN = 999
"""The upper end of a band that is open above."""
LONGEST_KEY = 9
"""How many digits the key of a table has at most."""


class Missing(Unstated):
    """A figure that the text needs and does not print."""

    def __init__(self) -> None:
        super().__init__("a figure that is not printed")


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
    """Amounts by key: a year, or the code of a category."""

    rows: Mapping[int, Fen]
    outside: str = "unstated"
    kinds: type[Category] | None = None


@frozen(eq=False, repr=False, slots=False)
class Rates:
    """Rates by key: a year, or the code of a category."""

    rows: Mapping[int, Rate]
    outside: str = "unstated"
    kinds: type[Category] | None = None


def named(table: Amounts | Rates) -> str:
    """What the keys of a table are, as files write them: every language reads that."""
    return ", ".join(table.kinds.of(key).name.lower() if table.kinds else str(key) for key in table.rows)


@frozen(eq=False, repr=False, slots=False)
class Kinds:
    """A list of kinds of one category."""

    rows: tuple[int, ...]

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)


def bands_of(value: object, where: str, outside: object, money: Reader = money_of) -> Bands:
    """Read bands; refuse gaps, overlaps and empty ranges."""
    below, above = ends_outside(outside, where)
    rows: list[Band] = []
    for i, row in enumerate(rows_of(value, where, {"ages", "amount"})):
        at, ages = f"{where}[{i}].ages", row.get("ages")
        if not isinstance(ages, list) or len(ages) not in (1, 2):
            raise SortError(at, ages, "write [80, 89], or [100] for a band open above")
        start, end = (number_of(age, at, most=OPEN) for age in [*ages, OPEN][:2])
        if "amount" not in row:
            raise MoneyError(f"{where}[{i}]", "no amount", 'write amount = "30.00", a string of yuan')
        rows.append(Band(start, end, cast(Fen, money(row["amount"], f"{where}[{i}].amount"))))
        if end < start:
            raise SortError(at, ages, "a band ends where it starts or later")
        if i and start != rows[i - 1].end + 1:
            word = "overlap" if start <= rows[i - 1].end else "gap"
            raise SortError(at, ages, f"{word}: the band before ends at {rows[i - 1].end}")
    return Bands(tuple(rows), below, above)


def brackets_of(value: object, where: str, money: Reader = money_of) -> Brackets:
    """Read brackets; refuse a late start, gaps, overlaps and a last one that is closed."""
    rows: list[Bracket] = []
    last: Fen | None = yuan(0)
    found = rows_of(value, where, {"from", "to", "rate"})
    for i, row in enumerate(found):
        at = f"{where}[{i}]"
        start = cast(Fen, money(row.get("from", "0"), f"{at}.from"))
        if start != last:
            word = "overlap" if last is None or start < last else "gap"
            before = f"the bracket before ends at {found[i - 1].get('to')}" if i else "the first bracket starts at 0"
            raise SortError(f"{at}.from", row.get("from"), f"{word}: {before}")
        if start % 100:
            raise SortError(f"{at}.from", row.get("from"), "a bracket starts at whole yuan, by which it is named")
        last = None if "to" not in row else cast(Fen, money(row["to"], f"{at}.to"))
        if last is not None and last <= start:
            raise SortError(f"{at}.to", row["to"], "a bracket ends above its start")
        rows.append(Bracket(start, share_of(row.get("rate"), f"{at}.rate")))
    if last is not None:
        raise SortError(
            f"{where}[{len(rows) - 1}].to",
            "a closed end",
            "gap: the last bracket has no `to`, it is open above",
        )
    one_precision([row.rate for row in rows], where)
    return Brackets(tuple(rows))


def one_precision(rates: Iterable[Rate], where: str) -> None:
    """Refuse rates with different numbers of decimals: a table has one."""
    if len({rate.per for rate in rates}) > 1:
        raise SortError(where, "rates of different precision", "write all rates with the same number of decimals")


def alike(rates: Iterable[Rate]) -> Iterator[Rate]:
    """The same rates over one number.

    >>> [(rate.numerator, rate.per) for rate in alike([Rate(55, 100), Rate(655, 1000)])]
    [(550, 1000), (655, 1000)]
    """
    held = list(rates)
    per = max((rate.per for rate in held), default=100)
    return (Rate(rate.numerator * (per // rate.per), per) for rate in held)


def kinds_of(value: object, where: str, category: type[Category]) -> Kinds:
    """Read a list of kinds by their names in files."""
    if not isinstance(value, list) or not value:
        raise SortError(where, value, "write a list of kinds")
    by_name = {kind.name.lower(): kind.value for kind in category}
    for one in value:
        if not isinstance(one, str) or one not in by_name:
            raise SortError(where, one, f"allowed: {', '.join(by_name)}")
    if len(set(value)) != len(value):
        raise SortError(where, value, "a kind stands twice")
    return Kinds(tuple(by_name[one] for one in value))


def keys_of(value: object, where: str, category: type[Category] | None) -> dict[int, object]:
    """Read the keys of a table, whole numbers: years, or the codes of a category; what they hold is left as it is."""
    if not isinstance(value, Mapping) or not value:
        raise SortError(where, value, "write a table of values by key")
    out: dict[int, object] = {}
    for written, one in value.items():
        key = key_of(str(written), where, category)
        if key in out:
            raise SortError(f"{where}[{written}]", written, f"the key {key} stands twice")
        out[key] = one
    return out


def key_of(written: str, where: str, category: type[Category] | None) -> int:
    """Read one key of a table."""
    at = where if len(written) > LONGEST_FIGURE else f"{where}[{written}]"
    number = written.isascii() and written.isdigit() and len(written) <= LONGEST_KEY
    codes = [kind.value for kind in category] if category else []
    if codes and not (number and int(written) in codes):
        raise UnknownName(at, written, f"allowed keys: {', '.join(map(str, codes))}")
    if not number:
        raise UnknownName(at, written, f"write a whole number of at most {LONGEST_KEY} digits as the key")
    return int(written)


def ends_outside(value: object, where: str) -> tuple[str, str]:
    """Read what lies outside bands: one word, or one for below and one for above."""
    if isinstance(value, dict):
        for key in value.keys() - {"below", "above"}:
            raise UnknownName(f"{where}.outside", key, "allowed keys: below, above")
        return outside_of(value.get("below"), where), outside_of(value.get("above"), where)
    return outside_of(value, where), outside_of(value, where)


def outside_of(value: object, where: str) -> str:
    """Read what lies outside a table, in one word."""
    word = OUTSIDE[0] if value is None else value
    if word not in OUTSIDE:
        raise SortError(f"{where}.outside", value, f"allowed: {', '.join(OUTSIDE)}")
    return str(word)


def rows_of(value: object, where: str, keys: set[str]) -> list[dict[str, object]]:
    """Read a list of tables with known keys."""
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        raise SortError(where, value, "write a list of tables")
    for i, row in enumerate(value):
        for key in row.keys() - keys:
            raise SortError(f"{where}[{i}]", key, f"allowed keys: {', '.join(sorted(keys))}")
    return value
