"""The words that rules are written with. Given integers they compute; given terms they build the graph.

>>> where(3 > 2, 10, 20), least(4, 2, 9), every(True, False)
(10, 2, False)
>>> rounded(at_rate(10010, Rate(55, 100)))
5506
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from attrs import frozen

from povertyrules.core.errors import NotStated, RuleError
from povertyrules.core.money import Fen, Rate
from povertyrules.core.tables import Amounts, Bands, Brackets, Rates
from povertyrules.core.terms import Term, Unstated, const, op

T = TypeVar("T")
N = TypeVar("N", bound=int)
F = TypeVar("F", bound=Callable[..., object])


class Each(tuple[T, ...]):
    """The values of a lower entity, in plain Python: arithmetic and words go through it one by one."""

    __slots__ = ()


def _spread(f: Callable[..., object]) -> Callable[..., Any]:
    return lambda self, other: Each(map(f, self, other if isinstance(other, Each) else [other] * len(self)))


for _name in ("add", "sub", "mul", "lt", "le", "gt", "ge", "eq", "ne"):
    _f = getattr(__import__("operator"), _name)
    setattr(Each, f"__{_name}__", _spread(_f))
    setattr(Each, f"__r{_name}__", _spread(lambda a, b, f=_f: f(b, a)))


def word(f: F) -> F:
    """Let a word go through the values of a lower entity one by one."""

    @functools.wraps(f)
    def call(*args: object, **kwargs: object) -> object:
        many = [a for a in args if isinstance(a, Each)]
        if not many:
            return f(*args, **kwargs)
        rows = zip(*(a if isinstance(a, Each) else [a] * len(many[0]) for a in args), strict=True)
        done = [f(*row, **kwargs) for row in rows]
        if done and isinstance(done[0], Exact):
            exacts = cast(list[Exact], done)
            return Exact(cast(int, Each(e.numerator for e in exacts)), exacts[0].denominator)
        return Each(done)

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


def _settled(value: T) -> T:
    if isinstance(value, Unstated):
        raise NotStated(value.what)
    return value


def _symbolic(*values: object) -> bool:
    return any(isinstance(v, Term) for v in values)


@word
def where(cond: bool, a: T, b: T, *, info: object = None) -> T:
    """`a` where the condition holds, else `b`."""
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
    return all(conds) if not _symbolic(*conds) else cast(Any, functools.reduce(functools.partial(_built, "and"), conds))


@word
def some(*conds: bool) -> bool:
    """Whether at least one condition holds."""
    return any(conds) if not _symbolic(*conds) else cast(Any, functools.reduce(functools.partial(_built, "or"), conds))


@word
def no(cond: bool) -> bool:
    """Whether a condition does not hold."""
    return not cond if not _symbolic(cond) else cast(bool, _built("not", cond))


@word
def lookup(key: int, table: Amounts) -> Fen:
    """The amount for a key; outside the table it is unstated, or nothing because not eligible, as the table says."""
    return cast(Fen, _settled(_looked_up(key, table.rows, table.outside)))


@word
def rate_for(key: int, table: Rates) -> Rate:
    """The rate for a key."""
    per = next(iter(table.rows.values())).per
    numbers = {k: rate.numerator for k, rate in table.rows.items()}
    return Rate(_settled(_looked_up(key, numbers, table.outside)), per)


def _looked_up(key: int, rows: Any, outside: str) -> Any:
    out = _outside(outside, f"{', '.join(map(str, rows))} are stated, {'others are' if _symbolic(key) else f'{key} is'} not")
    for k, value in reversed(list(rows.items())):
        out = where(key == k, value, out)
    return out


def _outside(word: str, what: str) -> Any:
    return Unstated(what) if word == "unstated" else 0


@word
def band(number: int, table: Bands) -> Fen:
    """The amount of the band in which a number lies."""
    first, last = table.rows[0], table.rows[-1]
    out: Any = _outside(table.above, f"nothing is stated above {last.end}")
    for row in reversed(table.rows):
        out = where(number <= row.end, row.amount, out, info="when" if row is last else None)
    below: Any = _outside(table.below, f"nothing is stated below {first.start}")
    return cast(Fen, _settled(where(first.start <= number, out, below, info="when")))


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


@word
def rounded(exact: Exact, mode: str = "half_up") -> Fen:
    """Make an amount of an exact one: to the nearest fen, a half goes up; or `mode="down"`, a part of a fen is dropped."""
    n, d = exact.numerator, exact.denominator
    if mode not in {"half_up", "down"}:
        raise RuleError(f"rounded: mode {mode!r} is not half_up or down")
    top, bottom = (n, d) if mode == "down" else (2 * n + d, 2 * d)
    if not _symbolic(top, bottom):
        return cast(Fen, top // bottom)
    return cast(Fen, _built("div", top, bottom, info=f"rounded {mode}"))


def total(each: T) -> T:
    """The sum over a lower entity."""
    if isinstance(each, Exact):
        return cast(T, Exact(total(each.numerator), each.denominator))
    if isinstance(each, Each):
        return cast(T, sum(cast("Each[int]", each)))
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
        return any(many)
    if isinstance(many, Term):
        return cast(bool, _built("any", each))
    raise RuleError("any_of: only values of a lower entity can be asked")


def unstated(what: str) -> Fen:
    """An answer that the text does not give: no amount, and not 0."""
    return cast(Fen, Unstated(what))


def member(entity: str) -> Term:
    """The existence of a lower entity, to be counted."""
    return const(True, info=("member", entity))
