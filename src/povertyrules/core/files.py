"""Reading files that a stranger wrote: every way of failing is one clear line."""

from __future__ import annotations

from pathlib import Path

from povertyrules.core.errors import FileError

LARGEST = 16 * 2**20


def read_data(path: str | Path, *, largest: int = LARGEST) -> dict[str, object]:
    """Read a TOML or JSON file as a table; raise `FileError` with the reason otherwise."""
    file = Path(path)
    if file.suffix not in {".toml", ".json"}:
        raise FileError(str(path), file.suffix, "allowed: a .toml or a .json file")
    text = _text(file, largest)
    import json
    import tomllib

    try:
        data = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    except RecursionError:
        raise FileError(str(path), "nesting", "tables or lists are nested too deep to be read") from None
    except ValueError as error:
        raise FileError(str(path), str(error), f"allowed: well-formed {file.suffix[1:].upper()}") from None
    if isinstance(data, list):
        return {"households": data}
    if not isinstance(data, dict) or not data:
        raise FileError(
            str(path),
            "empty" if not data else type(data).__name__,
            "allowed: a table with at least one entry",
        )
    return data


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
