"""Puts a question to the solver: split into cases by its finite facts, with a time for each case and for all."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import Any, cast

from attrs import evolve

from povertyrules.core.errors import SortError
from povertyrules.core.terms import Term
from povertyrules.uses.prove.outcomes import Counterexample, Most, Outcome, Proved, Unknown
from povertyrules.uses.prove.question import Domain, Question
from povertyrules.uses.prove.replay import Replay, Value
from povertyrules.uses.prove.symbols import Expression, Known, Symbols, Z3Emitter, both, constant, opposite, z3
from povertyrules.uses.prove.view import Point

AT_ONCE = 24
"""Into how many cases the finite facts split a question before the solver is asked; the rest of them follow where it must."""
FIRST = 0.5
"""How many seconds a case has before it is split further."""
ENUMERATED = 64
"""A range that is not larger is split into its values, a larger one into halves."""
ARITHMETIC = (2, 6)
"""The solver's two arithmetics, by its own numbers: the first is several times faster here, the second answers some others."""
Case = Mapping[str, "Value | tuple[int, int]"]
Found = dict[str, Value] | str | None
"""A case that was found, or why it is not known whether there is one, or that there is none."""
_LOCK = threading.RLock()
"""One proof at a time: z3 keeps its terms in one place."""


class Clock:
    """The time that is left of a whole proof."""

    def __init__(self, limit: float) -> None:
        self.limit, self.end = limit, time.monotonic() + limit

    @property
    def left(self) -> float:
        """In seconds."""
        return self.end - time.monotonic()

    def late(self, done: int, of: int) -> Unknown:
        """What is said when no time is left."""
        return Unknown(
            f"the time limit of {self.limit:g} seconds was reached with {of - done} of {of} cases open",
            f"已到{self.limit:g}秒时限，{of}种情形中{of - done}种未决",
        )


class ClaimEmitter(Z3Emitter):
    """Emits a claim, whose leaves say at which point they are looked at."""

    def __init__(self, points: Mapping[Point, Symbols]) -> None:
        super().__init__(lambda name: Known(0, False))
        self.points = points

    def node(self, node: Term, args: list[Expression]) -> Expression:
        """A leaf is read at its point."""
        if node.op in {"fact", "quantity"}:
            return self._at(node).value
        return self._at(node.args[0]).known if node.op == "known" else super().node(node, args)

    def _at(self, node: Term) -> Known:
        return self.points[cast(Point, node.info)].at(str(node.value))


class Formula:
    """A question in one case: what has to hold of the facts, and the claim."""

    def __init__(self, question: Question, case: Case) -> None:
        self.question, self.case, self.must = question, case, list[Expression]()
        self.values = {name: self._value(name, domain) for name, domain in question.inputs.items()}
        self.points = {point: self._symbols(point) for point in question.points}
        emitter = ClaimEmitter(self.points)
        self.where = emitter.emit(question.where)
        self.must += [self.points[point].at(name).known for point, name in question.must_be_known]
        self.term = emitter.emit(question.term)
        self.crooked = emitter.crooked.union(*(one.crooked for one in self.points.values())) & self.sizes.keys()

    def _value(self, name: str, domain: Domain) -> Expression:
        part = self.case.get(name)
        if part is not None and not isinstance(part, tuple):
            return part
        if domain.yes_no:
            return z3.Bool(name)
        made = z3.Int(name)
        self._within(made, domain if part is None else evolve(domain, low=part[0], high=part[1]))
        return made

    def _within(self, value: Expression, domain: Domain) -> None:
        """The declared range of a fact; of a date that it exists."""
        if domain.yes_no:
            return
        self.must += [domain.low <= value, value <= domain.high]
        if domain.values and len(domain.values) < domain.high - domain.low + 1:
            self.must.append(z3.Or([value == one for one in domain.values]))
        if domain.latest is not None:
            self.must.append(value <= domain.latest)
        if domain.day and not constant(value):
            self.must += _a_day(value)

    def _symbols(self, point: Point) -> Symbols:
        """The case at a point, everything emitted that the claim reads there; its lowest node."""
        question = self.question
        values = point.of(self.values)
        for name, _ in point.moved:
            self._within(values[name], question.declared(name))
        plan = question.policy_at(point).plan
        told = {name: Known(value, True) for name, value in values.items()}
        symbols = Symbols(
            plan,
            question.shape,
            question.line[0],
            told=lambda _, fact: told.get(fact.name, Known(0, False)),
            given={name: known for name, known in told.items() if name in question.free},
            quotients=self.must,
        )
        symbols.add(*question.stages_at(point))
        return list(symbols.all())[-1]

    def check(self, extra: Expression, seconds: float, *, anywhere: bool = False) -> Found:
        """Whether something can hold in the case: a case in which it does, or None, or why the solver cannot say.

        `anywhere` asks also where the condition of the question does not hold.

        Every question goes to a solver of its own: adding to one that has answered is where z3 has defects.
        """
        wanted = both(*self.must, True if anywhere else self.where, extra)
        if wanted is False:
            return None
        reason = ""
        for arithmetic in ARITHMETIC:
            solver = z3.Solver()
            solver.set("timeout", max(1, int(seconds * 1000 / len(ARITHMETIC))), "arith.solver", arithmetic)
            solver.add(wanted)
            try:
                said = str(solver.check())
                if said == "sat":
                    return self._found(solver.model())
                if said == "unsat":
                    return None
                reason = solver.reason_unknown()
            except z3.Z3Exception as error:  # a defect of the solver; the other arithmetic may not have it
                reason = str(error)
        return reason

    def _found(self, model: Any) -> dict[str, Value]:
        """The facts of the case that the solver found."""
        out: dict[str, Value] = {}
        for name, value in self.values.items():
            if constant(value):
                out[name] = value
            else:
                found = model.eval(value, model_completion=True)
                out[name] = bool(z3.is_true(found)) if z3.is_bool(value) else found.as_long()
        return out

    def amount(self, found: Mapping[str, Value]) -> int:
        """What the term of the question is in a case that was found."""
        replay = Replay(self.question, found)
        return int(cast(int, replay.holds(replay.values())))

    @property
    def too_crooked(self) -> bool:
        """Whether the solver is not even asked before a number that is multiplied with another, of few values, is enumerated."""
        return any(high - low < ENUMERATED for low, high in (self.sizes[name] for name in self.crooked))

    def at_once(self, wanted: Expression, clock: Clock) -> Found:
        """`check`, with as much time as there is if the case cannot be split."""
        if wanted is False:
            return None
        if self.too_crooked:
            return "products of unknown numbers"
        return self.check(wanted, min(clock.left, FIRST) if self.sizes else clock.left)

    @cached_property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """The ends of each fact that is not fixed in the case."""
        out: dict[str, tuple[int, int]] = {}
        for name, domain in self.question.inputs.items():
            part = self.case.get(name)
            if part is None or isinstance(part, tuple):
                out[name] = part or (domain.low, domain.high)
        return {name: (low, high) for name, (low, high) in out.items() if low < high}

    def met(self, clock: Clock, *, anywhere: bool = False) -> bool:
        """Whether the question speaks of anything in the case; what the solver cannot say is taken as something."""
        return self.check(True, min(clock.left, FIRST), anywhere=anywhere) is not None

    def split(self) -> list[Case]:
        """The case in parts: by the fact that has the fewest values left, of those that are multiplied if there are any."""
        sizes = {name: self.sizes[name] for name in self.crooked} or self.sizes
        if not sizes:
            return []
        name = min(sizes, key=lambda one: sizes[one][1] - sizes[one][0])
        (low, high), domain = sizes[name], self.question.inputs[name]
        if high - low < ENUMERATED:
            values = domain.values or range(low, high + 1)
            return [{**self.case, name: bool(one) if domain.yes_no else one} for one in values if low <= one <= high]
        middle = (low + high) // 2
        return [{**self.case, name: (low, middle)}, {**self.case, name: (middle + 1, high)}]


def _a_day(value: Expression) -> list[Expression]:
    """That a number yyyymmdd is a day of the calendar."""
    year, month, day = (z3.Int(f"{value} {part}") for part in ("year", "month", "day"))
    leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
    short = z3.Or([month == one for one in (4, 6, 9, 11)])
    last = z3.If(month == 2, z3.If(leap, 29, 28), z3.If(short, 30, 31))
    return [value == year * 10_000 + month * 100 + day, month >= 1, month <= 12, day >= 1, day <= last]


def first_cases(question: Question) -> list[Case]:
    """The cases that the finite facts make, as far as they are few.

    Where a number of few values is multiplied with another, that one is enumerated instead: both together are too many.
    """
    if Formula(question, {}).too_crooked:
        return [{}]
    chosen: list[tuple[str, list[Value]]] = []
    many = 1
    for name, domain in sorted(question.inputs.items(), key=lambda one: len(one[1].values)):
        if domain.values and many * len(domain.values) <= AT_ONCE:
            many *= len(domain.values)
            chosen.append((name, [bool(one) if domain.yes_no else one for one in domain.values]))
    names = [name for name, _ in chosen]
    return [dict(zip(names, values, strict=True)) for values in product(*(values for _, values in chosen))]


def decided(question: Question, limit: float, *, sought: bool) -> Outcome:
    """Prove a claim or find a case in which it fails; with `sought`, find a case in which it holds."""
    if not question.term.yes_no:
        raise SortError("claim", "a number", "allowed: what holds or does not, such as q.out_of_pocket >= 0")
    with _LOCK:
        return _decided(question, Clock(limit), sought)


def _decided(question: Question, clock: Clock, sought: bool) -> Outcome:
    open_cases = list(reversed(first_cases(question)))
    done, all_of_them, met = 0, len(open_cases), False
    while open_cases:
        if clock.left <= 0:
            return clock.late(done, all_of_them)
        formula = Formula(question, open_cases.pop())
        wanted = formula.term if sought else opposite(formula.term)
        found = formula.at_once(wanted, clock)
        if found is None:
            done += 1
            met = met or formula.met(clock)
        elif isinstance(found, str):
            parts = formula.split()
            if not parts or clock.left <= 0:
                return clock.late(done, all_of_them) if clock.left <= 0 else gave_up(found)
            open_cases += reversed(parts)
            all_of_them += len(parts) - 1
        else:
            replay = Replay(question, _smallest(formula, wanted, found, clock), sought)
            return Counterexample(replay.facts, replay.checked(), replay, sought)
    return Proved(done) if met else SILENT


SILENT = Unknown(
    "there is no case in which the text states all that is asked about",
    "没有一种情形，文件对所问各项均有规定",
    silent=True,
)
"""A claim that speaks of nothing is not proved by that."""


def gave_up(reason: str) -> Unknown:
    """What is said when the solver gave up."""
    return Unknown(f"the solver gave up: {reason}", f"求解器未能判定: {reason}")


def _smallest(formula: Formula, wanted: Expression, found: dict[str, Value], clock: Clock) -> dict[str, Value]:
    """The case that the solver found with its numbers as small as they can be, one after the other: it is to be read."""
    held: list[Expression] = [wanted]
    for name, value in formula.values.items():
        domain = formula.question.inputs[name]
        if constant(value) or domain.yes_no or domain.day or domain.values:
            continue
        low = max(domain.low, 0) if found[name] >= 0 else domain.low
        guess = low
        while low < found[name] and clock.left > 0:
            smaller = formula.check(both(*held, low <= value, value <= guess), min(clock.left, FIRST))
            if isinstance(smaller, str):
                break
            low, found = (guess + 1, found) if smaller is None else (low, smaller)
            guess = (low + found[name]) // 2
        held.append(value == found[name])
    return found


def largest(question: Question, limit: float) -> Outcome:
    """The most that an amount can be."""
    if question.term.yes_no:
        raise SortError("amount", "yes or no", "allowed: a number, such as q.out_of_pocket")
    with _LOCK:
        return _largest(question, Clock(limit))


def _largest(question: Question, clock: Clock) -> Outcome:
    best: tuple[int, dict[str, Value], Formula] | None = None
    met = False
    open_cases, exact, done = list(reversed(first_cases(question))), True, 0
    while open_cases and clock.left > 0:
        formula = Formula(question, open_cases.pop())
        if formula.too_crooked:
            open_cases += reversed(formula.split())
            continue
        met = met or formula.met(clock, anywhere=True)
        for found in _climb(formula, best[0] if best else None, clock):
            if found is None:
                exact = False
            else:
                best = *found, formula
        done += 1
    exact = exact and not open_cases
    if best is None:  # either there is no case at all, or none was found
        if exact:
            return Proved(done) if met else SILENT
        return clock.late(done, done + len(open_cases)) if clock.left <= 0 else gave_up("")
    value, facts, formula = best
    replay = Replay(question, _smallest(formula, formula.term == value, facts, clock), value)
    example = Counterexample(replay.facts, replay.checked(), replay, sought=True)
    return Most(value, example, exact, replay)


def _climb(formula: Formula, best: int | None, clock: Clock) -> Iterator[tuple[int, dict[str, Value]] | None]:
    """Ever larger amounts in one case, each with its facts; None where the solver could not say whether there is more.

    The steps double until there is no more, and then halve.
    """
    term, step, over = formula.term, 1, None
    while clock.left > 0:
        found = formula.check(True if best is None else term >= best + step, min(clock.left, 4 * FIRST))
        if isinstance(found, str):
            yield None
            return
        if found is not None:
            best = formula.amount(found)
            yield best, found
            step = 2 * step if over is None else step
        elif best is None:
            return
        else:
            over = best + step
        if over is not None and best is not None:
            if best + 1 >= over:
                return
            step = (over - best) // 2
    yield None
