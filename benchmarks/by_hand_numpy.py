"""The person-level rules of Zaozhuang High-tech Zone on 2017-06-30, written by hand over NumPy arrays, for data without gaps.

Money is int64 fen. Where the plan states nothing, the answer is a masked array.
"""

import numpy as np

Arrays = dict[str, np.ndarray]


def half_up(numerator: np.ndarray, denominator: int) -> np.ndarray:
    """To the nearest whole fen, a half goes up; the denominator is even."""
    return (numerator + denominator // 2) // denominator


def over(amount: np.ndarray, edge: int) -> np.ndarray:
    """What of an amount lies over an edge."""
    return np.maximum(amount - edge, 0)


def age_on_midyear(born: np.ndarray) -> np.ndarray:
    """Completed years on 30 June 2017: shifted by 184 days, birth years run from July to June, leap years or not."""
    return 2017 - 1970 - (born.astype("M8[D]") + 184).astype("M8[Y]").astype(np.int64)


def severely_disabled(p: Arrays) -> np.ndarray:
    return (p["disability_grade"] == 1) | (p["disability_grade"] == 2)


def students(p: Arrays) -> Arrays:
    stage, poor = p["school_stage"], p["registered_poor"]
    compulsory, vocational = (stage == 2) | (stage == 3), stage == 5
    senior, higher = (stage == 4) | vocational, stage >= 6
    poor_higher = poor & higher
    disabled, parent = p["disability_grade"] > 0, p["parent_disabled"]
    helped = poor & (stage >= 4) & ~p["aided_in_stage"]
    of_child = np.where(stage == 4, 0, 1_500_00)  # in senior high school the plan states none for the child of a disabled person
    one_off = np.where(disabled, np.where(stage == 4, 1_000_00, 2_500_00), of_child)
    return {
        "preschool_grant": (poor & (stage == 1)) * 1_200_00,
        "boarding_subsidy": (poor & p["boarder"] & compulsory) * np.where(stage == 2, 1_000_00, 1_250_00),
        "senior_grant": (poor & senior) * 2_000_00,
        "inspirational_scholarship": (poor_higher & p["merit_award"]) * 5_000_00,
        "college_grant": poor_higher * 3_000_00,
        "yulu_aid": (poor & (stage >= 5)) * 3_000_00,
        "loan_ceiling": poor_higher * np.where(stage == 8, 12_000_00, 8_000_00),
        "loan_interest_subsidy": higher * p["loan_interest"],
        "disabled_student_aid": np.ma.array(
            np.where(helped & (disabled | parent), one_off, 0), mask=helped & ~disabled & parent & (stage == 4)
        ),
        "care_fee_waived": poor & (stage == 1),
        "misc_fee_waived": poor & (compulsory | (stage == 4)),
        "free_textbooks": poor & compulsory,
        "tuition_waived": (vocational & (poor | p["full_time"])) | poor_higher,
    }


def medical(p: Arrays) -> Arrays:
    cost, grade, poor = p["in_scope"], p["hospital_grade"], p["registered_poor"]
    rate = np.array([0, 85, 70, 55])[grade]
    basic = np.minimum(half_up(cost * rate, 100), 150_000_00)
    left = cost - basic
    # above its deductible others have a rate five points lower; above its edge a bracket adds to the rate of the one below
    first = np.where(poor, over(left, 6_000_00) * 55, over(left, 12_000_00) * 50)
    critical = half_up(first + over(left, 100_000_00) * 10 + over(left, 200_000_00) * 5, 100)
    critical = np.where(poor, np.minimum(critical, 500_000_00), critical)  # for others no ceiling is stated
    left = left - critical
    commercial = np.minimum(p["commercial_owed"], left)
    left = left - commercial
    assistance = (p["receives_dibao"] | p["extremely_poor"]) * half_up(left * 70, 100)
    severe = severely_disabled(p)
    return {
        "basic_insurance": basic,
        "critical_illness": critical,
        "commercial_insurance": commercial,
        "medical_assistance": assistance,
        "out_of_pocket": left - assistance,
        "premium_subsidy": np.ma.array(severe * 160_00, mask=poor & ~severe),
    }


def services(p: Arrays, age: np.ndarray) -> Arrays:
    woman, planning, need = p["sex"] == 2, p["planning_pregnancy"], p["rehab_need"]
    disabled, young = p["disability_grade"] > 0, age <= 6
    without = ~p["able_to_work"] & ~p["has_livelihood"] & (p["supporter"] != 2)
    return {
        "two_cancer_check": woman & p["poor_area"],
        "preconception_check": planning,
        "folic_acid": woman & planning,
        "newborn_screening": p["newborn"],
        "treated_first": p["registered_poor"],
        "qualifies_extremely_poor": without & (disabled | (age >= 60) | (age < 16)),
        "child_services": p["child_kind"] > 0,
        "rehabilitation_training": young & (need > 0),
        "cochlear_implant": young & (need == 1) & p["implant_qualified"],
        "care_home_open": without & disabled,
    }


def support(p: Arrays, age: np.ndarray) -> Arrays:
    dibao, extremely, kind = p["receives_dibao"], p["extremely_poor"], p["child_kind"]
    severe, old = severely_disabled(p), age >= 60
    gap = over(3_900_00 * p["members"] - over(p["countable_income"], 0), 0)
    own = p["own_income"]
    alone = severe & (half_up(gap, 12) == 0) & (own < 3_900_00)
    in_eighties, in_nineties = (age >= 80) & (age <= 89), (age >= 90) & (age <= 99)
    paid_in = p["pension_contribution"]
    ill = p["registered_poor"] & (p["poverty_cause"] == 1) & p["seriously_ill"]
    orphan = kind == 3
    return {
        "extremely_poor_support": extremely * 5_070_00,  # in an institution and at home alike
        "single_person_dibao": alone * half_up(3_900_00 - own, 12),
        # who receives dibao has the higher amount of the two in its place; from a hundred on the plan states none
        "old_age_allowance": ~dibao * (in_eighties * 30_00 + in_nineties * 60_00),
        "longevity_allowance": (age >= 100) * (400_00 + 10_00 * (age - 100)),
        "dibao_old_age_allowance": np.ma.array(dibao * (in_eighties * 100_00 + in_nineties * 200_00), mask=dibao & (age >= 100)),
        "care_subsidy": (old & p["unable_to_care"]) * 60_00,
        "filial_payment": (old & p["filial_fund"] & p["supported_by_children"]) * 10_00,
        "orphan_support": np.ma.array(orphan * 720_00, mask=orphan & p["in_institution"]),
        "difficult_child_aid": ((kind > 0) & ~orphan) * 300_00,
        "basic_pension": (old | (severe & (age >= 55))) * 100_00,
        "contribution_subsidy": np.ma.array(
            np.where(paid_in >= 500_00, 60_00, (paid_in == 300_00) * 30_00),
            mask=(paid_in > 0) & (paid_in < 500_00) & (paid_in != 300_00),
        ),
        "pension_premium_paid": np.ma.array(
            np.zeros(len(age), np.int64), mask=severe | ill | (p["registered_poor"] & p["cannot_pay_premium"])
        ),
        "living_subsidy": ((p["disability_grade"] > 0) & dibao & ~extremely) * 80_00,
        "nursing_subsidy": (severe & ~extremely) * 80_00,
    }


def columns(people: Arrays) -> Arrays:
    """One array for each quantity."""
    age = age_on_midyear(people["born"])
    return {**students(people), **medical(people), **services(people, age), **support(people, age)}
