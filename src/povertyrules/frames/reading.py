"""A table read at the boundary: looked at once where the caller wants to know, then checked, encoded, refused."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence

import attrs
import narwhals as nw
from attrs import define, field
from narwhals import Expr, Int64, col, lit, when

from povertyrules.core.errors import SortError
from povertyrules.core.facts import EARLIEST, LATEST, Fact, Sort, decode_date
from povertyrules.core.ranges import Range
from povertyrules.frames.cells import encoded as by_cell
from povertyrules.frames.noting import note_blanks
from povertyrules.frames.report import FrameError, Refused
from povertyrules.frames.run import Manner, Table, filling
from povertyrules.uses.scale.boundary import WHOLE, Input, dates, encoded
from povertyrules.uses.scale.narwhal import rows_of

SHOWN = 3
"""How many refused cells of a column an error shows."""


@define(eq=False)
class Cells:
    """A column as it is read, and what a look at it has shown: cells that are null, refused, moved."""

    told: Input
    value: Expr
    moved: Expr | None
    sure: bool
    """Whether no cell of such a type can be refused."""
    missing: bool = True
    clean: bool = field(init=False, default=attrs.Factory(lambda cells: cells.sure, takes_self=True))
    refused: int = 0
    rounded: int = 0

    @property
    def flag(self) -> Expr:
        """Whether a cell is refused."""
        return ~col(self.told.column).is_null() & self.value.is_null()

    @property
    def plain(self) -> bool:
        """Whether the least and the most of the column tell if any cell is refused."""
        day = self.sure or (self.told.fact.sort is Sort.DATE and self.told.dtype == nw.Date)
        codes = sorted(int(code) for code in self.told.fact.kinds or ())
        return day or (self.told.simple and codes == list(range(codes[0], codes[-1] + 1) if codes else ()))


def read(
    table: Table, inputs: Sequence[Input], manner: Manner, ranges: Mapping[str, Range], on: int, later: Container[str] = ()
) -> None:
    """Read the columns of a table; `on` is the day of a row that tells none, `later` names what is filled elsewhere."""
    columns = []
    for one in inputs:
        found = encoded(one, rounding=manner.rounding)
        columns.append(Cells(one, found.value, found.moved, found.sure))
    own = next((c.value for c in columns if c.told.name == "on"), _brought(table))
    for cells in columns:
        if cells.told.fact.past:
            day = lit(on, Int64) if own is None else own.fill_null(on)
            cells.value = when(cells.value <= day).then(cells.value)
    if manner.invalid == "raise" or manner.report is not None or table.engine.eager:  # what is at hand is cheap to look at
        rows = look(table, columns, latest=decode_date(on) if own is None else None)
        refuse(table, [c for c in columns if c.refused], rows, manner)
    if manner.report is not None:
        manner.report.moved |= {c.told.column: c.rounded for c in columns if c.rounded}
    added: dict[str, Expr] = {}
    for cells in columns:
        fills = on if cells.told.name == "on" else filling(cells.told.fact, manner.absent)
        fills = None if cells.told.name in later else fills
        keep(table, cells, ranges[cells.told.name], fills, added)
        if cells.told.dtype == nw.Date and own is None and not cells.clean and table.engine.dates:
            table.dates[cells.told.name] = name = table.fresh()
            added[name] = dates(cells.told, latest=decode_date(on) if cells.told.fact.past else LATEST)
        if manner.report is not None and fills is not None and cells.missing and cells.told.name != "on":
            note_blanks(manner.report, {cells.told.name: cells.told.fact}, [cells.told.name], manner.lang)
    table.flags += [(f"{cells.told.column}: {allowed(cells.told.fact)}", cells.flag) for cells in columns if not cells.clean]
    if added:
        table.frame = table.frame.with_columns(**added)


def read_objects(column: str, cells: Iterable[object], facts: Sequence[Fact], scale: int, manner: Manner) -> list[int | None]:
    """A column of Python objects as whole numbers, which it can be for facts of one sort only."""
    if len({(fact.sort, fact.kinds) for fact in facts}) > 1:
        told = " and ".join(fact.name for fact in facts)
        raise SortError(column, "a column of objects", f"it cannot tell {told}: give each a column of its own")
    found, moved = by_cell(facts[0], cells, scale, manner.rounding)
    if moved and manner.report is not None:
        manner.report.moved[column] = moved
    return found


def _brought(table: Table) -> Expr | None:
    """The day of the household that a row belongs to, if it was brought."""
    told = table.leaves.get("on")
    return col(told.column) if told is not None and told.column else None


def keep(table: Table, cells: Cells, found: Range, filled: int | bool | None, added: dict[str, Expr]) -> None:
    """Make a column a leaf: as it is if it can be, and else as one of the table's own, in `added`."""
    one, fills = cells.told, filled is not None and cells.missing
    codes = one.whole and one.fact.kinds is not None and table.engine.narrow and not fills  # they are only ever compared
    if cells.clean and one.simple and not fills and (codes or isinstance(one.dtype, (nw.Boolean, nw.Int64))):
        return table.column(one.name, one.column, found, maybe=cells.missing)
    expr = col(one.column) if cells.clean and one.simple else cells.value
    if isinstance(one.dtype, WHOLE) and one.fact.sort is not Sort.YES_NO and not codes:
        expr = expr.cast(Int64)
    maybe = cells.missing or not cells.clean
    if fills and filled is not None:
        literal = lit(filled, nw.Boolean if filled is False else Int64)
        expr, maybe = when(col(one.column).is_null()).then(literal).otherwise(expr), not cells.clean
    name = table.fresh()
    added[name] = expr
    if cells.clean and one.dtype == nw.Date and not fills:
        table.dates[one.name] = one.column
    return table.column(one.name, name, found, maybe=maybe)


def look(table: Table, columns: Sequence[Cells], *, latest: datetime.date | None) -> int:
    """See what is missing and refused: in one pass, and in a second where the ends of a column show that something is."""
    plain = [cells for cells in columns if cells.plain and not (cells.told.fact.past and latest is None)]
    asked = {"rows": nw.len(), **_flags(columns, [c for c in columns if c not in plain])}
    for i, cells in enumerate(columns):
        asked[f"null{i}"] = col(cells.told.column).null_count()
        if cells in plain and not cells.sure:
            asked |= {f"least{i}": col(cells.told.column).min(), f"most{i}": col(cells.told.column).max()}
    seen = _one_row(table, asked)
    outside = [c for i, c in enumerate(columns) if not _inside(c, seen.get(f"least{i}"), seen.get(f"most{i}"), latest)]
    if outside:
        seen |= _one_row(table, _flags(columns, outside))
    for i, cells in enumerate(columns):
        cells.missing, cells.refused = bool(_whole(seen[f"null{i}"])), _whole(seen.get(f"refused{i}"))
        cells.clean, cells.rounded = not cells.refused, _whole(seen.get(f"moved{i}"))
    return _whole(seen["rows"])


def _flags(columns: Sequence[Cells], some: Sequence[Cells]) -> dict[str, Expr]:
    """What counts the refused and the moved cells of some columns."""
    places = {id(cells): i for i, cells in enumerate(columns)}
    out = {f"refused{places[id(cells)]}": cells.flag.cast(Int64).sum() for cells in some}
    moved = {places[id(cells)]: cells.moved for cells in some if cells.moved is not None}
    return out | {f"moved{i}": flag.fill_null(False).cast(Int64).sum() for i, flag in moved.items()}


def _one_row(table: Table, asked: Mapping[str, Expr]) -> dict[str, object]:
    [row] = rows_of(table.frame.select(*(expr.alias(name) for name, expr in asked.items())))
    return row


def _whole(value: object) -> int:
    return int(value) if value is not None else 0  # type: ignore[call-overload]


def _inside(cells: Cells, least: object, most: object, latest: datetime.date | None) -> bool:
    """Whether the ends of a column lie in the range of its fact; a column without ends holds nothing."""
    if least is None or most is None:
        return True
    fact = cells.told.fact
    if isinstance(least, datetime.date) and isinstance(most, datetime.date):
        end = min(LATEST, latest) if fact.past and latest else LATEST
        return least >= EARLIEST and most <= end
    low, high = fact.codes
    return low <= _whole(least) and _whole(most) <= high


def refuse(table: Table, bad: Sequence[Cells], rows: int, manner: Manner) -> None:
    """Say what was refused and moved; and stop there, if the caller wants that."""
    if manner.report is not None:
        manner.report.invalid |= {cells.told.column: cells.refused for cells in bad}
    if manner.invalid == "raise" and bad:
        raise FrameError([_refused(table, cells, rows) for cells in bad])


def _refused(table: Table, cells: Cells, rows: int) -> Refused:
    frame = table.numbered().frame if table.engine.eager else table.frame  # only then do rows have a place
    first = tuple(_cell(table, cells.told.column, row) for row in rows_of(frame.filter(cells.flag).head(SHOWN)))
    return Refused(cells.told.column, cells.refused, rows, allowed(cells.told.fact), first)


def allowed(fact: Fact) -> str:
    """What would do in a cell, in words."""
    return f"{fact.allowed}, not after the day on which the row is looked at" if fact.past else fact.allowed


def _cell(table: Table, column: str, row: Mapping[str, object]) -> tuple[int | None, str]:
    """A refused cell as it is shown, with the place of its row where rows have one."""
    place, engine = row.get(table.place), table.engine
    if not isinstance(place, int):
        return None, repr(row[column])
    original = engine.original(column, place) if engine.original and column in engine.objects else row[column]
    return place, repr(original)
