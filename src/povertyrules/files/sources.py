"""Tables in files, read piece by piece: Parquet, a folder of it, CSV, the first sheet of a workbook."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from povertyrules.core.errors import FileError

PIECE = 32_768
"""Rows read at a time."""
BUFFER = 2**20
ENDINGS = (".parquet", ".csv", ".xlsx")
ALLOWED = f"allowed: a file that ends in {', '.join(ENDINGS)}, or a folder of .parquet files"

LINES = "allowed: a CSV file, with the names of the columns in its first line and as many cells in every other"


class Source(Protocol):
    """A table in a file, or in several that follow each other."""

    path: Path
    schema: pa.Schema
    texts: frozenset[str]
    """Columns that hold whatever was written: their cells have yet to be read as the facts that they tell."""
    first: int
    """How the file counts its first row: a sheet and a CSV from the line of the names, which is 1; Parquet from 0."""
    encoding: str
    """The encoding of a file of text."""

    @property
    def rows(self) -> int | None:
        """How many rows there are, if that is known before they are read."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files."""

    def tables(self, skip: int = 0, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows after the first `skip`, piece by piece; of some columns, or of all."""


def opened(path: str | Path) -> Source:
    """The table at a path.

    Raises `FileError` if there is none, or none that can be read.

    >>> opened("persons.ods")
    Traceback (most recent call last):
    povertyrules.core.errors.FileError: persons.ods: '.ods' is refused; allowed: a file that ends in .parquet, ...
    """
    place = Path(path)
    ending = place.suffix.lower()
    if place.is_dir():
        return Parquet(place)
    if ending not in ENDINGS:
        raise FileError(str(path), ending or "no suffix", ALLOWED)
    if not place.exists():
        raise FileError(str(path), "not found", "write the path of a file that exists")
    if ending == ".xlsx":
        from povertyrules.files.sheets import Sheet

        return Sheet(place)
    return Parquet(place) if ending == ".parquet" else Csv(place)


def unreadable(path: Path, error: Exception, allowed: str) -> FileError:
    """What is wrong with a file, in one line: the first of those that a reader writes."""
    said = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return FileError(str(path), said.splitlines()[0], allowed)


def named_once(path: Path, names: Sequence[str]) -> None:
    """Refuse a table in which two columns have one name."""
    for before, name in pairwise(sorted(names)):
        if name == before:
            raise FileError(str(path), name, "allowed: each column once")


def after(tables: Iterator[pa.Table], skip: int) -> Iterator[pa.Table]:
    """The rows after the first so many."""
    for table in tables:
        if skip < table.num_rows:
            yield table.slice(skip)
        skip = max(skip - table.num_rows, 0)


class Parquet:
    """A file of Parquet, or a folder of them, in the order of their names."""

    texts: frozenset[str] = frozenset()
    first = 0
    encoding = "utf-8"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = tuple(sorted(filter(Path.is_file, path.glob("*.parquet")))) if path.is_dir() else (path,)
        if not self.files:
            raise FileError(str(path), "empty", "allowed: a folder with at least one .parquet file")
        self.counts: list[int] = []
        for file in self.files:
            self._note(file)

    def _note(self, file: Path) -> None:
        with self._open(file) as read:
            schema = read.schema_arrow.remove_metadata()
            self.counts.append(read.metadata.num_rows)
        if file == self.files[0]:
            named_once(file, schema.names)
            self.schema = schema
        elif not schema.equals(self.schema):
            differ = sorted({*map(str, schema)} ^ {*map(str, self.schema)}) or ["the order of the columns"]
            raise FileError(
                str(file), differ[0], f"allowed: the columns of {self.files[0].name}, with their types, in their order"
            )

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(self.counts)

    def tables(self, skip: int = 0, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows after the first `skip`, piece by piece; of some columns, or of all."""
        for file, count in zip(self.files, self.counts, strict=True):
            if skip < count or not count:
                yield from self._rows(file, skip, columns)
            skip = max(skip - count, 0)

    def _rows(self, file: Path, skip: int, columns: Sequence[str] | None) -> Iterator[pa.Table]:
        with self._open(file) as read:
            groups = [read.metadata.row_group(i).num_rows for i in range(read.num_row_groups)]
            start = 0
            while start < len(groups) and groups[start] <= skip:
                skip -= groups[start]
                start += 1
            pieces = read.iter_batches(PIECE, row_groups=list(range(start, len(groups))), columns=columns)
            found = (pa.Table.from_batches([piece]).replace_schema_metadata() for piece in pieces)
            yield from after(self._told(file, found), skip)

    def _told(self, file: Path, tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
        try:
            yield from tables
        except (pa.ArrowException, OSError) as error:
            raise unreadable(file, error, "allowed: a whole Parquet file") from None

    def _open(self, file: Path) -> pa.parquet.ParquetFile:
        try:  # with a buffer a row group is read page by page, not whole
            return pa.parquet.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise unreadable(file, error, "allowed: a Parquet file") from None


class Csv:
    """A CSV file in UTF-8, with or without a mark at its start, or in GB18030, which GBK and GB2312 are part of.

    Every column is text, so that what passes through leaves as it came: an id keeps its zeros in front.
    """

    first = 2
    rows: int | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = (path,)
        self.encoding = encoding_of(path)
        with self._open() as read:
            names = read.schema.names
        named_once(path, names)
        self.schema = pa.schema([(name, pa.string()) for name in names])
        self.texts = frozenset(names)

    def tables(self, skip: int = 0, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows after the first `skip`, piece by piece; of some columns, or of all."""
        with self._open(columns) as read:
            yield from after(self._told(read), skip)

    def _told(self, read: pa.csv.CSVStreamingReader) -> Iterator[pa.Table]:
        try:
            for piece in read:
                yield pa.Table.from_batches([piece])
        except (pa.ArrowException, UnicodeError) as error:
            raise unreadable(self.path, error, LINES) from None

    def _open(self, columns: Sequence[str] | None = None) -> pa.csv.CSVStreamingReader:
        """A reader of some columns or all, which are texts once their names are known."""
        plain = "utf-8" if self.encoding == "utf-8-sig" else self.encoding  # a mark is dropped by the reader itself
        types = {field.name: field.type for field in self.schema} if hasattr(self, "schema") else {}
        try:
            return pa.csv.open_csv(
                self.path,
                read_options=pa.csv.ReadOptions(encoding=plain, block_size=4 * BUFFER),
                parse_options=pa.csv.ParseOptions(newlines_in_values=True),
                convert_options=pa.csv.ConvertOptions(
                    column_types=types, include_columns=list(columns or ()), null_values=[""], strings_can_be_null=True
                ),
            )
        except (pa.ArrowException, UnicodeError, OSError) as error:
            raise unreadable(self.path, error, LINES) from None


def encoding_of(path: Path) -> str:
    """The encoding of a text: UTF-8 if all of it can be that, else GB18030. Raises `FileError` if it is neither."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise unreadable(path, error, "allowed: a file that can be read") from None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileError(str(path), "UTF-16", "allowed: UTF-8 or GB18030; save the file as “CSV UTF-8”")
    if _decodes(path, "utf-8"):
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    if _decodes(path, "gb18030"):
        return "gb18030"
    raise FileError(str(path), "another encoding", "allowed: UTF-8 or GB18030; save the file as “CSV UTF-8”")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(BUFFER):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
