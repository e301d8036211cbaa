"""A patient with synkinesis who exists only in software: samples, cues and ground truth."""

import threading
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Self

import numpy as np

from calibration.patterns import Pattern, Role, pattern
from host.acquisition.simulated.assembly import (
    build_face,
    build_rendering,
    build_timetable,
    build_touches,
)
from host.acquisition.simulated.contact import Contact
from host.acquisition.simulated.effort import FACE
from host.acquisition.simulated.mixing import own
from host.acquisition.simulated.script import AFTER, Attempt, Step
from host.acquisition.simulated.settings import CarrierKind, PatientSettings
from host.acquisition.simulated.truth import (
    MERGED_S,
    TrueEpisode,
    Truth,
    find_episodes,
    merge_episodes,
)
from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.stream import BoolArray, Chunk, Stream
from host.detection.cues import Cue

__all__ = ["CarrierKind", "PatientSettings", "PatientSource", "SimulatedPatient"]

LEAST_EPISODE = 0.1
"""From this share of the gentle reference on, a quiet muscle that comes along is an episode."""
WINDOW_S = 60.0
"""Longer stretches are searched for episodes in pieces of this, to keep memory flat."""


class SimulatedPatient:
    """Samples in order; cues and truth of any stretch.

    All follow from the settings and from what was asked. One thread may read while another asks.
    """

    def __init__(self, settings: PatientSettings) -> None:
        self.settings = settings
        self.stream: Stream = settings.stream
        self._agenda = build_timetable(settings)
        self._face = build_face(settings, self._agenda)
        self._touches = build_touches(settings, self._agenda)
        self._contact = Contact(settings.loose, self.stream)
        self._rendering, self._gain = build_rendering(
            settings, self._face, self._touches, self._contact
        )
        self._own = own(FACE, settings.electrode_sites)
        self._gains = np.array(settings.gains or 1.0)
        self._leaks = settings.crosstalk.matrix(FACE, settings.electrode_sites)
        self._ready = np.empty((0, len(self.stream.channels)))
        self._position = 0
        self._rendered = threading.Lock()
        """Held while samples are made, or what they are made of is changed."""

    @property
    def carrier_gain(self) -> float:
        """Share of the EMG's RMS at the skin that this board's converter lets through."""
        return self._gain

    @property
    def position(self) -> int:
        """Index of the next sample to be read."""
        return self._position

    def read(self, count: int) -> Chunk:
        """Return the next `count` samples; they do not depend on how many are asked for at once."""
        if count < 0:
            raise ValueError(f"cannot read {count} samples")
        pieces, there = [self._ready], len(self._ready)
        while there < count:
            with self._rendered:
                pieces.append(self._rendering.push())
            there += len(pieces[-1])
        joined = np.concatenate(pieces)
        self._ready = joined[count:]
        start = self._position
        self._position += count
        return Chunk(start, joined[:count])

    def ask(self, step: Step, start: int | None = None) -> Attempt:
        """Ask for a step whose rest begins at sample `start`, or at once; say where it falls.

        It follows what was asked before, and the end of the script. What is made already stands:
        one asked too late has a shorter rest, or begins later. ValueError where a script repeats.
        """
        with self._rendered:
            free = self._rendering.stop
            return self._agenda.ask(step, free if start is None else start, free=free)

    def call_off(self, sample: int | None = None) -> None:
        """Let go at this sample, or at once, of all that was asked for."""
        with self._rendered:
            self._agenda.call_off(sample or 0, free=self._rendering.stop)

    def cues(self) -> Iterator[Cue]:
        """Yield what the patient is asked to do, in order; for ever where the script repeats."""
        return self._agenda.cues()

    def cues_until(self, stop: int) -> tuple[Cue, ...]:
        """Return the cues before sample `stop`."""
        return tuple(takewhile(lambda cue: cue.start < stop, self.cues()))

    def truth(self, start: int, stop: int) -> Truth:
        """Return the ground truth of samples `start..stop`, read or not."""
        if not 0 <= start <= stop:
            raise ValueError(f"need 0 <= start <= stop, got {start} and {stop}")
        activity = self._face.at(start, stop)
        loose = self._contact.mask(start, stop)
        power = activity.emg_uv**2 @ (self._own + self._leaks**2) * self._gains**2
        return Truth(
            start=start,
            activation=activity.activation @ self._own,
            synkinetic=activity.synkinetic @ self._own,
            emg_uv=activity.emg_uv @ self._own * self._gains,
            electrode_uv=np.where(loose, 0.0, np.sqrt(power)),
            loose=loose,
            touched=self._touches.mask(start, stop),
            blinking=activity.blink > 0.0,
        )

    def episodes(
        self, start: int, stop: int, *, least: float = LEAST_EPISODE
    ) -> tuple[TrueEpisode, ...]:
        """Return when quiet muscles of the affected side came along, by channel and time.

        A blink's synkinesis counts too. An episode that reaches over an edge is cut there.
        """
        if not least > 0.0:
            raise ValueError(f"an episode has some activation, got least = {least}")
        window = self.stream.samples(WINDOW_S)
        bounds = [*range(start, stop, window), stop]
        found: list[TrueEpisode] = []
        for begin, end in pairwise(bounds):
            found += find_episodes(
                self._face.at(begin, end).synkinetic @ self._own,
                self._quiet(begin, end),
                start=begin,
                least=least,
            )
        return merge_episodes(found, self.stream.samples(MERGED_S))

    def _quiet(self, start: int, stop: int) -> BoolArray:
        """Tell which channels' muscles should be quiet, `(n_samples, n_channels)`."""
        quiet = np.empty((stop - start, len(self.stream.channels)), dtype=np.bool_)
        quiet[:] = self._quiet_in(pattern(AFTER))
        for attempt in self._agenda.attempts(start, stop):
            rows = slice(max(attempt.start - start, 0), max(attempt.stop - start, 0))
            quiet[rows] = self._quiet_in(attempt.pattern)
        return quiet

    def _quiet_in(self, movement: Pattern) -> list[bool]:
        sites = self.settings.electrode_sites
        return [bool(s.muscle) and movement.role(s.muscle) is Role.QUIET for s in sites]


class PatientSource(Unconnected):
    """A simulated patient as a source: it has no clock and waits for nothing."""

    def __init__(
        self, patient: SimulatedPatient, *, chunk_s: float = 0.01, stop: int | None = None
    ) -> None:
        if not chunk_s > 0.0:
            raise ValueError(f"a chunk takes some time, got {chunk_s}")
        if stop is not None and stop < 0:
            raise ValueError(f"a patient cannot stop before the first sample, got {stop}")
        self._patient = patient
        self._count = patient.stream.samples(chunk_s)
        self._stop = stop
        self._state = LinkState(link=Link.CONNECTING)

    @property
    def stream(self) -> Stream:
        """The patient's stream."""
        return self._patient.stream

    @property
    def state(self) -> LinkState:
        """Streaming until `stop` or the end of the `with`."""
        return self._state

    def ask(self, step: Step, start: int | None = None) -> Attempt:
        """Ask the patient for a step; see `SimulatedPatient.ask`."""
        return self._patient.ask(step, start)

    def call_off(self, sample: int | None = None) -> None:
        """Let go of all that was asked for; see `SimulatedPatient.call_off`."""
        self._patient.call_off(sample)

    def __enter__(self) -> Self:
        self._state = LinkState(link=Link.STREAMING)
        return self

    def close(self) -> None:
        """Let nothing more come."""
        self._state = LinkState(link=Link.ENDED)

    def read(self, timeout_s: float) -> Chunk | None:  # noqa: ARG002 - the protocol's name
        """Return the next chunk at once; None at the end."""
        count = self._count
        if self._stop is not None:
            count = min(count, self._stop - self._patient.position)
        if self._state.link is not Link.STREAMING or count <= 0:
            self._state = LinkState(link=Link.ENDED)
            return None
        return self._patient.read(count)
