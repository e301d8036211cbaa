"""Tones for the emulated board's inputs, and what must come out of each channel."""

import numpy as np

from host.chain.stream import BoolArray, FloatArray
from tests.firmware.emulated import SUPPLY_MV, EmulatedBoard

ADC_STEP_MV = SUPPLY_MV / 1024
GAIN = 200.0
"""From the skin to the input, as the factory sets it."""
STEP_UV = ADC_STEP_MV * 1000.0 / GAIN
"""One step of the ADC at the skin."""
PACKED_STEP_UV = STEP_UV / 4
"""One step of a packed sample of 12 bits."""
CONVERSIONS_HZ = 32_000.0


def tone_hz(channel: int) -> float:
    """Return the frequency on an input; no two share one, or a harmonic of another."""
    return (9.0, 14.0, 21.0, 26.0, 31.0, 38.0, 45.0, 52.0)[channel]


def tone_mv(channel: int) -> float:
    """Return the amplitude on an input."""
    return 400.0 + 150.0 * channel


def play(board: EmulatedBoard) -> None:
    """Put every input's tone on it."""
    for channel in range(8):
        board.tone(channel, tone_hz(channel), tone_mv(channel))


def weakened(hz: float, rate_hz: float, slots: int) -> float:
    """Return what the mean of a sample's conversions leaves of a tone (docs/protocol.md)."""
    conversions = CONVERSIONS_HZ / rate_hz / slots
    angle = np.pi * hz / rate_hz
    return float(np.sin(angle) / conversions / np.sin(angle / conversions))


def amplitudes_uv(
    data_uv: FloatArray, rate_hz: float, known: BoolArray | None = None
) -> FloatArray:
    """Return the amplitude of every tone in every channel, `(n_tones, n_channels)`.

    By regression on the samples that are `known`, or on all.
    """
    seconds = np.arange(len(data_uv)) / rate_hz
    angles = 2.0 * np.pi * np.outer(seconds, [tone_hz(tone) for tone in range(8)])
    model = np.hstack([np.cos(angles), np.sin(angles), np.ones((len(seconds), 1))])
    rows = slice(None) if known is None else known
    fitted = np.linalg.lstsq(model[rows], data_uv[rows], rcond=None)[0]
    amplitudes: FloatArray = np.hypot(fitted[:8], fitted[8:16])
    return amplitudes


def expected_uv(channels: int, rate_hz: float, slots: int) -> FloatArray:
    """Return what `amplitudes_uv` must be: each channel its own tone, and nothing of the others."""
    own = [
        tone_mv(channel) * 1000.0 / GAIN * weakened(tone_hz(channel), rate_hz, slots)
        for channel in range(channels)
    ]
    return np.vstack([np.diag(own), np.zeros((8 - channels, channels))])
