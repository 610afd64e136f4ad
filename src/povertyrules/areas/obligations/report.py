"""Reports of the implementing bodies, and how they stand to what is owed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from povertyrules.areas.obligations.outcome import Outcome, Status
from povertyrules.core.errors import SortError, UnknownName


def _table(_: object, __: object, told: object) -> None:
    if not isinstance(told, Mapping):
        raise SortError("told", told, "write a table: what is told of each obligation, by its name")


@frozen
class DutyReport:
    """What a body tells of its obligations, by their names, as of the end of a day.

    Numbers carry their units ("2100 persons", "26亿元"); a share is `{"part": …, "whole": …}` or a rate; a deadline is the day on
    which it was done, or False; a frequency is a list of days; a checklist is a list of the items that are there.

    >>> DutyReport({"public_posts": "2100 persons"}, on="2020-12-31").told["public_posts"]
    '2100 persons'
    """

    told: Mapping[str, object] = field(validator=_table)
    on: datetime.date | str | None = None


@frozen
class Review:
    """How every obligation stands: iterate over it, ask `of` for those of one status, or let it print."""

    outcomes: tuple[Outcome, ...]

    def of(self, status: str) -> tuple[Outcome, ...]:
        """The outcomes of one status: met, missed, warned, pending, unknown, unstated."""
        if status not in set(Status):
            raise UnknownName.among("status", status, list(Status))
        return tuple(one for one in self.outcomes if one.status == status)

    def counts(self) -> dict[str, int]:
        """How many outcomes there are of each status."""
        found = Counter(one.status for one in self.outcomes)
        return {status.value: found[status] for status in Status if found[status]}

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)

    def __str__(self) -> str:
        return "\n".join(f"{one.status.text('en'):22}{one}" for one in self.outcomes)

    def _repr_html_(self) -> str:
        import html

        rows = (
            "<tr>"
            + "".join(
                f"<td>{html.escape(text)}</td>"
                for text in (one.status.text("en"), one.label.zh, one.label.en, one.message(), one.provision)
            )
            + "</tr>"
            for one in self.outcomes
        )
        head = "<tr><th>status</th><th>事项</th><th>what</th><th>finding</th><th>provision</th></tr>"
        return f"<table>{head}{''.join(rows)}</table>"
