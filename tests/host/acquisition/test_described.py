"""What BrainFlow says of a board, as a stream and a layout."""

import pytest

from host.acquisition.catalog import ARDUINO, find_board
from host.acquisition.described import layout_of, stream_of
from host.errors import SettingsError

CYTON = {
    "sampling_rate": 250,
    "package_num_channel": 0,
    "emg_channels": [1, 2, 3, 4, 5, 6, 7, 8],
    "other_channels": [12, 13, 14, 15, 16, 17, 18],
}


def test_a_cytons_rows_and_stream() -> None:
    cyton = find_board("cyton")
    layout = layout_of(cyton, CYTON)
    assert (layout.number, layout.channels[-1], layout.others[0]) == (0, 8, 12)
    stream = stream_of(cyton, CYTON, 24)
    assert (stream.rate_hz, len(stream.channels), stream.range_uv) == (250.0, 8, 187_500.0)


def test_eeg_channels_stand_for_emg_where_nothing_is_said_of_it() -> None:
    told = {**CYTON, "emg_channels": None, "eeg_channels": [4, 5]}
    assert layout_of(find_board("muse-2"), told).channels == (4, 5)


def test_our_board_is_as_wide_as_was_asked_for_before_it_is_opened() -> None:
    assert len(stream_of(ARDUINO, CYTON, 24, channels=4).channels) == 4


def test_a_board_too_slow_or_without_muscles_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 100 samples"):
        stream_of(find_board("cyton"), {**CYTON, "sampling_rate": 50}, 24)
    with pytest.raises(SettingsError, match="no channels that could carry EMG"):
        layout_of(find_board("cyton"), {**CYTON, "emg_channels": []})
