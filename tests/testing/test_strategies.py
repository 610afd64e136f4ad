"""What strategies draw is accepted by entities and by the policy, hits the edges, and shrinks to what matters."""

import datetime
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from fictional.policies import kingdom
from fictional.world import Farm, Villager
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules.core.entity import describe
from povertyrules.core.errors import InputError, RangeError, SortError, UnknownName
from povertyrules.entities import WORLD
from povertyrules.nodes import UNREAD
from povertyrules.policy import Policy
from povertyrules.testing import strategies as s
from povertyrules.testing.tables import ENGINES

ON = datetime.date(2017, 6, 30)
ZZ = pr.policy("zaozhuang-hitech", on=ON)
LATE = pr.policy("zaozhuang-hitech", on="2018-03-31")
CALM = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}
quick = settings(max_examples=60, **CALM)


def drawn(strategy: st.SearchStrategy[Any], many: int = 400) -> list[Any]:
    """What a test would draw, without shrinking; always the same."""
    out: list[Any] = []

    @settings(max_examples=many, phases=[Phase.generate], derandomize=True, **(CALM | {"database": None}))
    @given(strategy)
    def gather(one: object) -> None:
        out.append(one)

    gather()
    return out


@pytest.mark.parametrize("policy", [ZZ, LATE, kingdom()], ids=["2017", "2018", "kingdom"])
@pytest.mark.parametrize("unknown", [0.0, 0.15, 0.6])
def test_households_are_accepted(policy: Policy, unknown: float) -> None:
    """Their objects were made, and the policy takes them: their dates, periods and lists too."""
    program = policy.program(tuple(policy.plan.quantities))
    homes = drawn(s.households(policy, unknown=unknown), 150)
    for home in homes:
        program.run(policy.engine.tree(home))
    assert len({repr(home) for home in homes}) > 100


@pytest.mark.parametrize(
    "kind", [entity.cls for entity in (*WORLD.entities.values(), describe(Villager))], ids=lambda c: c.__name__
)
def test_every_fact_of_every_class_is_drawn(kind: type) -> None:
    """With nothing unknown every fact is told, except the day, which is the policy's; each takes more than one value."""
    policy = kingdom() if kind is Villager else ZZ
    found = drawn(s.entities(policy, kind, unknown=0), 120)
    for name in describe(kind).facts:
        values = Counter(repr(getattr(one, name)) for one in found)
        assert len(values) > 1, name
        untold = values["None"]
        if name in ("income_from", "income_to"):  # neither, where twelve months would end past the last day there is
            assert untold < len(found) / 2
        else:
            assert untold == 0 or name == "on", name


def test_nothing_is_told_where_all_is_unknown() -> None:
    for person in drawn(s.persons(ZZ, unknown=1.0), 30):
        assert all(getattr(person, name) is None for name in describe(pr.Person).facts)


def test_a_share_is_unknown() -> None:
    people = drawn(s.persons(ZZ, unknown=0.3), 300)
    told = [getattr(person, name) is not None for person in people for name in describe(pr.Person).facts]
    assert 0.6 < sum(told) / len(told) < 0.8


def test_edges_are_hit() -> None:
    """Birthdays of 80, 90 and 100, and the days beside them; the first bill that leaves more than 6,000 yuan at grade 3."""
    people = drawn(s.persons(ZZ), 1500)
    births = {person.born for person in people}
    hit = 0
    for age in (80, 90, 100):
        reached = ON - relativedelta(years=age)
        hit += len({reached + datetime.timedelta(days=by) for by in (-1, 0, 1)} & births)
    assert hit >= 7
    bills = {bill.in_scope for bill in drawn(s.entities(ZZ, pr.Treatment), 1500)}
    assert len({1_333_332, 1_333_333, 1_333_334, 1_333_335} & bills) >= 2
    assert len(bills) > 500  # and much else


def test_not_every_value_is_an_edge() -> None:
    edges = set(s.edges(ZZ, ZZ.plan.facts["born"]))
    births = [person.born for person in drawn(s.persons(ZZ, unknown=0), 300)]
    assert 0.25 < sum(day in edges for day in births) / len(births) < 0.75


def test_lists_are_short_unknown_or_empty() -> None:
    homes = drawn(s.households(ZZ, most=2), 300)
    assert {None if home.persons is None else len(home.persons) for home in homes} == {None, 1, 2}
    assert {None if home.plots is None else len(home.plots) for home in homes} == {None, 0, 1, 2}
    long = drawn(s.households(ZZ, most=12), 400)
    assert 5 < max(len(home.persons or ()) for home in long) <= 12
    with pytest.raises(RangeError, match="0 to 30 entries"):
        s.households(ZZ, most=31)
    for home in drawn(s.households(ZZ, lists=True), 60):
        assert home.persons
        assert all(person.treatments is not None for person in home.persons)
        assert None not in (home.incomes, home.dwellings, home.plots, home.deaths)


def told(one: Any) -> set[str]:
    """The facts that are told anywhere in a tree."""
    shape = describe(type(one))
    own = {name for name in shape.facts if getattr(one, name) is not None}
    return own.union(*(told(below) for field in shape.children for below in getattr(one, field) or ()))


@pytest.mark.parametrize("seed", range(4))
def test_what_fails_shrinks_to_the_facts_that_matter(seed: int) -> None:
    """An old-age allowance needs the day of birth, and that dibao is not received; nothing else stays told."""
    program = ZZ.program(("old_age_allowance",))

    def owed(home: pr.Household) -> bool:
        root = ZZ.engine.tree(home)
        program.run(root)
        return any(person["old_age_allowance"] for person in root["persons"] or ())

    home = find(s.households(ZZ), owed, settings=settings(database=None, max_examples=5_000), random=random.Random(seed))
    assert told(home) == {"born", "receives_dibao"}


def readable(policy: Policy) -> list[str]:
    """Every fact that a rule could read, and every quantity."""
    facts = [name for name, fact in policy.plan.facts.items() if fact.sort not in UNREAD]
    return [*facts, *(name for name in policy.plan.quantities if "__" not in name)]


@pytest.mark.parametrize("policy", [ZZ, kingdom()], ids=["zz", "kingdom"])
@pytest.mark.parametrize("of", [s.fact, s.boundaries])
def test_facts_are_accepted(policy: Policy, of: Callable[[Policy, str], st.SearchStrategy[object]]) -> None:
    for name in readable(policy):
        entity = policy.builder.homes[name]
        targets = [one for one, q in policy.plan.quantities.items() if q.entity == entity and "__" not in one][:1]
        for value in drawn(of(policy, name), 8):
            policy.evaluate(tuple(targets), {name: value})


def test_texts_and_lists_of_kinds_are_drawn_too() -> None:
    for name in ("name", "id_number"):
        for value in drawn(s.fact(ZZ, name), 20):
            pr.Person(**{name: value})
    for value in (*drawn(s.fact(ZZ, "misuse"), 20), *drawn(s.boundaries(ZZ, "misuse"), 20)):
        pr.Dwelling(misuse=value)
    with pytest.raises(SortError, match="a text has no boundaries"):
        s.boundaries(ZZ, "id_number")


@quick
@given(s.facts(ZZ, "on", "born", "receives_dibao", unknown=0.5))
def test_facts_of_another_day_go_together(told: dict[str, object]) -> None:
    """Nobody is born after the day of the case."""
    ZZ.evaluate(("old_age_allowance",), told)


def test_no_facts_and_bad_shares_are_refused() -> None:
    with pytest.raises(InputError, match="the names of facts"):
        s.facts(ZZ)
    with pytest.raises(UnknownName):
        s.facts(ZZ, "agee")
    for unknown in (-0.1, 1.1):
        with pytest.raises(RangeError, match="a share from 0 to 1"):
            s.households(ZZ, unknown=unknown)
        with pytest.raises(RangeError, match="a share from 0 to 1"):
            s.facts(ZZ, "age", unknown=unknown)
    with pytest.raises(UnknownName, match="Farm"):
        s.entities(ZZ, Farm)


@quick
@given(s.treatment_sequences(ZZ))
def test_a_year_of_bills_is_settled(bills: list[pr.Treatment]) -> None:
    year = ZZ.medical.settle_year(bills, registered_poor=True, receives_dibao=False, extremely_poor=False)
    assert list(year.treatments) == bills  # by day already


def test_years_of_bills_have_dates_or_none() -> None:
    found = drawn(s.treatment_sequences(ZZ), 100)
    assert {bool(bill.admitted) for year in found for bill in year} == {True, False}
    assert {len(year) for year in found} >= {0, 1, 2, 3}
    assert all(bill.admitted is None for year in drawn(s.treatment_sequences(ZZ, dated=False), 20) for bill in year)


def test_policies_take_every_pack_their_days_and_readings() -> None:
    found = drawn(s.policies(), 60)
    assert {policy.name for policy in found} == set(pr.policies().values())
    assert len({policy.on for policy in found}) > 10
    chosen = Counter(
        name for policy in found for name, register in policy.registers.items() if policy.choice(name) != register.default
    )
    assert len(chosen) > 20


def test_policies_of_a_pack_of_ones_own() -> None:
    found = drawn(s.policies(kingdom()), 25)
    assert len({policy.on for policy in found}) > 5
    for policy in found:
        policy.program(policy.entitlements).run(policy.engine.tree(Farm(villagers=[Villager()])))
    stay = drawn(s.policies(kingdom(), days=False, readings=False), 5)
    assert {policy.on for policy in stay} == {kingdom().on}
    assert all(not policy.choices_made for policy in stay)


@pytest.mark.parametrize("engine", ENGINES)
def test_tables_are_assessed(engine: str) -> None:
    for tables in drawn(s.frames(ZZ, engine), 4):
        found = ZZ.assess_frames(**tables.frames, unit="fen")
        assert len(found.persons) == sum(len(home.persons) for home in tables.households)
        assert len(found.households) == len(tables.households)


def test_another_engine_is_refused() -> None:
    with pytest.raises(UnknownName, match="pandas"):
        find(s.frames(ZZ, "pandass"), lambda _: True)
    with pytest.raises(InputError, match="tables know no others"):
        find(s.frames(kingdom()), lambda _: True)


def test_a_failure_prints_what_was_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Only the facts told, as they could be written; a policy by its name."""

    @settings(max_examples=400, derandomize=True, print_blob=False, **CALM)
    @given(s.policies("zaozhuang-hitech", days=False, readings=False), s.persons(ZZ))
    def fails(policy: Policy, person: pr.Person) -> None:
        assert not person.receives_dibao

    with pytest.raises(AssertionError) as caught:
        fails()
    said = "\n".join(caught.value.__notes__)
    assert "person=Person(receives_dibao=True)" in said
    assert "policy=<Policy zaozhuang-hitech on " in said


def test_the_extra_is_named_where_it_is_missing() -> None:
    code = "import sys; sys.modules['hypothesis'] = None\nimport povertyrules.testing.snapshot, povertyrules.testing.strategies"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "strategies need hypothesis: pip install 'povertyrules[testing]'" in done.stderr.splitlines()[-1]


def test_what_is_drawn_is_what_is_told() -> None:
    """A household holds nothing that its declaration does not: it can be made again from its own fields."""
    for home in drawn(s.households(ZZ), 40):
        assert attrs.evolve(home) == home
