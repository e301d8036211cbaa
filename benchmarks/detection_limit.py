"""The limit of detection: how soon a clairvoyant sees that a variance has grown.

CUSUM that knows both variances has the least delay of all detectors with as few false alarms
(Moustakides 1986). Samples are independent and Gaussian, which is what whitened EMG of some
bandwidth is, taken at twice that. It is read at the ends of hops, as everything is.
"""

import numpy as np

from host.chain.stream import FloatArray

STREAMS, REST_S = 1500, 60.0
ONSETS = 3000
LEAD_S, LONGEST_S = 0.5, 3.0
_AT_ONCE = 1000


def limit_s(rate_hz: float, hop: int, snr: float, false_alarms: float, seed: int) -> float:
    """Return its mean delay for this SNR (powers), with so many false alarms a minute."""
    random = np.random.default_rng([seed, 31])
    threshold = _threshold(rate_hz, snr, false_alarms, random)
    state = _settled(rate_hz, snr, random)
    phase = random.integers(0, hop, ONSETS)
    seen = np.zeros(ONSETS)
    for sample in range(1, round(LONGEST_S * rate_hz)):
        state = _stepped(state, (1.0 + snr) * random.standard_normal(ONSETS) ** 2, snr)
        new = (seen == 0.0) & (state >= threshold)
        seen[new] = np.ceil((phase[new] + sample) / hop) * hop - phase[new]
        if seen.all():
            break
    return float(seen.mean()) / rate_hz


def _threshold(
    rate_hz: float, snr: float, false_alarms: float, random: np.random.Generator
) -> float:
    """Return what it must reach so that this share of minutes at rest has an alarm."""
    state, largest = np.zeros(STREAMS), np.zeros(STREAMS)
    for _ in range(0, round(REST_S * rate_hz), _AT_ONCE):
        for squares in random.standard_normal((_AT_ONCE, STREAMS)) ** 2:
            state = _stepped(state, squares, snr)
            np.maximum(largest, state, out=largest)
    return float(np.quantile(largest, np.exp(-false_alarms * REST_S / 60.0)))


def _settled(rate_hz: float, snr: float, random: np.random.Generator) -> FloatArray:
    state = np.zeros(ONSETS)
    for _ in range(round(LEAD_S * rate_hz)):
        state = _stepped(state, random.standard_normal(ONSETS) ** 2, snr)
    return state


def _stepped(state: FloatArray, squares: FloatArray, snr: float) -> FloatArray:
    """Add a sample's log likelihood ratio; below zero it begins anew."""
    active = 1.0 + snr
    stepped: FloatArray = state + (squares * (1.0 - 1.0 / active) - np.log(active)) / 2.0
    return np.maximum(stepped, 0.0, out=stepped)
