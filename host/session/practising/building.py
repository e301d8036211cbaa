"""Put practice together: a board, the simulated patient, or recorded practice, ready to run."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from calibration.montage import Montage
from host.acquisition.board import BoardSource
from host.acquisition.replay import ReplaySource
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
from host.session.asked import Asked
from host.session.calibrated import profile_for
from host.session.contacting.exclusion import Exclusion, columns
from host.session.defaults import asked_chain
from host.session.journal import Journal
from host.session.judging import STEP_S
from host.session.notices import scene, told
from host.session.opened import Opened
from host.session.own_tables import known_montages
from host.session.plan import may_practise, practisable
from host.session.plan_terms import known_patterns, watch_of
from host.session.practising.beats import OnBeats
from host.session.practising.following import Followed, Follower, SimulatedFollower, nobody
from host.session.practising.ordering import Orders
from host.session.practising.past import bouts_in
from host.session.practising.practice import Practice
from host.session.practising.trying import Face
from host.session.reaching import Reached, reached_through
from host.session.recording import begin_recording, manifest_of
from host.session.rest_today import RestToday
from host.session.session import Session
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
            way = Reached(source=source, words=f"{board.board}, through BrainFlow")
            return _stage(way, placed, asked, appointed, stack, follower=followed(source))
        settings = replace(
            simulated or PatientSettings(seed=asked.seed),
            montage=montage,
            affected=appointed.plan.affected,
            script=WAITING,
        )
        feed = PatientSource(demonstration(settings), chunk_s=_CHUNK_S)
        way = reached_through(feed, asked, stack, said="the simulated patient")
        way = replace(way, words=f"simulated patient, {way.words}")
        placed = _padded(montage, way.source.stream)
        follower = SimulatedFollower(feed)
        return _stage(way, placed, asked, appointed, stack, follower=follower)

    return build


def replayed_practice(opened: Opened, *, limit_s: float | None = None) -> PracticeBuild:
    """Return how to go through recorded practice again, as fast as it goes.

    The same bouts, cues and answers give the same attempts, to the last bit. SettingsError where
    nobody practised in this recording.
    """
    past = bouts_in(opened)

    def build(stack: ExitStack) -> PracticeStage:
        stream = opened.recorded.stream
        feed = stack.enter_context(ReplaySource(opened.recorded, chunk_s=STEP_S))
        monitor = opened.monitor()
        face = Face(
            montage=opened.watch.montage,
            affected=opened.affected,
            excluded=opened.watch.excluded,
        )
        practice = Practice(face, stream, hop=monitor.hop, past=past)
        session = Session(OnBeats(feed), monitor, conductor=practice, limit_s=limit_s)
        stack.callback(practice.close)
        return PracticeStage(
            session=session,
            scene=scene(opened.watch, opened.affected, stream, opened.profile, opened.words),
            words=opened.words,
            remarks=(*opened.remarks, *told(opened.reference, stream)),
            practice=practice,
        )

    return build


def _montage(asked: Asked, plan: Plan) -> Montage:
    """Return where the electrodes lie: as asked, else as planned."""
    found = asked.montage or known_montages().get(plan.montage)
    if found is None:
        raise SettingsError(
            f"the plan is for the montage {plan.montage!r}, which nobody knows here: give it with "
            "--montage."
        )
    return found


def _padded(montage: Montage, stream: Stream) -> Montage:
    try:
        return montage.padded(len(stream.channels))
    except ValueError as error:
        raise SettingsError(f"{error}.") from error


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
    stream, affected = source.stream, plan.affected
    plain = Watch(
        montage=montage,
        chain=asked_chain(asked),
        patterns=asked.own_patterns,
        excluded=columns(appointed.exclusions),
    )
    calibration = profile_for(asked, plain, stream)
    base = plain if calibration is None else calibration.watch
    reference = None if calibration is None else calibration.reference
    profile = "" if calibration is None else calibration.name
    orders = Orders(
        plan=plan,
        allowed=appointed.allowed(montage, asked),
        known=known_patterns(asked.own_patterns),
        watch=base,
    )
    watch = watch_of(plan, plan.planned(orders.allowed[0]), orders.known, base)
    manifest = manifest_of(
        watch,
        stream,
        affected,
        source=way.words,
        reference=reference,
        profile=profile,
        person=plan.person,
        plan=f"practice, version {plan.version} of the plan: {', '.join(orders.allowed)}",
    )
    journal = Journal(begin_recording(stack, manifest, asked), source)
    monitor = Monitor(watch, stream, (), reference)
    for one in appointed.exclusions:
        journal.note(one.event(0))
    face = Face(montage=montage, affected=affected, excluded=watch.excluded)
    practice = Practice(face, stream, hop=monitor.hop, follower=follower)
    hop_s = monitor.hop / stream.rate_hz
    session = Session(
        source,
        monitor,
        journal=journal,
        rest_today=None if reference is None else RestToday(montage, hop_s),
        conductor=practice,
        limit_s=asked.seconds,
        exhausted=way.exhausted,
    )
    stack.callback(lambda: session.happen(practice.close()))
    remarks = (
        *way.remarks,
        *told(reference, stream),
        *(calibration.remarks if calibration else ()),
    )
    return PracticeStage(
        session=session,
        scene=scene(watch, affected, stream, profile, way.words),
        words=way.words,
        remarks=remarks,
        practice=practice,
        orders=orders,
    )
