"""What it costs to have the library at all: its import, as whole processes, and its size, as it is installed."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from timing import Row, medians

BARE = (sys.executable, "-I", "-S", "-c")  # the same flags for all: no environment, no site-packages
NEEDS = "import attrs, cattrs, dateutil.relativedelta"


def rows() -> Iterator[Row]:
    """Build the wheel, install it with its dependencies into an empty folder, and measure both."""
    with tempfile.TemporaryDirectory() as temp:
        dist, target = Path(temp, "dist"), Path(temp, "installed")
        run(sys.executable, "-m", "build", "--wheel", "--outdir", str(dist), str(Path(__file__).parent.parent))
        wheel = next(dist.glob("*.whl"))
        run(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), str(wheel))
        path = f"import sys; sys.path.insert(0, {str(target)!r}); "
        codes = {"bare": "pass", "needs": path + NEEDS, "ours": path + "import povertyrules"}
        took = medians({name: lambda code=code: run(*BARE, code) for name, code in codes.items()}, rounds=15)
        bare, needs, ours = (seconds * 1e3 for seconds in took.values())
        versus = f"{ours / bare:.1f} x the bare interpreter, {bare:.0f} ms"
        yield Row("import povertyrules, over a bare interpreter", ours - bare, "ms", 80, versus)
        yield Row("  its three dependencies alone", needs - bare, "ms")
        yield Row("wheel", wheel.stat().st_size / 1e6, "MB", 1)
        size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
        yield Row("installed, with its dependencies and bytecode", size / 1e6, "MB", 8)


def run(*command: str) -> None:
    """Run a process to its end."""
    subprocess.run(command, check=True, capture_output=True)
