"""Reading files that a stranger wrote: every way of failing is one clear line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from povertyrules.core.errors import FileError

LARGEST = 16 * 2**20
DEEPEST = 40
"""How deep tables and lists may nest: a household needs five levels, a pack six."""
_TOO_DEEP = "tables or lists are nested too deep to be read"

# A TOML key of a hundred parts, bare or quoted: reading one takes time that grows with the cube of its length. What the
# pattern has taken it never gives back, so that looking for one takes no longer than reading the file.
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_DOTTED = re.compile(rf"(?<![A-Za-z0-9_.-])(?:{_PART}){{100}}")


def read_data(path: str | Path, *, largest: int = LARGEST) -> dict[str, object]:
    """Read a TOML or JSON file as a table; raise `FileError` with the reason otherwise."""
    file = Path(path)
    if file.suffix not in {".toml", ".json"}:
        raise FileError(str(path), file.suffix or "no suffix", "allowed: a .toml or a .json file")
    data = _parsed(_text(file, largest), path, file.suffix[1:].upper())
    if _depth_over(data, DEEPEST):
        raise FileError(str(path), "nesting", _TOO_DEEP)
    if isinstance(data, list):
        return {"households": data}
    if not isinstance(data, dict) or not data:
        raise FileError(
            str(path),
            "empty" if not data else type(data).__name__,
            "allowed: a table with at least one entry",
        )
    return data


class _Twice(ValueError):
    """A key that stands twice in one JSON object."""


def _parsed(text: str, path: str | Path, kind: str) -> object:
    """What a text holds, as TOML or JSON."""
    import json
    import tomllib

    if kind == "TOML" and (found := _DOTTED.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        raise FileError(str(path), f"the key on line {line}", _TOO_DEEP)
    try:
        return tomllib.loads(text) if kind == "TOML" else json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise FileError(str(path), "nesting", _TOO_DEEP) from None
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, _Twice) as error:
        raise FileError(str(path), str(error), f"allowed: well-formed {kind}") from None
    except ValueError:  # an integer that is longer than Python reads
        raise FileError(
            str(path),
            "a number of thousands of digits",
            f"allowed: well-formed {kind}, with numbers of ordinary length",
        ) from None


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """A JSON object, whose keys stand once each, as in TOML."""
    out: dict[str, object] = {}
    for key, value in pairs:
        if key in out:
            raise _Twice(f"the key {key!r} stands twice")
        out[key] = value
    return out


def _depth_over(data: object, deepest: int) -> bool:
    """Whether tables and lists nest deeper than so many levels; nothing is called from within itself here."""
    level: list[object] = [data]
    for _ in range(deepest + 1):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _text(file: Path, largest: int) -> str:
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise FileError(str(file), "a folder", "allowed: a file")
        if size > largest:
            raise FileError(str(file), f"{size / 2**20:.0f} MB", f"allowed: at most {largest // 2**20} MB; split the file")
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise FileError(str(file), "not found", "write the path of a file that exists") from None
    except UnicodeDecodeError as error:
        raise FileError(str(file), f"byte {error.start}", "allowed: text in UTF-8; save the file in that encoding") from None
    except OSError as error:
        raise FileError(str(file), error.strerror or "unreadable", "allowed: a file that can be read") from None
    if not text.strip():
        raise FileError(str(file), "empty", "allowed: a file with at least one household or section")
    return text
