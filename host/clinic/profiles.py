"""Where profiles lie on this computer: a folder for each person, one file for each calibration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from calibration.saying import Saying, words_of
from host.clinic.codes import checked_code
from host.errors import ClinicError
from host.recording.places import ELSEWHERE, data_folder, of_no_use
from host.translation import mark

if TYPE_CHECKING:
    from calibration.profile import Profile


def profiles_folder() -> Path:
    """Return the folder of all profiles; it need not exist."""
    return data_folder() / "profiles"


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A calibration and its file."""

    path: Path
    profile: Profile


def profiles_of(person: str, root: Path | None = None) -> tuple[Path, ...]:
    """Return a person's profiles, oldest first; `root` stands for `profiles_folder`."""
    folder = (root or profiles_folder()) / checked_code(person, mark("person"))
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.glob("*.json") if path.is_file()))


def newest(person: str, root: Path | None = None) -> Path | None:
    """Return a person's newest profile; None where there is none yet."""
    found = profiles_of(person, root)
    return found[-1] if found else None


def stored(path: Path) -> StoredProfile:
    """Read a profile; ClinicError says in one sentence what is wrong with it."""
    from calibration.profile import ProfileError, read_profile

    try:
        return StoredProfile(path, read_profile(path))
    except ProfileError as error:
        raise ClinicError(
            Saying("A calibration in {}: {}", path.parent, words_of(error))
        ) from error


def save(profile: Profile, root: Path | None = None) -> Path:
    """Write a profile where its person's profiles are; return its path.

    It is named by when it was made, so that names sort by time; none is ever overwritten.
    """
    from calibration.profile import ProfileError, write_profile

    folder = (root or profiles_folder()) / checked_code(profile.person, mark("person"))
    made = datetime.fromisoformat(profile.created).astimezone()
    name = "".join(s if s.isalnum() or s in "-_" else "-" for s in profile.montage.name)
    stem = f"{made:%Y-%m-%d_%H-%M-%S}-{name}"
    path, number = folder / f"{stem}.json", 2
    while path.exists():
        path, number = folder / f"{stem}_{number}.json", number + 1
    try:
        write_profile(profile, path)
    except ProfileError as error:
        why = error.__cause__
        if not (isinstance(why, OSError) and of_no_use(why)):
            raise
        said = folder, why.strerror, ELSEWHERE
        raise ClinicError(Saying("The calibration cannot be saved in {}: {}. {}", *said)) from error
    return path
