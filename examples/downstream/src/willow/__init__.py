"""Allowances of Willow Creek (柳溪县), a county that does not exist: every figure of its pack is invented."""

from functools import cache
from pathlib import Path

import povertyrules as pr

PACK = Path(__file__).parent / "willow.toml"


@cache
def policy(on: str = "2019-06-30") -> pr.Policy:
    """The county's policy on a day."""
    return pr.policy(path=PACK, on=on)


def monthly(household: pr.Household, under: pr.Policy | None = None) -> int:
    """What a household is sure to have by the month, in fen."""
    total = (under or policy()).assess(household).totals.get("month")
    return int(total.figure) if total else 0
