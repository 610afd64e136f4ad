"""Extents hold every value of a term, and what is said to rise or to fall does so from each number to the next."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from uses.random_terms import CELLS, NUMBER, TRUTH, meant, one

from povertyrules.core.terms import Term, walk
from povertyrules.uses.bound.steps import FACT, UNSTATED, WORDS, Extent, exactly

LOW, HIGH = -7, 40
OTHERS = {"k": (0, 4), "p": (0, 1), "q": (0, 1)}


def extent(term: Term, low: int, high: int, others: dict[str, int | None]) -> Extent:
    """The extent of a term where `x` lies between two ends, and of the others some are told."""
    found: dict[int, Extent] = {}
    for node in walk(term):
        name = str(node.value)
        if node.op == "fact" and name == "x":
            found[id(node)] = Extent(low, high, {FACT: (1, 1)}) if low < high else exactly(low)
        elif node.op == "fact":
            found[id(node)] = Extent(*OTHERS[name]) if others[name] is None else exactly(others[name])
        elif node.op in ("const", "unstated"):
            found[id(node)] = exactly(node.value) if node.op == "const" else UNSTATED
        else:
            found[id(node)] = WORDS[node.op](*(found[id(arg)] for arg in node.args))
    return found[id(term)]


TURNING = st.builds(
    lambda v, a, b: one("where", one("lt", one("fact", value="x"), one("const", value=v), yes_no=True), a, b),
    st.integers(LOW + 1, HIGH),
    NUMBER,
    NUMBER,
)
TOLD = st.fixed_dictionaries({name: st.sampled_from([None, *CELLS[name][1:]]) for name in OTHERS})


@given(NUMBER | TRUTH, st.integers(LOW, HIGH), st.integers(0, 30), TOLD)
@settings(max_examples=300)
def test_extents_are_sound(term: Term, low: int, wide: int, others: dict[str, int | None]) -> None:
    sound(term, low, wide, others)


@given(TURNING, TOLD)
def test_a_condition_that_turns_on_the_way_is_a_step(term: Term, others: dict[str, int | None]) -> None:
    sound(term, LOW, HIGH - LOW, others)


def sound(term: Term, low: int, wide: int, others: dict[str, int | None]) -> None:
    """Nothing that a term can be lies outside of its extent, and its steps are those of its values."""
    found = extent(term, low, low + wide, others)
    ways = itertools.product(*([value] if value is not None else CELLS[name][1:] for name, value in others.items()))
    for way in ways:
        rows = [{**dict(zip(others, way, strict=True)), "x": x} for x in range(low, low + wide + 1)]
        values = [meant(term, row) for row in rows]
        assert found.unstated or None not in values
        known = [value for value in values if value is not None]
        assert all(found.low <= value <= found.high for value in known)
        if not found.unstated:
            steps = [after - before for before, after in itertools.pairwise(values)]
            assert not found.rises or all(step >= 0 for step in steps)
            assert not found.falls or all(step <= 0 for step in steps)
            if found.steps:
                assert all(found.steps[FACT][0] <= step <= found.steps[FACT][1] for step in steps) or term.yes_no


def test_what_is_left_of_a_bill_rises_with_it() -> None:
    """Seen by itself the bill less a share of it could fall; by way of the bill it cannot."""
    bill = Extent(0, 1000, {FACT: (0, 1), (1, "bill"): (1, 1)})  # it rises by one, or stays, as the fact rises
    share = WORDS["div"](WORDS["mul"](bill, exactly(55)), exactly(100))
    left = WORDS["sub"](bill, share)
    assert left.steps[FACT] == (-1, 1)
    assert left.rises
    direct = Extent(0, 1000, {FACT: (1, 1)})  # what moves by another way too has no step by the bill
    assert (1, "bill") not in WORDS["sub"](left, direct).steps


def test_an_end_that_is_open_stays_open() -> None:
    most = WORDS["least"](UNSTATED, exactly(30))
    assert (most.low, most.high, most.unstated) == (0, 30, True)
    assert WORDS["where"](Extent(0, 1), exactly(5), exactly(5)).point
