"""Writing new answers into a case file; every other character of it stays."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from povertyrules.core.errors import FileError


def rewrite(path: Path, place: int, answers: Mapping[str, object]) -> None:
    """Write answers, by quantity, into the case of a file that stands at a place.

    Raises `FileError`, and leaves the file as it is, where its layout could not be kept.
    """
    try:
        import tomlkit
    except ModuleNotFoundError as missing:
        text = "case files are rewritten with tomlkit: pip install 'povertyrules[testing]'"
        raise ModuleNotFoundError(text, name="tomlkit") from missing

    text = path.read_bytes().decode("utf-8")
    parsed: Any = tomlkit.parse(text)
    as_printed = tomlkit.dumps(parsed)
    expected = parsed["case"][place]["expected"]
    for quantity, answer in answers.items():
        expected[quantity] = answer
    new = _merged(text, as_printed, tomlkit.dumps(parsed))
    if new is None or not _only(text, new, place, answers):
        raise FileError(str(path), ", ".join(answers), "cannot be rewritten as the file is laid out: write it by hand")
    path.write_bytes(new.encode("utf-8"))


def _merged(text: str, before: str, after: str) -> str | None:
    """The text with the lines that differ between two printed forms of it; None if they don't fit it.

    What is printed can differ from the text where nothing was changed: a space is lost after a date in an inline table.
    """
    lines, old, new = (one.splitlines(keepends=True) for one in (text, before, after))
    if not len(lines) == len(old) == len(new):
        return None
    changed = {i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b}
    if any(lines[i] != old[i] for i in changed):
        return None
    return "".join(new[i] if i in changed else line for i, line in enumerate(lines))


def _only(text: str, new: str, place: int, answers: Mapping[str, object]) -> bool:
    """Whether a new text holds just the answers beside what the old one held."""
    wanted = tomllib.loads(text)
    wanted["case"][place]["expected"] |= answers
    return tomllib.loads(new) == wanted
