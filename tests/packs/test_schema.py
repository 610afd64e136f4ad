"""The JSON Schema of packs, for editors: every sound pack passes it, and what it can see of a defect it refuses."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from povertyrules.core.schema import schema
from povertyrules.registry import AREAS, PACKS, policies

HERE = Path(__file__).parent
SCHEMA = schema({area.name: area.models for area in AREAS})

# Defects that need two places of a pack at once, or other packs, or arithmetic, or the difference between a date and
# text, which JSON does not have: these are refused when a pack loads.
BEYOND_A_SCHEMA = {
    "dates-from-by-a-choice-that-is-no-date",  # as JSON a date is a text
    "bands-backwards", "bands-that-overlap", "bands-with-a-gap", "bands-with-an-open-one-first",
    "brackets-of-different-precision", "brackets-that-overlap", "brackets-that-start-late",
    "brackets-with-a-share-over-the-whole",
    "brackets-with-a-closed-end", "brackets-with-a-gap", "brackets-with-an-open-one-first",
    "brackets-without-width", "dates-ended-without-an-end", "dates-from-as-text", "dates-from-the-same-day",
    "dates-last-seen-before-from", "dates-overlapping", "dates-until-before-from", "document-issued-as-text",
    "document-of-a-pack-above", "interpretation-of-an-undeclared-rule",
    "interpretation-that-assumes-for-no-choice", "interpretation-whose-default-is-no-choice",
    "interpretation-with-other-choices", "jurisdiction-within-an-unknown-one", "kinds-in-two-lists",
    "number-as-a-float", "range-backwards", "rate-over-the-whole", "rates-of-different-precision", "rule-of-a-pack-above",
    "rule-of-an-undeclared-document", "rule-without-a-section", "section-of-an-undeclared-rule",
    "unit-of-another-sort", "value-of-a-document-without-a-locator", "value-of-an-undeclared-document",
    "wording-range-without-ends", "year-twice",
}  # fmt: skip


def as_json(value: object) -> Any:
    """What an editor's checker sees of TOML: dates are strings."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def complaints(file: Path) -> list[str]:
    data = as_json(tomllib.loads(file.read_text(encoding="utf-8")))
    return [error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def malformed() -> list[Path]:
    """The malformed packs that are TOML at all, and not too deep to be walked."""
    found = []
    for file in sorted((HERE / "malformed").glob("*.toml")):
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            continue
        if data and "deep" not in file.stem:
            found.append(file)
    return found


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("name", policies())
def test_every_pack_that_the_library_holds_passes(name: str) -> None:
    assert complaints(PACKS / f"{name}.toml") == []


def test_the_sound_pack_passes() -> None:
    assert complaints(HERE / "sound.toml") == []


@pytest.mark.parametrize("file", [f for f in malformed() if f.stem not in BEYOND_A_SCHEMA], ids=lambda f: f.stem)
def test_a_malformed_pack_does_not_pass(file: Path) -> None:
    assert complaints(file) != []


def test_what_a_schema_cannot_see_is_named_and_no_more() -> None:
    assert {f.stem for f in malformed() if not complaints(f)} == BEYOND_A_SCHEMA


def test_every_model_and_every_unit_of_the_areas_is_in_the_schema() -> None:
    areas: Any = SCHEMA["properties"]
    for area in AREAS:
        version = areas[area.name]["additionalProperties"]["items"]
        assert set(version["properties"]["model"]["enum"]) == set(area.models)
        named = {one["if"]["properties"]["model"]["const"]: one["then"] for one in version["allOf"]}
        assert set(named) == set(area.models)
    basic = next(
        one["then"]
        for one in areas["medical"]["additionalProperties"]["items"]["allOf"]
        if one["if"]["properties"]["model"]["const"] == "by_grade"
    )
    assert set(basic["required"]) == {"rates", "ceiling", "deductible"}


def test_a_field_given_in_another_unit_does_not_pass() -> None:
    text = (HERE / "sound.toml").read_text(encoding="utf-8")
    data = as_json(tomllib.loads(text.replace('{ value = "50 %", unit = "percent" }', '{ value = "50 %", unit = "yuan" }')))
    found = [error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(data)]
    assert found == ["$.medical.critical_illness[0].deductible_share"]
