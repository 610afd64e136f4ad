"""The script that makes the "what changes" section of the changelog."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from povertyrules.registry import PACKS

SCRIPT = Path(__file__).parents[2] / ".ci" / "what_changes.py"
HITECH = "cn/shandong/zaozhuang/hitech.toml"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("what_changes", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def older(folder: Path, said: str, instead: str) -> Path:
    """The packs as they are, with something else in one of them."""
    packs = Path(shutil.copytree(PACKS, folder / "packs"))
    text = (packs / HITECH).read_text(encoding="utf-8")
    assert text.count(said) == 1
    (packs / HITECH).write_text(text.replace(said, instead), encoding="utf-8")
    return packs


def test_a_figure_that_was_another_one(script: ModuleType, tmp_path: Path) -> None:
    packs = older(tmp_path, 'ages = [80, 89], amount = "30"', 'ages = [80, 89], amount = "25"')
    (said,) = script.changed(packs, PACKS)
    head, _, point, line = said.splitlines()
    assert head == "zaozhuang-hitech, from 2017-01-01:"
    assert point.startswith("- `elderly.old_age.bands[80]`: 25.00 yuan a month → 30.00 yuan a month [枣庄高新区")
    assert line.startswith("    - old-age allowance (old_age_allowance): ")
    assert line.endswith("+5.00 yuan a month")


def test_nothing_and_a_new_place(script: ModuleType, tmp_path: Path) -> None:
    assert script.changed(PACKS, PACKS) == []
    packs = Path(shutil.copytree(PACKS, tmp_path / "packs"))
    (packs / HITECH).unlink()
    assert script.changed(packs, PACKS) == ["New: cn/shandong/zaozhuang/hitech"]
