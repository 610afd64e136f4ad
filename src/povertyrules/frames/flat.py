"""The households of a flat table: one row each, made of the rows of their members, in which what a household tells repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
from narwhals import Expr, Int64, col, lit, when

from povertyrules.core.ranges import Range
from povertyrules.frames.report import FrameError, Refused
from povertyrules.frames.run import Manner, Table
from povertyrules.frames.tables import Family, settled
from povertyrules.uses.scale.narwhal import rows_of

ALLOWED = "allowed: the same in every row of a household"
SHOWN = 3
APART = 10_000
"""Where the columns of the second table begin to be numbered, so that none has the name of one of the first."""


def households(
    flat: Table,
    key: str,
    names: Mapping[str, bool],
    columns: Mapping[str, str],
    ranges: Mapping[str, Range],
    manner: Manner,
    fills: Mapping[str, int | bool | None],
) -> Table:
    """The table of households; a fact (`names` says whether it is a yes or no) that differs within one is refused, or unknown.

    What no row tells counts as `fills` says.
    """
    low, high, rows = ({n: flat.fresh() for n in names}, {n: flat.fresh() for n in names}, flat.fresh())
    cells = {low[name]: _number(flat.output(name, truth), truth) for name, truth in names.items()}
    made = (flat.frame.with_columns(**cells) if cells else flat.frame).filter(~col(key).is_null())
    spread = [col(low[n]).max().alias(high[n]) for n in names] + [col(low[n]).min() for n in names]
    homes: Any = made.group_by(key).agg(*spread, nw.len().alias(rows))
    table = Table(flat.engine, homes, flat.prefix, count=APART)
    for name, truth in names.items():
        one, same = table.fresh(), col(low[name]) == col(high[name])
        value: Expr = when(same).then(col(low[name]) == lit(1, Int64)) if truth else when(same).then(col(low[name]))
        blank = fills[name]
        if blank is not None:
            filled = lit(blank, nw.Boolean if truth else Int64)
            value = when(col(low[name]).is_null()).then(filled).otherwise(value)
        table.frame = table.frame.with_columns(**{one: value})
        table.column(name, one, ranges[name])
        flat.leaves.pop(name)
    spreads = [(columns[name], low[name], high[name]) for name in names]
    if _refuse(homes, key, spreads, manner) and manner.invalid == "keep":
        _say(flat, homes, key, spreads)
    table.frame = settled(table.frame) if flat.engine.eager else table.frame
    return table


def _say(flat: Table, homes: Any, key: str, spreads: Sequence[tuple[str, str, str]]) -> None:
    """Say in each row what its household does not tell alike."""
    marks = {column: flat.fresh() for column, _, _ in spreads}
    flags = homes.select(key, *((col(low) != col(high)).alias(marks[column]) for column, low, high in spreads))
    flat.frame = Family.joined(flat, flags, key, key)
    flat.flags += [(f"{column}: {ALLOWED}", col(mark).fill_null(False)) for column, mark in marks.items()]


def _refuse(homes: Any, key: str, spreads: Sequence[tuple[str, str, str]], manner: Manner) -> bool:
    """Refuse, or count, what the rows of a household do not tell alike; whether there is any."""
    if not spreads:
        return False
    flags = {f"n{i}": (col(low) != col(high)).cast(Int64).sum() for i, (_, low, high) in enumerate(spreads)}
    [counts] = rows_of(homes.select(nw.len().alias("rows"), *(flag.alias(name) for name, flag in flags.items())))
    refused = []
    for i, (column, low, high) in enumerate(spreads):
        if found := int(counts[f"n{i}"] or 0):
            first = tuple((None, f"{key} {row[key]!r}") for row in rows_of(homes.filter(col(low) != col(high)).head(SHOWN)))
            refused.append(Refused(column, found, int(counts["rows"]), ALLOWED, first, of="households"))
    if manner.report is not None:
        manner.report.invalid |= {one.column: one.count for one in refused}
    if refused and manner.invalid == "raise":
        raise FrameError(refused)
    return bool(refused)


def _number(expr: Expr, truth: bool) -> Expr:
    """A truth as a number, of which there are a least and a most."""
    one, none = lit(1, Int64), lit(0, Int64)
    return when(expr).then(one).otherwise(when(~expr).then(none)) if truth else expr
