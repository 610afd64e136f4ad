"""What the calculator of insurance by one rate says beyond its figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

import povertyrules as pr
from povertyrules import yuan

SHANXI = pr.policy("shanxi", on="2017-06-30")
TOLD = SHANXI.local({"medical.critical_illness.rate": "50 %"}, source="notice of the province")
PLAN = "山西省“十三五”脱贫攻坚规划"


def test_without_a_local_rate_basic_insurance_is_known_and_critical_illness_is_not() -> None:
    found = SHANXI.medical.insured(in_scope=yuan(100_000), listed_disease=True, extremely_poor=True)
    assert (found.basic.figure, found.after_basic.figure) == (yuan(70_000), yuan(30_000))
    for field in ("critical_illness", "left"):
        with pytest.raises(pr.NotStated, match=r"medical\.critical_illness\.rate"):
            getattr(found, field)


def test_of_another_disease_nothing_is_stated_and_of_an_unknown_one_nothing_is_known() -> None:
    other = SHANXI.medical.insured(in_scope=yuan(100), listed_disease=False, extremely_poor=True)
    assert {other.status(field) for field in ("basic", "after_basic", "critical_illness", "left")} == {"unstated"}
    unknown = SHANXI.medical.insured(in_scope=yuan(100))
    with pytest.raises(pr.NotTold, match="listed_disease"):
        _ = unknown.basic


def test_a_ceiling_that_is_not_believed_is_said() -> None:
    sick = pr.Person(extremely_poor=True, treatments=[pr.Treatment(in_scope=yuan(100_000), listed_disease=True)])  # type: ignore[arg-type]
    statement = TOLD.assess(pr.Household(persons=[sick]))  # type: ignore[arg-type]
    assert [one for one in statement.assumptions if "not believed" in one.en]
    believed = TOLD.reading("medical.serious_ceiling", "as_printed").assess(pr.Household(persons=[sick]))  # type: ignore[arg-type]
    assert not [one for one in believed.assumptions if "not believed" in one.en]
    (line,) = [one for one in believed.lines if one.name == "critical_illness"]
    assert line.amount == pr.Amount.exactly(yuan(10_000), per="year")


@pytest.mark.parametrize("cost", ["0", "0.01", "16666.66", "16666.67", "33333.33", "9999999.99"])
@pytest.mark.parametrize("poor", [True, False])
def test_the_payments_are_those_of_fractions(cost: str, poor: bool) -> None:
    found = TOLD.medical.insured(in_scope=yuan(cost), listed_disease=True, extremely_poor=poor)
    basic = half_up(Fraction(yuan(cost)) * Fraction(70, 100))
    left = yuan(cost) - basic
    above = max(left - yuan(5_000 if poor else 10_000), 0)
    low, high = (half_up(Fraction(above) * Fraction(50 + more, 100)) for more in ((2, 3) if poor else (0, 0)))
    critical = found.critical_illness
    assert (found.basic.figure, critical.low, critical.high) == (basic, low, high)
    assert (found.left.low, found.left.high) == (left - high, left - low)


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


def test_the_ceiling_cites_its_own_rule() -> None:
    printed = TOLD.reading("medical.serious_ceiling", "as_printed").medical.insured(
        in_scope=yuan(100_000), listed_disease=True, extremely_poor=False
    )
    assert printed.ceiling.figure == yuan(5_000)
    assert printed.critical_illness.figure == yuan(5_000)  # half of 20,000, cut
    assert f"{PLAN} 专栏9 第2条" in printed.citations()


def test_a_refused_cost_is_named_as_the_caller_does() -> None:
    with pytest.raises(pr.MoneyError, match=r"^in_scope: "):
        SHANXI.medical.insured(in_scope=68_000.0)  # type: ignore[arg-type]


def test_where_insurance_goes_by_grade_there_is_no_such_ceiling() -> None:
    zz = pr.policy("zaozhuang-hitech", on="2017-06-30").medical
    assert zz.insured(in_scope=yuan(5), listed_disease=True).status("ceiling") == "no such rule"
