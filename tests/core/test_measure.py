"""Areas of floor and land: exact hundredths, made from strings, never from floats; and lists of kinds as facts."""

from decimal import Decimal
from typing import Any

import pytest

import povertyrules as pr
from povertyrules.core.entity import from_mapping, to_mapping
from povertyrules.entities import Dwelling, Plot


@pytest.mark.parametrize(("written", "hundredths"), [("0", 0), ("0.01", 1), ("58.5", 5850), (40, 4000), (Decimal("1.25"), 125)])
def test_an_area_is_exact_hundredths(written: Any, hundredths: int) -> None:
    assert pr.square_metres(written) == pr.mu(written) == hundredths


@pytest.mark.parametrize("written", [58.5, float("nan"), True, None, "58,5", "58.505", "x", "", "1e2"])
def test_what_is_no_area_is_refused(written: Any) -> None:
    with pytest.raises(pr.SortError, match="at most two decimals"):
        pr.square_metres(written)


def test_an_area_is_never_negative() -> None:
    with pytest.raises(pr.RangeError, match="never negative"):
        pr.mu("-0.01")


def test_a_file_writes_areas_as_strings_and_kinds_by_name() -> None:
    read = from_mapping(Dwelling, {"floor_area": "58.5", "unified_done": ["walls", "ceiling"], "house_grade": "d"})
    assert (read.floor_area, read.unified_done, read.house_grade) == (5850, (4, 5), 4)
    assert to_mapping(read) == {"house_grade": "d", "floor_area": "58.50", "unified_done": ["ceiling", "walls"]}
    with pytest.raises(pr.SortError, match='plot_area: 2 is refused; in a file an area is a string of mu: write "2"'):
        from_mapping(Plot, {"plot_area": 2})
    with pytest.raises(pr.SortError, match="floor_area"):
        from_mapping(Dwelling, {"floor_area": 58.5})


def test_an_area_out_of_range_is_refused_with_its_unit() -> None:
    with pytest.raises(pr.RangeError, match=r"0\.00 m² to 10,000\.00 m²"):
        Dwelling(floor_area=pr.square_metres(10_001))


@pytest.mark.parametrize("value", ["walls", 5, {"walls": 1}, ["roof"], [True], [9]])
def test_what_is_no_list_of_kinds_is_refused(value: Any) -> None:
    with pytest.raises(pr.InputError, match="unified_done"):
        Dwelling(unified_done=value)


def test_a_list_of_kinds_holds_each_once_and_an_empty_one_is_none() -> None:
    assert Dwelling(unified_done=["walls", 5, "内外墙粉刷"]).unified_done == (5,)  # type: ignore[arg-type]
    assert Dwelling(misuse=[]).misuse == ()  # type: ignore[arg-type]
    assert Dwelling().misuse is None
