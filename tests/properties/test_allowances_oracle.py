"""The allowances for the old and dibao against an oracle in fractions, from box 7 items 1 to 6 and chapter 9 section 1."""

import datetime
import itertools
import random
from fractions import Fraction
from functools import cache

import pytest

import povertyrules as pr

NOT_ELIGIBLE, UNKNOWN, UNSTATED = "not eligible", "unknown", "unstated"
OLD_AGE = [(range(80, 90), 30), (range(90, 100), 60)]
OLD_AGE_ON_DIBAO = [(range(80, 90), 100), (range(90, 100), 200)]
STANDARD = 3_900 * 100


@cache
def policy(*readings: tuple[str, str]) -> pr.Policy:
    made = pr.policy("zaozhuang-hitech", on="2017-06-30")
    for name, choice in readings:
        made = made.reading(name, choice)
    return made


def in_bands(age: int, bands: list[tuple[range, int]]) -> int:
    return sum(yuan * 100 for ages, yuan in bands if age in ages)


def expected(age: int, dibao: bool, unable: bool, stacking: str, care: str) -> dict[str, object]:
    """Each allowance in fen with its ends, or why there is none."""
    general, special = in_bands(age, OLD_AGE), in_bands(age, OLD_AGE_ON_DIBAO) if dibao else 0
    if stacking == "replaces" and special >= general:
        general = 0
    out: dict[str, object] = {
        "old_age": (general, general, general) if general else NOT_ELIGIBLE,
        "dibao_old_age": (special, special, special) if special else NOT_ELIGIBLE,
        "longevity": NOT_ELIGIBLE,
        "care": NOT_ELIGIBLE,
    }
    if dibao and age >= 100:  # the box ends at 99, and does not say that a recipient of a hundred has nothing
        out["dibao_old_age"] = UNSTATED
    if age >= 100:
        out["longevity"] = (40_000 + 1_000 * (age - 100), 40_000 + 1_000 * (age - 100), None)
    if unable and age >= 60:
        out["care"] = (6_000, 6_000, 6_000) if care == "every_assessed" else UNSTATED
    return out


def total_of(parts: dict[str, object]) -> tuple[int, int, int | None]:
    told = [part for part in parts.values() if isinstance(part, tuple)]
    is_open = UNSTATED in parts.values() or any(part[2] is None for part in told)
    figure = sum(part[0] for part in told)
    return figure, figure, None if is_open else figure


def found(result: pr.policy, part: str) -> object:  # type: ignore[valid-type]
    status = result.status(part)  # type: ignore[attr-defined]
    if status != "amount":
        return status
    amount = getattr(result, part)
    return amount.figure, amount.low, amount.high


@pytest.mark.parametrize("stacking", ["replaces", "adds"])
@pytest.mark.parametrize("care", ["every_assessed", "unstated"])
def test_every_age_and_status(stacking: str, care: str) -> None:
    under = policy(("elderly.old_age_stacking", stacking), ("elderly.care_condition", care))
    for age, dibao, unable in itertools.product(range(151), (True, False), (True, False)):
        result = under.elderly.allowances(age=age, receives_dibao=dibao, unable_to_care=unable)
        parts = expected(age, dibao, unable, stacking, care)
        assert {part: found(result, part) for part in parts} == parts, (age, dibao, unable)
        total = result.total
        assert (total.figure, total.low, total.high) == total_of(parts), (age, dibao, unable)


@pytest.mark.parametrize("stacking", ["replaces", "adds"])
def test_with_a_status_untold_what_is_said_holds_whatever_it_is(stacking: str) -> None:
    under = policy(("elderly.old_age_stacking", stacking))
    for age, dibao, unable in itertools.product(range(151), (True, False, None), (True, False, None)):
        result = under.elderly.allowances(age=age, receives_dibao=dibao, unable_to_care=unable)
        possible = [
            expected(age, d, u, stacking, "every_assessed")
            for d in ((True, False) if dibao is None else (dibao,))
            for u in ((True, False) if unable is None else (unable,))
        ]
        for part in possible[0]:
            answers = {one[part] for one in possible}
            said = found(result, part)
            assert said == UNKNOWN if len(answers) > 1 else said in (*answers, UNKNOWN), (age, dibao, unable, part)


def test_under_sixty_nothing_is_asked() -> None:
    result = policy().elderly.allowances(age=59)
    assert [result.status(part) for part in ("old_age", "longevity", "dibao_old_age", "care")] == [NOT_ELIGIBLE] * 4


def completed_years(born: datetime.date, on: datetime.date) -> int:
    age = on.year - born.year
    return age - ((on.month, on.day) < (born.month, born.day))


@pytest.mark.parametrize("counting", ["birthday", "calendar_year"])
def test_age_from_the_day_of_birth(counting: str) -> None:
    dice = random.Random(7)
    under = policy(("age.counting", counting))
    leap = [datetime.date(1936, 2, 29), datetime.date(1937, 2, 28), datetime.date(1937, 3, 1), datetime.date(1937, 12, 31)]
    days = [datetime.date(1890, 1, 1) + datetime.timedelta(dice.randrange(46_000)) for _ in range(300)] + leap
    looks = [datetime.date(2017, 1, 1), datetime.date(2017, 2, 28), datetime.date(2017, 3, 1), datetime.date(2017, 12, 31)]
    looks += [datetime.date(2016, 2, 29), datetime.date(2017, 6, 30)]
    for born, on in itertools.product(days, looks):
        if born <= on:
            age = completed_years(born, on) if counting == "birthday" else on.year - born.year
            assert under.evaluate(("age",), {"born": born, "on": on}).number("age") == age, (born, on)


def rounded(exact: Fraction, mode: str) -> int:
    return (exact + (Fraction(1, 2) if mode == "half_up" else 0)).__floor__()


def top_up(income: int, members: int, monthly: str, household: str, mode: str) -> tuple[int, int, int]:
    """The gap of the year, the payment of a month and of the last month, in fen."""
    gap = max(0, STANDARD * members - max(income, 0))
    if monthly == "from_year":
        month = gap // 12
        return gap, month, gap - 11 * month
    parts = members if household == "per_head" else 1
    month = parts * rounded(Fraction(gap, parts * 12), mode)
    return gap, month, month


@pytest.mark.parametrize("monthly", ["each_month", "from_year"])
@pytest.mark.parametrize("household", ["household", "per_head"])
@pytest.mark.parametrize("mode", ["half_up", "down"])
def test_top_up_of_random_households(monthly: str, household: str, mode: str) -> None:
    dice = random.Random(monthly + household + mode)
    under = policy(("dibao.monthly_rounding", monthly), ("dibao.household_rounding", household), ("rounding.mode", mode))
    for _ in range(500):
        members = dice.randint(1, 30)
        edge = STANDARD * members
        income = dice.choice([dice.randrange(-edge, 2 * edge), edge + dice.randint(-15, 15), 0, dice.randint(-9, 99)])
        result = under.dibao.top_up(countable_income=pr.Fen(income), members=members)
        gap, month, last = top_up(income, members, monthly, household, mode)
        assert (result.gap.figure, result.monthly.figure, result.last_month.figure) == (gap, month, last)
        assert result.status("monthly") == ("amount" if gap else NOT_ELIGIBLE)
        if members == 1 and income >= 0:  # alone: a month is rounded, the family stands at the standard and has none itself
            alone = under.dibao.single_person(
                own_income=pr.Fen(income), disability_grade=1, countable_income=pr.Fen(2 * STANDARD), members=2
            )
            assert alone.monthly.figure == rounded(Fraction(gap, 12), mode)


@pytest.mark.parametrize("mode", ["centralised", "dispersed", None])
def test_support_of_the_extremely_poor(mode: str | None) -> None:
    support = policy().dibao.extremely_poor(support_mode=mode).support  # the two modes pay alike, so neither need be told
    assert (support.figure, support.low, support.high, support.per) == (5_070 * 100, 5_070 * 100, 5_070 * 100, "year")
    assert policy().dibao.extremely_poor(extremely_poor=False, support_mode=mode).status("support") == NOT_ELIGIBLE
    with pytest.raises(pr.NotTold, match="extremely_poor"):
        _ = policy().dibao.extremely_poor(extremely_poor=None, support_mode=mode).support
