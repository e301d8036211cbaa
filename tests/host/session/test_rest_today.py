"""A calibration that does not fit today's rest is told (thresholds of another day, unnoticed)."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.montage import montages
from calibration.patterns import pattern
from calibration.reference import Reference
from host.chain.stream import FloatArray
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.session.rest_today import RestToday
from tests.host.test_headless import QUIET

HOP_S = 0.004
MONTAGE = montages()["face-4"]
REFERENCE = Reference(
    rest_uv=np.full(4, 0.6), noise_uv=np.full(4, 0.8), gentle_uv=np.full(4, 15.0), calibrated=True
)
"""Levels at rest of 1 uV."""


def frame(rms_uv: FloatArray, phase: Phase = Phase.REST, name: str = "pucker") -> Frame:
    """Return a frame with these levels."""
    certainty = replace(QUIET.certainty, reference=REFERENCE)
    cue = Cue(start=0, pattern=name, phase=phase)
    return replace(QUIET, rms_uv=rms_uv, cue=cue, asked=pattern(name), certainty=certainty)


def watched(*spells: tuple[float, FloatArray, Phase]) -> RestToday:
    """Return what is made of spells of so many seconds."""
    rest = RestToday(MONTAGE, HOP_S)
    for seconds, levels, phase in spells:
        for _ in range(round(seconds / HOP_S)):
            rest.push(frame(levels, phase))
    return rest


def test_rest_as_it_was_needs_no_word() -> None:
    found = watched((11.0, np.array([1.0, 1.3, 0.8, 1.4]), Phase.REST))
    assert found.done
    assert found.warnings == ()


def test_rest_that_differs_is_told_by_channel_with_both_figures() -> None:
    found = watched((11.0, np.array([1.0, 2.0, 0.4, np.nan]), Phase.REST))
    assert found.warnings == (
        "Cheek, left: the level at rest is 2.0 µV, 2.0 times the calibration's.",
        "Eye, right: the level at rest is 0.4 µV, 0.4 times the calibration's.",
    )


@pytest.mark.parametrize("spells", [1, 3])
def test_what_comes_just_behind_a_movement_does_not_count(spells: int) -> None:
    loud, quiet = np.full(4, 20.0), np.full(4, 1.0)
    parts = [
        (3.0, loud, Phase.HOLD),
        (1.5, loud, Phase.REST),
        (8.0 / spells + 1.0, quiet, Phase.REST),
    ]
    found = watched(*(parts * spells))
    assert found.done
    assert found.warnings == ()


def test_nothing_is_said_before_enough_rest_was_seen() -> None:
    found = watched((9.0, np.full(4, 9.0), Phase.REST))
    assert not found.done
    assert found.warnings == ()


def test_blinks_do_not_move_it() -> None:
    rest = RestToday(MONTAGE, HOP_S)
    for number in range(2600):
        blinks = number % 500 < 60
        rest.push(frame(np.array([15.0 if blinks else 1.0, 1.0, 1.0, 1.0])))
    assert rest.done
    assert rest.warnings == ()


def test_a_pattern_without_a_target_is_rest_in_every_phase() -> None:
    rest = RestToday(MONTAGE, HOP_S)
    for _ in range(2600):
        rest.push(frame(np.full(4, 5.0), Phase.FREE, "rest and release"))
    assert len(rest.warnings) == 4
