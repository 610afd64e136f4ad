"""Columns as narwhals expressions: one `with_columns` for each level."""

from __future__ import annotations

import datetime
import operator
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import narwhals
from attrs import frozen
from narwhals import DataFrame as Eager
from narwhals import LazyFrame

from povertyrules.uses.scale.language import Language, turning

Frame = Eager[Any] | LazyFrame[Any]
INFIX: Mapping[str, Callable[[Any, Any], Any]] = {
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


@frozen
class Narwhals(Language[Any]):
    """The language of narwhals; literals carry their width, since engines default to a narrower one.

    Polars, whose words narwhals shares, is spoken to directly, which halves the time to plan. It moves dates by days, and works
    out once what an expression holds twice.
    """

    polars: bool = False

    @property
    def patience(self) -> int:
        """How many operations may be written twice before they become a column."""
        return 30 if self.polars else 1

    @property
    def api(self) -> Any:
        """The module whose words are used."""
        return sys.modules["polars"] if self.polars else narwhals

    def const(self, value: int | bool) -> Any:
        """A literal."""
        return self.api.lit(value, self.api.Boolean if isinstance(value, bool) else self.api.Int64)

    def code(self, value: int) -> Any:
        """A number with which a code is compared; Polars takes it as narrow as the code is."""
        return self.api.lit(value) if self.polars else self.const(value)

    def nothing(self, yes_no: bool | None) -> Any:
        """A null."""
        api = self.api
        return api.lit(None, api.String if yes_no is None else api.Boolean if yes_no else api.Int64)

    def text(self, value: str) -> Any:
        """A text."""
        return self.api.lit(value, self.api.String)

    def missing(self, a: Any) -> Any:
        """Whether something is null."""
        return a.is_null()

    def column(self, name: str) -> Any:
        """A column."""
        return self.api.col(name)

    def infix(self, op: str, a: Any, b: Any) -> Any:
        """An operation on two."""
        return INFIX[op](a, b)

    def negation(self, a: Any) -> Any:
        """Not."""
        return ~a

    def years(self, day: datetime.date, born: str) -> Any | None:
        """The completed years to a day."""
        if not self.polars:
            return None
        (by, year), api = turning(day), self.api
        return self.const(year) - (api.col(born) + api.lit(datetime.timedelta(days=by))).dt.year()

    def choice(self, cond: Any, a: Any, b: Any | None) -> Any:
        """`when`, `then`, `otherwise`."""
        chosen = self.api.when(cond).then(a)
        return chosen if b is None else chosen.otherwise(b)


def add_levels(frame: Frame, levels: Sequence[Mapping[str, Any]]) -> Frame:
    """The frame with the columns of each level added."""
    polars = frame.implementation.is_polars()
    held: Any = frame.to_native() if polars else frame
    for level in levels:
        if level:
            held = held.with_columns(**level)
    return cast(Frame, narwhals.from_native(held) if polars else held)


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame, computed."""
    found = frame.collect() if isinstance(frame, LazyFrame) else frame
    return list(found.iter_rows(named=True))
