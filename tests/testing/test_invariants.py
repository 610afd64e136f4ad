"""Invariants hold for the library's packs, and fail, with an exact message, for policies that were broken on purpose."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from attrs import frozen
from fictional.mini import mini
from fictional.policies import kingdom
from fictional.world import Farm, Villager
from hypothesis import given, settings

import povertyrules as pr
from povertyrules.core.entity import World, entity
from povertyrules.core.errors import InputError, UnknownName
from povertyrules.core.facts import Fact, Sort, count
from povertyrules.core.money import Fen, Rate
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param
from povertyrules.core.words import at_rate, rounded
from povertyrules.policy import Policy
from povertyrules.statement import Statement
from povertyrules.testing import invariants
from povertyrules.testing import strategies as s
from povertyrules.testing.tables import ENGINES

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
LATE = pr.policy("zaozhuang-hitech", on="2018-03-31")
COUPLE = pr.Household(persons=[pr.Person(born="1932-05-01", receives_dibao=False), pr.Person(born="1915-05-01")])
calm = settings(max_examples=25, deadline=None, database=None)


@calm
@given(s.households(ZZ))
def test_all_hold_of_the_library(home: pr.Household) -> None:
    invariants.all_hold(ZZ, home)


@calm
@given(s.households(LATE, unknown=0))
def test_all_hold_on_a_later_day(home: pr.Household) -> None:
    invariants.all_hold(LATE, home)


@calm
@given(s.households(kingdom()))
def test_all_but_the_signs_hold_of_a_world_of_ones_own(farm: Farm) -> None:
    invariants.nothing_negative(kingdom(), farm)  # what may be negative is declared so: wood_left, pool_odd
    invariants.explains_itself(kingdom(), farm)


@pytest.mark.parametrize("engine", ENGINES)
def test_frames_give_what_compute_gives(engine: str) -> None:
    @settings(max_examples=4, deadline=None, database=None)
    @given(s.frames(ZZ, most_rows=8))
    def check(tables: Any) -> None:
        invariants.compute_equals_frames(ZZ, tables.households, engine)

    check()


def test_frames_have_nothing_to_show_where_nothing_is_in_force() -> None:
    invariants.compute_equals_frames(pr.policy("zaozhuang-hitech", on="2010-01-01"), [COUPLE])


# ---- broken on purpose ----------------------------------------------------------------------------------------


@frozen
class Kept:
    """What is left of the rent after a part that can be more than it."""

    keep: Fen = param("yuan")

    @entitlement("余", "what is left", entity=Farm, per="year")
    def left_over(self, rent: Fen) -> Fen:
        """The rent less what is kept."""
        return rent - self.keep


def test_a_negative_amount_is_found() -> None:
    policy = mini(Kept, values='unit = "yuan"\nkeep = "10"')
    invariants.nothing_negative(policy, Farm(rent=pr.yuan(10)))
    with pytest.raises(AssertionError) as caught:
        invariants.nothing_negative(policy, Farm(rent=pr.yuan("9.99")))
    assert str(caught.value) == 'left_over of farm is -1, below nothing; with {"rent": "9.99"}'


@frozen
class Generous:
    """Two payments for one rent, which together can be more than it."""

    rate: Rate = param("percent")

    @rule("甲付", "first payment", entity=Farm, per="year")
    def first_payment(self, rent: Fen) -> Fen:
        """A share of the rent."""
        return rounded(at_rate(rent, self.rate))

    @rule("乙付", "second payment", entity=Farm, per="year")
    def second_payment(self, rent: Fen) -> Fen:
        """The same share of the whole, not of what is left."""
        return rounded(at_rate(rent, self.rate))

    @rule("租", "the rent", entity=Farm, per="year")
    def rent_due(self, rent: Fen) -> Fen:
        """The rent."""
        return rent


def test_payments_above_the_bill_are_found() -> None:
    names: dict[str, Any] = {"payments": ("first_payment", "second_payment"), "bill": "rent_due"}
    half, most = (mini(Generous, values=f'unit = "percent"\nrate = "{rate} %"') for rate in (50, 60))
    invariants.never_above_the_bill(half, Farm(rent=pr.yuan(100)), **names)
    with pytest.raises(AssertionError) as caught:
        invariants.never_above_the_bill(most, Farm(rent=pr.yuan(100)), **names)
    said = "first_payment 6000 + second_payment 6000 of farm is more than rent_due 10000, in fen"
    assert str(caught.value) == f'{said}; with {{"rent": "100.00"}}'
    with pytest.raises(UnknownName, match="second_payment"):
        invariants.never_above_the_bill(half, Farm(), payments=("second_pay",), bill="rent_due")


def test_a_quantity_that_falls_is_found() -> None:
    """99 years bring 60 yuan, 100 years another allowance: the document's own cliff."""
    invariants.monotone(ZZ, "old_age_allowance", "age", {"receives_dibao": False}, values=range(100))
    with pytest.raises(AssertionError) as caught:
        invariants.monotone(ZZ, "old_age_allowance", "age", {"receives_dibao": False})
    said = "old_age_allowance falls from 6000 to 0 as age goes from 99 to 100; with receives_dibao=False"
    assert str(caught.value) == said
    with pytest.raises(AssertionError, match="rises from 0 to 3000 as age goes from 79 to 80"):
        invariants.monotone(ZZ, "old_age_allowance", "age", {"receives_dibao": False}, "down")
    with pytest.raises(InputError, match="an amount, an area or a whole number"):
        invariants.monotone(ZZ, "old_age_allowance", "receives_dibao", {})


def test_a_reform_that_pays_the_older_less_is_found() -> None:
    told = {"receives_dibao": True, "registered_poor": True, "extremely_poor": False}
    invariants.monotone(ZZ, "dibao_old_age_allowance", "age", told, values=range(100))
    broken = ZZ.reform({"elderly.dibao_old_age.bands[90]": pr.yuan(90)})
    invariants.monotone(broken, "dibao_old_age_allowance", "age", told, values=range(90))
    with pytest.raises(AssertionError, match="falls from 10000 to 9000 as age goes from 89 to 90"):
        invariants.monotone(broken, "dibao_old_age_allowance", "age", told, values=range(100))


def test_frames_that_differ_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are those of the policy, what is computed that of another: one fen more from 80 on."""
    other = ZZ.reform({"elderly.old_age.bands[80]": Fen(3001)})
    right = invariants.computed
    monkeypatch.setattr(invariants, "computed", lambda _, homes: right(other, homes))
    with pytest.raises(AssertionError) as caught:
        invariants.compute_equals_frames(ZZ, [pr.Household(persons=[pr.Person()]), COUPLE])
    first = "old_age_allowance of persons[1]: computed 3001, as a table of polars 3000"
    assert str(caught.value).startswith(f'{first}; with {{"incomes": [], "persons": [{{"born": "1932-05-01"')


def said_otherwise(change: Callable[[dict[str, Any]], object]) -> Any:
    """A policy whose statements were tampered with."""

    def assess(home: pr.Household) -> Statement:
        data = ZZ.assess(home).to_dict()
        change(data)
        return Statement.from_dict(data)

    return SimpleNamespace(assess=assess)


def test_lines_without_ground_are_found() -> None:
    def no_provision(data: dict[str, Any]) -> None:
        data["lines"][0]["provisions"] = []

    def no_english(data: dict[str, Any]) -> None:
        data["lines"][0]["explanation"]["en"] = " "

    def no_reason(data: dict[str, Any]) -> None:
        data["undecided"][0]["reason"]["zh"] = ""

    invariants.explains_itself(ZZ, COUPLE)
    for change, said in (
        (no_provision, r"old_age_allowance of person 1 rests on no provision; with \{"),
        (no_english, "old_age_allowance of person 1 is not explained in en"),
        (no_reason, "unknown, without a reason in zh"),
    ):
        with pytest.raises(AssertionError, match=said):
            invariants.explains_itself(said_otherwise(change), COUPLE)


class Forgetful:
    """A policy that pickles as another."""

    def assess(self, home: pr.Household) -> Statement:
        return ZZ.assess(home)

    def __reduce__(self) -> tuple[object, ...]:
        return _other, ()


def _other() -> Policy:
    return ZZ.reform({"elderly.old_age.bands[80]": Fen(3001)})


def test_a_policy_that_pickles_as_another_is_found() -> None:
    invariants.round_trips(ZZ, COUPLE)
    invariants.round_trips(_other(), COUPLE)  # a reform is pickled with its figures
    with pytest.raises(AssertionError, match="says something else once pickled: lines, refused, totals; with"):
        invariants.round_trips(Forgetful(), COUPLE)  # type: ignore[arg-type]


def test_a_statement_that_json_changes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(self: Statement) -> str:
        return original(self).replace("30.00", "31.00")

    original = Statement.to_json
    monkeypatch.setattr(Statement, "to_json", lossy)
    with pytest.raises(AssertionError, match="changes on its way through JSON: lines, refused, totals; with"):
        invariants.round_trips(ZZ, COUPLE)


def test_a_fact_that_takes_anything_is_found() -> None:
    @entity("洞", "hole")
    @frozen(kw_only=True)
    class Hole:
        depth: int | None = count("深", "depth", most=5)
        width: int | None = attrs.field(default=None, metadata={"fact": Fact(zh="宽", en="width", sort=Sort.COUNT, most=5)})

    invariants.refuses_what_is_out_of_range(ZZ)
    invariants.refuses_what_is_out_of_range(kingdom())
    broken: Any = SimpleNamespace(world=World.below(Hole))
    with pytest.raises(AssertionError, match=r"Hole\.width takes -1; allowed: a whole number from None to 5"):
        invariants.refuses_what_is_out_of_range(broken)


def test_what_is_broken_is_told_with_identity_numbers_masked() -> None:
    policy = mini(Kept, values='unit = "yuan"\nkeep = "10"')
    farm = Farm(rent=Fen(0), villagers=[Villager(seal="370403194903071234", born=datetime.date(1949, 3, 7))])
    with pytest.raises(AssertionError, match=r'"seal": "370403\*{12}"'):
        invariants.nothing_negative(policy, farm)
