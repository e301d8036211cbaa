"""Boards by name."""

import pytest

from host.acquisition.brainflow_boards import BRAINFLOW_BOARDS
from host.acquisition.catalog import (
    BOARDS,
    Address,
    Counting,
    describe_boards,
    find_board,
)
from host.errors import SettingsError


@pytest.mark.parametrize("name", ["cyton", "Cyton", "CYTON_BOARD", "cyton_board", " 0 "])
def test_a_board_goes_by_its_plain_name_brainflows_or_its_number(name: str) -> None:
    assert find_board(name).brainflow_name == "CYTON_BOARD"


def test_boards_without_a_plain_name_go_by_brainflows() -> None:
    board = find_board("muse_s_board")
    assert (board.brainflow_id, board.address) == (39, Address.ANY)
    assert board.counting is Counting.ROWS


@pytest.mark.parametrize(
    ("wrong", "near"), [("citon", "cyton"), ("ganglyon", "ganglion"), ("MUSE_3_BOARD", "MUSE_2")]
)
def test_a_misspelt_board_is_answered_with_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(SettingsError, match=f"Did you mean.*{near}"):
        find_board(wrong)


def test_an_unknown_board_is_answered_with_the_list() -> None:
    with pytest.raises(SettingsError, match="There are synthetic, cyton"):
        find_board("xyzzy")


def test_plain_names_differ() -> None:
    assert len({board.name for board in BOARDS}) == len(BOARDS)


def test_the_cytons_range_follows_its_gain() -> None:
    assert find_board("cyton").range_uv(24) == 187_500.0
    assert find_board("cyton").range_uv(1) == 4.5e6


def test_bipolar_channels_are_cut_off_the_common_reference() -> None:
    commands = find_board("cyton").channel_settings("1Q", gain=24, srb2=False)
    assert commands == "x1060100XxQ060100X"


def test_each_board_has_a_line_with_what_to_type() -> None:
    lines = describe_boards().splitlines()
    for board in BOARDS:
        (line,) = [line for line in lines if line.split()[0] == board.name]
        assert board.title in line
        assert ("--port" in line) is (board.address in (Address.SERIAL, Address.SERIAL_AND_MAC))


def test_the_catalog_knows_brainflows_boards() -> None:
    from brainflow.board_shim import BoardIds

    theirs = {board.name: board.value for board in BoardIds}
    assert BRAINFLOW_BOARDS.items() <= theirs.items()
