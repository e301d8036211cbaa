"""Serial commands and the replies of firmware 3.1 (OpenBCI, Cyton Board SDK)."""

import pytest

from host.acquisition.simulated.firmware import Firmware


def test_a_reset_answers_with_the_banner_that_ends_in_three_dollars() -> None:
    banner = Firmware().push(b"v").decode()
    assert banner.startswith("OpenBCI V3 8-16 channel")
    assert "Firmware: v3.1" in banner
    assert banner.endswith("$$$")
    assert "On Daisy" not in banner
    assert "On Daisy" in Firmware(daisy=True).push(b"v").decode()


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        (b"d", b"updating channel settings to default$$$"),
        (b"D", b"060110$$$"),
        (b"x1060100X", b"Success: Channel set for 1$$$"),
        (b"xQ060110X", b"Failure: Invalid channel number$$$"),
        (b"x1960110X", b"Failure: Invalid setting$$$"),
        (b"~~", b"Success: Sample rate is 250Hz$$$"),
        (b"~4", b"Success: Sample rate is 250Hz$$$"),
        (b"~9", b"Failure: sample value out of bounds$$$"),
        (b"//", b"Success: default$$$"),
        (b"/2", b"Success: analog$$$"),
        (b"C", b"no daisy to attach!8$$$"),
        (b"c", b""),
        (b"<", b"Time stamp ON$$$"),
        (b"b", b""),
    ],
)
def test_replies_are_the_firmwares(command: bytes, reply: bytes) -> None:
    assert Firmware().push(command) == reply


def test_a_daisy_is_removed_and_attached() -> None:
    firmware = Firmware(daisy=True)
    assert firmware.push(b"CcCC") == b"16$$$daisy removed$$$daisy attached16$$$16$$$"


def test_a_command_may_come_in_pieces_and_several_at_once() -> None:
    firmware = Firmware()
    assert firmware.push(b"x10") == b""
    assert firmware.push(b"30100Xx2000000X").count(b"Success") == 2
    assert firmware.gains.tolist() == [6, 1] + [24] * 6


def test_channels_are_switched_off_and_on() -> None:
    firmware = Firmware(daisy=True)
    firmware.push(b"18qi")
    assert [place for place, gain in enumerate(firmware.gains) if not gain] == [0, 7, 8, 15]
    firmware.push(b"!*QI")
    assert firmware.gains.all()


def test_nothing_is_answered_while_it_streams_but_a_reset_stops_it() -> None:
    firmware = Firmware()
    assert firmware.push(b"b") == b""
    assert firmware.push(b"x1000000X~~") == b""
    assert firmware.gains[0] == 1
    assert firmware.streaming
    assert firmware.push(b"v").endswith(b"$$$")
    assert not firmware.streaming


def test_each_start_is_counted_once() -> None:
    firmware = Firmware()
    firmware.push(b"bbsb")
    assert firmware.starts == 2


def test_unknown_characters_are_ignored() -> None:
    assert Firmware().push(b"\xf0\x07kK,") == b""
