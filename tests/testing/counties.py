"""Synthetic counties as plain Python values, and as the households that the scalar path takes."""

import collections
from collections.abc import Iterator, Mapping, Sequence

import povertyrules as pr
from povertyrules.testing.synthetic import Column, County

IDS = {"household_id", "person_id"}
OUTRIGHT = {"register_net_income", "countable_income"}
Row = Mapping[str, object]


def columns(made: County) -> dict[str, Column]:
    return {**made.households, **made.persons}


def rows(made: County) -> list[tuple[Row, list[Row]]]:
    """Every household with its persons, as plain Python values."""
    people = collections.defaultdict(list)
    for row in as_rows(made.persons):
        people[row["household_id"]].append(row)
    return [(home, people[home["household_id"]]) for home in as_rows(made.households)]


def as_rows(frame: Mapping[str, Column]) -> Iterator[Row]:
    lists = {name: cells.tolist() for name, cells in frame.items()}
    return (dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True))


def as_household(home: Row, people: Sequence[Row]) -> pr.Household:
    return pr.Household(
        persons=[as_person(one) for one in people],
        **{name: value for name, value in home.items() if name not in IDS | OUTRIGHT},
    )


def as_person(row: Row) -> pr.Person:
    bill = {name: row[name] for name in ("in_scope", "hospital_grade")}
    told = {name: value for name, value in row.items() if name not in IDS | bill.keys() | {"treatments"}}
    bills = {True: [pr.Treatment(**bill)], False: [], None: None}[row["treatments"]]
    return pr.Person(treatments=bills, **told)
