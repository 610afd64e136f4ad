"""`assess`: what a statement shows, in both languages and both forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from rich.cells import cell_len

import povertyrules as pr
from povertyrules.core.money import show
from povertyrules.testing.working import evaluate

Run = Callable[..., "object"]
Write = Callable[..., Path]

# The example of `make demo`, worked from the document: box 6 and box 7 (items 2, 4, 8, 9, 11, 12), chapter 9 section 1;
# chapter 9 section 2 for what the village adds, box 8 for the certificate, box 4 for the boarder, box 5 for the walnuts.
DIBAO = "fen((3900 * 4 - (4800 + 5260 - 2140 + 437.50)) / 12)"
LONGEVITY = "400 + 10 * (103 - 100)"
CARE = "60"
BASIC = "0.85 * 6420.80 + 0.55 * 68000"
AFTER_BASIC = f"(6420.80 + 68000 - ({BASIC}))"
CRITICAL = f"fen(0.55 * ({AFTER_BASIC} - 6000))"
LEFT = f"({AFTER_BASIC} - {CRITICAL})"
ASSISTANCE = f"fen(0.70 * {LEFT})"
DIBAO_OLD_AGE = "100"
PENSIONS, FILIAL, LIVING, CHILD = "2 * 100", "10", "80", "300"
MONTHLY = f"{DIBAO} + {LONGEVITY} + {CARE} + {DIBAO_OLD_AGE} + {PENSIONS} + {FILIAL} + {LIVING} + {CHILD}"
BOARDING, CONTRIBUTION = "1250", "60"
YEARLY = f"{BASIC} + {CRITICAL} + {ASSISTANCE} + {BOARDING} + {CONTRIBUTION}"
WALNUTS = "200 * 2.4"


def worked(expression: str) -> str:
    """What an expression comes to, as the sheet prints it."""
    fen = Fraction(evaluate(expression)) * 100
    assert fen.denominator == 1
    return show(int(fen))


def row(out: str, label: str) -> str:
    """The first row of a sheet that holds a label, with single spaces."""
    return next(" ".join(line.split()) for line in out.splitlines() if label in line)


def part(out: str, heading: str) -> str:
    """A part of a sheet, from its heading to the next empty line, with single spaces."""
    return " ".join(out.split(f"\n{heading}\n", 1)[1].split("\n\n", 1)[0].split())


def test_the_demo_prints_each_line_to_the_fen_with_its_provision(assess: Run, demo: Path) -> None:
    done = assess(demo)
    assert (done.status, done.err) == (0, "")
    assert f"{worked(DIBAO)} month [1] 第九章第一节 专栏6; 专栏7 第5条" in row(done.out, "dibao top-up")
    assert row(done.out, "longevity").endswith(f"at least {worked(LONGEVITY)} month [1] 专栏7 第2条")
    assert f"{worked(CARE)} month [1]" in row(done.out, "care subsidy")
    assert row(done.out, "basic insurance").endswith(f"{worked(BASIC)} year [1] 专栏7 第11条")
    assert f"{worked(CRITICAL)} year [1]" in row(done.out, "critical-illness")
    assert f"{worked(ASSISTANCE)} to {worked(LEFT)} year [1]" in row(done.out, "medical assistance")
    assert "[1] 枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)" in part(done.out, "Documents")


def test_totals_are_kept_apart_by_period(assess: Run, demo: Path) -> None:
    totals = [" ".join(line.split()) for line in assess(demo).out.splitlines() if "total" in line]
    assert totals == [
        f"total at least {worked(MONTHLY)} month",
        f"total at least {worked(YEARLY)} year",  # help with the premium of the poor has no printed figure
        f"total {worked(WALNUTS)} once",
    ]


def test_what_is_undecided_is_listed_by_the_fact_that_is_missing(assess: Run, demo: Path) -> None:
    out = assess(demo).out
    undecided = part(out, "Undecided")
    assert undecided.startswith("tell of whom to decide ")
    assert "exited_on (day of exit) 王家 support unchanged after exit" in undecided
    told = out.split("\nUndecided\n", 1)[1].split("\nNot entitled\n", 1)[0]
    assert row(told, "unable_to_care").endswith("王德顺 care subsidy")
    assert row(told, "old-age").startswith("王老太太 old-age allowance of dibao recipients the text does not say")


def test_a_fact_that_several_wait_for_is_listed_once_and_before_what_fewer_wait_for(assess: Run, write: Write) -> None:
    # two of four children have their stage told: the other two wait for it, each with grants, fees and the boarding subsidy
    stages = ['school_stage = "primary"\nboarder = false', 'school_stage = "junior"\nboarder = false', "", ""]
    text = "\n".join(
        f'[[persons]]\nname = "{who}"\nborn = 2007-01-01\n{said}' for who, said in zip("甲乙丙丁", stages, strict=True)
    )
    undecided = part(assess(write(f"registered_poor = true\n{text}")).out, "Undecided").removeprefix("tell of whom to decide ")
    assert "school_stage (stage of schooling) 丙, 丁 preschool grant, " in undecided
    assert undecided.index("school_stage (") < undecided.index("boarder (")
    assert undecided.count("school_stage (stage of schooling)") == 1
    assert "boarder (boards at school) 丙, 丁 boarding subsidy" in undecided


def test_facts_that_decide_the_same_stand_together(assess: Run, write: Write) -> None:
    undecided = part(assess(write("[[persons]]\nreceives_dibao = true")).out, "Undecided")
    assert "relief_cause (cause of temporary household temporary relief relief) living_difficulty" in undecided


def test_all_shows_each_undecided_entitlement_of_each_person(assess: Run, demo: Path) -> None:
    out = assess(demo, "--all").out
    undecided = part(out, "Undecided")
    assert row(out, "not told: unable_to_care").startswith("care subsidy not told")
    assert "old-age allowance of dibao recipients the text does not say" in undecided


def test_what_is_not_due_is_counted_and_says_why_if_asked_for_all(assess: Run, demo: Path) -> None:
    data = json.loads(assess(demo, "--format", "json").out)
    assert part(assess(demo).out, "Not entitled") == f"{len(data['refused'])} entries: --all shows each with its reason"
    assert f"{len(data['refused'])}项" in part(assess(demo, "--lang", "zh").out, "不享受")
    refused = part(assess(demo, "--all").out, "Not entitled")
    assert "longevity allowance age 81 < 100" in refused
    assert "support of the extremely poor extremely poor: no" in refused


def test_a_service_has_no_amount(assess: Run, demo: Path) -> None:
    assert row(assess(demo).out, "free textbooks").startswith("free textbooks due [1] 第六章第二节 专栏4 第3段")
    assert row(assess(demo, "--lang", "zh").out, "免费提供教科书").startswith("免费提供教科书 应予提供 [1]")


def test_someone_without_a_name_is_called_by_what_they_are_in_the_language_asked_for(assess: Run, write: Write) -> None:
    file = write("[[persons]]\nborn = 1914-01-01")
    assert row(assess(file).out, "longevity allowance").startswith("person 1 ")
    assert row(assess(file, "--lang", "zh").out, "长寿津贴").startswith("人1 ")


def test_readings_assumptions_and_notes_are_listed(assess: Run, run: Run, demo: Path) -> None:
    here = assess(demo).out
    assert "medical.preference=contained" in part(here, "Readings used")
    assert "basic insurance is taken to have no deductible" in part(here, "Assumptions")
    assert "\nNotes\n" not in here
    later = run("assess", demo, "--policy", "zaozhuang-hitech", "--on", "2018-01-01").out
    assert "2017-12-31" in part(later, "Notes")


def test_a_chosen_reading_changes_the_figure_and_is_marked(assess: Run, demo: Path) -> None:
    done = assess(demo, "--reading", "medical.preference=on_top", "--reading", "age.counting=calendar_year")
    on_top = f"fen(0.60 * ({AFTER_BASIC} - 3000))"
    assert f"{worked(on_top)} year" in row(done.out, "critical-illness")
    readings = part(done.out, "Readings used")
    assert "chosen medical.preference=on_top: everyone's" in readings
    assert "age.counting=calendar_year" in readings.split(" default ")[0]


def test_explain_shows_the_sum_behind_a_figure(assess: Run, demo: Path) -> None:
    assert "How each figure came about" not in assess(demo).out
    explained = assess(demo, "--explain").out
    assert "= 400.00 + 10.00 × (103 − 100)" in explained
    assert "since age 103 ≥ 100" in explained
    assert "因 年龄 103 ≥ 100" in assess(demo, "--explain", "--lang", "zh").out


def test_chinese_has_chinese_headings_and_the_same_figures(assess: Run, demo: Path) -> None:
    out = assess(demo, "--lang", "zh").out
    for heading in ("可享受", "未定", "不享受", "采用的读法", "假定", "文件"):
        assert f"\n{heading}\n" in out
    assert row(out, "低保金").endswith("第九章第一节 一")
    assert f"{worked(DIBAO)} 月 [1]" in row(out, "低保金")
    assert f"不低于{worked(LONGEVITY)} 月 [1] 专栏7 第2条" in row(out, "长寿津贴")
    assert f"{worked(ASSISTANCE)}至{worked(LEFT)} 年" in row(out, "医疗救助")
    assert f"不低于{worked(MONTHLY)} 月" in row(out, "合计")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("columns", "width"), [("", 120), ("80", 80), ("100", 100)])
def test_without_a_terminal_it_is_plain_and_keeps_to_its_width(
    assess: Run, demo: Path, lang: str, columns: str, width: int
) -> None:
    done = assess(demo, "--lang", lang, "--explain", **({"COLUMNS": columns} if columns else {}))
    assert "\x1b" not in done.out
    widths = [cell_len(line) for line in done.out.splitlines()]
    assert max(widths) <= width
    assert all(line == line.rstrip() for line in done.out.splitlines())


def test_a_terminal_gets_colours_unless_it_asks_for_none(assess: Run, demo: Path) -> None:
    colours = ("\x1b[32m", "\x1b[33m", "\x1b[1;36m")
    coloured = assess(demo, FORCE_COLOR="1", TERM="xterm").out
    assert all(colour in coloured for colour in colours)
    plain = assess(demo, FORCE_COLOR="1", TERM="xterm", NO_COLOR="1").out
    assert not any(colour in plain for colour in colours)


def test_json_is_the_statement(assess: Run, demo: Path) -> None:
    done = assess(demo, "--format", "json")
    assert (done.status, done.err) == (0, "")
    data = json.loads(done.out)
    figures = {(one["who"], one["name"]): one["amount"] for one in data["lines"]}
    assert figures[("王小雨", "free_textbooks")] is None
    assert figures[("王家", "dibao_due")]["figure"] == worked(DIBAO)
    assert figures[("王老太太", "longevity_allowance")]["low"] == worked(LONGEVITY)
    assert figures[("王老太太", "longevity_allowance")]["high"] is None
    assert figures[("王德顺", "medical_assistance")]["low"] == worked(ASSISTANCE).replace(",", "")
    assert pr.Statement.from_dict(data).to_dict() == data


def test_json_of_many_is_a_list_in_the_order_of_the_file(assess: Run, write: Write) -> None:
    rows = [{"name": "甲"}, {"name": 5}, {"name": "丙", "on": "2018-01-01"}, {"name": "丁", "on": "2017-06-30"}]
    done = assess(write(json.dumps(rows), "a.json"), "--format", "json")
    assert done.status == 2
    found = json.loads(done.out)
    assert [one["index"] for one in found] == [0, 1, 2, 3]
    assert [one.get("household") for one in found] == ["甲", None, None, "丁"]
    assert [one["error"]["field"] for one in found if "error" in one] == ["households[1].name", "households[2].on"]
    assert pr.Statement.from_dict(found[0]).record.household == "甲"


def test_json_of_one_refused_household_holds_the_error(assess: Run, write: Write) -> None:
    done = assess(write("on = 2018-01-01"), "--format", "json")
    assert done.status == 2
    assert json.loads(done.out)["error"]["field"] == "on"
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_a_hundred_households_the_ninety_seven_good_ones_are_assessed(assess: Run, write: Write, form: str) -> None:
    # each a person of 20 to 99 years on dibao: bands 80 to 89 and 90 to 99 of box 7 item 3
    def one(age: int) -> dict[str, object]:
        born = f"{2017 - age}-06-30"
        return {"name": f"H{age}", "persons": [{"born": born, "receives_dibao": True, "unable_to_care": False}]}

    rows = [one(20 + i % 80) for i in range(100)]
    rows[3] = {"persons": [{"born": "2017-07-01"}]}
    rows[50] = {"persons": [{"born": "1950-01-01", "recieves_dibao": True}]}
    rows[98] = {"on": "2016-12-31"}
    done = assess(write(json.dumps(rows), "hundred.json"), "--format", form)
    assert done.status == 2
    errors = done.err.splitlines()
    assert [line.split(": ")[1] for line in errors[:3]] == [
        "households[3].persons[0].born",
        "households[50].persons[0].recieves_dibao",
        "households[98].on",
    ]
    assert errors[3:] == ["error: 3 of 100 households refused, 97 assessed"]
    ages = [20 + i % 80 for i in range(100) if i not in (3, 50, 98)]
    due = ["100.00" if age < 90 else "200.00" for age in ages if age >= 80]
    if form == "json":
        found = json.loads(done.out)
        assert [i for i, row in enumerate(found) if "error" in row] == [3, 50, 98]
        assert [
            line["amount"]["figure"]
            for row in found
            for line in row.get("lines", [])
            if line["name"] == "dibao_old_age_allowance"
        ] == due
    else:
        assert done.out.count(" · households[") == 97
        rows_due = [line.split()[-7] for line in done.out.splitlines() if "[1] 专栏7 第1条; 专栏7 第3条" in line]
        assert rows_due == due


def test_the_day_of_a_household_must_be_the_day_of_the_policy(assess: Run, write: Write) -> None:
    assert assess(write("on = 2017-06-30")).status == 0
    done = assess(write("on = 2018-01-01"))
    assert done.status == 2
    assert done.out == ""
    assert "2018-01-01" in done.err
    assert "2017-06-30" in done.err


def test_past_the_last_date_the_caller_chooses(run: Run, demo: Path) -> None:
    # the plan speaks until the end of 2020 at the latest
    def on_2021(past: str) -> dict[str, list[object]]:
        asked = ("--policy", "zaozhuang-hitech", "--on", "2021-06-30", "--past", past, "--format", "json")
        done = run("assess", demo, *asked)
        assert done.status == 0
        return json.loads(done.out)  # type: ignore[no-any-return]

    warned, refused, extended = map(on_2021, ("warn", "refuse", "extend"))
    assert warned["notes"]
    assert not extended["notes"]
    assert [len(warned["lines"]), len(refused["lines"])] == [len(extended["lines"]), 0]


def test_nothing_is_in_force_a_year_early(run: Run, write: Write) -> None:
    done = run("assess", write("[[persons]]"), "--policy", "zaozhuang-hitech", "--on", "2016-06-30")
    assert done.status == 0
    assert part(done.out, "Entitled") == "nothing"
    assert "longevity allowance" in part(done.out, "Not in force")


def test_what_is_not_told_can_be_taken_as_no(assess: Run, write: Write) -> None:
    file = write('[[persons]]\nname = "A"\nborn = 1930-01-01\nunable_to_care = false\ntreatments = []')
    unknown, absent = assess(file), assess(file, "--untold", "absent")
    assert "receives_dibao" in part(unknown.out, "Undecided")
    assert "receives dibao: not told, taken as no" in part(absent.out, "Assumptions")
    assert row(absent.out, "old-age allowance ").startswith("old-age allowance 30.00 month")


def test_names_cannot_steer_the_terminal(assess: Run, write: Write) -> None:
    data = {"name": "\u001b[2J[bold]甲[/bold]\u202e\ud800", "persons": [{"name": "[/] 370403194903071234\n乙"}]}
    file = write(json.dumps(data), "a.json")
    done = assess(file)
    assert done.status == 0
    assert "\x1b" not in done.out
    assert "\\x1b[2J[bold]甲[/bold]\\u202e\\ud800" in done.out
    assert "4903071" not in done.out
    assert json.loads(assess(file, "--format", "json").out)["household"] == data["name"]


def test_a_household_without_a_name_is_a_household(assess: Run, write: Write) -> None:
    file = write("[[persons]]\nborn = 1930-01-01\nreceives_dibao = true")
    assert assess(file).out.startswith("household · Zaozhuang High-tech Zone · 2017-06-30")
    assert assess(file, "--lang", "zh").out.startswith("家庭 · 枣庄高新区 · 2017-06-30")
