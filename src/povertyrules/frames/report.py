"""What happened at the boundary of a frame, and the refusal of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field, frozen

from povertyrules.core.errors import InputError, as_shown, hidden


@define
class Report:
    """Filled in by `over` and `assess_frames`: what was read, what was refused or moved, and what the results rest on.

    >>> Report().moved
    {}
    """

    used: dict[str, str] = field(factory=dict)
    """The column that told each fact."""
    unused: tuple[str, ...] = ()
    """Columns that no rule reads."""
    invalid: dict[str, int] = field(factory=dict)
    """How many cells of a column were refused; counted where a pass over the data is made."""
    moved: dict[str, int] = field(factory=dict)
    """How many cells of a column were rounded to a whole fen."""
    citations: dict[str, tuple[str, ...]] = field(factory=dict)
    """The provisions behind each result column; what the caller told in place of one is cited as that."""
    open: dict[str, str] = field(factory=dict)
    """Result columns whose wording leaves the figure open, such as "not less than"."""
    not_in_force: dict[str, str] = field(factory=dict)
    """Entitlements for which the documents do not speak on the policy's day, and why; whole tables have no column for them."""
    assumptions: tuple[str, ...] = ()
    """What was taken as nothing, or as no, where it was not told."""


def _masked(cells: Iterable[tuple[int | None, str]]) -> tuple[tuple[int | None, str], ...]:
    return tuple((row, str(as_shown(hidden(cell)))) for row, cell in cells)


@frozen
class Refused:
    """The refused cells of a column: how many of how many, what is allowed, and the first with their rows."""

    column: str
    count: int
    rows: int
    allowed: str
    first: tuple[tuple[int | None, str], ...] = field(default=(), converter=_masked)
    of: str = "rows"

    def __str__(self) -> str:
        shown = ", ".join(value if row is None else f"row {row}: {value}" for row, value in self.first)
        said = f"{self.column}: {self.count:,} of {self.rows:,} {self.of} are refused; {self.allowed}"
        return f"{said}; first {shown}" if shown else said


class FrameError(InputError):
    """Cells of a frame are refused. `refused` says which columns, how many cells, and the first of them.

    `invalid="null"` counts them as unknown, `invalid="keep"` does so and says it in a column of findings.
    """

    def __init__(self, refused: Sequence[Refused]) -> None:
        self.refused = tuple(refused)
        names = ", ".join(one.column for one in self.refused)
        super().__init__(names, "", "; ".join(one.allowed for one in self.refused))
        self.args = (self.refused,)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many cells of each column are refused."""
        return {one.column: one.count for one in self.refused}

    def __str__(self) -> str:
        more = 'invalid="null" counts them as unknown, invalid="keep" names them in a column of findings'
        return hidden("\n".join([*map(str, self.refused), more]))
