"""Allowances for the old (老年人福利): old-age, longevity, care and hardship allowances, by the month.

References: 枣庄高新区“十三五”脱贫攻坚规划, box 7, items 1 to 4; the age from which a person is old: item 9(1); chapter 9
section 2 part 3: family filial-piety funds of villages. 山西省“十三五”脱贫攻坚规划, chapter 7 part 3, box 9 item 3.
Limits: item 4 looks cut short in print; no amount is printed for dibao recipients of a hundred and over. What fixes the
payment of a fund within its range is not printed. Of the hardship allowance neither amount nor ages are printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from povertyrules.categories import FundSource
from povertyrules.conventions import OPEN_LIST, to_fen
from povertyrules.core import given
from povertyrules.core.amount import Amount
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Bands, Kinds, Missing
from povertyrules.core.words import at_rate, band, every, some, unstated, when
from povertyrules.entities import Person

OLD_AGE_STACKING = interpretation("elderly.old_age_stacking", "replaces", "adds")
FILIAL_AMOUNT = interpretation("elderly.filial_amount", "village_sets", "matches_children")
CARE_CONDITION = interpretation("elderly.care_condition", "every_assessed", "unstated")


@parameters
class OldAge:
    """The general old-age amount (高龄补贴), by bands of age."""

    bands: Bands = param("yuan/month")

    @rule("高龄补贴标准", "general old-age amount", entity=Person, per="month")
    def old_age_standard(self, age: int) -> Fen:
        """The amount of the band."""
        return band(age, self.bands)


@parameters
class OldAgeAlone(OldAge):
    """The general old-age amount where dibao recipients have none of their own."""

    @entitlement("高龄补贴", "old-age allowance", entity=Person, per="month")
    def old_age_allowance(self, old_age_standard: Fen) -> Fen:
        """The amount of the band."""
        return old_age_standard


@parameters
class Longevity:
    """The longevity allowance (长寿津贴): a floor at the first age, and a step for each year over it."""

    first_age: int = param("years")
    amount: Fen = param("yuan/month")
    step: Fen = param("yuan/month")

    @entitlement("长寿津贴", "longevity allowance", entity=Person, per="month")
    def longevity_allowance(self, age: int) -> Fen:
        """The floor plus the steps."""
        return when(age >= self.first_age, self.amount + self.step * (age - self.first_age))


@parameters
class DibaoOldAge:
    """The old-age amount of dibao recipients (低保高龄补贴), and how it stands to the general one."""

    bands: Bands = param("yuan/month")

    @rule("低保高龄补贴标准", "old-age amount of dibao recipients", entity=Person, per="month")
    def dibao_old_age_standard(self, age: int, receives_dibao: bool) -> Fen:
        """The amount of the band, for a recipient."""
        return when(receives_dibao, band(age, self.bands))

    @entitlement("高龄补贴", "old-age allowance", entity=Person, per="month")
    def old_age_allowance(self, old_age_standard: Fen, dibao_old_age_standard: Fen) -> Fen:
        """The general amount; where the two do not add, it gives way to one that is not lower."""
        stands = some(dibao_old_age_standard < old_age_standard, old_age_standard == 0)
        return OLD_AGE_STACKING.choose(replaces=when(stands, old_age_standard), adds=old_age_standard)

    @entitlement("低保高龄补贴", "old-age allowance of dibao recipients", entity=Person, per="month")
    def dibao_old_age_allowance(self, old_age_standard: Fen, dibao_old_age_standard: Fen) -> Fen:
        """The recipients' amount; where the two do not add, it gives way to a higher one."""
        stands = old_age_standard <= dibao_old_age_standard
        return OLD_AGE_STACKING.choose(replaces=when(stands, dibao_old_age_standard), adds=dibao_old_age_standard)


@parameters
class Care:
    """The care subsidy (失能护理补贴) for the old who cannot care for themselves."""

    first_age: int = param("years")
    amount: Fen = param("yuan/month")

    @entitlement("失能护理补贴", "care subsidy", entity=Person, per="month")
    def care_subsidy(self, unable_to_care: bool, age: int) -> Fen:
        """The amount, for an old person who was assessed."""
        stated = CARE_CONDITION.choose(every_assessed=self.amount, unstated=unstated(CARE_CONDITION.name))
        return when(every(unable_to_care, age >= self.first_age), stated)


@parameters
class Filial:
    """The payment of a village's filial-piety fund (孝善养老金) to the old whom their children support."""

    first_age: int = param("years")
    amount: Fen = param("yuan/month")
    least: Fen = param("yuan/month")
    most: Fen = param("yuan/month")
    share: Rate | Missing = param("percent")
    sources: Kinds = param("kinds", category=FundSource)

    @entitlement("孝善养老金", "filial-piety payment", entity=Person, per="month")
    def filial_payment(self, filial_fund: bool, age: int, supported_by_children: bool, children_pay: Fen) -> Fen:
        """Anything in the printed range; or, in the other reading, a local share of what the children pay, if it lies in it."""
        share: Rate = self.share  # type: ignore[assignment]
        matched = to_fen(at_rate(children_pay, share))
        within = when(every(self.least <= matched, matched <= self.most), matched)
        amount = FILIAL_AMOUNT.choose(village_sets=self.amount, matches_children=within)
        return when(every(filial_fund, supported_by_children, age >= self.first_age), amount)


@parameters
class Hardship:
    """The allowance of the very old in hardship, and of the old who cannot care for themselves (经济困难的高龄与失能老人补贴)."""

    amount: Fen | Missing = param("yuan/month")
    first_age: int | Missing = param("years")
    very_old_age: int | Missing = param("years")

    @entitlement("经济困难老人补贴", "hardship allowance", entity=Person, per="month")
    def hardship_allowance(self, in_hardship: bool, age: int, unable_to_care: bool) -> Fen:
        """The amount, once, whichever ground there is."""
        amount: Fen = self.amount  # type: ignore[assignment]
        old: int = self.first_age  # type: ignore[assignment]
        very_old: int = self.very_old_age  # type: ignore[assignment]
        return when(every(in_hardship, some(age >= very_old, every(unable_to_care, age >= old))), amount)


class FilialPayment(Result):
    """What a filial-piety fund pays one old person."""

    payment = amount_of("filial_payment")


class Allowances(Result):
    """The monthly allowances of one old person; `total` adds them."""

    old_age = amount_of("old_age_allowance")
    longevity = amount_of("longevity_allowance")
    dibao_old_age = amount_of("dibao_old_age_allowance")
    care = amount_of("care_subsidy")

    @property
    def total(self) -> Amount:
        """The sum of the allowances; a part that the text does not state leaves it open above."""
        return self.sum_of("month")


class HardshipAllowance(Result):
    """The hardship allowance of one old person."""

    allowance = amount_of("hardship_allowance")


class ElderlyArea(Area):
    """Allowances for the old: `allowances`, `hardship`, `filial`, `check_filial_sources`."""

    name = "elderly"
    models: ClassVar[dict[str, type]] = {
        "bands": OldAge,
        "bands_alone": OldAgeAlone,
        "longevity": Longevity,
        "dibao_bands": DibaoOldAge,
        "care": Care,
        "filial": Filial,
        "hardship": Hardship,
    }

    def allowances(self, *, age: int, receives_dibao: bool | None = None, unable_to_care: bool | None = None) -> Allowances:
        """The monthly allowances of one person: age in completed years, dibao, and whether assessed as unable to care.

        A fact that is left out is unknown: what depends on it raises `NotTold` when it is read. Source: box 7, items 1 to 4.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.elderly.allowances(age=103, receives_dibao=False, unable_to_care=False).total)
        at least 430.00 yuan a month
        """
        return self.calculate(Allowances, age=age, receives_dibao=receives_dibao, unable_to_care=unable_to_care)

    def hardship(self, *, age: int, in_hardship: bool, unable_to_care: bool | None = None) -> HardshipAllowance:
        """The allowance of an old person in hardship: age in completed years, and whether assessed as unable to care.

        The figures are not printed: give them with `policy.local`. Source: Shanxi, chapter 7 part 3, box 9 item 3.

        >>> import povertyrules as pr
        >>> printed = {"amount": "50", "first_age": 60, "very_old_age": 80}
        >>> local = {f"elderly.hardship.{name}": value for name, value in printed.items()}
        >>> shanxi = pr.policy("shanxi", on="2017-06-30").local(local, source="county notice")
        >>> print(shanxi.elderly.hardship(age=70, in_hardship=True, unable_to_care=True).allowance)
        50.00 yuan a month
        """
        return self.calculate(HardshipAllowance, age=age, in_hardship=in_hardship, unable_to_care=unable_to_care)

    def filial(
        self, *, age: int, filial_fund: bool, supported_by_children: bool, children_pay: Fen | None = None
    ) -> FilialPayment:
        """What a village's fund pays an old person whom the children support. Source: chapter 9 section 2 part 3.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.elderly.filial(age=70, filial_fund=True, supported_by_children=True).payment)
        10.00 to 30.00 yuan a month
        """
        return self.calculate(
            FilialPayment,
            age=age,
            filial_fund=filial_fund,
            supported_by_children=supported_by_children,
            children_pay=children_pay,
        )

    def check_filial_sources(self, sources: Iterable[FundSource | int | str]) -> Findings:
        """Whether the money of a fund comes from the sources named; the list is open, so another one is a warning.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> [one.code for one in zz.elderly.check_filial_sources(["donation", "other"])]
        ['source-not-named']
        """
        path, held = self.held(Filial)
        severity = Severity.WARNING if self.bound.choice(OPEN_LIST.name) == "open" else Severity.ERROR
        told = (FundSource.read(one, "sources") for one in given.each_of("sources", sources, object))
        return Findings(
            tuple(
                self.finding("source-not-named", severity, "sources", f"{one.en} is not among the sources named", path)
                for one in told
                if one not in held.sources.rows
            )
        )
