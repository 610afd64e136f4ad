"""The command line: `povertyrules`, or `python -m povertyrules`. It needs the extra `cli`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

NEEDED = ("typer", "rich")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 1 findings, 2 bad input."""
    try:
        import rich  # noqa: F401 - asked for here, since typer does without it

        from povertyrules.cli.app import run
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in NEEDED:
            raise
        print(f"error: the command line needs {missing.name}: pip install 'povertyrules[cli]'", file=sys.stderr)
        return 2
    return run(argv)
