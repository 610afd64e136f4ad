"""What a policy says of its sections and values: where each stands in the documents, and how good it is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from povertyrules.conventions import COUNTING
from povertyrules.core.citation import Provision, RuleEntry, Section, Titled
from povertyrules.core.rule import source_of
from povertyrules.core.section import today_is_past


class Citing:
    """What gives a policy its citations."""

    if TYPE_CHECKING:
        on: datetime.date
        past: str

        @property
        def live(self) -> Mapping[str, Section]:
            """The sections in force, by path."""

        @property
        def rules(self) -> Mapping[str, RuleEntry]:
            """Every rule that the packs declare, by id."""

    def section(self, path: str) -> Section:
        """A section in force."""
        return self.live.get(path, COUNTING)

    def title(self, path: str) -> Titled:
        """What the first rule of a section is called."""
        found = self.section(path)
        return self.rules[(found.main or found.rules)[0]].title

    def is_past(self, path: str) -> bool:
        """Whether the policy's day lies past the last one for which a section speaks, and that is to be said."""
        return self.past == "warn" and path in self.live and today_is_past(self.live[path], self.on)

    def cite(self, path: str) -> str:
        """The provision of a section or a value."""
        section = self.live.get(".".join(path.split(".", 2)[:2]))
        if section is None:
            return ""
        return source_of(path, section.sources).cite() if _has_source(path, section) else str(self._first(section))

    def _first(self, section: Section) -> Provision:
        return self.rules[(section.main or section.rules)[0]].provision

    def grade(self, path: str) -> str:
        """The quality of a value."""
        section = self.live[".".join(path.split(".", 2)[:2])]
        return source_of(path, section.sources).grade


def _has_source(path: str, section: Section) -> bool:
    return any(path == p or path.startswith((p + ".", p + "[")) for p in section.sources)
