"""How long it takes from the skin to a level: the delay of each part of the chain."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import signal

from calibration.ringing import Ringing
from host.chain.filters import design_band_pass, design_mains_removal
from host.chain.pipeline import ChainSettings
from host.chain.stream import FloatArray, Stream

_IMPULSE_S = 2.0
_SINC3_SAMPLES = 1.5
"""Group delay of three averages over one sample each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Mean delays in milliseconds; a change that is plain is seen after their sum."""

    converter_ms: float
    """The board's own averaging, where its bandwidth tells that there is one."""
    ahead_ms: float
    """The next sample, which tells whether this one is garbled."""
    filters_ms: float
    """Band-pass and mains removal, and the whitening filter, of which the slowest channel counts.

    The centre of the impulse response's energy: group delay weighted by what passes.
    """
    window_ms: float
    """Until the window is filled: half a hop, or half the window where its length is fixed."""

    @property
    def total_ms(self) -> float:
        """All together."""
        return self.converter_ms + self.ahead_ms + self.filters_ms + self.window_ms


def chain_delay(settings: ChainSettings, stream: Stream) -> Delay:
    """Return the delay of a chain on a stream, with all of its mains frequencies removed."""
    sample_ms = 1e3 / stream.rate_hz
    adaptive = settings.adaptive
    window_s = settings.envelope.window_s if adaptive is None else adaptive.hop_s
    window = stream.samples(window_s)
    return Delay(
        converter_ms=_converter_samples(stream) * sample_ms,
        ahead_ms=sample_ms,
        filters_ms=float(np.max(_centres(settings, stream))) * sample_ms,
        window_ms=window / 2.0 * sample_ms,
    )


def ringing(settings: ChainSettings, stream: Stream, hop: int) -> Ringing:
    """Return how late the powers of hops are, and what rings in them.

    Of several mains frequencies that a chain listens for, one is taken to be heard. Whitening
    undoes the muscle's own colour: both together are short, and left out.
    """
    if settings.listen_s:
        mains = settings.conditioning.mains
        mains = replace(mains, base_hz=mains.base_hz[:1])
        settings = replace(settings, conditioning=replace(settings.conditioning, mains=mains))
    late_s = _converter_samples(stream) / stream.rate_hz
    return Ringing.of(_response(settings, stream), stream.rate_hz, hop, late_s)


def _converter_samples(stream: Stream) -> float:
    return 0.0 if stream.bandwidth_hz is None else _SINC3_SAMPLES


def _centres(settings: ChainSettings, stream: Stream) -> FloatArray:
    """Return the delay of each channel's filters in samples; one for all in the plain mode."""
    adaptive = settings.adaptive
    taps = [np.ones(1)] if adaptive is None else [np.array(one.taps) for one in adaptive.channels]
    response = _response(settings, stream)
    return np.array([_centre(np.convolve(response, one)) for one in taps])


def _response(settings: ChainSettings, stream: Stream) -> FloatArray:
    conditioning = settings.conditioning
    upper_hz = conditioning.band_pass.upper_hz(stream.rate_hz)
    impulse = np.zeros(stream.samples(_IMPULSE_S))
    impulse[0] = 1.0
    stops = design_mains_removal(conditioning.mains, stream.rate_hz, upper_hz)
    clean = signal.sosfilt(stops, impulse)
    response: FloatArray = signal.sosfilt(
        design_band_pass(conditioning.band_pass, stream.rate_hz), clean
    )
    return response


def _centre(response: FloatArray) -> float:
    energy = response**2
    return float(np.sum(np.arange(len(energy)) * energy) / np.sum(energy))
