"""The library of claims and the cliffs, on the shipped packs: what is broken is put through the ordinary calculators."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import yuan
from povertyrules.uses.prove.claims import LIBRARY
from povertyrules.uses.prove.rows import Rows

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
LATE = pr.policy("zaozhuang-hitech", on="2018-06-30")
QUICK = [kind for kind in LIBRARY if kind != "readings-apart"]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return LATE.claims(only=QUICK)


def test_what_is_to_hold_of_money_holds(rows):
    for kind in ("not-negative", "within-bill", "bill-grows", "poorer-no-less", "no-jump"):
        found = rows.named(kind)
        assert found, kind
        said = [row for row in found if row.mark.en != "silent"]
        assert said, kind
        assert all(isinstance(row.outcome, pr.Proved) for row in said), [str(row) for row in said]


def test_nothing_is_left_open(rows):
    assert not rows.open


def test_each_counterexample_replays_and_each_gap_is_one_for_the_calculators(rows):
    broken = rows.of(pr.Counterexample)
    assert {"poor-no-less", "no-gap"} <= {row.name for row in broken}
    for row in broken:
        assert row.outcome.replay() == row.outcome.values
    for row in broken:
        if row.name == "no-gap":
            (name,) = next(iter(row.outcome.values.values()))
            assert LATE.evaluate((name,), row.outcome.facts).status(name) not in ("amount", "not eligible"), name


def test_the_gaps_are_those_of_the_text(rows):
    gaps = {row.subject.en for row in rows.named("no-gap") if isinstance(row.outcome, pr.Counterexample)}
    # no amount for recipients of a hundred, none between the printed tiers, none in an institution, no length of gradual exit
    assert {
        "old-age allowance of dibao recipients",
        "contribution subsidy",
        "support of orphans",
        "dibao during gradual exit",
    } <= gaps
    assert "longevity allowance" not in gaps


def test_readings_lie_apart_by_what_the_register_says():
    rows = ZZ.claims(only=["readings-apart"])
    most = {(row.subject.en, row.claim.en): row.outcome for row in rows.of(pr.Most)}
    assert len(most) > 30
    assert all(found.value > 0 for found in most.values())
    rounding = [found for (_, said), found in most.items() if "rounding.mode" in said]
    assert rounding
    # half up and down differ by a fen, but where somebody's household comes to have a payment of a fen or none
    assert sorted(found.value for found in rounding)[0] == 1
    orphans = most["support of children in difficulty", "how much more under children.orphan_stacking = adds"]
    assert (orphans.value, orphans.exact) == (yuan(300), True)


test_readings_lie_apart_by_what_the_register_says = pytest.mark.long(test_readings_lie_apart_by_what_the_register_says)


def test_an_age_at_which_one_allowance_ends_and_another_makes_good():
    rows = ZZ.cliffs(only=["cliff"])
    (old,) = (row for row in rows.of(pr.Most) if row.subject.en == "old-age allowance")
    assert old.outcome.value == yuan(60)
    assert old.outcome.example.facts["age"] == 99
    ages = (99, 100)
    paid = [ZZ.elderly.allowances(age=age, receives_dibao=False, unable_to_care=False) for age in ages]
    assert [one.old_age.figure for one in paid] == [yuan(60), 0]
    assert paid[1].total.figure > paid[0].total.figure


def test_a_family_that_earns_a_fen_less_loses_the_dibao_of_its_disabled_member():
    rows = ZZ.cliffs(only=["cliff-in-all"])
    (lost,) = (row.outcome for row in rows.of(pr.Most) if "one fen less of income countable" in row.claim.en)
    assert lost.exact
    income = lost.example.facts["countable_income"]
    told = {name: lost.example.facts[name] for name in ("members", "own_income", "disability_grade")}
    more, less = (ZZ.dibao.single_person(countable_income=income - step, **told).monthly.figure for step in (0, 1))
    top_ups = [ZZ.dibao.top_up(countable_income=income - step, members=told["members"]).monthly.figure for step in (0, 1)]
    assert (more + top_ups[0]) - (less + top_ups[1]) == lost.value
    assert less == 0 < top_ups[1] <= 1


def test_a_house_of_grade_c_that_is_rebuilt_loses_the_subsidy():
    rows = LATE.cliffs(only=["dominated"])
    lost = {row.claim.en: row.outcome.value for row in rows.of(pr.Most)}
    assert [value for said, value in lost.items() if "grade C" in said and "rebuilding loses" in said] == [yuan(8_000)]
    facts = {"registered_poor": True, "house_grade": "C", "grade_confirmed": True, "willing": True, "cash_cost": yuan(10_000)}
    paid = [LATE.evaluate(("housing_subsidy",), facts | {"method": how}).amount("housing_subsidy").figure for how in (1, 2)]
    assert sorted(paid) == [0, yuan(8_000)]


def test_a_kind_of_claim_that_there_is_not_is_refused():
    with pytest.raises(pr.UnknownName, match="bill-grows"):
        ZZ.claims(only=["bill-grow"])


def test_rows_are_told_in_both_languages(rows):
    assert rows.text().startswith("zaozhuang-hitech 2018-06-30\nsilent: national poverty line")
    assert "\nholds: left to the patient: never falls" in rows.text()
    assert "成立: " in rows.text("zh")
    assert rows._repr_html_().count("<tr>") == len(rows)
    assert "broken" in repr(rows)


@pytest.mark.long
@pytest.mark.parametrize("name", list(pr.policies().values()))
@pytest.mark.parametrize("on", ["2015-12-31", "2017-06-30", "2018-06-30"])
def test_every_pack_is_held_to_the_library(name, on):
    found = pr.policy(name, on=on).claims(only=QUICK)
    assert not found.open
    for row in found.of(pr.Counterexample):
        assert row.outcome.replay() == row.outcome.values
        assert row.name in ("poor-no-less", "no-gap")
