"""One loop: read the source, and say of every channel what contact it has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.acquisition.lead_off import CANNOT
from host.acquisition.source import Link, LinkState
from host.chain.pipeline import SignalChain
from host.session.contacting.judging import ContactJudge
from host.session.contacting.showing import Known, contacts
from host.session.contacting.sides import SideCheck, side_steps
from host.session.contacting.verdicts import ContactLimits
from host.session.contacting.view import ContactPhase, ContactView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calibration.montage import Montage
    from host.acquisition.lead_off import LeadOff
    from host.acquisition.source import Source
    from host.chain.pipeline import ChainSettings
    from host.session.calibrating.following import Follower
    from host.session.contacting.exclusion import Exclusion
    from host.session.contacting.sides import SideView


class ContactSession:
    """Reads a source and judges its channels until somebody ends it; nothing is recorded.

    Commands come from the thread that calls `step`; `view` may be read from any.
    """

    def __init__(
        self,
        source: Source,
        montage: Montage,
        chain: ChainSettings,
        follower: Follower,
        *,
        lead_off: LeadOff | None = None,
        limits: ContactLimits | None = None,
        exclusions: Iterable[Exclusion] = (),
        exhausted: Callable[[], bool] = lambda: False,
    ) -> None:
        """End when the source does, or when it is silent and `exhausted`."""
        self.source = source
        self._montage, self._settings, self._follower = montage, chain, follower
        self._limits = limits or ContactLimits()
        self._exhausted = exhausted
        self._lead_off = lead_off
        self._exclusions = {one.channel: one for one in exclusions}
        self._chain = SignalChain(chain, source.stream)
        hops_per_s = source.stream.rate_hz / self._chain.hop
        self._judge = ContactJudge(self._limits, len(source.stream.channels), hops_per_s)
        self._wanted = False
        """Whether impedance is to be measured from the next step on."""
        self._check: SideCheck | None = None
        self._sides: SideView | None = None
        self._can_check = bool(side_steps(self._used))
        self._newest = self._looked()

    @property
    def view(self) -> ContactView:
        """The newest moment; cheap, from any thread."""
        newest = self._newest
        return replace(newest, link=_link(self.source.state, newest.phase))

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        link = self.source.state.link
        return link is Link.ENDED or (link is not Link.STREAMING and self._exhausted())

    def step(self, timeout_s: float) -> ContactView:
        """Read once; return what holds then. A change of the test current takes two seconds."""
        if self._wanted and self._lead_off is not None:
            self._wanted = False
            self._lead_off.begin()
        chunk = self.source.read(timeout_s)
        if self._measuring and self._lead_off is not None:
            self._lead_off.push(chunk)
        elif chunk is not None and (self._lead_off is None or self._lead_off.clean(chunk)):
            self._judge.push(self._chain.push(chunk))
            if self._check is not None:
                self._check.push(chunk)
                self._sides = self._check.view
                self._check = None if self._sides.done else self._check
        if self.source.state.link is Link.RECONNECTING:
            self._judge.lose()
        self._newest = self._looked()
        return self._newest

    def measure(self) -> None:
        """Measure the impedance of every electrode, if the board can; it takes eleven seconds."""
        if self._lead_off is not None and self._lead_off.able and self._check is None:
            self._wanted = True
            self._newest = self._looked()

    def check_sides(self) -> None:
        """Ask for one side after the other; where no muscle lies on both, nothing is asked.

        What is left out does not count: its electrode would tell nothing of the sides.
        """
        if self._can_check and not self._measuring:
            self.leave_sides()
            self._check = SideCheck(self._used, self.source.stream, self._settings, self._follower)
            self._sides = self._check.view
            self._newest = self._looked()

    def leave_sides(self) -> None:
        """Break off the check of the sides that goes on; forget what the last one said."""
        if self._check is not None:
            self._check.stop()
        self._check = self._sides = None
        self._newest = self._looked()

    def exclude(self, exclusion: Exclusion) -> None:
        """Go without a channel."""
        if exclusion.name != self._montage.named(exclusion.channel):
            raise ValueError(f"channel {exclusion.channel + 1} is not {exclusion.name!r}")
        self._exclusions[exclusion.channel] = exclusion
        self._can_check = bool(side_steps(self._used))
        self._newest = self._looked()

    def include(self, channel: int) -> None:
        """Go without a channel no more."""
        self._exclusions.pop(channel, None)
        self._can_check = bool(side_steps(self._used))
        self._newest = self._looked()

    def restore(self) -> None:
        """Leave the board as it was found: no test current flows, and nobody is asked to move."""
        self.leave_sides()
        if self._lead_off is not None:
            self._lead_off.restore()

    @property
    def _used(self) -> Montage:
        """The montage without what is left out."""
        return self._montage.without(self._exclusions)

    def _looked(self) -> ContactView:
        lead_off, phase = self._lead_off, self._phase()
        link = _link(self.source.state, phase)
        known = Known(
            montage=self._montage,
            limits=self._limits,
            judged=self._judge.judged,
            link=link,
            impedances={} if lead_off is None else dict(lead_off.found),
            sides=self._sides,
            exclusions=self._exclusions,
        )
        return ContactView(
            phase=phase,
            link=link,
            channels=contacts(known),
            impedance=CANNOT if lead_off is None else lead_off.why,
            can_measure=lead_off is not None and lead_off.able,
            progress=self._progress(),
            sides=self._sides,
            can_check_sides=self._can_check,
        )

    def _phase(self) -> ContactPhase:
        if self._measuring:
            return ContactPhase.IMPEDANCE
        if self._check is not None:
            return ContactPhase.SIDES
        if self.source.state.link is Link.CONNECTING:
            return ContactPhase.CONNECTING
        return ContactPhase.LISTENING

    @property
    def _measuring(self) -> bool:
        return self._wanted or (self._lead_off is not None and self._lead_off.running)

    def _progress(self) -> float:
        if self._measuring and self._lead_off is not None:
            return 0.0 if self._wanted else self._lead_off.progress
        return 0.0 if self._sides is None else self._sides.progress


def _link(state: LinkState, phase: ContactPhase) -> LinkState:
    """Return the link as it is; a board that is silent because it is asked something is well."""
    if phase is ContactPhase.IMPEDANCE and state.link is Link.SILENT:
        return replace(state, link=Link.STREAMING, message="")
    return state
