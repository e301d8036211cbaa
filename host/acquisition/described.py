"""What BrainFlow says of a board, as a stream and the rows of its table."""

from collections.abc import Mapping
from typing import Any

from calibration.saying import Saying, words_of
from host.acquisition.catalog import Board
from host.acquisition.reading import Layout
from host.chain.stream import Stream, channel_names
from host.errors import SettingsError


def layout_of(board: Board, description: Mapping[str, Any]) -> Layout:
    """Return which row holds what; SettingsError for a board that measures no muscles."""
    # Boards without a word on EMG wire their EEG channels the same.
    rows = description.get("emg_channels") or description.get("eeg_channels") or []
    if not rows:
        raise SettingsError(Saying("{} has no channels that could carry EMG", board.title))
    return Layout(
        number=description["package_num_channel"],
        channels=tuple(rows),
        others=tuple(description.get("other_channels") or ()),
    )


def stream_of(
    board: Board, description: Mapping[str, Any], gain: int, channels: int | None = None
) -> Stream:
    """Return the stream that BrainFlow promises; SettingsError where it is too slow for EMG.

    `channels` is how many were asked for, None for all.
    """
    rate_hz = float(description["sampling_rate"])
    try:
        return Stream(
            rate_hz=rate_hz,
            channels=channel_names(channels or len(layout_of(board, description).channels)),
            range_uv=board.range_uv(gain),
            bandwidth_hz=board.bandwidth * rate_hz if board.bandwidth else None,
        )
    except ValueError as error:
        raise SettingsError(
            Saying("{} cannot be used: {}", board.title, words_of(error))
        ) from error
