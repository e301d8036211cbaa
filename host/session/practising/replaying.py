"""Practice that was recorded, gone through again."""

from contextlib import ExitStack

from host.acquisition.replay import ReplaySource
from host.session.judging import STEP_S
from host.session.notices import scene, session_remarks
from host.session.opened import Opened
from host.session.practising.beats import OnBeats
from host.session.practising.building import PracticeBuild, PracticeStage
from host.session.practising.past import bouts_in
from host.session.practising.practice import Practice
from host.session.practising.trying import Face
from host.session.session import Session


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
            remarks=(*opened.remarks, *session_remarks(opened.reference, stream)),
            practice=practice,
        )

    return build
