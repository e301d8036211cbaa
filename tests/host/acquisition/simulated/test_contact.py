"""Fingers on electrodes, and electrodes that come loose."""

import numpy as np
import pytest

from calibration.montage import montages
from calibration.muscles import Side
from host.acquisition.simulated.contact import Contact, Fault, Loose, Touches, Touching
from host.acquisition.simulated.script import Script, Step, Timetable
from host.chain.stream import Stream, channel_names

STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
SITES = montages()["face-8"].sites
STEP = Step(pattern="pucker", rest_s=4.0, hold_s=3.0, touched=("OOC", "PLA"))
TOUCHED = [4, 7]
"""The eye and the neck of the right side."""


def touches(touching: Touching, *steps: Step) -> Touches:
    timetable = Timetable(Script(steps=steps, repeat=False), STREAM)
    return Touches(touching, timetable, STREAM, electrodes=SITES, affected=Side.RIGHT, seed=1)


def test_p5_a_finger_lies_on_the_touched_muscles_from_mid_rest_to_the_end() -> None:
    mask = touches(Touching(), STEP).mask(0, 4000)
    assert set(np.flatnonzero(mask.any(axis=0))) == set(TOUCHED)
    rows = np.flatnonzero(mask[:, 4])
    # 9.5 s of attempt, and a second in which the electrode settles.
    assert (rows[0], rows[-1] + 1) == (500, 2375 + 250)


def test_a_touch_is_large_slow_and_confined_to_its_mask() -> None:
    made = touches(Touching(), STEP)
    artefact = made.at(np.arange(4000.0))
    assert not artefact[~made.mask(0, 4000)].any()
    assert 200.0 < np.abs(artefact[:, TOUCHED]).max() < 5000.0
    power = np.abs(np.fft.rfft(artefact[:, 4])) ** 2
    hz = np.fft.rfftfreq(4000, 1 / 250.0)
    assert power[hz > 20.0].sum() < 1e-3 * power.sum()


def test_touches_do_not_depend_on_where_a_stretch_begins() -> None:
    made = touches(Touching(), STEP, STEP)
    places = np.arange(5000.0)
    np.testing.assert_array_equal(made.at(places)[2400:3000], made.at(places[2400:3000]))
    np.testing.assert_array_equal(made.mask(0, 5000)[2400:3000], made.mask(2400, 3000))


def test_a_script_without_touches_has_none() -> None:
    made = touches(Touching(), Step(pattern="pucker"))
    assert not made.mask(0, 4000).any()
    assert not made.at(np.arange(4000.0)).any()


def test_an_electrode_is_loose_from_and_until_the_times_given() -> None:
    contact = Contact(
        (
            Loose(channel=2, start_s=1.0, stop_s=2.0),
            Loose(channel=5, start_s=3.0, fault=Fault.RAILS),
        ),
        STREAM,
    )
    mask = contact.mask(0, 1000)
    np.testing.assert_array_equal(np.flatnonzero(mask[:, 2]), np.arange(250, 500))
    np.testing.assert_array_equal(np.flatnonzero(mask[:, 5]), np.arange(750, 1000))
    assert mask.sum() == 500
    np.testing.assert_array_equal(mask[300:800], contact.mask(300, 800))
    assert not contact.mask(0, 1000, Fault.RAILS)[:, 2].any()
    assert not contact.mask(-250, 0).any()


def test_an_electrode_in_the_air_picks_up_more_mains() -> None:
    factor = Contact((Loose(channel=2, start_s=1.0, hum=30.0),), STREAM).hum(200, 300)
    np.testing.assert_array_equal(factor[:, 2], np.repeat([1.0, 30.0], 50))
    assert (factor[:, 3] == 1.0).all()


def test_impossible_touches_and_electrodes_are_refused() -> None:
    with pytest.raises(ValueError, match="a touch makes"):
        Touching(step_uv=-1.0)
    with pytest.raises(ValueError, match="counted from 0"):
        Loose(channel=-1, start_s=0.0)
    with pytest.raises(ValueError, match="start_s < stop_s"):
        Loose(channel=0, start_s=2.0, stop_s=1.0)
    with pytest.raises(ValueError, match="hum"):
        Loose(channel=0, start_s=2.0, hum=0.0)
