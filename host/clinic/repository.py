"""The clinic's files behind one class: who asks for a patient need not know how they are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from calibration.saying import Saying
from host.clinic import profiles
from host.clinic.codes import checked_code, is_code
from host.clinic.listing import Listing, listed
from host.clinic.patient import Patient
from host.clinic.plan import Plan
from host.clinic.versions import Kept, Versions
from host.errors import ClinicError, SettingsError
from host.recording.places import ELSEWHERE, data_folder
from host.translation import mark

if TYPE_CHECKING:
    from calibration.montage import Montage
    from calibration.profile import Profile
    from host.clinic.profiles import StoredProfile
    from host.clinic.sessions import StoredSession


class Clinic:
    """Patients, their plans, calibrations and sessions, under one folder.

    Everything is read anew where it is asked for: another program may have saved meanwhile. What
    cannot be read raises ClinicError with one sentence, or stands beside what can in a `Listing`.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root or data_folder()

    @property
    def sessions_folder(self) -> Path:
        """Where sessions record themselves; it need not exist."""
        return self._root / "sessions"

    @property
    def profiles_folder(self) -> Path:
        """Where calibrations lie; it need not exist."""
        return self._root / "profiles"

    def patients(self) -> Listing[Patient]:
        """Return all patients by code; a damaged entry hides no other."""
        return listed(self._codes(), self.patient)

    def patient(self, code: str) -> Patient:
        """Return a patient as last saved; ClinicError where nobody has this code."""
        found = self._entries(code).newest()
        if found is None:
            raise ClinicError(
                Saying(
                    "There is no patient {}: quietface patients add {} makes the entry.", code, code
                )
            )
        if found.code != code:
            raise ClinicError(
                Saying("The entry of {} is of {}: codes are read to the sign.", code, found.code)
            )
        return found

    def add(self, patient: Patient, *, by: str) -> Patient:
        """Save a new patient; ConflictError where there is one of that code."""
        alike = [code for code in self._codes() if code.lower() == patient.code.lower()]
        if alike and alike != [patient.code]:
            # They would share a folder on many systems.
            raise SettingsError(
                Saying("{} is too like {}, who is there already.", patient.code, alike[0])
            )
        return self._entries(patient.code).save(patient, by=by, why="added")

    def set_aside(self, code: str) -> Path | None:
        """Rename a patient's newest entry where it is damaged; return by which name it is kept."""
        return self._entries(code).set_aside()

    def save(self, patient: Patient, *, by: str, why: str = "") -> Patient:
        """Save a changed patient; ConflictError where somebody else did so meanwhile."""
        return self._entries(patient.code).save(patient, by=by, why=why)

    def entries(self, code: str) -> Listing[Patient]:
        """Return everything that was ever saved of a patient, oldest first."""
        return self._entries(code).all()

    def plan(self, code: str) -> Plan | None:
        """Return a patient's plan as last saved; None where there is none yet."""
        found = self._plans(code).newest()
        return None if found is None else _own(found, found.person, code, Saying("plan"))

    def plans(self, code: str) -> Listing[Plan]:
        """Return every version of a patient's plan, oldest first."""
        return self._plans(code).all()

    def save_plan(self, plan: Plan, *, by: str, why: str = "") -> Plan:
        """Save a plan as the next version; ConflictError where somebody else did so meanwhile."""
        self.patient(plan.person)
        return self._plans(plan.person).save(plan, by=by, why=why)

    def profiles(self, code: str) -> Listing[StoredProfile]:
        """Return a person's calibrations, oldest first."""
        return listed(profiles.profiles_of(code, self.profiles_folder), profiles.stored)

    def newest_profile(self, code: str, montage: Montage | None = None) -> StoredProfile | None:
        """Return a person's newest calibration, with these electrodes where they are given.

        ClinicError where a newer file is damaged: an older one would be taken for it.
        """
        for path in reversed(profiles.profiles_of(code, self.profiles_folder)):
            one = profiles.stored(path)
            if montage is None or one.profile.montage.sites == montage.sites:
                return one
        return None

    def save_profile(self, profile: Profile) -> Path:
        """Write a calibration; none is ever overwritten."""
        return profiles.save(profile, self.profiles_folder)

    def sessions(self, code: str) -> Listing[StoredSession]:
        """Return a person's recorded sessions, oldest first; damaged are those of anybody.

        Recordings of before sessions named their person are nobody's.
        """
        from host.clinic.sessions import sessions_of

        return sessions_of(checked_code(code, mark("person")), self.sessions_folder)

    def _codes(self) -> tuple[str, ...]:
        try:
            return tuple(
                sorted(
                    path.name
                    for path in (self._root / "patients").iterdir()
                    if is_code(path.name) and path.is_dir() and self._entries(path.name).numbers()
                )
            )
        except FileNotFoundError:
            return ()
        except OSError as error:
            said = self._root / "patients", error.strerror, ELSEWHERE
            raise ClinicError(
                Saying("The patients in {} cannot be listed: {}. {}", *said)
            ) from error

    def _folder(self, code: str) -> Path:
        return self._root / "patients" / checked_code(code, mark("person"))

    def _entries(self, code: str) -> Versions[Patient]:
        return Versions(self._folder(code) / "entry", Patient, Saying("the entry of {}", code))

    def _plans(self, code: str) -> Versions[Plan]:
        return Versions(self._folder(code) / "plans", Plan, Saying("the plan of {}", code))


def _own(kept: Kept, whose: str, code: str, what: str) -> Kept:
    """Refuse a file that was put among those of another person."""
    if whose != code:
        raise ClinicError(Saying("The {} of {} is of {}: look into its folder.", what, code, whose))
    return kept
