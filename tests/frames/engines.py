"""Every kind of frame that users bring: how one is made of a table, and how its rows are read again.

Nothing here goes through the library, so that what it gives back is read by the engine's own means.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import frozen

Frame = Any
"""A frame of one of the engines."""
ID = "id"
"""The column by which rows are put in order again: some engines keep none."""


@frozen
class Kind:
    """A kind of frame: its name, how it is made of a table, and how it is turned into one."""

    name: str
    make: Callable[[pa.Table], Frame]
    table: Callable[[Frame], pa.Table]
    slow: bool = False
    """Whether a frame takes so long that a quick test puts few through it."""
    nan_is_null: bool = False
    """Whether what is not a number counts as missing, as it does in pandas."""
    lazy: bool = False
    """Whether rows have no place, and are read when they are asked for."""
    polars: bool = True
    """Whether the library may go through Polars where it is installed."""

    def rows(self, frame: Frame) -> pa.Table:
        """The rows of a frame, by their ids."""
        return self.table(frame).sort_by(ID)

    def __str__(self) -> str:
        return self.name


# ---- pandas ---------------------------------------------------------------------------------------------------

MASKED = {
    pa.int64(): pd.Int64Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int8(): pd.Int8Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.float32(): pd.Float32Dtype(),
    pa.float64(): pd.Float64Dtype(),
}


def pandas_plain(table: pa.Table) -> pd.DataFrame:
    """As most have it: whole numbers with a gap are floats, yes/no with a gap and dates are Python objects."""
    return table.to_pandas()


def pandas_nullable(table: pa.Table) -> pd.DataFrame:
    """With pandas' own types that can be null."""
    return table.to_pandas(types_mapper=MASKED.get)


def pandas_arrow(table: pa.Table) -> pd.DataFrame:
    """With Arrow's types."""
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def of_pandas(frame: pd.DataFrame) -> pa.Table:
    """A pandas frame as a table, whatever its index is."""
    return pa.Table.from_pandas(frame, preserve_index=False)


# ---- engines that work when they are asked ----------------------------------------------------------------------


def duckdb_relation(table: pa.Table) -> Frame:
    """A DuckDB relation."""
    return _duckdb().from_arrow(table)


@cache
def _duckdb() -> Any:
    import duckdb

    return duckdb.connect(config={"threads": 1})


def dask_parts(table: pa.Table) -> Frame:
    """A Dask frame of three parts, if there are that many rows."""
    import dask
    import dask.dataframe as dd

    dask.config.set(scheduler="synchronous")
    return dd.from_pandas(pandas_arrow(table), npartitions=3)


def ibis_table(table: pa.Table) -> Frame:
    """An Ibis table, over DuckDB."""
    import ibis

    return ibis.memtable(table)


@cache
def _spark() -> Any:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # a short run: start fast
    }
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # else it looks the machine's own name up, and waits
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").appName("povertyrules")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions of pandas that Spark has not been tried with
        return builder.getOrCreate()


def spark_frame(table: pa.Table) -> Frame:
    """A PySpark frame; one session serves the whole run of the tests."""
    return _spark().createDataFrame(table)


KINDS = (
    Kind("pandas", pandas_plain, of_pandas, nan_is_null=True),
    Kind("pandas-nullable", pandas_nullable, of_pandas, nan_is_null=True),
    Kind("pandas-arrow", pandas_arrow, of_pandas),
    Kind("pandas-alone", pandas_plain, of_pandas, slow=True, nan_is_null=True, polars=False),
    Kind("pandas-arrow-alone", pandas_arrow, of_pandas, slow=True, polars=False),
    Kind("polars", pl.from_arrow, pl.DataFrame.to_arrow),
    Kind("polars-lazy", lambda table: pl.from_arrow(table).lazy(), lambda frame: frame.collect().to_arrow(), lazy=True),
    Kind("pyarrow", lambda table: table, lambda frame: frame),
    Kind("pyarrow-alone", lambda table: table, lambda frame: frame, slow=True, polars=False),
    Kind("duckdb", duckdb_relation, lambda frame: frame.to_arrow_table(), lazy=True),
    Kind("dask", dask_parts, lambda frame: of_pandas(frame.compute()), slow=True, lazy=True),
    Kind("ibis", ibis_table, lambda frame: frame.to_pyarrow(), slow=True, lazy=True),
    Kind("spark", spark_frame, lambda frame: frame.toArrow(), slow=True, lazy=True),
)
QUICK = ("pandas", "polars", "pyarrow-alone", "duckdb")
"""One of each way that the library takes."""
FAST, SLOW = [k for k in KINDS if not k.slow], [k for k in KINDS if k.slow]


def each(kinds: Iterable[Kind] = KINDS, *, quick: Iterable[str] | None = None) -> pytest.MarkDecorator:
    """A test for each of some kinds of frames; those that are not named as quick are left to the long run."""
    chosen = [pytest.param(k, marks=() if quick is None or k.name in quick else pytest.mark.long, id=k.name) for k in kinds]
    return pytest.mark.parametrize("kind", chosen, indirect=True)


def named(*names: str) -> list[Kind]:
    """Some kinds by name."""
    found = {kind.name: kind for kind in KINDS}
    return [found[name] for name in names]
