"""Recent attempts, boiled down: any line can be tried on them, and says what the session said."""

from pathlib import Path

import pytest

from host.report.attempted_levels import attempted_levels, joined
from host.report.outcomes import Verdict
from host.report.results import judged
from tests.host.session.recordings import CLOSURE, SMILE, opened

SAID = {Verdict.QUIET: True, Verdict.ALONG: False, Verdict.UNKNOWN: None}


def test_at_the_line_of_the_session_each_attempt_is_what_the_session_said(tmp_path: Path) -> None:
    recording = opened(tmp_path)
    line = recording.watch.thresholds.enter
    said: dict[str, list[bool | None]] = {}
    for one in judged(recording).attempts:
        said.setdefault(one.attempt.pattern, []).append(SAID[one.verdict])
    found = {one.pattern: one.levels for one in attempted_levels(recording)}
    assert {name: [one.succeeds(line) for one in levels] for name, levels in found.items()} == said
    assert said[SMILE][0] is False


def test_a_higher_line_lets_more_attempts_stay_quiet(tmp_path: Path) -> None:
    smiles = next(one for one in attempted_levels(opened(tmp_path)) if one.pattern == SMILE)
    assert smiles.levels[0].succeeds(smiles.levels[0].critical + 0.01)
    assert not smiles.levels[0].succeeds(smiles.levels[0].critical)


def test_sessions_are_joined_oldest_first(tmp_path: Path) -> None:
    once = attempted_levels(opened(tmp_path))
    twice = joined([once, once])
    assert len(twice[CLOSURE]) == 2 * len(next(x for x in once if x.pattern == CLOSURE).levels)


@pytest.mark.parametrize("pieces", [1, 3])
def test_it_can_be_given_up_between_two_pieces(tmp_path: Path, pieces: int) -> None:
    left = iter([True] * (pieces - 1) + [False])
    assert attempted_levels(opened(tmp_path), lambda: next(left)) == ()
