"""What is to be done with some files. The work itself needs the extra `files`; this does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from povertyrules._version import __version__
from povertyrules.core.errors import RangeError, UnknownName
from povertyrules.policy import Policy

if TYPE_CHECKING:
    from povertyrules.files.journal import Journal, Tally
    from povertyrules.files.sources import Source

MODES = ("new", "resume", "again")
ROWS = 100_000
"""About how many rows are assessed together."""


@frozen(kw_only=True, eq=False)
class Job:
    """What is to be done: the files, and what `assess_frames` is asked for.

    `persons` is a flat table, or with `households` that of the members alone. The rows of a household stand together, and
    two tables have their households in one order. `rows` is about how many rows are held in memory.
    """

    policy: Policy
    persons: str | Path
    out: str | Path
    unit: str
    households: str | Path | None = None
    household_id: str = "household_id"
    columns: Mapping[str, str] = field(factory=dict)
    targets: Sequence[str] = ()
    reasons: bool = False
    untold: str = "unknown"
    invalid: str = "raise"
    round: str = "exact"
    lang: str = "en"
    rows: int = ROWS

    def run(self, mode: str = "new", tell: Callable[[Journal, int | None], None] | None = None) -> Tally:
        """Do it, and say what was found.

        `mode` is "new", "resume" (go on where a run was stopped) or "again" (begin again, and replace what is there).
        `tell` is called at the start and after each batch, with the journal and the number of rows in all, if it is known.

        Raises `FrameError` (cells refused; rows as the file counts them), `FileError`, `InputError`, `UnknownName`.
        """
        if mode not in MODES:
            raise UnknownName.among("mode", mode, MODES)
        if self.rows < 1:
            raise RangeError("rows", self.rows, "allowed: 1 or more")
        from povertyrules.files.run import Run

        return Run.of(self).run(mode, tell or (lambda journal, rows: None))

    @property
    def results(self) -> tuple[Path, ...]:
        """The files that there are in the end: the persons, the households; or one folder, if the persons came in one."""
        out = Path(self.out)
        beside = out.with_name(f"{out.stem}-households{out.suffix}")
        return (out,) if Path(self.persons).is_dir() else (out, beside)

    @property
    def past(self) -> dict[str, str]:
        """The sections behind the results whose document no longer speaks for the day, each with the last for which it does."""
        plan, policy = self.policy.plan, self.policy
        names = plan.order(tuple(self.targets or policy.entitlements), set())
        sections = [plan.quantities[name].section for name in names if name in plan.quantities]
        past = {one.path: str(one.last_seen) for one in sections if one is not None and policy.is_past(one.path)}
        return dict(sorted(past.items()))

    @property
    def not_in_force(self) -> dict[str, str]:
        """The entitlements for which no document speaks on the day, and why; nothing if some others were asked for."""
        return {} if self.targets else {name: str(why) for name, why in self.policy.not_in_force.items()}

    def asked(self, *sources: Source) -> dict[str, object]:
        """All that the results follow from: a run that is to go on has to be asked for the same."""
        policy = self.policy
        own = [stamp(Path(str(one))) for one in policy.spec[1:] if one]
        return {
            "version": __version__,
            "policy": [policy.name, *own, *map(repr, policy.changes)],
            "on": str(policy.on),
            "past": policy.past,
            "readings": dict(policy.choices_made),
            **{name: [stamp(file) for file in one.files] for name, one in zip(("persons", "households"), sources, strict=False)},
            "columns": dict(self.columns),
            "targets": list(self.targets),
            **{name: getattr(self, name) for name in OPTIONS},
        }


OPTIONS = ("household_id", "unit", "reasons", "untold", "invalid", "round", "lang", "rows")


def stamp(path: Path) -> list[object]:
    """What tells a file from a changed one: its name, its size, the time of its last change."""
    found = path.stat()
    return [path.name, found.st_size, found.st_mtime_ns]
