"""The words over pairs: the ends that they give are the least and the most of all values between, and not wider than that."""

from itertools import product

import pytest

from povertyrules.uses import ends

FAR = 40
PAIRS = [(low, high) for low in range(-3, 4) for high in (*range(low, 4), None)]


def members(pair: ends.Pair) -> range:
    """The values of a pair; an open end runs far beyond the others."""
    low, high = pair
    return range(-FAR if low is None else low, (FAR if high is None else high) + 1)


def hull(values: list[int], pairs: tuple[ends.Pair, ...]) -> ends.Pair:
    """The ends of some values, open where they run far because a pair is open."""
    low, high = min(values), max(values)
    is_open = any(None in pair for pair in pairs)
    return (None if is_open and low <= -FAR + 10 else low), (None if is_open and high >= FAR - 10 else high)


def product_of(x: int, y: int) -> int:
    return x * y


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        (ends.add, int.__add__),
        (ends.sub, int.__sub__),
        (ends.least, min),
        (ends.greatest, max),
        (ends.mul, product_of),
    ],
)
def test_arithmetic(word, plain) -> None:
    wrong = []
    for a, b in product(PAIRS, repeat=2):
        expected = hull([plain(x, y) for x in members(a) for y in members(b)], (a, b))
        if word(a, b) != expected:
            wrong.append((a, b, word(a, b), expected))
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


def test_division() -> None:
    divisors = [(low, high) for low in range(1, 4) for high in (*range(low, 4), None)]
    wrong = []
    for a, b in product(PAIRS, divisors):
        values = [x // y for x in members(a) for y in members(b)]
        low = None if a[0] is None else min(values)
        high = None if a[1] is None else max(values)
        if ends.div(a, b) != (low, high):
            wrong.append((a, b, ends.div(a, b), (low, high)))
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


@pytest.mark.parametrize(("word", "plain"), [(ends.lt, int.__lt__), (ends.le, int.__le__), (ends.eq, int.__eq__)])
def test_comparisons(word, plain) -> None:
    for a, b in product(PAIRS, repeat=2):
        truths = {plain(x, y) for x in members(a) for y in members(b)}
        assert word(a, b) == (truths == {True}, True in truths), (a, b)
