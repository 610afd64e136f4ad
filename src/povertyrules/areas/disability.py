"""The disabled (残疾人): living and nursing subsidies, rehabilitation of children, who comes first, and homes for the old.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 3 part 2, box 8; 山西省“十三五”脱贫攻坚规划, chapter 7 part 3 and
box 9; 中站区脱贫攻坚“十三五”规划, chapter 2 sections 4 and 6. That both subsidies may be drawn, and that the extremely poor are
left out in Shandong, stands in 鲁政发〔2015〕27号.
Limits: who qualifies for an implant is not printed; outside Zaozhuang neither are the amounts of the subsidies, which grades are
severe, and what hardship is. The box of Zaozhuang prints no year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from povertyrules.categories import DisabilityGrade, RehabNeed, Supporter
from povertyrules.conventions import BEST_EFFORT
from povertyrules.core import given
from povertyrules.core.amount import Amount
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.findings import Findings, Severity
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds, Missing
from povertyrules.core.words import among, any_of, every, greatest, no, when
from povertyrules.entities import Household, Person

BOTH_SUBSIDIES = interpretation("disability.both_subsidies", "both", "larger")
EXTREMELY_POOR = interpretation("disability.extremely_poor", "excluded", "included")


@parameters
class Severe:
    """Which grades are severe (重度残疾)."""

    grades: Kinds = param("kinds", category=DisabilityGrade)

    @rule("重度残疾", "severely disabled", entity=Person)
    def severely_disabled(self, disability_grade: int) -> bool:
        """Whether the grade is one of the severe ones."""
        return among(disability_grade, self.grades)


@parameters
class SevereUpTo:
    """The grades up to one are severe (重度残疾); which one is not printed."""

    last_grade: int | Missing = param("")

    @rule("重度残疾", "severely disabled", entity=Person)
    def severely_disabled(self, disability_grade: int) -> bool:
        """A certificate of a grade up to the last severe one."""
        last: int = self.last_grade  # type: ignore[assignment]
        return every(disability_grade > 0, disability_grade <= last)


@parameters
class TwoSubsidies:
    """The living subsidy (困难残疾人生活补贴) and the nursing subsidy (重度残疾人护理补贴); whose, the classes below say."""

    living: Fen | Missing = param("yuan/month")
    nursing: Fen | Missing = param("yuan/month")

    @entitlement("困难残疾人生活补贴", "living subsidy", entity=Person, per="month")
    def living_subsidy(self, living_terms: bool, nursing_terms: bool) -> Fen:
        """The amount; where only one of the two is paid, the larger is paid here."""
        living: Fen = self.living  # type: ignore[assignment]
        nursing: Fen = self.nursing  # type: ignore[assignment]
        larger = greatest(living, when(nursing_terms, nursing))
        return when(living_terms, BOTH_SUBSIDIES.choose(both=living, larger=larger))

    @entitlement("重度残疾人护理补贴", "nursing subsidy", entity=Person, per="month")
    def nursing_subsidy(self, living_terms: bool, nursing_terms: bool) -> Fen:
        """The amount; where only one of the two is paid, not beside the living subsidy."""
        nursing: Fen = self.nursing  # type: ignore[assignment]
        alone = BOTH_SUBSIDIES.choose(both=nursing_terms, larger=every(nursing_terms, no(living_terms)))
        return when(alone, nursing)


@parameters
class Subsidies(TwoSubsidies):
    """The two subsidies where dibao decides, and the extremely poor are left out."""

    @rule("符合生活补贴条件", "meets the terms of the living subsidy", entity=Person)
    def living_terms(self, disability_grade: int, receives_dibao: bool, extremely_poor: bool) -> bool:
        """Disabled and on dibao; the extremely poor are left out."""
        terms = every(disability_grade > 0, receives_dibao)
        return EXTREMELY_POOR.choose(excluded=every(terms, no(extremely_poor)), included=terms)

    @rule("符合护理补贴条件", "meets the terms of the nursing subsidy", entity=Person)
    def nursing_terms(self, severely_disabled: bool, extremely_poor: bool) -> bool:
        """Severely disabled; the extremely poor are left out."""
        return EXTREMELY_POOR.choose(excluded=every(severely_disabled, no(extremely_poor)), included=severely_disabled)


@parameters
class SubsidiesByNeed(TwoSubsidies):
    """The two subsidies where hardship and the grade decide, and nothing more is printed."""

    @rule("符合生活补贴条件", "meets the terms of the living subsidy", entity=Person)
    def living_terms(self, disability_grade: int, in_hardship: bool) -> bool:
        """Disabled and in hardship."""
        return every(disability_grade > 0, in_hardship)

    @rule("符合护理补贴条件", "meets the terms of the nursing subsidy", entity=Person)
    def nursing_terms(self, severely_disabled: bool) -> bool:
        """Severely disabled."""
        return severely_disabled


@parameters
class Rehabilitation:
    """Rehabilitation of disabled children (残疾儿童康复救助), and cochlear implants among it."""

    first_age: int = param("years")
    last_age: int = param("years")
    needs: Kinds = param("kinds", category=RehabNeed)

    @service("残疾儿童康复训练", "rehabilitation training", entity=Person)
    def rehabilitation_training(self, age: int, rehab_need: int) -> bool:
        """A child of the age that has one of the needs."""
        return every(among(rehab_need, self.needs), self.first_age <= age, age <= self.last_age)

    @service("人工耳蜗植入", "cochlear implant", entity=Person)
    def cochlear_implant(self, age: int, rehab_need: int, implant_qualified: bool) -> bool:
        """A hearing-impaired child of the age that qualifies."""
        return every(rehab_need == RehabNeed.HEARING, implant_qualified, self.first_age <= age, age <= self.last_age)


@parameters
class PoorChild:
    """Rehabilitation of poor disabled children (贫困残疾儿童康复救助), with assistive devices."""

    first_age: int = param("years")
    last_age: int = param("years")

    def eligible(self, age: int, disability_grade: int, registered_poor: bool) -> bool:
        """A disabled child of the age, of a registered poor household."""
        return every(registered_poor, disability_grade > 0, self.first_age <= age, age <= self.last_age)

    @service("残疾儿童康复训练", "rehabilitation training", entity=Person)
    def rehabilitation_training(self, age: int, disability_grade: int, registered_poor: bool) -> bool:
        """Such a child."""
        return self.eligible(age, disability_grade, registered_poor)

    @service("基本辅助器具", "assistive devices", entity=Person)
    def assistive_devices(self, age: int, disability_grade: int, registered_poor: bool) -> bool:
        """Such a child."""
        return self.eligible(age, disability_grade, registered_poor)


@parameters
class CareHomes:
    """Public homes for the old (公办养老机构) take in the disabled without labour, livelihood and support at any age."""

    @service("不受年龄限制入住公办养老机构", "public home for the old open at any age", entity=Person)
    def care_home_open(self, disability_grade: int, able_to_work: bool, has_livelihood: bool, supporter: int) -> bool:
        """Disabled, and without all three."""
        return every(disability_grade > 0, no(able_to_work), no(has_livelihood), no(supporter == Supporter.ABLE))


@parameters
class BarrierFree:
    """Barrier-free conversion of homes (无障碍改造): registered poor households with a disabled member come first."""

    @rule("无障碍改造优先", "comes first in barrier-free conversion", entity=Household)
    def barrier_free_first(self, registered_poor: bool, disability_grade: int) -> bool:
        """Registered as poor, with a disabled member."""
        return every(registered_poor, any_of(disability_grade > 0))


class DisabilitySubsidies(Result):
    """The monthly subsidies of one disabled person; `total` adds them."""

    living = amount_of("living_subsidy")
    nursing = amount_of("nursing_subsidy")

    @property
    def total(self) -> Amount:
        """The sum of the two."""
        return self.sum_of("month")


class ChildRehabilitation(Result):
    """What one child is owed for its rehabilitation."""

    training = yes_no_of("rehabilitation_training")
    implant = yes_no_of("cochlear_implant")


class PoorChildRehabilitation(Result):
    """What one poor disabled child is owed."""

    training = yes_no_of("rehabilitation_training")
    devices = yes_no_of("assistive_devices")


class CareHome(Result):
    """Whether a public home for the old takes somebody in at any age."""

    open = yes_no_of("care_home_open")


class DisabilityArea(Area):
    """The disabled: `subsidies`, `rehabilitation`, `poor_child`, `care_home`, `barrier_free_order`, and two checks.

    The checks: `check_barrier_free`, `check_refusal`.
    """

    name = "disability"
    models: ClassVar[dict[str, type]] = {
        "severe": Severe,
        "severe_up_to": SevereUpTo,
        "subsidies": Subsidies,
        "subsidies_by_need": SubsidiesByNeed,
        "rehabilitation": Rehabilitation,
        "poor_child": PoorChild,
        "care_homes": CareHomes,
        "barrier_free": BarrierFree,
    }

    def subsidies(
        self,
        *,
        disability_grade: DisabilityGrade | int | str,
        receives_dibao: bool | None = None,
        extremely_poor: bool | None = None,
        in_hardship: bool | None = None,
    ) -> DisabilitySubsidies:
        """The monthly subsidies: the grade of the certificate (0 none), and the person's status or hardship.

        Source: Zaozhuang, box 8 (1); Shanxi, box 9 item 3; Zhongzhan, chapter 2 section 6.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.disability.subsidies(disability_grade=1, receives_dibao=True, extremely_poor=False).total)
        at least 160.00 yuan a month
        """
        return self.calculate(
            DisabilitySubsidies,
            disability_grade=disability_grade,
            receives_dibao=receives_dibao,
            extremely_poor=extremely_poor,
            in_hardship=in_hardship,
        )

    def rehabilitation(
        self, *, age: int, rehab_need: RehabNeed | int | str, implant_qualified: bool | None = None
    ) -> ChildRehabilitation:
        """What a disabled child is owed: age in completed years, what it needs help for. Source: box 8 (2).

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.disability.rehabilitation(age=6, rehab_need="autism").training
        True
        """
        return self.calculate(ChildRehabilitation, age=age, rehab_need=rehab_need, implant_qualified=implant_qualified)

    def poor_child(
        self, *, age: int, disability_grade: DisabilityGrade | int | str, registered_poor: bool | None = None
    ) -> PoorChildRehabilitation:
        """What a poor disabled child is owed: age in completed years, grade. Source: Zhongzhan, chapter 2 section 4 item 3.

        >>> import povertyrules as pr
        >>> zhongzhan = pr.policy("zhongzhan", on="2017-06-30")
        >>> zhongzhan.disability.poor_child(age=6, disability_grade=4, registered_poor=True).devices
        True
        """
        return self.calculate(
            PoorChildRehabilitation, age=age, disability_grade=disability_grade, registered_poor=registered_poor
        )

    def care_home(
        self,
        *,
        disability_grade: DisabilityGrade | int | str,
        able_to_work: bool | None = None,
        has_livelihood: bool | None = None,
        supporter: Supporter | int | str | None = None,
    ) -> CareHome:
        """Whether a public home for the old is open to a disabled person at any age. Source: chapter 9 section 3 part 2.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.disability.care_home(disability_grade=3, able_to_work=False, has_livelihood=False, supporter="none").open
        True
        """
        return self.calculate(
            CareHome,
            disability_grade=disability_grade,
            able_to_work=able_to_work,
            has_livelihood=has_livelihood,
            supporter=supporter,
        )

    def barrier_free_order(self, households: Iterable[Household]) -> tuple[Household, ...]:
        """Households in the order in which their homes are converted: the registered poor with a disabled member first.

        >>> import povertyrules as pr
        >>> poor, other = (pr.Household(registered_poor=p, persons=[pr.Person(disability_grade=2)]) for p in (True, False))
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.disability.barrier_free_order([other, poor])[0].registered_poor
        True
        """
        return tuple(sorted(given.each_of("households", households, Household), key=lambda one: not self._first(one)))

    def check_barrier_free(self, served: Iterable[Household], waiting: Iterable[Household]) -> Findings:
        """Whether somebody was served while a household that comes first still waits.

        >>> import povertyrules as pr
        >>> poor, other = (pr.Household(registered_poor=p, persons=[pr.Person(disability_grade=2)]) for p in (True, False))
        >>> pr.policy("zaozhuang-hitech", on="2017-06-30").disability.check_barrier_free(served=[other], waiting=[poor]).ok
        False
        """
        path, _ = self.held(BarrierFree)
        later = sum(not self._first(one) for one in given.each_of("served", served, Household))
        first = sum(self._first(one) for one in given.each_of("waiting", waiting, Household))
        if not later or not first:
            return Findings()
        message = f"{later} served who do not come first, while {first} who do still wait"
        return Findings((self.finding("barrier-free-order", Severity.ERROR, "served", message, path),))

    def _first(self, household: Household) -> bool:
        facts = {"registered_poor": household.registered_poor, "persons": household.persons}
        return self.bound.evaluate(("barrier_free_first",), facts).yes_no("barrier_free_first")

    def check_refusal(self, facts: Mapping[str, object], *, refused_for_age: bool) -> Findings:
        """Whether a public home for the old refused somebody for his age whom it should take in at any age.

        >>> import povertyrules as pr
        >>> person = {"disability_grade": 3, "able_to_work": False, "has_livelihood": False, "supporter": 0}
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> [str(one.severity) for one in zz.disability.check_refusal(person, refused_for_age=True)]
        ['warning']
        """
        path, _ = self.held(CareHomes)
        answers = self.bound.evaluate(("care_home_open",), given.table("facts", facts))
        if not given.flag("refused_for_age", refused_for_age) or not answers.yes_no("care_home_open"):
            return Findings()
        severity = Severity(self.bound.choice(BEST_EFFORT.name))
        message = "refused for age alone, though nobody supports this disabled person"
        return Findings((self.finding("refused-for-age", severity, "age", message, path),))
