"""The reasons in columns are those of the scalar answer, without the figures of the row."""

from __future__ import annotations

import re

import polars as pl
import pytest
from frames.trees import EARLY, POLICIES, trees

from povertyrules.case import Case
from povertyrules.entities import WORLD
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node

BOTH = pytest.mark.parametrize("day", list(POLICIES))
WORDS = {"refused": "not eligible: ", "untold": "not told: "}
LISTS = {field: below for shape in WORLD.entities.values() for field, (below, _) in shape.children.items()}
LISTED = {fact: field for field, below in LISTS.items() for fact in WORLD.entities[below].facts}
"""The list in which what a fact belongs to stands."""
COMPARISON = re.compile(r"(?P<left>[^<>≤≥=≠()]+) (?P<sign>[<>≤≥=≠]) (?P<right>[^<>≤≥=≠()]+)")
"""A comparison of one thing; the scalar answer says its figure too: `age 59 < 60`."""
OWED = {"Person": "persons", "Household": "households", "Dwelling": "dwellings", "Plot": "plots", "Death": "deaths"}


def answers(of: Policy, roots: list[Node]) -> dict[str, list[tuple[Node, Case]]]:
    """The scalar answers of every row, by table, in the order of the tables."""
    program = of.program(tuple(of.plan.quantities))
    out: dict[str, list[tuple[Node, Case]]] = {name: [] for name in OWED.values()}
    for root in roots:
        for node in of.builder.below(root):
            if node["#"] in OWED:
                out[OWED[node["#"]]].append((node, Case(of, program, root, node)))
    return out


@BOTH
def test_reasons_are_those_of_the_scalar_answer(day: str) -> None:
    some = trees(day, 60, 11)
    of, roots = some.policy, some.roots
    found = of.assess_frames(unit="fen", reasons=True, **some.tables)
    met = dict.fromkeys(("refused", "untold", "unstated", "nothing"), 0)
    for table, cases in answers(of, roots).items():
        frame = getattr(found, table)
        for name in (n for n in of.entitlements if OWED[of.plan.quantities[n].entity] == table):
            column = frame[f"{name}_reason"].to_list()
            assert len(column) == len(cases)
            for reason, (node, case) in zip(column, cases, strict=True):
                met[compared(case, name, node[name], reason)] += 1
    assert min(met.values()) > 20, met


def compared(case: Case, name: str, value: int | None, reason: str | None) -> str:
    """Compare one reason; the kind of answer that it was."""
    if value is None:
        assert reason is not None, name
        if missing := case.missing(name):
            assert reason.startswith(WORDS["untold"]), (name, reason, missing)
            told = {*missing, *(LISTED[one] for one in missing if one in LISTED)}  # of a lower table, its list is named
            assert reason.removeprefix(WORDS["untold"]) in told, (name, reason, missing)
            return "untold"
        assert not reason.startswith((*WORDS.values(),)), (name, reason)
        return "unstated"
    said = case.why(name) if value == 0 else ""
    if not said:
        assert reason is None, (name, value, reason)
        return "nothing"
    assert reason is not None, (name, said)
    assert reason.startswith(WORDS["refused"]), (name, reason)
    text = reason.removeprefix(WORDS["refused"])
    if (plain := COMPARISON.fullmatch(text)) and (with_figure := COMPARISON.fullmatch(said)):
        assert with_figure["left"].startswith(plain["left"]), (name, said, reason)
        assert with_figure["sign"] == plain["sign"], (name, said, reason)
    if re.fullmatch(r"[^<>≤≥=≠]+: (yes|no)", text):
        assert said == text, (name, said, reason)
    return "refused"


def test_chinese_reasons() -> None:
    people = pl.DataFrame({"household_id": ["a", "a"], "age": [70, 50], "unable_to_care": [False, None]})
    homes = pl.DataFrame({"household_id": ["a"]})
    found = EARLY.assess_frames(people, homes, unit="fen", targets=["care_subsidy"], reasons=True, lang="zh").persons
    assert found["失能护理补贴（分/月）原因"].to_list() == ["不符合条件: 经评估失能:否", "不符合条件: 年龄 < 60"]


def test_a_reason_only_where_there_is_one() -> None:
    people = pl.DataFrame({"household_id": ["a"], "age": [70], "unable_to_care": [True]})
    found = EARLY.assess_frames(
        people, pl.DataFrame({"household_id": ["a"]}), unit="fen", targets=["care_subsidy"], reasons=True
    ).persons
    assert found["care_subsidy_reason"].to_list() == [None]
    assert found["care_subsidy_reason"].dtype == pl.String
