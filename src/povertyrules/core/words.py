"""The words that rules are written with. Given integers they compute; given terms they build the graph.

>>> where(3 > 2, 10, 20), least(4, 2, 9), every(True, False)
(10, 2, False)
>>> rounded(at_rate(10010, Rate(55, 100)))
5506
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar, cast

from attrs import frozen

from povertyrules.core.errors import RuleError
from povertyrules.core.money import Fen, Rate
from povertyrules.core.tables import Amounts, Bands, Brackets, Rates, named
from povertyrules.core.terms import Term, Unstated, const, op

T = TypeVar("T")
N = TypeVar("N", bound=int)
F = TypeVar("F", bound=Callable[..., object])


class Each(tuple[T, ...]):
    """The values of a lower entity, in plain Python: arithmetic and words go through it one by one."""

    __slots__ = ()


def _unary(f: Callable[..., object]) -> Callable[..., Any]:
    return lambda self: Each(map(f, self))


def _spread(f: Callable[..., object]) -> Callable[..., Any]:
    def spread(self: Each[object], other: object) -> Each[object]:
        pairs = zip(self, other if isinstance(other, Each) else [other] * len(self), strict=True)
        return Each(f(a, b) for a, b in pairs)

    return spread


for _name in ("add", "sub", "mul", "floordiv", "lt", "le", "gt", "ge", "eq", "ne"):
    _f = getattr(operator, _name)
    setattr(Each, f"__{_name}__", _spread(_f))
    setattr(Each, f"__r{_name}__", _spread(lambda a, b, f=_f: f(b, a)))


setattr(Each, "__neg__", _unary(operator.neg))  # noqa: B010 - as its other operators


OF_TABLES: dict[str, Callable[[Any], object]] = {
    "lookup": lambda nothing: nothing,
    "band": lambda nothing: nothing,
    "rate_for": lambda nothing: Rate(nothing, 100),
    "rate_reached": lambda nothing: Rate(nothing, 100),
    "marginal": lambda nothing: Exact(nothing, 100),
}
"""Words whose second argument is a table, and what they give of one that is not printed."""
DECIDED = frozenset({"where", "every", "some"})
"""Words whose answer can be given though a part of them is not."""


EXACT = frozenset({"at_rate", "marginal"})
"""Words that give an exact amount."""


def word(f: F) -> F:
    """Let a word go through the values of a lower entity one by one."""

    def once(*args: object, **kwargs: object) -> object:
        if f.__name__ in OF_TABLES and isinstance(args[1], Term):  # a table that is not printed
            made = OF_TABLES[f.__name__]
            return made(args[1])
        nothing = None if f.__name__ in DECIDED or _symbolic(*args) else _nothing(*args)
        if nothing is not None:
            return Exact(cast(int, nothing), 1) if f.__name__ in EXACT else nothing
        return f(*args, **kwargs)

    @functools.wraps(f)
    def call(*args: object, **kwargs: object) -> object:
        many = [a for a in args if isinstance(a, Each)]
        if not many:
            return once(*args, **kwargs)
        rows = zip(*(a if isinstance(a, Each) else [a] * len(many[0]) for a in args), strict=True)
        done = [once(*row, **kwargs) for row in rows]
        if f.__name__ not in EXACT:
            return Each(done)
        exacts = [one if isinstance(one, Exact) else Exact(cast(int, one), 1) for one in done]
        per = max((one.denominator for one in exacts), default=1)
        return Exact(cast(int, Each(one.numerator for one in exacts)), per)

    return cast(F, call)


@frozen(eq=False)
class Exact:
    """An exact amount: a numerator in fen over a positive denominator. Only `rounded` makes an amount of it."""

    numerator: int
    denominator: int

    def __add__(self, other: Exact) -> Exact:
        a, b, per = _common(self, other)
        return Exact(a + b, per)

    def __sub__(self, other: Exact) -> Exact:
        a, b, per = _common(self, other)
        return Exact(a - b, per)

    def scaled(self, up: int, down: int) -> Exact:
        """The exact amount times `up` over `down`."""
        return Exact(self.numerator * up, self.denominator * down)


def _common(a: Exact, b: Exact) -> tuple[int, int, int]:
    same = a.denominator is b.denominator
    if not same and not _symbolic(a.denominator, b.denominator):
        same = a.denominator == b.denominator
    if same:
        return a.numerator, b.numerator, a.denominator
    return a.numerator * b.denominator, b.numerator * a.denominator, a.denominator * b.denominator


def _built(name: str, *args: object, info: object = None) -> Any:
    """An operation over terms; for the type checker it is what the words say they return."""
    return op(name, *args, info=info)


def _nothing(*values: object) -> Unstated | None:
    return next((value for value in values if isinstance(value, Unstated)), None)


def _symbolic(*values: object) -> bool:
    return any(isinstance(v, Term) for v in values)


@word
def where(cond: bool, a: T, b: T, *, info: object = None) -> T:
    """`a` where the condition holds, else `b`."""
    if (nothing := _nothing(cond)) is not None:
        return cast(T, nothing)
    if not _symbolic(cond):
        return a if cond else b
    if isinstance(a, Exact) and isinstance(b, Exact):
        x, y, per = _common(a, b)
        return cast(T, Exact(where(cond, x, y), per))
    return cast(T, _built("where", cond, a, b, info=info))


def when(cond: bool, amount: N) -> N:
    """Eligibility: the amount where the condition holds, else 0; the first part of it that fails is the reason."""
    return where(cond, amount, cast(N, 0), info="when")


def cases(*pairs: tuple[bool, T], default: T) -> T:
    """The value of the first condition that holds, else the default."""
    out = default
    for cond, value in reversed(pairs):
        out = where(cond, value, out)
    return out


@word
def least(*values: N) -> N:
    """The least of some numbers."""
    return min(values) if not _symbolic(*values) else cast(Any, functools.reduce(functools.partial(_built, "least"), values))


@word
def greatest(*values: N) -> N:
    """The greatest of some numbers."""
    return max(values) if not _symbolic(*values) else cast(Any, functools.reduce(functools.partial(_built, "greatest"), values))


@word
def every(*conds: bool) -> bool:
    """Whether all conditions hold."""
    if not _symbolic(*conds):
        # by identity: an unstated condition equals nothing, and says so of everything
        return cast(bool, False if any(one is False for one in conds) else (_nothing(*conds) or True))
    out: bool = functools.reduce(functools.partial(_built, "and"), conds)
    return out


@word
def some(*conds: bool) -> bool:
    """Whether at least one condition holds."""
    if not _symbolic(*conds):
        return cast(bool, True if any(one is True for one in conds) else (_nothing(*conds) or False))
    out: bool = functools.reduce(functools.partial(_built, "or"), conds)
    return out


@word
def no(cond: bool) -> bool:
    """Whether a condition does not hold."""
    return not cond if not _symbolic(cond) else cast(bool, _built("not", cond))


def among(value: int, listed: Iterable[int]) -> bool:
    """Whether a number is one of a list: of kinds, or of the keys of a table.

    >>> among(2, (1, 2)), among(3, {1: "a", 2: "b"})
    (True, False)
    """
    return some(*(value == one for one in listed))


@word
def lookup(key: int, table: Amounts) -> Fen:
    """The amount for a key; outside the table it is unstated, or nothing because not eligible, as the table says."""
    return cast(Fen, _looked_up(key, table.rows, table.outside, named(table)))


@word
def rate_for(key: int, table: Rates) -> Rate:
    """The rate for a key."""
    per = next(iter(table.rows.values())).per
    numbers = {k: rate.numerator for k, rate in table.rows.items()}
    return Rate(_looked_up(key, numbers, table.outside, named(table)), per)


def _looked_up(key: int, rows: Any, outside: str, stated: str) -> Any:
    out = _outside(outside, stated)
    for k, value in reversed(list(rows.items())):
        out = where(key == k, value, out)
    return out


def _outside(word: str, stated: str) -> Any:
    """What lies outside a table; what is stated in it is told in digits, which every language reads."""
    return Unstated(stated) if word == "unstated" else 0


def _span(table: Bands) -> str:
    ends = (table.rows[0].start, table.rows[-1].end)
    return "–".join(str(end.value if isinstance(end, Term) else end) for end in cast(tuple[object, object], ends))


@word
def band(number: int, table: Bands) -> Fen:
    """The amount of the band in which a number lies."""
    first, last = table.rows[0], table.rows[-1]
    out: Any = _outside(table.above, _span(table))
    for row in reversed(table.rows):
        out = where(number <= row.end, row.amount, out, info="when" if row is last else None)
    below: Any = _outside(table.below, _span(table))
    return cast(Fen, where(first.start <= number, out, below, info="when"))


@word
def at_rate(amount: int, rate: Rate) -> Exact:
    """A share of an amount, exact."""
    return Exact(amount * rate.numerator, rate.per)


@word
def marginal(amount: int, brackets: Brackets, deductible: int) -> Exact:
    """The sum over brackets of each slice above the deductible at its own rate, exact."""
    out, rows = 0, brackets.rows
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        top = amount if after is None else least(amount, after.start)
        start = deductible if row is rows[0] else greatest(deductible, row.start)
        out = out + greatest(top - start, 0) * row.rate.numerator
    return Exact(out, brackets.per)


@word
def rate_reached(amount: int, brackets: Brackets, *, edge_inside: bool = True) -> Rate:
    """The rate of the bracket that an amount reaches; a bracket's lower edge is inside it, or not yet."""
    first, *rest = brackets.rows
    out = first.rate.numerator
    for row in rest:
        out = where(row.start <= amount if edge_inside else row.start < amount, row.rate.numerator, out)
    return Rate(out, brackets.per)


class Rounding(NamedTuple):
    """What a rounding carries for the explanation."""

    mode: str
    quality: str


@word
def rounded(exact: Exact, mode: str = "half_up", *, quality: str = "") -> Fen:
    """Make an amount of an exact one: to the nearest fen, a half goes up; or `mode="down"`, a part of a fen is dropped.

    `quality="derived"` says that the text does not print the arithmetic: the rule works it out from what is printed.
    """
    n, d = exact.numerator, exact.denominator
    if (nothing := _nothing(n, d)) is not None:
        return cast(Fen, nothing)
    if mode not in {"half_up", "down"}:
        raise RuleError(f"rounded: mode {mode!r} is not half_up or down")
    top, bottom = (n, d) if mode == "down" else (2 * n + d, 2 * d)
    if not _symbolic(top, bottom):
        return cast(Fen, top // bottom)
    return cast(Fen, _built("div", top, bottom, info=Rounding(mode, quality)))


def total(each: T) -> T:
    """The sum over a lower entity."""
    if isinstance(each, Exact):
        return cast(T, Exact(total(each.numerator), each.denominator))
    if isinstance(each, Each):
        if any(isinstance(one, Each) for one in each):
            return cast(T, Each(total(one) for one in each))
        nothing = _nothing(*each)
        return cast(T, sum(cast("Each[int]", each)) if nothing is None else nothing)
    if isinstance(each, Term):
        return cast(T, _built("sum", each))
    raise RuleError("total: only values of a lower entity can be summed")


def count(each: bool) -> int:
    """How many of a lower entity a condition holds for."""
    return total(where(each, 1, 0))


def any_of(each: bool) -> bool:
    """Whether a condition holds for at least one of a lower entity."""
    many: object = each
    if isinstance(many, Each):
        return some(*many)  # and not any(): an unstated one is neither true nor false
    if isinstance(many, Term):
        return cast(bool, _built("any", each))
    raise RuleError("any_of: only values of a lower entity can be asked")


def unstated(what: str) -> Fen:
    """An answer that the text does not give: no amount, and not 0."""
    return cast(Fen, Unstated(what))


def undecided(what: str) -> bool:
    """A yes or no that the text does not give."""
    return cast(bool, Unstated(what, yes_no=True))


def member(entity: str) -> Term:
    """The existence of a lower entity, to be counted."""
    return const(True, info=("member", entity))
