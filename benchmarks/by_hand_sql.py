"""The person-level rules of Zaozhuang High-tech Zone on 2017-06-30, written by hand in DuckDB's SQL, from a view `people`.

Money is BIGINT fen. Arithmetic passes a null on; CASE takes an unknown condition as "no", and LEAST and GREATEST leave a null
out: the bounds are therefore written as CASE.
"""

SQL = """
WITH known AS (
    SELECT *,
        2017 - year(born + 184) AS age,  -- completed years: 184 days on, birth years run from July to June, leap years or not
        disability_grade > 0 AS disabled,
        disability_grade IN (1, 2) AS severe,
        school_stage IN (2, 3) AS compulsory,
        registered_poor AND school_stage >= 6 AS poor_higher,
        registered_poor AND school_stage >= 4 AND NOT aided_in_stage AS helped,
        NOT able_to_work AND NOT has_livelihood AND supporter <> 2 AS without_means,
        registered_poor AND poverty_cause = 1 AND seriously_ill AS poor_by_illness,
        (in_scope * CASE hospital_grade WHEN 1 THEN 85 WHEN 2 THEN 70 ELSE 55 END + 50) // 100 AS basic,
        coalesce(commercial_owed, 0) AS owed,
        CASE WHEN countable_income > 0 THEN countable_income ELSE 0 END AS income
    FROM people
), insured AS (
    SELECT *,
        CASE WHEN basic > 15000000 THEN 15000000 ELSE basic END AS basic_insurance,
        in_scope - basic_insurance AS after_basic,
        CASE WHEN income < 390000 * members THEN 390000 * members - income ELSE 0 END AS gap
    FROM known
), critical AS (
    -- above its deductible others have a rate five points lower; above its edge a bracket adds to the rate of the one below
    SELECT *,
        CASE WHEN after_basic > 600000 THEN (
            CASE WHEN registered_poor THEN (after_basic - 600000) * 55
                WHEN after_basic > 1200000 THEN (after_basic - 1200000) * 50 ELSE 0 END
            + CASE WHEN after_basic > 10000000 THEN (after_basic - 10000000) * 10 ELSE 0 END
            + CASE WHEN after_basic > 20000000 THEN (after_basic - 20000000) * 5 ELSE 0 END
            + 50) // 100 ELSE 0 END AS tariff,
        -- for others no ceiling is stated
        CASE WHEN registered_poor AND tariff > 50000000 THEN 50000000 ELSE tariff END AS critical_illness,
        after_basic - critical_illness AS after_insurance
    FROM insured
), assisted AS (
    SELECT *,
        CASE WHEN owed < after_insurance THEN owed ELSE after_insurance END AS commercial_insurance,
        after_insurance - commercial_insurance AS after_commercial,
        CASE WHEN receives_dibao OR extremely_poor THEN (after_commercial * 70 + 50) // 100 ELSE 0 END AS medical_assistance
    FROM critical
)
SELECT
    -- students
    CASE WHEN registered_poor AND school_stage = 1 THEN 120000::BIGINT ELSE 0 END AS preschool_grant,
    CASE WHEN registered_poor AND boarder AND compulsory THEN CASE school_stage WHEN 2 THEN 100000::BIGINT ELSE 125000 END
        ELSE 0 END AS boarding_subsidy,
    CASE WHEN registered_poor AND school_stage IN (4, 5) THEN 200000::BIGINT ELSE 0 END AS senior_grant,
    CASE WHEN poor_higher AND merit_award THEN 500000::BIGINT ELSE 0 END AS inspirational_scholarship,
    CASE WHEN poor_higher THEN 300000::BIGINT ELSE 0 END AS college_grant,
    CASE WHEN registered_poor AND school_stage >= 5 THEN 300000::BIGINT ELSE 0 END AS yulu_aid,
    CASE WHEN poor_higher THEN CASE school_stage WHEN 8 THEN 1200000::BIGINT ELSE 800000 END ELSE 0 END AS loan_ceiling,
    CASE WHEN school_stage >= 6 THEN loan_interest ELSE 0 END AS loan_interest_subsidy,
    CASE WHEN helped AND disabled THEN CASE school_stage WHEN 4 THEN 100000::BIGINT ELSE 250000 END
        WHEN helped AND parent_disabled THEN CASE WHEN school_stage > 4 THEN 150000 END
        ELSE 0 END AS disabled_student_aid,
    registered_poor AND school_stage = 1 AS care_fee_waived,
    registered_poor AND (compulsory OR school_stage = 4) AS misc_fee_waived,
    registered_poor AND compulsory AS free_textbooks,
    poor_higher OR (school_stage = 5 AND (registered_poor OR full_time)) AS tuition_waived,
    -- health
    basic_insurance,
    critical_illness,
    commercial_insurance,
    medical_assistance,
    after_commercial - medical_assistance AS out_of_pocket,
    CASE WHEN severe THEN 16000::BIGINT WHEN registered_poor THEN NULL ELSE 0 END AS premium_subsidy,
    sex = 2 AND poor_area AS two_cancer_check,
    planning_pregnancy AS preconception_check,
    sex = 2 AND planning_pregnancy AS folic_acid,
    newborn AS newborn_screening,
    registered_poor AS treated_first,
    -- dibao and the extremely poor: in an institution and at home alike
    without_means AND (disabled OR age >= 60 OR age < 16) AS qualifies_extremely_poor,
    CASE WHEN extremely_poor THEN 507000::BIGINT ELSE 0 END AS extremely_poor_support,
    CASE WHEN severe AND (gap + 6) // 12 = 0 AND own_income < 390000 THEN (390000 - own_income + 6) // 12 ELSE 0 END
        AS single_person_dibao,
    -- the old: who receives dibao has the higher amount of the two in its place; from a hundred on the plan states none
    CASE WHEN age BETWEEN 80 AND 99 AND NOT receives_dibao THEN CASE WHEN age < 90 THEN 3000::BIGINT ELSE 6000 END
        ELSE 0 END AS old_age_allowance,
    CASE WHEN age >= 100 THEN 40000 + 1000 * (age - 100) ELSE 0 END AS longevity_allowance,
    CASE WHEN age >= 80 AND receives_dibao THEN CASE WHEN age < 90 THEN 10000::BIGINT WHEN age < 100 THEN 20000 END
        ELSE 0 END AS dibao_old_age_allowance,
    CASE WHEN unable_to_care AND age >= 60 THEN 6000::BIGINT ELSE 0 END AS care_subsidy,
    CASE WHEN filial_fund AND supported_by_children AND age >= 60 THEN 1000::BIGINT ELSE 0 END AS filial_payment,
    -- children
    child_kind > 0 AS child_services,
    CASE WHEN child_kind = 3 THEN CASE WHEN NOT in_institution THEN 72000::BIGINT END ELSE 0 END AS orphan_support,
    CASE WHEN child_kind > 0 AND child_kind <> 3 THEN 30000::BIGINT ELSE 0 END AS difficult_child_aid,
    -- pensions
    CASE WHEN age >= 60 OR (severe AND age >= 55) THEN 10000::BIGINT ELSE 0 END AS basic_pension,
    CASE WHEN pension_contribution >= 50000 THEN 6000::BIGINT WHEN pension_contribution = 30000 THEN 3000
        WHEN pension_contribution = 0 THEN 0 END AS contribution_subsidy,
    CASE WHEN severe OR poor_by_illness OR (registered_poor AND cannot_pay_premium) THEN NULL ELSE 0::BIGINT END
        AS pension_premium_paid,
    -- the disabled
    CASE WHEN disabled AND receives_dibao AND NOT extremely_poor THEN 8000::BIGINT ELSE 0 END AS living_subsidy,
    CASE WHEN severe AND NOT extremely_poor THEN 8000::BIGINT ELSE 0 END AS nursing_subsidy,
    age <= 6 AND rehab_need > 0 AS rehabilitation_training,
    age <= 6 AND rehab_need = 1 AND implant_qualified AS cochlear_implant,
    without_means AND disabled AS care_home_open
FROM assisted
"""
