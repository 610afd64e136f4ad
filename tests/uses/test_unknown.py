"""A case of which little is told is computed as far as it goes, and never fails on what is unknown."""

import pytest

import povertyrules as pr
from povertyrules import yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")


@pytest.mark.parametrize("persons", [None, ()])
def test_a_household_of_unknown_size_has_no_gap_per_head(persons: tuple[()] | None) -> None:
    facts = {"register_net_income": yuan(100), **({} if persons is None else {"persons": persons})}
    try:
        case = ZZ.evaluate(("poverty_gap_per_head",), facts)
    except pr.InputError:
        assert persons == ()  # nobody may be refused as a household, but not by a division
        return
    assert case.status("poverty_gap_per_head") == "unknown" if persons is None else True


@pytest.mark.parametrize("persons", [None, [pr.Person()]])
def test_rounding_per_head_never_divides_by_an_unknown_number(persons: list[pr.Person] | None) -> None:
    per_head = ZZ.reading("dibao.household_rounding", "per_head")
    home = pr.Household(persons=persons, incomes=[])
    due = [line.name for line in per_head.assess(home).lines]
    assert due == ([] if persons is None else ["dibao_due"])
