"""The base of areas whose rules are data: kinds as classes of parameters, sections as rows, one evaluator per kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from attrs import evolve

from povertyrules.core.area import Area
from povertyrules.core.citation import Titled
from povertyrules.core.errors import NoSuchRule, UnknownName
from povertyrules.core.section import model_fields
from povertyrules.core.turning import ByReading
from povertyrules.core.written import Label

M = TypeVar("M")


class DataArea(Area):
    """An area whose sections are rows of data; each has a name, by which reports and callers name it."""

    def rows(self, kind: type[M]) -> dict[str, M]:
        """The sections in force of a kind, by name, under the chosen readings."""
        found = self.bound.sections(self.name, kind)
        return {path.removeprefix(f"{self.name}."): self.chosen(model) for path, model in found.items()}

    def some(self, kind: type[M]) -> dict[str, M]:
        """The sections in force of a kind; raises the reason if there is none at all, which is no empty answer."""
        found = self.rows(kind)
        if not found:
            late = (reason for path, reason in self.bound.out_of_force.items() if path.startswith(f"{self.name}."))
            raise next(late, NoSuchRule(f"the documents hold no {self.name}"))
        return found

    def row(self, kind: type[M], name: str) -> M:
        """One section in force, under the chosen readings.

        Raises the reason if it is not in force, `UnknownName` if there is none of that name.
        """
        found = self.bound.sections(self.name, kind)
        path = f"{self.name}.{name}"
        if path in found:
            return self.chosen(found[path])
        if path in self.bound.out_of_force:
            raise self.bound.out_of_force[path]
        if not found:
            raise NoSuchRule(f"the documents hold no such rule: {name}")
        raise UnknownName.among(self.name, name, (known.removeprefix(f"{self.name}.") for known in found))

    def chosen(self, model: M, instead: Mapping[str, str] | None = None) -> M:
        """A section with every value that turns on an interpretation replaced by that of the chosen reading.

        `instead` are choices to take in place of those of the policy.
        """
        taken = instead or {}

        def choice_of(name: str) -> str:
            return taken.get(name) or self.bound.choice(name)

        turning = {n: v for n in model_fields(type(model)) if isinstance(v := getattr(model, n), ByReading)}
        settled = {name: value.settled(choice_of) for name, value in turning.items()}
        return evolve(model, **settled) if settled else model  # type: ignore[misc]

    def cited(self, name: str) -> str:
        """The provision of a section."""
        return self.bound.cite(f"{self.name}.{name}")

    def title(self, name: str, label: Label | None = None) -> Titled:
        """What a section is called: its own label, or the title of its rule."""
        return label.text if label is not None else self.bound.title(f"{self.name}.{name}")

    def overview(self) -> Mapping[str, Titled]:
        """The name of every section in force, with what it is called."""
        return {name: self.title(name, getattr(row, "label", None)) for name, row in self.rows(object).items()}
