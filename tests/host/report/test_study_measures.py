"""The measures of T3 and crosstalk as tables that a window can show as they are."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import plain_montage
from calibration.patterns import Role
from host.report.outcomes import AttemptOutcome
from host.report.results import Results, judged, measuring_of
from host.report.study_measures import COLUMNS, NOT_ASKED, StudyTable, study_lines, study_measures
from tests.host.session.recordings import CHEEK_RIGHT, EYE_RIGHT, opened


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    made = opened(tmp_path_factory.mktemp("study"))
    return judged(made, measuring=measuring_of(made))


def cells(table: StudyTable, channel: int) -> dict[str, str]:
    (row,) = [one for one in table.rows if one.channel == channel]
    return dict(zip(table.columns, row.cells, strict=True))


def with_crosstalk(results: Results, seconds: float) -> Results:
    def heard(outcome: AttemptOutcome) -> AttemptOutcome:
        muscles = tuple(
            replace(one, crosstalk_s=seconds) if one.channel == EYE_RIGHT else one
            for one in outcome.muscles
        )
        return replace(outcome, muscles=muscles)

    return replace(results, attempts=tuple(map(heard, results.attempts)))


def test_t3_an_attempt_has_a_row_for_each_muscle_affected_side_first(results: Results) -> None:
    (table,) = study_measures(results, 0)
    assert table.title == "1 · gentle closed smile"
    assert [row.affected for row in table.rows] == [True, True, False, False]
    assert all(len(row.cells) == len(COLUMNS) for row in table.rows)
    eye, cheek = cells(table, EYE_RIGHT), cells(table, CHEEK_RIGHT)
    assert (eye["Muscle"], eye["Role"], cheek["Role"]) == ("Eye, right", "quiet", "target")
    # Every number that can be told has its interval (P11).
    assert " to " in eye["Of the leading muscle"]
    assert cheek["Of the leading muscle"] == NOT_ASKED


def test_p11_attempts_at_a_pattern_are_pooled(results: Results) -> None:
    smile, closure = study_measures(results)
    assert smile.title == "gentle closed smile, 2 attempts"
    assert closure.title == "gentle eye closure, 2 attempts"
    assert {row.role for row in closure.rows} == {Role.TARGET, Role.QUIET}


def test_crosstalk_that_was_taken_out_is_told(results: Results) -> None:
    (table,) = study_measures(with_crosstalk(results, 1.25), 0)
    assert cells(table, EYE_RIGHT)["Crosstalk"] == "1.2 s"
    assert "Crosstalk suspected, and taken out: Eye, right 1.2 s" in table.notes
    (quiet,) = study_measures(with_crosstalk(results, 0.05), 0)
    assert cells(quiet, EYE_RIGHT)["Crosstalk"] == NOT_ASKED
    assert not any("Crosstalk" in note for note in quiet.notes)


def test_an_attempt_is_told_in_a_few_lines(results: Results) -> None:
    lines = study_lines(results, 0)
    assert lines[0].startswith("Of the leading muscle's level: eye 0.")
    assert lines[0].endswith(")")
    assert any(line.startswith("On the right ") for line in lines)


def test_where_nothing_was_measured_nothing_is_said(results: Results, tmp_path: Path) -> None:
    bare = judged(opened(tmp_path))
    assert study_measures(bare) == study_measures(bare, 0) == ()
    plain = replace(results, montage=plain_montage(4))
    assert study_lines(plain, 0) == ()
