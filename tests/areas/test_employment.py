"""What the calculators and checks of training and work say beyond their figures."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import povertyrules as pr
from povertyrules import Severity, yuan

ANKANG, SX = pr.policy("ankang", on="2020-06-30"), pr.policy("shanxi", on="2017-06-30")
READINGS = {
    (again, soft): ANKANG.reading("employment.same_skill_again", again).reading("obligations.soft_words", soft).employment
    for again in ("once_in_life", "once_a_year")
    for soft in ("by_word", "all_hard", "all_soft")
}
WORKER = {"registered_poor": True, "able_to_work": True, "wants_work": True}


def training(day: str, trade: str = "welder", level: int = 4) -> dict[str, object]:
    return {"trade": trade, "level": level, "on": datetime.date.fromisoformat(day)}


HISTORIES = st.lists(
    st.fixed_dictionaries(
        {
            "trade": st.sampled_from(["welder", "cook"]),
            "level": st.integers(3, 5),
            "on": st.dates(datetime.date(2019, 11, 1), datetime.date(2021, 2, 1)),
        }
    ),
    max_size=9,
)


@given(HISTORIES)
def test_a_history_is_counted_by_year_and_by_trade_and_grade(history: list[dict[str, Any]]) -> None:
    beyond = sum(max(times - 3, 0) for times in Counter(one["on"].year for one in history).values())
    ever = len(history) - len({(one["trade"], one["level"]) for one in history})
    in_year = len(history) - len({(one["trade"], one["level"], one["on"].year) for one in history})
    for (again, soft), area in READINGS.items():
        found = area.check_training(history)
        codes = Counter((one.code, one.severity) for one in found)
        severity = Severity.ERROR if soft == "all_hard" else Severity.WARNING
        again_found = ever if again == "once_in_life" else in_year
        assert codes == Counter({("too-many", severity): beyond, ("same-skill", Severity.ERROR): again_found}) - Counter()


def test_the_finding_names_the_later_training_whatever_the_order_of_the_list() -> None:
    for order in itertools.permutations([training("2020-01-05"), training("2020-09-05"), training("2020-03-01", "cook")]):
        (one,) = ANKANG.employment.check_training(order)
        assert one.field == f"history[{order.index(training('2020-09-05'))}]"
        assert one.provision.endswith("附件2 二(二)")


@pytest.mark.parametrize(
    ("history", "field"),
    [
        (5, "history"),
        ("welder", "history"),
        ([5], "history[0]"),
        ([{"trade": "welder", "level": 4}], "history[0]"),
        ([training("2020-01-01") | {"fee": 5}], "history[0]"),
        ([training("2020-01-01") | {"trade": 5}], "history[0].trade"),
        ([training("2020-01-01") | {"level": "4"}], "history[0].level"),
        ([training("2020-01-01") | {"on": 20200101}], "history[0].on"),
    ],
)
def test_a_careless_history_is_refused_with_its_place(history: Any, field: str) -> None:
    with pytest.raises(pr.InputError) as refusal:
        ANKANG.employment.check_training(history)
    assert refusal.value.field == field


def test_no_amount_is_printed_for_one_more_training() -> None:
    told = {"trainings_this_year": 2, "same_skill_this_year": False, "same_skill_before": False}
    with pytest.raises(pr.NotStated, match=r"employment\.training_limit\.amount"):
        _ = ANKANG.employment.training(**WORKER, **told).subsidy  # type: ignore[arg-type]
    # whether a later year counts need not be told where it does not matter
    later = ANKANG.reading("employment.same_skill_again", "once_a_year").local(
        {"employment.training_limit.amount": yuan(600)}, source="county notice"
    )
    found = later.employment.training(**WORKER, trainings_this_year=0, same_skill_this_year=False).subsidy
    assert (found.figure, found.per, found.quality) == (yuan(600), "once", "supplied")


def test_the_ends_of_the_women_s_ages_are_two_readings() -> None:
    ages = range(48, 63)
    reached = {
        (inclusive, sixty): [
            age
            for age in ages
            if ANKANG.reading("wording.inclusive", inclusive)
            .reading("employment.women_at_sixty", sixty)
            .employment.women(age=age, sex="female", registered_poor=True, able_to_work=True)
            .open
        ]
        for inclusive in ("inclusive", "strict")
        for sixty in ("included", "excluded")
    }
    assert reached == {
        ("inclusive", "included"): list(range(50, 61)),
        ("inclusive", "excluded"): list(range(50, 60)),
        ("strict", "included"): list(range(51, 60)),
        ("strict", "excluded"): list(range(51, 60)),
    }


def test_free_training_asks_only_what_decides() -> None:
    ask = SX.employment.free_training
    assert ask(registered_poor=True, unplaced_leaver=True).free
    assert not ask(registered_poor=False).free
    with pytest.raises(pr.NotTold, match="migrant_worker"):
        _ = ask(registered_poor=True, unplaced_leaver=False).free


def test_an_enterprise_has_what_the_locality_says_for_each_worker() -> None:
    with pytest.raises(pr.NotStated, match="not printed"):
        SX.employment.enterprise_subsidy(0)
    told = SX.local({"employment.enterprise_training.amount": "500"}, source="county notice").employment
    found = told.enterprise_subsidy(12)
    assert (found.figure, found.quality) == (yuan(6000), "supplied")
    for careless in (-1, 1.0, True, "12"):
        with pytest.raises(pr.InputError, match="trained_poor"):
            told.enterprise_subsidy(careless)  # type: ignore[arg-type]
    with pytest.raises(pr.NoSuchRule):
        ANKANG.employment.enterprise_subsidy(12)
