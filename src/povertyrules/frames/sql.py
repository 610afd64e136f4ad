"""The rules behind a calculator as one query, for people who live in a database."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping

from povertyrules.asked import Asked, asked_by
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.frames.asking import UNITS, among
from povertyrules.frames.noting import cited
from povertyrules.frames.over import Asking, asking_for, prepared
from povertyrules.policy import Policy
from povertyrules.uses.scale.columns import Columns
from povertyrules.uses.scale.pieces import Piece, Pieces
from povertyrules.uses.scale.sql import QUOTE, Sql, bare, with_levels
from povertyrules.uses.shorter import shorter

OWN = "pr_"
"""Before the name of every column on the way: the table's own columns are not to be mixed up with them."""
TOLD = f"{OWN}told_"
"""What a column is called once it is checked."""


def query(
    policy: Policy,
    calculator: Callable[..., object] | str,
    dialect: str,
    *,
    table: str,
    unit: str,
    keep: Iterable[str],
    columns: Mapping[str, object],
) -> str:
    """The query that computes what a calculator gives, or a quantity, for each row of a table."""
    among("dialect", dialect, tuple(QUOTE))
    among("unit", unit, UNITS)
    asking, kept_names = _asking(policy, calculator, unit, columns), tuple(keep)
    for name in (*kept_names, *asking.told.values()):
        if name.startswith(OWN):
            raise UnknownName(name, name, f"columns of the query's own begin with {OWN}: rename it first")
    say, planned = Sql(dialect), asking.columns
    leaves, first = _leaves(asking, say)
    levels: list[Mapping[str, str]] = [first]
    outputs: dict[str, str] = {}
    for stage in planned.stages:
        terms = {quantity.name: shorter(quantity.term) for quantity in stage.quantities}
        pieces = Pieces(say, leaves, f"{OWN}part_", list(terms.values()))
        for name, term in terms.items():
            leaves[name] = pieces.leaves[name] = pieces.keep(f"{OWN}{name}", pieces.emit(term))
        levels += pieces.levels
    for field, name in asking.names.items():
        quantity = planned.plan.quantities[asking.asked.fields[field]]
        piece = leaves.get(quantity.name)
        outputs[name] = piece.expr if piece is not None else say.nothing(quantity.sort == "yes/no")
    kept = ", ".join(map(say.column, kept_names)) or "*"
    chosen = ",\n  ".join(f"{expr} AS {say.column(name)}" for name, expr in outputs.items())
    return _head(policy, asking, unit) + with_levels(table, levels, say, last=f"SELECT\n  {kept},\n  {chosen}\nFROM {{}}")


def _asking(policy: Policy, calculator: Callable[..., object] | str, unit: str, columns: Mapping[str, object]) -> Asking:
    if not isinstance(calculator, str):
        arguments = inspect.signature(calculator).parameters
        asked = asked_by(calculator, arguments)
        bear = policy.plan.inputs(asked.targets, set(asked.told.values()))  # what may be left out and bears on nothing is
        needed = (n for n, one in arguments.items() if one.default is one.empty or asked.told.get(n) in bear)
        told = {name: name for name in needed} | dict(columns)
        return prepared(calculator, told, unit=unit, lang="en")
    if calculator not in policy.plan.quantities:
        raise UnknownName.among("quantity", calculator, [n for n in policy.plan.quantities if "__" not in n])
    facts = policy.plan.inputs((calculator,), set()) - {"on"}
    asked = Asked(policy, {calculator: calculator}, {name: name for name in facts}, {}, frozenset(), calculator)
    asking = asking_for(asked, {name: name for name in facts} | dict(columns), unit=unit, lang="en")
    if asking.columns.untold:
        lists = ", ".join(sorted({asking.columns.listed[name] for name in asking.columns.untold}))
        raise SortError(
            calculator, calculator, f"it totals over {lists}: give what is totalled as a column, or use assess_frames"
        )
    return asking


def _leaves(asking: Asking, say: Sql) -> tuple[dict[str, Piece[str]], dict[str, str]]:
    """What was told, by name, and the columns that check it."""
    leaves: dict[str, Piece[str]] = {}
    first: dict[str, str] = {}
    ranges, policy = asking.columns.ranges, asking.asked.policy
    literals = {"on": policy.on, **asking.literals} if "on" not in asking.told else dict(asking.literals)
    for name, value in literals.items():
        found = asking.facts[name].check(value, field=name)
        if isinstance(found, int):
            leaves[name] = Piece(say.const(found), ranges[name], fixed=True, value=found)
    for name, column in asking.told.items():
        made = TOLD + "".join(sign if sign.isalnum() else "_" for sign in name)
        first[made] = checked(asking.facts[name], say.column(column), asking.scale(name))
        leaves[name] = Piece(made, ranges[name], frozenset({name}), frozenset({name}), column=made)
        blank = policy.builder.on if name == "on" else asking.facts[name].blank
        if blank is not None:
            first[made] = f"CASE WHEN {say.column(column)} IS NULL THEN {int(blank)} ELSE {first[made]} END"
    for name in asking.columns.plan.inputs(asking.columns.targets, set(asking.columns.given)):
        blank = asking.columns.plan.facts[name].blank if name in asking.columns.plan.facts else None
        if name not in leaves and blank is not None:
            leaves[name] = Piece(say.const(int(blank)), ranges[name], fixed=True, value=int(blank))
    return leaves, first


def checked(fact: Fact, column: str, scale: int) -> str:
    """A column as the rules see it; what lies outside the declared range is null, as if nobody had told it."""
    low, high = fact.codes
    if fact.sort is Sort.YES_NO:
        return column
    if fact.sort is Sort.DATE:
        parts = (f"CAST(EXTRACT({part} FROM {column}) AS BIGINT)" for part in ("YEAR", "MONTH", "DAY"))
        year, month, day = parts
        number = f"{year} * 10000 + {month} * 100 + {day}"
        return f"CASE WHEN {number} BETWEEN {low} AND {high} THEN {number} END"
    if fact.kinds:
        return f"CASE WHEN {column} IN ({', '.join(str(int(kind)) for kind in fact.kinds)}) THEN CAST({column} AS BIGINT) END"
    if scale == 1:
        return f"CASE WHEN {column} BETWEEN {low} AND {high} THEN CAST({column} AS BIGINT) END"
    fen = f"{column} * {scale}"
    whole = f"{fen} BETWEEN {low} AND {high} AND {fen} = ROUND({fen})"
    return f"CASE WHEN {whole} THEN CAST({fen} AS BIGINT) END"


def _head(policy: Policy, asking: Asking, unit: str) -> str:
    """What the query is, what it reads and what it rests on, as comments."""
    plan: Columns = asking.columns
    lines = [f"{asking.asked.name} under {policy.name} on {policy.on}; money is read in {unit} and given in fen, null is unknown"]
    for name, column in asking.told.items():
        lines.append(f"reads {column}: {asking.facts[name].zh}, {asking.facts[name].en} ({_kind(asking.facts[name], unit)})")
    for field, name in asking.names.items():
        rests_on = cited(plan.plan, policy.rules, asking.asked.fields[field], plan.given, {}, "en")
        lines.append(f"gives {name}: {'; '.join(rests_on)}" if rests_on else f"gives {name}")
    return "".join(f"-- {bare(line)}\n" for line in lines)


def _kind(fact: Fact, unit: str) -> str:
    match fact.sort:
        case Sort.MONEY:
            return "DECIMAL yuan" if unit == "yuan" else "whole fen"
        case Sort.AREA:
            return f"DECIMAL {fact.unit}" if unit == "yuan" else f"hundredths of {fact.unit}"
        case Sort.CATEGORY if fact.kinds:
            return ", ".join(f"{int(kind)} {kind.name.lower()}" for kind in fact.kinds)
        case _:
            return {Sort.YES_NO: "BOOLEAN", Sort.DATE: "DATE"}.get(fact.sort, "whole number")
