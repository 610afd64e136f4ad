"""`assess_frames`: everything that the rules say of the households in some tables."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, evolve, field, frozen
from narwhals import Expr, Int64, col

from povertyrules.core.errors import UnknownName
from povertyrules.core.facts import Fact
from povertyrules.core.plan import Plan
from povertyrules.core.ranges import Range
from povertyrules.frames import names as called
from povertyrules.frames.asking import BILLS, FINDINGS, list_column, list_fact, manner_of, wanted
from povertyrules.frames.engines import column_names, entered, is_dask, same_engine
from povertyrules.frames.flat import households
from povertyrules.frames.found import all_chosen, told_by
from povertyrules.frames.ids import family_of, sound_ids
from povertyrules.frames.inputs import scale_of, wire
from povertyrules.frames.noting import note_blanks, note_results
from povertyrules.frames.parts import assess_parts
from povertyrules.frames.reading import read, read_objects
from povertyrules.frames.reasons import add_reasons
from povertyrules.frames.report import Report
from povertyrules.frames.run import Manner, Table, blanks, filling, told_literals
from povertyrules.frames.tables import Family, summed, unknown_of
from povertyrules.policy import Policy
from povertyrules.uses.scale.boundary import EMPTY, Input
from povertyrules.uses.scale.columns import Columns, planned

TABLES = {
    "persons": "Person",
    "households": "Household",
    "treatments": "Treatment",
    "incomes": "Income",
    "dwellings": "Dwelling",
    "plots": "Plot",
    "deaths": "Death",
}
"""The entity whose rows a table holds."""
ORDER = ("households", "persons", *(name for name in TABLES if name not in ("households", "persons")))
"""What is above is read first."""
TABLELESS: dict[str, object] = dict.fromkeys(("persons", "households", "dwellings", "plots", "deaths"))
"""The tables that have results."""
UNDECIDED = {"en": "undecided", "zh": "未定项数"}


@frozen(eq=False)
class Assessed:
    """The tables that came in, with their results; `households` is made where one flat table came in.

    It unpacks as persons and households.
    """

    persons: Any
    households: Any
    dwellings: Any = None
    plots: Any = None
    deaths: Any = None

    def __iter__(self) -> Iterator[Any]:
        yield from (self.persons, self.households)


@define(eq=False)
class Assessment:
    """One call: the policy, the frames by table, and how they are to be read."""

    policy: Policy
    frames: Mapping[str, object]
    ids: Mapping[str, str]
    unit: str
    chosen: Mapping[str, str]
    targets: tuple[str, ...]
    reasons: bool
    manner: Manner
    told: dict[str, dict[str, str]] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    tables: dict[str, Table] = field(factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan of the policy."""
        return self.policy.plan

    @property
    def readable(self) -> list[str]:
        """What a column may tell."""
        return [*self.plan.facts, *(name for name, quantity in self.plan.quantities.items() if quantity.rule)]

    @property
    def filled(self) -> list[str]:
        """The facts that count as something where nobody told them."""
        return [name for name, fact in self.plan.facts.items() if filling(fact, self.manner.absent) is not None]

    @property
    def flat(self) -> bool:
        """Whether one table holds persons and households."""
        return "households" not in self.frames

    def run(self) -> dict[str, object]:
        """The tables with their results."""
        self.find()
        columns = self.planned()
        self.enter()
        family = self.family()
        for name in sorted(self.tables, key=list(ORDER).index):
            self.read(name, family, columns.ranges)
            if name == "persons" and self.flat:
                self.derive(family, columns.ranges)
            sound_ids(family, name, self.manner)
        if self.manner.report is not None:
            self.note(self.manner.report)
        self.literals(columns)
        family.run(columns)
        return self.finished(family, columns)

    # ---- what there is ----------------------------------------------------------------------------------------

    def find(self) -> None:
        """Find out which column of which table tells what."""
        found: dict[str, dict[str, str]] = {}
        seen: dict[str, tuple[str, ...]] = {}
        for name, frame in self.frames.items():
            there = column_names(frame)
            seen[name] = there
            for key in self.keys_in(name):
                if key not in there:
                    raise UnknownName.among(f"{name}: column", key, there)
            found[name] = told_by(self.plan, self.entities_in(name), there, self.chosen, frozenset(self.targets))
            if name == "persons" and BILLS not in self.frames:
                found[name] |= list_column(self.plan, BILLS, there)
        all_chosen(self.chosen, found.values(), [column for there in seen.values() for column in there], self.readable)
        self.told = found

    def enter(self) -> None:
        """Bring every frame to the table that is worked on."""
        for name, frame in self.frames.items():
            needed = tuple(dict.fromkeys([*self.told[name].values(), *self.keys_in(name)]))
            engine = entered(frame, needed, functools.partial(self.objects, name))
            table = Table.of(engine)
            self.tables[name] = table.numbered() if engine.eager else table

    def entities_in(self, table: str) -> list[str]:
        """The entities whose facts a table can tell: a bill may stand in the person's row, and so may the household."""
        out = [TABLES[table]]
        if table == "persons":
            out += ["Treatment"] * ("treatments" not in self.frames) + ["Household"] * self.flat
        return out

    def keys_in(self, table: str) -> list[str]:
        """The columns of ids that a table needs."""
        if table == "treatments":
            return [self.ids["persons"]]
        out = [self.ids["households"]]
        return [*out, self.ids["persons"]] if table == "persons" and "treatments" in self.frames else out

    def objects(self, table: str, column: str, cells: Iterable[object]) -> list[int | None] | None:
        """A column of Python objects as whole numbers; ids stay what they are."""
        names = [name for name, told in self.told[table].items() if told == column]
        if not names:
            return None
        facts = [self.facts[name] for name in names]
        return read_objects(column, cells, facts, scale_of(facts[0], self.unit), self.manner)

    # ---- the plan ---------------------------------------------------------------------------------------------

    def planned(self) -> Columns:
        """What is computed, and where."""
        there = {entity: name for name, entity in TABLES.items() if name in self.frames}
        there["Household"] = "households"
        in_row = "treatments" not in self.frames and any(
            self.plan.facts[n].entity == "Treatment" for n in self.told["persons"] if n in self.plan.facts
        )
        if in_row:
            there["Treatment"] = "persons"
        known = [name for table in self.told.values() for name in table if name != BILLS]
        wiring = wire(self.plan, self.targets, ["on", *known])
        self.facts = {**wiring.facts, BILLS: list_fact(self.plan, BILLS)}
        lists = {"persons", *self.frames} | ({"treatments"} if in_row else set())
        targets = self.targets or tuple(n for n in self.policy.entitlements if self.plan.quantities[n].entity in there)
        if not targets and self.policy.not_in_force:
            raise next(iter(self.policy.not_in_force.values()))
        for name in targets:
            if self.plan.quantities[name].entity not in there:
                raise UnknownName(name, name, f"no table of {self.plan.quantities[name].entity.lower()}s was given")
        told = frozenset({"on", *known, *self.filled})
        return planned(self.plan, targets, wiring.given, tuple(there.items()), told, frozenset(lists))

    def family(self) -> Family:
        """The tables and how they refer to each other."""
        world = self.plan.world
        most: dict[str, tuple[int, int]] = {}
        for name in (n for n in self.frames if n != "households"):
            parent = world.parents[TABLES[name]]
            assert parent is not None
            most[name] = world.least(parent[0], parent[1]), parent[2]
        return family_of(self.tables, self.ids, most)

    # ---- reading ----------------------------------------------------------------------------------------------

    def read(self, name: str, family: Family, ranges: Mapping[str, Range]) -> None:
        """Read a table at the boundary; a date in it is held against the household's own day."""
        table, told = self.tables[name], self.told[name]
        if any(self.facts[fact].past for fact in told) and name in family.above and not self.flat:
            family.bring("households", name, ["on"])
        schema = table.frame.collect_schema()
        inputs = [
            Input(fact, column, self.facts[fact], schema[column], self.scale(table, fact, column))
            for fact, column in told.items()
            if not isinstance(schema[column], EMPTY)
        ]
        later = {fact for fact in told if fact != BILLS and self.flat and self.home(fact) == "Household"}
        read(table, inputs, self.manner, {**ranges, BILLS: Range(0, 1)}, self.policy.builder.on, later)

    def scale(self, table: Table, fact: str, column: str) -> int:
        """How many of the library's whole numbers there are in one of the column's."""
        return 1 if column in table.engine.objects else scale_of(self.facts[fact], self.unit)

    def note(self, report: Report) -> None:
        """Say what was read, and what was not."""
        for name, table in ((name, self.tables[name]) for name in self.frames):
            report.used |= self.told[name]
            kept = {*self.told[name].values(), *self.keys_in(name)}
            report.unused = (*report.unused, *(column for column in table.engine.names if column not in kept))
        if not self.targets:
            report.not_in_force |= {name: str(why) for name, why in self.policy.not_in_force.items()}

    def literals(self, columns: Columns) -> None:
        """Tell the households the day, and what is counted as nothing where nobody told it."""
        homes = self.tables["households"]
        if "on" not in homes.leaves:
            told_literals(homes, {"on": self.policy.on}, self.facts, columns.ranges)
        for entity, name in columns.tables.items():
            taken = blanks(self.tables[name], columns, self.manner.absent, entity)
            if self.manner.report is not None:
                note_blanks(self.manner.report, self.plan.facts, taken, self.manner.lang)

    def derive(self, family: Family, ranges: Mapping[str, Range]) -> None:
        """Make the table of households from a flat one."""
        flat, told = self.tables["persons"], self.told["persons"]
        names = {n: self.truth(n) for n in told if n != BILLS and self.home(n) == "Household" and n in flat.leaves}
        fills = {n: self.policy.builder.on if n == "on" else filling(self.facts[n], self.manner.absent) for n in names}
        self.tables["households"] = households(flat, family.keys["households"], names, told, ranges, self.manner, fills)

    def home(self, name: str) -> str:
        """The entity of a fact or a quantity."""
        return self.plan.facts[name].entity if name in self.plan.facts else self.plan.quantities[name].entity

    def truth(self, name: str) -> bool:
        """Whether a fact or a quantity is a yes or a no."""
        fact = self.plan.facts.get(name)
        return fact.sort.value == "yes/no" if fact else self.plan.quantities[name].sort == "yes/no"

    # ---- results ----------------------------------------------------------------------------------------------

    def finished(self, family: Family, columns: Columns) -> dict[str, object]:
        """The caller's tables with their results."""
        results: dict[str, dict[str, Expr]] = {name: {} for name in self.tables}
        labels: dict[str, str] = {}
        for target in columns.targets:
            quantity = self.plan.quantities[target]
            at = columns.tables[quantity.entity]
            assert quantity.rule is not None
            label = called.named(target, quantity.rule, self.manner.lang)
            label = f"{label} ({target})" if label in results[at] else label
            results[at][label] = self.tables[at].output(target, quantity.rule.sort == "yes/no")
            labels[target] = label
        if self.reasons:
            add_reasons(family, columns, labels, results, self.manner.lang)
        if self.manner.report is not None:
            told = {fact: column for table in self.told.values() for fact, column in table.items()}
            made = {label: target for target, label in labels.items()}
            note_results(self.manner.report, self.plan, self.policy.rules, made, columns.given, told, self.manner.lang)
        results["households"] |= self.totals(family, columns)
        out = {}
        for name, table in self.tables.items():
            if self.manner.invalid == "keep" and name in self.frames:
                results[name][FINDINGS[self.manner.lang]] = table.findings()
            out[name] = self.given_back(family, name, table, results[name])
        return {name: table for name, table in out.items() if name in TABLELESS}

    def given_back(self, family: Family, name: str, table: Table, made: Mapping[str, Expr]) -> object:
        """A table as the caller's engine has it, in the order in which it came."""
        if name in self.frames and not made:
            return self.frames[name]
        for column in made:
            if table.engine.has(column) and name in self.frames:
                raise UnknownName(column, column, f"the {name} have a column of that name already: rename it first")
        frame = table.frame.with_columns(**made) if made else table.frame
        if name not in self.frames:
            own, key = family.keys["households"], self.ids["households"]
            frame = frame.sort(own) if own == key else frame.sort(own).with_columns(**{key: col(own)})
            return table.engine.fresh(frame, (key, *made))
        if table.engine.eager:
            frame = frame.sort(table.place)
        return table.engine.finish(frame, tuple(made))

    def totals(self, family: Family, columns: Columns) -> dict[str, Expr]:
        """The sums of a household's entitlements by period, and how many of them are unknown."""
        lang = self.manner.lang
        by_table: dict[str, list[str]] = {}
        for name in columns.targets:
            by_table.setdefault(columns.tables[self.plan.quantities[name].entity], []).append(name)
        parts: dict[str, list[Expr]] = {}
        for table, names in by_table.items():
            sums = self.sums(self.tables[table], names)
            for label, expr in (sums if table == "households" else self.lifted(family, table, sums)).items():
                parts.setdefault(label, []).append(expr)
        order = [called.total(per, lang) for per in ("month", "year", "once")] + [UNDECIDED[lang]]
        return {label: summed(parts[label]).cast(Int64) for label in order if label in parts}

    def sums(self, table: Table, names: Sequence[str]) -> dict[str, Expr]:
        """Of a row: the sum of its entitlements by period, and how many are unknown."""
        by_period: dict[str, list[Expr]] = {}
        for name in names:
            rule = self.plan.quantities[name].rule
            if rule is not None and rule.line and rule.counts and rule.sort == "money":
                by_period.setdefault(called.total(rule.per, self.manner.lang), []).append(table.output(name, False))
        out = {label: summed(parts) for label, parts in by_period.items()}
        lines = [self.plan.quantities[n].rule for n in names]
        flags = [table.output(r.name, r.sort == "yes/no") for r in lines if r is not None and r.line]
        return out | ({UNDECIDED[self.manner.lang]: unknown_of(flags)} if flags else {})

    def lifted(self, family: Family, below: str, sums: Mapping[str, Expr]) -> dict[str, Expr]:
        """Sums over the rows of a lower table, in the table of households."""
        table, homes = self.tables[below], self.tables["households"]
        refers, made = family.above[below][1], {label: homes.fresh() for label in sums}
        if not made:
            return {}
        cells = table.frame.with_columns(**{made[label]: expr.cast(Int64) for label, expr in sums.items()})
        groups = cells.filter(~col(refers).is_null()).group_by(refers).agg(*(col(n).sum() for n in made.values()))
        homes.frame = family.joined(homes, groups, family.keys["households"], refers)
        return {label: homes.for_one(col(name).cast(Int64)) for label, name in made.items()}


def assess(
    policy: Policy,
    frames: Mapping[str, object],
    *,
    ids: Mapping[str, str],
    unit: str,
    columns: Mapping[str, str] | None,
    targets: Iterable[str] | None,
    reasons: bool,
    untold: str,
    invalid: str,
    rounding: str,
    lang: str,
    report: Report | None,
) -> Assessed:
    """The tables with their results; what is asked is checked first."""
    manner = manner_of(unit=unit, invalid=invalid, rounding=rounding, lang=lang, report=report, untold=untold)
    given = {name: frame for name, frame in frames.items() if frame is not None}
    same_engine(given)
    call = functools.partial(_tables, policy, ids, unit, dict(columns or {}), wanted(policy.plan, targets or ()), reasons)
    if any(map(is_dask, given.values())):
        quiet = functools.partial(call, evolve(manner, report=None))
        return Assessed(**TABLELESS | assess_parts(given, ids["households"], quiet, functools.partial(call, manner)))
    return Assessed(**TABLELESS | call(manner, given))


def _tables(
    policy: Policy,
    ids: Mapping[str, str],
    unit: str,
    chosen: Mapping[str, str],
    targets: tuple[str, ...],
    reasons: bool,
    manner: Manner,
    frames: Mapping[str, object],
) -> dict[str, object]:
    """The tables with their results, by name."""
    return Assessment(policy, frames, ids, unit, chosen, targets, reasons, manner).run()
