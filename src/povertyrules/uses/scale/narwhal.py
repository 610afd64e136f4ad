"""Columns as narwhals expressions: one `with_columns` for each level."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from narwhals import Boolean, Expr, Int64, LazyFrame, String, col, lit, when
from narwhals import DataFrame as Eager

from povertyrules.uses.scale.pieces import Language, turning

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
    """The language of narwhals; literals carry their width, since engines default to a narrower one.

    Polars moves dates by days, and works out once what an expression holds twice. Spark does that too, and copies the whole row
    for each level.
    """

    def __init__(self, *, polars: bool = False, spark: bool = False) -> None:
        self.polars = polars
        self.patience = 100 if polars or spark else 1

    def const(self, value: int | bool) -> Expr:
        """A literal."""
        return lit(value, Boolean if isinstance(value, bool) else Int64)

    def code(self, value: int) -> Expr:
        """A number with which a code is compared; Polars takes it as narrow as the code is."""
        return lit(value) if self.polars else lit(value, Int64)

    def nothing(self, yes_no: bool | None) -> Expr:
        """A null."""
        return lit(None, String if yes_no is None else Boolean if yes_no else Int64)

    def text(self, value: str) -> Expr:
        """A text."""
        return lit(value, String)

    def missing(self, a: Expr) -> Expr:
        """Whether something is null."""
        return a.is_null()

    def column(self, name: str) -> Expr:
        """A column."""
        return col(name)

    def infix(self, op: str, a: Expr, b: Expr) -> Expr:
        """An operation on two."""
        return INFIX[op](a, b)

    def negation(self, a: Expr) -> Expr:
        """Not."""
        return ~a

    def years(self, day: datetime.date, born: str) -> Expr | None:
        """The completed years to a day."""
        if not self.polars:
            return None
        by, year = turning(day)
        return lit(year, Int64) - (col(born) + lit(datetime.timedelta(days=by))).dt.year().cast(Int64)

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


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame, computed."""
    found = frame.collect() if isinstance(frame, LazyFrame) else frame
    return list(found.iter_rows(named=True))
