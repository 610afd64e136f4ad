"""Which columns of a table tell which facts: by the fact's name, by its Chinese label, or as the caller says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from povertyrules.core.errors import UnknownName
from povertyrules.core.plan import Plan
from povertyrules.nodes import UNREAD


def told_by(
    plan: Plan, entities: Iterable[str], names: Iterable[str], chosen: Mapping[str, str], targets: frozenset[str]
) -> dict[str, str]:
    """The column that tells each fact of some entities, and each quantity that is given outright.

    What is asked for is never read: a column that happens to be called like it is the caller's own.
    """
    there, wanted = set(names), readable(plan, entities, targets)
    out = {fact: column for fact, column in chosen.items() if fact in wanted and column in there}
    for fact, label in wanted.items():
        for name in (fact, label):
            if name in there and fact not in out and fact not in chosen and name not in chosen.values():
                out[fact] = name
    return out


def readable(plan: Plan, entities: Iterable[str], targets: frozenset[str]) -> dict[str, str]:
    """The facts of some entities that rules read, and their quantities that are no answers, with their Chinese labels."""
    kinds = set(entities)
    out = {n: f.zh for n, f in plan.facts.items() if f.entity in kinds and f.sort not in UNREAD and n in plan.read}
    for name, quantity in plan.quantities.items():
        rule = quantity.rule
        if quantity.entity in kinds and rule is not None and not rule.line and name not in targets:
            out[name] = rule.zh
    return out


def all_chosen(
    chosen: Mapping[str, str], found: Iterable[Mapping[str, str]], columns: Iterable[str], known: Iterable[str]
) -> None:
    """Refuse what a caller chose for a fact that no table can tell, or a column that no table has."""
    told = {fact for table in found for fact in table}
    names = list(columns)
    for fact, column in chosen.items():
        if column not in names:
            raise UnknownName.among("column", column, names)
        if fact not in told:
            raise UnknownName.among("columns", fact, [*told, *known])
