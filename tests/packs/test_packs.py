"""The packs that the library holds, as data; and a pack of a reader's own, below them or over them."""

from __future__ import annotations

import datetime
import importlib
import pkgutil
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import povertyrules as pr
from povertyrules import areas, conventions, registry, yuan
from povertyrules.core import pack as packs
from povertyrules.core.citation import Section
from povertyrules.core.errors import NoSuchRule, PackError, UnknownName
from povertyrules.core.interpretation import Interpretation
from povertyrules.core.pack import Pack
from povertyrules.core.turning import Row, choices_of
from povertyrules.registry import PACKS, builtin, policies

HITECH = "cn/shandong/zaozhuang/hitech"


def raw(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKS / f"{name}.toml").read_text(encoding="utf-8"))


def chain(name: str) -> tuple[Pack, ...]:
    return pr.policy(name, on="2017-06-30").chain


def walked(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every table, list and leaf, with its path."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from walked(one, f"{path}.{key}")


def in_code() -> dict[str, Interpretation]:
    """Every interpretation that the areas and the conventions declare, by name."""
    modules = [
        conventions,
        *(importlib.import_module(f"{areas.__name__}.{m.name}") for m in pkgutil.iter_modules(areas.__path__)),
    ]
    found = [one for module in modules for one in vars(module).values() if isinstance(one, Interpretation)]
    return {one.name: one for one in found}


def in_rows(sections: Iterable[Section]) -> dict[str, tuple[str, ...]]:
    """Every interpretation on which rows of data turn, with its choices; each row has a value for every choice."""
    found: dict[str, tuple[str, ...]] = {}
    for section in sections:
        of_row: dict[str, set[str]] = {}
        for name, choice in choices_of(section.model) if isinstance(section.model, Row) else ():
            of_row.setdefault(name, set()).add(choice)
        for name, choices in of_row.items():
            assert found.setdefault(name, tuple(sorted(choices))) == tuple(sorted(choices)), f"{section.path}: {name}"
    return found


# ---- the packs as data ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", policies())
def test_every_rule_is_in_the_catalogue_with_its_kind_and_provision(name: str) -> None:
    by_id = {info.id: info for info in pr.catalogue() if info.jurisdiction == name}
    declared = raw(name)["rules"]
    assert list(by_id) == list(declared)
    for rule, info in by_id.items():
        entry = declared[rule]
        assert (info.kind, info.zh, info.en) == (entry["kind"], entry["zh"], entry["en"])
        assert info.provision.locator == entry["locator"]
        assert info.provision.document.id == entry.get("document", rule.split("/")[0])
        assert str(info.provision).startswith(info.provision.document.title)
        assert info.to_dict()["provision"] == str(info.provision)


def test_no_two_packs_declare_one_rule() -> None:
    ids = [rule for name in policies() for rule in raw(name)["rules"]]
    assert len(ids) == len(set(ids)) == len(pr.catalogue())


@pytest.mark.parametrize("name", policies())
def test_the_id_of_a_rule_begins_with_a_document_or_the_country(name: str) -> None:
    documents = {document for pack in chain(name) for document in pack.documents}
    for rule in raw(name)["rules"]:
        prefix, *rest = rule.split("/")
        assert prefix in {*documents, "cn"}
        assert len(rest) == 2
        assert all(rest)


@pytest.mark.parametrize("name", policies())
def test_a_pack_holds_no_float(name: str) -> None:
    assert [path for path, value in walked(raw(name)) if isinstance(value, float)] == []


@pytest.mark.parametrize("name", policies())
def test_every_text_is_there_in_both_languages(name: str) -> None:
    titled = {path: value for path, value in walked(raw(name)) if isinstance(value, dict) and {"zh", "en"} & value.keys()}
    assert titled
    for path, value in titled.items():
        zh, en = value["zh"], value["en"]
        assert any("一" <= letter <= "鿿" for letter in zh), path
        assert en.strip(), path
        assert en.isascii(), path


@pytest.mark.parametrize("name", policies())
def test_a_pack_stands_where_its_path_says(name: str) -> None:
    assert raw(name)["jurisdiction"]["path"] == name
    *above, last = chain(name)
    assert last.jurisdiction.path == name
    assert all(name.startswith(pack.jurisdiction.path + "/") for pack in above)


def test_every_interpretation_in_code_stands_in_a_pack_with_the_same_choices_and_the_other_way_round() -> None:
    held: dict[str, tuple[str, ...]] = {}
    for name in policies():
        for reading, entry in raw(name).get("interpretations", {}).items():
            assert reading not in held, f"{reading} stands in two packs"
            held[reading] = tuple(entry["choices"])
    sections = [section for name in policies() for section in chain(name)[-1].sections()]
    dated = {section.dated_by: tuple(section.starts) for section in sections if section.dated_by}
    code = {name: one.choices for name, one in in_code().items()} | dated | in_rows(sections)
    assert set(held) == set(code)
    assert {name: set(choices) for name, choices in held.items()} == {n: set(c) for n, c in code.items()}
    assert all(len(choices) > 1 for choices in code.values())


def test_an_interpretation_that_bears_on_one_document_names_its_rules() -> None:
    known = {rule for name in policies() for rule in raw(name)["rules"]}
    for name in policies():
        for reading, entry in raw(name).get("interpretations", {}).items():
            assert set(entry.get("rules", ())) <= known
            assert entry.get("rules") or entry.get("example"), reading


# ---- which packs are read, and under what names ---------------------------------------------------------------------------


def test_only_the_packs_asked_for_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = packs.read_data

    def noted(file: str | Path) -> dict[str, object]:
        read.append(Path(file).name)
        return plain(file)

    monkeypatch.setattr(packs, "read_data", noted)
    for name, files in {"cn": ["cn.toml"], "cn/shandong": ["cn.toml", "shandong.toml"]}.items():
        read.clear()
        builtin.cache_clear()
        pr.policy(name, on="2017-06-30")
        assert read == files
        pr.policy(name, on="2016-06-30")
        assert read == files  # once in a process


@pytest.mark.parametrize(
    ("alias", "path"),
    [("cn", "cn"), ("shandong", "cn/shandong"), ("zaozhuang", "cn/shandong/zaozhuang"), ("zaozhuang-hitech", HITECH)],
)
def test_a_short_name_and_a_full_path_are_one_policy(alias: str, path: str) -> None:
    assert policies()[path] == alias
    short, full = pr.policy(alias, on="2017-06-30"), pr.policy(path, on="2017-06-30")
    assert short.chain == full.chain
    assert repr(short) == repr(full) == f"<Policy {alias} on 2017-06-30>"


def test_short_names_are_of_one_place_each() -> None:
    names = [*policies(), *policies().values()]
    assert len({*names}) == len(names) - 1  # the country is its own short name


def test_a_misspelt_place_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean zaozhuang-hitech") as refusal:
        pr.policy("zaozhuang-hightech", on="2017-06-30")
    assert (refusal.value.field, refusal.value.value) == ("policy", "zaozhuang-hightech")


def test_what_a_lower_pack_says_wins_and_the_rest_is_inherited() -> None:
    city, zone = pr.policy("zaozhuang", on="2017-06-30"), pr.policy("zaozhuang-hitech", on="2017-06-30")
    assert str(city.evaluate(("dibao_standard",), {}).amount("dibao_standard")) == "3,900.00 yuan a year"
    assert str(zone.evaluate(("dibao_standard",), {}).amount("dibao_standard")) == "3,900.00 yuan a year"
    assert zone.section("dibao.standard").jurisdiction == "cn/shandong/zaozhuang"
    assert city.income.line(2015).figure == yuan(2855)
    assert zone.income.line(2015).figure == yuan(3372)
    with pytest.raises(NoSuchRule):
        assert city.elderly.allowances(age=85).old_age


# ---- a pack of one's own ------------------------------------------------------------------------------------------------

COUNTY = """
[jurisdiction]
path = "cn/shandong/somewhere"
within = "{within}"
zh = "某县"
en = "Some County"

[documents.somewhere-2017]
title = "某县高龄补贴办法"
number = "某政发[2017]1号"

[rules."somewhere-2017/old-age"]
kind = "age-band"
zh = "高龄补贴"
en = "old-age allowance"
locator = "第二条"

[[elderly.old_age]]
model = "bands_alone"
rule = "somewhere-2017/old-age"
from = 2017-01-01
unit = "yuan/month"
outside = {{ below = "not_eligible", above = "unstated" }}
bands = [{{ ages = [70, 79], amount = "25.50" }}, {{ ages = [80, 99], amount = "51" }}]
"""


def county(folder: Path, within: str = "cn/shandong", text: str = COUNTY) -> Path:
    file = folder / "my-county.toml"
    file.write_text(text.format(within=within), encoding="utf-8")
    return file


@pytest.mark.parametrize("within", ["cn/shandong", "shandong"])
def test_a_pack_of_ones_own_stands_below_the_place_it_names(tmp_path: Path, within: str) -> None:
    mine = pr.policy(path=county(tmp_path, within), on="2017-06-30")
    due = mine.elderly.allowances(age=75).old_age
    assert (due.figure, due.per) == (2550, "month")
    assert mine.elderly.allowances(age=75).citations() == ["某县高龄补贴办法 (某政发[2017]1号) 第二条"]
    assert mine.income.line(2015, series="provincial").figure == yuan(3372)  # from the province above
    assert "somewhere-2017/old-age" in mine.rules
    assert "zaozhuang-2018/income-standard/provincial-line-2015" in mine.rules


def test_a_path_can_be_text_or_a_path(tmp_path: Path) -> None:
    file = county(tmp_path)
    for given in (file, str(file)):
        assert pr.policy(path=given, on="2017-06-30").elderly.allowances(age=75).old_age.figure == 2550


def test_a_pack_of_ones_own_within_a_county_wins_over_it(tmp_path: Path) -> None:
    alone = COUNTY.replace('"bands_alone"', '"bands"')
    mine = pr.policy(path=county(tmp_path, HITECH, alone), on="2017-06-30")
    theirs = pr.policy(HITECH, on="2017-06-30")
    facts = {"receives_dibao": False, "unable_to_care": False}
    assert mine.elderly.allowances(age=85, **facts).old_age.figure == yuan(51)
    assert theirs.elderly.allowances(age=85, **facts).old_age.figure == yuan(30)


def test_an_overlay_wins_and_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    file = county(tmp_path, text=COUNTY.replace('"bands_alone"', '"bands"'))
    plain = pr.policy("zaozhuang-hitech", on="2017-06-30")
    over = pr.policy("zaozhuang-hitech", on="2017-06-30", overlay=file)
    facts = {"age": 85, "receives_dibao": False, "unable_to_care": False}
    assert over.elderly.allowances(**facts).old_age.figure == yuan(51)
    assert "某县高龄补贴办法 (某政发[2017]1号) 第二条" in over.elderly.allowances(**facts).citations()
    assert plain.elderly.allowances(**facts).old_age.figure == yuan(30)
    bill = {"in_scope": yuan(68_000), "hospital_grade": 3, "registered_poor": True}
    assert over.medical.settle(**bill).basic == plain.medical.settle(**bill).basic


def test_an_overlay_speaks_only_from_its_first_day(tmp_path: Path) -> None:
    text = COUNTY.replace('"bands_alone"', '"bands"').replace("from = 2017-01-01", "from = 2017-07-01")
    facts = {"age": 85, "receives_dibao": False, "unable_to_care": False}
    due = {
        on: pr.policy("zaozhuang-hitech", on=on, overlay=county(tmp_path, text=text)).elderly.allowances(**facts).old_age.figure
        for on in ("2017-06-30", "2017-07-01")
    }
    assert due == {"2017-06-30": yuan(30), "2017-07-01": yuan(51)}


def test_one_of_a_name_and_a_path_is_needed(tmp_path: Path) -> None:
    for arguments in ({}, {"name": "cn", "path": county(tmp_path)}):
        with pytest.raises(pr.InputError, match="either a name or path="):
            pr.policy(**arguments, on="2017-06-30")  # type: ignore[arg-type]


def test_a_pack_of_ones_own_that_declares_a_rule_held_above_is_refused(tmp_path: Path) -> None:
    held = next(iter(raw("cn/shandong")["rules"]))
    file = county(tmp_path, text=COUNTY.replace("somewhere-2017/old-age", held) + "")
    with pytest.raises(PackError, match="duplicate rule") as refusal:
        pr.policy(path=file, on="2017-06-30")
    assert refusal.value.path == f'rules."{held}"'


def test_a_policy_of_ones_own_survives_being_pickled(tmp_path: Path) -> None:
    import pickle

    mine = pr.policy(path=county(tmp_path), on="2017-06-30")
    again = pickle.loads(pickle.dumps(mine))
    assert again.elderly.allowances(age=75).old_age == mine.elderly.allowances(age=75).old_age
    assert again.on == datetime.date(2017, 6, 30)


def test_the_packs_are_inside_the_package() -> None:
    assert Path(registry.__file__).parent / "packs" == PACKS
    assert {path.suffix for path in PACKS.rglob("*") if path.is_file()} == {".toml"}


def test_a_value_is_printed_in_its_own_unit() -> None:
    shown = {path: value for rule in pr.catalogue() for path, value in rule.values}
    assert shown["medical.critical_illness.brackets[0].rate"] == "55 %"
    assert shown["medical.critical_illness.brackets[100000].from"] == "100,000.00 yuan/year"
    assert shown["elderly.old_age.bands[80].from"] == "80 years"
    assert shown["elderly.old_age.bands[80]"] == "30.00 yuan/month"
    assert shown["medical.basic.rates[3]"] == "55 %"


def test_the_main_rules_of_a_section_are_its_own_and_those_it_lists() -> None:
    held = {section.path: section for section in chain(HITECH)[-1].sections()}
    own = "zaozhuang-2018/medical/serious-brackets"
    assert held["medical.critical_illness"].main == (own,)
    assert set(held["medical.critical_illness"].rules) > {own}
    assert held["income.test"].main == tuple(raw(HITECH)["income"]["test"][0]["rules"])
    for path, section in held.items():
        area, name = path.split(".")
        entry = raw(HITECH)[area][name][0]
        assert section.main == (*([entry["rule"]] if "rule" in entry else []), *entry.get("rules", ()))


def test_the_concepts_of_income_cite_the_regulation_only_where_it_asks_for_one() -> None:
    cited = {path: pr.policy("cn", on="2017-06-30").cite(f"{path}.kinds") for path in (
        "income.countable", "income.register_net_income", "income.disposable", "income.before_transfers",
    )}  # fmt: skip
    assert [path for path, provision in cited.items() if "国务院令第649号" in provision] == ["income.countable"]
    assert all(provision.startswith("povertyrules") for path, provision in cited.items() if path != "income.countable")
