"""What the review shows, decided without Qt."""

from pathlib import Path

import pytest

from host.detection.cocontraction import Thresholds
from host.feedback.review import state
from host.feedback.review.showing import Showing
from host.recording.events import Marker
from host.report.comparison import Comparison, compare
from host.report.outcomes import Verdict
from host.report.results import Results, judged
from host.report.supposing import Supposing
from host.session.judging import WhatIf
from host.session.opened import Opened
from tests.host.session.recordings import RATE, STOP, opened, plain

HIGHER = WhatIf(thresholds=Thresholds(enter=0.6, leave=0.5))
STARTS = tuple((8 * number + 2) * RATE for number in range(4))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return opened(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def results(made: Opened) -> Results:
    return judged(made)


@pytest.fixture(scope="module")
def comparison(made: Opened, results: Results) -> Comparison:
    return compare(results, judged(HIGHER.applied(made)))


def test_attempts_are_in_their_lane_before_they_are_judged(made: Opened, results: Results) -> None:
    before, after = state.marks(made, None), state.marks(made, results)
    assert [mark.verdict for mark in before] == [None] * 4
    assert [mark.verdict for mark in after] == [
        Verdict.ALONG,
        Verdict.QUIET,
        Verdict.QUIET,
        Verdict.UNKNOWN,
    ]
    assert [(mark.start, mark.stop, mark.name) for mark in before] == [
        (mark.start, mark.stop, mark.name) for mark in after
    ]
    assert before[0].name == "1 gentle closed smile"


def test_under_other_terms_what_changes_stands_out(comparison: Comparison) -> None:
    marks = state.second_marks(comparison)
    assert [mark.changed for mark in marks] == [True, False, False, False]
    assert marks[0].verdict is Verdict.QUIET


def test_the_arrow_keys_go_from_attempt_to_attempt(made: Opened, results: Results) -> None:
    stops = state.stops(made, results)
    assert stops == STARTS == state.stops(made, None)
    assert state.next_stop(stops, 0, 1) == STARTS[0]
    assert state.next_stop(stops, STARTS[0], 1) == STARTS[1]
    assert state.next_stop(stops, STARTS[1] + 5, -1) == STARTS[1]
    assert state.next_stop(stops, STARTS[1], -1) == STARTS[0]
    assert state.next_stop(stops, STARTS[0], -1) is None
    assert state.next_stop(stops, STOP, 1) is None
    assert state.next_stop((), 5, 1) is None


def test_without_attempts_they_go_from_episode_to_episode(tmp_path: Path) -> None:
    made = plain(tmp_path)
    assert state.stops(made, None) == ()
    (stop,) = state.stops(made, judged(made))
    assert stop == pytest.approx(5 * RATE, abs=50)


def test_the_card_speaks_of_the_attempt_under_the_cursor(results: Results) -> None:
    assert state.card_words(None, 5) == ("", "Being judged …")
    assert state.card_words(results, 4 * RATE)[:2] == (
        "1 · gentle closed smile",
        "Eye came along.",
    )
    assert state.card_words(results, RATE)[0] == "Between attempts"
    assert state.place_of(results, STARTS[0] - 1) is None
    assert state.place_of(results, STOP) is None


def test_without_attempts_the_card_counts(tmp_path: Path) -> None:
    made = plain(tmp_path)
    assert state.card_words(judged(made), 0) == (
        "No attempts were cued",
        "1 time a muscle came along.",
    )
    quiet = judged(WhatIf(thresholds=Thresholds(enter=9, leave=9)).applied(made))
    assert state.card_words(quiet, 0)[1] == "Nothing came along."


def test_notes_about_the_cursor_nearest_first() -> None:
    notes = tuple(Marker(sample=at, text=text) for at, text in ((0, "far"), (900, "b"), (980, "")))
    assert state.near_notes(notes, 1000, 250.0) == ("marker", "b")
    assert state.near_notes(notes, 4000, 250.0) == ()


def test_what_holds_is_not_made_anew(
    made: Opened, results: Results, comparison: Comparison
) -> None:
    showing = Showing(made, (Marker(sample=7, text="x"),))
    supposing = Supposing(made)
    assert showing.second(supposing) == (None, ())
    supposing.terms = HIGHER
    # Being judged: no result of other terms stands there.
    assert showing.second(supposing) == (showing.lane, ())
    showing.take(results)
    supposing.comparison = comparison
    first, second = showing.second(supposing), showing.second(supposing)
    assert first[0] is second[0]
    assert first[1] is comparison.after.episodes
    before = showing.note_places
    showing.add(Marker(sample=9, text="y"))
    assert (before, showing.note_places) == (((7, "x"),), ((7, "x"), (9, "y")))
    assert showing.episodes is results.episodes
