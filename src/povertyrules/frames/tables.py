"""Tables that belong together: what is below is totalled for what is above, what is above is brought to what is below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
from attrs import define
from narwhals import Expr, Int64, col, lit, when

from povertyrules.core.ranges import Range
from povertyrules.frames.run import Table
from povertyrules.uses.scale.columns import Columns, Stage, Total


@define(eq=False)
class Family:
    """The tables of an assessment, by name, and by lower table: the one above it and the column of its id."""

    tables: dict[str, Table]
    above: Mapping[str, tuple[str, str]]
    keys: Mapping[str, str]
    """By table: the column of its own id, where others refer to it."""
    most: Mapping[str, tuple[int, int]]
    """By lower table: the least and the most entries that there can be for one of the table above."""
    shown: Mapping[tuple[str, str], str]
    """What the caller calls the columns of ids, by table and column."""

    def run(self, columns: Columns) -> None:
        """Compute all stages."""
        for stage in columns.stages:
            for total in stage.totals:
                self.total(total, columns.ranges[total.name])
            for source, names in stage.bring.items():
                self.bring(source, stage.table, names)
            self.tables[stage.table].compute(stage, columns.listed)
            self.settle(stage)

    def settle(self, stage: Stage) -> None:
        """Compute an eager table now, so that no later step computes it again."""
        table = self.tables[stage.table]
        if table.engine.eager and len(self.tables) > 1:
            table.frame = settled(table.frame)

    def path(self, below: str, above: str) -> list[tuple[str, str]]:
        """The tables from a lower one up to another, each with the column that refers to the next."""
        out = []
        while below != above:
            parent, key = self.above[below]
            out.append((below, key))
            below = parent
        return out

    def total(self, total: Total, found: Range) -> None:
        """Group a column of a lower table and join it to the table above."""
        below, above = self.tables[total.below], self.tables[total.above]
        (_, refers), *more = self.path(total.below, total.above)
        assert not more, "a total goes up one step"
        least, most = self.most[total.below]
        truth, one, none = total.op == "any", lit(1, Int64), lit(0, Int64)
        cells, (value, missing, rows, final) = below.output(total.name, truth), (above.fresh() for _ in range(4))
        number = when(cells).then(one).otherwise(none) if truth else cells.fill_null(0).cast(Int64)
        made = below.frame.with_columns(**{value: number, missing: when(cells.is_null()).then(one).otherwise(none)})
        groups = (
            made.filter(~col(refers).is_null()).group_by(refers).agg(col(value).sum(), col(missing).sum(), nw.len().alias(rows))
        )
        fits = (col(rows) <= lit(most, Int64)) & (col(rows) >= lit(least, Int64))
        told = col(missing) == none
        holds = col(value) > none
        inner = when(fits & (holds | told)).then(holds) if truth else when(fits & told).then(col(value).cast(Int64))
        there: Expr = when(~col(rows).is_null()).then(inner)
        if not least:  # no entry at all is none, and where there must be one it is not told
            empty = lit(False, nw.Boolean) if truth else none
            there = when(~col(rows).is_null()).then(inner).otherwise(empty)
        there = above.for_one(there)
        above.frame = self.joined(above, groups, self.keys[total.above], refers).with_columns(**{final: there})
        above.column(total.name, final, found)

    def bring(self, source: str, table: str, names: Sequence[str]) -> None:
        """Join columns of a table above to the rows of one below."""
        steps = self.path(table, source)
        for lower, refers in reversed(steps):
            upper = self.above[lower][0]
            self._bring_one(self.tables[upper], self.tables[lower], self.keys[upper], refers, names)

    def _bring_one(self, upper: Table, lower: Table, key: str, refers: str, names: Sequence[str]) -> None:
        wanted = [name for name in names if name not in lower.leaves and name in upper.leaves]
        columns: dict[str, str] = {}
        for name in wanted:
            piece = upper.leaves[name]
            if piece.fixed:
                lower.leaves[name] = piece
            else:
                columns[name] = lower.fresh()
        if not columns:
            return
        given = [col(upper.leaves[name].column).alias(made) for name, made in columns.items()]
        there = upper.frame.filter(~col(key).is_null()).select(col(key), *given).unique(subset=[key], keep="any")
        lower.frame = self.joined(lower, there, refers, key)
        for name, made in columns.items():
            lower.column(name, made, upper.leaves[name].range)

    @staticmethod
    def joined(left: Table, right: Any, left_on: str, right_on: str) -> Any:
        """A left join on the id; what the right names its id by is not kept."""
        key = f"{left.fresh()}_key"
        return left.frame.join(right.rename({right_on: key}), left_on=left_on, right_on=key, how="left")


def settled(frame: Any) -> Any:
    """A frame computed, and lazy again if it was."""
    return frame.collect().lazy() if isinstance(frame, nw.LazyFrame) else frame


def summed(parts: Sequence[Expr]) -> Expr:
    """A sum in which what is unknown counts as nothing."""
    out = parts[0].fill_null(0)
    for part in parts[1:]:
        out = out + part.fill_null(0)
    return out


def unknown_of(parts: Sequence[Expr]) -> Expr:
    """How many of some columns are unknown."""
    flags = [when(part.is_null()).then(lit(1, Int64)).otherwise(lit(0, Int64)) for part in parts]
    out = flags[0]
    for flag in flags[1:]:
        out = out + flag
    return out
