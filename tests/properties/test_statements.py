"""Properties of statements over random households, known and unknown facts mixed: persons, houses, plots, deaths, income."""

import datetime
import json
from collections import Counter
from functools import cache

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.declared import yes_no_facts

import povertyrules as pr
from povertyrules import Fen, Household, Income, Person, Statement, Treatment

quick = settings(max_examples=40, deadline=None, database=None)
maybe = st.sampled_from((None, True, False))
money = st.integers(0, 300_000_000).map(Fen)
small = st.integers(0, 5_000_000).map(Fen)
treatments = st.builds(
    Treatment,
    in_scope=st.none() | money,
    hospital_grade=st.sampled_from((None, 1, 2, 3)),
    admitted=st.none(),
)


def codes(*members: int) -> st.SearchStrategy[int | None]:
    """A category that may be untold."""
    return st.sampled_from((None, *members))


YES_NO_OF_PERSONS = yes_no_facts(Person)
YES_NO_OF_HOUSEHOLDS = yes_no_facts(Household)
persons = st.builds(
    Person,
    name=st.none() | st.text(max_size=6),
    born=st.none() | st.dates(datetime.date(1895, 1, 1), datetime.date(2017, 6, 30)),
    support_mode=codes(1, 2),
    commercial_owed=st.none() | money,
    treatments=st.none() | st.lists(treatments, max_size=2),
    sex=codes(1, 2),
    own_income=st.none() | small,
    disability_grade=codes(0, 1, 2, 3, 4),
    supporter=codes(0, 1, 2),
    rehab_need=codes(0, 1, 4),
    school_stage=codes(*range(9)),
    loan_interest=st.none() | small,
    pension_contribution=st.none() | st.sampled_from((0, 30_000, 40_000, 50_000)).map(Fen),
    child_kind=codes(*range(6)),
    **dict.fromkeys(YES_NO_OF_PERSONS, maybe),
)
dwellings = st.builds(
    pr.Dwelling,
    name=st.none() | st.text(max_size=6),
    house_grade=codes(1, 2, 3, 4),
    grade_confirmed=maybe,
    willing=maybe,
    reinforceable=maybe,
    method=codes(1, 2),
    cash_cost=st.none() | small,
)
plots = st.builds(
    pr.Plot,
    plot_area=st.none() | st.integers(0, 10_000).map(pr.Measure),
    forest_kind=codes(*range(1, 7)),
    land_kind=codes(1, 4),
    planting=codes(1, 2),
)
deaths = st.builds(pr.Death, drew_pension=maybe, pension_insured=maybe)
incomes = st.builds(Income, kind=st.sampled_from((None, *pr.IncomeKind)), amount=st.none() | money)
households = st.builds(
    Household,
    name=st.none() | st.text(max_size=6),
    incomes=st.none() | st.lists(incomes, max_size=4),
    persons=st.none() | st.lists(persons, min_size=1, max_size=6),
    dwellings=st.none() | st.lists(dwellings, max_size=2),
    plots=st.none() | st.lists(plots, max_size=3),
    deaths=st.none() | st.lists(deaths, max_size=2),
    poverty_cause=codes(1, 2, 12),
    ranger_zone=codes(0, 1),
    relief_cause=codes(*range(5)),
    relief_months=st.none() | st.integers(1, 12),
    dibao_before=st.none() | small,
    months_over_line=st.none() | st.integers(0, 24),
    exited_on=st.none() | st.dates(datetime.date(2016, 1, 1), datetime.date(2017, 6, 30)),
    **dict.fromkeys(YES_NO_OF_HOUSEHOLDS, maybe),
)
days = st.sampled_from(("2017-06-30", "2018-06-30"))
untolds = st.sampled_from(("unknown", "absent"))


@cache
def policy(day: str = "2017-06-30") -> pr.Policy:
    return pr.policy("zaozhuang-hitech", on=day)


def nameless(home: Household) -> Household:
    """The household without names, so that lines of one and the same household can be set side by side."""
    lists = {
        field: found and [attrs.evolve(one, name=None) for one in found]
        for field in ("persons", "dwellings")
        if (found := getattr(home, field)) is not None
    }
    return attrs.evolve(home, name=None, **lists)


@quick
@given(home=households, untold=untolds, day=days)
def test_totals_are_the_sums_of_the_counted_lines_of_their_period(home: Household, untold: str, day: str) -> None:
    statement = policy(day).assess(home, untold=untold)
    owed = [line.amount for line in statement.lines if line.amount is not None and line.counts]
    unstated = {reason.per for reason in statement.undecided if reason.status == "unstated" and reason.per}
    assert set(statement.totals) == {amount.per for amount in owed} | unstated
    for per, total in statement.totals.items():
        amounts = [amount for amount in owed if amount.per == per]
        assert total.figure == sum(one.figure for one in amounts)
        assert total.low == sum(one.low for one in amounts if one.low is not None)
        highs = [one.high for one in amounts]
        is_open = None in highs or per in unstated  # what the text does not state leaves its period open above
        assert total.high == (None if is_open else sum(high for high in highs if high is not None))


@quick
@given(home=households, untold=untolds, day=days)
def test_a_statement_survives_json(home: Household, untold: str, day: str) -> None:
    statement = policy(day).assess(home, untold=untold)
    assert Statement.from_dict(statement.to_dict()) == statement
    again = Statement.from_dict(json.loads(json.dumps(statement.to_dict(), ensure_ascii=False)))
    assert again == statement
    assert again.record == statement.record
    assert again.totals == statement.totals
    assert [again.text(lang) for lang in ("zh", "en")] == [statement.text(lang) for lang in ("zh", "en")]


@quick
@given(home=households, untold=untolds)
def test_no_line_is_less_than_nothing_and_each_rests_on_a_provision(home: Household, untold: str) -> None:
    for line in policy().assess(home, untold=untold).lines:
        assert line.provisions
        if line.amount is not None:
            assert line.amount.low is not None
            assert 0 <= line.amount.low <= line.amount.figure
            assert line.amount.high is None or line.amount.figure <= line.amount.high


@quick
@given(home=households, untold=untolds, day=days)
def test_there_is_one_answer_for_each_entitlement_and_entity(home: Household, untold: str, day: str) -> None:
    under = policy(day)
    statement = under.assess(home, untold=untold)
    answers = [(one.who, one.name) for one in (*statement.lines, *statement.refused, *statement.undecided, *statement.absent)]
    assert not [answer for answer, times in Counter(answers).items() if times > 1]
    owed_to = Counter(under.plan.quantities[name].entity for name in under.entitlements)
    # one for the household; of a list that nobody told of, each entitlement is undecided once; of a told one, once for each
    how_many = {"Household": 1}
    for field, kind in (("persons", "Person"), ("dwellings", "Dwelling"), ("plots", "Plot"), ("deaths", "Death")):
        listed = getattr(home, field)
        how_many[kind] = 1 if listed is None else len(listed)
    expected = sum(times * how_many[kind] for kind, times in owed_to.items())
    assert len(answers) - len(statement.absent) == expected
    absent = {reason.name for reason in statement.absent}
    assert not absent & set(under.entitlements)
    assert absent | set(under.entitlements) <= set(under.entitled)


@quick
@given(home=households)
def test_taking_untold_statuses_as_no_leaves_what_was_said_and_decides_more(home: Household) -> None:
    home = nameless(home)
    before, after = policy().assess(home), policy().assess(home, untold="absent")
    assert len(after.undecided) <= len(before.undecided)
    said = {(line.who, line.name): line.amount for line in after.lines}
    for line in before.lines:
        told = said[line.who, line.name]
        assert (told and (told.figure, told.low, told.high)) == (
            line.amount and (line.amount.figure, line.amount.low, line.amount.high)
        )
    refused = {(reason.who, reason.name) for reason in after.refused}
    assert {(reason.who, reason.name) for reason in before.refused} <= refused


@quick
@given(home=households, day=days)
def test_with_untold_statuses_taken_as_no_nothing_is_undecided_for_a_status(home: Household, day: str) -> None:
    statement = policy(day).assess(home, untold="absent")
    for reason in statement.undecided:
        told = reason.reason.en.removeprefix("not told: ") if reason.reason.en.startswith("not told: ") else ""
        names = {part.split(" ")[0] for part in told.split(", ") if part}
        assert not names & {*YES_NO_OF_PERSONS, *YES_NO_OF_HOUSEHOLDS}, reason
        assert not names & {"grade_confirmed", "willing", "reinforceable", "drew_pension", "pension_insured"}, reason
