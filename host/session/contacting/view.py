"""A moment of the contact check: all that a screen, a terminal or a program may know of it."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from calibration.muscles import Side
from host.acquisition.impedance import Impedance
from host.acquisition.source import Link, LinkState
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.sides import SideView
from host.session.contacting.verdicts import Verdict
from host.translation import mark, told, tr


class ContactPhase(enum.Enum):
    """What the check does at this moment."""

    CONNECTING = "connecting"
    LISTENING = "listening"
    """Judging what the electrodes give; it goes on until somebody ends it."""
    IMPEDANCE = mark("measuring impedance")
    """A test current flows: the verdicts are those from before."""
    SIDES = mark("checking the sides")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelContact:
    """One channel at this moment."""

    channel: int
    """Column, from 0; the cable's number is one more."""
    name: str
    """As a person knows it: "Eye, right"; "Channel 3"."""
    muscle: str = ""
    """Code as in T1; empty for a channel that lies on none."""
    side: Side | None = None
    verdict: Verdict = Verdict.UNKNOWN
    advice: str = ""
    """What to do, one short sentence; empty where there is nothing to do."""
    steady: bool = False
    """Whether the verdict has stood for some seconds."""
    rest_uv: float | None = None
    """RMS of the quietest part of the last ten seconds; None where unknown."""
    positive: Impedance | None = None
    """Of the electrode at the channel's P pin; None where it is not known."""
    negative: Impedance | None = None
    """Of the one at its N pin."""
    excluded: Exclusion | None = None
    """Set where the therapist goes without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """One moment of the check; frozen, for any thread. Nothing here is to be decided again."""

    phase: ContactPhase = ContactPhase.CONNECTING
    link: LinkState = LinkState(link=Link.CONNECTING)
    channels: tuple[ChannelContact, ...] = ()
    """By column."""
    impedance: str = ""
    """Why there is no impedance, or not of all electrodes; empty where all is well."""
    can_measure: bool = False
    """Whether the board can measure impedance at all."""
    progress: float = 0.0
    """Of the impedance measurement or the side check, 0 to 1."""
    sides: SideView | None = None
    """The side check that goes on, or the last one; None before the first."""
    can_check_sides: bool = False
    """Whether some muscle has electrodes on both sides."""

    @property
    def steady(self) -> bool:
        """Whether the verdict of every channel that matters has stood for some seconds."""
        judged = [one for one in self.placed if one.excluded is None]
        return bool(self.channels) and all(one.steady for one in judged)

    @property
    def placed(self) -> tuple[ChannelContact, ...]:
        """The channels on a muscle; all, where nobody said what any lies on."""
        return tuple(one for one in self.channels if one.muscle) or self.channels

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """What the therapist goes without, by column."""
        return tuple(one.excluded for one in self.channels if one.excluded is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why practice cannot start, in one sentence."""

    said: str
    channel: int | None = None
    """The column it is about; None for all."""
    excludable: bool = False
    """Whether going without the channel would remove it."""


def may_start(view: ContactView, exclusions: Iterable[Exclusion] | None = None) -> list[Refusal]:
    """Return why practice cannot start; [] where it can.

    A muscle of which nothing is known would be shown without a level for the whole practice: it
    stops it, unless the therapist leaves it out by name. Exchanged sides cannot be left out.
    `exclusions` take the place of the view's own.
    """
    out = {one.channel for one in (view.exclusions if exclusions is None else exclusions)}
    if view.link.link is not Link.STREAMING:
        return [Refusal(said=told(view.link.message or "The board is not streaming."))]
    if view.phase in (ContactPhase.IMPEDANCE, ContactPhase.SIDES):
        return [Refusal(said=tr("Still {}: wait until that is done.").format(tr(view.phase.value)))]
    used = [one for one in view.placed if one.channel not in out]
    if not used:
        return [Refusal(said=tr("Every muscle is left out: there is nothing to practise with."))]
    refused = [
        Refusal(
            said=f"{tr(one.name)}: {tr(one.verdict.value)}. {told(one.advice)}".strip(),
            channel=one.channel,
            excludable=True,
        )
        for one in used
        if not one.verdict.usable and one.verdict is not Verdict.SWAPPED
    ]
    if any(one.verdict is Verdict.SWAPPED for one in used) or (
        view.sides is not None and view.sides.swapped
    ):
        refused.insert(
            0,
            Refusal(
                said=tr(
                    "The sides look swapped. Exchange the left and right cables, and check the "
                    "sides again."
                )
            ),
        )
    return refused
