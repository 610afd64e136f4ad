"""Results on disk: parts while a run is at work; in the end files, or a folder, under the names that were asked for."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet

from povertyrules.core.errors import FileError
from povertyrules.files.sources import ENDINGS, Source

TABLES = ("persons", "households")
MARK = {"utf-8-sig": "\ufeff"}


class Place:
    """Where results go: `out`, the households' beside it, and in `out.partial` all that is unfinished.

    From a folder comes a folder, with a folder of parts for each table.
    """

    def __init__(self, targets: tuple[Path, ...], source: Source) -> None:
        self.targets, self.folder, self.encoding = targets, source.path.is_dir(), source.encoding
        self.out = out = targets[0]
        self.work = out.with_name(f"{out.name}.partial")
        self.schemas: dict[str, pa.Schema] = {}
        self.suffix = "" if self.folder else out.suffix.lower()
        if not self.folder and self.suffix not in ENDINGS:
            raise FileError(str(out), out.suffix or "no suffix", f"allowed: a name that ends in {', '.join(ENDINGS)}")
        if not out.parent.is_dir():
            raise FileError(str(out.parent), "not found", "allowed: a folder that exists")
        if self.suffix == ".xlsx":
            from povertyrules.files.sheets import fits

            fits(out, source.rows or 0)

    @property
    def journal(self) -> Path:
        """The file of the journal."""
        return self.work / "journal.json"

    @property
    def ids(self) -> Path:
        """The file of the ids."""
        return self.work / "ids.sqlite"

    def part(self, table: str, number: int) -> Path:
        """The file of a part: of a folder it is one of those that stay."""
        return self.work / table / f"part-{number:06}.{'parquet' if self.folder else 'arrow'}"

    # ---- parts ------------------------------------------------------------------------------------------------

    def keep(self, number: int, tables: Mapping[str, pa.Table]) -> None:
        """Write a part, each of its files whole or not at all; its columns have the types that those of the first have."""
        for name, table in tables.items():
            if number:
                table = table.cast(self._schema(name))
            else:
                self._holds(table.schema)
            path = self.part(name, number)
            path.parent.mkdir(exist_ok=True)
            fresh = path.with_suffix(".new")
            if self.folder:
                pa.parquet.write_table(table, fresh)
            else:
                with pa.ipc.new_file(fresh, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as file:
                    file.write_table(table.unify_dictionaries())
            _settle(fresh)
            fresh.replace(path)

    def _schema(self, table: str) -> pa.Schema:
        if table not in self.schemas:
            self.schemas[table] = self._read(table, 0).schema
        return self.schemas[table]

    def _read(self, table: str, number: int) -> pa.Table:
        path = self.part(table, number)
        if self.folder:
            return pa.parquet.read_table(path)
        with pa.OSFile(str(path)) as file:
            return pa.ipc.open_file(file).read_all()

    def _holds(self, schema: pa.Schema) -> None:
        """Refuse columns that a file of this kind has no cells for."""
        if self.suffix in (".csv", ".xlsx"):
            for field in schema:
                if pa.types.is_nested(field.type) or pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
                    raise FileError(str(self.out), f"{field.name}, a column of {field.type}", "allowed: write .parquet")

    # ---- the end ----------------------------------------------------------------------------------------------

    def finish(self, parts: int) -> None:
        """Give the results their names. Stopped half-way, it can be done again."""
        if self.folder:
            self._folder()
        else:
            made = [self.work / f"{table}{self.suffix}" for table in TABLES]
            for table, file in zip(TABLES, made, strict=True):
                self._assemble(table, parts, file)
                _settle(file)
            for file, target in reversed(list(zip(made, self.targets, strict=True))):  # that of the persons says that all is done
                file.replace(target)

    def _folder(self) -> None:
        whole, old = self.work / "whole", self.work / "old"
        for table in TABLES:
            if (self.work / table).exists():
                whole.mkdir(exist_ok=True)
                (self.work / table).replace(whole / table)
        if whole.exists():
            if self.out.exists():
                self.out.replace(old)
            whole.replace(self.out)

    def _assemble(self, table: str, parts: int, file: Path) -> None:
        """One file of all parts."""
        tables = (self._read(table, number) for number in range(parts))
        match self.suffix:
            case ".parquet":
                with pa.parquet.ParquetWriter(file, self._schema(table)) as writer:
                    for one in tables:
                        writer.write_table(one, row_group_size=max(one.num_rows, 1))
            case ".csv":
                with file.open("wb") as out:
                    out.write(MARK.get(self.encoding, "").encode())
                    for number, one in enumerate(tables):
                        self._csv(one, out, header=not number)
            case _:
                from povertyrules.files.sheets import write

                write(file, self._schema(table).names, (row for one in tables for row in _rows(one)))

    def _csv(self, table: pa.Table, out: BinaryIO, *, header: bool) -> None:
        """The rows as lines, in the encoding in which the file came."""
        held = io.BytesIO()
        pl.DataFrame(table).write_csv(held, include_header=header)
        out.write(held.getvalue().decode().encode(self.encoding.removesuffix("-sig")))


def is_ours(folder: Path) -> bool:
    """Whether a folder holds nothing but what a run has written, so that it can be removed."""
    if not folder.is_dir():
        return False
    held = list(folder.iterdir())
    known = all(one.name in TABLES and one.is_dir() for one in held)
    return known and all(part.match("part-*.parquet") for one in held for part in one.iterdir())


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _settle(path: Path) -> None:
    """Have what was written on the disk before it gets its name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
