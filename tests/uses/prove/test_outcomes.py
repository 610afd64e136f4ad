"""What comes of a claim, held against arithmetic that the rules did not make and against the compiled rules on a grid."""

from __future__ import annotations

import datetime
import itertools
import subprocess
import sys
import time
from fractions import Fraction

import pytest
from fictional.policies import kingdom

import povertyrules as pr
from povertyrules import yuan
from povertyrules.uses.prove import every, implies, is_known, no, some, where
from povertyrules.uses.prove.outcomes import ProofError
from povertyrules.uses.prove.symbols import Z3Emitter, z3

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
LATE = pr.policy("zaozhuang-hitech", on="2018-06-30")


def poor_no_less(q):
    return q.at(registered_poor=True).critical_illness >= q.at(registered_poor=False).critical_illness


def test_large_bills_pay_the_poor_less_than_others():
    found = ZZ.prove(poor_no_less)
    assert isinstance(found, pr.Counterexample)
    settled = [ZZ.medical.settle(**told(found), registered_poor=poor) for poor in (True, False)]
    assert settled[0].critical_illness.figure < settled[1].critical_illness.figure


def told(found: pr.Counterexample) -> dict[str, object]:
    """The facts as arguments of `settle`."""
    return {name: value for name, value in found.facts.items() if name != "registered_poor"}


def test_at_a_remainder_of_900_000_it_is_500_000_against_559_000():
    found = ZZ.prove(poor_no_less, given={"after_basic": yuan(900_000)})
    assert [values["critical_illness"] for values in found.replay().values()] == [yuan(500_000), yuan(559_000)]
    assert found.facts == {"after_basic": yuan(900_000)}


def test_the_least_remainder_from_which_they_are_paid_less():
    found = ZZ.most(lambda q: -q.after_basic, where=lambda q: no(poor_no_less(q)), free=["after_basic"])
    assert found.exact

    # others: 12,000 borne, then 50, 60 and 65 percent up to 100,000, to 200,000 and beyond; the poor stop at 500,000
    def others(remainder: int) -> int:
        parts = ((1_200_000, 10_000_000, 50), (10_000_000, 20_000_000, 60), (20_000_000, remainder, 65))
        exact = sum(Fraction(max(min(remainder, end) - start, 0) * rate, 100) for start, end, rate in parts)
        return int(exact + Fraction(1, 2))

    least = -found.value
    assert others(least) > 50_000_000 >= others(least - 1)


def test_under_a_shared_ceiling_they_are_not():
    assert ZZ.reading("medical.others_ceiling", "shared").prove(poor_no_less) == pr.Proved()


BILLS = [0, 1, 99, 100, 101, *(yuan(n) + d for n in (12_000, 40_000, 100_000, 176_470, 272_727, 350_000) for d in (-1, 0, 1))]
STATUS = list(itertools.product((1, 2, 3), (True, False), (True, False)))


def test_a_claim_that_is_proved_holds_on_a_grid():
    assert ZZ.prove(lambda q: q.next("in_scope").out_of_pocket >= q.out_of_pocket) == pr.Proved()
    for bill, (grade, poor, dibao) in itertools.product(BILLS, STATUS):
        facts = {"hospital_grade": grade, "registered_poor": poor, "receives_dibao": dibao, "extremely_poor": False}
        one, more = (ZZ.medical.settle(in_scope=bill + step, **facts).out_of_pocket.figure for step in (0, 1))
        assert 0 <= one <= more


def test_a_claim_that_fails_on_the_grid_is_not_proved():
    def rises(q):
        return q.next("in_scope").basic_insurance > q.basic_insurance

    found = ZZ.prove(rises)
    bill, grade = found.facts["in_scope"], found.facts["hospital_grade"]
    one, more = (ZZ.medical.settle(in_scope=bill + step, hospital_grade=grade).basic.figure for step in (0, 1))
    assert more <= one


def test_the_most_that_rounding_per_head_adds_is_what_arithmetic_says():
    def half_up(exact: Fraction) -> int:
        return int(exact + Fraction(1, 2))

    apart = [
        half_up(Fraction(gap, 12 * members)) * members - half_up(Fraction(gap, 12))
        for members in range(1, 31)
        for gap in range(12 * members)  # the difference repeats
    ]
    more = ZZ.most(lambda q: q.reading("dibao.household_rounding", "per_head").dibao_due - q.dibao_due)
    less = ZZ.most(lambda q: q.dibao_due - q.reading("dibao.household_rounding", "per_head").dibao_due)
    assert (more.value, less.value) == (max(apart), -min(apart))
    assert more.exact
    assert less.exact


def test_find_gives_a_case_or_says_that_there_is_none():
    found = ZZ.find(lambda q: every(q.longevity_allowance == yuan(430), q.old_age_allowance == 0), free=["age"])
    assert found.facts["age"] == 103
    assert found["longevity_allowance"] == yuan(430)
    assert ZZ.find(lambda q: q.longevity_allowance == yuan(1), free=["age"]) == pr.Proved()


def test_a_birthday_that_is_found_exists_and_gives_the_age():
    found = ZZ.find(lambda q: q.age == 121)
    assert isinstance(found.facts["born"], datetime.date)
    assert ZZ.evaluate(("age",), {"born": found.facts["born"]}).number("age") == 121
    assert ZZ.find(lambda q: q.age < 0) == pr.Proved()  # nobody is born after the day
    nobody = ZZ.find(lambda q: some(q.born == 19000229, q.born == 19990431))
    assert nobody == pr.Proved()


def test_what_is_not_stated_is_not_spoken_of_unless_it_is_asked():
    def of_the_oldest(q):
        return implies(q.age >= 100, q.dibao_old_age_standard == yuan(7))

    assert ZZ.prove(of_the_oldest, where=lambda q: q.receives_dibao, free=["age"]) == pr.Proved()
    gap = ZZ.prove(lambda q: is_known(q.dibao_old_age_standard), free=["age"])
    assert gap.facts["age"] >= 100
    assert gap.facts["receives_dibao"]
    assert gap["dibao_old_age_standard"] is None


def test_a_claim_that_speaks_of_nothing_is_not_proved():
    for found in (
        LATE.prove(lambda q: q.poverty_line == yuan(7)),  # no line is printed for the year
        LATE.find(lambda q: q.poverty_line > 0),
        LATE.most(lambda q: q.poverty_line),
        ZZ.prove(lambda q: q.age == 7, where=lambda q: q.age > 150),
    ):
        assert isinstance(found, pr.Unknown)
        assert found.silent


def test_conditions_narrow_and_values_are_told():
    assert isinstance(ZZ.prove(lambda q: q.care_subsidy > 0, free=["age"]), pr.Counterexample)
    old = {"unable_to_care": True}
    assert ZZ.prove(lambda q: q.care_subsidy > 0, where=lambda q: q.age >= 60, given=old, free=["age"]) == pr.Proved()


def test_a_step_from_what_was_told_and_none_beyond_what_is_declared():
    def more(q):
        return q.next("in_scope", 100).basic_insurance - q.basic_insurance

    told = {"in_scope": yuan(100), "hospital_grade": 3}
    assert ZZ.most(more, given=told).value == 55
    beyond = ZZ.most(more, given=told | {"in_scope": yuan(10_000_000)})
    assert isinstance(beyond, pr.Unknown)
    assert beyond.silent


def test_a_claim_of_its_own_facts_and_of_words():
    assert ZZ.prove(lambda q: where(q.receives_dibao, 1, 2) >= 1) == pr.Proved()
    assert ZZ.prove(lambda q: True) == pr.Proved()
    assert isinstance(ZZ.prove(lambda q: False), pr.Counterexample)


def test_no_time_is_unknown_with_the_reason():
    found = ZZ.prove(lambda q: q.out_of_pocket >= 0, limit=0)
    assert isinstance(found, pr.Unknown)
    assert "time limit" in found.reason
    assert "时限" in found.text("zh")


def test_what_the_solver_cannot_do_is_unknown_and_does_not_hang():
    def fermat(q):
        a, b, c = (x * x * x for x in (q.in_scope + 1, q.commercial_owed + 1, q.own_income + 1))
        return no(a + b == c)

    start = time.monotonic()
    found = ZZ.prove(fermat, limit=2)
    assert isinstance(found, pr.Unknown)
    assert time.monotonic() - start < 10


def test_python_and_is_refused_with_the_word_to_use():
    with pytest.raises(pr.RuleError, match="every"):
        ZZ.prove(lambda q: q.out_of_pocket >= 0 and q.basic_insurance >= 0)


@pytest.mark.parametrize(
    ("claim", "more", "said"),
    [
        (lambda q: q.out_of_pockt >= 0, {}, "out_of_pocket"),
        (lambda q: q.next("in_scop").basic_insurance >= 0, {}, "in_scope"),
        (lambda q: q.at(registered_pore=True).basic_insurance >= 0, {}, "registered_poor"),
        (lambda q: q.basic_insurance >= 0, {"free": ["ag"]}, "age"),
        (lambda q: q.next("registered_poor").basic_insurance >= 0, {}, "registered_poor"),
        (lambda q: q.basic_insurance, {}, "claim"),
        (lambda q: q.basic_insurance >= 0, {"given": {"hospital_grade": 4}}, "hospital_grade"),
        (lambda q: q.basic_insurance >= 0, {"given": {"in_scope": 1.5}}, "float"),
        (lambda q: q.reading("medical.preference", "neither").basic_insurance >= 0, {}, "neither"),
    ],
)
def test_what_nobody_declared_is_refused(claim, more, said):
    with pytest.raises(pr.InputError, match=said):
        ZZ.prove(claim, **more)


def test_the_most_of_what_is_no_number_is_refused():
    with pytest.raises(pr.SortError, match="amount"):
        ZZ.most(lambda q: q.basic_insurance >= 0)


def test_a_house_and_a_person_are_not_of_one_line():
    with pytest.raises(pr.InputError, match="one line"):
        LATE.prove(lambda q: q.housing_subsidy >= q.basic_insurance)


def test_a_solver_that_is_wrong_is_found_out(monkeypatch):
    monkeypatch.setattr(Z3Emitter, "least_", lambda self, a, b: z3.If(a <= b, b, a))
    with pytest.raises(ProofError):
        ZZ.prove(lambda q: q.basic_insurance <= yuan(150_000))


def test_a_counterexample_says_itself_in_both_languages_with_its_provisions():
    found = ZZ.prove(poor_no_less, given={"after_basic": yuan(900_000)})
    assert "critical-illness insurance: 559,000.00 yuan" in found.text()
    assert "大病保险支付: 559,000.00 元" in found.text("zh")
    assert any("专栏7 第12条" in one for one in found.citations())
    assert "<pre>" in found._repr_html_()


def test_another_world_is_proved_in_too():
    rows = kingdom().claims(only=["not-negative"])
    assert len(rows) > 5
    assert not rows.open


def test_importing_the_library_does_not_import_the_solver():
    code = "import sys, povertyrules as pr; pr.policy('cn', on='2015-06-30'); pr.Proved; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_the_solver_the_error_names_the_extra():
    code = (
        "import sys; sys.modules['z3'] = None\n"
        "import povertyrules as pr\n"
        "try: pr.policy('cn', on='2015-06-30').prove(lambda q: True)\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "pip install 'povertyrules[proofs]'" in said
