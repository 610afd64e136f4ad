"""Pathways (帮扶路径): batches and branches with their reasons, and the kinds of things.

References: the five documents; each row cites its own place.
Limits: what is not told leaves a tag open. A tag says that a measure is meant for someone, not that it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Self

from attrs import frozen

from povertyrules.core import given
from povertyrules.core.branches import Branch, Branches, Facts, Told
from povertyrules.core.citation import Titled
from povertyrules.core.data import DataArea
from povertyrules.core.errors import UnknownName
from povertyrules.core.figures import text_of
from povertyrules.core.section import param, parameters
from povertyrules.core.turning import Row
from povertyrules.core.written import TEXT, Label, Names, Shape, record, rows, rows_of, titled


@parameters
class Decision(Row):
    """Conditions on facts, and the tags that they lead to: the first that holds, or several."""

    facts: Facts = param("")
    branches: Branches = param("")
    several: bool = param("", default=False)
    amount: str = param("text", default="")
    label: Label | None = param("", default=None)

    def tags(self, told: Told) -> dict[str, bool | None]:
        """For each tag whether it applies; None where that turns on what was not told."""
        out: dict[str, bool | None] = {}
        taken: bool | None = False
        for branch in self.branches.rows:
            holds = branch.holds(told)
            if not self.several:  # a branch before it that holds, or might, comes first
                holds = False if taken is True or holds is False else None if taken is None or holds is None else True
                taken = True if holds else None if holds is None else taken
            out[branch.tag] = holds
        return out


@frozen
class Tag:
    """A tag of a decision, and why it applies, does not, or is open."""

    branch: Branch
    applies: bool | None
    missing: tuple[str, ...]

    def text(self, lang: str = "en") -> str:
        """The tag in words, and what it gives."""
        given = f" → {self.branch.gives.text(lang)}" if self.branch.gives else ""
        return f"{self.branch.title.text(lang)}{given}"

    def __str__(self) -> str:
        said = {True: "yes", False: "no", None: f"open: not told is {', '.join(self.missing) or 'what comes first'}"}
        return f"{self.text()}: {said[self.applies]}"


@frozen
class Tags:
    """The tags of one decision: iterate over those that apply."""

    name: str
    title: Titled
    provision: str
    tags: tuple[Tag, ...]
    amount: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the tags that apply."""
        return tuple(tag.branch.tag for tag in self)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would decide what is open."""
        return tuple(dict.fromkeys(name for tag in self.tags for name in tag.missing))

    def answers(self) -> dict[str, object]:
        """Every tag with whether it applies, as a case file writes it."""
        return {tag.branch.tag: "unknown" if tag.applies is None else tag.applies for tag in self.tags}

    def __iter__(self) -> Iterator[Tag]:
        return (tag for tag in self.tags if tag.applies)

    def __str__(self) -> str:
        unstated = ["the text prints no amount"] if self.amount == "missing" else []
        return "\n".join([f"{self.title.en} [{self.provision}]", *(f"  {tag}" for tag in self.tags), *unstated])


@frozen
class Kind:
    """A kind of things, by the names that the text lists."""

    tag: str
    title: Titled
    members: tuple[str, ...]
    open: bool = False


@frozen
class KindRows:
    """The kinds of a classification."""

    whole: ClassVar[bool] = True
    rows: tuple[Kind, ...]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read a list of `{ tag, zh, en, members = […], open }`."""
        keys = ("tag", "zh", "en", "members", "open")
        return cls(tuple(_kind(row, at) for at, row in rows(raw, where, keys, ("tag", "zh", "en", "members"))))

    @classmethod
    def shape(cls) -> Shape:
        """A list of tables."""
        known: dict[str, Shape] = {"tag": TEXT, "zh": TEXT, "en": TEXT, "members": rows_of(TEXT), "open": {"type": "boolean"}}
        return rows_of(record(known, ("tag", "zh", "en", "members")))

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each kind by its tag."""
        return ((kind.tag, "、".join(kind.members)) for kind in self.rows)


def _kind(row: Mapping[str, object], at: str) -> Kind:
    members = Names.written(row["members"], f"{at}.members").rows
    texts = titled({name: row[name] for name in ("zh", "en")}, at)
    return Kind(text_of(row["tag"], f"{at}.tag"), texts, members, row.get("open") is True)


@parameters
class Classes(Row):
    """Kinds of things by list; a thing can stand in several."""

    classes: KindRows = param("")
    label: Label | None = param("", default=None)


@frozen
class ClassesOf:
    """The kinds of one thing: True where it is listed, None where an open list does not name it."""

    of: str
    kinds: Mapping[str, bool | None]
    provision: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The kinds that list it."""
        return tuple(tag for tag, held in self.kinds.items() if held)

    def answers(self) -> dict[str, object]:
        """Every kind with whether it lists the thing, as a case file writes it."""
        return {tag: "unknown" if held is None else held for tag, held in self.kinds.items()}


class PathwaysArea(DataArea):
    """Who falls where: `tags` of a decision, `classes` of a thing; `overview` names the rows."""

    name = "pathways"
    models: ClassVar[dict[str, type]] = {"decision": Decision, "classes": Classes}

    def tags(self, name: str, facts: Mapping[str, object]) -> Tags:
        """The tags of a decision for some facts, each with whether it applies, and what would decide it.

        Facts are yes or no, or magnitudes ("25 degrees"); one that is left out is unknown.

        Raises `UnknownName` for a decision or a fact that there is not, `NotInForce`, `InputError`.

        >>> import povertyrules as pr
        >>> pr.policy("ankang", on="2020-06-30").pathways.tags("embedding", {"able": True, "weak": False}).codes
        ('order_production',)
        """
        decision = self.row(Decision, name)
        told = decision.facts.read(given.table("facts", facts))
        found = decision.tags(told)
        branches = decision.branches.rows
        tags = (Tag(one, found[one.tag], one.missing(told) if found[one.tag] is None else ()) for one in branches)
        return Tags(name, self.title(name, decision.label), self.cited(name), tuple(tags), decision.amount)

    def asks(self, name: str) -> dict[str, Titled]:
        """The facts that a decision asks for, with their labels."""
        return {fact: asked.title for fact, asked in self.row(Decision, name).facts.rows.items()}

    def classes(self, name: str, of: str) -> ClassesOf:
        """The kinds of a classification in which a thing is listed, by its Chinese name.

        >>> import povertyrules as pr
        >>> pr.policy("ankang", on="2020-06-30").pathways.classes("three_types", of="光伏设施").codes
        ('operating',)
        """
        if not of.strip():
            raise UnknownName(name, of, "write the name of a thing")
        kinds = self.row(Classes, name).classes.rows
        named = {kind.tag for kind in kinds if of in kind.members}
        found = {k.tag: True if k.tag in named else None if k.open and not named else False for k in kinds}
        return ClassesOf(of, found, self.cited(name))
