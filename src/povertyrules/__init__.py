"""Exact, cited calculators for China's poverty-alleviation policy documents.

>>> import povertyrules as pr
>>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
>>> print(zz.elderly.allowances(age=103, receives_dibao=False, unable_to_care=False).total)
at least 430.00 yuan a month
"""

from typing import TYPE_CHECKING

from povertyrules._version import __version__
from povertyrules.catalogue import RuleInfo, catalogue
from povertyrules.core.amount import Amount
from povertyrules.core.errors import (
    CategoryError,
    DateError,
    FileError,
    InputError,
    MoneyError,
    NoAnswer,
    NoSuchRule,
    NotInForce,
    NotStated,
    NotTold,
    PackError,
    PastLastDate,
    PovertyRulesError,
    RangeError,
    RuleError,
    SortError,
    StepRefused,
    UnknownName,
)
from povertyrules.core.measure import Measure, mu, square_metres
from povertyrules.core.money import Fen, Rate, show, yuan
from povertyrules.entities import (
    Death,
    Dwelling,
    HospitalGrade,
    Household,
    Income,
    IncomeKind,
    Person,
    Plot,
    SupportMode,
    Treatment,
)
from povertyrules.policy import Policy, policy
from povertyrules.registry import policies

if TYPE_CHECKING:
    from povertyrules.analysis.changes import Diff
    from povertyrules.analysis.compare import compare
    from povertyrules.analysis.comparison import Comparison
    from povertyrules.analysis.diff import diff
    from povertyrules.analysis.plans import check_plan
    from povertyrules.analysis.readings import Readings
    from povertyrules.areas.obligations import DutyReport
    from povertyrules.bounds import Between, Bounds, OneOf
    from povertyrules.core.findings import Finding, Findings, FindingsError, Severity
    from povertyrules.core.magnitude import Magnitude
    from povertyrules.frames.over import over
    from povertyrules.frames.report import FrameError, Report
    from povertyrules.statement import Statement
    from povertyrules.uses.prove.outcomes import Counterexample, Most, Proved, Unknown

LATER = {
    "Comparison": "povertyrules.analysis.comparison",
    "compare": "povertyrules.analysis.compare",
    "Diff": "povertyrules.analysis.changes",
    "diff": "povertyrules.analysis.diff",
    "Readings": "povertyrules.analysis.readings",
    "DutyReport": "povertyrules.areas.obligations",
    "check_plan": "povertyrules.analysis.plans",
    "Magnitude": "povertyrules.core.magnitude",
    "Between": "povertyrules.bounds",
    "Bounds": "povertyrules.bounds",
    "OneOf": "povertyrules.bounds",
    "Statement": "povertyrules.statement",
    "over": "povertyrules.frames.over",
    "FrameError": "povertyrules.frames.report",
    "Report": "povertyrules.frames.report",
} | dict.fromkeys(("Finding", "Findings", "FindingsError", "Severity"), "povertyrules.core.findings")
LATER |= dict.fromkeys(("Counterexample", "Most", "Proved", "Unknown"), "povertyrules.uses.prove.outcomes")
"""Names that are imported when they are first asked for: no policy needs them to be made."""

__all__ = [
    "Amount",
    "Between",
    "Bounds",
    "CategoryError",
    "Comparison",
    "Counterexample",
    "DateError",
    "Death",
    "Diff",
    "DutyReport",
    "Dwelling",
    "Fen",
    "FileError",
    "Finding",
    "Findings",
    "FindingsError",
    "FrameError",
    "HospitalGrade",
    "Household",
    "Income",
    "IncomeKind",
    "InputError",
    "Magnitude",
    "Measure",
    "MoneyError",
    "Most",
    "NoAnswer",
    "NoSuchRule",
    "NotInForce",
    "NotStated",
    "NotTold",
    "OneOf",
    "PackError",
    "PastLastDate",
    "Person",
    "Plot",
    "Policy",
    "PovertyRulesError",
    "Proved",
    "RangeError",
    "Rate",
    "Readings",
    "Report",
    "RuleError",
    "RuleInfo",
    "Severity",
    "SortError",
    "Statement",
    "StepRefused",
    "SupportMode",
    "Treatment",
    "Unknown",
    "UnknownName",
    "__version__",
    "catalogue",
    "check_plan",
    "compare",
    "diff",
    "mu",
    "over",
    "policies",
    "policy",
    "show",
    "square_metres",
    "yuan",
]


def __getattr__(name: str) -> object:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(LATER[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *LATER})
