"""Broken on purpose: a property that holds in the county, and not with the slip in its pack."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules.testing.strategies import boundaries

SLIP = pr.policy(path=Path(__file__).parent / "willow-slip.toml", on="2019-06-30")


@given(age=boundaries(SLIP, "age"), older=st.integers(1, 40))
def test_nobody_has_less_for_being_older(age: int, older: int) -> None:
    young, old = (old_age_allowance(one) for one in (age, min(age + older, 150)))
    assert young <= old


def old_age_allowance(age: int) -> int:
    return int(SLIP.elderly.allowances(age=age, receives_dibao=False, unable_to_care=False).old_age)
