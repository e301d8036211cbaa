"""Muscles that a calibration left without a reference: nothing is known of them, so they are named.

Nobody practises on an unknown channel unless the therapist leaves it out by name; a signal that is
good is no less unknown while nobody knows what is gentle for its muscle (T3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from host.errors import SettingsError
from host.translation import in_a_row, tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from calibration.montage import Montage
    from calibration.reference import Reference


def not_calibrated(
    montage: Montage, reference: Reference, left_out: Collection[int] = ()
) -> tuple[int, ...]:
    """Return the columns on a muscle that have no reference; none that is left out by name."""
    known = np.isfinite(reference.gentle_uv + reference.rest_uv + reference.noise_uv)
    return tuple(
        column
        for column, site in enumerate(montage.sites)
        if site.muscle and not known[column] and column not in left_out
    )


def uncalibrated_words(montage: Montage, columns: Collection[int]) -> str:
    """Say what is not calibrated, and what to do about it; empty where all is."""
    if not columns:
        return ""
    names = in_a_row([f"“{tr(montage.named(column))}”" for column in columns])
    return f"{tr('Not calibrated: {}.').format(names)} {what_to_do()}"


def what_to_do() -> str:
    """Say what to do about a muscle without a reference."""
    return tr("Repeat its step of the calibration, or leave the channel out by name.")


def refuse_uncalibrated(
    montage: Montage, reference: Reference, left_out: Collection[int] = ()
) -> None:
    """Raise SettingsError where a muscle is not calibrated, and not left out by name either."""
    said = uncalibrated_words(montage, not_calibrated(montage, reference, left_out))
    if said:
        raise SettingsError(said)
