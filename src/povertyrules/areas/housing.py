"""Dangerous houses made safe (农村危房改造): who is in, by which method, how large, with how much, and whether it was done well.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 5, boxes 2 and 3.
Limits: the floors of the subsidy are averages over households, so one payment may lie under them. Amounts from each source of
funds, days of notice and penalties are not printed. Whether own labour is part of the cost is not printed. More help for
extremely poor households is promised without an amount. The steps of the procedure are not held here.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.areas import housing_rules as rules
from povertyrules.areas.housing_checks import MODELS, HousingChecks
from povertyrules.areas.housing_rules import GRADE_D_METHOD, SMALL_CEILING
from povertyrules.categories import HouseGrade, RenovationMethod
from povertyrules.core import given
from povertyrules.core.area import Answers, Result, amount_of, area_of, kind_of, yes_no_of
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.measure import Measure, in_words
from povertyrules.core.money import Fen, show
from povertyrules.entities import Dwelling, Household


class Renovation(Result):
    """Whether a house is in the scheme, the method due, and the subsidy."""

    eligible = yes_no_of("renovation_eligible")
    method_due = kind_of("method_due", RenovationMethod)
    planned = amount_of("planned_subsidy")
    subsidy = amount_of("housing_subsidy")


class FloorArea(Result):
    """The floor area that counts, and its limits."""

    counted = area_of("counted_area")
    least = area_of("least_area")
    most = area_of("most_area")
    in_order = yes_no_of("area_in_order")


class FundingResult(Result):
    """Which source bears how much, and what nobody bears."""

    renovation_funds = amount_of("from_renovation_funds")
    district_funds = amount_of("from_district_funds")
    street = amount_of("from_street_funds")
    gap = amount_of("funding_gap")


class Grade(Result):
    """The grade of a house."""

    grade = kind_of("grade_found", HouseGrade)


APPLIED = (
    "renovation_eligible",
    "rebuilt_c",
    "counted_area",
    "least_area",
    "most_area",
    "small_most_by_size",
    "is_large",
    "actual_cost",
)
NEEDED = ("house_grade", "grade_confirmed", "willing")
TOLD = (*NEEDED, "method", "reinforceable", "floor_area", "auxiliary_area", "cash_cost", "own_labour")


class HousingArea(HousingChecks):
    """Dangerous houses: `grade`, `renovation`, `floor_area`, `funding`, `check` and the checks on finished houses."""

    name = "housing"
    models: ClassVar[dict[str, type]] = {
        "eligibility": rules.Eligibility,
        "grades": rules.Grades,
        "method": rules.Method,
        "small_households": rules.SmallHouseholds,
        "large_households": rules.LargeHouseholds,
        "counted_area": rules.CountedArea,
        "subsidy": rules.Subsidy,
        "funding": rules.Funding,
    } | MODELS

    def grade(self, *, local_danger: bool, whole_danger: bool) -> Grade:
        """The grade that a finding of danger gives. Source: box 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> zz.housing.grade(local_danger=True, whole_danger=False).grade.en
        'grade C'
        """
        return self.calculate(Grade, local_danger=local_danger, whole_danger=whole_danger)

    def renovation(
        self,
        *,
        house_grade: HouseGrade | int | str,
        registered_poor: bool | None = None,
        grade_confirmed: bool | None = None,
        willing: bool | None = None,
        reinforceable: bool | None = None,
        method: RenovationMethod | int | str | None = None,
        cash_cost: Fen | None = None,
        own_labour: Fen | None = None,
    ) -> Renovation:
        """Whether a house is in the scheme, what should be done, and the subsidy; method and cost are those taken.

        Source: chapter 5 section 1, box 3.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> house = zz.housing.renovation(house_grade=3, registered_poor=True, grade_confirmed=True, willing=True,
        ...                               method="repair", cash_cost=pr.yuan(6500))
        >>> house.method_due.en, str(house.planned), str(house.subsidy)
        ('repair', 'at least 8,000.00 yuan once', '6,500.00 yuan once')
        """
        return self.calculate(
            Renovation,
            house_grade=house_grade,
            registered_poor=registered_poor,
            grade_confirmed=grade_confirmed,
            willing=willing,
            reinforceable=reinforceable,
            method=method,
            cash_cost=cash_cost,
            own_labour=own_labour,
        )

    def floor_area(self, *, members: int, floor_area: Measure, auxiliary_area: Measure | None = None) -> FloorArea:
        """The floor area that counts, and its limits for a household of so many. Source: chapter 5 section 1 part 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> area = zz.housing.floor_area(members=4, floor_area=pr.square_metres("75.5"), auxiliary_area=pr.square_metres(8))
        >>> str(area.counted), str(area.least), str(area.most), area.in_order
        ('67.50', '52.00', '72.00', True)
        """
        return self.calculate(FloorArea, members=members, floor_area=floor_area, auxiliary_area=auxiliary_area)

    def funding(
        self,
        *,
        funding_need: Fen,
        renovation_funds: Fen,
        district_funds: Fen | None = None,
        street_funds: Fen | None = None,
    ) -> FundingResult:
        """Which source bears how much of a need, each asked only for what the one before leaves. Source: box 3, last part.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> funds = zz.housing.funding(funding_need=pr.yuan(25_000), renovation_funds=pr.yuan(18_000),
        ...                            district_funds=pr.yuan(10_000))
        >>> str(funds.district_funds), str(funds.street)
        ('7,000.00 yuan once', '0.00 yuan once')
        """
        return self.calculate(
            FundingResult,
            funding_need=funding_need,
            renovation_funds=renovation_funds,
            district_funds=district_funds,
            street_funds=street_funds,
        )

    def check(self, household: Household) -> Findings:
        """The application of a household for each of its houses: who is in, the grade, the method, the area, the payment.

        What the application needs and does not tell is an error; the method, the area and the payment are checked once told.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> house = pr.Dwelling(house_grade="C", grade_confirmed=True, willing=True, method="rebuild")
        >>> [one.code for one in zz.housing.check(pr.Household(registered_poor=True, persons=[pr.Person()], dwellings=[house]))]
        ['c-rebuilt']
        """
        houses = given.one_of("household", household, Household).dwellings
        if not houses:
            path, _ = self.held(rules.Eligibility)
            said = "not told" if houses is None else "none"
            return Findings((self._error("no-house", "dwellings", f"the house that is applied for: {said}", path),))
        return Findings(
            tuple(found for i, house in enumerate(houses) for found in self._application(household, house, f"dwellings[{i}]"))
        )

    def _application(self, household: Household, house: Dwelling, at: str) -> list[Finding]:
        facts = {name: getattr(house, name) for name in TOLD}
        facts |= {name: getattr(household, name) for name in ("on", "registered_poor", "persons")}
        answers = self.bound.evaluate(APPLIED, facts)
        found = [*self._eligibility(household, house, at), *self._method(house, at)]
        if house.method == RenovationMethod.REBUILD:
            found += self._area(answers, at)
        return found + self._payment(answers, house, at)

    def _eligibility(self, household: Household, house: Dwelling, at: str) -> list[Finding]:
        path, held = self.held(rules.Eligibility)
        found = []
        if household.registered_poor is not True:
            said = given.denied(household.registered_poor)
            found.append(self._error("not-registered", "registered_poor", f"registered poor: {said}", path))
        for name in NEEDED:
            value = getattr(house, name)
            right = value in held.grades.rows if name == "house_grade" else value is True
            if not right:
                grade = name == "house_grade" and value is not None
                said = HouseGrade.of(value).en if grade else given.denied(value)
                found.append(self._error("not-eligible", f"{at}.{name}", said, path))
        if house.house_grade is not None and None not in (house.local_danger, house.whole_danger):
            answers = self.bound.evaluate(
                ("grade_found",), {"local_danger": house.local_danger, "whole_danger": house.whole_danger}
            )
            stated = answers.status("grade_found") == "amount"
            fits = answers.number("grade_found") == house.house_grade if stated else house.house_grade not in held.grades.rows
            if not fits:
                shown = answers.shown("grade_found", "en") if stated else "neither of these grades"
                path, _ = self.held(rules.Grades)
                found.append(self._error("grade", f"{at}.house_grade", f"the danger found gives {shown}", path))
        return found

    def _method(self, house: Dwelling, at: str) -> list[Finding]:
        path, _ = self.held(rules.Method)
        field = f"{at}.method"
        if house.house_grade == HouseGrade.C and house.method == RenovationMethod.REBUILD:
            return [self._error("c-rebuilt", field, "a grade C house that is rebuilt has no subsidy", path)]
        first = self.bound.choice(GRADE_D_METHOD.name) == "rebuild_first"
        untold = house.method is None or (house.reinforceable is None and not first)
        if house.house_grade != HouseGrade.D or untold:
            return []
        due = RenovationMethod.REBUILD if first or not house.reinforceable else RenovationMethod.REPAIR
        if house.method == due:
            return []
        taken = RenovationMethod.of(int(house.method or due))
        message = f"{taken.en} where {due.en} comes first"
        return [self.finding("method", Severity.WARNING, field, message, path)]

    def _area(self, answers: Answers, at: str) -> list[Finding]:
        if answers.status("counted_area") != "amount" or answers.status("most_area") != "amount":
            return []
        counted, low, high = (answers.number(n) for n in ("counted_area", "least_area", "most_area"))
        large = answers.yes_no("is_large")
        path, _ = self.held(rules.LargeHouseholds if large else rules.SmallHouseholds)
        said = f"{in_words(counted, 'm2')} counted"
        if counted > high:
            return [self._error("too-large", f"{at}.floor_area", f"{said}, at most {in_words(high, 'm2')}", path)]
        if counted < low:
            return [self._error("too-small", f"{at}.floor_area", f"{said}, at least {in_words(low, 'm2')}", path)]
        soft = high if large else answers.number("small_most_by_size")
        if self.bound.choice(SMALL_CEILING.name) == "one_band" and counted > soft:
            message = f"{said}, over {in_words(soft, 'm2')}, the part of the band for this size"
            return [self.finding("over-band", Severity.WARNING, f"{at}.floor_area", message, path)]
        return []

    def _payment(self, answers: Answers, house: Dwelling, at: str) -> list[Finding]:
        path, _ = self.held(rules.Subsidy)
        barred = answers.status("rebuilt_c") == "amount" and answers.yes_no("rebuilt_c")
        if barred:
            path, _ = self.held(rules.Method)
        if house.subsidy_paid is None or (answers.status("actual_cost") == "unknown" and not barred):
            return []
        most = Fen(0) if barred else answers.amount("actual_cost").figure
        if house.subsidy_paid <= most:
            return []
        message = f"{show(house.subsidy_paid)} was paid, the most is {show(most)}"
        return [self._error("overpaid", f"{at}.subsidy_paid", message, path)]
