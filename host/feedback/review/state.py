"""What the review window shows, decided without Qt: marks, notes, the words about an attempt."""

from bisect import bisect_right

from host.detection.attempts import Attempt, attempts_in
from host.feedback.review.lanes import Mark
from host.recording.events import Marker
from host.report.attempt_words import attempt_words
from host.report.comparison import Comparison
from host.report.results import Results
from host.report.study_measures import study_lines
from host.session.opened import Opened
from host.translation import tr


def marks(opened: Opened, results: Results | None) -> tuple[Mark, ...]:
    """Return the attempts of a recording; with results, what became of each."""
    if results is None:
        return tuple(_mark(attempt) for attempt in attempts_in(opened.cues, opened.stop))
    return tuple(
        Mark(
            start=one.attempt.start,
            stop=one.attempt.stop,
            name=_name(one.attempt),
            verdict=one.verdict,
        )
        for one in results.attempts
    )


def second_marks(comparison: Comparison) -> tuple[Mark, ...]:
    """Return the attempts under other terms; those that are judged differently stand out."""
    return tuple(
        Mark(
            start=one.after.attempt.start,
            stop=one.after.attempt.stop,
            name=_name(one.after.attempt),
            verdict=one.after.verdict,
            changed=one.changed,
        )
        for one in comparison.attempts
    )


def stops(opened: Opened, results: Results | None) -> tuple[int, ...]:
    """Return where the arrow keys stop: at attempts; where there are none, at episodes."""
    attempts = attempts_in(opened.cues, opened.stop)
    if attempts:
        return tuple(attempt.start for attempt in attempts)
    episodes = () if results is None else results.episodes
    return tuple(dict.fromkeys(episode.start for episode in episodes))


def next_stop(places: tuple[int, ...], sample: int, step: int) -> int | None:
    """Return the stop after (or before) a sample; None where there is none."""
    if step > 0:
        later = [place for place in places if place > sample]
        return later[0] if later else None
    earlier = [place for place in places if place < sample]
    return earlier[-1] if earlier else None


def place_of(results: Results, sample: int) -> int | None:
    """Return the place of the attempt that a sample lies in."""
    starts = [one.attempt.start for one in results.attempts]
    place = bisect_right(starts, sample) - 1
    if place < 0 or sample >= results.attempts[place].attempt.stop:
        return None
    return place


def card_words(results: Results | None, sample: int) -> tuple[str, ...]:
    """Return what is to be said of the moment under the cursor: a title, then lines."""
    if results is None:
        return ("", tr("Being judged …"))
    place = place_of(results, sample)
    if place is not None:
        words = attempt_words(results.attempts[place], results)
        return (*words, *study_lines(results, place))
    if results.attempts:
        return (tr("Between attempts"), tr("The arrow keys go from attempt to attempt."))
    count = len(results.episodes)
    return (tr("No attempts were cued"), _came_along(count))


def _came_along(count: int) -> str:
    if count < 2:
        return tr("1 time a muscle came along.") if count else tr("Nothing came along.")
    return tr("{} times a muscle came along.").format(count)


def near_notes(
    notes: tuple[Marker, ...], sample: int, rate_hz: float, within_s: float = 2.0
) -> tuple[str, ...]:
    """Return the notes about a sample, nearest first."""
    near = [note for note in notes if abs(note.sample - sample) <= within_s * rate_hz]
    near.sort(key=lambda note: abs(note.sample - sample))
    return tuple(note.text or tr("marker") for note in near)


def _name(attempt: Attempt) -> str:
    return f"{attempt.number} {tr(attempt.pattern)}"


def _mark(attempt: Attempt) -> Mark:
    return Mark(start=attempt.start, stop=attempt.stop, name=_name(attempt))
