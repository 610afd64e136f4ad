"""Every case of every case file, to the fen."""

from pathlib import Path

import pytest

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
