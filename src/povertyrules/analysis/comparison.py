"""What several policies say of one household, side by side: as data, text, a table for notebooks, rows and frames."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from html import escape as esc
from typing import Literal, cast

from attrs import frozen

from povertyrules.analysis.aligned import aligned
from povertyrules.case import STATUS_ZH
from povertyrules.core.amount import PER, Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import UnknownName
from povertyrules.core.extras import needed
from povertyrules.documents import Documents
from povertyrules.policy import Policy
from povertyrules.statement import HEADS as PARTS
from povertyrules.statement import Statement

VERSION = 1
NOWHERE = Titled("", "")
GIVEN = ("amount", "due")
TOLD_IN_FULL = ("unknown", "unstated", "no such rule")
"""Kinds of answer whose reason names the kind."""
WORDS = {
    **{status: Titled(zh, status) for status, zh in STATUS_ZH.items()},
    "due": Titled("应予提供", "due"),
    "nothing": Titled("计算结果为零", "comes to nothing"),
    "unknown": Titled("未告知", "not told"),
    "unstated": Titled("文件未规定", "the text does not say"),
    "elsewhere": Titled("归于他者", "goes to others"),
}
"""The kinds of answer; each way of having no amount has its own words."""
SAID = {
    "who": Titled("对象", "who"),
    "what": Titled("项目", "what"),
    "none": Titled("无数额的项目数", "entitlements without an amount"),
    "differs": Titled("不同之处及依据", "what differs, and why"),
    "same": Titled("各政策无不同", "nothing differs"),
    "rest": Titled("其余项目", "the other entitlements"),
}
HEADS = ("who", "what", "name")
"""The columns of a flat table before those of the policies."""
ENGINES = ("pandas", "polars", "pyarrow")


@frozen
class Cell:
    """What one policy says of one entitlement.

    `status` is amount, due (of a service), or why there is neither: not eligible, nothing (the rule comes to zero), unknown (a
    fact was not told), unstated, not in force, past its last date, no such rule, elsewhere (it goes to a household where
    another policy's goes to a person, say). `why` says so in words; `readings` are those that the answer rests on, `missing`
    the facts that were not told.
    """

    status: str
    amount: Amount | None = None
    why: Titled = NOWHERE
    provisions: tuple[str, ...] = ()
    readings: Mapping[str, str] = {}
    missing: tuple[str, ...] = ()
    explanation: Titled = NOWHERE

    @property
    def given(self) -> bool:
        """Whether there is an amount, or a service that is due."""
        return self.status in GIVEN

    def same(self, other: Cell) -> bool:
        """Whether two answers are one: of one kind, and in the figure, its period and what its wording leaves open."""
        return self.status == other.status and self._ends == other._ends

    @property
    def _ends(self) -> tuple[object, ...]:
        amount = self.amount
        return (amount.figure, amount.low, amount.high, amount.per) if amount else ()

    def text(self, lang: str = "en") -> str:
        """The answer in words."""
        return self.amount.text(lang) if self.amount else WORDS[self.status].text(lang)

    __str__ = text

    def because(self, lang: str = "en", documents: Documents | None = None) -> str:
        """The answer with what it rests on: its provisions, the condition that fails, the fact or figure that is missing."""
        why, cited = self.why.text(lang), "; ".join(self.provisions)
        if documents is not None:
            why, cited = documents.within(why), documents.short(self.provisions).replace("\n", "; ")
        elif cited:
            cited = f"[{cited}]"
        said = self.text(lang)
        if why:
            said = why if self.status in TOLD_IN_FULL else f"{said}: {why}"
        return f"{said}  {cited}".rstrip()

    def to_dict(self) -> dict[str, object]:
        """The answer as data for JSON; money is a string of yuan."""
        return {
            "status": self.status,
            "amount": self.amount.to_dict() if self.amount else None,
            "why": {"zh": self.why.zh, "en": self.why.en},
            "provisions": list(self.provisions),
            "readings": dict(self.readings),
            "missing": list(self.missing),
        }


@frozen
class Row:
    """One entitlement of the household, or of one of its members, under each policy."""

    who: Titled
    name: str
    label: Titled
    cells: tuple[Cell, ...]

    @property
    def given(self) -> bool:
        """Whether some policy gives something."""
        return any(cell.given for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether the policies do not all say the same."""
        return not all(cell.same(self.cells[0]) for cell in self.cells)

    def to_dict(self) -> dict[str, object]:
        """The row as data for JSON."""
        titles = {name: {"zh": one.zh, "en": one.en} for name, one in (("who", self.who), ("label", self.label))}
        return {**titles, "name": self.name, "differs": self.differs, "cells": [cell.to_dict() for cell in self.cells]}


@frozen
class Why:
    """What the policies say of an entitlement of some members: by the words of the answer, the columns that say so."""

    who: tuple[Titled, ...]
    label: Titled
    said: Mapping[str, tuple[int, ...]]

    def called(self, lang: str = "en") -> str:
        """Whose, and what."""
        return f"{', '.join(one.text(lang) for one in self.who)}{'：' if lang == 'zh' else ': '}{self.label.text(lang)}"


@frozen(eq=False)
class Column:
    """One policy, by its title, with the statement that it gives; `counts` is how many entitlements it answers how."""

    title: str
    policy: Policy
    statement: Statement
    counts: Mapping[str, int] = {}

    @property
    def totals(self) -> dict[str, Amount]:
        """The sums by period, as the statement has them."""
        return self.statement.totals

    def to_dict(self) -> dict[str, object]:
        """The column's head and foot as data for JSON."""
        totals = {per: total.to_dict() for per, total in self.totals.items()}
        where = {"policy": self.policy.name, "on": str(self.policy.on)}
        return {"title": self.title, **where, "totals": totals, "counts": dict(self.counts)}


@frozen(repr=False, eq=False, slots=False)
class Comparison:
    """One household under several policies: a column for each, a row for each entitlement that one of them knows."""

    household: Titled
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        """The rows of one entitlement, for each to whom it can be due."""
        known = {known for column in self.columns for known in column.policy.entitled}
        if name not in known:
            raise UnknownName.among("entitlement", name, known)
        return tuple(row for row in self.rows if row.name == name)

    @property
    def differing(self) -> tuple[Row, ...]:
        """The rows in which the policies do not all say the same, and one of them gives something."""
        return tuple(row for row in self.rows if row.given and row.differs)

    def __repr__(self) -> str:
        titles = ", ".join(column.title for column in self.columns)
        return f"<Comparison of {self.household.en} under {titles}: {len(self.differing)} of {len(self._given)} lines differ>"

    @property
    def _given(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.given)

    @cached_property
    def pers(self) -> tuple[str, ...]:
        """The periods for which some policy has a total: month, year, once."""
        found = {per for column in self.columns for per in column.totals}
        return tuple(per for per in PER if per in found)

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The ways of having no amount that occur."""
        found = {cell.status for row in self.rows for cell in row.cells}
        return tuple(status for status in WORDS if status in found and status not in GIVEN)

    def whys(self, rows: Iterable[Row], lang: str = "en", documents: Documents | None = None) -> Iterator[Why]:
        """What is said of some rows, and why; members with the same answers stand together, and so do policies."""
        found: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
        for row in rows:
            said = tuple(self._because(row, i, lang, documents) for i in range(len(self.columns)))
            found.setdefault((row.name, said), []).append(row)
        for (_, said), those in found.items():
            by = {text: tuple(i for i, other in enumerate(said) if other == text) for text in said}
            yield Why(tuple(row.who for row in those), those[0].label, by)

    def _because(self, row: Row, i: int, lang: str, documents: Documents | None) -> str:
        """What a policy says, why, and by which readings, where they are not the default or others do not share them."""
        cell, registers = row.cells[i], self.columns[i].policy.registers
        others = [other.readings for other in row.cells]
        turned = [
            f"{name}={choice}"
            for name, choice in cell.readings.items()
            if choice != registers[name].default or any(held.get(name, choice) != choice for held in others)
        ]
        return cell.because(lang, documents) + (f" ({', '.join(turned)})" if turned else "")

    def documents(self) -> Documents:
        """The documents of all the policies, to cite them by number."""
        packs = (pack for column in self.columns for pack in column.policy.chain)
        return Documents(document for pack in packs for document in pack.documents.values())

    # ---- in words ---------------------------------------------------------------------------------------------

    def text(self, lang: str = "en", *, every: bool = False) -> str:
        """The comparison as plain text: the table, the totals, and what differs with its provisions.

        A row stands in the table if some policy gives something; the others are counted by the reason, or with `every` listed.
        """
        marks, documents = [mark(i) for i in range(len(self.columns))], self.documents()
        out = [self.household.text(lang), ""]
        out += [f"{letter}  {column.title}" for letter, column in zip(marks, self.columns, strict=True)]
        out += ["", *aligned([*self._table(marks, lang), *self._foot(lang)])]
        rest = tuple(row for row in self.rows if not row.given) if every else ()
        for head, rows in ((SAID["differs"], self.differing), (SAID["rest"], rest)):
            out += ["", f"{head.text(lang)}:"] if rows else []
            for why in self.whys(rows, lang, documents):
                out.append(f"  {why.called(lang)}")
                out += [f"    {', '.join(marks[i] for i in by)}: {text}" for text, by in why.said.items()]
        out += [] if self.differing else ["", SAID["same"].text(lang)]
        cited = [f"{number} {document}" for number, document in documents.listed(lang)]
        return "\n".join([*out, "", *cited] if cited else out)

    def __str__(self) -> str:
        return self.text()

    def _table(self, marks: Iterable[str], lang: str) -> Iterator[list[str]]:
        yield [SAID["who"].text(lang), SAID["what"].text(lang), *marks]
        before = ""
        for row in self._given:
            who = row.who.text(lang)
            yield ["" if who == before else who, row.label.text(lang), *(cell.text(lang) for cell in row.cells)]
            before = who
        for per in self.pers:
            totals = [column.totals.get(per) for column in self.columns]
            yield ["", PARTS["totals"].text(lang), *(total.text(lang) if total else "-" for total in totals)]

    def _foot(self, lang: str) -> Iterator[list[str]]:
        """How many entitlements are without an amount, by the reason."""
        if self.statuses:
            yield []
            yield ["", SAID["none"].text(lang)]
        for status in self.statuses:
            yield ["", WORDS[status].text(lang), *(str(column.counts.get(status, 0)) for column in self.columns)]

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{esc(column.title)}</th>" for column in self.columns)
        body = "".join(self._html(row) for row in self._given)
        for per in self.pers:
            totals = (column.totals.get(per) for column in self.columns)
            cells = "".join(f"<th style='text-align:right'>{esc(total.text()) if total else ''}</th>" for total in totals)
            body += f"<tr><td></td><th>{esc(PARTS['totals'].en)}</th>{cells}</tr>"
        counts = ""
        for status in self.statuses:
            cells = "".join(f"<td style='text-align:right'>{column.counts.get(status, 0)}</td>" for column in self.columns)
            counts += f"<tr><td>{esc(WORDS[status].en)}</td>{cells}</tr>"
        more = (
            f"<details><summary>{esc(SAID['none'].en)}</summary><table><tr><td></td>{heads}</tr>{counts}</table></details>"
            if counts
            else ""
        )
        caption = f"<caption>{esc(self.household.en)}</caption>"
        return f"<table>{caption}<tr><th>{SAID['who'].en}</th><th>{SAID['what'].en}</th>{heads}</tr>{body}</table>{more}"

    def _html(self, row: Row) -> str:
        """A row; what differs is in bold, and says on what it rests."""
        cells = ""
        for cell in row.cells:
            said = esc(cell.text())
            why = "; ".join(cell.provisions) if cell.given else cell.because()
            bold = f"<b>{said}</b>" if row.differs else said
            cells += f"<td style='text-align:right'>{bold}<br><small>{esc(why)}</small></td>"
        return f"<tr><td>{esc(row.who.en)}</td><td>{esc(row.label.zh)}<br><small>{esc(row.label.en)}</small></td>{cells}</tr>"

    # ---- as data ----------------------------------------------------------------------------------------------

    def table(self, lang: str = "en") -> list[dict[str, str]]:
        """The rows as flat data: whose, what, the quantity's name, and a column for each policy, in words."""
        return [
            {
                "who": row.who.text(lang),
                "what": row.label.text(lang),
                "name": row.name,
                **{column.title: cell.text(lang) for column, cell in zip(self.columns, row.cells, strict=True)},
            }
            for row in self.rows
        ]

    def cells(self, lang: str = "en") -> list[dict[str, str | int | bool | None]]:
        """The answers as flat data, a row for each: money in whole fen, an open end is None, and so is what has no amount."""
        return [
            {
                "who": row.who.text(lang),
                "what": row.label.text(lang),
                "name": row.name,
                "policy": column.title,
                "status": cell.status,
                "per": cell.amount.per if cell.amount else "",
                "fen": int(cell.amount.figure) if cell.amount else None,
                "low_fen": cell.amount.low if cell.amount else None,
                "high_fen": cell.amount.high if cell.amount else None,
                "why": cell.why.text(lang),
                "provisions": "; ".join(cell.provisions),
                "differs": row.differs,
            }
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
        ]

    def frame(self, engine: str = "polars", lang: str = "en") -> object:
        """The table as a frame of pandas, Polars or PyArrow; needs the extra `frames` and the engine's own package.

        Raises `UnknownName` for another engine.
        """
        if engine not in ENGINES:
            raise UnknownName.among("engine", engine, ENGINES)
        nw = needed("narwhals", "frames")
        rows = self.table(lang)
        names = [*HEADS, *(column.title for column in self.columns)]
        columns = {name: [row[name] for row in rows] for name in names}
        backend = cast(Literal["pandas", "polars", "pyarrow"], engine)
        return cast(object, nw.from_dict(columns, dict.fromkeys(names, nw.String), backend=backend).to_native())

    def to_dict(self) -> dict[str, object]:
        """The comparison as data for JSON; money is a string of yuan."""
        return {
            "version": VERSION,
            "household": {"zh": self.household.zh, "en": self.household.en},
            "policies": [column.to_dict() for column in self.columns],
            "rows": [row.to_dict() for row in self.rows],
        }


def mark(number: int) -> str:
    """The letter of a column; after Z comes A2.

    >>> mark(0), mark(25), mark(26)
    ('A', 'Z', 'A2')
    """
    times, letter = divmod(number, 26)
    return string.ascii_uppercase[letter] + (str(times + 1) if times else "")
