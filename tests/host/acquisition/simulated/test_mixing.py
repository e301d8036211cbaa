"""Crosstalk: amount, lag and neighbours."""

import numpy as np
import pytest

from calibration.montage import Site, montages
from calibration.muscles import Side
from host.acquisition.simulated.carrier import GaussianCarrier, Spectrum, design_shaping
from host.acquisition.simulated.mixing import Crosstalk, Leak, VolumeConductor
from host.chain.stream import FloatArray

SOURCES = (
    Site(muscle="ZYG", side=Side.LEFT),
    Site(muscle="OOC", side=Side.LEFT),
    Site(muscle="OOC", side=Side.RIGHT),
)
RATE_HZ = 2000.0


def conducted(emg: FloatArray, crosstalk: Crosstalk) -> FloatArray:
    conductor = VolumeConductor(
        crosstalk,
        SOURCES,
        SOURCES,
        rate_hz=RATE_HZ,
        spectrum_taps=design_shaping(Spectrum(), RATE_HZ),
    )
    return np.concatenate([conductor.push(part) for part in np.split(emg, 20)])


def smiling() -> FloatArray:
    emg = np.zeros((40_000, 3))
    carrier = GaussianCarrier(Spectrum(), rate_hz=RATE_HZ, muscles=1, seed=1)
    emg[:, :1] = carrier.push(np.ones((40_000, 1)))
    return emg


def test_a_neighbour_leaks_by_the_amount_given() -> None:
    leaks = (Leak(muscles=("ZYG", "OOC"), amount=0.12),)
    electrodes = conducted(smiling(), Crosstalk(leaks=leaks))
    assert electrodes[:, 1].std() == pytest.approx(0.12 * electrodes[:, 0].std(), rel=0.01)


def test_the_leak_has_no_lag() -> None:
    electrodes = conducted(smiling(), Crosstalk())
    lags = range(-20, 21)
    eye = electrodes[100:-100, 1]
    likeness = [float(electrodes[100 + lag : lag - 100, 0] @ eye) for lag in lags]
    assert lags[int(np.argmax(likeness))] == 0
    mirrored = np.array(likeness)
    assert np.abs(mirrored - mirrored[::-1]).max() < 0.03 * mirrored.max()


def test_nothing_leaks_across_the_face_nor_at_scale_0() -> None:
    assert not conducted(smiling(), Crosstalk())[:, 2].any()
    assert not conducted(smiling(), Crosstalk(scale=0.0))[:, 1].any()


def test_the_muscle_itself_passes_unchanged() -> None:
    emg = smiling()
    np.testing.assert_array_equal(conducted(emg, Crosstalk())[2:, 0], emg[:-2, 0])


def test_p1_neighbours_leak_less_than_lapatki_found() -> None:
    sites = montages()["face-16"].sites
    matrix = Crosstalk().matrix(sites, sites)
    assert 0.0 < matrix.max() < 0.25
    np.testing.assert_array_equal(matrix, matrix.T)
    assert not matrix.diagonal().any()


def test_leaks_louder_than_their_source_are_refused() -> None:
    with pytest.raises(ValueError, match="share within 0 and 1"):
        Leak(muscles=("ZYG", "OOC"), amount=1.1)
    with pytest.raises(ValueError, match="two different"):
        Leak(muscles=("ZYG", "ZYG"), amount=0.1)
    with pytest.raises(ValueError, match="scale"):
        Crosstalk(scale=-1.0)
    with pytest.raises(ValueError, match="scale"):
        Crosstalk(scale=20.0)
