"""What the calls cost: compiled quantities, public calculators, a household, explanations, loading a policy."""

import functools
import statistics
from collections.abc import Iterator

from timing import ROUNDS, Row, medians, once

import povertyrules as pr
from povertyrules.core.entity import describe
from povertyrules.core.facts import Sort
from povertyrules.registry import builtin

NAME, ON = "zaozhuang-hitech", "2017-06-30"
BORN = ("1932-05-01", "1960-05-01", "1985-05-01", "2010-05-01")
ON_BILLS = {"in_scope", "hospital_grade", "stay_remainder"}


def home() -> pr.Household:
    """Four persons, two sources of income, two bills."""
    incomes = [pr.Income(kind=kind, amount=pr.yuan(amount)) for kind, amount in (("wage", 4000), ("pension", 1200))]
    told = {"receives_dibao": True, "extremely_poor": False, "unable_to_care": True}
    bills = [[pr.Treatment(in_scope=pr.yuan(cost), hospital_grade=3)] if cost else [] for cost in (68_000, 0, 3_000, 0)]
    persons = [pr.Person(born=born, treatments=bill, **told) for born, bill in zip(BORN, bills, strict=True)]
    return pr.Household(registered_poor=True, incomes=incomes, persons=persons)


MEASURED = {"medical.basic", "medical.critical_illness", "medical.assistance", "dibao.support", "income.counting"}
MEASURED |= {"elderly.old_age", "elderly.longevity", "elderly.dibao_old_age", "elderly.care"}
"""The sections whose quantities of a person are timed: the rules of the trials that the budget comes from."""


def rows() -> Iterator[Row]:
    """All rows, from the smallest call to the largest."""
    zz, one = pr.policy(NAME, on=ON), home()
    yield from compiled(zz)
    yield from calculators(zz)
    took = medians({"before": lambda: zz.assess(one), "record": lambda: zz.assess(one).record})
    yield Row("assess, four persons, before explanation", took["before"] * 1e6, "µs", 300)
    yield Row("  assess, with every line and reason written", took["record"] * 1e6, "µs")
    yield from bounded(zz)
    yield from loading(one)


def compiled(zz: pr.Policy) -> Iterator[Row]:
    """All that is a person's; and, where plain Python needs no loop over bills, the rules called one by one."""
    found = {n: q for n, q in zz.plan.quantities.items() if q.rule and q.entity == "Person" and q.section}
    quantities = {n: q for n, q in found.items() if q.section.path in MEASURED}
    root = zz.builder.tree(home())
    person = root["persons"][0]
    person["support_mode"] = 1
    whole = zz.program(quantities)
    whole.run(person)
    bills = {n for n, q in quantities.items() if ON_BILLS & {*q.rule.arguments}}
    above, values = zz.program(quantities.keys() - bills, bills), {**root, **person}
    order = [quantities[n] for n in zz.plan.order(above.targets, bills) if n in above.targets]
    steps = [(q.name, getattr(q.section.model, q.name), q.rule.arguments) for q in order]

    def by_hand() -> None:
        for name, rule, arguments in steps:
            values[name] = rule(*[values[a] for a in arguments])

    by_hand()
    assert all(values[n] == person[n] for n in above.targets), "compiled and plain differ"
    calls = {"whole": lambda: whole.run(person), "above": lambda: above.run(person), "plain": by_hand}
    took = {name: seconds * 1e6 for name, seconds in medians(calls).items()}
    yield Row(f"compiled: {len(quantities)} quantities of a person with a bill", took["whole"], "µs", 2)
    yield Row(f"  the {len(steps)} of them above the bills", took["above"], "µs")
    versus = f"{took['plain'] / took['above']:.0f} x compiled"
    yield Row(f"  the same {len(steps)} rules one by one, plain Python", took["plain"], "µs", versus=versus)


def calculators(zz: pr.Policy) -> Iterator[Row]:
    """Public calls, and with their results read."""
    status = {"registered_poor": True, "receives_dibao": True, "extremely_poor": False}

    def old() -> object:
        return zz.elderly.allowances(age=85, receives_dibao=True, unable_to_care=True)

    def bill() -> object:
        return zz.medical.settle(in_scope=pr.Fen(6_800_000), hospital_grade=3, **status)

    def whole() -> object:
        settled = bill()
        return [getattr(settled, field) for field in settled.fields()]

    calls = {
        "elderly.allowances, the call": old,
        "  allowances, and one amount read": lambda: old().dibao_old_age,
        "  allowances, and the total of four read": lambda: old().total,
        "medical.settle, the call": bill,
        "  settle, and one amount read": lambda: bill().basic,
        "  settle, and all five read, two of them ranges": whole,
        "  settle, and explained": lambda: bill().explain("zh"),
    }
    for name, seconds in medians(calls).items():
        yield Row(name, seconds * 1e6, "µs", None if "explained" in name else 10)


def filled(kind: type, **own: object) -> object:
    """An entity of which every fact and every list is told: "no", the first category, nothing."""
    shape, values = describe(kind), dict[str, object]()
    for name, fact in shape.facts.items():
        if fact.sort not in (Sort.TEXT, Sort.IDENTITY, Sort.KINDS) and name not in ("on", "income_from", "income_to"):
            low = fact.codes[0] if fact.kinds is None else min(fact.kinds)
            values[name] = False if fact.sort is Sort.YES_NO else "1980-01-01" if fact.sort is Sort.DATE else low
    return kind(**{**values, **dict.fromkeys(shape.children, ()), **own})


def bounded(zz: pr.Policy) -> Iterator[Row]:
    """The bounds of a household of four of which three facts are not told: with few values each, and with a date and a bill."""
    bill, income = filled(pr.Treatment, in_scope=None, hospital_grade=3), filled(pr.Income, amount=pr.yuan(5200))
    few = [{"receives_dibao": None}, {"disability_grade": None}, {"unable_to_care": None}, {}]
    many = [{"born": None}, {"treatments": [bill]}, {"disability_grade": None}, {}]
    names = ("bounds of four persons, three facts of few values", "bounds of four persons, a date, a bill and a grade")
    calls = {}
    for name, facts in zip(names, (few, many), strict=True):
        persons = [filled(pr.Person, **{"born": born, **own}) for born, own in zip(BORN, facts, strict=True)]
        calls[name] = functools.partial(zz.bounds, filled(pr.Household, persons=persons, incomes=[income], registered_poor=True))
        assert {q.path for q in calls[name]().questions()}, "nothing is open"
    for name, seconds in medians(calls).items():
        yield Row(name, seconds * 1e3, "ms", 5)


def loading(one: pr.Household) -> Iterator[Row]:
    """A policy from its files, from memory, and its first answer."""
    samples = []
    for _ in range(ROUNDS):
        builtin.cache_clear()
        cold, warm = (once(lambda: pr.policy(NAME, on=ON)) for _ in range(2))
        samples.append((cold, warm, once(lambda: pr.policy(NAME, on=ON).assess(one))))
    names = ("policy, packs read and checked", "  packs in memory", "  its first assess: traced, wired, compiled")
    for name, found in zip(names, zip(*samples, strict=True), strict=True):
        yield Row(name, statistics.median(found) * 1e3, "ms")
