"""What must hold for everyone in the county; ages are drawn from the edges of the county's own bands, too."""

from hypothesis import given
from hypothesis import strategies as st
from willow import monthly, policy

import povertyrules as pr
from povertyrules.testing.strategies import boundaries, households

WILLOW = policy()


@given(age=boundaries(WILLOW, "age"), older=st.integers(1, 40))
def test_nobody_has_less_for_being_older(age: int, older: int) -> None:
    young, old = (allowances(WILLOW, one) for one in (age, min(age + older, 150)))
    assert young <= old


def allowances(under: pr.Policy, age: int) -> int:
    found = under.elderly.allowances(age=age, receives_dibao=False, unable_to_care=False)
    return int(found.old_age) + int(found.longevity)


@given(household=households(WILLOW))
def test_to_tell_that_one_cannot_care_for_oneself_never_costs(household: pr.Household) -> None:
    persons = household.persons or ()
    helped, unhelped = (
        pr.Household(persons=[pr.Person(born=one.born, unable_to_care=unable) for one in persons] or [pr.Person()])
        for unable in (True, False)
    )
    assert monthly(unhelped) <= monthly(helped)


def test_a_county_of_its_own_and_a_draft() -> None:
    """70.50 for care and 45 for the age; a draft of 50 changes the one, and nobody else's."""
    home = pr.Household(persons=[pr.Person(name="Liu", born="1936-05-01", unable_to_care=True), pr.Person(born="1990-01-01")])
    assert monthly(home) == pr.yuan("70.50") + pr.yuan(45)
    (row,) = pr.diff(WILLOW, WILLOW.reform({"elderly.old_age.bands[80]": "50"}), [home]).rows
    assert (row.who.en, row.change) == ("Liu", pr.yuan(5))
