"""Measures of calibrated sessions, against what the simulated patients really did.

Each patient is calibrated as one is by `quietface calibrate`; then the measures of ten attempts are
compared with the truth, in shares of the patient's own gentle reference. Everything between the
skin and the report is in it: crosstalk taken out, whitening, thresholds, and the reference's own
error.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.figures import Figure
from calibration.channel import ChannelNumbers
from calibration.crossings import STAY_S
from calibration.measured import Measured
from calibration.measures_time import REMAINING_S
from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import Role
from calibration.profile import Electrodes, Profile
from calibration.reference import Reference
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.effort import Blinks
from host.acquisition.simulated.patient import PatientSource, SimulatedPatient
from host.acquisition.simulated.script import WAITING, clinic_script
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import FloatArray
from host.detection.attempt import BEFORE_S
from host.detection.attempt_measures import LET_GO
from host.detection.cues import Cue, Phase
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.report.measured import AFTER_S, measures_of, measuring_terms
from host.report.measured_kinds import AttemptMeasures, Measure, MeasureRow
from host.report.measured_seen import MeasuringTerms
from host.session.asked import Asked
from host.session.calibrated import calibrated
from host.session.calibrating.course import Course
from host.session.calibrating.finishing import fitted_profile
from host.session.calibrating.fitting import Identity
from host.session.calibrating.following import SimulatedFollower
from host.session.calibrating.happenings import StepBegan
from host.session.calibrating.protocol import whole_protocol
from host.session.defaults import asked_chain

SEEDS = tuple(range(1, 9))
RATES_HZ = (250.0, 1000.0)
ATTEMPTS = 10
PATTERNS = ("gentle closed smile", "gentle eye closure", "pucker")
CHUNK_S = 0.1
NONE = Blinks(every_s=0.0)
GOAL = 5.0
"""Of some hundred intervals the share that covers is known to about so many per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One interval and the truth."""

    measure: Measure
    role: Role | None
    true: float
    measured: Measured

    @property
    def kind(self) -> tuple[str, str]:
        """What is measured, and of whom."""
        return self.measure.value, "" if self.role is None else self.role.value

    @property
    def covered(self) -> bool:
        """Whether the truth lies within."""
        return self.measured.low <= self.true <= self.measured.high


def run() -> list[Figure]:
    """Calibrate patients at both rates, and tell for each measure how often intervals cover."""
    cases = [(seed, rate_hz) for rate_hz in RATES_HZ for seed in SEEDS]
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(_held, *zip(*cases, strict=True)))
    figures = []
    for rate_hz in RATES_HZ:
        held = [
            one
            for (_, own_hz), many in zip(cases, found, strict=True)
            for one in many
            if own_hz == rate_hz
        ]
        figures += _figures(held, rate_hz)
    return figures


def _figures(held: list[Held], rate_hz: float) -> Iterator[Figure]:
    kinds = sorted(
        {(one.measure.value, "" if one.role is None else one.role.value) for one in held}
    )
    for measure, role in kinds:
        own = [
            one
            for one in held
            if one.measure.value == measure and (one.role.value if one.role else "") == role
        ]
        errors = np.array([one.measured.value - one.true for one in own])
        name = f"{rate_hz:g} Hz, {measure}, {role}".rstrip(", ")
        share = 100.0 * float(np.mean([one.covered for one in own]))
        yield Figure(name=f"{name}: covered, of {len(own)}", value=share, unit="%")
        yield Figure(name=f"{name}: median error", value=float(np.median(errors)), unit="")


def _held(seed: int, rate_hz: float) -> list[Held]:
    settings = PatientSettings(
        seed=seed, rate_hz=rate_hz, montage=montages()["face-8"], blinks=Blinks(every_s=0.0)
    )
    profile = _profile(settings)
    settings = replace(settings, script=clinic_script(*PATTERNS))
    patient = demonstration(settings)
    samples = _length(patient)
    cues, chunk = patient.cues_until(samples), patient.read(samples)
    watch = Watch(montage=settings.montage, chain=asked_chain(Asked()))
    known = calibrated(watch, profile)
    monitor = Monitor(known.watch, patient.stream, cues, known.reference)
    frames = monitor.advance(chunk)
    terms = measuring_terms(
        known.watch, patient.stream, settings.affected, _spread(profile.channels)
    )
    found = measures_of(frames, terms, monitor.close().attempts)
    true = _True(patient, terms, known.reference, samples)
    return [
        one
        for attempt in found[:ATTEMPTS]
        for one in _compared(attempt, true, terms, _asked(attempt, cues, terms))
    ]


def _length(patient: SimulatedPatient) -> int:
    """Return up to which sample the attempts and their release last."""
    starts = [cue.start for cue in patient.cues_until(patient.stream.samples(400.0))]
    return int(starts[min(4 * (ATTEMPTS + 1), len(starts) - 1)])


def _spread(channels: tuple[ChannelNumbers, ...]) -> FloatArray:
    return np.array([one.reference_spread if one.reference_uv else 0.0 for one in channels])


def _profile(settings: PatientSettings) -> Profile:
    """Calibrate a patient; each step is done once."""
    source = PatientSource(demonstration(replace(settings, script=WAITING)), chunk_s=CHUNK_S)
    steps = whole_protocol(settings.montage, settings.affected, ramps=False)
    course = Course(steps, settings.montage, source.stream, asked_chain(Asked()))
    follower = SimulatedFollower(source)
    with source:
        while not course.done:
            for one in course.happened():
                if isinstance(one, StepBegan):
                    follower.begin(one)
            chunk = source.read(0.0)
            if chunk is not None:
                course.push(chunk)
            if course.waiting:
                course.go_on()
    identity = Identity(
        person="P01",
        therapist="T01",
        electrodes=Electrodes(id="E1", date="2026-01-01"),
        created="2026-01-01T10:00:00+00:00",
    )
    return fitted_profile(course.heard, identity)[1]


class _True:
    """What the patient's muscles did, as T3 has it: shares of the gentle reference above rest.

    Nobody can tell a muscle's resting tone from noise by its power; what the calibration took for
    tone, in shares of the reference, is taken here too. Powers of tone and movement add up.
    """

    def __init__(
        self, patient: SimulatedPatient, terms: MeasuringTerms, reference: Reference, samples: int
    ) -> None:
        moved = patient.truth(0, samples).activation
        tone = reference.rest_uv / reference.gentle_uv
        self._share = np.sqrt(moved**2 * (1.0 + 2.0 * tone) + tone**2) - tone
        self._terms = terms

    def level(self, channel: int, hold: tuple[int, int]) -> float:
        """Return the mean of a hold."""
        return float(np.mean(self._share[slice(*hold), channel]))

    def first_above(self, channel: int, line: float, span: tuple[int, int]) -> int | None:
        """Return the first sample from which it stays at or above the line for 0.2 s."""
        stay = round(STAY_S * self._terms.rate_hz)
        above = self._share[slice(*span), channel] >= line
        runs = np.convolve(above, np.ones(stay, dtype=np.int64), mode="valid")
        found = np.flatnonzero(runs == stay)
        return span[0] + int(found[0]) if len(found) else None

    def last_above(self, channel: int, line: float, span: tuple[int, int]) -> int | None:
        """Return the sample after the last one at or above the line."""
        above = np.flatnonzero(self._share[slice(*span), channel] >= line)
        return span[0] + int(above[-1]) + 1 if len(above) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One attempt, as samples of its cues."""

    start: int
    hold: tuple[int, int]
    stop: int
    """Where measuring ends."""


def _asked(found: AttemptMeasures, cues: tuple[Cue, ...], terms: MeasuringTerms) -> _Asked:
    later = [cue for cue in cues if cue.start >= found.start]
    hold = next(cue.start for cue in later if cue.phase is Phase.HOLD)
    release = next(cue.start for cue in later if cue.phase is Phase.RELEASE)
    following = [cue.start for cue in later if cue.phase is Phase.RISE and cue.start > release]
    stop = release + round(AFTER_S * terms.rate_hz)
    return _Asked(start=found.start, hold=(hold, release), stop=min([stop, *following]))


def _compared(
    found: AttemptMeasures, true: _True, terms: MeasuringTerms, asked: _Asked
) -> Iterator[Held]:
    for row in found.rows:
        if row.channel is None or not row.measured.known:
            continue
        truth = _truth(row, true, terms, asked)
        if truth is not None:
            yield Held(measure=row.measure, role=row.role, true=truth, measured=row.measured)


def _truth(row: MeasureRow, true: _True, terms: MeasuringTerms, asked: _Asked) -> float | None:
    """Return the truth of a row; None where there is none, or nobody has worked it out."""
    channel, rate_hz = row.channel or 0, terms.rate_hz
    line = float(terms.lines[channel])
    span = (asked.start - round(BEFORE_S * rate_hz), asked.stop)
    level = true.level(channel, asked.hold)
    if row.measure is Measure.ACTIVATION:
        return level
    if row.measure is Measure.RATIO:
        target = terms.montage.column(row.target, Side(row.side))
        return None if target is None else level / true.level(target, asked.hold)
    if row.measure is Measure.ONSET:
        at = true.first_above(channel, line, span)
        return None if at is None else (at - asked.start) / rate_hz
    if row.measure is Measure.OFFSET:
        at = true.last_above(channel, LET_GO * level, span)
        return None if at is None else (at - asked.start) / rate_hz
    if row.measure is Measure.RELEASE:
        at = true.last_above(channel, line, (asked.hold[1], asked.stop))
        return 0.0 if at is None else (at - asked.hold[1]) / rate_hz
    if row.measure is Measure.REMAINING:
        tone = [asked.hold[1] + round(at_s * rate_hz) for at_s in REMAINING_S]
        return true.level(channel, (tone[0], tone[1]))
    return None
