"""One household under several policies, against figures worked out from the documents and the packs of Ruritania."""

import json
from pathlib import Path
from typing import ClassVar

import pytest
from attrs import evolve, frozen
from fictional.policies import OVERLAYS, capital, kingdom, ruritania
from fictional.world import WORLD, Farm, Villager
from rich.cells import cell_len

import povertyrules as pr
from povertyrules.analysis.comparison import Cell, Row, mark
from povertyrules.core.area import Area
from povertyrules.core.rule import entitlement
from povertyrules.core.section import param
from povertyrules.households import read_households

ROOT = Path(__file__).parents[2]
ON = "2017-06-30"
TITLE = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"
ZZ = pr.policy("zaozhuang-hitech", on=ON)
CARE = "elderly.care_condition"
STACKING = "elderly.old_age_stacking"
PAST = pr.policy("zaozhuang-hitech", on="2016-12-31")
COUNTY = pr.policy("zaozhuang", on=ON)
OLD = {"receives_dibao": False, "unable_to_care": False}
HOME = pr.Household(
    name="Zhao family",
    persons=[
        pr.Person(name="Zhao", born="1932-05-01", receives_dibao=True, unable_to_care=True),
        pr.Person(name="Liu", born="1914-01-01", **OLD),  # type: ignore[arg-type]
        pr.Person(name="Sun", born="1990-01-01", **{**OLD, "unable_to_care": None}),  # type: ignore[arg-type]
    ],
)
"""On the day she is 85 and he is 103. She has 100 on dibao, 60 for care, and a pension of 100 or more; he 430 and as much."""


def only(found: pr.Comparison, name: str, who: str) -> Row:
    (row,) = (row for row in found[name] if row.who.en == who)
    return row


def said(found: pr.Comparison, name: str, who: str, lang: str = "en") -> list[str]:
    return [cell.text(lang) for cell in only(found, name, who).cells]


# ---- what stands side by side -------------------------------------------------------------------------------------


def test_each_way_of_having_no_amount_keeps_its_own_words() -> None:
    found = pr.compare(HOME, [ZZ, COUNTY, PAST, ZZ.reading(CARE, "unstated")])
    assert said(found, "care_subsidy", "Zhao") == [
        "60.00 yuan a month",
        "no such rule",
        "not in force",
        "the text does not say",
    ]
    assert said(found, "care_subsidy", "Zhao", "zh") == ["60.00元/月", "无此规定", "尚未施行", "文件未规定"]
    assert said(found, "care_subsidy", "Liu")[0] == "not eligible"
    assert said(found, "dibao_due", "Zhao family")[0] == "not told"
    assert said(found, "dibao_due", "Zhao family", "zh")[0] == "未告知"
    young = pr.compare(evolve(HOME, persons=(evolve(HOME.persons[2], treatments=()),)), [ZZ])  # type: ignore[index]
    assert said(young, "basic_insurance", "Sun") == ["comes to nothing"]
    words = {cell.text() for row in (*found.rows, *young.rows) for cell in row.cells if not cell.given}
    assert words == {"not eligible", "not told", "the text does not say", "not in force", "no such rule", "comes to nothing"}


def test_what_a_document_no_longer_says_is_none_of_these() -> None:
    late = pr.policy("zaozhuang-hitech", on="2021-06-30", past="refuse")
    assert said(pr.compare(HOME, [ZZ, late]), "care_subsidy", "Zhao")[1] == "past its last date"


def test_every_policy_says_what_its_statement_says() -> None:
    policies = [ZZ, pr.policy("zaozhuang-hitech", on="2018-06-30"), ZZ.reading(STACKING, "adds"), COUNTY, pr.policy("cn", on=ON)]
    for file in ("household", "half-told", "three-generations", "forest", "relief"):
        held_against_statements(read_households(ROOT / "examples" / f"{file}.toml").households[0][1], policies)


def test_a_subsidy_that_one_document_prints_two_only_establish_and_two_do_not_know() -> None:
    """重度残疾人护理补贴: 80 or more in Zaozhuang; in Shanxi and Zhongzhan it is established; Jilin and Ankang never name it."""
    person = pr.Person(name="A", born="1980-03-01", disability_grade="first", receives_dibao=True, extremely_poor=False)  # type: ignore[arg-type]
    found = pr.compare(
        pr.Household(persons=[person]), ["zaozhuang-hitech", "shanxi", "zhongzhan", "jilin", "ankang"], on="2018-06-30"
    )
    unsaid, none = "the text does not say", "no such rule"
    assert said(found, "nursing_subsidy", "A") == ["at least 80.00 yuan a month", unsaid, unsaid, none, none]
    assert found.columns[1].totals["month"] == pr.Amount.floor(pr.Fen(0), per="month")


def test_a_household_under_every_jurisdiction_held() -> None:
    places = [pr.policy(place, on="2020-06-30") for place in pr.policies()]
    for file in ("elderly-couple", "half-told"):
        held_against_statements(read_households(ROOT / "examples" / f"{file}.toml").households[0][1], places)


def held_against_statements(home: pr.Household, policies: list[pr.Policy]) -> None:
    found = pr.compare(home, policies)
    for i, policy in enumerate(policies):
        statement = policy.assess(home)
        given = {(row.who.en, row.name): row.cells[i].amount for row in found.rows if row.cells[i].given}
        assert given == {(line.who, line.name): line.amount for line in statement.lines}
        cells = {(row.who.en, row.name): row.cells[i] for row in found.rows}
        for reason in (*statement.refused, *statement.undecided):
            assert not cells[reason.who, reason.name].given
            assert cells[reason.who, reason.name].missing == reason.missing
        open_ = {key for key, cell in cells.items() if cell.status in ("unknown", "unstated")}
        assert open_ >= {(each.who, each.name) for each in statement.undecided if each.status in ("unknown", "unstated")}
        assert found.columns[i].totals == statement.totals
        assert sum(found.columns[i].counts.values()) == len(found.rows)


def test_a_row_differs_by_kind_figure_period_and_what_the_wording_leaves_open() -> None:
    plain = ZZ.reform({"elderly.longevity.amount": "400"})
    found = pr.compare(HOME, [ZZ, plain])
    row = only(found, "longevity_allowance", "Liu")
    assert [str(cell) for cell in row.cells] == ["at least 430.00 yuan a month", "430.00 yuan a month"]
    assert found.differing == (row,)
    apart = pr.compare(HOME, [ZZ, COUNTY])
    nothing = [row for row in apart.rows if not row.given]
    assert nothing
    assert all(row.differs for row in nothing)  # by the reason
    assert list(apart.differing) == [row for row in apart.rows if row.given]
    month, year = (Cell("amount", pr.Amount.exactly(pr.yuan(10), per=per)) for per in ("month", "year"))
    assert not month.same(year)
    assert not month.same(Cell("not eligible"))
    assert Cell("unknown").same(Cell("unknown", why=month.why, missing=("born",)))


def test_totals_are_by_policy_and_period() -> None:
    """100 + 60 + 100 and 430 + 100 a month; added, 30 more. A grant of 1,200 a year is a total of its own."""
    child = pr.Person(name="Li", school_stage=1, born="2012-01-01", **OLD)  # type: ignore[arg-type]
    home = evolve(HOME, registered_poor=True, persons=(*HOME.persons, child))  # type: ignore[misc]
    found = pr.compare(home, [ZZ, ZZ.reading(STACKING, "adds"), COUNTY])
    assert [str(column.totals.get("month")) for column in found.columns] == [
        "at least 790.00 yuan a month",
        "at least 820.00 yuan a month",
        "None",
    ]
    assert found.pers == ("month", "year")
    assert found.columns[0].totals["year"].figure == pr.yuan(1200)


def test_what_hangs_below_the_household_stands_with_it() -> None:
    """A plot of 2.4 mu brings 480; where nobody told whether there are plots, that is what is missing."""
    plot = pr.Plot(name="east", plot_area=pr.mu("2.4"), forest_kind="arbor", land_kind="barren_hill", planting="new")  # type: ignore[arg-type]
    found = pr.compare(evolve(HOME, plots=(plot,)), [ZZ, COUNTY])
    assert said(found, "afforestation_subsidy", "east") == ["480.00 yuan once", "no such rule"]
    untold = pr.compare(HOME, [ZZ, COUNTY])
    row = only(untold, "afforestation_subsidy", "Zhao family")
    assert [cell.status for cell in row.cells] == ["unknown", "no such rule"]
    assert row.cells[0].missing == ("plots",)
    assert pr.compare(evolve(HOME, plots=()), [ZZ, COUNTY])["afforestation_subsidy"] == ()


def test_what_no_policy_has_in_force_is_said_once_and_of_a_house_where_one_has_it() -> None:
    house = pr.Dwelling(name="old house", house_grade="C")  # type: ignore[arg-type]
    home = evolve(HOME, dwellings=(house,))
    (row,) = pr.compare(home, [ZZ, COUNTY])["housing_subsidy"]
    assert (row.who.en, [cell.status for cell in row.cells]) == ("Zhao family", ["not in force", "no such rule"])
    (row,) = pr.compare(home, [ZZ, pr.policy("zaozhuang-hitech", on="2018-06-30")])["housing_subsidy"]
    assert (row.who.en, [cell.status for cell in row.cells]) == ("old house", ["not in force", "unknown"])


def test_people_of_one_name_are_told_apart() -> None:
    twins = [pr.Person(name="Li", born=f"{year}-01-01", **OLD) for year in (1930, 1920)]  # type: ignore[arg-type]
    found = pr.compare(pr.Household(persons=twins), [ZZ])
    assert [(row.who.en, str(row.cells[0])) for row in found["old_age_allowance"]] == [
        ("Li", "30.00 yuan a month"),
        ("Li (2)", "60.00 yuan a month"),
    ]


def test_an_identity_number_in_a_name_is_masked() -> None:
    found = pr.compare(pr.Household(persons=[pr.Person(name="370403194903071234", born="1930-01-01", **OLD)]), [ZZ, COUNTY])  # type: ignore[arg-type]
    assert "370403************" in found.text()
    for shown in (
        found.text(),
        found.text("zh", every=True),
        found._repr_html_(),
        json.dumps(found.to_dict()),
        str(found.table()),
    ):
        assert "194903071234" not in shown


# ---- another world ------------------------------------------------------------------------------------------------

GIFTS = """
[jurisdiction]
path = "{model}"
zh = "赠与"
en = "{model}"

[documents.deed]
title = "Deed"

[rules."deed/gift"]
kind = "flat-amount"
zh = "礼金"
en = "gift"
locator = "1"

[[gifts.gift]]
model = "{model}"
rule = "deed/gift"
from = 2001-01-01
unit = "yuan"
sum = "5"
"""
FARM = Farm(name="Tarlenheim", villagers=[Villager(name="Rose", born="1930-01-01", widowed=True)])


def test_packs_of_one_kingdom_side_by_side() -> None:
    """75 years: 15.50 by the almanac, 12 in Zenda from 65 on; widowed and of age: 50, in the capital 65 from 21 on.

    The charter says how years are counted.
    """
    zenda = ruritania(overlay=OVERLAYS / "zenda.toml")
    found = pr.compare(FARM, [kingdom(), capital(), zenda])  # type: ignore[arg-type]
    assert [column.title for column in found.columns] == ["ruritania 2005-06-30", "strelsau 2005-06-30", "zenda 2005-06-30"]
    assert said(found, "bench_money", "Rose") == ["15.50 yuan a month", "15.50 yuan a month", "12.00 yuan a month"]
    assert said(found, "mourning", "Rose") == ["50.00 yuan once", "65.00 yuan once", "50.00 yuan once"]
    assert {row.name for row in found.differing} == {"bench_money", "mourning"}
    why = {each.label.en: each.said for each in found.whys(found.differing)}
    assert why["mourning money"] == {
        "50.00 yuan once  [Royal Almanac p. 16; Charter of the Farms (R. 7) art. 1]": (0, 2),
        "65.00 yuan once  [Bylaw of Strelsau (S. 1) sec. 2; Charter of the Farms (R. 7) art. 1]": (1,),
    }


@frozen
class ForEach:
    """A gift to every villager."""

    sum: pr.Fen = param("yuan")

    @entitlement("礼金", "gift", entity=Villager, per="once")
    def gift(self) -> pr.Fen:
        """So much."""
        return self.sum


@frozen
class ForAll:
    """A gift to the farm."""

    sum: pr.Fen = param("yuan")

    @entitlement("礼金", "gift", entity=Farm, per="once")
    def gift(self) -> pr.Fen:
        """So much."""
        return self.sum


class Gifts(Area):
    """Gifts of two kinds."""

    name = "gifts"
    models: ClassVar[dict[str, type]] = {"each": ForEach, "all": ForAll}


def test_what_goes_to_the_farm_here_and_to_each_villager_there_is_in_no_policy_lacking(tmp_path: Path) -> None:
    policies = []
    for model in ("each", "all"):
        pack = tmp_path / f"{model}.toml"
        pack.write_text(GIFTS.format(model=model), encoding="utf-8")
        policies.append(pr.policy(path=pack, on="2005-06-30", areas=(Gifts,), world=WORLD))
    found = pr.compare(FARM, policies)  # type: ignore[arg-type]
    assert {row.who.en: [str(cell) for cell in row.cells] for row in found["gift"]} == {
        "Tarlenheim": ["goes to others", "5.00 yuan once"],
        "Rose": ["5.00 yuan once", "goes to others"],
    }
    assert [row.cells[i].why.en for i, row in enumerate(found["gift"])] == ["it goes to a villager", "it goes to a farm"]


def test_policies_of_two_worlds_are_not_compared() -> None:
    with pytest.raises(pr.InputError, match="allowed: policies about a Household"):
        pr.compare(HOME, [ZZ, kingdom()])


# ---- what they are called, and what is refused -------------------------------------------------------------------


def test_a_policy_is_called_by_place_day_readings_and_changes() -> None:
    reform = ZZ.reform({"elderly.longevity.amount": "420", "elderly.longevity.step": "12"}, source="draft of 2018")
    found = pr.compare(HOME, ["cn", ZZ, reform, ZZ.reading(STACKING, "adds"), ZZ], on=ON)
    assert [column.title for column in found.columns] == [
        "cn 2017-06-30",
        "zaozhuang-hitech 2017-06-30",
        "zaozhuang-hitech 2017-06-30 (draft of 2018)",
        "zaozhuang-hitech 2017-06-30 (elderly.old_age_stacking=adds)",
        "zaozhuang-hitech 2017-06-30 (2)",
    ]


def test_a_mapping_gives_titles_of_its_own() -> None:
    found = pr.compare(HOME, {"who": ZZ, "county": "zaozhuang"}, on=ON)
    assert [column.title for column in found.columns] == ["who (2)", "county"]
    assert found.table()[0]["who"] == "Zhao family"


@pytest.mark.parametrize(
    ("policies", "on", "error", "says"),
    [
        ([], ON, pr.InputError, "at least one policy"),
        ("zaozhuang-hitech", ON, pr.SortError, "a list of policies"),
        (ZZ, None, pr.SortError, "a list of policies"),
        (["zaozhuang-hitech"], None, pr.InputError, "say on which day zaozhuang-hitech is meant"),
        (["zaozhuang-hitec"], ON, pr.UnknownName, "did you mean zaozhuang-hitech"),
        ([3], ON, pr.SortError, "policies, or their names"),
        (["zaozhuang-hitech"], "2017-02-30", pr.DateError, "2017-02-30"),
    ],
)
def test_policies_that_are_none_are_refused(policies: object, on: str | None, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        pr.compare(HOME, policies, on=on)  # type: ignore[arg-type]


def test_a_household_that_one_policy_refuses_is_refused_with_its_name() -> None:
    home = pr.Household(persons=[pr.Person(born="2017-03-01")])
    with pytest.raises(pr.DateError, match=r"persons\[0\]\.born.*\(under zaozhuang-hitech 2016-12-31\)"):
        pr.compare(home, [ZZ, PAST])
    told = evolve(home, on=ZZ.on)
    assert [cell.status for cell in pr.compare(told, [ZZ, PAST])["old_age_allowance"][0].cells] == [
        "not eligible",
        "not in force",
    ]
    with pytest.raises(pr.UnknownName, match="untold"):
        pr.compare(home, [ZZ], untold="no")
    with pytest.raises(pr.UnknownName, match="did you mean care_subsidy"):
        pr.compare(HOME, [ZZ])["care_subsidies"]


def test_unknown_statuses_can_be_taken_as_no() -> None:
    home = pr.Household(persons=[pr.Person(name="A", born="1932-05-01")])
    assert said(pr.compare(home, [ZZ]), "old_age_allowance", "A") == ["not told"]
    assert said(pr.compare(home, [ZZ], untold="absent"), "old_age_allowance", "A") == ["30.00 yuan a month"]


# ---- in words -----------------------------------------------------------------------------------------------------


def part(text: str, begin: str) -> str:
    """A part of a text, from its heading to the next blank line."""
    return text.split(begin, 1)[1].split("\n\n", 1)[0]


def test_the_text_gives_the_provisions_of_both() -> None:
    found = pr.compare(HOME, [ZZ, ZZ.reading(STACKING, "adds"), COUNTY])
    why = part(found.text(), "what differs, and why:\n").splitlines()
    at = why.index("  Zhao: old-age allowance")
    assert why[at + 1 : at + 4] == [
        "    A: not eligible: old-age amount of dibao recipients 100.00 ≥ 30.00 and general old-age amount 30.00 ≠ 0"
        "  [1] 专栏7 第3条; 专栏7 第1条",
        "    B: 30.00 yuan a month  [1] 专栏7 第1条; 专栏7 第3条 (elderly.old_age_stacking=adds)",
        "    C: the documents of Zaozhuang hold no such rule",
    ]
    at = why.index("  Zhao, Liu: basic pension")
    assert why[at + 1] == "    A, B: at least 100.00 yuan a month  [1] 专栏7 第9条(1)"
    assert found.text().endswith(f"\n\n[1] {TITLE}, issued 2018-03-24")
    assert "    C: 枣庄市的文件无此规定" in found.text("zh")


def test_the_table_of_the_text_is_aligned_though_chinese_characters_are_wide() -> None:
    home = evolve(HOME, persons=(evolve(HOME.persons[0], name="赵老太太"), *HOME.persons[1:]))  # type: ignore[index]
    for lang, total in (("zh", "合计"), ("en", "totals")):
        text = pr.compare(home, [ZZ, ZZ.reading(STACKING, "adds"), COUNTY]).text(lang)
        table = text.split("\n\n")[2].splitlines()
        heads = table[0]
        starts = [cell_len(heads[: heads.rindex(f"  {letter}") + 2]) for letter in "ABC"]
        assert len(table) == 8
        for line in table:
            for start in starts:  # a cell begins there, after two blanks at least
                before = next(line[:i] for i in range(len(line)) if cell_len(line[:i]) >= start)
                assert cell_len(before) == start
                assert before.endswith("  ")
                assert line[len(before)].strip()
        assert any(line.split()[0] == total for line in table)


def test_what_nobody_gives_is_counted_and_listed_on_request() -> None:
    found = pr.compare(HOME, [ZZ, COUNTY])
    counted = part(found.text(), "entitlements without an amount\n").splitlines()
    by_word = {line.rsplit(maxsplit=2)[0].strip(): [int(n) for n in line.split()[-2:]] for line in counted}
    assert by_word["no such rule"] == [0, len(found.rows)]
    assert by_word["not told"][0] == len([each for each in ZZ.assess(HOME).undecided if each.status == "unknown"])
    assert "the other entitlements:" not in found.text()
    every = part(found.text(every=True), "the other entitlements:\n")
    assert "  Liu: care subsidy\n    A: not eligible: assessed as unable to care for oneself: no  [1] " in every
    assert "    A: not told: unable_to_care (assessed as unable to care for oneself)" not in every  # she is too young for it
    assert "  Zhao family: dibao top-up\n    A: not told: incomes (the list)" in every


def test_policies_that_say_the_same_are_said_to() -> None:
    text = pr.compare(HOME, [ZZ, pr.policy("zaozhuang-hitech", on=ON)]).text()
    assert text.endswith("\n\nnothing differs")
    assert pr.compare(HOME, [ZZ, COUNTY]).text().count("nothing differs") == 0
    assert "无不同" in pr.compare(HOME, [ZZ, ZZ]).text("zh")


def test_repr_and_letters() -> None:
    assert repr(pr.compare(HOME, [ZZ, ZZ.reading(STACKING, "adds")])) == (
        "<Comparison of Zhao family under zaozhuang-hitech 2017-06-30, "
        "zaozhuang-hitech 2017-06-30 (elderly.old_age_stacking=adds): 1 of 6 lines differ>"
    )
    assert len({mark(i) for i in range(100)}) == 100


def test_the_table_of_a_notebook_marks_what_differs_and_escapes_names() -> None:
    home = evolve(HOME, persons=(evolve(HOME.persons[0], name="<i>"), *HOME.persons[1:]))  # type: ignore[index]
    shown = pr.compare(home, {"<now>": ZZ, "added": ZZ.reading(STACKING, "adds")})._repr_html_()
    assert "<th>&lt;now&gt;</th>" in shown
    assert "&lt;i&gt;" in shown
    assert "<i>" not in shown
    assert f"<b>30.00 yuan a month</b><br><small>{TITLE} 专栏7 第1条; {TITLE} 专栏7 第3条</small>" in shown
    assert "<b>60.00 yuan a month</b>" not in shown
    assert "at least 820.00 yuan a month</th>" in shown


# ---- as data ------------------------------------------------------------------------------------------------------


def test_it_is_json_and_the_same_each_time() -> None:
    first, again = (json.dumps(pr.compare(HOME, ["zaozhuang-hitech", "cn"], on=ON).to_dict()) for _ in range(2))
    assert first == again
    data = json.loads(first)
    assert [one["title"] for one in data["policies"]] == ["zaozhuang-hitech 2017-06-30", "cn 2017-06-30"]
    assert data["policies"][0]["totals"]["month"]["figure"] == "790.00"
    assert data["policies"][1]["counts"] == {"no such rule": len(data["rows"])}
    (row,) = (row for row in data["rows"] if row["name"] == "care_subsidy" and row["who"]["en"] == "Zhao")
    assert row["differs"] is True
    assert row["cells"][0]["amount"]["figure"] == "60.00"
    assert f"{TITLE} 专栏7 第4条" in row["cells"][0]["provisions"]
    assert row["cells"][1] == {
        "status": "no such rule",
        "amount": None,
        "why": {"zh": "全国的文件无此规定", "en": "the documents of China hold no such rule"},
        "provisions": [],
        "readings": {},
        "missing": [],
    }


def test_cells_are_in_whole_fen_with_an_open_end_as_nothing() -> None:
    cells = pr.compare(HOME, {"a": ZZ, "b": COUNTY}).cells()
    (row,) = (one for one in cells if (one["who"], one["name"], one["policy"]) == ("Liu", "longevity_allowance", "a"))
    assert (row["fen"], row["low_fen"], row["high_fen"], row["per"], row["differs"]) == (43000, 43000, None, "month", True)
    none = next(one for one in cells if one["policy"] == "b")
    assert (none["status"], none["fen"], none["per"]) == ("no such rule", None, "")


@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow"])
def test_a_frame_has_a_row_for_each_entitlement_and_a_column_for_each_policy(engine: str) -> None:
    import narwhals as nw

    found = pr.compare(HOME, {"now": ZZ, "county": COUNTY})
    frame = nw.from_native(found.frame(engine), eager_only=True)  # type: ignore[call-overload]
    assert frame.implementation.value == engine
    assert frame.columns == ["who", "what", "name", "now", "county"]
    assert frame.rows(named=True) == found.table()
    assert ("Zhao", "care subsidy", "care_subsidy", "60.00 yuan a month", "no such rule") in frame.rows()


def test_another_engine_is_refused() -> None:
    with pytest.raises(pr.UnknownName, match="did you mean polars"):
        pr.compare(HOME, [ZZ]).frame("polar")
