"""Solar power (光伏扶贫): what a household has from it, and whether its villages and their households have enough.

References: 山西省“十三五”脱贫攻坚规划, box 5 item 2; 中站区脱贫攻坚“十三五”规划, chapter 2 section 1 part 3.
Limits: how many counties, villages and households are reached are obligations and tables of Shanxi. That its figure is a
floor is inferred: the text guarantees it. Zhongzhan's is a floor of the mean, and its scheme may be left undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from povertyrules.conventions import MAY
from povertyrules.core import given
from povertyrules.core.area import Area, Result, amount_of
from povertyrules.core.errors import SortError
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, show
from povertyrules.core.rule import entitlement
from povertyrules.core.section import param, parameters
from povertyrules.core.words import any_of, every, no, when
from povertyrules.entities import Household

MEAN_OR_EACH = interpretation("energy.mean_or_each", "mean", "each")


@parameters
class NoLabour:
    """Solar power for the registered poor of whom nobody is able to work (无劳动能力贫困户)."""

    amount: Fen = param("yuan/year")

    @entitlement("光伏扶贫增收", "income from solar power", entity=Household, per="year")
    def pv_income(self, registered_poor: bool, in_pv_scheme: bool, able_to_work: bool) -> Fen:
        """The floor, for a registered household in the scheme without anybody able to work."""
        return when(every(registered_poor, in_pv_scheme, no(any_of(able_to_work))), self.amount)


@parameters
class Average:
    """Solar power in poor villages: what the registered households have more on average (户均年增收)."""

    amount: Fen = param("yuan/year")
    villages: int = param("villages")

    @entitlement("光伏扶贫增收", "income from solar power", entity=Household, per="year")
    def pv_income(self, registered_poor: bool, in_pv_scheme: bool) -> Fen:
        """The floor of the average, for a registered household in the scheme."""
        return when(every(registered_poor, in_pv_scheme), self.amount)


class SolarIncome(Result):
    """What one household has from solar power."""

    income = amount_of("pv_income")


class EnergyArea(Area):
    """Solar power: `solar`, `villages`, `check_income`, `check_scheme`."""

    name = "energy"
    models: ClassVar[dict[str, type]] = {"pv_no_labour": NoLabour, "pv_average": Average}

    def solar(
        self,
        *,
        registered_poor: bool | None = None,
        in_pv_scheme: bool | None = None,
        able_to_work: Iterable[bool | None] | None = None,
    ) -> SolarIncome:
        """What one household has from solar power in a year; `able_to_work` is told for each member.

        Source: Shanxi, box 5 item 2; Zhongzhan, chapter 2 section 1 part 3.

        >>> import povertyrules as pr
        >>> sx = pr.policy("shanxi", on="2017-06-30")
        >>> print(sx.energy.solar(registered_poor=True, in_pv_scheme=True, able_to_work=[False, False]).income)
        at least 3,000.00 yuan a year
        """
        persons = {} if able_to_work is None else {"persons": [{"able_to_work": one} for one in _members(able_to_work)]}
        return self.calculate(SolarIncome, registered_poor=registered_poor, in_pv_scheme=in_pv_scheme, **persons)

    def villages(self) -> int:
        """In how many poor villages it may be done. Source: Zhongzhan, chapter 2 section 1 part 3.

        >>> import povertyrules as pr
        >>> pr.policy("zhongzhan", on="2017-06-30").energy.villages()
        13
        """
        _, held = self.held(Average)
        return held.villages

    def check_income(self, incomes: Iterable[Fen]) -> Findings:
        """Whether solar power brings the registered households enough: what each had more in the year, in fen.

        All together are held against the floor; in the other reading each is, with an error for each that falls short.

        >>> import povertyrules as pr
        >>> area = pr.policy("zhongzhan", on="2017-06-30").energy
        >>> area.check_income([pr.yuan(1600), pr.yuan(900), pr.yuan(700)]).ok
        True
        """
        path, held = self.held(Average)
        had = [given.amount(f"incomes[{i}]", one) for i, one in enumerate(given.each_of("incomes", incomes, int))]
        if not had:
            raise SortError("incomes", incomes, "allowed: the income of at least one household")
        if self.bound.choice(MEAN_OR_EACH.name) == "each":
            short = ((f"incomes[{i}]", show(one)) for i, one in enumerate(had) if one < held.amount)
            return Findings(tuple(self._short(field, said, held.amount, path) for field, said in short))
        if Fraction(sum(had), len(had)) >= held.amount:
            return Findings()
        said = f"{show(sum(had) // len(had))} on average of {len(had)}"
        return Findings((self._short("incomes", said, held.amount, path),))

    def _short(self, field: str, said: str, floor: Fen, path: str) -> Finding:
        message = f"{said}, {show(floor)} must be reached"
        return self.finding("solar-income", Severity.ERROR, field, message, f"{path}.amount")

    def check_scheme(self, started: bool) -> Findings:
        """Whether solar power was set up: it may be left undone, unless what may be done is read as a duty.

        >>> import povertyrules as pr
        >>> zhongzhan = pr.policy("zhongzhan", on="2017-06-30")
        >>> zhongzhan.energy.check_scheme(started=False).ok
        True
        >>> zhongzhan.reading("wording.may", "duty").energy.check_scheme(started=False).ok
        False
        """
        path, held = self.held(Average)
        if given.flag("started", started) or self.bound.choice(MAY.name) == "option":
            return Findings()
        message = f"no solar power was set up in any of the {held.villages} villages"
        return Findings((self.finding("solar-scheme", Severity.ERROR, "started", message, path),))


def _members(able_to_work: object) -> tuple[bool | None, ...]:
    """Whether each member is able to work."""
    if isinstance(able_to_work, str | bytes | dict) or not isinstance(able_to_work, Iterable):
        raise SortError("able_to_work", able_to_work, "allowed: a list of true, false, or None for a member not told of")
    return tuple(able_to_work)
