"""What the patient's screen shows: every decision, without Qt."""

import dataclasses

import numpy as np
import pytest

from calibration.montage import montages, plain_montage
from calibration.muscles import Side
from calibration.patterns import pattern
from host.acquisition.source import Link, LinkState
from host.chain.quality import Quality
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.detection.monitor import allowances
from host.feedback.bar_heights import bar_height, jumped
from host.feedback.bar_state import BarState, ScreenState, TargetState, screen_state, shown_columns
from host.session.worker import Scene, View
from tests.host.detection.plain import plain

FACE = montages()["face-8"]
SCENE = Scene(montage=FACE, affected=Side.RIGHT, notice="Not calibrated")
STREAMING = LinkState(link=Link.STREAMING)
OOC_LEFT, ZYG_LEFT, OOC, ZYG, OOR, PLA = 0, 1, 4, 5, 6, 7


def frame(
    activation: dict[int, float] | None = None,
    quality: dict[int, Quality] | None = None,
    *,
    movement: str = "gentle closed smile",
    phase: Phase = Phase.HOLD,
    active: tuple[int, ...] = (),
    too_strong: tuple[int, ...] = (),
) -> Frame:
    """Return a frame of a quiet face, but for what is named."""
    levels = np.zeros(8)
    codes = np.zeros(8, dtype=np.uint8)
    for column, level in (activation or {}).items():
        levels[column] = level
    for column, code in (quality or {}).items():
        codes[column] = code
        levels[column] = levels[column] if code.usable else np.nan
    columns = np.arange(8)
    return Frame(
        sample=1000,
        time_s=4.0,
        cue=Cue(start=0, pattern=movement, phase=phase),
        asked=pattern(movement),
        effort=Effort(),
        rms_uv=levels * 20.0,
        power_uv2=(levels * 20.0) ** 2,
        activation=levels,
        quality=codes,
        threshold=0.25 * allowances(FACE, pattern(movement)),
        active=np.isin(columns, active),
        too_strong=np.isin(columns, too_strong),
        lost=np.zeros(8, dtype=np.int64),
        calibrated=False,
        **plain(levels),
    )


def screen(shown: Frame | None, link: LinkState = STREAMING, scene: Scene = SCENE) -> ScreenState:
    """Return the screen for one frame."""
    return screen_state(View(scene=scene, frame=shown, link=link))


def test_p3_the_bars_are_the_quiet_muscles_of_the_affected_side() -> None:
    assert [bar.name for bar in screen(frame()).bars] == ["Eye", "Lips", "Neck"]
    assert {bar.side for bar in screen(frame()).bars} == {Side.RIGHT}


def test_p3_the_other_side_is_a_mark_for_comparison() -> None:
    eye = screen(frame({OOC_LEFT: 0.25})).bars[0]
    assert eye.other == pytest.approx(0.4)
    assert screen(frame(quality={OOC_LEFT: Quality.RAILED})).bars[0].other is None


def test_t2_the_bars_follow_the_pattern() -> None:
    names = [bar.name for bar in screen(frame(movement="gentle eye closure")).bars]
    assert names == ["Cheek", "Lips", "Neck"]
    assert shown_columns(SCENE, pattern("rest and release")) == (4, 5, 6, 7)


def test_quiet_is_at_the_bottom_and_the_threshold_at_two_fifths() -> None:
    neck = screen(frame()).bars[2]
    assert (neck.fill, neck.over) == (0.0, False)
    assert neck.threshold == pytest.approx(0.4)
    assert screen(frame({PLA: 0.25})).bars[2].fill == pytest.approx(0.4)


def test_a_level_that_moved_far_does_not_wait_for_the_next_paint() -> None:
    shown = frame({PLA: 0.2})
    assert not jumped(shown, shown)
    assert not jumped(None, shown)
    assert not jumped(shown, frame({PLA: 0.25}))
    assert jumped(shown, frame({PLA: 0.3}))
    assert not jumped(frame({PLA: 4.0}), frame({PLA: 4.2})), "so far up the bar hardly moves"
    assert not jumped(shown, frame({PLA: 0.2}, quality={OOC: Quality.RAILED}))


def test_p9_heights_are_even_below_the_line_and_never_saturate_above_it() -> None:
    heights = [bar_height(level) for level in (0.0, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 50.0)]
    assert heights[:4] == pytest.approx([0.0, 0.08, 0.16, 0.4])
    assert heights == sorted(set(heights))
    assert heights[-1] < 1.0
    # The slope is the same on both sides of the line: the bar does not jerk there.
    assert bar_height(0.251) - bar_height(0.25) == pytest.approx(0.0016, rel=0.01)


def test_p15_the_line_of_a_slightly_tolerated_muscle_is_higher() -> None:
    assert screen(frame()).bars[0].threshold == pytest.approx(0.55)


def test_a_muscle_came_along_when_detection_says_so_not_when_the_bar_is_high() -> None:
    assert not screen(frame({PLA: 0.9})).bars[2].over
    assert screen(frame({PLA: 0.2}, active=(PLA,))).bars[2].over


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (Quality.RAILED, "electrode loose?"),
        (Quality.LOOSE, "electrode loose?"),
        (Quality.FLAT, "no contact?"),
        (Quality.GAP, "samples lost"),
        (Quality.ARTEFACT, "movement"),
        (Quality.SETTLING, "one moment"),
    ],
)
def test_unknown_is_never_quiet_and_says_why(code: Quality, reason: str) -> None:
    neck = screen(frame(quality={PLA: code}, active=(PLA,))).bars[2]
    assert (neck.fill, neck.over, neck.reason) == (None, False, reason)


def test_a_humming_channel_still_has_its_level() -> None:
    assert screen(frame({PLA: 0.1}, {PLA: Quality.MAINS})).bars[2].fill == pytest.approx(0.16)


def test_without_a_resting_level_there_is_no_bar_yet() -> None:
    neck = screen(frame({PLA: np.nan})).bars[2]
    assert (neck.fill, neck.reason) == (None, "one moment")


@pytest.mark.parametrize("link", [link for link in Link if link is not Link.STREAMING])
def test_while_the_link_is_not_streaming_no_level_is_shown(link: Link) -> None:
    last = frame({PLA: 0.1, ZYG: 1.0}, active=(PLA,))
    state = screen(last, LinkState(link=link, message="No signal from the board."))
    assert state.interruption == "No signal from the board."
    assert len(state.bars) == 3
    assert all(bar.fill is None and bar.other is None and not bar.over for bar in state.bars)
    assert state.target is not None
    assert state.target.fill is None
    assert state.prompt == state.hint == ""


@pytest.mark.parametrize("link", list(Link))
def test_there_is_always_a_sentence_where_there_is_no_level(link: Link) -> None:
    assert screen(None, LinkState(link=link)).interruption
    assert screen_state(View(link=LinkState(link=link))).interruption


def test_p8_the_target_has_a_corridor_and_above_it_the_only_advice_is_softer() -> None:
    calm = screen(frame({ZYG: 1.0}))
    assert calm.target is not None
    assert calm.target.name == "Cheek"
    assert calm.target.fill == pytest.approx(0.5)
    assert 0.0 < calm.target.low < 0.5 < calm.target.ceiling < 1.0
    assert (calm.hint, calm.target.softer) == ("hold", False)
    strong = screen(frame({ZYG: 1.9}, too_strong=(ZYG,)))
    assert strong.target is not None
    assert (strong.hint, strong.target.softer) == ("", True)


@pytest.mark.parametrize(
    ("phase", "prompt", "hint"),
    [
        (Phase.REST, "Rest", ""),
        (Phase.RISE, "Smile gently, lips closed", "slowly"),
        (Phase.HOLD, "Smile gently, lips closed", "hold"),
        (Phase.RELEASE, "Let go", ""),
        (Phase.FREE, "Smile gently, lips closed", ""),
    ],
)
def test_p10_p12_the_prompt_follows_the_phase(phase: Phase, prompt: str, hint: str) -> None:
    state = screen(frame(phase=phase))
    assert (state.prompt, state.hint) == (prompt, hint)


def test_plain_channels_have_a_bar_each_and_no_face() -> None:
    scene = dataclasses.replace(SCENE, montage=plain_montage(8))
    state = screen(frame({2: 0.5}, active=(2,)), scene=scene)
    assert [bar.name for bar in state.bars] == [f"Channel {n}" for n in range(1, 9)]
    assert state.bars[2].over
    assert state.affected is None
    assert state.target is None


def test_heights_that_cannot_be_painted_are_refused() -> None:
    with pytest.raises(ValueError, match="fill=nan"):
        BarState(name="Eye", fill=float("nan"), threshold=0.4)
    with pytest.raises(ValueError, match="low < ceiling"):
        TargetState(name="Cheek", muscle="ZYG", fill=None, low=0.8, ceiling=0.5)


def test_p2_no_screen_holds_a_number_or_a_word_of_sport() -> None:
    for phase in Phase:
        for movement in ("gentle closed smile", "pucker", "gentle eye closure"):
            state = screen(frame(movement=movement, phase=phase))
            words = " ".join([state.prompt, state.hint, *(bar.name for bar in state.bars)]).lower()
            assert not any(letter.isdigit() for letter in words)
            assert not {"exercise", "push", "harder", "score", "again"} & set(words.split())


def test_p11_a_bar_knows_how_sure_its_level_is() -> None:
    eye = screen(frame({OOC: 0.2})).bars[0]
    assert eye.fill is not None
    assert eye.sure is not None
    assert 0.0 < eye.sure[0] < eye.fill < eye.sure[1] < 1.0
    nothing = frame({OOC: 0.2})
    unsure = dataclasses.replace(nothing.certainty, freedom=np.zeros(8))
    nothing = dataclasses.replace(nothing, certainty=unsure)
    assert screen(nothing).bars[0].sure == (0.0, 1.0)
    assert screen(frame(quality={OOC: Quality.RAILED})).bars[0].sure is None


def test_p5_a_touched_muscle_says_touch_and_shows_no_level() -> None:
    touched = frame({OOC: 0.2})
    unknown = np.where(np.arange(8) == OOC, np.nan, touched.activation)
    touched = dataclasses.replace(touched, activation=unknown, touched=np.arange(8) == OOC)
    eye = screen(touched).bars[0]
    assert (eye.fill, eye.reason) == (None, "touch")
