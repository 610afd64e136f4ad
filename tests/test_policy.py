"""Policies: what one value changes, dates, choices, packs of one's own, pickling, threads."""

import datetime
import functools
import pickle
import random
import threading
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import povertyrules as pr
from povertyrules import Household, Income, Person, Statement, Treatment, yuan

DAY = "2017-06-30"
ZZ = pr.policy("zaozhuang-hitech", on=DAY)


def bill(cost: object, grade: int) -> Treatment:
    return Treatment(in_scope=yuan(cost), hospital_grade=grade)  # type: ignore[arg-type]


def person(name: str, **facts: object) -> Person:
    told: dict[str, object] = {"receives_dibao": False, "extremely_poor": False, "unable_to_care": False, "treatments": ()}
    return Person(name=name, **{**told, **facts})  # type: ignore[arg-type]


def everybody(*, poor: bool) -> Household:
    """Persons of whom each rests on other values of the packs."""
    return Household(
        name="home",
        registered_poor=poor,
        incomes=(
            Income(kind="wage", amount=yuan(1_000)),  # type: ignore[arg-type]
            Income(kind="old_age_allowance", amount=yuan(360)),  # type: ignore[arg-type]
        ),
        persons=(
            person("85", born="1932-01-01"),
            person("95", born="1922-01-01"),
            person("103", born="1914-01-01"),
            person("85 on dibao", born="1932-01-01", receives_dibao=True),
            person("95 on dibao", born="1922-01-01", receives_dibao=True),
            person("needs care", born="1950-01-01", unable_to_care=True),
            person("in a home", extremely_poor=True, support_mode="centralised"),
            person("at home", extremely_poor=True, support_mode="dispersed"),
            person("first", receives_dibao=True, treatments=(bill(30_000, 1),)),  # basic 25,500; 4,500 left
            person("second", treatments=(bill(200_000, 2),)),  # basic 140,000; 60,000 left: the first bracket
            person("third", treatments=(bill(800_000, 3),)),  # basic at its limit; 650,000 left: all three brackets
            person("huge", treatments=(bill(3_000_000, 3),)),  # both at their limits, if poor
        ),
    )


HOMES = {poor: everybody(poor=poor) for poor in (True, False)}
Key = tuple[str, str]
HOME, BASIC, SERIOUS, HELP = "home", "basic_insurance", "critical_illness", "medical_assistance"
DIBAO = {("home", "dibao_due")}
OLD, OLD_ON_DIBAO = "old_age_allowance", "dibao_old_age_allowance"
SICK = {("second", SERIOUS), ("third", SERIOUS)}
# By value: what to make of it, the lines whose amount then changes, and the lines that only rest on it. In the first home
# everyone is registered poor, in the second nobody is. Written from the box, by hand. The values of the other areas have
# homes and a table of their own (test_lines_of_values).
Lines = set[Key]
CHANGES: list[tuple[str, object, bool, Lines, Lines]] = [
    ("elderly.old_age.bands[80]", "31", True, {("85", OLD)}, {("85 on dibao", OLD_ON_DIBAO)}),
    ("elderly.old_age.bands[90]", "61", True, {("95", OLD)}, {("95 on dibao", OLD_ON_DIBAO)}),
    ("elderly.dibao_old_age.bands[80]", "101", True, {("85 on dibao", OLD_ON_DIBAO)}, set()),
    ("elderly.dibao_old_age.bands[90]", "201", True, {("95 on dibao", OLD_ON_DIBAO)}, set()),
    ("elderly.longevity.first_age", 101, True, {("103", "longevity_allowance")}, set()),
    ("elderly.longevity.amount", "401", True, {("103", "longevity_allowance")}, set()),
    ("elderly.longevity.step", "11", True, {("103", "longevity_allowance")}, set()),
    ("elderly.care.first_age", 61, True, set(), {("needs care", "care_subsidy")}),
    ("elderly.care.amount", "61", True, {("needs care", "care_subsidy")}, set()),
    ("dibao.standard.standard", "3901", True, DIBAO, set()),
    ("dibao.support.centralised", "5071", True, {("in a home", "extremely_poor_support")}, set()),
    ("dibao.support.dispersed", "5071", True, {("at home", "extremely_poor_support")}, set()),
    ("income.countable.kinds", ["property"], True, DIBAO, set()),
    ("income.countable.local_kinds", ["disability_subsidy"], True, DIBAO, set()),
    ("medical.basic.rates[1]", "84 %", True, {("first", BASIC), ("first", HELP)}, set()),
    ("medical.basic.rates[2]", "69 %", True, {("second", BASIC), ("second", SERIOUS)}, set()),
    ("medical.basic.rates[3]", "54 %", True, set(), set()),  # both bills at the third grade are at the limit
    (
        "medical.basic.ceiling",
        "149000",
        True,
        {("third", BASIC), ("third", SERIOUS), ("huge", BASIC)},
        set(),  # the huge bill's critical illness is at its own limit
    ),
    ("medical.critical_illness.deductible", "6001", True, SICK, set()),
    ("medical.critical_illness.deductible", "6001", False, {*SICK, ("huge", SERIOUS)}, set()),
    ("medical.critical_illness.brackets[0]", "56 %", True, SICK, set()),
    ("medical.critical_illness.brackets[100000]", "66 %", True, {("third", SERIOUS)}, set()),
    ("medical.critical_illness.brackets[200000]", "71 %", True, {("third", SERIOUS)}, set()),
    ("medical.critical_illness.ceiling", "500001", True, {("huge", SERIOUS)}, set()),
    ("medical.critical_illness.ceiling", "500001", False, set(), set()),
    ("medical.critical_illness.deductible_share", "49 %", True, set(), set()),
    ("medical.critical_illness.deductible_share", "40 %", False, {*SICK, ("huge", SERIOUS)}, set()),
    ("medical.critical_illness.rate_points", "6 %", True, set(), set()),
    ("medical.critical_illness.rate_points", "6 %", False, {*SICK, ("huge", SERIOUS)}, set()),
    ("medical.assistance.rate", "71 %", True, {("first", HELP)}, set()),
    ("medical.basic.deductible", "1000", True, set(), set()),  # the default reading takes none
    ("income.national.lines[2015]", "2856", True, set(), set()),
    ("income.provincial.lines[2017]", "3510", True, set(), set()),
    ("income.national_as_printed.lines[2015]", "2801", True, set(), set()),
    ("income.rural_cpi.indices[2015]", "101.4 %", True, set(), set()),
    ("income.register_net_income.kinds", ["wage"], True, set(), set()),
    ("income.disposable.kinds", ["wage"], True, set(), set()),
    ("income.before_transfers.kinds", ["wage"], True, set(), set()),
]


def by_key(statement: Statement) -> dict[Key, pr.statement.Line]:
    return {(line.who, line.name): line for line in statement.lines}


def figure(line: pr.statement.Line) -> int | None:
    """The figure of a line; a service has none."""
    return None if line.amount is None else int(line.amount.figure)


@functools.cache
def unchanged(poor: bool) -> dict[Key, pr.statement.Line]:
    return by_key(ZZ.assess(HOMES[poor]))


@pytest.mark.parametrize("poor", [True, False])
def test_the_homes_hold_the_lines_that_the_table_speaks_of(poor: bool) -> None:
    found = {key: figure(line) for key, line in unchanged(poor).items()}
    tariff = (55_00, 65_00, 70_00) if poor else (50_00, 60_00, 65_00)  # in hundredths of a fen a yuan
    deductible = 6_000 if poor else 12_000
    second = (60_000 - deductible) * tariff[0] // 100
    first_two = (100_000 - deductible) * tariff[0] // 100 + 100_000 * tariff[1] // 100
    huge = first_two + 2_650_000 * tariff[2] // 100
    assert found["second", SERIOUS] == second
    assert found["third", SERIOUS] == first_two + 450_000 * tariff[2] // 100
    assert found["huge", SERIOUS] == (min(yuan(500_000), huge) if poor else huge)
    assert (found["first", BASIC], found["second", BASIC], found["third", BASIC]) == (
        yuan(25_500),
        yuan(140_000),
        yuan(150_000),
    )
    assert found["first", HELP] == yuan(3_150)
    assert ("first", SERIOUS) not in found


@pytest.mark.parametrize("poor", [True, False])
def test_the_homes_hold_no_other_lines(poor: bool) -> None:
    # box 7: the pension from 60 on (item 9), the allowances of the old (items 1 to 4), support (item 6), insurance (items
    # 11, 12); chapter 9: assistance for dibao recipients; chapter 7: the registered poor are treated before they pay;
    # chapter 11: they are spared the charges of water and farm services
    old = ("85", "95", "103", "85 on dibao", "95 on dibao", "needs care")
    due = DIBAO | {(who, "basic_pension") for who in old}
    due |= {("85", OLD), ("95", OLD), ("85 on dibao", OLD_ON_DIBAO), ("95 on dibao", OLD_ON_DIBAO)}
    due |= {("103", "longevity_allowance"), ("needs care", "care_subsidy")}
    due |= {("in a home", "extremely_poor_support"), ("at home", "extremely_poor_support")}
    due |= {(who, BASIC) for who in ("first", "second", "third", "huge")} | {*SICK, ("huge", SERIOUS), ("first", HELP)}
    if poor:
        due |= {(str(one.name), "treated_first") for one in HOMES[poor].persons or ()}
        due |= {("home", "water_connection_free"), ("home", "farm_service_discount")}
    assert set(unchanged(poor)) == due
    assert {figure(line) for (_, name), line in unchanged(poor).items() if name == "basic_pension"} == {yuan(100)}
    services = {"treated_first", "water_connection_free", "farm_service_discount"}
    assert {name for (_, name), line in unchanged(poor).items() if line.amount is None} == (services if poor else set())


@pytest.mark.parametrize("poor", [True, False])
def test_values_on_which_no_line_rests_change_nothing_all_together(poor: bool) -> None:
    silent = {path: value for path, value, of_poor, changed, rest in CHANGES if of_poor == poor and not changed | rest}
    assert silent
    assert by_key(ZZ.reform(silent).assess(HOMES[poor])) == unchanged(poor)


WITH_LINES = [one for one in CHANGES if one[3] | one[4]]


@pytest.mark.parametrize(("path", "value", "poor", "changed", "rest"), WITH_LINES, ids=lambda v: v if isinstance(v, str) else "")
def test_one_value_changes_exactly_the_lines_that_rest_on_it(
    path: str, value: object, poor: bool, changed: Lines, rest: Lines
) -> None:
    before = unchanged(poor)
    after = by_key(ZZ.reform({path: value}, source="a trial").assess(HOMES[poor]))
    assert after.keys() == before.keys()
    assert {key for key in before if figure(before[key]) != figure(after[key])} == changed
    cited = {key for key, line in after.items() if "hypothetical: a trial" in line.provisions}
    assert cited == changed | rest
    assert {key for key, line in after.items() if line.amount and line.amount.quality == "hypothetical"} == changed | rest
    for key in before.keys() - cited:
        assert after[key] == before[key], key


def test_the_table_speaks_of_every_value_of_its_sections() -> None:
    spoken = {path.split("[")[0] for path, *_ in CHANGES}
    sections = {path.rpartition(".")[0] for path in spoken}
    assert spoken == {path for path in ZZ.paths() if path.rpartition(".")[0] in sections}


# ---- reform, local, reading ----------------------------------------------------------------------------------------


# those on whom the changes and readings below bear are enough to tell two policies apart
FEW = {"85", "85 on dibao", "first", "third"}
SOME = {
    poor: attrs.evolve(home, persons=tuple(one for one in home.persons or () if one.name in FEW)) for poor, home in HOMES.items()
}


def snapshot(policy: pr.Policy) -> tuple[object, ...]:
    changes = tuple((one.path, one.value, one.source, one.kind) for one in policy.changes)
    return policy.choices, changes, policy.assess(SOME[True]).to_dict(), policy.paths(), policy.past


def test_a_policy_is_never_changed_by_making_others_of_it() -> None:
    policy = pr.policy("zaozhuang-hitech", on=DAY)
    before = snapshot(policy)
    for other in (
        policy.reading("medical.preference", "on_top"),
        policy.reform({"elderly.old_age.bands[80]": yuan(50), "dibao.standard.standard": "5000"}),
        policy.local({"medical.basic.deductible": "1000"}, source="notice"),
        policy.reading("medical.basic_deductible", "from_caller").local({"medical.basic.deductible": "1"}, source="x"),
    ):
        assert other is not policy
        other.assess(SOME[True]).to_dict()
    assert snapshot(policy) == before
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        policy.past = "extend"  # type: ignore[misc]


def test_the_last_change_of_a_value_stands() -> None:
    twice = ZZ.reform({"elderly.care.amount": "70"}).reform({"elderly.care.amount": "80"})
    assert twice.elderly.allowances(age=70, unable_to_care=True).care.figure == yuan(80)


def test_a_reform_takes_fen_and_strings_of_yuan_alike() -> None:
    for value in (yuan("50.50"), "50.50"):
        under = ZZ.reform({"elderly.old_age.bands[80]": value})
        assert under.elderly.allowances(age=85, receives_dibao=False).old_age.figure == 5050


def test_an_age_can_be_reformed() -> None:
    under = ZZ.reform({"elderly.longevity.first_age": 90})
    assert under.elderly.allowances(age=95).longevity.figure == yuan(400 + 50)
    assert (
        ZZ.reform({"elderly.care.first_age": 71}).elderly.allowances(age=70, unable_to_care=True).status("care") == "not eligible"
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("elderly.old_age.bands[80]", 50.5),
        ("elderly.care.amount", 50.5),
        ("elderly.care.amount", True),
        ("medical.basic.rates[3]", 0.55),
        ("medical.basic.rates[3]", "55"),
        ("elderly.care.first_age", "60"),
        ("elderly.care.first_age", 60.0),
        ("income.provincial.lines[abc]", "3000"),
        ("elderly.old_age.bands[85]", "50"),
        ("elderly.old_age.band[80]", "50"),
        ("elderly.old_ages", "50"),
        ("medical.critical_illness.brackets[5]", "55 %"),
    ],
)
def test_a_reform_of_the_wrong_sort_or_place_is_refused(path: str, value: object) -> None:
    with pytest.raises(pr.InputError):
        ZZ.reform({path: value})


@pytest.mark.parametrize("value", [pr.Fen(-50), "-0.50"])
@pytest.mark.parametrize("path", ["elderly.old_age.bands[80]", "elderly.care.amount", "dibao.standard.standard"])
def test_no_allowance_is_made_negative(path: str, value: object) -> None:
    with pytest.raises(pr.InputError):
        ZZ.reform({path: value})


def test_a_misspelt_reading_or_choice_is_refused_with_the_near_one() -> None:
    with pytest.raises(pr.UnknownName, match=r"did you mean medical\.preference"):
        ZZ.reading("medical.preferenc", "on_top")
    with pytest.raises(pr.UnknownName, match="did you mean on_top"):
        ZZ.reading("medical.preference", "ontop")
    with pytest.raises(pr.UnknownName, match=r"medical\.brackets"):
        ZZ.choice("medical.bracket")


def test_every_reading_has_a_question_choices_a_default_and_a_reason_in_both_languages() -> None:
    assert ZZ.interpretations
    for name, register in ZZ.interpretations.items():
        assert ZZ.choice(name) == register.default
        assert register.default in register.choices
        assert len(register.choices) > 1
        for text in (register.question, register.why, *register.choices.values()):
            assert text.zh
            assert text.en


def test_the_readings_that_the_rules_here_turn_on() -> None:
    # the register's entries of the areas held here
    names = {"rounding.mode", "rounding.stage", "age.counting", "wording.shared_boundary", "income.local_items"}
    names |= {"income.line_edge", "income.line_rounding", "dibao.two_lines", "dibao.monthly_rounding"}
    names |= {"dibao.household_rounding", "elderly.old_age_stacking", "elderly.care_condition"}
    names |= {"medical.preference", "medical.five_percent", "medical.brackets", "medical.deductible_period"}
    names |= {"medical.basic_ceiling", "medical.basic_deductible", "medical.payer_order", "medical.assistance_scope"}
    names |= {"medical.others_ceiling"}
    names |= {f"education.{one}" for one in ("average_amount", "grant_with_scholarship", "yulu_stage", "yulu_with_grant")}
    names |= {"education.disabled_aid_with_grants", "education.one_off", "education.disabled_family"}
    names |= {"education.vocational_tuition", "period.undated_box", "wording.inclusive", "wording.open_list"}
    names |= {"children.orphan_stacking", "children.difficult_kinds", "relief.time_unit", "elderly.filial_amount"}
    names |= {"pension.floor_sign", "pension.tier_gap", "pension.funeral_for"}
    names |= {"disability.both_subsidies", "disability.extremely_poor", "disability.family_limit", "disability.premium"}
    names |= {"wording.best_effort", "medical.free_services", "medical.deposit"}
    names |= {"forestry.minimum_area", "forestry.rate_period"}
    names |= {f"exit.{one}" for one in ("income_concept", "end_date", "village_edge", "village_population", "support_until")}
    names |= {"exit.order", "village.income_ratio", "village.incidence_double", "village.poor_village"}
    # on which rows of data turn
    names |= {"wording.may", "wording.joined", "period.undated_target", "period.before_year"}
    names |= {"exit.notice_days", "obligations.baseline_date", "funds.land_gain"}
    assert set(ZZ.interpretations) == names
    # chapter 5 speaks from 2018 on, and brings its own
    houses = {"three_persons", "small_ceiling", "grade_d_method", "grade_d_rebuilt", "floor_or_cost"}
    names |= {f"housing.{one}" for one in {*houses, "average_test", "cost_scope"}} | {"wording.basically"}
    assert set(pr.policy("zaozhuang-hitech", on="2018-06-30").interpretations) == names


# ---- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "status"),
    [("2016-12-31", "not in force"), ("2017-01-01", "amount"), ("2017-12-31", "amount"), ("2018-01-01", "amount")],
)
def test_a_section_speaks_from_its_first_day(day: str, status: str) -> None:
    policy = pr.policy("zaozhuang-hitech", on=day)
    assert policy.elderly.allowances(age=85, receives_dibao=False).status("old_age") == status
    assert policy.is_past("elderly.old_age") == (day > "2017-12-31")
    assert not policy.is_past("medical.assistance")  # the plan's own chapters speak until the end of 2020


@pytest.mark.parametrize(
    ("past", "day", "status", "noted"),
    [
        ("warn", "2017-12-31", "amount", False),
        ("warn", "2018-01-01", "amount", True),
        ("refuse", "2017-12-31", "amount", False),
        ("refuse", "2018-01-01", "past its last date", False),
        ("extend", "2018-01-01", "amount", False),
    ],
)
def test_what_happens_past_the_last_date(past: str, day: str, status: str, noted: bool) -> None:
    policy = pr.policy("zaozhuang-hitech", on=day, past=past)
    assert policy.elderly.allowances(age=85, receives_dibao=False).status("old_age") == status
    statement = policy.assess(HOMES[True])
    assert any("elderly.old_age" in note.en for note in statement.notes) == noted
    absent = {one.name: one for one in statement.absent}
    assert (OLD in absent) == (status == "past its last date")
    if status == "past its last date":
        assert absent[OLD].status == "past its last date"
        assert "2017-12-31" in absent[OLD].reason.en


def test_a_day_may_be_a_date_or_a_string_and_nothing_else() -> None:
    assert pr.policy("cn", on=datetime.date(2017, 6, 30)).on == pr.policy("cn", on=DAY).on
    for day in ("2017-02-30", "30.6.2017", 20170630, datetime.datetime(2017, 6, 30, 12), None, "1850-01-01"):
        with pytest.raises(pr.InputError):
            pr.policy("cn", on=day)  # type: ignore[arg-type]


def test_a_policy_is_found_by_path_or_alias() -> None:
    for name in ("cn/shandong/zaozhuang/hitech", "zaozhuang-hitech"):
        assert repr(pr.policy(name, on=DAY)) == "<Policy zaozhuang-hitech on 2017-06-30>"
    with pytest.raises(pr.UnknownName, match="did you mean zaozhuang-hitech"):
        pr.policy("zaozhuang-hitec", on=DAY)
    with pytest.raises(pr.UnknownName, match="refuse"):
        pr.policy("cn", on=DAY, past="refus")


# ---- packs of one's own --------------------------------------------------------------------------------------------

OWN = """
[jurisdiction]
path = "cn/shandong/zaozhuang/hitech/east"
zh = "东街道"
en = "East street"
within = "zaozhuang-hitech"

[documents.east-2017]
title = "东街道通知"
number = "东[2017]1号"

[rules."east-2017/care"]
kind = "flat-amount"
zh = "失能护理补贴"
en = "care subsidy"
document = "east-2017"
locator = "第一条"

[[elderly.care]]
model = "care"
rule = "east-2017/care"
from = 2017-03-01
until = 2017-09-30
unit = "yuan/month"
first_age = { value = 65, unit = "years" }
amount = "90"
"""


def test_the_nearest_jurisdiction_wins_a_section_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "east.toml"
    file.write_text(OWN, encoding="utf-8")
    near, far = pr.policy(path=file, on=DAY), ZZ
    assert near.elderly.allowances(age=70, unable_to_care=True).care.figure == yuan(90)
    assert near.elderly.allowances(age=64, unable_to_care=True).status("care") == "not eligible"
    assert far.elderly.allowances(age=64, unable_to_care=True).care.figure == yuan(60)
    assert "东街道通知 (东[2017]1号) 第一条" in near.elderly.allowances(age=70, unable_to_care=True).citations()
    assert near.income.line(2015) == far.income.line(2015)
    without = {k: v for k, v in by_key(near.assess(HOMES[True])).items() if k[1] != "care_subsidy"}
    assert without == {k: v for k, v in by_key(far.assess(HOMES[True])).items() if k[1] != "care_subsidy"}


@pytest.mark.parametrize(("day", "amount"), [("2017-02-28", 60), ("2017-03-01", 90), ("2017-09-30", 90), ("2017-10-01", 60)])
def test_outside_its_dates_a_near_section_gives_way_to_the_one_above(tmp_path: Path, day: str, amount: int) -> None:
    file = tmp_path / "east.toml"
    file.write_text(OWN, encoding="utf-8")
    assert pr.policy(path=file, on=day).elderly.allowances(age=70, unable_to_care=True).care.figure == yuan(amount)


def test_an_overlay_wins_over_the_packs_below_it(tmp_path: Path) -> None:
    file = tmp_path / "overlay.toml"
    file.write_text(OWN.replace('within = "zaozhuang-hitech"\n', ""), encoding="utf-8")
    policy = pr.policy("zaozhuang-hitech", on=DAY, overlay=file)
    assert policy.elderly.allowances(age=70, unable_to_care=True).care.figure == yuan(90)
    assert policy.dibao.top_up(countable_income=yuan(0), members=1).monthly.figure == yuan(325)


def test_a_near_section_that_begins_late_leaves_the_earlier_one_its_dates(tmp_path: Path) -> None:
    two = OWN + OWN[OWN.index("[[elderly.care]]") :].replace('"90"', '"95"').replace("2017-03-01", "2017-10-01").replace(
        "until = 2017-09-30\n", ""
    )
    file = tmp_path / "east.toml"
    file.write_text(two, encoding="utf-8")
    for day, amount in (("2017-09-30", 90), ("2017-10-01", 95)):
        assert pr.policy(path=file, on=day).elderly.allowances(age=70, unable_to_care=True).care.figure == yuan(amount)


# ---- pickling and threads ------------------------------------------------------------------------------------------


MADE: dict[str, Callable[[], pr.Policy]] = {
    "plain": lambda: ZZ,
    "past": lambda: pr.policy("zaozhuang-hitech", on="2018-06-30", past="refuse"),
    "reading": lambda: ZZ.reading("medical.preference", "on_top").reading("elderly.old_age_stacking", "adds"),
    "local": lambda: ZZ.reading("medical.basic_deductible", "from_caller").local(
        {"medical.basic.deductible": "800", "income.provincial.lines[2016]": "3402"}, source="notice"
    ),
    "reform": lambda: ZZ.reform({"elderly.old_age.bands[80]": yuan(50), "medical.critical_illness.brackets[0]": "56 %"}),
}


@pytest.mark.parametrize("how", MADE)
def test_a_policy_pickles_with_its_choices(how: str) -> None:
    policy = MADE[how]()
    policy.assess(SOME[True]).to_dict()  # compiled code stays behind
    again = pickle.loads(pickle.dumps(policy))
    assert snapshot(again) == snapshot(policy)
    assert again.assess(SOME[False]) == policy.assess(SOME[False])
    assert again.on == policy.on


def test_a_policy_of_a_file_pickles(tmp_path: Path) -> None:
    file = tmp_path / "east.toml"
    file.write_text(OWN, encoding="utf-8")
    policy = pr.policy(path=file, on=DAY).reading("age.counting", "calendar_year")
    assert snapshot(pickle.loads(pickle.dumps(policy))) == snapshot(policy)


def test_many_threads_make_and_use_policies() -> None:
    shared, wrong, start = pr.policy("zaozhuang-hitech", on=DAY), list[object](), threading.Barrier(8)
    raised = {name: shared.reading("medical.preference", name) for name in ("contained", "on_top")}
    # a remainder of 50,000 of a registered poor person: 55 % above 6,000, or 60 % above 3,000
    due = {"contained": yuan(24_200), "on_top": yuan(28_200)}

    def work(number: int) -> None:
        dice = random.Random(number)
        try:
            start.wait()
            for _ in range(3):
                name = dice.choice(("contained", "on_top"))
                own = pr.policy("zaozhuang-hitech", on=DAY).reading("medical.preference", name)
                for policy in (own, raised[name]):
                    case = policy.evaluate(("critical_illness",), {"registered_poor": True, "after_basic": yuan(50_000)})
                    if case.amount("critical_illness").figure != due[name]:
                        wrong.append((name, case.amount("critical_illness")))
                if shared.assess(SOME[True]).to_dict() != expected:
                    wrong.append("statement")
        except Exception as error:
            wrong.append(error)

    expected = ZZ.assess(SOME[True]).to_dict()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# ---- the face, as the design shows it ------------------------------------------------------------------------------


def test_the_sample_of_the_face_runs_and_comes_out() -> None:
    zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    found = zz.medical.settle(
        in_scope=yuan(68_000), hospital_grade=3, registered_poor=True, receives_dibao=True, extremely_poor=False
    )
    # 55 % of 68,000; of the 30,600 left 55 % above 6,000; of the 17,070 left 70 %
    figures = [one.figure for one in (found.basic, found.critical_illness, found.assistance, found.out_of_pocket)]
    assert figures == [yuan(37_400), yuan(13_530), yuan(11_949), yuan(5_121)]
    assert "37,400.00元/年" in found.explain("zh")
    assert str(zz.elderly.allowances(age=103, receives_dibao=False, unable_to_care=False).total) == "at least 430.00 yuan a month"
    assert str(zz.income.line(2015, series="provincial")) == "3,372.00 yuan a year"
    assert zz.income.uprate(yuan(3000), [(2011, "105.8")]).value == yuan(3174)
    assert len(zz.assess(HOMES[True]).lines) == len(by_key(zz.assess(HOMES[True])))
    assert zz.reading("medical.preference", "on_top").choice("medical.preference") == "on_top"
    reformed = zz.reform({"elderly.old_age.bands[80]": yuan(50)})
    assert reformed.elderly.allowances(age=80, receives_dibao=False).old_age.figure == yuan(50)
    assert zz.local({"medical.basic.deductible": "1000"}, source="county notice").changes[-1].source == "county notice"


@pytest.mark.parametrize("name", ["settle", "settle_total"])
def test_the_source_of_a_calculator_is_the_python_that_runs(name: str) -> None:
    source = ZZ.source(getattr(ZZ.medical, name))
    assert "def " in source
    compile(source, "source", "exec")
