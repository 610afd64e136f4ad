"""The policies that both emitters are run over: fictional and real, under the defaults and under each other reading."""

from __future__ import annotations

import zlib

from fictional.policies import capital, kingdom, variants

from povertyrules import policy

REAL = policy("zaozhuang-hitech", on="2017-06-30")
POLICIES = [
    *((f"ruritania {name}", found) for name, found in variants(kingdom())),
    ("strelsau", capital()),
    *((f"zaozhuang {name}", found) for name, found in variants(REAL)),
]


def seed_of(name: str) -> int:
    """A seed that is the same on every run."""
    return zlib.crc32(name.encode())
