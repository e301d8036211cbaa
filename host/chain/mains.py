"""Which mains frequency is in a recording."""

import numpy as np

from host.chain.stream import FloatArray

_PRESENT = 10.0
"""A frequency with less than a tenth of the strongest one's power is only its shoulder."""


def mains_present(
    data: FloatArray, rate_hz: float, among_hz: tuple[float, ...]
) -> tuple[float, ...]:
    """Return those mains frequencies that stand out in `(n_samples, n_channels)`, or all.

    Where no hum stands out they are all of a size, and all are returned. A Hann window over one
    second tells 50 from 60 Hz by more than 60 dB (Harris 1978).
    """
    swing = data - data.mean(axis=0)
    window = np.hanning(len(data))[:, np.newaxis]
    time_s = np.arange(len(data))[:, np.newaxis] / rate_hz
    powers = [
        float(
            np.sum(
                np.abs(np.sum(swing * window * np.exp(-2j * np.pi * base * time_s), axis=0)) ** 2
            )
        )
        for base in among_hz
    ]
    strongest = max(powers, default=0.0)
    return tuple(
        base for base, power in zip(among_hz, powers, strict=True) if power * _PRESENT >= strongest
    )
