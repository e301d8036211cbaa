"""Time stamps and clocks of XDF streams, with pyxdf as the reference."""

import io
from typing import Any

import numpy as np
import pytest
import pyxdf
from numpy.typing import NDArray

from host.recording.foreign.files import read_foreign_bytes
from host.recording.foreign.xdf_chunks import scan
from host.recording.foreign.xdf_clock import breaks, even, synchronised
from host.recording.foreign.xdf_values import read_values
from tests.host.recording.foreign.xdf_files import offset, samples, stream_header, xdf_file

DATA = np.arange(1200, dtype=np.float32).reshape(600, 2)


def first_stamped(data: NDArray[np.generic], start_s: float, **entries: Any) -> bytes:
    """Return a chunk of which only the first sample has a time stamp."""
    return samples(1, data, [start_s, *[None] * (len(data) - 1)], **entries)


def emg(*chunks: bytes, **entries: Any) -> bytes:
    return xdf_file(stream_header(1, **entries), *chunks)


def reference(content: bytes, **options: Any) -> dict[int, Any]:
    """Return pyxdf's streams by number."""
    streams, _ = pyxdf.load_xdf(io.BufferedReader(io.BytesIO(content)), **options)
    return {stream["info"]["stream_id"]: stream for stream in streams}


def stamped_at_random(seed: int, gap_s: float = 0.0) -> bytes:
    """Return a file as a network makes it: some stamps, jitter, drift, offsets with outliers."""
    rng = np.random.default_rng(seed)
    parts, row, time_s = [], 0, 1000.0
    while row < 600:
        length = min(int(rng.integers(1, 40)), 600 - row)
        stamps: list[float | None] = [
            time_s + k / 250 + rng.normal(0, 0.002) if rng.random() < 0.3 or k == 0 else None
            for k in range(length)
        ]
        parts.append(samples(1, DATA[row : row + length], stamps))
        if rng.random() < 0.5:
            away = rng.normal(0, 1e-4) + (0.02 if rng.random() < 0.1 else 0.0)
            parts.append(offset(1, time_s, -990.0 + 2e-5 * time_s + away))
        row, time_s = row + length, time_s + length / 250
        if gap_s and row > 300:
            time_s, gap_s = time_s + gap_s, 0.0
    return emg(*parts)


@pytest.mark.parametrize("seed", range(8))
def test_values_and_stamps_are_those_of_pyxdf(seed: int) -> None:
    content = stamped_at_random(seed)
    expected = reference(content, synchronize_clocks=False, dejitter_timestamps=False)[1]
    found = scan(content)
    values = read_values(content, found.samples[1], found.streams[1], 10**6)
    np.testing.assert_array_equal(values.data, expected["time_series"])
    np.testing.assert_allclose(values.time_s, expected["time_stamps"], rtol=0, atol=1e-9)
    assert not values.damaged


@pytest.mark.parametrize("seed", range(8))
def test_synchronised_and_even_times_are_those_of_pyxdf(seed: int) -> None:
    content = stamped_at_random(seed, gap_s=3.0 * (seed % 2))
    found = scan(content)
    values = read_values(content, found.samples[1], found.streams[1], 10**6)
    ours = synchronised(values.time_s, found.offsets[1])
    plain = reference(content, dejitter_timestamps=False)[1]["time_stamps"]
    np.testing.assert_allclose(ours, plain, rtol=0, atol=1e-5)
    expected = reference(content)[1]
    np.testing.assert_allclose(even(ours, 250.0), expected["time_stamps"], rtol=0, atol=1e-5)
    starts = [start for start, _ in expected["info"]["segments"]]
    assert [0, *breaks(ours, 250.0)] == starts
    assert [
        sum(len(run) for run in read_foreign_bytes(content, "x").runs[:k])
        for k in range(len(starts))
    ] == starts


def test_a_clock_that_was_reset_is_followed_as_pyxdf_follows_it() -> None:
    parts = []
    for row in range(0, 600, 10):
        time_s = row / 250 * 50 + (5000.0 if row >= 300 else 0.0)
        parts.append(first_stamped(DATA[row : row + 10], time_s))
        parts.append(offset(1, time_s, -5000.0 if row >= 300 else 0.0))
    content = emg(*parts)
    found = scan(content)
    values = read_values(content, found.samples[1], found.streams[1], 10**6)
    expected = reference(content, dejitter_timestamps=False)[1]["time_stamps"]
    ours = synchronised(values.time_s, found.offsets[1])
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-6)


def test_a_slope_that_no_clock_has_is_not_followed() -> None:
    times = np.arange(10.0)
    ours = synchronised(times, [(0.0, 1.0), (0.1, 2.0)])
    np.testing.assert_allclose(ours, times + 1.5)


def test_stamps_that_are_no_numbers_follow_the_one_before() -> None:
    content = emg(samples(1, DATA[:4], [1.0, float("nan"), float("inf"), None]))
    found = scan(content)
    values = read_values(content, found.samples[1], found.streams[1], 10**6)
    np.testing.assert_allclose(values.time_s, 1.0 + np.arange(4) / 250)
