"""A small county as files, and what the whole of it comes to in memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
from attrs import frozen
from polars.testing import assert_frame_equal

import povertyrules as pr
from povertyrules.files.job import Job
from povertyrules.files.journal import Journal
from povertyrules.files.sheets import write as write_sheet
from povertyrules.testing.synthetic import county

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
FEW = ("basic_insurance", "old_age_allowance", "dibao_due")
"""Results of persons and of households, of every fact's sort; few, so that a batch takes little time."""
KEY = "household_id"


@frozen
class Tables:
    """One flat table, and the same as two."""

    flat: pl.DataFrame
    persons: pl.DataFrame
    homes: pl.DataFrame


@cache
def tables(households: int = 24, *, lang: str = "en", unit: str = "fen") -> Tables:
    """A county of which a tenth of the cells is unknown."""
    persons, homes = county(households, seed=2017, unknown=0.1, lang=lang, unit=unit).polars()
    flat = persons.join(homes, on=homes.columns[0], how="left", maintain_order="left")
    return Tables(flat, persons, homes)


def job(persons: Path, out: Path, **options: object) -> Job:
    """A job with few results, money in fen, batches of a few rows."""
    return Job(**{"policy": ZZ, "persons": persons, "out": out, "unit": "fen", "targets": FEW, "rows": 30, **options})


def whole(persons: pl.DataFrame, homes: pl.DataFrame | None = None, **options: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the whole table comes to at once: the persons, the households by their ids."""
    found = ZZ.assess_frames(persons, homes, **{"unit": "fen", "targets": FEW, **options})
    return found.persons, found.households.sort(found.households.columns[0])


def written(out: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What a job wrote to Parquet: the persons, the households by their ids."""
    if out.is_dir():
        persons, homes = (pl.read_parquet(out / name / "*.parquet") for name in ("persons", "households"))
    else:
        persons, homes = pl.read_parquet(out), pl.read_parquet(beside(out))
    return persons, homes.sort(homes.columns[0])


def beside(out: Path) -> Path:
    """The file of the households' results."""
    return out.with_name(f"{out.stem}-households{out.suffix}")


def same(found: tuple[pl.DataFrame, pl.DataFrame], expected: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """Cell for cell, type for type, column for column."""
    for one, other in zip(found, expected, strict=True):
        assert_frame_equal(one, other, check_exact=True)


def as_csv(frame: pl.DataFrame, path: Path, encoding: str = "utf-8") -> Path:
    path.write_bytes(frame.write_csv().encode(encoding))
    return path


def as_sheet(frame: pl.DataFrame, path: Path) -> Path:
    write_sheet(path, frame.columns, frame.rows())
    return path


def left(folder: Path) -> set[str]:
    """The names in a folder."""
    return {one.name for one in folder.iterdir()}


class Stop(Exception):
    """Stands for the plug that is pulled."""


class Stopping:
    """Stops a run after so many parts."""

    def __init__(self, parts: int) -> None:
        self.parts = parts

    def __call__(self, journal: Journal, rows: int | None) -> None:
        if journal.parts >= self.parts:
            raise Stop

    @staticmethod
    def at_once(*_: object) -> None:
        """Stop wherever this is called."""
        raise Stop


def parts_of(work: Job) -> int:
    """How many parts a job is done in."""
    seen: list[int] = []
    work.run(tell=lambda journal, rows: seen.append(journal.parts))
    return seen[-1]
