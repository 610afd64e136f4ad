"""Identity numbers are masked wherever they would be shown: in statements, in files, and in every refusal."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

import povertyrules as pr
from povertyrules import Household, Person, Policy
from povertyrules.core.entity import from_mapping, to_mapping
from povertyrules.core.errors import InputError

ID = "370403194903071234"


@pytest.fixture(scope="module")
def zz() -> Policy:
    return pr.policy("zaozhuang-hitech", on="2017-06-30")


def test_an_identity_number_is_shown_nowhere_in_clear(zz: Policy) -> None:
    person = Person(id_number=ID, born=datetime.date(1932, 5, 1), receives_dibao=True, unable_to_care=False)
    home = Household(persons=(person,))
    statement = zz.assess(home)
    shown = {
        "person": repr(person), "household": repr(home), "text": statement.text(), "zh": statement.text("zh"),
        "json": statement.to_json(), "html": statement._repr_html_(), "repr": repr(statement), "why": statement.explain(),
        "file": str(to_mapping(home)),
    }  # fmt: skip
    assert [where for where, text in shown.items() if ID[6:] in text] == []
    assert "370403************" in shown["file"]


@pytest.mark.parametrize(
    "value",
    [
        ID[:-1],
        ID + "9",
        ID[:-1] + "x",
        " " + ID,
        ID + "\n",
        int(ID),
        ID.encode(),
        [ID],
        (ID,),
        {"no": ID},
        Decimal(ID),
        ID[:15] + "a",
    ],
    ids=lambda v: type(v).__name__,
)
def test_a_refused_identity_number_is_masked(value: Any) -> None:
    for call in (lambda: Person(id_number=value), lambda: from_mapping(Household, {"persons": [{"id_number": value}]})):
        with pytest.raises(InputError) as caught:
            call()
        error = caught.value
        assert error.field.endswith("id_number")
        for text in (str(error), repr(error), repr(error.value), repr(error.args)):
            assert "19490307" not in text


@pytest.mark.parametrize(
    "data",
    [
        {"persons": [{"born": ID}]},
        {"persons": [ID]},
        {ID: True},
        {"persons": [{ID: True}]},
        {"persons": [{"commercial_owed": ID + " yuan"}]},
        {"persons": [{"support_mode": ID}]},
        {"persons": [{"receives_dibao": int(ID)}]},
    ],
    ids=str,
)
def test_an_identity_number_in_the_wrong_place_is_masked_too(data: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        from_mapping(Household, data)
    for text in (str(caught.value), repr(caught.value)):
        assert "19490307" not in text


def test_an_identity_number_as_a_name_is_masked_in_the_statement(zz: Policy) -> None:
    home = Household(name=ID, persons=(Person(name=ID, born=datetime.date(1932, 5, 1), receives_dibao=False),))
    statement = zz.assess(home)
    for text in (statement.text(), statement.to_json(), statement._repr_html_(), repr(statement)):
        assert "19490307" not in text
