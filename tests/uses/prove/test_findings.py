"""The page of findings: its data are what the solver gives now, and its cases are told with their provisions."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

PLACE = Path(__file__).parents[3] / "docs" / "findings.py"


@pytest.fixture(scope="module")
def findings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("findings", PLACE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_tells_each_finding(findings):
    found = json.loads(findings.HELD.read_text(encoding="utf-8"))
    text = findings.page(found)
    told = [row for row in found if row["mark"] not in ("holds", "silent")]
    assert len(told) > 40
    assert text.count("\n### ") == len(told)
    assert {row["name"] for row in told} <= findings.HEADS.keys()


def test_what_is_held_is_known_of_the_documents(findings):
    found = json.loads(findings.HELD.read_text(encoding="utf-8"))
    broken = {(row["name"], row["subject"][1]) for row in found if row["mark"] == "broken"}
    assert ("poor-no-less", "critical-illness insurance") in broken
    assert ("no-gap", "contribution subsidy") in broken


def test_provisions_name_a_document_once(findings):
    cited = ["规划 (号) 第1条", "规划 (号) 第2条; 第3条", "通知 第4条"]
    assert findings.provisions(cited[:2]) == "规划 (号) 第1条; 第2条; 第3条"


@pytest.mark.long
def test_the_data_are_what_the_solver_gives(findings):
    """Cases may differ between releases of the solver; what is claimed, what comes of it and how much at most may not."""
    key = ("name", "mark", "subject", "claim", "most", "exact")
    held = json.loads(findings.HELD.read_text(encoding="utf-8"))
    assert [[row.get(k) for k in key] for row in findings.rows()] == [[row.get(k) for k in key] for row in held]
