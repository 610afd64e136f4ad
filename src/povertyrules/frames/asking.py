"""What a caller may ask of frames: the options, checked before any frame is looked at, and the results by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from povertyrules.core.errors import UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.plan import Plan
from povertyrules.frames.report import Report
from povertyrules.frames.run import Manner

UNITS = ("yuan", "fen")
INVALID = ("raise", "null", "keep")
ROUNDING = ("exact", "half_up")
UNTOLD = ("unknown", "absent")
FINDINGS = {"en": "findings", "zh": "核验"}
BILLS = "treatments"
"""The list of bills: as a column it says whether the bill that stands in the row is one."""


def among(what: str, value: object, known: Mapping[str, object] | tuple[str, ...]) -> None:
    """Refuse an option that there is not."""
    if value not in known:
        raise UnknownName.among(what, value, known)


def manner_of(*, unit: str, invalid: str, rounding: str, lang: str, report: Report | None, untold: str = "unknown") -> Manner:
    """How a frame is to be read, if there are such ways."""
    among("unit", unit, UNITS)
    among("invalid", invalid, INVALID)
    among("round", rounding, ROUNDING)
    among("lang", lang, FINDINGS)
    among("untold", untold, UNTOLD)
    return Manner(invalid, rounding, lang, absent=untold == "absent", report=report)


def wanted(plan: Plan, targets: Iterable[str]) -> tuple[str, ...]:
    """The quantities asked for by name, each once; one name is one, and not its letters."""
    names = (targets,) if isinstance(targets, str) else tuple(dict.fromkeys(targets))
    for name in names:
        if name not in plan.quantities or plan.quantities[name].rule is None:
            raise UnknownName.among("target", name, [n for n, quantity in plan.quantities.items() if quantity.rule])
    return names


def list_fact(plan: Plan, field: str) -> Fact:
    """Whether there is an entry of a list, as a fact of the row in which it stands."""
    label = plan.world.lists[field]
    return Fact(name=field, zh=label.zh, en=label.en, sort=Sort.YES_NO)


def list_column(plan: Plan, field: str, names: Iterable[str]) -> dict[str, str]:
    """The column that tells whether there is an entry of a list: of the list's name, or of its Chinese label."""
    there = set(names)
    return next(({field: name} for name in (field, plan.world.lists[field].zh) if name in there), {})
