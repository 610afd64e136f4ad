"""A procedure in words, and as a diagram whose every line Mermaid can read."""

from __future__ import annotations

import re

import pytest
from fictional.gerolstein import Way, all_ways, gerolstein

from povertyrules.areas.procedures.steps import DayCount, Steps
from povertyrules.areas.procedures.track import Track
from povertyrules.areas.procedures.words import diagram
from povertyrules.core.citation import Titled

NODE = re.compile(r'    state "(?P<text>[^"]+)" as (?P<id>[a-z][a-z0-9_]*)')
EDGE = re.compile(r"    (?P<before>\[\*\]|[a-z][a-z0-9_]*) --> (?P<after>\[\*\]|[a-z][a-z0-9_]*)(?: : (?P<said>[^:;#\"{}<>]+))?")
AREA = gerolstein().procedures
# what Mermaid 11 refuses as the name of a state
KEPT = ("class", "classdef", "click", "default", "note", "scale", "state", "style")


def parsed(text: str) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The states of a diagram with their texts, and its ways with what they say; a line that is neither is refused."""
    head, *lines = text.splitlines()
    assert head == "stateDiagram-v2"
    states, ways = {}, {}
    for line in lines:
        if found := NODE.fullmatch(line):
            states[found["id"]] = found["text"]
        else:
            way = EDGE.fullmatch(line)
            assert way, line
            ways[way["before"], way["after"]] = way["said"] or ""
    return states, ways


@pytest.mark.parametrize("way", all_ways(), ids=str)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_diagram_has_every_step_and_every_way(way: Way, lang: str) -> None:
    states, ways = parsed(way.area.diagram(way.name, lang))
    assert list(states) == [step.code for step in way.steps]
    assert all(step.title.text(lang) in states[step.code] for step in way.steps)
    within = {pair: said for pair, said in ways.items() if "[*]" not in pair}
    assert set(within) == {(before, step.code) for step in way.steps for before in step.after}
    assert {after for before, after in ways if before == "[*]"} == {step.code for step in way.steps if not step.after}
    for step in way.steps:
        for pair, said in ways.items():
            if pair[0] == step.code and isinstance(step.notice, int) and (pair[1] == "[*]" or way.onward(*pair)):
                assert f"公示{step.notice}" in said if lang == "zh" else f"notice of {step.notice} " in said


def test_a_diagram_says_what_a_way_asks_for() -> None:
    _, ways = parsed(AREA.diagram("leave"))
    assert ways["posted", "checked"] == "notice of 7 calendar days, no objection"
    assert ways["posted", "reviewed"] == "back"
    assert parsed(AREA.diagram("house"))[1]["first", "approved"] == "notice, days not printed"
    states, ways = parsed(AREA.diagram("leave", "zh"))
    assert states["checked"] == "审核（镇）"
    assert ways["posted", "checked"] == "公示7个自然日，无异议"
    assert parsed(AREA.diagram("sale"))[1]["posted", "[*]"] == "notice of 3 calendar days"


@pytest.mark.parametrize("code", KEPT)
def test_words_that_mermaid_keeps_are_not_names_of_states(code: str) -> None:
    raw = [{"step": code, "zh": "甲：“乙”", "en": 'a: "b"; #c {d} [e] <f>'}, {"step": "end", "zh": "末", "en": "last"}]
    track = Track("odd", Titled("怪", "odd"), Steps.written(raw, "steps"), DayCount.CALENDAR, "art. 1", {})
    states, ways = parsed(diagram(track, "en"))
    assert states == {f"{code}_": "a b c d e f", "end": "last"}
    assert (f"{code}_", "end") in ways


def test_a_procedure_is_told_step_by_step() -> None:
    assert AREA.explain("leave").splitlines() == [
        "leaving the roll [Order of the Grand Duchy (G. 4) art. 1]",
        "1. proposed: proposed (the group)",
        "2. reviewed: reviewed (the assembly)",
        "   back from posted or posted_again",
        "3. posted: posted in the village",
        "   needs agrees (the household agrees)",
        "   the notice of posted, 7 calendar days",
        "4. checked: checked (the town)",
        "   needs no_objection (no objection)",
        "5. posted_again: posted again",
        "   the notice of posted_again, 5 calendar days",
        "6. struck: struck off",
        "   needs no_objection (no objection)",
        "   needs book_open (the book is open)",
    ]
    assert "   公示，天数未载明" in AREA.explain("house", "zh").splitlines()
    assert "   can be the first" in AREA.explain("check").splitlines()
    assert "   after valued" in AREA.explain("sale").splitlines()


def test_a_course_is_told_with_its_days() -> None:
    course = AREA.walk("leave", [{"step": "proposed", "on": "2018-06-01"}, {"step": "reviewed", "on": "2018-06-02"}])
    lines = AREA.explain(course).splitlines()
    assert lines[2] == "   taken on 2018-06-01"
    assert sum("taken on" in line for line in lines) == 2
    assert "   已于 2018-06-02" in AREA.explain(course, "zh").splitlines()


def test_what_may_come_next_is_told() -> None:
    course = AREA.walk(
        "leave",
        [
            {"step": "proposed", "on": "2018-06-01"},
            {"step": "reviewed", "on": "2018-06-02"},
            {"step": "posted", "on": "2018-06-04", "facts": {"agrees": True}},
        ],
    )
    assert list(map(str, AREA.allowed(course))) == [
        "reviewed: reviewed (the assembly), from 2018-06-04",
        "checked: checked (the town), from 2018-06-11; needs: no objection",
    ]
    assert [one.text("zh") for one in AREA.allowed(course)] == [
        "评议（会议），2018-06-04 起",
        "审核（镇），2018-06-11 起；须无异议",
    ]
    house = AREA.walk("house", [{"step": "asked", "on": "2018-06-01"}, {"step": "first", "on": "2018-06-01"}])
    assert str(AREA.allowed(house)[0]) == "approved: approved, from 2018-06-01, the days of notice are not printed"


def test_every_procedure_is_named() -> None:
    assert {name: title.en for name, title in AREA.overview().items()}["leave"] == "leaving the roll"
