"""What the readings make of a household, against figures worked out from the plan of Zaozhuang High-tech Zone.

Old age 30 from 80 and 60 from 90 on, on dibao 100 and 200; and so on, each figure beside the household that it is for. That
nothing is missed is held against whole statements under each other choice.
"""

import json
from functools import cache
from pathlib import Path

import pytest
from fictional.policies import capital, kingdom
from fictional.world import Farm, Villager
from properties.test_readings_differ import ELSEWHERE, SEARCHED

import povertyrules as pr
from povertyrules.analysis.answers import Answer
from povertyrules.analysis.readings import Choice, Reading, Turn
from povertyrules.analysis.spread import line_spreads
from povertyrules.core.citation import Titled
from povertyrules.households import read_households

ROOT = Path(__file__).parents[2]
ON = "2017-06-30"
NO_ENTITLEMENT = {  # they bear on lines, floor areas and deposits, or on nothing while all else stays as it is
    "dibao.two_lines",
    "housing.grade_d_method",
    "housing.small_ceiling",
    "housing.three_persons",
    "income.line_edge",
    "income.line_rounding",
    "medical.deposit",
    "wording.shared_boundary",
}


@cache
def zz(day: str = ON) -> pr.Policy:
    return pr.policy("zaozhuang-hitech", on=day)


def home(*persons: pr.Person, **more: object) -> pr.Household:
    return pr.Household(persons=persons or (pr.Person(),), **more)  # type: ignore[arg-type]


def one(**facts: object) -> pr.Household:
    """A household of one; what belongs to the household is told of it."""
    above = {name: facts.pop(name) for name in ("registered_poor", "filial_fund", "poor_area") if name in facts}
    return home(pr.Person(**facts), **above)  # type: ignore[arg-type]


def bills(*costs: str, grade: int = 3, **facts: object) -> pr.Household:
    found = tuple(pr.Treatment(in_scope=pr.yuan(cost), hospital_grade=grade) for cost in costs)
    return one(treatments=found, **facts)


def ledger(kind: str, amount: int, *persons: pr.Person) -> pr.Household:
    entry = pr.Income(kind=kind, amount=pr.yuan(amount))  # type: ignore[arg-type]
    return home(*persons, income_from="2016-07-01", income_to=ON, incomes=[entry])


def earning(amount: int, members: int = 1, kind: str = "wage") -> pr.Household:
    return ledger(kind, amount, *[pr.Person(receives_dibao=True)] * members)


def leaving() -> pr.Household:
    ledger = [
        pr.Income(kind="business_receipts", amount=pr.yuan(15_000)),
        pr.Income(kind="business_costs", amount=pr.yuan(3_000)),
    ]  # type: ignore[arg-type]
    secured = ("enough_food", "enough_clothing", "education_secured", "medical_secured", "housing_secured")
    told = {"registered_poor": True, "income_from": "2016-07-01", "income_to": ON, "incomes": ledger}
    return home(*[pr.Person()] * 4, **told, **dict.fromkeys(secured, True))


def student(stage: int, *, registered_poor: bool = True, **facts: object) -> pr.Household:
    told = {"merit_award": False, "disability_grade": 0, "parent_disabled": False, "aided_in_stage": False, "aided_before": False}
    return one(registered_poor=registered_poor, school_stage=stage, **{**told, **facts})


def house(**facts: object) -> pr.Household:
    told = {"grade_confirmed": True, "willing": True}
    return home(registered_poor=True, dwellings=[pr.Dwelling(**told, **facts)])  # type: ignore[arg-type]


def plots(*areas: str, years: int = 1) -> pr.Household:
    told = {"forest_kind": "arbor", "land_kind": "barren_hill", "planting": "new", "subsidy_years": years}
    return home(plots=[pr.Plot(plot_area=pr.mu(area), **told) for area in areas])  # type: ignore[arg-type]


def relief(members: int, **facts: object) -> pr.Household:
    return home(*[pr.Person()] * members, living_difficulty=True, **facts)


OF_95 = one(born="1922-01-01", receives_dibao=True)
DISABLED = one(disability_grade=1, receives_dibao=True, extremely_poor=False)
POOR_BILL = bills("200000", registered_poor=True, receives_dibao=False, extremely_poor=False)
"""Of 200,000 at the third grade 55 % are paid, 90,000 are left; the poor have 55 % of what lies above 6,000, 43,800 are left."""
LONG_BILL = bills("250000", registered_poor=True)
"""Of 250,000 there are 112,500 left: 12,500 of them above 100,000."""

Effect = tuple[str, pr.Household, str, str, str]
EFFECTS: dict[str, Effect] = {
    # 55.055; 0.85 of 33.37 is 28.3645, of three times that 85.0935
    "rounding.mode=down": (ON, bills("100.10"), "basic_insurance", "55.06 yuan a year", "55.05 yuan a year"),
    "rounding.stage=each_bill": (
        ON,
        bills("33.37", "33.37", "33.37", grade=1),
        "basic_insurance",
        "85.09 yuan a year",
        "85.08 yuan a year",
    ),
    "age.counting=calendar_year": (
        ON,
        one(born="1937-12-20", receives_dibao=False),
        "old_age_allowance",
        "not eligible",
        "30.00 yuan a month",
    ),
    "wording.inclusive=strict": (
        ON,
        one(born="1957-06-30", disability_grade=0),
        "basic_pension",
        "at least 100.00 yuan a month",
        "not eligible",
    ),
    # 3,900 / 12 for each of two
    "wording.open_list=closed": (
        ON,
        relief(2, relief_cause="other", relief_months=1),
        "temporary_relief",
        "650.00 yuan once",
        "not eligible",
    ),
    # 325 a month and three for two months; by days 62 thirtieths
    "relief.time_unit=days": (
        ON,
        relief(3, relief_cause=1, relief_months=2, relief_days=62),
        "temporary_relief",
        "1,950.00 yuan once",
        "2,015.00 yuan once",
    ),
    # (3,900 - 1,200) / 12, or 3,900 / 12
    "income.local_items=excluded": (
        ON,
        earning(1_200, kind="old_age_allowance"),
        "dibao_due",
        "225.00 yuan a month",
        "325.00 yuan a month",
    ),
    "dibao.monthly_rounding=from_year": (ON, earning(1_000), "dibao_due", "241.67 yuan a month", "241.66 yuan a month"),
    "dibao.household_rounding=per_head": (ON, earning(3_000, 3), "dibao_due", "725.00 yuan a month", "725.01 yuan a month"),
    "elderly.old_age_stacking=adds": (ON, OF_95, "old_age_allowance", "not eligible", "60.00 yuan a month"),
    "elderly.care_condition=unstated": (
        ON,
        one(born="1940-01-01", unable_to_care=True),
        "care_subsidy",
        "60.00 yuan a month",
        "unstated",
    ),
    # a tenth, say, of what the children pay: the share is not printed
    "elderly.filial_amount=matches_children": (
        ON,
        one(born="1940-01-01", filial_fund=True, supported_by_children=True, children_pay=pr.yuan(200)),
        "filial_payment",
        "10.00 to 30.00 yuan a month",
        "unstated",
    ),
    # 0.55 x 84,000, or 0.60 x 87,000
    "medical.preference=on_top": (
        ON,
        POOR_BILL,
        "critical_illness",
        "46,200.00 yuan a year",
        "52,200.00 yuan a year",
    ),
    # of others 0.50, or 0.55 / 1.05, of 78,000
    "medical.five_percent=relative": (
        ON,
        bills("200000", registered_poor=False),
        "critical_illness",
        "39,000.00 yuan a year",
        "40,857.14 yuan a year",
    ),
    # 0.55 x 94,000 + 0.65 x 12,500; 0.65 x 106,500; 0.65 x 112,500
    "medical.brackets=whole_net": (
        ON,
        LONG_BILL,
        "critical_illness",
        "59,825.00 yuan a year",
        "69,225.00 yuan a year",
    ),
    "medical.brackets=whole_gross": (
        ON,
        LONG_BILL,
        "critical_illness",
        "59,825.00 yuan a year",
        "73,125.00 yuan a year",
    ),
    # of twice 40,000 there are twice 18,000 left: 0.55 x 30,000, or twice 0.55 x 12,000
    "medical.deductible_period=per_stay": (
        ON,
        bills("40000", "40000", registered_poor=True),
        "critical_illness",
        "16,500.00 yuan a year",
        "13,200.00 yuan a year",
    ),
    # 0.55 x 150,000
    "medical.basic_ceiling=costs": (
        ON,
        bills("200000"),
        "basic_insurance",
        "110,000.00 yuan a year",
        "82,500.00 yuan a year",
    ),
    "medical.basic_deductible=from_caller": (ON, bills("10000"), "basic_insurance", "5,500.00 yuan a year", "unstated"),
    # 43,800 are left: before assistance all that is owed, after it what assistance may leave
    "medical.payer_order=commercial_last": (
        ON,
        bills("200000", registered_poor=True, receives_dibao=True, commercial_owed=pr.yuan(10_000)),
        "commercial_insurance",
        "10,000.00 yuan a year",
        "at most 10,000.00 yuan a year",
    ),
    # at least 70 % of 43,800
    "medical.assistance_scope=all_poor": (
        ON,
        POOR_BILL,
        "medical_assistance",
        "not eligible",
        "30,660.00 to 43,800.00 yuan a year",
    ),
    # 900,000 are left: 0.50 x 88,000 + 0.60 x 100,000 + 0.65 x 700,000, or the ceiling of the poor
    "medical.others_ceiling=shared": (
        ON,
        bills("1050000", registered_poor=False),
        "critical_illness",
        "559,000.00 yuan a year",
        "500,000.00 yuan a year",
    ),
    "medical.free_services=first_only": (
        ON,
        one(sex="female", poor_area=True, planning_pregnancy=True),
        "folic_acid",
        "due",
        "unstated",
    ),
    "disability.premium=unstated": (
        ON,
        one(disability_grade=2, registered_poor=False),
        "premium_subsidy",
        "160.00 yuan a year",
        "at most 160.00 yuan a year",
    ),
    # net 12,000, or 15,000 of receipts, against four times 3,509
    "exit.income_concept=all_income": (ON, leaving(), "fit_to_exit", "not due", "due"),
    "exit.support_until=anniversary": ("2019-07-01", home(exited_on="2016-06-30"), "support_unchanged", "due", "not due"),
    "period.undated_box=from_issue": (ON, DISABLED, "living_subsidy", "at least 80.00 yuan a month", "not in force"),
    "disability.both_subsidies=larger": (ON, DISABLED, "nursing_subsidy", "at least 80.00 yuan a month", "not eligible"),
    "disability.extremely_poor=included": (
        ON,
        one(disability_grade=1, receives_dibao=False, extremely_poor=True),
        "nursing_subsidy",
        "not eligible",
        "at least 80.00 yuan a month",
    ),
    # 3,900 / 12; of the family there is no limit, or one that is not printed
    "disability.family_limit=local_limit": (
        ON,
        ledger("wage", 23_400, pr.Person(disability_grade=1, own_income=pr.yuan(0)), *[pr.Person()] * 3),
        "single_person_dibao",
        "325.00 yuan a month",
        "unstated",
    ),
    "education.average_amount=group_only": (
        ON,
        student(1),
        "preschool_grant",
        "1,200.00 yuan a year on average",
        "unstated",
    ),
    "education.grant_with_scholarship=larger": (
        ON,
        student(7, merit_award=True),
        "college_grant",
        "3,000.00 yuan a year on average",
        "not eligible",
    ),
    "education.yulu_stage=vocational_only": (ON, student(7), "yulu_aid", "3,000.00 yuan a year", "not eligible"),
    "education.yulu_with_grant=larger": (
        ON,
        student(5),
        "senior_grant",
        "2,000.00 yuan a year on average",
        "not eligible",
    ),
    "education.disabled_aid_with_grants=instead": (
        ON,
        student(5, disability_grade=1),
        "disabled_student_aid",
        "2,500.00 yuan once",
        "not eligible",
    ),
    "education.one_off=per_life": (
        ON,
        student(7, disability_grade=2, aided_before=True),
        "disabled_student_aid",
        "2,500.00 yuan once",
        "not eligible",
    ),
    "education.disabled_family=as_child": (
        ON,
        student(5, disability_grade=2, parent_disabled=True),
        "disabled_student_aid",
        "2,500.00 yuan once",
        "1,500.00 yuan once",
    ),
    "education.disabled_family=both": (
        ON,
        student(5, disability_grade=2, parent_disabled=True),
        "disabled_student_aid",
        "2,500.00 yuan once",
        "4,000.00 yuan once",
    ),
    "education.vocational_tuition=poor_only": (
        ON,
        student(5, registered_poor=False, full_time=True),
        "tuition_waived",
        "due",
        "not due",
    ),
    "forestry.minimum_area=applicant": (
        ON,
        plots("0.40", "0.60"),
        "afforestation_subsidy",
        "not eligible",
        "80.00 yuan once",
    ),
    "forestry.rate_period=yearly": (
        ON,
        plots("10", years=3),
        "afforestation_subsidy",
        "2,000.00 yuan once",
        "6,000.00 yuan once",
    ),
    "children.orphan_stacking=adds": (
        ON,
        one(child_kind=3, in_institution=False),
        "difficult_child_aid",
        "not eligible",
        "at least 300.00 yuan a month",
    ),
    "children.difficult_kinds=unstated": (
        ON,
        one(child_kind=2),
        "difficult_child_aid",
        "at least 300.00 yuan a month",
        "unstated",
    ),
    "pension.floor_sign=more_than": (
        ON,
        one(born="1950-01-01", disability_grade=0),
        "basic_pension",
        "at least 100.00 yuan a month",
        "at least 100.01 yuan a month",
    ),
    "pension.tier_gap=next_lower": (
        ON,
        one(pension_contribution=pr.yuan("499.99")),
        "contribution_subsidy",
        "unstated",
        "30.00 yuan a year",
    ),
    "pension.funeral_for=participant": (
        ON,
        home(deaths=[pr.Death(drew_pension=False, pension_insured=True)]),
        "funeral_grant",
        "not eligible",
        "600.00 yuan once",
    ),
    "housing.grade_d_rebuilt=repair_rate": (
        "2018-06-30",
        house(house_grade="D", reinforceable=True, method="rebuild", cash_cost=pr.yuan(40_000)),
        "housing_subsidy",
        "25,000.00 to 40,000.00 yuan once",
        "8,000.00 to 40,000.00 yuan once",
    ),
    "housing.floor_or_cost=floor": (
        "2018-06-30",
        house(house_grade="C", method="repair", cash_cost=pr.yuan(5_000)),
        "housing_subsidy",
        "5,000.00 yuan once",
        "at least 8,000.00 yuan once",
    ),
    "housing.cost_scope=with_labour": (
        "2018-06-30",
        house(house_grade="C", method="repair", cash_cost=pr.yuan(6_500), own_labour=pr.yuan("1499.99")),
        "housing_subsidy",
        "6,500.00 yuan once",
        "7,999.99 yuan once",
    ),
}


@pytest.mark.parametrize("by", EFFECTS)
def test_a_choice_changes_the_line_that_rests_on_it(by: str) -> None:
    name, _, choice = by.partition("=")
    day, household, quantity, before, after = EFFECTS[by]
    found = zz(day).compare_readings(household, names=[name])
    assert [reading.name for reading in found.readings] == [name]
    turns = {each.name: [turn for turn in each.turns if turn.name == quantity] for each in found[name].choices}
    assert (str(turns[choice][0].before), str(turns[choice][0].after)) == (before, after)
    spread = next(each for each in found.lines if each.name == quantity)
    assert by in (*spread.least_by, *spread.most_by, *spread.apart) or by == "medical.brackets=whole_net"  # between the ends


def test_every_reading_that_bears_on_an_entitlement_is_met_here_with_each_choice() -> None:
    met: dict[str, set[str]] = {}
    for by in EFFECTS:
        name, _, choice = by.partition("=")
        met.setdefault(name, set()).add(choice)
    known = SEARCHED.keys() | ELSEWHERE
    assert met.keys() == known - NO_ENTITLEMENT
    for name, choices in met.items():
        register = zz().registers[name]
        assert choices == register.choices.keys() - {register.default}
    found = zz("2018-06-30").compare_readings(OF_95)
    assert set(found.elsewhere) >= NO_ENTITLEMENT
    assert set(found.elsewhere) & met.keys() == {"period.undated_box"}  # past the day of issue both choices are in force


# ---- nothing is missed ------------------------------------------------------------------------------------------


Said = tuple[int | None, ...] | str


def lines(statement: pr.Statement) -> dict[tuple[str, str], Said]:
    """What is given, and what is undecided: whose, which, and what it is, but not how certain."""
    out: dict[tuple[str, str], Said] = {(line.who, line.name): ends(line.amount) for line in statement.lines}
    return out | {(each.who, each.name): each.status for each in statement.undecided}


def ends(amount: pr.Amount | None) -> Said:
    return "due" if amount is None else (amount.low, amount.figure, amount.high)


def as_given(answer: Answer) -> Said | None:
    """An answer as a statement has it; None where there is neither a line nor anything undecided."""
    if answer.status in ("unknown", "unstated"):
        return answer.status
    return ends(answer.amount) if answer.value or (answer.amount and answer.amount.high != 0) else None


def held_against_statements(policy: pr.Policy, household: pr.Household) -> None:
    """What changes under each choice is what changes from one statement to the other, and so with the totals."""
    found = policy.compare_readings(household)
    first = policy.assess(household)
    before = lines(first)
    turned = {reading.name: reading for reading in found.readings}
    assert turned.keys() | set(found.unchanged) | set(found.elsewhere) == policy.interpretations.keys()
    assert {per: str(each.amount) for per, each in found.totals.items() if each.amount.high != 0} == texts(first)
    for name, register in policy.interpretations.items():
        for choice in register.choices.keys() - {policy.choice(name)}:
            other = policy.reading(name, choice).assess(household)
            after = lines(other)
            expected = {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys()}
            expected = {key: pair for key, pair in expected.items() if pair[0] != pair[1]}
            each = next((one for one in turned[name].choices if one.name == choice), None) if name in turned else None
            turns = {(t.who.en, t.name): (as_given(t.before), as_given(t.after)) for t in each.turns} if each else {}
            assert turns == expected, (name, choice)
            changed = {per: str(one.amount) for per, one in each.totals.items()} if each else {}
            totals = {**texts(first), **changed}
            assert {per: text for per, text in totals.items() if not text.startswith("0.00")} == texts(other), (name, choice)


def texts(statement: pr.Statement) -> dict[str, str]:
    return {per: str(total) for per, total in statement.totals.items()}


EXAMPLES = ("household", "patient", "elderly-couple", "children", "forest", "relief", "three-generations", "half-told")


@pytest.mark.parametrize("name", [EXAMPLES[0], *(pytest.param(each, marks=pytest.mark.long) for each in EXAMPLES[1:])])
def test_what_changes_is_what_changes_between_statements(name: str) -> None:
    held_against_statements(zz(), read_households(ROOT / "examples" / f"{name}.toml").households[0][1])


FARM = Farm(
    name="Tarlenheim",
    on="2005-06-30",
    flooded=True,
    hectares=41,
    rent=pr.yuan("1500.55"),
    villagers=[Villager(name="Rose", born="1940-01-01", widowed=True, service=5), Villager(name="Hugo", born="1970-01-01")],
)


@pytest.mark.parametrize("place", [kingdom, capital], ids=lambda place: place.__name__)
def test_another_world_has_readings_too(place: object) -> None:
    policy: pr.Policy = place()  # type: ignore[operator]
    held_against_statements(policy, FARM)  # type: ignore[arg-type]


# ---- what is said -----------------------------------------------------------------------------------------------

COUPLE = home(
    pr.Person(name="Zhao", born="1930-02-11", receives_dibao=True, unable_to_care=False),
    pr.Person(name="Liu", born="1925-06-30", receives_dibao=True, unable_to_care=True),
)
"""He has 100 and a pension of 100 or more, she 200, 60 and 100 or more: 560. Both added: 30 and 60 more."""


def test_the_spread_of_a_total_is_that_of_the_choices_that_can_be_compared() -> None:
    found = zz().compare_readings(COUPLE)
    assert str(found.totals["month"].amount) == "at least 560.00 yuan a month"
    month = found.sums["month"]
    assert (str(month.least), month.least_by) == ("at least 560.00 yuan a month", ("chosen",))
    assert (str(month.most), month.most_by) == ("at least 650.00 yuan a month", ("elderly.old_age_stacking=adds",))
    assert month.apart == ("elderly.care_condition=unstated", "period.undated_box=from_issue")
    by_who = {(each.who.en, each.name): each for each in found.lines}
    old = by_who["Liu", "old_age_allowance"]
    assert (str(old.least), str(old.most), old.apart) == ("not eligible", "60.00 yuan a month", ())
    care = by_who["Liu", "care_subsidy"]
    assert (str(care.least), str(care.most), care.apart) == (*["60.00 yuan a month"] * 2, ("elderly.care_condition=unstated",))
    assert ("Zhao", "care_subsidy") not in by_who


def test_a_total_that_keeps_its_figure_and_loses_open_questions_is_apart() -> None:
    found = zz().compare_readings(COUPLE, names=["period.undated_box"])
    assert found.sums["month"].apart == ("period.undated_box=from_issue",)
    assert found.sums["month"].least_by == found.sums["month"].most_by == ("chosen",)


def test_a_loan_is_in_no_total() -> None:
    """Grant and Yulu, 3,000 each; a loan of up to 8,000 is not given."""
    found = zz().compare_readings(student(7, loan_interest=pr.yuan(0)), names=["education.yulu_stage"])
    assert found.totals["year"].amount.figure == pr.yuan(6_000)
    assert found["education.yulu_stage"].choices[0].totals["year"].amount.figure == pr.yuan(3_000)


def test_of_two_answers_with_one_figure_the_open_one_is_the_most() -> None:
    exact, floor = (
        Answer("amount", amount, int(amount), Titled(str(amount), str(amount)))
        for amount in (pr.Amount.exactly(pr.yuan(430), per="month"), pr.Amount.floor(pr.yuan(430), per="month"))
    )
    for chosen, other in ((exact, floor), (floor, exact)):
        turn = Turn(Titled("甲", "A"), "x", Titled("项", "x"), "month", chosen, other)
        choice = Choice("b", Titled("乙", "b"), (turn,), {})
        reading = Reading("r", Titled("问", "q"), "a", "a", {}, Titled("因", "why"), (), (choice,))
        (spread,) = line_spreads([reading])
        assert (spread.least, spread.most) == (exact, floor)


def test_a_policy_under_another_choice_is_compared_from_there() -> None:
    found = zz().reading("elderly.old_age_stacking", "adds").compare_readings(COUPLE)
    assert found.sums["month"].least_by == ("elderly.old_age_stacking=replaces",)
    reading = found["elderly.old_age_stacking"]
    assert (reading.chosen, reading.default) == ("adds", "replaces")
    assert [(str(turn.before), str(turn.after)) for turn in reading.choices[0].turns] == [
        ("30.00 yuan a month", "not eligible"),
        ("60.00 yuan a month", "not eligible"),
    ]
    assert "as chosen adds (both are paid)" in found.text()
    assert "default replaces (only the higher is paid): the text is silent" in found.text()


def test_a_section_that_the_policy_s_own_choice_keeps_out_of_force_is_tried() -> None:
    late = zz().reading("period.undated_box", "from_issue")
    found = late.compare_readings(DISABLED, names=["period.undated_box"])
    (turn, _) = (turn for turn in found["period.undated_box"].choices[0].turns if turn.given)
    assert (turn.name, str(turn.before), str(turn.after)) == ("living_subsidy", "not in force", "at least 80.00 yuan a month")


def test_nothing_for_another_reason_is_no_change() -> None:
    """Past 16 and not at school: no grant, whether the box is in force or not."""
    told = {"registered_poor": True, "school_stage": 0, "disability_grade": 0, "receives_dibao": False, "extremely_poor": False}
    found = zz().compare_readings(one(**told, born="1980-01-01", loan_interest=pr.yuan(0)), names=["period.undated_box"])
    assert found.unchanged == ("period.undated_box",)
    assert found.empty


def test_each_reading_gives_its_provisions_and_the_reason_for_its_default() -> None:
    reading = zz().compare_readings(COUPLE)["elderly.old_age_stacking"]
    assert reading.why.zh == "文件未说明，取给付较少者"
    assert [one.locator for one in reading.provisions] == ["专栏7 第1条", "专栏7 第3条"]
    assert reading.cited() == "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号) 专栏7 第1条; 专栏7 第3条"


def test_the_text_is_in_both_languages_and_says_how_many_change_nothing() -> None:
    found = zz().compare_readings(COUPLE)
    here, elsewhere = len(found.unchanged), len(found.elsewhere)
    assert len(found.readings) + here + elsewhere == len(zz().interpretations)
    english, chinese = str(found), found.text("zh")
    assert english.endswith(f"{here} bear on a household's entitlements and change nothing here, {elsewhere} bear on none")
    assert chinese.endswith(f"{here}项读法于此无影响，{elsewhere}项与家庭待遇无关")
    assert "    Liu: old-age allowance: not eligible → 60.00 yuan a month\n" in english
    assert "    Liu：高龄补贴：不符合条件 → 60.00元/月\n" in chinese
    untold = sum(each.per == "month" for each in zz().assess(COUPLE).undecided)
    total = f"at least 560.00 yuan a month, {untold} undecided → at least 650.00 yuan a month, {untold} undecided"
    assert f"    total: {total}\n" in english
    assert "care subsidy: 60.00 yuan a month (as chosen); no figure: elderly.care_condition=unstated" in english
    assert repr(found).startswith("<Readings of household: 4 interpretations change something (4 choices), ")


def test_a_household_for_which_no_reading_matters_says_so() -> None:
    found = zz().compare_readings(COUPLE, names=["medical.brackets"])
    assert (found.empty, found.lines, found.sums) == (True, (), {})
    assert found.text().endswith("1 bear on a household's entitlements and change nothing here, 0 bear on none")


def test_rows_are_flat_and_in_whole_fen() -> None:
    rows = zz().compare_readings(COUPLE, names="elderly.old_age_stacking").rows()
    assert [(row["who"], row["before_fen"], row["after_fen"], row["per"]) for row in rows] == [
        ("Zhao", 0, 3000, "month"),
        ("Liu", 0, 6000, "month"),
    ]
    assert {(row["reading"], row["chosen"], row["choice"]) for row in rows} == {("elderly.old_age_stacking", "replaces", "adds")}
    unstated = zz().compare_readings(COUPLE, names=["elderly.care_condition"]).rows("zh")
    assert [(row["before"], row["after_status"], row["after_fen"]) for row in unstated] == [("60.00元/月", "unstated", None)]


def test_it_is_json_and_the_same_each_time() -> None:
    first, again = (json.dumps(policy.compare_readings(COUPLE).to_dict()) for policy in (zz(), pr.policy(zz().name, on=ON)))
    assert first == again
    data = json.loads(first)
    assert data["sums"]["month"]["most"]["amount"]["figure"] == "650.00"
    (adds,) = (one for one in data["readings"] if one["name"] == "elderly.old_age_stacking")
    assert adds["choices"][0]["totals"]["month"]["figure"] == "650.00"
    assert adds["provisions"][0].endswith(" 专栏7 第1条")


def test_the_table_of_a_notebook_escapes_names() -> None:
    found = zz().compare_readings(home(pr.Person(name="<b>", born="1925-06-30", receives_dibao=True)))
    shown = found._repr_html_()
    assert "&lt;b&gt;" in shown
    assert "<td><b></td>" not in shown
    assert "60.00 yuan a month" in shown


def test_unknown_statuses_can_be_taken_as_no() -> None:
    old = one(born="1925-06-30")
    by_default = zz().compare_readings(old, names=["elderly.old_age_stacking"])
    (turn,) = by_default["elderly.old_age_stacking"].choices[0].turns
    assert (str(turn.before), str(turn.after)) == ("unknown", "60.00 yuan a month")
    assert zz().compare_readings(old, names=["elderly.old_age_stacking"], untold="absent").empty


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(pr.UnknownName, match=r"did you mean elderly\.old_age_stacking"):
        zz().compare_readings(COUPLE, names=["elderly.old_age_stackin"])
    with pytest.raises(pr.UnknownName, match="untold"):
        zz().compare_readings(COUPLE, untold="no")
    with pytest.raises(KeyError):
        zz().compare_readings(COUPLE)["medical.brackets"]
    with pytest.raises(pr.DateError):
        zz().compare_readings(one(born="2018-01-01"))
