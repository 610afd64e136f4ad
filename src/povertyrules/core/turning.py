"""Values that turn on an interpretation: `{ reading = "…", choice = value, … }` may stand for a value at any depth of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.figures import text_of

NONE = {"none": True}
"""What a choice says where a key is not there under it."""


class Row:
    """The base of models whose values may turn on interpretations.

    A field that does so holds a `ByReading` until `DataArea` has put the value of the chosen reading in its place, so the
    evaluators never meet one.
    """


@frozen
class ByReading:
    """A value that turns on an interpretation: its name, and the value by choice."""

    name: str
    choices: Mapping[str, object]

    def settled(self, choice_of: Callable[[str], str]) -> object:
        """The value under the chosen readings."""
        choice = choice_of(self.name)
        if choice not in self.choices:
            raise UnknownName.among(self.name, choice, self.choices)
        found = self.choices[choice]
        return found.settled(choice_of) if isinstance(found, ByReading) else found

    def printed(self) -> Iterable[tuple[str, str]]:
        """The value under each choice."""
        for choice, one in self.choices.items():
            parts = one.printed() if hasattr(one, "printed") else [("", "none" if one is None else str(one))]
            for key, shown in parts:
                yield ":".join(part for part in (choice, key) if part), shown


def choices_of(model: object) -> list[tuple[str, str]]:
    """The interpretations on which the values of a row turn, each with each of its choices."""
    held = [value for value in vars(model).values() if isinstance(value, ByReading)]
    found: dict[tuple[str, str], None] = {}
    while held:
        one = held.pop()
        found |= {(one.name, choice): None for choice in one.choices}
        held += [value for value in one.choices.values() if isinstance(value, ByReading)]
    return sorted(found)


def turns_on(raw: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The interpretations on which a raw value turns, with the choices that stand in it."""
    if isinstance(raw, dict):
        if isinstance(raw.get("reading"), str):
            yield raw["reading"], tuple(key for key in raw if key != "reading")
        for one in raw.values():
            yield from turns_on(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from turns_on(one)


def expanded(raw: object, where: str, read: Callable[[object], object]) -> object:
    """Read a raw value under each choice of the first interpretation that stands in it, and so on for the others."""
    first = next(turns_on(raw), None)
    if first is None:
        return None if raw == NONE else read(raw)
    name = text_of(first[0], f"{where}.reading")
    choices = dict.fromkeys(choice for held, found in turns_on(raw) if held == name for choice in found)
    if len(choices) < 2:
        raise SortError(where, raw, "write the name of an interpretation as reading, and a value for each of its choices")
    return ByReading(name, {choice: expanded(_under(raw, name, choice, where), where, read) for choice in choices})


def _under(raw: object, name: str, choice: str, where: str) -> object:
    """A raw value with one reading of one interpretation chosen; what is none under it is left out."""
    if isinstance(raw, dict):
        if raw.get("reading") == name:
            if choice not in raw:
                raise SortError(
                    where, choice, f"{name}: every choice needs a value in each place; write {{ none = true }} for none"
                )
            return _under(raw[choice], name, choice, where)
        held = {key: _under(one, name, choice, where) for key, one in raw.items()}
        return {key: one for key, one in held.items() if one != NONE or raw[key] == NONE}
    if isinstance(raw, list):
        held_list = [_under(one, name, choice, where) for one in raw]
        return [one for one in held_list if one != NONE]
    return raw
