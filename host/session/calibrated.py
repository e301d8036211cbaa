"""A session with a person's calibration: the chain, the thresholds and the reference it gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np

from calibration.profile import ProfileError, Wanted, check_belongs, read_profile
from calibration.saying import Saying, words_of
from calibration.whitening import noise_behind, power_gain
from host.chain.adaptive import AdaptiveWindow
from host.chain.own_envelope import CrosstalkRemoval
from host.detection.guards import Effort
from host.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from calibration.channel import ChannelNumbers
    from calibration.channel_model import ChannelModel
    from calibration.profile import Profile
    from calibration.reference import Reference
    from host.chain.pipeline import ChainSettings
    from host.chain.stream import Stream
    from host.detection.watch import Watch
    from host.session.asked import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """How a session is judged with a profile."""

    watch: Watch
    reference: Reference
    name: str
    """Whose calibration it is and of when, for the recording."""
    remarks: tuple[str, ...] = ()
    """What is not calibrated, one sentence each."""


def read_for(
    path: Path,
    watch: Watch,
    stream: Stream,
    *,
    person: str = "",
    electrodes: str = "",
    day: str = "",
) -> Calibrated:
    """Read a profile and judge by it; SettingsError says why it is refused.

    Without `person`, `electrodes` or `day` those are not checked: for recordings and simulated
    people. With `electrodes` the day does not matter.
    """
    try:
        profile = read_profile(path)
        wanted = Wanted(
            person=person or profile.person,
            montage=watch.montage,
            chain=watch.chain.digest(stream),
            electrodes=electrodes or None,
        )
        check_belongs(profile, wanted)
        _check_day(profile, "" if electrodes else day)
    except ProfileError as error:
        said = words_of(error)
        raise SettingsError(
            said if path.name in said else Saying("{}: {}", path.name, said)
        ) from error
    return calibrated(watch, profile)


def _check_day(profile: Profile, day: str) -> None:
    """Refuse electrodes of another day: they were most likely applied anew since."""
    applied = profile.electrodes
    if day and applied.date != day:
        raise ProfileError(
            Saying(
                "This profile is for electrodes applied on {}. If they still are the "
                "same, say --electrodes {}; else check them with quietface calibrate "
                "--recheck.",
                applied.date,
                applied.id,
            )
        )


def profile_for(asked: Asked, watch: Watch, stream: Stream) -> Calibrated | None:
    """Return how to judge with the profile that was asked for; None where none was."""
    if asked.profile is None:
        return None
    return read_for(
        asked.profile,
        watch,
        stream,
        person=asked.person,
        electrodes=asked.electrodes,
        day=asked.day,
    )


def calibrated(watch: Watch, profile: Profile) -> Calibrated:
    """Return how a session is judged with a profile that belongs to it."""
    made = datetime.fromisoformat(profile.created)
    return Calibrated(
        watch=replace(
            watch,
            chain=_chain(watch.chain, profile),
            floors=tuple(channel.rest_threshold or 0.0 for channel in profile.channels),
            effort=_effort(watch.effort, profile.channels),
        ),
        reference=profile.reference(),
        name=f"{profile.person}, {made:%Y-%m-%d %H:%M}",
        remarks=_remarks(profile),
    )


def _chain(chain: ChainSettings, profile: Profile) -> ChainSettings:
    """Return the chain with what was fitted; where nothing was, the plain mode stays."""
    if not profile.models:
        return chain
    crosstalk = None
    columns = range(len(profile.models))
    if profile.leakage is not None:
        crosstalk = CrosstalkRemoval(
            leakage=profile.leakage,
            noise_uv=tuple(_band_noise_uv(profile, column) for column in columns),
            gains=tuple(_gain(profile.models[at], profile.channels[at]) for at in columns),
        )
    return replace(chain, adaptive=AdaptiveWindow(channels=profile.models), crosstalk=crosstalk)


def _band_noise_uv(profile: Profile, column: int) -> float:
    """Return a channel's noise before its whitening filter; the profile keeps that behind it."""
    taps = profile.models[column].taps
    behind = noise_behind(taps, 1.0, profile.band_hz, profile.rate_hz)
    return (profile.channels[column].noise_uv or 0.0) / max(behind, 1e-6)


def _gain(model: ChannelModel, numbers: ChannelNumbers) -> float:
    """Return how many times whitening makes the muscle's RMS, from its spectrum in a hold."""
    if len(model.taps) == 1:
        return abs(model.taps[0])
    if not numbers.active_spectrum or not numbers.rest_spectrum:
        return 1.0
    muscle = np.maximum(np.subtract(numbers.active_spectrum, numbers.rest_spectrum), 0.0)
    passed = power_gain(np.array(model.taps), len(muscle)) * muscle
    gain = sqrt(float(passed.sum()) / max(float(muscle.sum()), 1e-30))
    return gain if isfinite(gain) and gain > 0.0 else 1.0


def _effort(effort: Effort, channels: tuple[ChannelNumbers, ...]) -> Effort:
    """Return the ceiling that holds for the least certain reference (P8)."""
    ceilings = [one.effort_threshold for one in channels if one.effort_threshold is not None]
    return replace(effort, ceiling=max([*ceilings, 1.1 * effort.low])) if ceilings else effort


def _remarks(profile: Profile) -> tuple[str, ...]:
    """Say which channels are not calibrated, and which run in the plain mode, and why."""
    said: list[str] = []
    for column, channel in enumerate(profile.channels):
        name = profile.montage.named(column)
        if column in profile.left_out:
            said.append(Saying("{}: left out of the calibration, so it is not judged.", name))
        elif channel.reference_uv is None:
            said.append(Saying("{}: not calibrated, so it is not judged.", name))
        elif profile.models and profile.models[column].plain:
            plain = profile.models[column].plain
            said.append(Saying("{}: in the plain mode, for {}.", name, plain))
    if not profile.models:
        said.append(Saying("All channels in the plain mode: the calibration has no models."))
    elif profile.leakage is None:
        said.append(Saying("Crosstalk is not taken out: the calibration could not tell it."))
    return tuple(said)
