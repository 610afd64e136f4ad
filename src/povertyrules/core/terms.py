"""Terms: the small expression graph that a rule becomes when it is traced.

A term is an operation over terms. Leaves are facts, quantities, parameters, constants and figures that the text does
not state. Terms are interned while tracing, so that equal terms are one object; the type is part of the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn, cast

from attrs import frozen

from povertyrules.core.errors import RuleError

LEAVES = ("fact", "quantity", "param", "const", "unstated")
_TABLE: ContextVar[dict[tuple[object, ...], Term] | None] = ContextVar("terms", default=None)


class Term:
    """A node: `op`, its arguments, `value` (a leaf's name or constant), and `info` for explanation.

    Operations: fact, quantity, param, const, unstated; add sub mul div; lt le eq; and or not; where; least greatest;
    reading (one argument for each choice); sum any (over a lower entity); known.
    """

    __slots__ = ("args", "info", "op", "value", "yes_no")

    def __init__(self, op: str, args: tuple[Term, ...], value: object, info: object, yes_no: bool) -> None:
        self.op, self.args, self.value, self.info, self.yes_no = op, args, value, info, yes_no

    def __repr__(self) -> str:
        inner = ", ".join(map(repr, self.args)) if self.args else repr(self.value)
        return f"{self.op}({inner})"

    __hash__ = object.__hash__

    def __add__(self, other: object) -> Term:
        return op("add", self, other)

    def __radd__(self, other: object) -> Term:
        return op("add", other, self)

    def __sub__(self, other: object) -> Term:
        return op("sub", self, other)

    def __rsub__(self, other: object) -> Term:
        return op("sub", other, self)

    def __mul__(self, other: object) -> Term:
        return op("mul", self, other)

    def __rmul__(self, other: object) -> Term:
        return op("mul", other, self)

    def __neg__(self) -> Term:
        return op("sub", 0, self)

    def __floordiv__(self, other: object) -> Term:
        return op("div", self, other)

    def __lt__(self, other: object) -> Term:
        return op("lt", self, other)

    def __le__(self, other: object) -> Term:
        return op("le", self, other)

    def __gt__(self, other: object) -> Term:
        return op("lt", other, self)

    def __ge__(self, other: object) -> Term:
        return op("le", other, self)

    def __eq__(self, other: object) -> Term:  # type: ignore[override]
        return op("eq", self, other)

    def __ne__(self, other: object) -> Term:  # type: ignore[override]
        return op("not", op("eq", self, other))

    def __bool__(self) -> NoReturn:
        raise RuleError(
            "a term is neither true nor false: write where(cond, a, b) for if, every(…) for and, some(…) for or, no(…) for not"
        )

    def __truediv__(self, other: object) -> NoReturn:
        raise RuleError("a rule never divides money: write rounded(at_rate(amount, rate))")

    def __iter__(self) -> NoReturn:
        raise RuleError("a term has no members: write total(…), count(…) or any_of(…)")


@contextmanager
def interning() -> Iterator[None]:
    """Make equal terms one object while a policy is traced."""
    token = _TABLE.set({})
    try:
        yield
    finally:
        _TABLE.reset(token)


def make(op: str, args: tuple[Term, ...] = (), value: object = None, info: object = None, *, yes_no: bool = False) -> Term:
    """Make or find a term."""
    table = _TABLE.get()
    if table is None:
        return Term(op, args, value, info, yes_no)
    key = (op, args_key(args), type(value), value, info, yes_no)
    found = table.get(key)
    if found is None:
        found = table[key] = Term(op, args, value, info, yes_no)
    return found


def args_key(args: tuple[Term, ...]) -> tuple[int, ...]:
    """Terms by identity: they live as long as the table that holds them."""
    return tuple(map(id, args))


def const(value: int | bool, info: object = None) -> Term:
    """A constant."""
    return make("const", value=value, info=info, yes_no=isinstance(value, bool))


def leaf(kind: str, name: str, *, yes_no: bool = False) -> Term:
    """A fact or a quantity, by name."""
    return make(kind, value=name, yes_no=yes_no)


@frozen
class Unstated:
    """In plain Python, an answer that the text does not give; it raises only if it is the answer."""

    what: str


def lift(value: object) -> Term:
    """Take a term as it is and make a constant of an integer or a yes/no; refuse the rest."""
    if isinstance(value, Term):
        return value
    if isinstance(value, int):
        return const(value)
    if isinstance(value, Unstated):
        return make("unstated", value=value.what)
    raise RuleError(f"{value!r} ({type(value).__name__}) cannot stand in a rule: integers, yes/no and terms can")


YES_NO = frozenset({"lt", "le", "eq", "and", "or", "not", "any", "known"})


def op(name: str, *args: object, info: object = None, value: object = None) -> Term:
    """Build an operation, lifting plain numbers to constants."""
    terms = tuple(map(lift, args))
    branches = {"where": terms[1:], "reading": terms}.get(name)
    yes_no = name in YES_NO if branches is None else any(t.yes_no for t in branches)
    return make(name, terms, value, info, yes_no=yes_no)


TRUE, FALSE = Term("const", (), True, None, True), Term("const", (), False, None, True)


def both(a: Term, b: Term) -> Term:
    """`and` that folds constants; for `known`, never for rules."""
    if a is FALSE or b is FALSE:
        return FALSE
    if a is TRUE or a is b:
        return b
    return a if b is TRUE else op("and", a, b)


def either(a: Term, b: Term) -> Term:
    """`or` that folds constants; for `known`, never for rules."""
    if a is TRUE or b is TRUE:
        return TRUE
    if a is FALSE or a is b:
        return b
    return a if b is FALSE else op("or", a, b)


def known(term: Term, told: frozenset[str] | None = None, memo: dict[int, Term] | None = None) -> Term:
    """Derive when a term is known, as a term: Kleene logic, and a branch not taken need not be known.

    `told` names the leaves that are known for certain. The other leaves become `known(leaf)`.
    """
    memo = {} if memo is None else memo
    found = memo.get(id(term))
    if found is None:
        found = memo[id(term)] = _known(term, told or frozenset(), memo)
    return found


def _known(term: Term, told: frozenset[str], memo: dict[int, Term]) -> Term:
    def k(t: Term) -> Term:
        return known(t, told, memo)

    match term.op:
        case "const" | "param" | "known":
            return TRUE
        case "unstated":
            return FALSE
        case "fact" | "quantity":
            return TRUE if str(term.value) in told else op("known", term)
        case "sum" | "any":
            return TRUE if "*" in told else op("known", term)
        case "reading":
            inner = tuple(map(k, term.args))
            if all(one is inner[0] for one in inner):
                return inner[0]
            return make("reading", inner, term.value, term.info, yes_no=True)
        case "and" | "or":
            a, b = term.args
            decides = (lambda t: op("not", t)) if term.op == "and" else (lambda t: t)
            ka, kb = k(a), k(b)
            whole = both(ka, kb)
            if whole is TRUE:
                return TRUE
            return either(whole, either(both(ka, decides(a)), both(kb, decides(b))))
        case "where":
            cond, a, b = term.args
            kc, ka, kb = k(cond), k(a), k(b)
            taken = ka if ka is kb else op("where", cond, ka, kb)
            sure = both(kc, taken)
            return sure if sure is TRUE else either(sure, both(both(ka, kb), op("eq", a, b)))
        case _:
            out = TRUE
            for arg in term.args:
                out = both(out, k(arg))
            return out


def walk(term: Term) -> Iterator[Term]:
    """Every node below and including a term, each once, arguments first."""
    seen: set[int] = set()
    stack: list[tuple[Term, bool]] = [(term, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((arg, False) for arg in reversed(node.args))


def choose(term: Term, choices: Mapping[str, str]) -> Term:
    """The branch of a `reading` node that the choices take."""
    name, options = cast(tuple[str, tuple[str, ...]], term.value)
    return term.args[options.index(choices[name])]
