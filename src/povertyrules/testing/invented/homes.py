"""The homes of an invented county: who lives there, how poor they are, what they are told of. All shares are by hand."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from povertyrules import categories as c
from povertyrules.testing.invented.draws import Bools, Cells, Draws, Ints, steps

if TYPE_CHECKING:
    from povertyrules.testing.invented.people import People

HOMES = (
    (75, (0, 1, 0)), (45, (1, 0, 0)),
    (110, (0, 2, 0)), (70, (2, 0, 0)), (30, (1, 0, 1)), (12, (0, 1, 1)),
    (200, (2, 0, 1)), (35, (1, 1, 1)), (25, (0, 2, 1)),
    (120, (2, 0, 2)), (70, (2, 1, 1)), (8, (0, 2, 2)),
    (75, (2, 1, 2)), (50, (2, 2, 1)),
    (55, (2, 2, 2)), (20, (2, 2, 3)),
)  # fmt: skip
"""Share of homes: adults, old, children."""
INCOME = (
    (0, 0),
    (300, 1_250),
    (1_000, 2_700),
    (2_500, 5_600),
    (5_000, 9_800),
    (8_000, 17_300),
    (9_700, 41_000),
    (9_999, 130_000),
)
"""Rank, and what a home of that rank has a head and year, in yuan; in between on a straight line."""
CAUSES = (30, 120, 60, 220, 250, 200, 20, 60, 40)
"""Weights of the causes of poverty that nothing else of the home explains, from disaster on."""


@frozen(eq=False, slots=False)
class Homes:
    """Some homes of a county: who lives there, how poor they are, what their village has."""

    seed: int
    numbers: Ints
    on: datetime.date
    draws: Draws = field(init=False)

    @draws.default
    def _drawn(self) -> Draws:
        return Draws.numbered(f"home {self.seed}", self.numbers)

    @cached_property
    def village(self) -> Draws:
        """What all homes of a village share."""
        return Draws.numbered(f"village {self.seed}", self.numbers // 150)

    @cached_property
    def made_of(self) -> NDArray[np.int64]:
        """How many of each generation, a row per home."""
        kinds = np.array([kind for _, kind in HOMES], dtype=np.int64)
        return kinds[self.draws.pick("generations", tuple(weight for weight, _ in HOMES))]

    @cached_property
    def size(self) -> Ints:
        """How many live there."""
        found: Ints = self.made_of.sum(axis=1)
        return found

    @cached_property
    def starts(self) -> Ints:
        """The row of the first of each home among all people."""
        return np.cumsum(self.size) - self.size

    def any_of(self, of_people: Bools) -> Bools:
        """Whether it is so of anybody in the home."""
        return np.logical_or.reduceat(of_people, self.starts)

    def total(self, of_people: Ints) -> Ints:
        """The sum over the home."""
        return np.add.reduceat(of_people, self.starts)

    @cached_property
    def poor_area(self) -> Bools:
        """Whether the village lies where the poor concentrate."""
        return self.village.chance("poor_area", 200)

    @cached_property
    def rank(self) -> Ints:
        """The rank, from the poorest up."""
        first, second = self.draws.below("rank", 10_000), self.draws.below("second rank", 10_000)
        return np.where(self.poor_area, np.minimum(first, second), first)

    @cached_property
    def net_income(self) -> Ints:
        """What the home has in the year, in fen; a few made a loss."""
        ranks, heads = (np.array(column, dtype=np.int64) for column in zip(*INCOME, strict=True))
        at = np.minimum(np.searchsorted(ranks, self.rank, side="right"), len(ranks) - 1)
        low, high = ranks[at - 1], ranks[at]
        rise = (heads[at] - heads[at - 1]) * 100
        each = heads[at - 1] * 100 + rise * (self.rank - low) // (high - low)
        loss = self.draws.between("loss", -2_000_000, -1)
        spread = self.draws.between("spread", -15_000, 15_000)
        return np.where(self.draws.chance("lost", 5), loss, each * self.size + spread)

    @cached_property
    def dibao(self) -> Bools:
        """Whether the home as a whole draws dibao."""
        return self.draws.chance("dibao", steps(self.rank, (500, 750), (1_500, 320), (3_000, 25), beyond=2))

    @cached_property
    def registered_poor(self) -> Bools:
        """Whether the home stands in the register."""
        share = steps(self.rank, (600, 800), (1_500, 450), (3_500, 90), beyond=5)
        return self.draws.chance("registered_poor", share)

    def facts(self, people: People) -> dict[str, Cells]:
        """The facts of the homes, by name."""
        left_out = np.where(self.draws.chance("left out", 400), self.draws.between("left-out share", 0, 150), 0)
        countable = self.net_income - np.maximum(self.net_income, 0) * left_out // 1_000
        whole: dict[str, NDArray[np.generic]] = {
            "on": np.full(len(self.size), np.datetime64(self.on, "D")),
            "registered_poor": self.registered_poor,
            "poor_area": self.poor_area,
            "filial_fund": self.village.chance("filial_fund", 350),
            "ranger_zone": self.village.pick("ranger_zone", (820, 60, 50, 70)),
            "register_net_income": self.net_income,
            "countable_income": countable,
        }
        told: dict[str, Cells] = {name: (values, None) for name, values in whole.items()}
        return {**told, "poverty_cause": self._cause(people), **self._relief(people), **self._dibao_before(), **self._exit()}

    def _cause(self, people: People) -> Cells:
        ill, disabled = self.any_of(people.seriously_ill), self.any_of(people.grade > 0)
        studies = self.any_of(people.stage >= c.SchoolStage.SENIOR_HIGH)
        conditions = [
            ill & self.draws.chance("by illness", 800),
            disabled & self.draws.chance("by disability", 700),
            studies & self.draws.chance("by schooling", 400),
        ]
        causes = [int(c.PovertyCause.ILLNESS), int(c.PovertyCause.DISABILITY), int(c.PovertyCause.SCHOOLING)]
        other = c.PovertyCause.DISASTER + self.draws.pick("cause", CAUSES)
        return np.select(conditions, causes, other), self.registered_poor

    def _relief(self, people: People) -> dict[str, Cells]:
        asked = self.draws.chance("asks for relief", steps(self.rank, (1_500, 80), beyond=20))
        ill = self.any_of(people.seriously_ill) & self.draws.chance("relief for illness", 700)
        cause = np.where(ill, int(c.ReliefCause.MAJOR_ILLNESS), 1 + self.draws.below("relief_cause", len(c.ReliefCause) - 1))
        difficult = self.draws.chance("living_difficulty", np.where(asked, 800, 10))
        return {
            "relief_cause": (np.where(asked, cause, int(c.ReliefCause.NONE)), None),
            "living_difficulty": (difficult, None),
            "relief_months": (self.draws.between("relief_months", 1, 6), asked),
            "relief_days": (self.draws.between("relief_days", 1, 180), asked),
        }

    def _dibao_before(self) -> dict[str, Cells]:
        left = ~self.dibao & self.draws.chance("left dibao", steps(self.rank, (4_000, 20), beyond=1))
        drawn = self.draws.between("dibao_before", 5_000, 40_000) * self.size
        return {
            "dibao_before": (np.where(self.dibao | left, drawn, 0), None),
            "months_over_line": (np.where(left, self.draws.between("months_over_line", 1, 24), 0), None),
        }

    def _exit(self) -> dict[str, Cells]:
        poor = self.registered_poor
        shares = {"enough_food": (940, 995), "enough_clothing": (930, 995), "education_secured": (960, 995)}
        shares |= {"medical_secured": (930, 990), "housing_secured": (850, 985)}
        left = ~poor & self.draws.chance("left the register", steps(self.rank, (5_000, 60), beyond=5))
        gone = np.datetime64(self.on, "D") - self.draws.between("exited_on", 0, 1_500)
        out: dict[str, Cells] = {n: (self.draws.chance(n, np.where(poor, low, high)), None) for n, (low, high) in shares.items()}
        return {**out, "exited_on": (gone, left)}
