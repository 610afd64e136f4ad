"""All monthly benefits of one person by year of age, from boxes 7 and 8 and chapter 9: each against an oracle, and together."""

import itertools
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules.case import Case

NOT_ELIGIBLE, UNSTATED = "not eligible", "unstated"
STANDARD = 3_900
MONTHLY = (
    "old_age_allowance",
    "longevity_allowance",
    "dibao_old_age_allowance",
    "care_subsidy",
    "filial_payment",
    "orphan_support",
    "difficult_child_aid",
    "basic_pension",
    "living_subsidy",
    "nursing_subsidy",
    "single_person_dibao",
)
BY_AGE = ("rehabilitation_training", "cochlear_implant", "qualifies_extremely_poor", "care_home_open")
READINGS = [
    (),
    (("elderly.old_age_stacking", "adds"),),
    (("elderly.care_condition", "unstated"),),
    (("disability.both_subsidies", "larger"),),
    (("disability.extremely_poor", "included"),),
    (("children.orphan_stacking", "adds"), ("children.difficult_kinds", "unstated")),
    (("pension.floor_sign", "more_than"), ("wording.inclusive", "strict")),
]
Ends = tuple[Fraction, Fraction | None]  # in yuan; None is open above
Facts = dict[str, object]


@cache
def policy(readings: tuple[tuple[str, str], ...] = ()) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2017-06-30")
    for name, choice in readings:
        made = made.reading(name, choice)
    return made


def exactly(yuan: int | Fraction) -> Ends:
    return Fraction(yuan), Fraction(yuan)


def at_least(yuan: int | Fraction) -> Ends:
    return Fraction(yuan), None


def the_old(age: int, facts: Facts, chosen: dict[str, str]) -> dict[str, Ends | str]:
    """Box 7 items 1 to 4, and the filial fund of chapter 9 section 2."""
    general = 30 if age in range(80, 90) else 60 if age in range(90, 100) else 0
    special = 0
    if facts["receives_dibao"]:
        special = 100 if age in range(80, 90) else 200 if age in range(90, 100) else 0
    gives_way = special and chosen.get("elderly.old_age_stacking") != "adds"
    out: dict[str, Ends | str] = {}
    out["old_age_allowance"] = exactly(general) if general and not gives_way else NOT_ELIGIBLE
    out["dibao_old_age_allowance"] = exactly(special) if special else NOT_ELIGIBLE
    if facts["receives_dibao"] and age >= 100:  # the box ends at 99
        out["dibao_old_age_allowance"] = UNSTATED
    out["longevity_allowance"] = at_least(400 + 10 * (age - 100)) if age >= 100 else NOT_ELIGIBLE
    out["care_subsidy"] = NOT_ELIGIBLE
    if facts["unable_to_care"] and age >= 60:
        out["care_subsidy"] = UNSTATED if "elderly.care_condition" in chosen else exactly(60)
    fund = facts["filial_fund"] and facts["supported_by_children"] and age >= 60
    out["filial_payment"] = (Fraction(10), Fraction(30)) if fund else NOT_ELIGIBLE
    first = 60 - 5 if facts["disability_grade"] in (1, 2) else 60
    draws = age > first if chosen.get("wording.inclusive") == "strict" else age >= first
    floor = Fraction(100) if chosen.get("pension.floor_sign") != "more_than" else Fraction("100.01")
    out["basic_pension"] = at_least(floor) if draws else NOT_ELIGIBLE
    return out


def the_young_and_the_disabled(facts: Facts, chosen: dict[str, str]) -> dict[str, Ends | str]:
    """Box 7 items 7 and 8, box 8 (1), and dibao of one person; none of them has an age."""
    kind, grade = facts["child_kind"], facts["disability_grade"]
    out: dict[str, Ends | str] = {"orphan_support": NOT_ELIGIBLE, "difficult_child_aid": NOT_ELIGIBLE}
    if kind == 3:
        out["orphan_support"] = UNSTATED if facts["in_institution"] else at_least(720)
    if kind in (1, 2, 4, 5) or (kind == 3 and chosen.get("children.orphan_stacking") == "adds"):
        out["difficult_child_aid"] = UNSTATED if "children.difficult_kinds" in chosen else at_least(300)
    left_out = facts["extremely_poor"] and "disability.extremely_poor" not in chosen
    living = grade != 0 and facts["receives_dibao"] and not left_out
    nursing = grade in (1, 2) and not left_out
    if living and "disability.both_subsidies" in chosen:
        nursing = False
    out["living_subsidy"] = at_least(80) if living else NOT_ELIGIBLE
    out["nursing_subsidy"] = at_least(80) if nursing else NOT_ELIGIBLE
    income = facts["own_income"]
    assert isinstance(income, int)
    gap = Fraction(STANDARD * 100 - income, 12) if grade in (1, 2) else Fraction(0)
    fen = (gap + Fraction(1, 2)).__floor__()
    out["single_person_dibao"] = exactly(Fraction(fen, 100)) if gap > 0 else NOT_ELIGIBLE
    return out


def rights(age: int, facts: Facts) -> dict[str, bool]:
    """What is due by age without an amount: box 8 (2), chapter 9 section 1 part 2 and section 3 part 2."""
    need, disabled = facts["rehab_need"], facts["disability_grade"] != 0
    three_without = not facts["able_to_work"] and not facts["has_livelihood"] and facts["supporter"] != 2
    return {
        "rehabilitation_training": age <= 6 and need in (1, 2, 3, 4, 5, 6),
        "cochlear_implant": age <= 6 and need == 1 and facts["implant_qualified"] is True,
        "qualifies_extremely_poor": three_without and (age >= 60 or disabled or age < 16),
        "care_home_open": three_without and disabled,
    }


def found(case: Case, name: str) -> Ends | str:
    status = case.status(name)
    if status != "amount":
        return str(status)
    amount = case.amount(name)
    assert amount.low <= amount.figure
    assert amount.high is None or amount.figure <= amount.high
    return Fraction(amount.low, 100), None if amount.high is None else Fraction(amount.high, 100)


def case_of(under: pr.Policy, age: int, facts: Facts) -> Case:
    return under.evaluate((*MONTHLY, *BY_AGE), {"age": age, "dibao_due": pr.Fen(0), **facts})


yes = st.booleans()
people = st.fixed_dictionaries(
    {
        "receives_dibao": yes,
        "unable_to_care": yes,
        "extremely_poor": yes,
        "filial_fund": yes,
        "supported_by_children": yes,
        "disability_grade": st.integers(0, 4),
        "child_kind": st.integers(0, 5),
        "in_institution": yes,
        "own_income": st.integers(0, 500_000) | st.integers(STANDARD * 100 - 9, STANDARD * 100 + 9),
        "rehab_need": st.integers(0, 6),
        "implant_qualified": yes,
        "able_to_work": yes,
        "has_livelihood": yes,
        "supporter": st.integers(0, 2),
    }
)
ages = st.integers(0, 120) | st.sampled_from((6, 7, 15, 16, 54, 55, 59, 60, 79, 80, 89, 90, 99, 100))


@pytest.mark.parametrize("readings", READINGS, ids=lambda r: "+".join(choice for _, choice in r) or "defaults")
@settings(max_examples=120, deadline=None, database=None)
@given(age=ages, facts=people)
def test_each_benefit_of_a_random_person(readings: tuple[tuple[str, str], ...], age: int, facts: Facts) -> None:
    case, chosen = case_of(policy(readings), age, facts), dict(readings)
    expected = the_old(age, facts, chosen) | the_young_and_the_disabled(facts, chosen)
    assert {name: found(case, name) for name in MONTHLY} == expected
    assert {name: case.yes_no(name) for name in BY_AGE} == rights(age, facts)


STATUSES = [
    dict(zip(("receives_dibao", "unable_to_care", "extremely_poor", "filial_fund", "disability_grade"), row, strict=True))
    for row in itertools.product((True, False), (True, False), (True, False), (True, False), (0, 1, 3))
]
PLAIN: Facts = {
    "supported_by_children": True,
    "child_kind": 0,
    "in_institution": False,
    "own_income": 120_000,
    "rehab_need": 1,
    "implant_qualified": True,
    "able_to_work": False,
    "has_livelihood": False,
    "supporter": 0,
}
AMOUNT_ENDS = {("old_age_allowance", 100), ("dibao_old_age_allowance", 100)}
RIGHT_ENDS = {("rehabilitation_training", 7), ("cochlear_implant", 7), ("qualifies_extremely_poor", 16)}


@pytest.mark.parametrize("readings", [(), READINGS[1], READINGS[3], READINGS[6]], ids=lambda r: r[0][1] if r else "defaults")
def test_what_a_person_has_in_all_never_falls_with_age_and_its_parts_only_where_the_text_ends_them(
    readings: tuple[tuple[str, str], ...],
) -> None:
    ends: set[tuple[str, int]] = set()
    for status in STATUSES:
        before, total = {}, 0
        for age in range(121):
            case = case_of(policy(readings), age, PLAIN | status)
            now = {name: case.value(name) or 0 for name in (*MONTHLY, *BY_AGE)}
            ends |= {(name, age) for name in before if now[name] < before[name]}
            paid = sum(now[name] for name in MONTHLY)
            assert paid >= total, (status, age)
            before, total = now, paid
    assert ends == AMOUNT_ENDS | RIGHT_ENDS


def test_at_a_hundred_a_dibao_recipient_has_the_longevity_allowance_and_what_the_box_does_not_state() -> None:
    at = {age: case_of(policy(), age, PLAIN | STATUSES[0]) for age in (99, 100)}
    assert [at[age].status("dibao_old_age_allowance") for age in at] == ["amount", UNSTATED]
    assert at[100].amount("longevity_allowance").figure == 400 * 100


@settings(max_examples=60, deadline=None, database=None)
@given(facts=people, age=ages)
def test_no_status_of_need_lowers_what_the_person_has_in_all(facts: Facts, age: int) -> None:
    def total(**told: object) -> int:
        case = case_of(policy(), age, facts | told)
        return sum(case.value(name) or 0 for name in MONTHLY)

    for name in ("receives_dibao", "unable_to_care", "filial_fund", "supported_by_children"):
        assert total(**{name: True}) >= total(**{name: False}), name
    by_grade = [total(disability_grade=grade) for grade in range(5)]
    assert by_grade[1] == by_grade[2] >= by_grade[3] == by_grade[4] >= by_grade[0]
    assert total(extremely_poor=True) <= total(extremely_poor=False)  # they are kept by the state, by the year
