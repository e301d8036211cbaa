"""Appointments of a simulated patient over weeks: calibrated, practised, judged as real ones are.

For tests, for the benchmark, and for a therapist who wants to see what trends can tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from calibration.montage import Montage, montages
from calibration.muscles import muscle
from calibration.patterns import Pattern, own_pattern, patterns
from calibration.profile import Electrodes, Profile
from calibration.segments import Segment, SegmentKind
from host.acquisition.simulated.learning import Learner, session_settings
from host.acquisition.simulated.patient import SimulatedPatient
from host.acquisition.simulated.script import Attempt, Script, Step, Timetable
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import FloatArray, Stream
from host.detection.cues import Cue
from host.detection.watch import Watch
from host.recording.recorded import Span
from host.report.trends_session import SessionMeasures, session_measures
from host.session.calibrated import calibrated
from host.session.calibrating.finishing import fitted_profile
from host.session.calibrating.fitting import Identity
from host.session.calibrating.refitting import heard_again
from host.session.opened import Opened

PATTERNS = ("gentle closed smile", "gentle eye closure", "pucker")
_FIRST_REST_S = 9.0
_SETTLED_S = 0.25
_MOVED = Step(pattern=PATTERNS[0], rest_s=2.2, rise_s=1.0, hold_s=3.0, release_s=0.8)
_HOLDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What happens at each appointment."""

    montage: Montage = montages()["face-8"]
    patterns: tuple[str, ...] = PATTERNS
    attempts: int = 4
    """At each pattern."""

    def __post_init__(self) -> None:
        """Refuse an appointment at which nothing is practised."""
        if not self.patterns or self.attempts < 1:
            raise ValueError(f"something must be practised, got {self}")

    @property
    def leading(self) -> tuple[Pattern, ...]:
        """Each muscle's own pattern; where none leads with it, it is asked for by its name."""
        codes = dict.fromkeys(site.muscle for site in self.montage.sites)
        return tuple(own_pattern(code, patterns()) or _asked_for(code) for code in codes)

    @property
    def calibration(self) -> tuple[Step, ...]:
        """Rest, and the gentle holds that references come from (T3)."""
        led = (replace(_MOVED, pattern=one.name, movement=one) for one in self.leading)
        first, *others = [one for one in led for _ in range(_HOLDS)]
        return (replace(first, rest_s=_FIRST_REST_S), *others)

    @property
    def practice(self) -> tuple[Step, ...]:
        """The attempts."""
        step = replace(_MOVED, rest_s=3.0, rise_s=1.5, hold_s=4.0)
        first, *others = [
            replace(step, pattern=name) for name in self.patterns for _ in range(self.attempts)
        ]
        return (replace(first, rest_s=7.0), *others)


def _asked_for(code: str) -> Pattern:
    plain = muscle(code).plain.lower()
    return Pattern(name=f"gentle {plain}", prompt=f"Tense your {plain} softly", target=(code,))


def course_of(
    learner: Learner, sessions: int, appointment: Appointment | None = None
) -> tuple[SessionMeasures, ...]:
    """Return what so many appointments measured, the first one first."""
    asked = appointment or Appointment()
    return tuple(session_measures(appointed(learner, number, asked)) for number in range(sessions))


def appointed(learner: Learner, session: int, appointment: Appointment) -> Opened:
    """Return one appointment as a recording that is judged by the calibration made in it."""
    settings = _settings(learner, session, appointment)
    patient = SimulatedPatient(settings)
    steps = Timetable(settings.script or Script(steps=()), patient.stream)
    count = len(settings.script.steps) if settings.script else 0
    attempts = [steps.attempt(number) for number in range(count)]
    raw = patient.read(attempts[-1].stop).data
    begin = len(appointment.calibration)
    opened = _opened(session, settings, patient.stream, raw, appointment.leading)
    profile = _profile(opened, attempts[:begin], learner, session)
    known = calibrated(opened.watch, profile)
    return replace(
        opened,
        watch=known.watch,
        reference=known.reference,
        profile=known.name,
        cues=tuple(_cues(attempts[begin:])),
    )


def _settings(learner: Learner, session: int, appointment: Appointment) -> PatientSettings:
    script = Script(steps=(*appointment.calibration, *appointment.practice), repeat=False)
    setup = PatientSettings(montage=appointment.montage, script=script)
    return session_settings(learner, session, setup)


def _opened(
    session: int,
    settings: PatientSettings,
    stream: Stream,
    raw: FloatArray,
    own: tuple[Pattern, ...],
) -> Opened:
    nowhere = Path(f"simulated-{session + 1}")
    return Opened(
        name=f"simulated session {session + 1}",
        recorded=_Heard(stream=stream, data=raw),
        watch=Watch(montage=settings.montage, patterns=own),
        affected=settings.affected,
        words="simulated patient",
        notes=nowhere / "notes.jsonl",
        revisions=nowhere,
    )


def _profile(opened: Opened, attempts: list[Attempt], learner: Learner, session: int) -> Profile:
    heard = heard_again(opened, tuple(_segments(attempts, opened.recorded.stream)))
    day = f"2026-01-{1 + session % 28:02}"
    identity = Identity(
        person=f"simulated-{learner.seed}",
        therapist="simulated",
        electrodes=Electrodes(id=f"session-{session + 1}", date=day),
        created=f"{day}T09:00:00+00:00",
    )
    return fitted_profile(heard, identity)[1]


def _segments(attempts: list[Attempt], stream: Stream) -> Iterator[Segment]:
    """Mark what a therapist would: the first rest, then each hold."""
    settled = stream.samples(_SETTLED_S)
    first = attempts[0]
    begin = first.start + stream.samples(2.0)
    yield Segment(kind=SegmentKind.REST, start=begin, stop=first.rise)
    for one in attempts:
        yield Segment(
            kind=SegmentKind.REFERENCE,
            start=one.hold + settled,
            stop=one.release,
            muscle=one.pattern.target[0],
        )


def _cues(attempts: list[Attempt]) -> Iterator[Cue]:
    for one in attempts:
        yield from one.cues()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Heard:
    """Samples in memory, as a recording has them."""

    stream: Stream
    data: FloatArray

    @property
    def spans(self) -> tuple[Span, ...]:
        return (Span(0, len(self.data)),)

    def samples(self, start: int, stop: int) -> FloatArray:
        return self.data[start:stop]
