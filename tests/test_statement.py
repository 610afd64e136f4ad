"""A household of four from end to end against hand arithmetic, and what a statement says beside its figures."""

import datetime
import html
import json
from html.parser import HTMLParser

import pytest
from attrs import evolve

import povertyrules as pr
from povertyrules import Household, Income, Person, Statement, Treatment, yuan

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
DOCUMENT = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def entry(kind: str, amount: object) -> Income:
    return Income(kind=kind, amount=yuan(amount))  # type: ignore[arg-type]


def bill(cost: object, grade: int) -> Treatment:
    return Treatment(in_scope=yuan(cost), hospital_grade=grade)  # type: ignore[arg-type]


# The ledger: 12,000 + 5,000 - 3,000 + 1,200 = 15,200 countable; the dibao of last year, 700, is not.
# Four times 3,900 is 15,600; the gap is 400 a year, 33.33 a month.
# 王秀英, 85: 200,000 at the third grade. Basic 55 %: 110,000; of the 90,000 left 55 % above 6,000: 46,200; of the 43,800 left
# 70 % or more: 30,660. On dibao at 85: 100, not 30. Unable to care: 60.
# 张老太, 103: 400 or more and 10 for each of three years. Nobody said whether she can care for herself. No bills.
# 张国强, 47: extremely poor: 5,070. Nobody said what bills he had.
# The fourth, 7: 30,000 at the first grade. Basic 85 %: 25,500; the 4,500 left lie under the deductible.
FOUR = Household(
    name="张家",
    registered_poor=True,
    income_from="2016-07-01",  # type: ignore[arg-type]
    income_to="2017-06-30",  # type: ignore[arg-type]
    incomes=(
        entry("wage", 12_000),
        entry("business_receipts", 5_000),
        entry("business_costs", 3_000),
        entry("old_age_allowance", 1_200),
        entry("dibao", 700),
    ),
    persons=(
        Person(
            name="王秀英",
            born="1932-05-01",  # type: ignore[arg-type]
            receives_dibao=True,
            extremely_poor=False,
            unable_to_care=True,
            treatments=(bill(200_000, 3),),
        ),
        Person(name="张老太", born="1914-03-02", receives_dibao=False, extremely_poor=False, treatments=()),  # type: ignore[arg-type]
        Person(name="张国强", born="1970-01-01", receives_dibao=False, extremely_poor=True, unable_to_care=False),  # type: ignore[arg-type]
        Person(
            born="2010-01-01",  # type: ignore[arg-type]
            receives_dibao=False,
            extremely_poor=False,
            unable_to_care=False,
            treatments=(bill(30_000, 1),),
        ),
    ),
)
STATEMENT = ZZ.assess(FOUR)
LINES = {
    ("张家", "dibao_due"): ("33.33", "33.33", "33.33", "month"),
    ("王秀英", "basic_insurance"): ("110000", "110000", "110000", "year"),
    ("王秀英", "critical_illness"): ("46200", "46200", "46200", "year"),
    ("王秀英", "medical_assistance"): ("30660", "30660", "43800", "year"),
    ("王秀英", "dibao_old_age_allowance"): ("100", "100", "100", "month"),
    ("王秀英", "care_subsidy"): ("60", "60", "60", "month"),
    ("张老太", "longevity_allowance"): ("430", "430", None, "month"),
    ("张国强", "extremely_poor_support"): ("5070", "5070", "5070", "year"),
    ("person 4", "basic_insurance"): ("25500", "25500", "25500", "year"),
    # from 60 on, 100 or more, whatever else nobody said
    ("王秀英", "basic_pension"): ("100", "100", None, "month"),
    ("张老太", "basic_pension"): ("100", "100", None, "month"),
}
SERVICES = {(who, "treated_first") for who in ("王秀英", "张老太", "张国强", "person 4")}  # the registered poor pay later
SERVICES |= {("张家", "water_connection_free"), ("张家", "farm_service_discount")}  # and are spared these charges
SPINE = {"basic_insurance", "critical_illness", "commercial_insurance", "medical_assistance", "care_subsidy"}
SPINE |= {"extremely_poor_support", "old_age_allowance", "longevity_allowance", "dibao_old_age_allowance", "dibao_due"}


def test_every_line_and_no_other() -> None:
    found = {
        (line.who, line.name): (line.amount.figure, line.amount.low, line.amount.high, line.amount.per)
        for line in STATEMENT.lines
        if line.amount
    }
    assert {(line.who, line.name) for line in STATEMENT.lines if line.amount is None} == SERVICES
    assert found == {
        key: (yuan(figure), yuan(low), None if high is None else yuan(high), per)
        for key, (figure, low, high, per) in LINES.items()
    }


def test_totals_are_kept_apart_by_period() -> None:
    month, year = STATEMENT.totals["month"], STATEMENT.totals["year"]
    assert set(STATEMENT.totals) == {"month", "year"}
    assert (month.figure, month.low, month.high) == (yuan("823.33"), yuan("823.33"), None)
    assert (year.figure, year.low, year.high) == (yuan(217_430), yuan(217_430), yuan(230_570))


REFUSED = {
    ("王秀英", "old_age_allowance"): ("100.00 ≥ 30.00", "100.00 ≥ 30.00"),
    ("王秀英", "longevity_allowance"): ("age 85 < 100", "年龄 85 < 100"),
    ("王秀英", "extremely_poor_support"): ("extremely poor: no", "特困人员:否"),
    ("张老太", "old_age_allowance"): ("age 103 > 99", "年龄 103 > 99"),
    ("张老太", "dibao_old_age_allowance"): ("receives dibao: no", "低保对象:否"),
    ("张老太", "medical_assistance"): ("receives dibao: no and extremely poor: no", "低保对象:否 且 特困人员:否"),
    ("张国强", "care_subsidy"): ("assessed as unable to care for oneself: no", "经评估失能:否"),
    ("person 4", "old_age_allowance"): ("age 7 < 80", "年龄 7 < 80"),
    ("person 4", "medical_assistance"): ("receives dibao: no and extremely poor: no", "低保对象:否 且 特困人员:否"),
}


@pytest.mark.parametrize(("who", "name"), REFUSED)
def test_what_is_refused_names_the_condition_that_fails(who: str, name: str) -> None:
    reason = next(one for one in STATEMENT.refused if (one.who, one.name) == (who, name))
    english, chinese = REFUSED[who, name]
    assert english in reason.reason.en
    assert chinese in reason.reason.zh
    assert reason.provisions
    assert all(one.startswith(DOCUMENT) for one in reason.provisions)


def test_a_payment_that_comes_to_nothing_is_no_line() -> None:
    found = {(one.who, one.name) for one in STATEMENT.refused}
    assert ("张老太", "basic_insurance") in found  # no bills: an empty list says so
    assert ("person 4", "critical_illness") in found  # 4,500 under the deductible
    assert ("王秀英", "commercial_insurance") in found


def test_what_is_undecided_names_the_missing_fact() -> None:
    found = {(one.who, one.name): one.reason for one in STATEMENT.undecided if one.name in SPINE}
    medical = ("basic_insurance", "critical_illness", "commercial_insurance", "medical_assistance")
    assert set(found) == {("张老太", "care_subsidy"), *(("张国强", name) for name in medical)}
    assert "unable_to_care" in found["张老太", "care_subsidy"].en
    assert "经评估失能" in found["张老太", "care_subsidy"].zh
    assert all("treatments" in found["张国强", name].en for name in medical)


def test_every_entitlement_of_everyone_is_owed_refused_or_undecided_once() -> None:
    said = [(one.who, one.name) for one in (*STATEMENT.lines, *STATEMENT.refused, *STATEMENT.undecided)]
    personal = {name for name in ZZ.entitlements if ZZ.plan.quantities[name].entity == "Person"}
    assert personal > SPINE - {"dibao_due"}
    # of houses, plots and deaths nobody said anything: what they could give is asked of the household
    everyone = {(who, name) for who in ("王秀英", "张老太", "张国强", "person 4") for name in personal}
    assert sorted(said) == sorted(everyone | {("张家", name) for name in set(ZZ.entitlements) - personal})
    assert {one.name for one in STATEMENT.absent} == {"housing_subsidy"}  # chapter 5 speaks from 2018


def test_a_list_that_nobody_told_is_asked_for() -> None:
    found = {one.name: one for one in STATEMENT.undecided if one.who == "张家"}
    assert found["afforestation_subsidy"].missing == ("plots",)
    assert found["funeral_grant"].missing == ("deaths",)
    told = ZZ.assess(evolve(FOUR, plots=(), deaths=()))
    assert not {one.name for one in told.undecided} & {"afforestation_subsidy", "funeral_grant"}


def test_readings_on_the_way_are_listed_with_what_was_chosen() -> None:
    chosen = {
        "medical.preference": "contained",
        "medical.assistance_scope": "named_only",
        "medical.payer_order": "assistance_last",
        "elderly.old_age_stacking": "replaces",
        "elderly.care_condition": "every_assessed",
        "dibao.household_rounding": "household",
        "income.local_items": "counted",
        "age.counting": "birthday",
        "rounding.mode": "half_up",
    }
    assert STATEMENT.readings.items() >= chosen.items()
    assert "medical.others_ceiling" not in STATEMENT.readings  # nobody here is of the others
    assert "income.line_edge" not in STATEMENT.readings
    stacked = ZZ.reading("elderly.old_age_stacking", "adds").assess(FOUR)
    assert stacked.readings["elderly.old_age_stacking"] == "adds"
    assert stacked.totals["month"].figure == yuan("823.33") + yuan(30)


def test_a_reading_that_decides_a_refusal_is_listed_too() -> None:
    # registered poor, neither on dibao nor extremely poor: refused because the sentence is read as naming two groups only
    one = Household(
        registered_poor=True,
        persons=(Person(receives_dibao=False, extremely_poor=False, treatments=(bill(100_000, 3),)),),
    )
    statement = ZZ.assess(one)
    assert "medical_assistance" in {reason.name for reason in statement.refused}
    assert statement.readings["medical.assistance_scope"] == "named_only"


def test_what_was_assumed_is_listed() -> None:
    assumed = {one.en for one in STATEMENT.assumptions}
    assert assumed == {
        "basic insurance is taken to have no deductible",
        "owed by commercial insurance in the year: not told, counted as nothing",
    }
    assert any("无起付线" in one.zh for one in STATEMENT.assumptions)


def test_an_unprinted_ceiling_of_others_is_listed_as_an_assumption() -> None:
    other = Household(registered_poor=False, persons=(Person(treatments=(bill(200_000, 3),)),))
    assert any("no ceiling" in one.en for one in ZZ.assess(other).assumptions)
    shared = ZZ.reading("medical.others_ceiling", "shared").assess(other)
    assert not any("no ceiling" in one.en for one in shared.assumptions)


def test_what_commercial_insurance_owes_is_no_assumption_once_told() -> None:
    one = Household(
        registered_poor=True,
        persons=(Person(receives_dibao=True, commercial_owed=yuan(0), treatments=(bill(200_000, 3),)),),
    )
    assert not any("commercial" in assumed.en for assumed in ZZ.assess(one).assumptions)


def test_figures_that_nobody_states_stay_undecided() -> None:
    one = Household(persons=(Person(name="百岁", born="1916-01-01", receives_dibao=True, unable_to_care=False),))  # type: ignore[arg-type]
    statement = ZZ.assess(one)
    reason = next(r for r in statement.undecided if r.name == "dibao_old_age_allowance")
    assert reason.status == "unstated"
    assert "99" in reason.reason.en
    assert [line.name for line in statement.lines] == ["longevity_allowance", "basic_pension"]


# ---- dates ---------------------------------------------------------------------------------------------------------


def test_past_the_last_date_every_section_on_the_way_is_noted() -> None:
    assert STATEMENT.notes == ()
    notes = pr.policy("zaozhuang-hitech", on="2018-01-01").assess(FOUR).notes
    assert all("2017-12-31" in note.en and "2017-12-31" in note.zh for note in notes)
    noted = {note.en.split(":")[0] for note in notes}
    assert noted == {
        "dibao.standard",
        "dibao.support",
        "elderly.care",
        "elderly.dibao_old_age",
        "elderly.longevity",
        "elderly.old_age",
        "medical.basic",
        "medical.critical_illness",
        "pension.basic",
    }
    assert pr.policy("zaozhuang-hitech", on="2018-01-01", past="extend").assess(FOUR).notes == ()


def test_a_refusal_past_the_last_date_is_noted_too() -> None:
    young = Household(persons=(Person(born="1990-01-01", unable_to_care=False),))  # type: ignore[arg-type]
    statement = pr.policy("zaozhuang-hitech", on="2018-01-01").assess(young)
    assert "old_age_allowance" in {one.name for one in statement.refused}
    assert any("elderly.old_age" in note.en for note in statement.notes)


def test_before_the_sections_begin_they_are_listed_as_not_in_force() -> None:
    statement = pr.policy("zaozhuang-hitech", on="2016-12-31").assess(
        Household(persons=(Person(born="1932-05-01", receives_dibao=False),))  # type: ignore[arg-type]
    )
    absent = {one.name: one for one in statement.absent}
    assert {"old_age_allowance", "basic_insurance", "dibao_due"} <= set(absent)
    assert all("2017-01-01" in one.reason.en for one in absent.values() if one.name != "housing_subsidy")
    assert statement.lines == ()
    assert statement.totals == {}


def test_a_household_of_another_day_has_the_ages_of_that_day() -> None:
    one = Household(on="2017-05-01", persons=(Person(name="八十", born="1937-05-01", receives_dibao=False),))  # type: ignore[arg-type]
    assert [line.name for line in ZZ.assess(one).lines] == ["old_age_allowance", "basic_pension"]
    before = Household(on="2017-04-30", persons=one.persons)  # type: ignore[arg-type]
    assert [line.name for line in ZZ.assess(before).lines] == ["basic_pension"]
    assert ZZ.assess(before).record.on == "2017-04-30"


def test_a_year_of_income_is_twelve_months() -> None:
    with pytest.raises(pr.DateError, match="income_to"):
        ZZ.assess(Household(income_from="2016-07-01", income_to="2017-05-31"))  # type: ignore[arg-type]
    with pytest.raises(pr.DateError, match="income_to"):
        ZZ.assess(Household(income_from="2016-07-01"))  # type: ignore[arg-type]


def test_nobody_is_born_after_the_day_of_the_statement() -> None:
    with pytest.raises(pr.DateError, match=r"persons\[0\]\.born"):
        ZZ.assess(Household(persons=(Person(born=datetime.date(2017, 7, 1)),)))


# ---- who is there --------------------------------------------------------------------------------------------------


def test_no_list_of_persons_is_unknown_and_an_empty_one_is_refused() -> None:
    unknown = ZZ.assess(Household(incomes=()))
    assert "persons" in next(one for one in unknown.undecided if one.name == "dibao_due").reason.en
    assert unknown.lines == ()
    with pytest.raises(pr.RangeError, match="at least 1"):
        Household(incomes=(), persons=())


def test_no_list_of_bills_is_unknown_and_an_empty_one_is_none() -> None:
    persons = (Person(name="不详"), Person(name="没有", treatments=()))
    statement = ZZ.assess(Household(registered_poor=True, persons=persons))
    assert ("不详", "basic_insurance") in {(one.who, one.name) for one in statement.undecided}
    assert ("没有", "basic_insurance") in {(one.who, one.name) for one in statement.refused}


def test_no_ledger_is_unknown_and_an_empty_one_is_no_income() -> None:
    one = (Person(name="独"),)
    assert "incomes" in next(r for r in ZZ.assess(Household(persons=one)).undecided if r.name == "dibao_due").reason.en
    lines = ZZ.assess(Household(persons=one, incomes=())).lines
    assert [(line.name, line.amount and line.amount.figure) for line in lines] == [("dibao_due", yuan(325))]  # 3,900 / 12


def test_untold_statuses_are_taken_as_no_only_when_asked_and_then_listed() -> None:
    one = Household(persons=(Person(name="甲", born="1950-01-01", treatments=(bill(100_000, 3),)),))  # type: ignore[arg-type]
    assert {r.name for r in ZZ.assess(one).undecided} >= {"care_subsidy", "critical_illness", "medical_assistance"}
    absent = ZZ.assess(one, untold="absent")
    # a list, an amount and a date are no statuses: they stay unknown
    asked = {fact for r in absent.undecided for fact in r.missing}
    assert asked == {"incomes", "plots", "deaths", "dibao_before", "months_over_line", "pension_contribution", "exited_on"}
    assert {r.name for r in absent.undecided} & SPINE == {"dibao_due"}
    assumed = " ".join(assumed.en for assumed in absent.assumptions)
    for label in ("registered poor", "receives dibao", "extremely poor", "assessed as unable to care"):
        assert f"{label}" in assumed
    # basic 55,000; not poor: 50 % of what lies above 12,000 of 45,000
    figures = {line.name: line.amount.figure for line in absent.lines if line.amount}
    assert figures == {"basic_insurance": yuan(55_000), "critical_illness": yuan(16_500), "basic_pension": yuan(100)}
    with pytest.raises(pr.UnknownName, match="absent"):
        ZZ.assess(one, untold="absnt")


def test_what_was_told_is_not_listed_as_assumed() -> None:
    one = Household(registered_poor=True, persons=(Person(receives_dibao=True),))
    assumed = {a.en.split(":")[0] for a in ZZ.assess(one, untold="absent").assumptions}
    assert "registered poor" not in assumed
    assert "receives dibao" not in assumed


# ---- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_explanation_holds_numbers_provisions_and_readings(lang: str) -> None:
    text = STATEMENT.explain(lang)
    numbers = ["55 % × 200,000.00", "110,000.00", "90,000.00", "46,200.00", "43,800.00", "30,660.00", "70 %", "33.33"]
    numbers += ["3,900.00 × 4 − 15,200.00", "400.00 ÷ 12", "400.00 + 10.00 × (103 − 100)", "25,500.00", "5,070.00"]
    places = ["专栏7 第11条", "专栏7 第12条", "第九章第一节 三", "专栏7 第2条", "专栏7 第3条", "专栏7 第4条", "专栏7 第6条"]
    for part in (*numbers, *places, "medical.preference = contained"):
        assert part in text, part
    assert "True" not in text
    assert "None" not in text


def test_a_share_of_a_difference_is_written_so_that_it_comes_out() -> None:
    assert "55 % × (90,000.00 − 6,000.00)\n" in STATEMENT.explain("en")  # 46,200.00, and not a hundredth of it


def test_chinese_text_holds_no_english_words() -> None:
    chinese = STATEMENT.text("zh") + ZZ.assess(Household()).text("zh")
    chinese = "\n".join(row for row in chinese.splitlines() if not row.startswith("采用的读法"))  # ids, to switch them by
    for word in ("entitled", "undecided", "person 4", "household", "source", "yuan"):
        assert word not in chinese, word


def test_why_not_in_both_languages() -> None:
    english, chinese = (STATEMENT.why_not("longevity_allowance", lang) for lang in ("en", "zh"))
    assert [line.split(":")[0] for line in english] == ["王秀英", "张国强", "person 4"]
    assert "age 85 < 100" in english[0]
    assert "年龄 47 < 100" in chinese[1]
    assert STATEMENT.why_not("extremely_poor_support")[-1].startswith("person 4")


def test_the_text_shows_who_what_how_much_and_where() -> None:
    row = next(row for row in STATEMENT.text("en").splitlines() if "longevity" in row)
    assert "张老太" in row
    assert "at least 430.00 yuan a month" in row
    assert f"{DOCUMENT} 专栏7 第2条" in row


def test_citations_are_those_of_the_lines_each_once() -> None:
    cited = STATEMENT.citations()
    assert len(cited) == len(set(cited))
    assert set(cited) == {one for line in STATEMENT.lines for one in line.provisions}
    by_line = {(line.who, line.name): line.provisions for line in STATEMENT.lines}
    assert by_line["张老太", "longevity_allowance"] == (f"{DOCUMENT} 专栏7 第2条",)
    assert by_line["张国强", "extremely_poor_support"] == (f"{DOCUMENT} 专栏7 第6条",)
    assert f"{DOCUMENT} 第九章第一节 三" in by_line["王秀英", "medical_assistance"]
    assert not any("国务院令第649号" in one for one in by_line["王秀英", "basic_insurance"])


# ---- JSON and HTML -------------------------------------------------------------------------------------------------


def test_a_statement_survives_json() -> None:
    data = STATEMENT.to_dict()
    again = Statement.from_dict(json.loads(json.dumps(data, ensure_ascii=False)))
    assert again == STATEMENT
    assert again.to_dict() == data
    assert again.lines == STATEMENT.lines
    assert again.totals == STATEMENT.totals
    assert (again.text("zh"), again.explain("zh")) == (STATEMENT.text("zh"), STATEMENT.explain("zh"))
    assert json.loads(STATEMENT.to_json()) == data


def test_money_in_json_is_a_string_of_yuan_and_the_day_is_written_as_people_do() -> None:
    data = STATEMENT.to_dict()
    assert data["on"] == "2017-06-30"
    assert data["policy"] == "zaozhuang-hitech"
    line = next(one for one in data["lines"] if one["name"] == "medical_assistance")
    assert line["amount"] == {"figure": "30660.00", "low": "30660.00", "high": "43800.00", "quality": "stated", "per": "year"}
    assert next(one for one in data["lines"] if one["name"] == "longevity_allowance")["amount"]["high"] is None


def test_statements_of_other_figures_are_not_equal() -> None:
    assert ZZ.reform({"elderly.care.amount": "61"}).assess(FOUR) != STATEMENT
    assert ZZ.assess(FOUR) == STATEMENT


@pytest.mark.parametrize("version", [None, 0, 1, 3, "2"])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(pr.InputError, match="version"):
        Statement.from_dict({**STATEMENT.to_dict(), "version": version})


def test_data_that_lacks_a_part_is_refused_by_its_name() -> None:
    data = STATEMENT.to_dict()
    del data["lines"]
    with pytest.raises(pr.InputError, match="lines"):
        Statement.from_dict(data)


class Balance(HTMLParser):
    """Every tag that opens is closed, in order; remembers the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("name", ["张家", "<b>张</b>", "A & B", "</table>", "<script>alert(1)</script>", "\"'"])
def test_html_is_well_formed_and_escapes_names(name: str) -> None:
    person = Person(name=name, born="1932-05-01", receives_dibao=True, treatments=(bill(200_000, 3),))  # type: ignore[arg-type]
    page = ZZ.assess(Household(name=name, registered_poor=True, persons=(person,)))._repr_html_()
    parser = Balance()
    parser.feed(page)
    parser.close()
    assert parser.open == parser.wrong == []
    assert set(parser.seen) <= {"table", "caption", "tr", "td", "th", "br", "small", "details", "summary", "ul", "li", "div"}
    assert html.escape(name) in page


def test_html_shows_what_the_text_shows() -> None:
    page = STATEMENT._repr_html_()
    for part in ("张老太", "at least 430.00 yuan a month", "217,430.00 to 230,570.00 yuan a year", "专栏7 第2条"):
        assert part in page


def test_identity_numbers_are_nowhere() -> None:
    number = "370403193205014321"
    one = Household(persons=(Person(name="甲", id_number=number, born="1932-05-01", receives_dibao=False),))  # type: ignore[arg-type]
    statement = ZZ.assess(one)
    for shown in (statement.text(), statement.explain(), statement.to_json(), statement._repr_html_(), repr(one)):
        assert number not in shown
