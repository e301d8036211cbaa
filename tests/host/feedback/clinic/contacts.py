"""Moments of a contact check, and a check that stands still, for tests of the electrodes page."""

from collections.abc import Callable
from dataclasses import replace

from calibration.montage import Montage
from calibration.muscles import Side
from host.acquisition.impedance import Impedance
from host.acquisition.source import Link, LinkState
from host.feedback.clinic.electrodes_check import ContactCheck, Looked, Ordered
from host.feedback.clinic.electrodes_moment import ContactMoment
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.running import ContactSession
from host.session.contacting.sides import Answer, SideView
from host.session.contacting.view import ContactPhase, ContactView
from tests.host.feedback.clinic.rooms import FACE
from tests.host.session.contacting.test_starting import view as plain_view

LOST = LinkState(link=Link.RECONNECTING, message="The port has gone.")
PROMPT = "Raise your brow, right side only"


def heard(rest_uv: float = 0.8, **changes: object) -> ContactView:
    """Return a good contact of eight channels."""
    good = plain_view()
    channels = tuple(replace(one, rest_uv=rest_uv) for one in good.channels)
    whole = replace(good, channels=channels, can_measure=True, can_check_sides=True)
    return replace(whole, **changes)  # type: ignore[arg-type]


def with_channel(view: ContactView, channel: int, **changes: object) -> ContactView:
    """Return the view with another word on one channel."""
    channels = list(view.channels)
    channels[channel] = replace(channels[channel], **changes)  # type: ignore[arg-type]
    return replace(view, channels=tuple(channels))


def moment(view: ContactView | None, **changes: object) -> ContactMoment:
    """Return the moment of a view."""
    return replace(ContactMoment(montage=FACE, view=view), **changes)  # type: ignore[arg-type]


def without(channel: int, montage: Montage = FACE) -> Exclusion:
    """Return the exclusion of a channel."""
    name = montage.named(channel)
    return Exclusion.of(montage, name, by="T07", reason="sore", utc="2026-11-26T09:14:00+00:00")


def asking(view: ContactView) -> ContactView:
    """Return a moment of the side check."""
    sides = SideView(prompt=PROMPT, therapist="One side alone.", seconds_left=2.4, progress=0.5)
    return replace(view, phase=ContactPhase.SIDES, sides=sides)


def asked(view: ContactView, *, swapped: bool = False) -> ContactView:
    """Return what the side check found: only the eyes answered, each when its side was asked."""
    right, left = (1, 5) if swapped else (5, 1)
    answers = (Answer(side=Side.RIGHT, channels=(right,)), Answer(side=Side.LEFT, channels=(left,)))
    return replace(view, sides=SideView(done=True, swapped=swapped, answers=answers))


def ohms(kilo: float) -> Impedance:
    """Return an impedance that is known well."""
    return Impedance(ohm=1e3 * kilo, low_ohm=1e3 * kilo, high_ohm=1e3 * kilo)


class StillCheck(ContactCheck):
    """Says what it is given, and counts what it is asked for."""

    def __init__(self, view: ContactView) -> None:
        super().__init__()
        self.view = view
        self.begun = 0
        self.wishes: list[Callable[[ContactSession], None]] = []

    def begin(self, ordered: Ordered) -> None:
        self.begun += 1

    def look(self) -> Looked:
        return Looked(view=self.view)

    def ask(self, wish: Callable[[ContactSession], None]) -> None:
        self.wishes.append(wish)
