"""`rules`, `rule`, `policies`, `readings`: what is held, in both languages and both forms."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import povertyrules

Run = Callable[..., "object"]

PACKS = Path(povertyrules.__file__).parent / "packs"
HELD = {p.relative_to(PACKS).with_suffix("").as_posix(): tomllib.loads(p.read_text("utf-8")) for p in PACKS.rglob("*.toml")}
IN_ZAOZHUANG = ("--policy", "zaozhuang-hitech", "--on", "2017-06-30")


def declared(path: str = "") -> dict[str, dict[str, str]]:
    """The rules that the pack files declare: all, or those from the country down to a jurisdiction."""
    return {
        id: entry
        for place, data in HELD.items()
        if not path or path == place or path.startswith(f"{place}/")
        for id, entry in data.get("rules", {}).items()
    }


def named(held: object) -> set[str]:
    """The rules that the sections of an area name, in their head or beside a value."""
    if isinstance(held, list):
        return set().union(*map(named, held))
    if not isinstance(held, dict):
        return set()
    here = {held["rule"]} if isinstance(held.get("rule"), str) else set()
    return here.union(held.get("rules", []), *map(named, held.values()))


def test_rules_as_json_lists_every_rule_of_every_pack_once(run: Run) -> None:
    done = run("rules", "--format", "json")
    assert (done.status, done.err) == (0, "")
    listed = json.loads(done.out)
    assert sorted(one["id"] for one in listed) == sorted(declared())
    for one in listed:
        entry = declared()[one["id"]]
        assert one["kind"] == entry["kind"]
        assert one["area"]
        assert isinstance(one["provision"], str)
        assert one["provision"].endswith(f" {entry['locator']}")


def test_a_process_lists_the_same_rules(process: Run) -> None:
    done = process("rules", "--format", "json")
    assert (done.status, done.err) == (0, "")
    assert {one["id"] for one in json.loads(done.out)} == set(declared())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rules_as_text_shows_ids_whole_with_their_titles_and_places(run: Run, lang: str) -> None:
    out = run("rules", "--lang", lang).out
    for id, entry in declared().items():
        line = next(line for line in out.splitlines() if line.startswith(f"{id} "))
        assert entry[lang].split()[0][:8] in line  # a long title goes on in the next row
        assert entry["locator"].split()[0] in line


def test_rules_of_a_policy_are_its_own_and_those_above(run: Run) -> None:
    for path, name in (("cn", "cn"), ("cn/shandong", "shandong"), ("cn/shandong/zaozhuang/hitech", "zaozhuang-hitech")):
        for asked in (path, name):
            listed = json.loads(run("rules", "--policy", asked, "--format", "json").out)
            assert {one["id"] for one in listed} == set(declared(path))


def test_rules_of_an_area_are_only_those(run: Run) -> None:
    for area in ("elderly", "pension", "housing"):
        listed = json.loads(run("rules", "--area", area, "--format", "json").out)
        held = set().union(*(named(data.get(area, {})) for data in HELD.values()))
        # the share that is paid for the severely disabled stands with the pension, the rule itself with dibao
        assert {one["id"] for one in listed} == held - {"zaozhuang-2018/disability/single-person-dibao"}
        assert {one["area"] for one in listed} == {area}


def test_a_rule_shows_its_provision_values_and_readings(run: Run) -> None:
    out = run("rule", "zaozhuang-2018/medical/serious-brackets").out
    entry = declared()["zaozhuang-2018/medical/serious-brackets"]
    assert f"{entry['zh']} · {entry['en']}" in out
    assert f"枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号) {entry['locator']}" in out
    for printed in ("55 %", "65 %", "70 %", "100,000.00", "200,000.00"):
        assert printed in out
    assert "medical.brackets Does a bracket's rate apply" in out
    assert "marginal         each slice at its own rate (default)" in out


def test_a_rule_in_chinese_asks_its_questions_in_chinese(run: Run) -> None:
    out = run("rule", "zaozhuang-2018/medical/serious-brackets", "--lang", "zh").out
    assert "medical.brackets 分段比例适用于段内部分还是全额？" in out
    assert "各段分别计算 (默认)" in out


def test_a_rule_as_json_holds_its_readings_whole(run: Run) -> None:
    data = json.loads(run("rule", "zaozhuang-2018/elderly/dibao-old-age", "--format", "json").out)
    (reading,) = data["readings"]
    held = HELD["cn/shandong/zaozhuang/hitech"]["interpretations"]["elderly.old_age_stacking"]
    assert reading["id"] == "elderly.old_age_stacking"
    assert (reading["question"], reading["choices"]) == (held["question"], held["choices"])
    assert (reading["default"], reading["why"]) == (held["default"], held["why"])


def test_the_end_of_an_id_is_enough_if_no_other_ends_so(run: Run) -> None:
    whole = run("rule", "zaozhuang-2018/elderly/longevity-allowance")
    assert whole.status == 0
    assert run("rule", "longevity-allowance") == whole
    assert run("rule", "elderly/longevity-allowance") == whole


@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.long)])
def test_every_rule_can_be_shown(run: Run, step: int) -> None:
    for id, entry in list(declared().items())[::step]:
        done = run("rule", id)
        assert done.status == 0
        assert entry["locator"] in done.out


def test_policies_are_listed_with_their_places(run: Run) -> None:
    done = run("policies")
    assert done.status == 0
    for path, data in HELD.items():
        line = next(line for line in done.out.splitlines() if f" {path} " in line)
        assert data["jurisdiction"]["zh"] in line
        assert f" {len(declared(path))} " in line
    listed = json.loads(run("policies", "--format", "json", "--lang", "zh").out)
    assert {one["path"]: one["rules"] for one in listed} == {path: len(declared(path)) for path in HELD}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_readings_show_each_question_with_its_choices_and_the_default(run: Run, lang: str) -> None:
    done = run("readings", *IN_ZAOZHUANG, "--lang", lang)
    assert done.status == 0
    flat = " ".join(done.out.split())
    held = HELD["cn/shandong/zaozhuang/hitech"]["interpretations"]["medical.payer_order"]
    assert f"medical.payer_order {held['question'][lang]}" in flat
    default = {"zh": "默认", "en": "default"}[lang]
    assert f"assistance_last {held['choices']['assistance_last'][lang]} ({default})" in flat
    assert f"commercial_last {held['choices']['commercial_last'][lang]}" in flat
    assert held["why"][lang] in flat


def test_readings_as_json_are_those_of_the_packs(run: Run) -> None:
    registers = {id: entry for data in HELD.values() for id, entry in data.get("interpretations", {}).items()}
    listed = json.loads(run("readings", *IN_ZAOZHUANG, "--format", "json").out)
    assert len(listed) > 10
    for one in listed:
        assert one["choices"] == registers[one["id"]]["choices"]
        assert one["default"] == one["chosen"] == registers[one["id"]]["default"]


def test_before_any_rule_no_reading_of_its_bears(run: Run) -> None:
    early = json.loads(run("readings", "--policy", "zaozhuang-hitech", "--on", "2009-06-30", "--format", "json").out)
    assert not [one for one in early if one["id"].startswith(("medical.", "elderly.", "dibao."))]
