"""The nudge of a pack of one's own: each figure that some case rests on is noticed, each that none does survives."""

from pathlib import Path

import pytest

from povertyrules.core.errors import FileError, InputError
from povertyrules.registry import PACKS
from povertyrules.testing.cases import load
from povertyrules.testing.nudge import nudge

PACK = """
[jurisdiction]
path = "cn/shandong/zaozhuang/invented-nudge"
within = "zaozhuang"
zh = "虚构县"
en = "Invented County"

[documents.invented-2017]
title = "虚构县高龄津贴规定"

[rules."invented-2017/old-age"]
kind = "age-band"
zh = "高龄津贴"
en = "old-age allowance"
locator = "第一条"

[[elderly.old_age]]
model = "bands_alone"
rule = "invented-2017/old-age"
from = 2017-01-01
unit = "yuan/month"
outside = "not_eligible"
bands = [{ ages = [80, 89], amount = "45" }]
"""
CASE = """
[[case]]
name = "{name}"
rule = "invented-2017/old-age"
source = "第一条"
on = {on}
facts = {{ age = {age} }}
expected = {{ old_age_allowance = {expected} }}
working = {{ old_age_allowance = {working} }}
"""
NONE = ('"not eligible"', '"False"')
EVERY = {
    "first": ("2017-01-01", 80, '"45.00"', '"45"'),
    "last": ("2017-06-30", 89, '"45.00"', '"45"'),
    "below": ("2017-06-30", 79, *NONE),
    "above": ("2017-06-30", 90, *NONE),
}


def written(folder: Path, *names: str) -> tuple[Path, Path]:
    """The pack, and a file of some cases about it."""
    pack, cases = folder / "invented.toml", folder / "cases.toml"
    pack.write_text(PACK, encoding="utf-8")
    text = "".join(
        CASE.format(name=name, on=on, age=age, expected=expected, working=working)
        for name, (on, age, expected, working) in EVERY.items()
        if name in names
    )
    cases.write_text('policy = "invented.toml"\n' + text, encoding="utf-8")
    return pack, cases


def test_cases_on_every_edge_leave_no_survivor(tmp_path: Path) -> None:
    pack, cases = written(tmp_path, *EVERY)
    report = nudge(pack, [cases])
    assert report.ok
    assert report.tried == report.noticed > 5
    assert report.cases == 4
    assert str(report) == f"invented.toml: {report.tried} nudges, {report.tried} noticed"


@pytest.mark.parametrize(
    ("left_out", "survives"),
    [
        ("first", {"elderly.old_age.from + 1 day", "elderly.old_age.bands[0] from 80 + 1"}),
        ("above", {"elderly.old_age.outside: above unstated", "elderly.old_age.bands[0] to 89 + 1"}),
        ("below", {"elderly.old_age.outside: below unstated"}),
    ],
)
def test_what_no_case_rests_on_survives(tmp_path: Path, left_out: str, survives: set[str]) -> None:
    pack, cases = written(tmp_path, *(name for name in EVERY if name != left_out))
    report = nudge(pack, [cases])
    assert not report.ok
    assert {one.what for one in report.survivors} == survives
    assert {one.why for one in report.survivors} == {"no case fails"}
    assert f"  survives: {report.survivors[0]}" in str(report).splitlines()


def test_above_a_band_that_is_open_nothing_is_nudged(tmp_path: Path) -> None:
    """Nobody is older than the band is long: what is said to lie outside above it changes no answer."""
    pack, cases = written(tmp_path, "first", "below")
    pack.write_text(PACK.replace("[80, 89]", "[80]"), encoding="utf-8")
    assert nudge(pack, [cases]).ok


def test_folders_files_and_cases_are_taken(tmp_path: Path) -> None:
    pack, cases = written(tmp_path, "first", "last")
    folder = tmp_path / "cases"
    folder.mkdir()
    moved = cases.rename(folder / "cases.toml")
    assert nudge(pack, [folder]) == nudge(pack, [moved]) == nudge(str(pack), load(moved))


def test_a_pack_without_cases_is_refused(tmp_path: Path) -> None:
    pack, cases = written(tmp_path, "first")
    for given in ([], [Path("tests/cases/cn/income.toml").resolve()]):
        with pytest.raises(InputError, match=r"cases about the pack invented\.toml"):
            nudge(pack, given)
    with pytest.raises(InputError, match=r"cases about the pack cn\.toml"):
        nudge(PACKS / "cn.toml", [cases])
    with pytest.raises(FileError):
        nudge(pack, [tmp_path / "none.toml"])


def test_a_pack_of_the_library_is_nudged_by_its_own_cases() -> None:
    cases = Path(__file__).parent.parent / "cases"
    report = nudge(PACKS / "cn" / "shandong.toml", [cases])
    assert report.ok
    assert report.pack == "cn/shandong"
