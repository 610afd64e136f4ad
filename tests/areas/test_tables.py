"""Tables: sums, counts, places twice and never. The pack is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

import povertyrules as pr
from povertyrules.areas.tables import TablesArea
from povertyrules.core.errors import NotInForce, NotStated, SortError, UnknownName

PACK = Path(__file__).parents[1] / "fictional" / "sixth.toml"


def tables() -> TablesArea:
    return pr.policy(path=PACK, on="2019-12-31").tables


def test_a_plan_is_summed_and_held_beside_its_total() -> None:
    assert str(tables().total("persons")) == "90 persons"
    assert str(tables().gap("persons")) == "10 persons"
    assert [str(tables().left("persons", year)) for year in (2018, 2019, 2020)] == ["100 persons", "30 persons", "10 persons"]
    assert str(tables().figure("persons", "2019")) == "70 persons"


def test_a_list_is_counted() -> None:
    assert tables().names("villages") == ("甲村", "乙村", "丙村")
    assert (tables().count("villages"), str(tables().gap("villages"))) == (3, "1 items")
    assert (tables().member("villages", of="丙村"), tables().member("villages", of="丁村")) == (True, False)


def test_a_schedule_says_when() -> None:
    assert tables().years("exits", of="甲村") == (2019, 2020)
    assert (tables().year("exits", of="甲村"), tables().year("exits", of="乙村")) == (2020, 2021)
    assert (tables().twice("exits"), tables().unscheduled("exits")) == (("甲村",), 2)


def test_check_finds_all_that_does_not_add_up() -> None:
    assert [(one.code, one.field, one.message) for one in tables().check()] == [
        ("sum", "persons", "the parts come to 90 persons, the total is 100 persons: 10 persons are missing"),
        ("count", "villages", "3 are named, stated are 4"),
        ("twice", "exits", "甲村 stands in 2019 and 2020"),
        ("never", "exits", "2 stand in no year (乙村、丙村); 2021 takes what remains"),
    ]
    assert len(tables().check("past")) == 0
    assert len(tables().check("towns")) == 0


def test_before_the_plans_there_is_nothing_to_check_and_that_is_said() -> None:
    with pytest.raises(NotInForce):
        pr.policy(path=PACK, on="2018-12-31").tables.check()


def test_a_stated_figure_is_kept_with_its_unit() -> None:
    assert str(tables().figure("past", "poor_2018")) == "100 persons"
    assert [(cell.key, cell.value) for cell in tables().cells("past")] == [("poor_2018", "100 persons")]
    assert [cell.value for cell in tables().cells("exits")] == ["甲村", "甲村"]
    with pytest.raises(UnknownName):
        tables().figure("past", "poor_2017")


def test_what_is_not_stated_is_not_made_up() -> None:
    for ask in (lambda: tables().total("nowhere"), lambda: tables().cells("nowhere"), lambda: tables().check("nowhere")):
        with pytest.raises(UnknownName):
            ask()
    with pytest.raises(NotStated):
        tables().gap("towns")
    assert tables().member("towns", of="西乡") is None
    with pytest.raises(UnknownName):
        tables().left("villages", 2019)
    with pytest.raises(SortError):
        pr.policy(path=PACK, on="2019-12-31").reform({"tables.persons.parts": {"now": "1 persons"}}).tables.left("persons", 2019)
