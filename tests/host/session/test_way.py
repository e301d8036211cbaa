"""Threads that work stand aside while somebody paints."""

import threading

import pytest

from host.session.way import Way


def test_nobody_stands_aside_where_nobody_claims() -> None:
    way = Way()
    with way.working():
        way.give()
    with way.claimed():
        pass
    with way.working():
        way.give()


def test_a_thread_that_works_stands_aside_until_the_way_is_free() -> None:
    way, done = Way(), list[str]()
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with way.working():
            begun.set()
            go_on.wait(10.0)
            way.give()
            done.append("worked")

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(10.0)
    go_on.set()
    with way.claimed():
        # It is at work or stands aside, but it does not go on; and it waits no longer than 0.2 s.
        done.append("painted")
    thread.join(10.0)
    assert sorted(done) == ["painted", "worked"]
    assert not thread.is_alive()


def test_who_claims_does_not_wait_for_ever() -> None:
    way = Way()
    with way.working(), way.claimed():
        # Nobody stood aside, and the way is had all the same.
        claimed = way._claimed
    assert (claimed, way._claimed, way._working) == (True, False, 0)


def test_a_mistake_gives_the_way_back() -> None:
    way = Way()
    with pytest.raises(KeyError), way.working(), way.claimed():
        raise KeyError
    assert (way._claimed, way._working) == (False, 0)


def test_nobody_waits_for_who_is_away() -> None:
    way = Way()
    with way.working():
        with way.away(), way.claimed():
            assert way._working == 0
        assert way._working == 1
