"""Income (收入): poverty lines by series and year, carrying them forward by prices, the income test, and the concepts of income.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 2 section 4, box 6; national series as the pack of `cn` cites them.
Limits: index chains are plain Python, not terms; no price index of the province is held, the caller gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, cast

from attrs import frozen

from povertyrules.areas.income_lines import LATER_PRICES, MODELS, AppliesNational, AppliesProvincial, ConstantPrices, Series
from povertyrules.conventions import Counting, to_fen
from povertyrules.core.amount import Amount
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.errors import InputError, NotStated, RangeError, SortError, UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, show
from povertyrules.core.rule import rule
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Amounts, Kinds, Rates
from povertyrules.core.words import Exact, among, every, greatest, no, total, when, where
from povertyrules.entities import Household, IncomeKind

LINE_EDGE = interpretation("income.line_edge", "at_or_below", "below")
LINE_ROUNDING = interpretation("income.line_rounding", "each_year", "at_end")
LOCAL_ITEMS = interpretation("income.local_items", "counted", "excluded")
TWO_LINES = interpretation("dibao.two_lines", "at_least", "equal")


@parameters
class IncomeTest:
    """The income test (收入认定): net income per head against the line."""

    @rule("收入低于贫困标准", "poor by income", entity=Household)
    def poor_by_income(self, register_net_income: Fen, members: int, poverty_line: Fen) -> bool:
        """Whether income per head is at or under the line, compared without dividing."""
        lines = poverty_line * members
        return LINE_EDGE.choose(at_or_below=register_net_income <= lines, below=register_net_income < lines)

    @rule("贫困缺口", "poverty gap of the household", entity=Household, per="year")
    def poverty_gap(self, register_net_income: Fen, members: int, poverty_line: Fen) -> Fen:
        """What the household lacks to the line, all heads together."""
        return greatest(poverty_line * members - register_net_income, Fen(0))

    @rule("人均贫困缺口", "poverty gap per head", entity=Household, per="year")
    def poverty_gap_per_head(self, poverty_gap: Fen, members: int) -> Fen:
        """The household's gap over its heads, to the nearest fen."""
        return to_fen(Exact(poverty_gap, members))


@parameters
class TwoLines:
    """Joining the dibao line and the poverty line (两线合一)."""

    @rule("两线合一", "dibao line and poverty line joined", entity=Household)
    def two_lines_joined(self, dibao_standard: Fen, poverty_line: Fen) -> bool:
        """Whether the dibao standard is not below the line (or, in the other reading, equal to it)."""
        return TWO_LINES.choose(at_least=poverty_line <= dibao_standard, equal=dibao_standard == poverty_line)


@parameters
class Concept:
    """A concept of income: the kinds of the ledger that it takes in; costs of business are taken off."""

    kinds: Kinds = param("kinds", category=IncomeKind, apart=True)

    def listed(self, kinds: Kinds, kind: int, amount: Fen) -> Fen:
        """The sum of the entries of the listed kinds."""
        signed = where(kind == int(IncomeKind.BUSINESS_COSTS), -amount, amount)
        return total(when(among(kind, kinds), signed))


MOST_LINE = 100_000_000
"""The most that a yearly line per head can be, in fen."""
LOWEST = -(10**9) * 200
"""Net income can be negative: the range of the ledger's costs, in fen."""


@parameters
class RegisterNetIncome(Concept):
    """Net income of the register of the poor (建档立卡人均纯收入)."""

    @rule("家庭纯收入", "register net income", entity=Household, per="year", least=LOWEST)
    def register_net_income(self, kind: int, amount: Fen) -> Fen:
        """The household's net income over the year."""
        return self.listed(self.kinds, kind, amount)

    @rule("家庭总收入", "register income before costs", entity=Household, per="year")
    def register_receipts(self, kind: int, amount: Fen) -> Fen:
        """The household's income over the year, costs of business not taken off."""
        return total(when(every(among(kind, self.kinds), no(kind == IncomeKind.BUSINESS_COSTS)), amount))


@parameters
class CountableIncome(Concept):
    """Income countable for dibao (低保家庭收入); some items are for the locality to count or leave out."""

    local_kinds: Kinds = param("kinds", category=IncomeKind, apart=True)

    @rule("低保核算收入", "income countable for dibao", entity=Household, per="year", least=LOWEST)
    def countable_income(self, kind: int, amount: Fen) -> Fen:
        """The household's countable income over the year."""
        always = self.listed(self.kinds, kind, amount)
        return LOCAL_ITEMS.choose(counted=always + self.listed(self.local_kinds, kind, amount), excluded=always)


@parameters
class DisposableIncome(Concept):
    """Disposable income (可支配收入)."""

    @rule("可支配收入", "disposable income", entity=Household, per="year", least=LOWEST)
    def disposable_income(self, kind: int, amount: Fen) -> Fen:
        """The household's disposable income over the year."""
        return self.listed(self.kinds, kind, amount)


@parameters
class IncomeBeforeTransfers(Concept):
    """Income before public transfers (转移前收入), the basis of targeting measures."""

    @rule("转移前收入", "income before transfers", entity=Household, per="year", least=LOWEST)
    def income_before_transfers(self, kind: int, amount: Fen) -> Fen:
        """The household's income before public transfers over the year."""
        return self.listed(self.kinds, kind, amount)


@parameters
class PriceIndex:
    """Rural consumer prices (农村居民消费价格指数), previous year = 100."""

    indices: Rates = param("index")


class IncomeResult(Result):
    """The income test of one household."""

    poverty_line = amount_of("poverty_line")
    poor = yes_no_of("poor_by_income")
    gap = amount_of("poverty_gap")
    gap_per_head = amount_of("poverty_gap_per_head")


@frozen
class Index:
    """A price index of one year, previous year = 100: its value and quality (stated, or derived from monthly figures)."""

    year: int
    value: Decimal
    quality: str

    def __str__(self) -> str:
        return f"{self.value}{'' if self.quality == 'stated' else f' ({self.quality})'}"


@frozen
class Uprated:
    """A line carried forward by prices: an estimate, year by year, in fen."""

    lines: dict[int, Fen]
    exact: dict[int, Fraction]

    @property
    def value(self) -> Fen:
        """The line of the last year."""
        return self.lines[max(self.lines)]

    @property
    def amount(self) -> Amount:
        """The line of the last year as an amount, marked as an estimate."""
        return Amount.exactly(self.value, per="year", quality="estimate")


class IncomeArea(Area):
    """Poverty lines and the income test: `line`, `index`, `uprate`, `implied_index`, `test`, `check_two_lines`."""

    name = "income"
    models: ClassVar[dict[str, type]] = {
        **MODELS,
        "income_test": IncomeTest,
        "two_lines": TwoLines,
        "register_net_income": RegisterNetIncome,
        "countable_income": CountableIncome,
        "disposable_income": DisposableIncome,
        "income_before_transfers": IncomeBeforeTransfers,
        "price_index": PriceIndex,
        "counting": Counting,
    }

    def line(self, year: int, *, series: str | None = None) -> Amount:
        """The poverty line per head and year of one year, of a series (default: the one that is applied here).

        A line at constant prices is carried forward as its reading has it. Raises `NotStated`, naming the years that are
        stated, for any other year. Source: the series' own provision.

        >>> import povertyrules as pr
        >>> print(pr.policy("zaozhuang-hitech", on="2017-06-30").income.line(2015, series="provincial"))
        3,372.00 yuan a year
        """
        if series is None and self._constant() and self.applied() is None:
            return self.bound.evaluate(("poverty_line",), {"on": f"{whole_year(year):04d}-12-31"}).amount("poverty_line")
        path, lines = self._series(series)
        if whole_year(year) not in lines.rows:
            stated = ", ".join(map(str, sorted(lines.rows)))
            raise NotStated(f"{path}: no line is stated for {year}; stated: {stated} [{self.bound.cite(path)}]")
        return Amount.exactly(lines.rows[year], per="year", quality=self.bound.grade(f"{path}.lines[{year}]"))

    def series(self) -> dict[str, tuple[int, ...]]:
        """The series held here, and the years that each states."""
        found = self.bound.sections("income", Series)
        return {path.split(".")[1]: tuple(sorted(model.lines.rows)) for path, model in found.items()}

    def applied(self) -> str | None:
        """The series that is applied here, if one is in force."""
        if self._constant():
            return "national" if self.bound.choice(LATER_PRICES.name) == "official_series" else None
        models = {"provincial": AppliesProvincial, "national": AppliesNational}
        return next((name for name, model in models.items() if self.bound.sections("income", model)), None)

    def _constant(self) -> bool:
        """Whether the line that is applied is one at constant prices."""
        return bool(self.bound.sections("income", ConstantPrices))

    def _series(self, name: str | None) -> tuple[str, Amounts]:
        found = self.bound.sections("income", Series)
        name = self.applied() if name is None else name
        if name is None:  # no line is applied on the day: the reason is that of the series nearest by
            name = "provincial" if "income.provincial" in self.bound.out_of_force else "national"
        path = f"income.{name}"
        if path in found:
            return path, found[path].lines
        raise self.bound.out_of_force.get(path) or UnknownName.among("series", name, [p.split(".")[1] for p in found])

    def index(self, year: int) -> Index:
        """The rural consumer price index of a year, previous year = 100; raises `NotStated` for a year not held.

        >>> import povertyrules as pr
        >>> print(pr.policy("cn", on="2017-06-30").income.index(2013))
        102.8
        """
        for path, model in self.bound.sections("income", PriceIndex).items():
            if whole_year(year) not in model.indices.rows:
                stated = ", ".join(map(str, sorted(model.indices.rows)))
                raise NotStated(f"{path}: no index is stated for {year}; stated: {stated}")
            rate = model.indices.rows[year]
            value = Decimal(rate.numerator).scaleb(3 - len(str(rate.per)))
            return Index(year, value, self.bound.grade(f"{path}.indices[{year}]"))
        raise self.bound.out_of_force.get("income.rural_cpi") or NotStated("income: no price index is held here")

    def uprate(self, base: Fen, indices: Sequence[tuple[int, str | int | Decimal]], *, cumulative: bool = False) -> Uprated:
        """Carry a line forward by price indices: an estimate, never a printed line.

        `indices` are (year, index) with previous year = 100, or, `cumulative`, base year = 100; floats are refused. Lines
        are whole yuan: each year's (the next builds on it), or only the asked ones, as the reading income.line_rounding has
        it. Source: the chain rule of the provincial line.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.income.uprate(pr.yuan(3000), [(2011, "105.8"), (2012, "102.5")]).lines
        {2011: 317400, 2012: 325300}
        """
        each_year = self.bound.choice(LINE_ROUNDING.name) == "each_year" and not cumulative
        line = Fact(name="base", zh="基数", en="base", sort=Sort.MONEY, least=0, most=MOST_LINE)
        exact, lines, shown = Fraction(cast(int, line.checker(line, base, "base"))), dict[int, Fen](), dict[int, Fraction]()
        for year, ratio in _indices(indices, cumulative=cumulative):
            shown[year] = base * ratio if cumulative else exact * ratio
            lines[year] = Fen(int((shown[year] / 100 + Fraction(1, 2)) // 1) * 100)
            exact = Fraction(lines[year]) if each_year else shown[year]
        return Uprated(lines, shown)

    def implied_index(self, series: str, year_from: int, year_to: int) -> Fraction:
        """The ratio of two printed lines: what prices would have had to do for the chain rule to hold.

        >>> import povertyrules as pr
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").income.implied_index("provincial", 2010, 2015)
        Fraction(281, 250)
        """
        return Fraction(self.line(year_to, series=series).figure, self.line(year_from, series=series).figure)

    def test(self, *, register_net_income: Fen, members: int) -> IncomeResult:
        """The income test of a household: its net income of the year, in fen, and how many it is.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> result = zz.income.test(register_net_income=pr.yuan(9000), members=3)
        >>> result.poor, str(result.gap), str(result.gap_per_head)
        (True, '1,527.00 yuan a year', '509.00 yuan a year')
        """
        return self.calculate(IncomeResult, register_net_income=register_net_income, members=members)

    def check_two_lines(self) -> Findings:
        """Whether the dibao standard and the poverty line are joined, as a finding if they are not."""
        case = self.bound.evaluate(("two_lines_joined", "dibao_standard", "poverty_line"), {})
        if case.yes_no("two_lines_joined"):
            return Findings()
        dibao, line = case.amount("dibao_standard").figure, case.amount("poverty_line").figure
        message = f"the dibao standard {show(dibao)} and the poverty line {show(line)} differ by {show(abs(dibao - line))}"
        severity = Severity.ERROR if dibao < line else Severity.WARNING
        return Findings((Finding("two-lines", severity, "dibao_standard", message, self.bound.cite("income.two_lines")),))


def whole_year(year: object) -> int:
    """A year, as a whole number."""
    if isinstance(year, bool) or not isinstance(year, int):
        raise SortError("year", year, "allowed: a whole number such as 2017")
    return year


def _indices(raw: object, *, cumulative: bool) -> list[tuple[int, Fraction]]:
    """The indices by year as ratios, checked: years rise, one by one if they are chained."""
    wanted = 'allowed: at least one (year, index), such as [(2011, "105.8")]'
    if not isinstance(raw, list | tuple):
        raise SortError("indices", raw, wanted)
    if not raw:
        raise RangeError("indices", raw, wanted)
    out: list[tuple[int, Fraction]] = []
    for pair in raw:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise SortError("indices", pair, wanted)
        year, last = pair[0], out[-1][0] if out else None
        if isinstance(year, bool) or not isinstance(year, int):
            raise SortError("indices", pair, wanted)
        if last is not None and (year <= last or (year != last + 1 and not cumulative)):
            rule = "rising order" if cumulative else "rising order, none left out: each index is against the year before"
            raise RangeError("indices", year, f"allowed: years in {rule}")
        out.append((year, _index(pair[1], year, most=1000 if cumulative else 200) / 100))
    return out


def _index(raw: object, year: int, *, most: int) -> Fraction:
    if isinstance(raw, float | bool) or not isinstance(raw, str | int | Decimal):
        raise InputError(f"index of {year}", raw, f'allowed: a decimal as a string, such as "{raw}"')
    text = str(raw)
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,9})?", text, re.ASCII):
        raise InputError(f"index of {year}", raw, 'allowed: a decimal such as "105.8", with 100 for the year before')
    value = Fraction(text)
    if not 50 <= value <= most:
        raise RangeError(
            f"index of {year}", text, f"allowed: from 50 to {most}, with 100 for the year before (cumulative: the first year)"
        )
    return value
