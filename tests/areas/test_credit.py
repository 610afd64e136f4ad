"""What the calculators and checks of credit say; the schedule against an oracle of fractions and calendars."""

from __future__ import annotations

import calendar
import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules import Severity, yuan
from povertyrules.areas.credit_schedule import Schedule

JILIN, ZHONGZHAN = pr.policy("jilin", on="2016-06-30"), pr.policy("zhongzhan", on="2016-06-30")
LOAN: dict[str, Any] = {"amount": yuan(50_000), "drawn_on": datetime.date(2016, 1, 31), "months": 12, "rate": "4.75 %"}
SOUND: dict[str, Any] = {
    "amount": yuan(50_000),
    "months": 36,
    "registered_poor": True,
    "purpose": "production",
    "secured": False,
    "rate": "4.75 %",
    "benchmark": "4.75 %",
}


def told(share: str, mode: str = "half_up") -> pr.Policy:
    return JILIN.reading("rounding.mode", mode).local({"credit.microcredit.subsidy_share": share}, source="county notice")


def to_fen(exact: Fraction, mode: str) -> int:
    return (exact + Fraction(1, 2) if mode == "half_up" else exact).__floor__()


def by_hand(
    amount: int, drawn: datetime.date, months: int, rate: Fraction, share: Fraction, repayment: str, mode: str
) -> list[tuple[datetime.date, int, int, int]]:
    """Day, principal, interest and subsidy of each month."""
    left, out = amount, []
    for number in range(1, months + 1):
        year, month = divmod(drawn.year * 12 + drawn.month - 1 + number, 12)
        day = min(drawn.day, calendar.monthrange(year, month + 1)[1])
        interest = to_fen(left * rate / 12, mode)
        equal = min(to_fen(Fraction(amount, months), mode), left) if repayment == "equal_principal" else 0
        principal = left if number == months else equal
        out.append((datetime.date(year, month + 1, day), principal, interest, to_fen(interest * share, mode)))
        left -= principal
    return out


@given(
    amount=st.one_of(st.integers(0, 200), st.integers(0, 6_000_000)),
    drawn=st.dates(datetime.date(2016, 1, 1), datetime.date(2020, 12, 31)),
    months=st.integers(1, 60),
    rate=st.integers(0, 2_400),
    share=st.integers(0, 100),
    repayment=st.sampled_from(["at_end", "equal_principal"]),
    mode=st.sampled_from(["half_up", "down"]),
)
def test_a_schedule_is_what_fractions_and_calendars_make_of_it(
    amount: int, drawn: datetime.date, months: int, rate: int, share: int, repayment: str, mode: str
) -> None:
    shown = f"{rate // 100}.{rate % 100:02d} %"
    found = told(f"{share} %", mode).credit.schedule(
        amount=pr.Fen(amount), drawn_on=drawn, months=months, rate=shown, repayment=repayment
    )
    wanted = by_hand(amount, drawn, months, Fraction(rate, 10_000), Fraction(share, 100), repayment, mode)
    assert [(one.due_on, one.principal, one.interest, one.subsidy) for one in found.instalments] == wanted
    assert sum(one.principal for one in found.instalments) == amount
    assert sum(one.payment for one in found.instalments) == amount + found.left
    assert all(one.principal >= 0 <= one.payment for one in found.instalments)


def test_a_loan_of_a_leap_day_falls_due_on_the_last_of_february() -> None:
    made = told("50 %").credit.schedule(**LOAN | {"drawn_on": datetime.date(2016, 2, 29), "months": 48})
    days = [one.due_on.isoformat() for one in made.instalments if one.due_on.month == 2]
    assert days == ["2017-02-28", "2018-02-28", "2019-02-28", "2020-02-29"]


def test_the_schedule_prints_itself_and_cites_who_gave_the_share() -> None:
    made = told("50 %").credit.schedule(**LOAN)
    assert isinstance(made, Schedule)
    lines = str(made).splitlines()
    assert len(lines) == 13
    assert lines[-2] == "12: 2017-01-31: principal 50,000.00, interest 197.92, subsidy 98.96, payment 50,098.96"
    assert "county notice" in lines[-1]
    assert str(made.answers()["subsidy"]) == "1,187.52 yuan"
    assert {one.quality for one in made.instalments} == {"supplied"}


def test_a_month_of_a_schedule_is_the_same_month_alone() -> None:
    area = told("30 %").credit
    made = area.schedule(**LOAN, repayment="equal_principal")
    assert [area.instalment(**LOAN, repayment="equal_principal", number=n) for n in range(1, 13)] == list(made.instalments)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("amount", value) for value in (500.0, "500", True, -1, None)],
        *[("drawn_on", value) for value in (20160131, "31.1.2016", datetime.datetime(2016, 1, 31), datetime.date(1889, 1, 1))],
        *[("months", value) for value in (0, -1, 601, 12.0, True, "12")],
        *[("rate", value) for value in (4.75, "4.75", "", "-1 %", None, "x" * 50)],
        *[("repayment", value) for value in ("annuity", 1, None)],
        *[("number", value) for value in (0, 13, 1.0, True)],
    ],
)
def test_a_careless_loan_is_refused_with_the_field(field: str, value: Any) -> None:
    with pytest.raises(pr.InputError) as refusal:
        told("50 %").credit.instalment(**LOAN | {"number": 1} | {field: value})
    assert refusal.value.field == field


def test_without_a_share_the_place_of_it_is_named() -> None:
    with pytest.raises(pr.NotStated, match=r"credit\.microcredit\.subsidy_share is not printed \[.*六\(三十二\)"):
        JILIN.credit.schedule(**LOAN)
    with pytest.raises(pr.NoSuchRule):
        pr.policy("shanxi", on="2016-06-30").credit.schedule(**LOAN)


def test_a_ceiling_is_no_income() -> None:
    home = pr.Household(registered_poor=True, persons=(pr.Person(),))
    statement = JILIN.assess(home)
    (line,) = (line for line in statement.lines if line.name == "microcredit_ceiling")
    assert line.amount is not None
    assert (line.amount.low, line.amount.high) == (0, yuan(50_000))
    assert all(not total.figure for total in statement.totals.values() if total.per == "once")


def test_each_broken_term_is_found_with_its_own_provision_or_none() -> None:
    broken: dict[str, Any] = {
        "amount": yuan("50000.01"),
        "months": 37,
        "registered_poor": False,
        "purpose": "consumption",
        "secured": True,
        "rate": "4.76 %",
    }
    codes = {"amount": "amount", "months": "term", "registered_poor": "register", "purpose": "purpose", "secured": "security"}
    for field, value in broken.items():
        (one,) = JILIN.credit.check(**SOUND | {field: value})
        assert (one.code, one.severity, one.field) == (codes.get(field, "rate"), Severity.ERROR, field)
        assert one.provision.endswith("六(三十二) 金融扶贫机制")
    assert len(JILIN.credit.check(**SOUND | broken)) == len(broken)


def test_two_ways_to_write_a_rate_are_one_rate() -> None:
    assert JILIN.credit.check(**SOUND | {"rate": "4.750 %", "benchmark": "4.75 %"}).ok


def test_a_term_of_the_national_scheme_alone_warns_where_only_what_is_printed_binds() -> None:
    loan = SOUND | {"secured": True, "rate": "5 %"}
    found = {
        (name, choice): {
            one.code: str(one.severity)
            for one in under.reading("credit.unprinted_terms", choice).credit.check(**loan | {"purpose": purpose})
        }
        for name, under, purpose in (("jilin", JILIN, "production"), ("zhongzhan", ZHONGZHAN, "own_business"))
        for choice in ("national", "as_printed")
    }
    assert found == {
        ("jilin", "national"): {"security": "error", "rate": "error"},
        ("jilin", "as_printed"): {"security": "error", "rate": "warning"},
        ("zhongzhan", "national"): {"security": "error", "rate": "error"},
        ("zhongzhan", "as_printed"): {"security": "warning", "rate": "error"},
    }


@pytest.mark.parametrize("field", SOUND)
@pytest.mark.parametrize("value", [None, 1.5, "nonsense", []], ids=repr)
def test_a_careless_check_is_refused_with_the_field(field: str, value: Any) -> None:
    with pytest.raises(pr.InputError) as refusal:
        JILIN.credit.check(**SOUND | {field: value})
    assert refusal.value.field == field


def test_who_is_not_poor_pays_the_whole_premium_though_no_share_is_printed() -> None:
    found = JILIN.credit.insurance(registered_poor=False, credit_insurance_premium=yuan(100))
    assert (found.subsidy.figure, found.left.figure) == (0, yuan(100))
    with pytest.raises(pr.NotStated, match=r"credit\.insurance_help\.share"):
        _ = JILIN.credit.insurance(registered_poor=True, credit_insurance_premium=yuan(100)).left


def test_interest_of_a_relocation_loan_is_shared_to_the_fen() -> None:
    for fen in (0, 1, 4, 5, 6, 15, 100_000_000):
        found = JILIN.credit.relocation(for_relocation=True, relocation_interest=pr.Fen(fen))
        assert found.subsidy.figure == (fen * 9 + 5) // 10
        assert found.subsidy.figure + found.left.figure == fen
