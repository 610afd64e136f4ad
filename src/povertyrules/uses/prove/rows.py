"""Outcomes in rows: what was claimed, of what, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from attrs import field, frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import UnknownName
from povertyrules.uses.prove.outcomes import Counterexample, Most, Outcome, Proved, Unknown

if TYPE_CHECKING:
    from povertyrules.policy import Policy

MARKS = {Proved: Titled("成立", "holds"), Counterexample: Titled("有反例", "broken"), Unknown: Titled("未定", "open")}
FOUND, SILENT = Titled("查得", "found"), Titled("无从说起", "silent")


@frozen(eq=False)
class Row:
    """One claim and its outcome; `name` is the kind of claim, `subject` what it is said of."""

    name: str
    claim: Titled
    subject: Titled
    outcome: Outcome

    @property
    def mark(self) -> Titled:
        """Holds, broken, open; found, where something was measured and not claimed; silent, where no case can be meant."""
        if isinstance(self.outcome, Unknown) and self.outcome.silent:
            return SILENT
        sought = isinstance(self.outcome, Counterexample) and self.outcome.sought
        return FOUND if sought or isinstance(self.outcome, Most) else MARKS[type(self.outcome)]

    def text(self, lang: str = "en") -> str:
        """The row in words; what is found is told below it."""
        head = f"{self.mark.text(lang)}: {self.subject.text(lang)}: {self.claim.text(lang)}"
        if isinstance(self.outcome, Proved):
            return head
        return head + "\n" + "\n".join(f"  {line}" for line in self.outcome.text(lang).splitlines())

    def __str__(self) -> str:
        return self.text()


@frozen(eq=False, repr=False)
class Rows:
    """The outcomes of several claims on one policy."""

    policy: str
    rows: tuple[Row, ...]

    @classmethod
    def of_policy(
        cls, policy: Policy, made: Mapping[str, Callable[[Policy], Iterable[Claimed]]], only: Iterable[str] | None, limit: float
    ) -> Rows:
        """Put claims to a policy: all, or the kinds that are named."""
        kinds = list(made) if only is None else list(only)
        for kind in kinds:
            if kind not in made:
                raise UnknownName.among("only", kind, made)
        rows = (one.row(limit) for kind in kinds for one in made[kind](policy))
        return cls(f"{policy.name} {policy.on}", tuple(rows))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, kind: type[Outcome]) -> tuple[Row, ...]:
        """The rows whose outcome is of a kind: `rows.of(pr.Counterexample)`."""
        return tuple(row for row in self.rows if isinstance(row.outcome, kind))

    @property
    def open(self) -> int:
        """How many could not be decided."""
        return sum(row.mark is MARKS[Unknown] for row in self.rows)

    def named(self, name: str) -> tuple[Row, ...]:
        """The rows of one kind of claim."""
        return tuple(row for row in self.rows if row.name == name)

    def text(self, lang: str = "en") -> str:
        """The rows in words."""
        return "\n".join([self.policy, *(row.text(lang) for row in self.rows)])

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<{len(self.rows)} claims on {self.policy}, {len(self.of(Counterexample))} broken, {self.open} open>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(row.mark.en)}</td><td>{escape(row.subject.zh)}<br><small>{escape(row.subject.en)}</small></td>"
            f"<td>{escape(row.claim.en)}</td><td><pre>{escape('' if isinstance(row.outcome, Proved) else row.outcome.text())}"
            "</pre></td></tr>"
            for row in self.rows
        )
        return f"<table><caption>{escape(self.policy)}</caption>{rows}</table>"


@frozen(eq=False)
class Claimed:
    """A claim that has not been put to the solver yet: `ask` does so, within so many seconds."""

    name: str
    claim: Titled
    subject: Titled
    ask: Callable[[float], Outcome] = field(repr=False)

    def row(self, limit: float) -> Row:
        """The claim with its outcome."""
        return Row(self.name, self.claim, self.subject, self.ask(limit))
