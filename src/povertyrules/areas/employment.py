"""Employment (就业扶贫): training subsidies and who may draw them, free training, subsidies of enterprises that train.

References: 安康市巩固提升脱贫攻坚成果实施方案, annex 2 part 2 (2), (3); 山西省“十三五”脱贫攻坚规划, chapter 5 part 2,
box 7 item 1.
Limits: no amount is printed. In Ankang three subsidies a year are the limit in principle, so one more in a history is warned of;
that the same trade and grade is not subsidised twice is not softened. In Shanxi both groups are taken to be of poor families.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from attrs import frozen

from povertyrules.categories import Sex
from povertyrules.conventions import INCLUSIVE
from povertyrules.core import given
from povertyrules.core.amount import Amount
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.errors import NotStated, SortError
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.words import every, no, some, when
from povertyrules.entities import Person

SAME_SKILL_AGAIN = interpretation("employment.same_skill_again", "once_in_life", "once_a_year")
WOMEN_AT_SIXTY = interpretation("employment.women_at_sixty", "included", "excluded")
SOFT_WORDS = interpretation("obligations.soft_words", "by_word", "all_hard", "all_soft")


@parameters
class TrainingLimit:
    """The subsidy of vocational training (职业培训补贴): how often in a year, and not twice for the same trade and grade."""

    per_year: int = param("times")
    amount: Fen = param("yuan")

    @entitlement("职业培训补贴", "training subsidy", entity=Person, per="once")
    def training_subsidy(
        self,
        registered_poor: bool,
        able_to_work: bool,
        wants_work: bool,
        trainings_this_year: int,
        same_skill_this_year: bool,
        same_skill_before: bool,
    ) -> Fen:
        """The amount of the locality for one more training: poor, able and willing to work, and within both limits."""
        fresh = SAME_SKILL_AGAIN.choose(
            once_in_life=no(some(same_skill_this_year, same_skill_before)), once_a_year=no(same_skill_this_year)
        )
        labour = every(registered_poor, able_to_work, wants_work)
        return when(every(labour, trainings_this_year < self.per_year, fresh), self.amount)


@parameters
class Women:
    """Women past the usual working age who still have the policies on employment (女性贫困劳动力)."""

    first_age: int = param("years")
    last_age: int = param("years")

    @service("享受就业扶贫政策(大龄妇女)", "employment policies for older women", entity=Person)
    def women_employment_policies(self, sex: int, age: int, registered_poor: bool, able_to_work: bool) -> bool:
        """A poor woman able to work, of the age; whether the ends belong to it is a matter of reading."""
        labour = every(sex == Sex.FEMALE, registered_poor, able_to_work)
        before_last = WOMEN_AT_SIXTY.choose(included=age <= self.last_age, excluded=age < self.last_age)
        inclusive = every(self.first_age <= age, before_last)
        strict = every(self.first_age < age, age < self.last_age)
        return every(labour, INCLUSIVE.choose(inclusive=inclusive, strict=strict))


@parameters
class FreeTraining:
    """Free vocational training (免费职业培训) of poor families."""

    @service("免费职业培训", "free vocational training", entity=Person)
    def training_free(self, registered_poor: bool, unplaced_leaver: bool, migrant_worker: bool) -> bool:
        """Of a poor family: a school leaver without a place, or a migrant worker."""
        return every(registered_poor, some(unplaced_leaver, migrant_worker))


@parameters
class EnterpriseTraining:
    """The subsidy of enterprises that take poor workers in and train them (企业就业培训补助), by the worker."""

    amount: Fen | Missing = param("yuan")


class TrainingSubsidy(Result):
    """The subsidy of one more training of one person."""

    subsidy = amount_of("training_subsidy")


class WomenPolicies(Result):
    """Whether the policies on employment still reach one woman."""

    open = yes_no_of("women_employment_policies")


class FreeTrainingResult(Result):
    """Whether the training of one person is free."""

    free = yes_no_of("training_free")


@frozen
class _Drawn:
    """One training that was subsidised."""

    trade: str
    level: int
    on: datetime.date


class EmploymentArea(Area):
    """Employment: `training`, `women`, `free_training`, `enterprise_subsidy`, `check_training`."""

    name = "employment"
    models: ClassVar[dict[str, type]] = {
        "training_limit": TrainingLimit,
        "women": Women,
        "free_training": FreeTraining,
        "enterprise_training": EnterpriseTraining,
    }

    def training(
        self,
        *,
        registered_poor: bool | None = None,
        able_to_work: bool | None = None,
        wants_work: bool | None = None,
        trainings_this_year: int | None = None,
        same_skill_this_year: bool | None = None,
        same_skill_before: bool | None = None,
    ) -> TrainingSubsidy:
        """The subsidy of one more training: how many were subsidised this year, and whether one was of the same trade and grade.

        Source: Ankang, annex 2 part 2 (2).

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30")
        >>> worker = {"registered_poor": True, "able_to_work": True, "wants_work": True}
        >>> ankang.employment.training(trainings_this_year=3, **worker).status("subsidy")
        'not eligible'
        """
        return self.calculate(
            TrainingSubsidy,
            registered_poor=registered_poor,
            able_to_work=able_to_work,
            wants_work=wants_work,
            trainings_this_year=trainings_this_year,
            same_skill_this_year=same_skill_this_year,
            same_skill_before=same_skill_before,
        )

    def women(
        self,
        *,
        age: int,
        sex: Sex | int | str | None = None,
        registered_poor: bool | None = None,
        able_to_work: bool | None = None,
    ) -> WomenPolicies:
        """Whether the policies on employment still reach a woman: age in completed years. Source: Ankang, annex 2 part 2 (3).

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30")
        >>> ankang.employment.women(age=60, sex="female", registered_poor=True, able_to_work=True).open
        True
        """
        return self.calculate(WomenPolicies, age=age, sex=sex, registered_poor=registered_poor, able_to_work=able_to_work)

    def free_training(
        self,
        *,
        registered_poor: bool | None = None,
        unplaced_leaver: bool | None = None,
        migrant_worker: bool | None = None,
    ) -> FreeTrainingResult:
        """Whether the training of somebody is free. Source: Shanxi, box 7 item 1.

        >>> import povertyrules as pr
        >>> pr.policy("shanxi", on="2017-06-30").employment.free_training(registered_poor=True, migrant_worker=True).free
        True
        """
        return self.calculate(
            FreeTrainingResult, registered_poor=registered_poor, unplaced_leaver=unplaced_leaver, migrant_worker=migrant_worker
        )

    def enterprise_subsidy(self, trained_poor: int) -> Amount:
        """The subsidy of an enterprise for so many poor workers that it took in and trained; the amount comes from the caller.

        Source: Shanxi, chapter 5 part 2. Raises `NotStated` where no amount was given.

        >>> import povertyrules as pr
        >>> told = pr.policy("shanxi", on="2017-06-30").local({"employment.enterprise_training.amount": "500"}, source="notice")
        >>> print(told.employment.enterprise_subsidy(12))
        6,000.00 yuan once
        """
        path, held = self.held(EnterpriseTraining)
        workers = given.whole("trained_poor", trained_poor)
        if isinstance(held.amount, Missing):
            raise NotStated(f"{path}.amount is not printed [{self.bound.cite(path)}]")
        return Amount.exactly(held.amount * workers, per="once", quality=self.bound.grade(f"{path}.amount"))

    def check_training(self, history: Iterable[Mapping[str, object]]) -> Findings:
        """Whether somebody drew too many training subsidies: `history` has trade, level and day of each.

        One beyond the limit of a calendar year is warned of, since the limit holds in principle; a trade and grade that was
        subsidised before is an error.

        >>> import datetime
        >>> import povertyrules as pr
        >>> drawn = [{"trade": "welder", "level": 4, "on": datetime.date(year, 3, 1)} for year in (2020, 2021)]
        >>> [one.field for one in pr.policy("ankang", on="2021-06-30").employment.check_training(drawn)]
        ['history[1]']
        """
        path, held = self.held(TrainingLimit)
        drawn = [_drawn(one, f"history[{i}]") for i, one in enumerate(given.each_of("history", history, Mapping))]  # type: ignore[type-abstract]
        soft = self.bound.choice(SOFT_WORDS.name) != "all_hard"
        severity = Severity.WARNING if soft else Severity.ERROR
        order = sorted(range(len(drawn)), key=lambda i: drawn[i].on)
        return Findings((*self._too_many(drawn, order, held.per_year, severity, path), *self._again(drawn, order, path)))

    def _too_many(self, drawn: list[_Drawn], order: list[int], limit: int, severity: Severity, path: str) -> Iterator[Finding]:
        """What was drawn beyond the limit of its year."""
        years = Counter[int]()
        for i in order:
            year = drawn[i].on.year
            years[year] += 1
            if years[year] > limit:
                message = f"number {years[year]} of {year}, in principle there are {limit} a year"
                yield self.finding("too-many", severity, f"history[{i}]", message, f"{path}.per_year")

    def _again(self, drawn: list[_Drawn], order: list[int], path: str) -> Iterator[Finding]:
        """What was drawn for a trade and grade that was subsidised before: ever, or in the same year."""
        within_year = self.bound.choice(SAME_SKILL_AGAIN.name) == "once_a_year"
        seen = set[tuple[str, int, int]]()
        for i in order:
            one = drawn[i]
            skill = (one.trade, one.level, one.on.year if within_year else 0)
            if skill in seen:
                message = f"{one.trade}, grade {one.level}, was subsidised before"
                yield self.finding("same-skill", Severity.ERROR, f"history[{i}]", message, path)
            seen.add(skill)


def _drawn(told: Mapping[str, object], where: str) -> _Drawn:
    """One training of a history."""
    if told.keys() != {"trade", "level", "on"}:
        raise SortError(where, dict(told), "allowed: trade, level and on, the day of the subsidy")
    trade = given.one_of(f"{where}.trade", told["trade"], str)
    return _Drawn(trade, given.whole(f"{where}.level", told["level"]), given.day(f"{where}.on", told["on"]))
