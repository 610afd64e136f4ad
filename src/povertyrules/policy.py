"""A policy: the packs of a jurisdiction on a day, the areas, and the choices made; nothing in it is ever mutated."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from povertyrules.bounding import Bounding
from povertyrules.case import Case
from povertyrules.citing import Citing
from povertyrules.comparing import Comparing
from povertyrules.conventions import COUNTING
from povertyrules.core.area import Area
from povertyrules.core.citation import RuleEntry, Section, Titled
from povertyrules.core.entity import World
from povertyrules.core.errors import DateError, InputError, NoAnswer, NoSuchRule, NotInForce, PackError, PastLastDate, UnknownName
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.interpretation import DECLARED, Register
from povertyrules.core.pack import Pack
from povertyrules.core.plan import Plan
from povertyrules.core.rule import rules_of
from povertyrules.core.turning import Row, choices_of
from povertyrules.engine import Engine
from povertyrules.entities import WORLD, Household
from povertyrules.inforce import Change, declared_rules, in_force, readings_in, value_paths
from povertyrules.nodes import Builder
from povertyrules.proving import Proving
from povertyrules.registry import alias, all_areas, below, builtin, own, path_of
from povertyrules.rooms import Rooms
from povertyrules.scaling import Scaling
from povertyrules.uses.compute import Program

if TYPE_CHECKING:
    from povertyrules.core.findings import Findings
    from povertyrules.statement import Statement

M = TypeVar("M")
PAST = ("warn", "refuse", "extend")


def policy(
    name: str | None = None,
    *,
    on: str | datetime.date,
    path: str | Path | None = None,
    overlay: str | Path | None = None,
    past: str = "warn",
    areas: tuple[type[Area], ...] | None = None,
    world: World = WORLD,
) -> Policy:
    """The policy of a jurisdiction on a day.

    `name` is a path or an alias ("zaozhuang-hitech"); `path` loads a pack of your own, below the jurisdiction that its
    `within` names; `overlay` is a pack whose sections win over the others. `past` says what happens past the last date for
    which a document speaks: "warn" (a statement notes it), "refuse" or "extend". `areas` and `world` are for rules of your own.

    Raises `UnknownName`, `DateError`, `PackError`.

    >>> policy("zaozhuang-hitech", on="2017-06-30")
    <Policy zaozhuang-hitech on 2017-06-30>
    """
    day = _day(on)
    if past not in PAST:
        raise UnknownName.among("past", past, PAST)
    if (name is None) == (path is None):
        raise InputError(
            "policy",
            name,
            "allowed: either a name or path=, such as policy('zaozhuang-hitech', on='2017-06-30')",
        )
    areas = all_areas() if areas is None else areas
    chain = builtin(path_of(name), areas) if name is not None else ()
    if path is not None:
        chain = own(path, areas)
    if overlay is not None:
        chain = (*chain, below(overlay, chain, areas))
    return Policy(chain, day, past=past, areas=areas, world=world, spec=(name, path, overlay))


def _day(on: str | datetime.date) -> datetime.date:
    fact = Fact(name="on", zh="日期", en="date", sort=Sort.DATE)
    found = fact.read(on, field="on")
    fact.check(found, field="on")
    if not isinstance(found, datetime.date):
        raise DateError("on", found, fact.allowed)
    return found


@frozen(eq=False, repr=False)
class Policy(Rooms, Citing, Bounding, Proving, Comparing, Scaling):
    """The rules of a jurisdiction on a day. Areas are its attributes: `policy.medical.settle(…)`.

    `reading`, `local` and `reform` give another policy; a policy pickles by its packs, day and choices.
    """

    chain: tuple[Pack, ...]
    on: datetime.date
    choices_made: Mapping[str, str] = field(factory=dict, kw_only=True)
    changes: tuple[Change, ...] = field(default=(), kw_only=True)
    past: str = field(default="warn", kw_only=True)
    areas: tuple[type[Area], ...] = field(factory=all_areas, kw_only=True)
    world: World = field(default=WORLD, kw_only=True)
    spec: tuple[object, ...] = field(default=(), kw_only=True)

    def __repr__(self) -> str:
        return f"<Policy {self.name} on {self.on}>"

    @property
    def name(self) -> str:
        """The short name of the jurisdiction."""
        return alias(self.chain[-1].jurisdiction.path)

    def __reduce__(self) -> tuple[object, ...]:
        name, path, overlay = self.spec
        return _rebuild, (
            name,
            path,
            overlay,
            self.on,
            self.past,
            self.areas,
            self.world_root,
            dict(self.choices_made),
            self.changes,
        )

    @property
    def world_root(self) -> type:
        """The class of the topmost entity."""
        return next(iter(self.world.entities.values())).cls

    def _with(self, **changed: object) -> Policy:
        return evolve(self, **changed)  # type: ignore[arg-type]

    # ---- sections and choices -----------------------------------------------------------------------------------

    @cached_property
    def _state(self) -> tuple[dict[str, Section], dict[str, NoAnswer]]:
        """The sections in force by path, and why the others are not."""
        return in_force(self.chain, self.on, self.past, self.changes, self.choices)

    @property
    def live(self) -> dict[str, Section]:
        """The sections in force, by path."""
        return self._state[0]

    @cached_property
    def rules(self) -> dict[str, RuleEntry]:
        """Every rule that the packs declare, by id."""
        return {name: entry for pack in self.chain for name, entry in pack.rules.items()}

    @cached_property
    def registers(self) -> dict[str, Register]:
        """What the packs say about each interpretation; the nearest pack wins."""
        return {name: register for pack in self.chain for name, register in pack.readings.items()}

    @cached_property
    def interpretations(self) -> dict[str, Register]:
        """The ambiguities that bear on the rules in force, with their choices, default and reason."""
        held = {rule for section in self.live.values() for rule in section.rules}
        rows = (section.model for section in self.live.values() if isinstance(section.model, Row))
        # those that name no rules, since several documents share them: of areas that are in force, of all areas, of rows
        idle = {area.name for area in self.areas} - {path.partition(".")[0] for path in self.live}
        shared = {name for row in rows for name, _ in choices_of(row)}
        shared |= {name for name in DECLARED if name.partition(".")[0] not in idle}
        found = self.registers.items()
        return {name: one for name, one in found if (held & set(one.rules) if one.rules else name in shared)}

    @cached_property
    def choices(self) -> dict[str, str]:
        """The chosen reading of every interpretation."""
        return {name: register.default for name, register in self.registers.items()} | dict(self.choices_made)

    def choice(self, name: str) -> str:
        """The chosen reading of an interpretation."""
        if name not in self.choices:
            raise UnknownName.among("reading", name, self.registers)
        return self.choices[name]

    def reading(self, name: str, choice: str) -> Policy:
        """The policy under another reading of an interpretation; this one is unchanged.

        >>> policy("zaozhuang-hitech", on="2017-06-30").reading("medical.preference", "on_top").choice("medical.preference")
        'on_top'
        """
        if name not in self.registers:
            raise UnknownName.among("reading", name, self.registers)
        made = self._with(choices_made={**self.choices_made, name: self.registers[name].checked(choice)})
        if not any(section.dated_by == name for pack in self.chain for section in pack.sections()):
            # what is in force stays so, and the traced rules hold every reading: neither is worked out again
            object.__setattr__(made, "_state", self._state)
            object.__setattr__(made, "wired", self.wired)
        return made

    def local(self, values: Mapping[str, object], *, source: str) -> Policy:
        """The policy with figures that the text does not print, by path, cited as supplied by the caller.

        Money is a string of yuan or an integer of fen; a rate a string such as "70 %".

        >>> zz = policy("zaozhuang-hitech", on="2016-06-30")
        >>> told = zz.local({"income.provincial.lines[2016]": "3402"}, source="county notice")
        >>> print(told.income.line(2016))
        3,402.00 yuan a year
        """
        return self._changed(values, source, "supplied")

    def reform(self, values: Mapping[str, object], *, source: str = "reform") -> Policy:
        """The policy with some values changed, cited as hypothetical.

        >>> from povertyrules import yuan
        >>> zz = policy("zaozhuang-hitech", on="2017-06-30").reform({"elderly.old_age.bands[80]": yuan(50)})
        >>> print(zz.elderly.allowances(age=85, receives_dibao=False, unable_to_care=False).old_age)
        50.00 yuan a month
        """
        return self._changed(values, source, "hypothetical")

    def _changed(self, values: Mapping[str, object], source: str, kind: str) -> Policy:
        made = tuple(Change(path, value, source, kind) for path, value in values.items())
        changed = self._with(changes=(*self.changes, *made))
        changed._state  # noqa: B018 - refuse a bad path or value now
        return changed

    def sections(self, area: str, model: type[M]) -> dict[str, M]:
        """The parameters in force of an area that are of a model, by path."""
        found = {p: s.model for p, s in self.live.items() if p.startswith(f"{area}.")}
        return {p: m for p, m in found.items() if isinstance(m, model)}

    @property
    def out_of_force(self) -> Mapping[str, NoAnswer]:
        """The sections that are not in force on the day, by path, and why."""
        return self._state[1]

    def lacks(self, model: type) -> NoAnswer:
        """Why no section of a model is in force."""
        late = (s.path for pack in self.chain for s in pack.sections() if isinstance(s.model, model))
        nothing = NoSuchRule(f"the documents of {self.name} hold no such rule")
        return next((self._state[1][path] for path in late if path in self._state[1]), nothing)

    def paths(self) -> list[str]:
        """The paths of all values in force, as `local` and `reform` take them."""
        return value_paths(self.live)

    @cached_property
    def wired(self) -> Plan:
        """The rules in force, traced, every reading held."""
        live, why = self._state
        plan = Plan.wire(
            self.world,
            [*live.values(), *([COUNTING] if self.world is WORLD else [])],
            declared_rules(self.chain, self.areas, why),
        )
        for name, options in readings_in(plan).items():
            self._check_register(name, options)
        return plan

    def _check_register(self, name: str, options: tuple[str, ...]) -> None:
        """Refuse a pack that does not say how to read what its rules turn on."""
        at = f'interpretations."{name}"'
        choices = ", ".join(options)
        if name not in self.registers:
            reason = f"the rules turn on it, and no pack says how to read it: add [{at}] with choices {choices}"
            raise PackError(self.chain[-1].file, at, reason)
        if set(self.registers[name].choices) != set(options):
            raise PackError(self.chain[-1].file, at, f"its choices must be {choices}")

    @cached_property
    def absent(self) -> dict[str, NoAnswer]:
        """Quantities that some area knows and this policy does not supply, and why."""
        found = self.wired.quantities.items()
        return {n: q.term.info for n, q in found if q.term.op == "unstated" and isinstance(q.term.info, NoAnswer)}

    @cached_property
    def plan(self) -> Plan:
        """The plan under the readings chosen."""
        return self.wired.under(self.choices)

    @cached_property
    def entitlements(self) -> tuple[str, ...]:
        """The quantities that a statement shows, in the order of the areas."""
        return tuple(name for name in self.entitled if name not in self.absent)

    @cached_property
    def not_in_force(self) -> dict[str, NoAnswer]:
        """The entitlements for which the documents speak on other days, and why not on this one.

        >>> sorted(policy("zaozhuang-hitech", on="2010-01-01").not_in_force)[:2]
        ['basic_insurance', 'basic_pension']
        """
        late = (NotInForce, PastLastDate)
        return {name: self.absent[name] for name in self.entitled if isinstance(self.absent.get(name), late)}

    @cached_property
    def entitled(self) -> dict[str, Titled]:
        """The labels of every entitlement that some area knows."""
        models = (model for area in self.areas for model in area.models.values())
        return {name: Titled(r.zh, r.en) for model in models for name, r in rules_of(model).items() if r.line}

    def program(self, targets: Iterable[str], given: Iterable[str] = ()) -> Program:
        """The compiled program for some targets, compiled once."""
        return self.engine.program(tuple(targets), frozenset(given))

    def source(self, calculator: object) -> str:
        """The Python function that runs for a calculator or for quantities.

        >>> "def person_0(v):" in policy("zaozhuang-hitech", on="2017-06-30").source("longevity_allowance")
        True
        """
        return self.engine.source(calculator)

    # ---- cases ------------------------------------------------------------------------------------------------

    def evaluate(self, targets: tuple[str, ...], facts: Mapping[str, object]) -> Case:
        """Compute quantities from facts, or from quantities that are given outright; a name left out is unknown."""
        program, node = self.engine.run(targets, facts)
        return Case(self, program, node, node)

    @cached_property
    def engine(self) -> Engine:
        """What runs the rules."""
        return Engine(self.plan, self.on, self.rules)

    @property
    def builder(self) -> Builder:
        """What turns facts into nodes."""
        return self.engine.builder

    def assess(self, household: Household, *, untold: str = "unknown") -> Statement:
        """Everything that a household and its members are entitled to, refused and left undecided, as a statement.

        `untold="absent"` takes unknown yes/no statuses as "no", and the statement lists what it assumed. Raises `DateError` if
        the income period is not twelve months.

        >>> from povertyrules import Household, Person
        >>> home = Household(persons=[Person(name="A", born="1932-05-01", receives_dibao=False, unable_to_care=False)])
        >>> [str(line.amount) for line in policy("zaozhuang-hitech", on="2017-06-30").assess(home).lines]
        ['30.00 yuan a month', 'at least 100.00 yuan a month']
        """
        if untold not in ("unknown", "absent"):
            raise UnknownName.among("untold", untold, ("unknown", "absent"))
        from povertyrules.statement import Statement

        program = self.program(self.entitlements)
        root = self.engine.tree(household)
        assumed = self.engine.take_as_absent(root) if untold == "absent" else ()
        program.run(root)
        return Statement.of(self, program, root, household, assumed)

    def check(self, household: Household) -> Findings:
        """What the checks of all areas find in a household: applications for houses, finished houses, exits, fees charged.

        Only what the household tells something of is checked; the findings name the field and the provision.

        >>> from povertyrules import Dwelling, Household, Person
        >>> house = Dwelling(house_grade="B", grade_confirmed=True, willing=True)
        >>> home = Household(registered_poor=True, persons=[Person()], dwellings=[house])
        >>> [one.field for one in policy("zaozhuang-hitech", on="2018-06-30").check(home)]
        ['dwellings[0].house_grade']
        """
        from povertyrules.checks import check_household

        self.engine.tree(household)  # what an assessment refuses, such as a birth after the day, is refused here too
        return check_household(self, household)


def _rebuild(
    name: str | None,
    path: str | Path | None,
    overlay: str | Path | None,
    on: datetime.date,
    past: str,
    areas: tuple[type[Area], ...],
    root: type,
    choices: dict[str, str],
    changes: tuple[Change, ...],
) -> Policy:
    world = WORLD if root is Household else World.below(root)
    made = policy(name, on=on, path=path, overlay=overlay, past=past, areas=areas, world=world)
    return made._with(choices_made=choices, changes=changes)
