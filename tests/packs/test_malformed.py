"""Every way of writing a pack badly, one file each: refused with the file, the path in it, and what to write instead."""

from __future__ import annotations

import copy
import datetime
import tomllib
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import povertyrules as pr
from povertyrules.core.errors import PackError, PovertyRulesError, RuleError
from povertyrules.core.pack import Pack
from povertyrules.registry import AREAS, PACKS, below_data, builtin, policies
from povertyrules.testing.changes import HEADS, rules_in

HERE = Path(__file__).parent
MALFORMED = HERE / "malformed"
ONE, TWO = 'rules."somewhere-2017/one"', 'rules."somewhere-2017/two"'
ASKED = 'interpretations."somewhere.question"'
LINE_2015 = 'rules."zaozhuang-2018/income-standard/provincial-line-2015"'
DOCUMENT = "documents.somewhere-2017"
STANDARD, VALUE = "dibao.standard", "dibao.standard.standard"
BANDS, BRACKETS = "elderly.old_age.bands", "medical.critical_illness.brackets"
LINES, KINDS = "income.provincial.lines", "income.countable.kinds"

# By file: the path that the refusal names, and the words without which its reason would not help.
REFUSALS: dict[str, tuple[str, ...]] = {
    "area-below-nothing": ("housing.large_households.least_per_head", "-1", "never negative"),
    "area-that-is-a-number": ("housing.large_households.least_per_head", "13", "string"),
    "area-unknown": ("dibo", "did you mean dibao"),
    "area-with-three-decimals": ("housing.large_households.least_per_head", "13.005", "two decimals"),
    "bands-backwards": (f"{BANDS}[0].ages", "[89, 80]", "ends where it starts or later"),
    "bands-empty": (BANDS, "list of tables"),
    "bands-of-negative-ages": (f"{BANDS}[0].ages", "-10"),
    "bands-of-three-ages": (f"{BANDS}[0].ages", "[80, 89]", "[100]"),
    "bands-that-overlap": (f"{BANDS}[1].ages", "overlap", "90"),
    "bands-whose-age-is-text": (f"{BANDS}[0].ages", "'80'", "whole number"),
    "bands-with-a-gap": (f"{BANDS}[1].ages", "gap", "88"),
    "bands-with-an-open-one-first": (f"{BANDS}[1].ages", "overlap"),
    "bands-with-an-unknown-key": (f"{BANDS}[0]", "per", "ages, amount"),
    "bands-without-an-amount": (f"{BANDS}[0]", "string of yuan"),
    "brackets-of-different-precision": (BRACKETS, "same number of decimals"),
    "brackets-that-overlap": (f"{BRACKETS}[1].from", "overlap", "110000"),
    "brackets-that-start-at-part-of-a-yuan": (f"{BRACKETS}[1].from", "100000.50", "whole yuan"),
    "brackets-that-start-late": (f"{BRACKETS}[0].from", "50000"),
    "brackets-whose-start-is-no-amount": (f"{BRACKETS}[1].from", "ten", "write yuan"),
    "brackets-with-a-closed-end": (f"{BRACKETS}[1].to", "open above"),
    "brackets-with-a-gap": (f"{BRACKETS}[1].from", "gap", "90000"),
    "brackets-with-an-open-one-first": (f"{BRACKETS}[1].from", "overlap"),
    "brackets-with-an-unknown-key": (f"{BRACKETS}[0]", "above", "from, rate, to"),
    "brackets-with-a-share-over-the-whole": (f"{BRACKETS}[1].rate", "165 %", "100 %"),
    "brackets-without-width": (f"{BRACKETS}[0].to", "above its start"),
    "dates-ended-as-text": (f"{STANDARD}.ended", "'no'", "true"),
    "dates-ended-without-an-end": (f"{STANDARD}.ended", "until"),
    "dates-from-as-text": (f"{STANDARD}.from", "'2017-01-01'", "without quotes"),
    "dates-from-by-a-choice-that-is-no-date": (f"{STANDARD}.from.birthday", "'2017-01-01'", "without quotes"),
    "dates-from-missing": (f"{STANDARD}.from", "missing", "first day"),
    "dates-from-of-one-choice": (f"{STANDARD}.from", "a date for each of its choices"),
    "dates-from-the-same-day": (STANDARD, "overlapping dates", "2017-01-01"),
    "dates-from-with-a-time": (f"{STANDARD}.from", "write a date such as"),
    "dates-from-without-a-reading": (f"{STANDARD}.from.reading", "write a text"),
    "dates-last-seen-before-from": (f"{STANDARD}.last_seen", "2016-12-31", "not before 2017-01-01"),
    "dates-overlapping": (STANDARD, "overlapping dates", "2018-06-30", "2018-01-01"),
    "dates-until-before-from": (f"{STANDARD}.until", "2016-12-31", "not before 2017-01-01"),
    "document-issued-as-text": (DOCUMENT, "issued", "2017-02-01", "without quotes"),
    "document-of-a-pack-above": ("documents.zaozhuang-2018", "duplicate document"),
    "document-with-an-unknown-key": (DOCUMENT, "author", "title, number, issued"),
    "document-without-a-title": (DOCUMENT, "title", "missing"),
    "file-empty": ("the file", "empty"),
    "file-in-another-encoding": ("the file", "UTF-8"),
    "file-nested-too-deep-in-keys": ("the file", "line 25", "nested too deep"),
    "file-nested-too-deep-in-lists": ("the file", "nested too deep"),
    "file-not-toml": ("the file", "line 9", "TOML"),
    "file-of-another-kind": ("the file", ".yaml", ".toml"),
    "interpretation-of-an-undeclared-rule": (ASKED, "somewhere-2017/on", "did you mean somewhere-2017/one"),
    "interpretation-that-assumes-for-no-choice": (ASKED, "assumes", "three", "one, two"),
    "interpretation-whose-default-is-no-choice": (ASKED, "default three", "one, two"),
    "interpretation-with-a-choice-in-one-language": (ASKED, "one", "en", "missing"),
    "interpretation-with-an-unknown-key": (ASKED, "reason", "question, choices, default, why, rules, example, assumes"),
    "interpretation-with-other-choices": ('interpretations."age.counting"', "birthday, calendar_year"),
    "interpretation-without-a-default": (ASKED, "default", "missing"),
    "interpretation-without-choices": (ASKED, "choices"),
    "jurisdiction-in-one-language": ("jurisdiction", "en", "missing"),
    "jurisdiction-is-text": ("jurisdiction", "write a table"),
    "jurisdiction-missing": ("jurisdiction", "missing", "path, zh and en"),
    "jurisdiction-with-an-empty-name": ("jurisdiction", "en", "empty"),
    "jurisdiction-with-an-unknown-key": ("jurisdiction", "county", "path, zh, en, within"),
    "jurisdiction-within-an-unknown-one": ("jurisdiction.within", "cn/shangdong", "did you mean cn/shandong"),
    "kinds-as-text": (KINDS, "'wage'", "list of kinds"),
    "kinds-empty": (KINDS, "list of kinds"),
    "kinds-in-two-lists": ("income.countable.local_kinds", "pension"),
    "kinds-that-are-tables": (KINDS, "allowed: wage"),
    "kinds-twice": (KINDS, "twice"),
    "kinds-unknown": (KINDS, "'wages'", "allowed: wage"),
    "money-as-a-float": (VALUE, "4000.5", "string of yuan"),
    "money-as-a-number": (VALUE, "4000", "string of yuan"),
    "money-as-yes": (VALUE, "True", "string of yuan"),
    "money-below-nothing": (VALUE, "-4000"),
    "money-finer-than-a-fen": (VALUE, "4000.005", "at most two decimals"),
    "money-of-thousands-of-digits": (VALUE, "999"),
    "money-with-separators": (VALUE, "4,000", "no separators"),
    "number-as-a-float": ("elderly.care.first_age", "60.0", "whole number"),
    "number-as-text": ("elderly.care.first_age", "'60'", "whole number"),
    "number-as-yes": ("elderly.care.first_age", "True", "whole number"),
    "number-below-nothing": ("elderly.care.first_age", "-60"),
    "outside-of-no-table": (f"{STANDARD}#1.outside", "unstated", "no table"),
    "outside-unknown": (f"{BANDS}.outside", "nothing", "unstated, not_eligible"),
    "outside-with-an-unknown-key": (f"{BANDS}.outside", "abov", "below"),
    "quality-unknown": (f"{VALUE}.quality", "guessed", "stated", "derived", "estimate"),
    "range-and-a-value": (VALUE, "value", "low"),
    "range-backwards": (f"{VALUE}.high", "3000", "4000"),
    "range-of-kinds": (KINDS, "a range", "amounts, rates"),
    "range-that-is-also-at-least": ("dibao.standard#2.standard.wording", "at_least", "leave wording out"),
    "range-with-a-float": (f"{VALUE}.high", "4000.5", "string of yuan"),
    "range-with-a-number": (f"{VALUE}.high", "4000", "string of yuan"),
    "range-with-one-end": (VALUE, "low"),
    "rate-as-a-float": ("medical.assistance.rate", "0.7", "per cent"),
    "rate-as-a-number": ("medical.assistance.rate", "70", "per cent"),
    "rate-of-thousands-of-digits": ("medical.assistance.rate", "999"),
    "rate-over-the-whole": ("medical.assistance.rate", "170 %", "100 %"),
    "rate-without-a-sign": ("medical.assistance.rate", "'70'", "55 %"),
    "rates-of-an-unknown-grade": ("medical.basic.rates[4]", "4", "1"),
    "rates-of-different-precision": ("medical.basic.rates", "same number of decimals"),
    "rule-of-a-pack-above": (LINE_2015, "duplicate rule"),
    "rule-of-an-undeclared-document": (ONE, "no provision", "somewhere-2017"),
    "rule-twice": ("the file", "somewhere-2017/one", "twice"),
    "rule-with-a-blank-locator": (ONE, "no provision", "locator"),
    "rule-with-an-empty-locator": (ONE, "no provision", "locator"),
    "rule-with-an-empty-title": (ONE, "zh", "empty"),
    "rule-with-an-unknown-key": (ONE, "page", "kind, zh, en, locator, document"),
    "rule-without-a-locator": (ONE, "locator", "missing"),
    "rule-without-a-section": (TWO, "no section answers", "name it in a section"),
    "section-of-a-model-of-another-area": (f"{STANDARD}.model", "bands", "standard", "support", "top_up"),
    "section-of-an-undeclared-rule": (f"{STANDARD}.rule", "somewhere-2017/on", "did you mean somewhere-2017/one"),
    "section-of-an-unknown-model": (f"{STANDARD}.model", "standart", "did you mean standard"),
    "section-that-is-no-list": (STANDARD, "[[dibao.standard]]"),
    "section-that-is-text": (STANDARD, "'4000'", "write a table"),
    "section-whose-model-is-a-list": (f"{STANDARD}.model", "standard", "support", "top_up"),
    "section-whose-rule-is-a-list": (f"{STANDARD}.rule", "somewhere-2017/one"),
    "section-whose-rules-are-text": (f"{STANDARD}.rules", "list of rule ids"),
    "section-whose-rules-hold-a-table": (f"{STANDARD}.rules", "somewhere-2017/one"),
    "section-with-an-assumption-in-one-language": (f"{STANDARD}.assumes", "zh", "en"),
    "section-with-an-unknown-field": (f"{STANDARD}.standrad", "did you mean standard"),
    "section-with-assumptions-as-text": (f"{STANDARD}.assumes", "list"),
    "section-without-a-field": (VALUE, "missing", "model standard"),
    "section-without-a-model": (f"{STANDARD}.model", "standard", "support", "top_up"),
    "section-without-a-rule": (VALUE, "no provision", "write rule ="),
    "section-without-versions": ("elderly.old_age", "at least one version"),
    "unit-of-another-period": (f"{VALUE}.unit", "yuan/month", "yuan/year"),
    "unit-of-another-sort": (f"{VALUE}.unit", "percent", "yuan/year"),
    "unit-unknown": (f"{STANDARD}.unit", "yuan/day", "unknown unit", "yuan/month"),
    "value-missing-as-a-table": (LINES, "missing", "table"),
    "value-missing-as-text": (f"{VALUE}.missing", "'no'", "true"),
    "value-of-a-document-without-a-locator": (f"{VALUE}.document", "elsewhere-2017"),
    "value-of-an-undeclared-document": (f"{VALUE}.document", "elsewhere-2017", "did you mean somewhere-2017"),
    "value-that-is-also-missing": (VALUE, "missing"),
    "value-whose-locator-is-a-number": (f"{VALUE}.locator", "2", "text"),
    "value-with-an-empty-locator": (f"{VALUE}.locator", "no provision"),
    "value-with-an-unknown-key": (f"{VALUE}.page", "value", "locator", "wording"),
    "version-two-is-wrong": ("dibao.standard#2.standard", "4200", "string of yuan"),
    "wording-range-without-ends": (VALUE, "low", "high"),
    "wording-unknown": (f"{VALUE}.wording", "about", "at_least", "average"),
    "year-as-a-date": (f"{LINES}[2017-01-01]", "whole number"),
    "year-as-a-word": (f"{LINES}[latest]", "whole number"),
    "year-of-thousands-of-digits": (LINES, "whole number"),
    "year-that-is-missing": (f"{LINES}[2017]", "missing", "left out"),
    "year-twice": (f"{LINES}[02017]", "twice"),
    "years-empty": (LINES, "table of values by key"),
}


def test_every_malformed_pack_has_an_expectation_and_every_expectation_a_pack() -> None:
    assert {file.stem for file in MALFORMED.iterdir()} == set(REFUSALS)


def test_the_pack_that_the_malformed_ones_are_made_from_is_sound() -> None:
    made = pr.policy(path=HERE / "sound.toml", on="2017-06-30")
    assert str(made.evaluate(("dibao_standard",), {}).amount("dibao_standard")) == "4,000.00 yuan a year"
    assert {"elderly.old_age", "medical.basic", "medical.critical_illness", "income.countable"} <= {
        section.path for section in made.chain[-1].sections()
    }


@pytest.mark.parametrize("name", REFUSALS)
def test_a_malformed_pack_is_refused_with_file_path_and_reason(name: str) -> None:
    (file,) = MALFORMED.glob(f"{name}.*")
    path, *words = REFUSALS[name]
    with pytest.raises(PackError) as refusal:
        assert pr.policy(path=file, on="2017-06-30").plan
    assert refusal.value.file == file.name
    assert refusal.value.path == path
    assert [word for word in words if word not in refusal.value.reason] == []
    assert str(refusal.value) == f"{file.name}: {refusal.value.path}: {refusal.value.reason}"
    assert len(str(refusal.value)) < 800, "a refusal fits a few lines, however long the value"


@pytest.mark.parametrize("name", ["money-as-a-float", "file-empty", "file-not-toml"])
def test_an_overlay_is_refused_as_a_pack_of_ones_own_is(name: str) -> None:
    file = MALFORMED / f"{name}.toml"
    with pytest.raises(PackError) as refusal:
        pr.policy("cn/shandong", overlay=file, on="2017-06-30")
    assert (refusal.value.file, refusal.value.path) == (file.name, REFUSALS[name][0])


@pytest.mark.parametrize("argument", ["path", "overlay"])
def test_a_pack_that_is_not_there_is_refused(argument: str, tmp_path: Path) -> None:
    name = {"path": None, "overlay": "cn"}[argument]
    with pytest.raises(PackError, match=r"nowhere\.toml: the file: not found"):
        pr.policy(name, on="2017-06-30", **{argument: tmp_path / "nowhere.toml"})  # type: ignore[arg-type]


def test_a_folder_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refusal:
        pr.policy(path=tmp_path, on="2017-06-30")
    assert refusal.value.path == "the file"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.toml"
    with file.open("wb") as open_file:
        open_file.truncate(50 * 2**20)
    with pytest.raises(PackError) as refusal:
        pr.policy(path=file, on="2017-06-30")
    assert (refusal.value.file, refusal.value.path) == ("huge.toml", "the file")
    assert "50 MB" in refusal.value.reason
    assert "at most 16 MB" in refusal.value.reason


def test_two_sections_that_supply_one_quantity_are_refused_by_name(tmp_path: Path) -> None:
    text = (HERE / "sound.toml").read_text(encoding="utf-8")
    section = text[text.index("[[elderly.old_age]]") : text.index("[[elderly.care]]")]
    file = tmp_path / "twice.toml"
    file.write_text(text + section.replace("elderly.old_age", "elderly.very_old_age"), encoding="utf-8")
    with pytest.raises(RuleError) as refusal:
        assert pr.policy(path=file, on="2017-06-30").plan
    assert "two suppliers: elderly.old_age and elderly.very_old_age" in str(refusal.value)


def test_a_range_of_ages_keeps_both_its_ends(tmp_path: Path) -> None:
    text = (HERE / "sound.toml").read_text(encoding="utf-8")
    file = tmp_path / "range.toml"
    file.write_text(text.replace("value = 60", "low = 60, high = 65"), encoding="utf-8")
    source = pr.policy(path=file, on="2017-06-30").section("elderly.care").sources["elderly.care.first_age"]
    assert source.bounds(60) == (60, 65)


# ---- every leaf of every real pack, replaced by a value of another sort ----------------------------------------------

WRONG: tuple[object, ...] = (
    7, -1, 1.5, float("nan"), "word", "", True, [], ["x"], [1], [{}], {}, {"a": 1}, {"value": 1},
    {"missing": True}, {"low": "1", "high": "x"}, {"low": 1, "high": 2}, {"low": "9", "high": "1"},
    "9" * 5000, datetime.date(2017, 1, 1), datetime.datetime(2017, 1, 1), datetime.time(1, 2),
)  # fmt: skip
DROPPED = object()
Path_ = tuple[str | int, ...]


def places(value: object, at: Path_ = ()) -> Iterator[Path_]:
    """Every key and every item, however deep."""
    if at:
        yield at
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*at, key))
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from places(one, (*at, i))


def altered(data: dict[str, Any], at: Path_, value: object) -> dict[str, Any]:
    """The data with one place changed or dropped; what is not on the way to it is shared."""
    out = copy.copy(data)
    here: Any = out
    for key in at[:-1]:
        here[key] = copy.copy(here[key])
        here = here[key]
    if value is DROPPED:
        del here[at[-1]]
    else:
        here[at[-1]] = value
    return out


LARGE = ("hitech", "shanxi", "ankang", "zhongzhan")
ROWS = {"obligations", "pathways", "tables", "procedures"}


def raw(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKS / f"{name}.toml").read_text(encoding="utf-8"))


def above(name: str) -> tuple[Pack, ...]:
    return builtin(name.rpartition("/")[0], AREAS) if "/" in name else ()


ALIKE = 2
"""How many places of one sort are altered where a pack has hundreds of them: rules, interpretations, rows of data."""


def worth(data: dict[str, Any], *, rows: bool) -> Iterator[Path_]:
    """The places to alter: those of rows of data, or all others."""
    seen: Counter[tuple[object, ...]] = Counter()
    for at in places(data):
        if (at[0] in ROWS) is not rows:
            continue
        if at[0] in ROWS or at[0] in ("rules", "interpretations"):
            section = data[at[0]][at[1]] if len(at) > 1 else {}
            model = section[0]["model"] if isinstance(section, list) else ""
            words = [key for key in at[2:] if isinstance(key, str)]
            sort = (at[0], model, len(at), words[-1] if words else "")
            seen[sort] += 1
            if seen[sort] > ALIKE:
                continue
        yield at


def slim(data: dict[str, Any], at: Path_) -> dict[str, Any]:
    """The pack with no more than the row in which a place lies, and the rules that it names."""
    if len(at) < 2:
        return {**{head: data[head] for head in HEADS if head in data}, at[0]: {}}
    row = data[at[0]][at[1]]
    named = set(rules_in(row))
    rules = {name: rule for name, rule in data["rules"].items() if name in named}
    return {**{head: data[head] for head in HEADS if head in data}, "rules": rules, "interpretations": {}, at[0]: {at[1]: row}}


def tried(name: str, faults: dict[str, str], *, rows: bool = False) -> Iterator[tuple[Path_, object, Pack]]:
    """The altered packs that load; what fails otherwise than by a refusal is noted, one place for each cause."""
    data, chain = raw(name), above(name)
    rest = {key: value for key, value in data.items() if key not in ROWS}
    for at in worth(data, rows=rows):
        held = slim(data, at) if rows else rest
        for value in (*WRONG, DROPPED):
            try:
                pack = below_data(altered(held, at, value), f"{name}.toml", chain, AREAS, orphans=True)
            except PackError as refusal:
                if not (refusal.path and refusal.reason):
                    faults["a refusal that says nothing"] = shown(at, value)
            except Exception as error:
                faults.setdefault(cause(error), shown(at, value))
            else:
                yield at, value, pack


def shown(at: Path_, value: object) -> str:
    return f"{'.'.join(map(str, at))} = {'dropped' if value is DROPPED else repr(value)[:60]}"


def cause(error: BaseException) -> str:
    where = [frame for frame in traceback.extract_tb(error.__traceback__) if "povertyrules" in frame.filename][-1]
    return f"{type(error).__name__} in {where.name}: {where.line}"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if name.endswith(LARGE) else name for name in policies()]
)
def test_an_altered_pack_loads_or_is_refused_and_nothing_else(name: str) -> None:
    faults: dict[str, str] = {}
    loaded = sum(1 for _ in tried(name, faults))
    assert not faults, "\n".join(f"{why}: {where}" for why, where in faults.items())
    assert loaded > 0  # a label in other words, for one, is no defect


@pytest.mark.parametrize("name", [name for name in policies() if ROWS & raw(name).keys()])
def test_an_altered_row_loads_or_is_refused_and_nothing_else(name: str) -> None:
    faults: dict[str, str] = {}
    loaded = sum(1 for _ in tried(name, faults, rows=True))
    assert not faults, "\n".join(f"{why}: {where}" for why, where in faults.items())
    assert loaded > 0


HOME = pr.Household(
    registered_poor=True,
    income_from=datetime.date(2016, 7, 1),
    income_to=datetime.date(2017, 6, 30),
    incomes=(pr.Income(kind=pr.IncomeKind.WAGE, amount=pr.yuan(3000)),),
    persons=(
        pr.Person(
            born=datetime.date(1912, 5, 1),
            receives_dibao=True,
            extremely_poor=True,
            unable_to_care=True,
            support_mode=pr.SupportMode.CENTRALISED,
            treatments=(pr.Treatment(in_scope=pr.yuan(900_000), hospital_grade=pr.HospitalGrade.THIRD),),
        ),
    ),
)


@pytest.mark.long
@pytest.mark.parametrize("name", policies())
def test_an_altered_pack_that_loads_assesses_or_says_why_not(name: str) -> None:
    chain, seen, faults = above(name), set[str](), dict[str, str]()
    for at, value, pack in tried(name, {}):
        kind = f"{[key for key in at if isinstance(key, str)]}{value}"
        if kind not in seen and not set(at) & {"zh", "en", "locator"}:
            seen.add(kind)
            try:
                assert pr.Policy((*chain, pack), datetime.date(2017, 6, 30)).assess(HOME).text()
            except PovertyRulesError:
                continue
            except Exception as error:
                faults.setdefault(cause(error), shown(at, value))
    assert not faults, "\n".join(f"{why}: {where}" for why, where in faults.items())
    assert seen


def test_the_alterations_reach_every_sort_of_value() -> None:
    sorts: Mapping[str, type] = {"text": str, "date": datetime.date, "yes/no": bool, "number": int, "list": list}
    held = []
    for name in policies():
        for at in places(data := raw(name)):
            here: Any = data
            for key in at:
                here = here[key]
            held.append(type(here))
    assert set(sorts.values()) <= set(held)
