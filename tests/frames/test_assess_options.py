"""What `assess_frames` can be asked for: which results, under which names, from which columns, and what becomes of bad cells."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames.engines import Kind, named
from frames.trees import EARLY, ENTITIES, FEW, Tables, assessed, column, facts_of, frames, kinds, trees

import povertyrules as pr
from povertyrules import InputError, UnknownName

DIBAO = ("dibao_due", "dibao_old_age_allowance")
DUE, AGED = "dibao_due_fen_per_month", "dibao_old_age_allowance_fen_per_month"


def two() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two households, the first of two persons."""
    persons = {"household_id": ["a", "a", "b"], "age": [84, 60, 85], "receives_dibao": [True, False, None]}
    return pl.DataFrame(persons), pl.DataFrame({"household_id": ["a", "b"], "countable_income": [1_200_00, 0]})


def flat() -> pl.DataFrame:
    """The same as one table."""
    persons, homes = two()
    return persons.join(homes, on="household_id", how="left", maintain_order="left")


def asked(*frames: object, **options: Any) -> Any:
    """What comes back, in fen and for two results unless it is said otherwise."""
    return EARLY.assess_frames(*frames, **{"unit": "fen", "targets": DIBAO, **options})


# ---- results asked for ------------------------------------------------------------------------------------------


@kinds("polars")
@pytest.mark.parametrize("targets", [(name,) for name in FEW] + [("dibao_due", "age"), ("counted_area", "planted_area")])
def test_only_the_results_asked_for_are_there(kind: Kind, targets: tuple[str, ...]) -> None:
    of = trees("2018", 10, 31)
    of.check(assessed(of, kind, of.tables, targets=targets), of.tables, targets)


def test_results_come_in_the_order_in_which_they_are_asked_for() -> None:
    names = ["dibao_old_age_allowance", "old_age_allowance", "longevity_allowance"]
    persons, homes = two()
    for wanted in (names, names[::-1]):
        found = asked(persons, homes, targets=iter(wanted))
        assert found.persons.columns[3:] == [f"{name}_fen_per_month" for name in wanted]


def test_results_not_asked_for_follow_the_policy() -> None:
    persons, homes = two()
    plan = EARLY.plan
    found = asked(persons, homes, targets=None)
    wanted = [column(EARLY, name) for name in EARLY.entitlements if plan.quantities[name].entity == "Person"]
    assert found.persons.columns == [*persons.columns, *wanted]


def test_what_is_not_in_force_on_the_day_is_said() -> None:
    """The documents' own dates: the city's five sections on the old speak from 2017, the housing plan from 2018."""
    report = pr.Report()
    persons, homes = two()
    found = asked(persons, homes, targets=None, report=report)
    assert list(report.not_in_force) == ["housing_subsidy"]
    assert "from 2018-01-01" in report.not_in_force["housing_subsidy"]
    assert not [name for name in found.households.columns if name.startswith("housing_subsidy")]
    asked(persons, homes, report=(few := pr.Report()))
    assert few.not_in_force == {}  # what was not asked for is not missed


def test_a_day_on_which_nothing_is_in_force_is_refused() -> None:
    before = pr.policy("zaozhuang-hitech", on="2010-01-01")
    with pytest.raises(pr.NotInForce, match="not yet for 2010-01-01"):
        before.assess_frames(*two(), unit="fen")


def test_frames_that_differ_in_one_thing_only_are_planned_apart() -> None:
    """The same names, with another type, another literal, another parameter each time: what was planned is not taken over."""
    persons = pl.DataFrame({"age": [103, 85]})
    for dibao, due in ((True, [0, 100_00]), (1, None), (False, [0, 0]), (None, [0, None])):
        if due is None:
            with pytest.raises(InputError, match="receives_dibao"):
                pr.over(persons, EARLY.elderly.allowances, unit="fen", age="age", receives_dibao=dibao, unable_to_care=False)
            continue
        for kind in (pl.Int64, pl.Int8, pl.Float64):
            frame = persons.with_columns(pl.col("age").cast(kind))
            told = {"age": "age", "receives_dibao": dibao, "unable_to_care": False}
            found = pr.over(frame, EARLY.elderly.allowances, unit="fen", **told)
            assert found["dibao_old_age_fen_per_month"][1] == due[1]
    supplied = persons.with_columns(county=pl.Series([1, 2]))
    of = {"age": "age", "receives_dibao": False, "unable_to_care": False}
    plain = pr.over(supplied, EARLY.elderly.allowances, unit="yuan", **of)["longevity_fen_per_month"].to_list()
    path = next(path for path in EARLY.paths() if path.startswith("elderly.longevity") and path.endswith("step"))
    own = pr.over(supplied, EARLY.elderly.allowances, unit="yuan", **of, **{path: "county"})["longevity_fen_per_month"].to_list()
    assert (plain, own) == ([430_00, 0], [403_00, 0])


def test_an_unknown_result_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UnknownName, match="did you mean dibao_due"):
        asked(*two(), targets=["dibao_du"])
    with pytest.raises(UnknownName, match="receives_dibao"):  # a fact is no result
        asked(*two(), targets=["receives_dibao"])


@pytest.mark.parametrize(
    ("target", "table"), [("housing_subsidy", "dwelling"), ("afforestation_subsidy", "plot"), ("funeral_grant", "d")]
)
def test_a_result_of_a_table_that_was_not_given_is_refused(target: str, table: str) -> None:
    with pytest.raises(UnknownName, match=f"{target}: .*no table of {table}"):
        asked(*two(), targets=[target])


def test_one_name_in_place_of_a_list_of_names_is_understood_or_refused_as_such() -> None:
    persons, homes = two()
    try:
        found = asked(persons, homes, targets="dibao_due")
    except InputError as error:
        assert "'dibao_due'" in str(error)  # noqa: PT017 - either will do
    else:
        assert found.households[DUE].to_list() == asked(persons, homes, targets=["dibao_due"]).households[DUE].to_list()


# ---- names ------------------------------------------------------------------------------------------------------


def test_results_have_chinese_names_on_request() -> None:
    found = asked(*two(), lang="zh", invalid="keep")
    assert found.persons.columns[3:] == ["低保高龄补贴（分/月）", "核验"]
    assert found.households.columns[2:] == ["低保金（分/月）", "合计（分/月）", "未定项数", "核验"]
    english = asked(*two(), invalid="keep")
    assert found.households.rows() == english.households.rows()
    assert found.persons.rows() == english.persons.rows()


@kinds("polars")
def test_every_result_has_one_chinese_name_that_no_other_has(kind: Kind) -> None:
    of = trees("2018", 10, 31)
    found, english = (assessed(of, kind, of.tables, lang=lang) for lang in ("zh", "en"))
    for name, table in found.items():
        assert len(set(table.column_names)) == len(table.column_names) == len(english[name].column_names)
        for one, other in zip(table.columns, english[name].columns, strict=True):
            assert one.to_pylist() == other.to_pylist()


@kinds("polars")
def test_columns_may_bear_the_chinese_labels_of_facts(kind: Kind) -> None:
    of = trees("2018", 10, 31)
    tables = {name: table.rename({n: fact.zh for n, fact in facts_of(name).items()}) for name, table in of.tables.items()}
    of.check(assessed(of, kind, tables, targets=FEW), tables, FEW)


@kinds("polars")
@pytest.mark.parametrize("form", ["tables", "flat"])
def test_columns_may_bear_any_name_that_is_told(kind: Kind, form: str) -> None:
    of = trees("2018", 10, 31)
    given: Tables = of.tables if form == "tables" else of.flat
    told = {name: f"列 {i}" for i, name in enumerate(n for table in ENTITIES for n in facts_of(table))}
    tables = {name: table.rename({n: c for n, c in told.items() if n in table.columns}) for name, table in given.items()}
    read = of.policy.plan.inputs(of.policy.plan.quantities, set())
    columns = {name: c for name, c in told.items() if name in read}
    of.check(assessed(of, kind, tables, targets=FEW, columns=columns), tables, FEW)


def test_what_the_caller_says_of_a_column_goes_before_its_name() -> None:
    persons, homes = two()
    persons = persons.with_columns(years=pl.Series([60, 84, 60]))
    assert asked(persons, homes, columns={"age": "years"}).persons[AGED].to_list() == [0, 0, 0]
    swapped = persons.rename({"age": "receives_dibao", "receives_dibao": "age"})
    found = asked(swapped, homes, columns={"age": "receives_dibao", "receives_dibao": "age"})
    assert found.persons[AGED].to_list() == asked(persons, homes).persons[AGED].to_list() == [10_000, 0, None]


def test_a_column_that_the_caller_says_tells_one_fact_tells_no_other() -> None:
    persons, homes = two()
    ages = persons.drop("receives_dibao").rename({"age": "receives_dibao"})
    assert asked(ages, homes, columns={"age": "receives_dibao"}).persons[AGED].to_list() == [None, 0, None]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"agee": "years"}, "agee.*did you mean age"),
        ({"age": "yeers"}, "yeers.*did you mean years"),
        ({"countable_income": "years"}, "countable_income|years"),  # a column of persons, a fact of households
        ({"name": "years"}, "name"),  # which no rule reads
        ({"dibao_due": "years"}, "dibao_due"),  # which is what is asked for
    ],
)
def test_what_is_said_of_columns_and_cannot_be_is_refused(columns: dict[str, str], message: str) -> None:
    persons, homes = two()
    with pytest.raises(UnknownName, match=message):
        asked(persons.with_columns(years=pl.lit(60)), homes, columns=columns)


def test_a_misspelt_fact_is_refused_with_what_was_meant_though_no_column_tells_it() -> None:
    persons, homes = two()
    with pytest.raises(UnknownName, match=r"agee.*did you mean age"):
        asked(persons.rename({"age": "years"}), homes, columns={"agee": "years"})


@kinds("polars")
@pytest.mark.parametrize(
    ("table", "name", "options"),
    [
        ("persons", AGED, {}),
        ("households", "undecided", {}),
        ("households", "total_fen_per_month", {}),
        ("persons", "findings", {"invalid": "keep"}),
        ("households", "核验", {"invalid": "keep", "lang": "zh"}),
        ("persons", "dibao_old_age_allowance_reason", {"reasons": True}),
    ],
)
def test_a_column_that_is_called_like_a_result_is_refused_by_name(
    kind: Kind, table: str, name: str, options: dict[str, Any]
) -> None:
    persons, homes = two()
    tables = {"persons": persons, "households": homes}
    tables[table] = tables[table].with_columns(pl.lit(1).alias(name))
    with pytest.raises(UnknownName, match=f"{name}.*{table} have a column of that name"):
        asked(**frames(kind, tables), **options)


def test_a_column_that_is_called_like_what_is_asked_for_is_the_callers_own() -> None:
    persons, homes = two()
    found = asked(persons, homes.with_columns(dibao_due=pl.lit("n/a")))
    assert found.households["dibao_due"].to_list() == ["n/a", "n/a"]
    assert found.households[DUE].to_list() == asked(persons, homes).households[DUE].to_list()


# ---- the caller's own -------------------------------------------------------------------------------------------

OWN = pa.table(
    {
        "note": pa.array(["x", None, "二"]),
        "share": pa.array([0.5, None, 1.5], pa.float32()),
        "small": pa.array([1, 2, None], pa.int8()),
        "pr_1": pa.array([1, 2, 3], pa.uint16()),
        "pr_row": pa.array(["r", "s", "t"]),
        "level": pa.array([datetime.datetime(2017, 1, 1, 12)] * 3, pa.timestamp("us")),
        "with space.and dot": pa.array([True, None, False]),
        "tags": pa.array([["x"], None, []], pa.list_(pa.string())),
        "empty": pa.nulls(3),
    }
)
"""Columns that no rule reads."""


@kinds("polars", "polars-lazy", "pyarrow", "pyarrow-alone", "duckdb", "pandas-arrow", "pandas-alone")
def test_other_columns_come_back_as_they_were(kind: Kind) -> None:
    persons, homes = (frame.to_arrow() for frame in two())
    for name in OWN.column_names:
        persons, homes = persons.append_column(name, OWN[name]), homes.append_column(name, OWN[name][:2])
    given = kind.make(persons), kind.make(homes)
    untouched = [kind.table(frame) for frame in given]
    found = asked(*given)
    for came, back in zip(untouched, (found.persons, found.households), strict=True):
        left = kind.table(back).select(came.column_names).sort_by("household_id")
        assert left.schema.remove_metadata() == came.schema.remove_metadata()
        assert left.to_pylist() == came.sort_by("household_id").to_pylist()
    assert [kind.table(frame).to_pylist() for frame in given] == [frame.to_pylist() for frame in untouched]


@pytest.mark.parametrize("index", [["x", "x", "y"], pd.MultiIndex.from_tuples([(1, "u"), (1, "v"), (0, "u")]), [2, 0, 1]])
@pytest.mark.parametrize("polars", [True, False])
def test_pandas_keeps_index_order_and_types(index: Any, polars: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not polars:
        monkeypatch.setattr("povertyrules.frames.engines._has_polars", lambda: False)
    told = {"household_id": ["b", "a", "a"], "age": [84, 70, 60], "receives_dibao": [True, True, False]}
    persons = pd.DataFrame(told, index=index).astype({"age": "int8"})
    persons["kind"] = pd.Categorical(["p", "q", None])
    persons[2017] = [1.5, None, 2.5]
    homes = pd.DataFrame({"household_id": ["b", "a"], "countable_income": [0, 120_000]}, index=[7, 7])
    found = asked(persons, homes)
    pd.testing.assert_frame_equal(found.persons[list(persons.columns)], persons)
    pd.testing.assert_frame_equal(found.households[list(homes.columns)], homes)
    assert found.persons[AGED].tolist() == [10_000, 0, 0]
    assert {str(found.persons[AGED].dtype), str(found.households["undecided"].dtype)} == {"Int64"}
    assert found.households["undecided"].tolist() == [0, 0]


def test_what_comes_back_unpacks_as_persons_and_households() -> None:
    found = asked(*two())
    persons, homes = found
    assert (persons is found.persons, homes is found.households) == (True, True)
    assert (found.dwellings, found.plots, found.deaths) == (None, None, None)


# ---- what cannot be ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["unit", "invalid", "round", "lang", "untold"])
def test_an_unknown_option_is_refused(option: str) -> None:
    with pytest.raises(UnknownName, match=f"^{option}: 'x'"):
        asked(*two(), **{option: "x"})


@pytest.mark.parametrize("table", ["persons", "households", "plots"])
@pytest.mark.parametrize("frame", [{"household_id": ["a"]}, "persons.csv"], ids=["dict", "text"])
def test_what_is_no_frame_is_refused_as_over_refuses_it(table: str, frame: object) -> None:
    persons, homes = two()
    with pytest.raises(InputError, match="allowed: a pandas, Polars"):
        asked(**{"persons": persons, "households": homes, table: frame})


def test_no_persons_at_all_are_refused() -> None:
    with pytest.raises(InputError, match="persons"):
        asked(None)


@pytest.mark.parametrize(
    ("one", "other"), [("duckdb", "polars"), ("polars", "duckdb"), ("polars-lazy", "pandas"), ("pyarrow", "duckdb")]
)
def test_tables_of_engines_that_cannot_meet_are_refused_in_words(one: str, other: str) -> None:
    persons, homes = (frame.to_arrow() for frame in two())
    first, second = named(one)[0], named(other)[0]
    try:
        found = asked(first.make(persons), second.make(homes))
    except InputError:
        return
    assert first.table(found.persons)[AGED].to_pylist() == asked(*two()).persons[AGED].to_list()
