"""The ADS1299's own signals."""

import numpy as np
import pytest

from host.acquisition.simulated.firmware import Firmware
from host.acquisition.simulated.protocol import decode_packets
from host.acquisition.simulated.speech import CytonSpeech
from host.acquisition.simulated.test_signal import NOISE_UV, TEST_SIGNALS, TestSignal


def test_the_fast_square_has_its_height_and_period() -> None:
    wave = TEST_SIGNALS["="].at(np.arange(1280), 250.0, channels=2)
    assert wave.shape == (1280, 2)
    np.testing.assert_allclose(np.abs(wave), 1875.0, atol=6 * NOISE_UV)
    rises = np.flatnonzero(np.diff(np.sign(wave[:, 0])) > 0)
    # 2²⁰ / 2.048 MHz = 0.512 s = 128 samples.
    assert np.diff(rises).tolist() == [128] * 8


def test_joined_inputs_leave_the_converters_noise() -> None:
    noise = TEST_SIGNALS["0"].at(np.arange(5000), 250.0, channels=8)
    assert noise.std() == pytest.approx(NOISE_UV, rel=0.05)


def test_a_cyton_sends_it_in_place_of_its_inputs_until_its_defaults_are_back() -> None:
    speech = CytonSpeech()
    assert speech.push(b"]") == b"Success: Configured internal test signal.$$$"
    inputs_uv = np.full((10, 8), 50.0)
    _, counts = decode_packets(speech.encode(np.arange(10), 0, inputs_uv))
    np.testing.assert_allclose(counts * 4.5e6 / (2**23 - 1) / 24, 3750.0, atol=1.0)
    speech.push(b"d")
    _, counts = decode_packets(speech.encode(np.arange(10), 0, inputs_uv))
    np.testing.assert_allclose(counts * 4.5e6 / (2**23 - 1) / 24, 50.0, atol=0.02)


def test_a_reset_ends_it_too() -> None:
    firmware = Firmware()
    firmware.push(b"0v")
    assert firmware.signal is None


def test_no_samples_are_no_signal() -> None:
    assert TEST_SIGNALS["="].at(np.arange(0), 250.0, channels=3).shape == (0, 3)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="amplitude"):
        TestSignal(amplitude_uv=-1.0)
