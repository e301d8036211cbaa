"""The results of judging a recording once."""

from dataclasses import replace
from pathlib import Path

import pytest

from host.detection.frame import Frames
from host.report.outcomes import Verdict
from host.report.results import judged
from tests.host.session.recordings import EYE_RIGHT, RATE, SMILE, judged_at_once, opened, plain


def test_every_attempt_has_its_outcome(tmp_path: Path) -> None:
    results = judged(opened(tmp_path))
    verdicts = [one.verdict for one in results.attempts]
    assert verdicts == [Verdict.ALONG, Verdict.QUIET, Verdict.QUIET, Verdict.UNKNOWN]
    assert [one.attempt.start for one in results.attempts] == [
        2 * RATE + 8 * k * RATE for k in range(4)
    ]


def test_episodes_are_those_of_the_session_in_order_of_their_start(tmp_path: Path) -> None:
    made = opened(tmp_path)
    results = judged(made)
    ended = [episode for frame in judged_at_once(made) for episode in frame.ended]
    assert set(results.episodes) == set(ended)
    starts = [episode.start for episode in results.episodes]
    assert starts == sorted(starts)
    first = next(one for one in results.episodes if one.channel == EYE_RIGHT)
    assert first.pattern == SMILE
    assert first.start == pytest.approx(4 * RATE, abs=60)


def test_what_goes_on_at_the_end_is_among_them(tmp_path: Path) -> None:
    made = opened(tmp_path)
    # Nobody asked for anything else: the closure of the last attempt is one of a rest.
    cues = (replace(made.cues[0], pattern="gentle closed smile"),)
    raw = made.recorded
    short = replace(made, cues=cues, recorded=replace(raw, runs=(raw.runs[0],)))  # type: ignore[type-var, attr-defined]
    assert any(episode.cut and episode.stop >= short.stop - 2 for episode in judged(short).episodes)


def test_somebody_may_watch_all_frames(tmp_path: Path) -> None:
    made, seen = opened(tmp_path), list[Frames]()
    judged(made, seen.append)
    assert sum(map(len, seen)) == len(judged_at_once(made))


def test_a_recording_without_cues_has_episodes_and_no_attempts(tmp_path: Path) -> None:
    results = judged(plain(tmp_path))
    assert results.attempts == ()
    assert {episode.channel for episode in results.episodes} == {0}
