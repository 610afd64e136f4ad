"""Properties of statements over random households, known and unknown facts mixed."""

import datetime
import json
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules import Fen, Household, Income, Person, Statement, Treatment

quick = settings(max_examples=60, deadline=None, database=None)
maybe = st.sampled_from((None, True, False))
money = st.integers(0, 300_000_000).map(Fen)
treatments = st.builds(
    Treatment,
    in_scope=st.none() | money,
    hospital_grade=st.sampled_from((None, 1, 2, 3)),
    admitted=st.none(),
)
persons = st.builds(
    Person,
    name=st.none() | st.text(max_size=6),
    born=st.none() | st.dates(datetime.date(1895, 1, 1), datetime.date(2017, 6, 30)),
    receives_dibao=maybe,
    extremely_poor=maybe,
    support_mode=st.sampled_from((None, 1, 2)),
    unable_to_care=maybe,
    commercial_owed=st.none() | money,
    treatments=st.none() | st.lists(treatments, max_size=3),
)
incomes = st.builds(Income, kind=st.sampled_from((None, *pr.IncomeKind)), amount=st.none() | money)
households = st.builds(
    Household,
    name=st.none() | st.text(max_size=6),
    registered_poor=maybe,
    incomes=st.none() | st.lists(incomes, max_size=4),
    persons=st.none() | st.lists(persons, min_size=1, max_size=4),
)


@cache
def policy() -> pr.Policy:
    return pr.policy("zaozhuang-hitech", on="2017-06-30")


@quick
@given(home=households, untold=st.sampled_from(("unknown", "absent")))
def test_totals_are_the_sums_of_the_lines_of_their_period(home: Household, untold: str) -> None:
    statement = policy().assess(home, untold=untold)
    assert set(statement.totals) == {line.amount.per for line in statement.lines}
    for per, total in statement.totals.items():
        amounts = [line.amount for line in statement.lines if line.amount.per == per]
        assert total.figure == sum(one.figure for one in amounts)
        assert total.low == sum(one.low for one in amounts if one.low is not None)
        highs = [one.high for one in amounts]
        assert total.high == (None if None in highs else sum(high for high in highs if high is not None))


@quick
@given(home=households, untold=st.sampled_from(("unknown", "absent")))
def test_a_statement_survives_json(home: Household, untold: str) -> None:
    statement = policy().assess(home, untold=untold)
    again = Statement.from_dict(json.loads(json.dumps(statement.to_dict(), ensure_ascii=False)))
    assert again == statement
    assert (again.lines, again.refused, again.undecided) == (statement.lines, statement.refused, statement.undecided)
    assert [again.text(lang) for lang in ("zh", "en")] == [statement.text(lang) for lang in ("zh", "en")]


@quick
@given(home=households)
def test_no_line_is_less_than_nothing_and_everyone_has_one_answer_for_each_entitlement(home: Household) -> None:
    statement = policy().assess(home)
    for line in statement.lines:
        assert line.amount.low is not None
        assert 0 <= line.amount.low <= line.amount.figure
        assert line.amount.high is None or line.amount.figure <= line.amount.high
        assert line.provisions
    answers = len(statement.lines) + len(statement.refused) + len(statement.undecided)
    assert answers == 1 + 9 * len(home.persons or ())  # dibao, and nine entitlements of each person


@quick
@given(home=households)
def test_telling_untold_statuses_leaves_what_was_said_and_decides_more(home: Household) -> None:
    before, after = policy().assess(home), policy().assess(home, untold="absent")
    assert len(after.undecided) <= len(before.undecided)
    if home.name is None and not any(person.name for person in home.persons or ()):
        said = {(line.who, line.name): line.amount for line in after.lines}
        for line in before.lines:
            assert said[line.who, line.name].figure == line.amount.figure
