"""Explanations: every value on the live path is cited, and the words come from labels alone."""

from attrs import frozen
from fictional.mini import mini
from fictional.world import Farm

from povertyrules.core.money import Fen
from povertyrules.core.rule import rule
from povertyrules.core.section import param
from povertyrules.core.words import Exact, greatest, least, rounded, where


def test_a_rounded_share_of_a_plain_number_is_explained() -> None:
    @frozen
    class One:
        @rule("份", "share", entity=Farm)
        def share(self, hectares: int) -> Fen:
            return rounded(Exact(1000, greatest(hectares, 1)))

    case = mini(One).evaluate(("share",), {"hectares": 7})
    assert "1.43" in case.explain(["share"], "en")


def test_branches_that_agree_are_both_cited_when_nobody_told_which_is_taken() -> None:
    @frozen
    class One:
        wet: Fen = param("yuan")
        dry: Fen = param("yuan")

        @rule("份", "share", entity=Farm)
        def share(self, flooded: bool) -> Fen:
            return where(flooded, self.wet, self.dry)

    case = mini(One, values='wet = "5"\ndry = "5"').evaluate(("share",), {})
    assert case.number("share") == 500
    assert set(case.trail("share").parameters) == {"hall.one.wet", "hall.one.dry"}


def test_a_tie_rests_on_both_values() -> None:
    @frozen
    class One:
        cap: Fen = param("yuan")
        sum: Fen = param("yuan")

        @rule("份", "share", entity=Farm)
        def share(self) -> Fen:
            return least(self.sum, self.cap)

    case = mini(One, values='cap = "5"\nsum = "5"').evaluate(("share",), {})
    assert set(case.trail("share").parameters) == {"hall.one.cap", "hall.one.sum"}
