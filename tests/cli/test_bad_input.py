"""Bad input: one clear line on standard error, exit status 2, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from povertyrules.cli.app import BAD_INPUT, FOUND, guarded
from povertyrules.core.findings import Finding, Findings, FindingsError, Severity

Run = Callable[..., "object"]
Write = Callable[..., Path]
IN_ZAOZHUANG = ("--policy", "zaozhuang-hitech", "--on", "2017-06-30")


def refused(done: object, *says: str) -> None:
    """A run that was refused in one line that says what it should."""
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    for word in says:
        assert word in done.err


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.toml", b"", ["empty"]),
        ("blank.json", b" \n\t ", ["empty"]),
        ("gbk.toml", "name = '张家'".encode("gbk"), ["UTF-8", "byte 8"]),
        ("utf16.toml", "name = 'a'".encode("utf-16"), ["UTF-8"]),
        ("cut.json", b'{"name": "a", ', ["well-formed JSON", "line 1"]),
        ("cut.toml", b'name = "a"\nage 5', ["well-formed TOML", "line 2"]),
        ("number.json", b"5", ["a table"]),
        ("none.json", b"[]", ["at least one household"]),
        ("toml-bomb.toml", b"a = " + b"[" * 100_000 + b"]" * 100_000, ["nested too deep"]),
        ("table-bomb.toml", b"a = " + b"{a = " * 50_000, ["nested too deep"]),
        ("json-bomb.json", b"[" * 100_000 + b"]" * 100_000, ["nested too deep"]),
        ("object-bomb.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, ["nested too deep"]),
        ("long-number.json", b'{"name": ' + b"9" * 5000 + b"}", ["well-formed JSON"]),
        ("binary.json", bytes(range(256)), ["UTF-8"]),
        ("households.csv", b"name\na", [".toml or a .json"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused(assess: Run, write: Write, name: str, content: bytes, says: list[str]) -> None:
    refused(assess(write(content, name)), name, *says)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(assess: Run, tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        file.truncate(50 * 2**20)
    refused(assess(large), "large.toml", "50 MB", "at most")


def test_a_path_without_a_file_is_refused(assess: Run, tmp_path: Path) -> None:
    refused(assess(tmp_path / "no.toml"), "no.toml", "not found")
    (tmp_path / "folder.toml").mkdir()
    refused(assess(tmp_path / "folder.toml"), "folder.toml", "a folder")


def test_a_bomb_of_dotted_keys_is_refused(write: Write) -> None:
    bomb = write("a" + ".a" * 100_000 + " = 1", "dots.toml")
    command = [sys.executable, "-m", "povertyrules", "assess", str(bomb), *IN_ZAOZHUANG]
    done = subprocess.run(command, capture_output=True, timeout=10, check=False)
    assert done.returncode == 2
    assert b"nested too deep" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["asess", "x"], ["'asess'", "assess"]),
        (["polices"], ["'policies'"]),
        (["rules", "--polcy", "cn"], ["--polcy", "--policy"]),
        (["rules", "--area", "eldery"], ["eldery", "did you mean elderly"]),
        (["rules", "--policy", "zaozhuang-hitec"], ["did you mean zaozhuang-hitech"]),
        (["rule", "zaozhuang-2018/elderly/longevty-allowance"], ["did you mean zaozhuang-2018/elderly/longevity-allowance"]),
        (["rule", "longevty-allowance"], ["did you mean zaozhuang-2018/elderly/longevity-allowance"]),
        (["rule", "qqqq"], ["`povertyrules rules` lists"]),
        (["rule"], ["Missing argument 'ID'", "povertyrules rule --help"]),
        (["rules", "--lang", "fr"], ["--lang", "'zh'", "'en'"]),
        (["rules", "--format", "yaml"], ["--format", "'text'", "'json'"]),
        (["readings", "--policy", "cn"], ["--on"]),
        (["readings", "--policy", "cn", "--on", "30/06/2017"], ["on:", "30/06/2017", "written as 2017-06-30"]),
        (["readings", "--policy", "cn", "--on", "1500-01-01"], ["on:", "1500-01-01", "1890-01-01"]),
        (["policies", "extra"], ["extra"]),
        (["check", "x.toml", "--policy", "cn"], ["--on"]),
        (["line"], ["--policy"]),
        (["line", "soon", "--policy", "cn"], ["YEAR", "integer"]),
        (["line", "2017", "--policy", "zaozhuang-hitec"], ["did you mean zaozhuang-hitech"]),
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_refused_with_what_would_do(run: Run, args: list[str], says: list[str]) -> None:
    refused(run(*args), *says)


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        ("medical.preferense=on_top", "did you mean medical.preference"),
        ("medical.preference=ontop", "did you mean on_top?"),
        ("medical.preference", "ID=CHOICE"),
        ("=on_top", "reading"),
    ],
)
def test_a_reading_that_does_not_exist_is_refused(assess: Run, demo: Path, reading: str, says: str) -> None:
    refused(assess(demo, "--reading", reading), says)


@pytest.mark.parametrize(("option", "value"), [("--past", "warm"), ("--untold", "no")])
def test_an_option_takes_only_its_choices(assess: Run, demo: Path, option: str, value: str) -> None:
    refused(assess(demo, option, value), option, f"'{value}' is not one of")


def test_a_float_of_money_says_what_to_write_instead(assess: Run, write: Write) -> None:
    refused(assess(write("incomes = [{ kind = 'wage', amount = 1200.5 }]")), "incomes[0].amount", '"1200.5"')


def test_a_date_after_the_day_is_refused_by_its_path(assess: Run, write: Write) -> None:
    refused(assess(write("[[persons]]\nborn = 2017-07-01")), "persons[0].born", "2017-07-01")


def test_a_bill_after_the_day_is_refused_by_its_whole_path(run: Run, demo: Path) -> None:
    done = run("assess", demo, "--policy", "zaozhuang-hitech", "--on", "2016-12-31")
    refused(done, "persons[1].treatments[0].admitted", "2017-01-16")


def test_an_income_period_that_is_no_year_is_refused(assess: Run, write: Write) -> None:
    refused(assess(write("income_from = 2016-07-01\nincome_to = 2017-07-01")), "income_to", "2017-07-01")


def test_an_identity_number_in_an_error_is_masked(assess: Run, write: Write) -> None:
    done = assess(write("[[persons]]\nid_number = 370403194903071234"))
    refused(done, "persons[0].id_number", "370403************")
    assert "4903071" not in done.err


def test_help_and_version_are_done(run: Run) -> None:
    for args in ([], ["--help"], ["-h"], ["assess", "--help"], ["--version"]):
        done = run(*args)
        assert (done.status, done.err) == (0, "")
    for command in ("assess", "check", "line", "rules", "rule", "policies", "readings"):
        assert command in run().out
    for option in ("--policy", "--on", "--reading", "--lang", "--format", "--past", "--untold", "--explain", "--all"):
        assert option in run("assess", "--help").out
    assert run("--version").out.startswith("povertyrules ")


def test_findings_have_their_own_status(capsys: pytest.CaptureFixture[str]) -> None:
    def found() -> object:
        Findings([Finding("c", Severity.ERROR, "area", "too large")]).raise_if_any()
        return 0

    assert guarded(found) == FOUND == 1
    assert capsys.readouterr().err == "error: error: area: too large\n"
    assert isinstance(FindingsError("x"), Exception)


def test_a_stop_by_the_user_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> object:
        raise typer.Abort

    assert guarded(stopped) == BAD_INPUT
    assert capsys.readouterr().err == "error: stopped\n"


def test_a_mistake_of_the_library_is_not_dressed_up_as_bad_input() -> None:
    def broken() -> object:
        return 1 // 0

    with pytest.raises(ZeroDivisionError):
        guarded(broken)
