"""Rules: small methods of the class that holds their parameters, traced once into terms."""

from __future__ import annotations

import datetime
import functools
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar, cast

import attrs
from attrs import frozen

from povertyrules.core.citation import Section, Source, Wording
from povertyrules.core.errors import NotStated, RuleError
from povertyrules.core.facts import Category, Day, encode_date
from povertyrules.core.measure import Measure
from povertyrules.core.money import Fen, Rate, show
from povertyrules.core.tables import Amounts, Band, Bands, Bracket, Brackets, Kinds, Missing, Rates
from povertyrules.core.terms import Term, Unstated, lift, make

P = ParamSpec("P")
R = TypeVar("R", bound=int)
SORTS: dict[object, str] = {Fen: "money", Measure: "area", Day: "date", int: "number", bool: "yes/no"}


@frozen
class Rule:
    """A quantity that a rule supplies: its name, labels, entity, period, sort and range."""

    name: str
    zh: str
    en: str
    entity: str
    per: str
    sort: str
    arguments: tuple[str, ...]
    least: int | None
    most: int | None
    line: bool
    """Whether a statement shows it as an entitlement."""
    doc: str
    counts: bool = True
    """Whether the totals of a statement add it; a loan is not added."""
    kinds: type[Category] | None = None
    """The category whose code a number is."""

    def text(self, lang: str) -> str:
        """The label in one language."""
        return self.zh if lang == "zh" else self.en


def rule(
    zh: str,
    en: str,
    *,
    entity: type,
    per: str = "",
    least: int | None = 0,
    most: int | None = None,
    line: bool = False,
    counts: bool = True,
    kinds: type[Category] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a method as the supplier of the quantity of its name; its arguments are facts or quantities.

    `least` and `most` bound the quantity (in fen, for money). `per` is the period of an amount, the unit of an area.
    `kinds` is the category whose code a number is. The type checker refuses a rule that returns `Exact`.
    """

    def declare(f: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(f)
        def settled(*args: P.args, **kwargs: P.kwargs) -> R:
            out: object = f(*args, **kwargs)
            if isinstance(out, Unstated):
                raise NotStated(f"{en}: {out.what}")
            return cast(R, out)

        settled.__rule__ = (zh, en, entity.__name__, per, least, most, line, counts, kinds)  # type: ignore[attr-defined]
        return settled

    return declare


def entitlement(
    zh: str, en: str, *, entity: type, per: str, least: int | None = 0, most: int | None = None, counts: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a rule whose quantity is owed to someone: a statement has a line for it, and adds it unless `counts` is off."""
    return rule(zh, en, entity=entity, per=per, least=least, most=most, line=True, counts=counts)


def service(zh: str, en: str, *, entity: type) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a yes/no rule as something owed without an amount: a statement has a line for it."""
    return rule(zh, en, entity=entity, line=True)


def rules_of(model: type) -> Mapping[str, Rule]:
    """The rules of a parameter class, by quantity; a class is read once."""
    return _rules(model)


@functools.cache
def _rules(model: type) -> Mapping[str, Rule]:
    out = {}
    declared = {n: f for cls in reversed(model.__mro__) for n, f in vars(cls).items()}
    for name, f in declared.items():
        if inspect.isfunction(f) and hasattr(f, "__rule__"):
            zh, en, entity, per, least, most, line, counts, kinds = f.__rule__
            hints = typing.get_type_hints(f)
            sort = SORTS.get(hints.get("return"))
            if sort is None:
                raise RuleError(
                    f"{model.__name__}.{name}: a rule returns Fen, Measure, Day, int or bool, not {hints.get('return')}"
                )
            arguments = tuple(inspect.signature(f).parameters)[1:]
            doc = inspect.getdoc(f) or ""
            out[name] = Rule(name, zh, en, entity, per, sort, arguments, least, most, line, doc, counts, kinds)
    return out


class Traced:
    """A stand-in for `self`: the fields of the model are parameter leaves, its methods run on the stand-in."""

    def __init__(self, section: Section) -> None:
        self._section = section

    def __getattr__(self, name: str) -> object:
        section = self._section
        found = inspect.getattr_static(type(section.model), name, None)
        if isinstance(found, types.FunctionType):
            return types.MethodType(found, self)
        value = getattr(section.model, name)
        return symbolic(value, f"{section.path}.{name}", section.sources, field_sort(type(section.model), name))


def field_sort(model: type, name: str) -> object:
    """The declared type of a model's field."""
    return _hints(model).get(name)


@functools.cache
def _hints(model: type) -> Mapping[str, object]:
    return typing.get_type_hints(model)


def source_of(path: str, sources: Mapping[str, Source]) -> Source:
    """The source of the value at a path: its own, or that of the nearest path above it."""
    while path not in sources:
        cut = max(path.rfind("."), path.rfind("["))
        if cut < 0:
            raise RuleError(f"{path}: a value without a source")
        path = path[:cut]
    return sources[path]


def in_hundredths(hint: object) -> bool:
    """Whether a declared type is held in hundredths: money, or an area."""
    return any(kind in (hint, *typing.get_args(hint)) for kind in (Fen, Measure))


def symbolic(value: object, path: str, sources: Mapping[str, Source], hint: object = int) -> Any:
    """Turn a parameter into leaves: tables keep their shape, their cells become terms."""
    match value:
        case None | str():
            return value
        case Missing():
            leaf = make("unstated", value=path, info=Leaf.of(path, source_of(path, sources)))
            return Rate(cast(int, leaf), 100) if Rate in (hint, *typing.get_args(hint)) else leaf
        case Rate(numerator, per):
            return Rate(_param(numerator, path, sources, str(value), most=per), per)
        case Bands(rows, below, above):
            cells = (Band(_cell(r.start, f"{path}[{r.start}].from", sources), _cell(r.end, f"{path}[{r.start}].to", sources),
                          _cell(r.amount, f"{path}[{r.start}]", sources, Fen)) for r in rows)  # fmt: skip
            return Bands(tuple(cells), below, above)
        case Brackets(rows):
            return Brackets(tuple(_bracket(r, path, sources) for r in rows))
        case Amounts(table, outside, kinds):
            return Amounts({k: _cell(v, f"{path}[{k}]", sources, Fen) for k, v in table.items()}, outside, kinds)
        case Rates(table, outside, kinds):
            return Rates({k: symbolic(v, f"{path}[{k}]", sources) for k, v in table.items()}, outside, kinds)
        case Kinds(kinds):
            return Kinds(tuple(_cell(k, f"{path}[{k}]", sources) for k in kinds))
        case datetime.date():
            return _param(encode_date(value), path, sources, str(value))
        case int():
            return _cell(value, path, sources, hint)
        case _ if attrs.has(type(value)):
            raise RuleError(f"{path}: {type(value).__name__} is not a table that a rule can read")
        case _:
            raise RuleError(f"{path}: {value!r} is not a value that a rule can read")


def _bracket(row: Bracket, path: str, sources: Mapping[str, Source]) -> Bracket:
    at = f"{path}[{row.start // 100}]"
    return Bracket(_cell(row.start, f"{at}.from", sources, Fen), symbolic(row.rate, f"{at}.rate", sources))


def _cell(value: int, path: str, sources: Mapping[str, Source], hint: object = int) -> Any:
    return _param(value, path, sources, show(value) if in_hundredths(hint) else str(value))


def _param(value: int, path: str, sources: Mapping[str, Source], shown: str, most: int | None = None) -> Any:
    return make(
        "param",
        value=value,
        info=Leaf.of(path, source_of(path, sources), shown, most),
        yes_no=isinstance(value, bool),
    )


@frozen
class Leaf:
    """What a parameter leaf carries: path, source, how it is shown, and the most that it can be."""

    path: str
    source: Source
    shown: str = ""
    most: int | None = None

    @classmethod
    def of(cls, path: str, source: Source, shown: str = "", most: int | None = None) -> Leaf:
        """Make a leaf's information."""
        return cls(path, source, shown, most)

    @property
    def loose(self) -> bool:
        """Whether the wording leaves the value open."""
        return self.source.wording in (Wording.AT_LEAST, Wording.AT_MOST, Wording.RANGE)

    def bounds(self, value: int) -> tuple[int | None, int | None]:
        """The least and the most that the wording leaves."""
        return self.source.bounds(value, self.most)


def trace(section: Section, declared: Rule, arguments: Mapping[str, Term]) -> Term:
    """Run a rule on terms and return the graph."""
    f = inspect.getattr_static(type(section.model), declared.name).__wrapped__
    out = f(Traced(section), *(arguments[name] for name in declared.arguments))
    if not isinstance(out, int | Term | Unstated):
        raise RuleError(
            f"{section.path}.{declared.name}: a rule returns a number or yes/no, not {type(out).__name__}; "
            "rounded(…) ends an exact amount"
        )
    return lift(out)
