"""`assess_frames` gives what the compiled functions give, in whole trees of tables and in every engine, nulls included."""

from __future__ import annotations

import random

import pytest
from frames.engines import ID, KINDS, Kind, each, named
from frames.trees import FEW, assessed, facts_of, frames, kinds, shuffled, trees

LISTS = ("treatments", "incomes", "dwellings", "plots", "deaths")
AT_ONCE = [kind.name for kind in KINDS if kind.name not in ("dask", "ibis", "spark")]
"""What takes a second or less for every result of some households."""


# ---- a table for each entity ------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2017", "2018"])
def test_polars_tables_equal_the_compiled_functions(day: str) -> None:
    of = trees(day, 150, 7)
    of.check(assessed(of, *named("polars"), of.tables), of.tables)


@kinds(*AT_ONCE)
def test_tables_of_any_engine_equal_the_compiled_functions(kind: Kind) -> None:
    of = trees("2018", 40, 11)
    tables = shuffled(of.tables, random.Random(11))
    of.check(assessed(of, kind, tables, targets=FEW), tables, FEW)


@each([kind for kind in KINDS if not kind.lazy])
def test_rows_that_have_a_place_keep_it(kind: Kind) -> None:
    of, targets = trees("2018", 40, 11), ("dibao_due", "medical_assistance", "filial_payment")
    tables = shuffled({name: of.tables[name] for name in ("households", "persons", "treatments", "incomes")}, random.Random(3))
    found = of.policy.assess_frames(**frames(kind, tables), unit="fen", targets=targets)
    for name in ("households", "persons"):
        assert kind.table(getattr(found, name))[ID].to_pylist() == tables[name][ID].to_list()


@each(named("dask", "ibis"))
def test_tables_of_slow_engines_equal_the_compiled_functions(kind: Kind) -> None:
    of, targets = trees("2018", 40, 11).some(range(12)), ("dibao_due", "old_age_allowance")
    tables = {name: of.tables[name] for name in ("households", "persons", "incomes")}
    of.check(assessed(of, kind, tables, targets=targets), tables, targets)


@each(named("spark"))
def test_tables_of_spark_equal_the_compiled_functions(kind: Kind) -> None:
    of, targets = trees("2018", 40, 11).some(range(12)), ("filial_payment",)
    read = of.policy.plan.inputs(targets, set())
    tables = {
        name: of.tables[name].select(ID, "^.*_id$", *(fact for fact in facts_of(name) if fact in read))
        for name in ("households", "persons")
    }
    # what it refuses takes it passes over the rows: that is looked at in the long run
    of.check(assessed(of, kind, tables, targets=targets, invalid="null"), tables, targets)


@pytest.mark.long
@each()
@pytest.mark.parametrize("day", ["2017", "2018"])
def test_tables_equal_the_compiled_functions_throughout(kind: Kind, day: str) -> None:
    of = trees(day, 400, 13)
    tables = shuffled(of.tables, random.Random(13))
    of.check(assessed(of, kind, tables), tables)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_many_trees_equal_the_compiled_functions(seed: int) -> None:
    of = trees("2018", 1_000, 100 + seed)
    of.check(assessed(of, *named("polars"), of.tables), of.tables)


# ---- one flat table ---------------------------------------------------------------------------------------------


@kinds("polars")
def test_a_flat_table_equals_the_compiled_functions(kind: Kind) -> None:
    of = trees("2018", 40, 17)
    tables = shuffled(of.flat, random.Random(17))
    of.check(assessed(of, kind, tables), tables)


@kinds("polars", "polars-lazy", "pandas", "pyarrow-alone", "duckdb", "dask")
def test_some_results_of_a_flat_table_equal_the_compiled_functions(kind: Kind) -> None:
    of, targets = trees("2018", 40, 17).some(range(12)), ("dibao_due", "old_age_allowance", "medical_assistance")
    tables = {name: of.flat[name] for name in ("persons", "treatments", "incomes")}
    of.check(assessed(of, kind, tables, targets=targets), tables, targets)


@pytest.mark.long
@each()
def test_a_flat_table_equals_the_compiled_functions_throughout(kind: Kind) -> None:
    of = trees("2018", 400, 19)
    tables = shuffled(of.flat, random.Random(19))
    of.check(assessed(of, kind, tables), tables)


@kinds("polars")
def test_a_flat_table_alone_leaves_every_other_list_untold(kind: Kind) -> None:
    of = trees("2018", 40, 17)
    for field in LISTS:
        of = of.with_list(field, None)
    tables = {"persons": of.flat["persons"]}
    targets = [n for n in of.policy.entitlements if of.policy.plan.quantities[n].entity in ("Person", "Household")]
    of.check(assessed(of, kind, tables), tables, targets)  # what is owed to others is not asked for


# ---- a bill in the person's row ---------------------------------------------------------------------------------


@kinds("polars")
@pytest.mark.parametrize("flat", [False, True])
def test_the_only_bill_of_a_year_may_stand_in_the_persons_row(kind: Kind, flat: bool) -> None:
    of = trees("2018", 60, 23)
    some = of.some(i for i, home in enumerate(of.homes) if all(len(person.treatments) == 1 for person in home.persons))
    assert len(some.homes) >= 5
    tables = dict(some.flat if flat else some.tables)
    bills = tables.pop("treatments").drop(ID)
    tables["persons"] = tables["persons"].join(bills, on="person_id", how="left", maintain_order="left")
    some.check(assessed(some, kind, tables), tables)


# ---- lists ------------------------------------------------------------------------------------------------------


@kinds("polars")
@pytest.mark.parametrize("field", LISTS)
def test_a_table_without_rows_says_that_there_are_none(kind: Kind, field: str) -> None:
    of = trees("2018", 10, 29).with_list(field, ())
    assert of.tables[field].height == 0
    of.check(assessed(of, kind, of.tables, targets=FEW), of.tables, FEW)


@kinds("polars")
@pytest.mark.parametrize("field", LISTS)
def test_a_table_that_is_not_given_leaves_its_list_untold(kind: Kind, field: str) -> None:
    of, lower = trees("2018", 10, 29).with_list(field, None), {"plots": "Plot", "deaths": "Death", "dwellings": "Dwelling"}
    tables = {name: table for name, table in of.tables.items() if name != field}
    targets = [n for n in of.policy.entitlements if of.policy.plan.quantities[n].entity != lower.get(field)]
    of.check(assessed(of, kind, tables), tables, targets)


@kinds("polars")
def test_a_household_of_which_there_are_no_persons_has_untold_members(kind: Kind) -> None:
    of = trees("2018", 10, 31).with_list("persons", None, range(1, 10, 2))
    assert None in [root["dibao_due"] for root in of.roots]
    of.check(assessed(of, kind, of.tables, targets=FEW), of.tables, FEW)


@kinds("polars", "pandas", "pyarrow-alone")
def test_tables_without_any_rows(kind: Kind) -> None:
    of = trees("2018", 10, 31)
    none = of.some(())
    for tables in (none.tables, none.flat):
        found = assessed(of, kind, tables, targets=FEW)
        none.check(found, tables, FEW)
        assert {table.num_rows for table in found.values()} == {0}
        types = {name: str(found["households"].schema.field(name).type) for name in ("fit_to_exit", "total_fen_per_month")}
        assert types == {"fit_to_exit": "bool", "total_fen_per_month": "int64"}


@kinds("polars", "pandas-alone")
def test_one_row(kind: Kind) -> None:
    of = trees("2018", 10, 31)
    one = of.some([next(i for i, home in enumerate(of.homes) if len(home.persons) == 1)])
    for tables in (one.tables, one.flat):
        one.check(assessed(one, kind, tables, targets=FEW), tables, FEW)
