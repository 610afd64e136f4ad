"""Pathways: tags of decisions in three-valued logic, kinds of things. The pack is made up."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import povertyrules as pr
from povertyrules.areas.pathways import PathwaysArea
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.magnitude import UnitError

PACK = Path(__file__).parents[1] / "fictional" / "sixth.toml"
AGES = (None, 15, 16, 59, 60)


def pathways() -> PathwaysArea:
    return pr.policy(path=PACK, on="2019-12-31").pathways


def by_hand(able: bool, age: int) -> str:
    """The made-up document, read aloud: a job for those who can and are of age, care for the old and those who cannot."""
    if able and 16 <= age < 60:
        return "job"
    return "care" if not able or age >= 60 else "school"


@pytest.mark.parametrize(("able", "age"), list(product((True, False, None), AGES)))
def test_a_tag_holds_if_it_holds_whatever_is_not_told(able: bool | None, age: int | None) -> None:
    """Against every completion of the facts."""
    facts: dict[str, object] = {} if able is None else {"able": able}
    facts |= {} if age is None else {"age": f"{age} years"}
    found = pathways().tags("who", facts)
    ends = {by_hand(a, b) for a in ((True, False) if able is None else (able,)) for b in (AGES[1:] if age is None else (age,))}
    for tag in ("job", "care", "school"):
        answer = found.answers()[tag]
        if answer != "unknown":  # what is decided is right for every completion
            assert answer == (ends == {tag}) if tag in ends else answer is False
        else:
            assert ends != {tag} or len(facts) < 2
    if len(facts) == 2:
        assert found.codes == tuple(ends)
        assert not found.missing


def test_what_would_decide_is_named() -> None:
    found = pathways().tags("who", {"able": True})
    assert found.missing == ("age",)
    assert "not told is age" in str(found)
    assert pathways().asks("who")["age"].zh == "年龄"


@pytest.mark.parametrize(
    ("facts", "error"),
    [({"abel": True}, UnknownName), ({"able": "yes"}, SortError), ({"age": "16"}, UnitError), ({"age": "16 persons"}, UnitError)],
)
def test_facts_that_cannot_be_meant_are_refused(facts: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        pathways().tags("who", facts)


@pytest.mark.parametrize(
    ("of", "answers"),
    [
        ("光伏电站", {"operating": True, "public": False}),
        ("厂房", {"operating": True, "public": True}),
        ("道路", {"operating": False, "public": True}),
        ("水库", {"operating": "unknown", "public": False}),
    ],
)
def test_a_thing_stands_in_the_kinds_that_list_it(of: str, answers: dict[str, object]) -> None:
    assert pathways().classes("assets", of=of).answers() == answers


def test_facts_are_a_table() -> None:
    with pytest.raises(SortError):
        pathways().tags("who", None)  # type: ignore[arg-type]


def test_a_thing_needs_a_name() -> None:
    with pytest.raises(UnknownName):
        pathways().classes("assets", of=" ")
