"""Between what a line, or a sum, lies over some choices of readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from povertyrules.analysis.answers import UNDECIDED, Answer
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.money import Fen

if TYPE_CHECKING:
    from povertyrules.analysis.readings import Reading, Turn

CHOSEN = "chosen"
"""Stands where the policy's own choices give an end of a spread."""
WORDS = {
    CHOSEN: Titled("现行选择", "as chosen"),
    "total": Titled("合计", "total"),
    "apart": Titled("未定之项不同", "with other lines undecided"),
    "no figure": Titled("无数额", "no figure"),
}


@frozen
class Sum:
    """What the lines of one period come to, and how many that would count have no figure."""

    amount: Amount
    undecided: int = 0

    def text(self, lang: str = "en") -> str:
        """The sum in words."""
        if not self.undecided:
            return self.amount.text(lang)
        more = f"，另有{self.undecided}项未定" if lang == "zh" else f", {self.undecided} undecided"
        return self.amount.text(lang) + more

    __str__ = text

    def to_dict(self) -> dict[str, object]:
        """The sum as data for JSON."""
        return {**self.amount.to_dict(), "undecided": self.undecided}


def nothing(per: str) -> Sum:
    """The sum of no lines."""
    return Sum(Amount.exactly(Fen(0), per=per))


def has(answer: Answer) -> bool:
    """Whether an answer gives something: an amount that can be more than nothing, or a service."""
    return bool(answer.value) or (answer.amount is not None and answer.amount.high != 0)


@frozen
class Spread:
    """Between what one line, or the sum of a period, lies over the choices tried; what cannot be compared is named apart.

    `least` and `most` go by the figure; `least_by` and `most_by` name the choices that give them, as `name=choice`, or
    `chosen`. Where a choice leaves a line without a figure, the line, and the sums that it would count in, are `apart`.
    """

    who: Titled
    name: str
    label: Titled
    per: str
    least: Answer | None
    most: Answer | None
    least_by: tuple[str, ...]
    most_by: tuple[str, ...]
    apart: tuple[str, ...]

    @property
    def given(self) -> bool:
        """Whether there is something to have at the most."""
        return self.most is not None and has(self.most)

    def text(self, lang: str = "en") -> str:
        """The spread in a line."""
        zh = lang == "zh"
        head = (
            self.label.text(lang)
            if self.name == "total"
            else f"{self.who.text(lang)}{'：' if zh else ': '}{self.label.text(lang)}"
        )
        said = []
        if self.least is not None and self.most is not None:
            ends = dict.fromkeys((_end(self.least, self.least_by, lang), _end(self.most, self.most_by, lang)))
            said.append(" … ".join(ends))
        if self.apart:
            word = WORDS["apart" if self.name == "total" else "no figure"].text(lang)
            said.append(f"{word}{'：' if zh else ': '}{', '.join(_by(one, lang) for one in self.apart)}")
        return f"{head}{'：' if zh else ': '}{('；' if zh else '; ').join(said)}"

    __str__ = text

    def to_dict(self) -> dict[str, object]:
        """The spread as data for JSON; money is a string of yuan."""
        return {
            "who": both(self.who),
            "name": self.name,
            "label": both(self.label),
            "per": self.per,
            "least": self.least.to_dict() if self.least else None,
            "most": self.most.to_dict() if self.most else None,
            "least_by": list(self.least_by),
            "most_by": list(self.most_by),
            "apart": list(self.apart),
        }


def _end(answer: Answer, by: Iterable[str], lang: str) -> str:
    return f"{answer.text(lang)} ({', '.join(_by(one, lang) for one in by)})"


def _by(one: str, lang: str) -> str:
    return WORDS[CHOSEN].text(lang) if one == CHOSEN else one


def both(one: Titled) -> dict[str, str]:
    """A text in both languages, for JSON."""
    return {"zh": one.zh, "en": one.en}


def line_spreads(readings: Iterable[Reading]) -> Iterator[Spread]:
    """The spread of each line that some choice changes."""
    found: dict[tuple[str, str], tuple[Turn, dict[str, Answer]]] = {}
    for reading in readings:
        for choice in reading.choices:
            for turn in choice.turns:
                _, answers = found.setdefault((turn.who.en, turn.name), (turn, {CHOSEN: turn.before}))
                answers[f"{reading.name}={choice.name}"] = turn.after
    for turn, answers in found.values():
        apart = {by for by, answer in answers.items() if answer.status in UNDECIDED}
        yield _spread(turn.who, turn.name, turn.label, turn.per, answers, apart)


def sum_spread(per: str, household: Titled, sums: Mapping[str, tuple[Sum, frozenset[object]]]) -> Spread | None:
    """The spread of a sum over some choices, each with the lines that it leaves undecided; None if nothing changes it."""
    answers = {by: _as_answer(found) for by, (found, _) in sums.items()}
    apart = {by for by, (_, undecided) in sums.items() if undecided != sums[CHOSEN][1]}
    if not apart and all(answer.same(answers[CHOSEN]) for answer in answers.values()):
        return None
    return _spread(household, "total", WORDS["total"], per, answers, apart)


def _as_answer(found: Sum) -> Answer:
    amount = found.amount
    return Answer("amount", amount, int(amount), Titled(amount.text("zh"), amount.text("en")))


def _spread(who: Titled, name: str, label: Titled, per: str, answers: Mapping[str, Answer], apart: set[str]) -> Spread:
    rated = {by: answer for by, answer in answers.items() if by not in apart}
    out = Spread(who, name, label, per, None, None, (), (), tuple(by for by in answers if by in apart))
    if not rated:
        return out
    least, most = min(rated.values(), key=_size), max(rated.values(), key=_size)
    return evolve(out, least=least, most=most, least_by=_with(rated, least), most_by=_with(rated, most))


def _with(rated: Mapping[str, Answer], end: Answer) -> tuple[str, ...]:
    """What gives an end; the policy's own choices alone, if they do."""
    found = tuple(by for by, answer in rated.items() if _size(answer) == _size(end))
    return (CHOSEN,) if CHOSEN in found else found


def _size(answer: Answer) -> tuple[int, int, float]:
    """By what answers are ordered: the figure, then what the wording leaves open; no rule in force comes to nothing."""
    if answer.amount is None:
        return answer.value or 0, 0, 0
    low, high = answer.amount.low, answer.amount.high
    return int(answer.amount), low or 0, float("inf") if high is None else high
