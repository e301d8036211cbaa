"""Which muscles are listened to: those that have a bar, and as unknown as their bars are."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.montage import plain_montage
from calibration.muscles import Side
from host.acquisition.source import Link, LinkState
from host.chain.quality import Quality
from host.feedback.sound.listening import listened_to
from host.feedback.sound.tone_state import Listened, Timbre, tone_state
from host.session.worker import Scene, View
from tests.host.feedback.test_bar_state import OOC, OOC_LEFT, PLA, SCENE, STREAMING, ZYG, frame


def test_p3_p14_the_quiet_muscles_of_the_affected_side_are_heard_and_the_target_is_not() -> None:
    shown = frame({OOC: 0.3, ZYG: 0.9, OOC_LEFT: 0.9})
    heard = {one.muscle: one.activation for one in _listened(View(scene=SCENE, frame=shown))}
    assert heard == {"OOC": 0.3, "OOR": 0.0, "PLA": 0.0}


def test_the_line_is_the_one_that_detection_uses() -> None:
    shown = frame()
    lines = {one.muscle: one.line for one in _listened(View(scene=SCENE, frame=shown))}
    assert lines["OOC"] == shown.threshold[OOC]
    assert lines["PLA"] == shown.threshold[PLA]


def test_unknown_is_never_quiet_a_loose_electrode_is_heard_as_such() -> None:
    shown = frame(quality={PLA: Quality.LOOSE})
    voices = tone_state(_listened(View(scene=SCENE, frame=shown)))
    assert [(voice.timbre, voice.side) for voice in voices] == [(Timbre.NO_SIGNAL, Side.RIGHT)]


@pytest.mark.parametrize("link", [link for link in Link if link is not Link.STREAMING])
def test_unknown_is_never_quiet_while_the_link_is_not_streaming(link: Link) -> None:
    view = View(scene=SCENE, frame=frame({OOC: 0.9}), link=LinkState(link=link))
    assert {voice.timbre for voice in tone_state(listened_to(view))} == {Timbre.NO_SIGNAL}


def test_before_the_first_frame_all_is_unknown() -> None:
    heard = listened_to(View(scene=SCENE, frame=None, link=STREAMING))
    assert heard
    assert {one.activation for one in heard} == {None}


def test_a_muscle_that_is_not_judged_has_the_usual_line() -> None:
    shown = replace(frame(), threshold=np.full(8, np.nan))
    assert {one.line for one in _listened(View(scene=SCENE, frame=shown))} == {0.25}


def test_plain_channels_have_no_regions_and_make_no_sound() -> None:
    scene = Scene(montage=plain_montage(8), affected=Side.RIGHT, notice="")
    assert listened_to(View(scene=scene, frame=frame(), link=STREAMING)) == ()


def _listened(view: View) -> tuple[Listened, ...]:
    return listened_to(replace(view, link=STREAMING))
