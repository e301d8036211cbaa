"""Attempts are measured while frames come (T3): one by one, in pieces, over gaps and to the end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.freedom import plain_freedom_hz
from calibration.measures import mean_level, synkinesis_ratio
from calibration.measures_overlap import falconer_winter, overlap, time_share
from host.chain.stream import Chunk
from host.detection.cues import Phase
from host.detection.frame import Frames
from host.report.measured import QUIETEST, Measuring, measures_of, measuring_terms
from host.report.measured_course import level_course
from host.report.measured_kept import Kept
from host.report.measured_kinds import ABOUT, AttemptMeasures, Measure
from host.report.results import judged, measuring_of
from tests.cuts import cuts
from tests.host.report.frames import HOP, RATE_HZ, frames
from tests.host.report.measured_drawn import (
    CHEEK_RIGHT,
    EYE_RIGHT,
    SECONDS,
    attempt,
    measured,
    row,
    terms,
)
from tests.host.session.recordings import opened


def pieces(parts: Sequence[Frames], points: Sequence[int]) -> Iterator[Frames]:
    """Yield the same frames, cut at these hops too."""
    for one in parts:
        inside = [point - one.first for point in points if 0 < point - one.first < len(one)]
        for begin, end in pairwise([0, *inside, len(one)]):
            made = frames(one.first + begin, one.activation[begin:end], asked=one.asked)
            yield replace(
                made,
                cue=one.cue,
                calibrated=one.calibrated,
                power_uv2=one.power_uv2[begin:end],
                certainty=replace(made.certainty, reference=one.certainty.reference),
            )


def same(first: Sequence[AttemptMeasures], second: Sequence[AttemptMeasures]) -> bool:
    """Tell whether measures are equal, where nan is nan."""
    return repr(tuple(first)) == repr(tuple(second))


@settings(deadline=None, max_examples=25)
@given(cuts(2400))
def test_measures_do_not_depend_on_the_cut(points: list[int]) -> None:
    parts = attempt()
    assert same(measures_of(pieces(parts, points), terms()), measures_of(parts, terms()))


def test_frames_one_by_one_give_the_same_as_in_pieces() -> None:
    parts = attempt()
    live = Measuring(terms())
    for one in parts:
        for frame in one:
            live.push_frame(frame)
    live.close()
    assert same(live.attempts, measures_of(parts, terms()))


def test_a_recording_measures_the_same_however_it_is_read(tmp_path: Path) -> None:
    made = opened(tmp_path)
    results = judged(made, measuring=measuring_of(made))
    monitor, again = made.monitor(), measuring_of(made)
    for span in made.recorded.spans:
        for start in range(span.start, span.stop, 333):
            stop = min(start + 333, span.stop)
            for one in monitor.advance(Chunk(start, made.recorded.samples(start, stop))):
                again.push(one)
    again.close(monitor.close().attempts)
    assert same(again.attempts, results.measures)


def test_attempts_have_the_numbers_starts_and_patterns_of_the_outcomes(tmp_path: Path) -> None:
    made = opened(tmp_path)
    results = judged(made, measuring=measuring_of(made))
    assert [(one.number, one.start, one.pattern) for one in results.measures] == [
        (one.attempt.number, one.attempt.start, one.attempt.pattern) for one in results.attempts
    ]
    assert judged(made).measures == ()


def test_t3_every_row_of_the_table_is_there_and_says_what_it_is(tmp_path: Path) -> None:
    made = opened(tmp_path)
    found = judged(made, measuring=measuring_of(made)).measures
    for one in found:
        assert {each.measure for each in one.rows} == set(Measure)
    assert set(ABOUT) == set(Measure)
    assert all(about.what and about.citation.startswith("T3") for about in ABOUT.values())


def test_t3_rows_are_those_of_calibration_measures() -> None:
    parts = attempt()
    (found,) = measures_of(parts, terms())
    own = terms()
    hold = parts[2].start, parts[2].stop
    span = parts[1].start - round(1.5 * RATE_HZ), parts[3].start + round(11.5 * RATE_HZ)
    leaks = own.leaks.beside(own.driven(parts[0].asked))
    unmeasured = own.unmeasured(parts[0].asked)
    course = level_course([Kept.of(one) for one in parts], span, own.sure, leaks, unmeasured)
    eye, cheek = (course.trace(column, *hold) for column in (EYE_RIGHT, CHEEK_RIGHT))
    line = float(own.lines[EYE_RIGHT])
    direct = {
        Measure.ACTIVATION: mean_level(eye),
        Measure.RATIO: synkinesis_ratio(eye, cheek),
        Measure.SHAPE: falconer_winter(eye, cheek),
        Measure.AMOUNT: overlap(eye, cheek),
        Measure.TIME: time_share(eye, cheek, line, line),
    }
    for measure, expected in direct.items():
        assert row(found, measure, "OOC").measured == expected


def test_a_second_attempt_begins_where_the_first_is_over_and_nothing_is_kept_of_that() -> None:
    first = attempt()
    second = attempt((0.04, 0.9, 0.6, 0.8), first=first[-1].first + len(first[-1]))
    whole = measured(first, second)
    assert [one.number for one in whole] == [1, 2]
    ratios = [row(one, Measure.RATIO, "OOC").measured.value for one in whole]
    assert ratios == pytest.approx([0.25, 0.75], abs=1e-9)
    assert same(whole[:1], measured(first))


def test_free_movement_ends_an_attempt() -> None:
    parts = attempt(seconds={**SECONDS, Phase.RELEASE: 1.0})
    free = replace(parts[0].cue, start=parts[-1].stop, phase=Phase.FREE)
    later = replace(frames(parts[-1].first + len(parts[-1]), np.zeros((50, 4))), cue=free)
    live = Measuring(terms())
    for one in parts:
        live.push(one)
    assert not live.attempts
    live.push(later)
    assert len(live.attempts) == 1


def test_of_an_attempt_without_an_end_only_so_much_is_kept() -> None:
    parts = attempt(seconds={**SECONDS, Phase.RELEASE: 400.0})
    live = Measuring(terms())
    for one in pieces(parts, range(0, 60_000, 100)):
        live.push(one)
    assert sum(len(kept.power_uv2.powers) for kept in live._kept) < 25 * RATE_HZ / HOP
    live.close()
    assert same(live.attempts, measured(attempt()))


def test_the_terms_know_the_hop_and_the_rest_thresholds_of_a_session(tmp_path: Path) -> None:
    made = opened(tmp_path)
    watch = replace(made.watch, floors=(0.0, 0.2, 0.0, 0.05))
    own = measuring_terms(watch, made.recorded.stream, made.affected)
    assert own.hop == made.monitor().hop
    assert own.lines.tolist() == [0.1, 0.2, 0.1, 0.05]
    # Nobody has calibrated: rest is that of the two quietest of ten seconds.
    second = sqrt(2.0 / plain_freedom_hz(made.recorded.stream.rate_hz))
    assert own.sure.rest.tolist() == [pytest.approx(QUIETEST * second)] * 4
    assert not own.unmixed
    assert not own.leaks.share.any()
