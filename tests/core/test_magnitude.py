"""Magnitudes: exact, never without a unit, never compared across units."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyrules.core.bound import RELATIONS, Bounds
from povertyrules.core.errors import SortError
from povertyrules.core.magnitude import UNITS, Magnitude, UnitError, is_magnitude, number


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("26亿元", 2_600_000_000, "yuan"),
        ("0.5 万元", 5_000, "yuan"),
        ("12.4万人", 124_000, "persons"),
        ("1 person", 1, "persons"),
        ("25 度", 25, "degrees"),
        ("100 MW", 100_000, "kW"),
        ("10万千瓦", 100_000, "kW"),
        ("3000元/户/年", 3_000, "yuan/household/year"),
        ("90 units of nothing", None, ""),
        ("90", None, ""),
        ("", None, ""),
        ("1e9 yuan", None, ""),
        ("1,000 yuan", None, ""),
        ("½ mu", None, ""),
        ("9" * 80 + " mu", None, ""),
    ],
)
def test_a_number_and_its_unit_are_read(written: str, value: int | None, unit: str) -> None:
    if value is None:
        assert not is_magnitude(written)
        with pytest.raises(UnitError):
            Magnitude.of(written)
    else:
        assert Magnitude.of(written) == Magnitude(Fraction(value), unit)


@pytest.mark.parametrize("other", [5, 5.0, None, True, ["5 mu"]])
def test_what_is_no_text_is_refused(other: object) -> None:
    with pytest.raises(SortError):
        Magnitude.of(other)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6), st.sampled_from(sorted(UNITS)))
def test_what_is_printed_is_read_back(whole: int, decimals: int, unit: str) -> None:
    one = Magnitude(Fraction(whole, 10**decimals), unit)
    assert Magnitude.of(str(one)) == one


@given(st.fractions(), st.fractions())
def test_they_are_ordered_and_added_as_fractions_are(a: Fraction, b: Fraction) -> None:
    one, other = Magnitude(a, "mu"), Magnitude(b, "mu")
    assert (one < other, one <= other, one > other, one >= other) == (a < b, a <= b, a > b, a >= b)
    assert ((one + other).value, (one - other).value) == (a + b, a - b)


def test_units_are_never_mixed() -> None:
    for act in (lambda a, b: a < b, lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a.over(b)):
        with pytest.raises(UnitError):
            act(Magnitude.of("1 mu"), Magnitude.of("1 m2"))


def test_a_number_that_does_not_come_out_even_says_so() -> None:
    assert (number(Fraction(1, 3)), number(Fraction(1, 8)), number(Fraction(-5)), number(Fraction(10))) == (
        "≈0.3333",
        "0.125",
        "-5",
        "10",
    )


@given(st.sampled_from(RELATIONS[:-1]), st.integers(0, 50), st.integers(0, 50))
def test_bounds_are_kept_as_whole_numbers_keep_them(relation: str, bound: int, told: int) -> None:
    held = Bounds(**{relation: Magnitude(Fraction(bound), "mu")})
    by_hand = {
        "at_least": told >= bound,
        "more_than": told > bound,
        "at_most": told <= bound,
        "less_than": told < bound,
        "exactly": told == bound,
    }[relation]
    found = Magnitude(Fraction(told), "mu")
    assert held.holds(found) is by_hand
    gap = held.gap(found)
    assert gap is None if by_hand else gap == Magnitude(Fraction(abs(told - bound)), "mu")


@pytest.mark.parametrize(
    ("bound", "told", "kept"),
    [
        ("300 villages", "270 villages", True),
        ("300 villages", "269 villages", False),
        ("90 %", "88 %", True),
        ("90 %", "92.1 %", False),
    ],
)
def test_about_leaves_a_tenth_of_a_count_or_two_points_of_a_rate(bound: str, told: str, kept: bool) -> None:
    assert Bounds(about=Magnitude.of(bound)).holds(Magnitude.of(told)) is kept
