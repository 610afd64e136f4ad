"""What a whole policy says of some made-up households, kept as a file, so that a change of rules shows what it changes.

The households follow from a seed and from the thresholds of the policy, alike in every process and on every machine. The file
holds their facts, so that later rules are asked about the same ones:

    Snapshot.of(policy, seed=2017).save("rules.json")      # once
    print(Snapshot.load("rules.json").compare(policy))     # after every change
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self, cast

from attrs import field, frozen

from povertyrules.case import Case
from povertyrules.core.entity import from_mapping, to_mapping
from povertyrules.core.errors import FileError, InputError, RangeError
from povertyrules.core.facts import Sort
from povertyrules.core.files import read_data
from povertyrules.core.plan import Plan
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import walk
from povertyrules.policy import Policy
from povertyrules.testing.invariants import labelled
from povertyrules.testing.trees import Maker

VERSION = 1
MOST_ROWS = 100_000
REFUSED = "refused"
"""Stands for all answers about a household that a policy refuses."""
SHAPES: dict[str, type] = {
    "policy": str,
    "on": str,
    "seed": int,
    "readings": dict,
    "parameters": dict,
    "rests_on": dict,
    "rows": list,
}
"""What the file holds, by key."""


@frozen
class Row:
    """A household: its facts as a file holds them, and by place and name what the policy says, in words."""

    facts: Mapping[str, Any]
    results: Mapping[str, Mapping[str, str]]

    @property
    def refusal(self) -> str:
        """Why the policy refuses the household; empty if it does not."""
        return self.results.get("", {}).get(REFUSED, "")


@frozen
class Difference:
    """One answer that changed: which quantity, of whom, with which facts, from what to what, and by what."""

    quantity: str
    row: int
    at: str
    """Whose answer it is: "household", or a place such as `persons[0]`; empty where the household is refused."""
    before: str
    after: str
    """An answer in words; empty if there is none."""
    by: tuple[str, ...]
    """The parameters that changed, with their provisions, and the readings, on which the quantity rests."""
    facts: Mapping[str, Any] = field(repr=False)

    def __str__(self) -> str:
        cause = "; ".join(self.by) or "by its rule alone"
        told = json.dumps(self.facts, ensure_ascii=False)
        return f"{self.quantity}, row {self.row}, {self.at}: {self.before or '-'} → {self.after or '-'}\n  {cause}\n  {told}"


@frozen
class Differences:
    """All that changed between two snapshots, in the order of the rows; it is false if nothing did."""

    found: tuple[Difference, ...]

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def quantities(self) -> dict[str, int]:
        """How many answers changed, by quantity."""
        out: dict[str, int] = {}
        for one in self.found:
            out[one.quantity] = out.get(one.quantity, 0) + 1
        return out

    def __str__(self) -> str:
        """The first change of each quantity, and how many there are."""
        if not self.found:
            return "nothing changed"
        first = {one.quantity: one for one in reversed(self.found)}
        return "\n".join(f"{many} × {first[name]}" for name, many in self.quantities.items())


@frozen
class Snapshot:
    """What a policy says of some households.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> taken = Snapshot.of(zz, seed=1, rows=40)
    >>> print(taken.compare(zz))
    nothing changed
    >>> more = zz.reform({"pension.funeral.amount": pr.yuan(700)}, source="a proposal")
    >>> change = next(iter(taken.compare(more)))
    >>> change.quantity, change.before, change.after
    ('funeral_grant', '600.00 yuan once', '700.00 yuan once')
    >>> change.by
    ('pension.funeral.amount: 600.00 → 700.00 [hypothetical: a proposal]',)
    """

    policy: str
    on: str
    seed: int
    readings: Mapping[str, str]
    parameters: Mapping[str, tuple[str, str]]
    """By path: the value of a parameter, and its provision."""
    rests_on: Mapping[str, tuple[str, ...]]
    """By quantity: the paths of the parameters, and the names of the readings, on which it rests."""
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, policy: Policy, *, seed: int = 0, rows: int = 200, unknown: float = 0.05) -> Snapshot:
        """The snapshot of a policy over so many households; `unknown` is the share of facts left out. Raises `RangeError`."""
        if not 1 <= rows <= MOST_ROWS:
            raise RangeError("rows", rows, f"allowed: 1 to {MOST_ROWS}")
        pick, maker = random.Random(seed), Maker(policy, unknown=unknown, unread=(Sort.TEXT, Sort.IDENTITY))
        homes = (maker.make(maker.top, pick.randbytes) for _ in range(rows))
        return cls._taken(policy, seed, [to_mapping(home) for home in homes])

    @classmethod
    def _taken(cls, policy: Policy, seed: int, homes: list[dict[str, Any]]) -> Snapshot:
        parameters, rests_on = _grounds(policy.plan, policy.entitlements)
        rows = tuple(Row(facts, _results(policy, facts)) for facts in homes)
        turned = {name for names in rests_on.values() for name in names}
        readings = {name: choice for name, choice in sorted(policy.choices.items()) if name in turned}
        return cls(policy.name, str(policy.on), seed, readings, parameters, rests_on, rows)

    def compare(self, other: Policy | Snapshot | str | Path) -> Differences:
        """What another policy says otherwise of the same households; or another snapshot of them, or one in a file.

        Raises `InputError` for a snapshot of other households, `FileError`.
        """
        if isinstance(other, Policy):
            other = Snapshot._taken(other, self.seed, [dict(row.facts) for row in self.rows])
        elif not isinstance(other, Snapshot):
            other = Snapshot.load(other)
        if [row.facts for row in self.rows] != [row.facts for row in other.rows]:
            hint = "allowed: a snapshot of the same households; compare(policy) asks another policy about those of this one"
            raise InputError("other", other.policy, hint)
        return Differences(tuple(self._differing(other)))

    def _differing(self, other: Snapshot) -> Iterator[Difference]:
        causes = self._causes(other)
        for i, (row, now) in enumerate(zip(self.rows, other.rows, strict=True)):
            if row.refusal or now.refusal:
                if row.refusal != now.refusal:
                    yield Difference(REFUSED, i, "", row.refusal, now.refusal, (), row.facts)
                continue
            for at in dict.fromkeys((*row.results, *now.results)):
                before, after = row.results.get(at, {}), now.results.get(at, {})
                for name in dict.fromkeys((*before, *after)):
                    if before.get(name) != after.get(name):
                        ground = dict.fromkeys((*self.rests_on.get(name, ()), *other.rests_on.get(name, ())))
                        by = tuple(causes[path] for path in ground if path in causes)
                        yield Difference(name, i, at, before.get(name, ""), after.get(name, ""), by, row.facts)

    def _causes(self, other: Snapshot) -> dict[str, str]:
        """What changed of that on which answers rest, in words: by path of a parameter, by name of a reading."""
        out = {}
        for path in dict.fromkeys((*self.parameters, *other.parameters)):
            (before, was), (after, now) = self.parameters.get(path, ("-", "")), other.parameters.get(path, ("-", ""))
            if before != after:
                out[path] = f"{path}: {before} → {after} [{now or was}]"
        for name in dict.fromkeys((*self.readings, *other.readings)):
            chosen, chooses = self.readings.get(name, "-"), other.readings.get(name, "-")
            if chosen != chooses:
                out[name] = f"{name}: {chosen} → {chooses}"
        return out

    def save(self, path: str | Path) -> None:
        """Write the snapshot as JSON: a line for each parameter, household and answer, so that a change shows as its lines."""
        head = {name: getattr(self, name) for name in SHAPES if name != "rows"}
        text = json.dumps({"version": VERSION, **head}, ensure_ascii=False, indent=1).removesuffix("\n}")
        rows = ",\n".join(map(_written, self.rows))
        Path(path).write_text(f'{text},\n "rows": [\n{rows}\n ]\n}}\n', encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read back what `save` wrote; `FileError` for anything else."""
        data: Mapping[str, Any] = read_data(path)
        file = str(path)
        if data.get("version") != VERSION:
            raise FileError(file, data.get("version"), f"allowed: a snapshot of version {VERSION}, as save writes it")
        for name, kind in SHAPES.items():
            if not isinstance(data.get(name), kind):
                raise FileError(f"{file}: {name}", data.get(name), f"allowed: a {kind.__name__}, as save writes it")
        try:
            rows = tuple(Row(row["facts"], row["results"]) for row in data["rows"])
            parameters = {name: (str(value), str(provision)) for name, (value, provision) in data["parameters"].items()}
            rests_on = {name: tuple(map(str, paths)) for name, paths in data["rests_on"].items()}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FileError(file, str(error), "allowed: a snapshot as save writes it") from None
        return cls(data["policy"], data["on"], data["seed"], data["readings"], parameters, rests_on, rows)


def _written(row: Row) -> str:
    """A row of the file: the facts in one line, each answer in its own."""
    results = json.dumps(row.results, ensure_ascii=False, indent=1).replace("\n", "\n   ")
    return f'  {{"facts": {json.dumps(row.facts, ensure_ascii=False)},\n   "results": {results}}}'


def _results(policy: Policy, facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What a policy says of a household, by place and name; or why it is refused, such as a birth after the policy's day."""
    program, out = policy.program(policy.entitlements), dict[str, dict[str, str]]()
    try:
        root = policy.engine.tree(from_mapping(policy.world_root, facts))
    except InputError as error:
        return {"": {REFUSED: str(error)}}
    program.run(root)
    whole = Case(policy, program, root, root)
    for at, node in labelled(policy, root):
        case = Case(policy, program, root, node, beside=whole)
        owed = [name for name in policy.entitlements if policy.plan.quantities[name].entity == node["#"]]
        if owed:
            out[at] = {name: _answer(case, name) for name in owed}
    return out


def _answer(case: Case, name: str) -> str:
    """An answer in words; of one that is no figure, what kind it is, and what is missing."""
    status = case.status(name)
    if status == "amount":
        return case.shown(name, "en")
    missing = ", ".join(case.missing(name)) if status == "unknown" else ""
    return f"{status}: {missing}" if missing else status


def _grounds(plan: Plan, targets: tuple[str, ...]) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, ...]]]:
    """The parameters behind some quantities with their values and provisions; by quantity, what it rests on."""
    own: dict[str, list[str]] = {}
    parameters: dict[str, tuple[str, str]] = {}
    order = [name for name in plan.order(targets, set()) if name in plan.quantities]
    for name in order:
        own[name] = []
        for node in walk(plan.quantities[name].term):
            if isinstance(node.info, Leaf):
                shown = node.info.shown if node.op == "param" else "not printed"
                loose = node.info.source.wording.value if node.info.loose else ""
                parameters[node.info.path] = f"{loose} {shown}".strip(), node.info.source.cite("en")
                own[name].append(node.info.path)
            elif node.op == "reading":
                own[name].append(str(cast("tuple[str, str]", node.value)[0]))
    rests_on = {}
    for target in targets:
        behind = [name for name in plan.order((target,), set()) if name in plan.quantities]
        rests_on[target] = tuple(sorted({path for name in behind for path in own[name]}))
    return dict(sorted(parameters.items())), rests_on
