"""A quiet line over a person's own recent attempts (P14, T4)."""

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from calibration.attempts import AttemptLevels
from host.clinic.plan import PlannedPattern
from host.feedback.clinic.line_form import LIMITS, LineForm
from host.feedback.clinic.line_state import SHOWN, LineState, line_state
from host.feedback.theme import LIGHT

PLANNED = PlannedPattern(name="pucker", line=0.25)


def levels(*criticals: float) -> tuple[AttemptLevels, ...]:
    return tuple(AttemptLevels(critical=one) for one in criticals)


def test_attempts_are_counted_by_the_line_and_unknown_is_never_quiet() -> None:
    unknown = AttemptLevels(critical=0.1, known=False)
    state = line_state(PLANNED, (*levels(0.1, 0.2, 0.4), unknown), 0.05, limits=LIMITS)
    assert [dot.quiet for dot in state.dots] == [True, True, False, None]
    assert state.said.startswith("2 of the last 3 attempts would have stayed quiet.")
    assert "1 are not known" in state.said


def test_without_attempts_nothing_is_proposed() -> None:
    state = line_state(PLANNED, (), 0.05, limits=LIMITS)
    assert state.proposed is None
    assert "No attempts" in state.said
    assert "Looking" in line_state(PLANNED, (), 0.05, limits=LIMITS, busy=True).said


def test_too_high_a_line_is_proposed_lower_with_its_reason() -> None:
    state = line_state(PLANNED, levels(*[0.1] * 10), 0.05, limits=LIMITS)
    assert state.proposed is not None
    assert state.proposed < PLANNED.line
    assert state.reason.startswith("Dashed, at 10%: ")


def test_only_the_last_attempts_are_drawn() -> None:
    state = line_state(PLANNED, levels(*[0.1] * (SHOWN + 5)), 0.05, limits=LIMITS)
    assert len(state.dots) == SHOWN


def test_a_scale_that_shows_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="least < most"):
        LineState(least=1.0, most=1.0)


def test_the_form_speaks_a_share_and_takes_what_is_proposed(qtbot: QtBot) -> None:
    form = LineForm()
    qtbot.addWidget(form)
    form.dress(LIGHT, 16)
    form.setValue(0.3)
    assert form.value() == pytest.approx(0.3)
    form.state = line_state(PLANNED, levels(*[0.1] * 10), 0.05, limits=LIMITS)
    with qtbot.waitSignal(form.valueChanged):
        form.take.click()
    assert form.value() == pytest.approx(form.state.proposed, abs=0.01)


def test_attempts_stand_in_line_with_the_slider(qtbot: QtBot) -> None:
    form = LineForm()
    qtbot.addWidget(form)
    form.resize(600, 160)
    form.show()
    form.dress(LIGHT, 16)
    form.state = line_state(PLANNED, levels(0.1, 0.5, 1.2), 0.05, limits=LIMITS)
    places = [form.strip.place(dot.level) for dot in form.state.dots]
    assert all(before < after for before, after in pairwise(places))
    assert form.strip.width() == form.slider.track.width()
    assert form.strip.place(9.0) == form.strip.place(LIMITS[1])
