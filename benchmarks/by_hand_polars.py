"""The person-level rules of Zaozhuang High-tech Zone on 2017-06-30, written by hand as Polars expressions.

Money is Int64 fen. Arithmetic passes a null on; `when` takes an unknown condition as "no", as it always does.
"""

from polars import Expr, Int64, LazyFrame, col, duration, lit, when

stage, poor, boarder, merit = col("school_stage"), col("registered_poor"), col("boarder"), col("merit_award")
dibao, extremely_poor = col("receives_dibao"), col("extremely_poor")
grade, child_kind, need = col("disability_grade"), col("child_kind"), col("rehab_need")
age, severe, disabled, left = col("age"), col("severe"), col("disabled"), col("left")
NOTHING = lit(0, Int64)
UNSTATED = lit(None, Int64)


def fen(amount: int) -> Expr:
    return lit(amount, Int64)


def due(condition: Expr, amount: int) -> Expr:
    """The amount where the condition holds, else nothing."""
    return when(condition).then(fen(amount)).otherwise(NOTHING)


def half_up(numerator: Expr, denominator: int) -> Expr:
    """To the nearest whole fen, a half goes up; the denominator is even."""
    return (numerator + denominator // 2) // denominator


def at_most(amount: Expr, most: int) -> Expr:
    return when(amount > most).then(fen(most)).otherwise(amount)


def over(amount: Expr, edge: int) -> Expr:
    """What of an amount lies over an edge."""
    return when(amount < edge).then(NOTHING).otherwise(amount - edge)


# completed years: shifted by 184 days, birth years run from July to June, leap years or not
AGE = 2017 - (col("born") + duration(days=184)).dt.year()

COMPULSORY, VOCATIONAL, HIGHER = (stage == 2) | (stage == 3), stage == 5, stage >= 6
HELPED = poor & (stage >= 4) & ~col("aided_in_stage")
WITHOUT = ~col("able_to_work") & ~col("has_livelihood") & (col("supporter") != 2)
ORPHAN = child_kind == 3
CONTRIBUTION = col("pension_contribution")
OLD = age >= 60

STUDENTS = {
    "preschool_grant": due(poor & (stage == 1), 1_200_00),
    "boarding_subsidy": when(poor & boarder & (stage == 2))
    .then(fen(1_000_00))
    .otherwise(due(poor & boarder & (stage == 3), 1_250_00)),
    "senior_grant": due(poor & ((stage == 4) | VOCATIONAL), 2_000_00),
    "inspirational_scholarship": due(poor & HIGHER & merit, 5_000_00),
    "college_grant": due(poor & HIGHER, 3_000_00),
    "yulu_aid": due(poor & (stage >= 5), 3_000_00),
    "loan_ceiling": when(poor & (stage == 8)).then(fen(12_000_00)).otherwise(due(poor & HIGHER, 8_000_00)),
    "loan_interest_subsidy": when(HIGHER).then("loan_interest").otherwise(NOTHING),
    "disabled_student_aid": when(HELPED & disabled)
    .then(when(stage == 4).then(fen(1_000_00)).otherwise(fen(2_500_00)))
    .when(HELPED & col("parent_disabled"))
    .then(when(stage == 4).then(UNSTATED).otherwise(fen(1_500_00)))
    .otherwise(NOTHING),
    "care_fee_waived": poor & (stage == 1),
    "misc_fee_waived": poor & (COMPULSORY | (stage == 4)),
    "free_textbooks": poor & COMPULSORY,
    "tuition_waived": (VOCATIONAL & (poor | col("full_time"))) | (HIGHER & poor),
}

RATE = when(col("hospital_grade") == 1).then(fen(85)).when(col("hospital_grade") == 2).then(fen(70)).otherwise(fen(55))
BASIC = at_most(half_up(col("in_scope") * RATE, 100), 150_000_00)
# above its deductible others have a rate five points lower; above its edge a bracket adds to the rate of the one below
OVER = when(poor).then(over(left, 6_000_00) * 55).otherwise(over(left, 12_000_00) * 50)
TARIFF = half_up(OVER + over(left, 100_000_00) * 10 + over(left, 200_000_00) * 5, 100)
CRITICAL = when(poor & (TARIFF > 500_000_00)).then(fen(500_000_00)).otherwise(TARIFF)  # for others no ceiling is stated
OWED = col("commercial_owed").fill_null(0)  # a blank says that nothing is owed

SERVICES = {
    "two_cancer_check": (col("sex") == 2) & col("poor_area"),
    "preconception_check": col("planning_pregnancy"),
    "folic_acid": (col("sex") == 2) & col("planning_pregnancy"),
    "newborn_screening": col("newborn"),
    "treated_first": poor,
    "qualifies_extremely_poor": WITHOUT & (disabled | OLD | (age < 16)),
    "child_services": child_kind > 0,
    "rehabilitation_training": (age <= 6) & (need > 0),
    "cochlear_implant": (age <= 6) & (need == 1) & col("implant_qualified"),
    "care_home_open": WITHOUT & disabled,
}

GAP = over(col("members") * 3_900_00 - over(col("countable_income"), 0), 0)
ALONE = severe & (half_up(GAP, 12) == 0) & (col("own_income") < 3_900_00)
ILL = poor & (col("poverty_cause") == 1) & col("seriously_ill")
SUPPORT = {
    "premium_subsidy": when(severe).then(fen(160_00)).when(poor).then(UNSTATED).otherwise(NOTHING),
    "extremely_poor_support": due(extremely_poor, 5_070_00),  # in an institution and at home alike
    "single_person_dibao": when(ALONE).then(half_up(3_900_00 - col("own_income"), 12)).otherwise(NOTHING),
    # who receives dibao has the higher amount of the two in its place; from a hundred on the plan states none
    "old_age_allowance": when(dibao | (age < 80) | (age >= 100))
    .then(NOTHING)
    .when(age < 90)
    .then(fen(30_00))
    .otherwise(fen(60_00)),
    "longevity_allowance": when(age >= 100).then(400_00 + 10_00 * (age.cast(Int64) - 100)).otherwise(NOTHING),
    "dibao_old_age_allowance": when(~dibao | (age < 80))
    .then(NOTHING)
    .when(age < 90)
    .then(fen(100_00))
    .when(age < 100)
    .then(fen(200_00)),
    "care_subsidy": due(OLD & col("unable_to_care"), 60_00),
    "filial_payment": due(OLD & col("filial_fund") & col("supported_by_children"), 10_00),
    "orphan_support": when(ORPHAN & col("in_institution")).then(UNSTATED).otherwise(due(ORPHAN, 720_00)),
    "difficult_child_aid": due((child_kind > 0) & ~ORPHAN, 300_00),
    "basic_pension": due(OLD | (severe & (age >= 55)), 100_00),
    "contribution_subsidy": when(CONTRIBUTION >= 500_00)
    .then(fen(60_00))
    .when(CONTRIBUTION == 300_00)
    .then(fen(30_00))
    .when(CONTRIBUTION == 0)
    .then(NOTHING),
    "pension_premium_paid": when(severe | ILL | (poor & col("cannot_pay_premium"))).then(UNSTATED).otherwise(NOTHING),
    "living_subsidy": due(disabled & dibao & ~extremely_poor, 80_00),
    "nursing_subsidy": due(severe & ~extremely_poor, 80_00),
}


def columns(people: LazyFrame) -> LazyFrame:
    """One column for each quantity."""
    return (
        people.with_columns(age=AGE, severe=(grade == 1) | (grade == 2), disabled=grade > 0, basic_insurance=BASIC)
        .with_columns(left=col("in_scope") - col("basic_insurance"))
        .with_columns(critical_illness=CRITICAL)
        .with_columns(left=left - col("critical_illness"))
        .with_columns(commercial_insurance=when(left > OWED).then(OWED).otherwise(left))
        .with_columns(left=left - col("commercial_insurance"))
        .with_columns(medical_assistance=when(dibao | extremely_poor).then(half_up(left * 70, 100)).otherwise(NOTHING))
        .select(
            "basic_insurance",
            "critical_illness",
            "commercial_insurance",
            "medical_assistance",
            out_of_pocket=left - col("medical_assistance"),
            **STUDENTS,
            **SERVICES,
            **SUPPORT,
        )
    )
