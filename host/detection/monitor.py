"""Chain and detection together: raw chunks in, frames out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from calibration.montage import Montage
from calibration.patterns import Pattern, Role, pattern
from calibration.reference import Reference, first_guess
from host.chain.amplitude import Levels
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.stream import Chunk, FloatArray, Stream
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import CocontractionDetector, Episode, Thresholds
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame, Frames
from host.detection.guards import Effort, EffortGuard
from host.detection.resting import FirstRest, RestFinder


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Settings of a monitor: what lies where, and how it is judged."""

    montage: Montage
    chain: ChainSettings = ChainSettings()
    thresholds: Thresholds = Thresholds()
    effort: Effort = Effort()
    first_rest: FirstRest = FirstRest()
    patterns: tuple[Pattern, ...] = ()
    """Patterns with other roles than in T2, in place of those with the same names."""


class Monitor:
    """Turns a stream into frames; the same frames for every cut of the stream.

    `cues` says what the patient is asked to do, in order of samples; it may go on for ever.
    Without a `reference` the resting level is found in the first seconds (`RestFinder`).
    """

    def __init__(
        self,
        watch: Watch,
        stream: Stream,
        cues: Iterable[Cue] = (),
        reference: Reference | None = None,
        adjustments: Iterable[Adjustment] = (),
    ) -> None:
        channels = len(stream.channels)
        if len(watch.montage.sites) != channels:
            raise ValueError(
                f"montage {watch.montage.name!r} is for {len(watch.montage.sites)} channels, "
                f"the stream has {channels}"
            )
        self._watch = watch
        self._rate_hz = stream.rate_hz
        self._chain = SignalChain(watch.chain, stream)
        self.hop = self._chain.hop
        """Samples between two frames."""
        self._reference = reference
        per_s = round(stream.rate_hz / self.hop)
        self._rest = RestFinder(watch.first_rest, per_s, channels)
        self._detector = CocontractionDetector(watch.thresholds, self.hop, stream.rate_hz, channels)
        self._effort = EffortGuard(watch.effort, self.hop, stream.rate_hz, channels)
        self._cues: Iterator[Cue] = iter(cues)
        self._coming = next(self._cues, None)
        self._next: int | None = None
        self._set_cue(Cue(start=0, pattern="rest and release", phase=Phase.FREE))

    def push(self, chunk: Chunk) -> list[Frame]:
        """Return the frames that this chunk completes, one a hop."""
        return [frame for levels in self._chain.push(chunk) for frame in self._frames(levels)]

    def advance(self, chunk: Chunk) -> list[Frames]:
        """Return the same as `push`, as arrays: for whoever reads much at once."""
        return [self._batch(levels) for levels in self._chain.push(chunk)]

    def _batch(self, levels: Levels) -> Frames:
        frames = list(self._frames(levels))
        return Frames(
            first=levels.first,
            hop=self.hop,
            rate_hz=self._rate_hz,
            cues=tuple(frame.cue for frame in frames),
            rms_uv=levels.rms_uv,
            activation=np.array([frame.activation for frame in frames]),
            quality=levels.quality,
            threshold=np.array([frame.threshold for frame in frames]),
            active=np.array([frame.active for frame in frames]),
            too_strong=np.array([frame.too_strong for frame in frames]),
            lost=levels.lost,
            calibrated=frames[-1].calibrated,
            ended=tuple((row, e) for row, frame in enumerate(frames) for e in frame.ended),
        )

    def finish(self) -> tuple[Episode, ...]:
        """Return the episodes that go on at the end of the session, as cut."""
        return () if self._next is None else self._detector.close(self._next, self._cue.pattern)

    def _frames(self, levels: Levels) -> Iterator[Frame]:
        activation = self._activation(levels)
        for row in range(len(levels)):
            number = levels.first + row
            ended: tuple[Episode, ...] = ()
            if self._next is not None and number != self._next:
                ended = self._detector.close(self._next, self._cue.pattern)
            self._next = number + 1
            ended += self._follow_cues(number)
            ended += self._detector.push(
                number, activation[row], self._allowance, self._cue.pattern
            )
            sample = (number + 1) * levels.hop
            yield Frame(
                sample=sample,
                time_s=sample / self._rate_hz,
                cue=self._cue,
                rms_uv=levels.rms_uv[row],
                activation=activation[row],
                quality=levels.quality[row],
                threshold=self._threshold,
                active=self._detector.active,
                too_strong=self._effort.push(number, activation[row]),
                lost=levels.lost[row],
                calibrated=self._reference is not None and self._reference.calibrated,
                ended=ended,
            )

    def _activation(self, levels: Levels) -> FloatArray:
        if self._reference is not None:
            return self._reference.activation(levels.rms_uv)
        rest_uv = self._rest.rest_uv if self._rest.settled else self._rest.push(levels)
        return first_guess(rest_uv).activation(levels.rms_uv)

    def _follow_cues(self, number: int) -> tuple[Episode, ...]:
        """Take up the cue that holds at the start of hop `number`."""
        ended: tuple[Episode, ...] = ()
        while self._coming is not None and self._coming.start <= number * self.hop:
            if self._coming.pattern != self._cue.pattern:
                ended += self._detector.close(number, self._cue.pattern)
            self._set_cue(self._coming)
            self._coming = next(self._cues, None)
        return ended

    def _set_cue(self, cue: Cue) -> None:
        self._cue = cue
        asked = pattern(cue.pattern)
        self._allowance = allowances(self._watch.montage, asked)
        sites = self._watch.montage.sites
        self._effort.ask(np.array([site.muscle in asked.target for site in sites]))
        self._threshold = self._watch.thresholds.enter * self._allowance


def allowances(montage: Montage, asked: Pattern) -> FloatArray:
    """Return the factor on each channel's thresholds; NaN where it is not to be quiet (T2).

    In a plain montage every channel is asked to be quiet: nobody said what it lies on.
    """
    if montage.plain:
        return np.ones(len(montage.sites))
    return np.array(
        [
            asked.allowance(site.muscle)
            if site.muscle and asked.role(site.muscle) is Role.QUIET
            else np.nan
            for site in montage.sites
        ]
    )
