"""A hundred million rows from a folder of Parquet into another, streamed: time and peak memory of a process of its own.

`ROWS` sets another number; `python benchmarks/large.py`. Input and output lie in a folder that is removed at the end.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = int(os.environ.get("ROWS", "100000000"))
TARGETS = (
    "basic_insurance",
    "critical_illness",
    "medical_assistance",
    "old_age_allowance",
    "longevity_allowance",
    "care_subsidy",
)


def stream(given: str, made: str) -> None:
    """Put a folder through the rules; every cell is checked on the way."""
    import polars as pl
    from population import POLICY

    people = pl.scan_parquet(f"{given}/*.parquet")
    found = POLICY.over(people, TARGETS, unit="fen", invalid="null")
    results = [name for name in found.collect_schema().names() if name.endswith(("_fen_per_month", "_fen_per_year"))]
    start = time.perf_counter()
    found.select(results).sink_parquet(made)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    rows = pl.scan_parquet(made).select(pl.len()).collect().item()
    print(f"{rows:,} rows in {seconds:.0f} s, {rows / seconds / 1e6:.1f} million rows a second, peak memory {peak:.2f} GB")


def main() -> None:
    """Write the input, then stream it in a process of its own."""
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        given, made = f"{folder}/given", f"{folder}/made.parquet"
        subprocess.run([sys.executable, str(here / "population.py"), given, str(ROWS)], check=True)
        subprocess.run([sys.executable, str(here / "large.py"), given, made], check=True)


if __name__ == "__main__":
    stream(*sys.argv[1:]) if len(sys.argv) == 3 else main()
