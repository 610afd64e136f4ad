"""What bodies owe, and plans: `duties` looks at a report, `calendar` lists what is due, `check-plan` adds up."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from rich.padding import Padding
from rich.table import Table

from povertyrules.areas.obligations import DutyReport
from povertyrules.cli import output
from povertyrules.cli.check import findings_table
from povertyrules.cli.output import styled
from povertyrules.cli.sheet import GAP, RULED, documents_of, head_of
from povertyrules.cli.words import say
from povertyrules.core.errors import FileError, SortError
from povertyrules.core.files import read_data
from povertyrules.core.findings import Findings
from povertyrules.policy import Policy


def check_report(file: str, under: Policy, *, untold: str, lang: str, in_json: bool) -> bool:
    """Print what a report misses; whether no finding is an error."""
    told = dict(read_data(file))
    on = told.pop("on", None)
    found = under.obligations.check(DutyReport(told), on=str(on) if on is not None else None, untold=untold)
    _print(found, under, Path(file).name, lang=lang, in_json=in_json)
    return found.ok


def check_plan(file: str | None, under: Policy | None, totals: list[str], *, lang: str, in_json: bool) -> bool:
    """Print what does not add up in a plan of a file, or in those of a policy; whether no finding is an error."""
    if file is not None:
        from povertyrules.analysis.plans import check_plan as check

        found = check(_rows(file), totals=dict(_total(one) for one in totals))
        _print(found, under, Path(file).name, lang=lang, in_json=in_json)
        return found.ok
    if under is None:
        raise SortError("plan", "neither a file nor a policy", "write the file of a plan, or --policy and --on")
    found = under.tables.check()
    _print(found, under, say("plans", lang), lang=lang, in_json=in_json)
    return found.ok


def list_dues(year: int, under: Policy, *, file: str | None, lang: str, in_json: bool) -> None:
    """Print what is due in a year, or write it as an iCalendar file."""
    calendar = under.obligations.calendar(year)
    if file is not None:
        calendar.save(file, lang)
        output.console().print(styled(f"{len(calendar)} → {file}"))
        return
    if in_json:
        output.write_json_list(
            {"on": due.on.isoformat(), "name": due.name, "what": due.text(lang), "provision": due.provision} for due in calendar
        )
        return
    console, documents = output.console(), documents_of(under)
    table = Table(box=RULED, show_edge=False, header_style="dim", pad_edge=False, padding=GAP)
    table.add_column(say("date", lang), no_wrap=True)
    table.add_column(say("due", lang), overflow="fold", ratio=1)
    table.add_column(say("provision", lang), overflow="fold")
    last = None
    for due in calendar:
        shown = "" if due.on == last else str(due.on)
        table.add_row(styled(shown), styled(due.text(lang)), styled(documents.short([due.provision]), "dim"))
        last = due.on
    console.print(table)
    _cited(documents.listed(lang))


def _print(found: Findings, under: Policy | None, name: str, *, lang: str, in_json: bool) -> None:
    if in_json:
        output.write_json(found.to_dict())
        return
    console = output.console()
    if under is not None:
        console.print(head_of(name, under, "", lang))
        console.print()
    if not found.found:
        console.print(Padding(styled(say("no findings", lang), "green"), (0, 0, 0, 2)))
        return
    documents = None if under is None else documents_of(under)
    console.print(findings_table(found, documents, lang))
    if documents is not None:
        _cited(documents.listed(lang))


def _cited(listed: Iterable[tuple[str, str]]) -> None:
    console = output.console()
    console.print()
    for number, document in listed:
        console.print(Padding(styled(f"{number} {document}", "dim"), (0, 0, 0, 2)))


def _rows(file: str) -> list[dict[str, object]]:
    """The rows of a plan: a CSV file, or a TOML or JSON file with `rows`."""
    if not file.lower().endswith(".csv"):
        rows = read_data(file).get("rows")
        if not isinstance(rows, list):
            raise SortError("rows", rows, "write the plan as rows = [{ year = 2016, persons = 630 }, …]")
        return rows
    try:
        with Path(file).open(encoding="utf-8-sig", newline="") as stream:
            return [dict(row) for row in csv.DictReader(stream)]
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("file", file, f"allowed: a CSV file in UTF-8; {error}") from None


def _total(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals:
        raise SortError("--total", written, "write it as persons=3074")
    return name.strip(), value.strip()
