"""Policies of Ruritania. The packs of the kingdom stand in for those that the library holds while a policy is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

from fictional.areas import AREAS
from fictional.world import WORLD
from povertyrules import registry
from povertyrules.policy import Policy, policy

HERE = Path(__file__).parent
PACKS, OVERLAYS = HERE / "packs", HERE / "overlays"
ON = "2005-06-30"


@contextmanager
def in_ruritania() -> Iterator[None]:
    """Let names of policies mean those of Ruritania."""
    with patch.object(registry, "PACKS", PACKS):
        yield


def ruritania(on: str = ON, **more: object) -> Policy:
    """The kingdom's policy, from its file."""
    return policy(path=PACKS / "ruritania.toml", on=on, areas=AREAS, world=WORLD, **more)  # type: ignore[arg-type]


def named(name: str, on: str = ON, **more: object) -> Policy:
    """A policy of Ruritania by path or alias."""
    with in_ruritania():
        return policy(name, on=on, areas=AREAS, world=WORLD, **more)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def kingdom() -> Policy:
    """One policy that tests share: it never changes, and keeps what it compiled."""
    return ruritania()


@lru_cache(maxsize=1)
def capital() -> Policy:
    """The capital's policy."""
    return named("strelsau")


def variants(of: Policy) -> list[tuple[str, Policy]]:
    """A policy under its defaults, and under every single other reading."""
    out = [("defaults", of)]
    for name, register in of.interpretations.items():
        out += [(f"{name}={c}", of.reading(name, c)) for c in register.choices if c != of.choice(name)]
    return out
