"""Columns of plain text, against what a terminal counts (rich)."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from povertyrules.analysis.aligned import aligned, width

WORDS = st.text(alphabet="ab 低保高龄补贴，：（）“”…éａｂ㎡①", max_size=12)


@given(WORDS)
def test_a_text_is_as_wide_as_on_a_terminal(text: str) -> None:
    assert width(text) == cell_len(text)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), max_size=6))
def test_each_column_begins_at_one_place(rows: list[list[str]]) -> None:
    lines = aligned(rows)
    widest = [max((cell_len(row[i]) for row in rows), default=0) for i in range(3)]
    for row, line in zip(rows, lines, strict=True):
        cells = [cell + " " * (widest[i] - cell_len(cell)) for i, cell in enumerate(row)]
        assert line == "  ".join(cells).rstrip()


def test_a_mark_takes_no_column_and_short_rows_stay_short() -> None:
    assert width("e\u0301") == 1
    assert aligned([["a", "b"], [], ["ccc"]]) == ["a    b", "", "ccc"]
