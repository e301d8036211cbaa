"""The board that options name."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from host.acquisition.quietface_mode import Wish
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
    settings = BoardSettings(
        board=options.board,
        wiring=WIRINGS[options.wiring],
        wish=_wish(options),
        **chosen,
    )
    settings.refuse_missing_address()
    return settings


def _wish(options: argparse.Namespace) -> "Wish":
    """Return what is asked of our own board; of another one it would be refused."""
    from host.acquisition.front_end import find_front_end
    from host.acquisition.quietface_mode import Wish

    name, gain = options.front_end, options.front_end_gain
    if name is None and gain is not None:
        name = "gain"
    return Wish(
        rate_hz=options.board_rate,
        front_end=None if name is None else find_front_end(name, gain),
        reference_v=options.reference,
    )
