"""Simulated people who calibrate and then practise, as samples of a Cyton at 250 Hz.

Both sides of a face with four channels each, or two of them; what an electrode hears of its
neighbours, blinks, mains and healthy co-activation are all there. Left out, to be quick: muscles
without an electrode, and what lasts for more than a fifth of a second after a movement.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from calibration.montage import Montage, montages
from calibration.muscles import Side
from calibration.patterns import Pattern, pattern
from calibration.segments import Segment, SegmentKind
from host.acquisition.simulated.cohort import Person, settings_for
from host.acquisition.simulated.disturbance import Electrodes, Mains
from host.acquisition.simulated.mixing import NEIGHBOURS, Crosstalk
from host.acquisition.simulated.patient import CarrierKind, PatientSettings, SimulatedPatient
from host.acquisition.simulated.script import Attempt, Script, Step, Timetable
from host.chain.stream import FloatArray, Stream, channel_names

RATE_HZ = 250.0
PATTERNS = ("gentle closed smile", "gentle eye closure", "pucker")
"""What is practised: each leads with one muscle of the montage."""
NECK = Pattern(name="gentle neck", prompt="Tense your neck softly", target=("PLA",))
"""No pattern of T2 leads with the neck; for its reference it is asked for by its name."""
HOLDS, ATTEMPTS = 3, 2
MOVED = Step(pattern=PATTERNS[0], rest_s=1.2, rise_s=0.6, hold_s=2.8, release_s=0.5)
"""How long each movement takes."""
LASTING_S, FAINT = 0.2, 0.01
MOTOR_UNITS_EVERY = 5
"""Of so many people one has EMG of motor units; the others', Gaussian, is quicker to make."""


def face() -> Montage:
    """Return the montage of all of them (T1: 4 per side)."""
    return montages()["face-8"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sitting:
    """One person's calibration and the attempts after it."""

    person: Person
    montage: Montage
    stream: Stream
    raw_uv: FloatArray
    """As the board sends it, `(n_samples, n_channels)`."""
    segments: tuple[Segment, ...]
    """What was marked while calibrating."""
    asked: tuple[Attempt, ...]
    """Every movement; those from `practised` on are attempts after the calibration."""
    practised: int

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """What is practised."""
        return self.asked[self.practised :]

    @property
    def calibrated(self) -> int:
        """First sample after the calibration."""
        return self.attempts[0].start


def sitting(person: Person, number: int, *, faint: str = "") -> Sitting:
    """Go through the protocol with one person, whose electrodes and muscles are drawn too.

    `faint` is a muscle that hardly moves in its gentle holds.
    """
    script = Script(steps=(*_calibration(faint), *_practice()), repeat=False)
    who = SimulatedPatient(settings_for(_seen(person), _setup(person, number, script)))
    timetable = Timetable(script, who.stream)
    places = [timetable.attempt(place) for place in range(len(script.steps))]
    begin = len(_calibration(faint))
    return Sitting(
        person=person,
        montage=face(),
        stream=who.stream,
        raw_uv=who.read(places[-1].stop).data,
        segments=tuple(_segments(places[:begin], who.stream)),
        asked=tuple(places),
        practised=begin,
    )


def two_a_side(whole: Sitting) -> Sitting:
    """Return the same sitting with the electrodes of eye and cheek only; nothing is practised."""
    montage = montages()["face-4"]
    columns = [face().sites.index(site) for site in montage.sites]
    codes = {site.muscle for site in montage.sites}
    return replace(
        whole,
        montage=montage,
        stream=replace(whole.stream, channels=channel_names(len(columns))),
        raw_uv=whole.raw_uv[: whole.calibrated, columns],
        segments=tuple(one for one in whole.segments if one.muscle in {"", *codes}),
    )


def _seen(person: Person) -> Person:
    """Return a person with those couplings only that electrodes and patterns can show."""
    pairs = visible_pairs()
    couplings = tuple(
        replace(one, relax_s=min(one.relax_s, LASTING_S))
        for one in person.couplings
        if (one.target, one.quiet) in pairs
    )
    return replace(person, couplings=couplings)


def _setup(person: Person, number: int, script: Script) -> PatientSettings:
    random = np.random.default_rng([person.seed, number])
    units = number % MOTOR_UNITS_EVERY == 0
    codes = {site.muscle for site in face().sites}
    tone_uv = float(random.uniform(0.7, 1.5))
    return PatientSettings(
        rate_hz=RATE_HZ,
        montage=face(),
        script=script,
        gentle_uv=float(random.uniform(12.0, 40.0)),
        tone_uv=tone_uv,
        tone_affected_uv=tone_uv * float(random.uniform(1.0, 2.0)),
        crosstalk=Crosstalk(leaks=tuple(one for one in NEIGHBOURS if codes >= set(one.muscles))),
        carrier=CarrierKind.MOTOR_UNITS if units else CarrierKind.GAUSSIAN,
        electrodes=Electrodes(noise_uv=float(random.uniform(0.3, 0.8))),
        mains=Mains(level_uv=float(random.uniform(5.0, 60.0))),
    )


def _calibration(faint: str) -> tuple[Step, ...]:
    """Return rest, both side checks, the gentle holds, and one slow ramp of the smile."""
    led = [*(replace(MOVED, pattern=name) for name in PATTERNS)]
    led.append(replace(MOVED, pattern=NECK.name, movement=NECK))
    led = [replace(one, effort=FAINT) if one.asked.target == (faint,) else one for one in led]
    holds = [one for one in led for _ in range(HOLDS)]
    return (
        replace(MOVED, rest_s=13.0, side=Side.RIGHT),
        replace(MOVED, side=Side.LEFT),
        replace(holds[0], rest_s=7.0),
        *holds[1:],
        replace(MOVED, rise_s=6.0, hold_s=0.7),
    )


def _practice() -> tuple[Step, ...]:
    return tuple(replace(MOVED, pattern=name) for name in PATTERNS for _ in range(ATTEMPTS))


def _segments(places: list[Attempt], stream: Stream) -> Iterator[Segment]:
    """Mark what a therapist would: rest before the first movements, then each hold."""
    yield _rest(places[0], stream, after_s=2.5)
    for one in places[:2]:
        yield _hold(one, SegmentKind.SIDE_CHECK, stream)
    yield _rest(places[2], stream, after_s=1.8)
    for one in places[2:-1]:
        yield _hold(one, SegmentKind.REFERENCE, stream)
    ramp = places[-1]
    yield Segment(kind=SegmentKind.RAMP, start=ramp.rise, stop=ramp.release, muscle="ZYG")


def _rest(one: Attempt, stream: Stream, after_s: float) -> Segment:
    start = one.start + stream.samples(after_s)
    return Segment(kind=SegmentKind.REST, start=start, stop=one.rise)


def _hold(one: Attempt, kind: SegmentKind, stream: Stream) -> Segment:
    """Mark a hold from when the muscles have followed the cue, to its end."""
    muscle = one.pattern.target[0]
    start = one.hold + stream.samples(0.25)
    return Segment(kind=kind, start=start, stop=one.release, muscle=muscle, side=one.step.side)


def visible_pairs() -> tuple[tuple[str, str], ...]:
    """Return every target of a pattern with each muscle that it keeps quiet, under electrodes."""
    codes = {site.muscle for site in face().sites}
    asked = [pattern(name) for name in PATTERNS]
    return tuple((one.target[0], quiet) for one in asked for quiet in one.quiet if quiet in codes)


def severity(person: Person) -> float:
    """Return the mean severity over all visible pairs; 0 where the two are not coupled.

    This is the truth; no estimate looks at it.
    """
    return float(np.mean([person.severity(*pair) for pair in visible_pairs()]))
