"""The pytest plugin: each case of a case file is a test of its own, which fails with what differs.

A project names the folders of its case files among the settings of pytest; what pytest is told to collect must hold them:

    [tool.pytest.ini_options]
    testpaths = ["tests"]
    povertyrules_cases = ["tests/cases"]

`pytest --update-cases` writes the answers that the library gives into the files, where the working of the case comes to them.
The format is described in tests/cases/README.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import define, field, frozen

from povertyrules.core.errors import PovertyRulesError
from povertyrules.testing.cases import Case, Difference, Policies, load
from povertyrules.testing.rewriting import rewrite

SETTING, UPDATE = "povertyrules_cases", "update_cases"
Found = pytest.ExceptionInfo[BaseException]


class CaseFiles:
    """Collects the case files of the folders that a project names."""

    def __init__(self, config: pytest.Config) -> None:
        if config.getoption(UPDATE) and config.getoption("numprocesses", None):
            raise pytest.UsageError("--update-cases writes files: run it in one process, with -n 0")
        self.folders = [Path(one).resolve() for one in config.getini(SETTING)]
        for folder in self.folders:
            if not folder.is_dir():
                raise pytest.UsageError(f"{SETTING}: {folder} is no folder")
        self.run = Run(update=bool(config.getoption(UPDATE)))

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> CaseFile | None:
        """Take a TOML file that lies in one of the folders."""
        if file_path.suffix == ".toml" and any(folder in file_path.resolve().parents for folder in self.folders):
            return CaseFile.from_parent(parent, path=file_path, run=self.run)
        return None

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was written into which file."""
        if self.run.written:
            terminalreporter.section("answers written into case files")
            for line in self.run.written:
                terminalreporter.write_line(line)


@define
class Run:
    """One run of pytest: whether it writes into files, what it wrote, and the policies that its cases share."""

    update: bool
    written: list[str] = field(factory=list)
    policies: Policies = field(factory=Policies)


class CaseFile(pytest.File):
    """A case file."""

    def __init__(self, *, run: Run, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.run = run

    def collect(self) -> Iterator[CaseItem]:
        """Its cases, in their order."""
        for i, case in enumerate(load(self.path)):
            yield CaseItem.from_parent(self, name=case.name, case=case, place=i, run=self.run)

    def repr_failure(self, excinfo: Found) -> str:  # type: ignore[override]
        """What is wrong with the file."""
        error = excinfo.value
        return str(error) if isinstance(error, PovertyRulesError) else str(super().repr_failure(excinfo))


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, case: Case, place: int, run: Run, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.case, self.place, self.run = case, place, run

    def runtest(self) -> None:
        """Compare the case with what the library gives; write what may be written, if that is asked for."""
        wrong = self.case.differences(self.run.policies.of(self.case))
        notes: list[str] = []
        if wrong and self.run.update:
            wrong, notes = self._updated(wrong)
        if wrong:
            raise Differs(self.case, tuple(wrong), tuple(notes))

    def _updated(self, wrong: Iterable[Difference]) -> tuple[list[Difference], list[str]]:
        """What is left after the answers that the working comes to are written, and why the others are not."""
        fit = [one for one in wrong if writable(one)]
        if fit:
            rewrite(self.path, self.place, {one.quantity: one.got for one in fit})
        for one in fit:
            self.run.written.append(f"{self.nodeid}: {one.quantity}: {shown(one.expected)} → {shown(one.got)}")
        left = [one for one in wrong if one not in fit]
        return left, [f"{one.quantity or self.name}: not written: {why_not(one)}" for one in left]

    def repr_failure(self, excinfo: Found) -> str:  # type: ignore[override]
        """What differs; of an error that the library does not raise on purpose, where it was raised."""
        error = excinfo.value
        if isinstance(error, PovertyRulesError):
            return "\n".join([*heading(self.case), f"  {type(error).__name__}: {error}"])
        return str(error) if isinstance(error, Differs) else str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the case stands, and how it is called."""
        return self.path, None, self.name


@frozen(repr=False, eq=False)
class Differs(Exception):
    """A case whose document, expectation and result are not one."""

    case: Case
    wrong: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = heading(self.case)
        for one in self.wrong:
            lines.append(f"  {called(one)}")
            lines += [f"    {name:9} {text}" for name, text in rows(one)]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def heading(case: Case) -> list[str]:
    """What a failure says first: the case and its source."""
    return [f"{case.name} [{case.source}]", f"  {', '.join(case.rules)}"]


def called(one: Difference) -> str:
    """What an answer is about."""
    if one.about == "refusal":
        return "refusal"
    return one.quantity if one.about == "value" else f"{one.quantity} ({one.about})"


def rows(one: Difference) -> Iterator[tuple[str, str]]:
    """What is expected, what the library gives, and what the working gives."""
    yield "expected", shown(one.expected)
    yield "got", shown(one.got)
    if one.working:
        yield "working", f"{one.working} = {shown(one.worked)}"


def shown(value: object) -> str:
    """A value as it is compared: to the last digit.

    >>> [shown(one) for one in (Fraction(115, 2), Fraction(1, 3), (Fraction(10), Fraction(30)), False, "30.00")]
    ['57.5', '1/3', '10 to 30', 'false', '30.00']
    """
    match value:
        case bool():
            return "true" if value else "false"
        case tuple() | list():
            word = " to " if len(value) == 2 and all(isinstance(one, Fraction) for one in value) else ", "
            return word.join(shown(one) for one in value)
        case Fraction(numerator=top, denominator=bottom) if 10**9 % bottom == 0:
            whole, part = divmod(abs(top) * (10**9 // bottom), 10**9)
            return f"{'-' if top < 0 else ''}{whole}.{part:09}".rstrip("0").rstrip(".")
    return str(value)


def writable(one: Difference) -> bool:
    """Whether what the library gives may be written in place of what is expected: its working comes to it."""
    return one.about == "value" and one.got != one.expected and one.agrees(one.got)


def why_not(one: Difference) -> str:
    """Why an answer is not written."""
    if one.about != "value":
        return f"a {one.about} rests on the document: change it by hand"
    return f"its working {one.working} gives {shown(one.worked)}, not {shown(one.got)}: look into the document first"
