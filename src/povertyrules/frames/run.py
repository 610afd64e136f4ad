"""The steps from a caller's frame to its results: read at the boundary, computed a level at a time, named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
from attrs import define, evolve, field, frozen
from narwhals import Expr, Int64, col, lit, when

from povertyrules.core.facts import Fact, Sort
from povertyrules.core.ranges import Range
from povertyrules.frames.engines import Engine
from povertyrules.frames.report import FrameError, Refused, Report
from povertyrules.uses.scale.boundary import Input, as_it_is, encoded
from povertyrules.uses.scale.columns import Columns, Stage
from povertyrules.uses.scale.narwhal import Frame
from povertyrules.uses.scale.pieces import Piece, Pieces
from povertyrules.uses.scale.reasons import Reasons

SHOWN = 3
"""How many refused cells of a column an error shows."""


@frozen(eq=False)
class Manner:
    """How refused cells and floats are treated, and where that is told."""

    invalid: str = "raise"
    rounding: str = "exact"
    lang: str = "en"
    absent: bool = False
    report: Report | None = None


@define(eq=False)
class Table:
    """A frame on its way: its rows, and the columns by the name of what they hold."""

    engine: Engine
    frame: Frame
    prefix: str
    leaves: dict[str, Piece[Any]] = field(factory=dict)
    findings: list[tuple[str, Expr]] = field(factory=list)
    count: int = 0

    @classmethod
    def of(cls, engine: Engine) -> Table:
        """A table of a frame; the names of its own columns clash with none of the caller's."""
        prefix = "pr_"
        while any(name.startswith(prefix) for name in engine.names):
            prefix += "_"
        return cls(engine, engine.frame, prefix)

    @property
    def place(self) -> str:
        """The column of the place of each row, where rows have one."""
        return f"{self.prefix}row"

    def numbered(self) -> Table:
        """The table with the place of each row."""
        if self.place in self.frame.collect_schema().names():
            return self
        frame = self.frame.collect() if isinstance(self.frame, nw.LazyFrame) else self.frame
        rows = frame.with_row_index(self.place)
        return evolve(self, frame=rows.lazy() if isinstance(self.frame, nw.LazyFrame) else rows)

    def fresh(self) -> str:
        """The name of a column of its own."""
        self.count += 1
        return f"{self.prefix}{self.count}"

    def tell(self, name: str, value: int | bool, found: Range) -> None:
        """A fact that is the same in every row."""
        literal = self.engine.language.const(value)
        self.leaves[name] = Piece(literal, found, fixed=True, value=value)

    def column(self, name: str, column: str, found: Range, *, maybe: bool = True) -> None:
        """A fact that a column tells."""
        causes = frozenset({name}) if maybe else frozenset[str]()
        self.leaves[name] = Piece(self.engine.language.column(column), found, causes, causes, column=column)

    def compute(self, stage: Stage, listed: Mapping[str, str]) -> None:
        """Add the quantities of a stage; `listed` names the list over which a summand is totalled."""
        terms = [quantity.term for quantity in stage.quantities]
        pieces = Pieces(self.engine.language, self.leaves, f"{self.fresh()}_", terms)
        for quantity in stage.quantities:
            piece, there = pieces.emit(quantity.term), self.leaves.get(listed.get(quantity.name, ""))
            if there is not None:
                piece = pieces.present(there, piece, quantity.term.yes_no)
            made = pieces.keep(self.fresh(), piece)
            self.leaves[quantity.name] = pieces.leaves[quantity.name] = made
        self.frame = self.engine.add(self.frame, pieces.levels)
        for name in [q.name for q in stage.quantities]:
            self.leaves[name] = _settled(self.leaves[name])

    def reasons(self, columns: Columns, names: Sequence[str], lang: str) -> dict[str, str]:
        """Add why quantities are nothing or unknown; the column of each."""
        plan, home = columns.plan, next(t for t in (columns.table_of(n) for n in names))
        pieces = Pieces(self.engine.language, self.leaves, f"{self.fresh()}_", [plan.quantities[n].term for n in names])
        writer = Reasons(plan, pieces, self.engine.language, lambda n: columns.table_of(n) == home, columns.given, lang)
        out: dict[str, str] = {}
        made: dict[str, Any] = {}
        for name in names:
            found = writer.of(name)
            out[name] = self.fresh()
            made[out[name]] = self.engine.language.nothing(None) if found is None else found
        self.frame = self.engine.add(self.frame, [*pieces.levels, made])
        return out

    def output(self, name: str, yes_no: bool) -> Expr:
        """A quantity as a result column."""
        piece = self.leaves.get(name)
        if piece is None or piece.unknown:
            return lit(None, nw.Boolean if yes_no else Int64)
        if piece.fixed:
            return lit(piece.value, nw.Boolean if yes_no else Int64)
        return col(piece.column)


def _settled(piece: Piece[Any]) -> Piece[Any]:
    """A piece that stands in the frame: what is made of it can be written at once."""
    return evolve(piece, level=0)


def read(table: Table, inputs: Sequence[Input], manner: Manner, ranges: Mapping[str, Range], on: int) -> None:
    """Read the columns of a table at the boundary: checked, encoded, refused as the caller chose."""
    reads = {one.name: encoded(one, rounding=manner.rounding) for one in inputs}
    values = {name: found.value for name, found in reads.items()}
    told = table.leaves.get("on")
    own = values["on"] if "on" in values else col(told.column) if told is not None and told.column else None
    day = lit(on, Int64) if own is None else own.fill_null(on)
    for one in inputs:
        if one.fact.past:
            values[one.name] = when(values[one.name] <= day).then(values[one.name])
    refused = {one.name: ~col(one.column).is_null() & values[one.name].is_null() for one in inputs}
    moved = {name: found.moved for name, found in reads.items() if found.moved is not None}
    counts = _counted(table.frame, inputs, refused, moved, manner)
    if counts and manner.invalid == "raise":
        _raise(table, [one for one in inputs if counts[f"refused_{one.name}"]], refused, counts)
    added: dict[str, Expr] = {}
    for one in inputs:
        missing = counts.get(f"missing_{one.name}", 1) > 0
        clean = bool(counts) and not counts[f"refused_{one.name}"]
        filled = filling(one.fact, manner.absent) if one.name != "on" else on
        if clean and one.simple and (filled is None or not missing):
            expr = as_it_is(one)
        else:
            expr = values[one.name]
            if filled is not None and missing:
                expr = when(col(one.column).is_null()).then(lit(filled, nw.Boolean if filled is False else Int64)).otherwise(expr)
                missing = not clean
        table.findings.append((one.column, refused[one.name]))
        if clean and one.simple and isinstance(one.dtype, nw.Boolean | nw.Int64) and (filled is None or not missing):
            table.column(one.name, one.column, ranges[one.name], maybe=missing)
            continue
        name = table.fresh()
        added[name] = expr
        table.column(one.name, name, ranges[one.name], maybe=missing or not clean)
    if manner.invalid == "keep":
        added[f"{table.prefix}findings"] = _findings(inputs, refused, manner.lang)
    if added:
        table.frame = table.frame.with_columns(**added)


def filling(fact: Fact, absent: bool) -> int | bool | None:
    """What a blank counts as: what its declaration says, or an absence that the caller takes for told."""
    if fact.blank is not None:
        return int(fact.blank)
    if absent and fact.sort is Sort.YES_NO:
        return False
    return 0 if absent and fact.kinds is not None and "NONE" in fact.kinds.__members__ else None


def _counted(
    frame: Frame, inputs: Sequence[Input], refused: Mapping[str, Expr], moved: Mapping[str, Expr], manner: Manner
) -> dict[str, int]:
    """One pass over the data that counts what is refused, missing and moved; only where the caller wants to know."""
    wanted = manner.invalid == "raise" or (manner.report is not None)
    if not inputs or not wanted:
        return {}
    asked = {f"refused_{name}": flag.cast(Int64).sum() for name, flag in refused.items()}
    asked |= {f"missing_{one.name}": col(one.column).is_null().cast(Int64).sum() for one in inputs}
    asked |= {f"moved_{name}": flag.fill_null(False).cast(Int64).sum() for name, flag in moved.items()}
    names = {f"n{i}": key for i, key in enumerate(asked)}
    found = frame.lazy().select(nw.len().alias("rows"), *(asked[key].alias(n) for n, key in names.items())).collect()
    row = next(iter(found.iter_rows(named=True)))
    counts = {key: int(row[n] or 0) for n, key in names.items()} | {"rows": int(row["rows"])}
    if manner.report is not None:
        report = manner.report
        report.invalid |= {o.column: counts[f"refused_{o.name}"] for o in inputs if counts[f"refused_{o.name}"]}
        report.moved |= {o.column: counts[f"moved_{o.name}"] for o in inputs if counts.get(f"moved_{o.name}")}
    return counts


def _raise(table: Table, bad: Sequence[Input], refused: Mapping[str, Expr], counts: Mapping[str, int]) -> None:
    """Refuse the frame, if any cell is refused."""
    found = []
    for one in bad:
        rows = table.numbered().frame if table.engine.eager else table.frame  # only then do rows have a place
        shown = rows.filter(refused[one.name]).head(SHOWN).lazy().collect()
        cells = [_cell(table, one.column, row) for row in shown.iter_rows(named=True)]
        found.append(Refused(one.column, counts[f"refused_{one.name}"], counts["rows"], allowed(one.fact), tuple(cells)))
    if found:
        raise FrameError(found)


def allowed(fact: Fact) -> str:
    """What would do in a cell, in words."""
    return f"{fact.allowed}, not after the day on which the row is looked at" if fact.past else fact.allowed


def _cell(table: Table, column: str, row: Mapping[str, object]) -> tuple[int | None, str]:
    """A refused cell as it is shown, with the place of its row where rows have one."""
    place, engine = row.get(table.place), table.engine
    if not isinstance(place, int):
        return None, repr(row[column])
    original = engine.original(column, place) if engine.original and column in engine.objects else row[column]
    return place, repr(original)


def _findings(inputs: Sequence[Input], refused: Mapping[str, Expr], lang: str) -> Expr:
    """What was refused in a row, in words; null where nothing was."""
    parts = [when(refused[one.name]).then(lit(f"{one.column}: {allowed(one.fact)}", nw.String)) for one in inputs]
    joined = nw.concat_str(parts, separator="; ", ignore_nulls=True)
    return when(joined != "").then(joined)


def told_literals(table: Table, literals: Mapping[str, object], facts: Mapping[str, Fact], ranges: Mapping[str, Range]) -> None:
    """Tell a table what is the same in every row."""
    for name, value in literals.items():
        found = facts[name].check(value, field=name)
        if isinstance(found, int):
            table.tell(name, found, ranges[name])


def blanks(table: Table, columns: Columns, absent: bool, entity: str = "") -> list[str]:
    """Take what nobody told (of one entity, or of all) for what its declaration says; the names of those."""
    taken = []
    for name in sorted(columns.plan.inputs(columns.targets, set(columns.given)) - columns.given):
        fact = columns.plan.facts[name]
        value = filling(fact, absent)
        here = fact.entity == entity if entity else columns.tables.get(fact.entity)
        if name not in table.leaves and value is not None and here:
            table.tell(name, value, columns.ranges[name])
            taken.append(name)
    return taken
