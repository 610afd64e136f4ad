"""The same figure with fewer operations: what a rule writes as its text does, a column need not.

A tariff is the sum over brackets of a slice times its rate. It is also the sum over the brackets' edges of what lies over the
edge, times what the rate rises there; tariffs with a common edge then share its part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from attrs import frozen

from povertyrules.core.terms import Term, interning, is_loose, make, walk
from povertyrules.core.words import Rounding
from povertyrules.uses.compute import WORKED, worked


def shorter(term: Term) -> Term:
    """A resolved term that gives the same figure, and is null in the same rows."""
    memo: dict[int, Term] = {}
    with interning():
        for node in walk(term):
            new = _tariff(node, memo) if node.op in ("add", "sub") else _half_up(node, memo) if node.op == "div" else None
            if new is None:
                new = make(node.op, tuple(memo[id(a)] for a in node.args), node.value, node.info, yes_no=node.yes_no)
            memo[id(node)] = new
    return memo[id(term)]


def _bare(term: Term) -> Term:
    """What was read: whose reading it is does not matter here."""
    while term.op == "reading":
        term = term.args[0]
    return term


def _fixed(term: Term) -> int | None:
    """What a term is in every row, if it is made of figures alone."""
    term = _bare(term)
    if term.op in ("const", "param"):
        return cast(int, term.value)
    if term.op not in WORKED:
        return None
    args = [_fixed(arg) for arg in term.args]
    return None if None in args else worked(term.op, cast("list[int]", args))


def _const(value: int) -> Term:
    return make("const", value=value)


def _half_up(node: Term, memo: dict[int, Term]) -> Term | None:
    """To the nearest whole number is (2n + d) / 2d: (n + d/2) / d where half of d is whole, and n itself where d cancels."""
    top, bottom = _bare(node.args[0]), _fixed(node.args[1])
    if not (isinstance(node.info, Rounding) and node.info.mode == "half_up" and top.op == "add") or bottom is None:
        return None
    twice = _bare(top.args[0])
    if twice.op != "mul" or _fixed(twice.args[0]) != 2 or bottom % 4:
        return None
    number, d = _bare(twice.args[1]), bottom // 2
    if number.op == "mul" and _fixed(number.args[1]) == d and not is_loose(number.args[1]):
        return memo[id(number.args[0])]
    return make("div", (make("add", (memo[id(twice.args[1])], _const(d // 2))), _const(d)), info=node.info)


@frozen
class Slice:
    """What of an amount lies between two edges, at a rate; no upper edge is no end."""

    amount: Term
    low: int
    high: int | None
    rate: int


def _tariff(node: Term, memo: dict[int, Term]) -> Term | None:
    """A sum of slices of one amount, by what the rate rises at each edge."""
    parts = list(_summands(node, 1))
    slices = [_slice(part, sign) for part, sign in parts]
    found = [one for one in slices if one is not None]
    if len(found) < max(len(parts), 2) or len({id(one.amount) for one in found}) > 1 or is_loose(node):
        return None
    rises: dict[int, int] = {}
    for one in found:
        rises[one.low] = rises.get(one.low, 0) + one.rate
        if one.high is not None:
            rises[one.high] = rises.get(one.high, 0) - one.rate
    amount, out = memo[id(found[0].amount)], None
    for edge, rise in sorted(rises.items()):
        if rise:
            part = make("mul", (make("greatest", (make("sub", (amount, _const(edge))), _const(0))), _const(rise)))
            out = part if out is None else make("add", (out, part))
    return out


def _summands(term: Term, sign: int) -> Iterator[tuple[Term, int]]:
    term = _bare(term)
    if term.op in ("add", "sub"):
        first, second = term.args
        yield from _summands(first, sign)
        yield from _summands(second, -sign if term.op == "sub" else sign)
    elif _fixed(term) != 0:
        yield term, sign


def _slice(term: Term, sign: int) -> Slice | None:
    """max(min(amount, high) - low, 0) x rate."""
    if term.op != "mul":
        return None
    part, rate = _bare(term.args[0]), _fixed(term.args[1])
    if rate is None or part.op != "greatest" or _fixed(part.args[1]) != 0 or _bare(part.args[0]).op != "sub":
        return None
    top, low, high = (_bare(part.args[0]).args[0]), _fixed(_bare(part.args[0]).args[1]), None
    if top.op == "least" and _fixed(top.args[1]) is not None:
        top, high = top.args[0], _fixed(top.args[1])
    return None if low is None or (high is not None and high < low) else Slice(top, low, high, rate * sign)
