"""The sixth document: its cases hold, and every change of its pack is noticed by one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from povertyrules.testing.cases import Case, Policies, load
from povertyrules.testing.nudge import nudge

FICTIONAL = Path(__file__).parents[1] / "fictional"
CASES = load(FICTIONAL / "sixth-cases.toml")
POLICIES = Policies()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_of_the_sixth_document_holds(case: Case) -> None:
    assert case.check(POLICIES.of(case)) == []


def test_every_change_of_the_pack_is_noticed() -> None:
    report = nudge(FICTIONAL / "sixth.toml", CASES)
    assert report.tried > 100
    assert report.ok, str(report)


def test_a_row_that_no_case_asks_about_survives() -> None:
    report = nudge(FICTIONAL / "sixth.toml", [case for case in CASES if case.args.get("name") != "posts"])
    gone = {one.what.partition(" ")[0].rstrip(":") for one in report.survivors}
    assert gone >= {"obligations.posts.at_least", "obligations.posts"}
