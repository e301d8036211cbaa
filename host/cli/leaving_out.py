"""Channels that somebody goes without, named on the command line."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from host.errors import SettingsError

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.session.contacting.exclusion import Exclusion

NOBODY = "unnamed"
"""Who decided it, where nobody gave a code."""


def add_without(group: "argparse._ArgumentGroup") -> None:
    """Add `--without`."""
    group.add_argument(
        "--without",
        metavar="NAME",
        action="append",
        default=[],
        help='go without this channel, such as "Eye, right"; may be given again',
    )


def left_out(
    montage: "Montage", names: Sequence[str], *, by: str = NOBODY
) -> "tuple[Exclusion, ...]":
    """Return what is gone without, as a contact check would have written it down.

    SettingsError where the montage has no channel of that name.
    """
    from host.recording.manifest import utc_now
    from host.session.contacting.exclusion import Exclusion

    try:
        return tuple(
            Exclusion.of(montage, name, by=by, reason="asked for", utc=utc_now()) for name in names
        )
    except ValueError as error:
        raise SettingsError(f"--without: {error}.") from error
