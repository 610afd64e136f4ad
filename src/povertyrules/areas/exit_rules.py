"""When a household may leave poverty, and how long its support stays unchanged: the rules of the documents.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 2 section 4, chapter 12 section 2 part 5;
中共吉林省委 吉林省人民政府关于全面推进脱贫攻坚的实施意见, parts 2 (3) and 6 (28);
中站区脱贫攻坚“十三五”规划, chapter 1 section 4 part 1.
Limits: how long income must stay over the line is not printed. The area itself is in `exit`.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.core.facts import Day
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.words import every, no, undecided, where
from povertyrules.entities import Household

INCOME_CONCEPT = interpretation("exit.income_concept", "net_income", "all_income")
SUPPORT_UNTIL = interpretation("exit.support_until", "end_of_year", "anniversary")
BEFORE_2020 = interpretation("exit.policy_before_2020", "through_2020", "through_2019")
GUARANTEES = ("enough_food", "enough_clothing", "education_secured", "medical_secured", "housing_secured")
LAST_OF_YEAR = 1231
"""The last day of a year, as month and day."""


@parameters
class ExitStandard:
    """The exit test of a household: what it asks for besides the register and the income, by fact."""

    asks: ClassVar[tuple[str, ...]] = ()


def two_and_three(food: bool, clothing: bool, education: bool, medical: bool, housing: bool) -> tuple[bool, bool]:
    """No worry for food and clothing (两不愁), and the three guarantees (三保障)."""
    return every(food, clothing), every(education, medical, housing)


@parameters
class HouseholdTest(ExitStandard):
    """The exit test of a household (贫困户退出标准): income over the line of the year, and five guarantees."""

    asks: ClassVar[tuple[str, ...]] = GUARANTEES

    @rule("人均收入超过标准", "income per head over the line", entity=Household)
    def income_over_line(self, register_net_income: Fen, register_receipts: Fen, poverty_line: Fen, members: int) -> bool:
        """More than the line for every head, compared without dividing."""
        income = INCOME_CONCEPT.choose(net_income=register_net_income, all_income=register_receipts)
        return income > poverty_line * members

    @service("达到退出标准", "fit for exit", entity=Household)
    def fit_to_exit(
        self,
        registered_poor: bool,
        enough_food: bool,
        enough_clothing: bool,
        education_secured: bool,
        medical_secured: bool,
        housing_secured: bool,
        income_over_line: bool,
    ) -> bool:
        """A registered poor household that has all five guarantees and the income."""
        secured = education_secured, medical_secured, housing_secured
        return every(registered_poor, *two_and_three(enough_food, enough_clothing, *secured), income_over_line)


@parameters
class LineReached(ExitStandard):
    """An exit test by income alone (家庭人均纯收入达到标准): the line reached is enough."""

    @rule("人均收入达到标准", "income per head at the line or over", entity=Household)
    def income_over_line(self, register_net_income: Fen, poverty_line: Fen, members: int) -> bool:
        """The line for every head, or more, compared without dividing."""
        return register_net_income >= poverty_line * members

    @service("达到退出标准", "fit for exit", entity=Household)
    def fit_to_exit(self, registered_poor: bool, income_over_line: bool) -> bool:
        """A registered poor household that has the income."""
        return every(registered_poor, income_over_line)


@parameters
class DisposableTest(ExitStandard):
    """An exit test by disposable income (人均可支配收入稳定超过标准), a stable source of it, and five guarantees."""

    asks: ClassVar[tuple[str, ...]] = ("stable_income", *GUARANTEES)

    @rule("人均可支配收入超过标准", "disposable income per head over the line", entity=Household)
    def income_over_line(self, disposable_income: Fen, poverty_line: Fen, members: int) -> bool:
        """More than the line for every head, compared without dividing."""
        return disposable_income > poverty_line * members

    @service("达到退出标准", "fit for exit", entity=Household)
    def fit_to_exit(
        self,
        registered_poor: bool,
        stable_income: bool,
        enough_food: bool,
        enough_clothing: bool,
        education_secured: bool,
        medical_secured: bool,
        housing_secured: bool,
        income_over_line: bool,
    ) -> bool:
        """A registered poor household that has the source, all five guarantees and the income."""
        secured = education_secured, medical_secured, housing_secured
        guaranteed = two_and_three(enough_food, enough_clothing, *secured)
        return every(registered_poor, stable_income, *guaranteed, income_over_line)


@parameters
class Support:
    """Unchanged support after exit (退出后原有扶贫政策保持不变)."""

    years: int = param("years")

    @rule("政策保持到", "support unchanged until", entity=Household)
    def support_until(self, exited_on: int) -> Day:
        """The last day."""
        last_of_year = (exited_on // 10_000 + self.years) * 10_000 + LAST_OF_YEAR
        same_day = exited_on + self.years * 10_000
        on_29_february = every(exited_on - exited_on // 10_000 * 10_000 == 229, no(self.years // 4 * 4 == self.years))
        anniversary = where(on_29_february, same_day - 1, same_day)  # the year has no such day
        return Day(SUPPORT_UNTIL.choose(end_of_year=last_of_year, anniversary=anniversary))

    @service("退出后政策不变", "support unchanged after exit", entity=Household)
    def support_unchanged(self, exited_on: int, support_until: int, on: int) -> bool:
        """From the exit to the last day."""
        return every(exited_on <= on, on <= support_until)


@parameters
class CountySupport:
    """Unchanged policies after the exit of a county (退出后原有扶贫政策保持不变), to the same year for every county."""

    year: int = param("")

    @rule("政策保持到", "support unchanged until", entity=Household)
    def support_until(self) -> Day:
        """The last day of the year named, or of the one before it."""
        end, end_before = (year * 10_000 + LAST_OF_YEAR for year in (self.year, self.year - 1))
        return Day(BEFORE_2020.choose(through_2020=end, through_2019=end_before))

    @service("退出后政策不变", "support unchanged after exit", entity=Household)
    def support_unchanged(self, county_exited_on: int, support_until: int, on: int) -> bool:
        """From the exit to the last day; between that and the end of the year named the text says nothing."""
        silent = where(on <= self.year * 10_000 + LAST_OF_YEAR, undecided(BEFORE_2020.name), False)
        return every(county_exited_on <= on, where(on <= support_until, True, silent))


MODELS: dict[str, type] = {
    "household_test": HouseholdTest,
    "line_reached": LineReached,
    "disposable_test": DisposableTest,
    "support": Support,
    "county_support": CountySupport,
}
"""The models of this module, by name in packs."""
