"""Checking a plan of one's own: any table of years, persons, households, villages, beside the totals that it is to reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol, cast, runtime_checkable

from povertyrules.core.adding import Flaw, of_places, of_sum
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.magnitude import Magnitude

COUNTED = {"persons": "persons", "households": "households", "villages": "villages", "counties": "counties"}
"""The columns that are added up, and the unit of each."""
PLACES = ("village_names", "county_names")
"""The columns that name places."""


@runtime_checkable
class _Frame(Protocol):
    def to_dicts(self) -> list[dict[str, object]]:
        """The rows, as Polars gives them."""


@runtime_checkable
class _Pandas(Protocol):
    def to_dict(self, orient: str) -> list[dict[str, object]]:
        """The rows, as pandas gives them."""


Row = Mapping[str, object]


def check_plan(
    table: object,
    *,
    totals: Mapping[str, object] | None = None,
    places: Collection[str] | None = None,
) -> Findings:
    """What does not add up in a plan by year.

    `table` is a list of rows (or a pandas or Polars frame) with `year` and any of `persons`, `households`, `villages`,
    `counties` (whole numbers, or magnitudes such as "1.2万人") and `village_names`, `county_names` (lists, or names with 、
    between them). `totals` are what the columns are to come to, `places` all the places there are.

    Errors: a year twice, a sum beside its total, more households than persons. Warnings: a year left out between two others,
    a cell that is empty, a place in two years, in none, or in no list. Raises `SortError` and `UnknownName` for what is no plan.

    >>> rows = [{"year": 2016, "persons": 630}, {"year": 2017, "persons": 1100}]
    >>> print(check_plan(rows, totals={"persons": 1800}))
    error: persons: the parts come to 1,730 persons, the total is 1,800 persons: 70 persons are missing
    """
    rows = _rows(table)
    known = {"year", *COUNTED, *PLACES}
    for i, row in enumerate(rows):
        for key in row:
            if key not in known:
                raise UnknownName.among(f"table[{i}].{key}", key, known)
    found = [*_years(rows), *_people(rows)]
    wanted = {name: _number(value, name, f"totals.{name}") for name, value in _known_totals(totals).items()}
    for name in (name for name in COUNTED if any(name in row for row in rows)):
        found += _column(rows, name, wanted.get(name))
    for name in (name for name in PLACES if any(name in row for row in rows)):
        years = {_year(row, i): _names(row.get(name), f"table[{i}].{name}") for i, row in enumerate(rows)}
        found += [_warned(flaw, name) for flaw in of_places(years, places, None)]
    return Findings(tuple(found))


def _rows(table: object) -> Sequence[Row]:
    if isinstance(table, _Frame):
        return table.to_dicts()
    if isinstance(table, _Pandas) and not isinstance(table, Mapping):
        return table.to_dict("records")
    if isinstance(table, Iterable) and not isinstance(table, str | Mapping):
        rows = list(table)
        if rows and all(isinstance(row, Mapping) for row in rows):
            return cast("list[Row]", rows)
    raise SortError("table", table, "write a list of rows, or a pandas or Polars frame, with at least one row")


def _known_totals(totals: Mapping[str, object] | None) -> Mapping[str, object]:
    for name in totals or {}:
        if name not in COUNTED:
            raise UnknownName.among(f"totals.{name}", name, COUNTED)
    return totals or {}


def _year(row: Row, i: int) -> int:
    year = row.get("year")
    if isinstance(year, str) and year.isascii() and year.isdigit():
        year = int(year)
    if isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year <= 2200:
        raise SortError(f"table[{i}].year", row.get("year"), "write a year, such as 2016")
    return year


def _number(value: object, name: str, field: str) -> Magnitude:
    """A cell as a magnitude of its column's unit."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Magnitude(Fraction(value), COUNTED[name])
    if isinstance(value, float) and value.is_integer():  # a column of pandas with an empty cell
        return Magnitude(Fraction(int(value)), COUNTED[name])
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return Magnitude(Fraction(value.strip()), COUNTED[name])
    return Magnitude.of(value, field).like(Magnitude(Fraction(0), COUNTED[name]), field)


def _empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and value != value)


def _years(rows: Sequence[Row]) -> Iterable[Finding]:
    years = [_year(row, i) for i, row in enumerate(rows)]
    for year in dict.fromkeys(years):
        if years.count(year) > 1:
            yield Finding("year_twice", Severity.ERROR, "year", f"{year} stands {years.count(year)} times")
    for year in range(min(years), max(years)):
        if year not in years:
            yield Finding("year_left_out", Severity.WARNING, "year", f"{year} is left out")


def _people(rows: Sequence[Row]) -> Iterable[Finding]:
    for i, row in enumerate(rows):
        if _empty(row.get("persons")) or _empty(row.get("households")):
            continue
        persons, households = (_number(row[name], name, f"table[{i}].{name}") for name in ("persons", "households"))
        if households.value > persons.value:
            message = f"{_year(row, i)}: {households} of {persons}: a household has at least one person"
            yield Finding("households", Severity.ERROR, "households", message)


def _column(rows: Sequence[Row], name: str, total: Magnitude | None) -> Iterable[Finding]:
    cells = []
    for i, row in enumerate(rows):
        if _empty(row.get(name)):
            yield Finding("empty", Severity.WARNING, name, f"{_year(row, i)}: no number")
        else:
            cells.append(_number(row[name], name, f"table[{i}].{name}"))
    for i, cell in enumerate(cells):
        if cell.value < 0:
            raise SortError(f"table[{i}].{name}", str(cell), "a plan counts nothing below zero")
    if total is not None and cells:
        yield from (Finding(flaw.code, Severity.ERROR, name, flaw.message) for flaw in of_sum(cells, total))


def _names(value: object, field: str) -> tuple[str, ...]:
    if _empty(value):
        return ()
    if isinstance(value, str):
        return tuple(one.strip() for one in value.replace("，", "、").replace(",", "、").split("、") if one.strip())
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise SortError(field, value, "write a list of names, or names with 、 between them")


def _warned(flaw: Flaw, name: str) -> Finding:
    return Finding(flaw.code, Severity.WARNING, name, flaw.message)
