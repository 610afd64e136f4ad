"""Random terms over a code, two truths and a number, any of them unknown, and what they mean, row by row."""

from __future__ import annotations

import itertools
import operator

from hypothesis import strategies as st

from povertyrules.core.ranges import Range
from povertyrules.core.terms import Term, interning, make
from povertyrules.core.words import Rounding

CELLS = {"k": [None, 0, 1, 2, 3, 4], "p": [None, False, True], "q": [None, False, True], "x": [None, -7, 0, 3, 250]}
ROWS = [dict(zip(CELLS, row, strict=True)) for row in itertools.product(*CELLS.values())]
ENDS = {"k": Range(0, 4), "x": Range(-7, 250), "p": Range(0, 1), "q": Range(0, 1)}
TWO = st.sampled_from(["add", "sub", "least", "greatest"])


def one(op: str, *args: Term, value: object = None, info: object = None, yes_no: bool = False) -> Term:
    with interning():
        return make(op, args, value, info, yes_no=yes_no)


def half_up(n: Term, d: int) -> Term:
    top = one("add", one("mul", one("const", value=2), n), one("const", value=d))
    return one("div", top, one("const", value=2 * d), info=Rounding("half_up", ""))


def looked_up(amounts: list[int | None]) -> Term:
    """By code of `k`, as rules write it; what is not in the list is not stated."""
    out = NOT_STATED
    for code, amount in enumerate(amounts):
        there = one("eq", one("fact", value="k"), one("const", value=code), yes_no=True)
        out = one("where", there, NOT_STATED if amount is None else one("const", value=amount), out)
    return out


NOT_STATED = one("unstated", value="?")
LOOKED_UP = st.lists(st.sampled_from([None, 5, 5, 70]), min_size=1, max_size=5).map(looked_up)
CODES = st.builds(
    lambda op, v: one(op, one("fact", value="k"), one("const", value=v), yes_no=True),
    st.sampled_from(["eq", "le"]),
    st.integers(0, 4),
)
NUMBER = st.deferred(
    lambda: (
        st.sampled_from([one("fact", value="k"), one("fact", value="x"), one("unstated", value="?")])
        | st.sampled_from([-3, 0, 5, 5, 70, 300]).map(lambda v: one("const", value=v))
        | st.builds(one, TWO, NUMBER, NUMBER)
        | st.builds(half_up, NUMBER, st.sampled_from([1, 2, 5, 12, 100]))
        | LOOKED_UP
        | st.builds(lambda c, a, b: one("where", c, a, b), TRUTH, NUMBER, NUMBER)
        | st.builds(lambda c, a, b: one("where", c, a, b), JOINED, LOOKED_UP, NUMBER)
        | st.builds(lambda c, d, a: one("where", c, NOT_STATED, one("where", d, a, NOT_STATED)), TRUTH, TRUTH, NUMBER)
    )
)
JOINED = st.deferred(lambda: st.builds(lambda op, a, b: one(op, a, b, yes_no=True), st.sampled_from(["and", "or"]), CODES, TRUTH))
TRUTH = st.deferred(
    lambda: (
        st.sampled_from([one("fact", value="p", yes_no=True), one("fact", value="q", yes_no=True)])
        | st.builds(
            lambda op, a, v: one(op, one("fact", value=a), one("const", value=v), yes_no=True),
            st.sampled_from(["eq", "le", "lt"]),
            st.sampled_from("kx"),
            st.integers(-1, 5),
        )
        | CODES
        | JOINED
        | st.builds(lambda op, a, b: one(op, a, b, yes_no=True), st.sampled_from(["and", "or"]), TRUTH, TRUTH)
        | st.builds(lambda op, a, b: one(op, a, b, yes_no=True), st.sampled_from(["eq", "le", "lt"]), NUMBER, NUMBER)
        | st.builds(lambda a: one("not", a, yes_no=True), TRUTH)
    )
)


def meant(term: Term, row: dict[str, object]) -> object:
    """What a term is in a row, by its meaning: null if it is unknown or not stated."""
    if term.op == "fact":
        return row[str(term.value)]
    if term.op in ("const", "unstated"):
        return term.value if term.op == "const" else None
    args = [meant(arg, row) for arg in term.args]
    if term.op == "where":
        cond, a, b = args
        return (a if a == b else None) if cond is None else a if cond else b
    if term.op in ("and", "or"):
        decides = term.op == "or"
        return decides if decides in args else None if None in args else not decides
    return None if None in args else WORKED[term.op](*args)


WORKED = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.floordiv,
    "least": min,
    "greatest": max,
    "eq": operator.eq,
    "le": operator.le,
    "lt": operator.lt,
    "not": operator.not_,
}
