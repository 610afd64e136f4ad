"""Bounds on a magnitude: at least, more than, at most, less than, exactly, about; what the text does not print stays open.

>>> Bounds(at_least=Magnitude.of("2000 persons")).holds(Magnitude.of("1999 persons"))
False
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from povertyrules.core.citation import Titled
from povertyrules.core.magnitude import Magnitude
from povertyrules.core.tables import Missing

RELATIONS = ("at_least", "more_than", "at_most", "less_than", "exactly", "about")
WORDS = {
    "at_least": Titled("不低于", "at least"),
    "more_than": Titled("高于", "more than"),
    "at_most": Titled("不超过", "at most"),
    "less_than": Titled("低于", "less than"),
    "exactly": Titled("为", "exactly"),
    "about": Titled("约", "about"),
}
ROUGHLY = Fraction(1, 10)
"""How far beside a rough number (左右) a count may lie; no document says."""
ROUGHLY_POINTS = 2
"""How many percentage points beside a rough rate may lie; no document says."""


@frozen(slots=False)
class Bounds:
    """One bound on a magnitude, or two; None where there is none."""

    at_least: Magnitude | Missing | None = None
    more_than: Magnitude | Missing | None = None
    at_most: Magnitude | Missing | None = None
    less_than: Magnitude | Missing | None = None
    exactly: Magnitude | Missing | None = None
    about: Magnitude | Missing | None = None

    def stated(self) -> list[tuple[str, Magnitude]]:
        """The relations that have a figure."""
        found = ((name, getattr(self, name)) for name in RELATIONS)
        return [(name, bound) for name, bound in found if isinstance(bound, Magnitude)]

    @property
    def unstated(self) -> bool:
        """Whether a figure is needed that the text does not print."""
        return any(isinstance(getattr(self, name), Missing) for name in RELATIONS)

    def holds(self, told: Magnitude) -> bool:
        """Whether a magnitude keeps every stated bound."""
        return all(_keeps(name, told, bound) for name, bound in self.stated())

    def gap(self, told: Magnitude) -> Magnitude | None:
        """How far a magnitude lies beside the bound that it breaks; None if it keeps all."""
        broken = [bound for name, bound in self.stated() if not _keeps(name, told, bound)]
        if not broken:
            return None
        unit = "points" if told.unit == "%" else told.unit
        return Magnitude(max(abs(told.like(bound).value - bound.value) for bound in broken), unit)

    def in_words(self, lang: str = "en") -> str:
        """The bounds, as a sentence says them."""
        parts = [f"{WORDS[name].text(lang)} {bound.text(lang)}" for name, bound in self.stated()]
        if self.unstated:
            parts.append("文件未载明的数值" if lang == "zh" else "a figure that the text does not print")
        none = "不作要求" if lang == "zh" else "nothing is asked"
        return ("，" if lang == "zh" else ", ").join(parts) or none


def _keeps(name: str, told: Magnitude, bound: Magnitude) -> bool:
    match name:
        case "at_least":
            return told >= bound
        case "more_than":
            return told > bound
        case "at_most":
            return told <= bound
        case "less_than":
            return told < bound
        case "exactly":
            return told.like(bound).value == bound.value
        case _:
            room = Fraction(ROUGHLY_POINTS) if bound.unit == "%" else bound.value * ROUGHLY
            return abs(told.like(bound).value - bound.value) <= room
