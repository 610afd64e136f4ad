"""The people of an invented county: generations, ages, school, health, status. All shares are by hand."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from povertyrules import categories as c
from povertyrules.testing.invented.draws import Bools, Cells, Draws, Ints, days, steps
from povertyrules.testing.invented.homes import Homes

ADULT, OLD, CHILD = range(3)
"""The generations of a home."""
SCHOOL = (
    (0, (100,)),
    (3, (20, 80)),
    (6, (2, 0, 98)),
    (12, (3, 0, 0, 97)),
    (15, (14, 0, 0, 6, 46, 34)),
    (18, (50, 0, 0, 0, 6, 4, 20, 20)),
    (22, (82, 0, 0, 0, 0, 0, 5, 9, 4)),
    (26, (100,)),
)
"""From an age on: how many of a hundred are at each stage of schooling, in the order of its codes."""
BOARDERS = (0, 0, 60, 350, 700, 750, 900, 950, 600)
"""By stage of schooling: the share that boards."""
TUITION = (0, 1_800, 0, 0, 1_700, 2_300, 5_300, 4_700, 8_200)
"""By stage of schooling: tuition of a year in yuan, about."""
BILLS = ((600, 30_000, 300_000), (280, 300_000, 2_000_000), (100, 2_000_000, 9_000_000), (20, 9_000_000, 60_000_000))
"""Share of bills, from, to, in fen."""
KINDS = (
    c.ChildKind.NONE,
    c.ChildKind.ORPHAN,
    c.ChildKind.UNSUPPORTED,
    c.ChildKind.LEFT_BEHIND,
    c.ChildKind.ILL_OR_DISABLED,
    c.ChildKind.NEEDY_FAMILY,
)
"""Kinds of children in difficulty, in the order in which they are looked for; the first is of those who are of age."""


@frozen(eq=False, slots=False)
class People:
    """The people of some homes."""

    homes: Homes

    @cached_property
    def home(self) -> Ints:
        """The row of each one's home."""
        return np.repeat(np.arange(len(self.homes.size)), self.homes.size)

    @cached_property
    def slot(self) -> Ints:
        """Each one's place in the home, from 0; adults first, then the old, then children."""
        return np.arange(len(self.home)) - self.homes.starts[self.home]

    @cached_property
    def draws(self) -> Draws:
        """Their random numbers."""
        return self.homes.draws.inside(self.home, self.slot)

    @cached_property
    def rank(self) -> Ints:
        """The rank of the home."""
        return self.homes.rank[self.home]

    @cached_property
    def generation(self) -> Ints:
        """ADULT, OLD or CHILD."""
        adults, old, _ = self.homes.made_of[self.home].T
        return np.where(self.slot < adults, ADULT, np.where(self.slot < adults + old, OLD, CHILD))

    @cached_property
    def partner(self) -> Bools:
        """Whether the person is the partner of the first of the home."""
        first = np.where(self.homes.made_of[self.home, ADULT] > 0, ADULT, OLD)
        found: Bools = (self.slot == 1) & (self.generation == first)
        return found

    @cached_property
    def first(self) -> Ints:
        """The age in days of the first of each one's home."""
        adults, _, children = self.homes.made_of.T
        draws = self.homes.draws
        low = np.where(adults > 0, np.where(children > 0, 22, 18), 50)
        high = np.where(adults > 0, np.where(children > 0, 55, 62), 78)
        others = draws.between("first", days(low), days(high))
        old = days(60) + np.minimum.reduce([draws.below(f"old {i}", int(days(40))) for i in range(3)])
        very_old = draws.between("very old", int(days(85)), int(days(106)))
        alone = np.where(draws.chance("very old at all", 50), very_old, old)
        return np.where((adults == 0) & (children == 0), alone, others)[self.home]

    @cached_property
    def days_old(self) -> Ints:
        """Each one's age in days: children at least twenty years younger than the first of a home."""
        parents = self.first + self.homes.draws.between("parents", int(days(23)), int(days(34)))[self.home]
        apart = self.draws.between("apart", -int(days(3)), int(days(3)))
        born_at = self.draws.between("born at", days(20), np.minimum(np.maximum(self.first, days(20)), days(38)))
        grandchild = self.draws.below("grandchild", int(days(18)))
        cases = [self.slot == 0, self.partner, self.generation == OLD, self.with_grandparents]
        ages = [self.first, np.maximum(self.first + apart, days(18)), parents + apart, grandchild]
        found: Ints = np.clip(np.select(cases, ages, self.first - born_at), 0, days(108))
        return found

    @cached_property
    def born(self) -> NDArray[np.datetime64]:
        """The days of birth."""
        return np.datetime64(self.homes.on, "D") - self.days_old

    @cached_property
    def age(self) -> Ints:
        """Completed years on the day."""
        year, month = self.born.astype("M8[Y]"), self.born.astype("M8[M]")
        born_in, day = year.astype(np.int64) + 1970, (self.born - month).astype(np.int64) + 1
        had = month.astype(np.int64) % 12 * 100 + 100 + day <= self.homes.on.month * 100 + self.homes.on.day
        found: Ints = self.homes.on.year - born_in - 1 + had
        return found

    @cached_property
    def sex(self) -> Ints:
        """Codes of the sexes; partners are of two."""
        first = 1 + self.homes.draws.below("sex", 2)[self.home]
        return np.select([self.slot == 0, self.partner], [first, 3 - first], 1 + self.draws.below("sex", 2))

    @cached_property
    def grade(self) -> Ints:
        """Grades of disability."""
        share = 20 + 60 * (self.rank < 2_000) + 20 * (self.age >= 45) + 40 * (self.age >= 65)
        return np.where(self.draws.chance("disabled", share), 1 + self.draws.pick("grade", (120, 230, 330, 320)), 0)

    @cached_property
    def severe(self) -> Bools:
        """Whether the grade is one of the two highest."""
        found: Bools = (self.grade == c.DisabilityGrade.FIRST) | (self.grade == c.DisabilityGrade.SECOND)
        return found

    @cached_property
    def seriously_ill(self) -> Bools:
        """Who is seriously ill."""
        return self.draws.chance("seriously_ill", 12 + 50 * (self.rank < 1_500) + 30 * (self.age >= 60))

    @cached_property
    def stage(self) -> Ints:
        """Stages of schooling, by age."""
        ages, weights = zip(*SCHOOL, strict=True)
        table = np.zeros((len(SCHOOL), len(c.SchoolStage)), dtype=np.int64)
        for row, shares in enumerate(weights):
            table[row, : len(shares)] = shares
        row_of = np.searchsorted(np.array(ages), self.age, side="right") - 1
        drawn = self.draws.below("school_stage", 100)
        upto: NDArray[np.int64] = np.cumsum(table, axis=1)
        found: Ints = (drawn[:, None] >= upto[row_of]).sum(axis=1)
        return found

    @cached_property
    def extremely_poor(self) -> Bools:
        """Who is extremely poor: some of the poor who live alone and are old or disabled."""
        alone = (self.homes.size == 1)[self.home] & (self.rank < 2_500)
        found: Bools = alone & ((self.age >= 60) | (self.grade > 0)) & self.draws.chance("extremely_poor", 600)
        return found

    @cached_property
    def able(self) -> Bools:
        """Who is able to work."""
        well = ~self.severe & ~self.seriously_ill & ~self.extremely_poor
        share = steps(self.age, (16, 0), (60, 960), (70, 300))
        return well & self.draws.chance("able_to_work", share)

    @cached_property
    def own_income(self) -> Ints:
        """Each one's part of what the home has; together never more than that."""
        weight = np.where(self.able, self.draws.between("earns", 4, 8), 0) + (self.age >= 60)
        whole = np.maximum(self.homes.total(weight), 1)[self.home]
        found: Ints = np.maximum(self.homes.net_income, 0)[self.home] * weight // whole
        return found

    @cached_property
    def supported(self) -> Bools:
        """Which of the old their children support."""
        return (self.age >= 60) & ~self.extremely_poor & self.draws.chance("supported_by_children", 650)

    @cached_property
    def with_grandparents(self) -> Bools:
        """The children whose home has no adult between them and the old."""
        found: Bools = (self.generation == CHILD) & (self.homes.made_of[self.home, ADULT] == 0)
        return found

    @cached_property
    def parent_disabled(self) -> Bools:
        """The children of a home with a disabled adult."""
        of_home = self.homes.any_of((self.generation == ADULT) & (self.grade > 0))
        found: Bools = (self.generation == CHILD) & of_home[self.home]
        return found

    def facts(self) -> dict[str, Cells]:
        """The facts of the people, by name, and the year's only bill of some."""
        whole = {
            "born": self.born,
            "sex": self.sex,
            "own_income": self.own_income,
            "extremely_poor": self.extremely_poor,
            "receives_dibao": self._dibao(),
            "disability_grade": self.grade,
            "seriously_ill": self.seriously_ill,
            "able_to_work": self.able,
            "school_stage": self.stage,
            "parent_disabled": self.parent_disabled,
            **self._health(),
            **self._means(),
            **self._school(),
            **self._old_age_and_childhood(),
        }
        centralised = self.draws.chance("support_mode", 200)
        mode = np.where(centralised, int(c.SupportMode.CENTRALISED), int(c.SupportMode.DISPERSED))
        return {name: (values, None) for name, values in whole.items()} | {
            "support_mode": (mode, self.extremely_poor),
            **self._bill(),
        }

    def _dibao(self) -> Bools:
        alone = self.severe & (self.rank < 6_000) & self.draws.chance("dibao alone", 150)
        return (self.homes.dibao[self.home] | alone) & ~self.extremely_poor

    def _health(self) -> dict[str, NDArray[np.generic]]:
        grades = [self.grade == c.DisabilityGrade.FIRST, self.grade == c.DisabilityGrade.SECOND]
        share = np.select(
            [*grades, self.age >= 80, self.age >= 60], [np.int64(400), np.int64(150), np.int64(150), np.int64(20)], 1
        )
        minor = self.age < 18
        needs = minor & ((self.grade > 0) | ((self.age < 10) & self.draws.chance("needs rehabilitation", 6)))
        need = np.where(needs, 1 + self.draws.below("rehab_need", len(c.RehabNeed) - 1), int(c.RehabNeed.NONE))
        fertile = (self.sex == c.Sex.FEMALE) & (self.generation == ADULT) & (self.age >= 20) & (self.age < 43)
        return {
            "unable_to_care": self.draws.chance("unable_to_care", share),
            "rehab_need": need,
            "implant_qualified": (need == c.RehabNeed.HEARING) & self.draws.chance("implant_qualified", 600),
            "planning_pregnancy": fertile & self.draws.chance("planning_pregnancy", 40),
            "newborn": self.days_old < 28,
        }

    def _means(self) -> dict[str, NDArray[np.generic]]:
        poor = self.rank < 1_500
        share = np.where(self.able, 980, steps(self.age, (16, 0), (60, 300), beyond=800) - 300 * poor)
        nobody, unable = int(c.Supporter.NONE), int(c.Supporter.UNABLE)
        drawn = self.draws.below("supporter", 1_000)
        alone = np.where(drawn < 500, nobody, unable)
        others = np.where(drawn < 60, nobody, np.where(drawn < 180, unable, int(c.Supporter.ABLE)))
        pays = (self.age >= 16) & (self.age < 60) & (self.stage == c.SchoolStage.NONE) & self.draws.chance("insured", 800)
        contribution = 10_000 * (1 + np.minimum(self.draws.below("contribution", 30), self.draws.below("or less", 30)))
        of_age = (self.age >= 16) & (self.age < 60)
        return {
            "has_livelihood": ~self.extremely_poor & self.draws.chance("has_livelihood", share),
            "supporter": np.where(self.extremely_poor, alone, others),
            "pension_contribution": np.where(pays, contribution, 0),
            "cannot_pay_premium": of_age & self.draws.chance("cannot_pay_premium", steps(self.rank, (1_000, 250), beyond=8)),
        }

    def _school(self) -> dict[str, NDArray[np.generic]]:
        stage, draws = self.stage, self.draws
        college = (stage == c.SchoolStage.VOCATIONAL_COLLEGE) | (stage == c.SchoolStage.UNDERGRADUATE)
        compulsory = (stage == c.SchoolStage.PRIMARY) | (stage == c.SchoolStage.JUNIOR)
        aided = (stage > c.SchoolStage.NONE) & ((self.grade > 0) | self.parent_disabled)
        in_stage = aided & draws.chance("aided_in_stage", 250)
        borrows = (stage >= c.SchoolStage.VOCATIONAL_COLLEGE) & draws.chance("borrows", steps(self.rank, (3_000, 400), beyond=60))
        return {
            "boarder": draws.chance("boarder", np.array(BOARDERS)[stage]),
            "full_time": compulsory | ((stage >= c.SchoolStage.SENIOR_HIGH) & draws.chance("full_time", 930)),
            "merit_award": college & draws.chance("merit_award", 40 + 60 * (self.rank < 2_000)),
            "aided_in_stage": in_stage,
            "aided_before": in_stage | (aided & draws.chance("aided_before", 150)),
            "tuition": np.array(TUITION)[stage] * draws.between("tuition", 80, 120),  # yuan × percent = fen
            "loan_interest": np.where(borrows, draws.between("loan_interest", 5_000, 60_000), 0),
        }

    def _old_age_and_childhood(self) -> dict[str, NDArray[np.generic]]:
        minor, apart = self.age < 18, self.with_grandparents
        ill = self.seriously_ill | self.severe
        kind = np.select(
            [
                ~minor,
                apart & self.draws.chance("orphan", 150),
                apart & self.draws.chance("unsupported", 80),
                apart & (self.rank < 5_000),
                ill & (self.rank < 3_000),
                (self.rank < 1_200) & self.draws.chance("needy", 500),
            ],
            [int(kind) for kind in KINDS],
            int(c.ChildKind.NONE),
        )
        paid = np.where(self.supported, 1_000 * self.draws.below("children_pay", 40), 0)
        return {
            "supported_by_children": self.supported,
            "children_pay": paid,
            "child_kind": kind,
            "in_institution": (kind == c.ChildKind.ORPHAN) & self.draws.chance("in_institution", 100),
        }

    def _bill(self) -> dict[str, Cells]:
        share = np.where(self.seriously_ill, 850, 40 + 80 * (self.age >= 60))
        billed = self.draws.chance("bill", share)
        weights, low, high = zip(*BILLS, strict=True)
        tier = self.draws.pick("tier", weights)
        cost = self.draws.between("in_scope", np.array(low)[tier], np.array(high)[tier])
        grade = 1 + np.minimum(np.maximum(tier - 1 + self.draws.below("hospital_grade", 3), 0), 2)
        insured = billed & self.draws.chance("commercial", 80)
        owed = np.where(insured, cost * self.draws.below("commercial_owed", 100) // 1_000, 0)
        return {
            "commercial_owed": (owed, None),
            "in_scope": (cost, billed),
            "hospital_grade": (grade, billed),
            "treatments": (billed, None),
        }
