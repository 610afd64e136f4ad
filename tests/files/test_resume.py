"""A run that is stopped leaves no half file, and what goes on with it ends where one without a stop does, byte for byte."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest
from files.county import KEY, Stop, Stopping, beside, job, left, parts_of, tables

from povertyrules.core.errors import FileError, InputError
from povertyrules.files.job import Job
from povertyrules.files.journal import Ids, Journal, Tally
from povertyrules.files.sinks import Place
from povertyrules.files.sources import Parquet
from povertyrules.frames.report import FrameError

ROWS = 20


def bytes_of(out: Path) -> dict[str, bytes]:
    """The results by the names of their files."""
    files = [one for one in out.rglob("*") if one.is_file()] if out.is_dir() else [out, beside(out)]
    return {str(one.relative_to(out.parent)): one.read_bytes() for one in files}


def flat(folder: Path, out: str = "out.parquet", **options: object) -> Job:
    return job(folder / "in.parquet", folder / out, rows=ROWS, **options)


def two(folder: Path) -> Job:
    return flat(folder, households=folder / "homes.parquet")


def as_csv(folder: Path) -> Job:
    return job(folder / "in.csv", folder / "out.csv", rows=ROWS)


def folded(folder: Path) -> Job:
    return job(folder / "in", folder / "out", rows=ROWS)


JOBS: dict[str, Callable[[Path], Job]] = {"flat": flat, "two": two, "csv": as_csv, "folder": folded}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Tables of every kind, and an empty folder for the results of a run that nobody stops."""
    told = tables()
    told.flat.write_parquet(tmp_path / "in.parquet", row_group_size=7)
    told.homes.write_parquet(tmp_path / "homes.parquet", row_group_size=7)
    told.flat.write_csv(tmp_path / "in.csv")
    (tmp_path / "in").mkdir()
    for number, start in enumerate((0, 21, 55)):
        told.flat.slice(start, (21, 34, None)[number]).write_parquet(tmp_path / "in" / f"{number}.parquet")
    (tmp_path / "whole").mkdir()
    return tmp_path


def unstopped(place: Path, work: Job) -> tuple[dict[str, bytes], Tally]:
    """The results of the same job elsewhere, and what it found."""
    other = attrs.evolve(work, out=place / "whole" / Path(work.out).name)
    tally = other.run()
    return bytes_of(Path(other.out)), tally


@pytest.mark.parametrize("kind", JOBS)
def test_a_stopped_run_goes_on_to_the_same_bytes(place: Path, kind: str) -> None:
    """Stopped before the first part, and after each."""
    work = JOBS[kind](place)
    if kind == "two":
        tables().persons.write_parquet(place / "in.parquet", row_group_size=7)
    expected, tally = unstopped(place, work)
    before = left(place)
    for stop in (0, 1, 3):
        with pytest.raises(Stop):
            work.run(tell=Stopping(stop))
        assert left(place) == {*before, f"{Path(work.out).name}.partial"}
        found = work.run("resume")
        assert bytes_of(Path(work.out)) == expected
        assert found == tally
        assert left(place) == {*before, *(one.name for one in work.results)}
        for one in work.results:
            shutil.rmtree(one) if one.is_dir() else one.unlink()


def test_a_run_can_be_stopped_as_often_as_there_are_parts(place: Path) -> None:
    work = flat(place)
    expected, tally = unstopped(place, work)
    parts = parts_of(attrs.evolve(work, out=place / "whole" / "count.parquet"))
    assert parts >= 4
    for stop in range(1, parts + 1):
        with pytest.raises(Stop):
            work.run("resume", tell=Stopping(stop))
    assert (work.run("resume"), bytes_of(Path(work.out))) == (tally, expected)


@pytest.mark.parametrize("broken", ["keep", "write", "assessed"])
def test_a_part_that_was_not_noted_is_made_again(place: Path, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after a part was written and before the journal says so, and at other places within a batch."""
    from povertyrules.files.run import Run

    work = flat(place)
    expected, tally = unstopped(place, work)
    owner = {"keep": Place, "write": Journal, "assessed": Run}[broken]
    method, calls = getattr(owner, broken), []

    def once(*args: object) -> object:
        calls.append(args)
        if len(calls) == 3:
            raise Stop
        return method(*args)

    monkeypatch.setattr(owner, broken, once)
    with pytest.raises(Stop):
        work.run()
    monkeypatch.undo()
    assert not Path(work.out).exists()
    assert (work.run("resume"), bytes_of(Path(work.out))) == (tally, expected)


@pytest.mark.parametrize("kind", ["flat", "csv", "folder"])
def test_a_run_that_is_stopped_while_it_gives_names_goes_on(place: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before each renaming in turn; the persons' name is given last."""
    work = JOBS[kind](place)
    expected, tally = unstopped(place, work)
    partial = Path(f"{work.out}.partial")
    with monkeypatch.context() as patched:
        patched.setattr(Place, "finish", Stopping.at_once)
        with pytest.raises(Stop):
            work.run()
    shutil.copytree(partial, place / "saved")
    replace, stops = Path.replace, 0
    for stop in range(1, 9):
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(place / "saved", partial)
        for one in work.results:
            shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)
        renamed: list[Path] = []

        def counted(self: Path, target: Path, renamed: list[Path] = renamed, stop: int = stop) -> Path:
            renamed.append(target)
            if len(renamed) == stop:
                raise Stop
            return replace(self, target)

        with monkeypatch.context() as patched, contextlib.suppress(Stop):
            patched.setattr(Path, "replace", counted)
            work.run("resume")
            continue
        stops += 1
        assert not Path(work.out).exists()
        assert (work.run("resume"), bytes_of(Path(work.out))) == (tally, expected)
    # the first is the journal's, as the run begins; then those of the tables
    assert stops == 1 + {"flat": 2, "csv": 2, "folder": 3}[kind]


# ---- what is in the way -----------------------------------------------------------------------------------------------


def stopped(work: Job, parts: int = 2) -> Job:
    with pytest.raises(Stop):
        work.run(tell=Stopping(parts))
    return work


def test_what_a_stopped_run_left_is_neither_gone_on_with_nor_removed_unasked(place: Path) -> None:
    work = stopped(flat(place))
    before = bytes_of(Path(f"{work.out}.partial"))
    with pytest.raises(FileError, match=r"out.parquet.partial.*--resume goes on with it, --again begins again"):
        work.run()
    assert bytes_of(Path(f"{work.out}.partial")).keys() == before.keys()
    work.run("resume")


def test_again_begins_again(place: Path) -> None:
    work = stopped(flat(place))
    seen: list[int] = []
    work.run("again", tell=lambda journal, rows: seen.append(journal.parts))
    assert seen[0] == 0
    assert not Path(f"{work.out}.partial").exists()


@pytest.mark.parametrize("kind", ["flat", "folder"])
def test_results_are_replaced_only_if_that_is_asked_for(place: Path, kind: str) -> None:
    work = JOBS[kind](place)
    work.run()
    expected = bytes_of(Path(work.out))
    for one in bytes_of(Path(work.out)):
        (place / one).write_bytes(b"old")
    for mode in ("new", "resume"):
        with pytest.raises(FileError, match=r"'there already' is refused.*--again"):
            work.run(mode)
    assert set(bytes_of(Path(work.out)).values()) == {b"old"}
    with pytest.raises(Stop):
        work.run("again", tell=Stopping(2))
    assert set(bytes_of(Path(work.out)).values()) == {b"old"}, "until the end"
    work.run("resume")
    assert bytes_of(Path(work.out)) == expected


def test_the_households_results_alone_are_not_replaced_either(place: Path) -> None:
    beside(place / "out.parquet").write_bytes(b"old")
    with pytest.raises(FileError, match=r"out-households.parquet.*there already"):
        flat(place).run()
    assert not (place / "out.parquet.partial").exists()


@pytest.mark.parametrize("thesis", ["out/thesis.txt", "out/persons/thesis.txt", "out/persons", "out"])
def test_a_folder_of_something_else_is_never_replaced(place: Path, thesis: str) -> None:
    (place / thesis).parent.mkdir(parents=True, exist_ok=True)
    (place / thesis).write_text("years of work")
    with pytest.raises(FileError, match="a folder that holds nothing but results"):
        folded(place).run("again")
    assert (place / thesis).read_text() == "years of work"


def test_what_no_stopped_run_left_is_never_removed(place: Path) -> None:
    (place / "out.parquet.partial").mkdir()
    (place / "out.parquet.partial" / "thesis.txt").write_text("years of work")
    with pytest.raises(FileError, match="a folder that a stopped run left; remove it yourself"):
        flat(place).run("again")
    assert (place / "out.parquet.partial" / "thesis.txt").exists()


def test_a_folder_is_not_replaced_by_a_file(place: Path) -> None:
    (place / "out.parquet").mkdir()
    with pytest.raises(FileError, match="allowed: the name of a file"):
        flat(place).run("again")


CHANGES: dict[str, Callable[[Job], Job]] = {
    "unit": lambda work: attrs.evolve(work, unit="yuan"),
    "untold": lambda work: attrs.evolve(work, untold="absent"),
    "invalid": lambda work: attrs.evolve(work, invalid="keep"),
    "round": lambda work: attrs.evolve(work, round="half_up"),
    "reasons": lambda work: attrs.evolve(work, reasons=True),
    "rows": lambda work: attrs.evolve(work, rows=ROWS + 1),
    "targets": lambda work: attrs.evolve(work, targets=["dibao_due"]),
    "columns": lambda work: attrs.evolve(work, columns={"in_scope": "tuition"}),
    "readings": lambda work: attrs.evolve(work, policy=work.policy.reading("medical.preference", "on_top")),
    "policy": lambda work: attrs.evolve(work, policy=work.policy.reform({"elderly.old_age.bands[80]": 5000})),
}


@pytest.mark.parametrize("what", CHANGES)
def test_another_job_does_not_go_on_with_it(place: Path, what: str) -> None:
    work = stopped(flat(place))
    with pytest.raises(InputError) as refused:
        CHANGES[what](work).run("resume")
    assert (refused.value.field, refused.value.value) == ("--resume", what)
    assert f"{what} was " in str(refused.value)
    work.run("resume")


def test_a_changed_table_is_not_gone_on_with(place: Path) -> None:
    work = stopped(flat(place))
    os.utime(place / "in.parquet", ns=(1, 1))
    with pytest.raises(InputError, match="'persons' is refused; allowed: the same files and options"):
        work.run("resume")
    assert (place / "out.parquet.partial").exists()
    work.run("again")


def test_going_on_where_nothing_was_begun_begins(place: Path) -> None:
    work = flat(place)
    expected, tally = unstopped(place, work)
    assert (work.run("resume"), bytes_of(Path(work.out))) == (tally, expected)


def test_a_run_that_was_stopped_before_its_journal_begins(place: Path) -> None:
    work = flat(place)
    (place / "out.parquet.partial").mkdir()
    Ids(place / "out.parquet.partial" / "ids.sqlite").close()
    work.run("resume")
    assert (place / "out.parquet").exists()


@pytest.mark.parametrize("mode", ["resume", "again"])
def test_two_runs_do_not_work_at_one_place(place: Path, mode: str) -> None:
    work, tried = flat(place), []

    def meanwhile(journal: Journal, rows: int | None) -> None:
        if journal.parts == 2:
            with pytest.raises(FileError, match="another run is at work on it"):
                work.run(mode)
            tried.append(mode)

    work.run(tell=meanwhile)
    assert tried == [mode]


def test_a_refused_cell_further_down_leaves_nothing_to_go_on_with(place: Path) -> None:
    told = tables().flat
    cells = told["in_scope"].to_list()
    cells[60] = -5
    told.with_columns(pl.Series("in_scope", cells)).write_parquet(place / "in.parquet")
    before = left(place)
    with pytest.raises(FrameError):
        flat(place).run()
    assert left(place) == before


def test_a_file_that_cannot_be_read_further_leaves_what_was_done(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that was pulled out, say: a run goes on when it is back."""
    work = flat(place)
    expected, tally = unstopped(place, work)

    def pulled(self: Parquet, file: Path, tables: Iterator[object]) -> Iterator[object]:
        yield from itertools.islice(tables, 5)
        raise FileError(str(file), "Input/output error", "allowed: a whole Parquet file")

    with monkeypatch.context() as patched:
        patched.setattr("povertyrules.files.sources.PIECE", 10)
        patched.setattr(Parquet, "_told", pulled)
        with pytest.raises(FileError, match="Input/output error"):
            work.run()
    assert not Path(work.out).exists()
    done = Journal.read(place / "out.parquet.partial" / "journal.json")
    assert done is not None
    assert done.parts > 0
    assert done.persons < len(tables().flat)
    assert (work.run("resume"), bytes_of(Path(work.out))) == (tally, expected)


@pytest.mark.parametrize("text", ["", "{", '{"version": 0}', '{"version": 1}', "[1]", "1"])
def test_a_journal_that_cannot_be_read_is_refused(place: Path, text: str) -> None:
    work = stopped(flat(place))
    (place / "out.parquet.partial" / "journal.json").write_text(text)
    with pytest.raises(FileError, match="begin again: --again"):
        work.run("resume")
    work.run("again")


def test_ids_that_cannot_be_read_are_refused(place: Path) -> None:
    work = stopped(flat(place))
    (place / "out.parquet.partial" / "ids.sqlite").write_bytes(b"nothing of the kind" * 1000)
    with pytest.raises(FileError, match="damaged"):
        work.run("resume")
    work.run("again")


def test_ids_that_are_refused_are_not_kept_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remembered(*args: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    (tmp_path / "damaged.sqlite").write_bytes(b"nothing of the kind" * 1000)
    held = Ids(tmp_path / "busy.sqlite")
    for name in ("damaged", "busy"):
        with pytest.raises(FileError):
            Ids(tmp_path / f"{name}.sqlite")
    held.close()
    assert len(opened) == 3
    for base in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            base.execute("select 1")


def test_the_journal_says_what_is_done(place: Path) -> None:
    stopped(flat(place), 2)
    journal = json.loads((place / "out.parquet.partial" / "journal.json").read_text(encoding="utf-8"))
    done = Journal.read(place / "out.parquet.partial" / "journal.json")
    assert done is not None
    assert (journal["parts"], done.parts, done.tally.persons) == (2, 2, done.persons)
    assert journal["job"]["on"] == "2017-06-30"
    ids = tables().flat[KEY].to_list()
    assert ids[done.persons] != ids[done.persons - 1]
