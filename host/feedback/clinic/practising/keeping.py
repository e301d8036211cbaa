"""What of practice outlives its page: edits of the plan, and the session that was recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.errors import HostError
from host.feedback.sentences import sentence
from host.translation import told_error

if TYPE_CHECKING:
    from host.feedback.clinic.page import Desk
    from host.feedback.clinic.practising.running import Running
    from host.session.plan_edits import Edit
    from host.session.practising.worker import PracticeMoment


class Keeping:
    """Hands on what one session of practice leaves behind."""

    def __init__(self, desk: Desk, running: Running) -> None:
        self._desk, self._running = desk, running
        self._handed_on = False

    def keep_edit(self, made: Edit) -> None:
        """Save an edit as the plan's next version."""
        now = self._desk.appointment
        if now.plan is None:
            return
        newest = replace(made.plan, edition=now.plan.edition)
        try:
            saved = self._desk.clinic.save_plan(newest, by=now.therapist, why=made.why)
        except HostError as error:
            self._desk.say(sentence(told_error(error)))
            return
        self._desk.renew(replace(now, plan=saved))

    def keep_session(self, moment: PracticeMoment) -> None:
        """Hand the session on once a bout is in it."""
        folder = moment.view.recording.folder
        if self._handed_on or folder is None or not moment.practice.number:
            return
        self._handed_on = True
        now = self._desk.appointment
        measured = (*now.measured, self._running.live)
        self._desk.renew(replace(now, sessions=(*now.sessions, folder), measured=measured))
