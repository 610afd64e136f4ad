"""The command line as a process: exit status, streams, encodings, pipes, and what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "object"]
Write = Callable[..., Path]
IN_ZAOZHUANG = ("--policy", "zaozhuang-hitech", "--on", "2017-06-30")


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_the_demo_is_done_and_quiet(process: Run, demo: Path) -> None:
    done = process("assess", demo, *IN_ZAOZHUANG)
    assert (done.status, done.err) == (0, "")
    assert "at least 430.00" in done.out
    assert "\x1b" not in done.out


def test_a_bad_file_is_one_line_and_status_2(process: Run, write: Write) -> None:
    done = process("assess", write(""), *IN_ZAOZHUANG)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1


def test_a_misspelt_command_has_a_suggestion_and_status_2(process: Run) -> None:
    done = process("asses")
    assert done.status == 2
    assert "assess" in done.err.replace("'asses'", "")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_stream_that_cannot_write_chinese_gets_a_substitute(process: Run, demo: Path, form: str) -> None:
    done = process("assess", demo, *IN_ZAOZHUANG, "--format", form, PYTHONIOENCODING="ascii")
    assert (done.status, done.err) == (0, "")
    assert done.out.isascii()
    if form == "json":
        assert json.loads(done.out)["household"] == "王家"


def test_a_reader_that_stops_early_causes_no_traceback(write: Write) -> None:
    many = write(json.dumps([{"name": f"H{i}", "persons": [{}]} for i in range(60)]), "many.json")
    command = [sys.executable, "-m", "povertyrules", "assess", str(many), *IN_ZAOZHUANG]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        told = running.stderr.read()
    assert b"Traceback" not in told
    assert b"Exception" not in told


def test_without_the_extra_it_says_how_to_get_it() -> None:
    for missing in ("typer", "rich"):
        done = python(
            f"import sys; sys.modules['{missing}'] = None\nfrom povertyrules.cli import main\nsys.exit(main(['policies']))"
        )
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert missing in done.stderr
        assert "pip install 'povertyrules[cli]'" in done.stderr


def test_the_library_does_not_import_the_command_line() -> None:
    done = python(
        "import sys, povertyrules, povertyrules.households, povertyrules.cli\n"
        "print(sorted({'typer', 'rich', 'pydantic'} & set(sys.modules)))"
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_installed_command_is_the_module(process: Run) -> None:
    script = Path(sys.executable).with_name("povertyrules")
    if not script.exists():
        pytest.skip("the package is not installed as a command here")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, env=os.environ, check=False)
    assert done.stdout == process("--version").out
