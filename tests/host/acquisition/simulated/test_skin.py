"""The impedances of a simulated patient's electrodes, and what a test current leaves on them."""

import numpy as np
import pytest

from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.firmware import Firmware
from host.acquisition.simulated.skin import Prepared, Skin
from host.chain.stream import Stream, channel_names

STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
DRIVEN = np.array([[True, False]] * 8)


def test_prepared_electrodes_have_5_to_50_kilohms_and_follow_the_seed() -> None:
    drawn = np.concatenate([Skin(STREAM, seed=seed).contact_ohm for seed in range(20)])
    assert drawn.min() >= 5e3
    assert drawn.max() <= 50e3
    np.testing.assert_array_equal(
        Skin(STREAM, seed=4).contact_ohm, Skin(STREAM, seed=4).contact_ohm
    )


def test_a_loose_electrode_is_high_for_as_long_as_it_is_off() -> None:
    loose = (
        Loose(channel=1, start_s=1.0, stop_s=2.0),
        Loose(channel=2, start_s=0.0, fault=Fault.RAILS),
    )
    ohm = Skin(STREAM, seed=1, loose=loose).ohm(np.array([0, 300, 600]))
    assert (ohm[:, 1, 0] > 200e3).tolist() == [False, True, False]
    assert (ohm[:, 1, 1] < 50e3).all()
    assert (ohm[:, 2, 0] > 1e8).all()


def test_the_tone_is_ohms_law_with_the_series_resistor_and_the_converters_loss() -> None:
    skin = Skin(STREAM, seed=1)
    tone = skin.tone(np.arange(800), DRIVEN)
    expected_uv = 6e-9 * (skin.contact_ohm[:, 0] + 2200.0) * 1e6 * 0.9247
    np.testing.assert_allclose(tone.max(axis=0), expected_uv, rtol=0.001)
    assert not skin.tone(np.arange(8), np.zeros((8, 2), dtype=np.bool_)).any()


def test_the_current_is_added_to_the_boards_own_channels_only() -> None:
    skin = Skin(Stream(rate_hz=250.0, channels=channel_names(4)), seed=1)
    added = skin.added_to(np.zeros((16, 8)), np.arange(16), DRIVEN)
    assert added[:, :4].any(axis=0).all()
    assert not added[:, 4:].any()


def test_skins_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="least"):
        Prepared(least_ohm=60e3)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        (b"z410Z", b"Success: Lead off set for 4$$$"),
        (b"zQ10Z", b"Failure: Err: Invalid channel number$$$"),
        (b"z410X", b"Failure: Err: 5th char not Z$$$"),
        (b"z420Z", b"Failure: Err: Invalid setting$$$"),
    ],
)
def test_the_firmware_answers_lead_off_commands(command: bytes, reply: bytes) -> None:
    assert Firmware().push(command) == reply


def test_the_firmware_obeys_lead_off_until_its_defaults_are_in_force_again() -> None:
    firmware = Firmware()
    firmware.push(b"z410Zz201Z")
    assert np.argwhere(firmware.lead_off).tolist() == [[1, 1], [3, 0]]
    firmware.push(b"d")
    assert not firmware.lead_off.any()
