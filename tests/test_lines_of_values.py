"""What one value changes, in the areas of persons, households and houses: the lines that rest on it, and no others.

The homes hold a line for as many values as can be; the figures and the sets of lines are worked out by hand from the boxes
and chapters. A value on which no line rests is listed with the check or the calculator that changes with it. Insurance,
allowances of the old, dibao and the concepts of income have homes and a table of their own (test_policy).
"""

import datetime
import functools
from collections.abc import Callable
from typing import NamedTuple

import pytest
from test_policy import CHANGES

import povertyrules as pr
from povertyrules import Dwelling, Household, Income, Person, Plot, mu, square_metres, yuan
from povertyrules.core.tables import Amounts, Rates
from povertyrules.statement import Line

IN_2017, IN_2018 = "2017-06-30", "2018-06-30"

# ---- the homes -----------------------------------------------------------------------------------------------------

NO: dict[str, object] = dict.fromkeys(
    (
        *("receives_dibao", "extremely_poor", "unable_to_care", "seriously_ill", "implant_qualified", "planning_pregnancy"),
        *("newborn", "boarder", "full_time", "merit_award", "parent_disabled", "aided_in_stage", "aided_before"),
        *("cannot_pay_premium", "supported_by_children", "in_institution"),
    ),
    False,
)
NONE = {"disability_grade": 0, "rehab_need": 0, "school_stage": 0, "child_kind": 0}
NOTHING = {"own_income": yuan(0), "pension_contribution": yuan(0), "loan_interest": yuan(0), "treatments": ()}
ABLE = {"able_to_work": True, "has_livelihood": True, "supporter": "able"}
WITHOUT_MEANS = {"able_to_work": False, "has_livelihood": False, "supporter": "unable"}


def person(name: str, **facts: object) -> Person:
    """Somebody of twenty-seven of whom nothing holds but what is said."""
    return Person(name=name, **{"born": "1990-01-01", "sex": "male", **NO, **NONE, **NOTHING, **ABLE, **facts})  # type: ignore[arg-type]


def wage(amount: int) -> tuple[Income, ...]:
    return (Income(kind="wage", amount=yuan(amount)),)  # type: ignore[arg-type]


PUPILS = (
    person("deaf child in preschool", born="2011-06-30", school_stage=1, rehab_need="hearing", implant_qualified=True),
    person("left behind in primary school", born="2007-01-01", school_stage=2, boarder=True, child_kind="left_behind"),
    person("orphan in junior school", born="2002-06-30", school_stage=3, boarder=True, child_kind="orphan", **WITHOUT_MEANS),
)
DISABLED = (
    person("in senior high", school_stage=4, disability_grade=3),
    person("in vocational school", school_stage=5, disability_grade=3, **WITHOUT_MEANS),
    person("in college", school_stage=6, disability_grade=3),
    person("undergraduate", school_stage=7, disability_grade=3, merit_award=True, loan_interest=yuan(400)),
    person("postgraduate", school_stage=8, disability_grade=3),
)
OF_DISABLED: dict[int, dict[str, object]] = {
    5: {},
    6: {},
    7: {"seriously_ill": True, "pension_contribution": yuan(500)},
    8: {"sex": "female", "planning_pregnancy": True, "pension_contribution": yuan(300)},
}
CHILDREN = tuple(
    person(f"child of the disabled, {stage}", school_stage=stage, parent_disabled=True, **more)
    for stage, more in OF_DISABLED.items()
)
OTHERS = (
    person("autistic newborn", born="2017-05-01", newborn=True, rehab_need="autism"),
    person("sixty", born="1957-06-30", supported_by_children=True, children_pay=yuan(200)),
    person("sixty without means", born="1957-06-30", **WITHOUT_MEANS),
    person("severe of 55", born="1962-06-30", disability_grade=2, own_income=yuan(2_000)),
    person("severe on dibao", disability_grade=1, receives_dibao=True, own_income=yuan(6_000)),
)
POOR = tuple(str(one.name) for one in (*PUPILS, *DISABLED, *CHILDREN, *OTHERS))
HOME = Household(
    name="home",
    registered_poor=True,
    incomes=wage(200_000),  # more than the dibao standard of 3,900 and the line of 3,509 for each of the 17
    persons=(*PUPILS, *DISABLED, *CHILDREN, *OTHERS),
    dwellings=(),
    plots=(
        Plot(name="hill", plot_area=mu(1), forest_kind="arbor", land_kind="barren_hill", planting="new"),  # type: ignore[arg-type]
        Plot(name="sand", plot_area=mu("2.5"), forest_kind="woody_oil", land_kind="sandy", planting="new"),  # type: ignore[arg-type]
    ),
    deaths=(pr.Death(name="grandfather", drew_pension=True, pension_insured=True),),
    poor_area=True,
    filial_fund=True,
    poverty_cause="illness",  # type: ignore[arg-type]
    ranger_zone="key_village",  # type: ignore[arg-type]
    relief_cause="accident",  # type: ignore[arg-type]
    living_difficulty=True,
    relief_months=2,
    relief_days=45,
    dibao_before=yuan(200),
    months_over_line=3,
    enough_food=True,
    enough_clothing=True,
    education_secured=True,
    medical_secured=True,
    housing_secured=True,
    exited_on="2016-12-31",  # type: ignore[arg-type]
)
# not in the register: what is for everyone is here as well, and relief for a cause that no list names
NEIGHBOURS = Household(
    name="neighbours",
    registered_poor=False,
    incomes=wage(50_000),
    persons=(
        person("neighbour in vocational school", school_stage=5, full_time=True),
        person("severe neighbour", school_stage=7, loan_interest=yuan(300), disability_grade=2),
    ),
    dwellings=(),
    plots=(),
    deaths=(),
    poor_area=True,
    filial_fund=True,
    poverty_cause="illness",  # type: ignore[arg-type]
    ranger_zone="key_village",  # type: ignore[arg-type]
    relief_cause="other",  # type: ignore[arg-type]
    living_difficulty=True,
    relief_months=1,
    relief_days=10,
    dibao_before=yuan(0),
    months_over_line=0,
)


def house(name: str, grade: str, method: str, cost: int) -> Dwelling:
    told = {"house_grade": grade, "method": method, "grade_confirmed": True, "willing": True, "reinforceable": False}
    return Dwelling(name=name, cash_cost=yuan(cost), **told)  # type: ignore[arg-type]


HOUSES = Household(
    name="home",
    registered_poor=True,
    persons=(Person(name="owner"),),
    dwellings=(
        house("repaired", "C", "repair", 9_000),
        house("repaired for less", "C", "repair", 6_000),
        house("rebuilt", "D", "rebuild", 30_000),
        house("rebuilt for less", "D", "rebuild", 20_000),
    ),
)
HOMES = {IN_2017: (HOME, NEIGHBOURS), IN_2018: (HOUSES,)}

# ---- the lines that are due, from the document ---------------------------------------------------------------------

Key = tuple[str, str]
Lines = set[Key]


def lines(name: str, *who: str) -> Lines:
    return {(one, name) for one in who}


DEAF, LEFT, ORPHAN = (str(one.name) for one in PUPILS)
VOCATIONAL, COLLEGE, UNDERGRADUATE, POSTGRADUATE = (
    (one, f"child of the disabled, {stage}")
    for stage, one in enumerate(("in vocational school", "in college", "undergraduate", "postgraduate"), start=5)
)
FATHER, MOTHER = UNDERGRADUATE[1], POSTGRADUATE[1]
HIGHER = (*COLLEGE, *UNDERGRADUATE, *POSTGRADUATE)
SEVERE = ("severe of 55", "severe on dibao", "severe neighbour")
ALONE = lines("single_person_dibao", "severe of 55", "severe neighbour")
PENSION = lines("basic_pension", "sixty", "sixty without means", "severe of 55")
TRAINING = "rehabilitation_training"
AID, SUBSIDY, TUITION, CONTRIBUTION = "disabled_student_aid", "afforestation_subsidy", "tuition_waived", "contribution_subsidy"
CHARGES = lines("water_connection_free", "home") | lines("farm_service_discount", "home")
CHECKS_OF_MOTHERS = lines("two_cancer_check", MOTHER) | lines("preconception_check", MOTHER)
# By figure in yuan; None is a service. Box 4 for students, box 5 for plots, box 7 from item 7 on, box 8.
DUE: list[tuple[str | None, Lines]] = [
    ("1200", lines("preschool_grant", DEAF)),
    ("1000", lines("boarding_subsidy", LEFT)),
    ("1250", lines("boarding_subsidy", ORPHAN)),
    ("2000", lines("senior_grant", "in senior high", *VOCATIONAL)),
    ("3000", lines("college_grant", *HIGHER)),
    ("3000", lines("yulu_aid", *VOCATIONAL, *HIGHER)),
    ("5000", lines("inspirational_scholarship", "undergraduate")),
    ("8000", lines("loan_ceiling", *COLLEGE, *UNDERGRADUATE)),
    ("12000", lines("loan_ceiling", *POSTGRADUATE)),
    ("400", lines("loan_interest_subsidy", "undergraduate")),
    ("300", lines("loan_interest_subsidy", "severe neighbour")),
    ("1000", lines(AID, "in senior high")),
    ("2500", lines(AID, "in vocational school", "in college", "undergraduate", "postgraduate")),
    ("1500", lines(AID, *(str(one.name) for one in CHILDREN))),
    (None, lines("care_fee_waived", DEAF)),
    (None, lines("misc_fee_waived", LEFT, ORPHAN, "in senior high")),
    (None, lines("free_textbooks", LEFT, ORPHAN)),
    (None, lines(TUITION, *VOCATIONAL, *HIGHER, "neighbour in vocational school")),
    (None, lines("treated_first", *POOR)),
    ("160", lines("premium_subsidy", *SEVERE)),
    (None, CHECKS_OF_MOTHERS | lines("folic_acid", MOTHER) | lines("newborn_screening", "autistic newborn")),
    ("200", lines(SUBSIDY, "hill")),
    ("500", lines(SUBSIDY, "sand")),
    (None, lines("ranger_post", "home")),
    ("158.33", lines("single_person_dibao", "severe of 55")),  # (3,900 - 2,000) / 12
    ("325", lines("single_person_dibao", "severe neighbour")),  # 3,900 / 12
    (
        None,
        lines("qualifies_extremely_poor", "sixty without means", ORPHAN, "in vocational school"),
    ),
    ("11050", lines("temporary_relief", "home")),  # 3,900 / 12 × 17 × 2
    ("650", lines("temporary_relief", "neighbours")),  # 3,900 / 12 × 2
    ("100", PENSION),
    ("30", lines(CONTRIBUTION, MOTHER)),
    ("60", lines(CONTRIBUTION, FATHER)),
    ("600", lines("funeral_grant", "grandfather")),
    ("10", lines("filial_payment", "sixty")),  # the low end of 10 to 30
    ("720", lines("orphan_support", ORPHAN)),
    ("300", lines("difficult_child_aid", LEFT)),
    (None, lines("child_services", ORPHAN, LEFT)),
    ("80", lines("living_subsidy", "severe on dibao") | lines("nursing_subsidy", *SEVERE)),
    (None, lines(TRAINING, DEAF, "autistic newborn") | lines("cochlear_implant", DEAF)),
    (None, lines("care_home_open", "in vocational school")),
    (None, lines("fit_to_exit", "home") | lines("support_unchanged", "home")),
    (None, CHARGES),
]
SUBSIDY_OF_HOUSE = "housing_subsidy"
DUE_2018: list[tuple[str | None, Lines]] = [
    (None, lines("treated_first", "owner")),
    (None, CHARGES),
    ("8000", lines(SUBSIDY_OF_HOUSE, "repaired")),
    ("6000", lines(SUBSIDY_OF_HOUSE, "repaired for less")),
    ("25000", lines(SUBSIDY_OF_HOUSE, "rebuilt")),
    ("20000", lines(SUBSIDY_OF_HOUSE, "rebuilt for less")),
]


# ---- values on which lines rest ------------------------------------------------------------------------------------


def plain(on: str) -> pr.Policy:
    return pr.policy("zaozhuang-hitech", on=on)


Z = plain(IN_2017)
OTHER_READINGS = {
    "disability.premium": "unstated",
    "disability.family_limit": "local_limit",
    "relief.time_unit": "days",
    "elderly.filial_amount": "matches_children",
}
READ = functools.reduce(lambda policy, one: policy.reading(*one), OTHER_READINGS.items(), Z)
TOLD = {"pension.paid_premium.lowest_tier": "100", "elderly.filial.share": "10 %"}
CLOSED = Z.reading("wording.open_list", "closed")
UNDER: dict[str, pr.Policy] = {
    "": Z,
    "read": READ,
    "closed": CLOSED,
    "told": READ.local(TOLD, source="notice"),
    "2018": plain(IN_2018),
}


class Row(NamedTuple):
    """What to make of a value; the lines whose figure then changes, that come or that go; those that only rest on it."""

    path: str
    value: object
    changed: Lines
    rest: Lines
    under: str = ""


NO_LINES: Lines = set()
FILIAL = {("sixty", "filial_payment")}
RELIEF = lines("temporary_relief", "home", "neighbours")
BOTH_PLOTS = lines(SUBSIDY, "hill", "sand")
FIT, UNCHANGED, RANGER = {("home", "fit_to_exit")}, {("home", "support_unchanged")}, {("home", "ranger_post")}
STAGES = tuple(enumerate((VOCATIONAL, COLLEGE, UNDERGRADUATE, POSTGRADUATE), start=5))
LOSE_SECOND_GRADE = (
    lines("nursing_subsidy", "severe of 55", "severe neighbour") | lines("premium_subsidy", "severe of 55", "severe neighbour")
) | (ALONE | lines("basic_pension", "severe of 55"))
ROWS: list[Row] = [
    # box 4
    Row("education.preschool.grants[1]", "1201", lines("preschool_grant", DEAF), NO_LINES),
    Row("education.boarding.amounts[2]", "1001", lines("boarding_subsidy", LEFT), NO_LINES),
    Row("education.boarding.amounts[3]", "1251", lines("boarding_subsidy", ORPHAN), NO_LINES),
    Row("education.senior.grants[4]", "2001", lines("senior_grant", "in senior high"), NO_LINES),
    Row("education.senior.grants[5]", "2001", lines("senior_grant", *VOCATIONAL), NO_LINES),
    *(Row(f"education.college.grants[{n}]", "3001", lines("college_grant", *who), NO_LINES) for n, who in STAGES[1:]),
    Row("education.college.scholarship", "5001", lines("inspirational_scholarship", "undergraduate"), NO_LINES),
    *(Row(f"education.loan.ceilings[{n}]", "9000", lines("loan_ceiling", *who), NO_LINES) for n, who in STAGES[1:]),
    Row(
        "education.loan.interest_share",
        "99 %",
        lines("loan_interest_subsidy", "undergraduate", "severe neighbour"),
        NO_LINES,
    ),
    *(Row(f"education.yulu.amounts[{n}]", "3001", lines("yulu_aid", *who), NO_LINES) for n, who in STAGES),
    Row("education.disabled_aid.disabled[4]", "1001", lines(AID, "in senior high"), NO_LINES),
    *(Row(f"education.disabled_aid.disabled[{n}]", "2501", lines(AID, who), NO_LINES) for n, (who, _) in STAGES),
    *(Row(f"education.disabled_aid.child[{n}]", "1501", lines(AID, who), NO_LINES) for n, (_, who) in STAGES),
    Row("education.fee_waivers.care_fee", ["primary"], lines("care_fee_waived", DEAF, LEFT), NO_LINES),
    Row(
        "education.fee_waivers.misc_fee",
        ["primary", "junior"],
        lines("misc_fee_waived", "in senior high"),
        lines("misc_fee_waived", LEFT, ORPHAN),
    ),
    Row(
        "education.fee_waivers.textbooks",
        ["primary"],
        lines("free_textbooks", ORPHAN),
        lines("free_textbooks", LEFT),
    ),
    Row(
        "education.fee_waivers.tuition_full_time",
        ["senior_high"],
        lines(TUITION, *VOCATIONAL, "neighbour in vocational school", "in senior high"),
        NO_LINES,
    ),
    Row(
        "education.fee_waivers.tuition_poor",
        ["vocational_college", "undergraduate"],
        lines(TUITION, *POSTGRADUATE),
        lines(TUITION, *COLLEGE, *UNDERGRADUATE),
    ),
    # chapter 7: the share of the poor is not printed, of the severely disabled all is paid
    Row("medical.premium_help.poor_share", "50 %", lines("premium_subsidy", *POOR) - lines("premium_subsidy", *SEVERE), NO_LINES),
    Row("medical.premium_help.full_share", "50 %", lines("premium_subsidy", *SEVERE), NO_LINES),
    Row("medical.premium_help.open_share", "50 %", lines("premium_subsidy", *SEVERE), NO_LINES, "read"),
    Row("medical.premium.personal", "161", lines("premium_subsidy", *SEVERE), NO_LINES),
    Row(
        "medical.free_services.services",
        ["two_cancer_check", "preconception_check", "newborn_screening"],
        lines("folic_acid", MOTHER),
        CHECKS_OF_MOTHERS | lines("newborn_screening", "autistic newborn"),
    ),
    # box 5
    Row("forestry.afforestation.least", "1.01", lines(SUBSIDY, "hill"), lines(SUBSIDY, "sand")),
    Row("forestry.afforestation.land", ["barren_hill", "low_yield"], lines(SUBSIDY, "sand"), lines(SUBSIDY, "hill")),
    Row("forestry.afforestation.plantings", ["new"], NO_LINES, BOTH_PLOTS),
    Row("forestry.afforestation.plantings", ["renewal", "conversion"], BOTH_PLOTS, NO_LINES),
    Row("forestry.afforestation.rate", "201", BOTH_PLOTS, NO_LINES),
    Row("forestry.afforestation.rated", ["arbor"], lines(SUBSIDY, "sand"), lines(SUBSIDY, "hill")),
    Row("forestry.rangers.zones", ["protection_zone", "weak_street"], RANGER, NO_LINES),
    Row("forestry.rangers.zones", ["key_village"], NO_LINES, RANGER),
    # chapter 9 section 1: the length of gradual exit and the limit of the family are not printed
    Row("dibao.standard.standard", "4200", RELIEF | ALONE, NO_LINES),
    Row("dibao.gradual_exit.months", 4, lines("dibao_grace", "home"), NO_LINES),
    Row("dibao.gradual_exit.months", 3, NO_LINES, NO_LINES),
    Row("dibao.extremely_poor_test.first_age", 61, lines("qualifies_extremely_poor", "sixty without means"), NO_LINES),
    Row("dibao.extremely_poor_test.first_age", 59, NO_LINES, lines("qualifies_extremely_poor", "sixty without means")),
    Row("dibao.extremely_poor_test.minor_under", 15, lines("qualifies_extremely_poor", ORPHAN), NO_LINES),
    # 200,000 for 17 heads is 11,765 each, 50,000 for two is 25,000
    Row("dibao.single_person.family_limit", "12000", lines("single_person_dibao", "severe of 55"), NO_LINES, "read"),
    Row("dibao.single_person.family_limit", "25000", ALONE, NO_LINES, "read"),
    # the list ends in 等: it decides where it is read as closed
    Row("relief.eligibility.causes", ["sudden_event", "major_illness"], lines("temporary_relief", "home"), NO_LINES, "closed"),
    Row("relief.eligibility.causes", ["accident"], NO_LINES, lines("temporary_relief", "home"), "closed"),
    Row("relief.relief.days_in_month", 31, RELIEF, NO_LINES, "read"),
    # without an income that counts both homes have dibao, and nobody is assessed alone
    Row("income.countable.kinds", ["property"], lines("dibao_due", "home", "neighbours") | ALONE, NO_LINES),
    # chapter 9 section 2, box 7 item 9; the lowest tier is not printed
    Row("pension.paid_premium.lowest_tier", "100", lines("pension_premium_paid", *SEVERE, FATHER), NO_LINES),
    Row("pension.paid_premium.share", "50 %", lines("pension_premium_paid", FATHER), NO_LINES, "told"),
    Row("pension.paid_premium.severe_share", "50 %", lines("pension_premium_paid", *SEVERE), NO_LINES, "told"),
    Row("pension.basic.first_age", 61, PENSION, NO_LINES),  # and 56 for the severely disabled
    Row("pension.basic.first_age", 59, NO_LINES, PENSION),
    Row("pension.basic.amount", "101", PENSION, NO_LINES),
    Row("pension.early.years", 4, lines("basic_pension", "severe of 55"), NO_LINES),
    Row("pension.early.years", 6, NO_LINES, lines("basic_pension", "severe of 55")),
    Row("pension.contribution.tiers[300]", "31", lines(CONTRIBUTION, MOTHER), NO_LINES),
    Row("pension.contribution.tiers[500]", "61", lines(CONTRIBUTION, FATHER), NO_LINES),
    Row("pension.funeral.amount", "601", lines("funeral_grant", "grandfather"), NO_LINES),
    # chapter 9 section 2 part 3: the village sets the payment, or it is a share of the 200 yuan of the children
    Row("elderly.filial.first_age", 61, FILIAL, NO_LINES),
    Row("elderly.filial.first_age", 59, NO_LINES, FILIAL),
    Row("elderly.filial.amount", "15", FILIAL, NO_LINES),
    Row("elderly.filial.share", "11 %", FILIAL, NO_LINES, "read"),
    Row("elderly.filial.share", "11 %", FILIAL, NO_LINES, "told"),
    Row("elderly.filial.least", "20.00", NO_LINES, FILIAL, "told"),
    Row("elderly.filial.least", "20.01", FILIAL, NO_LINES, "told"),
    Row("elderly.filial.most", "19.99", FILIAL, NO_LINES, "told"),
    # box 7 items 7 and 8, chapter 9 section 3 part 1
    Row("children.orphan.amount", "721", lines("orphan_support", ORPHAN), NO_LINES),
    Row("children.difficult.amount", "301", lines("difficult_child_aid", LEFT), NO_LINES),
    Row(
        "children.services.kinds",
        ["orphan"],
        lines("difficult_child_aid", LEFT) | lines("child_services", LEFT),
        lines("child_services", ORPHAN),
    ),
    # box 8
    Row(
        "disability.severe.grades",
        ["first"],
        LOSE_SECOND_GRADE,
        lines("nursing_subsidy", "severe on dibao") | lines("premium_subsidy", "severe on dibao"),
    ),
    Row("disability.subsidies.living", "81", lines("living_subsidy", "severe on dibao"), NO_LINES),
    Row("disability.subsidies.nursing", "81", lines("nursing_subsidy", *SEVERE), NO_LINES),
    Row(
        "disability.rehabilitation.first_age",
        1,
        lines(TRAINING, "autistic newborn"),
        lines(TRAINING, DEAF) | lines("cochlear_implant", DEAF),
    ),
    Row(
        "disability.rehabilitation.last_age",
        5,
        lines(TRAINING, DEAF) | lines("cochlear_implant", DEAF),
        lines(TRAINING, "autistic newborn"),
    ),
    Row("disability.rehabilitation.needs", ["autism"], lines(TRAINING, DEAF), lines(TRAINING, "autistic newborn")),
    # chapter 2 section 4 part 2, chapter 12: 200,000 for 17 heads is 11,765 each; the exit was in 2016
    Row("income.provincial.lines[2017]", "11764", NO_LINES, FIT),
    Row("income.provincial.lines[2017]", "11765", FIT, NO_LINES),
    Row("income.register_net_income.kinds", ["property"], FIT, NO_LINES),
    Row("exit.support.years", 0, UNCHANGED, NO_LINES),
    Row("exit.support.years", 2, NO_LINES, UNCHANGED),
    # box 3: a cost that is lower than the standard is what is paid, and does not rest on the standard
    Row("housing.subsidy.repair", "8001", lines(SUBSIDY_OF_HOUSE, "repaired"), NO_LINES, "2018"),
    Row("housing.subsidy.rebuild", "25001", lines(SUBSIDY_OF_HOUSE, "rebuilt"), NO_LINES, "2018"),
    Row(
        "housing.eligibility.grades",
        ["c"],
        lines(SUBSIDY_OF_HOUSE, "rebuilt", "rebuilt for less"),
        lines(SUBSIDY_OF_HOUSE, "repaired", "repaired for less"),
        "2018",
    ),
]


def by_key(policy: pr.Policy) -> tuple[dict[Key, Line], Lines]:
    """The lines of all homes of the policy's day, and whose entitlements are refused or undecided."""
    statements = [policy.assess(home) for home in HOMES[str(policy.on)]]
    none = {(one.who, one.name) for statement in statements for one in (*statement.refused, *statement.undecided)}
    return {(line.who, line.name): line for statement in statements for line in statement.lines}, none


@functools.cache
def unchanged(under: str) -> tuple[dict[Key, Line], Lines]:
    return by_key(UNDER[under])


@pytest.mark.parametrize(("under", "due"), [("", DUE), ("2018", DUE_2018)])
def test_the_homes_hold_the_lines_that_the_tables_speak_of(under: str, due: list[tuple[str | None, Lines]]) -> None:
    found = {key: line.amount and str(line.amount.yuan) for key, line in unchanged(under)[0].items()}
    assert found == {key: amount and f"{float(amount):.2f}" for amount, keys in due for key in keys}


def together(rows: list[Row]) -> list[list[Row]]:
    """The rows of one table at once, and all that change no line, each with a source of its own; all others one by one."""
    out: dict[tuple[str, str, int], list[Row]] = {}
    for i, row in enumerate(rows):
        again = sum((one.path, one.under) == (row.path, row.under) for one in rows[:i])
        key = (row.path.partition("[")[0], row.under, again) if row.changed else ("", row.under, 0)
        out.setdefault(key, []).append(row)
    return list(out.values())


def name_of(rows: list[Row]) -> str:
    first = rows[0]
    return f"{first.path}={first.value} {first.under}" if first.changed else f"rested on, unchanged {first.under}"


@pytest.mark.parametrize("rows", together(ROWS), ids=name_of)
def test_one_value_changes_exactly_the_lines_that_rest_on_it(rows: list[Row]) -> None:
    before, none_before = unchanged(rows[0].under)
    policy = UNDER[rows[0].under]
    for row in rows:
        policy = policy.reform({row.path: row.value}, source=row.path)
    after, none_after = by_key(policy)
    figures = [
        {key: line.amount and (line.amount.figure, line.amount.low, line.amount.high) for key, line in m.items()}
        for m in (before, after)
    ]
    changed = {key for key in before.keys() | after.keys() if figures[0].get(key, "no line") != figures[1].get(key, "no line")}
    assert changed == set().union(*(row.changed for row in rows))
    assert before.keys() | none_before == after.keys() | none_after  # a line that goes is refused or undecided
    for row in rows:
        cited = {key for key, line in after.items() if f"hypothetical: {row.path}" in line.provisions}
        assert cited == (row.changed & after.keys()) | row.rest
    supposed = set().union(*((row.changed & after.keys()) | row.rest for row in rows))
    of_money = {key for key in supposed if after[key].amount}
    assert {key for key, line in after.items() if line.amount and line.amount.quality == "hypothetical"} == of_money
    for key in after.keys() - supposed:
        assert after[key] == before[key], key


# ---- values on which no line rests ---------------------------------------------------------------------------------


def found(check: Callable[[pr.Policy], pr.Findings]) -> Callable[[pr.Policy], object]:
    """What a check finds, as severities and codes; or that the text does not say."""

    def said(policy: pr.Policy) -> object:
        try:
            return [(str(one.severity), one.code) for one in check(policy)]
        except pr.NotStated:
            return "not stated"

    return said


class Asked(NamedTuple):
    """What to make of a value; what is asked; the answer before and after."""

    path: str
    value: object
    ask: Callable[[pr.Policy], object]
    before: object
    after: object
    on: str = IN_2017


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def village(policy: pr.Policy, *, income: int = 5_950) -> bool:
    incomes = {"income": yuan(income), "province_income": yuan(10_000), "collective_income": yuan(0)}
    return policy.exit.key_village(rate="10 %", province_rate="5 %", **incomes)


def rebuilt(members: int, area: str) -> Household:
    """An application to rebuild a house of some floor area."""
    of_house = {"house_grade": "D", "method": "rebuild", "grade_confirmed": True, "willing": True, "reinforceable": False}
    dwelling = Dwelling(floor_area=square_metres(area), auxiliary_area=square_metres(0), **of_house)  # type: ignore[arg-type]
    return Household(registered_poor=True, persons=(Person(),) * members, dwellings=(dwelling,))


def area_found(members: int, area: str) -> Callable[[pr.Policy], object]:
    return found(lambda p: p.housing.check(rebuilt(members, area)))


def house_found(check: str, **facts: object) -> Callable[[pr.Policy], object]:
    return found(lambda p: getattr(p.housing, check)(Dwelling(**facts)))  # type: ignore[arg-type]


def error(code: str) -> list[tuple[str, str]]:
    return [("error", code)]


def warning(code: str) -> list[tuple[str, str]]:
    return [("warning", code)]


def of_wage(concept: str) -> Callable[[pr.Policy], object]:
    """A concept of income, of a household that has a wage of 1,000 yuan."""
    return lambda p: p.evaluate((concept,), {"incomes": wage(1_000)}).amount(concept).figure


FINE: list[tuple[str, str]] = []
LAST_YEAR = {"last_year_graduates": 100, "last_year_enrolled": 80}
DONE = ("door_plate", "doors_and_windows", "indoor_floor", "ceiling")
QUALITY = {"parts_qualified": True, "structure_safe": True, "functions_complete": True}
ACCEPTED = ("construction", "poverty_office", "finance", "civil_affairs")
ASKED: list[Asked] = [
    # chapter 2 section 4, and the nation's own series: the provincial line is the one that is applied
    Asked("income.national.lines[2015]", "2856", lambda p: p.income.line(2015, series="national").figure, yuan(2855), yuan(2856)),
    Asked(
        "income.national_as_printed.lines[2015]",
        "2801",
        lambda p: p.income.line(2015, series="national_as_printed").figure,
        yuan(2800),
        yuan(2801),
    ),
    Asked("income.rural_cpi.indices[2015]", "101.4 %", lambda p: str(p.income.index(2015).value), "101.3", "101.4"),
    Asked("income.disposable.kinds", ["property"], of_wage("disposable_income"), yuan(1_000), yuan(0)),
    Asked("income.before_transfers.kinds", ["property"], of_wage("income_before_transfers"), yuan(1_000), yuan(0)),
    # chapter 2: the standard of key villages, the one that there is, the days of exit
    Asked("exit.key_village.incidence_times", 3, village, True, False),
    Asked("exit.key_village.income_share", "59 %", village, True, False),
    Asked("exit.key_villages.street", "兴仁街道", lambda p: p.exit.is_key_village("张范街道横山口村"), True, False),
    Asked("exit.key_villages.village", "横山村", lambda p: p.exit.is_key_village("横山口村"), True, False),
    Asked("exit.key_villages.key_villages", 2, lambda p: p.exit.poor_villages(), 1, 2),
    Asked(
        "exit.key_villages.helped_villages",
        35,
        lambda p: p.reading("village.poor_village", "all_34").exit.poor_villages(),
        34,
        35,
    ),
    Asked(
        "exit.deadlines.villages_by",
        day("2017-12-30"),
        found(lambda p: p.exit.check_date(day("2017-12-31"), "village")),
        FINE,
        warning("late"),
    ),
    Asked(
        "exit.deadlines.persons_by",
        day("2018-12-30"),
        found(lambda p: p.exit.check_date(day("2018-12-31"))),
        FINE,
        warning("late"),
    ),
    Asked(
        "exit.deadlines.all_by",
        day("2020-12-30"),
        found(lambda p: p.exit.check_date(day("2020-12-31"))),
        warning("late"),
        error("late"),
    ),
    Asked(
        "exit.village_test.limit",
        "1 %",
        found(lambda p: p.exit.village(poor=19, registered=1_000)),
        FINE,
        error("village-rate"),
    ),
    # chapter 6
    Asked(
        "education.aid_coverage.share",
        "99 %",
        found(lambda p: p.education.check_coverage(offered=99, eligible=100)),
        error("aid-coverage"),
        FINE,
    ),
    Asked(
        "education.vocational_enrolment.shares[2017]",
        "81 %",
        found(lambda p: p.education.check_vocational(2017, graduates=100, enrolled=80)),
        FINE,
        error("vocational-share"),
    ),
    Asked(
        "education.vocational_enrolment.shares[2018]",
        "91 %",
        found(lambda p: p.education.check_vocational(2018, graduates=100, enrolled=90)),
        FINE,
        error("vocational-share"),
    ),
    Asked(
        "education.vocational_enrolment.poor_share",
        "99 %",
        found(lambda p: p.education.check_vocational(2017, graduates=100, enrolled=99, registered_poor=True)),
        error("vocational-poor"),
        FINE,
    ),
    Asked(
        "education.vocational_enrolment.rising_from",
        2020,
        found(lambda p: p.education.check_vocational(2019, graduates=100, enrolled=79, **LAST_YEAR)),
        error("vocational-falling"),
        "not stated",
    ),
    Asked(
        "education.vocational_enrolment.rising_to",
        2021,
        found(lambda p: p.education.check_vocational(2021, graduates=100, enrolled=79, **LAST_YEAR)),
        "not stated",
        error("vocational-falling"),
    ),
    # chapter 7, box 7 item 11
    Asked(
        "medical.relief_coverage.share",
        "99 %",
        found(lambda p: p.medical.check_coverage(covered=99, registered=100)),
        error("medical-coverage"),
        FINE,
    ),
    Asked("medical.premium.government", "451", lambda p: p.medical.premium().financing.figure, yuan(610), yuan(611)),
    # chapter 9: a shortfall is warned of until the day
    Asked(
        "dibao.full_coverage.share",
        "99 %",
        found(lambda p: p.dibao.check_coverage(covered=99, qualifying=100)),
        warning("dibao-coverage"),
        FINE,
    ),
    Asked(
        "dibao.full_coverage.by",
        day(IN_2017),
        found(lambda p: p.dibao.check_coverage(covered=99, qualifying=100)),
        warning("dibao-coverage"),
        error("dibao-coverage"),
    ),
    Asked(
        "elderly.filial.sources",
        ["donation"],
        found(lambda p: p.elderly.check_filial_sources(["village_income"])),
        FINE,
        warning("source-not-named"),
    ),
    Asked(
        "children.services.services",
        ["temporary_board", "basic_medical", "counselling"],
        lambda p: [int(one) for one in p.children.services("left_behind")],
        [1, 2, 3, 4],
        [1, 2, 3],
    ),
    # chapter 5
    Asked(
        "housing.target.houses",
        10,
        found(lambda p: p.housing.check_target(done=9, eligible=9)),
        FINE,
        error("target"),
        IN_2018,
    ),
    Asked(
        "housing.unified_items.items",
        list(DONE),
        house_found("check_works", unified_done=DONE, **QUALITY),
        error("not-done"),
        FINE,
        IN_2018,
    ),
    Asked(
        "housing.violations.violations",
        ["off_design", "illegal_building"],
        house_found("check_violations", violations=("cut_corners",), hazard=True, rectified=False),
        error("violation"),
        FINE,
        IN_2018,
    ),
    Asked(
        "housing.fund_discipline.misuse",
        ["withheld", "crowded_out", "disguised"],
        house_found("check_payment", paid_by="district_finance", paid_to="household_card", misuse=("diverted",)),
        error("misuse"),
        FINE,
        IN_2018,
    ),
    Asked(
        "housing.acceptance.departments",
        list(ACCEPTED),
        house_found("check_acceptance", accepted_by=ACCEPTED, sign_posted=True),
        error("not-accepted-by"),
        FINE,
        IN_2018,
    ),
    Asked("housing.small_households.least[1]", "20.01", area_found(1, "20"), FINE, error("too-small"), IN_2018),
    Asked("housing.small_households.least[2]", "30.01", area_found(2, "30"), FINE, error("too-small"), IN_2018),
    Asked("housing.small_households.least[3]", "40.01", area_found(3, "40"), FINE, error("too-small"), IN_2018),
    Asked("housing.small_households.most[1]", "40.01", area_found(1, "40.01"), warning("over-band"), FINE, IN_2018),
    Asked("housing.small_households.most[2]", "50.01", area_found(2, "50.01"), warning("over-band"), FINE, IN_2018),
    Asked("housing.small_households.most[3]", "60.01", area_found(3, "60.01"), error("too-large"), FINE, IN_2018),
    Asked("housing.large_households.least_per_head", "13.01", area_found(4, "52"), FINE, error("too-small"), IN_2018),
    Asked("housing.large_households.most_per_head", "17.99", area_found(4, "72"), FINE, error("too-large"), IN_2018),
    Asked(
        "charges.farm_service.discount",
        "10 %",
        lambda p: p.charges.farm_service(farm_service_price=yuan(200), registered_poor=True).status("due"),
        "unstated",
        "amount",
        IN_2018,
    ),
    Asked("housing.large_households.over_persons", 2, area_found(3, "60"), FINE, error("too-large"), IN_2018),  # 3 × 18
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.path)
def test_a_value_without_lines_changes_its_check_or_calculator(asked: Asked) -> None:
    policy = UNDER["" if asked.on == IN_2017 else "2018"]
    assert asked.ask(policy) == asked.before
    assert asked.ask(policy.reform({asked.path: asked.value})) == asked.after
    assert asked.ask(policy) == asked.before


@pytest.mark.parametrize("under", ["", "2018"])
def test_no_line_rests_on_any_of_them(under: str) -> None:
    live = UNDER[under].paths()
    all_of_them = {one.path: one.value for one in ASKED if one.path.partition("[")[0] in live}
    # on these none rests but in another reading
    all_of_them |= {row.path: row.value for row in ROWS if row.under in ("read", "closed")}
    all_of_them |= {"elderly.filial.least": "20.01", "elderly.filial.most": "25"}
    assert by_key(UNDER[under].reform(all_of_them)) == unchanged(under)


# ---- the tables together -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("under", ["", "2018"])
def test_the_tables_together_speak_of_every_value(under: str) -> None:
    spoken = {path for path, *_ in CHANGES} | {row.path for row in ROWS} | {one.path for one in ASKED}
    rows = ("obligations.", "pathways.", "tables.", "procedures.")  # no line rests on rows of data
    assert {path for path in UNDER[under].paths() if not path.startswith(rows)} <= {path.partition("[")[0] for path in spoken}


def test_the_tables_here_speak_of_every_row_of_a_table() -> None:
    elsewhere = {path.partition("[")[0] for path, *_ in CHANGES}
    spoken = {row.path for row in ROWS} | {one.path for one in ASKED}
    policy, keys = UNDER["2018"], set()
    for path in set(policy.paths()) - elsewhere:
        section, _, name = path.rpartition(".")
        held = getattr(policy.section(section).model, name)
        if isinstance(held, Amounts | Rates):
            keys |= {f"{path}[{key}]" for key in held.rows}
    assert keys == {path for path in spoken if "[" in path and path.partition("[")[0] not in elsewhere}
