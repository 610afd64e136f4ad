"""Values that turn on interpretations: read under every choice, at any depth."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.turning import ByReading, expanded, turns_on

CHOICES = {"a.one": ("x", "y"), "b.two": ("p", "q", "r")}
LEAVES = st.integers(0, 9)


def turning(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or a choice by reading in its place, or a table or list of such."""
    by_reading = [st.fixed_dictionaries({"reading": st.just(n), **dict.fromkeys(c, inner)}) for n, c in CHOICES.items()]
    return st.one_of(*by_reading, st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("klm"), inner, max_size=3))


def by_hand(raw: Any, chosen: dict[str, str]) -> Any:
    """The value under chosen readings, by walking down."""
    if isinstance(raw, dict) and "reading" in raw:
        return by_hand(raw[chosen[raw["reading"]]], chosen)
    if isinstance(raw, dict):
        return {key: by_hand(one, chosen) for key, one in raw.items()}
    return [by_hand(one, chosen) for one in raw] if isinstance(raw, list) else raw


@given(st.recursive(LEAVES, turning, max_leaves=12))
def test_every_combination_of_readings_gives_what_walking_down_gives(raw: Any) -> None:
    found = expanded(raw, "here", lambda settled: settled)
    for combination in product(*CHOICES.values()):
        chosen = dict(zip(CHOICES, combination, strict=True))
        settled = found.settled(chosen.__getitem__) if isinstance(found, ByReading) else found
        assert settled == by_hand(raw, chosen)


def test_what_is_none_under_a_choice_is_left_out() -> None:
    raw = {"k": {"reading": "a.one", "x": 1, "y": {"none": True}}, "l": [{"reading": "a.one", "x": {"none": True}, "y": 2}]}
    found = expanded(raw, "here", lambda settled: settled)
    assert isinstance(found, ByReading)
    assert found.choices == {"x": {"k": 1, "l": []}, "y": {"l": [2]}}
    assert expanded({"none": True}, "here", lambda settled: settled) is None


def test_what_it_turns_on_is_found_at_any_depth() -> None:
    raw = [{"k": {"reading": "a.one", "x": 1, "y": {"reading": "b.two", "p": 1, "q": 2, "r": 3}}}]
    assert list(turns_on(raw)) == [("a.one", ("x", "y")), ("b.two", ("p", "q", "r"))]


def test_a_choice_without_a_value_is_refused() -> None:
    with pytest.raises(SortError):
        expanded({"reading": "a.one", "x": 1}, "here", lambda settled: settled)
    with pytest.raises(SortError):
        expanded([{"reading": "a.one", "x": 1, "y": 2}, {"reading": "a.one", "x": 1, "z": 3}], "here", lambda settled: settled)
    found = expanded({"reading": "a.one", "x": 1, "y": 2}, "here", lambda settled: settled)
    assert isinstance(found, ByReading)
    with pytest.raises(UnknownName):
        found.settled(lambda name: "z")
