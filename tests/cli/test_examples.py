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
EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".toml", ".json"))

# file, who, what: low and high of the amount, worked from box 6 and box 7 of the plan and its chapter 9
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
    ("three-generations", "吴家", "dibao_due"): ("fen((3900 * 6 - (9600 + 6000 + 3280 - 4150.50 + 600 + 512.40 + 360)) / 12)",),
    ("three-generations", "吴长河", "old_age_allowance"): ("30",),
    ("three-generations", "张玉芝", "basic_insurance"): ("fen(0.85 * 990.25)",),
    ("registered-poor", "马文", "basic_insurance"): ("0.55 * 236500",),
    ("registered-poor", "马文", "critical_illness"): ("fen(0.55 * (100000 - 6000) + 0.65 * (0.45 * 236500 - 100000))",),
}


def assessed(assess: Run, file: Path) -> list[dict[str, list[dict[str, object]]]]:
    """The statements of a file."""
    done = assess(file, "--format", "json")
    assert (done.status, done.err) == (0, "")
    data = json.loads(done.out)
    return data if isinstance(data, list) else [data]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_is_assessed_without_a_refusal(assess: Run, file: Path, lang: str) -> None:
    done = assess(file, "--lang", lang, "--explain")
    assert (done.status, done.err) == (0, "")
    names = [household.name for _, household in read_households(file).households]
    assert all(f"{name} · " in done.out for name in names)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 8
    assert len(read_households(EXAMPLES / "village.toml").households) >= 5


@pytest.mark.parametrize("name", sorted({file for file, _, _ in WORKED}))
def test_figures_are_those_of_the_document(assess: Run, name: str) -> None:
    (statement,) = assessed(assess, EXAMPLES / f"{name}.toml")
    found = {(line["who"], line["name"]): line["amount"] for line in statement["lines"]}
    for (file, who, what), ends in WORKED.items():
        if file == name:
            low, high = found[(who, what)]["low"], found[(who, what)]["high"]
            wanted = [None if end is None else Fraction(evaluate(end)) for end in (ends[0], ends[-1])]
            assert [Fraction(low), None if high is None else Fraction(high)] == wanted


def test_the_demo_has_something_of_everything(assess: Run, demo: Path) -> None:
    (statement,) = assessed(assess, demo)
    assert len(statement["lines"]) >= 6
    assert any(line["amount"]["high"] is None for line in statement["lines"])
    assert any(one["status"] == "not eligible" for one in statement["refused"])
    assert {one["status"] for one in statement["undecided"]} == {"unknown", "unstated"}


def test_half_told_is_decided_for_nothing(assess: Run) -> None:
    (statement,) = assessed(assess, EXAMPLES / "half-told.toml")
    assert statement["lines"] == []
    missing = " ".join(str(one["reason"]["en"]) for one in statement["undecided"])
    for fact in ("receives_dibao", "unable_to_care", "hospital_grade", "born", "treatments", "incomes"):
        assert fact in missing


def test_the_reading_that_the_registered_poor_example_names_changes_it(assess: Run) -> None:
    file = EXAMPLES / "registered-poor.toml"
    assert "medical_assistance" not in {line["name"] for line in assessed(assess, file)[0]["lines"]}
    wider = assess(file, "--reading", "medical.assistance_scope=all_poor", "--format", "json")
    assert "medical_assistance" in {line["name"] for line in json.loads(wider.out)["lines"]}


def test_no_example_holds_an_identity_number_that_could_be_real() -> None:
    for file in FILES:
        for _, household in read_households(file).households:
            for person in household.persons or ():
                assert person.id_number is None or person.id_number.endswith("00000000")
