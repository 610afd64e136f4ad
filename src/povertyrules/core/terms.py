"""Terms: the small expression graph that a rule becomes when it is traced.

A term is an operation over terms. Leaves are facts, quantities, parameters, constants and figures that the text does
not state. Terms are interned while tracing, so that equal terms are one object; the type is part of the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn, cast

from povertyrules.core.errors import RuleError

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
        return f"{self.op}({', '.join(arg.op for arg in self.args) if self.args else repr(self.value)})"

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


def tracing() -> bool:
    """Whether a policy is being traced."""
    return _TABLE.get() is not None


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


class Unstated:
    """In plain Python, a figure that the text does not give: what is worked out from it is not given either.

    It raises only where it would be the answer of a rule.
    """

    def __init__(self, what: str, *, yes_no: bool = False) -> None:
        self.what, self.yes_no = what, yes_no

    def _same(self, *_: object) -> Unstated:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = __rfloordiv__ = __neg__ = _same
    __lt__ = __le__ = __gt__ = __ge__ = _same
    __eq__ = __ne__ = _same  # type: ignore[assignment]
    __hash__ = object.__hash__


def lift(value: object) -> Term:
    """Take a term as it is and make a constant of an integer or a yes/no; refuse the rest."""
    if isinstance(value, Term):
        return value
    if isinstance(value, int):
        return const(value if isinstance(value, bool) else int(value))  # a category's member is its code
    if isinstance(value, Unstated):
        return make("unstated", value=value.what, yes_no=value.yes_no)
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
            return _known_chain(term, k)
        case "where":
            cond, a, b = term.args
            kc, ka, kb = k(cond), k(a), k(b)
            taken = ka if ka is kb else op("where", cond, ka, kb)
            sure = both(kc, taken)
            if kc is TRUE or sure is TRUE or is_loose(a) or is_loose(b):
                return sure
            return either(sure, both(both(ka, kb), op("eq", a, b)))
        case _:
            out = TRUE
            for arg in term.args:
                out = both(out, k(arg))
            return out


def _known_chain(term: Term, k: Callable[[Term], Term]) -> Term:
    """When a chain of `and` or `or` is known: all parts are, or one that decides it is.

    The chain is taken as a whole, and parts that are known together stand together: pair by pair the term would double
    with every link.
    """
    parts = chained(term)
    groups: dict[int, tuple[Term, list[Term]]] = {}
    whole = TRUE
    for part in parts:
        sure = k(part)
        whole = both(whole, sure)
        groups.setdefault(id(sure), (sure, []))[1].append(part)
    if len(groups) == 1:
        return whole
    out = whole
    for sure, group in groups.values():
        decided = FALSE
        for part in group:
            decided = either(decided, op("not", part) if term.op == "and" else part)
        out = either(out, both(sure, decided))
    return out


def chained(term: Term) -> list[Term]:
    """The parts of a chain of one operation, in their order."""
    out, stack = [], [term]
    while stack:
        node = stack.pop()
        if node.op == term.op:
            stack.extend(reversed(node.args))
        else:
            out.append(node)
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


def is_loose(term: Term) -> bool:
    """Whether a term rests on a parameter whose wording leaves it open: its figure is then not all that it says."""
    return any(getattr(node.info, "loose", False) or node.info == "loose" for node in walk(term))


def choose(term: Term, choices: Mapping[str, str]) -> Term:
    """The branch of a `reading` node that the choices take."""
    name, options = cast(tuple[str, tuple[str, ...]], term.value)
    return term.args[options.index(choices[name])]
