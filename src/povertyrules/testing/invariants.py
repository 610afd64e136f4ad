"""What must hold of any policy: checks for a suite of your own, with a pack of your own.

Each raises `AssertionError` and says what broke, for whom, and with which facts. They go with the strategies:

    @given(households(policy))
    def test_whatever_must_hold(home):
        invariants.all_hold(policy, home)
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast

from povertyrules.core.entity import to_mapping
from povertyrules.core.errors import InputError, UnknownName
from povertyrules.core.facts import LATEST, Fact, Sort
from povertyrules.entities import Household
from povertyrules.nodes import placed
from povertyrules.policy import Policy
from povertyrules.statement import Statement, called
from povertyrules.testing.tables import ENTITIES, cells_of, computed, rows_of, tables_of
from povertyrules.testing.thresholds import choices, declared, numbers
from povertyrules.uses.compute import Node
from povertyrules.uses.phrases import HUNDREDTHS
from povertyrules.uses.prove.claims import PAYERS

BILL = "in_scope_year"
Direction = Literal["up", "down"]


def all_hold(policy: Policy, home: Household) -> None:
    """Everything below that a single household can show; one case needs some tens of milliseconds.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> all_hold(zz, pr.Household(persons=[pr.Person(born="1932-05-01", receives_dibao=True)]))
    """
    nothing_negative(policy, home)
    if {*PAYERS, BILL} <= policy.plan.quantities.keys():
        never_above_the_bill(policy, home)
    explains_itself(policy, home)
    round_trips(policy, home)


def nothing_negative(policy: Policy, home: object) -> None:
    """No amount and no area is below nothing, unless its rule declares that it can be (`least=`).

    >>> import povertyrules as pr
    >>> nothing_negative(pr.policy("zaozhuang-hitech", on="2017-06-30"), pr.Household(persons=[pr.Person()]))
    """
    rules = {name: q.rule for name, q in policy.plan.quantities.items() if q.rule and q.sort in HUNDREDTHS}
    for at, node in _nodes(policy, home):
        for name, rule in rules.items():
            found = node.get(name)
            if rule.entity == node["#"] and found is not None and found < min(0, rule.least or 0):
                raise AssertionError(f"{name} of {at} is {found}, below nothing; {_facts(home)}")


def never_above_the_bill(policy: Policy, home: object, *, payments: Sequence[str] = PAYERS, bill: str = BILL) -> None:
    """Payments never come to more than the bill that they are for: by default the year's medical costs of each member.

    Payments that are not known count as nothing. Names are those of quantities; `UnknownName` for others.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> stay = pr.Treatment(in_scope=pr.yuan(68_000), hospital_grade=3)
    >>> never_above_the_bill(zz, pr.Household(registered_poor=True, persons=[pr.Person(treatments=[stay])]))
    """
    for name in (*payments, bill):
        if name not in policy.plan.quantities:
            raise UnknownName.among("payments", name, policy.plan.quantities)
    for at, node in _nodes(policy, home):
        whole = node.get(bill)
        paid = {name: node[name] for name in payments if node.get(name) is not None}
        if whole is not None and sum(paid.values()) > whole:
            said = " + ".join(f"{name} {value}" for name, value in paid.items())
            raise AssertionError(f"{said} of {at} is more than {bill} {whole}, in fen; {_facts(home)}")


def monotone(
    policy: Policy,
    quantity: str,
    fact: str,
    facts: Mapping[str, object],
    direction: Direction = "up",
    *,
    values: Iterable[int] | None = None,
) -> None:
    """A quantity never falls ("up"), or never rises ("down"), as one fact grows and the others stay.

    The fact, or quantity given outright, goes through its boundary values, or through `values` (fen, hundredths, whole numbers).
    Where the quantity is not known it is passed over. Raises `InputError` for a fact that is not a number.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> monotone(zz, "longevity_allowance", "age", {})
    >>> monotone(zz, "old_age_allowance", "age", {"receives_dibao": False})
    Traceback (most recent call last):
        ...
    AssertionError: old_age_allowance falls from 6000 to 0 as age goes from 99 to 100; with receives_dibao=False
    """
    if declared(policy, fact).sort not in (Sort.MONEY, Sort.AREA, Sort.COUNT, Sort.AGE):
        raise InputError("fact", fact, "allowed: an amount, an area or a whole number")
    before: tuple[int, int] | None = None
    for value in sorted(numbers(policy, fact) if values is None else values):
        found = policy.evaluate((quantity,), {**facts, fact: value}).value(quantity)
        if found is None:
            continue
        if before and (found < before[1] if direction == "up" else found > before[1]):
            word = "falls" if direction == "up" else "rises"
            said = ", ".join(f"{name}={one!r}" for name, one in facts.items()) or "nothing else told"
            raise AssertionError(
                f"{quantity} {word} from {before[1]} to {found} as {fact} goes from {before[0]} to {value}; with {said}"
            )
        before = value, found


def compute_equals_frames(policy: Policy, homes: Iterable[Household], engine: str = "polars") -> None:
    """Every result of some households is the same one by one and as columns of an engine's tables.

    The engine is polars, pandas or pyarrow; the extra `frames` is needed. A list that is not told counts as empty.

    >>> import povertyrules as pr
    >>> compute_equals_frames(pr.policy("zaozhuang-hitech", on="2017-06-30"), [pr.Household(persons=[pr.Person()])])
    """
    from povertyrules.frames.names import named

    tables = tables_of(policy, tuple(homes), engine)
    if not policy.entitlements:  # tables are refused where nothing is in force, and there is nothing to compare
        return
    assessed = policy.assess_frames(**tables.frames, unit="fen")
    roots = computed(policy, tables.households)
    for table, entity in ENTITIES.items():
        rules = {name: r for name in policy.entitlements if (r := policy.plan.quantities[name].rule) and r.entity == entity}
        if not rules:
            continue
        rows = [(home, node) for home, root in zip(tables.households, roots, strict=True) for node in rows_of([root], table)]
        for name, rule in rules.items() if rows else ():
            cells = cells_of(getattr(assessed, table), named(name, rule, "en"))
            for i, (cell, (home, node)) in enumerate(zip(cells, rows, strict=True)):
                found = node[name]
                if type(cell) is not type(found) or cell != found:
                    said = f"computed {found!r}, as a table of {engine} {cell!r}"
                    raise AssertionError(f"{name} of {table}[{i}]: {said}; {_facts(home)}")


def explains_itself(policy: Policy, home: Household) -> None:
    """Every line of a statement has a provision, and an explanation in both languages; every other answer has its reason.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> explains_itself(zz, pr.Household(persons=[pr.Person(born="1932-05-01", receives_dibao=False)]))
    """
    statement = policy.assess(home)
    for line in statement.lines:
        who = f"{line.name} of {called(line, 'en')}"
        if not any(one.strip() for one in line.provisions):
            raise AssertionError(f"{who} rests on no provision; {_facts(home)}")
        for lang in ("zh", "en"):
            if not line.explanation.text(lang).strip() or not line.label.text(lang).strip():
                raise AssertionError(f"{who} is not explained in {lang}; {_facts(home)}")
    for reason in (*statement.refused, *statement.undecided, *statement.absent):
        for lang in ("zh", "en"):
            if not reason.reason.text(lang).strip():
                who = f"{reason.name} of {called(reason, 'en')}"
                raise AssertionError(f"{who}: {reason.status}, without a reason in {lang}; {_facts(home)}")


def round_trips(policy: Policy, home: Household) -> None:
    """A statement comes back from JSON as it was, and a policy that was pickled says the same.

    >>> import povertyrules as pr
    >>> round_trips(pr.policy("zaozhuang-hitech", on="2017-06-30"), pr.Household(persons=[pr.Person()]))
    """
    statement = policy.assess(home)
    back = Statement.from_dict(json.loads(statement.to_json()))
    if back.to_dict() != statement.to_dict():
        raise AssertionError(f"the statement changes on its way through JSON: {_changed(statement, back)}; {_facts(home)}")
    again = unpickled(policy).assess(home)
    if again.to_dict() != statement.to_dict():
        raise AssertionError(f"the policy says something else once pickled: {_changed(statement, again)}; {_facts(home)}")


_PICKLED: dict[int, tuple[Policy, Policy]] = {}


def unpickled(policy: Policy) -> Policy:
    """The policy pickled and back; done once for a policy in turn."""
    found = _PICKLED.get(id(policy))
    if found is None or found[0] is not policy:
        _PICKLED.clear()
        found = _PICKLED[id(policy)] = policy, cast(Policy, pickle.loads(pickle.dumps(policy)))
    return found[1]


def _changed(one: Statement, other: Statement) -> str:
    before, after = one.to_dict(), other.to_dict()
    return ", ".join(name for name in before if before[name] != after.get(name))


def refuses_what_is_out_of_range(policy: Policy) -> None:
    """Every fact of every entity refuses what it does not allow: one too few, one too many, a wrong sort, an unknown kind.

    >>> import povertyrules as pr
    >>> refuses_what_is_out_of_range(pr.policy("zaozhuang-hitech", on="2017-06-30"))
    """
    for shape in policy.world.entities.values():
        for name, fact in shape.facts.items():
            for value in refusable(fact):
                try:
                    shape.cls(**{name: value})
                except InputError as error:
                    if error.field == name:
                        continue
                    raise AssertionError(f"{shape.name}.{name} refuses {value!r} under another name, {error.field}") from None
                raise AssertionError(f"{shape.name}.{name} takes {value!r}; {fact.allowed}")


def refusable(fact: Fact) -> tuple[object, ...]:
    """Values that a fact must refuse.

    >>> import povertyrules as pr
    >>> refusable(pr.policy("zaozhuang-hitech", on="2017-06-30").plan.facts["relief_months"])
    (0, 121, 0.5, True)
    """
    match fact.sort:
        case Sort.YES_NO:
            return (0, 1, "yes")
        case Sort.CATEGORY:
            codes = [int(cast(int, kind)) for kind in choices(fact)]
            return (min(codes) - 1, max(codes) + 1, "no such kind", 0.5)
        case Sort.KINDS:
            return ("no such kind", ["no such kind"], 1)
        case Sort.DATE:
            return (20170630, "2017-02-30", LATEST.replace(year=LATEST.year + 1), "1889-12-31")
        case Sort.TEXT:
            return (1, b"A")
        case Sort.IDENTITY:
            return (1, "12345", "37040319490307123")
        case _:
            low, high = fact.codes
            return (low - 1, high + 1, 0.5, True)


def _nodes(policy: Policy, home: object) -> list[tuple[str, Node]]:
    """The computed nodes of a household, each with its place."""
    (root,) = computed(policy, [home])
    return list(labelled(policy, root))


def labelled(policy: Policy, root: Node) -> Iterable[tuple[str, Node]]:
    """The nodes of a tree, each with its place: `household`, or such as `persons[0].treatments[1]`."""
    return ((one.path or policy.world.entities[one.node["#"]].en, one.node) for one in placed(policy.world, root))


def _facts(home: object) -> str:
    """What was told, as a file would hold it; identity numbers masked."""
    return f"with {json.dumps(to_mapping(home), ensure_ascii=False)}"
