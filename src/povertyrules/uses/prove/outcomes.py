"""What comes of a claim: it is proved, a case breaks it, or it is unknown why not."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from attrs import field, frozen

from povertyrules.core.errors import PovertyRulesError
from povertyrules.uses.prove.view import Point

if TYPE_CHECKING:
    from povertyrules.uses.prove.replay import Replay


class ProofError(PovertyRulesError):
    """The solver and the compiled rules disagree about a case: a defect of this library, to be reported."""


class Outcome:
    """What comes of a claim: `Proved`, `Counterexample` or `Unknown`."""

    def text(self, lang: str = "en") -> str:
        """The outcome in words, in English ("en") or Chinese ("zh")."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"


@frozen(repr=False)
class Proved(Outcome):
    """The claim holds in every case in which what it speaks of is known; `cases` is into how many it was split."""

    cases: int = field(default=1, eq=False)

    def text(self, lang: str = "en") -> str:
        """The outcome in words."""
        return "成立" if lang == "zh" else "proved"

    def __repr__(self) -> str:
        return "Proved()"


@frozen(repr=False)
class Unknown(Outcome):
    """Neither proved nor refuted; `reason` says why: the time that was given, or what the solver could not do.

    `silent` says that there is no case at all of which the claim speaks: what it asks about is never stated, or `where` leaves
    nothing.
    """

    reason: str
    zh: str = field(default="", eq=False)
    silent: bool = False

    def text(self, lang: str = "en") -> str:
        """The outcome in words."""
        return f"未定: {self.zh or self.reason}" if lang == "zh" else f"unknown: {self.reason}"

    def __repr__(self) -> str:
        return f"Unknown({self.reason!r})"


@frozen(eq=False, repr=False)
class Counterexample(Outcome):
    """A case in which the claim fails, or in which the condition holds that was looked for; it was replayed before it was given.

    `facts` are the facts of the case, and the quantities that are taken as given, as a caller would write them; `values` the
    quantities that the claim reads, as the compiled rules give them, by point: the case itself, and each that lies beside it.
    `example["out_of_pocket"]` is a value at the first point.
    """

    facts: Mapping[str, object]
    values: Mapping[Point, Mapping[str, int | bool | None]]
    by: Replay
    sought: bool = False

    def replay(self) -> Mapping[Point, Mapping[str, int | bool | None]]:
        """Compute the case anew through the compiled rules; `ProofError` if it breaks the claim no more."""
        return self.by.checked()

    def citations(self, lang: str = "en") -> list[str]:
        """The provisions on the live paths of what the claim reads."""
        return self.by.citations(lang)

    def __getitem__(self, name: str) -> int | bool | None:
        return next(iter(self.values.values()))[name]

    def text(self, lang: str = "en") -> str:
        """The case in words."""
        head = ("找到", "found") if self.sought else ("反例", "counterexample")
        return "\n".join([head[lang != "zh"], *(f"  {line}" for line in self.by.lines(lang))])

    def __repr__(self) -> str:
        word = "found" if self.sought else "counterexample"
        return f"<{word} {', '.join(f'{name}={value!r}' for name, value in self.facts.items())}>"


@frozen(eq=False, repr=False)
class Most(Outcome):
    """The most that an amount can be, with a case in which it is that much; `exact` says whether no case has more."""

    value: int
    example: Counterexample
    exact: bool
    by: Replay

    def text(self, lang: str = "en") -> str:
        """The most, and the case."""
        word = ("最多", "at most") if self.exact else ("至少可达", "at least as much as")
        return f"{word[lang != 'zh']} {self.by.amount(self.value, lang)}\n{self.example.text(lang)}"

    def __repr__(self) -> str:
        return f"Most({self.value}{'' if self.exact else ', exact=False'})"
