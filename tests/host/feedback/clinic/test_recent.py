"""A patient's recent attempts are found in a thread, and what cannot be read hides nothing."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from host.feedback.clinic.recent import Recent
from host.session.asked import Asked
from host.session.setup import patient_session


def recorded(root: Path, seconds: float = 45.0) -> Path:
    """Record the simulated patient for a while; return the session's folder."""
    asked = Asked(watched=False, through_board=False, record_to=root)
    asked = replace(asked, pattern="pucker", seconds=seconds)
    with ExitStack() as stack:
        session = patient_session(asked)(stack).session
        while not session.over:
            session.step(0.0)
    return next(root.iterdir())


def test_attempts_of_the_last_sessions_are_known_by_pattern(tmp_path: Path) -> None:
    folder = recorded(tmp_path / "sessions")
    recent = Recent((tmp_path / "gone", folder))
    recent.start()
    recent.wait()
    assert recent.error is None
    assert len(recent.of("pucker")) > 1
    assert recent.of("frown") == ()
    assert not recent.busy


def test_who_gives_up_waits_for_nothing_and_knows_nothing(tmp_path: Path) -> None:
    recent = Recent((recorded(tmp_path / "sessions", 8.0),))
    recent.give_up()
    recent.start()
    recent.wait()
    assert recent.of("pucker") == ()
    assert recent.error is None
