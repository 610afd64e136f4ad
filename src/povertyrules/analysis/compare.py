"""One household under several policies, side by side: what each gives, or why it does not, on what provisions."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from povertyrules.analysis.comparison import HEADS, NOWHERE, Cell, Column, Comparison, Row
from povertyrules.case import STATUS
from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError, NoSuchRule, SortError
from povertyrules.entities import Household
from povertyrules.nodes import placed, told_apart
from povertyrules.policy import Policy, policy
from povertyrules.record import Reason

__all__ = ["Comparison", "compare"]

Policies = Iterable[str | Policy] | Mapping[str, str | Policy]


def compare(
    household: Household, policies: Policies, *, on: str | datetime.date | None = None, untold: str = "unknown"
) -> Comparison:
    """One household under several policies.

    The policies are objects, or names with the day `on`; a mapping gives them titles of the caller's own. `untold` is that of
    `Policy.assess`. What a policy does not know of a household is of no effect under it. Each entitlement has a row, and in it
    the amount under each policy, or why there is none: not eligible, no such rule, not in force, the text does not say, not
    told. Totals are by policy and period, and never added across either.

    Raises `InputError` if no policy is given, the policies are about other entities, or one of them refuses the household.

    >>> import povertyrules as pr
    >>> home = pr.Household(persons=[pr.Person(name="A", born="1932-05-01", receives_dibao=False)])
    >>> found = compare(home, ["zaozhuang-hitech", "zaozhuang"], on="2017-06-30")
    >>> print(*found["old_age_allowance"][0].cells, sep=" | ")
    30.00 yuan a month | no such rule
    """
    chosen = _chosen(policies, on)
    first = chosen[0][1]
    for title, one in chosen:
        if one.world_root is not first.world_root:
            raise InputError("policies", title, f"allowed: policies about a {first.world_root.__name__}")
    assessed = [_Assessed(title, one, household, untold) for title, one in chosen]
    who = _who(first, household)
    rows = tuple(_rows(assessed, who))
    counts = [Counter(row.cells[i].status for row in rows) for i in range(len(assessed))]
    columns = (Column(one.title, one.policy, one.statement, count) for one, count in zip(assessed, counts, strict=True))
    return Comparison(who[0], tuple(columns), rows)


def _chosen(policies: Policies, on: str | datetime.date | None) -> list[tuple[str, Policy]]:
    """The policies, each with a title of its own."""
    if isinstance(policies, str | Policy):
        raise SortError("policies", policies, "allowed: a list of policies, or of their names")
    titled = policies.items() if isinstance(policies, Mapping) else ((None, one) for one in policies)
    found = [(title, _policy(one, on)) for title, one in titled]
    if not found:
        raise InputError("policies", policies, "allowed: at least one policy")
    names = [*HEADS, *(title if title is not None else title_of(one) for title, one in found)]
    apart = [title.en for title in told_apart(Titled(name, name) for name in names)]
    return [(title, one) for title, (_, one) in zip(apart[len(HEADS) :], found, strict=True)]


def _policy(one: str | Policy, on: str | datetime.date | None) -> Policy:
    if isinstance(one, Policy):
        return one
    if not isinstance(one, str):
        raise SortError("policies", one, "allowed: policies, or their names")
    if on is None:
        raise InputError("on", on, f"say on which day {one} is meant, such as on='2017-06-30'")
    return policy(one, on=on)


def title_of(one: Policy) -> str:
    """What a policy is called beside others: name, day, the readings that are not the default, what its changes rest on.

    >>> title_of(policy("zaozhuang-hitech", on="2017-06-30").reading("medical.preference", "on_top"))
    'zaozhuang-hitech 2017-06-30 (medical.preference=on_top)'
    """
    turned = [f"{name}={choice}" for name, choice in one.choices_made.items() if choice != one.registers[name].default]
    more = [*turned, *dict.fromkeys(change.source for change in one.changes)]
    return f"{one.name} {one.on}" + (f" ({', '.join(more)})" if more else "")


def _who(one: Policy, household: Household) -> list[Titled]:
    """The household, then all that can be owed something, as statements call them."""
    found = placed(one.world, one.engine.tree(household), household)
    return list(told_apart(place.called(one.world) for place in found if "." not in place.path))


class _Assessed:
    """One policy with its statement about the household, by whose and which entitlement."""

    def __init__(self, title: str, one: Policy, household: Household, untold: str) -> None:
        self.title, self.policy = title, one
        try:
            self.statement = one.assess(household, untold=untold)
            record = self.statement.record
        except InputError as error:
            raise type(error)(error.field, error.value, f"{error.allowed} (under {title})", error.provision) from None
        self.held: dict[tuple[str, str], Cell] = {}
        for line in record.lines:
            status = "due" if line.amount is None else "amount"
            self.held[line.who, line.name] = Cell(
                status, line.amount, NOWHERE, line.provisions, line.readings, (), line.explanation
            )
        for reason in (*record.refused, *record.undecided):
            self.held[reason.who, reason.name] = self._without(reason)

    def _without(self, reason: Reason) -> Cell:
        """The cell of what has no line; one that is worked out and comes to zero is no failed condition."""
        status, why = reason.status, reason.reason
        if status == "amount":
            rule = self.policy.plan.quantities[reason.name].rule
            status, why = ("nothing", NOWHERE) if rule is not None and rule.sort == "money" else ("not eligible", why)
        return Cell(status, None, why, reason.provisions, {}, reason.missing)

    def cell(self, who: str, name: str) -> Cell:
        """What the policy says of one entitlement of somebody; what it lacks, it lacks for everybody."""
        if (who, name) in self.held:
            return self.held[who, name]
        if name in self.policy.entitlements:
            to = self.policy.world.entities[self.policy.plan.quantities[name].entity]
            return Cell("elsewhere", None, Titled(f"归于{to.zh}", f"it goes to a {to.en}"))
        why = self.policy.absent.get(name)
        if why is None or isinstance(why, NoSuchRule):
            place = self.policy.chain[-1].jurisdiction
            none = Titled(f"{place.zh}的文件无此规定", f"the documents of {place.en} hold no such rule")
            return Cell("no such rule", None, none)
        return Cell(STATUS[type(why)], None, Titled(str(why), str(why)))


def _rows(assessed: list[_Assessed], who: list[Titled]) -> Iterator[Row]:
    """The rows: household first, then the members in their order, each in the order of the areas."""
    labels = {name: label for one in reversed(assessed) for name, label in one.policy.entitled.items()}
    order = {name: place for place, name in enumerate(name for one in assessed for name in one.policy.entitled)}
    whose, whole = {one.en: place for place, one in enumerate(who)}, who[0].en
    keys = {key for one in assessed for key in one.held}
    # what no policy has in force, and some will have or had, is said once, of the household
    supplied = {name for one in assessed for name in one.policy.entitlements}
    keys |= {(whole, name) for one in assessed for name in one.policy.not_in_force if name not in supplied}
    for owed, name in sorted(keys, key=lambda key: (whose[key[0]], order[key[1]])):
        yield Row(who[whose[owed]], name, labels[name], tuple(one.cell(owed, name) for one in assessed))
