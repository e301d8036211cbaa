"""Where profiles lie, and which one is the newest."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.profile import read_profile
from host.clinic.profiles import newest, profiles_folder, profiles_of, save
from host.errors import SettingsError
from host.recording.store import sessions_folder
from tests.host.clinic.people import profile

PROFILE = profile(montage="face-4")


def test_profiles_lie_beside_the_sessions_among_the_users_data() -> None:
    assert profiles_folder().parent == sessions_folder().parent


def test_a_profile_is_saved_by_person_time_and_montage(tmp_path: Path) -> None:
    path = save(PROFILE, tmp_path)
    assert path.parent == tmp_path / "P01"
    assert path.name.startswith("2026-11-25_")
    assert path.name.endswith("-face-4.json")
    assert read_profile(path) == PROFILE


def test_none_is_overwritten(tmp_path: Path) -> None:
    first, second = save(PROFILE, tmp_path), save(PROFILE, tmp_path)
    assert first != second
    assert profiles_of("P01", tmp_path) == (first, second)


def test_the_newest_is_the_one_that_was_made_last(tmp_path: Path) -> None:
    later = save(replace(PROFILE, created="2026-11-26T09:00:00+00:00"), tmp_path)
    save(PROFILE, tmp_path)
    assert newest("P01", tmp_path) == later


def test_one_person_has_nothing_of_another(tmp_path: Path) -> None:
    save(PROFILE, tmp_path)
    assert newest("P02", tmp_path) is None
    assert profiles_of("P02", tmp_path) == ()


@pytest.mark.parametrize("code", ["", "..", "Anna Meier", "a/b", "-x", "x" * 41, "Jürg"])
def test_a_name_or_a_path_is_no_code(code: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be the code"):
        newest(code, tmp_path)


def test_the_name_of_a_montage_cannot_leave_the_folder(tmp_path: Path) -> None:
    odd = replace(PROFILE, montage=replace(PROFILE.montage, name="../my face.toml"))
    assert save(odd, tmp_path).parent == tmp_path / "P01"
