"""Funds (资金): wages in work-relief projects, and the gap of running costs of water works that the county bears.

References: 山西省“十三五”脱贫攻坚规划, box 13 item 3; 安康市巩固提升脱贫攻坚成果实施方案, annex 8 part 2 item 4.
Limits: the text does not say of what the tenth of wages is taken. That the county bears the whole gap is how its words
(保障和兜底) are understood; which income of a works is set off against its costs is not printed: the caller tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import ClassVar

from povertyrules.core import given
from povertyrules.core.amount import Amount
from povertyrules.core.area import Area
from povertyrules.core.errors import NotTold, RangeError
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.section import param, parameters

WORK_RELIEF_BASE = interpretation("funds.work_relief_base", "relief_money", "investment")


@parameters
class WorkRelief:
    """Wages of those who work in a work-relief project (以工代赈劳务报酬): a share of its money at least."""

    share: Rate = param("percent")


@parameters
class WaterGap:
    """Running costs of rural water works that their income does not cover (饮水工程运行费用缺口): the county's share."""

    share: Rate = param("percent")


class FundsArea(Area):
    """Funds: `work_relief_pay`, `check_work_relief`, `water_gap`, `check_water_gap`."""

    name = "funds"
    models: ClassVar[dict[str, type]] = {"work_relief": WorkRelief, "water_gap": WaterGap}

    def work_relief_pay(self, relief_funds: Fen, investment: Fen | None = None) -> Amount:
        """The least that a work-relief project pays as wages, in whole fen, from its relief funds or its whole investment.

        Raises `NotTold` where the investment counts and is not told, `RangeError` where it is less than the relief funds.
        Source: Shanxi, box 13 item 3.

        >>> import povertyrules as pr
        >>> print(pr.policy("shanxi", on="2017-06-30").funds.work_relief_pay(relief_funds=pr.yuan(600_000)))
        at least 60,000.00 yuan
        """
        path, held = self.held(WorkRelief)
        return Amount.floor(_up(held.share.of(self._base(relief_funds, investment))), quality=self.bound.grade(f"{path}.share"))

    def _base(self, relief_funds: Fen, investment: Fen | None) -> Fen:
        """The money of which wages are a share."""
        funds = given.amount("relief_funds", relief_funds)
        whole = None if investment is None else given.amount("investment", investment)
        if whole is not None and whole < funds:
            raise RangeError("investment", show(whole), f"allowed: at least relief_funds, {show(funds)}")
        if self.bound.choice(WORK_RELIEF_BASE.name) == "relief_money":
            return funds
        if whole is None:
            raise NotTold("investment was not told: wages are a share of it")
        return whole

    def check_work_relief(
        self, relief_funds: Fen, investment: Fen | None = None, *, wages: Fen, announced: bool, signed: bool
    ) -> Findings:
        """Whether a project paid enough wages, announced them, and has them signed for. Source: Shanxi, box 13 item 3.

        >>> import povertyrules as pr
        >>> shanxi = pr.policy("shanxi", on="2017-06-30")
        >>> found = shanxi.funds.check_work_relief(pr.yuan(600_000), wages=pr.yuan(59_999), announced=True, signed=True)
        >>> print(found.found[0].message)
        59,999.00 was paid as wages, due are at least 60,000.00
        """
        path, _ = self.held(WorkRelief)
        due, paid = self.work_relief_pay(relief_funds, investment).figure, given.amount("wages", wages)

        def found() -> Iterator[Finding]:
            if paid < due:
                message = f"{show(paid)} was paid as wages, due are at least {show(due)}"
                yield self.finding("wages-too-low", Severity.ERROR, "wages", message, path)
            if not given.flag("announced", announced):
                yield self.finding("wages-not-announced", Severity.ERROR, "announced", "the wages were not announced", path)
            if not given.flag("signed", signed):
                yield self.finding("wages-not-signed", Severity.ERROR, "signed", "the wages were not signed for", path)

        return Findings(tuple(found()))

    def water_gap(self, water_test: Fen, chemicals: Fen, maintenance: Fen, income: Fen) -> Amount:
        """What the county bears of the costs of a water works: of testing, chemicals and maintenance, less its income.

        Source: Ankang, annex 8 part 2 item 4.

        >>> import povertyrules as pr
        >>> ankang = pr.policy("ankang", on="2020-06-30")
        >>> print(ankang.funds.water_gap(pr.yuan(3000), pr.yuan(2000), pr.yuan(5000), income=pr.yuan(6000)))
        4,000.00 yuan
        """
        path, held = self.held(WaterGap)
        costs = {"water_test": water_test, "chemicals": chemicals, "maintenance": maintenance}
        cost = sum(given.amount(name, value) for name, value in costs.items())
        gap = Fen(max(cost - given.amount("income", income), 0))
        return Amount.exactly(_up(held.share.of(gap)), quality=self.bound.grade(f"{path}.share"))

    def check_water_gap(self, water_test: Fen, chemicals: Fen, maintenance: Fen, income: Fen, *, covered: Fen) -> Findings:
        """Whether the county covers the gap of a works. Source: Ankang, annex 8 part 2 item 4.

        >>> import povertyrules as pr
        >>> none, cost = pr.yuan(0), pr.yuan(3000)
        >>> pr.policy("ankang", on="2020-06-30").funds.check_water_gap(cost, none, none, none, covered=pr.yuan(2999)).ok
        False
        """
        path, _ = self.held(WaterGap)
        gap, paid = self.water_gap(water_test, chemicals, maintenance, income).figure, given.amount("covered", covered)
        if paid >= gap:
            return Findings()
        message = f"{show(paid)} of the gap of {show(gap)} is covered"
        return Findings((self.finding("water-gap", Severity.ERROR, "covered", message, path),))


def _up(exact: Fraction) -> Fen:
    """The least whole fen that is not below an exact amount: what is a minimum is never rounded down."""
    return Fen(ceil(exact))
