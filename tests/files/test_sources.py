"""Files as they are found: every kind gives the rows that were put in, from any row on, and what is broken is one line."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from povertyrules.core.errors import FileError, RangeError
from povertyrules.files import sheets
from povertyrules.files.sources import Source, opened

ROWS = {"id": ["01", "02", "03", "04", "05"], "姓名": ["王", "李", None, "赵,钱", '孙"\n周'], "n": [1, 2, None, 4, 5]}
TABLE = pa.table(ROWS)


def as_text(rows: dict[str, list[object]]) -> dict[str, list[object]]:
    return {name: [None if cell is None else str(cell) for cell in cells] for name, cells in rows.items()}


def parquet(folder: Path) -> Path:
    pq.write_table(TABLE, folder / "t.parquet", row_group_size=2)
    return folder / "t.parquet"


def several(folder: Path) -> Path:
    place = folder / "t"
    place.mkdir()
    for name, some in (("b", TABLE.slice(2)), ("a", TABLE.slice(0, 2)), ("c", TABLE.slice(0, 0))):
        pq.write_table(some, place / f"{name}.parquet", row_group_size=2)
    (place / "_SUCCESS").touch()
    (place / "d.parquet").mkdir()
    return place


def csv(folder: Path, encoding: str = "utf-8") -> Path:
    (folder / "t.csv").write_bytes(pl.DataFrame(TABLE).write_csv().encode(encoding))
    return folder / "t.csv"


def sheet(folder: Path) -> Path:
    sheets.write(folder / "t.xlsx", TABLE.schema.names, [tuple(row.values()) for row in TABLE.to_pylist()])
    return folder / "t.xlsx"


KINDS: dict[str, tuple[Callable[[Path], Path], bool]] = {
    "parquet": (parquet, False),
    "folder": (several, False),
    "utf-8": (csv, True),
    "utf-8-sig": (lambda folder: csv(folder, "utf-8-sig"), True),
    "gb18030": (lambda folder: csv(folder, "gb18030"), True),
    "gbk": (lambda folder: csv(folder, "gbk"), True),
    "xlsx": (sheet, False),
}


def read(source: Source, skip: int = 0, columns: list[str] | None = None) -> dict[str, list[object]]:
    pieces = list(source.tables(skip, columns))
    names = columns or source.schema.names
    return {name: [cell for piece in pieces for cell in piece[name].to_pylist()] for name in names}


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_what_was_put_in_from_any_row_on(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, text = KINDS[kind]
    monkeypatch.setattr("povertyrules.files.sources.PIECE", 2)
    monkeypatch.setattr("povertyrules.files.sheets.PIECE", 2)
    source, held = opened(make(tmp_path)), as_text(ROWS) if text else ROWS
    assert source.schema.names == list(held)
    for skip in range(7):
        assert read(source, skip) == {name: cells[skip:] for name, cells in held.items()}
    assert read(source, 1, ["id"]) == {"id": held["id"][1:]}
    assert source.rows == (None if text else 5)
    assert source.encoding == (kind if text and kind != "gbk" else "utf-8") or kind == "gbk"


def test_every_cell_of_a_csv_file_is_text(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,a,b\n007,1.50,NA\n,true,\n", encoding="utf-8")
    source = opened(tmp_path / "t.csv")
    assert read(source) == {"id": ["007", None], "a": ["1.50", "true"], "b": ["NA", None]}
    assert source.texts == {"id", "a", "b"}


def workbook(folder: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.create_sheet().append(["other"])
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


def test_a_column_of_a_sheet_has_the_type_of_its_cells_or_is_text(tmp_path: Path) -> None:
    day, time = datetime.datetime(1950, 1, 2), datetime.datetime(1950, 1, 2, 8, 30)
    rows = [
        ["whole", "real", "yes", "day", "time", "mixed", "none"],
        [1, 1.5, True, day, day, 84, None],
        [None, 2, False, None, time, "八", None],
        [3, None, None, day, None, True, None],
    ]
    source = opened(workbook(tmp_path, rows))
    assert dict(zip(source.schema.names, map(str, source.schema.types), strict=True)) == {
        "whole": "int64",
        "real": "double",
        "yes": "bool",
        "day": "date32[day]",
        "time": "timestamp[us]",
        "mixed": "string",
        "none": "string",
    }
    assert source.texts == {"mixed", "none"}
    assert read(source) == {
        "whole": [1, None, 3],
        "real": [1.5, 2.0, None],
        "yes": [True, False, None],
        "day": [day.date(), None, day.date()],
        "time": [day, time, None],
        "mixed": ["84", "八", "true"],
        "none": [None, None, None],
    }


def test_a_number_that_is_too_long_for_a_column_of_them_makes_it_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("a",), (1,), (2**63,), (-(2**63) - 1,)]
    monkeypatch.setattr(sheets.Sheet, "_lines", lambda self, first, last: iter(lines[first - 1 : last]))
    assert read(opened(workbook(tmp_path, [["a"]]))) == {"a": ["1", str(2**63), str(-(2**63) - 1)]}


def test_empty_lines_at_the_end_of_a_sheet_are_none_and_those_within_are_rows(tmp_path: Path) -> None:
    source = opened(workbook(tmp_path, [["a", "b", None], [1, None], [None, None], [3, 4], [None, None], [None, None]]))
    assert (source.rows, read(source)) == (3, {"a": [1, None, 3], "b": [None, None, 4]})


def test_a_sheet_shows_what_it_was_given(tmp_path: Path) -> None:
    row = ("=1+1", 123456789012345678, 10**14, "007", True, 0.1, None, datetime.date(2017, 6, 30), float("inf"))
    sheets.write(tmp_path / "t.xlsx", list("abcdefghi"), [row])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.active is not None
    (cells,) = book.active.iter_rows(min_row=2)
    assert [cell.data_type for cell in cells] == ["s", "s", "n", "s", "b", "n", "n", "d", "s"]
    assert [cell.value for cell in cells] == [
        *("=1+1", "123456789012345678", 10**14, "007", True, 0.1, None),
        *(datetime.datetime(2017, 6, 30), "inf"),
    ]


def test_a_sheet_has_no_room_for_more_rows_than_it_has_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LINES", 4)
    sheets.write(tmp_path / "t.xlsx", ["a"], [(1,)] * 3)
    with pytest.raises(RangeError, match=r"allowed: 3 rows in a sheet; write .parquet or .csv"):
        sheets.write(tmp_path / "t.xlsx", ["a"], [(1,)] * 4)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("no.parquet", None, "not found"),
        ("t.txt", b"a", "'.txt' is refused; allowed: a file that ends in .parquet, .csv, .xlsx"),
        ("t", b"a", "no suffix"),
        ("t.parquet", b"nothing of the kind", "allowed: a Parquet file"),
        ("t.parquet", b"", "allowed: a Parquet file"),
        ("t.xlsx", b"nothing of the kind", "allowed: a workbook, saved as .xlsx"),
        ("t.csv", b"", "Empty CSV file"),
        ("t.csv", b"a,a\n1,2\n", "'a' is refused; allowed: each column once"),
        ("t.csv", "a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("t.csv", b"a\n\xff\xff\n", "allowed: UTF-8 or GB18030"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError) as refused:
        opened(tmp_path / name)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert name in str(refused.value)


def test_a_line_with_too_few_cells_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n3\n4,5\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"Expected 2 columns, got 1.*as many cells in every other"):
        read(opened(tmp_path / "t.csv"))


def test_a_sheet_without_names_is_refused(tmp_path: Path) -> None:
    for rows in ([[]], [["a", None, "b"], [1, 2, 3]], [["a", "a"], [1, 2]]):
        with pytest.raises(FileError):
            opened(workbook(tmp_path, rows))


def test_a_folder_is_refused_if_its_files_differ_or_there_are_none(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"at least one \.parquet file"):
        opened(tmp_path)
    pq.write_table(pa.table({"a": [1], "b": [2]}), tmp_path / "1.parquet")
    for other in ({"a": [1], "b": ["x"]}, {"a": [1]}, {"b": [1], "a": [2]}):
        pq.write_table(pa.table(other), tmp_path / "2.parquet")
        with pytest.raises(FileError, match=r"allowed: the columns of 1.parquet, with their types, in their order"):
            opened(tmp_path)


def test_a_parquet_file_that_was_cut_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :])
    with pytest.raises(FileError, match=r"t.parquet"):
        read(opened(path))
