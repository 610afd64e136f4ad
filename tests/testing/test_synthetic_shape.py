"""What goes together in a synthetic county, as its docstring says."""

import collections
import datetime
from collections.abc import Sequence

import pytest
from dateutil.relativedelta import relativedelta
from testing.counties import OUTRIGHT, Row, as_household, as_person, as_rows, rows

import povertyrules as pr
from povertyrules.testing.synthetic import County, county

Homes = list[tuple[Row, list[Row]]]
ON = datetime.date(2017, 6, 30)
ZZ = pr.policy("zaozhuang-hitech", on=ON)


@pytest.fixture(scope="module")
def whole() -> County:
    """A county of which everything is known that there is to tell."""
    return county(12_000, seed=3, unknown=0)


@pytest.fixture(scope="module")
def homes(whole: County) -> Homes:
    """Its homes and who lives there, as plain values."""
    return rows(whole)


def years(one: Row) -> int:
    born = one["born"]
    assert isinstance(born, datetime.date)
    return relativedelta(ON, born).years


def test_homes_are_of_one_to_seven_in_one_to_three_generations(whole: County, homes: Homes) -> None:
    sizes = collections.Counter(len(people) for _, people in homes)
    assert sizes.keys() == set(range(1, 8))
    assert 2.5 < len(whole.persons["born"]) / len(whole.households["on"]) < 3.7
    apart = [relativedelta(people[-1]["born"], people[0]["born"]).years for _, people in homes if len(people) > 2]
    assert min(apart) >= 20  # the last of three is a child
    spread = [max(ages) - min(ages) for _, people in homes if len(people) > 2 for ages in [[years(one) for one in people]]]
    assert sum(gap >= 45 for gap in spread) > len(spread) / 10


def test_ids_say_who_lives_where(whole: County, homes: Homes) -> None:
    for home, people in homes[:500]:
        assert [one["person_id"] for one in people] == [f"{home['household_id']}-{i + 1}" for i in range(len(people))]
    assert len(set(whole.persons["person_id"].tolist())) == len(whole.persons["person_id"])


def test_schooling_follows_age(whole: County) -> None:
    ages = collections.defaultdict(set)
    for one in as_rows(whole.persons):
        ages[one["school_stage"]].add(years(one))
    assert (min(ages[1]), max(ages[1])) == (3, 5)
    assert (min(ages[2]), max(ages[2])) == (6, 11)
    assert (min(ages[3]), max(ages[3])) == (12, 17)
    assert all(15 <= min(ages[stage]) <= max(ages[stage]) <= 25 for stage in range(4, 9))
    assert max(ages[0]) > 95


def share(values: Sequence[bool]) -> float:
    return sum(values) / len(values)


def test_status_illness_and_disability_follow_a_low_income(homes: Homes) -> None:
    by_income = sorted(homes, key=lambda row: row[0]["register_net_income"] / len(row[1]))
    tenth = len(by_income) // 10
    low, high = by_income[:tenth], by_income[len(by_income) // 2 :]

    def times(name: str, among: tuple[object, ...] = (True,)) -> float:
        poor, others = ([one[name] in among for _, people in part for one in people] for part in (low, high))
        return share(poor) / share(others)

    assert share([home["registered_poor"] for home, _ in low]) > 20 * share([home["registered_poor"] for home, _ in high])
    assert times("receives_dibao") > 20
    assert times("disability_grade", (1, 2, 3, 4)) > 1.5
    assert times("seriously_ill") > 1.5
    assert times("cannot_pay_premium") > 5
    assert not any(one["extremely_poor"] for _, people in high for one in people)
    assert share([one["extremely_poor"] for _, people in low for one in people]) > 0.01


def test_the_extremely_poor_live_alone_without_work_livelihood_support_or_dibao(homes: Homes) -> None:
    found = [people for _, people in homes if any(one["extremely_poor"] for one in people)]
    assert len(found) > 20
    for (one,) in found:
        assert (one["able_to_work"], one["has_livelihood"], one["receives_dibao"]) == (False, False, False)
        assert one["supporter"] in (0, 1)
        assert one["support_mode"] in (1, 2)


def test_members_never_have_more_than_their_household(whole: County, homes: Homes) -> None:
    for home, people in homes:
        assert sum(one["own_income"] for one in people) <= max(0, home["register_net_income"])
        assert home["countable_income"] <= home["register_net_income"]
    assert whole.households["register_net_income"].min() < 0


def test_partners_are_of_two_sexes(homes: Homes) -> None:
    couples = [people for _, people in homes if len(people) == 2 and min(map(years, people)) >= 60]
    assert len(couples) > 500
    assert all(one["sex"] + other["sex"] == 3 for one, other in couples)


def test_a_village_shares_what_it_has(whole: County) -> None:
    for name in ("poor_area", "filial_fund", "ranger_zone"):
        of_homes = whole.households[name].tolist()
        assert all(len(set(of_homes[at : at + 150])) == 1 for at in range(0, len(of_homes), 150))


def test_what_a_fact_says_of_another_holds(whole: County, homes: Homes) -> None:
    for one in as_rows(whole.persons):
        assert one["supported_by_children"] or one["children_pay"] == 0
        assert one["school_stage"] or not (one["boarder"] or one["full_time"] or one["tuition"] or one["aided_in_stage"])
        assert one["aided_before"] or not one["aided_in_stage"]
        assert one["child_kind"] == 3 or not one["in_institution"]
        assert one["child_kind"] == 0 or years(one) < 18
        assert one["rehab_need"] == 1 or not one["implant_qualified"]
        assert not one["planning_pregnancy"] or one["sex"] == 2
        assert one["newborn"] is (0 <= (ON - one["born"]).days < 28)
        assert one["commercial_owed"] <= (one["in_scope"] or 0)
    for _, people in homes:
        disabled_adult = any(one["disability_grade"] and years(one) >= 18 for one in people)
        assert disabled_adult or not any(one["parent_disabled"] for one in people)


# ---- the scalar path ----------------------------------------------------------------------------------------------------


def test_a_policy_assesses_the_households() -> None:
    made = rows(county(100, seed=21))
    statements = [ZZ.assess(as_household(home, people)) for home, people in made]
    assert sum(bool(found.lines) for found in statements) > 30


def test_the_incomes_may_be_given_outright() -> None:
    for home, people in rows(county(300, seed=21, unknown=0)):
        told = {"countable_income": home["countable_income"], "persons": [as_person(one) for one in people]}
        gap = max(0, 3_900_00 * len(people) - max(0, home["countable_income"]))  # box 6: 3,900 yuan a head and year
        due = ZZ.evaluate(("dibao_due",), told)
        assert due.value("dibao_due") == (gap * 2 + 12) // 24


def test_all_that_persons_and_households_can_be_due_is_due_to_somebody(homes: Homes) -> None:
    told = ZZ.local({"pension.paid_premium.lowest_tier": "100", "dibao.gradual_exit.months": 6}, source="the test")
    program, entity = told.program(told.entitlements, OUTRIGHT), {n: told.plan.quantities[n].entity for n in told.entitlements}
    met: set[str] = set()
    for home, people in homes[:4_000]:
        root = told.engine.tree(as_household(home, people))
        root |= {name: home[name] for name in OUTRIGHT}
        program.run(root)
        for node in (root, *root["persons"]):
            met |= {name for name in told.entitlements if entity[name] == node["#"] and node[name]}
    assert met == {name for name in told.entitlements if entity[name] in ("Person", "Household")}
