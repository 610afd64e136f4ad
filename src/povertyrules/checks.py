"""Everything that can be checked in a household, area by area: only what it tells something of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from attrs import evolve

from povertyrules.core.errors import NoAnswer, NotTold
from povertyrules.core.findings import Finding, Findings
from povertyrules.entities import Dwelling, Household
from povertyrules.rooms import Rooms

T = TypeVar("T")
HouseCheck = Callable[[Dwelling], Findings]
TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "check_works": ("unified_done", "parts_qualified", "structure_safe", "functions_complete"),
    "check_acceptance": ("accepted_by", "accepted_on", "passed", "delivered_on", "sign_posted"),
    "check_payment": ("paid_by", "paid_to", "misuse"),
    "check_file": ("paper_file", "national_entry", "register_entry"),
    "check_violations": ("violations", "hazard", "rectified"),
}
"""By check of a finished house: the facts of which one must be told for it to be made."""


def check_household(policy: Rooms, household: Household) -> Findings:
    """What the checks find, in the order of the document; a check that is not in force on the day is left out."""
    found: list[Finding] = []
    if household.exited_on is not None:
        found += _in_force(policy.exit.check_date, household.exited_on)
        found += _in_force(policy.exit.check, household)
    if household.dwellings:
        found += _in_force(policy.housing.check, household)
    for i, house in enumerate(household.dwellings or ()):
        found += _finished(policy, house, f"dwellings[{i}]")
    return Findings((*found, *_students(policy, household)))


def _in_force(check: Callable[[T], Findings], one: T) -> Findings:
    """What a check finds, nothing if there is no such rule on the day."""
    try:
        return check(one)
    except NotTold:
        raise
    except NoAnswer:
        return Findings()


def _finished(policy: Rooms, house: Dwelling, at: str) -> Iterator[Finding]:
    """The checks of a finished house of which something is told."""
    for name, facts in TOLD_BY.items():
        if any(getattr(house, fact) is not None for fact in facts):
            check: HouseCheck = getattr(policy.housing, name)
            for one in _in_force(check, house):
                yield evolve(one, field=f"{at}.{one.field}")


def _students(policy: Rooms, household: Household) -> Iterator[Finding]:
    """Tuition that was charged where it is waived, of those whose stage of schooling is told."""
    for i, person in enumerate(household.persons or ()):
        if not person.tuition or person.school_stage is None:
            continue
        told = {"school_stage": person.school_stage, "full_time": person.full_time}
        facts = told | {"registered_poor": household.registered_poor}
        try:
            found = policy.education.check_fees(facts, {"tuition": person.tuition})
        except NoAnswer:  # whether it is waived is not known, or not stated on the day
            continue
        for one in found:
            yield evolve(one, field=f"persons[{i}].{one.field}")
