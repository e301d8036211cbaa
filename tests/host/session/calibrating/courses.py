"""Short protocols, and a simulated patient who follows a course, for the tests of calibration."""

from dataclasses import replace
from functools import cache

import numpy as np

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import pattern
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.planting import Planted
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.chain.pipeline import ChainSettings
from host.chain.stream import FloatArray
from host.session.calibrating.course import Course
from host.session.calibrating.following import SimulatedFollower
from host.session.calibrating.happenings import Happening, StepBegan, StepBroken
from host.session.calibrating.protocol import ProtocolStep, StepKind, whole_protocol

FACE = montages()["face-4"]
QUICK = ChainSettings(listen_s=0.0)
"""A chain that knows every sample at once."""


def rest(*, seconds: float = 5.0, title: str = "Rest") -> ProtocolStep:
    """Return a step of rest."""
    return ProtocolStep(
        kind=StepKind.REST,
        title=title,
        prompt="Let your face rest",
        therapist="Wait.",
        prepare_s=0.5,
        rise_s=0.0,
        hold_s=seconds,
    )


def contact() -> ProtocolStep:
    """Return a check of contact that begins behind the filters' settling."""
    return replace(rest(seconds=1.0), kind=StepKind.CONTACT, title="Contact", prepare_s=1.5)


def smile(*, holds: int = 2, side: Side | None = Side.LEFT) -> ProtocolStep:
    """Return gentle holds of the cheek."""
    return ProtocolStep(
        kind=StepKind.REFERENCE,
        title="Cheek",
        prompt="Smile gently",
        therapist="Gently.",
        movement=pattern("gentle closed smile"),
        muscle="ZYG",
        side=side,
        prepare_s=0.5,
        rise_s=0.5,
        hold_s=1.5,
        pause_s=0.5,
        holds=holds,
    )


class Bedside:
    """A course, and a patient who does what it asks for."""

    def __init__(
        self,
        steps: tuple[ProtocolStep, ...],
        settings: PatientSettings | None = None,
        *,
        chain: ChainSettings = QUICK,
        chunk_s: float = 0.1,
        left_out: tuple[int, ...] = (),
    ) -> None:
        settings = settings or PatientSettings(montage=FACE, script=WAITING)
        self.patient = demonstration(replace(settings, script=WAITING))
        self.source = PatientSource(self.patient, chunk_s=chunk_s)
        self.course = Course(steps, settings.montage, self.patient.stream, chain, left_out=left_out)
        self._follower = SimulatedFollower(self.source)
        self._count = self.patient.stream.samples(chunk_s)
        self.happened: list[Happening] = []
        self.first: FloatArray = np.empty((0, len(settings.montage.sites)))
        """The first samples that came."""

    def go(self, seconds: float) -> None:
        """Let time pass."""
        stop = self.patient.position + self.patient.stream.samples(seconds)
        while self.patient.position < stop:
            self._follow()
            chunk = self.patient.read(min(self._count, stop - self.patient.position))
            if not chunk.start:
                self.first = chunk.data
            self.course.push(chunk)
        self._follow()

    def until_waiting(self, longest_s: float = 600.0) -> None:
        """Let time pass until the course waits, or is done."""
        passed_s = 0.0
        while not (self.course.waiting or self.course.done) and passed_s < longest_s:
            self.go(0.1)
            passed_s += 0.1

    def accept_all(self) -> None:
        """Go on to the end, whatever is found; stop where it is hopeless."""
        while not (self.course.done or self.course.hopeless):
            self.until_waiting()
            if self.course.waiting and not self.course.hopeless:
                self.course.go_on()

    def _follow(self) -> None:
        for one in self.course.happened():
            self.happened.append(one)
            if isinstance(one, StepBegan):
                self._follower.begin(one)
            elif isinstance(one, StepBroken):
                self._follower.stop(one.sample)


@cache
def calibrated(plant: str = "", seed: int = 1) -> Bedside:
    """Return a whole calibration of the simulated patient, with a fault or without."""
    settings = PatientSettings(seed=seed, montage=FACE, script=WAITING)
    if plant:
        settings = Planted.parse(plant).on(settings)
    bedside = Bedside(whole_protocol(FACE, settings.affected), settings, chain=ChainSettings())
    bedside.accept_all()
    return bedside


@cache
def recorded(seconds: float) -> FloatArray:
    """Return so much of a patient who smiles on the left again and again."""
    bedside = Bedside((smile(holds=4),))
    bedside.go(0.1)
    later = bedside.patient.read(bedside.patient.stream.samples(seconds - 0.1)).data
    whole: FloatArray = np.concatenate([bedside.first, later])
    return whole
