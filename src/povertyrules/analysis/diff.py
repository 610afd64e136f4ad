"""What a change of rules changes: which quantities, for whom, from what to what, and by which figure.

The quantities that can rest on something in which the two policies differ are computed under both. Where several things
differ, each is brought over alone, and taken back alone: one without which an answer would be another one is a cause of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from povertyrules.analysis.answers import Answer, Answers, Side, none
from povertyrules.analysis.changes import Diff, Effect, Row, total_of
from povertyrules.analysis.differences import Footprints, Unit, mixed, units
from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError, PovertyRulesError, UnknownName
from povertyrules.entities import Household
from povertyrules.policy import Policy

__all__ = ["Diff", "diff"]


def diff(
    policy_a: Policy,
    policy_b: Policy,
    households: Iterable[Household],
    *,
    quantities: Iterable[str] | None = None,
    untold: str = "unknown",
) -> Diff:
    """What changes for some households from one policy to another.

    All entitlements are compared, or the `quantities` that are named; `untold` is that of `Policy.assess`. Compared are the
    fen, what a wording leaves open, and the kind of answer (not eligible, unknown, unstated, not in force), but not how
    certain a figure is. Each row names the figures, readings and sections by which it came about.

    Raises `InputError` if the policies are about other entities, or a household is refused, and `UnknownName`.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> more = zz.reform({"elderly.old_age.bands[80]": "50"}, source="draft of 2018")
    >>> home = pr.Household(persons=[pr.Person(name="A", born="1932-05-01", receives_dibao=False)])
    >>> print(diff(zz, more, [home]).rows[0])
    household 1, A: old-age allowance: 30.00 yuan a month → 50.00 yuan a month (+20.00), by elderly.old_age.bands[80]
    """
    if untold not in ("unknown", "absent"):
        raise UnknownName.among("untold", untold, ("unknown", "absent"))
    found = units(policy_a, policy_b)
    prints = Footprints(policy_a, policy_b)
    names = _names(policy_a, policy_b, quantities)
    resting = {name: [unit for unit in found if unit.touches(prints.of(name))] for name in names}
    compared = _Compared(policy_a, policy_b, {name: on for name, on in resting.items() if on}, untold)
    rows: list[Row] = []
    count = 0
    for household in households:
        rows += compared.rows(count, household)
        count += 1
    titles = tuple(Titled(f"{one.name} {one.on}", f"{one.name} on {one.on}") for one in (policy_a, policy_b))
    return Diff(titles[0], titles[1], count, tuple(unit.difference for unit in found), tuple(rows), total_of(rows))


def _names(a: Policy, b: Policy, quantities: Iterable[str] | None) -> list[str]:
    """The quantities that are compared."""
    known = [name for policy in (a, b) for name, quantity in policy.plan.quantities.items() if quantity.rule]
    if quantities is None:
        return list(dict.fromkeys((*a.entitled, *b.entitled)))
    asked = list(dict.fromkeys([quantities] if isinstance(quantities, str) else quantities))
    for name in asked:
        if name not in known:
            raise UnknownName.among("quantity", name, known)
    return asked


@frozen(eq=False)
class _Home:
    """One household, with its answers under whatever policies are asked for."""

    household: Household
    known: dict[tuple[str, bool], Answers | None]


class _Compared:
    """Two policies, side by side."""

    def __init__(self, a: Policy, b: Policy, resting: Mapping[str, list[Unit]], untold: str) -> None:
        self.a, self.b, self.resting, self.untold = a, b, resting, untold
        self.before, self.after = (Side(policy, resting, untold) for policy in (a, b))
        self._mixes: dict[tuple[str, bool], Side | None] = {}

    def rows(self, index: int, household: Household) -> Iterator[Row]:
        """What changes for one household."""
        try:
            places, old = self.before.of(household)
            _, new = self.after.of(household)
        except InputError as error:
            raise error.below(f"households[{index}]") from None
        home = _Home(household, {})
        for key in sorted({*old, *new}, key=lambda key: (key[0], list(self.resting).index(key[1]))):
            pair = old.get(key) or none(), new.get(key) or none()
            if not pair[0].same(pair[1]):
                place, name = key
                yield self._row(index, places[place].called, name, pair, self._causes(home, key, pair))

    def _row(self, index: int, who: Titled, name: str, pair: tuple[Answer, Answer], causes: tuple[Effect, ...]) -> Row:
        policy = self.a if name in self.a.plan.quantities else self.b
        rule = policy.plan.quantities[name].rule
        assert rule is not None
        counts = rule.line and rule.counts and rule.sort == "money"
        return Row(index, who, name, Titled(rule.zh, rule.en), rule.per, *pair, causes, counts)

    # ---- by what ----------------------------------------------------------------------------------------------

    def _causes(self, home: _Home, key: tuple[int, str], pair: tuple[Answer, Answer]) -> tuple[Effect, ...]:
        """What the change of one answer came by; if nothing does it alone or undoes it alone, all that it can rest on."""
        on = self.resting[key[1]]
        if len(on) == 1:
            return (Effect(on[0].difference, pair[1]),)
        tried = [(unit, self._under(home, key, unit, back=False), self._under(home, key, unit, back=True)) for unit in on]
        effects = [(Effect(unit.difference, alone), _is_cause(pair, alone, without)) for unit, alone, without in tried]
        return tuple(one for one, caused in effects if caused) or tuple(one for one, _ in effects)

    def _under(self, home: _Home, key: tuple[int, str], unit: Unit, *, back: bool) -> Answer | None:
        """The answer with one thing brought over alone, or taken back alone; None where that cannot be tried."""
        at = (unit.difference.path, back)
        if at not in home.known:
            side = self._mix(unit, back)
            try:
                home.known[at] = side.of(home.household)[1] if side else None
            except PovertyRulesError:  # a mixed policy can refuse what neither of the two does
                home.known[at] = None
        answers = home.known[at]
        return None if answers is None else answers.get(key) or none()

    def _mix(self, unit: Unit, back: bool) -> Side | None:
        at = (unit.difference.path, back)
        if at not in self._mixes:
            base, other = (self.b, self.a) if back else (self.a, self.b)
            try:
                touched = [name for name, on in self.resting.items() if unit in on]
                self._mixes[at] = Side(mixed(base, other, unit), touched, self.untold)
            except PovertyRulesError:  # two sections that supply one quantity, say
                self._mixes[at] = None
        return self._mixes[at]


def _is_cause(pair: tuple[Answer, Answer], alone: Answer | None, without: Answer | None) -> bool:
    """Whether an answer would be another one with a thing, or without it; what cannot be tried stays a possible cause."""
    if alone is None or without is None:
        return True
    return not alone.same(pair[0]) or not without.same(pair[1])
