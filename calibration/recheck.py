"""Whether a profile still fits today: warnings, and the short check after re-applying electrodes.

Levels in microvolts change whenever electrodes are re-applied; ratios of two levels of one
placement do not. So placements are compared by logarithms of ratios (T3).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import exp, isfinite, log, sqrt

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.measured import Measured, log_ratio, unknown
from calibration.profile import Electrodes, Profile, ProfileError
from calibration.proposals import lifted
from calibration.saying import Saying
from calibration.thresholds import Shaping, shaping

REST_FACTOR = 1.5
NOISE_FACTOR = 1.5
SPECTRUM_DB = 3.0
"""So much may rest, noise and spectrum differ without a warning."""
COMPARABLE_FACTOR = 2.0
"""So much may a placement change a channel's gain before the reference must be made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """What the 20 s after re-applying electrodes say, against the profile."""

    gains: tuple[Measured, ...]
    """By column: `ln(today / profile)` of the gentle level above rest."""
    comparable: tuple[bool, ...]
    """Whether a channel's reference of the profile can be carried over with this gain."""
    sentences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all channels can be carried over."""
        return all(self.comparable)


def warnings(
    profile: Profile, today: Sequence[ChannelNumbers], *, left_out: Collection[int] = ()
) -> tuple[str, ...]:
    """Return how today's rest, noise and spectrum differ from the profile, one sentence each."""
    _same_channels(profile, today)
    found: list[str] = []
    for column, (before, now) in enumerate(zip(profile.channels, today, strict=True)):
        if column in left_out:
            continue
        name = profile.montage.named(column)
        found += _level_warning(name, Saying("noise"), before.noise_uv, now.noise_uv, NOISE_FACTOR)
        before_rest, now_rest = _resting(before), _resting(now)
        found += _level_warning(name, Saying("level at rest"), before_rest, now_rest, REST_FACTOR)
        found += _spectrum_warning(name, profile, before, now)
    return tuple(found)


def recheck(
    profile: Profile, today: Sequence[ChannelNumbers], *, left_out: Collection[int] = ()
) -> Recheck:
    """Compare a short calibration after re-applying electrodes with the profile.

    `today` comes from `fit` on about 20 s: some rest, and one gentle hold of each pattern. Nothing
    is asked of the columns in `left_out`, which the therapist goes without today.
    """
    _same_channels(profile, today)
    gains, comparable, said = [], [], list(warnings(profile, today, left_out=left_out))
    for column, (before, now) in enumerate(zip(profile.channels, today, strict=True)):
        gain = log_ratio(_reference(now), _reference(before))
        near = gain.known and abs(gain.value) <= log(COMPARABLE_FACTOR)
        needed = bool(profile.montage.sites[column].muscle) and before.reference_uv is not None
        needed = needed and column not in left_out
        gains.append(gain)
        comparable.append(near or not needed)
        if needed and not near:
            said.append(_gain_sentence(profile.montage.named(column), gain))
    return Recheck(gains=tuple(gains), comparable=tuple(comparable), sentences=tuple(said))


def _gain_sentence(name: str, gain: Measured) -> str:
    if not gain.known:
        return Saying(
            "{}: it cannot be compared with the profile, for {}; calibrate it anew.",
            name,
            gain.reason,
        )
    return Saying(
        "{}: the gentle level is {:.1f} times that of the profile; calibrate it anew.",
        name,
        exp(gain.value),
    )


def _reference(numbers: ChannelNumbers) -> Measured:
    low, value, high = (
        numbers.reference_low_uv,
        numbers.reference_uv,
        numbers.reference_high_uv,
    )
    if low is None or value is None or high is None:
        return unknown("uV", Saying("it has no gentle hold that counts"))
    return Measured(value=value, low=low, high=high, unit="uV", n=float(numbers.holds))


def _resting(numbers: ChannelNumbers) -> float | None:
    """Return the whole level at rest: noise-corrected ones are often zero (T4)."""
    if numbers.rest_uv is None or numbers.noise_uv is None:
        return None
    return sqrt(numbers.rest_uv**2 + numbers.noise_uv**2)


def _level_warning(
    name: str, what: str, before: float | None, now: float | None, factor: float
) -> list[str]:
    if before is None:
        return []
    if now is None:
        return [Saying("{}: the {} is not known today.", name, what)]
    times = now / max(before, 1e-9)
    if 1.0 / factor <= times <= factor:
        return []
    return [
        Saying("{}: the {} is {:.1f} µV today, {:.1f} times the profile's.", name, what, now, times)
    ]


def _spectrum_warning(
    name: str, profile: Profile, before: ChannelNumbers, now: ChannelNumbers
) -> list[str]:
    differs = spectral_distance_db(
        before.active_spectrum, now.active_spectrum, profile.spectrum_step_hz, profile.band_hz
    )
    if not isfinite(differs) or differs <= SPECTRUM_DB:
        return []
    return [
        Saying("{}: the spectrum of a gentle hold differs by {:.1f} dB from before.", name, differs)
    ]


def spectral_distance_db(
    one: Sequence[float], other: Sequence[float], step_hz: float, band_hz: tuple[float, float]
) -> float:
    """Return the RMS difference of two spectra's *shapes* within the band, in decibels.

    Their mean difference (a gain) is taken out; NaN where they cannot be compared.
    """
    if not one or len(one) != len(other):
        return float("nan")
    hz = np.arange(len(one)) * step_hz
    inside = (hz >= band_hz[0]) & (hz <= band_hz[1])
    pair = np.array([one, other])[:, inside]
    if pair.shape[1] < 4 or (pair <= 0.0).any():
        return float("nan")
    # Means over four bins: a Welch estimate of a short hold scatters by about 1 dB a bin.
    whole = pair.shape[1] // 4 * 4
    smooth = pair[:, :whole].reshape(2, -1, 4).mean(axis=2)
    difference = 10.0 * np.log10(smooth[1] / smooth[0])
    return float(np.std(difference))


def carried_over(
    profile: Profile,
    check: Recheck,
    today: Sequence[ChannelNumbers],
    electrodes: Electrodes,
    rules: Shaping | None = None,
    *,
    left_out: Collection[int] = (),
) -> Profile:
    """Return the profile for the new electrodes; ProfileError where it cannot be carried over.

    Levels in microvolts (noise, rest, reference) are today's. What does not depend on where
    exactly the electrodes lie stays: spectra, degrees of freedom, crosstalk, and thresholds,
    which are shares of the reference; but none is lower than today's noise allows. A column that
    is left out today is so in the new profile, and one of before stays not calibrated.
    """
    if not check.ok:
        said = Saying("The electrodes lie too differently for this profile: calibrate anew.")
        raise ProfileError(said)
    pairs = zip(profile.channels, today, strict=True)
    now_known = [_with_levels(before, now) for before, now in pairs]
    channels = tuple(lifted(one, rules or shaping()) for one in now_known)
    gone = tuple(sorted({*profile.left_out, *left_out}))
    channels = tuple(ChannelNumbers() if at in gone else one for at, one in enumerate(channels))
    return replace(profile, electrodes=electrodes, channels=channels, left_out=gone)


def _with_levels(before: ChannelNumbers, now: ChannelNumbers) -> ChannelNumbers:
    return replace(
        before,
        noise_uv=now.noise_uv,
        rest_uv=now.rest_uv,
        rest_quantiles_uv=now.rest_quantiles_uv,
        reference_uv=now.reference_uv,
        reference_low_uv=now.reference_low_uv,
        reference_high_uv=now.reference_high_uv,
        holds=now.holds,
    )


def _same_channels(profile: Profile, today: Sequence[ChannelNumbers]) -> None:
    if len(today) != len(profile.channels):
        raise ValueError(f"need {len(profile.channels)} channels, got {len(today)}")
