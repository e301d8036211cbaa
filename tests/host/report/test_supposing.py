"""Judging by other terms in the background; only the newest count."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from host.detection.cocontraction import Thresholds
from host.errors import RecordingError
from host.report.comparison import compare
from host.report.results import Results, judged
from host.report.supposing import Supposing
from host.session.judging import WhatIf
from host.session.opened import Opened
from tests.host.report.test_study import cut
from tests.host.session.recordings import opened

HIGHER = WhatIf(thresholds=Thresholds(enter=0.6, leave=0.5))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return opened(tmp_path_factory.mktemp("supposed"))


@pytest.fixture(scope="module")
def before(made: Opened) -> Results:
    return judged(made)


@pytest.fixture
def supposing(made: Opened) -> Iterator[Supposing]:
    supposing = Supposing(made)
    supposing.start()
    yield supposing
    supposing.close()


def until(supposing: Supposing, condition: Callable[[], bool]) -> None:
    for _ in range(20_000):
        if condition() or supposing.error is not None:
            break
        supposing._thread.join(0.0005)
    assert condition()


def test_it_compares_with_the_judgement_of_the_session(
    supposing: Supposing, made: Opened, before: Results
) -> None:
    supposing.before = before
    supposing.suppose(HIGHER)
    assert supposing.busy
    until(supposing, lambda: not supposing.busy)
    found = supposing.comparison
    assert found is not None
    wanted = compare(before, judged(HIGHER.applied(made)))
    assert (found.sentence, found.attempts) == (wanted.sentence, wanted.attempts)
    assert found.before is before


def test_it_waits_for_the_judgement_of_the_session(supposing: Supposing, before: Results) -> None:
    supposing.suppose(HIGHER)
    supposing._thread.join(0.01)
    assert supposing.comparison is None
    supposing.before = before
    until(supposing, lambda: supposing.comparison is not None)


def test_only_the_newest_terms_count(supposing: Supposing, before: Results) -> None:
    supposing.before = before
    for number in range(30):
        supposing.suppose(WhatIf(gentle_uv=5.0 + number))
    supposing.suppose(HIGHER)
    until(supposing, lambda: not supposing.busy)
    assert supposing.terms is HIGHER
    assert supposing.comparison is not None
    assert supposing.comparison.after.watch.thresholds == HIGHER.thresholds


def test_empty_terms_take_the_comparison_away(supposing: Supposing, before: Results) -> None:
    supposing.before = before
    supposing.suppose(HIGHER)
    until(supposing, lambda: not supposing.busy)
    supposing.suppose(WhatIf())
    assert supposing.comparison is None
    assert not supposing.busy


def test_it_can_be_closed_while_it_judges(made: Opened, before: Results) -> None:
    supposing = Supposing(made)
    supposing.before = before
    supposing.start()
    supposing.suppose(HIGHER)
    supposing.close()
    assert supposing.error is None


def test_one_that_was_never_started_can_be_closed(made: Opened) -> None:
    Supposing(made).close()


def test_what_goes_wrong_is_kept_for_the_window(tmp_path: Path, before: Results) -> None:
    supposing = Supposing(cut(opened(tmp_path)))
    supposing.before = before
    supposing.start()
    supposing.suppose(HIGHER)
    until(supposing, lambda: supposing.error is not None)
    assert isinstance(supposing.error, RecordingError)
    supposing.close()
