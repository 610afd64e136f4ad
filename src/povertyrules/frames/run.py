"""The steps from a caller's frame to its results: read at the boundary, computed a level at a time, named."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import narwhals as nw
from attrs import define, evolve, field, frozen
from narwhals import Expr, Int64, col, lit, when

from povertyrules.core.facts import Fact, Sort, decode_date
from povertyrules.core.ranges import Range
from povertyrules.core.terms import Term
from povertyrules.frames.engines import Engine
from povertyrules.frames.report import Report
from povertyrules.uses.scale.columns import Columns, Stage
from povertyrules.uses.scale.narwhal import Frame
from povertyrules.uses.scale.pieces import Piece, Pieces
from povertyrules.uses.scale.reasons import WHY, Reasons
from povertyrules.uses.shorter import shorter

YEAR = 10_000
"""How far apart the same day of two years is, as rules see dates."""


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
    count: int = 0
    alone: str = ""
    """The column that counts how many rows share an id, where some do."""
    flags: list[tuple[str, Expr]] = field(factory=list)
    """What can be wrong with a row, its cells and its ids, and whether it is."""
    dates: dict[str, str] = field(factory=dict)
    """Facts that are dates, and the columns that hold them as such: none of their cells is refused."""

    @classmethod
    def of(cls, engine: Engine) -> Table:
        """A table of a frame; the names of its own columns clash with none of the caller's."""
        prefix = "pr_"
        while any(str(name).lower().startswith(prefix) for name in engine.names):
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

    def for_one(self, expr: Expr) -> Expr:
        """What belongs to an id, where only one row has it: of several, nobody can say which is meant."""
        return when(col(self.alone) == lit(1, Int64)).then(expr) if self.alone else expr

    def findings(self) -> Expr:
        """What was refused in a row, cells and ids, in words; null where nothing was."""
        parts = [when(flag).then(lit(text, nw.String)) for text, flag in self.flags]
        if not parts:
            return lit(None, nw.String)
        joined = nw.concat_str(parts, separator="; ", ignore_nulls=True)
        return when(joined != "").then(joined)

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
        known = _WRITTEN.setdefault(stage, {})
        key = (self.engine.language, self.prefix, self.count, *map(_told, self.leaves.items()), *self.dates.items())
        if key not in known:
            if len(known) >= MOST_WRITTEN:
                known.clear()
            known[key] = self._write(stage, listed)
        levels, made, self.count = known[key]
        self.leaves |= made
        self.frame = self.engine.add(self.frame, levels)

    def _write(self, stage: Stage, listed: Mapping[str, str]) -> Written:
        """The columns of a stage, by level; what they hold; and how many names are then taken."""
        terms = [shorter(quantity.term) for quantity in stage.quantities]
        later = evolve(self)
        pieces, made = Pieces(self.engine.language, self.leaves, f"{later.fresh()}_", terms), dict[str, Piece[Any]]()
        for quantity, term in zip(stage.quantities, terms, strict=True):
            piece, there = self.years(quantity.term) or pieces.emit(term), self.leaves.get(listed.get(quantity.name, ""))
            if there is not None:
                piece = pieces.present(there, piece, quantity.term.yes_no)
            made[quantity.name] = pieces.leaves[quantity.name] = pieces.keep(later.fresh(), piece)
        return pieces.levels, {name: _settled(piece) for name, piece in made.items()}, later.count

    def years(self, term: Term) -> Piece[Any] | None:
        """The completed years from a date to a day that is the same for every row, where the engine can count them itself."""
        while term.op == "reading":
            term = term.args[0]
        if term.op != "div" or term.args[0].op != "sub" or term.args[1].value != YEAR:
            return None
        day, born = (self.leaves.get(str(arg.value)) if arg.op == "fact" else None for arg in term.args[0].args)
        column = self.dates.get(str(term.args[0].args[1].value))
        if day is None or born is None or column is None or not day.fixed or day.value is None:
            return None
        found = Range((day.value - born.range.high) // YEAR, (day.value - born.range.low) // YEAR)
        expr = self.engine.language.years(decode_date(day.value), column)
        return None if expr is None else Piece(expr, found, born.causes, born.strict)

    def writer(self, columns: Columns, names: Sequence[str], lang: str) -> Reasons[Any]:
        """What writes the reasons of some quantities of the table."""
        home = columns.table_of(names[0])
        terms = [columns.plan.quantities[name].term for name in names]
        pieces = Pieces(self.engine.language, self.leaves, f"{self.fresh()}_", terms)
        return Reasons(columns.plan, pieces, self.engine.language, lambda n: columns.table_of(n) == home, columns.given, lang)

    def reasons(self, columns: Columns, names: Sequence[str], lang: str) -> dict[str, str]:
        """Add why quantities are nothing or unknown; the column of each."""
        writer = self.writer(columns, names, lang)
        texts = {name: writer.of(name) for name in names}
        return self._texts(writer, texts)

    def missing(self, columns: Columns, name: str, lang: str) -> None:
        """Add what makes a quantity unknown, as a leaf that tables below can read."""
        writer = self.writer(columns, [name], lang)
        [column] = self._texts(writer, {name: writer.missing(columns.plan.quantities[name].term)}).values()
        self.column(f"{WHY}{name}", column, Range(0, 0))

    def _texts(self, writer: Reasons[Any], texts: Mapping[str, Any]) -> dict[str, str]:
        out = {name: self.fresh() for name in texts}
        nothing = self.engine.language.nothing(None)
        made = {out[name]: nothing if text is None else text for name, text in texts.items()}
        self.frame = self.engine.add(self.frame, [*writer.pieces.levels, made])
        return out

    def output(self, name: str, yes_no: bool) -> Expr:
        """A quantity as a result column."""
        piece = self.leaves.get(name)
        if piece is None or piece.unknown:
            return lit(None, nw.Boolean if yes_no else Int64)
        if piece.fixed:
            return lit(piece.value, nw.Boolean if yes_no else Int64)
        return col(piece.column) if yes_no else col(piece.column).cast(Int64)  # codes and years can be as narrow as they came


Written = tuple[list[dict[str, Any]], dict[str, Piece[Any]], int]
MOST_WRITTEN = 8
_WRITTEN: WeakKeyDictionary[Stage, dict[Hashable, Written]] = WeakKeyDictionary()
"""What was written for a stage, by the language and by what it is made of: the parts of a file are alike."""


def _told(leaf: tuple[str, Piece[Any]]) -> Hashable:
    """What of a leaf the columns that read it turn on."""
    name, piece = leaf
    return name, piece.column, piece.fixed, type(piece.value), piece.value, piece.range, piece.causes, piece.strict


def _settled(piece: Piece[Any]) -> Piece[Any]:
    """A piece that stands in the frame: what is made of it can be written at once."""
    return evolve(piece, level=0)


def filling(fact: Fact, absent: bool) -> int | bool | None:
    """What a blank counts as: what its declaration says, or an absence that the caller takes for told."""
    if fact.blank is not None:
        return int(fact.blank)
    if absent and fact.sort is Sort.YES_NO:
        return False
    return 0 if absent and fact.kinds is not None and "NONE" in fact.kinds.__members__ else None


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
