"""Put a session together: a board, a recording or the simulated patient, ready to run."""

import math
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from calibration.montage import plain_montage
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
from host.chain.conditioning import Conditioning
from host.chain.filters import MainsRemoval
from host.chain.pipeline import ChainSettings
from host.chain.stream import Stream
from host.detection.cues import Cue, Phase
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.errors import SettingsError
from host.recording.foreign import ForeignRecording
from host.session.asked import Asked
from host.session.session import Session
from host.session.worker import Build, Scene, Stage

NOT_CALIBRATED = (
    "Not calibrated: rest is the quietest two of the first ten seconds, "
    "and the reference a gentle 20 µV."
)


def board_session(settings: BoardSettings, asked: Asked) -> Build:
    """Return how to build a session on a board."""

    def build(stack: ExitStack) -> Stage:
        source = BoardSource(settings)
        watch, affected, cue = _judging(asked, source.stream)
        stack.enter_context(source)
        return _stage(
            source, watch, affected, [cue], asked, words=f"{settings.board}, through BrainFlow"
        )

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
            settings = replace(settings, script=clinic_script(movement.name))
        patient = demonstration(settings)
        watch = Watch(montage=settings.montage, chain=_chain(asked))
        way = _connected(PatientSource(patient), asked, stack, said="the simulated patient")
        return _stage(
            way.source,
            watch,
            settings.affected,
            patient.cues(),
            asked,
            words=f"simulated patient, {way.words}",
            remarks=way.remarks,
            exhausted=way.exhausted,
        )

    return build


def recording_session(recording: ForeignRecording, asked: Asked) -> Build:
    """Return how to build a session on a recording by another program."""

    def build(stack: ExitStack) -> Stage:
        watch, affected, cue = _judging(asked, recording.stream)
        way = _connected(ReplaySource(recording), asked, stack, said="the recording")
        return _stage(
            way.source,
            watch,
            affected,
            [cue],
            asked,
            words=f"{recording.format}, {way.words}",
            remarks=(*recording.remarks, *way.remarks),
            exhausted=way.exhausted,
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
    source: Source = Paced(feed) if asked.watched else feed
    stack.enter_context(source)
    return _Way(source=source, words="read directly", remarks=(f"Read directly: {why}.",))


def _fitting_board(stream: Stream) -> str | None:
    """Name the board that has exactly this rate and number of channels."""
    fits = {(250.0, 8): "cyton", (125.0, 16): "cyton-daisy"}
    return fits.get((stream.rate_hz, len(stream.channels)))


def _judging(asked: Asked, stream: Stream) -> tuple[Watch, Side, Cue]:
    """Choose how channels that somebody else placed are judged: all as one pattern."""
    channels = len(stream.channels)
    try:
        montage = (asked.montage or plain_montage(channels)).padded(channels)
    except ValueError as error:
        raise SettingsError(f"{error}.") from error
    asked.refuse_unplaced()
    movement = asked.movement(montage, "rest and release")
    watch = Watch(montage=montage, chain=_chain(asked))
    cue = Cue(start=0, pattern=movement.name, phase=Phase.FREE)
    return watch, asked.affected or Side.RIGHT, cue


def _chain(asked: Asked) -> ChainSettings:
    mains = MainsRemoval(base_hz=asked.mains_hz)
    return ChainSettings(conditioning=Conditioning(mains=mains))


def _stage(
    source: Source,
    watch: Watch,
    affected: Side,
    cues: Iterable[Cue],
    asked: Asked,
    *,
    words: str,
    remarks: tuple[str, ...] = (),
    exhausted: Callable[[], bool] = lambda: False,
) -> Stage:
    """Join a connected source to a monitor."""
    stream = source.stream
    session = Session(
        source, Monitor(watch, stream, cues), limit_s=asked.seconds, exhausted=exhausted
    )
    narrow = narrowness(stream)
    notice = " · ".join(filter(None, ["Not calibrated", narrow, words[:1].upper() + words[1:]]))
    scene = Scene(montage=watch.montage, affected=affected, effort=watch.effort, notice=notice)
    told = [NOT_CALIBRATED]
    if narrow:
        told.append(f"{narrow}: facial EMG reaches to 450 Hz, so much of it is not seen.")
    return Stage(session=session, scene=scene, words=words, remarks=(*remarks, *told))


def narrowness(stream: Stream) -> str:
    """Say what bandwidth a slow stream leaves of facial EMG; empty at 1000 Hz and above."""
    passed_hz = min(stream.bandwidth_hz or math.inf, 0.5 * stream.rate_hz)
    if passed_hz >= 400.0:
        return ""
    return f"At {stream.rate_hz:g} Hz about {_rounded(passed_hz):g} Hz of bandwidth is left"


def _rounded(hz: float) -> float:
    return 5.0 * math.floor(hz / 5.0)
