"""The board that options name."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from host.acquisition.settings import BoardSettings, Wiring

WIRINGS: "dict[str, Wiring]" = {"bipolar": "bipolar", "common": "common reference"}


def board_settings(options: argparse.Namespace) -> "BoardSettings":
    """Return the board; SettingsError where its address is missing."""
    from host.acquisition.settings import BoardSettings

    chosen = {
        name: value
        for name in ("port", "address", "mac", "gain")
        if (value := getattr(options, name)) is not None
    }
    settings = BoardSettings(board=options.board, wiring=WIRINGS[options.wiring], **chosen)
    settings.refuse_missing_address()
    return settings
