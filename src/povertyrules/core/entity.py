"""Entities: which facts belong to whom, and how a household, its members and their bills nest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import attrs
from attrs import frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError, RangeError, SortError, UnknownName, mask
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.money import plain

T = TypeVar("T")


def members(kind: type[T], *, most: int, least: int = 0) -> tuple[T, ...] | None:
    """Declare a list of lower entities, so many; None is "not told", an empty tuple is "none"."""

    def check(_: object, attribute: attrs.Attribute[object], value: object) -> None:
        if value is None:
            return
        if not isinstance(value, tuple) or not all(isinstance(one, kind) for one in value):
            raise SortError(attribute.name, value, f"allowed: a list of {kind.__name__} objects")
        _so_many(attribute, len(value), attribute.name)

    def as_tuple(value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    made = attrs.field(default=None, validator=check, converter=as_tuple, metadata={"members": (kind, most), "least": least})
    return cast("tuple[T, ...] | None", made)


def _so_many(one: attrs.Attribute[object], found: int, path: str) -> None:
    """Refuse a list that is too long or too short."""
    (_, most), least = one.metadata["members"], one.metadata["least"]
    if not least <= found <= most:
        allowed = f"at most {most}" if found > most else f"at least {least}"
        raise RangeError(path, f"{found} entries", f"allowed: {allowed}")


@frozen(eq=False, repr=False, slots=False)
class Entity:
    """An entity class as the engine sees it: its facts, and where it hangs below another."""

    name: str
    zh: str
    en: str
    cls: type
    facts: Mapping[str, Fact]
    children: Mapping[str, tuple[str, int]]
    """By field: the name of the lower entity, and how many there can be."""


def entity(zh: str, en: str) -> Callable[[type[T]], type[T]]:
    """Mark an attrs class as an entity."""

    def mark(cls: type[T]) -> type[T]:
        name, facts, children = cls.__name__, {}, {}
        for one in attrs.fields(cls):  # type: ignore[arg-type]
            if "fact" in one.metadata:
                facts[one.name] = attrs.evolve(one.metadata["fact"], name=one.name, entity=name)
            elif "members" in one.metadata:
                kind, most = one.metadata["members"]
                children[one.name] = (kind.__name__, most)
        cls.__entity__ = Entity(name, zh, en, cls, facts, children)  # type: ignore[attr-defined]
        return cls

    return mark


def describe(cls: type) -> Entity:
    """The entity behind a class."""
    return cast(Entity, cls.__entity__)  # type: ignore[attr-defined]


@frozen(eq=False, repr=False, slots=False)
class World:
    """All entities below a root, and how they nest."""

    entities: Mapping[str, Entity]
    parents: Mapping[str, tuple[str, str, int] | None]
    """By entity: the parent's name, the field that lists it, and how many there can be; None at the root."""

    @classmethod
    def below(cls, root: type) -> World:
        """Collect the entities below a root class; two facts of one name are an error."""
        entities: dict[str, Entity] = {}
        parents: dict[str, tuple[str, str, int] | None] = {root.__name__: None}
        queue = [root]
        while queue:
            found = describe(queue.pop(0))
            entities[found.name] = found
            for one in attrs.fields(found.cls):
                if "members" in one.metadata:
                    kind, most = one.metadata["members"]
                    parents[kind.__name__] = (found.name, one.name, most)
                    queue.append(kind)
        return cls(entities, parents)

    @property
    def lists(self) -> dict[str, Titled]:
        """What each list of lower entities holds, by field."""
        shapes = self.entities.values()
        below = ((field, self.entities[kind]) for shape in shapes for field, (kind, _) in shape.children.items())
        return {field: Titled(shape.zh, shape.en) for field, shape in below}

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact, by name (a text such as a name may recur in several entities, since no rule reads it)."""
        return {n: f for e in self.entities.values() for n, f in e.facts.items()}

    def least(self, entity: str, field: str) -> int:
        """How many entries a list of an entity has at least."""
        return cast(int, attrs.fields_dict(self.entities[entity].cls)[field].metadata["least"])

    def chain(self, name: str) -> list[str]:
        """An entity and those above it, nearest first."""
        above = self.parents[name]
        return [name] if above is None else [name, *self.chain(above[0])]

    def deepest(self, names: set[str]) -> str:
        """The lowest of some entities on one line; two that are not on one line are an error."""
        deepest = max(names, key=lambda n: len(self.chain(n)))
        if not names <= set(self.chain(deepest)):
            raise LookupError(f"{' and '.join(sorted(names))} do not lie on one line: total one of them first")
        return deepest


def from_mapping(cls: type[T], data: object, *, at: str = "") -> T:
    """Build an entity from what a file holds; every refusal names its path."""
    shape = describe(cls)
    if not isinstance(data, Mapping):
        raise SortError(at or shape.en, data, f"allowed: a table of facts of a {shape.en}")
    values: dict[str, object] = {}
    for name, value in data.items():
        path = f"{at}.{name}" if at else str(name)
        if name in shape.facts:
            fact = shape.facts[name]
            values[name] = fact.read(value, field=path)
            fact.check(values[name], field=path)
        elif name in shape.children:
            if not isinstance(value, list):
                raise SortError(path, value, "allowed: a list of tables")
            field = attrs.fields_dict(cls)[name]  # type: ignore[arg-type]
            _so_many(field, len(value), path)  # before they are read: a list may be of any length
            kind = field.metadata["members"][0]
            values[name] = tuple(from_mapping(kind, one, at=f"{path}[{i}]") for i, one in enumerate(value))
        else:
            raise UnknownName.among(path, name, [*shape.facts, *shape.children])
    try:
        return cls(**values)
    except InputError as error:  # what only the whole can refuse
        raise error.below(at) from None


def to_mapping(value: object) -> dict[str, object]:
    """An entity as files hold it; identity numbers are masked, and blanks are left out."""
    shape, out = describe(type(value)), {}
    for name, fact in shape.facts.items():
        held = getattr(value, name)
        if held is not None:
            out[name] = _as_written(fact, held)
    for name in shape.children:
        below = getattr(value, name)
        if below is not None:
            out[name] = [to_mapping(one) for one in below]
    return out


def _as_written(fact: Fact, held: object) -> object:
    match fact.sort:
        case Sort.MONEY | Sort.AREA:
            return plain(cast(int, held))
        case Sort.KINDS if fact.kinds:
            return [fact.kinds.of(code).name.lower() for code in cast("tuple[int, ...]", held)]
        case Sort.DATE:
            return str(held)
        case Sort.IDENTITY:
            return mask(held)
        case Sort.CATEGORY if fact.kinds:
            return fact.kinds.of(cast(int, held)).name.lower()
        case _:
            return held
