"""Build povertyrules, install it with this project into a fresh environment, and run the project's tests.

Those under tests must pass; those under broken must fail, and say exactly what differs.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
DIFFERS = """\
90, the first year of the second band [第三条]
  willow-2019/old-age
  old_age_allowance
    expected  90.00
    got       9.00
    working   2 * 45 = 90
"""
FALSIFIED = "assert 4500 <= 900"
"""The least example that Hypothesis finds: the first band gives more than the second."""


def run(*command: object, within: Path, fails: bool = False) -> str:
    """What a command prints; it must succeed, or fail as tests fail."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "COV"))}
    found = subprocess.run(
        [str(one) for one in command],
        cwd=within,
        env={**plain, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if found.returncode != (1 if fails else 0):
        sys.exit(f"{found.stdout}\n{' '.join(map(str, command))} ended with {found.returncode}")
    return found.stdout


def main() -> None:
    """Do it all in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", place, within=HERE.parents[1])
        (wheel,) = place.glob("povertyrules-*.whl")
        project = shutil.copytree(HERE, place / "downstream")
        run(sys.executable, "-m", "venv", place / "venv", within=place)
        python = next(found for part in ("bin/python", "Scripts/python.exe") if (found := place / "venv" / part).exists())
        run(python, "-m", "pip", "install", "-qq", f"{wheel}[testing]", project, within=place)
        passed = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", within=project)
        broken = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "broken", within=project, fails=True)
    if "2 failed" not in broken or "passed" in broken or DIFFERS not in broken or FALSIFIED not in broken:
        sys.exit(f"{broken}\nwhat is broken on purpose was not caught as it should be")
    print(f"The downstream project: {passed.splitlines()[-1]}; what is broken on purpose was caught:")
    print(DIFFERS, end="")


if __name__ == "__main__":
    main()
