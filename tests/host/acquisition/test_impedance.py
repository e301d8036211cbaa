"""From amplitude to impedance, as the OpenBCI GUI computes it, and never a number for nothing."""

import math

import numpy as np
import pytest

from host.acquisition.impedance import Impedance, impedances
from host.acquisition.lead_off_tone import Tone


def of(amplitude_uv: float, noise_uv: float = 0.0, *, railed: bool = False) -> Impedance | None:
    """Return the impedance of one channel whose converter loses nothing."""
    tone = Tone(amplitude_uv=np.array([amplitude_uv]), noise_uv=np.array([noise_uv]))
    return impedances(tone, np.array([railed]), passed=1.0)[0]


@pytest.mark.parametrize("std_uv", [20.0, 60.0, 400.0])
def test_it_agrees_with_the_guis_formula_for_its_standard_deviation(std_uv: float) -> None:
    gui_ohm = math.sqrt(2.0) * std_uv * 1e-6 / 6e-9 - 2200.0
    found = of(math.sqrt(2.0) * std_uv)
    assert found is not None
    assert found.ohm == pytest.approx(gui_ohm)


def test_the_noise_becomes_an_interval() -> None:
    found = of(133.2, 6.0)
    assert found is not None
    assert (found.low_ohm, found.ohm, found.high_ohm) == pytest.approx((19e3, 20e3, 21e3))
    assert found.words == "20 ± 1 kΩ"


def test_a_railed_channel_is_open_and_a_silent_one_unknown() -> None:
    railed = of(5.0, railed=True)
    assert railed is not None
    assert railed.open
    assert railed.words == "open"
    assert of(math.nan, math.nan) is None
    # 6 nA through the board's own 2.2 kΩ leave 13 µV even where the electrodes touch each other.
    assert of(2.0) is None


def test_what_the_converter_lost_is_put_back() -> None:
    tone = Tone(amplitude_uv=np.array([0.9 * 133.2]), noise_uv=np.array([0.0]))
    found = impedances(tone, np.array([False]), passed=0.9)[0]
    assert found is not None
    assert found.ohm == pytest.approx(20e3)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="low_ohm"):
        Impedance(ohm=math.nan, low_ohm=0.0, high_ohm=1.0)
    tone = Tone(amplitude_uv=np.array([1.0]), noise_uv=np.array([1.0]))
    with pytest.raises(ValueError, match="share"):
        impedances(tone, np.array([False]), passed=0.0)
