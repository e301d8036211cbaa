"""The simulated face: voluntary movement, blinks and synkinesis together."""

from dataclasses import replace

import numpy as np

from calibration.muscles import Side
from host.acquisition.simulated.assembly import build_face, build_timetable
from host.acquisition.simulated.effort import Blinks
from host.acquisition.simulated.face import Face
from host.acquisition.simulated.script import Script, Step
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.simulated.synkinesis import column
from tests.host.acquisition.simulated.clean_face import CLEAN, EYE

CHEEK, EYELID = column("ZYG", Side.RIGHT), column("OOC", Side.RIGHT)
HELD = (2000, 3000)
"""Samples within the hold of the clean face's script."""


def face(settings: PatientSettings) -> Face:
    return build_face(settings, build_timetable(settings))


def test_tone_and_movement_add_as_powers() -> None:
    activity = face(replace(CLEAN, tone_uv=1.0, tone_affected_uv=15.0)).at(*HELD)
    np.testing.assert_allclose(activity.emg_uv[:, CHEEK], np.hypot(15.0, 20.0))
    np.testing.assert_allclose(activity.emg_uv[:, EYELID], 15.0)
    np.testing.assert_allclose(activity.emg_uv[:, column("OOC", Side.LEFT)], 1.0)
    np.testing.assert_allclose(activity.activation[:, CHEEK], 1.0)


def test_common_axons_take_their_power_from_the_muscles_own() -> None:
    activity = face(replace(CLEAN, couplings=(replace(EYE, common=0.25),))).at(*HELD)
    [shared] = activity.shared
    assert (shared.target, shared.quiet) == (CHEEK, EYELID)
    np.testing.assert_allclose(shared.level_uv, 0.5 * 0.6 * 20.0)
    power = activity.own_uv[:, EYELID] ** 2 + shared.level_uv**2
    np.testing.assert_allclose(power, activity.emg_uv[:, EYELID] ** 2)


def test_a_closed_lid_does_not_blink_on_top_of_that() -> None:
    closed = Script(steps=(Step(pattern="gentle eye closure", rest_s=4.0, hold_s=30.0),))
    blinks = Blinks(every_s=2.0, peak=0.7)
    activity = face(replace(CLEAN, script=closed, blinks=blinks)).at(*HELD)
    assert activity.blink.max() > 0.4
    np.testing.assert_allclose(activity.activation[:, EYELID], 1.0)


def test_a_blinks_synkinesis_is_synkinesis() -> None:
    coupling = replace(EYE, target="OOC", quiet="ZYG", severity=0.5)
    at_rest = face(replace(CLEAN, blinks=Blinks(every_s=2.0), couplings=(coupling,))).at(0, 1000)
    assert 0.3 < at_rest.synkinetic[:, CHEEK].max() < 0.65
    assert not at_rest.synkinetic[:, EYELID].any()


def test_activity_does_not_depend_on_where_a_stretch_begins() -> None:
    whole = face(PatientSettings()).at(0, 6000)
    for start in (1, 999, 2345):
        part = face(PatientSettings()).at(start, start + 500)
        stretch = slice(start, start + 500)
        np.testing.assert_array_equal(part.activation, whole.activation[stretch])
        np.testing.assert_array_equal(part.own_uv, whole.own_uv[stretch])
        for one, other in zip(part.shared, whole.shared, strict=True):
            np.testing.assert_array_equal(one.level_uv, other.level_uv[stretch])
