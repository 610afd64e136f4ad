"""Households in files, TOML or JSON, one or many: a bad one is named by index and field, and the others are read.

    name = "张家"                       # one household: its facts at the top, or under [household]
    registered_poor = true

    [[persons]]
    born = 1932-05-01

    [[persons.treatments]]
    in_scope = "68000"                  # money is a string of yuan
    hospital_grade = 3

Many households are a list of tables, `[[households]]`; in JSON, a list, or `{"households": [...]}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from povertyrules.core.entity import describe, from_mapping
from povertyrules.core.errors import FileError, InputError, UnknownName, as_shown, hidden
from povertyrules.core.files import read_data
from povertyrules.entities import Household


@frozen
class Refusal:
    """A household that is refused: its place in the file, the field, the value as it may be shown, what is allowed."""

    index: int
    field: str
    value: str
    allowed: str
    provision: str = ""

    @property
    def message(self) -> str:
        """The refusal in one line."""
        cited = f" [{self.provision}]" if self.provision else ""
        return f"{self.field}: {self.value} is refused; {self.allowed}{cited}"

    def __str__(self) -> str:
        return self.message

    def to_dict(self) -> dict[str, str]:
        """The refusal as strings."""
        return {
            "field": self.field,
            "value": self.value,
            "allowed": self.allowed,
            "provision": self.provision,
            "message": self.message,
        }

    @classmethod
    def of(cls, error: InputError, *, index: int = 0, at: str = "") -> Refusal:
        """The refusal that an error stands for; `at` is the path of the household, which errors from within leave out.

        >>> print(Refusal.of(InputError("born", "1832-05-01", "allowed: a later date"), index=3, at="households[3]"))
        households[3].born: '1832-05-01' is refused; allowed: a later date
        """
        inside = not at or error.field == at or error.field.startswith((f"{at}.", f"{at}["))
        path = error.field if inside else f"{at}.{error.field}"
        return cls(index, hidden(path), shown(error.value), error.allowed, error.provision)


@frozen
class Batch:
    """What a file holds: the households that could be read, with their index, and those that are refused.

    `many` says whether the file holds a list: then the paths of fields begin with `households[…]`.
    """

    households: tuple[tuple[int, Household], ...]
    refused: tuple[Refusal, ...] = ()
    many: bool = False

    def at(self, index: int) -> str:
        """The path of a household in the file."""
        return f"households[{index}]" if self.many else ""


def read_households(path: str | Path) -> Batch:
    """Read a file of one household or many.

    Raises `FileError` if the file as a whole cannot be read; a household that is refused becomes a `Refusal`.
    """
    found = _entries(read_data(path), str(path))
    batch, entries = Batch((), (), isinstance(found, list)), found if isinstance(found, list) else [found]
    read: list[tuple[int, Household]] = []
    refused: list[Refusal] = []
    for index, entry in enumerate(entries):
        try:
            read.append((index, from_mapping(Household, entry, at=batch.at(index))))
        except InputError as error:
            refused.append(Refusal.of(error, index=index, at=batch.at(index)))
    return Batch(tuple(read), tuple(refused), batch.many)


def _entries(data: Mapping[str, object], path: str) -> object:
    """What the file is about: the facts of one household, or a list of households."""
    for key in ("households", "household"):
        if key in data:
            _alone(data, key, path)
            return _listed(data[key], path) if key == "households" else _single(data[key], path)
    shape = describe(Household)
    allowed = [*shape.facts, *shape.children, "household", "households"]
    for key in data:
        if key not in allowed:
            raise UnknownName.among(f"{path}: {key}", key, allowed)
    return data


def _alone(data: Mapping[str, object], key: str, path: str) -> None:
    beside = [other for other in data if other != key]
    if beside:
        raise FileError(path, beside[0], f"allowed: nothing beside {key}; move it into a household")


def _listed(found: object, path: str) -> object:
    if not isinstance(found, list):
        raise FileError(path, "households", "allowed: a list; write [[households]] before each household")
    if not found:
        raise FileError(path, "households", "allowed: at least one household")
    return found


def _single(found: object, path: str) -> object:
    if not isinstance(found, Mapping):
        raise FileError(path, "household", "allowed: one table; a list of households is called households")
    return found


def shown(value: object) -> str:
    """A refused value as it may be shown: short, and without the digits of an identity number.

    >>> shown({"id_number": "370403194903071234"})
    "{'id_number': '370403************'}"
    """
    return repr(as_shown(value))
