"""The whole settlement against an oracle in fractions, written from the document and from nothing of the library's.

Box 7 items 11 and 12: three rates by grade of hospital, 150,000 a year; 6,000 and three brackets, 500,000 a year for the poor.
Chapter 7 section 1: half the deductible and five points more for the poor. Chapter 9 section 1 part 3: 70 % or more of what
dibao recipients and the extremely poor pay themselves. Every reading of the settlement is held here a second time.
"""

import itertools
import random
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pytest

import povertyrules as pr

YUAN = 100
BASIC = {1: Fraction(85, 100), 2: Fraction(70, 100), 3: Fraction(55, 100)}
BASIC_LIMIT = 150_000 * YUAN
DEDUCTIBLE = Fraction(6_000 * YUAN)
EDGES = (100_000 * YUAN, 200_000 * YUAN)
BRACKETS = (Fraction(55, 100), Fraction(65, 100), Fraction(70, 100))
POINTS = Fraction(5, 100)
LIMIT_OF_THE_POOR = 500_000 * YUAN
ASSISTED = Fraction(70, 100)
LOCAL_DEDUCTIBLE = 800 * YUAN

CHOICES = {
    "medical.preference": ("contained", "on_top"),
    "medical.five_percent": ("points", "relative"),
    "medical.brackets": ("marginal", "whole_net", "whole_gross"),
    "medical.deductible_period": ("per_year", "per_stay"),
    "medical.basic_ceiling": ("payments", "costs"),
    "medical.basic_deductible": ("zero", "from_caller"),
    "medical.payer_order": ("assistance_last", "commercial_last"),
    "medical.assistance_scope": ("named_only", "all_poor"),
    "medical.others_ceiling": ("unstated", "shared"),
    "rounding.mode": ("half_up", "down"),
    "rounding.stage": ("once", "each_bill"),
    "wording.shared_boundary": ("upper", "lower"),
}
DEFAULTS = {name: choices[0] for name, choices in CHOICES.items()}
SINGLE = [{}] + [{name: choice} for name, choices in CHOICES.items() for choice in choices[1:]]
PAYERS = ("basic", "critical_illness", "commercial", "assistance", "out_of_pocket")


@dataclass(frozen=True)
class Year:
    """The bills of a year, as (fen, grade), and who the patient is; None is unknown."""

    bills: tuple[tuple[int, int], ...]
    poor: bool | None
    dibao: bool | None
    destitute: bool | None
    owed: int


def in_fen(exact: Fraction, readings: dict[str, str]) -> int:
    half = Fraction(1, 2) if readings["rounding.mode"] == "half_up" else 0
    return (exact + half).__floor__()


def counted(bill: int, readings: dict[str, str]) -> int:
    return bill if readings["medical.basic_deductible"] == "zero" else max(0, bill - LOCAL_DEDUCTIBLE)


def basic(bills: tuple[tuple[int, int], ...], readings: dict[str, str]) -> int:
    paid, room = [], BASIC_LIMIT
    for cost, grade in sorted(bills, key=lambda bill: BASIC[bill[1]]):  # if costs are bounded, the lowest rates first
        taken = counted(cost, readings)
        if readings["medical.basic_ceiling"] == "costs":
            taken = min(taken, room)
            room -= taken
        paid.append(BASIC[grade] * taken)
    once = readings["rounding.stage"] == "once"
    total = in_fen(sum(paid, Fraction(0)), readings) if once else sum(in_fen(one, readings) for one in paid)
    return min(total, BASIC_LIMIT) if readings["medical.basic_ceiling"] == "payments" else total


def tariff(poor: bool, readings: dict[str, str]) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The deductible and the three rates."""
    relative = readings["medical.five_percent"] == "relative"
    if readings["medical.preference"] == "contained":
        if poor:
            return DEDUCTIBLE, BRACKETS
        return DEDUCTIBLE * 2, tuple(r / (1 + POINTS) if relative else r - POINTS for r in BRACKETS)
    if poor:
        return DEDUCTIBLE / 2, tuple(r * (1 + POINTS) if relative else r + POINTS for r in BRACKETS)
    return DEDUCTIBLE, BRACKETS


def compensated(remainder: int, poor: bool, readings: dict[str, str]) -> Fraction:
    deductible, rates = tariff(poor, readings)
    if remainder < deductible:
        return Fraction(0)
    if readings["medical.brackets"] == "marginal":
        ends = (deductible, *EDGES, max(remainder, EDGES[-1]))
        slices = (max(min(remainder, end) - start, 0) for start, end in itertools.pairwise(ends))
        return sum((rate * part for rate, part in zip(rates, slices, strict=True)), Fraction(0))
    inside = remainder + (0 if readings["wording.shared_boundary"] == "upper" else -1)
    reached = rates[sum(edge <= inside for edge in EDGES)]
    return reached * (remainder if readings["medical.brackets"] == "whole_gross" else remainder - deductible)


def critical_illness(year: Year, remainder: int, readings: dict[str, str]) -> int:
    bounded = year.poor or readings["medical.others_ceiling"] == "shared"
    if readings["medical.deductible_period"] == "per_year":
        paid = in_fen(compensated(remainder, year.poor, readings), readings)
    else:
        stays = [cost - in_fen(BASIC[grade] * counted(cost, readings), readings) for cost, grade in year.bills]
        each = [compensated(stay, year.poor, readings) for stay in stays]
        if readings["rounding.stage"] == "once":
            paid = in_fen(sum(each, Fraction(0)), readings)
        else:
            paid = sum(in_fen(one, readings) for one in each)
    return min(paid, LIMIT_OF_THE_POOR) if bounded else paid


def settled(year: Year, readings: dict[str, str]) -> dict[str, tuple[int, int, int]]:
    """Each payer's figure with its low and high end, all statuses known."""
    paid = basic(year.bills, readings)
    remainder = sum(cost for cost, _ in year.bills) - paid
    serious = critical_illness(year, remainder, readings)
    left = remainder - serious
    named = year.dibao or year.destitute
    entitled = named or (readings["medical.assistance_scope"] == "all_poor" and year.poor)
    commercial_first = readings["medical.payer_order"] == "assistance_last"
    base = left - min(year.owed, left) if commercial_first else left
    figure = in_fen(ASSISTED * base, readings) if entitled else 0
    ends = (figure, base) if entitled else (0, 0)  # "70 % or more" is open up to the whole of it
    insured = [min(year.owed, left) if commercial_first else min(year.owed, left - a) for a in (figure, *ends)]
    own = [left - a - c for a, c in zip((figure, *ends), insured, strict=True)]
    return {
        "basic": (paid, paid, paid),
        "critical_illness": (serious, serious, serious),
        "commercial": (insured[0], min(insured), max(insured)),
        "assistance": (figure, *ends),
        "out_of_pocket": (own[0], min(own), max(own)),
    }


@cache
def policy(readings: tuple[tuple[str, str], ...] = ()) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2017-06-30")
    made = made.local({"medical.basic.deductible": "800"}, source="the test")
    for name, choice in readings:
        made = made.reading(name, choice)
    return made


def library(year: Year, readings: dict[str, str]) -> dict[str, tuple[int, int | None, int | None] | None]:
    """What the library says of each payer; None where it says that a status was not told."""
    bills = [pr.Treatment(in_scope=pr.Fen(cost), hospital_grade=grade) for cost, grade in year.bills]
    case = policy(tuple(sorted(readings.items()))).evaluate(
        ("basic_insurance", "critical_illness", "commercial_insurance", "medical_assistance", "out_of_pocket"),
        {
            "treatments": bills,
            "registered_poor": year.poor,
            "receives_dibao": year.dibao,
            "extremely_poor": year.destitute,
            "commercial_owed": pr.Fen(year.owed),
        },
    )
    out: dict[str, tuple[int, int | None, int | None] | None] = {}
    for payer, name in zip(PAYERS, case.program.targets, strict=True):
        if case.status(name) == "unknown":
            out[payer] = None
        else:
            amount = case.amount(name)
            out[payer] = (amount.figure, amount.low, amount.high)
    return out


def costs_that_turn() -> list[int]:
    """In-scope costs around every edge, from the edges of the remainder back through each grade's rate."""
    remainders = [3_000, 6_000, 12_000, 100_000, 200_000, Fraction(5_233_000, 7), 747_571, 800, 0]
    found = {int(Fraction(r) * YUAN / (1 - rate)) for r in remainders for rate in BASIC.values()}
    found |= {int(BASIC_LIMIT / rate) for rate in BASIC.values()} | {BASIC_LIMIT}
    found |= {r * YUAN + BASIC_LIMIT for r in (6_000, 12_000, 100_000, 200_000, 747_571, 900_000)}
    return sorted({max(0, cost + step) for cost in found for step in (-1, 0, 1)})


TURNING = costs_that_turn()


def some_cost(dice: random.Random) -> int:
    match dice.randrange(6):
        case 0 | 1:
            return dice.choice(TURNING)
        case 2:
            return dice.randrange(10_000)
        case 3:
            return dice.randrange(10_000_000)
        case 4:
            return dice.randrange(100_000_000)
        case _:
            return dice.choice((0, 1, 2, 3, 9, 10, 33, 3337, 10_010, 1_000_000_000))


def some_year(dice: random.Random, statuses: tuple[bool | None, ...] = (True, False)) -> Year:
    bills = tuple((some_cost(dice), dice.choice((1, 2, 3))) for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3, 5))))
    owed = dice.choice((0, 0, 1, dice.randrange(1_000_000), dice.randrange(100_000_000)))
    return Year(bills, *(dice.choice(statuses) for _ in range(3)), owed)  # type: ignore[arg-type]


def check(year: Year, readings: dict[str, str]) -> None:
    assert library(year, readings) == settled(year, DEFAULTS | readings), (year, readings)


@pytest.mark.parametrize("readings", SINGLE, ids=lambda r: "-".join(r.values()) or "defaults")
def test_random_years_come_out_to_the_fen_under_each_reading(readings: dict[str, str]) -> None:
    dice = random.Random(repr(readings))
    for _ in range(400):
        check(some_year(dice), readings)


@pytest.mark.parametrize("number", range(60))
def test_random_years_come_out_to_the_fen_under_readings_together(number: int) -> None:
    dice = random.Random(number)
    readings = {name: dice.choice(choices) for name, choices in CHOICES.items()}
    for _ in range(25):
        year = some_year(dice)
        if not open_question(year, readings):
            check(year, readings)


def open_question(year: Year, readings: dict[str, str]) -> bool:
    """Where costs are bounded and every bill is rounded, nothing says which of two like bills the limit cuts."""
    both = readings["medical.basic_ceiling"] == "costs" and readings["rounding.stage"] == "each_bill"
    return both and sum(counted(cost, readings) for cost, _ in year.bills) > BASIC_LIMIT


@pytest.mark.parametrize("grade", [1, 2, 3])
@pytest.mark.parametrize("poor", [True, False])
def test_single_bills_around_every_edge_come_out_to_the_fen(grade: int, poor: bool) -> None:
    for cost in TURNING:
        for owed in (0, 50_000):
            check(Year(((cost, grade),), poor, poor, False, owed), {})


def test_rounding_each_bill_also_holds_where_the_ceiling_is_on_costs() -> None:
    # three bills of 33.37 at 85 %: 28.3645 each; together 85.0935, bill by bill 3 x 28.36
    assert 3 * in_fen(Fraction(85, 100) * 3337, DEFAULTS) == 8508
    readings = {"medical.basic_ceiling": "costs", "rounding.stage": "each_bill"}
    check(Year(((3337, 1),) * 3, True, False, False, 0), readings)


def test_rounding_each_bill_also_holds_where_every_stay_bears_the_deductible() -> None:
    # remainders of 6,000.01 at 55 %: 0.55 of a fen each; bill by bill 1 fen each, together 1.65, so 2
    cost = next(c for c in range(4_000_000, 4_100_000) if c - in_fen(Fraction(85, 100) * c, DEFAULTS) == 600_001)
    readings = {"medical.deductible_period": "per_stay", "rounding.stage": "each_bill"}
    year = Year(((cost, 1),) * 3, True, False, False, 0)
    assert settled(year, DEFAULTS | readings)["critical_illness"][0] == 3
    check(year, readings)


@pytest.mark.parametrize("readings", SINGLE, ids=lambda r: "-".join(r.values()) or "defaults")
def test_what_is_known_with_a_status_untold_holds_whatever_the_status_is(readings: dict[str, str]) -> None:
    dice = random.Random("untold" + repr(readings))
    said = 0
    for _ in range(150):
        year = some_year(dice, (True, False, None))
        possible = [
            settled(Year(year.bills, *statuses, year.owed), DEFAULTS | readings)
            for statuses in itertools.product(
                *((False, True) if status is None else (status,) for status in (year.poor, year.dibao, year.destitute))
            )
        ]
        for payer, found in library(year, readings).items():
            if found is not None:
                said += 1
                assert {one[payer] for one in possible} == {found}, (payer, year, readings)
            else:
                assert len(possible) > 1, f"{payer} is unknown though every status was told: {year}"
    assert said > 300


def test_a_status_that_cannot_matter_is_not_asked_for() -> None:
    below = Year(((100_000, 3),), None, True, None, 0)  # 450.00 left: under every deductible; dibao alone decides assistance
    found = library(below, {})
    assert found == settled(Year(below.bills, False, True, False, 0), DEFAULTS)
