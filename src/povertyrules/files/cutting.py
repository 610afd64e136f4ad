"""Batches of households: the rows of a file, cut only where a household ends, and beside them the rows of its own table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from povertyrules.core.errors import InputError
from povertyrules.files.journal import Ids
from povertyrules.files.sources import Source

LONGEST = 100_000
"""Rows that one household can have before its column is taken for one of something else."""


@frozen(eq=False)
class Batch:
    """Rows that are assessed together, each with the row in which they begin; `homes` are of a table of households."""

    person: int
    persons: pa.Table
    home: int = 0
    homes: pa.Table | None = None


class Done(Protocol):
    """How far a run has come: parts written, rows read of the persons and of the households."""

    parts: int
    persons: int
    households: int


def text_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Ids as text, so that those of two files can be compared: 12 in a sheet is 12 in a CSV."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return column.cast(kind).cast(pa.string())


class Window:
    """Some of a file's rows in memory, from a place that moves on."""

    def __init__(self, source: Source, start: int) -> None:
        self.at = start
        self.held = source.schema.empty_table()
        self.more = source.tables(start)
        self.ended = False

    def hold(self, rows: int) -> pa.Table:
        """So many rows from here on, or all that are left."""
        while self.held.num_rows < rows and not self.ended:
            piece = next(self.more, None)
            if piece is None:
                self.ended = True
            else:
                self.held = pa.concat_tables([self.held, piece])
        return self.held.slice(0, rows)

    def take(self, rows: int) -> pa.Table:
        """So many rows from here on, which are not held any more."""
        out = self.hold(rows)
        self.held, self.at = self.held.slice(out.num_rows), self.at + out.num_rows
        return out


def begins(ids: pa.ChunkedArray) -> list[int]:
    """The rows in which another household begins, after the first; a row without an id goes with those before it.

    >>> begins(pa.chunked_array([["a", "a", "b", None, "b", "c"]]))
    [2, 5]
    """
    whole = pc.fill_null_forward(ids.combine_chunks())
    other = pc.coalesce(pc.not_equal(whole[1:], whole[:-1]), whole.is_valid()[1:])
    return [row + 1 for row in pc.indices_nonzero(other).to_pylist()]


def cut(window: Window, key: str, rows: int) -> int:
    """How many rows from here on end with the end of a household: `rows` at most, or one household that has more."""
    wanted = rows + 1
    while True:
        held = window.hold(wanted)
        if held.num_rows <= rows:
            return int(held.num_rows)
        ends = begins(text_of(held[key]))
        inside = bisect_right(ends, rows)
        if ends:
            return ends[max(inside - 1, 0)]
        if held.num_rows < wanted:
            return int(held.num_rows)
        if wanted > LONGEST:
            allowed = f"allowed: the column of a household's id; more than {LONGEST:,} rows have this one"
            raise InputError(key, held[key][0].as_py(), allowed)
        wanted *= 2


def runs(table: pa.Table, key: str) -> list[tuple[str | None, int, int]]:
    """The households of some rows: the id of each as text, the row in which it begins, the row in which the next does."""
    if not table.num_rows:
        return []
    ids = text_of(table[key])
    starts = [0, *begins(ids)]
    return list(zip(ids.take(starts).to_pylist(), starts, [*starts[1:], table.num_rows], strict=True))


def flat(persons: Source, key: str, rows: int, ids: Ids, done: Done) -> Iterator[Batch]:
    """The batches of one flat table after those that are done. An empty table has one, of no rows.

    Where a batch ends follows from where it begins, so that a run that goes on makes the same ones.
    """
    people, part = Window(persons, done.persons), done.parts
    while (many := cut(people, key, rows)) or not part:
        batch = Batch(people.at, people.take(many))
        _once(batch, key, ids, part, persons.first)
        yield batch
        part += 1


def joined(persons: Source, households: Source, key: str, rows: int, ids: Ids, done: Done) -> Iterator[Batch]:
    """The same of two tables, which have their households in one order; there may be some of which nobody is listed."""
    _index(households, key, ids)
    people, homes, part = Window(persons, done.persons), Window(households, done.households), done.parts
    while True:
        some = people.hold(cut(people, key, rows))
        many, end = _reach(some, homes.at, key, rows, ids)
        at, there = homes.at, homes.take(end - homes.at)
        batch = Batch(people.at, people.take(many), at, there)
        if part and not batch.persons.num_rows and not there.num_rows:
            return
        _once(batch, key, ids, part, persons.first)
        yield batch
        part += 1


def _reach(some: pa.Table, at: int, key: str, rows: int, ids: Ids) -> tuple[int, int]:
    """How many rows of persons go together with the next households, and up to which: never more of them than `rows`."""
    found = runs(some, key)
    places = ids.places([id for id, _, _ in found if id is not None])
    many, end = 0, at
    for id, _, stop in found:
        place = at if id is None else places.get(id, at)
        if place < at:
            allowed = "allowed: both files list their households in one order; this one stands before those of earlier rows"
            raise InputError(key, id, allowed)
        if place >= at + rows:
            break
        end = max(end, place + 1) if id in places else end
        many = stop
    return many, end if many else at + rows


def _index(households: Source, key: str, ids: Ids) -> None:
    """Note where each household stands; refuse one that stands in two places."""
    at = 0
    for table in households.tables(columns=[key]):
        column = text_of(table[key]).to_pylist()
        twice = ids.place([(id, at + row) for row, id in enumerate(column) if id is not None])
        if twice is not None:
            raise InputError(key, twice, f"allowed: an id that no other row of {households.path.name} has")
        at += len(column)


def _once(batch: Batch, key: str, ids: Ids, part: int, first: int) -> None:
    """Refuse a household that was there before: its rows have to stand together."""
    found = [(id, start) for id, start, _ in runs(batch.persons, key) if id is not None]
    again = ids.see([id for id, _ in found], part)
    if again is not None:
        row = batch.person + dict(found)[again] + first
        raise InputError(key, again, f"allowed: the rows of a household stand together; this one comes again in row {row:,}")
