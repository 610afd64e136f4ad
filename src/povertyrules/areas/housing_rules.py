"""The rules of making dangerous houses safe: grade, who is in, method, floor area, subsidy, order of funds.

The calculators and checks on them, with references and limits, are in `housing`.
"""

from __future__ import annotations

from povertyrules.categories import HouseGrade, RenovationMethod
from povertyrules.core.interpretation import interpretation
from povertyrules.core.measure import Measure
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Amounts, Kinds
from povertyrules.core.words import among, cases, every, greatest, least, lookup, no, unstated, when, where
from povertyrules.entities import Dwelling

THREE_PERSONS = interpretation("housing.three_persons", "small", "large")
SMALL_CEILING = interpretation("housing.small_ceiling", "one_band", "by_size")
GRADE_D_METHOD = interpretation("housing.grade_d_method", "repair_if_possible", "rebuild_first")
GRADE_D_REBUILT = interpretation("housing.grade_d_rebuilt", "rebuild_rate", "repair_rate")
FLOOR_OR_COST = interpretation("housing.floor_or_cost", "cost", "floor")
COST_SCOPE = interpretation("housing.cost_scope", "cash_only", "with_labour")

REPAIR, REBUILD = int(RenovationMethod.REPAIR), int(RenovationMethod.REBUILD)
C, D = int(HouseGrade.C), int(HouseGrade.D)


@parameters
class Grades:
    """What makes a house grade C or D (危险房屋标准)."""

    @rule("据险情评定的等级", "grade that the danger gives", entity=Dwelling, kinds=HouseGrade)
    def grade_found(self, local_danger: bool, whole_danger: bool) -> int:
        """D where the whole bearing structure fails, C where a part of it does; for others no grade is defined."""
        nothing: int = unstated("grade_found")
        return cases((whole_danger, D), (local_danger, C), default=nothing)


@parameters
class Eligibility:
    """Which houses are made safe with a subsidy (危房改造对象)."""

    grades: Kinds = param("kinds", category=HouseGrade)

    @rule("属危房改造对象", "house in the scheme", entity=Dwelling)
    def renovation_eligible(self, registered_poor: bool, house_grade: int, grade_confirmed: bool, willing: bool) -> bool:
        """A registered poor household that is willing, a listed grade, confirmed."""
        return every(registered_poor, among(house_grade, self.grades), grade_confirmed, willing)


@parameters
class Method:
    """How a house is made safe (改建方式): C is repaired, D is rebuilt in principle, or repaired where that is possible."""

    @rule("应采取的改造方式", "method due", entity=Dwelling, kinds=RenovationMethod)
    def method_due(self, house_grade: int, reinforceable: bool) -> int:
        """The method for the grade."""
        nothing: int = unstated("method_due")
        if_possible = GRADE_D_METHOD.choose(repair_if_possible=where(reinforceable, REPAIR, REBUILD), rebuild_first=REBUILD)
        return cases((house_grade == C, REPAIR), (house_grade == D, if_possible), default=nothing)

    @rule("C级拆除重建", "grade C rebuilt", entity=Dwelling)
    def rebuilt_c(self, house_grade: int, method: int) -> bool:
        """A grade C house that is rebuilt has no subsidy."""
        return every(house_grade == C, method == REBUILD)


@parameters
class SmallHouseholds:
    """Floor area of small households (小户面积标准): a least and a most for each size."""

    least: Amounts = param("m2")
    most: Amounts = param("m2")

    @rule("小户面积下限", "least area of a small household", entity=Dwelling, per="m2")
    def small_least(self, members: int) -> Measure:
        """The least of the size."""
        return Measure(lookup(members, self.least))

    @rule("小户面积分档上限", "most area of a small household, by size", entity=Dwelling, per="m2")
    def small_most_by_size(self, members: int) -> Measure:
        """The end of the band for the size."""
        return Measure(lookup(members, self.most))

    @rule("小户面积上限", "most area of a small household", entity=Dwelling, per="m2")
    def small_most(self, members: int, small_most_by_size: Measure) -> Measure:
        """The end of the whole band for every size, or the end for each size."""
        stop = Fen(0)
        for one in self.most.rows.values():
            stop = greatest(stop, one)
        named = among(members, self.most.rows)
        nothing: Measure = unstated("small_most")  # type: ignore[assignment]
        return SMALL_CEILING.choose(one_band=where(named, Measure(stop), nothing), by_size=small_most_by_size)


@parameters
class LargeHouseholds:
    """Floor area of larger households (大户面积标准), per head; and from how many persons on a household is larger."""

    least_per_head: Measure = param("m2")
    most_per_head: Measure = param("m2")
    over_persons: int = param("persons")

    @rule("大户", "larger household", entity=Dwelling)
    def is_large(self, members: int) -> bool:
        """More persons than the number; or, in the other reading, as many too."""
        return THREE_PERSONS.choose(small=members > self.over_persons, large=members >= self.over_persons)

    @rule("住房面积下限", "least floor area", entity=Dwelling, per="m2")
    def least_area(self, members: int, is_large: bool, small_least: Measure) -> Measure:
        """Per head, or that of the size."""
        return where(is_large, self.least_per_head * members, small_least)

    @rule("住房面积上限", "most floor area", entity=Dwelling, per="m2")
    def most_area(self, members: int, is_large: bool, small_most: Measure) -> Measure:
        """Per head, or that of the size."""
        return where(is_large, self.most_per_head * members, small_most)


@parameters
class CountedArea:
    """The floor area that counts (主房建筑面积): rooms for grain and tools are left out."""

    @rule("计入面积", "floor area counted", entity=Dwelling, per="m2")
    def counted_area(self, floor_area: Measure, auxiliary_area: Measure) -> Measure:
        """The whole area less the auxiliary rooms."""
        return greatest(floor_area - auxiliary_area, Measure(0))

    @rule("面积符合标准", "floor area in order", entity=Dwelling)
    def area_in_order(self, counted_area: Measure, least_area: Measure, most_area: Measure) -> bool:
        """Not under the least, not over the most."""
        return every(least_area <= counted_area, counted_area <= most_area)


@parameters
class Subsidy:
    """The subsidy (危房改造补助标准): a standard by method, up to the actual cost."""

    repair: Fen = param("yuan")
    rebuild: Fen = param("yuan")

    @rule("计划补助", "subsidy planned", entity=Dwelling, per="once")
    def planned_subsidy(self, renovation_eligible: bool, method_due: int) -> Fen:
        """The standard of the method due, before any cost is known."""
        return when(renovation_eligible, where(method_due == REPAIR, self.repair, self.rebuild))

    @rule("实际投资", "actual cost", entity=Dwelling, per="once")
    def actual_cost(self, cash_cost: Fen, own_labour: Fen) -> Fen:
        """What was paid; or, in the other reading, the own labour as well."""
        return COST_SCOPE.choose(cash_only=cash_cost, with_labour=cash_cost + own_labour)

    @entitlement("危房改造补助", "subsidy for a dangerous house", entity=Dwelling, per="once")
    def housing_subsidy(
        self, renovation_eligible: bool, rebuilt_c: bool, house_grade: int, method: int, method_due: int, actual_cost: Fen
    ) -> Fen:
        """The standard of the method that was taken, or the actual cost if that is less."""
        all_the_same = every(house_grade == D, method_due == REPAIR)  # repair was due, and it was rebuilt
        repair_rate = where(all_the_same, self.repair, self.rebuild)
        rebuilt = GRADE_D_REBUILT.choose(rebuild_rate=self.rebuild, repair_rate=repair_rate)
        standard = where(method == REPAIR, self.repair, rebuilt)
        due = FLOOR_OR_COST.choose(cost=least(actual_cost, standard), floor=standard)
        return when(every(renovation_eligible, no(rebuilt_c)), due)


@parameters
class Funding:
    """The order of funds (补助资金安排次序): renovation funds, the district's poverty funds, then the street."""

    @rule("危改补助资金负担", "from renovation funds", entity=Dwelling, per="once")
    def from_renovation_funds(self, funding_need: Fen, renovation_funds: Fen) -> Fen:
        """What the first source bears."""
        return least(funding_need, renovation_funds)

    @rule("区级扶贫资金负担", "from district poverty funds", entity=Dwelling, per="once")
    def from_district_funds(self, funding_need: Fen, from_renovation_funds: Fen, district_funds: Fen) -> Fen:
        """What the second source bears of the rest."""
        rest = funding_need - from_renovation_funds
        return where(rest == 0, Fen(0), least(rest, district_funds))

    @rule("街道负担", "from the street", entity=Dwelling, per="once")
    def from_street_funds(
        self, funding_need: Fen, from_renovation_funds: Fen, from_district_funds: Fen, street_funds: Fen
    ) -> Fen:
        """What the third source bears of the rest."""
        rest = funding_need - from_renovation_funds - from_district_funds
        return where(rest == 0, Fen(0), least(rest, street_funds))

    @rule("资金缺口", "funding gap", entity=Dwelling, per="once")
    def funding_gap(self, funding_need: Fen, from_renovation_funds: Fen, from_district_funds: Fen, from_street_funds: Fen) -> Fen:
        """What nobody bears."""
        return funding_need - from_renovation_funds - from_district_funds - from_street_funds
