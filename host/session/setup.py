"""Put a session together: a board, a recording or the simulated patient, ready to run."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace

from calibration.muscles import Side
from host.acquisition.live import BoardSource
from host.acquisition.replay import ReplaySource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.script import clinic_script
from host.acquisition.simulated.settings import PatientSettings
from host.detection.cues import Cue
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.session.asked import Asked
from host.session.contacting.exclusion import excluding
from host.session.defaults import asked_chain, judging
from host.session.journal import Journal
from host.session.judged import judged
from host.session.judging import STEP_S
from host.session.notices import scene, session_remarks
from host.session.opened import Opened
from host.session.reaching import (
    SIMULATED,
    THROUGH_BRAINFLOW,
    Reached,
    reached_through,
)
from host.session.recording import begin_recording, manifest_of
from host.session.session import Session
from host.session.worker import Build, Stage


def board_session(settings: BoardSettings, asked: Asked) -> Build:
    """Return how to build a session on a board."""

    def build(stack: ExitStack) -> Stage:
        source = BoardSource(settings.for_electrodes(asked.electrodes_count))
        watch, affected, cue = judging(asked, source.stream)
        stack.enter_context(source)
        way = Reached(source=source, words=f"{settings.board}, {THROUGH_BRAINFLOW}")
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
        way = reached_through(PatientSource(patient), asked, stack, said="the simulated patient")
        way = replace(way, words=f"{SIMULATED}, {way.words}")
        return _stage(way, watch, settings.affected, patient.cues(), asked=asked, stack=stack)

    return build


def recording_session(opened: Opened, asked: Asked) -> Build:
    """Return how to replay a recording, ours or another program's, through the same bars."""

    def build(stack: ExitStack) -> Stage:
        stream, reference = opened.recorded.stream, opened.reference
        at_once = not (asked.watched or asked.through_board)
        feed = ReplaySource(opened.recorded, chunk_s=STEP_S if at_once else 0.01)
        way = reached_through(feed, asked, stack, said="the recording")
        words = f"{opened.words}, {way.words}"
        return Stage(
            session=Session(
                way.source, opened.monitor(), limit_s=asked.seconds, exhausted=way.exhausted
            ),
            scene=scene(opened.watch, opened.affected, stream, opened.profile, words),
            words=words,
            remarks=(*opened.remarks, *way.remarks, *session_remarks(reference, stream)),
        )

    return build


def _stage(
    way: Reached,
    watch: Watch,
    affected: Side,
    cues: Iterable[Cue],
    *,
    asked: Asked,
    stack: ExitStack,
) -> Stage:
    """Join a connected source to a recording and a monitor."""
    stream = way.source.stream
    found = judged(asked, watch, stream)
    by = replace(found, watch=excluding(found.watch, asked.exclusions))
    manifest = manifest_of(
        by.watch,
        stream,
        affected,
        source=way.words,
        reference=by.reference,
        profile=by.profile,
        person=asked.person,
    )
    journal = Journal(begin_recording(stack, manifest, asked), way.source)
    for exclusion in asked.exclusions:
        journal.recording.note(exclusion.event(0))
    monitor = Monitor(by.watch, stream, journal.following(cues), by.reference)
    return Stage(
        session=Session(
            way.source,
            monitor,
            journal=journal,
            rest_today=by.rest_today(stream, monitor.hop),
            limit_s=asked.seconds,
            exhausted=way.exhausted,
        ),
        scene=by.scene(affected, stream, way.words),
        words=way.words,
        remarks=(*way.remarks, *by.told(stream)),
    )
