"""Batches end where a household does, whatever the pieces in which a file comes, and however often a run is stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path

import pyarrow as pa
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from povertyrules.core.errors import InputError
from povertyrules.files import cutting
from povertyrules.files.cutting import Batch, flat, joined
from povertyrules.files.journal import Ids, Journal

KEY = "id"


@frozen(eq=False)
class Held:
    """A table in memory that comes in pieces of some size."""

    table: pa.Table
    piece: int
    path: Path = Path("held")
    texts: frozenset[str] = frozenset()
    first: int = 0
    encoding: str = "utf-8"
    files: tuple[Path, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        return self.table.schema

    @property
    def rows(self) -> int:
        return self.table.num_rows

    def tables(self, skip: int = 0, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        for start in range(skip, self.table.num_rows, self.piece):
            yield self.table.slice(start, min(self.piece, self.table.num_rows - start))


def held(ids: Sequence[str | None], piece: int = 3) -> Held:
    return Held(pa.table({KEY: pa.array(ids, pa.string()), "row": pa.array(range(len(ids)), pa.int64())}), piece)


@pytest.fixture
def ids(tmp_path: Path) -> Iterator[Ids]:
    base = Ids(tmp_path / "ids.sqlite")
    yield base
    base.close()


def rows_of(table: pa.Table | None) -> list[int]:
    return [] if table is None else table["row"].to_pylist()


def cut_by_hand(ids: Sequence[str | None], most: int) -> list[list[int]]:
    """The batches as the page says it: whole households while they fit, or one that does not."""
    known = list(accumulate(ids, lambda before, id: before if id is None else id))
    households = [[row for row, _ in found] for _, found in groupby(enumerate(known), key=lambda one: one[1])]
    out: list[list[int]] = []
    for household in households:
        if out and len(out[-1]) + len(household) <= most:
            out[-1] = out[-1] + household
        else:
            out.append(household)
    return out or [[]]


HOMES = st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=12)
"""How many members each household has; None is a row without an id."""


def listed(sizes: Sequence[int | None]) -> list[str | None]:
    out: list[str | None] = []
    for i, size in enumerate(sizes):
        out += [None] if size is None else [f"H{i}"] * size
    return out


@given(sizes=HOMES, rows=st.integers(1, 9), piece=st.integers(1, 8))
def test_a_batch_is_as_many_whole_households_as_fit(sizes: list[int | None], rows: int, piece: int) -> None:
    base = Ids(Path(":memory:"))
    every = listed(sizes)
    found = list(flat(held(every, piece), KEY, rows, base, Journal({})))
    assert [rows_of(batch.persons) for batch in found] == cut_by_hand(every, rows)
    assert [batch.person for batch in found] == [sum(b.persons.num_rows for b in found[:i]) for i in range(len(found))]
    base.close()


@given(sizes=HOMES, rows=st.integers(1, 9), pieces=st.tuples(st.integers(1, 8), st.integers(1, 8)), stop=st.integers(0, 12))
def test_a_run_that_goes_on_makes_the_batches_that_one_without_a_stop_makes(
    sizes: list[int | None], rows: int, pieces: tuple[int, int], stop: int
) -> None:
    every = listed(sizes)
    base = Ids(Path(":memory:"))
    done = list(flat(held(every, pieces[0]), KEY, rows, base, Journal({})))
    parts = min(stop, len(done))
    read = sum(batch.persons.num_rows for batch in done[:parts])
    rest = flat(held(every, pieces[1]), KEY, rows, base, Journal({}, parts=parts, persons=read))
    assert [rows_of(batch.persons) for batch in rest] == [rows_of(batch.persons) for batch in done[parts:]]
    base.close()


@given(
    sizes=st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=12),
    rows=st.integers(1, 6),
    piece=st.integers(1, 5),
    strangers=st.sets(st.integers(0, 11)),
)
def test_two_tables_go_together_in_the_order_in_which_they_come(
    sizes: list[int | None], rows: int, piece: int, strangers: set[int]
) -> None:
    """A household of size 0 is listed and has nobody; a stranger's is not listed; who has no id has no household."""
    people = [None if size is None else f"H{i}" for i, size in enumerate(sizes) for _ in range(1 if size is None else size)]
    homes = [f"H{i}" for i, size in enumerate(sizes) if size is not None and i not in strangers]
    base = Ids(Path(":memory:"))
    found = list(joined(held(people, piece), held(homes, piece), KEY, rows, base, Journal({})))
    assert [row for batch in found for row in rows_of(batch.persons)] == list(range(len(people)))
    assert [row for batch in found for row in rows_of(batch.homes)] == list(range(len(homes)))
    for batch in found:
        here = {id for id in batch.persons[KEY].to_pylist() if id is not None}
        there = set(batch.homes[KEY].to_pylist()) if batch.homes is not None else set()
        assert here & set(homes) <= there
        assert all(people.count(id) == batch.persons[KEY].to_pylist().count(id) for id in here)
        assert batch.homes is None or batch.homes.num_rows <= rows
    base.close()


def test_a_household_that_comes_again_in_a_later_batch_is_refused_with_its_row(ids: Ids) -> None:
    batches = flat(held(["a", "a", "b", "b", "c", "a"]), KEY, 2, ids, Journal({}))
    assert [rows_of(next(batches).persons) for _ in range(2)] == [[0, 1], [2, 3]]
    with pytest.raises(InputError, match=r"'a' is refused; allowed: the rows of a household stand together.* again in row 5"):
        next(batches)


def test_a_household_that_comes_again_in_the_same_batch_is_refused(ids: Ids) -> None:
    with pytest.raises(InputError, match=r"'a' is refused.* again in row 3"):
        list(flat(held(["a", "a", "b", "a"]), KEY, 10, ids, Journal({})))


def test_an_identity_number_as_an_id_is_masked_in_the_refusal(ids: Ids) -> None:
    with pytest.raises(InputError) as refused:
        list(flat(held(["370403194903071234", "b", "370403194903071234"]), KEY, 10, ids, Journal({})))
    assert "370403************" in str(refused.value)


def test_a_household_that_stands_before_those_of_earlier_rows_is_refused(ids: Ids) -> None:
    with pytest.raises(InputError, match=r"'a' is refused; allowed: both files list their households in one order"):
        list(joined(held(["b", "c", "a"]), held(["a", "b", "c"]), KEY, 1, ids, Journal({})))


def test_a_household_that_is_listed_twice_is_refused(ids: Ids) -> None:
    with pytest.raises(InputError, match=r"'b' is refused; allowed: an id that no other row of held has"):
        list(joined(held(["a"]), held(["a", "b", "c", "b"], piece=2), KEY, 10, ids, Journal({})))


def test_a_column_that_is_no_id_is_refused_before_it_fills_the_memory(ids: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "LONGEST", 50)
    read: list[int] = []

    class Counted(Held):
        def tables(self, skip: int = 0, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
            for table in Held.tables(self, skip, columns):
                read.append(table.num_rows)
                yield table

    source = held(["the street"] * 10_000)
    with pytest.raises(InputError, match=r"'the street' is refused; allowed: the column of a household's id; more than 50 rows"):
        list(flat(Counted(source.table, 3), KEY, 5, ids, Journal({})))
    assert sum(read) <= 4 * 50


def test_ids_of_another_type_are_the_same_ids(ids: Ids) -> None:
    homes = pa.table({KEY: pa.array([12, 13], pa.int64()), "row": pa.array([0, 1], pa.int64())})
    (batch,) = joined(held(["12", "13"]), Held(homes, 1), KEY, 5, ids, Journal({}))
    assert (rows_of(batch.persons), rows_of(batch.homes)) == ([0, 1], [0, 1])
    assert isinstance(batch, Batch)
