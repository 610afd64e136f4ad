"""Assets (资产): dividends of poor households on what they brought in, and who receives the proceeds of a sale.

References: 山西省“十三五”脱贫攻坚规划, chapter 12 part 1; 安康市巩固提升脱贫攻坚成果实施方案, annex 12 part 5.
Limits: neither the guaranteed income nor the share of the profit is printed: both stand in the contract. A guaranteed income
beside a share is one mode among others (等). What the owner no longer uses, the asset or its proceeds, is not printed.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from povertyrules.categories import DividendMode
from povertyrules.conventions import to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.errors import RangeError
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, show
from povertyrules.core.rule import entitlement
from povertyrules.core.section import parameters
from povertyrules.core.words import Exact, every, when
from povertyrules.entities import Household

DISPOSAL_INCOME = interpretation("assets.disposal_income", "asset_given_up", "proceeds_given_up")


@parameters
class ShareIncome:
    """A guaranteed income and a share of the profit (保底收益+按股分红), for poor households that brought assets in."""

    @entitlement("入股收益", "income from shares", entity=Household, per="year")
    def share_income(
        self,
        registered_poor: bool,
        holds_shares: bool,
        guaranteed_income: Fen,
        distributable_profit: Fen,
        shares_held: int,
        shares_total: int,
    ) -> Fen:
        """What the contract guarantees, and the profit by the shares held of all, to the fen."""
        dividend = to_fen(Exact(distributable_profit * shares_held, shares_total))
        return when(every(registered_poor, holds_shares), guaranteed_income + dividend)


@parameters
class Disposal:
    """Who receives what the sale of an asset brings (处置收入归属): its owner, or the county."""


@frozen
class Proceeds:
    """The proceeds of a sale: what the owner keeps, and what goes to the county's account."""

    owner: Fen
    county: Fen

    def answers(self) -> dict[str, object]:
        """Both amounts in yuan, as a case file writes them."""
        return {name: show(value).replace(",", "") for name, value in (("owner", self.owner), ("county", self.county))}


class ShareIncomeResult(Result):
    """What one household receives on its shares."""

    income = amount_of("share_income")


class AssetsArea(Area):
    """Assets: `share_income`, `check_contract`, `disposal`, `check_disposal`."""

    name = "assets"
    models: ClassVar[dict[str, type]] = {"share_income": ShareIncome, "disposal": Disposal}

    def share_income(
        self,
        *,
        registered_poor: bool,
        holds_shares: bool,
        guaranteed_income: Fen | None = None,
        distributable_profit: Fen | None = None,
        shares_held: int | None = None,
        shares_total: int | None = None,
    ) -> ShareIncomeResult:
        """What a household receives on its shares in the year, from its contract and the profit, in fen.

        Raises `RangeError` where it holds more shares than there are. Source: Shanxi, chapter 12 part 1.

        >>> import povertyrules as pr
        >>> contract = {"guaranteed_income": pr.yuan(800), "shares_held": 3, "shares_total": 100}
        >>> area = pr.policy("shanxi", on="2017-06-30").assets
        >>> poor = {"registered_poor": True, "holds_shares": True}
        >>> print(area.share_income(**poor, **contract, distributable_profit=pr.yuan(10_000)).income)
        1,100.00 yuan a year
        """
        if shares_held is not None and shares_total is not None:
            held, total = given.whole("shares_held", shares_held), given.whole("shares_total", shares_total)
            if held > total:
                raise RangeError("shares_held", held, f"allowed: up to shares_total, {total}")
        return self.calculate(
            ShareIncomeResult,
            registered_poor=registered_poor,
            holds_shares=holds_shares,
            guaranteed_income=guaranteed_income,
            distributable_profit=distributable_profit,
            shares_held=shares_held,
            shares_total=shares_total,
        )

    def check_contract(self, mode: DividendMode | int | str, guaranteed: Fen) -> Findings:
        """Whether a contract that guarantees an income beside the share of the profit does so; other modes are allowed.

        Source: Shanxi, chapter 12 part 1.

        >>> import povertyrules as pr
        >>> pr.policy("shanxi", on="2017-06-30").assets.check_contract("guaranteed_plus_share", pr.yuan(0)).ok
        False
        """
        path, _ = self.held(ShareIncome)
        told, amount = DividendMode.read(mode, "mode"), given.amount("guaranteed", guaranteed)
        if told is not DividendMode.GUARANTEED_PLUS_SHARE or amount > 0:
            return Findings()
        message = "the contract is one with a guaranteed income, and guarantees none"
        return Findings((self.finding("nothing-guaranteed", Severity.ERROR, "guaranteed", message, path),))

    def disposal(self, proceeds: Fen, *, owner_uses_asset: bool, owner_uses_proceeds: bool) -> Proceeds:
        """Who receives what a sale brings: the owner, or, where the owner has no use for it any more, the county.

        Of what there must be no more use, the asset or the proceeds, is a reading. Source: Ankang, annex 12 part 5.

        >>> import povertyrules as pr
        >>> area = pr.policy("ankang", on="2020-06-30").assets
        >>> area.disposal(pr.yuan(50_000), owner_uses_asset=False, owner_uses_proceeds=True).answers()
        {'owner': '0.00', 'county': '50000.00'}
        """
        self.held(Disposal)
        amount = given.amount("proceeds", proceeds)
        uses_asset = given.flag("owner_uses_asset", owner_uses_asset)
        uses_proceeds = given.flag("owner_uses_proceeds", owner_uses_proceeds)
        keeps = uses_asset if self.bound.choice(DISPOSAL_INCOME.name) == "asset_given_up" else uses_proceeds
        return Proceeds(amount, Fen(0)) if keeps else Proceeds(Fen(0), amount)

    def check_disposal(self, received: Fen, spent_otherwise: Fen) -> Findings:
        """Whether the county spends what it received on other projects of poverty relief alone.

        Raises `RangeError` where more was spent than was received. Source: Ankang, annex 12 part 5.

        >>> import povertyrules as pr
        >>> pr.policy("ankang", on="2020-06-30").assets.check_disposal(pr.yuan(50_000), spent_otherwise=pr.yuan(1)).ok
        False
        """
        path, _ = self.held(Disposal)
        amount, otherwise = given.amount("received", received), given.amount("spent_otherwise", spent_otherwise)
        if otherwise > amount:
            raise RangeError("spent_otherwise", show(otherwise), f"allowed: up to received, {show(amount)}")
        if not otherwise:
            return Findings()
        message = f"{show(otherwise)} of {show(amount)} went to something else than projects of poverty relief"
        return Findings((self.finding("proceeds-spent-otherwise", Severity.ERROR, "spent_otherwise", message, path),))
