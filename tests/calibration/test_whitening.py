"""The whitening filter and the model of a channel."""

import numpy as np
import pytest
from scipy import signal

from calibration.channel_model import ChannelModel, fit_channel, plain_channel
from calibration.freedom import Freedom, fit_freedom
from calibration.traces import FloatArray
from calibration.whitening import (
    DESIGN_SHARE,
    Spectra,
    design_whitening,
    efficiency,
    fit_spectra,
    minimum_phase,
    noise_behind,
    power_gain,
)

RATE_HZ = 1000.0
SHAPE = signal.butter(2, (60.0, 150.0), "bandpass", fs=RATE_HZ, output="sos")
RNG = np.random.default_rng(11)


def noise(seconds: float, scale: float = 1.0) -> FloatArray:
    return RNG.normal(0.0, scale, round(seconds * RATE_HZ))


def muscle(seconds: float, scale: float = 100.0) -> FloatArray:
    return signal.sosfilt(SHAPE, noise(seconds, scale))


REST = [noise(10.0), noise(10.0)]
ACTIVE = [muscle(4.0) + noise(4.0) for _ in range(4)]


def test_minimum_phase_has_the_gain_asked_for_and_answers_first() -> None:
    sos = signal.butter(2, 0.3, output="sos")
    gain = np.abs(signal.sosfreqz(sos, 513)[1][:512]) ** 2 + 0.01
    gain = np.append(gain, gain[-1])
    response = minimum_phase(gain)
    np.testing.assert_allclose(power_gain(response[:512], 513), gain, rtol=0.02)
    # Most of its energy comes in the first samples (Oppenheim & Schafer).
    assert np.sum(response[:8] ** 2) > 0.95 * np.sum(response**2)


def test_a_designed_filter_reaches_the_limit_where_it_was_designed() -> None:
    spectra = fit_spectra(REST, ACTIVE, RATE_HZ)
    taps = design_whitening(spectra)
    assert efficiency(spectra, taps, DESIGN_SHARE) > 0.95
    assert efficiency(spectra, np.ones(1), DESIGN_SHARE) < 0.8
    assert spectra.limit_hz(0.1) < spectra.limit_hz() < RATE_HZ / 2


def test_the_muscle_passes_with_its_amplitude() -> None:
    model = fit_channel(REST, ACTIVE, RATE_HZ)
    assert model.whitened
    fresh = muscle(20.0)
    passed = np.convolve(fresh, model.taps, "valid")
    assert passed.std() == pytest.approx(fresh.std(), rel=0.05)
    unfiltered = fit_freedom(ACTIVE, RATE_HZ)
    assert unfiltered is not None
    assert model.active.long_hz > 1.2 * unfiltered.long_hz


@pytest.mark.parametrize(
    ("taps", "band_hz", "gain"),
    [
        ((1.0,), (20.0, 200.0), 1.0),
        ((-3.0,), (20.0, 200.0), 3.0),
        # |1 - z|² is 2 - 2 cos: 2 over the whole band, 2 - 4 / pi over its lower half.
        ((1.0, -1.0), (0.0, 500.0), np.sqrt(2.0)),
        ((1.0, -1.0), (0.0, 250.0), np.sqrt(2.0 - 4.0 / np.pi)),
    ],
)
def test_noise_behind_a_filter_has_the_mean_gain_of_the_band(
    taps: tuple[float, ...], band_hz: tuple[float, float], gain: float
) -> None:
    assert noise_behind(taps, 2.0, band_hz, RATE_HZ) == pytest.approx(2.0 * gain)


def test_noise_in_the_band_measures_what_is_expected_behind_a_designed_filter() -> None:
    taps = design_whitening(fit_spectra(REST, ACTIVE, RATE_HZ))
    band = signal.butter(8, (40.0, 300.0), "bandpass", fs=RATE_HZ, output="sos")
    quiet = signal.sosfilt(band, noise(60.0))[1000:]
    expected = noise_behind(taps, float(quiet.std()), (40.0, 300.0), RATE_HZ)
    assert np.convolve(quiet, taps, "valid").std() == pytest.approx(expected, rel=0.03)
    assert expected > 1.2 * quiet.std()


@pytest.mark.parametrize("band_hz", [(200.0, 20.0), (20.0, 501.0), (-1.0, 20.0)])
def test_noise_outside_every_band_is_refused(band_hz: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="need a band within 500"):
        noise_behind((1.0,), 1.0, band_hz, RATE_HZ)


@pytest.mark.parametrize(
    ("rest", "active", "why"),
    [
        ([noise(3.0)], ACTIVE, "only 2 whole seconds of rest"),
        (REST, [muscle(0.9)] * 9, "only 0 whole seconds of steady effort"),
        (REST, [noise(5.0, 1.2)], "effort is too weak against rest"),
        (REST, [noise(9.0, 30.0)], "whitening does not help here"),
    ],
)
def test_a_poor_fit_falls_back_to_no_filter_and_says_why(
    rest: list[FloatArray], active: list[FloatArray], why: str
) -> None:
    model = fit_channel(rest, active, RATE_HZ)
    assert (model.plain, model.taps, model.whitened) == (why, (1.0,), False)


def test_a_filter_that_fits_only_the_first_half_is_not_used() -> None:
    other = signal.butter(2, (200.0, 300.0), "bandpass", fs=RATE_HZ, output="sos")
    changed = signal.sosfilt(other, noise(8.0, 100.0))
    model = fit_channel(REST, [muscle(8.0) + noise(8.0), changed + noise(8.0)], RATE_HZ)
    assert model.plain == "whitening does not help here"


@pytest.mark.parametrize(
    "bad",
    [
        {"rest": (1.0,) * 8, "active": (1.0,) * 9},
        {"rest": (1.0,) * 9, "active": (float("nan"),) * 9},
        {"rest": (1.0,) * 9, "active": (0.0,) * 9},
    ],
)
def test_spectra_that_cannot_be_are_refused(bad: dict[str, tuple[float, ...]]) -> None:
    with pytest.raises(ValueError, match=r"densities|no power"):
        Spectra(rate_hz=RATE_HZ, **bad)


@pytest.mark.parametrize(
    "bad", [{"taps": ()}, {"taps": (0.0,)}, {"taps": (300.0,)}, {"noise_uv": -1.0}]
)
def test_models_that_cannot_be_are_refused(bad: dict[str, object]) -> None:
    freedom = Freedom(short_hz=100.0, long_hz=100.0)
    with pytest.raises(ValueError, match=r"taps|noise_uv"):
        ChannelModel(**({"rest": freedom, "active": freedom} | bad))  # type: ignore[arg-type]


def test_a_channel_not_calibrated_says_so() -> None:
    model = plain_channel(RATE_HZ)
    assert (model.plain, model.noise_uv, model.whitened) == ("not calibrated", 0.0, False)
