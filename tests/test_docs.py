"""The code in the README and the tutorial runs, and prints what the page says it prints."""

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "docs" / "zh" / "index.md", *sorted((ROOT / "docs" / "tutorial").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```$)?", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_prints_what_it_says(page: Path) -> None:
    space: dict[str, object] = {}
    blocks = list(BLOCK.finditer(page.read_text(encoding="utf-8")))
    assert blocks, "no example on the page"
    for block in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(block["code"], space)
        assert out.getvalue() == (block["output"] or "")
