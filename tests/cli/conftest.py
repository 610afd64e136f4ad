"""The command line as the tests call it: in this process, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen
from typer.testing import CliRunner

from povertyrules.cli.app import app

ROOT = Path(__file__).parents[2]
IN_ZAOZHUANG = ("--policy", "zaozhuang-hitech", "--on", "2017-06-30")


@frozen
class Ran:
    """What one run of the command line left."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process; a traceback fails the test."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: object, **env: str) -> Ran:
        done = CliRunner().invoke(app, [str(arg) for arg in args], env=env, catch_exceptions=False)
        return Ran(done.exit_code, done.stdout, done.stderr)

    return call


@pytest.fixture
def assess(run: Run) -> Run:
    """Assess a file under the plan of Zaozhuang High-tech Zone, on 30 June 2017."""

    def call(file: object, *args: object, **env: str) -> Ran:
        return run("assess", file, *IN_ZAOZHUANG, *args, **env)

    return call


@pytest.fixture
def process() -> Run:
    """Run `python -m povertyrules` as a process of its own."""

    def call(*args: object, **env: str) -> Ran:
        command = [sys.executable, "-m", "povertyrules", *map(str, args)]
        done = subprocess.run(command, capture_output=True, env={**os.environ, **env}, cwd=ROOT, timeout=60, check=False)
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of households."""

    def call(text: str | bytes, name: str = "household.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return call


@pytest.fixture
def demo() -> Path:
    """The example that `make demo` shows."""
    return ROOT / "examples" / "household.toml"
