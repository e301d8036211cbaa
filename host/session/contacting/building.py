"""Put a contact check together: a board, or the simulated patient behind a simulated Cyton."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from calibration.montage import Montage, plain_montage
from calibration.saying import Saying, words_of
from host.acquisition.lead_off import LeadOff
from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.planting import Planted
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.simulated.skin import skin_of
from host.acquisition.source import Source
from host.chain.stream import Stream
from host.errors import SettingsError
from host.session.asked import Asked
from host.session.calibrating.following import Follower, Nobody, SimulatedFollower
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.running import ContactSession
from host.session.contacting.verdicts import ContactLimits
from host.session.defaults import asked_chain
from host.session.reaching import SIMULATED, THROUGH_BRAINFLOW, reached_through

_CYTON = 8
_CHUNK_S = 0.05
"""Larger pieces are read quicker, and the patient is still asked in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactStage:
    """A contact check that is ready to run."""

    session: ContactSession
    montage: Montage
    words: str
    """What is read, and how it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """What a contact check is to be, beside what every session is asked for."""

    planted: Planted | None = None
    """What is wrong with the simulated patient's electrodes."""
    patient: PatientSettings | None = None
    """Another simulated patient than the one of the seed."""
    limits: ContactLimits = ContactLimits()
    exclusions: tuple[Exclusion, ...] = ()
    """What the therapist goes without already."""


ContactBuild = Callable[[ExitStack], ContactStage]
"""Builds and connects one; what it enters on the stack is closed with it."""


def board_contact(
    settings: BoardSettings, asked: Asked, checking: Checking | None = None
) -> ContactBuild:
    """Return how to build the contact check of a board."""
    checking = checking or Checking()

    def build(stack: ExitStack) -> ContactStage:
        source = BoardSource(settings.for_electrodes(asked.electrodes_count))
        montage = _placed(asked, source.stream)
        stack.enter_context(source)
        way = _Way(
            source=source,
            words=f"{settings.board}, {THROUGH_BRAINFLOW}",
            lead_off=LeadOff(source, settings),
        )
        return _stage(way, montage, asked, checking, stack)

    return build


def patient_contact(asked: Asked, checking: Checking | None = None) -> ContactBuild:
    """Return how to build the contact check of the simulated patient.

    Read directly it has no impedances: those are a board's.
    """
    checking = checking or Checking()

    def build(stack: ExitStack) -> ContactStage:
        settings = _patient(asked, checking)
        way = _patient_way(settings, asked, stack)
        return _stage(way, settings.montage, asked, checking, stack)

    return build


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How samples reach the check, and who moves."""

    source: Source
    words: str
    lead_off: LeadOff | None = None
    follower: Follower = Nobody()
    exhausted: Callable[[], bool] = lambda: False


def _patient(asked: Asked, checking: Checking) -> PatientSettings:
    settings = checking.patient or PatientSettings(seed=asked.seed)
    if settings.script is None:
        settings = replace(settings, script=WAITING)
    if asked.montage is not None:
        settings = replace(settings, montage=asked.montage)
    if asked.affected is not None:
        settings = replace(settings, affected=asked.affected)
    if asked.through_board and len(settings.montage.sites) < _CYTON and not settings.lying:
        # Fewer electrodes than a Cyton has channels: the others lie on nothing.
        settings = replace(settings, montage=settings.montage.padded(_CYTON))
    if checking.planted is None:
        return settings
    try:
        return checking.planted.on(settings)
    except ValueError as error:
        raise SettingsError(Saying("{}.", words_of(error))) from error


def _patient_way(settings: PatientSettings, asked: Asked, stack: ExitStack) -> _Way:
    """Lead the patient through the simulated Cyton and BrainFlow, or read directly."""
    patient = PatientSource(demonstration(settings), chunk_s=_CHUNK_S)
    said, skin = "the simulated patient", skin_of(settings)
    reached = reached_through(patient, asked, stack, said=said, skin=skin)
    lead_off = None
    if reached.board is not None and reached.settings is not None:
        lead_off = LeadOff(reached.board, reached.settings)
    return _Way(
        source=reached.source,
        words=f"{SIMULATED}, {reached.words}",
        lead_off=lead_off,
        follower=SimulatedFollower(patient),
        exhausted=reached.exhausted,
    )


def _placed(asked: Asked, stream: Stream) -> Montage:
    channels = len(stream.channels)
    try:
        return (asked.montage or plain_montage(channels)).padded(channels)
    except ValueError as error:
        raise SettingsError(Saying("{}.", words_of(error))) from error


def _stage(
    way: _Way, montage: Montage, asked: Asked, checking: Checking, stack: ExitStack
) -> ContactStage:
    """Join a connected source to a check, which leaves the board as it found it."""
    montage = montage.padded(len(way.source.stream.channels))
    session = ContactSession(
        way.source,
        montage,
        asked_chain(asked),
        way.follower,
        lead_off=way.lead_off,
        limits=checking.limits,
        exclusions=checking.exclusions,
        exhausted=way.exhausted,
    )
    stack.callback(session.restore)
    return ContactStage(session=session, montage=montage, words=way.words)
