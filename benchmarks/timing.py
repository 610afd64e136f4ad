"""Fair timing in one run: contenders take turns, and the median of several rounds stands for each."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

ROUNDS, SAMPLE = 7, 0.02  # a sample lasts that many seconds at least


class Row(NamedTuple):
    """One line of the table: what was measured, its budget if it has one, and what it stands against."""

    name: str
    measured: float | str
    unit: str = ""
    budget: float | None = None
    versus: str = ""


def once(call: Callable[[], object], times: int = 1) -> float:
    """Seconds per call; the collector runs as it would for a user, from a clean heap."""
    gc.collect()
    start = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - start) / times


def medians(contenders: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds per call for each contender: warmed, then one sample of each in every round, in turn."""
    times = {name: int(SAMPLE / min(once(call), once(call), SAMPLE)) + 1 for name, call in contenders.items()}
    samples = [[once(call, times[name]) for name, call in contenders.items()] for _ in range(rounds)]
    return dict(zip(contenders, map(statistics.median, zip(*samples, strict=True)), strict=True))
