"""Detectors of other packages, as they come, on the same samples (extra `bench`)."""

import importlib.util
import warnings
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from host.chain.stream import FloatArray

Stretches: TypeAlias = list[tuple[int, int]]
"""From which sample to which somebody was found to be active."""


def peers() -> dict[str, Callable[[FloatArray, float], Stretches]]:
    """Return those that are installed, by name."""
    known = {"NeuroKit2": ("neurokit2", _neurokit), "BioSPPy": ("biosppy", _biosppy)}
    return {
        name: find for name, (module, find) in known.items() if importlib.util.find_spec(module)
    }


def _neurokit(samples: FloatArray, rate_hz: float) -> Stretches:
    import neurokit2

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, found = neurokit2.emg_process(samples, sampling_rate=round(rate_hz))
    return _paired(found["EMG_Onsets"], found["EMG_Offsets"], len(samples))


def _biosppy(samples: FloatArray, rate_hz: float) -> Stretches:
    from biosppy.signals import emg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # What it calls onsets is where its envelope crosses a threshold, up or down.
        crossings = np.asarray(emg.find_onsets(signal=samples, sampling_rate=rate_hz)["onsets"])
    return _paired(crossings[::2], crossings[1::2], len(samples))


def _paired(onsets: FloatArray, offsets: FloatArray, length: int) -> Stretches:
    """Pair each onset with the next offset; the last may go on to the end."""
    ends = np.append(np.asarray(offsets, dtype=np.float64), length)
    return [(int(on), int(ends[ends > on].min())) for on in np.asarray(onsets) if on < length]
