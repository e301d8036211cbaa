"""What a board's settings refuse, and how they are asked for what is missing."""

import pytest

from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.errors import SettingsError


def test_settings_that_no_board_has_are_refused_with_their_value() -> None:
    with pytest.raises(SettingsError, match="not 5"):
        BoardSettings(board="cyton", gain=5)
    with pytest.raises(SettingsError, match="'loose'"):
        BoardSettings(board="cyton", wiring="loose")  # type: ignore[arg-type]  # refused on purpose
    with pytest.raises(SettingsError, match="no board 'citon'"):
        BoardSettings(board="citon")
    with pytest.raises(SettingsError, match=r"192\.168\.4\.1:3000"):
        BoardSettings(board="cyton-wifi", address="host:port")


def test_a_board_by_wifi_wants_an_address() -> None:
    assert BoardSettings(board="cyton-wifi", address="10.0.0.1:80").split_address() == (
        "10.0.0.1",
        80,
    )
    with pytest.raises(SettingsError, match="--address"):
        BoardSettings(board="cyton-wifi").refuse_missing_address()


@pytest.mark.parametrize("board", ["cyton", "cyton-daisy", "ganglion-dongle", "knight"])
def test_a_board_by_cable_wants_a_port(board: str) -> None:
    with pytest.raises(SettingsError, match="--port"):
        BoardSettings(board=board).refuse_missing_address()
    BoardSettings(board=board, port="COM3").refuse_missing_address()


@pytest.mark.parametrize("board", ["synthetic", "ganglion", "MUSE_S_BOARD"])
def test_boards_that_find_themselves_want_nothing(board: str) -> None:
    BoardSettings(board=board).refuse_missing_address()


def test_only_our_own_board_is_asked_for_as_many_channels_as_there_are_electrodes() -> None:
    arduino, cyton = BoardSettings(board="arduino"), BoardSettings(board="cyton")
    assert arduino.for_electrodes(4).wish == Wish(channels=4)
    assert arduino.for_electrodes(None) == arduino
    assert cyton.for_electrodes(4) == cyton
    asked = BoardSettings(board="arduino", wish=Wish(channels=6))
    assert asked.for_electrodes(4) == asked
    with pytest.raises(SettingsError, match="up to 8 channels"):
        arduino.for_electrodes(16)


def test_times_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match="poll_s <= silent_s"):
        BoardSettings(board="cyton", poll_s=0.5, silent_s=0.25)
    with pytest.raises(ValueError, match="piece_s <= silent_s"):
        BoardSettings(board="cyton", piece_s=0.5)
    with pytest.raises(ValueError, match="backoff_s"):
        BoardSettings(board="cyton", backoff_s=9.0)
