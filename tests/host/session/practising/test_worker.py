"""The thread that runs practice: commands in, moments out, and a link that fails on the way."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from host.acquisition.simulated import pty_port
from host.acquisition.simulated.faults import Faults
from host.clinic.plan import FeedbackMode
from host.errors import SettingsError
from host.session.asked import Asked
from host.session.bout import AttemptResult, BoutPhase, TroubleKind
from host.session.opened import open_recording
from host.session.practising.building import practice_session
from host.session.practising.replaying import replayed_practice
from host.session.practising.unattended import follow_to_the_end
from host.session.practising.worker import PracticeWorker
from tests.host.session.practising.test_building import HEALTHY, appointed, asked

PATIENCE_S = 60.0

through_brainflow = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="no pseudo-terminals for a simulated Cyton"
)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, with the thread's own pace."""
    late = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < late, "it never came to that"
        time.sleep(0.001)


def worker(tmp_path: Path, wanted: Asked | None = None) -> PracticeWorker:
    build = practice_session(wanted or asked(tmp_path), appointed(), simulated=HEALTHY)
    return PracticeWorker(build)


def test_before_the_board_is_reached_it_says_so_and_begins_nothing(tmp_path: Path) -> None:
    waiting = worker(tmp_path)
    assert [one.kind for one in waiting.moment.practice.troubles] == [TroubleKind.CONNECTING]
    with pytest.raises(SettingsError, match="not reached yet"):
        waiting.begin("pucker")
    waiting.quiet()
    waiting.pause()


def test_a_bout_is_begun_paused_edited_and_ended_from_another_thread(tmp_path: Path) -> None:
    running = worker(tmp_path)
    running.start()
    try:
        until(lambda: running.stage is not None)
        running.begin("pucker", FeedbackMode.SOUND)
        until(lambda: running.moment.practice.phase is BoutPhase.RISE)
        running.quiet()
        until(lambda: running.moment.practice.phase is BoutPhase.QUIET)
        assert not running.moment.practice.sound
        changed = replace(running.orders.plan.planned("pucker"), line=0.4)
        made = running.edit(changed)
        assert made is not None
        assert running.edit(changed) is None
        until(lambda: _line(running) == pytest.approx(0.4))
        running.note("looked down")
        running.touch(on=True)
        running.resume()
        running.stop_bout()
        until(lambda: running.moment.practice.phase is BoutPhase.OVER)
        with pytest.raises(SettingsError, match="may not be practised"):
            running.begin("snarl")
    finally:
        running.stop(PATIENCE_S)
    assert running.error is None
    (tried,) = running.moment.practice.attempts
    assert tried.result is AttemptResult.LEFT_OUT
    assert [one.kind for one in running.moment.practice.troubles] == [TroubleKind.ENDED]


def _line(running: PracticeWorker) -> float:
    frame = running.moment.view.frame
    return float("nan") if frame is None else float(frame.threshold[5])


@through_brainflow
def test_a_silent_board_in_an_attempt_is_waited_for_and_it_goes_on_by_itself(
    tmp_path: Path,
) -> None:
    wanted = Asked(record_to=tmp_path, faults=Faults.parse("stall=6+2"))
    running = worker(tmp_path, wanted)
    running.start()
    try:
        until(lambda: running.stage is not None)
        running.begin("pucker")
        until(lambda: running.moment.practice.phase is BoutPhase.RISE)
        until(lambda: bool(running.moment.practice.troubles))
        silent = running.moment.practice
        assert silent.troubles[0].kind is TroubleKind.LINK
        assert (silent.phase, silent.pace, silent.bars) == (BoutPhase.WAIT, 0.0, True)
        assert silent.waiting == silent.troubles[0].sentence
        until(lambda: bool(running.moment.practice.attempts))
        until(lambda: running.moment.practice.phase is BoutPhase.REST)
        assert not running.moment.practice.over_why
    finally:
        running.stop(PATIENCE_S)
    assert running.error is None
    (tried,) = running.moment.practice.attempts
    assert tried.reason == "Nothing came from the board, so it is left out."
    stage = running.stage
    assert stage is not None
    folder = stage.session.recording.folder
    assert folder is not None
    again = follow_to_the_end(replayed_practice(open_recording(folder, Asked())))
    assert again.practice.view == replace(
        running.moment.practice, troubles=(), phase=BoutPhase.OVER
    )
