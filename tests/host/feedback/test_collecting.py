"""Garbage is collected on the window's thread, at calm moments, and without growing for ever."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from host.feedback.collecting import FULL_S, LONGEST_S, MIDDLE, YOUNG, Collector, collecting, due


class Knot:
    """Something that refers to itself: only a collection frees it."""

    def __init__(self) -> None:
        self.myself = self


@pytest.fixture
def collector() -> Iterator[tuple[Collector, list[float], list[bool]]]:
    """Return a collector with its clock and its calm, both to be set by the test."""
    clock, calm = [0.0], [True]
    made = Collector(None, lambda: calm[0], lambda: clock[0])
    made.begin()
    yield made, clock, calm
    made.end()


def knotted(count: int) -> "list[weakref.ref[Knot]]":
    return [weakref.ref(Knot()) for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "calm", "since_full_s", "generation"),
    [
        ((YOUNG - 1, MIDDLE - 1, 0), True, 0.0, None),
        ((YOUNG, 0, 0), False, 0.0, 0),
        ((YOUNG, MIDDLE, 0), False, 0.0, 1),
        ((YOUNG, MIDDLE, 5), True, FULL_S - 1.0, 1),
        ((YOUNG, MIDDLE, 5), True, FULL_S, 2),
        ((YOUNG, MIDDLE, 5), False, FULL_S, 1),
        ((YOUNG, MIDDLE, 5), False, LONGEST_S, 2),
        ((10, 0, 0), True, LONGEST_S, None),
    ],
)
def test_only_what_is_quick_is_collected_while_somebody_moves(
    counts: tuple[int, int, int],
    calm: bool,  # noqa: FBT001 - as the table has it
    since_full_s: float,
    generation: int | None,
) -> None:
    assert due(counts, calm=calm, since_full_s=since_full_s) == generation


def test_no_thread_collects_by_itself_until_it_ends(
    collector: tuple[Collector, list[float], list[bool]],
) -> None:
    assert not gc.isenabled()
    collector[0].end()
    assert gc.isenabled()


def test_where_windows_are_run_no_thread_collects() -> None:
    was = gc.isenabled()
    with collecting(lambda: True):
        assert not gc.isenabled()
    assert gc.isenabled()
    if not was:
        gc.disable()


def test_what_a_sessions_thread_left_is_freed_on_the_windows_thread(
    collector: tuple[Collector, list[float], list[bool]],
) -> None:
    freed: list[int] = []
    kept: list[weakref.ref[Knot]] = []

    def note(_dead: object) -> None:
        freed.append(threading.get_ident())

    def session() -> None:
        kept.extend(weakref.ref(Knot(), note) for _ in range(2 * YOUNG))

    thread = threading.Thread(target=session)
    thread.start()
    thread.join()
    assert not freed
    collector[0].look()
    assert len(freed) == 2 * YOUNG
    assert set(freed) == {threading.get_ident()}


def test_a_long_bout_does_not_let_garbage_grow(
    collector: tuple[Collector, list[float], list[bool]],
) -> None:
    made, clock, calm = collector
    calm[0] = False
    alive = []
    for second in range(200):
        clock[0] = float(second)
        alive.extend(knotted(YOUNG))
        made.look()
        alive = [one for one in alive if one() is not None]
        assert len(alive) <= 2 * YOUNG


def test_what_grew_old_in_a_bout_is_freed_once_it_is_calm(
    collector: tuple[Collector, list[float], list[bool]],
) -> None:
    made, clock, calm = collector
    calm[0] = False
    knots = [Knot() for _ in range(100)]
    old = [weakref.ref(one) for one in knots]
    gc.collect(1)
    gc.collect(1)
    knots.clear()
    clock[0] = FULL_S
    made.look()
    assert all(one() is not None for one in old)
    calm[0] = True
    made.look()
    assert all(one() is None for one in old)
