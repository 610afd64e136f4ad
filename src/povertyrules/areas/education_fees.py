"""The rules of school fees that are waived: by poor area, by group, by stage.

The calculators and checks on them, with references and limits, are in `education`; the waivers of Zaozhuang are in
`education_rules`.
"""

from __future__ import annotations

from povertyrules.categories import SchoolStage
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.core.words import among, every, some, where
from povertyrules.entities import Person

SENIOR_HIGH_WAIVER = interpretation("education.senior_high_waiver", "either", "both", "registered_poor")
TUITION_STAGE = interpretation("education.tuition_stage", "vocational", "all_secondary")


class Waivers:
    """The base of the models that say which fees are waived; a policy has one of them."""


@parameters
class MiscFeePoorAreas(Waivers):
    """Miscellaneous fees waived for the registered poor, in poor areas first (率先在贫困地区)."""

    stages: Kinds = param("kinds", category=SchoolStage)

    @service("免除学杂费", "miscellaneous fees waived", entity=Person)
    def misc_fee_waived(self, registered_poor: bool, school_stage: int, poor_area: bool) -> bool:
        """For a poor student of the stage in a poor area; elsewhere not yet."""
        return every(among(school_stage, self.stages), registered_poor, poor_area)

    @rule("应缴学杂费", "miscellaneous fees left to pay", entity=Person, per="year")
    def misc_fee_due(self, misc_fee: Fen, misc_fee_waived: bool) -> Fen:
        """What is left of the fees."""
        return where(misc_fee_waived, Fen(0), misc_fee)


@parameters
class SchoolFees(Waivers):
    """Fees waived by stage: for all students, for a group of them, for the registered poor."""

    misc_fee_all: Kinds = param("kinds", category=SchoolStage)
    misc_fee_group: Kinds = param("kinds", category=SchoolStage)
    misc_fee_poor: Kinds = param("kinds", category=SchoolStage)
    textbooks_all: Kinds = param("kinds", category=SchoolStage)
    textbooks_poor: Kinds = param("kinds", category=SchoolStage)
    boarding_poor: Kinds = param("kinds", category=SchoolStage)
    tuition_all: Kinds = param("kinds", category=SchoolStage)
    tuition_wide: Kinds = param("kinds", category=SchoolStage)

    @service("免除学杂费", "miscellaneous fees waived", entity=Person)
    def misc_fee_waived(self, registered_poor: bool, school_stage: int, disability_grade: int) -> bool:
        """For every pupil of some stages; in the senior stage for the poor, the disabled, or both together."""
        disabled = disability_grade > 0
        grouped, wide = among(school_stage, self.misc_fee_group), among(school_stage, self.misc_fee_poor)
        senior = SENIOR_HIGH_WAIVER.choose(
            either=some(every(grouped, some(registered_poor, disabled)), every(wide, registered_poor)),
            both=every(grouped, registered_poor, disabled),
            registered_poor=every(some(grouped, wide), registered_poor),
        )
        return some(among(school_stage, self.misc_fee_all), senior)

    @service("免费提供教科书", "free textbooks", entity=Person)
    def free_textbooks(self, registered_poor: bool, school_stage: int) -> bool:
        """For every pupil of some stages, for the poor of others."""
        of_poor = every(among(school_stage, self.textbooks_poor), registered_poor)
        return some(among(school_stage, self.textbooks_all), of_poor)

    @service("免除住宿费", "boarding fee waived", entity=Person)
    def boarding_fee_waived(self, registered_poor: bool, school_stage: int) -> bool:
        """For the poor of the stage."""
        return every(among(school_stage, self.boarding_poor), registered_poor)

    @service("免除学费", "tuition waived", entity=Person)
    def tuition_waived(self, registered_poor: bool, school_stage: int) -> bool:
        """For every student of the stage; where all of secondary education is meant, for the poor of more stages."""
        everyone = among(school_stage, self.tuition_all)
        of_poor = every(among(school_stage, self.tuition_wide), registered_poor)
        return TUITION_STAGE.choose(vocational=everyone, all_secondary=some(everyone, of_poor))

    @rule("应缴学杂费", "miscellaneous fees left to pay", entity=Person, per="year")
    def misc_fee_due(self, misc_fee: Fen, misc_fee_waived: bool) -> Fen:
        """What is left of the fees."""
        return where(misc_fee_waived, Fen(0), misc_fee)

    @rule("应缴学费", "tuition left to pay", entity=Person, per="year")
    def tuition_due(self, tuition: Fen, tuition_waived: bool) -> Fen:
        """What is left of the tuition."""
        return where(tuition_waived, Fen(0), tuition)
