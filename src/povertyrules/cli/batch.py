"""`batch`: from a file of any size to a file, with a bar while it is at work and a summary at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from povertyrules.cli import output
from povertyrules.cli.output import styled
from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError
from povertyrules.core.money import plain, show
from povertyrules.frames.report import FrameError

if TYPE_CHECKING:
    from povertyrules.files.job import Job
    from povertyrules.files.journal import Journal, Tally

DONE, FOUND, BAD_INPUT = 0, 1, 2
LATER = "--resume goes on, --again begins again"
NEEDED = ("narwhals", "openpyxl", "polars", "pyarrow")
WORDS: Mapping[str, Titled] = {
    "rows": Titled("行数", "rows"),
    "households": Titled("户数", "households"),
    "seconds": Titled("用时(秒)", "seconds"),
    "rows a second": Titled("每秒行数", "rows a second"),
    "month": Titled("每月合计(元)", "total per month (yuan)"),
    "year": Titled("每年合计(元)", "total per year (yuan)"),
    "once": Titled("一次性合计(元)", "total once (yuan)"),
    "undecided": Titled("未定项数", "undecided entitlements"),
    "refused": Titled("不予采用的单元格", "refused cells"),
    "findings": Titled("有核验意见的行", "rows with findings"),
    "moved": Titled("四舍五入到分的单元格", "cells rounded to a fen"),
    "unused": Titled("无规则读取的列", "columns that no rule reads"),
    "assumptions": Titled("假定", "assumptions"),
    "past": Titled("已过文件载明期限", "past its document's last date"),
    "not in force": Titled("当日不适用", "not in force on the day"),
    "written": Titled("写入", "written"),
}


@frozen
class Summary:
    """What a run came to: what it found, how long it took, how many of the rows it did itself."""

    tally: Tally
    seconds: float
    rows: int
    written: tuple[str, ...]
    past: Mapping[str, str]
    """The sections whose document no longer speaks for the day, and the last for which it does."""
    not_in_force: Mapping[str, str]
    """The entitlements for which no document speaks on the day, and why."""

    @property
    def speed(self) -> int:
        """Rows a second."""
        return round(self.rows / self.seconds) if self.seconds else 0

    def to_dict(self) -> dict[str, object]:
        """For programs: money as strings of yuan."""
        tally = self.tally
        return {
            "rows": tally.persons,
            "households": tally.households,
            "seconds": round(self.seconds, 3),
            "rows_per_second": self.speed,
            "totals": {per: plain(fen) for per, fen in tally.totals.items()},
            "undecided": tally.undecided,
            "refused": tally.refused,
            "findings": tally.findings,
            "moved": tally.moved,
            "unused": tally.unused,
            "assumptions": tally.assumptions,
            "past": dict(self.past),
            "not_in_force": dict(self.not_in_force),
            "written": list(self.written),
        }

    def lines(self) -> Iterator[tuple[str, str]]:
        """For people: what, and how much of it; what there is nothing of is left out."""
        tally = self.tally
        yield "rows", f"{tally.persons:,}"
        yield "households", f"{tally.households:,}"
        yield "seconds", f"{self.seconds:.1f}"
        yield "rows a second", f"{self.speed:,}"
        for per, fen in tally.totals.items():
            yield per, show(fen)
        yield "undecided", f"{tally.undecided:,}"
        counts = {
            name: [f"{column} {count:,}" for column, count in getattr(tally, name).items()] for name in ("refused", "moved")
        }
        findings = [f"{tally.findings:,}"] if tally.findings else []
        for name, said in {**counts, "findings": findings, "unused": tally.unused, "assumptions": tally.assumptions}.items():
            if said:
                yield name, ", ".join(said)
        if self.past:
            yield "past", ", ".join(f"{path} ({last})" for path, last in self.past.items())
        if self.not_in_force:
            yield "not in force", "; ".join(dict.fromkeys(self.not_in_force.values()))
        yield "written", ", ".join(self.written)


def do(job: Job, mode: str, *, in_json: bool) -> int:
    """Do a job, and print what it came to. The exit status: 0, 1 if cells were refused and counted as unknown, 2 if it failed."""
    began, bar = time.monotonic(), Bar(job.lang)
    try:
        with bar:
            tally = job.run(mode, bar.tell)
    except ModuleNotFoundError as missing:
        name = (missing.name or "").split(".")[0]
        if name not in NEEDED:
            raise
        output.error(f"tables in files need {name}: pip install 'povertyrules[files]'")
    except KeyboardInterrupt:
        output.error(f"stopped after {bar.done:,} rows: {LATER}")
    except OSError as wrong:  # a full disk, say
        output.error(f"{wrong.strerror or wrong}, after {bar.done:,} rows: {LATER}")
    except FrameError as wrong:
        tell_refused(wrong, bar.done)
    else:
        summary = Summary(
            tally, time.monotonic() - began, tally.persons - bar.before, tuple(map(str, job.results)), job.past, job.not_in_force
        )
        show_summary(summary, job.lang, in_json=in_json)
        return FOUND if tally.refused else DONE
    return BAD_INPUT


def tell_refused(wrong: FrameError, done: int) -> None:
    """Write the refused cells to standard error, a line for each column; rows further down were not looked at."""
    for one in wrong.refused:
        output.error(str(one))
    ways = "--invalid null counts such cells as unknown, --invalid keep also says so in a column"
    output.error(f"stopped in the batch after the first {done:,} rows, nothing was written: {ways}")


class Bar:
    """A bar on standard error while rows are assessed; nothing where there is no terminal."""

    def __init__(self, lang: str) -> None:
        screen = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), Speed(), TimeRemainingColumn())
        self.progress = Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal)
        self.lang, self.done, self.before = lang, 0, 0
        self.task: TaskID | None = None

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *wrong: object) -> None:
        self.progress.stop()

    def tell(self, journal: Journal, rows: int | None) -> None:
        """Show how far the work has come."""
        self.done = journal.persons
        if self.task is None:
            self.before = journal.persons
            self.task = self.progress.add_task("", total=rows, completed=self.done, lang=self.lang)
        self.progress.update(self.task, completed=self.done)


class Speed(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        """The speed of the last batches."""
        return styled(f"{task.speed or 0:,.0f} {WORDS['rows a second'].text(str(task.fields['lang']))}", "dim")


def show_summary(summary: Summary, lang: str, *, in_json: bool) -> None:
    """Print what a run came to."""
    if in_json:
        return output.write_json(summary.to_dict())
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, said in summary.lines():
        table.add_row(styled(WORDS[name].text(lang), "dim"), styled(said))
    return output.console().print(Padding(table, (0, 0, 0, 2)))


def chosen_columns(maps: Sequence[str]) -> dict[str, str]:
    """The columns that the options name, by fact."""
    out = {}
    for one in maps:
        fact, sign, column = one.partition("=")
        if not (sign and fact and column):
            raise InputError("--map", one, "write FACT=COLUMN, such as in_scope=费用")
        out[fact.strip()] = column.strip()
    return out
