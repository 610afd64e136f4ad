"""A loan month by month (还款计划): when each instalment falls due, its interest, what of that is subsidised, what is paid.

The area itself, with references and limits, is in `credit`.
"""

from __future__ import annotations

import datetime

from attrs import frozen

from povertyrules.core.amount import Amount
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.words import Exact, at_rate, least, rounded

REPAYMENTS = ("at_end", "equal_principal")
"""How the principal is repaid: with the last instalment, or in equal parts."""


@frozen
class Instalment:
    """One month of a loan: the day on which it falls due, and its amounts in fen."""

    number: int
    due_on: datetime.date
    principal: Fen
    """What is repaid of the loan."""
    interest: Fen
    """Of the month, on what was left of the loan, before any subsidy."""
    subsidy: Fen
    """What is paid of the interest for the borrower."""
    quality: str = "supplied"
    """How certain the subsidy is: its share is not printed, and comes from the caller."""

    @property
    def payment(self) -> Fen:
        """What the borrower pays: principal and interest less the subsidy."""
        return Fen(self.principal + self.interest - self.subsidy)

    def answers(self) -> dict[str, object]:
        """The instalment as a case file writes it."""
        return {
            "due_on": self.due_on,
            "principal": Amount.exactly(self.principal),
            "interest": Amount.exactly(self.interest),
            "subsidy": Amount.exactly(self.subsidy, quality=self.quality),
            "payment": Amount.exactly(self.payment, quality=self.quality),
        }

    def __str__(self) -> str:
        parts = (f"{name} {show(getattr(self, name))}" for name in ("principal", "interest", "subsidy", "payment"))
        return f"{self.number}: {self.due_on}: {', '.join(parts)}"


@frozen
class Schedule:
    """All months of a loan, in order; iterate over it, or ask its sums, in fen."""

    instalments: tuple[Instalment, ...]
    provision: str
    """What the subsidy rests on."""

    @property
    def interest(self) -> Fen:
        """The interest of all months, before any subsidy."""
        return Fen(sum(one.interest for one in self.instalments))

    @property
    def subsidy(self) -> Fen:
        """What is paid of the interest for the borrower."""
        return Fen(sum(one.subsidy for one in self.instalments))

    @property
    def left(self) -> Fen:
        """What the borrower pays of the interest."""
        return Fen(self.interest - self.subsidy)

    def answers(self) -> dict[str, object]:
        """The schedule as a case file writes it: how many months, the last day, the sums."""
        quality = self.instalments[0].quality
        return {
            "count": len(self.instalments),
            "last_due": self.instalments[-1].due_on,
            "interest": Amount.exactly(self.interest),
            "subsidy": Amount.exactly(self.subsidy, quality=quality),
            "left": Amount.exactly(self.left, quality=quality),
        }

    def __str__(self) -> str:
        return "\n".join([*map(str, self.instalments), f"[{self.provision}]"])


@frozen
class Loan:
    """What a schedule is made of: the loan, its terms, the share of the interest that is subsidised, how fen are rounded."""

    amount: Fen
    drawn_on: datetime.date
    months: int
    rate: Rate
    """Of a year."""
    repayment: str
    share: Rate
    quality: str
    mode: str

    def instalments(self) -> tuple[Instalment, ...]:
        """Every month: interest on what is left, to the fen, then the subsidy of it, to the fen.

        A month falls due on the day of the month on which the loan was drawn, or on the last day of a shorter month. Of equal
        parts the last takes the odd fen.
        """
        left, out = self.amount, []
        for number in range(1, self.months + 1):
            part = left if number == self.months else least(self.part, left)
            out.append(self._month(number, left, part))
            left = Fen(left - part)
        return tuple(out)

    @property
    def part(self) -> Fen:
        """What is repaid with every instalment but the last."""
        return rounded(Exact(self.amount, self.months), self.mode) if self.repayment == "equal_principal" else Fen(0)

    def _month(self, number: int, left: Fen, part: Fen) -> Instalment:
        from dateutil.relativedelta import relativedelta

        interest = rounded(at_rate(left, self.rate).scaled(1, MONTHS), self.mode)
        subsidy = rounded(at_rate(interest, self.share), self.mode)
        return Instalment(number, self.drawn_on + relativedelta(months=number), part, interest, subsidy, self.quality)


MONTHS = 12
"""In a year."""
