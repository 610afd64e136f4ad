"""Where the command line writes: a console that suits what it writes to, JSON, and errors as one line each."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.text import Text

from povertyrules.core.errors import hidden

PLAIN_WIDTH = 120
"""The width where there is no terminal to ask."""


class _Trimmed:
    """A stream without spaces at the ends of lines, for what is piped or pasted."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream, self.encoding = stream, getattr(stream, "encoding", "utf-8")

    def write(self, text: str) -> int:
        return self.stream.write(re.sub(r"[ ]+(?=\n)", "", text))

    def flush(self) -> None:
        self.stream.flush()

    def isatty(self) -> bool:
        return False


def console() -> Console:
    """A console on standard output: as wide as the terminal, plain and 120 wide where there is none."""
    on_terminal = Console(markup=False, highlight=False, emoji=False)
    if on_terminal.is_terminal:
        return on_terminal
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else PLAIN_WIDTH
    stream: IO[str] = _Trimmed(sys.stdout)  # type: ignore[assignment]
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def clean(text: str) -> str:
    r"""A text that cannot steer a terminal: control characters are written out, and identity numbers are masked.

    >>> clean("张\x1b[2J三 370403194903071234")
    '张\\x1b[2J三 370403************'
    """
    return "".join(map(_written, hidden(text)))


def _written(ch: str) -> str:
    unsafe = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return ch.encode("unicode_escape").decode("ascii") if unicodedata.category(ch) in unsafe else ch


def styled(text: str, style: str = "") -> Text:
    """A text for the console: each line cleaned, and none taken as markup."""
    return Text("\n".join(map(clean, text.split("\n"))), style=style)


def error(message: str) -> None:
    """Write one line to standard error."""
    head = Text("error: ", style="bold red")
    out = Console(stderr=True, markup=False, highlight=False, emoji=False)
    out.print(head + Text(clean(message)), soft_wrap=True)


def as_json(data: object) -> str:
    """Data as JSON text that any stream and terminal can take."""
    plain = "utf" not in (sys.stdout.encoding or "").lower()
    text = json.dumps(data, ensure_ascii=plain, indent=2)
    return re.sub("[\x7f-\x9f\u2028\u2029\ud800-\udfff]", lambda ch: f"\\u{ord(ch[0]):04x}", text)


def write_json(data: object) -> None:
    """Write data as JSON to standard output."""
    sys.stdout.write(as_json(data) + "\n")


def write_json_list(rows: Iterable[object]) -> None:
    """Write a list as JSON, each row as soon as it is there."""
    before = "[\n"
    for row in rows:
        sys.stdout.write(before + as_json(row))
        before = ",\n"
    sys.stdout.write("\n]\n" if before == ",\n" else "[]\n")


def safe_streams() -> None:
    """Let a stream that cannot write a character write a substitute, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
