"""The synthetic county: the same everywhere, block by block, within the declared ranges, correlated as its docstring says."""

import collections
import datetime
import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from testing.counties import IDS, OUTRIGHT, as_rows, columns, rows

import povertyrules as pr
from povertyrules.core.facts import EARLIEST, Sort
from povertyrules.entities import WORLD
from povertyrules.testing.invented.draws import GOLDEN, Draws, mixed
from povertyrules.testing.synthetic import HAD_BILL, County, county

ON = datetime.date(2017, 6, 30)
ZZ = pr.policy("zaozhuang-hitech", on=ON)
DECLARED = {**WORLD.facts, "treatments": HAD_BILL}
PARTLY = {"support_mode", "in_scope", "hospital_grade", "poverty_cause", "relief_months", "relief_days", "exited_on"}
"""Columns that are null where there is nothing to tell."""


@pytest.fixture(scope="module")
def whole() -> County:
    """A county of which everything is known that there is to tell."""
    return county(12_000, seed=3, unknown=0)


def same(one: County, other: County) -> bool:
    mine, others = columns(one), columns(other)
    return mine.keys() == others.keys() and all(mine[name].tolist() == others[name].tolist() for name in mine)


# ---- the same everywhere ------------------------------------------------------------------------------------------------


def test_the_numbers_are_those_that_splitmix64_is_known_for() -> None:
    keys = np.uint64(1234567) + np.arange(1, 6, dtype=np.uint64) * GOLDEN
    assert mixed(keys).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_a_draw_lies_below_its_top_and_is_spread_evenly() -> None:
    drawn = Draws.numbered("test", np.arange(70_000)).below("x", 7)
    assert set(drawn.tolist()) == set(range(7))
    assert all(abs(seen - 10_000) < 500 for seen in collections.Counter(drawn.tolist()).values())  # five standard deviations


def test_two_names_are_drawn_apart() -> None:
    draws = Draws.numbered("test", np.arange(40_000))
    both = draws.chance("x", 500) & draws.chance("y", 500)
    assert abs(int(both.sum()) - 10_000) < 450


def test_another_process_finds_the_same() -> None:
    made = "from povertyrules.testing.synthetic import county; made = county(40, seed=8)"
    code = f"{made}; print([cells.tolist() for cells in made.persons.values()])"
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == str([cells.tolist() for cells in county(40, seed=8).persons.values()])


def test_another_seed_makes_another_county() -> None:
    assert same(county(50, seed=1), county(50, seed=1))
    assert not same(county(50, seed=1), county(50, seed=2))
    assert county(50, seed=-1).persons["born"].tolist() != county(50, seed=1).persons["born"].tolist()


@pytest.mark.parametrize(("start", "many"), [(0, 10), (7, 3), (149, 2), (19, 0)])
def test_a_block_is_a_part_of_the_whole(start: int, many: int) -> None:
    block, all_of_them = county(many, seed=5, start=start), county(200, seed=5)
    ids = set(block.households["household_id"].tolist())
    assert len(ids) == many
    assert list(as_rows(block.households)) == list(as_rows(all_of_them.households))[start : start + many]
    assert list(as_rows(block.persons)) == [one for one in as_rows(all_of_them.persons) if one["household_id"] in ids]


def test_a_hundred_million_persons_have_ids_of_one_length() -> None:
    made = county(3, seed=5, start=10**8 - 4)
    assert made.households["household_id"].tolist() == ["H99999997", "H99999998", "H99999999"]
    assert made.persons["person_id"][0] == "H99999997-1"


# ---- facts --------------------------------------------------------------------------------------------------------------


def test_every_fact_of_persons_and_households_that_the_plan_reads_is_there(whole: County) -> None:
    read = ZZ.plan.inputs(ZZ.entitlements, set())
    persons = read & (WORLD.entities["Person"].facts.keys() | {"in_scope", "hospital_grade"})
    assert len(persons) > 20
    assert persons <= whole.persons.keys()
    assert read & WORLD.entities["Household"].facts.keys() <= whole.households.keys()
    assert ZZ.plan.inputs(ZZ.entitlements, OUTRIGHT) >= OUTRIGHT
    assert whole.households.keys() >= OUTRIGHT


def test_nobody_is_named(whole: County) -> None:
    texts = {name for name, fact in WORLD.facts.items() if fact.sort in (Sort.TEXT, Sort.IDENTITY)}
    assert not texts & columns(whole).keys()
    assert {name for name, cells in columns(whole).items() if cells.dtype.kind not in "biM"} == IDS


@pytest.mark.parametrize("on", [datetime.date(2000, 1, 1), ON, datetime.date(2020, 2, 29), datetime.date(2040, 12, 31)])
def test_every_value_lies_in_the_range_of_its_fact(on: datetime.date) -> None:
    made = columns(county(2_000, seed=11, on=on))
    for name in made.keys() - IDS - OUTRIGHT:
        fact, told = DECLARED[name], made[name].compressed()
        match fact.sort:
            case Sort.CATEGORY:
                assert set(told.tolist()) <= {int(kind) for kind in fact.kinds or ()}
                assert told.dtype == np.int8
            case Sort.DATE:
                assert EARLIEST <= told.min().item() <= told.max().item() <= on
            case Sort.YES_NO:
                assert told.dtype == np.bool_
            case _:
                assert (fact.least or 0) <= told.min() <= told.max() <= (fact.most or 0)
                assert told.dtype == np.int64
    for name in OUTRIGHT:
        assert ZZ.plan.ranges[name].low <= made[name].min() <= made[name].max() <= ZZ.plan.ranges[name].high


def test_every_member_of_every_category_occurs(whole: County) -> None:
    for name, cells in columns(whole).items():
        if name in WORLD.facts and (kinds := WORLD.facts[name].kinds):
            assert set(cells.compressed().tolist()) == {int(kind) for kind in kinds}, name


def test_every_yes_no_is_both(whole: County) -> None:
    for name, cells in columns(whole).items():
        if cells.dtype.kind == "b":
            assert set(cells.tolist()) == {True, False}, name


def test_the_day_is_that_asked_for() -> None:
    made = county(200, seed=4, on="2016-02-29", unknown=1)
    assert set(made.households["on"].tolist()) == {datetime.date(2016, 2, 29)}


# ---- what is not known --------------------------------------------------------------------------------------------------


def test_null_without_unknowns_is_only_what_there_is_nothing_to_tell_of(whole: County) -> None:
    assert {name for name, cells in columns(whole).items() if np.ma.getmaskarray(cells).any()} == PARTLY
    for home, people in rows(whole):
        assert (home["poverty_cause"] is None) is (not home["registered_poor"])
        assert (home["relief_months"] is None) is (home["relief_days"] is None) is (home["relief_cause"] == 0)
        assert home["exited_on"] is None or not home["registered_poor"]
        for one in people:
            assert (one["support_mode"] is None) is (not one["extremely_poor"])
            assert (one["in_scope"] is None) is (one["hospital_grade"] is None)
    assert 0.03 < 1 - np.ma.getmaskarray(whole.persons["in_scope"]).mean() < 0.2


def test_so_large_a_share_is_unknown_and_the_rest_is_as_it_was(whole: County) -> None:
    made = columns(county(12_000, seed=3, unknown=0.1))
    for name, cells in columns(whole).items():
        hidden = np.ma.getmaskarray(made[name])
        if name in {*IDS, "on"}:
            assert not hidden.any()
            continue
        told = ~np.ma.getmaskarray(cells)
        slack = 5 * (0.09 / told.sum()) ** 0.5
        assert abs(hidden[told].mean() - 0.1) < slack, name
        assert (made[name] == cells)[~hidden].all()


def test_all_can_be_unknown() -> None:
    made = columns(county(30, seed=3, unknown=1))
    known = {name for name, cells in made.items() if not np.ma.getmaskarray(cells).all()}
    assert known == {*IDS, "on"}


# ---- forms --------------------------------------------------------------------------------------------------------------


def test_yuan_are_the_doubles_nearest_to_whole_fen() -> None:
    fen, yuan = columns(county(2_000, seed=6)), columns(county(2_000, seed=6, unit="yuan"))
    amounts = {name for name in fen if name in OUTRIGHT or (name in WORLD.facts and WORLD.facts[name].sort is Sort.MONEY)}
    assert {name for name, cells in yuan.items() if cells.dtype.kind == "f"} == amounts
    for name in amounts:
        assert yuan[name].tolist() == [None if x is None else float(Fraction(x, 100)) for x in fen[name].tolist()]
    assert all(fen[name].tolist() == yuan[name].tolist() for name in fen.keys() - amounts)


def test_chinese_columns_bear_the_labels_of_the_facts() -> None:
    plain, zh = county(20, seed=6), county(20, seed=6, lang="zh")
    labels = {
        "household_id": "户编号",
        "person_id": "人员编号",
        "register_net_income": "家庭纯收入",
        "countable_income": "低保核算收入",
    }
    labels |= {name: fact.zh for name, fact in DECLARED.items()}
    for mine, others in ((plain.persons, zh.persons), (plain.households, zh.households)):
        assert list(others) == [labels[name] for name in mine]
        assert [cells.tolist() for cells in mine.values()] == [cells.tolist() for cells in others.values()]
    shared = {"户编号"}
    assert zh.persons.keys() & zh.households.keys() == shared


@pytest.mark.parametrize("unit", ["fen", "yuan"])
def test_polars_frames_hold_the_same_with_null_for_unknown(unit: str) -> None:
    pl = pytest.importorskip("polars")
    made = county(300, seed=6, unit=unit)
    for frame, held in zip(made.polars(), (made.persons, made.households), strict=True):
        assert frame.to_dict(as_series=False) == {name: cells.tolist() for name, cells in held.items()}
    persons, households = made.polars()
    money = pl.Int64 if unit == "fen" else pl.Float64
    assert persons.schema["own_income"] == households.schema["countable_income"] == money
    assert (persons.schema["born"], persons.schema["sex"], persons.schema["newborn"]) == (pl.Date, pl.Int8, pl.Boolean)
    assert not any(persons[name].is_nan().any() for name, kind in persons.schema.items() if kind == pl.Float64)


@pytest.mark.parametrize("unit", ["fen", "yuan"])
def test_arrow_tables_hold_the_same_with_null_for_unknown(unit: str) -> None:
    pa = pytest.importorskip("pyarrow")
    made = county(300, seed=6, unit=unit)
    for table, held in zip(made.arrow(), (made.persons, made.households), strict=True):
        assert table.to_pydict() == {name: cells.tolist() for name, cells in held.items()}
    schema = made.arrow()[0].schema
    assert schema.field("own_income").type == (pa.int64() if unit == "fen" else pa.float64())
    assert (schema.field("born").type, schema.field("sex").type) == (pa.date32(), pa.int8())


@pytest.mark.parametrize("unit", ["fen", "yuan"])
def test_pandas_frames_hold_the_same_with_null_for_unknown(unit: str) -> None:
    pd = pytest.importorskip("pandas")
    made = county(300, seed=6, unit=unit)
    for frame, held in zip(made.pandas(), (made.persons, made.households), strict=True):
        for name, cells in held.items():
            found = [None if value is pd.NA or value is pd.NaT else value for value in frame[name].tolist()]
            found = [value.date() if isinstance(value, pd.Timestamp) else value for value in found]
            assert found == cells.tolist(), name
    kinds = made.pandas()[0].dtypes.astype(str)
    assert kinds["own_income"] == ("Int64" if unit == "fen" else "Float64")
    assert (kinds["sex"], kinds["newborn"], kinds["born"]) == ("Int8", "boolean", "datetime64[s]")


def test_a_pandas_frame_may_be_changed_without_changing_the_county() -> None:
    pytest.importorskip("pandas")
    made = county(20, seed=6, unknown=0)
    before, (persons, _) = made.persons["own_income"].tolist(), made.pandas()
    persons.loc[0, "own_income"] = before[0] + 1
    assert made.persons["own_income"].tolist() == before


def test_no_households_are_frames_without_rows() -> None:
    made = county(0, seed=6)
    assert {len(cells) for cells in columns(made).values()} == {0}
    assert columns(made).keys() == columns(county(5, seed=6)).keys()


# ---- refusals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"households": -1}, pr.RangeError, "households"),
        ({"households": True}, pr.SortError, "households"),
        ({"households": 1.0}, pr.SortError, "households"),
        ({"households": 10**8}, pr.RangeError, "99999999"),
        ({"start": -1}, pr.RangeError, "start"),
        ({"start": 10**8 - 2}, pr.RangeError, "start"),
        ({"seed": True}, pr.SortError, "seed"),
        ({"seed": "2017"}, pr.SortError, "seed"),
        ({"unknown": -0.01}, pr.RangeError, "unknown"),
        ({"unknown": 1.01}, pr.RangeError, "unknown"),
        ({"unknown": float("nan")}, pr.RangeError, "unknown"),
        ({"unknown": True}, pr.SortError, "unknown"),
        ({"unit": "yuann"}, pr.UnknownName, "yuan"),
        ({"lang": "cn"}, pr.UnknownName, "zh"),
        ({"on": "1999-12-31"}, pr.DateError, "2000-01-01"),
        ({"on": datetime.date(2041, 1, 1)}, pr.DateError, "2040"),
        ({"on": "June"}, pr.DateError, "June"),
    ],
)
def test_what_will_not_do_is_refused(arguments: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        county(**{"households": 10, "seed": 1, **arguments})


def test_without_numpy_the_error_names_the_extra() -> None:
    code = "import sys; sys.modules['numpy'] = None; import povertyrules.testing.synthetic"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert told.stderr.strip().splitlines()[-1].endswith("needs numpy: pip install 'povertyrules[testing]'")
