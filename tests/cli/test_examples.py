"""The households of `examples/`: each can be assessed, and shows what it was written to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from povertyrules.households import read_households
from povertyrules.testing.working import evaluate

Run = Callable[..., "object"]
IN_2018 = ("--policy", "zaozhuang-hitech", "--on", "2018-06-30")
EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".toml", ".json"))

DAYS = {"dangerous-house": "2018-12-31", "exited": "2017-12-31", "findings": "2018-12-31"}
"""The day on which a file is looked at, as its comment says; the others on 30 June 2017."""

BASIC = "fen(0.85 * 990.20 + 0.70 * 8450 + 0.55 * 61200)"

# file, who, what: low and high of the amount, worked from boxes 2 to 8 of the plan and its chapter 9
WORKED = {
    ("elderly-couple", "赵家", "dibao_due"): ("fen((3900 * 2 - (2400 + 2640 + 960)) / 12)",),
    ("elderly-couple", "赵守田", "dibao_old_age_allowance"): ("100",),
    ("elderly-couple", "刘桂英", "dibao_old_age_allowance"): ("200",),
    ("elderly-couple", "刘桂英", "care_subsidy"): ("60",),
    ("patient", "孙家", "dibao_due"): ("3900 / 12",),
    ("patient", "孙志强", "basic_insurance"): ("min(150000, 0.85 * 3185.60 + 0.70 * 24760.45 + 0.55 * (152300 + 88412.30))",),
    ("patient", "孙志强", "critical_illness"): (
        "fen(0.55 * (100000 - 6000) + 0.65 * (3185.60 + 24760.45 + 152300 + 88412.30 - 150000 - 100000))",
    ),
    ("patient", "孙志强", "commercial_insurance"): ("5000",),
    ("centenarian", "陈秀兰", "longevity_allowance"): ("400 + 10 * (101 - 100)", None),
    ("extremely-poor", "周长贵", "extremely_poor_support"): ("5070",),
    ("extremely-poor", "周长贵", "basic_insurance"): ("0.70 * 14200",),
    ("extremely-poor", "周长贵", "medical_assistance"): ("fen(0.70 * 0.30 * 14200)", "0.30 * 14200"),
    ("three-generations", "吴家", "dibao_due"): ("fen((3900 * 8 - (9600 + 6000 + 3280 - 4150.50 + 600 + 512.40 + 360)) / 12)",),
    ("three-generations", "吴老太太", "longevity_allowance"): ("400 + 10 * (102 - 100)", None),
    ("three-generations", "吴长河", "dibao_old_age_allowance"): ("100",),
    ("three-generations", "张玉芝", "basic_insurance"): (BASIC,),
    ("three-generations", "张玉芝", "critical_illness"): (f"fen(0.55 * (990.20 + 8450 + 61200 - ({BASIC}) - 6000))",),
    ("three-generations", "吴立志", "living_subsidy"): ("80", None),
    ("three-generations", "吴立志", "nursing_subsidy"): ("80", None),
    ("three-generations", "吴晓", "senior_grant"): ("2000",),
    ("three-generations", "吴晓", "yulu_aid"): ("3000",),
    ("dangerous-house", "堂屋", "housing_subsidy"): ("25000", "26800"),
    ("children", "孤儿小甲", "orphan_support"): ("720", None),
    ("children", "孤儿小甲", "boarding_subsidy"): ("1000",),
    ("children", "留守小乙", "difficult_child_aid"): ("300", None),
    ("children", "留守小乙", "preschool_grant"): ("1200",),
    ("forest", "南坡", "afforestation_subsidy"): ("200 * 3.5",),
    ("forest", "河滩", "afforestation_subsidy"): ("200 * 1",),
    ("relief", "户戊", "temporary_relief"): ("3900 / 12 * 3 * 3",),
    ("registered-poor", "马文", "basic_insurance"): ("0.55 * 236500",),
    ("registered-poor", "马文", "critical_illness"): ("fen(0.55 * (100000 - 6000) + 0.65 * (0.45 * 236500 - 100000))",),
}


def told(run: Run, command: str, file: Path, *args: str) -> object:
    """What a command says about a file on its day."""
    return run(command, file, "--policy", "zaozhuang-hitech", "--on", DAYS.get(file.stem, "2017-06-30"), *args)


def assessed(run: Run, file: Path, *args: str) -> list[dict[str, list[dict[str, object]]]]:
    """The statements of a file."""
    done = told(run, "assess", file, "--format", "json", *args)
    assert (done.status, done.err) == (0, "")
    data = json.loads(done.out)
    return data if isinstance(data, list) else [data]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_is_assessed_without_a_refusal(run: Run, file: Path, lang: str) -> None:
    done = told(run, "assess", file, "--lang", lang, "--explain")
    assert (done.status, done.err) == (0, "")
    names = [household.name for _, household in read_households(file).households]
    assert all(f"{name} · " in done.out for name in names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_can_be_looked_at_on_any_day_of_the_plan(run: Run, file: Path) -> None:
    for day in ("2017-06-30", "2018-06-30", "2020-12-31"):
        assert run("assess", file, "--policy", "zaozhuang-hitech", "--on", day).status == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_the_findings_have_findings(run: Run, file: Path) -> None:
    done = told(run, "check", file)
    assert (done.status, done.err) == (int(file.stem == "findings"), "")


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 12
    assert len(read_households(EXAMPLES / "village.toml").households) >= 5


@pytest.mark.parametrize("name", sorted({file for file, _, _ in WORKED}))
def test_figures_are_those_of_the_document(run: Run, name: str) -> None:
    (statement,) = assessed(run, EXAMPLES / f"{name}.toml")
    found = {(line["who"], line["name"]): line["amount"] for line in statement["lines"]}
    for (file, who, what), ends in WORKED.items():
        if file == name:
            low, high = found[(who, what)]["low"], found[(who, what)]["high"]
            wanted = [None if end is None else Fraction(evaluate(end)) for end in (ends[0], ends[-1])]
            assert [Fraction(low), None if high is None else Fraction(high)] == wanted


def test_the_demo_has_something_of_everything(run: Run, demo: Path) -> None:
    (statement,) = assessed(run, demo)
    amounts = [line["amount"] for line in statement["lines"]]
    assert len(amounts) >= 6
    assert None in amounts
    assert any(amount["high"] is None for amount in amounts if amount)
    assert {amount["per"] for amount in amounts if amount} == {"month", "year", "once"}
    assert any(one["status"] == "not eligible" for one in statement["refused"])
    assert {one["status"] for one in statement["undecided"]} == {"unknown", "unstated"}


def test_the_demo_fits_on_a_screen_or_two(run: Run, demo: Path) -> None:
    assert len(told(run, "assess", demo).out.splitlines()) <= 100


def test_half_told_waits_for_what_the_form_left_blank(run: Run) -> None:
    (statement,) = assessed(run, EXAMPLES / "half-told.toml")
    # the old man is over sixty and the household in the register: that much is told
    due = {(line["who"], line["name"]) for line in statement["lines"] if line["name"] != "treated_first"}
    assert due == {("冯老汉", "basic_pension"), ("冯家", "water_connection_free"), ("冯家", "farm_service_discount")}
    missing = " ".join(str(one["reason"]["en"]) for one in statement["undecided"])
    blank = ("receives_dibao", "unable_to_care", "hospital_grade", "born", "treatments", "incomes", "school_stage")
    for fact in (*blank, "disability_grade", "plot_area", "relief_cause", "living_difficulty"):
        assert f"{fact} (" in missing
    (in_2018,) = [json.loads(run("assess", EXAMPLES / "half-told.toml", *IN_2018, "--format", "json").out)]
    assert "grade_confirmed" in next(one["reason"]["en"] for one in in_2018["undecided"] if one["name"] == "housing_subsidy")


def test_the_disabled_adult_of_the_three_generations_is_severely_disabled_and_the_student_pays_no_tuition(run: Run) -> None:
    (statement,) = assessed(run, EXAMPLES / "three-generations.toml")
    services = {(line["who"], line["name"]) for line in statement["lines"] if line["amount"] is None}
    assert ("吴晓", "tuition_waived") in services  # a full-time student of a vocational school
    assert {("吴婷", "misc_fee_waived"), ("吴婷", "free_textbooks")} <= services
    assert ("吴晓", "boarding_subsidy") not in {(line["who"], line["name"]) for line in statement["lines"]}


def test_forest_under_one_mu_has_no_subsidy_and_shrubs_no_printed_rate(run: Run) -> None:
    (statement,) = assessed(run, EXAMPLES / "forest.toml")
    found = {one["who"]: one["status"] for part in ("refused", "undecided") for one in statement[part] if "affor" in one["name"]}
    assert found == {"地头": "not eligible", "西沟": "unstated"}
    assert ("户丙", "ranger_post") in {(line["who"], line["name"]) for line in statement["lines"]}


def test_the_exited_household_keeps_its_support_until_the_end_of_2020(run: Run) -> None:
    file = EXAMPLES / "exited.toml"
    (statement,) = assessed(run, file)
    assert {"fit_to_exit", "support_unchanged"} <= {line["name"] for line in statement["lines"]}  # 9800 + 6400 - 2600 > 3 * 3509
    for day, kept in (("2020-12-31", True), ("2021-01-01", False)):
        asked = ("--policy", "zaozhuang-hitech", "--on", day, "--past", "extend", "--format", "json")
        names = [line["name"] for line in json.loads(run("assess", file, *asked).out)["lines"]]
        assert ("support_unchanged" in names) is kept


def test_the_funds_of_the_dangerous_house_are_told_but_its_labour_counts_only_under_a_reading(run: Run) -> None:
    chosen = assessed(run, EXAMPLES / "dangerous-house.toml", "--reading", "housing.cost_scope=with_labour")[0]
    (subsidy,) = [line for line in chosen["lines"] if line["name"] == "housing_subsidy"]
    assert Fraction(subsidy["amount"]["high"]) == 26800 + 3000


def test_the_findings_are_those_the_file_was_written_for(run: Run) -> None:
    done = told(run, "check", EXAMPLES / "findings.toml", "--format", "json")
    house, student = json.loads(done.out)
    fields = [one["field"].removeprefix("dwellings[0].") for one in house["findings"]]
    wrong = ["method", "floor_area", "subsidy_paid", "ceiling", "accepted_by", "delivered_on", "paid_to", "misuse"]
    assert sorted(fields) == sorted(wrong)
    assert [one["field"] for one in student["findings"]] == ["persons[0].tuition"]


def test_the_reading_that_the_registered_poor_example_names_changes_it(run: Run) -> None:
    file = EXAMPLES / "registered-poor.toml"
    assert "medical_assistance" not in {line["name"] for line in assessed(run, file)[0]["lines"]}
    (wider,) = assessed(run, file, "--reading", "medical.assistance_scope=all_poor")
    assert "medical_assistance" in {line["name"] for line in wider["lines"]}


def test_no_example_holds_an_identity_number_that_could_be_real() -> None:
    for file in FILES:
        for _, household in read_households(file).households:
            for person in household.persons or ():
                assert person.id_number is None or person.id_number.endswith("00000000")
