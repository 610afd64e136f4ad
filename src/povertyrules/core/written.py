"""Values of packs that no rule computes with: named items, lists of names, figures by key.

Each class reads itself (`written`), says its shape for editors (`shape`), and lists what it prints (`printed`). One that is
`whole` is a table of its own making, and not a figure that may stand in a table with its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Protocol, Self, runtime_checkable

from attrs import frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.figures import text_of
from povertyrules.core.magnitude import Magnitude

Shape = dict[str, object]
TEXT: Shape = {"type": "string", "pattern": r"\S"}
TITLED: Shape = {"$ref": "#/$defs/titled"}
MAGNITUDE: Shape = Magnitude.shape()


@runtime_checkable
class Written(Protocol):
    """A value that reads itself from a pack."""

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read the value; raises `SortError` and `UnknownName` with its place."""

    @classmethod
    def shape(cls) -> Shape:
        """The JSON Schema of the value."""

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each part that is printed: its key in the value, and the part as text."""


def or_turning(shape: Shape) -> Shape:
    """The shape, or a choice by interpretation in its place."""
    return {"anyOf": [shape, {"$ref": "#/$defs/turning"}]}


def by_key(*, more: Shape) -> Shape:
    """The shape of a table whose keys are free."""
    return {"type": "object", "minProperties": 1, "additionalProperties": or_turning(more)}


def rows_of(items: Shape) -> Shape:
    """The shape of a list that is not empty."""
    return {"type": "array", "minItems": 1, "items": or_turning(items)}


def record(known: Mapping[str, Shape], needed: Iterable[str] = ()) -> Shape:
    """The shape of a table with known keys."""
    held = {name: or_turning(shape) for name, shape in known.items()}
    return {"type": "object", "properties": held, "required": list(needed), "additionalProperties": False}


def table(raw: object, where: str) -> dict[str, object]:
    """Read a table that is not empty."""
    if not isinstance(raw, dict) or not raw:
        raise SortError(where, raw, "write a table")
    return raw


def rows(raw: object, where: str, known: Iterable[str], needed: Iterable[str] = ()) -> Iterator[tuple[str, dict[str, object]]]:
    """Read a list of tables with known keys: each with its place."""
    if not isinstance(raw, list) or not raw:
        raise SortError(where, raw, "write a list of tables")
    for i, row in enumerate(raw):
        at = f"{where}[{i}]"
        yield at, keyed(row, at, known, needed)


def keyed(raw: object, where: str, known: Iterable[str], needed: Iterable[str] = ()) -> dict[str, object]:
    """Read a table with known keys."""
    found, names = table(raw, where), tuple(known)
    for key in found:
        if key not in names:
            raise UnknownName.among(f"{where}.{key}", key, names)
    for key in needed:
        if key not in found:
            raise SortError(f"{where}.{key}", "nothing", "is missing")
    return found


def titled(raw: object, where: str) -> Titled:
    """Read a text in both languages."""
    found = keyed(raw, where, ("zh", "en"), ("zh", "en"))
    return Titled(text_of(found["zh"], f"{where}.zh"), text_of(found["en"], f"{where}.en"))


def names(raw: object, where: str) -> tuple[str, ...]:
    """Read a list of names, each once."""
    if not isinstance(raw, list) or not raw:
        raise SortError(where, raw, "write a list of names")
    found = tuple(text_of(one, where) for one in raw)
    for one in found:
        if found.count(one) > 1:
            raise SortError(where, one, "a name stands twice")
    return found


@frozen
class Label:
    """A text in both languages as a value of a pack."""

    whole: ClassVar[bool] = True
    text: Titled

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read `{ zh, en }`."""
        return cls(titled(raw, where))

    @classmethod
    def shape(cls) -> Shape:
        """Both texts."""
        return TITLED

    def printed(self) -> Iterable[tuple[str, str]]:
        """Nothing: it names what is printed elsewhere."""
        return ()


@frozen
class Items:
    """Named items: what a checklist asks for, what must not happen."""

    whole: ClassVar[bool] = True
    rows: Mapping[str, Titled]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read `{ code = { zh, en }, … }`."""
        return cls({code: titled(one, f"{where}.{code}") for code, one in table(raw, where).items()})

    @classmethod
    def shape(cls) -> Shape:
        """Texts by code."""
        return by_key(more=TITLED)

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each item by its code."""
        return ((code, one.en) for code, one in self.rows.items())


@frozen
class Figures:
    """Magnitudes by key: a year, or the code of what is counted."""

    whole: ClassVar[bool] = True
    rows: Mapping[str, Magnitude]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read `{ 2016 = "630 persons", … }`."""
        return cls({key: Magnitude.written(one, f"{where}[{key}]") for key, one in table(raw, where).items()})

    @classmethod
    def shape(cls) -> Shape:
        """Magnitudes by key."""
        return by_key(more=MAGNITUDE)

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each figure by its key."""
        return ((key, str(one)) for key, one in self.rows.items())


@frozen
class Names:
    """A list of names as they are printed."""

    whole: ClassVar[bool] = True
    rows: tuple[str, ...]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read a list of texts, each once."""
        return cls(names(raw, where))

    @classmethod
    def shape(cls) -> Shape:
        """A list of texts."""
        return {**rows_of(TEXT), "uniqueItems": True}

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each name."""
        return ((str(i), one) for i, one in enumerate(self.rows))


@frozen
class Groups:
    """Lists of names by key: a year, a prefecture. One name may stand under several keys."""

    whole: ClassVar[bool] = True
    rows: Mapping[str, tuple[str, ...]]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read `{ 2016 = ["…"], … }`."""
        return cls({key: names(one, f"{where}[{key}]") for key, one in table(raw, where).items()})

    @classmethod
    def shape(cls) -> Shape:
        """Lists of texts by key."""
        return by_key(more={**rows_of(TEXT), "uniqueItems": True})

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each list by its key."""
        return ((key, "、".join(found)) for key, found in self.rows.items())
