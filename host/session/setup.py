"""Put a session together: a board, a recording or the simulated patient, ready to run."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from calibration.muscles import Side
from host.acquisition.board import BoardSource
from host.acquisition.replay import Paced, ReplaySource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.script import clinic_script
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.source import Source
from host.chain.stream import Stream
from host.detection.cues import Cue
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.errors import SettingsError
from host.session.asked import Asked
from host.session.calibrated import profile_for
from host.session.defaults import asked_chain, judging
from host.session.journal import Journal
from host.session.judging import STEP_S
from host.session.notices import scene, told
from host.session.opened import Opened
from host.session.recording import begin_recording, manifest_of
from host.session.rest_today import RestToday
from host.session.session import Session
from host.session.worker import Build, Stage


def board_session(settings: BoardSettings, asked: Asked) -> Build:
    """Return how to build a session on a board."""

    def build(stack: ExitStack) -> Stage:
        source = BoardSource(settings)
        watch, affected, cue = judging(asked, source.stream)
        stack.enter_context(source)
        way = _Way(source=source, words=f"{settings.board}, through BrainFlow")
        return _stage(way, watch, affected, [cue], asked=asked, stack=stack)

    return build


def patient_session(asked: Asked) -> Build:
    """Return how to build a session with the simulated patient."""

    def build(stack: ExitStack) -> Stage:
        settings = PatientSettings(seed=asked.seed)
        if asked.montage is not None:
            settings = replace(settings, montage=asked.montage)
        if asked.affected is not None:
            settings = replace(settings, affected=asked.affected)
        if asked.pattern is not None:
            movement = asked.movement(settings.montage, asked.pattern)
            settings = replace(settings, script=clinic_script(movement))
        patient = demonstration(settings)
        watch = Watch(
            montage=settings.montage, chain=asked_chain(asked), patterns=asked.own_patterns
        )
        way = _connected(PatientSource(patient), asked, stack, said="the simulated patient")
        way = replace(way, words=f"simulated patient, {way.words}")
        return _stage(way, watch, settings.affected, patient.cues(), asked=asked, stack=stack)

    return build


def recording_session(opened: Opened, asked: Asked) -> Build:
    """Return how to replay a recording, ours or another program's, through the same bars."""

    def build(stack: ExitStack) -> Stage:
        stream, reference = opened.recorded.stream, opened.reference
        at_once = not (asked.watched or asked.through_board)
        feed = ReplaySource(opened.recorded, chunk_s=STEP_S if at_once else 0.01)
        way = _connected(feed, asked, stack, said="the recording")
        words = f"{opened.words}, {way.words}"
        return Stage(
            session=Session(
                way.source, opened.monitor(), limit_s=asked.seconds, exhausted=way.exhausted
            ),
            scene=scene(opened.watch, opened.affected, stream, opened.profile, words),
            words=words,
            remarks=(*opened.remarks, *way.remarks, *told(reference, stream)),
        )

    return build


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How a feed reaches the session."""

    source: Source
    words: str
    remarks: tuple[str, ...] = ()
    exhausted: Callable[[], bool] = lambda: False


def _connected(feed: Source, asked: Asked, stack: ExitStack, *, said: str) -> _Way:
    """Lead a feed through the simulated Cyton and BrainFlow where it fits one."""
    board = _fitting_board(feed.stream)
    if board is None:
        channels, rate_hz = len(feed.stream.channels), feed.stream.rate_hz
        why = f"{channels} channels at {rate_hz:g} Hz fit neither a Cyton nor a Daisy"
    elif not asked.through_board:
        why = "as asked"
    elif not pty_port.AVAILABLE:
        why = "this system has no pseudo-terminals for a simulated Cyton"
    else:
        cyton = SimulatedCyton(
            feed, daisy=board == "cyton-daisy", faults=asked.faults, seed=asked.seed
        )
        stack.enter_context(cyton)
        through = BoardSource(BoardSettings(board=board, port=cyton.port))
        stack.enter_context(through)
        name = "Cyton with Daisy" if board == "cyton-daisy" else "Cyton"
        return _Way(
            source=through,
            words=f"through a simulated {name} and BrainFlow",
            exhausted=cyton.finished.is_set,
        )
    if asked.faults != Faults():
        raise SettingsError(f"faults happen on the simulated Cyton, and {said} is read directly")
    source: Source = Paced(feed, speed=asked.speed) if asked.watched else feed
    stack.enter_context(source)
    return _Way(source=source, words="read directly", remarks=(f"Read directly: {why}.",))


def _fitting_board(stream: Stream) -> str | None:
    """Name the board that has exactly this rate and number of channels."""
    fits = {(250.0, 8): "cyton", (125.0, 16): "cyton-daisy"}
    return fits.get((stream.rate_hz, len(stream.channels)))


def _stage(
    way: "_Way",
    watch: Watch,
    affected: Side,
    cues: Iterable[Cue],
    *,
    asked: Asked,
    stack: ExitStack,
) -> Stage:
    """Join a connected source to a recording and a monitor."""
    stream = way.source.stream
    known = profile_for(asked, watch, stream)
    watch, reference = (watch, None) if known is None else (known.watch, known.reference)
    profile = "" if known is None else known.name
    manifest = manifest_of(
        watch, stream, affected, source=way.words, reference=reference, profile=profile
    )
    journal = Journal(begin_recording(stack, manifest, asked), way.source)
    monitor = Monitor(watch, stream, journal.following(cues), reference)
    hop_s = monitor.hop / stream.rate_hz
    return Stage(
        session=Session(
            way.source,
            monitor,
            journal=journal,
            rest_today=None if reference is None else RestToday(watch.montage, hop_s),
            limit_s=asked.seconds,
            exhausted=way.exhausted,
        ),
        scene=scene(watch, affected, stream, profile, way.words),
        words=way.words,
        remarks=(*way.remarks, *told(reference, stream), *(known.remarks if known else ())),
    )
