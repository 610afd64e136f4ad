"""The rules of dibao and of the support of the extremely poor: standards, top-ups and their tests, persons assessed alone.

The calculators and checks on them, with references and limits, are in `dibao`.
"""

from __future__ import annotations

import datetime

from povertyrules.categories import CareClass, Supporter
from povertyrules.conventions import to_fen
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds, Missing
from povertyrules.core.words import Exact, among, any_of, every, greatest, no, rounded, some, when, where
from povertyrules.entities import Household, Person, SupportMode

FAMILY_LIMIT = interpretation("disability.family_limit", "no_limit", "local_limit")
MONTHLY_ROUNDING = interpretation("dibao.monthly_rounding", "each_month", "from_year")
HOUSEHOLD_ROUNDING = interpretation("dibao.household_rounding", "household", "per_head")
BATCH_SENTENCE = interpretation("dibao.batch_sentence", "two_or_illness", "any_ground", "all_grounds")
FULL_AMOUNT = interpretation("dibao.full_amount", "all_three", "any_one")


# ---- the standard and the top-up to it ------------------------------------------------------------------------------


@parameters
class Standard:
    """The dibao standard (低保标准), per head and year."""

    standard: Fen | Missing = param("yuan/year")

    @rule("农村低保标准", "dibao standard", entity=Household, per="year")
    def dibao_standard(self) -> Fen:
        """The standard."""
        standard: Fen = self.standard  # type: ignore[assignment]
        return standard


@parameters
class Payment:
    """Dibao by the month, from the gap of the year; how the gap comes about is for the classes below."""

    @entitlement("低保金", "dibao top-up", entity=Household, per="month")
    def dibao_due(self, dibao_gap: Fen, members: int) -> Fen:
        """A twelfth of the gap, to the fen; a household without a gap is not eligible."""
        by_household = to_fen(Exact(dibao_gap, 12))
        by_head = to_fen(Exact(dibao_gap, members * 12)) * members
        monthly = HOUSEHOLD_ROUNDING.choose(household=by_household, per_head=by_head)
        return when(
            dibao_gap > 0,
            MONTHLY_ROUNDING.choose(each_month=monthly, from_year=rounded(Exact(dibao_gap, 12), "down")),
        )

    @rule("低保金(末月)", "dibao top-up of the last month", entity=Household, per="month")
    def dibao_due_last_month(self, dibao_gap: Fen, dibao_due: Fen) -> Fen:
        """The last month's payment, which takes the odd fen if the year is what is shared out."""
        return MONTHLY_ROUNDING.choose(each_month=dibao_due, from_year=dibao_gap - dibao_due * 11)


@parameters
class TopUp(Payment):
    """The top-up to the standard (补差发放): the gap of the year, paid by the month."""

    @rule("低保年缺口", "dibao gap of the year", entity=Household, per="year")
    def dibao_gap(self, dibao_standard: Fen, countable_income: Fen, members: int) -> Fen:
        """The standard for every member less the household's countable income, exact."""
        return greatest(dibao_standard * members - greatest(countable_income, Fen(0)), Fen(0))


@parameters
class FullOrGap(Payment):
    """The whole standard for families in the hardest need (特困家庭全额补助), the top-up to it for the others."""

    @rule("全额补助对象", "paid the whole standard", entity=Household)
    def full_dibao(self, seriously_ill: bool, severely_disabled: bool, able_to_work: bool, has_livelihood: bool) -> bool:
        """Grave illness or disability, nobody able to work, nobody with a livelihood: all three, or one of them."""
        stricken = any_of(some(seriously_ill, severely_disabled))
        no_labour, no_livelihood = no(any_of(able_to_work)), no(any_of(has_livelihood))
        return FULL_AMOUNT.choose(
            all_three=every(stricken, no_labour, no_livelihood),
            any_one=some(stricken, no_labour, no_livelihood),
        )

    @rule("低保年缺口", "dibao gap of the year", entity=Household, per="year")
    def dibao_gap(self, full_dibao: bool, dibao_standard: Fen, countable_income: Fen, members: int) -> Fen:
        """The standard for every member; for others less the household's countable income, exact."""
        whole = dibao_standard * members
        return where(full_dibao, whole, greatest(whole - greatest(countable_income, Fen(0)), Fen(0)))


@parameters
class LessRigidExpenses:
    """What counts as income once rigid expenses are taken off (刚性支出扣减); which expenses are, is not printed."""

    @rule("扣减后低保收入", "countable income less rigid expenses", entity=Household, per="year")
    def dibao_income(self, countable_income: Fen, rigid_expenses: Fen) -> Fen:
        """What is left of the countable income, not below nothing."""
        return greatest(countable_income - rigid_expenses, Fen(0))


@parameters
class TestedTopUp(Payment):
    """The top-up under two tests (收入和财产认定): income under the standard, property within the local limit."""

    @rule("符合低保条件", "meets the terms of dibao", entity=Household)
    def dibao_terms(self, dibao_income: Fen, dibao_standard: Fen, members: int, property_within_limit: bool) -> bool:
        """Less per head than the standard, compared without dividing; and the property."""
        return every(property_within_limit, dibao_income < dibao_standard * members)

    @rule("低保年缺口", "dibao gap of the year", entity=Household, per="year")
    def dibao_gap(self, dibao_terms: bool, dibao_standard: Fen, dibao_income: Fen, members: int) -> Fen:
        """The standard for every member less that income, exact."""
        return when(dibao_terms, dibao_standard * members - dibao_income)


@parameters
class Batch:
    """Which registered poor come under dibao (农村低保扶贫行动)."""

    @service("纳入低保范围", "comes under dibao", entity=Household)
    def dibao_batch(self, registered_poor: bool, industry_blocked: bool, no_self_reliance: bool, illness_poverty: bool) -> bool:
        """On three grounds, of which the first two belong together, or each is enough, or all are asked for."""
        grounds = BATCH_SENTENCE.choose(
            two_or_illness=some(every(industry_blocked, no_self_reliance), illness_poverty),
            any_ground=some(industry_blocked, no_self_reliance, illness_poverty),
            all_grounds=every(industry_blocked, no_self_reliance, illness_poverty),
        )
        return every(registered_poor, grounds)


# ---- beside the top-up ----------------------------------------------------------------------------------------------


@parameters
class SinglePerson:
    """A severely disabled member of a family without dibao is assessed alone (重度残疾人单独施保)."""

    family_limit: Fen | Missing = param("yuan/year")

    @entitlement("单独施保低保金", "dibao of a person assessed alone", entity=Person, per="month")
    def single_person_dibao(
        self,
        severely_disabled: bool,
        dibao_due: Fen,
        own_income: Fen,
        dibao_standard: Fen,
        countable_income: Fen,
        members: int,
    ) -> Fen:
        """A twelfth of the standard less the person's own income, where the household has no dibao."""
        limit: Fen = self.family_limit  # type: ignore[assignment]
        apart = every(severely_disabled, dibao_due == 0, own_income < dibao_standard)
        within = every(apart, countable_income <= limit * members)
        amount = to_fen(Exact(dibao_standard - own_income, 12))
        return when(FAMILY_LIMIT.choose(no_limit=apart, local_limit=within), amount)


@parameters
class SinglePersonGroups:
    """Two groups whose members are assessed alone (单人保): the stricken of the registered poor, the disabled without work."""

    @rule("属单人保对象", "of a group assessed alone", entity=Person)
    def single_person_group(
        self,
        registered_poor: bool,
        exited: bool,
        seriously_ill: bool,
        severely_disabled: bool,
        labour_reduced: bool,
        low_income_family: bool,
        adult: bool,
        employed: bool,
    ) -> bool:
        """Poor and not exited, ill or severely disabled, labour reduced; or of low income, adult, no work, severely disabled."""
        stricken = every(registered_poor, no(exited), labour_reduced, some(seriously_ill, severely_disabled))
        without_work = every(low_income_family, adult, no(employed), severely_disabled)
        return some(stricken, without_work)

    @entitlement("单独施保低保金", "dibao of a person assessed alone", entity=Person, per="month")
    def single_person_dibao(self, single_person_group: bool, dibao_due: Fen, own_income: Fen, dibao_standard: Fen) -> Fen:
        """A twelfth of the standard less the person's own income, where the household has no dibao."""
        apart = every(single_person_group, dibao_due == 0, own_income < dibao_standard)
        return when(apart, to_fen(Exact(dibao_standard - own_income, 12)))


@parameters
class CategorySupplement:
    """More dibao for some categories (分类施保); neither the categories nor the amount are printed."""

    amount: Fen | Missing = param("yuan/month")

    @entitlement("分类施保金", "dibao supplement of a category", entity=Person, per="month")
    def category_supplement(self, receives_dibao: bool, dibao_category: bool) -> Fen:
        """The amount, for a recipient of such a category."""
        amount: Fen = self.amount  # type: ignore[assignment]
        return when(every(receives_dibao, dibao_category), amount)


@parameters
class GradualExit:
    """Gradual exit (渐退): dibao goes on for some months after the income rose above the standard."""

    months: int | Missing = param("months")

    @entitlement("渐退期低保金", "dibao during gradual exit", entity=Household, per="month")
    def dibao_grace(self, dibao_due: Fen, dibao_before: Fen, months_over_line: int) -> Fen:
        """What was drawn last, while the months are not over."""
        months: int = self.months  # type: ignore[assignment]
        return when(every(dibao_before > 0, dibao_due == 0, months_over_line < months), dibao_before)


@parameters
class FullCoverage:
    """Everyone who qualifies is on dibao by a day (全部纳入保障范围)."""

    share: Rate = param("percent")
    by: datetime.date = param("date")


# ---- the extremely poor ---------------------------------------------------------------------------------------------


@parameters
class Support:
    """Support of the extremely poor (特困供养标准), in an institution or at home."""

    centralised: Fen = param("yuan/year")
    dispersed: Fen = param("yuan/year")

    @entitlement("特困供养金", "support of the extremely poor", entity=Person, per="year")
    def extremely_poor_support(self, extremely_poor: bool, support_mode: int) -> Fen:
        """The standard of the person's mode of support."""
        by_mode = where(support_mode == int(SupportMode.CENTRALISED), self.centralised, self.dispersed)
        return when(extremely_poor, by_mode)


@parameters
class Test:
    """Who counts as extremely poor (特困人员认定): no labour, no livelihood, nobody who supports; old, disabled or a minor."""

    first_age: int = param("years")
    minor_under: int = param("years")

    @service("符合特困人员条件", "meets the terms of the extremely poor", entity=Person)
    def qualifies_extremely_poor(
        self, age: int, disability_grade: int, able_to_work: bool, has_livelihood: bool, supporter: int
    ) -> bool:
        """All three lacks, and one of the three groups."""
        group = some(age >= self.first_age, disability_grade > 0, age < self.minor_under)
        return every(group, no(able_to_work), no(has_livelihood), no(supporter == Supporter.ABLE))


@parameters
class CareAgreement:
    """The agreement on care of the extremely poor at home (照料护理委托协议), by how much care somebody needs."""

    classes: Kinds = param("kinds", category=CareClass)

    @service("签订照料护理委托协议", "agreement on care to be signed", entity=Person)
    def care_agreement_due(self, extremely_poor: bool, support_mode: int, care_class: int) -> bool:
        """Extremely poor, supported at home, of one of the classes."""
        return every(extremely_poor, support_mode == SupportMode.DISPERSED, among(care_class, self.classes))
