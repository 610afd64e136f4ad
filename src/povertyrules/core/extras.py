"""Packages beyond the core's three: imported where they are used, with an error that names the extra."""

from __future__ import annotations

import importlib
from types import ModuleType


def needed(module: str, extra: str) -> ModuleType:
    """A package of an extra; `ModuleNotFoundError` that says what to install, if it is not there.

    >>> needed("json", "none").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module.partition(".")[0]:
            raise
        raise ModuleNotFoundError(f"this needs {module}: pip install 'povertyrules[{extra}]'", name=module) from missing
