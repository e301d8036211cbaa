"""Judge a whole recording as fast as it goes: what replay, review and what-if share."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calibration.patterns import Pattern
from calibration.reference import Reference
from host.acquisition.replay import ReplaySource
from host.chain.pipeline import ChainSettings
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Episode, Thresholds
from host.detection.frame import Frames
from host.detection.guards import Effort
from host.detection.monitor import Monitor
from host.session.asked import Asked
from host.session.calibrated import profile_for
from host.session.opened import Opened

STEP_S = 2.0
"""So much is judged at once: large pieces go faster, small ones can be stopped sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Other terms for a recording; None and () leave things as they were in the session."""

    thresholds: Thresholds | None = None
    effort: Effort | None = None
    patterns: tuple[Pattern, ...] = ()
    """Patterns with other roles, in place of those with the same names."""
    reference: Reference | None = None
    """Another calibration: rest, noise and gentle reference."""
    gentle_uv: float | None = None
    """Another gentle reference for all channels; rest and noise stay."""
    chain: ChainSettings | None = None
    """Another chain, as a calibration gives it."""
    floors: tuple[float, ...] = ()
    """Other least thresholds of the channels, as a calibration gives them."""

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == WhatIf()

    def applied(self, opened: Opened) -> Opened:
        """Return the recording under these terms, which hold from its first to its last sample.

        What the therapist changed while it ran still counts, where these say nothing of it.
        """
        named = {one.name for one in self.patterns}
        kept = tuple(one for one in opened.watch.patterns if one.name not in named)
        watch = replace(
            opened.watch,
            thresholds=self.thresholds or opened.watch.thresholds,
            effort=self.effort or opened.watch.effort,
            patterns=(*kept, *self.patterns),
            chain=self.chain or opened.watch.chain,
            floors=self.floors or opened.watch.floors,
        )
        return replace(
            opened,
            watch=watch,
            reference=self.reference or opened.reference,
            gentle_uv=self.gentle_uv or opened.gentle_uv,
            adjustments=tuple(self._left(change) for change in opened.adjustments),
        )

    def _left(self, change: Adjustment) -> Adjustment:
        """Return what is left of a therapist's change."""
        named = {one.name for one in self.patterns}
        return replace(
            change,
            thresholds=None if self.thresholds else change.thresholds,
            effort=None if self.effort else change.effort,
            patterns=tuple(one for one in change.patterns if one.name not in named),
        )


def with_profile(asked: Asked, opened: Opened) -> WhatIf:
    """Return the terms of another calibration for a session; SettingsError why it is refused."""
    chain = replace(opened.watch.chain, adaptive=None, crosstalk=None)
    known = profile_for(asked, replace(opened.watch, chain=chain), opened.recorded.stream)
    if known is None:
        return WhatIf()
    return WhatIf(
        chain=known.watch.chain,
        floors=known.watch.floors,
        effort=known.watch.effort,
        reference=known.reference,
    )


class Judging:
    """Frames of a recording in large pieces, from its beginning or from where a monitor stands."""

    def __init__(self, opened: Opened, *, step_s: float = STEP_S) -> None:
        self._source = ReplaySource(opened.recorded, chunk_s=step_s)
        self.monitor: Monitor = opened.monitor()
        """What judges; its state is that after the last frames that were given."""
        self.stop = 0
        """Index after the last sample that has been judged."""

    def __iter__(self) -> Iterator[Frames]:
        with self._source as source:
            while (chunk := source.read(0.0)) is not None:
                self.stop = chunk.stop
                yield from self.monitor.advance(chunk)

    def finish(self) -> tuple[Episode, ...]:
        """Return the episodes that went on at the end."""
        return self.monitor.finish()
