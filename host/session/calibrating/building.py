"""Put a calibration together: a board or the simulated patient, ready to run."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

import msgspec

from calibration.montage import Montage
from calibration.muscles import Side
from calibration.profile import Profile
from calibration.saying import Saying, words_of
from host.acquisition.live import BoardSource
from host.acquisition.replay import Paced
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.planting import Planted
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.source import Source
from host.chain.stream import Stream
from host.detection.watch import Watch
from host.errors import SettingsError
from host.session.asked import Asked
from host.session.calibrating.course import Course
from host.session.calibrating.finishing import refuse_foreign
from host.session.calibrating.fitting import Identity
from host.session.calibrating.following import (
    Followed,
    Follower,
    Nobody,
    SimulatedFollower,
    nobody,
)
from host.session.calibrating.protocol import (
    ProtocolStep,
    movements,
    short_protocol,
    whole_protocol,
)
from host.session.calibrating.running import CalibrationSession
from host.session.contacting.exclusion import columns
from host.session.defaults import asked_chain
from host.session.journal import Journal
from host.session.reaching import THROUGH_BRAINFLOW
from host.session.recording import begin_recording, manifest_of

_CHUNK_S = 0.1
"""Larger pieces are read quicker, and the patient is still asked in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What a calibration is to be, beside what every session is asked for."""

    identity: Identity
    ramps: bool = False
    """Whether slow ramps tell the selectivity too."""
    profile: Profile | None = None
    """The profile that a short check is to carry over; None for a whole calibration."""
    planted: Planted | None = None
    """What is wrong with the simulated patient's electrodes."""

    def steps(self, montage: Montage, affected: Side) -> tuple[ProtocolStep, ...]:
        """Return the protocol; a montage without some of its channels asks nothing of those."""
        if self.profile is not None:
            return short_protocol(montage)
        return whole_protocol(montage, affected, ramps=self.ramps)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationStage:
    """A calibration that is ready to run."""

    session: CalibrationSession
    montage: Montage
    affected: Side
    words: str
    """What is read, and how it comes."""


CalibrationBuild = Callable[[ExitStack], CalibrationStage]
"""Builds and connects one; what it enters on the stack is closed with it."""


def board_calibration(
    settings: BoardSettings, asked: Asked, ordered: Ordered, *, followed: Followed = nobody
) -> CalibrationBuild:
    """Return how to build a calibration on a board; `followed` is who moves, if not a person."""

    def build(stack: ExitStack) -> CalibrationStage:
        source = BoardSource(settings.for_electrodes(asked.electrodes_count))
        words = f"{settings.board}, {THROUGH_BRAINFLOW}"
        way = _Way(source=source, words=words, follower=followed(source))
        montage = _placed(asked, source.stream)
        stack.enter_context(source)
        return _stage(way, montage, asked, ordered, stack)

    return build


def patient_calibration(
    asked: Asked, ordered: Ordered, *, simulated: PatientSettings | None = None
) -> CalibrationBuild:
    """Return how to build a calibration of the simulated patient, who does what is asked.

    Somebody who watches sees it in real time; else it is as quick as it goes. `simulated` says
    which patient; else the seed does.
    """

    def build(stack: ExitStack) -> CalibrationStage:
        settings = replace(simulated or PatientSettings(seed=asked.seed), script=WAITING)
        if asked.montage is not None:
            settings = replace(settings, montage=asked.montage)
        if asked.affected is not None:
            settings = replace(settings, affected=asked.affected)
        if ordered.planted is not None:
            try:
                settings = ordered.planted.on(settings)
            except ValueError as error:
                raise SettingsError(Saying("{}.", words_of(error))) from error
        source = PatientSource(demonstration(settings), chunk_s=_CHUNK_S)
        way = _patient_way(source, asked, stack)
        asked_of = replace(asked, affected=settings.affected)
        return _stage(way, settings.montage, asked_of, ordered, stack)

    return build


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How samples reach the calibration, and who moves."""

    source: Source
    words: str
    follower: Follower = Nobody()
    exhausted: Callable[[], bool] = lambda: False


def _patient_way(patient: PatientSource, asked: Asked, stack: ExitStack) -> _Way:
    """Lead the patient through the simulated Cyton and BrainFlow, or read directly."""
    follower = SimulatedFollower(patient)
    if asked.through_board:
        cyton = stack.enter_context(SimulatedCyton(patient, faults=asked.faults, seed=asked.seed))
        board = BoardSource(BoardSettings(board="cyton", port=cyton.port))
        return _Way(
            source=stack.enter_context(board),
            words="simulated patient, through a simulated Cyton and BrainFlow",
            follower=follower,
            exhausted=cyton.finished.is_set,
        )
    source: Source = Paced(patient) if asked.watched else patient
    stack.enter_context(source)
    return _Way(source=source, words="simulated patient, read directly", follower=follower)


def _placed(asked: Asked, stream: Stream) -> Montage:
    """Return the montage of a board; refuse electrodes of which nobody knows where they lie."""
    if asked.montage is None:
        raise SettingsError(
            Saying(
                "a calibration needs to know where the electrodes lie: give --montage and "
                "--affected."
            )
        )
    asked.refuse_unplaced()
    try:
        return asked.montage.padded(len(stream.channels))
    except ValueError as error:
        raise SettingsError(Saying("{}.", words_of(error))) from error


def _stage(
    way: _Way, montage: Montage, asked: Asked, ordered: Ordered, stack: ExitStack
) -> CalibrationStage:
    """Join a connected source to a recording and a course."""
    affected, stream = asked.affected or Side.RIGHT, way.source.stream
    montage = montage.padded(len(stream.channels))
    left_out = columns(asked.exclusions)
    steps = ordered.steps(montage.without(left_out), affected)
    chain = asked_chain(asked)
    course = Course(steps, montage, stream, chain, left_out=left_out)
    if ordered.profile is not None:
        refuse_foreign(ordered.profile, ordered.identity, course.material, montage)
    watch = Watch(montage=montage, chain=chain, patterns=movements(steps), excluded=left_out)
    manifest = msgspec.structs.replace(
        manifest_of(
            watch,
            stream,
            affected,
            source=way.words,
            person=ordered.identity.person,
            plan="calibration",
        ),
        created=ordered.identity.created,
    )
    journal = Journal(begin_recording(stack, manifest, asked), way.source)
    for one in asked.exclusions:
        journal.recording.note(one.event(0))
    session = CalibrationSession(
        way.source,
        course,
        journal,
        way.follower,
        identity=ordered.identity,
        exhausted=way.exhausted,
    )
    return CalibrationStage(session=session, montage=montage, affected=affected, words=way.words)
