"""`duties`, `calendar` and `check-plan`: what they print, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ANKANG = ("--policy", "ankang", "--on", "2020-06-30")
REPORT = """
on = 2020-06-30
public_posts = "1990人"
plan_deadline = 2020-02-29
fund_share_60 = { part = "24亿元", whole = "40亿元" }
"""


def test_a_report_is_checked(run: Any, write: Any) -> None:
    found = run("duties", str(write(name="report.toml", text=REPORT)), *ANKANG, "--untold", "skip")
    assert found.status == 1
    assert "public_posts" in found.out
    assert "10 persons" in found.out
    assert "plan_deadline" not in found.out
    assert "附件2" in found.out


def test_a_report_that_meets_what_it_tells_is_in_order(run: Any, write: Any) -> None:
    found = run("duties", str(write(name="report.toml", text=REPORT.replace("1990", "2000"))), *ANKANG, "--untold", "skip")
    assert (found.status, "no findings" in found.out) == (0, True)
    assert (
        run("duties", str(write(name="report.toml", text=REPORT.replace("1990", "2000"))), *ANKANG).status == 0
    )  # warnings alone


def test_findings_as_json_hold_their_numbers(run: Any, write: Any) -> None:
    found = run("duties", str(write(name="report.toml", text=REPORT)), *ANKANG, "--untold", "skip", "--format", "json")
    [one] = json.loads(found.out)["findings"]
    assert (one["field"], one["numerator"], one["gap"], one["force"]) == ("public_posts", "1990 persons", "10 persons", "must")


@pytest.mark.parametrize("told", ['public_posts = "1990"', 'public_post = "1990人"', 'plan_deadline = "soon"'])
def test_a_report_that_cannot_be_meant_is_refused(run: Any, write: Any, told: str) -> None:
    found = run("duties", str(write(name="report.toml", text=told)), *ANKANG)
    assert found.status == 2
    assert "Traceback" not in found.err


def test_the_year_is_listed(run: Any) -> None:
    found = run("calendar", "2020", *ANKANG, "--lang", "zh")
    assert found.status == 0
    assert "2020-02-29" in found.out
    rows = json.loads(run("calendar", "2020", *ANKANG, "--format", "json").out)
    assert {"2020-02-29", "2020-12-31"} <= {row["on"] for row in rows}


def test_the_year_is_written_as_a_calendar_file(run: Any, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    file = tmp_path / "due.ics"
    assert run("calendar", "2020", *ANKANG, "--ical", str(file)).status == 0
    assert len(icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")) > 50


def test_the_plans_of_a_policy_are_added_up(run: Any) -> None:
    asked = ("check-plan", "--policy", "zhongzhan", "--on", "2016-06-30")
    assert "2,912" in run(*asked).out
    found = run(*asked, "--format", "json")
    assert found.status == 0  # what a document prints is a warning
    said = " ".join(one["message"] for one in json.loads(found.out)["findings"])
    for part in ("162 persons are missing", "东张庄 stands in 2017 and 2018", "4 stand in no year"):
        assert part in said


def test_a_plan_of_a_file_is_added_up(run: Any, write: Any) -> None:
    plan = write(name="plan.csv", text="year,persons\n2016,630\n2017,1100\n")
    assert run("check-plan", str(plan), "--total", "persons=1730").status == 0
    found = run("check-plan", str(plan), "--total", "persons=1800", "--format", "json")
    assert (found.status, json.loads(found.out)["ok"]) == (1, False)
    rows = write(name="plan.toml", text="rows = [{ year = 2016, persons = 630 }, { year = 2016, persons = 1 }]")
    assert run("check-plan", str(rows)).status == 1


@pytest.mark.parametrize(
    "words", [(), ("nowhere.csv",), ("--policy", "ankan", "--on", "2020-06-30"), ("plan.csv", "--total", "persons")]
)
def test_what_is_no_plan_is_refused(run: Any, write: Any, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(name="plan.csv", text="year,persons\n2016,630\n").parent)
    found = run("check-plan", *words)
    assert found.status == 2
    assert "Traceback" not in found.err
