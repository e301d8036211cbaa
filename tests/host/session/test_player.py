"""Playing: the very frames of the session, from any moment, at any speed, however scrubbed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.acquisition.source import Link
from host.detection.monitor import Monitor
from host.report.study import Study
from host.session.opened import Opened
from host.session.player import SPEEDS, Checkpoint, Player
from tests.host.detection.bits import as_bits
from tests.host.session.recordings import CLOSURE, GAP, RATE, STOP, judged_at_once, opened

SILENT = RATE // 4


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now_s = 50.0

    def __call__(self) -> float:
        return self.now_s


@contextmanager
def playing(
    made: Opened, clock: Callable[[], float], checkpoint: Checkpoint | None = None
) -> Iterator[Player]:
    """Run a player; without checkpoints of its own it judges from the beginning each time."""
    player = Player(made, checkpoint or (lambda _sample: (0, made.monitor())), clock=clock)
    player.start()
    yield player
    player.close()
    assert player.error is None


def until(player: Player, condition: Callable[[], bool]) -> None:
    """Wait for the player's thread."""
    for _ in range(20_000):
        if condition() or player.error is not None:
            break
        player._thread.join(0.0005)
    assert player.error is None
    assert condition()


def arrived(player: Player) -> bool:
    """Tell whether what was asked for last is shown."""
    return player._reached.number == player._wish.number


def assert_shows(player: Player, made: Opened) -> None:
    """Compare what is shown with what was judged in one piece up to there."""
    position = player.position
    frames = judged_at_once(made, position)
    view = player.view
    if frames and position - frames[-1].sample < SILENT:
        assert view.frame is not None
        assert as_bits(view.frame) == as_bits(frames[-1])
        assert view.link.link is Link.STREAMING
    else:
        assert view.frame is None
        assert view.link.link is not Link.STREAMING


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a study that has judged everything, with its checkpoints."""
    study = Study(opened(tmp_path_factory.mktemp("studied")))
    study.start()
    study.wait()
    return study


@settings(deadline=None, max_examples=15)
@given(places=st.lists(st.integers(0, STOP), min_size=1, max_size=6), waits=st.booleans())
def test_however_it_is_scrubbed_the_frames_are_those_of_the_session(
    studied: Study, places: list[int], *, waits: bool
) -> None:
    with playing(studied.opened, Clock(), studied.checkpoint) as player:
        for place in places:
            player.seek(place)
            assert player.position == place
            if waits:
                until(player, lambda: arrived(player))
                assert_shows(player, studied.opened)
        until(player, lambda: arrived(player))
        assert player.position == places[-1]
        assert_shows(player, studied.opened)


@pytest.mark.parametrize("speed", SPEEDS)
def test_at_any_speed_it_is_where_the_clock_says(studied: Study, speed: float) -> None:
    clock = Clock()
    with playing(studied.opened, clock, studied.checkpoint) as player:
        player.seek(2 * RATE)
        player.set_speed(speed)
        until(player, lambda: arrived(player))
        player.play()
        until(player, lambda: arrived(player))
        for _ in range(3):
            clock.now_s += 0.4
        place = 2 * RATE + int(1.2 * speed * RATE)
        until(player, lambda: player.position >= place - 1)
        # The clock's sums are rounded: it may be one sample before.
        assert player.position <= place
        assert_shows(player, studied.opened)
        assert player.playing
        player.play(on=False)
        until(player, lambda: arrived(player))
        stood = player.position
        clock.now_s += 10.0
        assert (player.position, player.playing) == (stood, False)
        assert_shows(player, studied.opened)


def test_other_speeds_are_refused(tmp_path: Path) -> None:
    player = Player(opened(tmp_path), lambda _sample: (0, opened(tmp_path).monitor()))
    with pytest.raises(ValueError, match="got 0"):
        player.set_speed(0.0)


def test_at_the_end_it_stands_still_and_then_begins_anew(studied: Study) -> None:
    clock = Clock()
    with playing(studied.opened, clock, studied.checkpoint) as player:
        player.seek(STOP - RATE)
        player.play()
        until(player, lambda: arrived(player))
        clock.now_s += 5.0
        until(player, lambda: not player.playing)
        assert player.position == STOP
        player.play()
        assert player.position == 0
        until(player, lambda: arrived(player))
        clock.now_s += 1.0
        until(player, lambda: player.position == RATE)
        assert_shows(player, studied.opened)


def test_in_a_gap_the_bars_say_that_nothing_was_recorded(studied: Study) -> None:
    with playing(studied.opened, Clock(), studied.checkpoint) as player:
        player.seek(sum(GAP) // 2)
        until(player, lambda: arrived(player))
        view = player.view
        assert view.frame is None
        assert (view.link.link, view.link.message) == (Link.SILENT, "Nothing was recorded here.")
        # A gap is told from frames that have just not come yet.
        player.seek(GAP[1])
        until(player, lambda: arrived(player))
        assert player.view.frame is None
        assert player.view.link.message == ""


def test_at_the_very_beginning_nothing_is_missing(studied: Study) -> None:
    with playing(studied.opened, Clock(), studied.checkpoint) as player:
        until(player, lambda: arrived(player))
        assert player.view.link.link is Link.CONNECTING


def test_on_a_long_way_nothing_is_shown_of_where_it_was(tmp_path: Path) -> None:
    made, clock = opened(tmp_path), Clock()
    held: list[int] = []

    def checkpoint(sample: int) -> tuple[int, Monitor]:
        held.append(sample)
        return 0, made.monitor()

    with playing(made, clock, checkpoint) as player:
        player.seek(4 * RATE)
        until(player, lambda: arrived(player))
        shown = player.view.frame
        assert shown is not None
        # Asked for by another thread while the player cannot answer: its lock is ours.
        with player._changed:
            player.seek(20 * RATE)
            assert player.position == 20 * RATE
            before = player.view
            clock.now_s += 0.3
            after = player.view
        assert before.frame is shown
        assert after.frame is None
        assert after.link.link is Link.CONNECTING
        until(player, lambda: arrived(player))
        assert player.view.frame is not None


def test_what_goes_wrong_is_kept_for_the_window(tmp_path: Path) -> None:
    def broken(_sample: int) -> tuple[int, Monitor]:
        raise ValueError("no monitor")

    player = Player(opened(tmp_path), broken)
    player.start()
    player._thread.join(10.0)
    assert str(player.error) == "no monitor"
    player.close()


def test_a_small_step_forward_goes_on_from_where_it_stands(tmp_path: Path) -> None:
    made = opened(tmp_path)
    asked: list[int] = []

    def checkpoint(sample: int) -> tuple[int, Monitor]:
        asked.append(sample)
        monitor = made.monitor()
        return 0, monitor

    with playing(made, Clock(), checkpoint) as player:
        for place in (1000, 1010, 1500):
            player.seek(place)
            until(player, lambda: arrived(player))
            assert_shows(player, made)
        frame = player.view.frame
        assert frame is not None
        assert frame.asked.name != CLOSURE
