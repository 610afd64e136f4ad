"""A snapshot is the same everywhere, comes back from its file, and shows what a change of rules changes, and by what."""

import datetime
import difflib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from fictional.policies import kingdom

import povertyrules as pr
from povertyrules.core.entity import from_mapping
from povertyrules.core.errors import FileError, InputError, RangeError
from povertyrules.testing.snapshot import Snapshot

ON = datetime.date(2017, 6, 30)
ZZ = pr.policy("zaozhuang-hitech", on=ON)
BAND = "elderly.old_age.bands[80]"


@pytest.fixture(scope="module")
def taken() -> Snapshot:
    return Snapshot.of(ZZ, seed=2017, rows=150)


def owed_thirty(snapshot: Snapshot) -> set[tuple[int, str]]:
    """Who is 80 to 89 years old on the day of the case and known not to receive dibao, by row and place."""
    out = set()
    for i, row in enumerate(snapshot.rows):
        home = from_mapping(pr.Household, row.facts)
        on = home.on or ON
        for p, person in enumerate(home.persons or ()):
            age = relativedelta(on, person.born).years if person.born else 0
            if 80 <= age <= 89 and person.receives_dibao is False:
                out.add((i, f"persons[{p}]"))
    return out


def test_a_changed_figure_shows_for_those_whom_it_concerns_and_by_its_path(taken: Snapshot) -> None:
    found = taken.compare(ZZ.reform({BAND: pr.yuan(31)}, source="draft of 2018"))
    assert found.quantities.keys() == {"old_age_allowance"}
    assert {(one.row, one.at) for one in found} == owed_thirty(taken)
    assert len(found) > 3
    for one in found:
        assert (one.before, one.after) == ("30.00 yuan a month", "31.00 yuan a month")
        assert one.by == (f"{BAND}: 30.00 → 31.00 [hypothetical: draft of 2018]",)
        assert one.facts == taken.rows[one.row].facts
    assert str(found).startswith(f"{len(found)} × old_age_allowance, row ")


def test_the_files_differ_in_just_these_lines(taken: Snapshot, tmp_path: Path) -> None:
    """One line for the parameter (its value and its provision are two), one for each answer."""
    changed = ZZ.reform({BAND: pr.yuan(31)})
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    taken.save(before)
    again = Snapshot.of(changed, seed=2017, rows=150)
    assert [row.facts for row in again.rows] == [row.facts for row in taken.rows]  # an amount is no threshold
    again.save(after)
    lines = difflib.ndiff(before.read_text("utf-8").splitlines(), after.read_text("utf-8").splitlines())
    gone = [line for line in lines if line.startswith("- ")]
    assert sum("30.00 yuan a month" in line for line in gone) == len(owed_thirty(taken))
    assert len(gone) == len(owed_thirty(taken)) + 2


def test_a_moved_threshold_shows_on_the_same_households(taken: Snapshot) -> None:
    """A threshold moves what would be drawn; the households compared stay those of the snapshot."""
    later = ZZ.reform({"elderly.longevity.first_age": 101})
    found = taken.compare(later)
    assert found.quantities.keys() == {"longevity_allowance"}
    assert {one.after for one in found if one.before == "at least 400.00 yuan a month"} == {"not eligible"}
    assert {one.after for one in found if one.before == "at least 410.00 yuan a month"} <= {"at least 400.00 yuan a month"}
    assert {by for one in found for by in one.by} == {"elderly.longevity.first_age: 100 → 101 [hypothetical: reform]"}
    with pytest.raises(InputError, match="a snapshot of the same households"):
        taken.compare(Snapshot.of(later, seed=2018, rows=150))


def test_another_reading_shows_by_its_name(taken: Snapshot) -> None:
    found = taken.compare(ZZ.reading("elderly.old_age_stacking", "adds"))
    assert found.quantities.keys() <= {"old_age_allowance", "dibao_old_age_allowance"}
    assert {one.by for one in found} == {("elderly.old_age_stacking: replaces → adds",)}


def test_another_day_shows_what_is_not_in_force_and_who_is_refused(taken: Snapshot) -> None:
    """In 2010 nothing of box 7 is in force; who was treated or born after that day is refused, with the field."""
    found = taken.compare(pr.policy("zaozhuang-hitech", on="2010-06-30"))
    gone = [one for one in found if one.quantity == "longevity_allowance"]
    assert gone
    assert {one.after for one in gone} == {""}
    refused = [one for one in found if one.quantity == "refused"]
    assert refused
    assert all("allowed: a date not after the day" in one.after and "2010" not in one.before for one in refused)
    assert len({one.row for one in refused}) == len(refused)


def test_nothing_changes_without_a_change(taken: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    taken.save(file)
    back = Snapshot.load(file)
    assert back == taken
    assert len(taken.compare(ZZ)) == len(back.compare(file)) == 0
    assert str(back.compare(ZZ)) == "nothing changed"
    assert not back.compare(ZZ)


def test_the_same_seed_gives_the_same_file_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys, povertyrules as pr; from povertyrules.testing.snapshot import Snapshot;"
        "Snapshot.of(pr.policy('zaozhuang-hitech', on='2017-06-30'), seed=5, rows=40).save(sys.argv[1])"
    )
    for hashes in ("0", "1", "77"):
        file = tmp_path / f"{hashes}.json"
        subprocess.run([sys.executable, "-c", code, str(file)], env={**os.environ, "PYTHONHASHSEED": hashes}, check=True)
    here = tmp_path / "here.json"
    Snapshot.of(ZZ, seed=5, rows=40).save(here)
    assert len({file.read_bytes() for file in tmp_path.glob("*.json")}) == 1
    assert len(Snapshot.of(ZZ, seed=6, rows=40).rows) == 40
    assert Snapshot.of(ZZ, seed=6, rows=40).rows != Snapshot.of(ZZ, seed=5, rows=40).rows


def test_a_snapshot_holds_no_identity_number(taken: Snapshot) -> None:
    assert not any({"id_number", "name"} & person.keys() for row in taken.rows for person in row.facts.get("persons", ()))


def test_edges_stand_in_the_grid() -> None:
    """Somebody turns 80, 90 or 100 just about the day."""
    born = {person.get("born") for row in Snapshot.of(ZZ, seed=1, rows=400).rows for person in row.facts.get("persons", ())}
    about = {str(ON - relativedelta(years=age) + datetime.timedelta(days=by)) for age in (80, 90, 100) for by in (-1, 0, 1)}
    assert len(about & born) >= 4


def test_a_world_of_ones_own_has_snapshots(tmp_path: Path) -> None:
    taken = Snapshot.of(kingdom(), rows=60)
    taken.save(tmp_path / "kingdom.json")
    found = Snapshot.load(tmp_path / "kingdom.json").compare(kingdom().reading("ruritania.rounding", "down"))
    assert found
    assert {by for one in found for by in one.by} == {"ruritania.rounding: half_up → down"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2}, "a snapshot of version 1"),
        ({"rows": {}}, "allowed: a list, as save writes it"),
        ({"rows": [{}]}, "a snapshot as save writes it"),
        ({"parameters": {"a": "b"}}, "a snapshot as save writes it"),
    ],
)
def test_what_is_no_snapshot_is_refused(taken: Snapshot, tmp_path: Path, change: dict[str, object], said: str) -> None:
    file = tmp_path / "bad.json"
    taken.save(file)
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(FileError, match=said):
        Snapshot.load(file)


def test_rows_and_shares_out_of_range_are_refused() -> None:
    for rows in (0, 100_001):
        with pytest.raises(RangeError, match="1 to 100000"):
            Snapshot.of(ZZ, rows=rows)
    with pytest.raises(RangeError, match="a share from 0 to 1"):
        Snapshot.of(ZZ, rows=1, unknown=2)
