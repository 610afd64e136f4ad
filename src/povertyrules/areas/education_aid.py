"""The rules of aid to students where no table by stage is printed: one amount, an amount of the locality, who is covered.

The calculators on them, with references and limits, are in `education`; the grants of Zaozhuang are in `education_rules`.
"""

from __future__ import annotations

from povertyrules.areas.education_fees import TUITION_STAGE
from povertyrules.categories import NamedSchool, SchoolStage
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.core.words import among, every, no, some, when
from povertyrules.entities import Person


@parameters
class SecondaryAid:
    """Aid to poor students of secondary schools, for some years (连续补助)."""

    amount: Fen = param("yuan/year")
    years: int = param("years")
    stages: Kinds = param("kinds", category=SchoolStage)
    wide: Kinds = param("kinds", category=SchoolStage)

    @entitlement("中等教育补助", "aid in secondary school", entity=Person, per="year")
    def secondary_aid(self, registered_poor: bool, school_stage: int, aid_year: int) -> Fen:
        """The amount, for a poor student of the stage, while the years are not over."""
        vocational = among(school_stage, self.stages)
        reached = TUITION_STAGE.choose(vocational=vocational, all_secondary=some(vocational, among(school_stage, self.wide)))
        return when(every(reached, registered_poor, aid_year <= self.years), self.amount)


@parameters
class BoardingUnprinted:
    """The living subsidy of poor boarders (寄宿生生活费补助), of which the text prints no amount."""

    stages: Kinds = param("kinds", category=SchoolStage)
    amount: Fen = param("yuan/year")

    @entitlement("寄宿生生活费补助", "boarding subsidy", entity=Person, per="year")
    def boarding_subsidy(self, registered_poor: bool, school_stage: int, boarder: bool) -> Fen:
        """The amount of the locality, for a boarder."""
        return when(every(among(school_stage, self.stages), registered_poor, boarder), self.amount)


@parameters
class YuluUnprinted:
    """The Yulu plan (雨露计划) for vocational schooling, of which the text prints no amount."""

    stages: Kinds = param("kinds", category=SchoolStage)
    amount: Fen = param("yuan/year")

    @entitlement("雨露计划", "Yulu aid", entity=Person, per="year")
    def yulu_aid(self, registered_poor: bool, school_stage: int) -> Fen:
        """The amount of the locality, for a poor student of the stages."""
        return when(every(among(school_stage, self.stages), registered_poor), self.amount)


@parameters
class NamedSchoolSubsidies:
    """Subsidies of one school's pupils, poor or not: for living, and for the school bus (生活补助和校车补助)."""

    schools: Kinds = param("kinds", category=NamedSchool)
    living: Fen = param("yuan/year")
    bus: Fen = param("yuan/year")

    @entitlement("学校学生生活补助", "living subsidy of the school's pupils", entity=Person, per="year")
    def school_living_subsidy(self, named_school: int) -> Fen:
        """The amount of the locality, for a pupil of the school."""
        return when(among(named_school, self.schools), self.living)

    @entitlement("校车补助", "school bus subsidy", entity=Person, per="year")
    def school_bus_subsidy(self, named_school: int) -> Fen:
        """The amount of the locality, for a pupil of the school."""
        return when(among(named_school, self.schools), self.bus)


@parameters
class DistrictExtra:
    """What a district adds for three groups of the registered poor: in some stages, boarding, or at a school that is named."""

    stages: Kinds = param("kinds", category=SchoolStage)
    schools: Kinds = param("kinds", category=NamedSchool)
    living: Fen = param("yuan/year")
    textbooks: Fen = param("yuan/year")

    @service("贫困学生营养改善", "nutrition of poor students", entity=Person)
    def school_nutrition(self, registered_poor: bool, school_stage: int, boarder: bool, named_school: int) -> bool:
        """Registered as poor, in one of the three groups."""
        grouped = some(among(school_stage, self.stages), boarder, among(named_school, self.schools))
        return every(registered_poor, grouped)

    @entitlement("区财政增加的生活补助", "living subsidy that the district adds", entity=Person, per="year")
    def district_living_extra(self, school_nutrition: bool) -> Fen:
        """The amount of the district, for the same groups."""
        return when(school_nutrition, self.living)

    @entitlement("区财政增加的教科书费补助", "textbook subsidy that the district adds", entity=Person, per="year")
    def district_textbook_extra(self, school_nutrition: bool) -> Fen:
        """The amount of the district, for the same groups."""
        return when(school_nutrition, self.textbooks)


@parameters
class AidGroups:
    """Whom aid to students covers (学生资助): from the last year of preschool to university, also who left poverty early."""

    stages: Kinds = param("kinds", category=SchoolStage)
    first_exit: int = param("years")
    last_exit: int = param("years")

    @service("享受学生资助", "covered by aid to students", entity=Person)
    def student_aid_covered(
        self,
        registered_poor: bool,
        difficulty_certified: bool,
        exited_on: int,
        school_stage: int,
        last_preschool_year: bool,
    ) -> bool:
        """Registered, certified, or of a household that left in those years; of preschool only the last year."""
        year = exited_on // 10_000
        group = some(registered_poor, difficulty_certified, every(self.first_exit <= year, year <= self.last_exit))
        early = every(school_stage == SchoolStage.PRESCHOOL, no(last_preschool_year))
        return every(among(school_stage, self.stages), no(early), group)
