"""Prove: the rules as terms of a solver, which shows a claim for every case or finds one where it fails.

The words that claims are written with; the arithmetic signs and comparisons are Python's own.

>>> implies(True, False), every(1 < 2, some(False, True)), no(True)
(False, True, False)
"""

from povertyrules.core.words import every, greatest, least, no, some, where
from povertyrules.uses.prove.outcomes import Counterexample, Most, Outcome, Proved, Unknown
from povertyrules.uses.prove.view import View, implies, is_known

__all__ = [
    "Counterexample",
    "Most",
    "Outcome",
    "Proved",
    "Unknown",
    "View",
    "every",
    "greatest",
    "implies",
    "is_known",
    "least",
    "no",
    "some",
    "where",
]
