"""A moment of the electrodes page: what the check says, and how far it may be believed. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from host.acquisition.source import Link
from host.session.contacting.verdicts import Verdict
from host.session.contacting.view import ChannelContact, ContactPhase, ContactView

if TYPE_CHECKING:
    from calibration.montage import Montage
    from host.session.contacting.exclusion import Exclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMoment:
    """All that the page shows is decided from this."""

    montage: Montage
    view: ContactView | None = None
    """The newest of a check that runs; None while the board is being opened, or could not be."""
    heard: bool = True
    """Whether whoever makes the views is at work; a view that nobody renews says nothing of now."""
    exclusions: tuple[Exclusion, ...] = ()
    """As the appointment has them."""
    error: str = ""
    """Why there is no check; empty while there is one, or will be."""
    retried: bool = False
    """Whether it is tried again without anybody asking."""
    measured: str = ""
    """When impedance was measured, as "10:32"; empty for not yet."""

    @property
    def live(self) -> bool:
        """Whether verdicts of this moment may be shown at all."""
        view = self.view
        return view is not None and not self.error and self.heard

    @property
    def streaming(self) -> bool:
        """Whether samples come."""
        view = self.view
        return self.live and view is not None and view.link.link is Link.STREAMING


def trusted(moment: ContactMoment) -> ContactView:
    """Return what may be shown: every verdict that is not of now is unknown.

    So is each one while a test current flows: those that the check still has are from before. What
    an electrode's impedance was stays, for it is dated. Exclusions are those of the appointment.
    """
    view = moment.view if moment.live and moment.view is not None else ContactView()
    out = {one.channel: one for one in moment.exclusions}
    judged = moment.streaming and view.phase is not ContactPhase.IMPEDANCE
    channels = view.channels or placed_only(moment.montage)
    shown = (
        replace(one, excluded=out.get(one.channel))
        if judged
        else replace(
            one,
            excluded=out.get(one.channel),
            verdict=Verdict.UNKNOWN,
            advice="",
            steady=False,
            rest_uv=None,
        )
        for one in channels
    )
    return replace(view, channels=tuple(shown))


def placed_only(montage: Montage) -> tuple[ChannelContact, ...]:
    """Return the channels of a montage of which nothing is known."""
    return tuple(
        ChannelContact(
            channel=channel, name=montage.named(channel), muscle=site.muscle, side=site.side
        )
        for channel, site in enumerate(montage.sites)
    )
