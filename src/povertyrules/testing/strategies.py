"""Hypothesis strategies for facts, households, bills, policies and tables. They need the extra `testing`.

    from hypothesis import given
    from povertyrules.testing.strategies import households

    @given(households(zz))
    def test_something(home): ...

About half of what is drawn is a boundary value of the policy itself: a day on which an age is reached, a bill at which a
bracket begins, and what lies one fen or one day beside it (`thresholds`). What is drawn is accepted by the entities, and by the
policy on its day. A failing household shrinks to the facts that matter.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

import attrs

try:
    from hypothesis import strategies as st
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError("strategies need hypothesis: pip install 'povertyrules[testing]'", name="hypothesis") from missing

from povertyrules.core.entity import describe
from povertyrules.core.errors import InputError, RangeError, SortError
from povertyrules.core.facts import EARLIEST, LATEST, Fact, Sort
from povertyrules.entities import Household, Person, Treatment
from povertyrules.policy import Policy
from povertyrules.policy import policy as policy_of
from povertyrules.registry import policies as registered
from povertyrules.testing.tables import Tables, check_engine, check_world, tables_of
from povertyrules.testing.thresholds import ONE_DAY, choices, days, declared, numbers
from povertyrules.testing.trees import NAMES, Maker, Take, share

T = TypeVar("T")
LONG_YEAR = 40
"""The most bills in a year that is drawn; the entities allow more."""
CHUNK = 192
"""How many bytes are drawn at a time."""


def boundaries(policy: Policy, name: str) -> st.SearchStrategy[object]:
    """Boundary values of a fact, or of a quantity that is given outright.

    They are where a rule of the policy turns, one below, one above, and the ends of the declared range. Money is whole fen,
    areas are hundredths, dates are `datetime.date`, categories are members. Of a date: the days on which a threshold age is
    reached, the days before and after. Raises `UnknownName`; `SortError` for texts, which no rule reads.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> from hypothesis import find
    >>> find(boundaries(zz, "age"), lambda age: age > 80)
    81
    """
    fact = declared(policy, name)
    return st.sampled_from(edges(policy, fact))


def edges(policy: Policy, fact: Fact) -> tuple[object, ...]:
    """The boundary values of a fact, the simplest first."""
    match fact.sort:
        case Sort.YES_NO | Sort.CATEGORY:
            return choices(fact)
        case Sort.DATE:
            return days(policy, fact.name)
        case Sort.KINDS:
            codes = tuple(map(int, fact.kinds or ()))
            return ((), *((code,) for code in codes), codes)
        case Sort.TEXT | Sort.IDENTITY:
            raise SortError("name", fact.name, "allowed: a fact that a rule can read; a text has no boundaries")
        case _:
            return numbers(policy, fact.name)


def fact(policy: Policy, name: str) -> st.SearchStrategy[object]:
    """Values of a fact, or of a quantity that is given outright: boundary values, and any others of the declared range.

    They are what calculators and `policy.evaluate` take. Raises `UnknownName`.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> from hypothesis import find
    >>> print(find(fact(zz, "born"), lambda day: day < zz.on))
    2017-06-29
    """
    found = declared(policy, name)
    match found.sort:
        case Sort.YES_NO | Sort.CATEGORY:
            return st.sampled_from(choices(found))
        case Sort.KINDS:
            return st.lists(st.sampled_from(tuple(map(int, found.kinds or ()))), unique=True, max_size=4).map(tuple)
        case Sort.TEXT:
            return st.sampled_from(NAMES)
        case Sort.IDENTITY:  # there is no region 000000, so the number is nobody's
            return st.from_regex(r"000000[0-9]{11}[0-9X]|000000[0-9]{9}", fullmatch=True)
        case Sort.DATE:
            latest = min(LATEST, policy.on) if found.past else LATEST
            return st.one_of(st.sampled_from(edges(policy, found)), st.dates(EARLIEST, latest))
        case _:
            return st.one_of(st.sampled_from(edges(policy, found)), st.integers(*found.codes))


def facts(policy: Policy, *names: str, unknown: float = 0.0) -> st.SearchStrategy[dict[str, object]]:
    """Facts, or quantities given outright, by name: what `policy.evaluate` takes, and calculators as keywords.

    Where `unknown` is not 0, a fact can be left out. Raises `UnknownName`, `InputError` if no name is given.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> find(facts(zz, "age", "receives_dibao"), lambda told: told["age"] >= 80)
    {'age': 80, 'receives_dibao': False}
    """
    if not names:
        raise InputError("names", None, "allowed: the names of facts or quantities, such as 'age'")
    share(unknown)
    drawn = {name: fact(policy, name) for name in names}
    made = st.fixed_dictionaries({}, optional=drawn) if unknown else st.fixed_dictionaries(drawn)
    return made.map(lambda found: _not_after(policy, found)) if "on" in names else made


def _not_after(policy: Policy, found: dict[str, object]) -> dict[str, object]:
    """The facts with the past ones not after the day of the case."""
    on = found.get("on", policy.on)
    for name, value in found.items():
        declaration = policy.plan.facts.get(name)
        if declaration and declaration.past and isinstance(value, datetime.date) and isinstance(on, datetime.date):
            found[name] = min(value, on)
    return found


class Printer(Protocol):
    """What a pretty printer can do."""

    def text(self, said: str) -> None:
        """Print a text."""

    def pretty(self, one: object) -> None:
        """Print an object."""


def _print_told(one: object, printer: Printer, cycle: bool) -> None:
    """Print an entity by what it tells, as it could be written."""
    shape = describe(type(one))
    told = {name: getattr(one, name) for name in (*shape.facts, *shape.children)}
    printer.text(f"{type(one).__name__}(")
    for i, (name, value) in enumerate((name, value) for name, value in told.items() if value is not None):
        printer.text(f"{', ' if i else ''}{name}=")
        printer.pretty(value)
    printer.text(")")


def _print_policy(policy: Policy, printer: Printer, cycle: bool) -> None:
    """Print a policy by its name and day, and what was chosen against the defaults; not by all its packs."""
    chosen = "".join(f" {name}={choice}" for name, choice in policy.choices_made.items())
    printer.text(f"{policy!r}{chosen}")


def _printed_by(cls: type, how: Callable[[Any, Printer, bool], None]) -> None:
    """Let the pretty printers of Hypothesis and IPython, which share a protocol, print objects of a class in some way."""
    setattr(cls, "_repr_pretty_", how)  # noqa: B010 - no attribute of the class: only printers look for it


_printed_by(Policy, _print_policy)


@lru_cache(maxsize=64)
def _bytes(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _taking(draw: st.DrawFn) -> Take:
    """Bytes from Hypothesis, so many at a time as is fast."""
    held = bytearray()

    def take(size: int) -> bytes:
        while len(held) < size:
            held.extend(draw(_bytes(CHUNK)))
        out = bytes(held[:size])
        del held[:size]
        return out

    return take


def entities(policy: Policy, kind: type[T], *, unknown: float = 0.15, most: int = 3, lists: bool = False) -> st.SearchStrategy[T]:
    """Entities of a class with all that hangs below them: any class of the policy's world.

    `unknown` is the share of facts that are left out (and a third of it the share of lists); `most` is the longest list;
    `lists=True` tells every list, and leaves it empty where there is nothing, as tables do. Raises `UnknownName`, `RangeError`.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> int(find(entities(zz, pr.Treatment, unknown=0), lambda bill: bill.hospital_grade == 3).hospital_grade)
    3
    """
    maker = Maker(policy, unknown=unknown, most=most, lists=lists)
    name = maker.kind(kind.__name__)
    for entity in policy.world.entities.values():
        _printed_by(entity.cls, _print_told)

    @st.composite
    def made(draw: st.DrawFn) -> object:
        return maker.make(name, _taking(draw))

    return cast("st.SearchStrategy[T]", made())


def households(policy: Policy, *, unknown: float = 0.15, most: int = 3, lists: bool = False) -> st.SearchStrategy[Household]:
    """Whole households: status, members with their bills, income, houses, plots, deaths; options as for `entities`.

    In a world of one's own, they are whatever stands at its top.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> len(find(households(zz), lambda home: home.persons).persons)
    1
    """
    return cast("st.SearchStrategy[Household]", entities(policy, policy.world_root, unknown=unknown, most=most, lists=lists))


def persons(policy: Policy, *, unknown: float = 0.15, most: int = 3, lists: bool = False) -> st.SearchStrategy[Person]:
    """Members of households, with their bills; options as for `entities`.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> find(persons(pr.policy("zaozhuang-hitech", on="2017-06-30")), lambda person: person.unable_to_care).unable_to_care
    True
    """
    return entities(policy, Person, unknown=unknown, most=most, lists=lists)


@st.composite
def treatment_sequences(draw: st.DrawFn, policy: Policy, *, most: int = 6, dated: bool | None = None) -> list[Treatment]:
    """A year of bills, by day of admission: what `policy.medical.settle_year` takes.

    All are of one calendar year, that of the policy's day or the one before. Every bill has its cost and the grade of its
    hospital; `dated` says whether they have dates (None: some years do). Raises `RangeError`.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> len(find(treatment_sequences(zz), lambda bills: sum(bill.in_scope for bill in bills) > 0))
    1
    """
    if not 0 <= most <= LONG_YEAR:
        raise RangeError("most", most, f"allowed: 0 to {LONG_YEAR} bills")
    bills = draw(st.lists(entities(policy, Treatment, unknown=0), max_size=most))
    if not (draw(st.booleans()) if dated is None else dated):
        return [attrs.evolve(bill, admitted=None) for bill in bills]
    year = policy.on.year - draw(st.integers(0, 1))
    first, last = datetime.date(year, 1, 1), min(datetime.date(year, 12, 31), policy.on)
    inside = st.one_of(st.sampled_from((first, last)), st.dates(first, last))
    admitted = sorted(draw(st.lists(inside, min_size=len(bills), max_size=len(bills))))
    return [attrs.evolve(bill, admitted=day) for bill, day in zip(bills, admitted, strict=True)]


@st.composite
def policies(draw: st.DrawFn, *of: str | Policy, days: bool = True, readings: bool = True) -> Policy:
    """Policies: of the packs that the library holds, or of those named (or given, such as one of a pack of your own).

    `days` draws a day on which one of their sections begins, ends or is last spoken of, the day before and after, and days
    between; `readings` draws a choice for each interpretation. Without `days` the day is that of the policy given, or the last
    of those on which anything is said. Raises `UnknownName`.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> found = find(policies("zaozhuang-hitech"), lambda policy: policy.choice("rounding.mode") == "down")
    >>> found.name
    'zaozhuang-hitech'
    """
    base = draw(st.sampled_from(of or tuple(registered())))
    spoken = turning_days(base)
    on = draw(st.sampled_from(spoken)) if days else spoken[0] if isinstance(base, str) else base.on
    made = named(base, on) if isinstance(base, str) else attrs.evolve(base, on=on) if on != base.on else base
    for name, register in sorted(made.interpretations.items()) if readings else ():
        options = (register.default, *(choice for choice in register.choices if choice != register.default))
        choice = draw(st.sampled_from(options))
        made = made if choice == made.choice(name) else made.reading(name, choice)
    return made


@lru_cache(maxsize=256)
def named(name: str, on: datetime.date) -> Policy:
    """A policy of the library, made once."""
    return policy_of(name, on=on)


@lru_cache(maxsize=64)
def turning_days(of: str | Policy) -> tuple[datetime.date, ...]:
    """The days on which sections of a policy begin, end or are last spoken of, with those beside them; the latest first."""
    chain = named(of, datetime.date(2017, 6, 30)).chain if isinstance(of, str) else of.chain
    found: set[datetime.date] = set()
    for section in (section for pack in chain for section in pack.sections()):
        turns = {section.start, section.until, section.last_seen, *section.starts.values()} - {None}
        found |= {day + by * ONE_DAY for day in turns if day is not None and day > EARLIEST for by in (-1, 0, 1)}
    halves = {day.replace(month=6, day=30) for day in found}
    return tuple(sorted((day for day in found | halves if EARLIEST <= day <= LATEST), reverse=True))


@st.composite
def frames(
    draw: st.DrawFn,
    policy: Policy,
    engine: str = "polars",
    *,
    unknown: float = 0.15,
    most: int = 3,
    least_rows: int = 1,
    most_rows: int = 5,
) -> Tables:
    """Tables of households, of their members and of all else, as frames of Polars, pandas or PyArrow, money in fen.

    `policy.assess_frames(**tables.frames, unit="fen")` takes them. `tables.households` are the objects of which they are made.
    Raises `UnknownName` for another engine, `InputError` for a policy of another world than the library's,
    `ModuleNotFoundError` without the extra `frames`.

    >>> import povertyrules as pr
    >>> from hypothesis import find
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> tables = find(frames(zz), lambda tables: True)
    >>> zz.assess_frames(**tables.frames, unit="fen").households.height
    1
    """
    check_world(policy)
    check_engine(engine)
    homes = draw(st.lists(households(policy, unknown=unknown, most=most, lists=True), min_size=least_rows, max_size=most_rows))
    return tables_of(policy, homes, engine)
