"""What proofs and the testing kit cost: the library of claims on one pack, households drawn by Hypothesis."""

import time
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from timing import Row, once

import povertyrules as pr
from povertyrules.testing.strategies import households

MANY = 2_000


def drawn(zz: pr.Policy) -> float:
    """Seconds to draw many households."""

    @settings(max_examples=MANY, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(households(zz))
    def draw(home: pr.Household) -> None:
        pass

    return once(draw)


def rows() -> Iterator[Row]:
    """All of them; the claims once, since they take long."""
    zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
    took = sorted(drawn(zz) for _ in range(3))[1]
    yield Row("a household drawn by the strategies", took / MANY * 1e3, "ms", 1, f"{MANY / took:,.0f} a second")
    start = time.perf_counter()
    found = zz.claims()
    yield Row("the library of claims on one pack", time.perf_counter() - start, "s", 60, f"{len(found)} claims")


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:<58}{row.measured:>9.2f} {row.unit}  {row.versus}", flush=True)
