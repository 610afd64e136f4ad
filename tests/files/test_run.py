"""From file to file: what the whole table gives at once, whatever the batches and the kinds of the files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from files.county import KEY, as_csv, as_sheet, beside, job, left, same, tables, whole, written
from polars.testing import assert_frame_equal

from povertyrules.core.errors import UnknownName
from povertyrules.files.journal import Journal

SIZES = [1, 7, 10_000]


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """The flat table, in row groups that tear households."""
    tables().flat.write_parquet(tmp_path / "in.parquet", row_group_size=10)
    return tmp_path / "in.parquet"


# ---- the same, whatever the batches -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", SIZES)
def test_a_flat_table_gives_what_it_gives_at_once(parquet: Path, tmp_path: Path, rows: int) -> None:
    some = tables().flat.head(25) if rows == 1 else tables().flat
    some.write_parquet(parquet, row_group_size=10)
    tally = job(parquet, tmp_path / "out.parquet", rows=rows).run()
    persons, homes = whole(some)
    same(written(tmp_path / "out.parquet"), (persons, homes))
    assert (tally.persons, tally.households) == (len(persons), len(homes))


def test_every_entitlement_is_what_it_is_at_once(parquet: Path, tmp_path: Path) -> None:
    some = tables().flat.head(25)
    some.write_parquet(parquet, row_group_size=10)
    job(parquet, tmp_path / "out.parquet", rows=9, targets=(), reasons=True, untold="absent").run()
    same(written(tmp_path / "out.parquet"), whole(some, targets=None, reasons=True, untold="absent"))


@pytest.mark.parametrize("rows", [8, 10_000])
def test_two_tables_give_what_they_give_at_once(tmp_path: Path, rows: int) -> None:
    """Households of which nobody is listed stand at the start, in the middle (more than a batch of them) and at the end."""
    told = tables(36)
    gone = {f"H{n:08}" for n in (1, 2, *range(14, 23), 36)}
    people = told.persons.filter(~pl.col(KEY).is_in(gone))
    people.write_parquet(tmp_path / "in.parquet", row_group_size=11)
    told.homes.write_parquet(tmp_path / "homes.parquet", row_group_size=9)
    tally = job(tmp_path / "in.parquet", tmp_path / "out.parquet", households=tmp_path / "homes.parquet", rows=rows).run()
    same(written(tmp_path / "out.parquet"), whole(people, told.homes))
    assert (tally.persons, tally.households) == (len(people), 36)
    assert pl.read_parquet(beside(tmp_path / "out.parquet"))[KEY].to_list() == told.homes[KEY].to_list()


def test_households_come_in_the_order_of_their_first_rows(tmp_path: Path) -> None:
    flat = tables().flat
    groups = flat.partition_by(KEY, maintain_order=True)
    mixed = pl.concat([groups[i] for i in (20, 3, 17, 0, 22, 8, 11)])
    mixed.write_parquet(tmp_path / "in.parquet")
    job(tmp_path / "in.parquet", tmp_path / "out.parquet", rows=8).run()
    order = mixed[KEY].unique(maintain_order=True).to_list()
    assert pl.read_parquet(beside(tmp_path / "out.parquet"))[KEY].to_list() == order
    same(written(tmp_path / "out.parquet"), whole(mixed))


def test_a_table_without_rows_gives_tables_without_rows(tmp_path: Path) -> None:
    tables().flat.head(0).write_parquet(tmp_path / "in.parquet")
    job(tmp_path / "in.parquet", tmp_path / "out.parquet").run()
    same(written(tmp_path / "out.parquet"), whole(tables().flat.head(0)))


def test_columns_that_no_rule_knows_pass_through_as_they_are(tmp_path: Path) -> None:
    flat = (
        tables()
        .flat.head(40)
        .with_columns(
            note=pl.lit("备注").cast(pl.Categorical),
            when=pl.lit(datetime.datetime(2017, 6, 30, 8)),
            tags=pl.lit([1, 2]),
            gone=pl.lit(None),
        )
    )
    flat.write_parquet(tmp_path / "in.parquet")
    tally = job(tmp_path / "in.parquet", tmp_path / "out.parquet", rows=9).run()
    found, _ = written(tmp_path / "out.parquet")
    assert_frame_equal(found.select("tags", "when"), flat.select("tags", "when"), check_dtypes=False)
    assert found["note"].cast(pl.String).to_list() == ["备注"] * 40
    assert found["gone"].to_list() == [None] * 40
    assert {"note", "when", "tags", "gone"} <= set(tally.unused)


# ---- every kind of file -----------------------------------------------------------------------------------------------


def as_folder(frame: pl.DataFrame, path: Path) -> Path:
    """Three files that tear households."""
    path.mkdir()
    for number, start in enumerate((0, 41, 50)):
        frame.slice(start, (41, 9, None)[number]).write_parquet(path / f"{number}.parquet")
    return path


INPUTS: dict[str, Callable[[pl.DataFrame, Path], Path]] = {
    "csv": lambda frame, folder: as_csv(frame, folder / "in.csv"),
    "csv with a mark": lambda frame, folder: as_csv(frame, folder / "in.csv", "utf-8-sig"),
    "sheet": lambda frame, folder: as_sheet(frame, folder / "in.xlsx"),
    "folder": lambda frame, folder: as_folder(frame, folder / "in"),
}


@pytest.mark.parametrize(
    ("kind", "unit"), [("csv", "yuan"), ("sheet", "yuan"), ("sheet", "fen"), ("csv with a mark", "fen"), ("folder", "fen")]
)
def test_every_kind_of_file_gives_the_same_results(tmp_path: Path, kind: str, unit: str) -> None:
    flat = tables(unit=unit).flat
    path, out = INPUTS[kind](flat, tmp_path), tmp_path / "out.parquet"
    job(path, out, unit=unit).run()
    persons, homes = whole(flat, unit=unit)
    found, found_homes = written(out)
    made = [name for name in persons.columns if name not in flat.columns]
    assert made
    assert_frame_equal(found.select(made), persons.select(made))
    assert_frame_equal(found_homes, homes)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("words", [True, False])
def test_chinese_names_of_columns_and_chinese_words_in_them(tmp_path: Path, encoding: str, words: bool) -> None:
    """Told with words and dates as texts, or with 1, 0 and yyyymmdd; the results have Chinese names."""
    typed = tables(lang="zh").flat
    told = typed.with_columns(
        pl.col(pl.Boolean).replace_strict({True: "是" if words else "1", False: "否" if words else "0"}, return_dtype=pl.String),
        pl.col(pl.Date).dt.to_string("%Y-%m-%d" if words else "%Y%m%d"),
    )
    if words:
        told = told.with_columns(
            pl.col("医院等级").replace_strict({1: "一级医院", 2: "二级医院", 3: "三级医院"}, return_dtype=pl.String)
        )
    path, out = as_csv(told, tmp_path / "in.csv", encoding), tmp_path / "out.parquet"
    job(path, out, household_id="户编号", lang="zh").run()
    persons, homes = whole(typed, household_id="户编号", lang="zh")
    found, found_homes = written(out)
    made = [name for name in persons.columns if name not in typed.columns]
    assert "高龄补贴（分/月）" in made
    assert_frame_equal(found.select(made), persons.select(made))
    assert_frame_equal(found_homes, homes)


def test_two_tables_of_different_kinds_have_the_same_ids(tmp_path: Path) -> None:
    """Whole numbers in a sheet, texts in a CSV."""
    told = tables()
    short = pl.col(KEY).str.slice(1).cast(pl.Int64)
    people = as_csv(told.persons.with_columns(short), tmp_path / "in.csv")
    homes = as_sheet(told.homes.with_columns(short), tmp_path / "homes.xlsx")
    job(people, tmp_path / "out.parquet", households=homes).run()
    _, expected = whole(told.persons.with_columns(short), told.homes.with_columns(short))
    _, found = written(tmp_path / "out.parquet")
    made = [name for name in expected.columns if name not in told.homes.columns]
    assert_frame_equal(found.select(KEY, *made), expected.select(KEY, *made))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_leaves_in_the_encoding_in_which_it_came_and_its_cells_as_they_were(tmp_path: Path, encoding: str) -> None:
    flat = tables().flat.with_columns(code=pl.lit("007"), 姓名=pl.lit("王,李"), amount=pl.lit("1.50"))
    path, out = as_csv(flat, tmp_path / "in.csv", encoding), tmp_path / "out.csv"
    job(path, out).run()
    before, after = path.read_bytes().decode(encoding), out.read_bytes().decode(encoding)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    for one, other in zip(before.splitlines(), after.splitlines(), strict=True):
        assert other.startswith(f"{one},")
    persons, _ = whole(flat)
    assert after == persons.write_csv()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_results_are_the_same_in_every_kind_of_file(parquet: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    job(parquet, out).run()
    persons, homes = whole(tables().flat)
    for path, expected in ((out, persons), (beside(out), homes)):
        if suffix == ".csv":
            assert path.read_text(encoding="utf-8") == expected.write_csv()
        elif suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            assert book.active is not None
            names, *rows = book.active.iter_rows(values_only=True)
            assert list(names) == expected.columns
            assert [tuple(map(plain_day, row)) for row in rows] == expected.rows()
        else:
            assert_frame_equal(pl.read_parquet(path), expected)
    assert left(tmp_path) == {"in.parquet", out.name, beside(out).name}


def plain_day(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime.datetime) else cell


def test_a_folder_gives_a_folder_of_parts(tmp_path: Path) -> None:
    flat = tables().flat
    job(as_folder(flat, tmp_path / "in"), tmp_path / "out", rows=30).run()
    same(written(tmp_path / "out"), whole(flat))
    assert left(tmp_path / "out") == {"persons", "households"}
    assert len(left(tmp_path / "out" / "persons")) > 2
    assert left(tmp_path) == {"in", "out"}


# ---- what is told ----------------------------------------------------------------------------------------------------


def test_totals_and_what_is_undecided_are_those_of_all_households(parquet: Path, tmp_path: Path) -> None:
    tally = job(parquet, tmp_path / "out.parquet").run()
    _, homes = whole(tables().flat)
    assert tally.totals == {per: homes[f"total_fen_per_{per}"].sum() for per in ("month", "year")}
    assert tally.undecided == homes["undecided"].sum() > 0
    assert tally.totals["month"] > 0


def test_progress_is_told_batch_by_batch_and_no_file_has_its_name_before_the_end(parquet: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []

    def tell(journal: Journal, rows: int | None) -> None:
        seen.append((journal.persons, rows))
        assert left(tmp_path) == {"in.parquet", "out.parquet.partial"}

    job(parquet, tmp_path / "out.parquet", rows=15).run(tell=tell)
    flat = tables().flat
    assert [rows for _, rows in seen] == [len(flat)] * len(seen)
    assert (seen[0][0], seen[-1][0]) == (0, len(flat))
    assert sorted(done for done, _ in seen) == [done for done, _ in seen]
    assert len(seen) > 4
    assert left(tmp_path) == {"in.parquet", "out.parquet", "out-households.parquet"}


def test_the_results_of_one_run_are_no_input_of_the_next(parquet: Path, tmp_path: Path) -> None:
    """The columns are there already: which is meant nobody can say."""
    job(parquet, tmp_path / "out.parquet").run()
    with pytest.raises(UnknownName, match="a column of that name already"):
        job(tmp_path / "out.parquet", tmp_path / "more.parquet").run()
