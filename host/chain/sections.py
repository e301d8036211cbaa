"""Run second-order sections over a chunk: `scipy.signal.sosfilt`, with less around its inner loop.

Around the loop `sosfilt` checks and turns arrays for some 40 µs, whatever their length; the loop
itself takes 10 µs for 10 ms of 16 channels. Live, that was a quarter of what the chain costs. But
the loop is private to SciPy: it is called only where a trial shows that it gives what `sosfilt`
gives, to the last bit, and `sosfilt` does the work where it has changed or is gone.
"""

import importlib
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from scipy import signal

from host.chain.stream import FloatArray

Sections: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
"""Takes sections `(n_sections, 6)`, samples `(n_samples, n_channels)` and the state of the filter
`(n_sections, 2, n_channels)`; returns what comes out, and the state after it."""


def public(sos: FloatArray, data: FloatArray, state: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Filter by SciPy's documented function."""
    filtered, state = signal.sosfilt(sos, data, axis=0, zi=state)
    return filtered, state


def direct(loop: Callable[[FloatArray, FloatArray, FloatArray], Any]) -> Sections:
    """Return the same by the inner loop, which works in place, channel by channel."""

    def run(sos: FloatArray, data: FloatArray, state: FloatArray) -> tuple[FloatArray, FloatArray]:
        filtered, after = data.T.copy(), state.transpose(2, 0, 1).copy()
        loop(sos, filtered, after)
        return filtered.T, after.transpose(1, 2, 0)

    return run


def chosen(module: str = "scipy.signal._sosfilt", name: str = "_sosfilt") -> Sections:
    """Return the quicker way where it is there and gives the same, or else the public one."""
    try:
        run = direct(getattr(importlib.import_module(module), name))
        return run if _same(run, public) else public
    except (ImportError, AttributeError, TypeError, ValueError):
        return public  # another SciPy, in which the loop is elsewhere or wants something else


def _same(one: Sections, other: Sections) -> bool:
    """Tell whether two ways give the same, for whole chunks and single rows."""
    sos = signal.butter(3, (0.1, 0.4), "bandpass", output="sos")
    data = np.random.default_rng(1).normal(size=(33, 2))
    state = np.random.default_rng(2).normal(size=(len(sos), 2, 2))
    return all(
        np.array_equal(mine, yours)
        for rows in (data, data[:1], np.asfortranarray(data))
        for mine, yours in zip(one(sos, rows, state), other(sos, rows, state), strict=True)
    )


sections = chosen()
"""How sections are run here."""
