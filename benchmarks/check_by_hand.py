"""Compare the hand-written contenders with the library's scalar program, cell for cell, on random people without gaps.

`python benchmarks/check_by_hand.py [ROWS]` prints one line for each contender; the exit status is 1 if a cell differs.
"""

import sys
from collections.abc import Callable, Iterator

import by_hand_numpy
import by_hand_polars
import by_hand_sql
import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from population import GIVEN, INPUTS, POLICY, TARGETS, people

ROWS, SEED = 20_000, 2017
ON_BILL = {name for name in INPUTS if name not in GIVEN and POLICY.plan.facts[name].entity == "Treatment"}
Answers = dict[str, list[int | None]]


def by_library(table: pa.Table) -> Answers:
    """Every answer by the scalar program, one person after the other: facts checked, computed. None: unstated or unknown."""
    out: Answers = {name: [] for name in TARGETS}
    for row in table.to_pylist():
        bill = {name: row.pop(name) for name in ON_BILL}
        _, person = POLICY.engine.run(TARGETS, {**row, "treatments": (bill,)})
        for name, found in out.items():
            found.append(person[name])
    return out


def by_numpy(table: pa.Table) -> Answers:
    return {n: a.tolist() for n, a in by_hand_numpy.columns(arrays(table)).items()}


def by_polars(table: pa.Table) -> Answers:
    return by_hand_polars.columns(pl.from_arrow(table).lazy()).collect().to_dict(as_series=False)


def by_sql(table: pa.Table) -> Answers:
    with duckdb.connect() as base:
        base.register("people", table)
        return base.sql(by_hand_sql.SQL).to_arrow_table().to_pydict()


def arrays(table: pa.Table) -> dict[str, np.ndarray]:
    """The columns as NumPy arrays."""
    return {name: table[name].to_numpy() for name in INPUTS}


CONTENDERS: dict[str, Callable[[pa.Table], Answers]] = {"polars": by_polars, "sql": by_sql, "numpy": by_numpy}


def differences(exact: Answers, found: Answers) -> Iterator[str]:
    """What differs: names that only one of the two has, and cells by name, with the first of them."""
    if odd := exact.keys() ^ found.keys():
        yield f"only one of the two has {', '.join(sorted(odd))}"
    for name in exact.keys() & found.keys():
        wrong = [i for i, (a, b) in enumerate(zip(exact[name], found[name], strict=True)) if a != b or type(a) is not type(b)]
        if wrong:
            i = wrong[0]
            yield f"{name}: {len(wrong):,} cells, first in row {i}: {found[name][i]} where {exact[name][i]} is exact"


def main(rows: int = ROWS) -> int:
    table = people(rows, SEED)
    exact = by_library(table)
    wrong = 0
    for contender, answers in CONTENDERS.items():
        found = [*differences(exact, answers(table))]
        wrong += len(found)
        print(f"{contender}: {rows:,} rows x {len(TARGETS)} columns,", "every cell alike" if not found else "WRONG")
        print(*(f"  {one}" for one in found), sep="\n", end="\n" if found else "")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
