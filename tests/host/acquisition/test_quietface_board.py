"""What the Arduino board says of itself (docs/protocol.md, `Q?!`), whole and damaged."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.quietface_board import QuietfaceBoard, is_ours, refusals
from host.errors import DeviceError

REPLY = (
    "Quietface version=1.0 protocol=1 board=nano link=uart channels=8 adc=10 bits=12 "
    "oversampling=16 rate=250 packed=0 plain_best=250 packed_best=500 frontend=0 gain=20000 "
    "vref=5000 reference=0 order=01234567 overruns=0 boot=power settings=factory$$$"
)


def test_the_documents_example_is_understood() -> None:
    board = QuietfaceBoard.parse(REPLY)
    assert (board.version, board.board, board.link, board.channels) == ("1.0", "nano", "uart", 8)
    assert (board.rate_hz, board.packed, board.oversampling) == (250, False, 16)
    assert (board.plain_best_hz, board.packed_best_hz) == (250, 500)
    assert (board.gain, board.reference_uv) == (200.0, 5e6)
    # As the worked example has it.
    assert board.step_uv == pytest.approx(6.10352, abs=1e-5)
    assert board.range_uv == pytest.approx(2048 * board.step_uv)
    assert (board.boot, board.settings) == ("power", "factory")


def test_keys_that_are_not_known_are_skipped() -> None:
    assert QuietfaceBoard.parse(REPLY.replace(" boot=", " moon=full boot=")) == (
        QuietfaceBoard.parse(REPLY)
    )


def test_of_several_answers_the_last_description_counts() -> None:
    reply = REPLY + "Success: channels=4$$$" + REPLY.replace("channels=8", "channels=4")
    assert QuietfaceBoard.parse(reply).channels == 4


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (("$$$", ""), "did not finish"),
        (("Quietface", "Quitface"), "no board with this project's firmware"),
        (("protocol=1", "protocol=2"), "speaks protocol 2, this program 1"),
        (("protocol=1 ", ""), "speaks protocol \\?"),
        (("rate=250", "rate=25O"), "rate is '25O'"),
        (("rate=250", "rate=333"), "rates are"),
        (("rate=250 ", ""), "rate is missing"),
        (("rate=250", "rate=250 rate=500"), "damaged at 'rate=500'"),
        (("rate=250", "rate"), "damaged at 'rate'"),
        (("packed=0", "packed=2"), "none of 0, 1"),
        (("channels=8", "channels=0"), "1-8 channels"),
        (("bits=12", "bits=10"), "12 bits"),
        (("gain=20000", "gain=0"), "gain of 1-50000"),
        (("vref=5000", "vref=50000"), "1-5.5 V"),
        (("link=uart", "link=tcp"), "none of uart, usb"),
        (("settings=factory", "settings=lost"), "none of factory"),
    ],
)
def test_a_damaged_description_is_refused_in_one_sentence(
    damage: tuple[str, str], said: str
) -> None:
    assert damage[0] in REPLY
    with pytest.raises(DeviceError, match=said) as refused:
        QuietfaceBoard.parse(REPLY.replace(*damage))
    assert "\n" not in str(refused.value)


@given(st.integers(0, len(REPLY) - 1), st.binary(min_size=0, max_size=3))
def test_no_damage_ends_in_anything_but_a_board_or_a_sentence(place: int, bytes_: bytes) -> None:
    damaged = REPLY[:place] + bytes_.decode("latin-1") + REPLY[place + 1 :]
    with contextlib.suppress(DeviceError):
        QuietfaceBoard.parse(damaged)


def test_a_banner_is_recognised_and_a_cytons_is_not() -> None:
    assert is_ours("Quietface 1.0 board=nano channels=8\r\nSpeaks …\r\n$$$")
    assert is_ours("Success: rate=500$$$" + REPLY)
    assert not is_ours("OpenBCI V3 8-16 channel\r\nFirmware: v3.1.2\r\n$$$")
    assert not is_ours("")


def test_refusals_are_found_among_the_answers() -> None:
    assert refusals("Success: k=1$$$Failure: not that$$$" + REPLY) == ("not that",)
    assert refusals(REPLY) == ()
