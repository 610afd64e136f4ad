"""Everything that can be checked in a household, area by area: only what it tells something of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import evolve

from povertyrules.core.errors import NoAnswer, NotTold
from povertyrules.core.findings import Finding, Findings
from povertyrules.entities import Dwelling, Household
from povertyrules.rooms import Rooms

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
    checks: list[Callable[[], Findings]] = []
    if household.exited_on is not None:
        exited_on = household.exited_on
        checks += [lambda: policy.exit.check_date(exited_on), lambda: policy.exit.check(household)]
    if household.dwellings:
        checks.append(lambda: policy.housing.check(household))
    found = [one for check in checks for one in _in_force(check)]
    found += [one for i, house in enumerate(household.dwellings or ()) for one in _finished(policy, house, f"dwellings[{i}]")]
    return Findings((*found, *_students(policy, household)))


def _in_force(check: Callable[[], Findings]) -> Findings:
    """What a check finds, nothing if there is no such rule on the day."""
    try:
        return check()
    except NotTold:
        raise
    except NoAnswer:
        return Findings()


def _finished(policy: Rooms, house: Dwelling, at: str) -> Iterator[Finding]:
    """The checks of a finished house of which something is told."""
    for name, facts in TOLD_BY.items():
        if any(getattr(house, fact) is not None for fact in facts):
            check: HouseCheck = getattr(policy.housing, name)
            for one in _in_force(lambda check=check: check(house)):  # type: ignore[misc]
                yield evolve(one, field=f"{at}.{one.field}")


def _students(policy: Rooms, household: Household) -> Iterator[Finding]:
    """Tuition that was charged where it is waived, of those whose stage of schooling is told."""
    for i, person in enumerate(household.persons or ()):
        if not person.tuition or person.school_stage is None:
            continue
        told = {"school_stage": person.school_stage, "full_time": person.full_time}
        facts = {**told, "registered_poor": household.registered_poor}
        charged = {"tuition": person.tuition}
        try:
            found = policy.education.check_fees(facts, charged)
        except NoAnswer:  # whether it is waived is not known, or not stated on the day
            continue
        for one in found:
            yield evolve(one, field=f"persons[{i}].{one.field}")
