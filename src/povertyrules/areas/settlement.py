"""What the medical area gives: a settlement, a bounded one, and a year of bills."""

from __future__ import annotations

import attrs
from attrs import frozen

from povertyrules.core.amount import Amount
from povertyrules.core.area import Result, amount_of
from povertyrules.core.money import Fen
from povertyrules.entities import Treatment


class Settlement(Result):
    """Who pays what of a year's in-scope cost, and what is left to the patient."""

    basic = amount_of("basic_insurance")
    critical_illness = amount_of("critical_illness")
    commercial = amount_of("commercial_insurance")
    assistance = amount_of("medical_assistance")
    out_of_pocket = amount_of("out_of_pocket")


@frozen
class Bounded:
    """A settlement of which only the total cost is known: every amount is a range, from no cost in scope to all of it."""

    basic: Amount
    critical_illness: Amount
    commercial: Amount
    assistance: Amount
    out_of_pocket: Amount
    """Of the total cost, what is out of scope included."""

    @staticmethod
    def shows() -> tuple[str, ...]:
        """The quantities behind it."""
        return Settlement.shows()


@frozen
class Payment:
    """What each payer adds with one bill of a year."""

    treatment: Treatment
    basic: Fen
    critical_illness: Fen
    commercial: Fen
    assistance: Fen
    out_of_pocket: Fen


PAYERS = ("basic", "critical_illness", "commercial", "assistance", "out_of_pocket")


@frozen
class YearSettlement:
    """A year of bills: the settlement of all of them, and each bill's share, in the order of admission."""

    treatments: tuple[Treatment, ...]
    up_to: tuple[Settlement, ...]
    """The settlement of the first bills: of none, of one, … of all."""

    @staticmethod
    def shows() -> tuple[str, ...]:
        """The quantities behind it."""
        return Settlement.shows()

    @property
    def year(self) -> Settlement:
        """The settlement of all bills."""
        return self.up_to[-1]

    @property
    def bills(self) -> tuple[Payment, ...]:
        """Each bill's payments: the year's up to it less the year's up to the one before."""
        if not self.treatments:
            return ()
        paid = [{payer: getattr(one, payer).figure for payer in PAYERS} for one in self.up_to]
        steps = zip(self.treatments, paid, paid[1:], strict=False)
        return tuple(Payment(bill, **{p: Fen(after[p] - before[p]) for p in PAYERS}) for bill, before, after in steps)


def hull(amounts: list[Amount]) -> Amount:
    """The amount that spans some amounts; its figure is that of the last."""
    low = min(amount.low or Fen(0) for amount in amounts)
    highs = [amount.high for amount in amounts if amount.high is not None]
    return attrs.evolve(amounts[-1], low=low, high=max(highs) if len(highs) == len(amounts) else None)
