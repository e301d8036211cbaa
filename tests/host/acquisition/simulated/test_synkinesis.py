"""Couplings: severity, delay, slow release, common axons."""

import numpy as np
import pytest

from calibration.muscles import Side
from host.acquisition.simulated.effort import FACE
from host.acquisition.simulated.synkinesis import Coupling, Synkinesis, column
from host.chain.stream import FloatArray, Stream, channel_names

STREAM = Stream(rate_hz=1000.0, channels=channel_names(8))
SMILE_TO_EYE = Coupling(target="ZYG", quiet="OOC", severity=0.6, delay_s=0.04, relax_s=0.8)
ZYG, OOC = column("ZYG", Side.RIGHT), column("OOC", Side.RIGHT)


def synkinesis(*couplings: Coupling, unsteadiness: float = 0.0) -> Synkinesis:
    return Synkinesis(couplings, STREAM, affected=Side.RIGHT, unsteadiness=unsteadiness, seed=1)


def led(memory: int, level: FloatArray, muscle: int = ZYG) -> FloatArray:
    face = np.zeros((memory + len(level), len(FACE)))
    face[memory:, muscle] = level
    return face


def held(length: int = 6000, start: int = 1000, stop: int = 4000) -> FloatArray:
    level = np.zeros(length)
    level[start:stop] = 1.0
    return level


def eye(made: Synkinesis, level: FloatArray) -> FloatArray:
    return made.onto_face(made.at(0, led(made.memory, level)))[:, OOC]


def test_the_quiet_muscle_follows_by_severity_and_delay() -> None:
    along = eye(synkinesis(SMILE_TO_EYE), held())
    assert np.flatnonzero(along)[0] == 1040
    np.testing.assert_allclose(along[1040:4040], 0.6)


def test_it_is_coupled_to_the_amplitude() -> None:
    ramp = np.linspace(0.0, 2.0, 3000)
    along = eye(synkinesis(SMILE_TO_EYE), ramp)
    np.testing.assert_allclose(along[40:], 0.6 * ramp[:-40])


def test_p12_after_a_hold_it_lets_go_slowly_and_completely() -> None:
    along = eye(synkinesis(SMILE_TO_EYE), held())
    half = 4040 + np.argmax(along[4040:] < 0.3)
    assert 4040 + 350 < half < 4040 + 450
    assert (np.diff(along[4040:]) <= 0.0).all()
    assert not along[4040 + 800 :].any()


def test_a_short_twitch_is_over_as_soon_as_its_cause() -> None:
    along = eye(synkinesis(SMILE_TO_EYE), held(stop=1200))
    assert not along[1250:].any()


def test_other_muscles_and_the_other_side_stay_quiet() -> None:
    made = synkinesis(SMILE_TO_EYE)
    face = made.onto_face(made.at(0, led(made.memory, held())))
    face[:, OOC] = 0.0
    assert not face.any()
    left = led(made.memory, held(), column("ZYG", Side.LEFT))
    assert not made.at(0, left).any()


def test_what_common_axons_carry_has_their_share_of_power_and_ends_with_the_target() -> None:
    made = synkinesis(Coupling(target="ZYG", quiet="OOC", severity=0.5, common=0.25))
    smile = led(made.memory, held())
    [(target, quiet, level)] = made.shared(made.at(0, smile), smile[made.memory :])
    assert (target, quiet) == (ZYG, OOC)
    assert level[2000] == pytest.approx(np.sqrt(0.25) * 0.5)
    assert not level[4000:].any()


def test_unsteadiness_changes_it_slowly_by_its_share() -> None:
    along = eye(synkinesis(SMILE_TO_EYE, unsteadiness=0.2), np.ones(60_000))[100:]
    assert along.mean() == pytest.approx(0.6, rel=0.1)
    assert along.std() == pytest.approx(0.12, rel=0.2)
    assert np.abs(np.diff(along)).max() < 0.003


def test_it_does_not_depend_on_where_a_stretch_begins() -> None:
    made = synkinesis(SMILE_TO_EYE, unsteadiness=0.2)
    face = led(made.memory, held())
    np.testing.assert_array_equal(made.at(0, face)[3000:], made.at(3000, face[3000:]))


def test_no_couplings_add_nothing() -> None:
    made = synkinesis()
    assert not made.onto_face(made.at(0, led(made.memory, held()))).any()


@pytest.mark.parametrize(
    "wrong",
    [{"severity": -0.1}, {"delay_s": 0.6}, {"relax_s": -1.0}, {"common": 1.1}],
)
def test_couplings_that_no_nerve_makes_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Coupling(**{"target": "ZYG", "quiet": "OOC", "severity": 0.5, **wrong})  # type: ignore[arg-type]  # one name per value
    with pytest.raises(ValueError, match="itself"):
        Coupling(target="ZYG", quiet="ZYG", severity=0.5)
    with pytest.raises(ValueError, match="unknown muscle"):
        Coupling(target="ZYG", quiet="EYE", severity=0.5)
