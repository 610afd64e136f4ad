"""Random numbers that follow from a key and a name alone, the same on every machine, whatever is drawn beside them."""

from __future__ import annotations

import hashlib

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Keys = NDArray[np.uint64]
Cells = tuple[NDArray[np.generic], Bools | None]
"""The values of a column, and which of them there are to tell; None: all."""
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def mixed(keys: Keys) -> Keys:
    """Scatter 64-bit keys: the last step of splitmix64, whole numbers only, so that every machine finds the same."""
    out = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def key_of(text: str) -> np.uint64:
    """A 64-bit key of a text."""
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big"))


@frozen(eq=False)
class Draws:
    """Random numbers for some rows: each follows from the row's key and a name, and from no other row."""

    keys: Keys

    @classmethod
    def numbered(cls, kind: str, numbers: Ints) -> Draws:
        """Draws for rows of a kind, by their numbers."""
        return cls(mixed((numbers.astype(np.uint64) + np.uint64(1)) * GOLDEN + key_of(kind)))

    def inside(self, homes: Ints, slot: Ints) -> Draws:
        """Draws for what lies inside these rows, in slots."""
        return Draws(mixed(self.keys[homes] + (slot.astype(np.uint64) + np.uint64(1)) * GOLDEN))

    def bits(self, name: str) -> Ints:
        """A number of 32 bits for every row."""
        return (mixed(self.keys + key_of(name)) >> np.uint64(32)).astype(np.int64)

    def below(self, name: str, top: int | Ints) -> Ints:
        """A number from 0 to less than `top`, itself less than 2^31."""
        return (self.bits(name) * top) >> 32

    def between(self, name: str, low: int | Ints, high: int | Ints) -> Ints:
        """A number from `low` to `high`, both among them."""
        return low + self.below(name, high - low + 1)

    def chance(self, name: str, share: int | Ints) -> Bools:
        """Yes for a share of the rows, per mille."""
        return self.below(name, 1_000) < share

    def pick(self, name: str, weights: tuple[int, ...]) -> Ints:
        """The place of a weight, each as often as it weighs."""
        return np.searchsorted(np.cumsum(weights), self.below(name, sum(weights)), side="right").astype(np.int64)


def steps(values: Ints, *rows: tuple[int, int], beyond: int = 0) -> Ints:
    """For each value the second number of the first row that it lies below."""
    return np.select([values < edge for edge, _ in rows], [to for _, to in rows], beyond)


def days(years: int | Ints) -> Ints:
    """About so many years, in days."""
    return np.asarray(years, dtype=np.int64) * 1461 // 4
