"""Where a text is ambiguous, every reading is held, named, and switchable.

An `Interpretation` is declared by the code that branches on it; the question, the labels of its choices, the default and
the reason stand in the pack of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import TypeVar, cast

from attrs import frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import RuleError, UnknownName
from povertyrules.core.money import Rate
from povertyrules.core.terms import Term, op, tracing
from povertyrules.core.words import Exact

T = TypeVar("T")
DECLARED: set[str] = set()
"""The names of all that code declares; other interpretations are those on which rows of data turn."""
_CHOSEN: ContextVar[Mapping[str, str]] = ContextVar("readings", default=MappingProxyType({}))


@frozen
class Interpretation:
    """A named ambiguity and its choices; the first stands when a rule is called outside a policy."""

    name: str
    choices: tuple[str, ...]

    def choose(self, **readings: T) -> T:
        """The value of the chosen reading; while tracing, a node that holds them all.

        >>> Interpretation("medical.brackets", ("marginal", "whole")).choose(marginal=1, whole=2)
        1
        """
        if tuple(readings) != self.choices:
            raise RuleError(f"{self.name}: choose({', '.join(readings)}) must name {', '.join(self.choices)}, in that order")
        values = list(readings.values())
        if all(isinstance(v, Rate) for v in values):
            rates = cast(list[Rate], values)
            return cast(T, Rate(self._pick([r.numerator for r in rates], _traced(rates)), rates[0].per))
        if any(isinstance(v, Exact) for v in values):
            exacts = cast(list[Exact], values)
            tops, bottoms = [e.numerator for e in exacts], [e.denominator for e in exacts]
            # whole denominators must branch with their numerators: a choice among integers would be made at once
            traced = any(isinstance(v, Term) for v in (*tops, *bottoms))
            return cast(T, Exact(self._pick(tops, traced), self._pick(bottoms, traced)))
        return cast(T, self._pick(values, any(isinstance(v, Term) for v in values)))

    def _pick(self, values: Sequence[object], traced: bool) -> int:
        if traced or tracing():
            same = all(v is values[0] for v in values) or (len({type(v) for v in values} | {int}) == 1 and len(set(values)) == 1)
            return cast(int, values[0] if same else op("reading", *values, value=(self.name, self.choices)))
        chosen = _CHOSEN.get().get(self.name, self.choices[0])
        return cast(int, values[self.choices.index(chosen)])


def _traced(rates: list[Rate]) -> bool:
    return any(isinstance(cast(object, rate.numerator), Term) for rate in rates)


def interpretation(name: str, *choices: str) -> Interpretation:
    """Declare an ambiguity, by area and name, with its choices."""
    DECLARED.add(name)
    return Interpretation(name, choices)


@contextmanager
def reading(**chosen: str) -> Iterator[None]:
    """Choose readings for rules that are called as plain Python; dots in names are written as two underscores.

    >>> from povertyrules.core.interpretation import Interpretation
    >>> with reading(medical__brackets="whole"):
    ...     Interpretation("medical.brackets", ("marginal", "whole")).choose(marginal=1, whole=2)
    2
    """
    with choosing({name.replace("__", "."): choice for name, choice in chosen.items()}):
        yield


@contextmanager
def choosing(chosen: Mapping[str, str]) -> Iterator[None]:
    """Choose readings by their names."""
    token = _CHOSEN.set({**_CHOSEN.get(), **chosen})
    try:
        yield
    finally:
        _CHOSEN.reset(token)


@frozen(eq=False, repr=False, slots=False)
class Register:
    """What a pack says about one interpretation: question, choices with labels, default, reason, rules, example."""

    name: str
    question: Titled
    choices: Mapping[str, Titled]
    default: str
    why: Titled
    rules: tuple[str, ...]
    example: str = ""
    assumes: Mapping[str, Titled] = MappingProxyType({})
    """By choice: what a result that rests on it assumes."""

    def checked(self, choice: str) -> str:
        """The choice, if it is one; else an error that names those that are."""
        if choice not in self.choices:
            raise UnknownName.among(self.name, choice, self.choices)
        return choice
