"""What is heard: the activity of unwanted muscles, fading to silence as they relax."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.muscles import Side, muscles
from host.feedback.sound.tone_state import (
    REGION,
    Listened,
    Timbre,
    ToneSettings,
    Voice,
    loudness_of,
    tone_state,
)

SETTINGS = ToneSettings()
RIGHT, LEFT = Side.RIGHT, Side.LEFT


def listened(
    activation: float | None, muscle: str = "OOC", side: Side = RIGHT, line: float = 0.25
) -> Listened:
    return Listened(muscle=muscle, side=side, activation=activation, line=line)


def loudness(activation: float | None) -> float:
    return sum(voice.loudness for voice in tone_state([listened(activation)]))


def test_p14_muscles_at_rest_are_silence() -> None:
    assert tone_state([listened(0.0, code) for code in muscles()]) == ()


def test_p14_below_the_line_the_tone_already_fades() -> None:
    heard = [loudness(level) for level in (0.25, 0.2, 0.15, 0.1, 0.05, 0.03)]
    assert heard == sorted(heard, reverse=True)
    assert len(set(heard)) == len(heard)
    assert heard[0] == pytest.approx(SETTINGS.at_line)
    assert heard[-1] == 0.0


def test_p8_above_the_line_the_tone_is_bounded_and_sounds_no_alarm() -> None:
    assert loudness(0.25) < loudness(0.5) < loudness(5.0) < loudness(500.0) <= 1.0
    # One curve without a jump: nothing marks the moment at which the line is crossed.
    assert loudness(0.2501) - loudness(0.2499) < 0.001


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_more_activity_is_never_softer(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= loudness_of(low, SETTINGS) <= loudness_of(high, SETTINGS) <= 1.0


def test_p6_each_region_has_its_own_timbre() -> None:
    assert set(REGION) == set(muscles())
    assert set(REGION.values()) == set(Timbre) - {Timbre.NO_SIGNAL}
    (brow,), (neck,) = (tone_state([listened(0.5, code)]) for code in ("FRO", "PLA"))
    assert (brow.timbre, neck.timbre) == (Timbre.BROW, Timbre.CHIN)


def test_a_region_is_heard_once_as_its_most_active_muscle() -> None:
    (voice,) = tone_state([listened(0.1, "MEN"), listened(0.4, "PLA")])
    assert (voice,) == tone_state([listened(0.4, "PLA")])


def test_a_muscle_is_heard_on_the_patient_s_own_side() -> None:
    left, right = tone_state([listened(0.4, side=LEFT), listened(0.1, side=RIGHT)])
    assert (left.side, right.side) == (LEFT, RIGHT)
    assert left.loudness > right.loudness


def test_unknown_is_never_quiet_and_never_a_muscle_at_work() -> None:
    (voice,) = tone_state([listened(None)])
    assert voice == Voice(timbre=Timbre.NO_SIGNAL, side=RIGHT, loudness=SETTINGS.no_signal)


def test_unknown_is_heard_beside_what_is_known() -> None:
    voices = tone_state([listened(0.4, "OOC"), listened(None, "PLA"), listened(0.0, "OOR")])
    assert [voice.timbre for voice in voices] == [Timbre.EYE, Timbre.NO_SIGNAL]


def test_the_breath_of_the_unknown_stays_the_same_however_many_there_are() -> None:
    one = tone_state([listened(None, "OOC")])
    many = tone_state([listened(None, code) for code in ("OOC", "PLA", "OOR")])
    assert one == many


@pytest.mark.parametrize(
    "wrong",
    [
        {"silent_below": 1.0},
        {"silent_below": -0.1},
        {"at_line": 0.0},
        {"at_line": 1.0},
        {"no_signal": 0.0},
    ],
)
def test_settings_that_cannot_be_heard_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ToneSettings(**wrong)


@pytest.mark.parametrize("level", [math.nan, math.inf, -0.1])
def test_nan_cannot_pass_for_a_level(level: float) -> None:
    with pytest.raises(ValueError, match="or None"):
        listened(level)


def test_a_line_at_rest_and_a_strange_muscle_are_refused() -> None:
    with pytest.raises(ValueError, match="above rest"):
        listened(0.1, line=0.0)
    with pytest.raises(ValueError, match="no sound for 'XYZ'"):
        listened(0.1, "XYZ")
    with pytest.raises(ValueError, match="above 0"):
        Voice(timbre=Timbre.EYE, side=LEFT, loudness=0.0)
