"""Chain and detection together: raw chunks in, frames out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from calibration.reference import Reference, first_guess
from host.chain.amplitude import Levels
from host.chain.pipeline import SignalChain
from host.chain.stream import Chunk, Stream
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Episode
from host.detection.cues import Cue
from host.detection.energy import powers_of
from host.detection.frame import Frame, Frames
from host.detection.joining import joined
from host.detection.judge import Judge, Over, allowances
from host.detection.leaving_out import left_out_mask, without
from host.detection.resting import RestFinder
from host.detection.terms import Terms, Timetable
from host.detection.touching import Fingers, Touched
from host.detection.watch import Watch

__all__ = ["Monitor", "allowances", "part"]


class Monitor:
    """Turns a stream into frames; the same frames for every cut of the stream.

    `cues` says what the patient is asked to do, in order of samples; it may go on for ever.
    Without a `reference` the resting level is found in the first seconds (`RestFinder`).
    `touches` are those of a recording; of a session that runs they are told to `touch`.
    """

    def __init__(
        self,
        watch: Watch,
        stream: Stream,
        cues: Iterable[Cue] = (),
        reference: Reference | None = None,
        adjustments: Iterable[Adjustment] = (),
        *,
        touches: Iterable[Touched] = (),
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
        self._left_out = left_out_mask(watch.excluded, channels)
        self._rest = RestFinder(watch.first_rest, per_s, channels)
        fingers = Fingers(touches, round(watch.touch_after_s * stream.rate_hz))
        self._timetable = Timetable(cues, adjustments, fingers)
        self._terms = Terms.of(watch)
        self._judge = Judge(watch, self._terms, self.hop, stream.rate_hz)
        self._coming, self._announced = self._terms, 0
        """Terms that the chain has been told of, and up to which sample."""
        self._chain.drive(self._terms.driven, 0)
        self._next: int | None = None

    def push(self, chunk: Chunk) -> list[Frame]:
        """Return the frames that this chunk completes, one a hop."""
        return [frame for frames in self.advance(chunk) for frame in frames]

    def advance(self, chunk: Chunk) -> list[Frames]:
        """Return the same as `push`, as arrays: for whoever reads much at once."""
        self._announce(chunk.stop)
        return [
            frames
            for levels in joined(self._leave_out(self._chain.push(chunk)))
            for frames in self._under_terms(levels)
        ]

    def adjust(self, change: Adjustment) -> None:
        """Take up a change from the hop on that begins at its sample or after.

        That sample must not have been pushed yet, so that a replay does the same.
        """
        self._timetable.add(change)

    def cue(self, cue: Cue) -> None:
        """Take up a cue given while the session runs, from its sample on.

        That sample must not have been pushed yet, so that a replay does the same. It comes beside
        those that were known at the start.
        """
        self._timetable.give(cue)

    def touch(self, touch: Touched) -> None:
        """Take up a finger on muscles, or off them, from its sample on (P5).

        That sample must not have been pushed yet, so that a replay does the same.
        """
        self._timetable.fingers.add(touch)

    def finish(self) -> tuple[Episode, ...]:
        """Return the episodes that go on at the end of the session, as cut."""
        return self.close().episodes

    def close(self) -> Over:
        """Return the same, with the attempt that goes on at the end."""
        return self._judge.finish()

    def _leave_out(self, pieces: list[Levels]) -> list[Levels]:
        if not self._left_out.any():
            return pieces
        return [without(levels, self._left_out) for levels in pieces]

    def _announce(self, stop: int) -> None:
        """Tell the chain who is to work on purpose up to sample `stop`, before it sees it."""
        for change in self._timetable.ahead(self._announced, stop):
            self._coming = self._coming.changed(change)
            self._chain.drive(self._coming.driven, change.start)
        self._announced = max(self._announced, stop)

    def _under_terms(self, levels: Levels) -> Iterator[Frames]:
        """Cut levels where what is asked for changes, and judge each part."""
        reference = self._referred(levels)
        row = 0
        while row < len(levels):
            number = int(levels.first + row)
            over = self._turn(number)
            due = self._timetable.next_hop(self.hop)
            stop = len(levels) if due is None else min(due - levels.first, len(levels))
            yield self._judged(levels.rows(row, stop), part(reference, row, stop), over)
            row = stop

    def _turn(self, number: int) -> Over:
        """Cross a gap, and take up what holds from hop `number` on; return what that ends."""
        over = Over()
        if self._next is not None and number != self._next:
            over = self._judge.gap()
        changed = self._timetable.after(self._terms, number * self.hop)
        if changed is not self._terms:
            self._terms = changed
            over = over.and_then(self._judge.use(changed, number))
        return over

    def _judged(self, levels: Levels, reference: Reference, over: Over) -> Frames:
        terms, number = self._terms, int(levels.first)
        self._next = number + len(levels)
        found = self._judge.push(levels, reference)
        touched, beside = self._judge.touched, levels.beside
        nothing = np.zeros(found.activation.shape)
        total = found.activation
        if beside is not None:
            total = reference.activation(np.hypot(levels.rms_uv, beside.leaked_uv))
            total = np.where(touched, np.nan, total)
        return Frames(
            first=number,
            hop=self.hop,
            rate_hz=self._rate_hz,
            cue=terms.cue,
            asked=terms.asked,
            effort=terms.effort,
            rms_uv=levels.rms_uv,
            power_uv2=powers_of(levels),
            activation=found.activation,
            quality=levels.quality,
            threshold=self._judge.threshold,
            active=found.active,
            too_strong=found.too_strong,
            moving=found.moving,
            released=found.released,
            may_go_on=found.may_go_on,
            blinking=found.blinking,
            touched=touched,
            lost=levels.lost,
            certainty=found.certainty,
            total=total,
            explained=nothing if beside is None else beside.explained,
            crosstalk=nothing > 0.0 if beside is None else beside.suspected,
            calibrated=reference.calibrated,
            ended=(*((0, episode) for episode in over.episodes), *found.ended),
            blinks=found.blinks,
            attempt=found.attempt,
            attempted=tuple((0, attempt) for attempt in over.attempts),
        )

    def _referred(self, levels: Levels) -> Reference:
        """Return what these levels are shares of; while rest is searched for, a row for each."""
        if self._reference is None and self._rest.settled:
            self._reference = first_guess(self._rest.rest_uv, self._gentle_uv)
        if self._reference is None:
            return first_guess(self._rest.push(levels), self._gentle_uv)
        return self._reference


def part(reference: Reference, start: int, stop: int) -> Reference:
    """Return a reference with a row for each hop from row `start` to `stop`; others as they are."""
    if reference.rest_uv.ndim == 1:
        return reference
    rows = slice(start, stop)
    return replace(
        reference,
        rest_uv=reference.rest_uv[rows],
        noise_uv=reference.noise_uv[rows],
        gentle_uv=reference.gentle_uv[rows],
    )
