"""Tables of plain text: a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = 2


def width(text: str) -> int:
    """How many columns a text takes: a full-width character two, a mark that combines none.

    >>> width("低保 dibao")
    10
    """
    return sum(map(_columns, text))


def _columns(ch: str) -> int:
    if unicodedata.category(ch) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(ch) in "WF" else 1


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, each column as wide as its widest cell.

    >>> aligned([("低保", "400.00"), ("a", "1.00")])
    ['低保  400.00', 'a     1.00']
    """
    columns = max(map(len, rows), default=0)
    widths = [max((width(row[i]) for row in rows if i < len(row)), default=0) for i in range(columns)]
    return ["".join(cell + " " * (widths[i] - width(cell) + GAP) for i, cell in enumerate(row)).rstrip() for row in rows]
