"""Turn options into what a session is asked for; a mistake is told before any window opens."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from calibration.saying import Saying, words_of
from host.errors import RecordingError, SettingsError

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.acquisition.simulated.faults import Faults
    from host.session.asked import Asked


def asked_for(options: argparse.Namespace, *, name: str, own: bool = True) -> "Asked":
    """Return what the options ask for.

    Without `own` the therapist's patterns are not read: a session of ours has those that it was
    judged by, and a mistake in a file must not keep it from being looked at.
    """
    from calibration.muscles import Side
    from host.session.asked import Asked
    from host.session.own_tables import own_patterns

    mains = {"auto": (50.0, 60.0), "50": (50.0,), "60": (60.0,), "none": ()}
    return Asked(
        montage=None if options.montage is None else montage_named(options.montage),
        affected=Side(options.affected) if options.affected else None,
        pattern=options.pattern,
        own_patterns=own_patterns() if own else (),
        mains_hz=mains[options.mains],
        seconds=getattr(options, "seconds", None),
        through_board=not getattr(options, "direct", False),
        faults=faults(options),
        seed=getattr(options, "seed", 1),
        recorded=not getattr(options, "no_recording", False),
        record_to=getattr(options, "record_to", None),
        profile=_profile(getattr(options, "profile", None)),
        person=getattr(options, "person", None) or "",
        electrodes=getattr(options, "electrodes", None) or "",
        name=name,
    )


def faults(options: argparse.Namespace) -> "Faults":
    """Return what is to go wrong on the simulated Cyton."""
    from host.acquisition.simulated.faults import Faults

    try:
        return Faults.parse(getattr(options, "faults", ""))
    except ValueError as error:
        raise SettingsError(f"--faults: {error}") from error


def repair_first(root: Path | None) -> tuple[str, ...]:
    """Close what a crash left open among the sessions; return a sentence for each."""
    from host.recording.repair import repair_all
    from host.recording.store import sessions_folder

    said = []
    for done in repair_all(root or sessions_folder()):
        if isinstance(done, RecordingError):
            said.append(words_of(done))
        else:
            said.append(Saying("{}: {}", done.folder.name, done.message))
    return tuple(said)


def _profile(name: str | None) -> Path | None:
    """Return the file of a calibration: as named, or the newest of a person."""
    if name is None or Path(name).is_file():
        return Path(name) if name else None
    from host.clinic.profiles import newest

    found = None if len(Path(name).parts) > 1 else newest(name)
    if found is None:
        raise SettingsError(
            f"there is no profile {name}, and no person of that code was calibrated: "
            "make one with quietface calibrate."
        )
    return found


def montage_named(name: str) -> "Montage":
    """Return a ready montage by name, or one's own from a TOML file."""
    from calibration.montage import montage_from_toml
    from host.session.own_tables import known_montages

    known = known_montages()
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        ready = ", ".join(known)
        raise SettingsError(f"there is no montage {name!r}, nor such a file; ready ones: {ready}.")
    try:
        return montage_from_toml(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, ValueError) as error:
        raise SettingsError(f"the montage {name} cannot be used: {error}.") from error
