"""The thread that every session runs in: wishes, the end, and what is known of a link."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from host.acquisition.source import Link, LinkState
from host.errors import DeviceError
from host.session.threaded import Threaded, known_link


class Countdown:
    """A session of so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    @property
    def over(self) -> bool:
        return self.left == 0


@dataclass(frozen=True)
class Counted:
    """It, ready to run, and what was done to it."""

    session: Countdown
    done: list[str] = field(default_factory=list)


class Counting(Threaded[Counted]):
    """Writes down what happens, and in which thread."""

    def __init__(self, build: Callable[[ExitStack], Counted]) -> None:
        super().__init__(build, name="counting")
        self.threads: set[int] = set()

    def _begin(self, stage: Counted) -> None:
        assert self.stage is None, "nobody sees it before it has begun"
        stage.done.append("begun")

    def _step(self, stage: Counted) -> None:
        stage.session.left -= 1
        stage.done.append("step")
        self.threads.add(threading.get_ident())

    def _finish(self, stage: Counted) -> None:
        stage.done.append("stopped" if self._stopped else "over")


def test_it_goes_from_the_first_step_to_the_end_and_then_closes_what_was_open() -> None:
    counted = Counted(Countdown(2))

    def build(stack: ExitStack) -> Counted:
        stack.callback(counted.done.append, "closed")
        return counted

    running = Counting(build)
    before = running.done
    running.start()
    running.join(10.0)
    assert (before, running.done) == (False, True)
    assert counted.done == ["begun", "step", "step", "over", "closed"]
    assert (running.stage, running.error, running.failure) == (counted, None, "")


def test_wishes_are_done_in_order_by_the_thread_before_it_reads_again() -> None:
    counted = Counted(Countdown(1))
    running = Counting(lambda _stack: counted)
    running.wish(lambda _stage: running.threads.add(threading.get_ident()))
    running.wish(lambda stage: stage.done.append("first"))
    running.wish(lambda stage: stage.done.append("second"))
    running.start()
    running.join(10.0)
    assert counted.done == ["begun", "first", "second", "step", "over"]
    assert len(running.threads) == 1
    assert threading.get_ident() not in running.threads


def test_who_is_stopped_still_finishes() -> None:
    counted = Counted(Countdown(-1))
    running = Counting(lambda _stack: counted)
    running.start()
    running.stop(10.0)
    assert running.done
    assert counted.done[-1] == "stopped"
    running.stop()


def test_what_ends_it_early_is_one_sentence() -> None:
    def build(stack: ExitStack) -> Counted:
        raise DeviceError("The board is off.")

    running = Counting(build)
    running.start()
    running.join(10.0)
    assert isinstance(running.error, DeviceError)
    assert (running.failure, running.stage) == ("The board is off.", None)


@pytest.mark.parametrize(
    ("link", "age_s", "known"),
    [
        (Link.STREAMING, 0.25, Link.STREAMING),
        (Link.STREAMING, 0.26, Link.SILENT),
        (Link.RECONNECTING, 9.0, Link.RECONNECTING),
        (Link.ENDED, 9.0, Link.ENDED),
    ],
)
def test_a_link_that_streams_while_nothing_comes_is_silent(
    link: Link, age_s: float, known: Link
) -> None:
    state = LinkState(link=link, lost=3)
    assert known_link(state, age_s) == LinkState(link=known, lost=3)
