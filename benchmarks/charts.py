"""Two charts for the documentation: time against rows, and against the number of rules. `python benchmarks/charts.py`."""

from pathlib import Path

import by_hand_polars
import matplotlib as mpl
import polars as pl
from frames import POLICY, TARGETS, beside, ours
from population import people

mpl.use("Agg")
import matplotlib.pyplot as plt

FOLDER = Path(__file__).parents[1] / "docs" / "assets"
ROWS = (10_000, 100_000, 1_000_000, 4_000_000)
RULES = (1, 5, 10, 20, 30, len(TARGETS))
MANY = 1_000_000
OURS, HAND = "#1f6f8b", "#c06c3a"


def some(lazy: pl.LazyFrame, targets: tuple[str, ...]) -> pl.LazyFrame:
    """A few of the targets."""
    told = {"members": "members", "countable_income": "countable_income"}
    needed = set(POLICY.plan.order(targets, set(told)))
    return POLICY.over(lazy, targets, unit="fen", **{name: column for name, column in told.items() if name in needed})


def against_rows() -> list[tuple[int, float, float]]:
    """Seconds by number of rows: ours, by hand."""
    out = []
    for many in ROWS:
        lazy = pl.from_arrow(people(many)).lazy()
        took = beside(
            {
                "ours": lambda lazy=lazy: ours(lazy).collect(engine="streaming"),
                "hand": lambda lazy=lazy: by_hand_polars.columns(lazy).collect(engine="streaming"),
            }
        )
        out.append((many, took["ours"], took["hand"]))
    return out


def against_rules() -> list[tuple[int, float, float]]:
    """Seconds by number of results asked for: ours, by hand."""
    lazy, out = pl.from_arrow(people(MANY)).lazy(), []
    for many in RULES:
        targets = TARGETS[:many]
        took = beside(
            {
                "ours": lambda targets=targets: some(lazy, targets).collect(engine="streaming"),
                "hand": lambda targets=targets: by_hand_polars.columns(lazy).select(targets).collect(engine="streaming"),
            }
        )
        out.append((many, took["ours"], took["hand"]))
    return out


def chart(name: str, found: list[tuple[int, float, float]], label: str, *, log: bool) -> None:
    """Draw and store one chart."""
    figure, axes = plt.subplots(figsize=(6.4, 3.6), dpi=120)
    for at, (who, colour) in enumerate((("povertyrules, cells looked at first", OURS), ("written by hand", HAND)), 1):
        axes.plot([row[0] for row in found], [row[at] for row in found], "o-", color=colour, label=who)
    axes.set(xlabel=label, ylabel="seconds (median of 5)")
    if log:
        axes.set_xscale("log")
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.tight_layout()
    FOLDER.mkdir(exist_ok=True)
    figure.savefig(FOLDER / f"{name}.png", metadata={"Software": None})


if __name__ == "__main__":
    chart("time-by-rows", against_rows(), "rows, all 43 results for a person", log=True)
    chart("time-by-rules", against_rules(), f"results asked for, {MANY:,} rows", log=False)
