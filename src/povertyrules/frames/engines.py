"""From the caller's frame to the one that is worked on, and back: the engine that comes in goes out, lazy stays lazy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, cast

from attrs import frozen

from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.facts import LATEST
from povertyrules.uses.scale.language import Language
from povertyrules.uses.scale.narwhal import Frame, Narwhals, add_levels
from povertyrules.uses.scale.sql import Sql, with_levels

ALLOWED = (
    "allowed: a pandas, Polars, PyArrow, DuckDB, Dask, Ibis or PySpark frame; "
    "each needs its own package beside the extra `frames`"
)


@frozen(eq=False)
class Engine:
    """How a frame is worked on: `frame` in the language of narwhals, `finish` back to what the caller holds."""

    frame: Frame
    finish: Callable[[Frame, Sequence[str]], object]
    """Of the frame and the names of its result columns, what the caller gets."""
    language: Language[Any]
    add: Callable[[Frame, Sequence[Mapping[str, Any]]], Frame]
    names: tuple[str, ...]
    """The columns that the caller's frame has."""
    fresh: Callable[[Frame, Sequence[str]], object]
    """Of a frame that was made and the names of its columns, one of the caller's kind."""
    eager: bool = False
    objects: frozenset[str] = frozenset()
    """Columns of Python objects, which now hold the library's whole numbers."""
    original: Callable[[str, int], object] | None = None
    """What a row of one of those columns held."""
    folds: bool = False
    """Whether names that differ in capitals alone are the same name."""

    def has(self, name: str) -> bool:
        """Whether the caller's frame has a column of a name."""
        return name in self.names or (self.folds and name.lower() in {one.lower() for one in self.names})

    @property
    def narrow(self) -> bool:
        """Whether the engine compares narrow numbers with literals without a cast."""
        return isinstance(self.language, Sql) or (isinstance(self.language, Narwhals) and self.language.polars)

    @property
    def dates(self) -> bool:
        """Whether the engine counts years from dates as they are."""
        return self.language.years(LATEST, "") is not None


Objects = Callable[[str, Iterable[object]], list[int | None] | None]
"""The whole numbers of a column of Python objects; None leaves the column as it is."""


def entered(native: object, needed: Sequence[str], objects: Objects) -> Engine:
    """The frame of a caller, of which some columns are needed; `objects` reads those that hold Python objects."""
    import narwhals as nw

    frame = _narwhal(native)
    kind = frame.implementation
    names = tuple(frame.collect_schema().names())
    needed = [name for name in needed if name in names]
    if kind.is_pandas():
        return _pandas(native, needed, names, objects)
    if kind.is_pandas_like():
        raise SortError("frame", type(native).__name__, ALLOWED)  # like pandas, and untried
    if kind.is_pyarrow():
        return _arrow(native, needed, names) if _has_polars() else _arrow_alone(native, needed, names)
    if kind.is_polars() and isinstance(frame, nw.DataFrame):
        return Engine(frame.lazy(), _collected(names), Narwhals(polars=True), add_levels, names, _collected(()), True)
    if kind.is_spark_like():
        _plain(names)
    eager, sql = isinstance(frame, nw.DataFrame), kind.is_duckdb() or kind.is_spark_like()
    say: Language[Any] = Narwhals(polars=kind.is_polars())
    add = add_levels
    if kind.is_duckdb():
        say, add = Sql("duckdb", vectors=True), _add_duckdb
    elif kind.is_spark_like():
        say, add = Sql("spark", patience=6), _add_spark
    return Engine(frame, _kept(names), say, add, names, _kept(()), eager, folds=sql)


def column_names(native: object) -> tuple[str, ...]:
    """The columns of a frame of any engine."""
    return tuple(cast(Any, native).columns if is_dask(native) else _narwhal(native).collect_schema().names())


def _narwhal(native: object, what: str = "frame") -> Any:
    """The frame of a caller in the language of narwhals; `SortError` for what is none."""
    import narwhals as nw

    try:
        return nw.from_native(cast(Any, native))
    except TypeError:
        raise SortError(what, type(native).__name__, ALLOWED) from None


def same_engine(frames: Mapping[str, object]) -> None:
    """Refuse tables of several engines; those that are in memory go together."""
    import narwhals as nw

    if frames.get("persons") is None:
        raise SortError("persons", None, ALLOWED)
    kinds: dict[str, str] = {}
    for name, frame in frames.items():
        found = None if is_dask(frame) else _narwhal(frame, name)
        memory = isinstance(found, nw.DataFrame) and _has_polars()
        kinds[name] = "dask" if found is None else "in memory" if memory else str(found.implementation.value)
    if len(set(kinds.values())) > 1:
        said = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        raise SortError("frames", said, "allowed: all tables in one engine")


def _plain(names: Sequence[str]) -> None:
    """Refuse names that Spark takes for something else: a dot for a field of a structure."""
    for name in names:
        if "." in name or "`" in name:
            raise UnknownName(name, name, "PySpark reads a dot or a backtick in a name as something else: rename it")


def _has_polars() -> bool:
    return find_spec("polars") is not None and find_spec("pyarrow") is not None


def _kept(names: Sequence[str]) -> Callable[[Frame, Sequence[str]], object]:
    return lambda frame, made: frame.select(*names, *made).to_native()


def _collected(names: Sequence[str]) -> Callable[[Frame, Sequence[str]], object]:
    return lambda frame, made: frame.lazy().select(*names, *made).collect().to_native()


def _add_duckdb(frame: Frame, levels: Sequence[Mapping[str, str]]) -> Frame:
    import narwhals as nw

    relation = cast(Any, frame.to_native())
    if not any(levels):
        return frame
    return cast(Frame, nw.from_native(relation.query("facts", with_levels("facts", levels, Sql("duckdb")))))


def _add_spark(frame: Frame, levels: Sequence[Mapping[str, str]]) -> Frame:
    """As text: a column object of Spark's costs a call into Java for each operation."""
    import narwhals as nw

    held, say = cast(Any, frame.to_native()), Sql("spark")
    for level in levels:
        if level:
            held = held.selectExpr("*", *(f"{expr} AS {say.column(name)}" for name, expr in level.items()))
    return cast(Frame, nw.from_native(held))


def _pandas(native: object, needed: Sequence[str], names: tuple[str, ...], objects: Objects) -> Engine:
    """pandas, and only the columns that are needed; the caller's own columns and index stay as they are."""
    import pandas as pd

    whole = cast(Any, native)
    held = whole[list(needed)].reset_index(drop=True)
    read = {name: objects(name, held[name]) for name in needed if held[name].dtype == object}
    loose = frozenset(name for name, cells in read.items() if cells is not None)
    held = held.assign(**{name: pd.array(read[name], dtype="Int64") for name in loose})
    if not needed:
        held = pd.DataFrame({"": pd.array([None] * len(whole), dtype="Int8")})

    def original(column: str, row: int) -> object:
        return cast(object, whole[column].iloc[row])

    polars = _has_polars()
    made, back = (_by_polars if polars else _by_arrow)(held)

    def finish(out: Frame, results: Sequence[str]) -> object:
        return whole.assign(**{name: column.set_axis(whole.index) for name, column in back(out, results).items()})

    def fresh(out: Frame, columns: Sequence[str]) -> object:
        return pd.DataFrame(back(out, columns))

    return Engine(made, finish, Narwhals(polars=polars), add_levels, names, fresh, True, loose, original)


Back = Callable[[Frame, Sequence[str]], dict[str, Any]]
"""Of a frame, some of its columns as those of pandas, which can hold null."""


def _by_polars(held: Any) -> tuple[Frame, Back]:
    """Work on a pandas frame in Polars."""
    import narwhals as nw
    import polars as pl

    def back(out: Frame, columns: Sequence[str]) -> dict[str, Any]:
        found = cast("pl.DataFrame", out.lazy().select(*columns).collect().to_native())
        return {name: _masked(found[name]) for name in columns}

    made = pl.from_pandas(held)
    days = [name for name, kind in made.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone is None]
    return nw.from_native(made.with_columns(pl.col(days).cast(pl.Date)).lazy()), back  # pandas has no type for a day


def _by_arrow(held: Any) -> tuple[Frame, Back]:
    """Work on a pandas frame in PyArrow: pandas itself makes floats of whole numbers as soon as one of them is null."""
    if find_spec("pyarrow") is None:
        raise SortError("frame", "a pandas frame", "a pandas frame needs PyArrow beside it, and is faster with Polars too")
    import narwhals as nw
    import pandas as pd
    import pyarrow as pa

    masked = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}

    def back(out: Frame, columns: Sequence[str]) -> dict[str, Any]:
        found = cast(Any, out.select(*columns).to_native()).to_pandas(types_mapper=masked.get)
        return {name: found[name] for name in columns}

    table = pa.Table.from_pandas(held, preserve_index=False).replace_schema_metadata()  # which says what the types were
    for at, column in enumerate(table.columns):
        if pa.types.is_dictionary(column.type) and pa.types.is_integer(column.type.value_type):
            table = table.set_column(at, table.column_names[at], column.cast(column.type.value_type))
    return cast(Frame, nw.from_native(table)), back


def _masked(column: Any) -> Any:
    """A Polars column as a nullable pandas one."""
    import numpy as np
    import pandas as pd
    import polars as pl

    if column.dtype == pl.String:
        return pd.Series(column.to_list(), dtype="string")
    if column.dtype not in (pl.Boolean, pl.Int64):
        return column.to_pandas()
    kind = pd.arrays.BooleanArray if column.dtype == pl.Boolean else pd.arrays.IntegerArray
    if not column.null_count():
        return pd.Series(kind(column.to_numpy(writable=True), np.zeros(len(column), bool)), copy=False)
    filled = column.fill_null(False if column.dtype == pl.Boolean else 0)
    return pd.Series(kind(filled.to_numpy(writable=True), column.is_null().to_numpy(writable=True)), copy=False)


def _arrow(native: object, needed: Sequence[str], names: tuple[str, ...]) -> Engine:
    """PyArrow through Polars; the caller's columns are passed on as they are."""
    import narwhals as nw
    import polars as pl

    table = cast(Any, native)
    rows = pl.DataFrame({"": pl.Series([None] * table.num_rows, dtype=pl.Int8)})
    made = cast("pl.DataFrame", pl.from_arrow(table.select(list(needed)))) if needed else rows

    def fresh(out: Frame, columns: Sequence[str]) -> object:
        return cast("pl.DataFrame", out.lazy().select(*columns).collect().to_native()).to_arrow()

    finish = _appended(table, fresh)
    return Engine(nw.from_native(made.lazy()), finish, Narwhals(polars=True), add_levels, names, fresh, True)


def _appended(table: Any, fresh: Callable[[Frame, Sequence[str]], object]) -> Callable[[Frame, Sequence[str]], object]:
    """What appends the results to the caller's own PyArrow table."""

    def finish(out: Frame, results: Sequence[str]) -> object:
        found, whole = cast(Any, fresh(out, results)), table
        for name in results:
            whole = whole.append_column(name, found[name])
        return whole

    return finish


def _arrow_alone(native: object, needed: Sequence[str], names: tuple[str, ...]) -> Engine:
    """PyArrow without Polars; only the columns that are needed take part, since others may be of types that it cannot join."""
    import narwhals as nw
    import pyarrow as pa

    table = cast(Any, native)
    made = table.select(list(needed)) if needed else pa.table({"": pa.nulls(table.num_rows, pa.int8())})
    kinds = [pa.field(f.name, pa.int8() if pa.types.is_null(f.type) else f.type) for f in made.schema]
    made = made.cast(pa.schema(kinds))  # a column of no type cannot be joined

    return Engine(nw.from_native(made), _appended(table, _kept(())), Narwhals(), add_levels, names, _kept(()), True)


def is_dask(native: object) -> bool:
    """Whether a frame is Dask's, without importing it."""
    return "dask" in sys.modules and type(native).__module__.startswith(("dask", "dask_expr"))
