"""What a run over files has done, kept beside its results, so that a stopped run can go on."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import asdict, define, field

from povertyrules.core.errors import FileError

VERSION = 1
BUSY = "another run is at work on it: wait for its end"
AT_ONCE = 500
"""Ids that are looked up at a time."""


@define
class Tally:
    """What a run found: rows, and what stood in them. Money is whole fen."""

    persons: int = 0
    households: int = 0
    refused: dict[str, int] = field(factory=dict)
    """Refused cells by column."""
    moved: dict[str, int] = field(factory=dict)
    """Cells that were rounded to a whole fen, by column."""
    findings: int = 0
    """Rows with a finding, where findings are kept."""
    totals: dict[str, int] = field(factory=dict)
    """What is due to all households together, of what is known, by period: month, year, once."""
    undecided: int = 0
    """Entitlements that are unknown."""
    unused: list[str] = field(factory=list)
    """Columns that no rule reads."""
    assumptions: list[str] = field(factory=list)
    """What was taken as nothing, or as no, where it was not told."""

    def add(self, other: Tally) -> None:
        """Add what another part of the rows held."""
        self.persons += other.persons
        self.households += other.households
        self.findings += other.findings
        self.undecided += other.undecided
        for mine, more in ((self.refused, other.refused), (self.moved, other.moved), (self.totals, other.totals)):
            for name, count in more.items():
                mine[name] = mine.get(name, 0) + count
        self.unused = list(dict.fromkeys([*self.unused, *other.unused]))
        self.assumptions = list(dict.fromkeys([*self.assumptions, *other.assumptions]))


@define
class Journal:
    """How far a run has come. `job` is what it was asked for: another job cannot go on with it."""

    job: dict[str, object]
    parts: int = 0
    """Parts written: for each a file of persons and one of households."""
    persons: int = 0
    """Rows of persons that were read."""
    households: int = 0
    """Rows of the table of households that were read, where there is one."""
    complete: bool = False
    """Whether all parts are written."""
    replaces: bool = False
    """Whether results of an earlier run may be replaced."""
    tally: Tally = field(factory=Tally)

    def write(self, path: Path) -> None:
        """Write the journal, whole or not at all."""
        text = json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, indent=1)
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    @classmethod
    def read(cls, path: Path) -> Journal | None:
        """The journal that was written last; None if a run was stopped before it wrote one."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if found.pop("version") == VERSION:
                return cls(**{**found, "tally": Tally(**found["tally"])})
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError):
            pass
        raise FileError(str(path), "a journal of another version, or a damaged one", "begin again: --again")

    def differs(self, job: Mapping[str, object]) -> dict[str, tuple[object, object]]:
        """What this job was asked for that another was not: what it was, and what it is now."""
        now = json.loads(json.dumps(job))
        names = sorted(self.job.keys() | now.keys())
        return {name: (self.job.get(name), now.get(name)) for name in names if self.job.get(name) != now.get(name)}


class Ids:
    """Ids on disk, so that memory does not grow with them: in which part each was seen, and where each household stands.

    The file is locked for as long as it is open: two runs cannot work at one place.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.base = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise self._refused(path, error) from None
        try:
            for setting in ("locking_mode = exclusive", "journal_mode = wal", "synchronous = normal"):
                self.base.execute(f"pragma {setting}")
            for table in ("seen", "places"):
                self.base.execute(f"create table if not exists {table} (id text primary key, at integer) without rowid")
            self.base.execute("delete from places")
        except sqlite3.DatabaseError as error:
            self.close()  # what is refused is not kept open
            raise self._refused(path, error) from None

    @staticmethod
    def _refused(path: Path, error: sqlite3.DatabaseError) -> FileError:
        """Why the file cannot be worked with."""
        if not isinstance(error, sqlite3.OperationalError):
            return FileError(str(path), "damaged", "begin again: --again")
        busy = "locked" in str(error)
        allowed = BUSY if busy else "allowed: a folder that can be written to"
        return FileError(str(path.parent), "locked" if busy else str(error), allowed)

    def close(self) -> None:
        """Close the file."""
        self.base.close()

    def see(self, ids: Sequence[str], part: int) -> str | None:
        """Note the ids of a part, perhaps once more; the first that was seen in another, or twice, if there is one."""
        return self._note("seen", [(one, part) for one in ids])

    def place(self, ids: Sequence[tuple[str, int]]) -> str | None:
        """Note where households stand; the first that stands in a second place, if there is one."""
        return self._note("places", ids)

    def places(self, ids: Sequence[str]) -> dict[str, int]:
        """Where some households stand: of those that stand anywhere."""
        out: dict[str, int] = {}
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            marks = ", ".join("?" * len(some))
            out |= dict(self.base.execute(f"select id, at from places where id in ({marks})", some))
        return out

    def _note(self, table: str, pairs: Sequence[tuple[str, int]]) -> str | None:
        try:
            self.base.execute("begin")
            noted = self.base.executemany(f"insert or ignore into {table} values (?, ?)", pairs).rowcount
            self.base.execute("commit")
        except sqlite3.OperationalError as error:  # a full disk, say
            raise OSError(errno.EIO, str(error)) from None
        if noted == len(pairs):
            return None
        here = set[str]()
        for id, at in pairs:
            first = self.base.execute(f"select at from {table} where id = ?", [id]).fetchone()
            if first != (at,) or id in here:
                return id
            here.add(id)
        return None
