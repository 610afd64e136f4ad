"""Credit (金融扶贫): micro-credit and the subsidy of its interest, help with its insurance, loans for relocation.

References: 中共吉林省委 吉林省人民政府关于全面推进脱贫攻坚的实施意见, part 6 (32); 中站区脱贫攻坚“十三五”规划,
chapter 2 section 7 part 3.
Limits: neither the share of the interest that is subsidised nor that of the insurance's premium is printed, nor the benchmark
rate: the caller gives them. That Jilin's micro-credit is at the benchmark rate, and that of Zhongzhan without a mortgage, are
terms of the national scheme. Days of a month are not counted: a month's interest is a twelfth of the year's.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import ClassVar

from povertyrules.areas.credit_schedule import MONTHS, REPAYMENTS, Instalment, Loan, Schedule
from povertyrules.categories import CreditPurpose
from povertyrules.conventions import INCLUSIVE, ROUNDING_MODE, to_fen
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.errors import NotStated, RangeError, UnknownName
from povertyrules.core.figures import rate_of
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds, Missing
from povertyrules.core.words import at_rate, when
from povertyrules.entities import Household

UNPRINTED_TERMS = interpretation("credit.unprinted_terms", "national", "as_printed")
LONGEST = 600
"""The longest loan that is looked at, in months."""


@parameters
class Microcredit:
    """Micro-credit for the registered poor (扶贫小额信贷): how much, how long, for what, and on which terms."""

    ceiling: Fen = param("yuan")
    years: int = param("years")
    purposes: Kinds = param("kinds", category=CreditPurpose)
    unsecured: bool = param("", default=False)
    """Whether the text prints that nothing is pledged and nobody stands surety."""
    benchmark: bool = param("", default=False)
    """Whether the text prints that the rate is the benchmark."""
    subsidy_share: Rate | Missing = param("percent")

    @entitlement("小额信贷额度", "micro-credit", entity=Household, per="once", counts=False)
    def microcredit_ceiling(self, registered_poor: bool) -> Fen:
        """The most that can be borrowed; a loan is no income and is not added to grants."""
        return when(registered_poor, self.ceiling)

    @entitlement("小额信贷贴息", "subsidy of micro-credit's interest", entity=Household, per="year")
    def microcredit_subsidy(self, registered_poor: bool, microcredit_interest: Fen) -> Fen:
        """The share of the year's interest that is paid for the household; the share is the locality's."""
        share: Rate = self.subsidy_share  # type: ignore[assignment]
        return when(registered_poor, to_fen(at_rate(microcredit_interest, share)))


@parameters
class InsuranceHelp:
    """Help with the premium of the insurance that guarantees a micro-credit (保证保险保费补助)."""

    share: Rate | Missing = param("percent")

    @entitlement("保证保险保费补助", "help with the premium of guarantee insurance", entity=Household, per="year")
    def credit_insurance_subsidy(self, registered_poor: bool, credit_insurance_premium: Fen) -> Fen:
        """The share of the premium that is paid for a poor household; the share is the locality's."""
        share: Rate = self.share  # type: ignore[assignment]
        return when(registered_poor, to_fen(at_rate(credit_insurance_premium, share)))

    @rule("自付保证保险保费", "premium of guarantee insurance left to pay", entity=Household, per="year")
    def credit_insurance_left(self, credit_insurance_premium: Fen, credit_insurance_subsidy: Fen) -> Fen:
        """What is left of the premium."""
        return credit_insurance_premium - credit_insurance_subsidy


@parameters
class RelocationLoan:
    """Long-term loans for relocation (易地扶贫搬迁贷款): the share of the interest that the state pays.

    Its amounts are no entitlement of a household: the borrower is a platform.
    """

    share: Rate = param("percent")

    @rule("搬迁贷款贴息", "subsidy of the interest on a relocation loan", entity=Household, per="year")
    def relocation_interest_subsidy(self, for_relocation: bool, relocation_interest: Fen) -> Fen:
        """The share, of a loan that is for relocation alone."""
        return when(for_relocation, to_fen(at_rate(relocation_interest, self.share)))

    @rule("搬迁贷款自付利息", "interest left to the borrower of a relocation loan", entity=Household, per="year")
    def relocation_interest_left(self, relocation_interest: Fen, relocation_interest_subsidy: Fen) -> Fen:
        """What is left of the interest."""
        return relocation_interest - relocation_interest_subsidy


class MicrocreditResult(Result):
    """What one household may borrow, and the subsidy of the year's interest."""

    ceiling = amount_of("microcredit_ceiling")
    subsidy = amount_of("microcredit_subsidy")


class InsuranceResult(Result):
    """The premium of a year: what is paid for the household, and what is left."""

    subsidy = amount_of("credit_insurance_subsidy")
    left = amount_of("credit_insurance_left")


class RelocationInterest(Result):
    """The interest of a year on a relocation loan: what is subsidised, and what is left."""

    subsidy = amount_of("relocation_interest_subsidy")
    left = amount_of("relocation_interest_left")


class CreditArea(Area):
    """Credit: `microcredit`, `insurance`, `relocation`, `schedule`, `instalment`, `check`."""

    name = "credit"
    models: ClassVar[dict[str, type]] = {
        "microcredit": Microcredit,
        "insurance_help": InsuranceHelp,
        "relocation_loan": RelocationLoan,
    }

    def microcredit(self, *, registered_poor: bool | None = None, microcredit_interest: Fen | None = None) -> MicrocreditResult:
        """What one household may borrow, and what is paid of the year's interest for it.

        Source: Jilin, part 6 (32); Zhongzhan, chapter 2 section 7 part 3.

        >>> import povertyrules as pr
        >>> print(pr.policy("jilin", on="2016-06-30").credit.microcredit(registered_poor=True).ceiling)
        at most 50,000.00 yuan once
        """
        return self.calculate(MicrocreditResult, registered_poor=registered_poor, microcredit_interest=microcredit_interest)

    def insurance(self, *, registered_poor: bool | None = None, credit_insurance_premium: Fen | None = None) -> InsuranceResult:
        """The premium of guarantee insurance: what is paid for one household, and what is left. Source: Jilin, part 6 (32).

        >>> import povertyrules as pr
        >>> told = pr.policy("jilin", on="2016-06-30").local({"credit.insurance_help.share": "60 %"}, source="county notice")
        >>> print(told.credit.insurance(registered_poor=True, credit_insurance_premium=pr.yuan(100)).left)
        40.00 yuan a year
        """
        return self.calculate(InsuranceResult, registered_poor=registered_poor, credit_insurance_premium=credit_insurance_premium)

    def relocation(self, *, for_relocation: bool, relocation_interest: Fen | None = None) -> RelocationInterest:
        """The interest of a year on a relocation loan, and who pays it. Source: Jilin, part 6 (32).

        >>> import povertyrules as pr
        >>> jilin = pr.policy("jilin", on="2016-06-30")
        >>> print(jilin.credit.relocation(for_relocation=True, relocation_interest=pr.yuan(1_000_000)).left)
        100,000.00 yuan a year
        """
        return self.calculate(RelocationInterest, for_relocation=for_relocation, relocation_interest=relocation_interest)

    # ---- month by month -----------------------------------------------------------------------------------------

    def schedule(self, *, amount: Fen, drawn_on: datetime.date, months: int, rate: str, repayment: str = "at_end") -> Schedule:
        """A micro-credit month by month: the loan in fen, the day on which it was drawn, its months, the rate of a year.

        `repayment` is "at_end" (the principal falls due with the last month) or "equal_principal". Interest, subsidy and
        principal are whole fen in each month. The terms are not checked here: `check` does that. Raises `NotStated` where no
        share of the subsidy was given, `RangeError`.

        >>> import datetime
        >>> import povertyrules as pr
        >>> told = pr.policy("jilin", on="2016-06-30").local({"credit.microcredit.subsidy_share": "50 %"}, source="notice")
        >>> loan = told.credit.schedule(amount=pr.yuan(50_000), drawn_on=datetime.date(2016, 1, 31), months=12, rate="4.75 %")
        >>> print(loan.instalments[0])
        1: 2016-02-29: principal 0.00, interest 197.92, subsidy 98.96, payment 98.96
        >>> pr.show(loan.interest), pr.show(loan.left)
        ('2,375.04', '1,187.52')
        """
        path, held = self.held(Microcredit)
        at = f"{path}.subsidy_share"
        if repayment not in REPAYMENTS:
            raise UnknownName.among("repayment", repayment, REPAYMENTS)
        if not 1 <= given.whole("months", months) <= LONGEST:
            raise RangeError("months", months, f"allowed: a whole number from 1 to {LONGEST}")
        terms = given.amount("amount", amount), given.day("drawn_on", drawn_on), months, rate_of(rate, "rate"), repayment
        if isinstance(held.subsidy_share, Missing):
            raise NotStated(f"{at} is not printed [{self.bound.cite(at)}]; give it with policy.local")
        loan = Loan(*terms, held.subsidy_share, self.bound.grade(at), self.bound.choice(ROUNDING_MODE.name))
        return Schedule(loan.instalments(), self.bound.cite(at))

    def instalment(
        self,
        *,
        amount: Fen,
        drawn_on: datetime.date,
        months: int,
        rate: str,
        repayment: str = "at_end",
        number: int,
    ) -> Instalment:
        """One month of a schedule: the first is number 1. Raises as `schedule` does, and `RangeError` for a month beyond it.

        >>> import datetime
        >>> import povertyrules as pr
        >>> told = pr.policy("zhongzhan", on="2016-06-30").local({"credit.microcredit.subsidy_share": "100 %"}, source="notice")
        >>> loan = {"amount": pr.yuan(50_000), "drawn_on": datetime.date(2016, 1, 1), "months": 36, "rate": "4.35 %"}
        >>> print(told.credit.instalment(**loan, repayment="equal_principal", number=36))
        36: 2019-01-01: principal 1,388.85, interest 5.03, subsidy 5.03, payment 1,388.85
        """
        made = self.schedule(amount=amount, drawn_on=drawn_on, months=months, rate=rate, repayment=repayment)
        if not 1 <= given.whole("number", number) <= months:
            raise RangeError("number", number, f"allowed: a whole number from 1 to {months}")
        return made.instalments[number - 1]

    # ---- checks -------------------------------------------------------------------------------------------------

    def check(
        self,
        *,
        amount: Fen,
        months: int,
        registered_poor: bool,
        purpose: CreditPurpose | int | str,
        secured: bool,
        rate: str,
        benchmark: str,
    ) -> Findings:
        """Whether a micro-credit keeps its terms: a finding each for amount, term, register, purpose, security and rate.

        `rate` and `benchmark` are those of a year, such as "4.75 %". A term that only the national scheme has is an error, or
        in the other reading a warning.

        >>> import povertyrules as pr
        >>> loan = {"amount": pr.yuan(40_000), "months": 24, "registered_poor": True, "purpose": "own_business"}
        >>> zhongzhan = pr.policy("zhongzhan", on="2016-06-30")
        >>> [one.field for one in zhongzhan.credit.check(**loan, secured=True, rate="4.35 %", benchmark="4.35 %")]
        ['secured']
        """
        path, held = self.held(Microcredit)
        lent, term, kind = given.amount("amount", amount), given.whole("months", months), CreditPurpose.read(purpose, "purpose")
        asked, wanted = rate_of(rate, "rate"), rate_of(benchmark, "benchmark")
        poor, pledged = given.flag("registered_poor", registered_poor), given.flag("secured", secured)
        found = list(self._limits(held, lent, term, path))
        if not poor:
            found.append(self._error("register", "registered_poor", "the household is not in the register", path))
        if kind not in held.purposes.rows:
            allowed = " or ".join(CreditPurpose.of(one).en for one in held.purposes.rows)
            found.append(self._error("purpose", "purpose", f"{kind.en}: the loan is for {allowed}", f"{path}.purposes"))
        if pledged:
            said = "a mortgage or a surety was asked for"
            found.append(self.finding("security", self._force(printed=held.unsecured), "secured", said, path))
        if asked.numerator * wanted.per != wanted.numerator * asked.per:
            said = f"{asked} is not the benchmark, {wanted}"
            found.append(self.finding("rate", self._force(printed=held.benchmark), "rate", said, path))
        return Findings(tuple(found))

    def _limits(self, held: Microcredit, lent: Fen, term: int, path: str) -> Iterator[Finding]:
        """The ceiling and the term; the figures themselves are inside, or in the other reading outside."""
        strict = self.bound.choice(INCLUSIVE.name) == "strict"
        word = "less than" if strict else "at most"
        if lent > held.ceiling or (strict and lent == held.ceiling):
            message = f"{show(lent)} was lent, {word} {show(held.ceiling)} may be"
            yield self._error("amount", "amount", message, f"{path}.ceiling")
        longest = MONTHS * held.years
        if term > longest or (strict and term == longest):
            yield self._error("term", "months", f"{term} months, {word} {longest} may be", f"{path}.years")

    def _force(self, *, printed: bool) -> Severity:
        """How bad it is to break a term: one that is not printed binds if those of the national scheme do."""
        binds = printed or self.bound.choice(UNPRINTED_TERMS.name) == "national"
        return Severity.ERROR if binds else Severity.WARNING

    def _error(self, code: str, field: str, message: str, path: str) -> Finding:
        return self.finding(code, Severity.ERROR, field, message, path)
