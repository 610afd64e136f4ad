"""Procedures to test with: those of Gerolstein, and those of every pack of the library, each under every reading of it."""

from __future__ import annotations

import datetime
import itertools
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import frozen

import povertyrules as pr
from povertyrules.areas.procedures import Course, Procedure, ProceduresArea
from povertyrules.areas.procedures.steps import Step

FILE = Path(__file__).parent / "gerolstein.toml"
RAW: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))["procedures"]
"""The steps as they are written, for oracles."""


@lru_cache(maxsize=2)
def gerolstein(days: str = "calendar") -> pr.Policy:
    return pr.policy(path=FILE, on="2005-06-30").reading("leave.days", days)


@frozen(eq=False)
class Way:
    """One procedure under one policy."""

    under: pr.Policy
    name: str
    reading: str = ""

    @property
    def area(self) -> ProceduresArea:
        return self.under.procedures

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.area.steps(self.name)

    @property
    def provision(self) -> str:
        section = self.under.section(f"procedures.{self.name}")
        return str(self.under.rules[section.main[0]].provision)

    def place(self, code: str) -> int:
        return [step.code for step in self.steps].index(code)

    def onward(self, before: str, step: str) -> bool:
        return self.place(before) < self.place(step)

    def paths(self) -> Iterator[tuple[Step, ...]]:
        """Every path from a start to an end that takes no step twice; ways back included."""
        open_ends: list[tuple[Step, ...]] = [(step,) for step in self.steps if not step.after]
        while open_ends:
            path = open_ends.pop()
            after = [step for step in self.steps if path[-1].code in step.after]
            if not any(self.onward(path[-1].code, step.code) for step in after):
                yield path
            open_ends += [(*path, step) for step in after if step not in path]

    def __str__(self) -> str:
        return f"{self.under.name}: {self.name} {self.reading}".strip()


def told(step: Step) -> dict[str, bool]:
    """Everything that a step needs."""
    return dict.fromkeys(step.needs, True)


def quickest(way: Way, path: tuple[Step, ...], on: datetime.date) -> Course:
    """A course along a path, each step on the first day that is allowed."""
    course = way.area.start(way.name, on=on, step=path[0].code, facts=told(path[0]))
    for step in path[1:]:
        (following,) = (one for one in way.area.allowed(course) if one.step == step.code)
        course = way.area.advance(course, step.code, on=following.first, facts=told(step))
    return course


def _readings(under: pr.Policy) -> Iterator[tuple[str, pr.Policy]]:
    yield "", under
    for name, register in under.interpretations.items():
        for choice in register.choices:
            if choice != under.choice(name):
                yield f"{name}={choice}", under.reading(name, choice)


def _ways(under: pr.Policy, names: list[str]) -> Iterator[Way]:
    """Some procedures of a policy, and again where another reading changes them."""
    plain = {name: _shape(under, name) for name in names}
    for reading, read in _readings(under):
        yield from (Way(read, name, reading) for name in names if not reading or _shape(read, name) != plain[name])


def _shape(under: pr.Policy, name: str) -> object:
    row = under.procedures.row(Procedure, name)
    steps = [(step.code, step.after, str(step.notice), tuple(step.needs)) for step in under.procedures.steps(name)]
    return row.days, steps


@lru_cache(maxsize=1)
def all_ways() -> list[Way]:
    """Every procedure of Gerolstein and of the library's packs, each on the first day for which it speaks."""
    found = list(_ways(gerolstein(), list(RAW)))
    for policy in pr.policies():
        sections = [s for s in pr.policy(policy, on="2017-06-30").chain[-1].sections() if isinstance(s.model, Procedure)]
        for start, group in itertools.groupby(sorted(sections, key=lambda s: s.start), key=lambda s: s.start):
            names = [section.path.removeprefix("procedures.") for section in group]
            found += _ways(pr.policy(policy, on=start), names)
    return found
