"""A cell of a text file is read as the cell of its type that it is written for, or refused: each by itself."""

from __future__ import annotations

import datetime

import polars as pl
import pytest
from files.county import KEY, ZZ

from povertyrules.core.facts import Fact
from povertyrules.entities import WORLD
from povertyrules.files.texts import read
from povertyrules.frames.inputs import quantity_fact

REFUSED = object()
DAY = datetime.date(1930, 1, 2)
CELLS = [
    ("receives_dibao", ["是", "1", "true", "True", "TRUE", "yes"], True),
    ("receives_dibao", ["否", "0", "false", "False", "FALSE", "no"], False),
    ("receives_dibao", ["2", "-1", "01", "y", " 是", "是否", "1.5", "nan"], REFUSED),
    ("age", ["84", "84.0", "084", "84.000"], 84),
    ("age", ["84.5", "-1", "1e2", "abc", " 84", "84岁", "999999999999999999999", "4611686018427387904", "inf", "８４"], REFUSED),
    ("hospital_grade", ["3", "third", "三级医院"], 3),
    ("hospital_grade", ["4", "0", "3.5", "Third", "三级", "-3"], REFUSED),
    ("born", ["1930-01-02", "19300102"], DAY),
    ("born", ["1930-02-30", "19301301", "1930-1-2", "1930/01/02", "2018-01-01", "02.01.1930", "193001"], REFUSED),
    ("in_scope", ["68000", "68000.0", "68000.00", "68000.000"], 6_800_000),
    ("in_scope", ["0.29", "0.290"], 29),
    ("in_scope", ["68,000", "6.8e4", "0.295", "-1", "¥5", "68000元", "", "1."], REFUSED),
]
EACH = [(fact, cell, meant) for fact, cells, meant in CELLS for cell in cells]
RESULTS = ("basic_insurance", "medical_assistance", "old_age_allowance", "dibao_old_age_allowance", "longevity_allowance")


def declared(name: str) -> Fact:
    return WORLD.facts[name] if name in WORLD.facts else quantity_fact(ZZ.plan, name)


def assessed(name: str, cells: pl.Series) -> pl.DataFrame:
    """What becomes of a person of whom all else is told, in a household of one."""
    told = {"age": 84, "receives_dibao": True, "hospital_grade": 2, "in_scope": 500_000, "registered_poor": True}
    told |= {"extremely_poor": False} | ({"born": None} if name == "born" else {})
    if name == "born":
        told.pop("age")
    frame = pl.DataFrame({KEY: [f"H{i}" for i in range(len(cells))], **told}).with_columns(cells.alias(name))
    return ZZ.assess_frames(frame, unit="fen", targets=RESULTS, invalid="keep").persons


def as_read(name: str, texts: list[str | None], unit: str = "yuan", rounding: str = "exact") -> tuple[pl.Series, int]:
    fact = declared(name)
    scale = 100 if unit == "yuan" and fact.sort.value == "money" else 1
    return read(pl.Series(texts, dtype=pl.String), fact, scale, rounding)


@pytest.mark.parametrize("sound", [False, True])
@pytest.mark.parametrize("name", sorted({fact for fact, _, _ in EACH}))
def test_a_cell_of_text_is_the_cell_that_it_is_written_for(name: str, sound: bool) -> None:
    """Told as text (in yuan), and told as what it means (in fen); beside cells that are refused, and beside sound ones alone."""
    told = [(cell, meaning) for fact, cell, meaning in EACH if fact == name and cell and not (sound and meaning is REFUSED)]
    texts, meant = zip(*told, strict=True)
    found, moved = as_read(name, list(texts))
    assert moved == 0
    if declared(name).sort.value == "money":
        people = ZZ.assess_frames(
            pl.DataFrame({KEY: range(len(texts)), "in_scope": found, "hospital_grade": 2, "registered_poor": True}),
            unit="yuan",
            targets=RESULTS[:2],
            invalid="keep",
        ).persons
        told = pl.Series([None if one is REFUSED else one for one in meant], dtype=pl.Int64)
        frame = pl.DataFrame({KEY: range(len(texts)), "in_scope": told, "hospital_grade": 2, "registered_poor": True})
        typed = ZZ.assess_frames(frame, unit="fen", targets=RESULTS[:2]).persons
    else:
        people = assessed(name, found)
        typed = assessed(name, pl.Series([None if one is REFUSED else one for one in meant]))
    refused = [one is REFUSED for one in meant]
    assert people["findings"].is_not_null().to_list() == refused, list(zip(texts, people["findings"], strict=True))
    for column in (c for c in typed.columns if "_fen_" in c):
        assert people[column].to_list() == typed[column].to_list(), column
    assert any(refused) != sound
    assert not all(refused)


def test_what_is_missing_stays_missing() -> None:
    for name in ("receives_dibao", "age", "hospital_grade", "born", "in_scope"):
        found, _ = as_read(name, [None, None])
        assert found.to_list() == [None, None]


@pytest.mark.parametrize(
    ("text", "unit", "meant", "moved"),
    [
        ("12.345", "yuan", "12.35", 1),
        ("1.005", "yuan", "1.01", 1),  # as a double it is a little less, and would be rounded down
        ("0.285", "yuan", "0.29", 1),
        ("12.344999999999999999999", "yuan", "12.34", 1),
        ("-0.005", "yuan", "0", 1),
        ("-0.006", "yuan", "-0.01", 1),
        ("12.34", "yuan", "12.34", 0),
        ("12.3400", "yuan", "12.34", 0),
        ("1250.5", "fen", "1251", 1),
        ("1250.49", "fen", "1250", 1),
        ("1250.0", "fen", "1250.0", 0),
        ("a.555", "yuan", "a.555", 0),
        ("12,345.555", "yuan", "12,345.555", 0),
    ],
)
def test_money_is_rounded_to_the_fen_where_that_is_asked_for(text: str, unit: str, meant: str, moved: int) -> None:
    found, count = as_read("in_scope", [text, None, "7"], unit, "half_up")
    assert (found.to_list(), count) == ([meant, None, "7"], moved)
    exact, none = as_read("in_scope", [text], unit)
    assert none == 0
    assert exact.to_list() == [text.rstrip("0") if text == "12.3400" else text]


def test_every_code_and_every_name_of_every_category_is_read() -> None:
    for fact in WORLD.facts.values():
        if fact.kinds is not None and fact.sort.value == "category":
            for kind in fact.kinds:
                ways = [str(int(kind)), kind.name.lower(), kind.zh]
                assert read(pl.Series(ways), fact, 1, "exact")[0].to_list() == [int(kind)] * 3
                mixed = read(pl.Series([*ways, "?"]), fact, 1, "exact")[0].to_list()
                assert [fact.kinds.spellings()[name] for name in mixed[:3]] == [int(kind)] * 3
                assert mixed[3] == "?"
