"""Chain and detection together: raw chunks in, frames out."""

from collections.abc import Iterable, Iterator

import numpy as np

from calibration.montage import Montage
from calibration.patterns import Pattern, Role
from calibration.reference import Reference, first_guess
from host.chain.amplitude import Levels
from host.chain.pipeline import SignalChain
from host.chain.stream import Chunk, FloatArray, Stream
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import CocontractionDetector, Episode
from host.detection.cues import Cue
from host.detection.frame import Frame, Frames
from host.detection.guards import EffortGuard
from host.detection.resting import RestFinder
from host.detection.terms import Terms, Timetable
from host.detection.watch import Watch


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
        self._rate_hz = stream.rate_hz
        self._chain = SignalChain(watch.chain, stream)
        self.hop = self._chain.hop
        """Samples between two frames."""
        self._reference = reference
        self._gentle_uv = watch.gentle_uv
        per_s = round(stream.rate_hz / self.hop)
        self._rest = RestFinder(watch.first_rest, per_s, channels)
        self._detector = CocontractionDetector(watch.thresholds, self.hop, stream.rate_hz, channels)
        self._effort = EffortGuard(watch.effort, self.hop, stream.rate_hz, channels)
        self._timetable = Timetable(cues, adjustments)
        self._terms = Terms.of(watch)
        self._next: int | None = None
        self._use(self._terms)

    def push(self, chunk: Chunk) -> list[Frame]:
        """Return the frames that this chunk completes, one a hop."""
        return [frame for frames in self.advance(chunk) for frame in frames]

    def advance(self, chunk: Chunk) -> list[Frames]:
        """Return the same as `push`, as arrays: for whoever reads much at once."""
        return [
            frames for levels in self._chain.push(chunk) for frames in self._under_terms(levels)
        ]

    def adjust(self, change: Adjustment) -> None:
        """Take up a change from the hop on that begins at its sample or after.

        That sample must not have been pushed yet, so that a replay does the same.
        """
        self._timetable.add(change)

    def finish(self) -> tuple[Episode, ...]:
        """Return the episodes that go on at the end of the session, as cut."""
        return (
            () if self._next is None else self._detector.close(self._next, self._terms.cue.pattern)
        )

    def _under_terms(self, levels: Levels) -> Iterator[Frames]:
        """Cut levels where what is asked for changes, and judge each part."""
        activation = self._activation(levels)
        row = 0
        while row < len(levels):
            number = int(levels.first) + row
            over = self._turn(number)
            due = self._timetable.next_hop(self.hop)
            stop = len(levels) if due is None else min(due - levels.first, len(levels))
            yield self._judged(levels.rows(row, stop), activation[row:stop], over)
            row = stop

    def _turn(self, number: int) -> tuple[Episode, ...]:
        """Cross a gap, and take up what holds from hop `number` on; return what that ends."""
        ended: tuple[Episode, ...] = ()
        pattern = self._terms.cue.pattern
        if self._next is not None and number != self._next:
            ended = self._detector.close(self._next, pattern)
        changed = self._timetable.after(self._terms, number * self.hop)
        if changed is not self._terms:
            if changed.cue.pattern != pattern or changed.asked != self._terms.asked:
                ended += self._detector.close(number, pattern)
            self._use(changed)
        return ended

    def _judged(self, levels: Levels, activation: FloatArray, over: tuple[Episode, ...]) -> Frames:
        terms, number = self._terms, int(levels.first)
        active, ended = self._detector.push(number, activation, self._allowance, terms.cue.pattern)
        self._next = number + len(levels)
        return Frames(
            first=number,
            hop=self.hop,
            rate_hz=self._rate_hz,
            cue=terms.cue,
            asked=terms.asked,
            effort=terms.effort,
            rms_uv=levels.rms_uv,
            activation=activation,
            quality=levels.quality,
            threshold=self._threshold,
            active=active,
            too_strong=self._effort.push(number, activation),
            lost=levels.lost,
            calibrated=self._reference is not None and self._reference.calibrated,
            ended=(*((0, episode) for episode in over), *ended),
        )

    def _activation(self, levels: Levels) -> FloatArray:
        if self._reference is None and self._rest.settled:
            self._reference = first_guess(self._rest.rest_uv, self._gentle_uv)
        if self._reference is None:
            guess = first_guess(self._rest.push(levels), self._gentle_uv)
            return guess.activation(levels.rms_uv)
        return self._reference.activation(levels.rms_uv)

    def _use(self, terms: Terms) -> None:
        self._terms = terms
        self._detector.use(terms.thresholds)
        self._effort.use(terms.effort)
        sites = terms.montage.sites
        self._effort.ask(np.array([site.muscle in terms.asked.target for site in sites]))
        self._allowance = allowances(terms.montage, terms.asked)
        self._threshold = terms.thresholds.enter * self._allowance


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
