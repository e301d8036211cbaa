"""What came of a calibration, in words and digits."""

from dataclasses import replace
from math import nan
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calibration.freedom import shown_step
from calibration.leakage import unknown_leakage
from calibration.muscles import Side
from host.feedback.calibrating.moment import Concluded
from host.feedback.calibrating.state import (
    NO_LEAK,
    UNKNOWN,
    interval_written,
    result_state,
    short_path,
    written,
)
from tests.host.feedback.calibrating.moments import WEAK
from tests.host.feedback.calibrating.profiles import RATE_HZ, profile

SAVED = Path("/data/profiles/P01/first.json")


@given(
    level=st.floats(0.01, 900.0),
    below=st.floats(0.001, 0.9),
    above=st.floats(0.001, 3.0),
)
def test_an_interval_is_never_written_narrower_than_it_is(
    level: float, below: float, above: float
) -> None:
    low, high = level * (1.0 - below), level * (1.0 + above)
    ends = interval_written(low, high).split(" to ")
    assert float(ends[0]) <= low * (1.0 + 1e-6)
    assert float(ends[1]) >= high * (1.0 - 1e-6)


@given(level=st.floats(0.01, 900.0), spread=st.floats(0.001, 0.9))
def test_a_level_is_written_in_steps_that_its_interval_allows_p11(
    level: float, spread: float
) -> None:
    low, high = level * (1.0 - spread), level * (1.0 + spread)
    step = shown_step(low, high)
    assume(step > 0.0)
    told = float(written(level, low, high))
    assert abs(told - level) <= 0.51 * step
    assert abs(told / step - round(told / step)) < 1e-6


@pytest.mark.parametrize(
    ("level", "low", "high", "said"),
    [
        (16.66, 14.86, 18.68, "17"),
        (1.2345, 1.2, 1.27, "1.24"),
        (8.0, 5.6, 10.4, "8"),
        (123.0, 80.0, 170.0, "100"),
    ],
)
def test_known_levels_are_written_so(level: float, low: float, high: float, said: str) -> None:
    assert written(level, low, high) == said


def test_what_is_unknown_is_a_dash_and_never_nought() -> None:
    assert written(None, 0.0, 0.0) == UNKNOWN
    assert written(3.0, nan, nan) == UNKNOWN
    assert interval_written(0.0, 0.0) == UNKNOWN


def test_the_affected_side_comes_first_then_from_forehead_to_neck() -> None:
    result = result_state(Concluded(profile=profile(), path=SAVED), Side.RIGHT)
    assert [(one.side, one.name) for one in result.channels] == [
        (Side.RIGHT, "Eye"),
        (Side.RIGHT, "Cheek"),
        (Side.LEFT, "Eye"),
        (Side.LEFT, "Cheek"),
    ]
    unknown = result_state(Concluded(profile=profile(), path=SAVED))
    assert [one.side for one in unknown.channels][:1] == [Side.LEFT]


def test_a_channel_is_told_with_all_that_is_known_of_it() -> None:
    result = result_state(Concluded(profile=profile(), path=SAVED), Side.LEFT)
    eye = result.channels[0]
    assert (eye.reference, eye.interval, eye.estimator) == ("12", "11 to 14", "whitened")
    assert (eye.noise, eye.rest) == ("0.82", "1.25")
    assert (eye.quiet_line, eye.effort_line) == ("25 %", "150 %")
    assert not eye.missing


def test_a_channel_without_a_reference_claims_nothing() -> None:
    result = result_state(Concluded(profile=profile(), path=SAVED), Side.RIGHT)
    cheek = result.channels[1]
    assert cheek.missing
    told = (cheek.reference, cheek.interval, cheek.rest, cheek.quiet_line, cheek.estimator)
    assert set(told) == {UNKNOWN}
    assert result.plain == ("Cheek, right: effort is too weak.",)
    assert "repeat its step" in result.lines[1].reason
    assert result.lines[1].level == UNKNOWN


def test_each_line_has_its_reason() -> None:
    result = result_state(Concluded(profile=profile(), path=SAVED), Side.LEFT)
    line = result.lines[0]
    assert (line.share, line.level) == ("25 %", "3.0 µV")
    assert line.reason.startswith("To begin with")


def test_a_line_that_was_carried_over_says_so() -> None:
    carried = profile()
    first = replace(carried.channels[0], quiet_threshold=0.4)
    carried = replace(carried, channels=(first, *carried.channels[1:]))
    result = result_state(Concluded(profile=carried, path=SAVED), Side.LEFT)
    assert result.lines[0].reason == "As in the profile that was carried over."


def test_findings_come_with_their_advice() -> None:
    (one,) = result_state(Concluded(profile=profile(), path=SAVED)).findings
    assert (one.sentence, one.advice) == (WEAK.sentence, WEAK.advice)


def test_what_leaks_is_told_also_that_nothing_does_or_nobody_measured_it() -> None:
    unmeasured = result_state(Concluded(profile=profile(), path=SAVED))
    assert unmeasured.leaks == ("It was not measured.",)
    quiet = replace(profile(), leakage=unknown_leakage(4, RATE_HZ))
    assert result_state(Concluded(profile=quiet, path=SAVED)).leaks == (NO_LEAK,)


def test_it_says_where_the_profile_is_or_why_it_is_nowhere() -> None:
    saved = result_state(Concluded(profile=profile(), path=SAVED))
    assert (saved.sentence, saved.good) == (f"Saved as {SAVED}", True)
    unsaved = result_state(Concluded(profile=profile(), sentence="The disk is full."))
    assert (unsaved.sentence, unsaved.good) == ("The disk is full.", False)
    none = result_state(Concluded(sentence="Nothing was recorded.", remarks=("More noise.",)))
    assert (none.sentence, none.channels, none.remarks) == (
        "Nothing was recorded.",
        (),
        ("More noise.",),
    )


def test_a_path_in_the_home_folder_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/somebody"))
    assert short_path(Path("/home/somebody/data/a.json")) == str(Path("~/data/a.json"))
    assert short_path(Path("/elsewhere/a.json")) == str(Path("/elsewhere/a.json"))
    assert short_path(None) == UNKNOWN


def test_levels_at_rest_are_told_without_models_too() -> None:
    plain = replace(profile(), models=())
    result = result_state(Concluded(profile=plain, path=SAVED), Side.LEFT)
    assert result.channels[0].rest != UNKNOWN
    assert result.channels[0].estimator == UNKNOWN
    assert result.plain == ()
