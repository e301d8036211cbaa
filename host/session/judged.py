"""By what a session judges: a person's calibration, or the plain chain where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.session.calibrated import profile_for
from host.session.notices import scene, session_remarks
from host.session.rest_today import RestToday

if TYPE_CHECKING:
    from calibration.muscles import Side
    from calibration.reference import Reference
    from host.chain.stream import Stream
    from host.detection.watch import Watch
    from host.session.asked import Asked
    from host.session.worker import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How a session judges, and what is to be said of that."""

    watch: Watch
    reference: Reference | None = None
    """None where nobody has calibrated."""
    profile: str = ""
    """Whose calibration it is and of when; empty without one."""
    remarks: tuple[str, ...] = ()
    """What is not calibrated, one sentence each."""

    def rest_today(self, stream: Stream, hop: int) -> RestToday | None:
        """Return what compares today's rest with the calibration's; None without one."""
        if self.reference is None:
            return None
        return RestToday(self.watch.montage, hop / stream.rate_hz)

    def scene(self, affected: Side, stream: Stream, words: str) -> Scene:
        """Return what a screen needs to know of a session that reads `words`."""
        return scene(self.watch, affected, stream, self.profile, words)

    def told(self, stream: Stream) -> tuple[str, ...]:
        """Return what a summary says of how it was judged, one sentence each."""
        return (*session_remarks(self.reference, stream), *self.remarks)


def judged(asked: Asked, watch: Watch, stream: Stream) -> Judged:
    """Return how to judge: by the profile that was asked for, else by `watch` alone.

    SettingsError says why a profile is refused.
    """
    known = profile_for(asked, watch, stream)
    if known is None:
        return Judged(watch=watch)
    return Judged(
        watch=known.watch, reference=known.reference, profile=known.name, remarks=known.remarks
    )
