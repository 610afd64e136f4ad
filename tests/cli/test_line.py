"""`line`: the poverty lines that the packs hold, by series and year."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

import povertyrules

Run = Callable[..., "object"]
PACKS = Path(povertyrules.__file__).parent / "packs"
CHAIN = ("cn", "cn/shandong", "cn/shandong/zaozhuang", "cn/shandong/zaozhuang/hitech")
HELD = [tomllib.loads((PACKS / f"{path}.toml").read_text("utf-8")) for path in CHAIN]
SERIES = ("national", "national_as_printed", "provincial")
IN_ZAOZHUANG = ("--policy", "zaozhuang-hitech")


def printed() -> dict[tuple[str, int], tuple[str, str]]:
    """The lines that the packs print: series and year, and their figure and place in the document."""
    rules = {id: entry for data in HELD for id, entry in data.get("rules", {}).items()}
    found = {}
    for data in HELD:
        for name in SERIES:
            for section in data.get("income", {}).get(name, []):
                for year, line in section["lines"].items():
                    value, rule = (line["value"], line.get("rule")) if isinstance(line, dict) else (line, None)
                    found[name, int(year)] = value, rules[rule or section["rule"]]["locator"]
    return found


def row(out: str, label: str) -> str:
    """The first row that holds a label, with single spaces."""
    return next(" ".join(line.split()) for line in out.splitlines() if label in line)


def test_without_a_year_every_line_of_every_series_is_listed(run: Run) -> None:
    done = run("line", *IN_ZAOZHUANG, "--format", "json")
    assert (done.status, done.err) == (0, "")
    listed = json.loads(done.out)
    assert {(one["series"], one["year"]) for one in listed} == set(printed())
    for one in listed:
        figure, place = printed()[one["series"], one["year"]]
        assert Fraction(one["amount"]["figure"]) == Fraction(figure)
        assert one["amount"]["per"] == "year"
        assert one["amount"]["quality"] == "stated"
        assert one["provision"].endswith(f" {place}")
        assert one["applied"] is (one["series"] == "provincial")


def test_the_table_shows_years_amounts_qualities_and_provisions(run: Run) -> None:
    done = run("line", *IN_ZAOZHUANG)
    assert (done.status, done.err) == (0, "")
    assert row(done.out, "series") == "series title year amount (yuan) quality provision"
    assert row(done.out, "provincial ") == (
        "provincial provincial poverty line (applied here) 2010 3,000.00 stated [2] 第二章第四节 一(二)"
    )
    assert row(done.out, "3,509.00") == "2017 3,509.00 stated [2] 第九章第一节 专栏6"
    assert row(done.out, "2,952.00") == "2016 2,952.00 stated [1] 表4-2 注"
    assert "[2] 枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号), issued 2018-03-24" in done.out


def test_chinese_has_chinese_headings_and_the_same_figures(run: Run) -> None:
    out = run("line", *IN_ZAOZHUANG, "--lang", "zh").out
    assert row(out, "依据") == "标准系列 名称 年份 金额(元) 数据性质 依据"
    assert row(out, "provincial ") == "provincial 省定贫困标准 (本地适用) 2010 3,000.00 文件载明 [2] 第二章第四节 一(二)"


def test_one_series_is_listed_alone(run: Run) -> None:
    listed = json.loads(run("line", *IN_ZAOZHUANG, "--series", "national_as_printed", "--format", "json").out)
    years = [year for name, year in printed() if name == "national_as_printed"]
    assert [(one["series"], one["year"]) for one in listed] == [("national_as_printed", year) for year in years]


@pytest.mark.parametrize(
    ("args", "series", "year"),
    [
        ((2017, *IN_ZAOZHUANG), "provincial", 2017),
        ((2015, *IN_ZAOZHUANG), "provincial", 2015),
        ((2015, *IN_ZAOZHUANG, "--series", "national"), "national", 2015),
        ((2015, *IN_ZAOZHUANG, "--series", "national_as_printed"), "national_as_printed", 2015),
        ((2010, *IN_ZAOZHUANG, "--on", "2017-06-30"), "provincial", 2010),
        ((2016, "--policy", "cn"), "national", 2016),
    ],
)
def test_the_line_of_a_year_is_that_of_the_applied_series_or_of_the_one_named(
    run: Run, args: tuple[object, ...], series: str, year: int
) -> None:
    done = run("line", *args, "--format", "json")
    assert (done.status, done.err) == (0, "")
    one = json.loads(done.out)
    figure, place = printed()[series, year]
    assert (one["series"], one["year"]) == (series, year)
    assert Fraction(one["amount"]["figure"]) == Fraction(figure)
    assert one["provision"].endswith(f" {place}")
    text = run("line", *args).out
    assert f" {year} " in row(text, f"{series} ")
    assert f" {int(figure):,}.00 " in row(text, f"{series} ")


def test_a_line_known_only_later_is_asked_for_on_a_later_day(run: Run) -> None:
    # by default the day is the last of the year asked for; the plan's series speak from 2010
    assert run("line", 2010, *IN_ZAOZHUANG).status == 0
    done = run("line", 2010, *IN_ZAOZHUANG, "--on", "2009-12-31")
    assert (done.status, done.out) == (2, "")
    assert "2010-01-01" in done.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((2016, *IN_ZAOZHUANG), ["income.provincial", "2016", "stated: 2010, 2015, 2017", "第二章第四节 一(二)"]),
        ((2017, *IN_ZAOZHUANG, "--series", "national"), ["income.national", "2017", "2010, 2011, 2012"]),
        ((2005, *IN_ZAOZHUANG), ["not yet for 2005-12-31"]),
        ((1800, *IN_ZAOZHUANG), ["1800-12-31", "1890-01-01"]),
        ((99999, *IN_ZAOZHUANG), ["99999-12-31"]),
        ((2015, *IN_ZAOZHUANG, "--series", "provincal"), ["series", "did you mean provincial"]),
        ((*IN_ZAOZHUANG, "--series", "provincal"), ["series", "did you mean provincial"]),
        ((*IN_ZAOZHUANG, "--on", "2005-01-01"), ["not yet for 2005-01-01"]),
        ((*IN_ZAOZHUANG, "--on", "2005-01-01", "--series", "national"), ["not yet for 2005-01-01"]),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_line_that_is_not_stated_is_refused_with_the_reason(run: Run, args: tuple[object, ...], says: list[str]) -> None:
    done = run("line", *args)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    for word in says:
        assert word in done.err
