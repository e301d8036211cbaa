"""The best rate that a link carries, asked of the simulated board (docs/protocol.md)."""

from collections.abc import Callable

import pytest

from host.acquisition.front_end import find_front_end
from host.acquisition.quietface_board import QuietfaceBoard
from host.acquisition.quietface_mode import (
    FRONT_END_NUMBERS,
    Mode,
    Wish,
    choose_mode,
    front_end_of,
    keep,
    negotiate,
)
from host.acquisition.simulated.firmware import Firmware
from host.acquisition.simulated.quietface_firmware import QuietfaceFirmware
from host.errors import DeviceError, OtherBoardError, SettingsError


def asked(firmware: Firmware) -> Callable[[str], str]:
    return lambda command: firmware.push(command.encode("ascii")).decode("ascii")


@pytest.mark.parametrize(
    ("usb", "channels", "rate_hz", "mode"),
    [
        (False, None, None, Mode(rate_hz=500, packed=True)),
        (False, 4, None, Mode(rate_hz=1000, packed=True)),
        (False, None, 250, Mode(rate_hz=250, packed=False)),
        (False, 4, 500, Mode(rate_hz=500, packed=True)),
        (True, None, None, Mode(rate_hz=1000, packed=False)),
        (True, 4, None, Mode(rate_hz=1000, packed=False)),
        (True, None, 500, Mode(rate_hz=500, packed=False)),
    ],
)
def test_the_best_mode_of_the_link_is_chosen_and_set(
    usb: bool,  # noqa: FBT001
    channels: int | None,
    rate_hz: int | None,
    mode: Mode,
) -> None:
    firmware = QuietfaceFirmware(usb=usb)
    board, chosen = negotiate(asked(firmware), Wish(rate_hz=rate_hz, channels=channels))
    assert chosen == mode
    assert (board.rate_hz, board.packed) == (mode.rate_hz, mode.packed)
    assert board.channels == (channels or 8)
    assert firmware.setting.rate_hz == mode.rate_hz


def test_packets_hold_as_many_samples_as_the_rate_needs() -> None:
    assert Mode(rate_hz=250, packed=False).samples_per_packet == 1
    assert Mode(rate_hz=1000, packed=False).samples_per_packet == 1
    assert Mode(rate_hz=500, packed=True).samples_per_packet == 2
    assert Mode(rate_hz=1000, packed=True).samples_per_packet == 4


def test_the_front_end_is_told_to_the_board_and_not_kept() -> None:
    firmware = QuietfaceFirmware()
    wish = Wish(front_end=find_front_end("ad8232-emg", 1500.0))
    board, _ = negotiate(asked(firmware), wish)
    assert (board.gain, board.front_end, board.settings) == (1500.0, 5, "factory")
    firmware.push(b"d")
    assert firmware.setting.gain_hundredths == 20_000


def test_a_front_end_without_a_known_gain_is_refused_before_the_board_is_set() -> None:
    firmware = QuietfaceFirmware()
    with pytest.raises(SettingsError, match="its gain is not published"):
        negotiate(asked(firmware), Wish(front_end=find_front_end("bioamp-exg-pill")))


def test_what_the_board_has_kept_is_used_where_nothing_is_named() -> None:
    firmware = QuietfaceFirmware()
    firmware.push(b"Qf2!Qg123400!Qw!")
    board, _ = negotiate(asked(firmware), Wish())
    front_end = front_end_of(board, Wish())
    assert (front_end.name, front_end.gain) == ("bioamp-exg-pill", 1234.0)
    assert board.settings == "kept"
    unknown, _ = negotiate(asked(QuietfaceFirmware()), Wish())
    assert front_end_of(unknown, Wish()).title == "front end as told"


@pytest.mark.parametrize("name", FRONT_END_NUMBERS)
def test_what_was_told_is_kept_when_the_power_was_off_and_its_rate_is_not(name: str) -> None:
    firmware = QuietfaceFirmware()
    wish = Wish(front_end=find_front_end(name, 987.5), reference_v=4.873)
    negotiate(asked(firmware), wish)
    assert keep(asked(firmware)).settings == "kept"
    firmware.push(b"v")
    assert (firmware.setting.rate_hz, firmware.setting.packed) == (250, False)
    board, _ = negotiate(asked(firmware), Wish())
    front_end = front_end_of(board, Wish())
    assert (front_end.name, front_end.gain, board.reference_uv) == (name, 987.5, 4_873_000.0)


def test_a_board_that_does_not_keep_its_settings_is_told_of() -> None:
    with pytest.raises(DeviceError, match="did not keep its settings"):
        keep(lambda _command: describe(rate=250))
    with pytest.raises(DeviceError, match="the EEPROM did not keep it"):
        keep(lambda _command: f"Failure: the EEPROM did not keep it.$$${describe(rate=250)}")


@pytest.mark.parametrize("volts", [0.9, 5.6])
def test_a_reference_that_no_converter_has_is_refused(volts: float) -> None:
    with pytest.raises(SettingsError, match=r"1 to 5\.5 V"):
        Wish(reference_v=volts)


def test_a_rate_beyond_the_link_is_refused_with_what_it_can_do() -> None:
    board, _ = negotiate(asked(QuietfaceFirmware()), Wish())
    with pytest.raises(SettingsError, match=r"8 channels at 1000 .* it can do 500, or 1000 with 4"):
        choose_mode(board, 1000)


def test_more_channels_than_the_chip_has_inputs_are_refused_by_the_board() -> None:
    with pytest.raises(DeviceError, match="The board refuses: "):
        negotiate(asked(QuietfaceFirmware(board="uno")), Wish(channels=8))
    board, _ = negotiate(asked(QuietfaceFirmware(board="uno")), Wish())
    assert board.channels == 6


def test_a_cyton_is_told_from_our_board() -> None:
    with pytest.raises(OtherBoardError, match="--board cyton"):
        negotiate(asked(Firmware()), Wish())


def test_a_board_that_does_not_do_as_it_says_is_refused() -> None:
    lines = iter([describe(rate=250), describe(rate=250)])
    with pytest.raises(DeviceError, match="asked for 500 samples a second and is set to 250"):
        negotiate(lambda _command: next(lines), Wish())


def describe(rate: int) -> str:
    reply = QuietfaceFirmware().push(b"Q?!").decode()
    return reply.replace("rate=250", f"rate={rate}")


@pytest.mark.parametrize("channels", [0, 9])
def test_channels_that_no_board_has_are_refused(channels: int) -> None:
    with pytest.raises(SettingsError, match="up to 8 channels"):
        Wish(channels=channels)


def test_a_description_is_what_the_board_really_does() -> None:
    board = QuietfaceBoard.parse(QuietfaceFirmware().push(b"Qn4!Qk1!Q?!").decode())
    assert (board.rate_hz, board.packed, board.oversampling) == (1000, True, 8)
