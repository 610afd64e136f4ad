"""The careless caller, of names, paths and figures of one's own; and what is not known, for one reason or another."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

import povertyrules as pr
from povertyrules import Household, Person, Policy, yuan
from povertyrules.core.errors import (
    InputError,
    MoneyError,
    NoSuchRule,
    NotInForce,
    NotStated,
    NotTold,
    PastLastDate,
    RuleError,
    SortError,
    UnknownName,
)

NAN = float("nan")


@pytest.fixture(scope="module")
def zz() -> Policy:
    return pr.policy("zaozhuang-hitech", on="2017-06-30")


def refusal(kind: type[InputError], call: Callable[[], object]) -> InputError:
    """The refusal of a call, which must be of just this kind and print itself in the one form there is."""
    with pytest.raises(InputError) as caught:
        call()
    error = caught.value
    assert type(error) is kind
    cited = f" [{error.provision}]" if error.provision else ""
    assert str(error) == f"{error.field}: {error.value!r} is refused; {error.allowed}{cited}"
    return error


# ---- names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "field", "value", "allowed"),
    [
        (lambda z: pr.policy("zaozuang-hitech", on="2017-06-30"), "policy", "zaozuang-hitech", "zaozhuang-hitech"),
        (lambda z: pr.policy("cn", on="2017-06-30", past="warned"), "past", "warned", "did you mean warn?"),
        (lambda z: z.reading("medical.preferance", "on_top"), "reading", "medical.preferance", "medical.preference"),
        (lambda z: z.reading("medical.preference", "ontop"), "medical.preference", "ontop", "did you mean on_top?"),
        (lambda z: z.reading("medical.preference", None), "medical.preference", None, "known: contained, on_top"),
        (lambda z: z.choice("medical.preferance"), "reading", "medical.preferance", "medical.preference"),
        (lambda z: z.income.line(2015, series="provincal"), "series", "provincal", "did you mean provincial?"),
        (lambda z: z.income.implied_index("provincal", 2010, 2015), "series", "provincal", "did you mean provincial?"),
        (lambda z: z.evaluate(("old_age_alowance",), {}), "quantity", "old_age_alowance", "old_age_allowance"),
        (lambda z: z.evaluate(("old_age_allowance",), {"agee": 85}), "fact", "agee", "did you mean age?"),
        (lambda z: z.assess(Household(), untold="abs"), "untold", "abs", "did you mean absent?"),
        (lambda z: z.source("old_age_alowance"), "quantity", "old_age_alowance", "old_age_allowance"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_answered_with_the_nearest(
    call: Callable[[Policy], object], field: str, value: object, allowed: str, zz: Policy
) -> None:
    error = refusal(UnknownName, lambda: call(zz))
    assert (error.field, error.value) == (field, value)
    assert allowed in error.allowed


def test_names_that_the_plan_makes_for_itself_are_offered_to_nobody(zz: Policy) -> None:
    assert "__" not in refusal(UnknownName, lambda: zz.evaluate(("x",), {})).allowed


def test_a_misspelt_field_of_a_result_is_answered_with_the_nearest(zz: Policy) -> None:
    due = zz.elderly.allowances(age=85)
    for call in (lambda: due.status("oldage"), lambda: due.why_not("oldage")):
        assert "old_age" in refusal(UnknownName, call).allowed


PATHS: list[tuple[str, str]] = [
    ("elderly.old_age.bands[81]", "80, 90"),
    ("elderly.old_age.band[80]", "elderly.old_age.bands"),
    ("elderly.oldage.bands[80]", "elderly.old_age.bands"),
    ("medical.critical_illness.brackets[1]", "0, 100000, 200000"),
    ("medical.basic.rates[x]", "1, 2, 3"),
    ("medical.basic.rates[9]", "1, 2, 3"),
    ("income.provincial.lines[x]", "whole number"),
    ("income.provincial.lines[²]", "whole number"),
    ("dibao.standard.standard[2]", "no keys"),
    ("elderly", "elderly.old_age.bands"),
    ("", "elderly.old_age.bands"),
]


@pytest.mark.parametrize(("path", "allowed"), PATHS)
def test_a_misspelt_path_is_refused_in_local_and_reform(path: str, allowed: str, zz: Policy) -> None:
    value = "60 %" if "rates" in path or "brackets" in path else "60"
    for call in (lambda: zz.reform({path: value}), lambda: zz.local({path: value}, source="notice")):
        with pytest.raises(InputError) as caught:
            call()
        assert allowed in caught.value.allowed
        assert path in (caught.value.field, caught.value.value)


@pytest.mark.parametrize("path", ["elderly.old_age.bands[80]", "dibao.standard.standard", "income.provincial.lines[2016]"])
@pytest.mark.parametrize("value", [1.5, NAN, True, None, [], "x", "30.005", -5, "-5"], ids=repr)
def test_a_figure_of_ones_own_is_money_in_whole_fen(path: str, value: object, zz: Policy) -> None:
    for call in (lambda: zz.reform({path: value}), lambda: zz.local({path: value}, source="notice")):
        assert refusal(MoneyError, call).field == path


@pytest.mark.parametrize("value", [0.7, 70, "70", True, None, "170 %", "-5 %"], ids=repr)
def test_a_share_of_ones_own_is_per_cent_up_to_the_whole(value: object, zz: Policy) -> None:
    for path in ("medical.assistance.rate", "medical.basic.rates[3]"):
        assert refusal(MoneyError, lambda path=path: zz.reform({path: value})).field == path


def test_a_whole_number_of_ones_own_is_taken_as_it_is(zz: Policy) -> None:
    assert zz.reform({"elderly.longevity.first_age": 95}).elderly.allowances(age=95).longevity.figure == yuan(400)
    assert refusal(SortError, lambda: zz.reform({"elderly.longevity.first_age": "95"})).value == "95"


def test_a_figure_of_ones_own_needs_a_source(zz: Policy) -> None:
    for source in ("", "  ", None, 5):
        with pytest.raises(InputError) as caught:
            zz.local({"dibao.standard.standard": "4000"}, source=source)  # type: ignore[arg-type]
        assert caught.value.field == "source"


def test_a_figure_of_ones_own_has_no_more_digits_than_money(zz: Policy) -> None:
    for value in (10**17, 10**5000, "9" * 5000):
        assert refusal(MoneyError, lambda value=value: zz.reform({"dibao.standard.standard": value})).field

    assert zz.reform({"dibao.standard.standard": 10**17 - 1}).section("dibao.standard")


def test_a_kind_of_ones_own_stands_in_one_list(zz: Policy) -> None:
    error = refusal(SortError, lambda: zz.reform({"income.countable.local_kinds": ["wage"]}))
    assert (error.field, error.value) == ("income.countable.local_kinds", "wage")
    assert "kinds" in error.allowed


def test_the_ends_of_a_band_do_not_rest_on_what_was_supposed_of_its_amount(zz: Policy) -> None:
    sources = zz.reform({"elderly.old_age.bands[80]": "50"}).section("elderly.old_age").sources
    cited = {end: sources[f"elderly.old_age.bands[80]{end}"].cite() for end in ("", ".from", ".to")}
    assert cited[""] == "hypothetical: reform"
    assert cited[".from"] == cited[".to"] == zz.cite("elderly.old_age.bands[80]")
    assert "第1条" in cited[".from"]


def test_the_start_of_a_bracket_does_not_rest_on_what_was_supposed_of_its_rate(zz: Policy) -> None:
    at = "medical.critical_illness.brackets[100000]"
    for path in (at, f"{at}.rate"):
        sources = zz.local({path: "66 %"}, source="notice").section("medical.critical_illness").sources
        assert sources[f"{at}.rate"].cite() == "supplied by the caller: notice"
        assert sources[f"{at}.from"].cite() == zz.cite(f"{at}.from")


def test_one_rate_with_more_decimals_leaves_the_others_as_they_are(zz: Policy) -> None:
    finer = zz.reform({"medical.basic.rates[3]": "55.5 %"})
    for grade, share in ((1, 850), (2, 700), (3, 555)):
        assert finer.medical.settle(in_scope=yuan(1000), hospital_grade=grade).basic.figure == yuan(share)


def test_a_whole_table_of_ones_own_is_read_as_a_pack_would_be(zz: Policy) -> None:
    table = [{"ages": [70, 79], "amount": yuan(5)}, {"ages": [80, 99], "amount": "6.50"}]
    under = zz.reform({"elderly.old_age.bands": table})
    facts = {"receives_dibao": False, "unable_to_care": False}
    due = [under.elderly.allowances(age=age, **facts).old_age.figure for age in (69, 70, 79, 80, 99)]
    assert due == [0, 500, 500, 650, 650]
    gap = [{"ages": [70, 78], "amount": "5"}, {"ages": [80, 99], "amount": "6"}]
    assert "gap" in refusal(SortError, lambda: zz.reform({"elderly.old_age.bands": gap})).allowed


# ---- what is not known, and why ------------------------------------------------------------------------------------------


def test_before_the_plan_there_is_no_figure_and_no_zero() -> None:
    early = pr.policy("zaozhuang-hitech", on="2016-12-31").elderly.allowances(age=85, receives_dibao=False, unable_to_care=False)
    with pytest.raises(NotInForce, match="2017-01-01"):
        _ = early.old_age
    assert early.status("old_age") == "not in force"
    with pytest.raises(NotInForce, match="2017-01-01"):
        _ = early.total


def test_where_no_rule_is_held_there_is_no_figure_and_no_zero() -> None:
    nowhere = pr.policy("cn", on="2017-06-30").elderly.allowances(age=85, receives_dibao=False, unable_to_care=False)
    with pytest.raises(NoSuchRule, match="全国"):
        _ = nowhere.old_age
    assert nowhere.status("old_age") == "no such rule"
    with pytest.raises(NoSuchRule):
        _ = nowhere.total


def test_past_the_last_date_one_is_warned_refused_or_the_figure_is_extended() -> None:
    facts = {"age": 85, "receives_dibao": False, "unable_to_care": False}
    home = Household(persons=(Person(born=datetime.date(1932, 5, 1), receives_dibao=False, unable_to_care=False),))
    warned, extended = (pr.policy("zaozhuang-hitech", on="2018-06-30", past=word) for word in ("warn", "extend"))
    refused = pr.policy("zaozhuang-hitech", on="2018-06-30", past="refuse")
    assert warned.elderly.allowances(**facts).old_age.figure == yuan(30)
    assert extended.elderly.allowances(**facts).old_age.figure == yuan(30)
    assert any("2017-12-31" in note.en and "elderly.old_age" in note.en for note in warned.assess(home).notes)
    assert extended.assess(home).notes == ()
    with pytest.raises(PastLastDate, match="speaks until 2017-12-31, not for 2018-06-30"):
        _ = refused.elderly.allowances(**facts).old_age
    assert refused.elderly.allowances(**facts).status("old_age") == "past its last date"
    with pytest.raises(PastLastDate):
        _ = refused.elderly.allowances(**facts).total


def test_a_calculator_warns_past_the_last_date_too() -> None:
    facts = {"age": 85, "receives_dibao": False, "unable_to_care": False}
    late, extended = (pr.policy("zaozhuang-hitech", on="2018-06-30", past=word) for word in ("warn", "extend"))
    for lang in ("en", "zh"):
        assert "2017-12-31" in late.elderly.allowances(**facts).explain(lang)
        assert "2017-12-31" not in extended.elderly.allowances(**facts).explain(lang)


@pytest.mark.parametrize(("on", "past", "kind"), [("2018-06-30", "refuse", PastLastDate), ("2009-12-31", "warn", NotInForce)])
def test_a_series_that_does_not_speak_on_the_day_is_not_unknown(on: str, past: str, kind: type[Exception]) -> None:
    late = pr.policy("zaozhuang-hitech", on=on, past=past)
    with pytest.raises(kind):
        late.income.line(2015, series="provincial")
    with pytest.raises(kind):
        late.income.line(2015)


def test_a_year_without_a_line_names_those_with_one_and_the_provision(zz: Policy) -> None:
    with pytest.raises(NotStated, match="2010, 2015, 2017") as caught:
        zz.income.line(2016)
    assert "枣高管办发[2018]6号) 第二章第四节" in str(caught.value)
    with pytest.raises(NotStated, match="no index is stated for 2009"):
        zz.income.index(2009)


@pytest.mark.parametrize("year", ["2015", 2015.0, None, True, [], NAN], ids=repr)
def test_a_year_is_a_whole_number(year: Any, zz: Policy) -> None:
    for call in (zz.income.line, zz.income.index, lambda y: zz.income.implied_index("provincial", 2010, y)):
        error = refusal(SortError, lambda call=call: call(year))
        assert error.field == "year"


UNTOLD: list[tuple[str, Callable[[Policy], object], str]] = [
    ("basic insurance", lambda z: z.medical.settle(in_scope=None, hospital_grade=3).basic, "in_scope (in-scope medical cost)"),
    ("basic insurance", lambda z: z.medical.settle(in_scope=yuan(5), hospital_grade=None).basic, "hospital_grade"),
    ("medical assistance", lambda z: z.medical.settle(in_scope=yuan(5), hospital_grade=3).assistance, "receives_dibao"),
    ("critical-illness", lambda z: z.medical.settle(in_scope=yuan(90_000), hospital_grade=3).critical_illness, "registered_poor"),
    ("old-age allowance", lambda z: z.elderly.allowances(age=85).old_age, "receives_dibao (receives dibao)"),
    ("care subsidy", lambda z: z.elderly.allowances(age=85).care, "unable_to_care"),
    ("dibao top-up", lambda z: z.dibao.top_up(countable_income=None, members=3).monthly, "countable_income"),
    ("dibao top-up", lambda z: z.dibao.top_up(countable_income=yuan(5), members=None).monthly, "members"),
    ("support of the extremely poor", lambda z: z.dibao.extremely_poor(extremely_poor=None).support, "extremely_poor"),
    ("poor by income", lambda z: z.income.test(register_net_income=None, members=3).poor, "register_net_income"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "call", "fact"), UNTOLD, ids=[f"{label}: {fact[:14]}" for label, _, fact in UNTOLD])
def test_a_missing_fact_is_named_and_never_counts_as_nothing(
    label: str, call: Callable[[Policy], object], fact: str, zz: Policy
) -> None:
    with pytest.raises(NotTold) as caught:
        call(zz)
    assert str(caught.value).startswith(label)
    assert ": not told: " in str(caught.value)
    assert fact in str(caught.value)


# ---- rules that are badly written ------------------------------------------------------------------------------------------


def test_the_number_of_a_case_never_reaches_what_an_engine_cannot_hold(zz: Policy) -> None:
    with pytest.raises(RuleError, match=r"below 2\^53"):
        assert zz.reform({"dibao.standard.standard": "1" + "0" * 14}).plan


# ---- statements that were tampered with ------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{}, {"version": 2}, {"version": 1}, None, [], "x", 5], ids=str)
def test_what_is_no_statement_is_refused(data: Any) -> None:
    with pytest.raises(InputError):
        pr.Statement.from_dict(data)


RECORD = ("policy", "on", "household", "lines", "refused", "undecided", "absent", "readings", "assumptions", "notes")


@pytest.mark.parametrize("key", RECORD)
def test_a_statement_with_a_wrong_entry_is_refused_by_its_name(key: str, zz: Policy) -> None:
    home = Household(persons=(Person(born=datetime.date(1932, 5, 1), receives_dibao=False, unable_to_care=False),))
    data = zz.assess(home).to_dict()
    for value in (5, None, [{}]):
        with pytest.raises(InputError) as caught:
            pr.Statement.from_dict({**data, key: value})
        assert caught.value.field.startswith(key)
