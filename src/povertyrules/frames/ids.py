"""Ids of tables that belong together: compared as what they are, refused where they are missing, twice or lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
from narwhals import Int64, String, col, lit, when

from povertyrules.core.errors import SortError
from povertyrules.frames.report import FrameError, Refused
from povertyrules.frames.run import Manner, Table
from povertyrules.frames.tables import Family
from povertyrules.uses.scale.boundary import FLOATS, TEXTS, WHOLE
from povertyrules.uses.scale.narwhal import rows_of

SHOWN = 3


def comparable(table: Table, column: str) -> tuple[str, str]:
    """The column by which the ids of a table are compared, and whether they are numbers or texts."""
    dtype = table.frame.collect_schema()[column]
    if dtype == Int64 or (dtype == String and not table.frame.implementation.is_pyarrow()):  # whose texts are of two widths
        return column, "numbers" if dtype == Int64 else "texts"
    cells = col(column)
    if isinstance(dtype, TEXTS):  # categories too
        made, kind = cells.cast(String), "texts"
    elif isinstance(dtype, WHOLE):
        made, kind = cells.cast(Int64), "numbers"
    elif isinstance(dtype, FLOATS):  # whole numbers with a gap, as pandas holds them
        made, kind = when((cells - cells.floor()).abs() == 0.0).then(cells).cast(Int64), "numbers"
    else:
        raise SortError(column, f"a column of {dtype}", "allowed: ids as texts or as whole numbers")
    name = table.fresh()
    table.frame = table.frame.with_columns(**{name: made})
    return name, kind


def alike(kinds: Mapping[str, str], column: str) -> None:
    """Refuse ids that are numbers in one table and texts in another: no engine compares them as a reader would."""
    if len(set(kinds.values())) > 1:
        said = ", ".join(f"{kind} in {table}" for table, kind in kinds.items())
        raise SortError(column, said, "allowed: ids of one kind in all tables")


def sound_ids(family: Family, name: str, manner: Manner) -> None:
    """Refuse ids of a table that are missing or occur twice, rows that refer to nothing, and too many rows for one above.

    Where they are not refused, what such rows tell is unknown.
    """
    table, refused = family.tables[name], list[Refused]()
    if name in {above for above, _ in family.above.values()}:
        refused += _twice(family, table, name, manner)
    if name in family.above:
        refused += _lost(family, table, name, manner)
        refused += _too_many(family, table, name, manner)
    if manner.report is not None:
        for one in refused:
            manner.report.invalid[one.column] = manner.report.invalid.get(one.column, 0) + one.count
    if refused and manner.invalid == "raise":
        raise FrameError(refused)


def _twice(family: Family, table: Table, name: str, manner: Manner) -> list[Refused]:
    key, allowed = family.keys[name], "allowed: an id in each row, none twice"
    counts: Any = table.frame.group_by(key).agg(nw.len().alias("pr_rows"))
    bad = _some(counts.filter((col("pr_rows") > 1) | col(key).is_null()), key, family.shown[name, key], allowed, table, name)
    if bad and manner.invalid != "raise":
        often = table.fresh()
        table.frame = family.joined(table, counts.rename({"pr_rows": often}), key, key)
        table.alone = often
        table.flags.append((f"{family.shown[name, key]}: {allowed}", (col(often) > 1) | col(key).is_null()))
        _forget(table, often, 1)
    return bad


def _lost(family: Family, table: Table, name: str, manner: Manner) -> list[Refused]:
    above, refers = family.above[name]
    there: Any = family.tables[above].frame.select(col(family.keys[above]).alias("pr_id")).filter(~col("pr_id").is_null())
    lost: Any = table.frame.select(col(refers).alias("pr_refers"))
    lost = lost.join(there, left_on="pr_refers", right_on="pr_id", how="anti").with_columns(pr_rows=lit(1, Int64))
    allowed = f"allowed: an id that one of the {above} has"
    bad = _some(lost, "pr_refers", family.shown[name, refers], allowed, table, name)
    if bad and manner.invalid == "keep":
        mark = table.fresh()
        table.frame = family.joined(table, there.unique(subset=["pr_id"]).with_columns(**{mark: lit(1, Int64)}), refers, "pr_id")
        table.flags.append((f"{family.shown[name, refers]}: {allowed}", col(mark).is_null()))
    return bad


def _too_many(family: Family, table: Table, name: str, manner: Manner) -> list[Refused]:
    (_, refers), (_, most) = family.above[name], family.most[name]
    counts: Any = table.frame.filter(~col(refers).is_null()).group_by(refers).agg(nw.len().alias("pr_rows"))
    allowed = f"allowed: at most {most} rows of {name} for one id"
    bad = _some(counts.filter(col("pr_rows") > most), refers, family.shown[name, refers], allowed, table, name)
    if bad and manner.invalid != "raise":
        many = table.fresh()
        table.frame = family.joined(table, counts.rename({"pr_rows": many}), refers, refers)
        table.flags.append((f"{family.shown[name, refers]}: {allowed}", (col(many) > most).fill_null(False)))
        _forget(table, many, most)
    return bad


def _forget(table: Table, counted: str, most: int) -> None:
    """Make unknown what rows tell of which there are too many."""
    for name, piece in [(n, p) for n, p in table.leaves.items() if p.column]:
        told = table.fresh()
        table.frame = table.frame.with_columns(**{told: when(col(counted) <= lit(most, Int64)).then(col(piece.column))})
        table.column(name, told, piece.range)


def _some(bad: Any, column: str, shown: str, allowed: str, table: Table, name: str) -> list[Refused]:
    """The refusal of some ids, `pr_rows` rows each; nothing if there are none."""
    [seen] = rows_of(bad.select(col("pr_rows").sum().alias("n")))
    if not seen["n"]:
        return []
    [whole] = rows_of(table.frame.select(nw.len().alias("n")))
    first = tuple((None, repr(row[column])) for row in rows_of(bad.select(column).head(SHOWN)))
    return [Refused(shown, int(seen["n"]), int(whole["n"]), allowed, first, of=f"rows of {name}")]


def family_of(tables: dict[str, Table], ids: Mapping[str, str], most: Mapping[str, tuple[int, int]]) -> Family:
    """The tables and how they refer to each other; `most` has how many rows of each lower table there can be for one above."""
    own, above, shown = dict[str, str](), dict[str, tuple[str, str]](), dict[tuple[str, str], str]()
    for upper in ("households", "persons"):
        lower = [name for name in tables if name in most and ("persons" if name == "treatments" else "households") == upper]
        kinds: dict[str, str] = {}
        for name in lower + [upper] * (bool(lower) and upper in tables):
            column, kinds[name] = comparable(tables[name], ids[upper])
            shown[name, column] = ids[upper]
            if name in lower:
                above[name] = (upper, column)
            if name == upper or upper not in tables:  # the households of a flat table are made of its rows
                own[upper] = column
        alike(kinds, ids[upper])
    return Family(tables, above, own, most, shown)
