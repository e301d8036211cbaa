"""Practice with the simulated patient: measured while it runs, and the same from its recording."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from host.clinic.edition import Edition
from host.clinic.plan import FeedbackMode
from host.errors import SettingsError
from host.report.bout_practised import Practised, practised
from host.report.bout_report import Stayed, bout_report
from host.report.bout_words import bout_lines
from host.session.asked import Asked
from host.session.opened import open_session
from host.session.practising.building import Appointed, practice_session
from host.session.practising.unattended import BoutWish, practise_unattended
from tests.host.clinic import people
from tests.host.session.recordings import opened

SAVED = Edition(number=1, saved="2026-11-25T09:00:00+00:00", by="T07")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """One short bout, as it was while it ran and as it is replayed."""

    practised: Practised


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("practice")
    plan = replace(people.plan("pucker"), edition=SAVED, bout_s=30.0)
    asked = Asked(watched=False, through_board=False, record_to=folder)
    who = Appointed(patient=people.patient(), plan=plan, today=people.TODAY)
    stage = practise_unattended(
        practice_session(asked, who),
        [BoutWish(pattern="pucker", mode=FeedbackMode.FEEL_FIRST)],
    )
    made = stage.session.recording.folder
    assert made is not None
    found = practised(open_session(made, Asked()))
    assert found.tried == stage.practice.attempts
    return Run(practised=found)


def test_a_bout_has_its_attempts_their_answers_and_their_measures(run: Run) -> None:
    made = run.practised
    assert made.bouts == (1,)
    assert len(made.measured(made.bout(1))) == len(made.bout(1)) >= 2
    assert all(one.agreement is not None for one in made.bout(1))


def test_p14_its_report_names_who_came_along(run: Run) -> None:
    report = bout_report(run.practised, 1)
    # A moderately affected person's eye and neck come along with a pucker.
    assert {"OOC", "PLA"} <= {one.muscle for one in report.judged(Stayed.ALONG)}
    assert report.felt.answers == len(report.attempts)
    assert bout_lines(report)[0].startswith("Bout 1: pucker")


def test_a_recording_without_bouts_is_no_practice(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nobody practised in bouts"):
        practised(opened(tmp_path))
