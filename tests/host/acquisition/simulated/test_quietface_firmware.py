"""The simulated Arduino board's answers, command by command (docs/protocol.md)."""

import pytest

from host.acquisition.quietface_board import QuietfaceBoard
from host.acquisition.simulated.quietface_firmware import LONGEST_Q, QuietfaceFirmware


def described(firmware: QuietfaceFirmware) -> QuietfaceBoard:
    return QuietfaceBoard.parse(firmware.push(b"Q?!").decode())


def test_the_banner_names_the_board() -> None:
    said = QuietfaceFirmware(board="mega").push(b"v").decode()
    assert said.startswith("Quietface 1.0 board=mega channels=8\r\n")
    assert said.endswith("$$$")


def test_it_describes_itself_as_in_the_document() -> None:
    assert QuietfaceFirmware().push(b"Q?!") == (
        b"Quietface version=1.0 protocol=1 board=nano link=uart channels=8 adc=10 bits=12 "
        b"oversampling=16 rate=250 packed=0 plain_best=250 packed_best=500 frontend=0 gain=20000 "
        b"vref=5000 reference=0 order=01234567 overruns=0 boot=power settings=factory$$$"
    )


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (b"D", b"060110$$$"),
        (b"V", b"v3.1.2$$$"),
        (b"C", b"no daisy to attach!8$$$"),
        (b"~~", b"Success: Sample rate is 250Hz$$$"),
        (b"~4", b"Success: Sample rate is 250Hz$$$"),
        (b"x3060100X", b"Success: Channel set for 3$$$"),
        (b"z1010Z", b""),
        (b"z110Z", b"Failure: lead-off detection is not available$$$"),
        (b"=", b"Success: Configured internal test signal.$$$"),
        (b"<", b"Failure: there are no time stamps, every packet carries a sample counter$$$"),
        (b"d", b"updating channel settings to default$$$"),
    ],
)
def test_the_cytons_commands_are_answered(command: bytes, answer: bytes) -> None:
    if answer:
        assert QuietfaceFirmware().push(command) == answer
    else:
        assert b"Failure" in QuietfaceFirmware().push(command)


@pytest.mark.parametrize(
    "command", ["r333", "k2", "n0", "n9", "o00", "o8", "g99", "g5000001", "f10", "m999", "e2", "x1"]
)
def test_what_is_not_possible_is_refused_and_changes_nothing(command: str) -> None:
    firmware = QuietfaceFirmware()
    before = firmware.setting
    assert firmware.push(f"Q{command}!".encode()).startswith(b"Failure: ")
    assert firmware.setting == before


def test_packing_takes_the_best_rate_of_the_link() -> None:
    firmware = QuietfaceFirmware()
    firmware.push(b"Qk1!")
    assert (described(firmware).rate_hz, described(firmware).packed) == (500, True)
    firmware.push(b"Qk0!")
    assert described(firmware).rate_hz == 250
    firmware.push(b"Qn4!Qk1!")
    assert described(firmware).rate_hz == 1000
    # Eight channels at 1000 do not fit any more.
    firmware.push(b"Qn8!")
    assert described(firmware).rate_hz == 500


def test_the_order_is_completed() -> None:
    firmware = QuietfaceFirmware()
    firmware.push(b"Qo20!")
    assert b"order=20134567" in firmware.push(b"Q?!")


def test_what_was_not_kept_is_taken_back_and_what_was_kept_is_not() -> None:
    firmware = QuietfaceFirmware()
    firmware.push(b"Qg10000!Qk1!Qw!Qm3300!")
    firmware.push(b"d")
    board = described(firmware)
    assert (board.gain, board.reference_uv, board.packed) == (100.0, 5e6, False)
    firmware.push(b"Qk1!Qwk!v")
    assert described(firmware).packed
    # The shorter one lets it boot as a Cyton again.
    firmware.push(b"Qw!v")
    assert not described(firmware).packed
    firmware.push(b"Qz!")
    assert (described(firmware).gain, described(firmware).settings) == (200.0, "factory")


def test_nothing_is_answered_while_it_streams_and_q_commands_are_left_undone() -> None:
    firmware = QuietfaceFirmware()
    firmware.push(b"Qn4!")
    assert firmware.push(b"bQ?!Qk1!d~4") == b""
    assert not firmware.setting.packed
    assert firmware.setting.channels == 4


def test_stop_is_obeyed_in_the_midst_of_a_q_command() -> None:
    firmware = QuietfaceFirmware()
    firmware.push(b"bQr5s")
    assert not firmware.streaming
    assert firmware.push(b"V") == b"v3.1.2$$$"


def test_a_q_command_without_an_end_is_given_up() -> None:
    firmware = QuietfaceFirmware()
    assert firmware.push(b"Q" + b"1" * (LONGEST_Q - 1)).startswith(b"Failure")
    assert firmware.push(b"D") == b"060110$$$"


def test_usb_carries_1000_plain() -> None:
    firmware = QuietfaceFirmware(usb=True)
    assert firmware.push(b"~4") == b"Success: Sample rate is 1000Hz$$$"
    assert described(firmware).plain_best_hz == 1000
