"""Whole frames: the rules as columns of every engine, beside the same rules written by hand for it.

`ROWS` (1,000,000 and 10,000,000 by default) comes from the environment.
"""

import os
import shutil
import statistics
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import by_hand_numpy
import by_hand_polars
import by_hand_sql
import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from population import INPUTS, POLICY, TARGETS, people
from timing import Row, once

import povertyrules as pr
from povertyrules.frames import engines
from povertyrules.frames.names import named

ROWS = [int(n) for n in os.environ.get("ROWS", "1000000,10000000").split(",")]
ROUNDS = 5
MADE = [named(name, POLICY.plan.quantities[name].rule, "en") for name in TARGETS]
AMOUNTS = {n: n for n in INPUTS}
Call = Callable[[], object]


def ours(frame: object, invalid: str = "raise") -> object:
    """Every target over a frame; the look at the data is part of it."""
    return POLICY.over(frame, TARGETS, unit="fen", invalid=invalid, members="members", countable_income="countable_income")


def beside(contenders: dict[str, Call]) -> dict[str, float]:
    """Seconds for each: warmed, then in turn, the median of five."""
    for call in contenders.values():
        call()
    rounds = [[once(call) for call in contenders.values()] for _ in range(ROUNDS)]
    return dict(zip(contenders, map(statistics.median, zip(*rounds, strict=True)), strict=True))


def compared(label: str, hand: Call, contenders: dict[str, Call], limit: float | None) -> Iterator[Row]:
    """One row for what was written by hand, and one for each of ours, as a ratio to it."""
    took = beside({"hand": hand, **contenders})
    yield Row(f"{label}, by hand", took["hand"], "s")
    for name in contenders:
        yield Row(f"  {name}", took[name] / took["hand"], "x", limit, f"{took[name]:.2f} s")


def without_polars(call: Call) -> Call:
    """A call as it runs where Polars is not installed."""

    def run() -> object:
        has, engines._has_polars = engines._has_polars, lambda: False
        try:
            return call()
        finally:
            engines._has_polars = has

    return run


def polars_rows(table: pa.Table) -> Iterator[Row]:
    """Polars: in memory and streaming; results are made, and not kept."""
    lazy = pl.from_arrow(table).lazy()
    for engine in ("in-memory", "streaming"):
        yield from compared(
            f"Polars {engine}, {table.num_rows:,} rows",
            lambda engine=engine: by_hand_polars.columns(lazy).collect(engine=engine),
            {
                "ours, cells looked at first": lambda engine=engine: ours(lazy).select(MADE).collect(engine=engine),
                "ours, cells checked one by one": lambda engine=engine: ours(lazy, "null").select(MADE).collect(engine=engine),
            },
            1.15,
        )


def duckdb_rows(table: pa.Table) -> Iterator[Row]:
    """DuckDB: from a table of its own into another."""
    with duckdb.connect() as base:
        base.register("given", table)
        base.execute("CREATE TABLE people AS SELECT * FROM given")
        relation, columns = base.table("people"), ", ".join(f'"{name}"' for name in MADE)

        def made(invalid: str) -> Call:
            return lambda: ours(relation, invalid).project(columns).create("result") or base.execute("DROP TABLE result")

        def by_hand() -> None:
            base.execute(f"CREATE TABLE result AS {by_hand_sql.SQL}")
            base.execute("DROP TABLE result")

        called = {"ours, cells looked at first": made("raise"), "ours, cells checked one by one": made("null")}
        yield from compared(f"DuckDB, {table.num_rows:,} rows", by_hand, called, 1.25)


def array_rows(table: pa.Table) -> Iterator[Row]:
    """pandas and PyArrow, with Polars and without, beside NumPy by hand."""
    frame = table.to_pandas()
    arrays = {name: frame[name].to_numpy() for name in frame.columns}
    arrays["born"] = frame["born"].to_numpy().astype("M8[D]")
    frame["born"] = arrays["born"]
    called = {
        "pandas through Polars": lambda: ours(frame),
        "pandas without Polars": without_polars(lambda: ours(frame)),
        "PyArrow through Polars": lambda: ours(table),
        "PyArrow without Polars": without_polars(lambda: ours(table)),
    }
    yield from compared(f"NumPy, {table.num_rows:,} rows", lambda: by_hand_numpy.columns(arrays), called, None)


def cluster_rows(table: pa.Table) -> Iterator[Row]:
    """Dask and Spark on this machine."""
    import dask.dataframe as dd

    parts = dd.from_pandas(table.to_pandas(), npartitions=4)
    took = beside({"dask": lambda: ours(parts)[MADE].count().compute()})
    yield Row(f"Dask, {table.num_rows:,} rows, counted", took["dask"], "s")
    if shutil.which("java"):
        yield from spark_rows(table)


def spark_rows(table: pa.Table) -> Iterator[Row]:
    """Spark: its own columns, and parts handed to Python as Arrow."""
    here = str(Path(__file__).parent)
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": here}  # for its workers
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "4g")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    frame = spark.createDataFrame(table).repartition(4).cache()
    frame.count()
    schema = ", ".join(
        f"{name} {'boolean' if POLICY.plan.quantities[t].sort == 'yes/no' else 'bigint'}"
        for name, t in zip(MADE, TARGETS, strict=True)
    )

    def handed(batches):  # the Arrow route that Spark offers to Python
        for batch in batches:
            yield from ours(pa.Table.from_batches([batch]), "null").select(MADE).to_batches()

    def noop(made) -> None:
        made.write.format("noop").mode("overwrite").save()

    def native(limit: int) -> None:
        spark.conf.set("spark.sql.codegen.hugeMethodLimit", str(limit))
        noop(ours(frame, "null").select(MADE))

    ways = {
        "its own columns": lambda: native(65535),
        "its own columns, generated code in smaller pieces": lambda: native(8000),
        "parts through Python as Arrow": lambda: noop(frame.mapInArrow(handed, schema)),
    }
    took = beside(ways)
    for way, seconds in took.items():
        versus = f"{seconds / took['its own columns']:.2f} x its own columns"
        yield Row(f"Spark, {table.num_rows:,} rows, {way}", seconds, "s", versus=versus)
    spark.stop()


def openfisca_rows() -> Iterator[Row]:
    """OpenFisca at a million persons on the rules that both hold: time, and wrong fen."""
    from beside import ON, PERIODS, Crowd, theirs
    from openfisca_rules import system

    zz = pr.policy("zaozhuang-hitech", on=ON)
    crowd, rules = Crowd.of(290_000, np.random.default_rng(2017)), system(zz)
    persons = pl.DataFrame(
        {
            "household_id": crowd.house,
            "born": crowd.born,
            **crowd.status,
            "in_scope": crowd.in_scope,
            "hospital_grade": crowd.grade,
        }
    )
    homes = pl.DataFrame(
        {"household_id": np.arange(len(crowd.poor)), "registered_poor": crowd.poor, "countable_income": crowd.income}
    )
    targets = (*PERIODS, "dibao_due")
    took = beside(
        {"ours": lambda: zz.assess_frames(persons, homes, unit="fen", targets=targets), "theirs": lambda: theirs(rules, crowd)}
    )
    yield Row(f"{len(crowd.house):,} persons in {len(crowd.poor):,} households", took["ours"], "s")
    yield Row("  OpenFisca, as arrays", took["theirs"], "s", versus=f"{took['theirs'] / took['ours']:.1f} x the library")
    found, other = zz.assess_frames(persons, homes, unit="fen", targets=targets), theirs(rules, crowd)
    bad = np.zeros(len(crowd.poor), bool)
    for name in targets:
        frame = found.households if name == "dibao_due" else found.persons
        exact = frame[named(name, zz.plan.quantities[name].rule, "en")].cast(pl.Float64).to_numpy()
        off = np.nan_to_num(np.abs(np.rint(other[name].astype(float) * 100) - exact)) >= 1
        bad |= np.bincount(np.arange(len(bad)) if name == "dibao_due" else crowd.house, off) > 0
    yield Row("  OpenFisca: households with a wrong fen", bad.mean() * 100, "%")


def rows() -> Iterator[Row]:
    """All of them; the slow ones at the smallest number of rows."""
    for many in ROWS:
        table = people(many)
        yield from polars_rows(table)
        yield from duckdb_rows(table)
        if many == min(ROWS):
            yield from array_rows(table)
            yield from cluster_rows(table)
        del table
    yield from openfisca_rows()


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:<58}{row.measured:>9.2f} {row.unit}  {row.versus}", flush=True)
