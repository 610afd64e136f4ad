"""The nudge: change each figure of a pack by one unit, delete each rule and list item, one at a time; some case must fail.

It must fail by its result, not because the pack no longer loads. What no case notices is a survivor: a case is missing.
`last_seen` and the day of issue change no result, only notes, and are left to the tests of notes.

`nudge` does so for a pack of your own; `python -m povertyrules.testing.nudge` for the packs of the library, and prints.
"""

from __future__ import annotations

import copy
import datetime
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import evolve, field, frozen

from povertyrules.core.area import Area
from povertyrules.core.entity import World
from povertyrules.core.errors import InputError, PackError, PovertyRulesError, UnknownName
from povertyrules.core.files import read_data
from povertyrules.core.pack import Pack, pack_data
from povertyrules.entities import WORLD
from povertyrules.policy import Policy
from povertyrules.registry import PACKS, all_areas, below_data, builtin, own, path_of, policies
from povertyrules.testing.cases import Case, load
from povertyrules.testing.changes import HEADS, Data, Nudge, nudges


@frozen
class Survivor:
    """A change that no case notices: what it is, and why it counts as unnoticed."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


@frozen
class NudgeReport:
    """How many changes of a pack were tried, and which of them no case noticed."""

    pack: str
    tried: int
    survivors: tuple[Survivor, ...]
    cases: int = field(eq=False)
    """How many cases are about the pack."""

    @property
    def noticed(self) -> int:
        """How many changes made some case fail."""
        return self.tried - len(self.survivors)

    @property
    def ok(self) -> bool:
        """Whether every change was noticed."""
        return not self.survivors

    def __str__(self) -> str:
        head = f"{self.pack}: {self.tried} nudges, {self.noticed} noticed"
        return "\n".join([head, *(f"  survives: {one}" for one in self.survivors)])


def nudge(
    pack: str | Path,
    cases: Iterable[Case | str | Path] = (),
    *,
    areas: tuple[type[Area], ...] | None = None,
    world: World = WORLD,
) -> NudgeReport:
    """Change each figure of a pack by one unit, delete each rule and list item, one at a time, and see which no case notices.

    `pack` is the file of a pack, your own or one of the library's; `cases` are case files, folders of them, or cases that were
    loaded. Of those, the ones count that are about the pack: those that name no policy of the library, or, for a pack of the
    library, those that name it or one within it. A change that only keeps the pack from loading is not noticed. `areas` and
    `world` are for rules of your own.

    Raises `InputError` if no case is about the pack, `PackError` for a pack that does not load, `FileError`.

    >>> file = PACKS / "cn.toml"
    >>> nudge(file, [])
    Traceback (most recent call last):
        ...
    povertyrules.core.errors.InputError: cases: [] is refused; allowed: cases about the pack cn.toml
    """
    file, found = Path(pack).resolve(), list(_all_cases(cases))
    if file.is_relative_to(PACKS.resolve()):
        report = _of_library(file.relative_to(PACKS.resolve()).with_suffix("").as_posix(), found)
    else:
        report = _of_own(file, [case for case in found if not _names_library(case)], areas or all_areas(), world)
    if not report.cases:
        raise InputError("cases", [str(case) for case in found], f"allowed: cases about the pack {file.name}")
    return report


def _of_library(place: str, cases: Iterable[Case]) -> NudgeReport:
    """The nudge of a pack of the library, by the cases about it or about a pack below it."""
    named = [(case, path_of(case.policy)) for case in cases if _names_library(case)]
    ours = [case for case, path in named if f"{path}/".startswith(f"{place}/")]
    trial = _Trial(ours, lambda name, changed: _chain(path_of(name), place, changed), all_areas(), WORLD)
    return trial.report(place, pack_data(PACKS / f"{place}.toml"))


def _of_own(file: Path, cases: list[Case], areas: tuple[type[Area], ...], world: World) -> NudgeReport:
    """The nudge of a caller's pack, below the packs of the library that it stands in."""
    above = own(file, areas)[:-1]
    trial = _Trial(cases, lambda _, data: (*above, below_data(data, file.name, above, areas, orphans=True)), areas, world)
    return trial.report(file.name, pack_data(file))


def _all_cases(given: Iterable[Case | str | Path]) -> Iterator[Case]:
    for one in given:
        if isinstance(one, Case):
            yield one
        else:
            path = Path(one)
            for file in sorted(path.rglob("*.toml")) if path.is_dir() else [path]:
                yield from load(file)


def _names_library(case: Case) -> bool:
    try:
        path_of(case.policy)
    except UnknownName:
        return False
    return True


@frozen
class _Trial:
    """The cases about a pack, and how to make the policy that one of them names from changed data of the pack."""

    cases: list[Case]
    chain_of: Callable[[str, Data], tuple[Pack, ...]]
    areas: tuple[type[Area], ...]
    world: World

    def report(self, pack: str, data: Data) -> NudgeReport:
        """Try every change."""
        every = list(nudges(data, self.areas))
        alive = tuple(Survivor(one.what, why) for one in every if (why := self.unnoticed(data, one)))
        return NudgeReport(pack, len(every), alive, len(self.cases))

    def unnoticed(self, data: Data, one: Nudge) -> str:
        """Why a change counts as unnoticed: no case fails, or the pack no longer loads; empty if a case fails by its result."""
        if one.row:
            return self._of_row(data, one)
        changed = copy.deepcopy(data)
        one.make(changed)
        try:
            return "" if self.noticed(changed, one.rules) else "no case fails"
        except PackError as error:
            return f"only fails to load: {error}"

    def _of_row(self, data: Data, one: Nudge) -> str:
        """As `unnoticed`, with the rows alone that the cases about the changed one name: a pack of few rows loads fast."""
        area = one.row.partition(".")[0]
        about = [case for case in self.cases if case.names_row(one.row)]
        named = {one.row.partition(".")[2]} | {str(found) for case in about for found in self._others(data, area, case)}
        rows = {name: found for name, found in data[area].items() if name in named}
        slim = copy.deepcopy({**{head: data[head] for head in HEADS if head in data}, area: rows})
        one.make(slim)
        try:
            return "" if evolve(self, cases=about).noticed(slim, one.rules) else "no case fails"
        except PackError as error:
            return f"only fails to load: {error}"

    def _others(self, data: Data, area: str, case: Case) -> Iterator[object]:
        """The rows that a case needs besides: the one it names, the list that a schedule is of."""
        name = case.args.get("name")
        yield name
        yield from (version.get("of", name) for version in data[area].get(name, ()))

    def noticed(self, changed: Data, rules: frozenset[str]) -> bool:
        """Whether some case fails; those of the rules that were touched are tried first."""
        chains: dict[str, tuple[Pack, ...]] = {}
        made: dict[tuple[str, datetime.date], Policy] = {}
        for case in sorted(self.cases, key=lambda case: rules.isdisjoint(case.rules)):
            if case.policy not in chains:
                chains[case.policy] = self.chain_of(case.policy, changed)
            key = (case.policy, case.on)
            if key not in made:
                made[key] = Policy(chains[case.policy], case.on, areas=self.areas, world=self.world)
            try:
                if case.check(made[key]):
                    return True
            except PackError:
                raise
            except PovertyRulesError:
                return True
        return False


def _chain(path: str, place: str, changed: Data) -> tuple[Pack, ...]:
    out: list[Pack] = []
    for pack in builtin(path, all_areas()):
        file = PACKS / (pack.jurisdiction.path + ".toml")
        data = changed if pack.jurisdiction.path == place else read_data(file)
        if data.keys() - HEADS:
            out.append(below_data(data, file.name, out, all_areas(), orphans=True))
    return tuple(out)


def main(cases: str = "tests/cases") -> int:
    """Nudge every pack of the library; print the survivors; 1 if there are any."""
    found = list(_all_cases([cases]))
    sound = True
    for place in policies():
        report = _of_library(place, found)
        sound = sound and report.ok
        print(report)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
