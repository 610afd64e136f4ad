"""Checks on finished houses, one at a time or all together: works, acceptance, payment, file, violations, averages, target.

The area itself, with references and limits, is in `housing`. What is to be shown and is not told counts as not shown; of
misuse, violations and hazards only what is told is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from povertyrules.areas.housing_rules import Subsidy
from povertyrules.categories import Department, HouseGrade, Misuse, PaidTo, Payer, RenovationMethod, UnifiedItem, Violation
from povertyrules.core import given
from povertyrules.core.area import Area
from povertyrules.core.errors import SortError
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import show
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.entities import Dwelling, Household

AVERAGE_TEST = interpretation("housing.average_test", "standards", "payments")
QUALITY = ("parts_qualified", "structure_safe", "functions_complete")
FILED = ("paper_file", "national_entry", "register_entry")


@parameters
class UnifiedItems:
    """What is done alike in every house (五统一), beside sound parts, a safe structure and complete functions."""

    items: Kinds = param("kinds", category=UnifiedItem)


@parameters
class Acceptance:
    """Who accepts a finished house (竣工验收); nobody moves in before."""

    departments: Kinds = param("kinds", category=Department)


@parameters
class FundDiscipline:
    """How the subsidy is paid (补助资金管理), and what must not be done with it."""

    misuse: Kinds = param("kinds", category=Misuse)


@parameters
class Files:
    """One file for every house that was approved (一户一档), on paper and in two systems."""


@parameters
class Violations:
    """Violations in building that cause a hazard (施工违规) are put right by a deadline and punished."""

    violations: Kinds = param("kinds", category=Violation)


@parameters
class Target:
    """How many houses are made safe (年度改造任务); all that qualify are, whatever the number."""

    houses: int = param("houses")


class HousingChecks(Area):
    """The checks of this module, which the housing area takes in."""

    def check_works(self, dwelling: Dwelling) -> Findings:
        """The quality checklist: an error for each unified item not done, and for parts, structure, functions not in order.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> house = pr.Dwelling(unified_done=["ceiling", "walls"], parts_qualified=True, structure_safe=True)
        >>> [one.field for one in zz.housing.check_works(house)]
        ['door_plate', 'doors_and_windows', 'indoor_floor', 'functions_complete']
        """
        path, held = self.held(UnifiedItems)
        given.one_of("dwelling", dwelling, Dwelling)
        done = dwelling.unified_done or ()
        lacking = [UnifiedItem.of(item) for item in held.items.rows if item not in done]
        found = [self._error("not-done", one.name.lower(), f"{one.en}: not done", path) for one in lacking]
        found += [self._error("quality", name, said, path) for name, said in _not_shown(dwelling, QUALITY).items()]
        return Findings(tuple(found))

    def check_acceptance(self, dwelling: Dwelling) -> Findings:
        """The acceptance checklist: an error for each department missing, for delivery before it, and for no sign.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-12-31")
        >>> house = pr.Dwelling(accepted_by=[1, 2, 3, 4, 5], accepted_on="2018-09-10", passed=False,
        ...                     delivered_on="2018-09-20", sign_posted=True)
        >>> print(zz.housing.check_acceptance(house).found[0].message)
        delivered without a passed acceptance
        """
        path, held = self.held(Acceptance)
        given.one_of("dwelling", dwelling, Dwelling)
        by = dwelling.accepted_by or ()
        missing = [Department.of(one) for one in held.departments.rows if one not in by]
        found = [self._error("not-accepted-by", "accepted_by", f"{one.en}: did not accept", path) for one in missing]
        if dwelling.delivered_on is not None:
            if dwelling.passed is not True:
                found.append(self._error("delivered", "delivered_on", "delivered without a passed acceptance", path))
            elif dwelling.accepted_on is None or dwelling.delivered_on < dwelling.accepted_on:
                when = f"on {dwelling.accepted_on}" if dwelling.accepted_on else "not told when"
                message = f"delivered on {dwelling.delivered_on}, accepted {when}"
                found.append(self._error("delivered", "delivered_on", message, path))
        found += [self._error("sign", name, said, path) for name, said in _not_shown(dwelling, ("sign_posted",)).items()]
        return Findings(tuple(found))

    def check_payment(self, dwelling: Dwelling) -> Findings:
        """How the subsidy was paid: by the district's finance, to the household's card, and not misused.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-12-31")
        >>> zz.housing.check_payment(pr.Dwelling(paid_by="district_finance", paid_to="cash", misuse=[])).found[0].message
        'in cash'
        """
        path, held = self.held(FundDiscipline)
        given.one_of("dwelling", dwelling, Dwelling)
        found = []
        if dwelling.paid_by != Payer.DISTRICT_FINANCE:
            said = "not told" if dwelling.paid_by is None else Payer.of(dwelling.paid_by).en
            found.append(self._error("payer", "paid_by", said, path))
        if dwelling.paid_to != PaidTo.HOUSEHOLD_CARD:
            said = "not told" if dwelling.paid_to is None else PaidTo.of(dwelling.paid_to).en
            found.append(self._error("payee", "paid_to", said, path))
        wrong = [one for one in dwelling.misuse or () if one in held.misuse.rows]
        found += [self._error("misuse", "misuse", Misuse.of(one).en, path) for one in wrong]
        return Findings(tuple(found))

    def check_file(self, dwelling: Dwelling) -> Findings:
        """The file of a house: bound on paper, entered in the national system and in the register of the poor.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-12-31")
        >>> [one.field for one in zz.housing.check_file(pr.Dwelling(paper_file=True, national_entry=False))]
        ['national_entry', 'register_entry']
        """
        path, _ = self.held(Files)
        given.one_of("dwelling", dwelling, Dwelling)
        lacking = _not_shown(dwelling, FILED)
        return Findings(tuple(self._error("file", name, said, path) for name, said in lacking.items()))

    def check_files(self, approvals: int, files: int) -> Findings:
        """Whether there is one file for every approval.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2018-12-31").housing.check_files(approvals=9, files=8).ok
        False
        """
        path, _ = self.held(Files)
        for name, value in (("approvals", approvals), ("files", files)):
            given.whole(name, value)
        if approvals == files:
            return Findings()
        return Findings((self._error("files", "files", f"{approvals} approvals, {files} files", path),))

    def check_violations(self, dwelling: Dwelling) -> Findings:
        """Whether a violation that caused a hazard was put right; penalty and deadline are not printed.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-12-31")
        >>> zz.housing.check_violations(pr.Dwelling(violations=["cut_corners"], hazard=True, rectified=True)).ok
        True
        """
        path, held = self.held(Violations)
        given.one_of("dwelling", dwelling, Dwelling)
        done = [Violation.of(one).en for one in dwelling.violations or () if one in held.violations.rows]
        if not done or dwelling.hazard is not True or dwelling.rectified is True:
            return Findings()
        message = f"{', '.join(done)}: a hazard that was not put right"
        return Findings((self._error("violation", "violations", message, path),))

    def check_average(self, method: RenovationMethod | int | str, households: Iterable[Household]) -> Findings:
        """Whether the subsidies of one method reach their floor on average; it is not asked of one house alone.

        Houses paid their lower cost are left out, unless every payment counts in the reading chosen.

        >>> import povertyrules as pr
        >>> homes = [pr.Household(dwellings=[pr.Dwelling(method="repair", cash_cost=pr.yuan(c), subsidy_paid=pr.yuan(p))])
        ...          for c, p in ((5000, 5000), (9000, 8000))]
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-12-31")
        >>> zz.housing.check_average("repair", homes).ok
        True
        >>> zz.reading("housing.average_test", "payments").housing.check_average("repair", homes).ok
        False
        """
        path, held = self.held(Subsidy)
        kind = RenovationMethod.read(method, "method")
        name = "repair" if kind is RenovationMethod.REPAIR else "rebuild"
        floor = held.repair if kind is RenovationMethod.REPAIR else held.rebuild
        every = self.bound.choice(AVERAGE_TEST.name) == "payments"
        paid = []
        for i, household in enumerate(given.each_of("households", households, Household)):
            for house in household.dwellings or ():
                if house.method != kind or (house.house_grade == HouseGrade.C and kind is RenovationMethod.REBUILD):
                    continue
                cost = self._cost(house)
                if house.subsidy_paid is None or (cost is None and not every):
                    raise SortError(f"households[{i}].dwellings", None, "allowed: houses with subsidy_paid and cash_cost")
                if every or (cost or 0) >= floor:
                    paid.append(int(house.subsidy_paid))
        if not paid or Fraction(sum(paid), len(paid)) >= floor:
            return Findings()
        message = f"{show(sum(paid) // len(paid))} on average of {len(paid)}, {show(floor)} must be reached"
        return Findings((self._error("average", "subsidy_paid", message, f"{path}.{name}"),))

    def check_target(self, done: int, eligible: int) -> Findings:
        """Whether the year's houses are made safe: the number printed, and all that qualify if those are more.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2018-12-31").housing.check_target(done=9, eligible=11).ok
        False
        """
        path, held = self.held(Target)
        for name, value in (("done", done), ("eligible", eligible)):
            given.whole(name, value)
        wanted = max(held.houses, eligible)
        if done >= wanted:
            return Findings()
        return Findings((self._error("target", "done", f"{done} of {wanted} houses", path),))

    def _cost(self, house: Dwelling) -> int | None:
        """The actual cost of a house, None if it is not told."""
        facts = {"cash_cost": house.cash_cost, "own_labour": house.own_labour}
        answers = self.bound.evaluate(("actual_cost",), facts)
        return None if answers.status("actual_cost") == "unknown" else int(answers.amount("actual_cost").figure)

    def _error(self, code: str, field: str, message: str, path: str) -> Finding:
        return self.finding(code, Severity.ERROR, field, message, path)


def _not_shown(dwelling: Dwelling, names: Iterable[str]) -> dict[str, str]:
    """The facts that are not shown to hold, and what is said of each."""
    values = {name: getattr(dwelling, name) for name in names}
    return {name: given.denied(value) for name, value in values.items() if value is not True}


MODELS: dict[str, type] = {
    "unified_items": UnifiedItems,
    "acceptance": Acceptance,
    "fund_discipline": FundDiscipline,
    "files": Files,
    "violations": Violations,
    "target": Target,
}
"""The models of this module, by name in packs."""
