"""Words and signs of explanations, and how encoded facts are written."""

from __future__ import annotations

from typing import cast

from povertyrules.core.facts import Fact, Sort
from povertyrules.core.money import show
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term, const

WORDS = {
    "zh": {
        "yes": "是",
        "no": "否",
        "and": "且",
        "or": "或",
        "not": "非",
        "unknown": "未知",
        "because": "因为",
    },
    "en": {
        "yes": "yes",
        "no": "no",
        "and": "and",
        "or": "or",
        "not": "not",
        "unknown": "unknown",
        "because": "because",
    },
}
FEW = 4
HUNDREDTHS = ("money", "area")
"""Sorts of quantities that are held in hundredths: of a yuan, of a unit of area."""
FIXED = ("param", "const")
COMPARE = {"lt": "<", "le": "≤", "eq": "="}
OPPOSITE = {"lt": "≥", "le": ">", "eq": "≠"}


def day_text(value: int) -> str:
    """An encoded date as a person writes it."""
    return f"{value // 10_000}-{value // 100 % 100:02d}-{value % 100:02d}"


def written(fact: Fact, value: int, lang: str) -> str:
    """An encoded fact as a person writes it."""
    if fact.sort in (Sort.MONEY, Sort.AREA):
        return show(value)
    if fact.sort is Sort.DATE:
        return day_text(value)
    if fact.kinds:
        return fact.kinds.of(value).text_in(lang)
    return str(value)


def undoubled(term: Term) -> Term:
    """What was doubled to round half up: 2 × n, or the constant that it already is."""
    return term.args[1] if term.op == "mul" else const(cast(int, term.value) // 2)


def is_rate(term: Term) -> bool:
    """Whether a term is a rate that a pack holds."""
    return term.op == "param" and cast(Leaf, term.info).shown.endswith("%")
