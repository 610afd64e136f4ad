"""What cannot be assessed is refused, with its row as the file counts it; or it counts as unknown, and is counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from files.county import KEY, ZZ, as_csv, as_sheet, job, left, same, tables, whole, written
from polars.testing import assert_frame_equal

from povertyrules.core.errors import FileError, InputError, RangeError, UnknownName
from povertyrules.frames.report import FrameError


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """The flat table, in row groups that tear households."""
    tables().flat.write_parquet(tmp_path / "in.parquet", row_group_size=10)
    return tmp_path / "in.parquet"


def spoilt(frame: pl.DataFrame, cells: dict[str, tuple[int, object]]) -> pl.DataFrame:
    for name, (row, cell) in cells.items():
        found = frame[name].to_list()
        found[row] = cell
        frame = frame.with_columns(pl.Series(name, found, dtype=frame[name].dtype))
    return frame


BAD = {"in_scope": (60, -5), "hospital_grade": (50, 9), "register_net_income": (3, None)}


@pytest.mark.parametrize(
    ("make", "first"),
    [
        (lambda f, p: (f.write_parquet(p / "in.parquet"), p / "in.parquet")[1], 0),
        (lambda f, p: as_csv(f, p / "in.csv"), 2),
        (lambda f, p: as_sheet(f, p / "in.xlsx"), 2),
    ],
    ids=["parquet", "csv", "sheet"],
)
def test_a_refused_cell_is_named_with_its_row_as_the_file_counts_it(
    tmp_path: Path, make: Callable[[pl.DataFrame, Path], Path], first: int
) -> None:
    path = make(spoilt(tables().flat, {"in_scope": (60, -5)}), tmp_path)
    with pytest.raises(FrameError) as refused:
        job(path, tmp_path / "out.parquet").run()
    (one,) = refused.value.refused
    assert (one.column, one.count) == ("in_scope", 1)
    assert one.first[0][0] == 60 + first
    assert one.first[0][1].strip("'") == "-5"
    assert left(tmp_path) == {path.name}


def test_a_refused_cell_of_the_households_is_named_with_its_row_there(tmp_path: Path) -> None:
    told = tables()
    told.persons.write_parquet(tmp_path / "in.parquet")
    spoilt(told.homes, {"countable_income": (20, 10**13)}).write_parquet(tmp_path / "homes.parquet")
    with pytest.raises(FrameError) as refused:
        job(tmp_path / "in.parquet", tmp_path / "out.parquet", households=tmp_path / "homes.parquet").run()
    assert [(one.column, one.first) for one in refused.value.refused] == [("countable_income", ((20, str(10**13)),))]


@pytest.mark.parametrize("invalid", ["null", "keep"])
def test_refused_cells_count_as_unknown_and_are_counted(parquet: Path, tmp_path: Path, invalid: str) -> None:
    bad = spoilt(tables().flat, BAD)
    bad = spoilt(bad, {"in_scope": (7, 10**15)})
    bad.write_parquet(parquet)
    tally = job(parquet, tmp_path / "out.parquet", invalid=invalid).run()
    same(written(tmp_path / "out.parquet"), whole(bad, invalid=invalid))
    assert tally.refused == {"in_scope": 2, "hospital_grade": 1}
    assert tally.findings == (3 if invalid == "keep" else 0)


def test_money_is_rounded_where_that_is_asked_for_and_counted(tmp_path: Path) -> None:
    flat = tables(unit="yuan").flat.with_columns(in_scope=pl.lit("1000.005"))
    path = as_csv(flat, tmp_path / "in.csv")
    tally = job(path, tmp_path / "out.parquet", unit="yuan", round="half_up").run()
    assert tally.moved == {"in_scope": len(flat)}
    persons, _ = whole(flat.with_columns(in_scope=pl.lit("1000.01")), unit="yuan")
    found, _ = written(tmp_path / "out.parquet")
    assert found["basic_insurance_fen_per_year"].to_list() == persons["basic_insurance_fen_per_year"].to_list()
    with pytest.raises(FrameError, match=r"row 2: '1000.005'"):
        job(path, tmp_path / "other.parquet", unit="yuan").run()


def test_a_household_that_comes_again_leaves_nothing(parquet: Path, tmp_path: Path) -> None:
    flat = tables().flat
    pl.concat([flat, flat.head(1)]).write_parquet(parquet)
    with pytest.raises(InputError, match=f"'H00000001' is refused.* again in row {len(flat)}"):
        job(parquet, tmp_path / "out.parquet").run()
    assert left(tmp_path) == {"in.parquet"}


def test_persons_of_a_household_that_is_not_listed_are_refused_or_unknown(tmp_path: Path) -> None:
    told = tables()
    homes = told.homes.filter(pl.col(KEY) != "H00000020")
    told.persons.write_parquet(tmp_path / "in.parquet")
    homes.write_parquet(tmp_path / "homes.parquet")
    options = {"households": tmp_path / "homes.parquet"}
    with pytest.raises(FrameError, match="H00000020"):
        job(tmp_path / "in.parquet", tmp_path / "out.parquet", **options).run()
    job(tmp_path / "in.parquet", tmp_path / "out.parquet", invalid="null", **options).run()
    same(written(tmp_path / "out.parquet"), whole(told.persons, homes, invalid="null"))


@pytest.mark.parametrize("row", [0, 50, 52, 73])
def test_a_row_without_an_id_is_refused_or_unknown(parquet: Path, tmp_path: Path, row: int) -> None:
    """Be it within a household, the first or the last of one, or of the file."""
    bad = spoilt(tables().flat, {KEY: (row, None)})
    bad.write_parquet(parquet)
    with pytest.raises(FrameError, match=KEY):
        job(parquet, tmp_path / "out.parquet").run()
    job(parquet, tmp_path / "out.parquet", invalid="null").run()
    same(written(tmp_path / "out.parquet"), whole(bad, invalid="null"))


def test_a_fact_of_the_household_that_differs_within_it_is_refused(parquet: Path, tmp_path: Path) -> None:
    flat = tables().flat
    row = next(i for i in range(30, len(flat)) if flat[KEY][i] == flat[KEY][i - 1] and flat["countable_income"][i] is not None)
    spoilt(flat, {"countable_income": (row, 7)}).write_parquet(parquet)
    with pytest.raises(FrameError, match=r"countable_income.*the same in every row of a household"):
        job(parquet, tmp_path / "out.parquet").run()


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"household_id": "home"}, UnknownName, "household_id"),
        ({"columns": {"in_scope": "cost"}}, UnknownName, "cost"),
        ({"columns": {"in_scop": "in_scope"}}, UnknownName, "in_scop"),
        ({"targets": ["old_age"]}, UnknownName, "did you mean"),
        ({"unit": "jiao"}, UnknownName, "unit"),
        ({"invalid": "ignore"}, UnknownName, "invalid"),
        ({"rows": 0}, RangeError, "rows"),
        ({"out": "in.parquet"}, FileError, "a table that is read"),
        ({"out": "out.txt"}, FileError, "allowed: a name that ends in"),
        ({"out": "no/out.csv"}, FileError, "allowed: a folder that exists"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    parquet: Path, tmp_path: Path, options: dict[str, object], error: type[Exception], says: str
) -> None:
    out = tmp_path / str(options.pop("out", "out.parquet"))
    with pytest.raises(error, match=says):
        job(parquet, out, **options).run()
    assert left(tmp_path) == {"in.parquet"}


def test_the_households_of_a_job_are_not_replaced_by_its_results(tmp_path: Path) -> None:
    told = tables()
    told.persons.write_parquet(tmp_path / "in.parquet")
    told.homes.write_parquet(tmp_path / "out-households.parquet")
    work = job(tmp_path / "in.parquet", tmp_path / "out.parquet", households=tmp_path / "out-households.parquet")
    with pytest.raises(FileError, match="a table that is read"):
        work.run("again")
    assert_frame_equal(pl.read_parquet(tmp_path / "out-households.parquet"), told.homes)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_columns_that_a_file_has_no_cells_for_are_refused(parquet: Path, tmp_path: Path, suffix: str) -> None:
    tables().flat.with_columns(tags=pl.lit([1, 2])).write_parquet(parquet)
    with pytest.raises(FileError, match=r"tags, a column of .*list.*allowed: write .parquet"):
        job(parquet, tmp_path / f"out{suffix}").run()


def test_a_sheet_with_too_few_lines_is_refused_before_any_work(
    parquet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("povertyrules.files.sheets.LINES", 60)
    monkeypatch.setattr(type(ZZ), "assess_frames", None)
    with pytest.raises(RangeError, match="allowed: 59 rows in a sheet"):
        job(parquet, tmp_path / "out.xlsx").run()
