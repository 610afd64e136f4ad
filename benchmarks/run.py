"""Print the budgets beside what this machine measures; the exit status is always 0."""

import importlib
import subprocess
from collections.abc import Iterator

from timing import Row

PARTS = {
    "startup": "Having it",
    "calls": "Calling it",
    "beside": "OpenFisca beside it",
    "kit": "Proofs and tests",
    "frames": "Whole frames",
}


def rows_of(part: str) -> Iterator[Row]:
    """The rows of a part; what could not be measured is said, and the other parts go on."""
    try:
        yield from importlib.import_module(part).rows()
    except Exception as error:  # a bench reports, whatever happened
        told = error.stderr.decode(errors="replace").strip() if isinstance(error, subprocess.CalledProcessError) else repr(error)
        yield Row(f"{part}: NOT MEASURED from here on", told.splitlines()[-1])


def main() -> None:
    over = []
    for part, title in PARTS.items():
        print(f"\n{title}")
        for name, measured, unit, budget, versus in rows_of(part):
            shown = measured if isinstance(measured, str) else f"{measured:,.2f}"
            verdict = "" if budget is None else "within" if measured <= budget else "OVER"
            over += [name.strip()] if verdict == "OVER" or "NOT MEASURED" in name else []
            limit = "" if budget is None else f"at most {budget}"
            print(f"  {name:<52}{shown:>12} {unit:<3}{limit:>12}  {verdict:<7} {versus}".rstrip(), flush=True)
    print(f"\nOver budget: {', '.join(over) or 'nothing'}")


if __name__ == "__main__":
    main()
