"""What the pages show is run: Python, commands and the files they name; it prints what the page says it prints."""

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from povertyrules.cli.app import run

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r'^```(?P<lang>\w*)(?: title="(?P<file>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
LEFT_OUT = r"(?:.*\n)*?"
"""What a line with just an ellipsis stands for in the output of a command."""
RUN = ("```python", "```console")
EVERY = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PAGES = [page for page in EVERY if any(line.startswith(RUN) for line in page.read_text(encoding="utf-8").splitlines())]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory in which a page runs; the examples are there."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_prints_what_it_says(page: Path, place: Path) -> None:
    if "from pyspark" in page.read_text(encoding="utf-8") and not shutil.which("java"):
        pytest.skip("Spark needs Java")
    space: dict[str, object] = {}
    blocks = list(FENCE.finditer(page.read_text(encoding="utf-8")))
    for i, block in enumerate(blocks):
        if block["lang"] == "python":
            after = blocks[i + 1] if i + 1 < len(blocks) else None
            assert printed(block["body"], space) == (after["body"] if after and after["lang"] == "text" else "")
        elif block["lang"] == "console":
            for command, output in commands(block["body"]):
                shown = map(re.escape, re.split(r"^…\n", output, flags=re.MULTILINE))
                assert re.fullmatch(LEFT_OUT.join(shown), answered(command)), answered(command)
        elif block["lang"] == "text":
            assert blocks[i - 1]["lang"] == "python", f"an output that no code printed: {block['body']}"
        else:
            assert block["file"], f"a block that is neither run nor saved as a file: {block['body']}"
            (place / block["file"]).write_text(block["body"], encoding="utf-8")


def printed(code: str, space: dict[str, object]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, space)
    return out.getvalue()


def commands(body: str) -> Iterator[tuple[str, str]]:
    found = list(COMMAND.finditer(body))
    assert "".join(one[0] for one in found) == body, f"not a list of commands: {body}"
    for one in found:
        yield one["command"], one["output"]


def answered(command: str) -> str:
    """What a command prints, and its exit status where it is not 0."""
    out, (program, *arguments) = io.StringIO(), shlex.split(command)
    assert program == "povertyrules"
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = run(arguments)
    return out.getvalue() + (f"exit status {status}\n" if status else "")


@pytest.mark.parametrize("folder", ["tutorial", "how-to"])
def test_every_page_of_a_task_has_an_example(folder: str) -> None:
    """A page of one task that shows nothing would pass unseen."""
    assert {page for page in (DOCS / folder).glob("*.md") if page.name != "index.md"} <= set(PAGES)


def test_every_page_of_a_task_is_led_to() -> None:
    for folder in ("tutorial", "how-to", "explanation/decisions"):
        index = (DOCS / folder / "index.md").read_text(encoding="utf-8")
        pages = {page.name for page in (DOCS / folder).glob("*.md")} - {"index.md"}
        assert {page for page in pages if f"({page})" not in index} == set()
