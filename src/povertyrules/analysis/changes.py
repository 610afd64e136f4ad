"""What changes from one policy to another, as data, as text, as a table, and as lines for a changelog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape as esc

from attrs import frozen

from povertyrules.analysis.answers import UNDECIDED, Answer
from povertyrules.analysis.differences import Difference
from povertyrules.core.amount import PER
from povertyrules.core.citation import Titled
from povertyrules.core.money import Fen, plain, show

VERSION = 1
HEADS = {
    "who": Titled("对象", "who"),
    "what": Titled("项目", "what"),
    "before": Titled("原", "before"),
    "after": Titled("现", "after"),
    "by": Titled("由", "by"),
    "answers": Titled("各种答案", "what they have"),
    "idle": Titled("虽不同，于此无影响", "differs, and changes nothing here"),
    "nothing": Titled("没有变化", "nothing changes"),
    "differ": Titled("不同之处", "in what they differ"),
    "totals": Titled("合计(变化的各行)", "totals of the lines that change"),
}


@frozen
class Effect:
    """A thing in which the policies differ, and what an answer is with that alone changed; None where that cannot be tried."""

    difference: Difference
    alone: Answer | None


@frozen
class Row:
    """One answer that changes: whose (`household` counts from 0), which quantity, from what to what, by what."""

    household: int
    who: Titled
    name: str
    label: Titled
    per: str
    before: Answer
    after: Answer
    causes: tuple[Effect, ...]
    counts: bool

    @property
    def change(self) -> Fen | None:
        """By how many fen the figure changes; None where one of the answers is no amount."""
        if self.before.amount is None or self.after.amount is None:
            return None
        return Fen(int(self.after.amount) - int(self.before.amount))

    def text(self, lang: str = "en") -> str:
        """The row in a line."""
        zh = lang == "zh"
        home = f"第{self.household + 1}户" if zh else f"household {self.household + 1}"
        by = ", ".join(effect.difference.path for effect in self.causes)
        change = f" ({signed(self.change)})" if self.change else ""
        head = f"{home}，{self.who.zh}：{self.label.zh}：" if zh else f"{home}, {self.who.en}: {self.label.en}: "
        return f"{head}{self.before.text(lang)} → {self.after.text(lang)}{change}{'，由' if zh else ', by '}{by}"

    __str__ = text

    def to_dict(self) -> dict[str, object]:
        """The row as data for JSON; money is a string of yuan."""
        return {
            "household": self.household,
            "who": self.who.en,
            "name": self.name,
            "per": self.per,
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "change": None if self.change is None else plain(self.change),
            "causes": [{"path": one.difference.path, "alone": one.alone.to_dict() if one.alone else None} for one in self.causes],
        }


@frozen
class Total:
    """What the lines that change come to, of one period: what has no amount counts as nothing, and `undecided` counts it."""

    per: str
    before: Fen
    after: Fen
    undecided: int

    @property
    def change(self) -> Fen:
        """By how many fen the total changes."""
        return Fen(self.after - self.before)

    def text(self, lang: str = "en") -> str:
        """The total in words."""
        zh = lang == "zh"
        unit = f"{'元' if zh else ' yuan'}{PER[self.per][not zh]}"
        out = f"{show(self.before)} → {show(self.after)}{unit} ({signed(self.change)})"
        if self.undecided:
            out += f"；另有{self.undecided}项未定" if zh else f"; {self.undecided} undecided"
        return out

    __str__ = text


def total_of(rows: Iterable[Row]) -> dict[str, Total]:
    """The totals of some rows, by period; loans, and what is no line of a statement, are left out."""
    out: dict[str, Total] = {}
    for row in rows:
        if row.counts:
            held = out.get(row.per, Total(row.per, Fen(0), Fen(0), 0))
            before, after = (Fen(int(one.amount) if one.amount else 0) for one in (row.before, row.after))
            undecided = row.before.status in UNDECIDED or row.after.status in UNDECIDED
            out[row.per] = Total(row.per, held.before + before, held.after + after, held.undecided + undecided)
    return out


def signed(fen: int) -> str:
    """Fen as yuan with a sign.

    >>> signed(2000), signed(-50), signed(0)
    ('+20.00', '-0.50', '0.00')
    """
    return f"{'+' if fen > 0 else ''}{show(fen)}"


@frozen(repr=False)
class Diff:
    """What changes from one policy to another for some households."""

    before: Titled
    after: Titled
    households: int
    differences: tuple[Difference, ...]
    """All in which the policies differ, also what changes nothing for these households."""
    rows: tuple[Row, ...]
    totals: Mapping[str, Total]

    @property
    def empty(self) -> bool:
        """Whether nothing changes for these households."""
        return not self.rows

    @property
    def changed(self) -> tuple[int, ...]:
        """The households for which something changes, counted from 0."""
        return tuple(dict.fromkeys(row.household for row in self.rows))

    def by_quantity(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each quantity."""
        names = dict.fromkeys(row.name for row in self.rows)
        return {name: tuple(row for row in self.rows if row.name == name) for name in names}

    def by_cause(self) -> dict[str, tuple[Row, ...]]:
        """The rows that each difference is a cause of, by its path; a row with two causes stands under both."""
        paths = (one.path for one in self.differences)
        found = {path: tuple(r for r in self.rows if any(e.difference.path == path for e in r.causes)) for path in paths}
        return {path: rows for path, rows in found.items() if rows}

    def __repr__(self) -> str:
        return f"<Diff of {self.before.en} and {self.after.en}: {len(self.rows)} answers in {len(self.changed)} households>"

    def summary(self, lang: str = "en") -> str:
        """In what the policies differ, and what that changes for how many."""
        zh = lang == "zh"
        out = [f"{self.before.text(lang)} → {self.after.text(lang)}"]
        out.append(
            f"{self.households}户中{len(self.changed)}户有变化"
            if zh
            else f"{_many(len(self.changed), 'household')} of {self.households} changed"
        )
        found = self.by_cause()
        for one in self.differences:
            if rows := found.get(one.path):
                out += [one.text(lang), *(f"  {line}" for line in _grouped(one.path, rows, lang))]
        if rest := [one.path for one in self.differences if one.path not in found]:
            out.append(f"{HEADS['idle'].text(lang)}: {', '.join(rest)}")
        if self.totals:
            out += [f"{HEADS['totals'].text(lang)}:", *(f"  {total.text(lang)}" for total in self.totals.values())]
        return "\n".join(out)

    def __str__(self) -> str:
        return self.summary()

    def markdown(self, lang: str = "en") -> str:
        """What changes, as the lines of a changelog: a point for each difference that changes something.

        The households are those of whoever asks: a line says for how many of them, not for how many people in the world.
        """
        found = self.by_cause()
        points = []
        for one in self.differences:
            if rows := found.get(one.path):
                points.append(f"- `{one.path}`{one.text(lang).removeprefix(one.path)}")
                points += [f"    - {line}" for line in _grouped(one.path, rows, lang)]
        return "\n".join(points or [f"- {HEADS['nothing'].text(lang)}"])

    def to_dict(self) -> dict[str, object]:
        """The diff as data for JSON; money is a string of yuan."""
        return {
            "version": VERSION,
            "before": self.before.en,
            "after": self.after.en,
            "households": self.households,
            "differences": [one.to_dict() for one in self.differences],
            "rows": [row.to_dict() for row in self.rows],
            "totals": {
                per: {
                    "before": plain(total.before),
                    "after": plain(total.after),
                    "change": plain(total.change),
                    "undecided": total.undecided,
                }
                for per, total in self.totals.items()
            },
        }

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{esc(HEADS[name].en)}</th>" for name in ("who", "what", "before", "after", "by"))
        body = "".join(_html(row) for row in self.rows)
        nothing = f"<tr><td colspan='5'>{esc(HEADS['nothing'].en)}</td></tr>"
        title = f"{esc(self.before.en)} → {esc(self.after.en)}"
        differ = "".join(f"<li>{esc(one.text())}</li>" for one in self.differences)
        totals = "".join(f"<p>{esc(HEADS['totals'].en)}: {esc(total.text())}</p>" for total in self.totals.values())
        return (
            f"<table><caption>{title}</caption><tr>{heads}</tr>{body or nothing}</table>{totals}"
            f"<details><summary>{esc(HEADS['differ'].en)}</summary><ul>{differ}</ul></details>"
        )


def _html(row: Row) -> str:
    by = "<br>".join(f"<code>{esc(one.difference.path)}</code>" for one in row.causes)
    cells = (f"{row.household + 1}: {esc(row.who.en)}", f"{esc(row.label.zh)}<br><small>{esc(row.label.en)}</small>")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in (*cells, esc(str(row.before)), esc(str(row.after)), by))}</tr>"


def _grouped(path: str, rows: Iterable[Row], lang: str) -> list[str]:
    """What a difference changes, by quantity: for how many, by how much at the least and at the most, together with what."""
    zh = lang == "zh"
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    out = []
    for name, those in found.items():
        label = those[0].label
        homes = len({row.household for row in those})
        head = f"{label.zh} ({name})：{homes}户" if zh else f"{label.en} ({name}): {_many(homes, 'household')}"
        others = dict.fromkeys(e.difference.path for row in those for e in row.causes if e.difference.path != path)
        beside = f"{'；另由' if zh else '; also by '}{', '.join(others)}" if others else ""
        out.append(f"{head}{'，' if zh else ', '}{_sizes(those, lang)}{beside}")
    return out


def _sizes(rows: list[Row], lang: str) -> str:
    """By how much, of amounts; else from which answer to which."""
    unit = f"{'元' if lang == 'zh' else ' yuan'}{PER[rows[0].per][lang != 'zh']}"
    changes = sorted({row.change for row in rows if row.change})
    ends = dict.fromkeys((changes[0], changes[-1])) if changes else {}
    said = [f"{(' 至 ' if lang == 'zh' else ' to ').join(map(signed, ends))}{unit}"] if ends else []
    kinds: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if not row.change:
            kinds.setdefault((row.before.status, row.after.status), []).append(row)
    said += [
        f"{_one_of((r.before for r in those), lang)} → {_one_of((r.after for r in those), lang)}" for those in kinds.values()
    ]
    return ("；" if lang == "zh" else "; ").join(said)


def _one_of(answers: Iterable[Answer], lang: str) -> str:
    """The answer that all give; that they are amounts, if they are different ones."""
    texts = dict.fromkeys(one.text(lang) for one in answers)
    return next(iter(texts)) if len(texts) == 1 else HEADS["answers"].text(lang)


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
