"""Tests that came of a mutation run: each fails if the line that its comment names is changed as it says."""

import json
from pathlib import Path

import pytest
from attrs import frozen
from fictional.mini import mini
from fictional.world import Farm

import povertyrules as pr
from povertyrules.areas.medical import ByGrade, Marginal
from povertyrules.core.citation import Source, Wording
from povertyrules.core.entity import World, describe, entity, members
from povertyrules.core.errors import FileError, MoneyError, RangeError, RuleError, SortError, UnknownName, mask
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.facts import count as whole
from povertyrules.core.figures import number_of
from povertyrules.core.files import read_data
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen, Rate
from povertyrules.core.ranges import Range, range_of
from povertyrules.core.rule import rule
from povertyrules.core.schema import schema
from povertyrules.core.section import _word, param
from povertyrules.core.tables import brackets_of
from povertyrules.core.terms import is_loose, leaf, make
from povertyrules.core.words import Exact, at_rate, rounded, total
from povertyrules.registry import AREAS


@pytest.fixture(scope="module")
def zz() -> pr.Policy:
    return pr.policy("zaozhuang-hitech", on="2017-06-30")


# medical.py: <= → <
def test_costs_exactly_at_the_ceiling_are_rounded_bill_by_bill(zz: pr.Policy) -> None:
    policy = zz.reading("medical.basic_ceiling", "costs").reading("rounding.stage", "each_bill")
    costs = (5_000_001, 5_000_001, 4_999_998)  # 150,000.00 yuan together, each 55 % of it rounded up
    bills = [pr.Treatment(in_scope=Fen(cost), hospital_grade=3) for cost in costs]
    year = policy.medical.settle_year(bills, registered_poor=False, receives_dibao=False, extremely_poor=False)
    assert year.year.basic.figure == 8_250_001


# medical.py: the edges between which payments rise
def test_the_turns_are_both_sides_of_every_edge(zz: pr.Policy) -> None:
    cost = pr.yuan(1_000_000)
    edges = [0, pr.yuan(100_000), pr.yuan(200_000), pr.yuan(6_000), pr.yuan(3_000), pr.yuan(12_000)]

    def left(bill: int) -> int:  # after basic insurance: 55 %, half a fen up, at most 150,000 yuan
        return bill - min((bill * 55 + 50) // 100, pr.yuan(150_000))

    def first(edge: int) -> int:
        low, high = 0, cost
        while low < high:
            low, high = (low, (low + high) // 2) if left((low + high) // 2) >= edge else ((low + high) // 2 + 1, high)
        return low

    near = {first(edge) + step for edge in edges for step in (-1, 0, 1)}
    assert zz.medical._turns(cost, 3) == sorted(one for one in {0, cost} | near if 0 <= one <= cost)


# medical.py: + 1 → + 2
def test_a_year_is_settled_once_for_none_and_once_for_each_bill(zz: pr.Policy) -> None:
    bills = [pr.Treatment(in_scope=pr.yuan(1000), hospital_grade=1)]
    assert len(zz.medical.settle_year(bills).up_to) == 2


# plan.py: below == entity → <=
def test_a_total_does_not_hang_on_how_entities_are_spelt() -> None:
    @entity("田", "acre")
    @frozen(kw_only=True)
    class Acre:
        sacks: int | None = whole("袋", "sacks", most=9)

    @entity("庄", "manor")
    @frozen(kw_only=True)
    class Manor:
        acres: tuple[Acre, ...] | None = members(Acre, most=3)

    @frozen
    class One:
        @rule("一", "one", entity=Manor)
        def one(self, sacks: int) -> int:
            return total(sacks)

    policy = mini(One, world=World.below(Manor))
    root = policy.builder.tree(Manor(acres=(Acre(sacks=2), Acre(sacks=3))))
    policy.program(("one",)).run(root)
    assert root["one"] == 5


# plan.py: the loop runs over nothing
def test_what_reads_a_loose_quantity_is_loose() -> None:
    @frozen
    class One:
        share: Rate = param("percent")

        @rule("一", "one", entity=Farm)
        def one(self, rent: Fen) -> Fen:
            return rounded(at_rate(rent, self.share))

        @rule("二", "two", entity=Farm)
        def two(self, one: Fen) -> Fen:
            return Fen(one + 1)

    plan = mini(One, values='share = { low = "10 %", high = "20 %" }').plan
    assert is_loose(plan.quantities["two"].term)


# words.py: == → <
def test_exact_amounts_over_different_numbers_are_added() -> None:
    found = Exact(1, 2) + Exact(1, 3)
    assert found.numerator * 6 == found.denominator * 5


# schema.py: ends=False → True; schema.py:118  & → -
def test_the_schema_offers_what_a_model_takes() -> None:
    found = schema({area.name: area.models for area in AREAS})

    def objects(one: object) -> list[dict]:
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        return ([one] if isinstance(one, dict) else []) + [o for each in inner for o in objects(each)]

    held = {name: o["properties"][name] for o in objects(found) for name in ("local_kinds",) if name in o.get("properties", {})}
    assert '"low"' not in json.dumps(held["local_kinds"])
    care = next(o["properties"] for o in objects(found) if "first_age" in o.get("properties", {}))
    assert "outside" not in care  # the model of care holds no table


# facts.py: == → <
def test_a_category_is_labelled_in_each_language() -> None:
    assert (pr.HospitalGrade.THIRD.text_in("en"), pr.HospitalGrade.THIRD.text_in("zh")) == ("third grade", "三级医院")


# facts.py: is → is not
def test_a_file_names_a_category() -> None:
    grade = describe(pr.Treatment).facts["hospital_grade"]
    assert grade.read("third") is pr.HospitalGrade.THIRD
    assert grade.read(3) is pr.HospitalGrade.THIRD


# facts.py: == → <
@pytest.mark.parametrize(("value", "hint"), [(30.5, 'write yuan("30.50")'), (30.505, "no part of a fen")])
def test_a_float_is_answered_with_the_amount_it_prints(value: float, hint: str) -> None:
    with pytest.raises(MoneyError) as caught:
        describe(pr.Treatment).facts["in_scope"].check(value)
    assert hint in caught.value.allowed


# files.py: == → <=
def test_a_json_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"a": [1, null]}', encoding="utf-8")
    assert read_data(file) == {"a": [1, None]}


# files.py: * 2**20 → 16 ** 2**20
def test_a_file_has_at_most_16_mb(tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_bytes(b"#" * (16 * 2**20 + 1))
    with pytest.raises(FileError, match="at most 16 MB"):
        read_data(file)


# figures.py: **9 → 9**9
def test_a_whole_number_is_at_most_a_thousand_million() -> None:
    assert number_of(10**9, "at") == 10**9
    with pytest.raises(RangeError, match="from 0 to 1000000000"):
        number_of(10**9 + 1, "at")


# section.py: == → >=
def test_only_an_unknown_unit_is_called_one() -> None:
    with pytest.raises(SortError) as caught:
        _word({"wording": "exactly"}, "wording", ("exact", "range"), "exact", "at")
    assert caught.value.allowed == "allowed: exact, range"


# ranges.py: args[1:] → args[0:]
def test_the_condition_is_no_part_of_the_range() -> None:
    either = make("where", (leaf("fact", "c", yes_no=True), leaf("fact", "a"), leaf("fact", "b")))
    leaves = {"c": Range(0, 1), "a": Range(-5, -4), "b": Range(-3, -2)}
    assert range_of(either, leaves, lambda _: (0, 1), "x") == Range(-5, -2)


# tables.py: i - 1 → i >> 1
def test_the_bracket_before_a_gap_is_the_one_named() -> None:
    rows = [{"to": "10"}, {"from": "10", "to": "20"}, {"from": "20", "to": "30"}, {"from": "40"}]
    with pytest.raises(SortError, match="gap: the bracket before ends at 30"):
        brackets_of([{**row, "rate": "5 %"} for row in rows], "at")


# citation.py: == → >
def test_a_wording_makes_the_quality_of_a_stated_value() -> None:
    assert Source("r", None, Wording.AVERAGE).grade == "average"
    assert Source("r", None, Wording.PLANNED).grade == "planned"
    assert Source("r", None, Wording.AVERAGE, quality="supplied").grade == "supplied"


# interpretation.py: != → is
@pytest.mark.parametrize("choices", [{"one": 1}, {"two": 2, "one": 1}, {"one": 1, "two": 2, "three": 3}])
def test_a_choice_names_every_reading_in_order(choices: dict[str, int]) -> None:
    with pytest.raises(RuleError, match="must name one, two, in that order"):
        interpretation("mutant.reading", "one", "two").choose(**choices)


# facts.py: or 0 → or -1
def test_money_of_which_nothing_is_allowed_says_so() -> None:
    assert "0.00 to 0.00 yuan" in Fact(zh="一", en="one", sort=Sort.MONEY, least=0, most=0).allowed


# change.py: == → >= or >
@pytest.mark.parametrize(("key", "rates"), [("0", [60, 65, 70]), ("100000", [55, 60, 70]), ("200000", [55, 65, 60])])
def test_one_bracket_is_changed_and_no_other(zz: pr.Policy, key: str, rates: list[int]) -> None:
    changed = zz.reform({f"medical.critical_illness.brackets[{key}]": "60 %"})
    (held,) = changed.sections("medical", Marginal).values()
    assert [row.rate.numerator for row in held.brackets.rows] == rates


# change.py: | → >>
def test_a_whole_table_of_rates_is_put_in_place(zz: pr.Policy) -> None:
    changed = zz.reform({"medical.basic.rates": {1: "80 %", 2: "60 %", 3: "50 %"}})
    (held,) = changed.sections("medical", ByGrade).values()
    assert [rate.numerator for rate in held.rates.rows.values()] == [80, 60, 50]


# errors.py: or → and
def test_an_unlike_name_is_answered_with_all_names() -> None:
    assert UnknownName.among("x", "qqq", ["beta", "alpha"]).allowed == "known: alpha, beta"
    assert UnknownName.among("x", "qqq", []).allowed == "known: none"


# errors.py: * → |
def test_an_identity_number_is_masked() -> None:
    assert mask("370403194903071234") == "370403" + "*" * 12
