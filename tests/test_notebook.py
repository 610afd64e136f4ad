"""The example notebook runs from top to bottom and prints what it is stored with; it says nothing of the machine it ran on.

`python tests/test_notebook.py` stores it again, as it runs now.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "examples" / "notebook.ipynb"
MOST = 400_000
"""Characters that the file may have, with its pictures."""
PLACES = re.compile(
    r"(?<![\w.])/(?:home|root|tmp|usr|var|opt|work|Users|mnt|private)\b|[A-Za-z]:\\\\|https?://|file:|localhost|127\.0"
)
"""How a path or a host of a machine looks."""


def stored() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


def run() -> Any:
    """The notebook as it runs now."""
    notebook = stored()
    here = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", record_timing=False, resources=here).execute()
    return notebook


def printed(notebook: Any) -> list[str]:
    """What the cells print; pictures and the look of tables differ between versions of what draws them."""
    return ["".join(o["text"] for o in cell["outputs"] if o["output_type"] == "stream") for cell in code(notebook)]


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def pictures(notebook: Any) -> int:
    return sum("image/png" in output.get("data", {}) for cell in code(notebook) for output in cell["outputs"])


def test_what_is_stored_ran_in_order_and_without_an_error() -> None:
    cells = code(stored())
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} <= {"stream", "execute_result", "display_data"}
    assert {output["name"] for output in outputs if output["output_type"] == "stream"} == {"stdout"}
    assert pictures(stored()) >= 3


def test_nothing_of_a_machine_is_stored() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert len(text) < MOST
    for cell in stored()["cells"]:
        assert not cell["metadata"], "timings and states of an editor are not kept"
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
            assert PLACES.search(str(output)) is None
        assert PLACES.search(cell["source"]) is None
    assert set(stored()["metadata"]) == {"kernelspec", "language_info"}


@pytest.mark.long
def test_notebook_prints_what_it_is_stored_with() -> None:
    before, after = stored(), run()
    assert printed(after) == printed(before)
    assert pictures(after) == pictures(before)


if __name__ == "__main__":
    made = run()
    made["metadata"] = stored()["metadata"]
    for one in code(made):
        for output in one["outputs"]:
            if "image/png" in output.get("data", {}):
                del output["data"]["text/plain"]
    nbformat.write(made, NOTEBOOK)
