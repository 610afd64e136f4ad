"""`check`: from a file to findings, household by household; a refused one does not stop the others."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen
from rich.padding import Padding
from rich.table import Table

from povertyrules.cli import output
from povertyrules.cli.assess import answers, noting, tell
from povertyrules.cli.output import styled
from povertyrules.cli.sheet import GAP, RULED, documents_of, head_of
from povertyrules.cli.words import say
from povertyrules.core.citation import Titled
from povertyrules.core.errors import hidden
from povertyrules.core.findings import Finding, Findings, Severity
from povertyrules.documents import Documents
from povertyrules.entities import WORLD, Household
from povertyrules.households import Refusal, read_households
from povertyrules.policy import Policy

LABELS: Mapping[str, Titled] = {
    name: Titled(fact.zh, fact.en) for shape in WORLD.entities.values() for name, fact in shape.facts.items()
}
"""What the fields of findings are called, where they are facts."""
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


@frozen
class Checked:
    """The findings of one household."""

    name: str
    findings: Findings

    def to_dict(self) -> dict[str, object]:
        """The findings as data for JSON."""
        return {"household": self.name, **self.findings.to_dict()}


def check_file(path: str, under: Policy, *, lang: str, in_json: bool) -> tuple[tuple[Refusal, ...], bool]:
    """Print the findings of a file; return the households that are refused, and whether no finding is an error."""

    def check(household: Household) -> Checked:
        return Checked(hidden(household.name or "household"), under.check(household))

    batch = read_households(path)
    refused: list[Refusal] = []
    found = list(noting(answers(batch, under, check), refused))
    if in_json:
        output.write_json_list({"index": index, **_row(answer)} for index, answer in found)
    else:
        for index, answer in found:
            if isinstance(answer, Checked):
                _print(answer, under, batch.at(index), lang)
    tell(batch, refused, "checked")
    return tuple(refused), all(one.findings.ok for _, one in found if isinstance(one, Checked))


def _row(answer: Checked | Refusal) -> dict[str, object]:
    return answer.to_dict() if isinstance(answer, Checked) else {"error": answer.to_dict()}


def _print(checked: Checked, under: Policy, at: str, lang: str) -> None:
    console, documents = output.console(), documents_of(under)
    console.print(head_of(checked.name, under, at, lang))
    console.print()
    if not checked.findings.found:
        console.print(Padding(styled(say("no findings", lang), "green"), (0, 0, 1, 2)))
        return
    console.print(Padding(findings_table(checked.findings, documents, lang), (0, 0, 0, 2)))
    console.print()
    for number, document in documents.listed(lang):
        console.print(Padding(styled(f"{number} {document}", "dim"), (0, 0, 0, 2)))
    console.print()


def findings_table(findings: Findings, documents: Documents | None, lang: str) -> Table:
    """Findings as a table, with their provisions where there are documents to cite."""
    table = Table(box=RULED, show_edge=False, header_style="dim", pad_edge=False, padding=GAP)
    table.add_column(say("severity", lang), no_wrap=True)
    table.add_column(say("field", lang), overflow="fold")
    table.add_column(say("found", lang), overflow="fold", ratio=1)
    if documents is not None:
        table.add_column(say("provision", lang), overflow="fold")
    for one in findings:
        cited = [] if documents is None else [styled(documents.short([one.provision]), "dim")]
        severity = styled(say(one.severity, lang), STYLES[one.severity])
        table.add_row(severity, styled(one.field), styled(_said(one, lang)), *cited)
    return table


def _said(one: Finding, lang: str) -> str:
    """The message, after what its field is called."""
    label = LABELS.get(one.field.rsplit(".", 1)[-1])
    message = say(one.message, lang) if one.message in ("no", "not told") else one.message
    if label is None or message.startswith(label.en):
        return message
    return f"{label.text(lang)}: {message}"
