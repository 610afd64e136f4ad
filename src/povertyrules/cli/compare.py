"""`compare`: the households of a file under several policies, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

import povertyrules as pr
from povertyrules.analysis.comparison import SAID, WORDS, Comparison, Row, mark
from povertyrules.cli import output
from povertyrules.cli.assess import answers, chosen_policy, noting, same_day, split_reading, tell
from povertyrules.cli.output import styled
from povertyrules.cli.sheet import GAP, RULED
from povertyrules.cli.words import folded, say
from povertyrules.core.errors import InputError
from povertyrules.documents import Documents
from povertyrules.entities import Household
from povertyrules.households import Refusal, read_households
from povertyrules.policy import Policy


def chosen_policies(names: Sequence[str], on: str, readings: Sequence[str]) -> list[Policy]:
    """The policies that the options ask for; a reading is chosen in those that know it."""
    found = [_on_its_day(name, on) for name in names]
    for one in readings:
        name, choice = split_reading(one)
        knowing = [policy for policy in found if name in policy.registers]
        if not knowing:
            found[0].reading(name, choice)  # raises, with the names that are near
        found = [policy.reading(name, choice) if policy in knowing else policy for policy in found]
    return found


def _on_its_day(text: str, on: str) -> Policy:
    name, _, day = text.partition("@")
    if not (day or on):
        raise InputError("--on", on, f"allowed: a day for {name}, such as --on 2017-06-30, or --policy {name}@2017-06-30")
    return chosen_policy(name, day or on)


def compare_file(
    path: str, policies: Sequence[Policy], *, untold: str, lang: str, in_json: bool, every: bool
) -> tuple[Refusal, ...]:
    """Print the comparisons of a file; return the households that are refused."""

    def compare(household: Household) -> Comparison:
        for policy in policies:
            same_day(household, policy)
        return pr.compare(household, policies, untold=untold)

    batch = read_households(path)
    refused: list[Refusal] = []
    found = noting(answers(batch, policies[0], compare), refused)
    if not in_json:
        for index, answer in found:
            if isinstance(answer, Comparison):
                _Page(answer, lang).print(batch.at(index), every=every)
    elif batch.many:
        output.write_json_list({"index": index, **_row(answer)} for index, answer in found)
    else:
        for _, answer in found:
            output.write_json(_row(answer))
    tell(batch, refused, "compared")
    return tuple(refused)


def _row(answer: Comparison | Refusal) -> dict[str, object]:
    return answer.to_dict() if isinstance(answer, Comparison) else {"error": answer.to_dict()}


@frozen
class _Page:
    """Prints one comparison: the policies by letter, the table, what differs and why, the documents by number."""

    found: Comparison
    lang: str

    @property
    def marks(self) -> list[str]:
        """The letters of the policies."""
        return [mark(i) for i in range(len(self.found.columns))]

    def print(self, at: str, *, every: bool) -> None:
        """Print it; `at` is the place of the household in a file of many."""
        console, documents, found = output.console(), self.found.documents(), self.found
        name = found.household.text(self.lang)
        parts = [styled(name, "bold"), *([styled(at, "dim")] if at else [])]
        console.print(Rule(Text(" · ").join(parts), align="left", style="cyan"))
        console.print()
        for letter, column in zip(self.marks, found.columns, strict=True):
            console.print(Padding(styled(f"{letter}  {column.title}"), (0, 0, 0, 2)))
        console.print()
        console.print(Padding(self.table(), (0, 0, 0, 2)))
        rest = [row for row in found.rows if not row.given]
        self.whys(SAID["differs"].text(self.lang), found.differing, documents)
        if not found.differing:
            console.print()
            console.print(Padding(styled(SAID["same"].text(self.lang), "green"), (0, 0, 0, 2)))
        if every:
            self.whys(SAID["rest"].text(self.lang), rest, documents)
        elif rest:
            self.heading(SAID["rest"].text(self.lang))
            console.print(Padding(styled(folded(len(rest), self.lang), "dim"), (0, 0, 0, 2)))
        cited = list(documents.listed(self.lang))
        if cited:
            self.heading(say("documents", self.lang))
        for number, document in cited:
            console.print(Padding(styled(f"{number} {document}", "dim"), (0, 0, 0, 2)))
        console.print()

    def heading(self, text: str) -> None:
        """The heading of a part."""
        output.console().print()
        output.console().print(styled(text[:1].upper() + text[1:], "bold cyan"))

    def table(self) -> Table:
        """What some policy gives, the totals by period, and how many entitlements are without an amount, by the reason."""
        table = Table(box=RULED, show_edge=False, header_style="dim", pad_edge=False, padding=GAP)
        table.add_column(say("who", self.lang), overflow="fold")
        table.add_column(say("what", self.lang), overflow="fold")
        for letter in self.marks:
            table.add_column(letter, overflow="fold")
        before = ""
        for row in (row for row in self.found.rows if row.given):
            who = row.who.text(self.lang)
            style = "bold" if row.differs else ""
            cells = (styled(cell.text(self.lang), "green" if cell.given else "dim") for cell in row.cells)
            table.add_row(styled("" if who == before else who, "bold"), styled(row.label.text(self.lang), style), *cells)
            before = who
        table.add_section()
        for per in self.found.pers:
            totals = (column.totals.get(per) for column in self.found.columns)
            cells = (styled(total.text(self.lang) if total else "", "bold green") for total in totals)
            table.add_row("", styled(say("total", self.lang), "bold"), *cells)
        table.add_section()
        for status in self.found.statuses:
            counts = (str(column.counts.get(status, 0)) for column in self.found.columns)
            table.add_row("", styled(WORDS[status].text(self.lang), "dim"), *(styled(count, "dim") for count in counts))
        return table

    def whys(self, head: str, rows: Iterable[Row], documents: Documents) -> None:
        """What is said of some rows, and why."""
        for i, why in enumerate(self.found.whys(rows, self.lang, documents)):
            if not i:
                self.heading(head)
            output.console().print(Padding(styled(why.called(self.lang), "bold"), (0, 0, 0, 2)))
            table = Table.grid(padding=(0, 1, 0, 0))
            table.add_column(no_wrap=True)
            table.add_column(overflow="fold")
            for text, by in why.said.items():
                table.add_row(styled(", ".join(self.marks[i] for i in by), "dim"), styled(text))
            output.console().print(Padding(table, (0, 0, 0, 4)))
