"""The names of result columns: what, in which unit, for which period."""

from __future__ import annotations

from povertyrules.core.rule import Rule

PERIODS = {"month": ("_per_month", "月"), "year": ("_per_year", "年"), "once": ("_once", "次")}
SURFACES = {"m2": "平方米", "mu": "亩"}


def named(field: str, rule: Rule, lang: str) -> str:
    """The column of a quantity: money in fen and its period, areas in hundredths of their unit, the rest by its name.

    >>> from povertyrules.areas.elderly import Longevity
    >>> from povertyrules.core.rule import rules_of
    >>> longevity = rules_of(Longevity)["longevity_allowance"]
    >>> named("longevity", longevity, "en"), named("longevity", longevity, "zh")
    ('longevity_fen_per_month', '长寿津贴（分/月）')
    """
    zh = lang == "zh"
    if rule.sort == "money":
        en_period, zh_period = PERIODS.get(rule.per, ("", ""))
        return f"{rule.zh}（分{'/' if zh_period else ''}{zh_period}）" if zh else f"{field}_fen{en_period}"
    if rule.sort == "area":
        return f"{rule.zh}（0.01{SURFACES.get(rule.per, rule.per)}）" if zh else f"{field}_hundredths_of_{rule.per}"
    return rule.zh if zh else field


def total(per: str, lang: str) -> str:
    """The column of a household's total for a period."""
    en_period, zh_period = PERIODS.get(per, ("", ""))
    return f"合计（分/{zh_period}）" if lang == "zh" else f"total_fen{en_period}"
