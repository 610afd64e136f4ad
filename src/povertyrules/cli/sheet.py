"""A statement as a sheet for people: lines by person, totals by period, then what is undecided, not due, and assumed.

What waits for a fact is listed by that fact, what is not due is only counted; asked for everything, both go person by person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from povertyrules.cli.output import clean, console, styled
from povertyrules.cli.words import folded, say, several
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.documents import Documents
from povertyrules.policy import Policy
from povertyrules.record import Line, Reason
from povertyrules.statement import HEADS, Statement, called

GAP = (0, 2, 0, 0)
RULED = box.Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")
"""A rule below the head and between sections, and nothing else."""
SHOWN = 5
"""How many names and entitlements a row lists, and one more if that is the last."""


def documents_of(under: Policy) -> Documents:
    """The documents of a policy."""
    return Documents(document for pack in under.chain for document in pack.documents.values())


def head_of(name: str, under: Policy, at: str, lang: str) -> Rule:
    """The head of what is said about a household: who, where, on what day, and its place in a file of many."""
    place = under.chain[-1].jurisdiction
    parts = [
        styled(name if name != "household" else say("household", lang), "bold"),
        styled(Titled(place.zh, place.en).text(lang)),
        styled(str(under.on)),
        *([styled(at, "dim")] if at else []),
    ]
    return Rule(Text(" · ").join(parts), align="left", style="cyan")


class Sheet:
    """Prints the statements of one policy."""

    def __init__(self, under: Policy, lang: str, *, explain: bool = False, every: bool = False) -> None:
        self.under, self.lang, self.explain, self.every = under, lang, explain, every
        self.order = {name: place for place, name in enumerate(under.entitled)}
        self.console: Console = console()
        self.width = 0

    def print(self, statement: Statement, at: str = "") -> None:
        """Print one statement; `at` is the place of its household in a file of many."""
        documents = documents_of(self.under)
        named: tuple[Line | Reason, ...] = (*statement.lines, *statement.undecided, *statement.refused)
        self.width = min(max((cell_len(clean(called(one, self.lang))) for one in named), default=0), self.console.width // 4)
        self.console.print(head_of(statement.record.household, self.under, at, self.lang))
        self.lines(statement, documents)
        self.undecided(statement.undecided, documents)
        self.refused(statement.refused)
        self.reasons("absent", statement.absent, "dim")
        self.readings(statement.readings)
        for name in ("assumptions", "notes"):
            self.items(HEADS[name].text(self.lang), [("•", one.text(self.lang)) for one in getattr(statement, name)])
        if self.explain and statement.lines:
            self.explanations(statement)
        self.items(say("documents", self.lang), documents.listed(self.lang))
        self.console.print()

    # ---- parts ------------------------------------------------------------------------------------------------

    def heading(self, text: str) -> None:
        """The heading of a part."""
        self.console.print()
        self.console.print(styled(text.capitalize(), "bold cyan"))

    def lines(self, statement: Statement, documents: Documents) -> None:
        """What is due, and the totals by period."""
        self.heading(HEADS["lines"].text(self.lang))
        if not statement.lines:
            self.console.print(Padding(styled(say("nothing", self.lang)), (0, 0, 0, 2)))
            return
        table = Table(box=RULED, show_edge=False, header_style="dim", pad_edge=False, padding=GAP)
        table.add_column(say("who", self.lang), overflow="fold", min_width=self.width)
        table.add_column(say("what", self.lang), overflow="fold")
        table.add_column(say("amount", self.lang), justify="right", no_wrap=True)
        table.add_column(say("per", self.lang), no_wrap=True)
        table.add_column(say("provision", self.lang), ratio=1, overflow="fold")
        before = ""
        for line in self.sorted(statement.lines):
            name = called(line, self.lang)
            who, before = ("" if name == before else name), name
            table.add_row(
                styled(who, "bold"),
                styled(line.label.text(self.lang)),
                styled(self.figure(line.amount) if line.amount else line.said(self.lang), "green"),
                styled(say(line.amount.per, self.lang) if line.amount else ""),
                styled(documents.short(line.provisions), "dim"),
            )
        table.add_section()
        for per, total in statement.totals.items():
            figure = styled(self.figure(total), "bold green")
            table.add_row("", styled(say("total", self.lang), "bold"), figure, styled(say(per, self.lang), "bold"), "")
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def sorted(self, lines: Iterable[Line]) -> list[Line]:
        """Lines person by person, each person's in the order of the areas."""
        given = list(lines)
        whose = {who: place for place, who in enumerate(dict.fromkeys(line.who for line in given))}
        last = len(self.order)
        return sorted(given, key=lambda line: (whose[line.who], self.order.get(line.name, last)))

    def figure(self, amount: Amount) -> str:
        """An amount without its unit and period, which have a column each."""
        text = evolve(amount, per="").text(self.lang)
        return text.replace("元" if self.lang == "zh" else " yuan", "")

    def undecided(self, reasons: tuple[Reason, ...], documents: Documents) -> None:
        """What cannot be said: by the fact that is missing, then what the text leaves open; or person by person."""
        if self.every:
            return self.reasons("undecided", reasons, "yellow")
        facts: dict[str, list[Reason]] = {}
        open_: dict[tuple[str, str], dict[str, None]] = {}
        for one in reasons:
            why, label = one.reason.text(self.lang), one.label.text(self.lang)
            if one.status != "unknown":
                open_.setdefault((label, why), {})[called(one, self.lang)] = None
                continue
            for fact in one.missing:
                facts.setdefault(f"{fact} ({self.label(fact)})", []).append(one)
        if reasons:
            self.heading(HEADS["undecided"].text(self.lang))
        if facts:
            self.missing(facts)
        if facts and open_:
            self.console.print()
        self.three((self.some(whom, "\n"), label, documents.within(why)) for (label, why), whom in open_.items())
        return None

    def label(self, fact: str) -> str:
        """What a fact, a quantity or a list is called."""
        plan = self.under.plan
        if fact in plan.world.lists:
            return plan.world.lists[fact].text(self.lang)
        rule = plan.quantities[fact].rule if fact in plan.quantities else None
        return rule.text(self.lang) if rule else plan.facts[fact].text(self.lang)

    def missing(self, facts: Mapping[str, list[Reason]]) -> None:
        """The facts that were not told, of whom, and what each would help to decide; what decides most comes first."""
        table = Table.grid(padding=GAP, expand=True)
        for word, ratio in (("tell", 4), ("of whom", 3), ("decides", 5)):
            table.add_column(say(word, self.lang), header_style="dim", overflow="fold", ratio=ratio)
        table.show_header = True
        rows: dict[tuple[str, str], list[str]] = {}
        for fact, waiting in sorted(facts.items(), key=lambda one: -len(one[1])):
            whom = dict.fromkeys(called(one, self.lang) for one in waiting)
            what = dict.fromkeys(one.label.text(self.lang) for one in waiting)
            rows.setdefault((self.some(whom), self.some(what)), []).append(fact)
        for row, together in rows.items():
            table.add_row(styled("\n".join(together), "yellow"), *map(styled, row))
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def some(self, names: Iterable[str], between: str = ", ") -> str:
        """The first names of a list, and how many more there are."""
        held = list(names)
        shown = held if len(held) <= SHOWN + 1 else [*held[:SHOWN], several(len(held) - SHOWN, self.lang)]
        return between.join(shown)

    def refused(self, reasons: tuple[Reason, ...]) -> None:
        """What is not due: how much it is, or each with its reason."""
        if self.every:
            self.reasons("refused", reasons, "dim")
        elif reasons:
            self.heading(HEADS["refused"].text(self.lang))
            self.console.print(Padding(styled(folded(len(reasons), self.lang), "dim"), (0, 0, 0, 2)))

    def reasons(self, name: str, reasons: Iterable[Reason], style: str) -> None:
        """What is not due or not known, those of one person with one reason together."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for one in reasons:
            key = (called(one, self.lang), one.reason.text(self.lang))
            found.setdefault(key, {})[one.label.text(self.lang)] = None
        if found:
            self.heading(HEADS[name].text(self.lang))
            self.three(((who, ", ".join(labels), why) for (who, why), labels in found.items()), style)

    def three(self, rows: Iterable[tuple[str, str, str]], style: str = "yellow") -> None:
        """Rows of whom, what and why; a name that follows itself is left out."""
        table = Table.grid(padding=GAP, expand=True)
        table.add_column(overflow="fold", width=self.width)
        for _ in ("what", "why"):
            table.add_column(overflow="fold", ratio=1)
        before = ""
        for who, what, why in rows:
            shown, before = ("" if who == before else who), who
            table.add_row(styled(shown, "bold"), styled(what), styled(why, style))
        if table.row_count:
            self.console.print(Padding(table, (0, 0, 0, 2)))

    def readings(self, readings: Mapping[str, str]) -> None:
        """The readings that the figures rest on: those that were chosen first, then the defaults."""
        if not readings:
            return
        self.heading(HEADS["readings"].text(self.lang))
        rows = []
        defaults = []
        for name, choice in readings.items():
            register = self.under.registers.get(name)
            if register is not None and choice == register.default:
                defaults.append(f"{name}={choice}")
            else:
                said = f": {register.choices[choice].text(self.lang)}" if register else ""
                rows.append((say("chosen", self.lang), f"{name}={choice}{said}"))
        if defaults:
            rows.append((say("default", self.lang), ", ".join(defaults)))
        self.grid(rows)

    def explanations(self, statement: Statement) -> None:
        """How each figure came about."""
        self.heading(say("explained", self.lang))
        for line in self.sorted(statement.lines):
            self.console.print(Padding(styled(called(line, self.lang), "bold"), (0, 0, 0, 2)))
            for row in line.explanation.text(self.lang).splitlines():
                indent = 4 + len(row) - len(row.lstrip())
                self.console.print(Padding(styled(row.strip(), "dim" if indent > 4 else ""), (0, 0, 0, indent)))

    def items(self, heading: str, rows: Iterable[tuple[str, str]]) -> None:
        """A part that is a list, if there is anything in it."""
        held = list(rows)
        if held:
            self.heading(heading)
            self.grid(held)

    def grid(self, rows: Iterable[tuple[str, str]]) -> None:
        """Rows of a mark and a text."""
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for mark, text in rows:
            table.add_row(styled(mark, "dim"), styled(text))
        self.console.print(Padding(table, (0, 0, 0, 2)))
