"""Allowances for the old (老年人福利): old-age, longevity and care allowances, by the month.

References: 枣庄高新区“十三五”脱贫攻坚规划, box 7, items 1 to 4; the age from which a person is old: item 9(1).
Limits: item 4 looks cut short in print; no amount is printed for dibao recipients of a hundred and over.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.core.amount import Amount
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Bands
from povertyrules.core.words import band, every, some, unstated, when
from povertyrules.entities import Person

OLD_AGE_STACKING = interpretation("elderly.old_age_stacking", "replaces", "adds")
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


class ElderlyArea(Area):
    """Allowances for the old: `allowances`."""

    name = "elderly"
    models: ClassVar[dict[str, type]] = {
        "bands": OldAge,
        "bands_alone": OldAgeAlone,
        "longevity": Longevity,
        "dibao_bands": DibaoOldAge,
        "care": Care,
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
