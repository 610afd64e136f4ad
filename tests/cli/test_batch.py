"""`batch`: options, the summary, exit statuses; a process that is killed leaves no half file, and another goes on with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from files.county import ZZ, beside, left, same, tables, whole, written

from povertyrules.cli.batch import Bar
from povertyrules.core.money import show
from povertyrules.files.journal import Journal
from povertyrules.testing.synthetic import county

Run = Callable[..., "object"]
OPTIONS = ("--policy", "zaozhuang-hitech", "--on", "2017-06-30", "--unit", "fen")
FEW = tuple(word for name in ("basic_insurance", "old_age_allowance", "dibao_due") for word in ("--target", name))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table, in which commands run."""
    monkeypatch.chdir(tmp_path)
    tables().flat.write_parquet("in.parquet", row_group_size=10)
    return tmp_path


@pytest.fixture
def batch(run: Run, place: Path) -> Run:
    """Run the command, with few results."""

    def call(*args: object, **env: str) -> object:
        return run("batch", *args, *OPTIONS, *FEW, **env)

    return call


def lines(out: str) -> dict[str, str]:
    """The lines of the summary."""
    return {name.strip(): said.strip() for name, _, said in (line.strip().partition("   ") for line in out.splitlines())}


# ---- what it says -----------------------------------------------------------------------------------------------------


def test_a_table_is_assessed_and_summed_up(batch: Run, place: Path) -> None:
    done = batch("in.parquet", "out.parquet", "--rows", 30)
    assert (done.status, done.err) == (0, "")
    persons, homes = whole(tables().flat)
    same(written(place / "out.parquet"), (persons, homes))
    said = lines(done.out)
    assert float(said.pop("seconds")) > 0
    assert int(said.pop("rows a second").replace(",", "")) > 0
    assert said == {
        "rows": f"{len(persons)}",
        "households": f"{len(homes)}",
        "total per month (yuan)": show(homes["total_fen_per_month"].sum()),
        "total per year (yuan)": show(homes["total_fen_per_year"].sum()),
        "undecided entitlements": str(homes["undecided"].sum()),
        "columns that no rule reads": said["columns that no rule reads"],
        "assumptions": "owed by commercial insurance in the year: not told, counted as nothing",
        "written": "out.parquet, out-households.parquet",
    }
    assert said["columns that no rule reads"].startswith("person_id, ")


def test_the_summary_is_data_for_a_program(batch: Run, place: Path) -> None:
    done = batch("in.parquet", "out.csv", "--format", "json")
    data = json.loads(done.out)
    _, homes = whole(tables().flat)
    assert (data["rows"], data["households"]) == (len(tables().flat), len(homes))
    month = homes["total_fen_per_month"].sum()
    assert data["totals"]["month"] == f"{month // 100}.{month % 100:02}"
    assert data["refused"] == data["moved"] == {}
    assert data["written"] == ["out.csv", "out-households.csv"]
    assert data["seconds"] > 0


def test_on_a_terminal_a_bar_shows_how_far_it_is(batch: Run, place: Path) -> None:
    done = batch("in.parquet", "out.parquet", "--rows", 30, FORCE_COLOR="1", COLUMNS="120")
    assert "74/74" in done.err
    assert "rows a second" in done.err


def test_the_summary_in_chinese(run: Run, place: Path) -> None:
    done = run("batch", "in.parquet", "out.parquet", *OPTIONS, *FEW, "--lang", "zh")
    assert lines(done.out)["行数"] == str(len(tables().flat))
    assert "每月合计(元)" in done.out
    assert "高龄补贴（分/月）" in pl.read_parquet_schema("out.parquet")


def test_past_the_last_date_of_a_document_it_is_said(run: Run, place: Path) -> None:
    tables().flat.drop("on").write_parquet("in.parquet")
    options = ("--policy", "zaozhuang-hitech", "--on", "2018-06-30", "--unit", "fen", "--target", "old_age_allowance")
    done = run("batch", "in.parquet", "out.parquet", *options)
    assert "elderly.old_age (2017-12-31)" in lines(done.out)["past its document's last date"]
    extended = run("batch", "in.parquet", "out.parquet", *options, "--past", "extend", "--again")
    assert "last date" not in extended.out


def test_what_is_not_in_force_on_the_day_is_said(run: Run, place: Path) -> None:
    tables().flat.drop("on").write_parquet("in.parquet")
    done = run("batch", "in.parquet", "out.parquet", *OPTIONS)
    assert lines(done.out)["not in force on the day"] == "housing.subsidy speaks from 2018-01-01, not yet for 2017-06-30"
    few = run("batch", "in.parquet", "few.parquet", *OPTIONS, *FEW)
    assert "not in force" not in few.out
    none = run("batch", "in.parquet", "none.parquet", "--policy", "zaozhuang-hitech", "--on", "2010-06-30", "--unit", "fen")
    assert none.status == 2
    assert "not yet for 2010-06-30" in none.err
    assert not Path("none.parquet").exists()


def test_a_household_is_found_by_the_column_that_is_named(run: Run, place: Path) -> None:
    """And a fact by the one that is mapped to it; a repeated option adds."""
    flat = tables().flat
    flat.rename({"household_id": "户号", "in_scope": "cost", "hospital_grade": "grade"}).write_parquet("in.parquet")
    named = ("--household-id", "户号", "--map", "in_scope=cost", "--map", "hospital_grade = grade")
    done = run("batch", "in.parquet", "out.parquet", *OPTIONS, *FEW, *named)
    assert done.status == 0
    persons, _ = whole(flat)
    assert (
        pl.read_parquet("out.parquet")["basic_insurance_fen_per_year"].to_list()
        == persons["basic_insurance_fen_per_year"].to_list()
    )


def test_two_tables_and_reasons(run: Run, place: Path) -> None:
    told = tables()
    told.persons.write_parquet("in.parquet")
    told.homes.write_parquet("homes.parquet")
    options = ("--households", "homes.parquet", "--reasons", "--untold", "absent", "--rows", "20")
    done = run("batch", "in.parquet", "out.parquet", *OPTIONS, *FEW, *options)
    assert done.status == 0
    same(written(place / "out.parquet"), whole(told.persons, told.homes, reasons=True, untold="absent"))


def test_another_reading_gives_another_result(run: Run, place: Path) -> None:
    flat = tables().flat.with_columns(in_scope=8_000_000, hospital_grade=2, treatments=True, registered_poor=True)
    flat.write_parquet("in.parquet")
    target, found = ("--target", "critical_illness"), {}
    for name, reading in (("contained", ()), ("on_top", ("--reading", "medical.preference=on_top"))):
        run("batch", "in.parquet", f"{name}.parquet", *OPTIONS, *target, *reading)
        under = ZZ.reading("medical.preference", name)
        expected = under.assess_frames(flat, unit="fen", targets=["critical_illness"]).persons["critical_illness_fen_per_year"]
        found[name] = pl.read_parquet(f"{name}.parquet")["critical_illness_fen_per_year"].to_list()
        assert found[name] == expected.to_list()
    assert found["contained"] != found["on_top"]


# ---- what is refused --------------------------------------------------------------------------------------------------


@pytest.fixture
def bad(place: Path) -> Path:
    """A CSV with a grade of hospitals that there is not, in two rows, and money that is none in a third."""
    flat = tables().flat.with_columns(pl.col("hospital_grade").cast(pl.String), pl.col("in_scope").cast(pl.String))
    grades, money = flat["hospital_grade"].to_list(), flat["in_scope"].to_list()
    grades[3] = grades[61] = "九级"
    money[60] = "一千元"
    flat.with_columns(pl.Series("hospital_grade", grades), pl.Series("in_scope", money)).write_csv("bad.csv")
    return place / "bad.csv"


def test_refused_cells_stop_it_with_a_line_for_each_column(batch: Run, bad: Path, place: Path) -> None:
    done = batch("bad.csv", "out.csv")
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines() == [
        "error: in_scope: 1 of 74 rows are refused; allowed: 0.00 to 10,000,000.00 yuan, in whole fen; first row 62: '一千元'",
        "error: hospital_grade: 2 of 74 rows are refused; "
        "allowed: 1 or first (一级医院), 2 or second (二级医院), 3 or third (三级医院); first row 5: '九级', row 63: '九级'",
        "error: stopped in the batch after the first 0 rows, nothing was written: --invalid null counts such cells as unknown, "
        "--invalid keep also says so in a column",
    ]
    assert left(place) == {"in.parquet", "bad.csv"}


def test_refused_cells_that_count_as_unknown_are_findings(batch: Run, bad: Path, place: Path) -> None:
    done = batch("bad.csv", "out.parquet", "--invalid", "keep", "--rows", 20)
    assert (done.status, done.err) == (1, "")
    said = lines(done.out)
    assert set(said["refused cells"].split(", ")) == {"hospital_grade 2", "in_scope 1"}
    assert said["rows with findings"] == "3"
    found = pl.read_parquet("out.parquet")["findings"]
    assert [row for row, finding in enumerate(found) if finding] == [3, 60, 61]
    again = batch("bad.csv", "out.parquet", "--invalid", "null", "--again", "--format", "json")
    assert (again.status, json.loads(again.out)["refused"]) == (1, {"hospital_grade": 2, "in_scope": 1})


def test_money_is_rounded_if_that_is_asked_for(run: Run, place: Path) -> None:
    tables(unit="yuan").flat.with_columns(in_scope=1000.005).write_parquet("in.parquet")
    options = ("--policy", "zaozhuang-hitech", "--on", "2017-06-30", "--unit", "yuan", *FEW)
    assert run("batch", "in.parquet", "out.parquet", *options).status == 2
    done = run("batch", "in.parquet", "out.parquet", *options, "--round", "half_up")
    assert (done.status, lines(done.out)["cells rounded to a fen"]) == (0, "in_scope 74")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["no.parquet", "out.csv"], ["no.parquet", "not found"]),
        (["in.parquet", "out.ods"], [".ods", ".parquet, .csv, .xlsx"]),
        (["in.parquet", "in.parquet"], ["a table that is read"]),
        (["in.parquet", "out.csv", "--households", "no.csv"], ["no.csv", "not found"]),
        (["in.parquet", "out.csv", "--household-id", "household"], ["did you mean household_id"]),
        (["in.parquet", "out.csv", "--map", "in_scope"], ["--map", "FACT=COLUMN"]),
        (["in.parquet", "out.csv", "--map", "in_scope=cost"], ["'cost'"]),
        (["in.parquet", "out.csv", "--target", "old_age"], ["old_age", "did you mean"]),
        (["in.parquet", "out.csv", "--resume", "--again"], ["--again", "choose one"]),
        (["in.parquet", "out.csv", "--rows", "0"], ["--rows"]),
        (["in.parquet", "out.csv", "--invalid", "ignore"], ["--invalid", "'raise'", "'null'", "'keep'"]),
        (["in.parquet", "out.csv", "--round", "down"], ["--round", "'exact'", "'half_up'"]),
        (["in.parquet"], ["Missing argument 'OUT'"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_wrong_argument_is_refused_in_one_line(batch: Run, place: Path, args: list[str], says: list[str]) -> None:
    done = batch(*args)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    for word in says:
        assert word in done.err
    assert left(place) == {"in.parquet"}


def test_the_unit_of_money_has_to_be_said(run: Run, place: Path) -> None:
    for told in ((), ("--unit", "jiao")):
        done = run("batch", "in.parquet", "out.csv", "--policy", "zaozhuang-hitech", "--on", "2017-06-30", *told)
        assert done.status == 2
        for word in ("--unit", "yuan", "fen"):
            assert word in done.err


def test_what_is_there_is_replaced_only_if_that_is_asked_for(batch: Run, place: Path) -> None:
    (place / "out.csv").write_text("mine")
    done = batch("in.parquet", "out.csv")
    assert (done.status, (place / "out.csv").read_text()) == (2, "mine")
    assert "--again" in done.err
    assert batch("in.parquet", "out.csv", "--again").status == 0
    assert (place / "out.csv").read_text().startswith("person_id,")


@pytest.mark.parametrize("missing", ["polars", "pyarrow", "narwhals", "openpyxl"])
def test_without_the_extra_it_says_how_to_get_it(place: Path, missing: str) -> None:
    name = "out.xlsx" if missing == "openpyxl" else "out.csv"
    code = (
        f"import sys; sys.modules['{missing}'] = None\nfrom povertyrules.cli import main\n"
        f"sys.exit(main(['batch', 'in.parquet', '{name}', *{list(OPTIONS)}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == f"error: tables in files need {missing}: pip install 'povertyrules[files]'\n"
    assert left(place) == {"in.parquet"}


def test_help_says_what_a_table_has_to_be(run: Run) -> None:
    said = " ".join(run("batch", "--help").out.split())
    assert "The rows of a household stand together in IN" in said
    for option in ("--households", "--map", "--target", "--invalid", "--round", "--rows", "--resume", "--again", "--reasons"):
        assert option in said


# ---- stopped ----------------------------------------------------------------------------------------------------------


def test_a_stop_by_the_user_is_one_line_and_can_be_gone_on_with(batch: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell = Bar.tell

    def stopping(self: Bar, journal: Journal, rows: int | None) -> None:
        tell(self, journal, rows)
        if journal.parts == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Bar, "tell", stopping)
        done = batch("in.parquet", "out.parquet", "--rows", 20)
    assert (done.status, done.out) == (2, "")
    assert done.err == "error: stopped after 38 rows: --resume goes on, --again begins again\n"
    assert left(place) == {"in.parquet", "out.parquet.partial"}
    refused = batch("in.parquet", "out.parquet", "--rows", 20)
    assert refused.status == 2
    assert "--resume goes on with it, --again begins again" in refused.err
    gone_on = batch("in.parquet", "out.parquet", "--rows", 20, "--resume")
    assert (gone_on.status, lines(gone_on.out)["rows"]) == (0, str(len(tables().flat)))
    same(written(place / "out.parquet"), whole(tables().flat))


def test_a_full_disk_is_one_line(batch: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("povertyrules.files.sinks.Place.keep", full)
        done = batch("in.parquet", "out.parquet")
    assert (done.status, done.out) == (2, "")
    assert done.err == "error: No space left on device, after 0 rows: --resume goes on, --again begins again\n"
    assert batch("in.parquet", "out.parquet", "--resume").status == 0


def started(*args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "povertyrules", "batch", *args, *OPTIONS, *FEW]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(*args: str) -> int:
    """The exit status of a process that nobody stops."""
    with started(*args) as running:
        running.communicate(timeout=60)
    return running.returncode


def parts_done(partial: Path) -> int:
    """How many parts the journal names; -1 before there is one."""
    try:
        return int(json.loads((partial / "journal.json").read_text(encoding="utf-8"))["parts"])
    except FileNotFoundError:
        return -1


def stopped_at(parts: int, how: signal.Signals, *args: str) -> tuple[int, str]:
    """Start a process, stop it when so many parts are done, and give its exit status and what it said."""
    running, partial = started(*args), Path(f"{args[1]}.partial")
    until = time.monotonic() + 60
    while parts_done(partial) < parts:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(running.pid, how)
    _, err = running.communicate(timeout=60)
    return running.returncode, err


@pytest.mark.long
@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_process_that_is_killed_leaves_no_half_file_and_another_goes_on(place: Path, suffix: str) -> None:
    tables().flat.write_csv("in.csv")
    args = (f"in.{suffix}", f"out.{suffix}", "--rows", "12")
    assert finished(args[0], f"whole.{suffix}", *args[2:]) == 0
    for number, parts in enumerate((0, 2, 4)):
        more = ("--resume",) if number else ()
        status, _ = stopped_at(parts, signal.SIGKILL, *args, *more)
        assert status == -signal.SIGKILL
        assert not (place / args[1]).exists()
        assert not beside(place / args[1]).exists()
    assert finished(*args, "--resume") == 0
    for one, other in ((f"out.{suffix}", f"whole.{suffix}"), (f"out-households.{suffix}", f"whole-households.{suffix}")):
        assert (place / one).read_bytes() == (place / other).read_bytes()
    assert not (place / f"out.{suffix}.partial").exists()


@pytest.mark.long
def test_a_process_that_is_interrupted_says_how_to_go_on(place: Path) -> None:
    status, err = stopped_at(1, signal.SIGINT, "in.parquet", "out.parquet", "--rows", "5")
    assert status == 2
    assert err.startswith("error: stopped after ")
    assert err.endswith(" rows: --resume goes on, --again begins again\n")
    assert left(place) == {"in.parquet", "out.parquet.partial"}
    assert finished("in.parquet", "out.parquet", "--rows", "5", "--resume") == 0
    same(written(place / "out.parquet"), whole(tables().flat))


PEAK = """
import resource, sys
from povertyrules.cli import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.long
@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_memory_does_not_grow_with_the_table(tmp_path: Path, suffix: str) -> None:
    """Ten times as many rows, all in one row group, take less than half as much memory more."""
    peaks = []
    for homes in (5_000, 50_000):
        persons, households = county(homes, seed=2017).polars()
        flat = persons.join(households, on="household_id", how="left", maintain_order="left")
        path = tmp_path / f"{homes}.{suffix}"
        flat.write_parquet(path, row_group_size=10**9) if suffix == "parquet" else flat.write_csv(path)
        args = ["batch", str(path), str(tmp_path / f"out{homes}.{suffix}"), *OPTIONS, *FEW, "--rows", "4000"]
        done = subprocess.run([sys.executable, "-c", PEAK, *args], capture_output=True, text=True, timeout=600, check=True)
        peaks.append(int(done.stderr))
        assert int(lines(done.stdout)["rows"].replace(",", "")) == len(flat)
    assert peaks[1] < 1.5 * peaks[0], peaks
