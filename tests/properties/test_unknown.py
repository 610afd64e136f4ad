"""What unknown means: a figure that is given with some facts left out is the figure whatever those facts turn out to be."""

import datetime
from collections.abc import Mapping
from functools import cache

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.declared import yes_no_facts

import povertyrules as pr
from povertyrules import Death, Dwelling, Fen, Household, Income, Person, Plot, Treatment
from povertyrules.case import Case

yes = st.booleans()
small = st.sampled_from((0, 30_000, 50_000, 120_000)).map(Fen) | st.integers(0, 3_000_000).map(Fen)
PERSON = {
    **dict.fromkeys(yes_no_facts(Person), yes),
    "born": st.dates(datetime.date(1910, 1, 1), datetime.date(2017, 6, 30)),
    "support_mode": st.integers(1, 2),
    "sex": st.integers(1, 2),
    "own_income": small,
    "disability_grade": st.integers(0, 4),
    "supporter": st.integers(0, 2),
    "rehab_need": st.integers(0, 6),
    "school_stage": st.integers(0, 8),
    "loan_interest": small,
    "pension_contribution": small,
    "children_pay": small,
    "child_kind": st.integers(0, 5),
}
DWELLING = {
    **dict.fromkeys(("grade_confirmed", "willing", "reinforceable"), yes),
    "house_grade": st.integers(1, 4),
    "method": st.integers(1, 2),
    "cash_cost": small,
    "own_labour": small,
}
PLOT = {
    "plot_area": st.integers(0, 400).map(pr.Measure),
    "forest_kind": st.integers(1, 6),
    "land_kind": st.integers(1, 4),
    "planting": st.integers(1, 3),
    "subsidy_years": st.integers(1, 5),
}
DEATH = dict.fromkeys(yes_no_facts(Death), yes)
INCOME = {"kind": st.sampled_from([int(kind) for kind in pr.IncomeKind]), "amount": small}
TREATMENT = {"in_scope": small, "hospital_grade": st.integers(1, 3)}
HOUSEHOLD = {
    **dict.fromkeys(yes_no_facts(Household), yes),
    "poverty_cause": st.sampled_from((1, 2, 12)),
    "ranger_zone": st.integers(0, 3),
    "relief_cause": st.integers(0, 4),
    "relief_months": st.integers(1, 9),
    "relief_days": st.integers(1, 300),
    "dibao_before": small,
    "months_over_line": st.integers(0, 20),
    "exited_on": st.dates(datetime.date(2016, 1, 1), datetime.date(2017, 6, 30)),
}
Facts = Mapping[str, st.SearchStrategy[object]]
Readings = tuple[tuple[str, str], ...]


def whole(kind: type, facts: Facts, **lists: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """An entity of which every fact is told."""
    return st.builds(kind, **facts, **lists)


# left out, this one is nothing by its declaration; so it is always told here
people = whole(Person, PERSON, commercial_owed=small, treatments=st.lists(whole(Treatment, TREATMENT), max_size=2))
LISTS = {
    "persons": st.lists(people, min_size=1, max_size=3),
    "dwellings": st.lists(whole(Dwelling, DWELLING), max_size=2),
    "plots": st.lists(whole(Plot, PLOT), max_size=2),
    "deaths": st.lists(whole(Death, DEATH), max_size=2),
    "incomes": st.lists(whole(Income, INCOME), max_size=3),
}
homes = st.builds(Household, **HOUSEHOLD, **LISTS)
FACTS: dict[type, Facts] = {
    Household: HOUSEHOLD | LISTS,
    Person: PERSON | {"treatments": st.lists(whole(Treatment, TREATMENT), max_size=2)},
    Dwelling: DWELLING,
    Plot: PLOT,
    Death: DEATH,
    Income: INCOME,
    Treatment: TREATMENT,
}
READINGS = [
    (),
    (("education.disabled_family", "both"), ("education.yulu_with_grant", "larger"), ("relief.time_unit", "days")),
    (("disability.both_subsidies", "larger"), ("housing.floor_or_cost", "floor"), ("forestry.minimum_area", "applicant")),
    (("pension.tier_gap", "next_lower"), ("housing.grade_d_rebuilt", "repair_rate"), ("children.orphan_stacking", "adds")),
]


@cache
def policy(readings: Readings = ()) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2018-06-30")
    for name, choice in readings:
        made = made.reading(name, choice)
    return made.local(
        {"pension.paid_premium.lowest_tier": "100", "dibao.gradual_exit.months": 6, "medical.premium_help.poor_share": "40 %"},
        source="notice",
    )


def forget(draw: st.DrawFn, one: object, share: int) -> object:
    """The same entity with some of its facts, and of what it holds, left out."""
    out: dict[str, object] = {}
    for name in FACTS[type(one)]:
        value = getattr(one, name)
        if draw(st.integers(0, 99)) < share:
            out[name] = None
        elif isinstance(value, tuple):
            out[name] = tuple(forget(draw, each, share) for each in value)
    return attrs.evolve(one, **out)  # type: ignore[type-var]


def complete(draw: st.DrawFn, one: object) -> object:
    """The same entity with something told for every fact that was left out."""
    out: dict[str, object] = {}
    for name, values in FACTS[type(one)].items():
        value = getattr(one, name)
        if value is None:
            out[name] = draw(values)
        elif isinstance(value, tuple):
            out[name] = tuple(complete(draw, each) for each in value)
    return attrs.evolve(one, **out)  # type: ignore[type-var]


@st.composite
def with_gaps(draw: st.DrawFn) -> tuple[Household, list[Household]]:
    """A household with facts left out, and two that it may be."""
    full = draw(homes)
    partly = forget(draw, full, draw(st.sampled_from((4, 12, 40))))
    return partly, [full, complete(draw, partly)]  # type: ignore[return-value, list-item]


Answer = tuple[str, tuple[int, int | None, int | None] | None]


def answers(statement: pr.Statement) -> dict[tuple[str, str], Answer]:
    """What is said for each entity and entitlement: due with its ends, refused, or not to be said."""
    out: dict[tuple[str, str], Answer] = {}
    for line in statement.lines:
        out[line.who, line.name] = "due", line.amount and (line.amount.figure, line.amount.low, line.amount.high)
    out |= {(one.who, one.name): ("refused", None) for one in statement.refused}
    return out | {(one.who, one.name): (one.status, None) for one in statement.undecided}


under_readings = pytest.mark.parametrize("readings", READINGS, ids=lambda r: r[0][1] if r else "defaults")


def holds(under: pr.Policy, partly: Household, wholes: list[Household]) -> None:
    said = answers(under.assess(partly))
    for one in wholes:
        told = answers(under.assess(one))
        assert "unknown" not in {status for status, _ in told.values()}
        for at, (status, ends) in said.items():
            if status in ("due", "refused"):
                assert told[at] == (status, ends), at


@under_readings
@settings(max_examples=20, deadline=None, database=None)
@given(case=with_gaps())
def test_what_a_statement_says_with_facts_left_out_holds_for_every_completion(
    readings: Readings, case: tuple[Household, list[Household]]
) -> None:
    holds(policy(readings), *case)


@pytest.mark.long
@under_readings
@settings(max_examples=400, deadline=None, database=None)
@given(case=with_gaps())
def test_what_many_statements_say_with_facts_left_out_holds_for_every_completion(
    readings: Readings, case: tuple[Household, list[Household]]
) -> None:
    holds(policy(readings), *case)


AREA = st.integers(0, 12_000).map(pr.Measure)
FLAT: dict[str, tuple[Facts, Facts]] = {  # what may be left out, and what is always told
    "Person": (
        PERSON | HOUSEHOLD | {"tuition": small},
        {"members": st.integers(1, 6), "countable_income": small, "commercial_owed": small},
    ),
    "Dwelling": (
        DWELLING
        | dict.fromkeys(("registered_poor", "local_danger", "whole_danger"), yes)
        | dict.fromkeys(("floor_area", "auxiliary_area"), AREA)
        | dict.fromkeys(("funding_need", "renovation_funds", "district_funds", "street_funds"), small),
        {"members": st.integers(1, 6)},
    ),
    "Plot": (PLOT, {"planted_area": AREA}),
    "Death": (DEATH, {}),
    "Household": (HOUSEHOLD, {"members": st.integers(1, 6), "countable_income": small, "register_net_income": small}),
}


@st.composite
def flat_cases(draw: st.DrawFn, entity: str) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Facts of which some are left out, and two completions of them."""
    may_lack, always = FLAT[entity]
    fixed = draw(st.fixed_dictionaries(dict(always)))
    full, other = (draw(st.fixed_dictionaries(dict(may_lack))) for _ in range(2))
    lacking = draw(st.sets(st.sampled_from(sorted(may_lack)), max_size=draw(st.sampled_from((1, 3, 40)))))
    partly = fixed | {name: value for name, value in full.items() if name not in lacking}
    return partly, [fixed | full, partly | {name: other[name] for name in lacking}]


def figures(case: Case, names: tuple[str, ...]) -> dict[str, object]:
    """The figure of each quantity that has one, money with its ends."""
    money = {name for name in names if case.setting.plan.quantities[name].sort == "money"}
    out: dict[str, object] = {}
    for name in names:
        if case.value(name) is not None:
            amount = case.amount(name) if name in money else None
            out[name] = (amount.figure, amount.low, amount.high, amount.per) if amount else case.value(name)
    return out


@under_readings
@pytest.mark.parametrize("entity", FLAT)
@settings(max_examples=60, deadline=None, database=None)
@given(data=st.data())
def test_each_figure_of_a_calculation_with_facts_left_out_is_that_of_every_completion(
    entity: str, readings: Readings, data: st.DataObject
) -> None:
    under = policy(readings)
    names = tuple(name for name, q in under.plan.quantities.items() if q.entity == entity and "__" not in name)
    partly, wholes = data.draw(flat_cases(entity))
    given_now = figures(under.evaluate(names, partly), names)
    for facts in wholes:
        assert given_now.items() <= figures(under.evaluate(names, facts), names).items()
