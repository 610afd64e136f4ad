"""From a file to a file: every household of a table assessed, however many there are, in the memory that one batch takes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from povertyrules.core.errors import FileError, InputError, PovertyRulesError, UnknownName
from povertyrules.core.facts import Fact
from povertyrules.files.cutting import Batch, flat, joined, runs, text_of
from povertyrules.files.job import Job
from povertyrules.files.journal import Ids, Journal, Tally
from povertyrules.files.sinks import Place, is_ours
from povertyrules.files.sources import Source, opened
from povertyrules.files.texts import read
from povertyrules.frames import names as called
from povertyrules.frames.asking import BILLS, FINDINGS, list_column, list_fact
from povertyrules.frames.assess import UNDECIDED
from povertyrules.frames.found import told_by
from povertyrules.frames.inputs import scale_of, wire
from povertyrules.frames.report import FrameError, Refused, Report

PERIODS = ("month", "year", "once")


@frozen(eq=False)
class Run:
    """A job at work: its tables, and where its results go."""

    job: Job
    persons: Source
    homes: Source | None
    place: Place
    facts: Mapping[str, Mapping[str, Fact]]
    """By table: the columns that tell something, and how that is declared."""

    @classmethod
    def of(cls, job: Job) -> Run:
        """Open the tables of a job. Raises `FileError`, or `UnknownName` for the column of the households' ids."""
        persons = opened(job.persons)
        homes = opened(job.households) if job.households is not None else None
        place = Place(job.results, persons)
        given = {one.path.resolve() for one in (persons, homes) if one is not None}
        for target in (*place.targets, place.work):
            if target.resolve() in given:
                raise FileError(str(target), "a table that is read", "allowed: another name for the results")
        sources = {"persons": persons} | ({"households": homes} if homes is not None else {})
        for name, one in sources.items():
            if job.household_id not in one.schema.names:
                raise UnknownName.among(f"{name}: column", job.household_id, one.schema.names)
        return cls(job, persons, homes, place, {name: told(job, name, one, homes is None) for name, one in sources.items()})

    def run(self, mode: str, tell: Callable[[Journal, int | None], None]) -> Tally:
        """Do what is left to do."""
        asked = self.job.asked(*filter(None, (self.persons, self.homes)))
        journal, ids = begin(self.place, asked, mode)
        spent = False
        try:
            tell(journal, self.persons.rows)
            self.work(journal, ids, tell)
            self.place.finish(journal.parts)
            spent = True
        except PovertyRulesError as wrong:  # the tables or the options have to change, unless a file could not be read
            spent = not (isinstance(wrong, FileError) and journal.parts)
            raise
        finally:
            ids.close()
            if spent:
                shutil.rmtree(self.place.work)
        return journal.tally

    def work(self, journal: Journal, ids: Ids, tell: Callable[[Journal, int | None], None]) -> None:
        """Write all parts that are not written yet."""
        if journal.complete:
            return
        key, rows = self.job.household_id, self.job.rows
        if self.homes is None:
            batches = flat(self.persons, key, rows, ids, journal)
        else:
            batches = joined(self.persons, self.homes, key, rows, ids, journal)
        for batch in batches:
            tables, tally = self.assessed(batch)
            self.place.keep(journal.parts, tables)
            journal.parts += 1
            journal.persons = batch.person + batch.persons.num_rows
            journal.households = batch.home + (batch.homes.num_rows if batch.homes is not None else 0)
            journal.tally.add(tally)
            journal.write(self.place.journal)
            tell(journal, self.persons.rows)
        journal.complete = True
        journal.write(self.place.journal)

    def assessed(self, batch: Batch) -> tuple[dict[str, pa.Table], Tally]:
        """The rows of a batch with their results, and what was found in them."""
        job, report = self.job, Report()
        raw = {"persons": batch.persons} | ({"households": batch.homes} if batch.homes is not None else {})
        given, moved = self.readable(raw)
        try:
            found = job.policy.assess_frames(
                given["persons"],
                given.get("households"),
                unit=job.unit,
                household_id=job.household_id,
                columns=job.columns,
                targets=job.targets or None,
                reasons=job.reasons,
                untold=job.untold,
                invalid=job.invalid,
                round=job.round,
                lang=job.lang,
                report=report,
            )
        except FrameError as wrong:
            raise FrameError([self.located(one, batch) for one in wrong.refused]) from None
        homes, results = batch.homes, found.households
        if homes is None:
            homes = _households(batch.persons, job.household_id)
            results = _in_order(results, homes, job.household_id)
        tables = {"persons": _beside(batch.persons, found.persons), "households": _beside(homes, results)}
        return tables, self.tally(tables, report, moved)

    def readable(self, raw: Mapping[str, pa.Table]) -> tuple[dict[str, pa.Table], dict[str, int]]:
        """The tables as `assess_frames` reads them: ids as text, texts as what they tell; and how many cells were moved."""
        out, moved = dict(raw), dict[str, int]()
        for name, table in raw.items():
            source = self.persons if name == "persons" else self.homes
            for column, fact in self.facts[name].items():
                if source is not None and column in source.texts:
                    cells, count = read(pl.Series(table[column]), fact, scale_of(fact, self.job.unit), self.job.round)
                    table = _with(table, column, cells.to_arrow())
                    moved |= {column: count} if count else {}
            out[name] = _with(table, self.job.household_id, text_of(table[self.job.household_id]))
        return out, moved

    def located(self, one: Refused, batch: Batch) -> Refused:
        """A refusal with the rows as their file counts them, and the cells as they stand there."""
        of_homes = one.column not in self.facts["persons"] and self.homes is not None
        source, table, start = self.persons, batch.persons, batch.person
        if of_homes and self.homes is not None and batch.homes is not None:
            source, table, start = self.homes, batch.homes, batch.home
        cells = tuple(
            (None, value) if row is None else (start + row + source.first, repr(table[one.column][row].as_py()))
            for row, value in one.first
        )
        return evolve(one, first=cells)

    def tally(self, tables: Mapping[str, pa.Table], report: Report, moved: Mapping[str, int]) -> Tally:
        """What was found in a batch."""
        lang, homes = self.job.lang, tables["households"]
        totals = {per: called.total(per, lang) for per in PERIODS}
        kept = [
            table[FINDINGS[lang]]
            for table in tables.values()
            if self.job.invalid == "keep" and FINDINGS[lang] in table.schema.names
        ]
        return Tally(
            persons=tables["persons"].num_rows,
            households=homes.num_rows,
            refused=dict(report.invalid),
            moved={**report.moved, **moved},
            findings=sum(len(column) - column.null_count for column in kept),
            totals={per: _sum(homes, name) for per, name in totals.items() if name in homes.schema.names},
            undecided=_sum(homes, UNDECIDED[lang]) if UNDECIDED[lang] in homes.schema.names else 0,
            unused=[name for name in report.unused if name != self.job.household_id],
            assumptions=list(report.assumptions),
        )


def told(job: Job, table: str, source: Source, flat: bool) -> dict[str, Fact]:
    """The columns of a table that tell something, each with the declaration of it."""
    plan = job.policy.plan
    entities = {"persons": ["Person", "Treatment"] + ["Household"] * flat, "households": ["Household"]}[table]
    found = told_by(plan, entities, source.schema.names, job.columns, frozenset(job.targets))
    facts = wire(plan, (), found).facts
    out = {column: facts[name] for name, column in found.items()}
    bills = list_column(plan, BILLS, source.schema.names) if table == "persons" else {}
    return {column: list_fact(plan, BILLS) for column in bills.values()} | out


def begin(place: Place, asked: Mapping[str, object], mode: str) -> tuple[Journal, Ids]:
    """The journal to go on with, and the ids that were seen; what is in the way is refused, or removed if that was asked for."""
    there, journal = place.work.exists(), None
    if there and mode == "new":
        raise FileError(str(place.work), "left by a stopped run", "--resume goes on with it, --again begins again")
    if mode == "again":
        _clear(place)
    place.work.mkdir(exist_ok=True)
    ids = Ids(place.ids)
    try:
        if mode == "resume":
            journal = Journal.read(place.journal)
        if journal is None:
            journal = Journal(dict(asked), replaces=mode == "again")
        if not journal.replaces and not journal.complete:
            _free(place)
        _same(journal, asked)
        journal.write(place.journal)
    except BaseException:
        ids.close()
        if not there:
            shutil.rmtree(place.work)
        raise
    return journal, ids


def _same(journal: Journal, asked: Mapping[str, object]) -> None:
    """Refuse to go on with what was begun otherwise."""
    differs = journal.differs(asked)
    if differs:
        said = "; ".join(f"{name} was {was!r} and is {now!r}" for name, (was, now) in differs.items())
        raise InputError("--resume", ", ".join(differs), f"allowed: the same files and options ({said}), or --again")


def _free(place: Place) -> None:
    """Refuse to replace what is there."""
    for target in filter(Path.exists, place.targets):
        raise FileError(str(target), "there already", "choose another name, or --again to replace it")


def _clear(place: Place) -> None:
    """Remove what a stopped run left; make sure that what is to be replaced may be."""
    if place.folder and place.out.exists() and not is_ours(place.out):
        raise FileError(str(place.out), "there already", "allowed with --again: a folder that holds nothing but results")
    for target in place.targets:
        if not place.folder and target.is_dir():
            raise FileError(str(target), "a folder", "allowed: the name of a file")
    if place.work.exists():
        if any(place.work.iterdir()) and not place.ids.exists():
            raise FileError(str(place.work), "there already", "allowed: a folder that a stopped run left; remove it yourself")
        try:
            Ids(place.ids).close()
        except FileError as wrong:
            if wrong.value == "locked":
                raise
        shutil.rmtree(place.work)


def _households(persons: pa.Table, key: str) -> pa.Table:
    """The households of a flat table, by their ids alone, in the order in which they come."""
    starts = [start for id, start, _ in runs(persons, key) if id is not None]
    return persons.select([key]).take(pa.array(starts, pa.int64()))


def _in_order(found: pa.Table, homes: pa.Table, key: str) -> pa.Table:
    """Results of households in the order of their table."""
    places = pc.index_in(text_of(homes[key]), value_set=text_of(found[key]))
    return found.take(places)


def _beside(raw: pa.Table, found: pa.Table) -> pa.Table:
    """A table as it came, and beside it the results."""
    for name in found.schema.names:
        if name not in raw.schema.names:
            column = found[name]
            texts = pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type)
            raw = raw.append_column(name, column.cast(pa.string()) if texts else column)
    return raw


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, column)


def _sum(table: pa.Table, name: str) -> int:
    return pc.sum(table[name]).as_py() or 0
