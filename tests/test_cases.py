"""Every case of every case file, to the fen."""

from pathlib import Path

import pytest
from attrs import evolve

from povertyrules.testing.cases import Case, Policies, load

FILES = sorted((Path(__file__).parent / "cases").rglob("*.toml"))
CASES = [case for file in FILES for case in load(file)]
POLICIES = Policies()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert case.check(POLICIES.of(case)) == []


def test_names_are_unique() -> None:
    names = [str(case) for case in CASES]
    assert len(names) == len(set(names))


def test_a_case_that_expects_something_else_is_told() -> None:
    refused = next(case for case in CASES if case.raises and case.call == "education.check_vocational")
    answered = evolve(refused, args={**refused.args, "year": 2018})
    assert "NotStated was expected" in answered.check(POLICIES.of(answered))[0]
    graded = next(case for case in CASES if "average" in case.quality.values())
    stated = evolve(graded, quality=dict.fromkeys(graded.quality, "stated"))
    assert "expected quality stated, got average" in stated.check(POLICIES.of(stated))[0]
    found = next(case for case in CASES if case.expected.get("errors") == 1)
    assert "errors: expected 2, got 1" in evolve(found, expected={**found.expected, "errors": 2}).check(POLICIES.of(found))
