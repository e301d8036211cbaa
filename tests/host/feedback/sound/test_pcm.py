"""Bytes for a loudspeaker, and how many of them may wait."""

import numpy as np
import pytest

from host.feedback.sound.pcm import CHANNELS, Coding, buffer_bytes, encoded
from host.feedback.sound.synth import SynthSettings


@pytest.mark.parametrize("coding", Coding)
@pytest.mark.parametrize("rate_hz", [8000, 22050, 44100, 48000, 96000, 192000])
def test_t4_no_more_than_20_ms_wait_in_whole_frames(rate_hz: int, coding: Coding) -> None:
    size = buffer_bytes(rate_hz, coding)
    assert size % coding.frame_bytes == 0
    assert 0.0199 < size / coding.frame_bytes / rate_hz <= 0.02


def test_t4_buffer_and_smoothing_together_delay_by_40_ms_at_most() -> None:
    buffered_s = buffer_bytes(48000, Coding.FLOAT32) / Coding.FLOAT32.frame_bytes / 48000
    # Two one-pole filters delay by their time constants.
    assert buffered_s + 2.0 * SynthSettings().smoothing_s <= 0.04 + 1e-12


@pytest.mark.parametrize(("coding", "kind", "scale"), [
    (Coding.FLOAT32, np.float32, 1.0),
    (Coding.INT16, np.int16, 32767.0),
])  # fmt: skip
def test_samples_come_back_from_their_bytes_ear_by_ear(
    coding: Coding, kind: type[np.generic], scale: float
) -> None:
    samples = np.array([[0.5, -0.5], [0.0, 0.25], [-0.1, 0.1]], dtype=np.float32)
    data = encoded(samples, coding)
    assert len(data) == len(samples) * coding.frame_bytes
    back = np.frombuffer(data, dtype=kind).reshape(-1, CHANNELS) / scale
    np.testing.assert_allclose(back, samples, atol=1.0 / 32767.0)


def test_no_samples_are_no_bytes_and_too_loud_does_not_wrap() -> None:
    assert encoded(np.zeros((0, 2), dtype=np.float32), Coding.INT16) == b""
    loud = encoded(np.full((1, 2), 3.0, dtype=np.float32), Coding.INT16)
    assert np.frombuffer(loud, dtype=np.int16).tolist() == [32767, 32767]
