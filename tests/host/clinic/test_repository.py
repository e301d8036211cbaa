"""Patients, plans, calibrations and sessions behind one class, whatever happens to their files."""

import errno
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from calibration.montage import montages
from calibration.muscles import Side
from host.clinic.plan import Plan
from host.clinic.repository import Clinic
from host.errors import ClinicError, ConflictError, SettingsError
from host.recording import durable
from host.recording.manifest import NAME
from host.recording.store import sessions_folder
from tests.host.clinic.people import patient, plan, profile
from tests.host.recording.sessions import Disk, manifest, write_session


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """Return a clinic with one patient."""
    made = Clinic(tmp_path)
    made.add(patient(), by="T07")
    return made


def entry(root: Path, code: str = "P01", number: int = 1) -> Path:
    return root / "patients" / code / "entry" / f"{number:04d}.json"


def plan_file(root: Path, number: int) -> Path:
    return root / "patients" / "P01" / "plans" / f"{number:04d}.json"


def test_a_clinic_without_a_folder_has_nobody(tmp_path: Path) -> None:
    empty = Clinic(tmp_path / "nothing")
    assert empty.patients().found == ()
    assert empty.plan("P01") is None
    assert empty.profiles("P01").found == ()
    assert empty.newest_profile("P01") is None
    assert empty.sessions("P01").found == ()
    assert not (tmp_path / "nothing").exists()


def test_it_lies_among_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path))
    Clinic().add(patient(), by="T07")
    assert entry(tmp_path).is_file()
    assert Clinic().sessions_folder == sessions_folder()


def test_a_patient_is_found_again_as_saved(clinic: Clinic, tmp_path: Path) -> None:
    found = Clinic(tmp_path).patient("P01")
    assert found == replace(patient(), edition=found.edition)
    assert (found.edition.number, found.edition.by, found.edition.why) == (1, "T07", "added")
    assert found.edition.saved.endswith("+00:00")


def test_patients_are_listed_by_code(clinic: Clinic) -> None:
    clinic.add(patient("A9"), by="T07")
    assert [one.code for one in clinic.patients().found] == ["A9", "P01"]


def test_a_code_is_given_once(clinic: Clinic) -> None:
    with pytest.raises(ConflictError, match="entry of P01 is there already"):
        clinic.add(patient(affected=Side.LEFT), by="T08")
    assert clinic.patient("P01").affected is Side.RIGHT


def test_codes_that_one_folder_might_hold_are_refused(clinic: Clinic) -> None:
    with pytest.raises(SettingsError, match="p01 is too like P01"):
        clinic.add(patient("p01"), by="T07")


def test_nobody_is_said_to_be_nobody(clinic: Clinic) -> None:
    with pytest.raises(ClinicError, match="There is no patient P02"):
        clinic.patient("P02")
    with pytest.raises(ClinicError, match="There is no patient P02"):
        clinic.save_plan(plan(person="P02"), by="T07")
    with pytest.raises(SettingsError, match="never a name"):
        clinic.patient("Anna Meier")


def test_every_save_of_a_plan_is_a_new_version_and_the_old_stay(clinic: Clinic) -> None:
    first = clinic.save_plan(plan(), by="T07", why="to begin with")
    second = clinic.save_plan(replace(first, bout_s=90.0), by="T08", why="shorter")
    assert (first.version, second.version) == (1, 2)
    assert clinic.plan("P01") == second
    assert clinic.plans("P01").found == (first, second)
    assert (second.edition.by, second.edition.why) == ("T08", "shorter")


def test_every_save_of_a_patient_is_kept_too(clinic: Clinic) -> None:
    first = clinic.patient("P01")
    second = clinic.save(replace(first, synkinesis=None), by="T08", why="taken back")
    assert clinic.entries("P01").found == (first, second)


def test_who_saves_over_a_newer_version_is_told_and_nothing_is_lost(
    clinic: Clinic, tmp_path: Path
) -> None:
    here = clinic.save_plan(plan(), by="T07")
    there = Clinic(tmp_path).save_plan(replace(here, bout_s=60.0), by="T08")
    with pytest.raises(ConflictError, match="Somebody saved version 2 of the plan of P01"):
        clinic.save_plan(replace(here, hold_s=4.0), by="T07")
    assert clinic.plans("P01").found == (here, there)


def test_two_first_plans_at_once_are_two_people_who_must_talk(clinic: Clinic) -> None:
    clinic.save_plan(plan(), by="T07")
    with pytest.raises(ConflictError, match="plan of P01 is there already"):
        clinic.save_plan(plan("frown"), by="T08")


def test_a_version_that_went_away_is_no_ground_to_build_on(clinic: Clinic, tmp_path: Path) -> None:
    first = clinic.save_plan(plan(), by="T07")
    second = clinic.save_plan(first, by="T07")
    plan_file(tmp_path, 2).unlink()
    with pytest.raises(ConflictError, match="Version 2 of the plan of P01 is not there any more"):
        clinic.save_plan(second, by="T07")


def add_notes(root: Path, sign: str, times: int) -> None:
    """Add a sign to the patient's notes so many times, beside others who do the same."""
    clinic = Clinic(root)
    while times:
        known = clinic.patient("P01")
        try:
            clinic.save(replace(known, notes=known.notes + sign), by=sign)
        except ConflictError:
            continue
        times -= 1


def test_writers_at_once_lose_nothing(clinic: Clinic, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(add_notes, tmp_path, sign, 5) for sign in "abcd"]:
            done.result()
    assert sorted(clinic.patient("P01").notes) == sorted("abcd" * 5)
    assert [one.edition.number for one in clinic.entries("P01").found] == list(range(1, 22))


def test_a_program_that_never_ends_its_save_does_not_hold_others_for_ever(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("host.clinic.versions._PATIENCE_S", 0.0)
    with (entry(tmp_path).parent / ".lock").open("ab") as held:
        assert durable.lock(held)
        with pytest.raises(ConflictError, match="Another program is saving the entry of P01"):
            clinic.save(clinic.patient("P01"), by="T07")
    clinic.save(clinic.patient("P01"), by="T07")


def test_a_full_disk_leaves_the_plan_as_it_was(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clinic.save_plan(plan(), by="T07")
    Disk(monkeypatch).room = 40
    with pytest.raises(ClinicError, match=r"plan of P01 cannot be saved: No space"):
        clinic.save_plan(replace(first, bout_s=60.0), by="T07")
    assert clinic.plan("P01") == first
    assert [path.name for path in plan_file(tmp_path, 1).parent.glob("0*")] == ["0001.json"]


def test_a_save_is_on_the_disk_when_it_returns(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    clinic.save_plan(plan(), by="T07")
    assert disk.syncs == 1
    disk.sync_code = errno.EIO
    with pytest.raises(ClinicError, match="cannot be saved"):
        clinic.save_plan(clinic.plan("P01") or plan(), by="T07")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": "quietface-session"}'],
)
def test_a_damaged_entry_is_one_sentence_and_hides_no_other_patient(
    content: bytes, clinic: Clinic, tmp_path: Path
) -> None:
    clinic.add(patient("P02"), by="T07")
    entry(tmp_path).write_bytes(content)
    listing = clinic.patients()
    assert [one.code for one in listing.found] == ["P02"]
    (said,) = listing.damaged
    assert str(entry(tmp_path)) in said
    assert "is damaged" in said
    assert "\n" not in said


def test_an_older_plan_is_not_taken_for_a_damaged_newer_one(clinic: Clinic, tmp_path: Path) -> None:
    first = clinic.save_plan(plan(), by="T07")
    clinic.save_plan(first, by="T07")
    plan_file(tmp_path, 2).write_bytes(b"{")
    with pytest.raises(ClinicError, match=r"0002\.json is damaged.*Move it away"):
        clinic.plan("P01")
    history = clinic.plans("P01")
    assert history.found == (first,)
    assert len(history.damaged) == 1
    plan_file(tmp_path, 2).rename(tmp_path / "away.json")
    assert clinic.plan("P01") == first


def test_a_file_too_large_is_not_read(clinic: Clinic, tmp_path: Path) -> None:
    entry(tmp_path).write_bytes(b" " * 1_000_001)
    with pytest.raises(ClinicError, match="too large to be the entry of P01"):
        clinic.patient("P01")


def changed(path: Path, **entries: object) -> None:
    """Change what a file says of itself; what it holds where the name begins with `_`."""
    file = json.loads(path.read_text(encoding="utf-8"))
    for name, value in entries.items():
        (file["content"] if name.startswith("_") else file)[name.removeprefix("_")] = value
    path.write_text(json.dumps(file), encoding="utf-8")


def test_an_unknown_version_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    changed(entry(tmp_path), version=2)
    with pytest.raises(ClinicError, match=r"of version 2, and this program reads version 1"):
        clinic.patient("P01")


def test_a_file_that_holds_nonsense_is_damaged(clinic: Clinic, tmp_path: Path) -> None:
    changed(entry(tmp_path), _code="Anna Meier")
    with pytest.raises(ClinicError, match="is damaged: a patient has a code"):
        clinic.patient("P01")


def test_a_file_that_was_put_in_the_place_of_another_is_refused(
    clinic: Clinic, tmp_path: Path
) -> None:
    first = clinic.save_plan(plan(), by="T07")
    clinic.save_plan(first, by="T07")
    plan_file(tmp_path, 2).write_bytes(plan_file(tmp_path, 1).read_bytes())
    with pytest.raises(ClinicError, match="it says that it is version 1"):
        clinic.plan("P01")


def test_one_person_never_gets_the_files_of_another(clinic: Clinic, tmp_path: Path) -> None:
    clinic.add(patient("P02"), by="T07")
    clinic.save_plan(plan(person="P02"), by="T07")
    for kind in ("entry", "plans"):
        folder = tmp_path / "patients" / "P01" / kind
        folder.mkdir(exist_ok=True)
        other = tmp_path / "patients" / "P02" / kind / "0001.json"
        (folder / "0001.json").write_bytes(other.read_bytes())
    with pytest.raises(ClinicError, match="entry of P01 is of P02"):
        clinic.patient("P01")
    with pytest.raises(ClinicError, match="plan of P01 is of P02"):
        clinic.plan("P01")


def test_what_lies_about_in_the_folder_disturbs_nobody(clinic: Clinic, tmp_path: Path) -> None:
    folder = entry(tmp_path).parent
    (folder / "0002.json.new").write_bytes(b"half of")
    (folder / "desktop.ini").write_bytes(b"")
    (tmp_path / "patients" / "not a code").mkdir()
    (tmp_path / "patients" / "P03").mkdir()
    assert [one.code for one in clinic.patients().found] == ["P01"]
    assert clinic.save(clinic.patient("P01"), by="T07").edition.number == 2


def test_everything_that_can_be_planned_survives_the_file(clinic: Clinic) -> None:
    full = msgspec.convert(
        {
            "person": "P01",
            "affected": "left",
            "montage": "face-16",
            "bout_s": 100.0,
            "notes": "µ – …",
            "patterns": [
                {
                    "name": "pucker",
                    "enabled": {"therapist": "Jana Novák", "day": "2026-11-20"},
                    "roles": [{"muscle": "ZYG", "role": "tolerated"}],
                    "touch": ["OOC"],
                    "lines": [{"muscle": "OOC", "line": 0.123456789}],
                    "ceiling": 1.25,
                    "mode": "feel first",
                    "faded_share": 0.25,
                }
            ],
        },
        Plan,
    )
    saved = clinic.save_plan(full, by="T07")
    assert clinic.plan("P01") == saved == replace(full, edition=saved.edition)


def test_profiles_are_those_of_the_person_and_of_the_electrodes(clinic: Clinic) -> None:
    small = clinic.save_profile(profile(montage="face-4"))
    large = clinic.save_profile(replace(profile(), created="2026-11-26T10:00:00+00:00"))
    clinic.save_profile(profile(person="P02"))
    assert [one.path for one in clinic.profiles("P01").found] == [small, large]
    newest = clinic.newest_profile("P01")
    assert newest is not None
    assert newest.path == large
    of_four = clinic.newest_profile("P01", montages()["face-4"])
    assert of_four is not None
    assert of_four.path == small
    assert clinic.newest_profile("P01", montages()["face-16"]) is None


def test_an_older_profile_is_not_taken_for_a_damaged_newer_one(clinic: Clinic) -> None:
    clinic.save_profile(profile())
    newer = clinic.save_profile(replace(profile(), created="2026-11-26T10:00:00+00:00"))
    newer.write_bytes(b"{")
    with pytest.raises(ClinicError, match=r"A calibration in .*damaged"):
        clinic.newest_profile("P01")
    listing = clinic.profiles("P01")
    assert len(listing.found) == len(listing.damaged) == 1


def test_sessions_are_those_that_name_the_person(clinic: Clinic) -> None:
    root = clinic.sessions_folder
    mine = msgspec.structs.replace(manifest(), person="P01", plan="plan, version 3")
    write_session(root / "a", [], mine)
    write_session(root / "b", [], msgspec.structs.replace(manifest(), person="P02"))
    write_session(root / "c", [])
    write_session(root / "d", [], mine, closed=False)
    first, second = clinic.sessions("P01").found
    assert (first.folder, second.folder) == (root / "a", root / "d")
    assert (first.duration_s, second.duration_s) == (0.0, None)
    assert (first.source, first.montage, first.plan) == ("a test", "channels", "plan, version 3")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"{", b"["),
        (b'"version": 1', b'"version": 2'),
        (b"quietface-session", b"quietface-thing"),
        (b'"rate_hz": 1000.0', b'"rate_hz": 0.0'),
        (b'"samples": 0', b'"samples": -1'),
        (b'"samples": 0', b'"samples": 1e999'),
    ],
)
def test_a_damaged_session_is_told_and_hides_no_other(
    old: bytes, new: bytes, clinic: Clinic
) -> None:
    root = clinic.sessions_folder
    write_session(root / "a", [], msgspec.structs.replace(manifest(), person="P01"))
    page = write_session(root / "b", []) / NAME
    whole = page.read_bytes()
    assert old in whole
    page.write_bytes(whole.replace(old, new, 1))
    listing = clinic.sessions("P01")
    assert [one.folder.name for one in listing.found] == ["a"]
    (said,) = listing.damaged
    assert str(page) in said
    assert "\n" not in said


def test_sessions_are_listed_by_when_they_began(clinic: Clinic) -> None:
    root = clinic.sessions_folder
    for name, day in (("a", "2026-03-02"), ("b", "2026-03-01")):
        created = f"{day}T10:00:00+00:00"
        about = msgspec.structs.replace(manifest(), person="P01", created=created)
        write_session(root / name, [], about)
    assert [one.folder.name for one in clinic.sessions("P01").found] == ["b", "a"]


def test_a_start_page_waits_for_no_heavy_import() -> None:
    asked = (
        "import sys, host.clinic.repository as clinic, host.clinic.first_plan; "
        "clinic.Clinic().patients(), clinic.Clinic().sessions('P01'); "
        "print(sorted({'numpy', 'scipy', 'PyQt6', 'brainflow'} & set(sys.modules)))"
    )
    said = subprocess.run(  # noqa: S603  this very Python, and words of this test
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"
