"""Sections whose first day turns on an interpretation: in force by a choice, out of force by the other, and said so."""

import datetime
from pathlib import Path

import pytest

import povertyrules as pr
from povertyrules.core.errors import PackError

PACK = """
[jurisdiction]
path = "cn/shandong/zaozhuang/somewhere"
within = "cn/shandong/zaozhuang"
zh = "某县"
en = "Some County"

[documents.somewhere-2017]
title = "某县救助办法"

[rules."somewhere-2017/standard"]
kind = "flat-amount"
zh = "低保标准"
en = "dibao standard"
locator = "第一条"

[rules."somewhere-2017/top-up"]
kind = "formula"
zh = "补差发放"
en = "top-up"
locator = "第二条"

[interpretations."dibao.monthly_rounding"]
question = {{ zh = "？", en = "?" }}
choices = {{ each_month = {{ zh = "月", en = "month" }}, from_year = {{ zh = "年", en = "year" }} }}
default = "each_month"
why = {{ zh = "。", en = "." }}

[interpretations."dibao.household_rounding"]
question = {{ zh = "？", en = "?" }}
choices = {{ household = {{ zh = "户", en = "household" }}, per_head = {{ zh = "人", en = "head" }} }}
default = "household"
why = {{ zh = "。", en = "." }}

[[dibao.standard]]
model = "standard"
rule = "somewhere-2017/standard"
from = {{ reading = "{reading}", birthday = 2017-01-01, calendar_year = 2017-07-01 }}
unit = "yuan/year"
standard = "4800"

[[dibao.top_up]]
model = "top_up"
rules = ["somewhere-2017/top-up"]
from = 2017-01-01
"""


def county(folder: Path, on: str, reading: str = "age.counting") -> pr.Policy:
    file = folder / "county.toml"
    file.write_text(PACK.format(reading=reading), encoding="utf-8")
    return pr.policy(path=file, on=on)


def test_it_begins_on_the_day_of_the_choice(tmp_path: Path) -> None:
    before = county(tmp_path, "2017-06-30")
    assert str(before.dibao.top_up(countable_income=pr.yuan(0), members=1).monthly) == "400.00 yuan a month"  # 4,800 / 12
    later = before.reading("age.counting", "calendar_year")
    # until the county's own begins, that of the city stands: 3,900 / 12
    assert str(later.dibao.top_up(countable_income=pr.yuan(0), members=1).monthly) == "325.00 yuan a month"
    again = later.reading("age.counting", "birthday").dibao.top_up(countable_income=pr.yuan(0), members=1)
    assert str(again.monthly) == "400.00 yuan a month"


def test_on_the_first_day_of_the_later_choice_both_are_in_force(tmp_path: Path) -> None:
    for choice in ("birthday", "calendar_year"):
        policy = county(tmp_path, "2017-07-01").reading("age.counting", choice)
        assert policy.dibao.top_up(countable_income=pr.yuan(0), members=1).status("monthly") == "amount"


def test_the_choice_is_listed_where_the_figure_rests_on_it(tmp_path: Path) -> None:
    home = pr.Household(incomes=[], persons=[pr.Person()])
    for on, listed in (("2017-06-30", True), ("2017-07-01", False)):  # from then on it makes no difference
        statement = county(tmp_path, on).assess(home)
        line = next(one for one in statement.lines if one.name == "dibao_due")
        assert (line.readings.get("age.counting") == "birthday") is listed
        assert ("reading age.counting = birthday" in line.explanation.en) is listed


def test_a_reading_that_no_pack_describes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"dibao\.standard\.from: its first day turns on age\.coming, which no pack describes"):
        _ = county(tmp_path, "2017-06-30", "age.coming").plan


def test_a_choice_that_the_reading_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"turns on rounding\.mode, which no pack describes with choices birthday, calendar_year"):
        _ = county(tmp_path, "2017-06-30", "rounding.mode").plan


def test_the_box_without_a_year_begins_with_the_plan_or_with_its_issue() -> None:
    for choice, first in (("plan_period", datetime.date(2016, 1, 1)), ("from_issue", datetime.date(2018, 3, 24))):
        for day, status in ((first, "amount"), (first - datetime.timedelta(days=1), "not in force")):
            zz = pr.policy("zaozhuang-hitech", on=day).reading("period.undated_box", choice)
            found = zz.disability.subsidies(disability_grade=3, receives_dibao=True, extremely_poor=False)
            assert found.status("living") == status, (choice, day)
