"""What the electrodes page takes from an appointment, and what it hands on. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.feedback.clinic.calibrate_state import asked, electrodes_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from calibration.montage import Montage
    from host.feedback.clinic.appointment import Appointment
    from host.session.contacting.building import ContactBuild, ContactStage
    from host.session.contacting.exclusion import Exclusion


def contact_build(
    now: Appointment, sessions: Path, count: Callable[[int | None], object]
) -> ContactBuild:
    """Return how to build a contact check, of which nothing is recorded.

    Whoever builds it, in a thread, is first told how many channels the board has.
    """
    reach = now.reach
    if reach is None:
        raise ValueError("nobody said how the board is reached")
    wanted = replace(asked(now, sessions), name="contact", recorded=False)
    build = reach.contact(wanted, now.exclusions)

    def counted(stack: ExitStack) -> ContactStage:
        count(reach.channels())
        return build(stack)

    return counted


def with_exclusion(now: Appointment, out: Exclusion) -> Appointment:
    """Return an appointment that goes without a channel, from a contact still to be accepted."""
    kept = [one for one in now.exclusions if one.channel != out.channel]
    exclusions = tuple(sorted((*kept, out), key=lambda one: one.channel))
    return replace(now, exclusions=exclusions, contact_checked=False)


def without_exclusion(now: Appointment, channel: int) -> Appointment:
    """Return an appointment that goes without this channel no more."""
    exclusions = tuple(one for one in now.exclusions if one.channel != channel)
    return replace(now, exclusions=exclusions, contact_checked=False)


def with_electrodes(now: Appointment, montage: Montage) -> Appointment:
    """Return an appointment with other electrodes: what was found of the ones before is gone."""
    return replace(
        now,
        montage=montage,
        electrodes=None,
        contact_checked=False,
        exclusions=(),
        profile=None,
        profile_path=None,
    )


def accepted(now: Appointment) -> Appointment:
    """Return an appointment whose electrodes of today may be calibrated and practised with."""
    return replace(now, electrodes=electrodes_now(now), contact_checked=True)
