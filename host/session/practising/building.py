"""Put practice together: a board, or the simulated patient, ready to run."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from calibration.montage import Montage
from calibration.saying import Saying, words_of
from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import Stream
from host.clinic.patient import Patient
from host.clinic.plan import Plan
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from host.errors import SettingsError
from host.recording.manifest import Manifest
from host.session.asked import Asked
from host.session.contacting.exclusion import Exclusion, columns
from host.session.defaults import asked_chain
from host.session.journal import Journal
from host.session.judged import Judged, judged
from host.session.own_tables import known_montages
from host.session.plan import may_practise, practisable
from host.session.plan_terms import known_patterns, watch_of
from host.session.practising.beats import OnBeats
from host.session.practising.following import Followed, Follower, SimulatedFollower, nobody
from host.session.practising.ordering import Orders
from host.session.practising.practice import Practice
from host.session.practising.trying import Face
from host.session.reaching import (
    SIMULATED,
    THROUGH_BRAINFLOW,
    Reached,
    reached_through,
)
from host.session.recording import begin_recording, manifest_of
from host.session.session import Session
from host.session.uncalibrated import refuse_uncalibrated
from host.session.worker import Stage

_CHUNK_S = 0.1
"""A beat: larger pieces are read quicker, and are cut at the beats anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """Who practises, by which plan, on which day: what the gate asks for (P16)."""

    patient: Patient
    plan: Plan
    today: date
    exclusions: tuple[Exclusion, ...] = ()
    """Channels that the therapist goes without, each by name."""

    def allowed(self, montage: Montage, asked: Asked) -> tuple[str, ...]:
        """Return the patterns that may be practised; SettingsError where none may, and why."""
        known = known_patterns(asked.own_patterns)
        gate = (self.patient, self.plan, self.today)
        found = practisable(*gate, montage=montage, known=known)
        if not found:
            refusals = may_practise(*gate, montage=montage, known=known)
            raise SettingsError(" ".join(dict.fromkeys(one.said for one in refusals)))
        return tuple(one.name for one in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeStage(Stage):
    """Practice that is ready to run."""

    practice: Practice
    orders: Orders | None = None
    """What its bouts are made from; None in a replay."""


PracticeBuild = Callable[[ExitStack], PracticeStage]
"""Builds and connects practice; what it enters on the stack is closed with it."""


def practice_session(
    asked: Asked,
    appointed: Appointed,
    *,
    board: BoardSettings | None = None,
    followed: Followed = nobody,
    simulated: PatientSettings | None = None,
) -> PracticeBuild:
    """Return how to build practice on a board; without one, with the simulated patient.

    SettingsError at once where a plan does not allow it (P16). `simulated` says which patient;
    seed, electrodes and side come from `asked` and the plan. `followed` is who moves before a
    board, where it is not a person.
    """
    montage = _montage(asked, appointed.plan)
    appointed.allowed(montage, asked)
    asked = replace(
        asked, montage=montage, affected=appointed.plan.affected, person=appointed.plan.person
    )

    def build(stack: ExitStack) -> PracticeStage:
        if board is not None:
            source = BoardSource(board.for_electrodes(len(montage.sites)))
            placed = _padded(montage, source.stream)
            stack.enter_context(source)
            way = Reached(source=source, words=f"{board.board}, {THROUGH_BRAINFLOW}")
            return _stage(way, placed, asked, appointed, stack, follower=followed(source))
        patient = simulated or PatientSettings(seed=asked.seed)
        affected = appointed.plan.affected
        patient = replace(patient, montage=montage, affected=affected, script=WAITING)
        feed = PatientSource(demonstration(patient), chunk_s=_CHUNK_S)
        way = reached_through(feed, asked, stack, said="the simulated patient")
        way = replace(way, words=f"{SIMULATED}, {way.words}")
        placed = _padded(montage, way.source.stream)
        follower = SimulatedFollower(feed)
        return _stage(way, placed, asked, appointed, stack, follower=follower)

    return build


def _montage(asked: Asked, plan: Plan) -> Montage:
    """Return where the electrodes lie: as asked, else as planned."""
    found = asked.montage or known_montages().get(plan.montage)
    if found is None:
        raise SettingsError(
            Saying(
                "the plan is for the montage {!r}, which nobody knows here: give it with "
                "--montage.",
                plan.montage,
            )
        )
    return found


def _padded(montage: Montage, stream: Stream) -> Montage:
    try:
        return montage.padded(len(stream.channels))
    except ValueError as error:
        raise SettingsError(Saying("{}.", words_of(error))) from error


def _stage(
    way: Reached,
    montage: Montage,
    asked: Asked,
    appointed: Appointed,
    stack: ExitStack,
    *,
    follower: Follower,
) -> PracticeStage:
    """Join a connected source to a recording, a monitor and the bouts of a plan."""
    source, plan = OnBeats(way.source), appointed.plan
    stream = source.stream
    base = _judged(montage, asked, appointed, stream)
    orders = _orders(montage, asked, appointed, base.watch)
    first = watch_of(plan, plan.planned(orders.allowed[0]), orders.known, base.watch)
    by = replace(base, watch=first)
    journal = Journal(begin_recording(stack, _manifest(by, orders, stream, way), asked), source)
    monitor = Monitor(by.watch, stream, (), by.reference)
    for one in appointed.exclusions:
        journal.note(one.event(0))
    face = Face(montage=montage, affected=plan.affected, excluded=by.watch.excluded)
    practice = Practice(face, stream, hop=monitor.hop, follower=follower)
    session = Session(
        source,
        monitor,
        journal=journal,
        rest_today=by.rest_today(stream, monitor.hop),
        conductor=practice,
        limit_s=asked.seconds,
        exhausted=way.exhausted,
    )
    stack.callback(lambda: session.happen(practice.close()))
    return PracticeStage(
        session=session,
        # With the ceiling of the calibration: what a plan says is said by pattern.
        scene=replace(
            by.scene(plan.affected, stream, way.words),
            effort=base.watch.effort,
            own_patterns=asked.own_patterns,
        ),
        words=way.words,
        remarks=(*way.remarks, *by.told(stream)),
        practice=practice,
        orders=orders,
    )


def _judged(montage: Montage, asked: Asked, appointed: Appointed, stream: Stream) -> Judged:
    """Return how to judge, before a pattern is chosen; SettingsError where that cannot be."""
    plain = Watch(
        montage=montage,
        chain=asked_chain(asked),
        patterns=asked.own_patterns,
        excluded=columns(appointed.exclusions),
    )
    found = judged(asked, plain, stream)
    if found.reference is not None:
        refuse_uncalibrated(montage, found.reference, plain.excluded)
    return found


def _orders(montage: Montage, asked: Asked, appointed: Appointed, watch: Watch) -> Orders:
    """Return what the bouts are made from; SettingsError where no pattern may be practised."""
    return Orders(
        plan=appointed.plan,
        allowed=appointed.allowed(montage, asked),
        known=known_patterns(asked.own_patterns),
        watch=watch,
    )


def _manifest(by: Judged, orders: Orders, stream: Stream, way: Reached) -> Manifest:
    """Return what the recording says of itself: by which plan, and how it was judged."""
    plan = orders.plan
    return manifest_of(
        by.watch,
        stream,
        plan.affected,
        source=way.words,
        reference=by.reference,
        profile=by.profile,
        person=plan.person,
        plan=f"practice, version {plan.version} of the plan: {', '.join(orders.allowed)}",
    )
