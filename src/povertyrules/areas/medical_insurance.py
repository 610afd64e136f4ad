"""Public insurance by one rate: basic insurance for listed diseases, critical-illness insurance with two deductibles.

References: 山西省“十三五”脱贫攻坚规划, box 9 item 2, box 11 item 9.
Limits: the list of twenty diseases is not printed, nor a rate for others, nor the base rate of critical-illness insurance;
its ceiling is suspect and not applied unless asked for. The area itself is in `medical`.
"""

from __future__ import annotations

from povertyrules.conventions import ROUNDING_STAGE, to_fen
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.errors import InputError
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing, alike
from povertyrules.core.words import at_rate, greatest, least, some, total, unstated, where
from povertyrules.entities import Person

TWENTY_DISEASES = interpretation("medical.twenty_diseases", "every_member", "poor_only")
LOWER_DEDUCTIBLE = interpretation("medical.lower_deductible_group", "extremely_poor", "target_group")
SERIOUS_CEILING = interpretation("medical.serious_ceiling", "not_applied", "as_printed", "ten_thousands")
WAN = 10_000
"""One 万."""


@parameters
class Basic:
    """What every basic insurance supplies besides its payment."""

    @rule("年度政策范围内费用", "in-scope cost of the year", entity=Person, per="year")
    def in_scope_year(self, in_scope: Fen) -> Fen:
        """The bills of the year together."""
        return total(in_scope)

    @rule("基本医保后剩余", "remainder after basic insurance", entity=Person, per="year")
    def after_basic(self, in_scope_year: Fen, basic_insurance: Fen) -> Fen:
        """What basic insurance leaves of the year's in-scope cost."""
        return in_scope_year - basic_insurance


@parameters
class CriticalIllness:
    """What every critical-illness insurance supplies besides its payment."""

    @rule("两项保险后剩余", "remainder after both insurances", entity=Person, per="year")
    def after_insurance(self, after_basic: Fen, critical_illness: Fen) -> Fen:
        """What the two public insurances leave."""
        return after_basic - critical_illness


@parameters
class ListedDiseases(Basic):
    """Basic insurance (新农合) at one rate for the diseases of a list (20种大病)."""

    rate: Rate = param("percent")

    @entitlement("基本医疗保险支付", "basic insurance", entity=Person, per="year")
    def basic_insurance(self, in_scope: Fen, listed_disease: bool, registered_poor: bool) -> Fen:
        """A share of the year's bills; with a bill of another disease the year has no figure."""
        nothing = unstated("basic_insurance")
        paid = at_rate(where(listed_disease, in_scope, nothing), self.rate)
        for_all = ROUNDING_STAGE.choose(once=to_fen(total(paid)), each_bill=total(to_fen(paid)))
        return TWENTY_DISEASES.choose(every_member=for_all, poor_only=where(registered_poor, for_all, nothing))


@parameters
class FlatCritical(CriticalIllness):
    """居民大病保险 at one rate above a deductible; a lower deductible and some points more for the group that is preferred."""

    deductible: Fen = param("yuan/year")
    lower_deductible: Fen = param("yuan/year")
    rate: Rate | Missing = param("percent")
    rate_points: Rate = param("percent")
    ceiling: Fen = param("yuan/year")
    earlier_ceiling: Fen = param("yuan/year")

    def preferred(self, extremely_poor: bool, registered_poor: bool) -> bool:
        """Whether a person is of the preferred group."""
        return LOWER_DEDUCTIBLE.choose(extremely_poor=extremely_poor, target_group=some(extremely_poor, registered_poor))

    def raised(self) -> Rate:
        """The rate with the points on top."""
        rate: Rate = self.rate  # type: ignore[assignment]
        if isinstance(self.rate, Missing):  # as plain Python: what is made with it says that it is not stated
            return rate
        base, points = alike([rate, self.rate_points])
        return Rate(base.numerator + points.numerator, base.per)

    @rule("大病保险封顶线", "ceiling of critical-illness insurance", entity=Person, per="year")
    def critical_illness_ceiling(self, extremely_poor: bool, registered_poor: bool) -> Fen:
        """The printed ceiling of the person's group, as it stands or counted in 万; no figure while it is not believed."""
        printed = where(self.preferred(extremely_poor, registered_poor), self.ceiling, self.earlier_ceiling)
        suspect = unstated(SERIOUS_CEILING.name)
        return SERIOUS_CEILING.choose(not_applied=suspect, as_printed=printed, ten_thousands=printed * WAN)

    @entitlement("大病保险支付", "critical-illness insurance", entity=Person, per="year")
    def critical_illness(
        self, after_basic: Fen, extremely_poor: bool, registered_poor: bool, critical_illness_ceiling: Fen
    ) -> Fen:
        """The rate on what basic insurance left above the deductible."""
        rate: Rate = self.rate  # type: ignore[assignment]
        of_others = to_fen(at_rate(greatest(after_basic - self.deductible, Fen(0)), rate))
        of_preferred = to_fen(at_rate(greatest(after_basic - self.lower_deductible, Fen(0)), self.raised()))
        paid = where(self.preferred(extremely_poor, registered_poor), of_preferred, of_others)
        cut = least(paid, critical_illness_ceiling)
        return SERIOUS_CEILING.choose(not_applied=paid, as_printed=cut, ten_thousands=cut)


class Insured(Result):
    """What the two public insurances pay of one bill, a year of one, and what they leave."""

    basic = amount_of("basic_insurance")
    after_basic = amount_of("after_basic")
    critical_illness = amount_of("critical_illness")
    ceiling = amount_of("critical_illness_ceiling")
    left = amount_of("after_insurance")


class MedicalInsurance(Area):
    """The calculator of this module, which the medical area takes in."""

    def insured(
        self,
        *,
        in_scope: Fen,
        listed_disease: bool | None = None,
        registered_poor: bool | None = None,
        extremely_poor: bool | None = None,
    ) -> Insured:
        """What public insurance pays where one rate holds for listed diseases: `in_scope` in fen, and whether it is listed.

        The rate of critical-illness insurance is not printed: give it as `policy.local({"medical.critical_illness.rate":
        "50 %"}, source=…)`. Source: 山西省“十三五”脱贫攻坚规划, box 9 item 2, box 11 item 9.

        >>> import povertyrules as pr
        >>> told = pr.policy("shanxi", on="2017-06-30").local({"medical.critical_illness.rate": "50 %"}, source="a notice")
        >>> bill = told.medical.insured(in_scope=pr.yuan(100_000), listed_disease=True, extremely_poor=True)
        >>> str(bill.basic), str(bill.critical_illness)
        ('70,000.00 yuan a year', '13,000.00 to 13,250.00 yuan a year')
        """
        bill = {"in_scope": in_scope, "listed_disease": listed_disease}
        try:
            return self.calculate(Insured, treatments=(bill,), registered_poor=registered_poor, extremely_poor=extremely_poor)
        except InputError as error:  # the caller knows arguments, not treatments
            error.field = error.field.removeprefix("treatments[0].")
            raise


MODELS: dict[str, type] = {"listed_diseases": ListedDiseases, "flat_critical": FlatCritical}
"""The models of this module, by name in packs."""
