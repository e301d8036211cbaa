"""Two samples in a slot, through BrainFlow's microvolts and back (docs/protocol.md, Packed)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.packed import COUNT_UV, at_the_skin, counts_of, pack, unpack
from host.chain.stream import FloatArray, IntArray
from tests.cuts import cuts

RNG = np.random.default_rng(3)
PACKETS = 40
LAYOUTS = [(2, 8), (2, 6), (2, 1), (4, 4), (4, 3)]


def steps_of(samples: int, channels: int) -> IntArray:
    return RNG.integers(-2048, 2048, (PACKETS * samples, channels))


def slots_of(counts: IntArray) -> FloatArray:
    """Return what BrainFlow makes of counts."""
    slots_uv: FloatArray = counts.astype(np.float64) * COUNT_UV
    return slots_uv


@pytest.mark.parametrize(("samples", "channels"), LAYOUTS)
def test_what_was_packed_comes_back_through_brainflows_microvolts(
    samples: int, channels: int
) -> None:
    steps = steps_of(samples, channels)
    slots_uv = slots_of(pack(steps, samples=samples))
    np.testing.assert_array_equal(unpack(slots_uv, samples=samples, channels=channels), steps)


def test_at_500_a_slot_is_two_samples_of_its_channel_the_earlier_in_the_high_half() -> None:
    counts = np.zeros((1, 8), dtype=np.int64)
    counts[0, 3] = (0x123 << 12) | 0x456
    counts[0, 7] = ((0xFFF << 12) | 0x800) - 2**24
    steps = unpack(slots_of(counts), samples=2, channels=8)
    assert steps[:, 3].tolist() == [0x123, 0x456]
    assert steps[:, 7].tolist() == [-1, -2048]
    assert not steps[:, [0, 1, 2, 4, 5, 6]].any()


def test_at_1000_a_channel_has_two_slots_next_to_each_other() -> None:
    counts = np.zeros((1, 8), dtype=np.int64)
    counts[0, 2], counts[0, 3] = (1 << 12) | 2, (3 << 12) | 4
    assert unpack(slots_of(counts), samples=4, channels=4)[:, 1].tolist() == [1, 2, 3, 4]


@given(cuts(PACKETS))
def test_output_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    slots_uv = slots_of(pack(steps_of(4, 4), samples=4))
    pieces = [
        unpack(piece, samples=4, channels=4) for piece in np.split(slots_uv, sorted(cut_points))
    ]
    np.testing.assert_array_equal(np.concatenate(pieces), unpack(slots_uv, samples=4, channels=4))


@given(st.integers(0, 2**24 - 1))
def test_every_count_survives_brainflows_floating_point(count: int) -> None:
    signed = count - 2**24 if count >= 2**23 else count
    assert counts_of(np.array([[signed * COUNT_UV]])).item() == count


def test_the_two_ends_are_the_whole_range_so_that_they_show_as_railed() -> None:
    steps = np.array([[2047, 2046, 0, -2047, -2048]])
    data_uv = at_the_skin(steps, step_uv=2.0, range_uv=4096.0)
    assert data_uv.tolist() == [[4096.0, 4092.0, 0.0, -4094.0, -4096.0]]


@pytest.mark.parametrize(("samples", "channels"), [(3, 4), (2, 9), (4, 5), (2, 0)])
def test_layouts_that_no_packet_has_are_refused(samples: int, channels: int) -> None:
    with pytest.raises(ValueError, match="no packet"):
        unpack(np.zeros((1, 8)), samples=samples, channels=channels)


def test_a_piece_of_a_packet_cannot_be_packed() -> None:
    with pytest.raises(ValueError, match="no packets"):
        pack(np.zeros((3, 8), dtype=np.int64), samples=2)
