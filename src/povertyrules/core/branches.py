"""Branches: conditions on named facts, and what they lead to. What is not told is neither true nor false.

>>> facts = Facts.written({"able": {"zh": "有劳动能力", "en": "able to work"}}, "facts")
>>> branch = Branches.written([{"tag": "custody", "zh": "托管", "en": "custody", "when": {"able": False}}], "branches").rows[0]
>>> branch.holds(facts.read({"able": False})), branch.holds(facts.read({}))
(True, None)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Self, cast

from attrs import field, frozen

from povertyrules.core.bound import RELATIONS, Bounds
from povertyrules.core.citation import Titled
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.figures import text_of
from povertyrules.core.magnitude import Magnitude
from povertyrules.core.tables import Missing
from povertyrules.core.written import MAGNITUDE, TEXT, TITLED, Shape, by_key, keyed, record, rows, rows_of, table, titled

Told = Mapping[str, "bool | Magnitude | None"]
Wanted = bool | Bounds


@frozen
class AskedFact:
    """A fact that a decision asks for: yes or no, or a magnitude of a unit."""

    title: Titled
    unit: Magnitude | None = None

    def read(self, told: object, where: str) -> bool | Magnitude | None:
        """What was told; None is unknown."""
        if told is None:
            return None
        if self.unit is None:
            if not isinstance(told, bool):
                raise SortError(where, told, "write true or false; leave out what is not known")
            return told
        return Magnitude.of(told, where).like(self.unit, where)


@frozen
class Facts:
    """The facts that a decision asks for, by name."""

    whole: ClassVar[bool] = True
    rows: Mapping[str, AskedFact]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read `{ able = { zh, en }, slope = { zh, en, unit = "degrees" } }`."""
        return cls({name: _fact(one, f"{where}.{name}") for name, one in table(raw, where).items()})

    @classmethod
    def shape(cls) -> Shape:
        """Texts and a unit by name."""
        return by_key(more=record({"zh": TEXT, "en": TEXT, "unit": TEXT}, ("zh", "en")))

    def printed(self) -> Iterable[tuple[str, str]]:
        """Nothing: the branches say what is asked of them."""
        return ()

    def read(self, told: Mapping[str, object]) -> Told:
        """What was told of each fact; `UnknownName` for one that is not asked for."""
        for name in told:
            if name not in self.rows:
                raise UnknownName.among(name, name, self.rows)
        return {name: asked.read(told.get(name), name) for name, asked in self.rows.items()}


def _fact(raw: object, where: str) -> AskedFact:
    found = keyed(raw, where, ("zh", "en", "unit"), ("zh", "en"))
    unit = None if "unit" not in found else Magnitude.of(f"1 {found['unit']}", f"{where}.unit")
    return AskedFact(titled({"zh": found["zh"], "en": found["en"]}, where), unit)


@frozen
class Branch:
    """A tag and its conditions: all of one table at least; none at all holds always."""

    tag: str
    title: Titled
    ways: tuple[Mapping[str, Wanted], ...] = ()
    gives: Titled | None = None

    def holds(self, told: Told) -> bool | None:
        """Whether the branch holds; None where that turns on what was not told."""
        if not self.ways:
            return True
        found = [_every(_kept(told[name], wanted) for name, wanted in way.items()) for way in self.ways]
        return True if True in found else None if None in found else False

    def missing(self, told: Told) -> tuple[str, ...]:
        """The facts that were not told and bear on the branch."""
        if self.holds(told) is not None:
            return ()
        return tuple(dict.fromkeys(name for way in self.ways for name in way if told[name] is None))


def _kept(told: bool | Magnitude | None, wanted: Wanted) -> bool | None:
    if told is None or (isinstance(wanted, Bounds) and wanted.unstated):
        return None
    return wanted.holds(cast(Magnitude, told)) if isinstance(wanted, Bounds) else told is wanted


def _every(found: Iterable[bool | None]) -> bool | None:
    held = list(found)
    return False if False in held else None if None in held else True


@frozen
class Branches:
    """The branches of a decision, in order."""

    whole: ClassVar[bool] = True
    rows: tuple[Branch, ...] = field()

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read a list of `{ tag, zh, en, when = { … } }` or `any = [{ … }, { … }]`."""
        found = tuple(_branch(row, at) for at, row in rows(raw, where, BRANCH_KEYS, ("tag", "zh", "en")))
        tags = [branch.tag for branch in found]
        for tag in tags:
            if tags.count(tag) > 1:
                raise SortError(where, tag, "a tag stands twice")
        return cls(found)

    @classmethod
    def shape(cls) -> Shape:
        """A list of tables."""
        bounds = record(dict.fromkeys(RELATIONS, MAGNITUDE))
        way = by_key(more={"anyOf": [{"type": "boolean"}, bounds]})
        texts = {"tag": TEXT, "zh": TEXT, "en": TEXT, "gives": TITLED}
        return rows_of(record({**texts, "when": way, "any": rows_of(way)}, ("tag", "zh", "en")))

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each branch by its tag, with its conditions."""
        return ((branch.tag, _in_words(branch)) for branch in self.rows)

    def asked(self) -> set[str]:
        """The names of the facts that the branches ask for."""
        return {name for branch in self.rows for way in branch.ways for name in way}


BRANCH_KEYS = ("tag", "zh", "en", "when", "any", "gives")


def _branch(row: Mapping[str, object], at: str) -> Branch:
    always, raw = row.get("when", {}), row.get("any", [{}] if "when" in row else [])
    if not isinstance(always, dict) or not isinstance(raw, list) or not all(isinstance(way, dict) for way in raw):
        raise SortError(f"{at}.any", raw, "write when as a table, any as a list of tables")
    ways = tuple({name: _wanted(one, f"{at}.{name}") for name, one in {**always, **way}.items()} for way in raw)
    gives = titled(row["gives"], f"{at}.gives") if "gives" in row else None
    return Branch(text_of(row["tag"], f"{at}.tag"), titled({k: row[k] for k in ("zh", "en")}, at), ways, gives)


def _wanted(raw: object, where: str) -> Wanted:
    if isinstance(raw, bool):
        return raw
    found = keyed(raw, where, RELATIONS)
    return Bounds(**{name: _bound(one, f"{where}.{name}") for name, one in found.items()})


def _bound(raw: object, where: str) -> Magnitude | Missing:
    return Missing() if raw == {"missing": True} else Magnitude.written(raw, where)


def _in_words(branch: Branch) -> str:
    ways = [", ".join(_condition(name, wanted) for name, wanted in way.items()) for way in branch.ways]
    return f"{branch.title.en}: {'; or '.join(ways) or 'otherwise'}"


def _condition(name: str, wanted: Wanted) -> str:
    return f"{name} {wanted.in_words()}" if isinstance(wanted, Bounds) else f"{'' if wanted else 'not '}{name}"
