"""A channel that the therapist goes without: by name, with a reason, dated."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from calibration.montage import Montage
from host.detection.watch import Watch
from host.recording.events import ChannelExcluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """What a therapist decided about one channel."""

    channel: int
    """Column, from 0."""
    name: str
    """As the therapist knows it: "Eye, right"."""
    by: str
    """The therapist's code."""
    reason: str
    utc: str
    """When, ISO 8601."""

    def __post_init__(self) -> None:
        """Refuse to go without a channel for nobody, or for no reason."""
        if self.channel < 0:
            raise ValueError(f"channels are counted from 0, got {self.channel}")
        if not (self.name.strip() and self.by.strip() and self.reason.strip()):
            raise ValueError(f"an exclusion names the channel, who decided it and why, got {self}")
        datetime.fromisoformat(self.utc)

    @classmethod
    def of(cls, montage: Montage, name: str, *, by: str, reason: str, utc: str) -> "Exclusion":
        """Return the exclusion of a channel by its name in a montage; ValueError for no such."""
        names = [montage.named(channel) for channel in range(len(montage.sites))]
        if name not in names:
            raise ValueError(f"there is no channel {name!r}, only {'; '.join(names)}")
        return cls(channel=names.index(name), name=name, by=by, reason=reason, utc=utc)

    def event(self, sample: int) -> ChannelExcluded:
        """Return what the recording of a practice says of it, from this sample on."""
        return ChannelExcluded(
            sample=sample,
            channel=self.channel,
            name=self.name,
            by=self.by,
            reason=self.reason,
            utc=self.utc,
        )


def columns(exclusions: Iterable[Exclusion]) -> tuple[int, ...]:
    """Return the columns that are left out, in order, each once."""
    return tuple(sorted({one.channel for one in exclusions}))


def excluding(watch: Watch, exclusions: Iterable[Exclusion]) -> Watch:
    """Return a watch that knows nothing of these channels, and scores nothing there."""
    return replace(watch, excluded=columns(exclusions))
