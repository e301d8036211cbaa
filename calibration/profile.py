"""A person's calibration in a file: whose it is, for which electrodes, with which chain.

The only module of calibration that writes files. DESIGN 4: a profile belongs to one person, one
montage, one electrode placement and one chain; anything else refuses it, with the reason.
"""

import contextlib
import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from math import nan
from pathlib import Path

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.channel_model import ChannelModel
from calibration.codec import CodecError, decoded, encoded, parsed
from calibration.findings import Finding
from calibration.leakage import Leakage
from calibration.montage import Montage
from calibration.reference import Reference
from calibration.saying import Clause, Saying, words_of

VERSION = 2
"""Version 1 did not know that channels can be left out."""
LARGEST_BYTES = 10_000_000


class ProfileError(ValueError):
    """A profile cannot be read, written or used; says why in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Electrodes:
    """One application of electrodes: levels change whenever they are applied anew."""

    id: str
    date: str
    """Day, as 2026-11-25."""

    def __post_init__(self) -> None:
        """Refuse a placement that nothing identifies."""
        if not self.id:
            raise ValueError("electrodes need an id")
        date.fromisoformat(self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person's calibration."""

    version: int = VERSION
    person: str
    """Code, never a name."""
    montage: Montage
    electrodes: Electrodes
    chain: str
    """Digest of the chain that the levels went through."""
    rate_hz: float
    band_hz: tuple[float, float]
    spectrum_step_hz: float
    """Between the entries of the channels' spectra."""
    created: str
    """Date and time, ISO 8601."""
    therapist: str
    """Code."""
    channels: tuple[ChannelNumbers, ...]
    """By column."""
    models: tuple[ChannelModel, ...] = ()
    """By column, for the estimator; () where they were not fitted."""
    leakage: Leakage | None = None
    """Crosstalk, for the separation; None where it was not fitted."""
    findings: tuple[Finding, ...] = ()
    """What was wrong when it was fitted, and was accepted."""
    left_out: tuple[int, ...] = ()
    """Columns that the therapist went without, by name: nothing of them is calibrated."""

    def __post_init__(self) -> None:
        """Refuse a profile that belongs to nobody, or does not fit its montage."""
        if self.version != VERSION:
            raise ValueError(f"version must be {VERSION}, got {self.version}")
        for name in ("person", "chain", "therapist"):
            if not getattr(self, name):
                raise ValueError(f"{name} must not be empty")
        datetime.fromisoformat(self.created)
        sites = len(self.montage.sites)
        if len(self.channels) != sites:
            raise ValueError(f"{sites} sites need {sites} channels, got {len(self.channels)}")
        if len(self.models) not in {0, sites}:
            raise ValueError(f"{sites} sites need {sites} models, got {len(self.models)}")
        if self.leakage is not None and len(self.leakage.rest_power) != sites:
            raise ValueError(f"leakage must be of {sites} channels")
        if not 0.0 <= self.band_hz[0] < self.band_hz[1] <= self.rate_hz / 2.0:
            raise ValueError(f"band_hz must lie within {self.rate_hz / 2} Hz, got {self.band_hz}")
        if not self.spectrum_step_hz > 0.0:
            raise ValueError(f"spectrum_step_hz must be positive, got {self.spectrum_step_hz}")
        self._check_left_out()

    def _check_left_out(self) -> None:
        """Refuse columns that there are not, and a reference of what nothing was asked of."""
        if not all(0 <= column < len(self.channels) for column in self.left_out):
            raise ValueError(f"there are {len(self.channels)} channels, not {self.left_out}")
        for column in self.left_out:
            if self.channels[column].reference_uv is not None:
                raise ValueError(f"{self.montage.named(column)} is left out, and has a reference")

    def reference(self) -> Reference:
        """Return what a level means, for the chain; NaN where a channel is not calibrated."""

        def row(name: str) -> np.ndarray:
            values = [getattr(channel, name) for channel in self.channels]
            return np.array([nan if value is None else value for value in values])

        return Reference(
            rest_uv=row("rest_uv"),
            noise_uv=row("noise_uv"),
            gentle_uv=row("reference_uv"),
            calibrated=True,
            spread=np.array([channel.reference_spread for channel in self.channels]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a session needs a profile for."""

    person: str
    montage: Montage
    chain: str
    electrodes: str | None = None
    """Id of today's electrodes; None where a re-check will follow."""


def check_belongs(profile: Profile, wanted: Wanted) -> None:
    """Raise ProfileError where the profile is another person's, montage's, chain's or day's."""
    if profile.person != wanted.person:
        raise ProfileError(
            Saying("This profile is of {}, not of {}.", profile.person, wanted.person)
        )
    if profile.montage.sites != wanted.montage.sites:
        raise ProfileError(
            Saying(
                "This profile is for the electrodes of {!r}, which differ from those of {!r}.",
                profile.montage.name,
                wanted.montage.name,
            )
        )
    if profile.chain != wanted.chain:
        raise ProfileError(
            Saying(
                "This profile was made with other filter settings, so its levels do not compare."
            )
        )
    if wanted.electrodes is not None and profile.electrodes.id != wanted.electrodes:
        raise ProfileError(
            Saying(
                "This profile is for electrodes applied on {}, which have been applied anew since.",
                profile.electrodes.date,
            )
        )


def to_text(profile: Profile) -> str:
    """Return a profile as JSON."""
    return encoded(profile)


def from_text(text: str, name: str = "The profile") -> Profile:
    """Read a profile; ProfileError says what is wrong with it."""
    try:
        table = parsed(text)
        version = table.get("version")
        if type(version) is int and version > VERSION:
            raise ProfileError(Saying("{} was written by a newer version of the program.", name))
        if version == 1:
            table |= {"version": VERSION, "left_out": []}
        return decoded(Profile, table)
    except CodecError as error:
        raise ProfileError(Saying("{} is damaged: {}.", name, Clause(words_of(error)))) from error


def read_profile(path: Path, wanted: Wanted | None = None) -> Profile:
    """Read a profile from a file; one that does not belong to what is `wanted` is refused."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ProfileError(Saying("{} is too large to be a profile.", path.name))
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProfileError(Saying("{} is damaged: not text.", path.name)) from error
    except FileNotFoundError as error:
        raise ProfileError(
            Saying("there is no profile {}: give the file that a calibration saved.", path)
        ) from error
    except OSError as error:
        raise ProfileError(Saying("{} cannot be read: {}.", path.name, error.strerror)) from error
    profile = from_text(text, path.name)
    if wanted is not None:
        check_belongs(profile, wanted)
    return profile


def write_profile(profile: Profile, path: Path) -> None:
    """Write a profile so that a reader finds the old one or the new one, never half of one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(to_text(profile).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise ProfileError(
            Saying("{} cannot be written: {}.", path.name, error.strerror)
        ) from error
