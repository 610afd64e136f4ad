"""Wiring: what is refused when a policy is traced, and with which words."""

import pytest
from attrs import frozen
from fictional.mini import mini
from fictional.world import Farm, Villager

from povertyrules.core.errors import RuleError
from povertyrules.core.money import Fen
from povertyrules.core.rule import rule
from povertyrules.core.words import Exact, count, rounded, total


def test_a_fact_of_a_lower_entity_must_be_totalled() -> None:
    @frozen
    class One:
        @rule("一", "one", entity=Farm)
        def one(self, service: int) -> int:
            return service + 1

    with pytest.raises(RuleError, match=r"one: .*Villager.*total"):
        mini(One).plan  # noqa: B018


def test_a_total_goes_up_one_level_at_a_time() -> None:
    @frozen
    class One:
        @rule("一", "one", entity=Farm)
        def one(self, fee: Fen) -> Fen:
            return total(fee)

    with pytest.raises(RuleError, match=r"one: .*Villager.*total"):
        mini(One).plan  # noqa: B018


def test_a_total_of_totals_goes_up_two_levels() -> None:
    @frozen
    class One:
        @rule("一", "one", entity=Farm)
        def one(self, fee: Fen) -> Fen:
            return total(total(fee))

    policy = mini(One)
    farm = [{"visits": [{"fee": 5}, {"fee": 7}]}, {"visits": []}, {"visits": [{"fee": 30}]}]
    root = policy.builder.tree(Farm(villagers=[Villager(visits=visits_of(one)) for one in farm]))
    policy.program(("one",)).run(root)
    assert root["one"] == 5 + 7 + 30


def visits_of(table: dict) -> list:
    from fictional.world import Visit

    return [Visit(**one) for one in table["visits"]]


def test_a_rule_cannot_total_its_own_entity() -> None:
    @frozen
    class One:
        @rule("一", "one", entity=Villager)
        def one(self, service: int) -> int:
            return total(service)

    with pytest.raises(RuleError, match=r"one: .*Villager.*Farm"):
        mini(One).plan  # noqa: B018


def test_a_divisor_that_can_be_nothing_is_refused() -> None:
    @frozen
    class One:
        @rule("一", "one", entity=Farm)
        def one(self, rent: Fen, hectares: int) -> Fen:
            return rounded(Exact(rent, hectares))

    with pytest.raises(RuleError, match="a divisor can be 0: it must be 1 or more for every fact"):
        mini(One).plan  # noqa: B018


def test_a_declared_bound_is_no_promise_to_divide_by() -> None:
    @frozen
    class One:
        @rule("人", "heads", entity=Farm, least=1)
        def one(self, villagers: bool) -> int:
            return count(villagers)

        @rule("份", "share", entity=Farm)
        def share(self, rent: Fen, one: int) -> Fen:
            return rounded(Exact(rent, one))

    with pytest.raises(RuleError, match="one"):
        mini(One).plan  # noqa: B018
