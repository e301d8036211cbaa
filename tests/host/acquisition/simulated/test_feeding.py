"""A board's feed, taken by index."""

import numpy as np

from host.acquisition.simulated.feeding import Feeding
from tests.host.acquisition.memory_source import MemorySource, noise


def test_samples_are_taken_once_and_in_order() -> None:
    source = MemorySource(noise(1.0))
    feeding = Feeding(source, channels=8)
    first, data = feeding.take(0, 60)
    assert first.tolist() == [*range(60)]
    np.testing.assert_array_equal(data, source.data[:60])
    assert feeding.take(0, 60)[0].tolist() == []


def test_what_was_due_and_not_taken_is_skipped() -> None:
    feeding = Feeding(MemorySource(noise(1.0)), channels=8)
    assert feeding.take(100, 103)[0].tolist() == [100, 101, 102]


def test_lost_samples_of_a_recording_stay_lost() -> None:
    feeding = Feeding(MemorySource(noise(1.0), lost=frozenset({3, 4})), channels=8)
    assert feeding.take(0, 8)[0].tolist() == [0, 1, 2, 5, 6, 7]


def test_missing_channels_read_zero() -> None:
    source = MemorySource(noise(1.0, channels=4))
    _, data = Feeding(source, channels=8).take(0, 10)
    np.testing.assert_array_equal(data[:, :4], source.data[:10])
    assert not data[:, 4:].any()


def test_a_feed_is_exhausted_when_its_last_sample_is_taken() -> None:
    feeding = Feeding(MemorySource(noise(0.1)), channels=8)
    feeding.take(0, 20)
    assert not feeding.exhausted
    feeding.take(20, 100)
    assert feeding.exhausted
