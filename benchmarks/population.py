"""Random people for the dataframe benchmarks: one flat row each, with every fact and household figure that the targets need.

`python benchmarks/population.py FOLDER ROWS` writes them as Parquet files of a million rows; `--unknown 0.05` leaves cells out.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import povertyrules as pr

POLICY = pr.policy("zaozhuang-hitech", on="2017-06-30")
GIVEN = frozenset({"members", "countable_income"})
"""The quantities of the household that are told outright."""

TARGETS = (*(n for n in POLICY.entitlements if POLICY.plan.quantities[n].entity == "Person"), "out_of_pocket")
NEEDED = frozenset(POLICY.plan.order(TARGETS, set(GIVEN)))
INPUTS = tuple(n for n in (*POLICY.plan.facts, *sorted(GIVEN)) if n in NEEDED and n != "on")
"""The columns, in the order in which the facts are declared; the day is the policy's."""

BLOCK = 1_000_000
MOST = 1_000_000_000  # fen: the most that a bill or an income can be
DAY = np.datetime64(POLICY.on)
AGES = ([0, 0.16, 0.42, 0.80, 0.93, 0.97, 1], [0, 16, 45, 70, 85, 98, 108])  # how many are how old at most
STAGES = np.zeros((26, 12), np.int8)  # what somebody of an age attends
for first, last, *attended in ((3, 6, 1), (6, 12, 2), (12, 15, 3), (15, 18, 4, 4, 5), (18, 22, 6, 7, 0), (22, 26, 7, 8, 0, 0)):
    STAGES[first:last] = np.resize(attended, 12)

# bills in fen with which, in some hospital, a ceiling, a deductible or the edge of a bracket is reached
EDGES = (1_333_333, 2_000_000, 2_666_667, 4_000_000, 8_000_000, 17_647_059, 21_428_571, 22_222_222)
EDGES += (25_000_000, 27_272_727, 35_000_000, 89_757_143)
PAID_IN = (0, 0, 1, 10_000, 29_999, *[30_000] * 5, 30_001, 49_999, *[50_000] * 3, 50_001, 200_000)  # pension contributions


class Draw:
    """Random columns of some rows."""

    def __init__(self, rows: int, *seed: int) -> None:
        self.rows, self.random = rows, np.random.Generator(np.random.SFC64(seed))

    def share(self, of: float) -> np.ndarray:
        """True in a share of the rows."""
        return self.random.integers(0, 1 << 16, self.rows, np.uint16) < round(of * (1 << 16))

    def pick(self, *values: int, kind: type = np.int8) -> np.ndarray:
        """One of some values; a value that stands there twice comes twice as often."""
        return np.array(values, kind)[self.random.integers(0, len(values), self.rows, np.uint8)]

    def whole(self, low: int, high: int) -> np.ndarray:
        """A whole number, both ends included."""
        return self.random.integers(low, high + 1, self.rows)

    def money(self, middle: int, spread: float, most: int, of: float) -> np.ndarray:
        """Fen around a middle, log-normal; nothing in all but a share of the rows."""
        fen = np.exp(self.random.standard_normal(self.rows) * spread + np.log(middle))
        return np.where(self.share(of), np.minimum(fen, most).astype(np.int64), 0)

    def born(self) -> np.ndarray:
        """Days of birth; one in twenty was born on the policy's day of some year, a day sooner or a day later."""
        days = np.interp(self.random.random(self.rows), *AGES) * 365.2425
        birthdays = np.array([f"{POLICY.on.year - years}-{POLICY.on:%m-%d}" for years in range(1, 108)], "M8[D]")
        near = birthdays[self.whole(0, len(birthdays) - 1)] + self.pick(-1, 0, 1, kind=np.int64)
        return np.where(self.share(0.05), near, DAY - days.astype(np.int64))


def columns(draw: Draw) -> dict[str, np.ndarray]:
    """Every column without a gap: wide enough that each branch of the rules is met."""
    born, members = draw.born(), draw.pick(1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, kind=np.int64)
    age = (DAY - born).astype(np.int64) // 365  # near enough for who is at school
    stage = np.where(age < len(STAGES), STAGES[np.minimum(age, len(STAGES) - 1), draw.whole(0, STAGES.shape[1] - 1)], 0)
    # some households, and some people by themselves, miss the dibao standard by a few fen
    at_line, alone = 390_000 * members - draw.whole(-3, 14), 390_000 + draw.whole(-14, 3)
    bills, edges = draw.money(800_000, 1.7, MOST, 0.8), draw.pick(*EDGES, kind=np.int64) + draw.whole(-9, 9)
    return {
        "born": born,
        "registered_poor": draw.share(0.35),
        "receives_dibao": draw.share(0.2),
        "extremely_poor": draw.share(0.06),
        "support_mode": draw.pick(1, 2),
        "unable_to_care": draw.share(0.15),
        "commercial_owed": draw.money(150_000, 1.5, MOST, 0.3),
        "in_scope": np.where(draw.share(0.06), edges, bills),
        "hospital_grade": draw.pick(1, 2, 3),
        "sex": draw.pick(1, 2),
        "own_income": np.where(draw.share(0.2), alone, draw.whole(0, 800_000)),
        "disability_grade": draw.pick(*[0] * 16, 1, 2, 3, 4),
        "seriously_ill": draw.share(0.2),
        "able_to_work": draw.share(0.5),
        "has_livelihood": draw.share(0.6),
        "supporter": draw.pick(0, 1, 2, 2),
        "rehab_need": np.where((age < 10) & draw.share(0.4), draw.pick(1, 2, 3, 4, 5, 6), np.int8(0)),
        "implant_qualified": draw.share(0.4),
        "planning_pregnancy": draw.share(0.1),
        "newborn": age < 1,
        "school_stage": np.where(draw.share(0.02), draw.pick(*range(9)), stage).astype(np.int8),
        "boarder": draw.share(0.4),
        "full_time": draw.share(0.8),
        "merit_award": draw.share(0.1),
        "parent_disabled": draw.share(0.1),
        "aided_in_stage": draw.share(0.3),
        "loan_interest": draw.money(30_000, 0.8, MOST // 10, 0.3),
        "pension_contribution": draw.pick(*PAID_IN, kind=np.int64),
        "cannot_pay_premium": draw.share(0.3),
        "supported_by_children": draw.share(0.6),
        "child_kind": np.where((age < 18) & draw.share(0.4), draw.pick(1, 2, 3, 4, 5), np.int8(0)),
        "in_institution": draw.share(0.2),
        "poor_area": draw.share(0.4),
        "filial_fund": draw.share(0.3),
        "poverty_cause": draw.pick(1, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        "members": members,
        "countable_income": np.where(draw.share(0.1), at_line, draw.whole(-200_000, 3_000_000)),
    }


def block(rows: int, seed: int, number: int = 0, *, unknown: float = 0) -> pa.Table:
    """One block of a population, the same for the same seed and number; `unknown` is the share of cells that are null."""
    draw = Draw(rows, seed, number)
    drawn = columns(draw)
    return pa.table({n: pa.array(drawn[n], mask=draw.share(unknown) if unknown else None) for n in INPUTS})


def blocks(rows: int, seed: int, *, unknown: float = 0) -> Iterator[pa.Table]:
    """A population, block by block."""
    for number, start in enumerate(range(0, rows, BLOCK)):
        yield block(min(BLOCK, rows - start), seed, number, unknown=unknown)


def people(rows: int, seed: int = 2017, *, unknown: float = 0) -> pa.Table:
    """A population in memory: money in fen as Int64, categories as Int8 codes, yes/no as booleans, dates of birth as date32."""
    return pa.concat_tables(blocks(rows, seed, unknown=unknown))


def write(folder: Path, rows: int, seed: int = 2017, *, unknown: float = 0) -> None:
    """The same population as Parquet files of a block each; no more than a block is in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, table in enumerate(blocks(rows, seed, unknown=unknown)):
        pq.write_table(table, folder / f"part-{number:04}.parquet", row_group_size=BLOCK // 4)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--unknown", type=float, default=0)
    asked = parser.parse_args()
    write(asked.folder, asked.rows, asked.seed, unknown=asked.unknown)
