"""What the results of a frame rest on: provisions, what was supplied in place of one, wording that leaves a figure open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from povertyrules.core.citation import RuleEntry
from povertyrules.core.facts import Fact
from povertyrules.core.plan import Plan
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import walk
from povertyrules.frames.report import Report

SUPPLIED = {"zh": "调用者提供: {} ({}列)", "en": "supplied by the caller: {} (column {})"}
ABSENT = {"zh": "{}: 未告知，按“否”计", "en": "{}: not told, taken as no"}
BLANK = {"zh": "{}: 未告知，按零计", "en": "{}: not told, counted as nothing"}


def cited(
    plan: Plan, rules: Mapping[str, RuleEntry], quantity: str, given: frozenset[str], told: Mapping[str, str], lang: str
) -> tuple[str, ...]:
    """The provisions behind a quantity; what a column gives outright is cited as that, and what lies behind it is not."""
    out, supplied = dict[str, None](), list[str]()
    for name in plan.order([quantity], set(given)):
        if name in given and name in told:
            supplied.append(SUPPLIED[lang].format(name, told[name]))
        elif name in plan.quantities and name not in given:
            found = plan.quantities[name]
            leaves = (node.info for node in walk(found.term) if isinstance(node.info, Leaf))
            out |= dict.fromkeys(leaf.source.cite(lang) for leaf in leaves)
            out |= {str(rules[rule].provision): None for rule in (found.section.main if found.section else ())}
    return (*out, *supplied)


def note_results(
    report: Report,
    plan: Plan,
    rules: Mapping[str, RuleEntry],
    results: Mapping[str, str],
    given: frozenset[str],
    told: Mapping[str, str],
    lang: str,
) -> None:
    """Note what result columns rest on; `results` names the quantity of each."""
    loose = plan.loose()
    for column, quantity in results.items():
        report.citations[column] = cited(plan, rules, quantity, given, told, lang)
        if quantity in loose and quantity not in given:
            report.open[column] = "at least, at most or a range: the figure is the one printed"


def note_blanks(report: Report, facts: Mapping[str, Fact], names: Iterable[str], lang: str) -> None:
    """Note what nobody told, and counts as nothing or as no."""
    said = ((ABSENT if facts[name].blank is None else BLANK)[lang].format(facts[name].text(lang)) for name in names)
    report.assumptions = tuple(dict.fromkeys((*report.assumptions, *said)))
