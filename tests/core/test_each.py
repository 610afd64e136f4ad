"""In plain Python the values of a lower entity go through arithmetic and words one by one."""

from fractions import Fraction

import pytest

from povertyrules.core.money import Rate
from povertyrules.core.tables import Amounts, Rates
from povertyrules.core.terms import Unstated
from povertyrules.core.words import (
    Each,
    any_of,
    at_rate,
    count,
    greatest,
    lookup,
    no,
    rate_for,
    rounded,
    total,
    where,
)


def test_arithmetic_goes_through_each_value() -> None:
    each = Each([7, -2])
    assert (each + 1, 1 + each, each - 1, 1 - each) == (Each([8, -1]), (8, -1), (6, -3), (-6, 3))
    assert tuple(each * 3) == (21, -6)
    assert tuple(3 * each) == (21, -6)
    assert tuple(-each) == (-7, 2)
    assert tuple(each // 2) == (3, -1)


def test_comparisons_go_through_each_value() -> None:
    each = Each([1, 2, 3])
    assert tuple(each < 2) == (True, False, False)
    assert tuple(each >= 2) == (False, True, True)
    assert tuple(each == 2) == (False, True, False)
    assert tuple(each != Each([1, 5, 3])) == (False, True, False)


def test_two_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"longer|shorter"):
        Each([1, 2]) + Each([3])


def test_totals() -> None:
    assert total(Each([1, 2, 4])) == 7
    assert total(Each([])) == 0
    assert count(Each([True, False, True])) == 2
    assert any_of(Each([False, True])) is True
    assert any_of(Each([])) is False


def test_an_unstated_condition_of_one_is_neither_true_nor_false_for_any() -> None:
    nothing = Unstated("not printed")
    assert any_of(Each([nothing, True])) is True
    assert any_of(Each([nothing, False])) is nothing
    assert any_of(Each([nothing])) is nothing


def test_a_total_of_totals_goes_level_by_level() -> None:
    visits = Each([Each([1, 2]), Each([4]), Each([])])
    assert tuple(total(visits)) == (3, 4, 0)
    assert total(total(visits)) == 7


def test_words_go_through_each_value() -> None:
    each = Each([1, 5])
    assert tuple(where(each > 2, each, 0)) == (0, 5)
    assert tuple(greatest(each, 3)) == (3, 5)
    assert tuple(no(each > 2)) == (True, False)
    assert tuple(lookup(each, Amounts({1: 10, 5: 50}))) == (10, 50)


def test_exact_amounts_are_summed_before_they_are_rounded() -> None:
    fees, rates = Each([33, 33]), Rates({1: Rate(50), 2: Rate(25)})
    shares = at_rate(fees, rate_for(Each([1, 2]), rates))
    exact = [Fraction(33 * 50, 100), Fraction(33 * 25, 100)]
    assert rounded(total(shares)) == int(sum(exact) + Fraction(1, 2))
    assert tuple(rounded(shares)) == tuple(int(one + Fraction(1, 2)) for one in exact)
