"""From what was heard to a profile, in two passes.

The first is blind: powers of plain hops tell each channel's noise, spectra, estimator, crosstalk.
The second looks at rest and holds through the estimator that a session will show them by, so that
levels, quantiles and thresholds are of the very numbers that a therapist will see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.channel_model import ChannelModel
from calibration.findings import Fault, Finding
from calibration.fit import Fit, fit
from calibration.leakage import Leakage
from calibration.montage import Montage
from calibration.patterns import Pattern, patterns
from calibration.profile import Electrodes, Profile
from calibration.proposals import with_thresholds
from calibration.segments import Segment
from calibration.spectrum import welch_size
from calibration.thresholds import shaping
from calibration.whitening import noise_behind
from host.chain.stream import FloatArray
from host.session.calibrating.material import Material
from host.session.calibrating.verdicts import placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose calibration it is, by whom, and for which electrodes."""

    person: str
    """Code, never a name."""
    therapist: str
    """Code."""
    electrodes: Electrodes
    created: str
    """Date and time, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """What a calibration is fitted from, live or from a recording."""

    material: Material
    montage: Montage
    segments: tuple[Segment, ...]
    own: tuple[Pattern, ...] = ()
    """Patterns in place of those of T2, or beside them."""
    left_out: tuple[int, ...] = ()
    """Columns that the therapist goes without."""

    @property
    def stop(self) -> int:
        """Index after the last sample that counts."""
        return max((segment.stop for segment in self.segments), default=0)

    @property
    def known(self) -> Mapping[str, Pattern]:
        """All patterns by name."""
        return {**patterns(), **{one.name: one for one in self.own}}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """What two passes found."""

    channels: tuple[ChannelNumbers, ...]
    models: tuple[ChannelModel, ...]
    leakage: Leakage | None
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether any muscle has its gentle reference."""
        return any(one.reference_uv is not None for one in self.channels)


def fit_calibration(heard: Heard) -> Fitted:
    """Fit a whole calibration."""
    material, montage, segments = heard.material, heard.montage, heard.segments
    samples = material.with_samples(heard.stop)
    first = fit(samples, montage, segments, known_patterns=heard.known, left_out=heard.left_out)
    second = _seen(heard, first.channels, first.models)
    pairs = zip(first.channels, second.channels, strict=True)
    joined = (_joined(blind, seen) for blind, seen in pairs)
    return Fitted(
        channels=tuple(with_thresholds(one, shaping()) for one in joined),
        models=first.models,
        leakage=first.leakage,
        findings=_united(first, second, montage),
    )


def fit_short(heard: Heard, profile: Profile) -> tuple[ChannelNumbers, ...]:
    """Return the numbers of a short check, as a profile's estimator shows them today."""
    samples = heard.material.with_samples(heard.stop)
    first = fit(
        samples,
        heard.montage,
        heard.segments,
        known_patterns=heard.known,
        left_out=heard.left_out,
    )
    second = _seen(heard, first.channels, profile.models or first.models)
    pairs = zip(first.channels, second.channels, strict=True)
    return tuple(_joined(blind, seen) for blind, seen in pairs)


def profile_of(fitted: Fitted, heard: Heard, identity: Identity) -> Profile:
    """Return the profile of a calibration."""
    material, rate_hz = heard.material, heard.material.stream.rate_hz
    return Profile(
        person=identity.person,
        therapist=identity.therapist,
        electrodes=identity.electrodes,
        created=identity.created,
        montage=heard.montage,
        chain=material.digest,
        rate_hz=rate_hz,
        band_hz=material.band_hz,
        spectrum_step_hz=rate_hz / welch_size(rate_hz),
        channels=fitted.channels,
        models=fitted.models,
        leakage=fitted.leakage,
        findings=fitted.findings,
        left_out=heard.left_out,
    )


def _seen(heard: Heard, blind: Sequence[ChannelNumbers], models: tuple[ChannelModel, ...]) -> Fit:
    """Fit the same stretches as the adaptive chain shows them."""
    levels = heard.material.adapted(models, heard.stop)
    noise_uv = _noise_behind(blind, models, heard.material)
    return fit(
        levels,
        heard.montage,
        heard.segments,
        noise_uv=noise_uv,
        known_patterns=heard.known,
        left_out=heard.left_out,
    )


def _noise_behind(
    channels: Sequence[ChannelNumbers], models: Sequence[ChannelModel], material: Material
) -> FloatArray:
    """Return each channel's noise floor behind its filter, `(n_channels,)`; NaN where unknown."""
    band_hz, rate_hz = material.band_hz, material.stream.rate_hz
    return np.array(
        [
            nan
            if numbers.noise_uv is None
            else noise_behind(model.taps, numbers.noise_uv, band_hz, rate_hz)
            for numbers, model in zip(channels, models, strict=True)
        ]
    )


def _joined(heard: ChannelNumbers, seen: ChannelNumbers) -> ChannelNumbers:
    """Return levels as they are seen, with spectra as they were heard."""
    return replace(
        seen,
        rest_spectrum=heard.rest_spectrum,
        active_spectrum=heard.active_spectrum,
        rest_freedom=heard.rest_freedom,
        active_freedom=heard.active_freedom,
    )


def _united(first: Fit, second: Fit, montage: Montage) -> tuple[Finding, ...]:
    """Return what either pass found; the same thing once.

    Only the first hears leaks: on exchanged cables its word is the last.
    """
    found: dict[tuple[Fault, int | None, int | None], Finding] = {}
    later = (one for one in second.findings if one.fault is not Fault.EXCHANGED)
    for one in placed((*first.findings, *later), montage):
        found.setdefault((one.fault, one.channel, one.start), one)
    return tuple(found.values())
