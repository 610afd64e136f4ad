"""The reasons of an assessment: each beside its result, also where a table above makes it unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from narwhals import Expr, col

from povertyrules.core.plan import needs
from povertyrules.frames.tables import Family
from povertyrules.uses.scale.columns import Columns
from povertyrules.uses.scale.reasons import WHY


def add_reasons(
    family: Family, columns: Columns, labels: Mapping[str, str], results: Mapping[str, dict[str, Expr]], lang: str
) -> None:
    """Add why results are nothing or null; `labels` names the result column of each quantity. Tables above come first."""
    for at in sorted(results, key=lambda name: len(list(above(family, name)))):
        names = tuple(target for target in labels if columns.table_of(target) == at)
        for name in read_above(family, columns, names, at):
            upper = str(columns.table_of(name))
            if f"{WHY}{name}" not in family.tables[upper].leaves:
                family.tables[upper].missing(columns, name, lang)
            family.bring(upper, at, [f"{WHY}{name}"])
        found = family.tables[at].reasons(columns, names, lang) if names else {}
        for target, column in found.items():
            results[at][f"{labels[target]}原因" if lang == "zh" else f"{target}_reason"] = col(column)


def above(family: Family, at: str) -> Iterator[str]:
    """The tables above one, nearest first."""
    while at in family.above:
        at, _ = family.above[at]
        yield at


def read_above(family: Family, columns: Columns, names: Sequence[str], at: str) -> list[str]:
    """The quantities of tables above that some quantities of a table read."""
    out, upper = dict[str, None](), set(above(family, at))
    quantities = columns.plan.quantities.keys() - columns.given
    for name in columns.plan.order(names, set(columns.given)):
        if name in quantities and columns.table_of(name) == at:
            read = sorted(needs(columns.plan.quantities[name].term) & quantities)
            out |= dict.fromkeys(one for one in read if columns.table_of(one) in upper)
    return list(out)
