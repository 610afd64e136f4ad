"""`check`: the findings of the households of a file, and the exit status that they give."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

import povertyrules as pr
from povertyrules.households import read_households

Run = Callable[..., "object"]
Write = Callable[..., Path]
IN_2018 = ("--policy", "zaozhuang-hitech", "--on", "2018-12-31")

# Box 3: grade C is repaired; chapter 5 section 3: the five items, the five departments, the household's card.
FINISHED = """
house_grade = "D"
grade_confirmed = true
willing = true
reinforceable = false
method = "rebuild"
floor_area = "35"
auxiliary_area = "0"
unified_done = ["door_plate", "doors_and_windows", "indoor_floor", "ceiling", "walls"]
parts_qualified = true
structure_safe = true
functions_complete = true
paid_by = "district_finance"
paid_to = "household_card"
misuse = []
"""
HOME = f'name = "户甲"\nregistered_poor = true\n[[persons]]\n[[dwellings]]\n{FINISHED}'


@pytest.fixture
def check(run: Run) -> Run:
    """Check a file under the plan of Zaozhuang High-tech Zone, at the end of 2018."""

    def call(file: object, *args: object, **env: str) -> object:
        return run("check", file, *IN_2018, *args, **env)

    return call


def with_(**facts: str) -> str:
    """The finished house with some facts told otherwise."""
    lines = [line for line in HOME.splitlines() if line.split(" = ")[0] not in facts]
    return "\n".join([*lines, *(f"{name} = {value}" for name, value in facts.items())])


def row(out: str, label: str) -> str:
    """The first row that holds a label, with single spaces."""
    return next(" ".join(line.split()) for line in out.splitlines() if label in line)


def test_a_house_in_order_has_no_findings(check: Run, write: Write) -> None:
    done = check(write(HOME))
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("户甲 · Zaozhuang High-tech Zone · 2018-12-31 ")
    assert "no findings" in done.out
    assert "未发现问题" in check(write(HOME), "--lang", "zh").out


def test_an_error_is_a_row_with_its_provision_and_status_1(check: Run, write: Write) -> None:
    done = check(write(with_(paid_to='"cash"', structure_safe="false")))
    assert (done.status, done.err) == (1, "")
    assert row(done.out, "paid_to") == "error dwellings[0].paid_to paid to: in cash [1] 第五章第三节 二"
    assert row(done.out, "structure_safe") == "error dwellings[0].structure_safe structure safe: no [1] 第五章第三节 一"
    assert row(done.out, "[1] 枣庄") == "[1] 枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号), issued 2018-03-24"
    assert "no findings" not in done.out


def test_a_warning_alone_is_status_0(check: Run, write: Write) -> None:
    # a grade D house that cannot be reinforced is rebuilt first
    done = check(write(with_(method='"repair"')))
    assert (done.status, done.err) == (0, "")
    assert row(done.out, "dwellings[0].method").startswith("warning dwellings[0].method method: ")
    (one,) = json.loads(check(write(with_(method='"repair"')), "--format", "json").out)
    assert one["ok"] is True
    assert [(found["severity"], found["field"]) for found in one["findings"]] == [("warning", "dwellings[0].method")]


def test_chinese_has_chinese_headings_severities_and_labels(check: Run, write: Write) -> None:
    out = check(write(with_(paid_to='"cash"', structure_safe="false", willing="false")), "--lang", "zh").out
    assert row(out, "级别") == "级别 字段 问题 依据"
    assert row(out, "structure_safe") == "错误 dwellings[0].structure_safe 结构安全: 否 [1] 第五章第三节 一"
    assert row(out, "paid_to").startswith("错误 dwellings[0].paid_to 支付方式: ")
    warned = check(write(with_(method='"repair"')), "--lang", "zh").out
    assert row(warned, "dwellings[0].method").startswith("提示 ")


def test_json_is_a_list_with_what_the_library_finds(check: Run, write: Write) -> None:
    file = write(with_(paid_to='"cash"', unified_done='["walls"]'))
    (one,) = json.loads(check(file, "--format", "json").out)
    assert (one["index"], one["household"], one["ok"]) == (0, "户甲", False)
    ((_, home),) = read_households(file).households
    found = pr.policy("zaozhuang-hitech", on="2018-12-31").check(home)
    assert one["findings"] == [each.to_dict() for each in found]
    missing = {"door_plate", "doors_and_windows", "indoor_floor", "ceiling"}
    assert {each["field"] for each in one["findings"]} == {f"dwellings[0].{name}" for name in (*missing, "paid_to")}


def test_a_reading_changes_what_is_found(check: Run, write: Write) -> None:
    file = write(with_(reinforceable="true"))
    assert check(file, "--reading", "housing.grade_d_method=rebuild_first").out.count("no findings") == 1
    other = check(file, "--reading", "housing.grade_d_method=repair_if_possible")
    assert row(other.out, "dwellings[0].method").startswith("warning ")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_refused_household_does_not_stop_the_others(check: Run, write: Write, form: str) -> None:
    late = {"name": "丁", "exited_on": "2020-12-31", "persons": [{}]}
    rows = [{"name": "甲"}, {"name": 5}, {"name": "丙", "on": "2018-01-01"}, late]
    done = check(write(json.dumps(rows), "a.json"), "--format", form)
    assert done.status == 2  # refused households weigh more than findings
    errors = done.err.splitlines()
    assert [line.split(": ")[1] for line in errors[:2]] == ["households[1].name", "households[2].on"]
    assert errors[2:] == ["error: 2 of 4 households refused, 2 checked"]
    if form == "json":
        found = json.loads(done.out)
        assert [one["index"] for one in found] == [0, 1, 2, 3]
        assert [one.get("ok") for one in found] == [True, None, None, False]
        assert [one["error"]["field"] for one in found if "error" in one] == ["households[1].name", "households[2].on"]
    else:
        assert "甲 · Zaozhuang High-tech Zone · 2018-12-31 · households[0]" in done.out
        assert row(done.out, "exited_on").startswith("warning exited_on day of exit: 2020-12-31 is after ")


def test_a_single_refused_household_is_one_line_and_status_2(check: Run, write: Write) -> None:
    wrong = {
        "persons[0].born": "[[persons]]\nborn = 2019-01-01",  # after the day, as `assess` refuses it
        "income_to": "income_from = 2016-07-01\nincome_to = 2017-07-01\n[[persons]]",
        "dwellings[0].house_grade": "[[dwellings]]\nhouse_grade = 'E'",
    }
    for field, text in wrong.items():
        done = check(write(text))
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"error: {field}: ")
        assert done.err.count("\n") == 1


def test_a_file_that_cannot_be_read_is_refused(check: Run, tmp_path: Path) -> None:
    done = check(tmp_path / "no.toml")
    assert (done.status, done.out) == (2, "")
    assert "not found" in done.err


def test_before_a_rule_is_in_force_it_finds_nothing(run: Run, write: Write) -> None:
    # chapter 5 speaks from 2018
    done = run("check", write(with_(paid_to='"cash"')), "--policy", "zaozhuang-hitech", "--on", "2017-06-30")
    assert (done.status, done.err) == (0, "")
    assert "no findings" in done.out


def test_names_cannot_steer_the_terminal_and_identity_numbers_are_masked(check: Run, write: Write) -> None:
    file = write(json.dumps({"name": "\u001b[2J甲 370403194903071234"}), "a.json")
    done = check(file)
    assert done.out.startswith("\\x1b[2J甲 370403************ · ")
    assert "4903071" not in check(file, "--format", "json").out


def test_a_household_without_a_name_is_a_household(check: Run, write: Write) -> None:
    file = write("[[persons]]")
    assert check(file).out.startswith("household · ")
    assert check(file, "--lang", "zh").out.startswith("家庭 · ")
    assert json.loads(check(file, "--format", "json").out)[0]["household"] == "household"


@pytest.mark.parametrize("columns", [80, 120])
def test_it_keeps_to_its_width(check: Run, write: Write, columns: int) -> None:
    file = write(with_(paid_to='"cash"', unified_done="[]", method='"repair"'))
    for lang in ("zh", "en"):
        out = check(file, "--lang", lang, COLUMNS=str(columns)).out
        assert max(map(cell_len, out.splitlines())) <= columns
        assert "\x1b" not in out
