"""What a simulated board sends: in parcels, in order, when it is due."""

import numpy as np
import pytest

from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.packing import Packing, Parcel, Sent
from host.acquisition.simulated.speech import CytonSpeech
from tests.host.acquisition.memory_source import MemorySource, noise

PACKET = 33


def packing(*, daisy: bool = False, faults: Faults | None = None, seconds: float = 1.0) -> Packing:
    """Return what packs noise for a Cyton, with or without a Daisy."""
    rate_hz, channels = (125.0, 16) if daisy else (250.0, 8)
    feed = MemorySource(noise(seconds, rate_hz=rate_hz, channels=channels), rate_hz=rate_hz)
    return Packing(feed, CytonSpeech(daisy=daisy), faults or Faults(), seed=1)


def test_parcels_come_in_order_and_once_however_they_are_asked_for() -> None:
    at_once = packing().due(60)
    one = packing()
    pieces = [parcel for stop in (1, 2, 30, 30, 60) for parcel in one.due(stop)]
    assert [parcel.unit for parcel in pieces] == list(range(60))
    assert b"".join(p.packets for p in pieces) == b"".join(p.packets for p in at_once)


@pytest.mark.parametrize("daisy", [False, True])
def test_what_is_lost_and_garbled_does_not_depend_on_how_it_is_asked_for(*, daisy: bool) -> None:
    faults = Faults(loss=0.1, garble=0.2)
    at_once = packing(daisy=daisy, faults=faults, seconds=6.0).due(600)
    one = packing(daisy=daisy, faults=faults, seconds=6.0)
    pieces = [parcel for stop in (1, 2, 70, 255, 257, 600) for parcel in one.due(stop)]
    assert pieces == at_once
    assert any(parcel.damaged for parcel in pieces)
    assert any(parcel.incomplete for parcel in pieces)


def test_a_daisys_two_packets_of_a_sample_are_one_parcel() -> None:
    made = packing(daisy=True)
    assert (made.unit_hz, made.per_unit) == (125.0, 1)
    assert {len(parcel.packets) for parcel in made.due(10)} == {2 * PACKET}


def test_after_a_new_start_it_begins_with_that_unit() -> None:
    made = packing()
    made.due(5)
    made.settle()
    made.begin(40)
    assert [parcel.unit for parcel in made.due(43)] == [40, 41, 42]


def test_what_passed_by_while_nothing_was_sent_never_is() -> None:
    made = packing()
    made.pass_over(0.5)
    assert [parcel.unit for parcel in made.due(130)] == list(range(125, 130))


def test_it_is_over_with_the_last_parcel_of_the_feed() -> None:
    made = packing(seconds=0.1)
    made.due(24)
    assert not made.over
    made.due(300)
    assert made.over


def test_what_was_sent_is_counted_by_the_feeds_samples() -> None:
    sent = Sent()

    def note(unit: int, *, incomplete: bool = False, damaged: bool = False, taken: bool) -> None:
        packets = np.zeros(PACKET, dtype=np.uint8).tobytes()
        parcel = Parcel(
            unit=unit, samples=2, packets=packets, incomplete=incomplete, damaged=damaged
        )
        sent.note(parcel, taken=taken)

    note(0, taken=True)
    note(1, taken=True, incomplete=True)
    note(2, taken=False)
    note(3, taken=True, damaged=True)
    assert (sent.samples, sent.dropped, sent.garbled) == (4, [2, 3, 4, 5], [6, 7])
