"""Terms as columns that are null exactly where the scalar answer is unknown, whatever language the columns are written in.

Arithmetic and comparison give null for null in every engine, and `and` and `or` follow Kleene; a choice does not, since
`when(null)` takes the other branch. So a piece carries which leaves can make it null, and a choice is guarded only where it
must be. What is the same in every row is worked out while the columns are written. What is used twice becomes a column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Generic, TypeVar, cast

from attrs import evolve, field, frozen

from povertyrules.core.emit import Emitter
from povertyrules.core.errors import RuleError
from povertyrules.core.ranges import LIMIT, Range, range_at
from povertyrules.core.terms import Term, walk
from povertyrules.uses.compute import used_twice, worked
from povertyrules.uses.scale.language import Language
from povertyrules.uses.scale.tabled import FEW_RUNS, Table, common, identity

E = TypeVar("E")
TRUTH = Range(0, 1)


UNSTATED = frozenset({"?"})
"""The cause of a null that no leaf explains: the text does not say."""
ALONE = Term("", (), None, None, False)


class Lazy(Generic[E]):
    """An expression that is written when it is needed."""

    def __init__(self, write: Callable[[], E]) -> None:
        self.write = write


@frozen(eq=False, repr=False, slots=False)
class Piece(Generic[E]):
    """A column in the making."""

    source: E | Lazy[E]
    range: Range
    causes: frozenset[str] = frozenset()
    """The leaves that can make it null; none: it is never null."""
    strict: frozenset[str] = frozenset()
    """The leaves of which each one, if it is null, makes it null."""
    fixed: bool = False
    """Whether `value` is what it is in every row; None is then unknown in every row."""
    value: int | bool | None = None
    level: int = 0
    """From which level on it can be written: after the columns that it is made of."""
    column: str = ""
    """The column that it is already, if it is one."""
    weight: int = 1
    """How many operations it is written with."""
    table: Table[E] | None = None
    """Its answers by code, if it turns on one leaf of few values."""
    implied: Mapping[str, frozenset[int]] = field(factory=dict)
    """Of a truth: the codes that leaves can have where it holds; they are then told."""
    only: tuple[Piece[E], Piece[E]] | None = None
    """A condition, and what it is where that holds; elsewhere it is null."""

    @cached_property
    def expr(self) -> E:
        """The expression."""
        return self.source.write() if isinstance(self.source, Lazy) else self.source

    @property
    def unknown(self) -> bool:
        """Whether it is null in every row."""
        return self.fixed and self.value is None

    @property
    def maybe(self) -> bool:
        """Whether it can be null."""
        return bool(self.causes)


class Pieces(Emitter[Piece[E]]):
    """Emits terms over the columns of one table; `levels` holds the columns to add, those of a level at once."""

    def __init__(self, language: Language[E], leaves: Mapping[str, Piece[E]], prefix: str, terms: list[Term]) -> None:
        super().__init__()
        self.language, self.leaves, self.prefix = language, dict(leaves), prefix
        self.levels: list[dict[str, E]] = []
        self.shared = used_twice(terms)
        self._loose: dict[int, bool] = {}
        self._held = 0

    def emit(self, term: Term) -> Piece[E]:
        """A term as a piece."""
        for node in walk(term):  # whether two equal figures are the same turns on what is loose
            own = node.info == "loose" or bool(getattr(node.info, "loose", False))
            self._loose[id(node)] = own or any(self._loose[id(arg)] for arg in node.args)
        return super().emit(term)

    def keep(self, name: str, piece: Piece[E]) -> Piece[E]:
        """Write a piece as a column of a name."""
        if piece.fixed or piece.column:
            return piece
        while len(self.levels) <= piece.level:
            self.levels.append({})
        self.levels[piece.level][name] = piece.expr
        return evolve(piece, source=self.language.column(name), level=piece.level + 1, column=name, weight=1)

    def hold(self, piece: Piece[E]) -> Piece[E]:
        """A piece that is used more than once: as a column, unless writing it again costs less."""
        if piece.weight <= self.language.patience:
            return piece
        self._held += 1
        return self.keep(f"{self.prefix}t{self._held}", piece)

    def node(self, node: Term, args: list[Piece[E]]) -> Piece[E]:
        """One node; what other nodes use again becomes a column."""
        if node.op in ("fact", "quantity", "sum", "any"):
            return self.named(node)
        if node.op == "unstated":
            return self.unknown(node.yes_no)
        found = common([arg.table for arg in args], [arg.fixed for arg in args]) if args else None
        out = self._by_code(node, args, found) if found is not None else None
        if out is None:
            out = self._operation(node, args)
        if node.args and node.op != "reading" and id(node) in self.shared:
            return self.hold(out)
        return out

    def _operation(self, node: Term, args: list[Piece[E]]) -> Piece[E]:
        if node.op != "where":
            return super().node(node, args)
        same = not any(self._loose[id(arg)] for arg in node.args[1:])
        return self._where(*args, same=same, yes_no=node.yes_no)

    def _by_code(self, node: Term, args: list[Piece[E]], over: Table[E]) -> Piece[E] | None:
        """An operation on what turns on one leaf, worked out for each of its codes; None if that has too many answers."""
        columns = [None if arg.table is None or arg.fixed else arg.table for arg in args]
        answers: list[int | bool | None] = []
        for i in range(-1, len(over.values)):  # the first is what it is for a leaf that is not told
            at = [
                arg if t is None else self._fixed(t.values[i] if i >= 0 else t.untold, arg)
                for t, arg in zip(columns, args, strict=True)
            ]
            answers.append(self._operation(node, at).value)
        table = evolve(over, values=tuple(answers[1:]), untold=answers[0])
        if table.runs > FEW_RUNS:
            return None
        same, value = table.same()
        if same:
            return self.unknown(node.yes_no) if value is None else self.const(value)
        return self._tabled(table, node.yes_no)

    def _tabled(self, table: Table[E], yes_no: bool) -> Piece[E]:
        """What turns on one leaf, as a piece."""
        leaf, known = self.leaves[table.name], [int(v) for v in (*table.values, table.untold) if v is not None]
        found = TRUTH if yes_no else Range(min(known, default=0), max(known, default=0))
        silent = table.maybe and table.untold is None
        causes = (leaf.causes if silent else frozenset()) | (UNSTATED if None in table.values else frozenset())
        holds = {table.name: table.codes_of(True)} if yes_no and table.untold is not True else {}
        return Piece(
            Lazy(lambda: table.written(self.language, yes_no)),
            found,
            causes,
            leaf.strict if silent else frozenset(),
            level=leaf.level,
            weight=2 * table.runs,
            table=table,
            implied=holds,
        )

    def _where_it_holds(self, cond: Piece[E], piece: Piece[E], yes_no: bool) -> Piece[E]:
        """What a piece is where a condition holds: codes with which it cannot hold take no part."""
        codes = cond.implied.get(piece.table.name) if piece.table is not None else None
        if not codes or piece.table is None:
            return piece
        table = piece.table.among_codes(codes)
        same, value = table.same()
        if same:
            return self.unknown(yes_no) if value is None else self.const(value)
        return self._tabled(table, yes_no)

    def _fixed(self, value: int | bool | None, like: Piece[E]) -> Piece[E]:
        return self.unknown(like.range == TRUTH) if value is None else self.const(value)

    def present(self, there: Piece[E], piece: Piece[E], yes_no: bool) -> Piece[E]:
        """What an entry adds to a total that stands in its own row: nothing where there is no entry."""
        return self._where(there, piece, self.const(False if yes_no else 0), same=True, yes_no=yes_no)

    def named(self, node: Term) -> Piece[E]:
        """What stands behind a leaf; nothing if nobody told it."""
        name = str(node.value) if node.op in ("fact", "quantity") else cast("tuple[str, str, str]", node.value)[0]
        piece = self.leaves.get(name)
        if piece is None:
            return self.unknown(node.yes_no)
        if piece.table is None and piece.column and not node.yes_no:
            table = identity(name, piece.expr, piece.range.low, piece.range.high, maybe=piece.maybe)
            return evolve(piece, table=table)
        return piece

    def unknown(self, yes_no: bool) -> Piece[E]:
        """What is null in every row."""
        return Piece(self.language.nothing(yes_no), TRUTH if yes_no else Range(0, 0), UNSTATED, fixed=True)

    def const(self, value: int) -> Piece[E]:
        """A constant."""
        return Piece(self.language.const(value), Range(int(value), int(value)), fixed=True, value=value)

    def _made(self, expr: E, found: Range, *parts: Piece[E], strict: frozenset[str] | None = None) -> Piece[E]:
        if max(-found.low, found.high) >= LIMIT:
            raise RuleError(f"a figure can reach {max(-found.low, found.high):,}: narrow the range of what is given")
        causes = frozenset().union(*(p.causes for p in parts))
        every = frozenset().union(*(p.strict for p in parts)) if strict is None else strict
        weight = 1 + sum(p.weight for p in parts)
        return Piece(expr, found, causes, every, level=max(p.level for p in parts), weight=weight)

    def _range(self, op: str, *args: Piece[E]) -> Range:
        return range_at(Term(op, (ALONE,) * len(args), None, None, False), [a.range for a in args], {}, lambda _: (0, 0))

    # ---- operations -------------------------------------------------------------------------------------------

    def _worked(self, op: str, *args: Piece[E]) -> Piece[E] | None:
        """An operation on what is the same in every row."""
        if any(a.unknown for a in args):
            return self.unknown(op in ("lt", "le", "eq", "not"))
        if all(a.fixed for a in args):
            return self.const(worked(op, [cast(int, a.value) for a in args]))
        return None

    def _infix(self, op: str, a: Piece[E], b: Piece[E]) -> Piece[E]:
        if (found := self._worked(op, a, b)) is not None:
            return found
        plain = {"mul": 1, "add": 0}.get(op)
        if a.fixed and a.value == plain:
            return b
        if b.fixed and b.value == (0 if op == "sub" else plain):
            return a
        return self._made(self.language.infix(op, a.expr, b.expr), self._range(op, a, b), a, b)

    def add_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """A sum."""
        return self._infix("add", a, b)

    def sub_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """A difference."""
        return self._infix("sub", a, b)

    def mul_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """A product."""
        return self._infix("mul", a, b)

    def lt_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """Less."""
        return self._infix("lt", a, b)

    def le_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """Not above."""
        return self._infix("le", a, b)

    def eq_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """Equal."""
        return self._infix("eq", a, b)

    def div_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """The quotient, rounded down: engines differ below nothing, so what could lie there is lifted over it first."""
        if a.fixed or b.unknown or a.range.low >= 0:
            return self._infix("div", a, b)
        times = self.const(-(a.range.low // max(b.range.low, 1)))
        return self.sub_(self._infix("div", self.add_(a, self.mul_(times, b)), b), times)

    def not_(self, a: Piece[E]) -> Piece[E]:
        """Negation."""
        return self._worked("not", a) or self._made(self.language.negation(a.expr), TRUTH, a)

    def and_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """Both: one that fails decides it."""
        return self._chain("and", a, b, stop=False)

    def or_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """One of both: one that holds decides it."""
        return self._chain("or", a, b, stop=True)

    def _chain(self, op: str, a: Piece[E], b: Piece[E], *, stop: bool) -> Piece[E]:
        for one, other in ((a, b), (b, a)):
            if one.fixed and one.value is not None:
                return self.const(stop) if one.value is stop else other
        if a.unknown or b.unknown:  # unknown, unless the other decides it
            other = b if a.unknown else a
            decides = other.expr if stop else self.language.negation(other.expr)
            expr = self.language.choice(decides, self.language.const(stop), None)
            return a if a.unknown and b.unknown else self._made(expr, TRUTH, a, b, strict=other.strict)
        made = self._made(self.language.infix(op, a.expr, b.expr), TRUTH, a, b, strict=a.strict & b.strict)
        return evolve(made, implied=_both(a.implied, b.implied) if op == "and" else _either(a.implied, b.implied))

    def least_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """The smaller."""
        return self._pick("least", a, b)

    def greatest_(self, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """The greater."""
        return self._pick("greatest", a, b)

    def _pick(self, op: str, a: Piece[E], b: Piece[E]) -> Piece[E]:
        """One of two; where one of them is null, so is what is picked."""
        if (found := self._worked(op, a, b)) is not None:
            return found
        if not a.maybe:  # what can be null stands first
            a, b = b, a
        a, b = self.hold(a), self.hold(b)

        def beats(one: Piece[E], other: Piece[E], sign: str) -> E:
            left, right = (one, other) if op == "least" else (other, one)
            return self.language.infix(sign, left.expr, right.expr)

        choice, found_range = self.language.choice, self._range(op, a, b)
        if not b.maybe:  # a null compares as false, and then stands for itself
            return self._made(choice(beats(b, a, "lt"), b.expr, a.expr), found_range, a, b)
        second = choice(beats(b, a, "le"), b.expr, None)
        return self._made(choice(beats(a, b, "lt"), a.expr, second), found_range, a, b)

    def _where(self, cond: Piece[E], a: Piece[E], b: Piece[E], *, same: bool, yes_no: bool) -> Piece[E]:
        """The branch taken; where the condition is unknown, what both branches give, unless their wording is loose."""
        if cond.fixed and cond.value is not None:
            return a if cond.value else b
        same = same and not (a.unknown or b.unknown)
        if (same or not cond.maybe) and (a is b or (a.fixed and b.fixed and a.value == b.value)):
            return a
        apart = a.range.high < b.range.low or b.range.high < a.range.low
        if cond.maybe and same and not apart and not (cond.causes <= a.strict or cond.causes <= b.strict):
            return self._agreeing(cond, a, b)
        a = self._where_it_holds(cond, a, yes_no)  # from here on it counts only where the condition holds
        if cond.unknown or (a.unknown and b.unknown):
            return self.unknown(yes_no)
        strict = cond.strict | (a.strict & b.strict)
        say = self.language
        if a.unknown or b.unknown:
            holds, rest = (self.not_(cond), b) if a.unknown else (cond, a)
            if rest.only is not None:
                holds, rest = self.and_(holds, rest.only[0]), rest.only[1]
            made = self._made(say.choice(holds.expr, rest.expr, None), rest.range, cond, a, b, strict=strict)
            return evolve(made, only=(holds, rest), level=max(holds.level, rest.level))
        found = a.range.over(b.range)
        if not cond.maybe:
            return self._made(say.choice(cond.expr, a.expr, b.expr), found, cond, a, b, strict=strict)
        if (b.causes or b.strict) and cond.causes <= b.strict:  # where the condition is null, so is the other branch
            return self._made(say.choice(cond.expr, a.expr, b.expr), found, cond, a, b, strict=strict)
        cond = self.hold(cond)
        second = say.choice(say.negation(cond.expr), b.expr, None)
        return self._made(say.choice(cond.expr, a.expr, second), found, cond, a, b, strict=strict)

    def _agreeing(self, cond: Piece[E], a: Piece[E], b: Piece[E]) -> Piece[E]:
        say, a, b = self.language, self.hold(a), self.hold(b)
        found = a.range.over(b.range)
        last = say.choice(say.infix("eq", a.expr, b.expr), a.expr, None)
        if cond.unknown:
            return self._made(last, found, cond, a, b)
        cond = self.hold(cond)
        second = say.choice(say.negation(cond.expr), b.expr, last)
        return self._made(say.choice(cond.expr, a.expr, second), found, cond, a, b, strict=a.strict & b.strict)


Codes = Mapping[str, frozenset[int]]


def _both(a: Codes, b: Codes) -> Codes:
    return {name: a.get(name, codes) & b.get(name, codes) for name, codes in {**a, **b}.items()}


def _either(a: Codes, b: Codes) -> Codes:
    return {name: codes | b[name] for name, codes in a.items() if name in b}
