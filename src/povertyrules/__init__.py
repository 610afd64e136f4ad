"""Exact, cited calculators for China's poverty-alleviation policy documents.

>>> import povertyrules as pr
>>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
>>> print(zz.elderly.allowances(age=103, receives_dibao=False, unable_to_care=False).total)
at least 430.00 yuan a month
"""

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
    UnknownName,
)
from povertyrules.core.findings import Finding, Findings, FindingsError, Severity
from povertyrules.core.money import Fen, Rate, show, yuan
from povertyrules.entities import HospitalGrade, Household, Income, IncomeKind, Person, SupportMode, Treatment
from povertyrules.policy import Policy, policy
from povertyrules.registry import policies
from povertyrules.statement import Statement

__all__ = [
    "Amount",
    "CategoryError",
    "DateError",
    "Fen",
    "FileError",
    "Finding",
    "Findings",
    "FindingsError",
    "HospitalGrade",
    "Household",
    "Income",
    "IncomeKind",
    "InputError",
    "MoneyError",
    "NoAnswer",
    "NoSuchRule",
    "NotInForce",
    "NotStated",
    "NotTold",
    "PackError",
    "PastLastDate",
    "Person",
    "Policy",
    "PovertyRulesError",
    "RangeError",
    "Rate",
    "RuleError",
    "RuleInfo",
    "Severity",
    "SortError",
    "Statement",
    "SupportMode",
    "Treatment",
    "UnknownName",
    "__version__",
    "catalogue",
    "policies",
    "policy",
    "show",
    "yuan",
]
