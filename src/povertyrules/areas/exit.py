"""Exit from poverty (贫困退出): when a household or a village may leave, by when, in which order, and what stays unchanged.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 2 section 4 (part 1 (3), part 2), chapter 12 section 2 part 5. The tests of
households and the support after exit, with those of other documents, are in `exit_rules`.
Limits: how long income must stay over the line is not printed, nor the score of difficulty, nor which population a village's
rate is taken of. Other factors of a village's exit have no threshold. The procedures of exit are not held here.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from povertyrules.areas import exit_rules as rules
from povertyrules.categories import ExitOf
from povertyrules.conventions import whole_year
from povertyrules.core import given
from povertyrules.core.area import Area, Result, yes_no_of
from povertyrules.core.errors import NotTold, RangeError
from povertyrules.core.facts import decode_date
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.section import param, parameters
from povertyrules.entities import Household

END_DATE = interpretation("exit.end_date", "two_steps", "only_2018", "only_2020")
VILLAGE_EDGE = interpretation("exit.village_edge", "at_most", "below")
VILLAGE_POPULATION = interpretation("exit.village_population", "registered", "resident")
ORDER = interpretation("exit.order", "easy_first", "hard_first")
INCOME_RATIO = interpretation("village.income_ratio", "of_average", "below_average")
INCIDENCE_DOUBLE = interpretation("village.incidence_double", "twice", "any_higher")
POOR_VILLAGE = interpretation("village.poor_village", "key_village", "all_34")


@parameters
class KeyVillage:
    """Which villages were made key villages (扶贫工作重点村): a high poverty rate, low income, no collective income."""

    incidence_times: int = param("times")
    income_share: Rate = param("percent")


@parameters
class KeyVillages:
    """The key village of the district, and how many villages are helped."""

    street: str = param("text")
    village: str = param("text")
    key_villages: int = param("villages")
    helped_villages: int = param("villages")


@parameters
class Deadlines:
    """By when villages and persons leave (退出期限), and by when all is done."""

    villages_by: datetime.date = param("date")
    persons_by: datetime.date = param("date")
    all_by: datetime.date = param("date")


@parameters
class ExitOrder:
    """The yearly list of households that are to leave (预退出管理), in the order of their difficulty."""


@parameters
class VillageTest:
    """The exit test of a key village (扶贫工作重点村退出标准): the share of its people that is still poor."""

    limit: Rate = param("percent")


class ExitTest(Result):
    """The exit test of one household."""

    income_over_line = yes_no_of("income_over_line")
    fit = yes_no_of("fit_to_exit")


class SupportAfterExit(Result):
    """Whether the support is unchanged after exit."""

    unchanged = yes_no_of("support_unchanged")


class ExitArea(Area):
    """Exit: `test`, `check`, `check_date`, `order`, `support_until`; of villages `village`, `key_village`, `poor_villages`."""

    name = "exit"
    models: ClassVar[dict[str, type]] = {
        "key_village": KeyVillage,
        "key_villages": KeyVillages,
        "deadlines": Deadlines,
        "order": ExitOrder,
        "village_test": VillageTest,
        **rules.MODELS,
    }

    def test(
        self,
        *,
        members: int,
        register_net_income: Fen | None = None,
        disposable_income: Fen | None = None,
        registered_poor: bool | None = None,
        stable_income: bool | None = None,
        enough_food: bool | None = None,
        enough_clothing: bool | None = None,
        education_secured: bool | None = None,
        medical_secured: bool | None = None,
        housing_secured: bool | None = None,
        register_receipts: Fen | None = None,
    ) -> ExitTest:
        """Whether a household may leave: its income of the year, its members, and what else the document asks for.

        The income is net income, or disposable income, as the document has it; `register_receipts`, income before costs,
        counts only in the reading that asks for it.

        Source: 枣庄高新区“十三五”脱贫攻坚规划, chapter 2 section 4 part 2 (1), and its like in other documents.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.exit.test(register_net_income=pr.yuan(10_527), members=3).income_over_line
        False
        """
        return self.calculate(
            ExitTest,
            **given.told(register_net_income=register_net_income, disposable_income=disposable_income),
            **given.told(register_receipts=register_receipts),
            members=members,
            registered_poor=registered_poor,
            stable_income=stable_income,
            enough_food=enough_food,
            enough_clothing=enough_clothing,
            education_secured=education_secured,
            medical_secured=medical_secured,
            housing_secured=housing_secured,
        )

    def check(self, household: Household) -> Findings:
        """Whether a household may leave, looked at on the day of its exit if that is told.

        An error for one that is not in the register, for an income that does not do, and for each guarantee that the document
        asks for and that is not there or not told; a warning where no line is printed for the year.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> wage = pr.Income(kind="wage", amount=pr.yuan(3000))
        >>> home = pr.Household(registered_poor=True, persons=[pr.Person()], incomes=[wage])
        >>> sum(1 for one in zz.exit.check(home) if one.code == "guarantee")
        5
        """
        path, standard = self.held(rules.ExitStandard)
        whole_year(given.one_of("household", household, Household))
        facts = {"on": household.exited_on or household.on, "persons": household.persons, "incomes": household.incomes}
        answers = self.bound.evaluate(("income_over_line",), facts)
        found: list[Finding] = []
        if household.registered_poor is not True:
            found.append(
                self.finding("not-registered", Severity.ERROR, "registered_poor", given.denied(household.registered_poor), path)
            )
        status = answers.status("income_over_line")
        if status != "amount" or not answers.yes_no("income_over_line"):
            said = f"income over the line: {answers.shown('income_over_line', 'en')}"
            severity = Severity.WARNING if status == "unstated" else Severity.ERROR
            found.append(self.finding("income", severity, "incomes", said, path))
        for name in standard.asks:
            if getattr(household, name) is not True:
                found.append(self.finding("guarantee", Severity.ERROR, name, given.denied(getattr(household, name)), path))
        return Findings(tuple(found))

    def check_date(self, exited_on: datetime.date, what: ExitOf | int | str = ExitOf.PERSON) -> Findings:
        """Whether the exit of a person (or a village) was in time; late is a warning, after the last of all days an error.

        >>> import povertyrules as pr
        >>> import datetime
        >>> zz = pr.policy("zaozhuang-hitech", on="2019-06-30")
        >>> [str(one.severity) for one in zz.exit.check_date(datetime.date(2019, 6, 30))]
        ['warning']
        """
        path, held = self.held(Deadlines)
        exited_on = given.day("exited_on", exited_on)
        kind, choice = ExitOf.read(what, "what"), self.bound.choice(END_DATE.name)
        late, last = (held.villages_by if kind is ExitOf.VILLAGE else held.persons_by), held.all_by
        if kind is ExitOf.PERSON and choice != "two_steps":
            late = last = held.persons_by if choice == "only_2018" else held.all_by
        if exited_on <= late:
            return Findings()
        severity = Severity.ERROR if exited_on > last else Severity.WARNING
        message = f"{exited_on} is after {last if exited_on > last else late}"
        return Findings((self.finding("late", severity, "exited_on", message, path),))

    def order(self, shortfalls: Sequence[Fen], places: int) -> tuple[int, ...]:
        """Who is put on the year's list: positions of households, by what each lacks to the standard, as many as have a place.

        The document names no score of difficulty; a shortfall of another kind can be given as well, in whole numbers.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.exit.order([pr.yuan(500), pr.yuan(100), pr.yuan(900)], places=2)
        (1, 0)
        """
        self.held(ExitOrder)
        given.whole("places", places)
        for i, one in enumerate(given.each_of("shortfalls", shortfalls, object)):
            given.whole(f"shortfalls[{i}]", one)
        easy = self.bound.choice(ORDER.name) == "easy_first"
        ranked = sorted(range(len(shortfalls)), key=lambda i: shortfalls[i] if easy else -shortfalls[i])
        return tuple(ranked[:places])

    def support_until(self, exited_on: datetime.date | None = None) -> datetime.date:
        """The last day on which the support is unchanged; the exit counts where the document counts from it.

        >>> import povertyrules as pr
        >>> import datetime
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.exit.support_until(datetime.date(2017, 6, 30))
        datetime.date(2020, 12, 31)
        """
        told = {} if exited_on is None else {"exited_on": given.day("exited_on", exited_on)}
        answers = self.bound.evaluate(("support_until",), told)
        return decode_date(answers.number("support_until"))

    def support(
        self,
        *,
        exited_on: datetime.date | None = None,
        county_exited_on: datetime.date | None = None,
        on: datetime.date | None = None,
    ) -> SupportAfterExit:
        """Whether the support is still unchanged on a day (default: the policy's), by the exit of the household or its county.

        Source: 枣庄高新区“十三五”脱贫攻坚规划, chapter 12 section 2 part 5;
        中共吉林省委 吉林省人民政府关于全面推进脱贫攻坚的实施意见, part 6 (28).

        >>> import povertyrules as pr
        >>> import datetime
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").exit.support(exited_on=datetime.date(2016, 12, 31)).unchanged
        True
        """
        return self.calculate(SupportAfterExit, exited_on=exited_on, county_exited_on=county_exited_on, on=on)

    def village(self, poor: int, registered: int, resident: int | None = None) -> Findings:
        """Whether a key village may leave: an error over the limit, a warning exactly at it (practice often asks for less).

        >>> import povertyrules as pr
        >>> [str(one) for one in pr.policy("zaozhuang-hitech", on="2017-06-30").exit.village(poor=18, registered=1000)]
        []
        """
        path, held = self.held(VillageTest)
        by_residents = self.bound.choice(VILLAGE_POPULATION.name) == "resident"
        if by_residents and resident is None:
            raise NotTold("resident: how many live in the village has to be told")
        counted = [given.whole("registered", registered), given.whole("resident", resident or 0)]
        population, among = counted[by_residents], ("registered", "resident")[by_residents]
        if not population:
            raise RangeError(among, population, "allowed: 1 or more")
        given.covers(Rate(0), **{"poor": poor, among: population})
        share, limit = Fraction(poor, population), Fraction(held.limit.numerator, held.limit.per)
        if share < limit:
            return Findings()
        at_edge = share == limit and self.bound.choice(VILLAGE_EDGE.name) == "at_most"
        said = "is reached exactly: to be looked at" if at_edge else "must be kept"
        message = f"{poor} of {population} are poor, {held.limit} {said}"
        severity = Severity.WARNING if at_edge else Severity.ERROR
        return Findings((self.finding("village-edge" if at_edge else "village-rate", severity, "poor", message, path),))

    def key_village(self, *, rate: str, province_rate: str, income: Fen, province_income: Fen, collective_income: Fen) -> bool:
        """Whether a village met the standard of a key village: poverty rates as "10 %", incomes per head, collective income.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.exit.key_village(rate="10 %", province_rate="5 %", income=pr.yuan(5999), province_income=pr.yuan(10_000),
        ...                     collective_income=pr.yuan(0))
        True
        """
        _, held = self.held(KeyVillage)
        for name, value in (("income", income), ("province_income", province_income), ("collective_income", collective_income)):
            given.amount(name, value)
        own, average = (_share(one, field) for one, field in ((rate, "rate"), (province_rate, "province_rate")))
        twice = self.bound.choice(INCIDENCE_DOUBLE.name) == "twice"
        high = own >= average * held.incidence_times if twice else own > average
        share = Fraction(held.income_share.numerator, held.income_share.per)
        limit = share if self.bound.choice(INCOME_RATIO.name) == "of_average" else 1 - share
        return high and income < province_income * limit and collective_income == 0

    def is_key_village(self, name: str) -> bool:
        """Whether a village, by its name alone or behind that of its street, is the key village of the district.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").exit.is_key_village("横山口村")
        True
        """
        _, held = self.held(KeyVillages)
        return given.one_of("name", name, str) in (held.village, f"{held.street}{held.village}")

    def poor_villages(self) -> int:
        """How many villages are meant where the text says "poor villages" without a number.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").exit.poor_villages()
        1
        """
        _, held = self.held(KeyVillages)
        return held.key_villages if self.bound.choice(POOR_VILLAGE.name) == "key_village" else held.helped_villages


def _share(text: str, field: str) -> Fraction:
    found = Rate.parse(text, field=field)
    return Fraction(found.numerator, found.per)
