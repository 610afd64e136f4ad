"""`compare`: the households of a file under several policies, side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

Run = Callable[..., "object"]
Write = Callable[..., Path]
HERE, COUNTY = ("--policy", "zaozhuang-hitech"), ("--policy", "zaozhuang")
ON = ("--on", "2017-06-30")
ADDS = ("--reading", "elderly.old_age_stacking=adds")
# 92 on the day: 200 on dibao, 60 for care, a pension of 100 or more
HOME = """
name = "赵家"
[[persons]]
name = "刘桂英"
born = 1925-06-30
receives_dibao = true
unable_to_care = true
"""


def row(out: str, label: str) -> str:
    """The first row that holds a label, with single spaces."""
    return next(" ".join(line.split()) for line in out.splitlines() if label in line)


def test_the_policies_stand_side_by_side_with_what_differs_and_why(run: Run, write: Write) -> None:
    done = run("compare", write(HOME), *HERE, *COUNTY, *ON)
    assert (done.status, done.err) == (0, "")
    assert row(done.out, " A ") == "A zaozhuang-hitech 2017-06-30"
    assert row(done.out, " B ") == "B zaozhuang 2017-06-30"
    assert row(done.out, "of dibao recipients") == "刘桂英 old-age allowance of dibao recipients 200.00 yuan a month no such rule"
    assert row(done.out, "care subsidy") == "care subsidy 60.00 yuan a month no such rule"
    assert row(done.out, "total") == "total at least 360.00 yuan a month"
    assert "A at least 100.00 yuan a month [1] 专栏7 第9条(1)" in [" ".join(line.split()) for line in done.out.splitlines()]
    assert "B the documents of Zaozhuang hold no such rule" in [" ".join(line.split()) for line in done.out.splitlines()]
    assert row(done.out, "[1] 枣庄") == "[1] 枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号), issued 2018-03-24"
    assert "entries: --all shows each with its reason" in done.out
    assert all(cell_len(line) <= 120 for line in done.out.splitlines())


def test_a_policy_may_have_a_day_of_its_own_and_a_reading_goes_to_those_that_know_it(run: Run, write: Write) -> None:
    done = run("compare", write(HOME), "--policy", "zaozhuang-hitech@2016-12-31", *HERE, *COUNTY, *ON, *ADDS)
    assert (done.status, done.err) == (0, "")
    # 60 beside the 200: the general amount from 90 on
    assert row(done.out, "old-age allowance ").endswith("old-age allowance not in force 60.00 yuan a month no such rule")
    assert row(done.out, " A ") == "A zaozhuang-hitech 2016-12-31 (elderly.old_age_stacking=adds)"
    assert row(done.out, " C ") == "C zaozhuang 2017-06-30"


def test_all_gives_the_reasons_in_chinese_too(run: Run, write: Write) -> None:
    done = run("compare", write(HOME), *HERE, *COUNTY, *ON, "--lang", "zh", "--all")
    assert (done.status, done.err) == (0, "")
    assert row(done.out, "合计") == "合计 不低于360.00元/月"
    out = [" ".join(line.split()) for line in done.out.splitlines()]
    at = out.index("刘桂英：长寿津贴")
    assert out[at + 1 : at + 3] == ["A 不符合条件: 年龄 92 < 100 [1] 专栏7 第2条", "B 枣庄市的文件无此规定"]
    assert out.index("其余项目") < at


def test_policies_that_say_the_same_are_said_to(run: Run, write: Write) -> None:
    done = run("compare", write(HOME), *HERE, *HERE, *ON)
    assert "\n  nothing differs\n" in done.out
    assert row(done.out, " B ") == "B zaozhuang-hitech 2017-06-30 (2)"


def test_json_is_that_of_the_library_and_a_list_for_a_file_of_many(run: Run, write: Write) -> None:
    done = run("compare", write(HOME), *HERE, *COUNTY, *ON, "--format", "json")
    found = json.loads(done.out)
    assert [one["totals"].get("month", {}).get("figure") for one in found["policies"]] == ["360.00", None]
    many = write(
        f"[[households]]\n{HOME.replace('[[persons]]', '[[households.persons]]')}\n[[households]]\nname = 3\n", "many.toml"
    )
    done = run("compare", many, *HERE, *COUNTY, *ON, "--format", "json")
    first, second = json.loads(done.out)
    assert first == {"index": 0, **found}
    assert (second["index"], second["error"]["field"]) == (1, "households[1].name")
    assert done.status == 2
    assert "1 of 2 households refused, 1 compared" in done.err


def test_a_household_that_one_policy_refuses_is_named_with_it(run: Run, write: Write) -> None:
    done = run("compare", write("[[persons]]\nborn = 2017-03-01"), *HERE, "--policy", "zaozhuang@2016-12-31", *ON)
    assert (done.status, done.out) == (2, "")
    assert "persons[0].born" in done.err
    assert "(under zaozhuang 2016-12-31)" in done.err
    done = run(
        "compare", write('on = 2017-06-30\n[[persons]]\nborn = "2000-03-01"'), *HERE, "--policy", "zaozhuang@2016-12-31", *ON
    )
    assert done.status == 2
    assert "the policy is asked for 2016-12-31" in done.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (HERE, "--policy zaozhuang-hitech@2017-06-30"),
        ((*HERE, *ON, "--reading", "elderly.stacking=adds"), "did you mean elderly.old_age_stacking"),
        ((*HERE, *ON, "--reading", "elderly.old_age_stacking=add"), "did you mean adds"),
        ((*HERE, *ON, "--reading", "adds"), "write ID=CHOICE"),
        (("--policy", "zaozhuang-hitec", *ON), "did you mean zaozhuang-hitech"),
        (("--policy", "zaozhuang-hitech@30.6.2017"), "30.6.2017"),
        (ON, "--policy"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_exit_status_2(run: Run, write: Write, args: tuple[str, ...], says: str) -> None:
    done = run("compare", write(HOME), *args)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert says in done.err
