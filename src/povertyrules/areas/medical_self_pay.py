"""What patients pay themselves: the share that must not be passed, items that are free, registration.

References: 山西省“十三五”脱贫攻坚规划, chapter 7 part 2, chapter 9 part 4, box 9 item 2, box 11 item 9;
中站区脱贫攻坚“十三五”规划, chapter 2 section 4 part 2.
Limits: the share is held for primary institutions within poor counties alone; the year between its two figures is a reading.
The area itself is in `medical`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from povertyrules.conventions import to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.errors import RangeError
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.rule import rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.words import at_rate, cases, every, least, no, total, unstated, when, where
from povertyrules.entities import Person, Treatment

SELF_PAY_2017 = interpretation("medical.self_pay_2017", "as_2016", "as_2018", "unstated")
SELF_PAY_UNIT = interpretation("medical.self_pay_unit", "aggregate", "per_patient")
TREATMENT_AND_BED = interpretation("medical.treatment_and_bed", "two_items_free", "ceiling_only", "nothing_due")
PROBE = Fen(100_000_000)
"""A cost of which every share is whole fen: its limit tells the share of the day."""


@parameters
class SelfPayShare:
    """The most that poor patients pay of in-scope cost (个人支出控制在以内), by year; one year lies between the figures."""

    first_year: int = param("")
    first: Rate = param("percent")
    later_year: int = param("")
    later: Rate = param("percent")

    @rule("个人自付上限", "limit of what the patient pays", entity=Person, per="year")
    def self_pay_limit(self, in_scope: Fen, primary_in_poor_county: bool, registered_poor: bool, on: int) -> Fen:
        """The share of the year, of the bills of primary institutions in poor counties."""
        counted, year = total(when(primary_in_poor_county, in_scope)), on // 10_000
        first, later = to_fen(at_rate(counted, self.first)), to_fen(at_rate(counted, self.later))
        between = SELF_PAY_2017.choose(as_2016=first, as_2018=later, unstated=unstated(SELF_PAY_2017.name))
        limit = cases((self.later_year <= year, later), (year == self.first_year, first), default=between)
        return when(registered_poor, limit)


@parameters
class InpatientItems:
    """Items of a stay that are free of what insurance leaves (住院治疗费和床位费剩余部分免除)."""

    @rule("住院个人应付", "what an inpatient pays", entity=Person, per="year")
    def inpatient_due(
        self,
        treatment_bed_left: Fen,
        other_items_left: Fen,
        primary_in_poor_county: bool,
        registered_poor: bool,
        self_pay_limit: Fen,
    ) -> Fen:
        """What is left of the year's bills; of the poor less what is free, and where the share holds no more than its limit."""
        everything = treatment_bed_left + other_items_left
        of_the_poor = TREATMENT_AND_BED.choose(
            two_items_free=self.kept(other_items_left, primary_in_poor_county, self_pay_limit),
            ceiling_only=self.kept(everything, primary_in_poor_county, self_pay_limit),
            nothing_due=Fen(0),
        )
        return where(registered_poor, of_the_poor, total(everything))

    def kept(self, left: Fen, primary_in_poor_county: bool, self_pay_limit: Fen) -> Fen:
        """What is left, within the limit for the bills to which it applies."""
        within = least(total(when(primary_in_poor_county, left)), self_pay_limit)
        return within + total(when(no(primary_in_poor_county), left))


@parameters
class Registration:
    """Registration without a fee (免除挂号费), for the poor, at the hospitals that the document names."""

    @service("免挂号费", "registration without a fee", entity=Person)
    def registration_free(self, registered_poor: bool) -> bool:
        """The registered poor."""
        return registered_poor

    @rule("应付挂号费", "registration fee due", entity=Treatment, per="once")
    def registration_due(self, registration_free: bool, designated_hospital: bool, registration_fee: Fen) -> Fen:
        """Nothing at such a hospital, the fee elsewhere."""
        return where(every(registration_free, designated_hospital), Fen(0), registration_fee)


class InpatientCost(Result):
    """What one patient pays of a year's stays."""

    limit = amount_of("self_pay_limit")
    due = amount_of("inpatient_due")


class RegistrationResult(Result):
    """The registration of one visit."""

    free = yes_no_of("registration_free")
    due = amount_of("registration_due")


class SelfPay(Area):
    """The calculators and checks of this module, which the medical area takes in."""

    def inpatient(self, treatments: Iterable[Treatment], *, registered_poor: bool | None = None) -> InpatientCost:
        """What a patient pays of the year's stays: what insurance left of treatment and bed, and of the rest, by stay.

        Source: 山西省“十三五”脱贫攻坚规划, chapter 7 part 2, chapter 9 part 4.

        >>> import povertyrules as pr
        >>> stay = pr.Treatment(in_scope=pr.yuan(10_000), primary_in_poor_county=True, treatment_bed_left=pr.yuan(2400),
        ...                     other_items_left=pr.yuan(1500))
        >>> cost = pr.policy("shanxi", on="2018-06-30").medical.inpatient([stay], registered_poor=True)
        >>> str(cost.limit), str(cost.due)
        ('1,000.00 yuan a year', '1,000.00 yuan a year')
        """
        stays = given.each_of("treatments", treatments, Treatment)
        return self.calculate(InpatientCost, treatments=stays, registered_poor=registered_poor)

    def registration(
        self,
        *,
        registration_fee: Fen,
        designated_hospital: bool | None = None,
        registered_poor: bool | None = None,
    ) -> RegistrationResult:
        """Whether the fee for registration is due; which hospitals are meant, the caller knows from the document.

        Source: 山西省“十三五”脱贫攻坚规划, chapter 9 part 4; 中站区脱贫攻坚“十三五”规划, chapter 2 section 4 part 2.

        >>> import povertyrules as pr
        >>> zhongzhan = pr.policy("zhongzhan", on="2017-06-30").medical
        >>> print(zhongzhan.registration(registration_fee=pr.yuan(5), designated_hospital=True, registered_poor=True).due)
        0.00 yuan once
        """
        told = {"registration_fee": registration_fee, "designated_hospital": designated_hospital}
        return self.calculate(RegistrationResult, **told, registered_poor=registered_poor)

    def check_self_pay(self, in_scope: Sequence[Fen], self_paid: Sequence[Fen]) -> Findings:
        """Whether poor patients paid no more than the share of the policy's day: in-scope cost and own payment by patient.

        All together over the share is an error, and a patient over it a warning; or each patient is an error, as the reading
        `medical.self_pay_unit` has it. Raises `NotStated` for a year without a share, `RangeError` for lists of two lengths.

        >>> import povertyrules as pr
        >>> shanxi = pr.policy("shanxi", on="2018-06-30").medical
        >>> found = shanxi.check_self_pay([pr.yuan(10_000), pr.yuan(10_000)], [pr.yuan(100), pr.yuan(1800)])
        >>> [f"{one.severity}: {one.message}" for one in found]
        ['warning: 1,800.00 of 10,000.00 was paid, 1,000.00 is the most']
        """
        path, _ = self.held(SelfPayShare)
        costs, paid = _amounts("in_scope", in_scope), _amounts("self_paid", self_paid)
        if len(costs) != len(paid):
            raise RangeError("self_paid", f"{len(paid)} patients", f"allowed: {len(costs)}, as many as in in_scope")
        together = self.bound.choice(SELF_PAY_UNIT.name) == "aggregate"
        share, severity = self._share(), Severity.WARNING if together else Severity.ERROR
        found = [_over(cost, own, share) for cost, own in zip(costs, paid, strict=True)]
        patients = [(f"self_paid[{i}]", severity, said) for i, said in enumerate(found) if said]
        whole = _over(sum(costs), sum(paid), share) if together else ""
        all_ = [("self_paid", Severity.ERROR, f"all patients together: {whole}")] if whole else []
        return Findings(tuple(self._finding(path, *one) for one in (*all_, *patients)))

    def _finding(self, path: str, field: str, severity: Severity, message: str) -> Finding:
        return self.finding("self-pay", severity, field, message, path)

    def _share(self) -> Fraction:
        """The share of the day, as the rule has it."""
        bill = {"in_scope": PROBE, "primary_in_poor_county": True}
        answers = self.bound.evaluate(("self_pay_limit",), {"treatments": (bill,), "registered_poor": True})
        return Fraction(answers.amount("self_pay_limit").figure, PROBE)


def _amounts(name: str, values: Sequence[Fen]) -> tuple[Fen, ...]:
    return tuple(given.amount(f"{name}[{i}]", one) for i, one in enumerate(given.each_of(name, values, object)))


def _over(cost: int, own: int, share: Fraction) -> str:
    """What is said of a payment over the share, which is compared without rounding; nothing of one within it."""
    return f"{show(own)} of {show(cost)} was paid, {show(int(cost * share))} is the most" if own > cost * share else ""


MODELS: dict[str, type] = {
    "self_pay_share": SelfPayShare,
    "inpatient_items": InpatientItems,
    "registration": Registration,
}
"""The models of this module, by name in packs."""
