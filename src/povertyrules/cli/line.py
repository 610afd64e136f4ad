"""`line`: the poverty lines that are held, by series and year."""

from __future__ import annotations

import datetime

from attrs import frozen
from rich.table import Table

import povertyrules as pr
from povertyrules.areas.income_lines import Series
from povertyrules.cli import output
from povertyrules.cli.lists import print_documents
from povertyrules.cli.output import styled
from povertyrules.cli.sheet import GAP, RULED, documents_of
from povertyrules.cli.words import say
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import UnknownName
from povertyrules.core.money import show
from povertyrules.core.rule import rules_of
from povertyrules.policy import Policy


@frozen
class Printed:
    """One line of one series."""

    series: str
    label: Titled
    applied: bool
    year: int
    amount: Amount
    provision: str

    def to_dict(self) -> dict[str, object]:
        """The line as data for JSON."""
        return {
            "series": self.series,
            "zh": self.label.zh,
            "en": self.label.en,
            "applied": self.applied,
            "year": self.year,
            "amount": self.amount.to_dict(),
            "provision": self.provision,
        }


def show_lines(name: str, year: int | None, series: str, on: str, *, lang: str, in_json: bool) -> None:
    """Print every line held, those of one series, or the line of one year."""
    under = pr.policy(name, on=on or _day(year))
    if year is None:
        found = _held(under, series)
        if in_json:
            output.write_json([one.to_dict() for one in found])
            return
    else:
        asked = series or under.income.applied() or ""
        amount = under.income.line(year, series=asked or None)  # raises if there is none, with the years that there are
        found = [_line(under, asked, year, amount)]
        if in_json:
            output.write_json(found[0].to_dict())
            return
    _print(found, under, lang)


def _day(year: int | None) -> str | datetime.date:
    """The last day of a year: its line is known by then. Without a year, today."""
    return datetime.date.today() if year is None else f"{year:04d}-12-31"


def _held(under: Policy, series: str) -> list[Printed]:
    """The lines of every series, or of one."""
    held = under.income.series()
    if not held:
        raise under.lacks(Series)
    if series and series not in held:
        raise under.out_of_force.get(f"income.{series}") or UnknownName.among("series", series, held)
    return [
        _line(under, name, year, under.income.line(year, series=name))
        for name, years in held.items()
        for year in years
        if name == (series or name)
    ]


def _line(under: Policy, series: str, year: int, amount: Amount) -> Printed:
    path = f"income.{series}"
    (rule,) = rules_of(type(under.section(path).model)).values()
    cited = under.cite(f"{path}.lines[{year}]")
    return Printed(series, Titled(rule.zh, rule.en), series == under.income.applied(), year, amount, cited)


def _print(found: list[Printed], under: Policy, lang: str) -> None:
    documents = documents_of(under)
    table = Table(box=RULED, show_edge=False, header_style="dim", pad_edge=False, padding=GAP)
    table.add_column(say("series", lang), no_wrap=True)
    table.add_column(say("title", lang), overflow="fold")
    table.add_column(say("in year", lang), no_wrap=True)
    table.add_column(say("amount", lang), justify="right", no_wrap=True)
    table.add_column(say("quality", lang), no_wrap=True)
    table.add_column(say("provision", lang), overflow="fold")
    before = ""
    for one in found:
        if before and one.series != before:
            table.add_section()
        mark = f" ({say('applied', lang)})" if one.applied else ""
        style, new = "bold" if one.applied else "", one.series != before
        before = one.series
        table.add_row(
            styled(one.series if new else "", style),
            styled(f"{one.label.text(lang)}{mark}" if new else "", style),
            str(one.year),
            styled(show(one.amount.figure), "green"),
            say(one.amount.quality, lang),
            styled(documents.short([one.provision]), "dim"),
        )
    output.console().print(table)
    print_documents(documents, lang)
