"""How far the readings lie apart for one household: each interpretation that bears on it is tried, one choice at a time."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape as esc

from attrs import frozen

from povertyrules.analysis.answers import Answer
from povertyrules.analysis.spread import CHOSEN, Spread, Sum, both, has, nothing
from povertyrules.analysis.spread import WORDS as ENDS
from povertyrules.core.citation import Document, Provision, Titled

VERSION = 1
WORDS = {
    **ENDS,
    "default": Titled("默认", "default"),
    "nothing": Titled("无", "nothing"),
    "spread": Titled("逐项改选的幅度", "spread, one choice at a time"),
    "reading": Titled("读法", "reading"),
    "choice": Titled("选项", "choice"),
    "who": Titled("对象", "who"),
    "what": Titled("项目", "what"),
    "why": Titled("理由", "why the default"),
}


@frozen
class Turn:
    """An answer that another choice changes: whose, which quantity, what it is as chosen, and what it becomes."""

    who: Titled
    name: str
    label: Titled
    per: str
    before: Answer
    after: Answer

    @property
    def given(self) -> bool:
        """Whether there is something to have, before or after: not so where an open question comes to nothing."""
        return has(self.before) or has(self.after)

    def text(self, lang: str = "en") -> str:
        """The change in a line."""
        colon = "：" if lang == "zh" else ": "
        return colon.join((self.who.text(lang), self.label.text(lang), f"{self.before.text(lang)} → {self.after.text(lang)}"))

    __str__ = text

    def to_dict(self) -> dict[str, object]:
        """The change as data for JSON; money is a string of yuan."""
        ends = {"before": self.before.to_dict(), "after": self.after.to_dict()}
        return {"who": both(self.who), "name": self.name, "label": both(self.label), "per": self.per, **ends}


@frozen
class Choice:
    """Another choice of one interpretation: what it changes, and the sums by period that it changes, as they become."""

    name: str
    label: Titled
    turns: tuple[Turn, ...]
    totals: Mapping[str, Sum]


@frozen
class Reading:
    """An interpretation that changes something for the household.

    `chosen` is the choice of the policy, `default` that of the pack, for the reason `why`; `provisions` are those of the rules
    that turn on it; `choices` are the others that were tried.
    """

    name: str
    question: Titled
    chosen: str
    default: str
    labels: Mapping[str, Titled]
    why: Titled
    provisions: tuple[Provision, ...]
    choices: tuple[Choice, ...]

    def cited(self) -> str:
        """The provisions, by document."""
        found: dict[Document, dict[str, None]] = {}
        for one in self.provisions:
            found.setdefault(one.document, {}).update(dict.fromkeys(one.locator.split("; ")))
        return "; ".join(str(Provision(document, "; ".join(places))) for document, places in found.items())

    @property
    def changing(self) -> tuple[Choice, ...]:
        """The choices that change something."""
        return tuple(choice for choice in self.choices if choice.turns)


@frozen(repr=False)
class Readings:
    """What the readings make of one household: what each changes, and how far apart they lie.

    `readings` are the interpretations that change something. Of the others, `unchanged` names those that bear on what a
    household can be due and change nothing for this one, `elsewhere` those that bear on checks, villages and offices alone.
    `lines` and `sums` are the spreads of what changes.
    """

    policy: str
    household: Titled
    totals: Mapping[str, Sum]
    """The sums by period, as chosen."""
    readings: tuple[Reading, ...]
    unchanged: tuple[str, ...]
    elsewhere: tuple[str, ...]
    lines: tuple[Spread, ...]
    sums: Mapping[str, Spread]

    @property
    def empty(self) -> bool:
        """Whether no reading changes anything."""
        return not self.readings

    def __getitem__(self, name: str) -> Reading:
        """One interpretation that changes something; `KeyError` for any other name."""
        found = {one.name: one for one in self.readings}
        return found[name]

    def rows(self, lang: str = "en") -> list[dict[str, str | int | None]]:
        """What changes as flat rows, for a frame: one for each answer and choice; money is in whole fen."""
        return [
            {
                "reading": reading.name,
                "chosen": reading.chosen,
                "choice": choice.name,
                "who": turn.who.text(lang),
                "name": turn.name,
                "what": turn.label.text(lang),
                "per": turn.per,
                "before": turn.before.text(lang),
                "after": turn.after.text(lang),
                "before_status": turn.before.status,
                "after_status": turn.after.status,
                "before_fen": int(turn.before.amount) if turn.before.amount else None,
                "after_fen": int(turn.after.amount) if turn.after.amount else None,
            }
            for reading in self.readings
            for choice in reading.choices
            for turn in choice.turns
        ]

    def __repr__(self) -> str:
        turned = sum(len(reading.changing) for reading in self.readings)
        many = f"{len(self.readings)} interpretations change something ({turned} choices)"
        return f"<Readings of {self.household.en}: {many}, {len(self.unchanged) + len(self.elsewhere)} do not>"

    def text(self, lang: str = "en") -> str:
        """What each reading changes, the spread, and how many change nothing."""
        zh, colon = lang == "zh", "：" if lang == "zh" else ": "
        totals = [one.text(lang) for one in self.totals.values()] or [WORDS["nothing"].text(lang)]
        out = [f"{self.household.text(lang)}  {self.policy}", "", *(f"{WORDS[CHOSEN].text(lang)}{colon}{one}" for one in totals)]
        for reading in self.readings:
            out += ["", f"{reading.name}{colon}{reading.question.text(lang)}", *_reasons(reading, lang)]
            for choice in reading.changing:
                out.append(f"  {choice.name} ({choice.label.text(lang)}){colon.rstrip()}")
                out += [f"    {turn.text(lang)}" for turn in choice.turns if turn.given]
                if rest := sum(not turn.given for turn in choice.turns):
                    out.append(
                        f"    {rest}项改为未定，或不再未定"
                        if zh
                        else f"    lines that become undecided, or no longer are: {rest}"
                    )
                out += [f"    {WORDS['total'].text(lang)}{colon}{self._moved(one, lang)}" for one in choice.totals.values()]
        if self.readings:
            spreads = [one.text(lang) for one in (*self.lines, *self.sums.values()) if one.given]
            out += ["", f"{WORDS['spread'].text(lang)}{colon.rstrip()}", *(f"  {one}" for one in spreads)] if spreads else []
        return "\n".join([*out, "", self._rest(lang)])

    def _rest(self, lang: str) -> str:
        """How many change nothing."""
        here, elsewhere = len(self.unchanged), len(self.elsewhere)
        if lang == "zh":
            return f"{here}项读法于此无影响，{elsewhere}项与家庭待遇无关"
        return f"{here} bear on a household's entitlements and change nothing here, {elsewhere} bear on none"

    def __str__(self) -> str:
        return self.text()

    def _moved(self, total: Sum, lang: str) -> str:
        """A sum as chosen, and what becomes of it."""
        before = self.totals.get(total.amount.per, nothing(total.amount.per))
        return f"{before.text(lang)} → {total.text(lang)}"

    def to_dict(self) -> dict[str, object]:
        """Everything as data for JSON; money is a string of yuan."""
        return {
            "version": VERSION,
            "policy": self.policy,
            "household": both(self.household),
            "totals": {per: one.to_dict() for per, one in self.totals.items()},
            "readings": [_written(reading) for reading in self.readings],
            "unchanged": list(self.unchanged),
            "elsewhere": list(self.elsewhere),
            "lines": [one.to_dict() for one in self.lines],
            "sums": {per: one.to_dict() for per, one in self.sums.items()},
        }

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{esc(WORDS[word].en)}</th>" for word in ("reading", "choice", "who", "what", CHOSEN, "choice"))
        body = "".join(_html(reading) for reading in self.readings)
        totals = ", ".join(one.text() for one in self.totals.values()) or WORDS["nothing"].en
        title = f"{esc(self.household.en)} · {esc(self.policy)} · {esc(totals)}"
        spreads = "".join(f"<li>{esc(one.text())}</li>" for one in (*self.lines, *self.sums.values()) if one.given)
        more = f"<p>{esc(WORDS['spread'].en)}</p><ul>{spreads}</ul>" if spreads else ""
        why = "".join(
            f"<li><code>{esc(r.name)}</code> {esc(r.question.en)} {esc('; '.join(_reasons(r, 'en')))}</li>" for r in self.readings
        )
        more += f"<details><summary>{esc(WORDS['why'].en)}</summary><ul>{why}</ul></details>" if why else ""
        return f"<table><caption>{title}</caption><tr>{heads}</tr>{body}</table>{more}<p>{esc(self._rest('en'))}</p>"


def _reasons(reading: Reading, lang: str) -> list[str]:
    """What is chosen, the default and its reason, and the provisions."""
    word, zh = WORDS["default"].text(lang), lang == "zh"
    default = (
        f"{word} {reading.default} ({reading.labels[reading.default].text(lang)}){'：' if zh else ': '}{reading.why.text(lang)}"
    )
    out = [f"  {default}"]
    if reading.chosen != reading.default:
        out.insert(0, f"  {WORDS[CHOSEN].text(lang)} {reading.chosen} ({reading.labels[reading.chosen].text(lang)})")
    return [*out, f"  [{reading.cited()}]"] if reading.provisions else out


def _written(reading: Reading) -> dict[str, object]:
    return {
        "name": reading.name,
        "question": both(reading.question),
        "chosen": reading.chosen,
        "default": reading.default,
        "labels": {name: both(label) for name, label in reading.labels.items()},
        "why": both(reading.why),
        "provisions": [str(one) for one in reading.provisions],
        "choices": [
            {
                "name": choice.name,
                "turns": [turn.to_dict() for turn in choice.turns],
                "totals": {per: one.to_dict() for per, one in choice.totals.items()},
            }
            for choice in reading.choices
        ],
    }


def _html(reading: Reading) -> str:
    out = ""
    for choice in reading.changing:
        for turn in filter(lambda turn: turn.given, choice.turns):
            label = f"{esc(turn.label.zh)}<br><small>{esc(turn.label.en)}</small>"
            cells = (f"<code>{esc(reading.name)}</code>", esc(choice.name), esc(turn.who.en), label)
            out += f"<tr>{''.join(f'<td>{one}</td>' for one in (*cells, esc(str(turn.before)), esc(str(turn.after))))}</tr>"
    return out
