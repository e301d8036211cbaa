"""Tables of results: one row for everything that was judged, and nothing made up where unknown."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from host.chain.quality import Quality
from host.chain.stream import FloatArray
from host.detection.frame import Frames
from host.report.export import events_of
from host.report.levels_table import LevelRows, levels_table
from host.report.results import Results, judged
from host.report.tables import (
    ATTEMPTS,
    EPISODES,
    EVENTS,
    Cell,
    Column,
    Row,
    Table,
    attempt_rows,
    episode_rows,
    event_rows,
)
from host.session.asked import Asked
from host.session.judging import Judging
from host.session.opened import Opened, open_recording
from host.session.setup import patient_session
from tests.host.recording.bids.sessions import GAP, RATE_HZ, STOP, write_session


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Return a session of the simulated patient with two whole attempts."""
    root = tmp_path_factory.mktemp("sessions")
    asked = Asked(seconds=32.0, watched=False, through_board=False, record_to=root)
    with ExitStack() as stack:
        session = patient_session(asked)(stack).session
        while not session.over:
            session.step(0.05)
    (folder,) = root.iterdir()
    return open_recording(folder, Asked())


@pytest.fixture(scope="module")
def results(simulated: Opened) -> Results:
    return judged(simulated)


@pytest.fixture
def gappy(tmp_path: Path) -> Opened:
    return open_recording(write_session(tmp_path / "rec"), Asked())


def named(table: Table, rows: list[Row]) -> list[dict[str, Cell]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.cells(rows)]


def level_rows(opened: Opened, pieces: list[Frames]) -> list[Row]:
    stream = opened.recorded.stream
    maker = LevelRows(len(stream.channels), opened.stop, stream.rate_hz)
    rows = [row for frames in pieces for row in maker.push(frames)]
    return [*rows, *maker.close()]


def test_t3_there_is_a_row_for_each_muscle_in_each_attempt(
    simulated: Opened, results: Results
) -> None:
    rows = named(ATTEMPTS, list(attempt_rows(simulated, results)))
    assert len(rows) == 8 * len(results.attempts)
    first = [row for row in rows if row["number"] == 1]
    assert {row["pattern"] for row in first} == {"gentle closed smile"}
    assert (first[0]["start_s"], first[0]["hold_start_s"], first[0]["hold_stop_s"]) == (4, 5.5, 9)
    outcome = results.attempts[0]
    for row, one in zip(first, outcome.muscles, strict=True):
        site = results.montage.sites[one.channel]
        assert site.side is not None
        assert (row["muscle"], row["side"]) == (site.muscle, site.side.value)
        assert row["affected"] is (site.side is simulated.affected)
        assert row["verdict"] == outcome.verdict.value
        assert row["role"] == one.role.value
        assert row["episodes"] == one.episodes
        assert row["hold_mean"] == pytest.approx(one.hold_mean, abs=1e-4)


def test_episodes_have_times_side_and_the_attempt_that_they_began_in(
    simulated: Opened, results: Results
) -> None:
    rows = named(EPISODES, list(episode_rows(simulated, results)))
    assert len(rows) == len(results.episodes) > 0
    assert [row["start_s"] for row in rows] == sorted(
        episode.start / RATE_HZ for episode in results.episodes
    )
    for row, episode in zip(rows, results.episodes, strict=True):
        held = [
            one.attempt.number
            for one in results.attempts
            if one.attempt.start <= episode.start < one.attempt.stop
        ]
        assert not held or row["attempt"] == held[0]
        assert row["cut"] is episode.cut
        assert row["with_blink"] is episode.with_blink


def test_levels_are_ten_rows_a_second_with_the_largest_of_each_tenth(simulated: Opened) -> None:
    pieces = list(Judging(simulated))
    rows = level_rows(simulated, pieces)
    assert [row[0] for row in rows] == [tenth / 10 for tenth in range(320)]
    highest: FloatArray = np.full((320, 8), np.nan)
    for frames in pieces:
        for row, start in enumerate(range(frames.start, frames.stop, frames.hop)):
            tenth = start * 10 // 250
            highest[tenth] = np.fmax(highest[tenth], frames.rms_uv[row])
    found = np.array([row[1::4] for row in rows], dtype=np.float64)
    np.testing.assert_array_equal(found, highest)


def test_levels_do_not_depend_on_the_pieces_in_which_frames_come(simulated: Opened) -> None:
    whole = level_rows(simulated, list(Judging(simulated, step_s=5.0)))
    assert level_rows(simulated, list(Judging(simulated, step_s=0.03))) == whole


def test_unknown_is_never_quiet_its_levels_are_empty_and_its_quality_says_why(
    gappy: Opened,
) -> None:
    table = levels_table(gappy)
    rows = named(table, level_rows(gappy, list(Judging(gappy))))
    assert len(rows) == -(-STOP * 10 // 250)
    usable = {code.name.lower() for code in Quality if code.usable}
    for row in rows:
        for name in gappy.recorded.stream.channels:
            known = row[f"{name}_uv"] is not None
            assert known or row[f"{name}_quality"] not in usable
    inside = [row for row in rows if GAP[0] + 25 <= float(row["time_s"] or 0) * 250 < GAP[1] - 25]
    assert len(inside) >= 2
    for row in inside:
        assert row["ch1_uv"] is None
        assert row["ch1_activation"] is None
        assert row["ch1_quality"] == "gap"


def test_a_gap_in_which_there_are_no_frames_at_all_still_has_its_rows(gappy: Opened) -> None:
    pieces = list(Judging(gappy))
    rows = level_rows(gappy, [*pieces[:1], *pieces[-1:]])
    assert [row[0] for row in rows] == [tenth / 10 for tenth in range(81)]
    assert (None, None, None, "gap") in [row[1:5] for row in rows]


def test_every_event_has_a_row_with_time_type_and_text(gappy: Opened) -> None:
    events = events_of(gappy)
    rows = named(EVENTS, list(event_rows(events, RATE_HZ)))
    assert len(rows) == len(events)
    assert [row["sample"] for row in rows] == sorted(event.sample for event in events)
    said = {(row["type"], row["sample"]): row for row in rows}
    assert said["cue", 750]["text"] == "gentle closed smile: hold"
    assert said["cue", 750]["time_s"] == 3.0
    assert said["touch", 1200]["text"] == "on OOC"
    assert said["touch", 1450]["text"] == "off"
    assert said["marker", 1500]["text"] == "coughed once — ärger"
    assert said["marker", 1500]["duration_s"] == 0.1
    assert said["gap", GAP[0]]["duration_s"] == (GAP[1] - GAP[0]) / RATE_HZ
    assert said["quality", 250]["text"] == "good good good loose"
    assert "0.3 for 0.1 s begins" in str(said["adjusted", 1600]["text"])


@pytest.mark.parametrize(
    ("value", "cell"),
    [(float("nan"), None), (None, None), (0.12345678, 0.1235), (3, 3.0), (np.float64(2.0), 2.0)],
)
def test_numbers_that_are_not_known_are_empty_and_others_claim_four_decimals(
    value: Cell, cell: Cell
) -> None:
    assert Column(name="x", type="number", about="").cell(value) == cell


def test_p2_no_column_speaks_of_workouts() -> None:
    words = " ".join(
        f"{column.name} {column.about}"
        for table in (ATTEMPTS, EPISODES, EVENTS)
        for column in table.columns
    ).lower()
    assert not {"exercise", "workout", "rep ", "score", "points"} & set(words.split())
