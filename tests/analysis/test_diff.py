"""What a change of rules changes, against figures worked out from the plan: old age 30 from 80 and 60 from 90 on, and so on."""

import json
from typing import cast

import pytest
from testing.counties import as_household, rows

import povertyrules as pr
from povertyrules import yuan
from povertyrules.analysis.answers import Answer
from povertyrules.analysis.changes import Row
from povertyrules.core.money import plain
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import walk
from povertyrules.testing.synthetic import county

ON = "2017-06-30"
ZZ = pr.policy("zaozhuang-hitech", on=ON)
TITLE = "枣庄高新区“十三五”脱贫攻坚规划 (枣高管办发[2018]6号)"


def old(age: int, **more: object) -> pr.Person:
    """A person of an age on the day."""
    told = {"name": f"of {age}", "born": f"{2017 - age}-06-30", "receives_dibao": False, "unable_to_care": False}
    return pr.Person(**{**told, **more})


def home(*persons: pr.Person, **more: object) -> pr.Household:
    return pr.Household(persons=persons, **more)


def only(found: pr.Diff, name: str) -> list[Row]:
    return [row for row in found.rows if row.name == name]


def paths(row: Row) -> list[str]:
    return [cause.difference.path for cause in row.causes]


HOMES = [home(old(79), old(80)), home(old(90)), home(old(85), old(89), old(99)), home(old(30))]


def test_a_band_that_a_reform_raises_changes_those_in_it_by_the_difference_and_nobody_else() -> None:
    found = pr.diff(ZZ, ZZ.reform({"elderly.old_age.bands[80]": yuan(50)}, source="draft"), iter(HOMES))
    assert [(row.household, row.who.en, row.name, row.change) for row in found.rows] == [
        (0, "of 80", "old_age_allowance", 2000),
        (2, "of 85", "old_age_allowance", 2000),
        (2, "of 89", "old_age_allowance", 2000),
    ]
    assert {(str(row.before), str(row.after)) for row in found.rows} == {("30.00 yuan a month", "50.00 yuan a month")}
    assert (found.changed, found.households, found.empty) == ((0, 2), 4, False)
    total = found.totals["month"]
    assert (total.before, total.after, total.change, total.undecided) == (9000, 15000, 6000, 0)
    (difference,) = found.differences
    assert (difference.path, difference.before.en, difference.after.en) == (
        "elderly.old_age.bands[80]",
        "30.00 yuan a month",
        "50.00 yuan a month",
    )
    assert difference.before_source.en == f"{TITLE} 专栏7 第1条"
    assert difference.after_source.en == "hypothetical: draft"
    assert {tuple(paths(row)) for row in found.rows} == {("elderly.old_age.bands[80]",)}


def test_nothing_changes_between_a_policy_and_itself_or_the_same_figures() -> None:
    for same in (ZZ, pr.policy("zaozhuang-hitech", on=ON), ZZ.reform({"elderly.old_age.bands[80]": "30.00"})):
        found = pr.diff(ZZ, same, HOMES)
        assert found.empty
        assert found.differences == ()
        assert found.totals == {}


def test_of_two_figures_each_is_named_where_it_counts() -> None:
    """A hundred years: 400 and nothing more; 103: 400 and three times 10."""
    more = ZZ.reform({"elderly.longevity.amount": "420", "elderly.longevity.step": "12"})
    found = pr.diff(ZZ, more, [home(old(100), old(103))])
    first, second = only(found, "longevity_allowance")
    assert paths(first) == ["elderly.longevity.amount"]
    assert first.change == 2000
    assert paths(second) == ["elderly.longevity.amount", "elderly.longevity.step"]
    assert second.change == (42000 + 3 * 1200) - (40000 + 3 * 1000)
    alone = [int(cause.alone.amount) for cause in second.causes if cause.alone and cause.alone.amount]
    assert alone == [42000 + 3 * 1000, 40000 + 3 * 1200]


def test_a_figure_that_counts_only_together_with_another_is_named() -> None:
    """From 100 on 400: from 95 on, 500. Of somebody of 97 the amount counts only since the age does."""
    more = ZZ.reform({"elderly.longevity.first_age": 95, "elderly.longevity.amount": "500"})
    (row,) = only(pr.diff(ZZ, more, [home(old(97))]), "longevity_allowance")
    assert (row.before.status, row.after.status) == ("not eligible", "amount")
    assert (row.before.text("zh"), int(row.after.amount or 0)) == ("不符合条件", 50000 + 2 * 1000)
    assert paths(row) == ["elderly.longevity.first_age", "elderly.longevity.amount"]


def test_a_wording_that_changes_is_a_change_though_the_figure_stays() -> None:
    (row,) = only(pr.diff(ZZ, ZZ.reform({"elderly.longevity.amount": "400"}), [home(old(100))]), "longevity_allowance")
    assert (row.before.text(), row.after.text(), row.change) == ("at least 400.00 yuan a month", "400.00 yuan a month", 0)


def test_a_reading_is_named_like_a_figure_and_unknown_is_an_answer() -> None:
    """Of 90, on dibao: the higher of 60 and 200, or both. Where dibao was not told, only the other reading knows."""
    homes = [home(old(90, receives_dibao=True)), home(old(90, receives_dibao=None))]
    found = pr.diff(ZZ, ZZ.reading("elderly.old_age_stacking", "adds"), homes)
    first, second = only(found, "old_age_allowance")
    assert (first.before.status, str(first.after)) == ("not eligible", "60.00 yuan a month")
    assert (str(second.before), str(second.after), second.change) == ("unknown", "60.00 yuan a month", None)
    assert {tuple(paths(row)) for row in found.rows} == {("elderly.old_age_stacking",)}
    assert found.differences[0].kind == "reading"
    assert found.totals["month"].undecided == 1
    back = pr.diff(ZZ, ZZ.reading("elderly.old_age_stacking", "adds"), homes, untold="absent")
    assert [str(row.after) for row in only(back, "old_age_allowance")] == ["60.00 yuan a month"]


def test_a_section_that_comes_into_force_is_named_and_the_day_only_where_it_counts() -> None:
    before, after = (pr.policy("zaozhuang-hitech", on=day) for day in ("2016-12-31", "2017-01-01"))
    found = pr.diff(before, after, [home(old(85, born="1931-05-01"))], quantities="old_age_allowance")
    (row,) = only(found, "old_age_allowance")
    assert (row.before.status, str(row.after)) == ("not in force", "30.00 yuan a month")
    assert row.before.text("zh") == "尚未施行"
    assert set(paths(row)) <= {"elderly.old_age", "elderly.dibao_old_age"}
    assert "elderly.old_age" in paths(row)
    assert "on" in {one.path for one in found.differences}


def test_a_birthday_between_two_days_is_the_cause_of_what_it_changes() -> None:
    found = pr.diff(ZZ, pr.policy("zaozhuang-hitech", on="2017-09-30"), [home(old(79, born="1937-08-01"), old(85))])
    (row,) = only(found, "old_age_allowance")
    assert (row.before.status, str(row.after), paths(row)) == ("not eligible", "30.00 yuan a month", ["on"])


def test_another_place_has_other_answers() -> None:
    found = pr.diff(ZZ, pr.policy("zaozhuang", on=ON), [home(old(85))], quantities="old_age_allowance")
    (row,) = only(found, "old_age_allowance")
    assert (str(row.before), row.after.status) == ("30.00 yuan a month", "no such rule")
    assert "elderly.old_age" in paths(row)


def test_a_figure_that_is_given_where_none_is_printed() -> None:
    """Of the filial fund's payment the share is not printed: in the reading that matches, it is unstated until it is given."""
    matching = ZZ.reading("elderly.filial_amount", "matches_children")
    given = matching.local({"elderly.filial.share": "10 %"}, source="village")
    person = old(70, supported_by_children=True, children_pay=yuan(200))
    (row,) = pr.diff(matching, given, [home(person, filial_fund=True)]).rows
    assert (row.name, row.before.status, int(row.after.amount or 0)) == ("filial_payment", "unstated", 2000)
    (cause,) = row.causes
    assert (cause.difference.path, cause.difference.before.en, cause.difference.after.en) == (
        "elderly.filial.share",
        "not printed",
        "10 %",
    )
    assert cause.difference.after_source.zh == "由调用方提供: village"


def test_quantities_that_are_no_entitlements_are_compared_if_they_are_named_and_not_added() -> None:
    more = ZZ.reform({"elderly.old_age.bands[80]": yuan(50)})
    found = pr.diff(ZZ, more, HOMES, quantities=["old_age_standard"])
    assert {row.name for row in found.rows} == {"old_age_standard"}
    assert found.totals == {}
    assert set(found.by_cause()) == {"elderly.old_age.bands[80]"}


def test_a_table_of_another_shape_is_one_difference() -> None:
    rows_ = [{"ages": [75, 89], "amount": "30"}, {"ages": [90, 99], "amount": "60"}]
    found = pr.diff(ZZ, ZZ.reform({"elderly.old_age.bands": rows_}), [home(old(76), old(85))])
    (row,) = found.rows
    assert (row.who.en, row.before.status, str(row.after)) == ("of 76", "not eligible", "30.00 yuan a month")
    assert [one.text().partition(" [")[0] for one in found.differences] == [
        "elderly.old_age.bands: 80–89: 30.00 yuan a month; 90–99: 60.00 yuan a month → "
        "75–89: 30.00 yuan a month; 90–99: 60.00 yuan a month"
    ]


def test_what_is_said() -> None:
    more = ZZ.reform({"elderly.old_age.bands[80]": yuan(50), "elderly.care.amount": "70"})
    found = pr.diff(ZZ, more, HOMES)
    assert found.summary() == (
        "zaozhuang-hitech on 2017-06-30 → zaozhuang-hitech on 2017-06-30\n"
        "2 households of 4 changed\n"
        f"elderly.old_age.bands[80]: 30.00 yuan a month → 50.00 yuan a month [{TITLE} 专栏7 第1条 → hypothetical: reform]\n"
        "  old-age allowance (old_age_allowance): 2 households, +20.00 yuan a month\n"
        "differs, and changes nothing here: elderly.care.amount\n"
        "totals of the lines that change:\n"
        "  90.00 → 150.00 yuan a month (+60.00)"
    )
    assert found.summary("zh").splitlines()[1] == "4户中2户有变化"
    assert "  高龄补贴 (old_age_allowance)：2户，+20.00元/月" in found.summary("zh")
    assert found.rows[0].text("zh") == ("第1户，of 80：高龄补贴：30.00元/月 → 50.00元/月 (+20.00)，由elderly.old_age.bands[80]")
    assert found.markdown().splitlines()[1] == "    - old-age allowance (old_age_allowance): 2 households, +20.00 yuan a month"
    assert found.markdown().startswith("- `elderly.old_age.bands[80]`: 30.00 yuan a month → 50.00")
    assert pr.diff(ZZ, ZZ, HOMES).markdown() == "- nothing changes"


def test_as_data_and_as_a_table() -> None:
    person = old(85, name="<b>370403193206301234")
    found = pr.diff(ZZ, ZZ.reform({"elderly.old_age.bands[80]": yuan(50)}), [home(person)])
    data = json.loads(json.dumps(found.to_dict()))
    (row,) = data["rows"]
    assert (row["change"], row["before"]["amount"]["figure"], row["causes"][0]["path"]) == (
        "20.00",
        "30.00",
        "elderly.old_age.bands[80]",
    )
    assert data["totals"] == {"month": {"before": "30.00", "after": "50.00", "change": "20.00", "undecided": 0}}
    page = found._repr_html_()
    assert "<b>" not in page
    assert "193206301234" not in page + json.dumps(data) + found.summary() + str(found.rows[0])
    assert "nothing changes" in pr.diff(ZZ, ZZ, [])._repr_html_()


def test_what_is_refused() -> None:
    with pytest.raises(pr.UnknownName, match="old_age_allowanse"):
        pr.diff(ZZ, ZZ, [], quantities=["old_age_allowanse"])
    with pytest.raises(pr.UnknownName, match="untold"):
        pr.diff(ZZ, ZZ, [], untold="nothing")
    late = home(pr.Person(born="2017-07-01"))
    with pytest.raises(pr.DateError, match=r"^households\[1\]\.persons\[0\]\.born"):
        pr.diff(ZZ, ZZ.reform({"elderly.old_age.bands[80]": yuan(50)}), [HOMES[0], late])
    from fictional.policies import kingdom

    with pytest.raises(pr.InputError, match="a policy about a Household"):
        pr.diff(ZZ, kingdom(), [])


REFORMS = [
    {"elderly.old_age.bands[80]": "31", "dibao.standard.standard": "4000"},
    {"medical.basic.rates[3]": "60 %", "medical.basic.rates[1]": "90 %", "elderly.longevity.step": "20"},
]


@pytest.mark.parametrize("reform", REFORMS, ids=str)
def test_the_rows_are_what_two_statements_say_otherwise(reform: dict[str, str]) -> None:
    found = compared_with_statements(reform, [as_household(*row) for row in rows(county(25, seed=5))])
    assert found.rows
    assert all(paths(row) and set(paths(row)) <= reform.keys() for row in found.rows)


def compared_with_statements(reform: dict[str, str], homes: list[pr.Household]) -> pr.Diff:
    """Two whole statements, line by line, know nothing of footprints, cells or mixed policies."""
    other = ZZ.reform(reform)
    differ = set()
    for i, one in enumerate(homes):
        before, after = (said_of(policy, one) for policy in (ZZ, other))
        assert before.keys() == after.keys()
        differ |= {(i, *key) for key in before if before[key] != after[key]}
    found = pr.diff(ZZ, other, homes)
    told = {(row.household, row.who.en, row.name) for row in found.rows if stated(row.before) != stated(row.after)}
    assert told == differ, reform
    return found


def said_of(policy: pr.Policy, one: pr.Household) -> dict[tuple[str, str], object]:
    """What a statement says of everybody and everything: its lines, its refusals, what it leaves undecided."""
    found = policy.assess(one)
    lines = {(s.who, s.name): (s.amount.figure, s.amount.low, s.amount.high) if s.amount else True for s in found.lines}
    reasons = {(s.who, s.name): s.status for s in found.undecided if s.who}
    return {**lines, **reasons, **{(s.who, s.name): "refused" for s in found.refused}}


def stated(answer: Answer) -> object:
    """An answer as a statement would have it."""
    if answer.status not in ("amount", "not eligible"):
        return answer.status
    amount = answer.amount
    if amount is None:
        return True if answer.value else "refused"
    return (amount.figure, amount.low, amount.high) if amount.figure or amount.high != 0 else "refused"


def test_sections_that_are_in_force_by_a_reading_alone_are_put_down_to_the_reading() -> None:
    """Undated boxes hold for the plan's period, or from the day of issue, 2018-03-24: then a student of 2017 has no grant yet."""
    person = pr.Person(name="student", born="1998-01-01", school_stage="undergraduate", full_time=True)
    other = ZZ.reading("period.undated_box", "from_issue")
    found = pr.diff(ZZ, other, [home(person, registered_poor=True)])
    (row,) = only(found, "college_grant")
    assert (str(row.before), row.after.status) == ("3,000.00 yuan a year on average", "not in force")
    assert {tuple(paths(row)) for row in found.rows} == {("period.undated_box",)}
    (back,) = only(pr.diff(other, ZZ, [home(person, registered_poor=True)]), "college_grant")
    assert (back.before.status, str(back.after)) == ("not in force", "3,000.00 yuan a year on average")


def test_a_bracket_is_told_apart_from_its_neighbours() -> None:
    before = ZZ.plan.quantities["critical_illness"].section
    assert before is not None
    brackets = f"{before.path}.brackets"
    starts = [row.start // 100 for row in before.model.brackets.rows]  # type: ignore[attr-defined]
    more = ZZ.reform({f"{brackets}[{starts[0]}]": "51 %", f"{brackets}[{starts[-1]}]": "66 %"})
    bill = pr.Treatment(in_scope=yuan(40_000), hospital_grade=3)
    person = old(50, treatments=[bill], extremely_poor=False, commercial_owed=yuan(0))
    found = pr.diff(ZZ, more, [home(person, registered_poor=True)])
    assert [one.path for one in found.differences] == [f"{brackets}[{starts[0]}]", f"{brackets}[{starts[-1]}]"]
    (row,) = only(found, "critical_illness")
    assert paths(row) == [f"{brackets}[{starts[0]}]"]
    (cause,) = row.causes
    assert cause.alone is not None
    assert cause.alone.same(row.after)


@pytest.mark.long
@pytest.mark.parametrize("area", ["medical", "elderly", "pension"])
def test_no_figure_of_a_pack_changes_what_is_not_told(area: str) -> None:
    """Each figure of an area, one unit more or less."""
    homes = [as_household(*row) for row in rows(county(20, seed=9))]
    found = [compared_with_statements({path: value}, homes) for path, value in figures_of(area)]
    assert any(not one.empty for one in found)
    assert all(len(row.causes) == 1 for one in found for row in one.rows)


def figures_of(area: str) -> list[tuple[str, str]]:
    """The figures of an area that the rules read: money a fen more, shares a hundredth less."""
    leaves = {
        node.info.path: (cast(int, node.value), node.info)
        for quantity in ZZ.plan.quantities.values()
        for node in walk(quantity.term)
        if node.op == "param" and isinstance(node.info, Leaf) and node.info.path.startswith(f"{area}.")
    }
    money = [(path, plain(value + 1)) for path, (value, leaf) in leaves.items() if leaf.source.unit.startswith("yuan")]
    shares = [(path, f"{value - 1} %") for path, (value, leaf) in leaves.items() if leaf.most == 100]
    return [(path, value) for path, value in (*money, *shares) if not path.endswith((".from", ".to"))]
