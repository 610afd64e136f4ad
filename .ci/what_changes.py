"""The "what changes" section of the changelog: what the packs of this tree change against those of an earlier revision.

    .venv/bin/python .ci/what_changes.py v0.1.0

Each policy is asked, on every day on which a section of it begins or has ended, about made-up households that follow from a
seed and from the thresholds of both of its states. Printed is Markdown, ready for a `rules` entry in `changelog.d`.
"""

import datetime
import io
import random
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import povertyrules as pr
from povertyrules.analysis.differences import units
from povertyrules.core.pack import Pack
from povertyrules.registry import PACKS, alias, all_areas, below
from povertyrules.testing.trees import Maker

ROOT = Path(__file__).parents[1]
HOMES = 200
SEED = 2017


def main(revision: str) -> None:
    """Print what changes since a revision."""
    with tempfile.TemporaryDirectory() as folder:
        inside = PACKS.relative_to(ROOT).as_posix()
        archive = subprocess.run(["git", "archive", revision, inside], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(folder, filter="data")
        print("\n\n".join(changed(Path(folder) / inside, PACKS)) or "- nothing changes")


def changed(old: Path, new: Path) -> list[str]:
    """What changes in each place, from one folder of packs to another."""
    places = [
        sorted(file.relative_to(packs).with_suffix("").as_posix() for file in packs.rglob("*.toml")) for packs in (old, new)
    ]
    out = [f"{'New' if place in places[1] else 'Gone'}: {place}" for place in sorted({*places[0]} ^ {*places[1]})]
    for place in sorted({*places[0]} & {*places[1]}):
        out += of_a_place(place, chain(old, place), chain(new, place))
    return out


def chain(packs: Path, place: str) -> tuple[Pack, ...]:
    """The packs of a place in a folder, from the country down."""
    parts, out = place.split("/"), list[Pack]()
    for depth in range(1, len(parts) + 1):
        file = packs / ("/".join(parts[:depth]) + ".toml")
        if file.exists():
            out.append(below(file, out, all_areas()))
    return tuple(out)


def of_a_place(place: str, old: tuple[Pack, ...], new: tuple[Pack, ...]) -> list[str]:
    """What changes in one place, under each first day on which something does."""
    out: dict[str, str] = {}
    sections = [section for packs in (old, new) for pack in packs for section in pack.sections()]
    ended = {section.until + datetime.timedelta(days=1) for section in sections if section.until}
    for day in sorted({section.start for section in sections} | ended):
        before, after = pr.Policy(old, day), pr.Policy(new, day)
        if units(before, after):
            said = pr.diff(before, after, homes(before, after)).markdown()
            out.setdefault(said, f"{alias(place)}, from {day}:\n\n{said}")
    return list(out.values())


def homes(*policies: pr.Policy) -> list[pr.Household]:
    """Households at the thresholds of some policies."""
    pick = random.Random(SEED)
    makers = [Maker(policy, unknown=0.05) for policy in policies]
    made = [maker.make(maker.top, pick.randbytes) for maker in makers for _ in range(HOMES // len(makers))]
    return [home for home in made if isinstance(home, pr.Household)]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("write the revision to compare with, such as: .ci/what_changes.py v0.1.0")
    main(sys.argv[1])
