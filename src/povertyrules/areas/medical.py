"""Medical cost (医疗保障): basic insurance, critical-illness insurance, commercial insurance, medical assistance, in that order.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 7 section 1, chapter 9 section 1 part 3, box 7 (items 11, 12). The models of
other documents are in `medical_insurance`, `medical_self_pay` and `medical_help`, each with its references.
Limits: amounts are of the in-scope cost; no deductible of basic insurance and no ceiling of assistance is printed. With the
deductible borne at every stay, a stay's remainder is its cost less its own basic payment, before the year's ceiling.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import ClassVar

from povertyrules.areas import medical_help as help_
from povertyrules.areas import medical_insurance as insurance
from povertyrules.areas import medical_self_pay as self_pay
from povertyrules.areas import medical_services as services
from povertyrules.areas.settlement import PAYERS, Bounded, Settlement, YearSettlement, hull
from povertyrules.conventions import ROUNDING_STAGE, SHARED_BOUNDARY, to_fen
from povertyrules.core.amount import Amount
from povertyrules.core.entity import describe
from povertyrules.core.errors import InputError, RangeError, SortError
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Brackets, Missing, Rates
from povertyrules.core.words import (
    Exact,
    at_rate,
    greatest,
    least,
    marginal,
    rate_for,
    rate_reached,
    rounded,
    some,
    total,
    when,
    where,
)
from povertyrules.entities import HospitalGrade, Person, Treatment

PREFERENCE = interpretation("medical.preference", "contained", "on_top")
FIVE_PERCENT = interpretation("medical.five_percent", "points", "relative")
BRACKETS = interpretation("medical.brackets", "marginal", "whole_net", "whole_gross")
DEDUCTIBLE_PERIOD = interpretation("medical.deductible_period", "per_year", "per_stay")
BASIC_CEILING = interpretation("medical.basic_ceiling", "payments", "costs")
BASIC_DEDUCTIBLE = interpretation("medical.basic_deductible", "zero", "from_caller")
PAYER_ORDER = interpretation("medical.payer_order", "assistance_last", "commercial_last")
ASSISTANCE_SCOPE = interpretation("medical.assistance_scope", "named_only", "all_poor")
OTHERS_CEILING = interpretation("medical.others_ceiling", "unstated", "shared")


@parameters
class ByGrade(insurance.Basic):
    """Basic insurance (居民基本医疗保险), by grade of hospital, up to a yearly ceiling."""

    rates: Rates = param("percent", category=HospitalGrade)
    ceiling: Fen = param("yuan/year")
    deductible: Fen | Missing = param("yuan")

    def counted(self, in_scope: Fen) -> Fen:
        """What of a bill is taken into account."""
        deductible: Fen = self.deductible  # type: ignore[assignment]
        return BASIC_DEDUCTIBLE.choose(zero=in_scope, from_caller=greatest(in_scope - deductible, Fen(0)))

    def within_costs(self, in_scope: Fen, hospital_grade: int) -> Fen:
        """The payment if the ceiling bounds the cost: the lowest rates, which the table lists last, are counted first."""
        paid, room = Exact(0, 1), self.ceiling
        for grade, rate in reversed(list(self.rates.rows.items())):
            taken = least(total(when(hospital_grade == grade, self.counted(in_scope))), room)
            paid, room = at_rate(taken, rate) + paid, room - taken
        return to_fen(paid)

    @entitlement("基本医疗保险支付", "basic insurance", entity=Person, per="year")
    def basic_insurance(self, in_scope: Fen, hospital_grade: int) -> Fen:
        """Each bill at the rate of its hospital's grade, the year's sum up to the ceiling."""
        paid = at_rate(self.counted(in_scope), rate_for(hospital_grade, self.rates))
        summed = ROUNDING_STAGE.choose(once=to_fen(total(paid)), each_bill=total(to_fen(paid)))
        within = total(self.counted(in_scope)) <= self.ceiling
        by_costs = where(within, summed, self.within_costs(in_scope, hospital_grade))
        return BASIC_CEILING.choose(payments=least(summed, self.ceiling), costs=by_costs)

    @rule("单次剩余", "remainder of one stay", entity=Treatment)
    def stay_remainder(self, in_scope: Fen, hospital_grade: int) -> Fen:
        """What basic insurance leaves of one bill, the year's ceiling apart."""
        return in_scope - to_fen(at_rate(self.counted(in_scope), rate_for(hospital_grade, self.rates)))


@parameters
class Marginal(insurance.CriticalIllness):
    """居民大病保险, by brackets: a rising share of what basic insurance left, above a deductible, up to a yearly ceiling."""

    deductible: Fen = param("yuan/year")
    brackets: Brackets = param("yuan/year")
    ceiling: Fen = param("yuan/year")
    deductible_share: Rate = param("percent")
    rate_points: Rate = param("percent")

    def own_deductible(self, *, poor: bool) -> Fen:
        """The deductible of the poor or of others: the printed one, or the one derived by the preference."""
        share = self.deductible_share
        if poor:
            return PREFERENCE.choose(contained=self.deductible, on_top=rounded(at_rate(self.deductible, share)))
        higher = rounded(Exact(self.deductible * share.per, share.numerator))
        return PREFERENCE.choose(contained=higher, on_top=self.deductible)

    def tariff(self, remainder: Fen, *, poor: bool) -> Exact:
        """The payment on a remainder before rounding and ceiling."""
        deductible = self.own_deductible(poor=poor)
        over = greatest(remainder - deductible, Fen(0))
        gross = where(deductible <= remainder, remainder, Fen(0))
        reached = self.rate_reached(remainder)
        printed = BRACKETS.choose(
            marginal=marginal(remainder, self.brackets, deductible),
            whole_net=at_rate(over, reached),
            whole_gross=at_rate(gross, reached),
        )
        base = BRACKETS.choose(marginal=over, whole_net=over, whole_gross=gross)
        if poor:
            return PREFERENCE.choose(contained=printed, on_top=self.raised(printed, base))
        return PREFERENCE.choose(contained=self.lowered(printed, base), on_top=printed)

    def paid(self, after_basic: Fen, stay_remainder: Fen, *, poor: bool) -> Fen:
        """The payment on the year's remainder, or stay by stay, before the ceiling."""
        # the tariff of one of the two groups is not printed: of the others, or of the poor if the preference comes on top
        printed, derived = (self.whole_fen(after_basic, stay_remainder, poor=poor, quality=q) for q in ("", "derived"))
        return PREFERENCE.choose(contained=printed if poor else derived, on_top=derived if poor else printed)

    def whole_fen(self, after_basic: Fen, stay_remainder: Fen, *, poor: bool, quality: str) -> Fen:
        """The payment in whole fen: one rounding of the year, or of every stay."""
        each = self.tariff(stay_remainder, poor=poor)
        once, each_bill = to_fen(total(each), quality=quality), total(to_fen(each, quality=quality))
        return DEDUCTIBLE_PERIOD.choose(
            per_year=to_fen(self.tariff(after_basic, poor=poor), quality=quality),
            per_stay=ROUNDING_STAGE.choose(once=once, each_bill=each_bill),
        )

    def rate_reached(self, remainder: Fen) -> Rate:
        """The rate of the bracket that a remainder reaches."""
        lower = rate_reached(remainder, self.brackets, edge_inside=False)
        return SHARED_BOUNDARY.choose(upper=rate_reached(remainder, self.brackets), lower=lower)

    def raised(self, printed: Exact, base: Fen) -> Exact:
        """The payment with the preference added to each rate."""
        more = self.rate_points
        return FIVE_PERCENT.choose(
            points=printed + at_rate(base, more), relative=printed.scaled(more.per + more.numerator, more.per)
        )

    def lowered(self, printed: Exact, base: Fen) -> Exact:
        """The payment with the preference taken off each rate."""
        more = self.rate_points
        return FIVE_PERCENT.choose(
            points=printed - at_rate(base, more), relative=printed.scaled(more.per, more.per + more.numerator)
        )

    @entitlement("大病保险支付", "critical-illness insurance", entity=Person, per="year")
    def critical_illness(self, after_basic: Fen, stay_remainder: Fen, registered_poor: bool) -> Fen:
        """The tariff on the year's remainder, up to the ceiling that is printed for the poor."""
        of_the_poor = least(self.paid(after_basic, stay_remainder, poor=True), self.ceiling)
        others = self.paid(after_basic, stay_remainder, poor=False)
        of_others = OTHERS_CEILING.choose(unstated=others, shared=least(others, self.ceiling))
        return where(registered_poor, of_the_poor, of_others)


@parameters
class Assistance:
    """Medical assistance (医疗救助) and commercial insurance (医疗商业补充保险), on what public insurance leaves."""

    rate: Rate = param("percent")

    def owed(self, after_insurance: Fen, commercial_owed: Fen) -> Fen:
        """What commercial insurance pays if it comes first."""
        return least(commercial_owed, after_insurance)

    @entitlement("医疗商业补充保险支付", "commercial insurance", entity=Person, per="year")
    def commercial_insurance(self, after_insurance: Fen, commercial_owed: Fen, medical_assistance: Fen) -> Fen:
        """What it owes, never more than is left."""
        return PAYER_ORDER.choose(
            assistance_last=self.owed(after_insurance, commercial_owed),
            commercial_last=least(commercial_owed, after_insurance - medical_assistance),
        )

    @entitlement("医疗救助", "medical assistance", entity=Person, per="year")
    def medical_assistance(
        self,
        after_insurance: Fen,
        commercial_owed: Fen,
        receives_dibao: bool,
        extremely_poor: bool,
        registered_poor: bool,
    ) -> Fen:
        """A share of the remainder for the groups that the text names."""
        left = PAYER_ORDER.choose(
            assistance_last=after_insurance - self.owed(after_insurance, commercial_owed),
            commercial_last=after_insurance,
        )
        named = some(receives_dibao, extremely_poor)
        entitled = ASSISTANCE_SCOPE.choose(named_only=named, all_poor=some(registered_poor, named))
        return when(entitled, to_fen(at_rate(left, self.rate)))

    @rule("个人负担", "left to the patient", entity=Person, per="year")
    def out_of_pocket(self, after_insurance: Fen, commercial_owed: Fen, medical_assistance: Fen) -> Fen:
        """What no payer bears of the in-scope cost."""
        return PAYER_ORDER.choose(
            assistance_last=after_insurance - self.owed(after_insurance, commercial_owed) - medical_assistance,
            commercial_last=greatest(after_insurance - medical_assistance - commercial_owed, Fen(0)),
        )


class MedicalArea(services.MedicalServices, insurance.MedicalInsurance, self_pay.SelfPay, help_.MedicalHelp):
    """Medical cost: who pays what of it (`settle`, `settle_total`, `settle_year`, `insured`), and what else is owed.

    Of patients: `inpatient`, `registration`, `check_self_pay`, `check_deposit`. Of premiums: `premium`, `check_coverage`.
    Of free services: `free_services`, `family_services`, `health_check`, `delivery`.
    """

    name = "medical"
    models: ClassVar[dict[str, type]] = {
        "by_grade": ByGrade,
        "marginal": Marginal,
        "assistance": Assistance,
        **services.MODELS,
        **insurance.MODELS,
        **self_pay.MODELS,
        **help_.MODELS,
    }

    def settle(
        self,
        *,
        in_scope: Fen,
        hospital_grade: HospitalGrade | int,
        registered_poor: bool | None = None,
        receives_dibao: bool | None = None,
        extremely_poor: bool | None = None,
        commercial_owed: Fen | None = None,
    ) -> Settlement:
        """Settle one bill as a year of one: `in_scope` in fen, the hospital's grade 1 to 3, the patient's status.

        A status left out is unknown; what commercial insurance owes counts as nothing if left out, as an assumption.
        Source: box 7 items 11 and 12, chapter 9 section 1 part 3.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> bill = zz.medical.settle(in_scope=pr.yuan(200_000), hospital_grade=3, registered_poor=True,
        ...                          receives_dibao=True, extremely_poor=False)
        >>> str(bill.critical_illness), str(bill.out_of_pocket)
        ('46,200.00 yuan a year', 'at most 13,140.00 yuan a year')
        """
        bill = {"in_scope": in_scope, "hospital_grade": hospital_grade}
        try:
            return self.calculate(
                Settlement,
                treatments=(bill,),
                registered_poor=registered_poor,
                receives_dibao=receives_dibao,
                extremely_poor=extremely_poor,
                commercial_owed=commercial_owed,
            )
        except InputError as error:  # the caller knows arguments, not treatments
            error.field = error.field.removeprefix("treatments[0].")
            raise

    def settle_total(
        self,
        *,
        total_cost: Fen,
        hospital_grade: HospitalGrade | int,
        registered_poor: bool | None = None,
        receives_dibao: bool | None = None,
        extremely_poor: bool | None = None,
        commercial_owed: Fen | None = None,
    ) -> Bounded:
        """Bound a settlement when only the total cost is known: in scope may be anything from nothing to all of it.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.medical.settle_total(total_cost=pr.yuan(10_000), hospital_grade=3, registered_poor=True,
        ...                               receives_dibao=False, extremely_poor=False).basic)
        at most 5,500.00 yuan a year
        """
        status = {
            "registered_poor": registered_poor,
            "receives_dibao": receives_dibao,
            "extremely_poor": extremely_poor,
        }
        fact = describe(Treatment).facts["in_scope"]
        fact.checker(fact, total_cost, "total_cost")
        found = [
            self.settle(in_scope=cost, hospital_grade=hospital_grade, commercial_owed=commercial_owed, **status)
            for cost in self._turns(total_cost, hospital_grade)
        ]
        ends = {payer: hull([getattr(one, payer) for one in found]) for payer in PAYERS[:-1]}
        # what is out of scope is borne by the patient too, on top of what is left of the in-scope part
        left = found[-1].out_of_pocket
        spared = max(sum(getattr(one, payer).high or 0 for payer in PAYERS[:-2]) for one in found)
        low = min(left.low or 0, max(total_cost - spared, 0))
        return Bounded(**ends, out_of_pocket=Amount(total_cost, Fen(low), total_cost, left.quality, left.per))

    def _turns(self, total_cost: Fen, hospital_grade: HospitalGrade | int) -> list[Fen]:
        """In-scope costs between which every payment rises: none, all, and both sides of where a whole-amount rate jumps."""
        edges: set[int] = set()
        for model in self.bound.sections("medical", Marginal).values():
            share = model.deductible_share
            edges |= {row.start for row in model.brackets.rows} | {model.deductible}
            edges |= {model.deductible * share.numerator // share.per, model.deductible * share.per // share.numerator}
        out = {0, int(total_cost)}
        for edge in edges:
            low, high = 0, int(total_cost)
            while low < high:  # the least cost that leaves the edge, or more, after basic insurance
                middle = (low + high) // 2
                bill = {"in_scope": Fen(middle), "hospital_grade": hospital_grade}
                reached = self.bound.evaluate(("after_basic",), {"treatments": (bill,)}).number("after_basic") >= edge
                low, high = (low, middle) if reached else (middle + 1, high)
            out |= {low - 1, low, low + 1}
        return [Fen(cost) for cost in sorted(out) if 0 <= cost <= total_cost]

    def settle_year(
        self,
        treatments: Iterable[Treatment],
        *,
        registered_poor: bool | None = None,
        receives_dibao: bool | None = None,
        extremely_poor: bool | None = None,
        commercial_owed: Fen | None = None,
    ) -> YearSettlement:
        """Settle a year's bills; each bill's payment is the year's up to it less the year's up to the one before.

        Bills are taken by day of admission (then as given); the year's totals do not depend on the order.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> costs = [(30_000, 3), (50_000, 2)]
        >>> bills = [pr.Treatment(in_scope=pr.yuan(cost), hospital_grade=grade) for cost, grade in costs]
        >>> year = zz.medical.settle_year(bills, registered_poor=True, receives_dibao=False, extremely_poor=False)
        >>> str(year.year.basic), [pr.show(bill.critical_illness) for bill in year.bills]
        ('51,500.00 yuan a year', ['4,125.00', '8,250.00'])
        """
        if isinstance(treatments, Treatment | str) or not isinstance(treatments, Iterable):
            raise SortError("treatments", treatments, "allowed: a list of Treatment objects")
        given = tuple(treatments)
        if not all(isinstance(one, Treatment) for one in given):
            raise SortError("treatments", given, "allowed: a list of Treatment objects")
        dates = {t.admitted.year for t in given if t.admitted}
        if len(dates) > 1:
            raise RangeError("treatments.admitted", sorted(dates), "allowed: admissions of one year")
        if dates and any(t.admitted is None for t in given):
            raise InputError("treatments.admitted", None, "allowed: a date for every bill or for none")
        bills = tuple(sorted(given, key=lambda t: t.admitted or datetime.date.min))
        status = {
            "registered_poor": registered_poor,
            "receives_dibao": receives_dibao,
            "extremely_poor": extremely_poor,
            "commercial_owed": commercial_owed,
        }
        up_to = (self.calculate(Settlement, treatments=bills[:n], **status) for n in range(len(bills) + 1))
        return YearSettlement(bills, tuple(up_to))
