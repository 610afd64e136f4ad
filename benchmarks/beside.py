"""openfisca-core beside the library, on the same rules and the same random households: time, and wrong fen."""

import datetime
import statistics
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_rules import MONTHLY, STATUS, YEARLY, Grade, system
from timing import Row, medians, once

import povertyrules as pr

ON, HOUSEHOLDS, CHUNKS = datetime.date(2017, 6, 30), 100_000, 5
PERIODS = {f.__name__: "2017" for f in YEARLY} | {f.__name__: "2017-06" for f in MONTHLY}


class Crowd(NamedTuple):
    """Random households, as columns; money in fen."""

    house: np.ndarray
    born: np.ndarray
    status: dict[str, np.ndarray]
    in_scope: np.ndarray
    grade: np.ndarray
    poor: np.ndarray
    income: np.ndarray

    @classmethod
    def of(cls, households: int, random: np.random.Generator) -> "Crowd":
        """One to six members, aged up to 104, each with a bill around 8,000 yuan; income up to 12,000 a household."""
        house = np.repeat(np.arange(households), random.integers(1, 7, households))
        n = len(house)
        born = np.datetime64(ON) - random.integers(1, 105 * 365, n)
        in_scope = np.minimum(random.lognormal(np.log(800_000), 1.3, n), 50_000_000).astype(int)
        status = {name: random.random(n) < 0.3 for name in STATUS}
        poor, income = random.random(households) < 0.5, random.integers(0, 1_200_000, households)
        return cls(house, born, status, in_scope, random.integers(1, 4, n), poor, income)


def theirs(rules: object, c: Crowd) -> dict[str, np.ndarray]:
    """Every answer by OpenFisca, in yuan."""
    builder = SimulationBuilder()
    builder.create_entities(rules)
    builder.declare_person_entity("person", np.arange(len(c.house)))
    homes = builder.declare_entity("household", np.arange(len(c.poor)))
    builder.join_with_persons(homes, c.house, np.repeat("member", len(c.house)))
    made = builder.build(rules)
    made.set_input("born", "ETERNITY", c.born)
    grades = Grade.encode(np.array([grade.name for grade in Grade])[c.grade - 1])
    told = {"in_scope": c.in_scope / 100, "hospital_grade": grades, "countable_income": c.income / 100}
    for name, value in {**c.status, **told, "registered_poor": c.poor}.items():
        made.set_input(name, "2017", value)
    return {name: made.calculate(name, period) for name, period in {**PERIODS, "dibao_due": "2017-06"}.items()}


def ours(zz: pr.Policy, c: Crowd) -> dict[str, list[int | None]]:
    """Every answer by the library, in fen: objects made, facts checked, computed. None: the text does not say."""
    program = zz.program((*zz.entitlements, "out_of_pocket"))
    out: dict[str, list[int | None]] = {name: [] for name in (*PERIODS, "dibao_due")}
    bills = (pr.Treatment(in_scope=a, hospital_grade=b) for a, b in zip(c.in_scope.tolist(), c.grade.tolist(), strict=True))
    people = zip(c.born.tolist(), bills, *(c.status[name].tolist() for name in STATUS), strict=True)
    for size, poor, income in zip(np.bincount(c.house).tolist(), c.poor.tolist(), c.income.tolist(), strict=True):
        some = [next(people) for _ in range(size)]
        persons = [pr.Person(born=b, treatments=(t,), **dict(zip(STATUS, told, strict=True))) for b, t, *told in some]
        wage = pr.Income(kind="wage", amount=income)
        root = zz.builder.tree(pr.Household(registered_poor=poor, incomes=[wage], persons=persons))
        program.run(root)
        out["dibao_due"].append(root["dibao_due"])
        for name in PERIODS:
            out[name] += [person[name] for person in root["persons"]]
    return out


def rows() -> Iterator[Row]:
    """One household; then 100,000 in parts, each part by the one and then by the other."""
    zz, random = pr.policy("zaozhuang-hitech", on=ON), np.random.default_rng(2017)
    rules, one = system(zz), Crowd.of(1, random)
    took = medians({"ours": lambda: ours(zz, one), "theirs": lambda: theirs(rules, one)})
    yield Row(f"one household of {len(one.house)}, from facts to figures", took["ours"] * 1e6, "µs")
    yield Row("  OpenFisca", took["theirs"] * 1e6, "µs", versus=f"{took['theirs'] / took['ours']:.1f} x the library")
    times, most, homes, wrong = [], 0, 0, dict.fromkeys((*PERIODS, "dibao_due"), 0)
    for _ in range(CHUNKS):
        c, exact, other = Crowd.of(HOUSEHOLDS // CHUNKS, random), {}, {}
        calls = (lambda to=exact, c=c: to.update(ours(zz, c)), lambda to=other, c=c: to.update(theirs(rules, c)))
        times.append([once(call) for call in calls])
        bad = np.zeros(len(c.poor), bool)
        for name in wrong:
            off = np.rint(other[name].astype(float) * 100) - np.array(exact[name], float)
            off = np.nan_to_num(np.abs(off))  # what the text does not say cannot be wrong
            wrong[name], most = wrong[name] + int((off >= 1).sum()), max(most, int(off.max()))
            bad |= np.bincount(np.arange(len(bad)) if name == "dibao_due" else c.house, off >= 1) > 0
        homes += int(bad.sum())
    a, b = (statistics.median(found) * CHUNKS for found in zip(*times, strict=True))
    yield Row(f"{HOUSEHOLDS:,} households, one after the other", a, "s")
    yield Row("  OpenFisca, as arrays", b, "s", versus=f"the library takes {a / b:.0f} x as long")
    yield Row("  OpenFisca: households with a wrong fen", homes / HOUSEHOLDS * 100, "%", versus=f"{most} fen off at most")
    for name in filter(wrong.get, wrong):
        yield Row(f"    wrong {name}", f"{wrong[name]:,}")
