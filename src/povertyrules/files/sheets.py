"""The first sheet of a workbook, read and written row by row."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl  # type: ignore[import-untyped,import-not-found,unused-ignore]
import pyarrow as pa
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped,import-not-found,unused-ignore]
from openpyxl.utils.exceptions import (  # type: ignore[import-untyped,import-not-found,unused-ignore]
    IllegalCharacterError,
    InvalidFileException,
)

from povertyrules.core.errors import FileError, RangeError
from povertyrules.files.sources import PIECE, named_once, unreadable

LINES = 2**20
"""The lines that a sheet has room for, that of the names among them."""
DIGITS = 10**15
"""A whole number from here on is written as text: a sheet would keep fifteen of its digits."""
TYPES = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    datetime.date: pa.date32(),
    datetime.datetime: pa.timestamp("us"),
}
Row = tuple[object, ...]


class Sheet:
    """The first sheet of a workbook: names in its first line, a row in each line below; empty lines at the end are none.

    A column of one type keeps it. One of several (numbers, and texts among them) is text, of cells yet to be read. A formula
    counts as the value that was saved with it.
    """

    first = 2
    encoding = "utf-8"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = (path,)
        names = next(self._lines(1, 1), ())
        self.names = ["" if name is None else str(name) for name in names]
        while self.names and not self.names[-1]:
            self.names.pop()
        if not self.names or not all(self.names):
            raise FileError(str(path), "no name", "allowed: a first sheet with a name above each column, in its first line")
        named_once(path, self.names)
        self.rows, kinds = 0, [set[type]() for _ in self.names]
        for row in self._rows(0):
            self.rows += 1
            for kind, cell in zip(kinds, row, strict=True):
                kind.add(_kind(cell))
        types = [_type(kind) for kind in kinds]
        self.schema = pa.schema(list(zip(self.names, types, strict=True)))
        self.texts = frozenset(name for name, found in zip(self.names, types, strict=True) if found == pa.string())

    def tables(self, skip: int = 0, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows after the first `skip`, piece by piece; of some columns, or of all."""
        held: list[Row] = []
        for row in self._rows(skip):
            held.append(row)
            if len(held) == PIECE:
                yield self._table(held, columns)
                held = []
        if held:
            yield self._table(held, columns)

    def _table(self, rows: Sequence[Row], columns: Sequence[str] | None) -> pa.Table:
        found = {}
        for field, cells in zip(self.schema, zip(*rows, strict=True), strict=True):
            if columns is None or field.name in columns:
                found[field.name] = pa.array(map(written, cells) if field.type == pa.string() else cells, field.type)
        return pa.table(found)

    def _rows(self, skip: int) -> Iterator[Row]:
        """The rows after some, without the empty ones at the end."""
        empty: list[Row] = []
        for line in self._lines(self.first + skip, LINES):
            row = (*line, *[None] * (len(self.names) - len(line)))[: len(self.names)]
            if all(cell is None for cell in row):
                empty.append(row)
                continue
            yield from empty
            empty = []
            yield row

    def _lines(self, first: int, last: int) -> Iterator[Row]:
        try:
            book = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            raise unreadable(self.path, error, "allowed: a workbook, saved as .xlsx") from None
        try:
            yield from book.worksheets[0].iter_rows(min_row=first, max_row=last, values_only=True)
        finally:
            book.close()


def _kind(cell: object) -> type:
    """The type of a cell: midnight is a date, a whole number that is too long for a column of them is a text."""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return datetime.date
    return str if isinstance(cell, int) and abs(cell) >= 2**63 else type(cell)


def _type(found: set[type]) -> pa.DataType:
    """The type of a column with cells of some types."""
    kinds = found - {type(None)}
    for wide, narrow in ((float, int), (datetime.datetime, datetime.date)):
        if kinds == {wide, narrow}:
            kinds = {wide}
    return TYPES.get(next(iter(kinds)), pa.string()) if len(kinds) == 1 else pa.string()


def written(cell: object) -> str | None:
    """A cell as text, so that reading the text gives the cell again.

    >>> written(84.0), written(True), written(datetime.datetime(1950, 1, 2)), written(None)
    ('84', 'true', '1950-01-02', None)
    """
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < DIGITS:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def write(path: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a workbook of one sheet. Raises `RangeError` if there are more rows than a sheet has room for."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    try:
        sheet.append([_cell(sheet, name) for name in names])
        for count, row in enumerate(rows, start=1):
            fits(path, count)
            sheet.append([_cell(sheet, cell) for cell in row])
    finally:
        sheet.close()  # a sheet that is dropped half-way would complain
    book.save(path)


def fits(path: Path, rows: int) -> None:
    """Refuse more rows than a sheet has room for."""
    if rows >= LINES:
        raise RangeError(str(path), rows, f"allowed: {LINES - 1:,} rows in a sheet; write .parquet or .csv")


def _cell(sheet: object, value: object) -> object:
    """A cell that shows what it was given: no formula is made of a text, no digit of a number is lost."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal) and -DIGITS < value < DIGITS:  # not so infinity, or what is no number
        return value
    if isinstance(value, datetime.date) and getattr(value, "tzinfo", None) is None:
        return value
    try:
        cell = WriteOnlyCell(sheet, str(value))
    except IllegalCharacterError:
        raise FileError("a cell", str(value), "allowed in a sheet: text without control characters") from None
    cell.data_type = "s"
    return cell
