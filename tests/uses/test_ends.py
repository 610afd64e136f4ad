"""The low and the high end: of every value that the wording leaves, and of every fact that is unknown."""

from attrs import frozen
from fictional.mini import mini
from fictional.world import Farm

from povertyrules.core.amount import Amount
from povertyrules.core.money import Fen, yuan
from povertyrules.core.rule import entitlement
from povertyrules.core.section import param
from povertyrules.core.words import Exact, rounded, where


@frozen
class Floor:
    floor: Fen = param("yuan")

    @entitlement("底", "floor", entity=Farm, per="year")
    def due(self, hectares: int) -> Fen:
        return self.floor * hectares


@frozen
class Either:
    floor: Fen = param("yuan")

    @entitlement("任一", "either", entity=Farm, per="year")
    def due(self, flooded: bool) -> Fen:
        return where(flooded, self.floor, Fen(1000))


@frozen
class Parts:
    parts: int = param("")

    @entitlement("份", "part", entity=Farm, per="year")
    def due(self, rent: Fen) -> Fen:
        return rounded(Exact(rent, self.parts))


def test_a_floor_times_a_number_is_a_floor() -> None:
    policy = mini(Floor, values='floor = { value = "10", wording = "at_least" }')
    assert policy.evaluate(("due",), {"hectares": 3}).amount("due") == Amount.floor(yuan(30), per="year")


def test_branches_that_agree_in_their_figure_need_not_agree_in_their_ends() -> None:
    policy = mini(Either, values='floor = { value = "10", wording = "at_least" }')
    assert policy.evaluate(("due",), {}).status("due") == "unknown"
    assert policy.evaluate(("due",), {"flooded": True}).amount("due") != policy.evaluate(("due",), {"flooded": False}).amount(
        "due"
    )


def test_what_is_divided_by_a_range_has_both_its_ends() -> None:
    policy = mini(Parts, values="parts = { low = 4, high = 8 }")
    found = policy.evaluate(("due",), {"rent": 800}).amount("due")
    assert (found.figure, found.low, found.high) == (200, 100, 200)
