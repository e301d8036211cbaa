"""From activity to samples: nothing shows of the blocks, and samples lie on the truth."""

from dataclasses import replace

import numpy as np
import pytest

from host.acquisition.simulated.contact import Touching
from host.acquisition.simulated.disturbance import Hum, Mains
from host.acquisition.simulated.rendering import BLOCK_S
from host.acquisition.simulated.script import Script, Step
from host.acquisition.simulated.settings import CarrierKind
from host.chain.stream import FloatArray
from tests.host.acquisition.simulated.clean_face import CLEAN, HOLD, OOC, ZYG, clean

STEP = Step(pattern="gentle closed smile", rest_s=1.0, rise_s=0.3, hold_s=0.7, release_s=0.5)


class Steady:
    """A carrier that stands still."""

    def push(self, level: FloatArray) -> FloatArray:
        return np.ones_like(level)

    def gain(self, converter: FloatArray) -> float:
        return float(converter.sum())


@pytest.mark.parametrize("kind", CarrierKind)
def test_blocks_leave_no_mark_on_the_signal(kind: CarrierKind) -> None:
    block = round(BLOCK_S * 250.0)
    edges = np.zeros(block)
    for seed in range(3):
        signal = clean(carrier=kind, seed=seed).read(HOLD.stop).data[HOLD, ZYG]
        bends = np.diff(signal, 2) ** 2
        whole = bends[: len(bends) // block * block].reshape(-1, block)
        edges += whole.mean(axis=0) / whole.mean()
    # 336 squares in each mean: by chance none of 62 strays that far from the others.
    assert edges.min() / 3.0 > 0.7
    assert edges.max() / 3.0 < 1.4


@pytest.mark.parametrize("rate_hz", [250.0, 1000.0])
def test_samples_lie_on_the_truth_without_the_converters_delay(rate_hz: float) -> None:
    patient = clean(rate_hz=rate_hz, script=Script(steps=(STEP,)))
    # With a carrier that stands still, a sample is the envelope itself.
    patient._rendering._muscles._carrier = Steady()
    count = round(2.5 * rate_hz)
    data, truth = patient.read(count).data, patient.truth(0, count)
    assert np.abs(np.diff(data[:, ZYG])).max() > 0.1
    # One step of the recorder's grid; a sample's delay would be 0.1 uV at 1000 Hz.
    np.testing.assert_allclose(data[:, ZYG], truth.emg_uv[:, ZYG], rtol=0.0, atol=0.03)


def test_mains_lie_on_their_own_time() -> None:
    mains = Mains(level_uv=50.0, harmonics=(), unsteadiness=0.0)
    data = clean(mains=mains).read(500).data
    hum = Hum(mains, mains_hz=50.0, channels=8, seed=CLEAN.seed).at(np.arange(500) / 250.0)
    # Sinc³ at a fifth of the rate.
    np.testing.assert_allclose(data, np.sinc(0.2) ** 3 * hum, rtol=0.0, atol=1.5)


def test_p5_a_touch_is_slow_and_starts_where_the_truth_says() -> None:
    script = Script(steps=(replace(STEP, rest_s=8.0, hold_s=4.0, touched=("OOC",)),))
    patient = clean(script=script, touching=Touching(tremble_uv=0.0))
    data, touched = patient.read(2500).data[:, OOC], patient.truth(0, 2500).touched[:, OOC]
    first = int(np.argmax(touched))
    assert not data[: first - 3].any()
    assert np.abs(data[first : first + 50]).max() > 100.0
    assert np.abs(np.diff(data)).max() < 150.0
