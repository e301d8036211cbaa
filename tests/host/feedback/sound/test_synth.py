"""Synthesis of the sound: known spectra, true silence, no clicks, and no dependence on the cut."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calibration.muscles import Side
from host.feedback.sound.synth import PEAK, Samples, Synth, SynthSettings, ears
from host.feedback.sound.timbres import BREATH_HZ, TONES, tables
from host.feedback.sound.tone_state import Timbre, Voice
from tests.cuts import cuts

RATE_HZ = 8000
"""Low, so that the tests are fast; nothing in the synthesis depends on it."""
SETTINGS = SynthSettings(rate_hz=RATE_HZ)
EVERYTHING = [Voice(timbre=timbre, side=side, loudness=1.0) for timbre in Timbre for side in Side]


def voice(timbre: Timbre = Timbre.EYE, loudness: float = 1.0, side: Side = Side.RIGHT) -> Voice:
    return Voice(timbre=timbre, side=side, loudness=loudness)


def settled(*voices: Voice, volume: float = 1.0) -> Samples:
    """Return one second after the gains have settled."""
    synth = Synth(SETTINGS)
    synth.push(voices, RATE_HZ, volume)
    return synth.push(voices, RATE_HZ, volume)


def spectrum(samples: Samples) -> dict[int, float]:
    """Return the amplitude of each whole frequency, both ears together, in a second."""
    amplitude = 2.0 * np.abs(np.fft.rfft(samples.astype(float), axis=0)).max(axis=1) / RATE_HZ
    return {hz: float(a) for hz, a in enumerate(amplitude) if a > 1e-6}


@pytest.mark.parametrize("timbre", TONES)
def test_p6_a_region_sounds_with_its_own_pitch_and_overtones(timbre: Timbre) -> None:
    tone = TONES[timbre]
    found = spectrum(settled(voice(timbre)))
    expected = {tone.pitch_hz * n: a for n, a in enumerate(tone.partials, start=1) if a}
    assert set(found) == set(expected)
    for hz, amplitude in expected.items():
        assert found[hz] / found[tone.pitch_hz] == pytest.approx(amplitude, rel=1e-4)


def test_unknown_sounds_like_a_breath_that_never_stops_and_has_no_pitch() -> None:
    breath = settled(voice(Timbre.NO_SIGNAL))
    found = spectrum(breath)
    low, high = BREATH_HZ
    assert low - 2 <= min(found)
    assert max(found) <= high + 2
    # No frequency stands out: the loudest carries under 1 % of the power.
    power = np.array(list(found.values())) ** 2
    assert power.max() / power.sum() < 0.01
    rms = np.sqrt((breath[:, 1].reshape(20, -1).astype(float) ** 2).mean(axis=1))
    assert rms.min() > 0.2 * rms.max()


def test_unknown_is_softer_than_a_muscle_at_its_line() -> None:
    unknown, working = settled(voice(Timbre.NO_SIGNAL, 0.5)), settled(voice(Timbre.EYE, 0.5))
    assert 0.0 < np.std(unknown[:, 1]) < 0.7 * np.std(working[:, 1])


def test_p14_no_voices_are_silence_to_the_last_bit() -> None:
    synth = Synth(SETTINGS)
    assert not synth.push((), RATE_HZ).any()
    synth.push(EVERYTHING, RATE_HZ)
    synth.push((), RATE_HZ // 5)
    assert not synth.push((), RATE_HZ).any()


def test_silence_is_reached_within_a_fifth_of_a_second() -> None:
    synth = Synth(SETTINGS)
    synth.push([voice()], RATE_HZ)
    fading = np.abs(synth.push((), RATE_HZ)).max(axis=1)
    assert np.flatnonzero(fading).max() < 0.2 * RATE_HZ


def test_a_tone_is_there_within_fifty_milliseconds() -> None:
    whole = np.abs(settled(voice())).max()
    begun = Synth(SETTINGS).push([voice()], RATE_HZ // 10)
    assert np.abs(begun[RATE_HZ // 20 :]).max() > 0.9 * whole


@pytest.mark.parametrize("timbre", Timbre)
def test_nothing_clicks_however_hard_voices_change(timbre: Timbre) -> None:
    synth = Synth(SETTINGS)
    # On and off every 50 ms, at any phase of the tone.
    switched = [synth.push([voice(timbre)] if k % 2 else (), RATE_HZ // 20 + k) for k in range(20)]
    steps = np.abs(np.diff(np.concatenate(switched).astype(float), axis=0)).max()
    steady = np.abs(np.diff(settled(voice(timbre)).astype(float), axis=0)).max()
    # While a gain moves a sample may step further than in the steady sound by the gain's own
    # step, which is at most 1 / (e tau) a second.
    gain_step = np.abs(settled(voice(timbre))).max() / (np.e * SETTINGS.smoothing_s * RATE_HZ)
    assert steps <= steady + gain_step


def test_a_change_adds_no_splash_far_from_the_tone() -> None:
    synth = Synth(SETTINGS)
    sound = [synth.push([voice(Timbre.BROW)] if k % 2 else (), RATE_HZ // 8) for k in range(8)]
    amplitude = np.abs(np.fft.rfft(np.concatenate(sound)[:, 1].astype(float)))
    assert amplitude[2000:].max() < 1e-3 * amplitude.max()


def test_everything_at_once_stays_under_the_peak() -> None:
    synth = Synth(SETTINGS)
    loud = np.concatenate([synth.push(EVERYTHING if k % 3 else (), 777) for k in range(30)])
    assert 0.1 < np.abs(loud).max() <= PEAK


def test_loudness_is_perceived_after_stevens_1957() -> None:
    half, full = settled(voice(loudness=0.5)), settled(voice())
    assert np.std(half) / np.std(full) == pytest.approx(0.5 ** (1 / 0.6), rel=1e-4)
    np.testing.assert_allclose(settled(voice(), volume=0.5), half, atol=1e-7)


def test_muted_fades_to_silence() -> None:
    assert not settled(*EVERYTHING, volume=0.0).any()


def test_the_patient_s_left_is_heard_on_the_left() -> None:
    left, right = (np.std(settled(voice(side=side)), axis=0) for side in (Side.LEFT, Side.RIGHT))
    assert left[0] > 2.0 * left[1] > 0.0
    np.testing.assert_allclose(left, right[::-1], rtol=1e-6)


@pytest.mark.parametrize("pan", [0.0, 0.6, 1.0])
def test_a_side_has_the_same_power_wherever_it_is_heard(pan: float) -> None:
    assert np.hypot(*ears(Side.LEFT, pan)) == pytest.approx(1.0)


@given(st.lists(st.sets(st.sampled_from(EVERYTHING)), min_size=3, max_size=3), cuts(300))
def test_output_does_not_depend_on_the_cut(states: list[set[Voice]], cut_points: list[int]) -> None:
    changes = [0, 100, 200, 300]

    def run(cut_at: Sequence[int]) -> Samples:
        synth, pieces = Synth(SETTINGS), []
        for start, stop in pairwise(sorted([*changes, *cut_at])):
            pieces.append(synth.push(sorted(states[min(start // 100, 2)], key=repr), stop - start))
        return np.concatenate(pieces)

    np.testing.assert_array_equal(run(cut_points), run([]))


@given(cuts(3 * RATE_HZ))
@example([2 * RATE_HZ, 2 * RATE_HZ + 1])
@settings(max_examples=20)
def test_a_long_fade_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    def run(cut_at: Sequence[int]) -> Samples:
        synth = Synth(SETTINGS)
        begun = synth.push(EVERYTHING, 500)
        edges = [0, *cut_at, 3 * RATE_HZ]
        fading = [synth.push((), stop - start) for start, stop in pairwise(edges)]
        return np.concatenate([begun, *fading, synth.push(EVERYTHING, 500)])

    np.testing.assert_array_equal(run(cut_points), run([]))


def test_long_after_the_start_a_tone_is_what_it_was() -> None:
    synth = Synth(SETTINGS)
    early = [synth.push([voice()], RATE_HZ) for _ in range(60)]
    np.testing.assert_array_equal(early[-1], early[1])


def test_the_order_of_voices_does_not_matter() -> None:
    np.testing.assert_array_equal(settled(*EVERYTHING), settled(*reversed(EVERYTHING)))


def test_tables_repeat_without_a_seam() -> None:
    for table in tables(RATE_HZ).values():
        assert np.abs(table).max() == 1.0
        inside = np.abs(np.diff(table)).max()
        assert abs(table[0] - table[-1]) <= inside


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="smoothing_s"):
        SynthSettings(smoothing_s=0.0)
    with pytest.raises(ValueError, match="pan"):
        SynthSettings(pan=1.1)
    with pytest.raises(ValueError, match="8000"):
        Synth(SynthSettings(rate_hz=4000))
    with pytest.raises(ValueError, match="samples"):
        Synth(SETTINGS).push((), -1)
    with pytest.raises(ValueError, match="volume"):
        Synth(SETTINGS).push((), 1, 1.5)
