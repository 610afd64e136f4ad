"""Columns as narwhals expressions: one `with_columns` for each level."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from narwhals import Boolean, Expr, Int64, LazyFrame, col, lit, when
from narwhals import DataFrame as Eager

from povertyrules.uses.scale.pieces import Language

Frame = Eager[Any] | LazyFrame[Any]
INFIX: Mapping[str, Callable[[Expr, Expr], Expr]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.floordiv,
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "and": operator.and_,
    "or": operator.or_,
}


class Narwhals(Language[Expr]):
    """The language of narwhals; literals carry their width, since engines default to a narrower one."""

    def const(self, value: int | bool) -> Expr:
        """A literal."""
        return lit(value, Boolean if isinstance(value, bool) else Int64)

    def nothing(self, yes_no: bool) -> Expr:
        """A null."""
        return lit(None, Boolean if yes_no else Int64)

    def column(self, name: str) -> Expr:
        """A column."""
        return col(name)

    def infix(self, op: str, a: Expr, b: Expr) -> Expr:
        """An operation on two."""
        return INFIX[op](a, b)

    def negation(self, a: Expr) -> Expr:
        """Not."""
        return ~a

    def choice(self, cond: Expr, a: Expr, b: Expr | None) -> Expr:
        """`when`, `then`, `otherwise`."""
        chosen = when(cond).then(a)
        return chosen if b is None else chosen.otherwise(b)


def add_levels(frame: Frame, levels: Sequence[Mapping[str, Expr]]) -> Frame:
    """The frame with the columns of each level added."""
    for level in levels:
        if level:
            frame = frame.with_columns(**level)
    return frame
