"""Reading files of households: each way to write them, and each way to get them wrong."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import povertyrules as pr
from povertyrules.households import Refusal, read_households, shown

Write = Callable[..., Path]

ONE = """
name = "张家"
registered_poor = true
income_from = 2016-07-01
income_to = 2017-06-30

[[incomes]]
kind = "wage"
amount = "1200.50"

[[persons]]
born = 1932-05-01
receives_dibao = false

[[persons.treatments]]
in_scope = "68000"
hospital_grade = "third"
admitted = 2017-02-03
"""
AS_OBJECT = pr.Household(
    name="张家",
    registered_poor=True,
    income_from=datetime.date(2016, 7, 1),
    income_to=datetime.date(2017, 6, 30),
    incomes=[pr.Income(kind=1, amount=pr.yuan("1200.50"))],
    persons=[
        pr.Person(
            born=datetime.date(1932, 5, 1),
            receives_dibao=False,
            treatments=[pr.Treatment(in_scope=pr.yuan(68000), hospital_grade=3, admitted=datetime.date(2017, 2, 3))],
        )
    ],
)
AS_JSON = {
    "name": "张家",
    "registered_poor": True,
    "income_from": "2016-07-01",
    "income_to": "2017-06-30",
    "incomes": [{"kind": 1, "amount": "1200.50"}],
    "persons": [
        {
            "born": "1932-05-01",
            "receives_dibao": False,
            "treatments": [{"in_scope": "68000", "hospital_grade": 3, "admitted": "2017-02-03"}],
        }
    ],
}


def below(table: str) -> str:
    """The one household, moved below a table or a list of tables."""
    name, (open_, close) = table.strip("[]"), ("[[", "]]") if table.startswith("[[") else ("[", "]")
    moved = ONE.replace("[[", f"[[{name}.")
    return f"{open_}{name}{close}{moved}"


def test_the_facts_of_one_household_stand_at_the_top(write: Write) -> None:
    batch = read_households(write(ONE))
    assert batch.households == ((0, AS_OBJECT),)
    assert not batch.refused
    assert not batch.many


def test_they_may_stand_under_household(write: Write) -> None:
    assert read_households(write(below("[household]"))).households == ((0, AS_OBJECT),)


def test_many_households_are_a_list_of_tables(write: Write) -> None:
    batch = read_households(write(below("[[households]]") + below("[[households]]")))
    assert batch.households == ((0, AS_OBJECT), (1, AS_OBJECT))
    assert batch.many


@pytest.mark.parametrize(
    ("data", "many"),
    [
        (AS_JSON, False),
        ({"household": AS_JSON}, False),
        ([AS_JSON], True),
        ({"households": [AS_JSON]}, True),
    ],
    ids=["an object", "an object under household", "a list", "a list under households"],
)
def test_json_says_the_same(write: Write, data: object, many: bool) -> None:
    batch = read_households(write(json.dumps(data, ensure_ascii=False), "a.json"))
    assert batch.households == ((0, AS_OBJECT),)
    assert batch.many is many


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    assert read_households(write(b"\xef\xbb\xbf" + ONE.encode())).households == ((0, AS_OBJECT),)


def test_three_bad_households_of_a_hundred_are_named_and_the_others_are_read(write: Write) -> None:
    rows: list[dict[str, object]] = [{"name": f"第{i}户", "persons": [{}]} for i in range(100)]
    rows[7]["persons"] = [{}, {"born": "1832-05-01"}]
    rows[40] = {"persons": [{"treatments": [{"in_scope": 68000}]}]}
    rows[99]["registred_poor"] = True
    batch = read_households(write(json.dumps(rows), "many.json"))
    assert [(one.index, one.field) for one in batch.refused] == [
        (7, "households[7].persons[1].born"),
        (40, "households[40].persons[0].treatments[0].in_scope"),
        (99, "households[99].registred_poor"),
    ]
    assert [one.value for one in batch.refused] == ["'1832-05-01'", "68000", "'registred_poor'"]
    assert "1890-01-01" in batch.refused[0].allowed
    assert 'write "68000"' in batch.refused[1].allowed
    assert "did you mean registered_poor" in batch.refused[2].allowed
    assert [i for i, _ in batch.households] == [i for i in range(100) if i not in (7, 40, 99)]
    assert all(one.name == f"第{i}户" for i, one in batch.households)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (7, "households[1]"),
        ({"persons": {}}, "households[1].persons"),
        ({"persons": [5]}, "households[1].persons[0]"),
        ({"persons": [{}] * 31}, "households[1].persons"),
        ({"persons": []}, "households[1].persons"),
        ({"persons": [{}, {"treatments": [{}] * 401}]}, "households[1].persons[1].treatments"),
        ({"persons": [{"receives_dibao": "yes"}]}, "households[1].persons[0].receives_dibao"),
        ({"incomes": [{"kind": "wages"}]}, "households[1].incomes[0].kind"),
        ({"incomes": [{"amount": "-1"}]}, "households[1].incomes[0].amount"),
        ({"incomes": [{"amount": 12.5}]}, "households[1].incomes[0].amount"),
        ({"on": "2017-02-30"}, "households[1].on"),
        ({"name": 5}, "households[1].name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refused_household_is_named_by_its_whole_path(write: Write, entry: object, field: str) -> None:
    batch = read_households(write(json.dumps([{}, entry]), "two.json"))
    assert [one.field for one in batch.refused] == [field]
    assert len(batch.households) == 1


def test_a_single_household_has_no_index_in_its_paths(write: Write) -> None:
    (refusal,) = read_households(write("[[persons]]\nborn = 1832-05-01\n")).refused
    assert refusal.field == "persons[0].born"
    assert refusal.message.startswith("persons[0].born: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[houshold]]\nname = 'a'", "did you mean household"),
        ("[[household]]\nname = 'a'", "households"),
        ("households = 5", "[[households]]"),
        ("households = []", "at least one household"),
        ("on = 2017-06-30\n[[households]]\nname = 'a'", "nothing beside households"),
        ("name = 'a'\n[household]\nname = 'b'", "nothing beside household"),
        ("person = []", "did you mean persons"),
    ],
)
def test_a_file_of_another_shape_is_refused_as_a_whole(write: Write, text: str, says: str) -> None:
    with pytest.raises(pr.InputError) as caught:
        read_households(write(text))
    assert says in str(caught.value)


def test_a_table_with_the_same_key_twice_is_refused_in_json_as_in_toml(write: Write) -> None:
    with pytest.raises(pr.FileError):
        read_households(write('name = "a"\nname = "b"'))
    with pytest.raises(pr.FileError):
        read_households(write('{"name": "a", "name": "b"}', "a.json"))


@pytest.mark.parametrize(
    "entry",
    [
        {"persons": [{"id_number": 370403194903071234}]},
        {"persons": {"id_number": "370403194903071234"}},
        {"persons": [{"id_number": "37040319490307123x"}]},
        {"persons": [{"370403194903071234": 1}]},
        {"persons": ["370403490307123"]},
        {"persons": "x" * 150 + "370403194903071234"},
    ],
)
def test_an_identity_number_is_masked_wherever_it_is_refused(write: Write, entry: object) -> None:
    (refusal,) = read_households(write(json.dumps(entry), "a.json")).refused
    told = str(refusal.to_dict())
    assert "4903071" not in told
    assert "370403*" in told or "xxx" in told


def test_a_refused_value_is_shown_in_short() -> None:
    assert len(shown("x" * 10_000)) < 200
    assert shown(10**5000) == "a int"


def test_a_refusal_cites_the_provision_of_its_error() -> None:
    error = pr.InputError("age", 5, "allowed: 80 and over", "专栏7 第1条")
    assert Refusal.of(error).message == "age: 5 is refused; allowed: 80 and over [专栏7 第1条]"
