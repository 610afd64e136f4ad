"""What the calculators for children in difficulty say beyond their figures."""

from __future__ import annotations

import pytest

import povertyrules as pr
from povertyrules import Severity, yuan
from povertyrules.categories import ChildKind, ChildService

ZZ = pr.policy("zaozhuang-hitech", on="2017-06-30")
PLAN = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def test_an_orphan_draws_the_floor_of_orphans_alone() -> None:
    due = ZZ.children.support(child_kind="orphan", in_institution=False)
    assert (due.orphan.low, due.orphan.high, due.orphan.per) == (yuan(720), None, "month")
    assert (due.status("in_difficulty"), due.services) == ("not eligible", True)


def test_of_orphans_in_an_institution_nothing_is_stated() -> None:
    due = ZZ.children.support(child_kind="orphan", in_institution=True)
    assert due.status("orphan") == "unstated"
    with pytest.raises(pr.NotStated, match="support of orphans"):
        _ = due.orphan
    with pytest.raises(pr.NotTold, match="in_institution"):
        _ = ZZ.children.support(child_kind="orphan").orphan


@pytest.mark.parametrize("kind", [kind for kind in ChildKind if kind not in (ChildKind.NONE, ChildKind.ORPHAN)])
def test_where_other_children_live_makes_no_difference(kind: ChildKind) -> None:
    due = ZZ.children.support(child_kind=kind)
    assert (due.in_difficulty.low, due.in_difficulty.high) == (yuan(300), None)
    assert due.status("orphan") == "not eligible"
    assert due.services is True


def test_a_child_of_no_kind_is_owed_nothing() -> None:
    due = ZZ.children.support(child_kind="none")
    assert (due.status("orphan"), due.status("in_difficulty"), due.services) == ("not eligible", "not eligible", False)
    assert ZZ.children.services("none") == ()
    assert due.to_dict()["services"] is False


def test_services_are_categories_with_labels_in_two_languages() -> None:
    owed = ZZ.children.services(ChildKind.LEFT_BEHIND)
    assert owed == tuple(ChildService)
    assert [one.zh for one in owed] == ["临时食宿", "基本医疗", "心理咨询", "法律援助"]
    assert ZZ.children.services("贫困农村留守儿童") == owed


def test_a_payment_under_the_floor_is_an_error() -> None:
    (one,) = ZZ.children.check_paid("orphan_support", yuan("719.99"), {"child_kind": 3, "in_institution": False})
    assert (one.code, one.severity, one.field) == ("underpaid", Severity.ERROR, "orphan_support")
    assert one.provision == f"{PLAN} 专栏7 第7条"
    assert ZZ.children.check_paid("orphan_support", yuan(720), {"child_kind": 3, "in_institution": False}).ok


def test_a_payment_that_the_text_does_not_state_is_warned_of() -> None:
    found = ZZ.children.check_paid("orphan_support", yuan(1200), {"child_kind": 3, "in_institution": True})
    assert [(one.code, one.severity) for one in found] == [("unstated", Severity.WARNING)]
    found.raise_if_any()


@pytest.mark.parametrize(
    ("name", "day", "error"), [("zaozhuang-hitech", "2015-12-31", pr.NotInForce), ("cn", "2017-06-30", pr.NoSuchRule)]
)
def test_before_the_plan_and_elsewhere_nothing_is_held(name: str, day: str, error: type[Exception]) -> None:
    area = pr.policy(name, on=day).children
    for read in (
        lambda: area.support(child_kind=3, in_institution=False).orphan,
        lambda: area.support(child_kind=2).in_difficulty,
        lambda: area.support(child_kind=2).services,
        lambda: area.services(2),
    ):
        with pytest.raises(error):
            read()


def test_services_were_there_before_the_amounts() -> None:
    area = pr.policy("zaozhuang-hitech", on="2016-12-31").children
    assert len(area.services(2)) == 4
    assert area.support(child_kind=2).status("in_difficulty") == "not in force"


def test_past_the_year_of_the_box_a_refusing_policy_gives_services_alone() -> None:
    late = pr.policy("zaozhuang-hitech", on="2018-01-01", past="refuse").children
    due = late.support(child_kind=2)
    assert (due.status("in_difficulty"), due.services) == ("past its last date", True)
    with pytest.raises(pr.PastLastDate, match="2017-12-31"):
        _ = due.in_difficulty
