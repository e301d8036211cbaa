"""What a session on the emulated board came to, and what of it is not as it must be."""

from collections.abc import Iterator
from dataclasses import dataclass

from calibration.findings import Finding
from calibration.profile import Profile
from host.acquisition.source import LinkState
from host.session.practising.tried import AttemptResult, Tried

ALONG = "OOC"
"""The eye narrows with the smile of the simulated patient's affected side."""
HOLDS = 3
"""Of each muscle's gentle reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a session came to."""

    done: bool
    """Whether all steps of the calibration were."""
    judged: tuple[Finding, ...]
    """What was wrong with its steps."""
    profile: Profile
    attempts: tuple[Tried, ...]
    links: tuple[LinkState, LinkState]
    """At the end of the calibration, and of the bout."""
    late_s: float
    """How far the chip was behind at worst."""
    frozen_s: float
    """For how long the patient's next voltages had not come in time."""

    @property
    def complaints(self) -> tuple[str, ...]:
        """Return what is not as it must be with the simulated patient, who has synkinesis."""
        return (
            *(f"in the calibration: {one.sentence}" for one in self.judged),
            *(() if self.done else ("the calibration was not done",)),
            *self._without_reference(),
            *self._missed(),
            *(f"lost on the way: {one}" for one in self.links if not _sound(one)),
        )

    def _without_reference(self) -> Iterator[str]:
        montage = self.profile.montage
        for place, numbers in enumerate(self.profile.channels):
            if not montage.sites[place].muscle:
                continue
            if numbers.reference_uv is None or numbers.holds < HOLDS:
                yield f"{montage.named(place)} has no reference of {HOLDS} holds"

    def _missed(self) -> Iterator[str]:
        scored = [one for one in self.attempts if one.result.scored]
        if not scored:
            yield f"no attempt could be scored: {self.attempts}"
        for tried in scored:
            if tried.result is not AttemptResult.ALONG or ALONG not in tried.along:
                yield f"attempt {tried.index} was {tried.result.value!r}, though {ALONG} came along"


def _sound(link: LinkState) -> bool:
    return not (link.lost or link.overruns or link.reconnects)
