"""Cut a recording in any way: no stage's output may depend on it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import strategies as st

from host.chain.stream import Chunk, FloatArray


def cuts(length: int) -> st.SearchStrategy[list[int]]:
    """Draw points at which to cut `length` samples; twice at one point gives an empty chunk."""
    return st.lists(st.integers(0, length), max_size=12).map(sorted)


def chunks(raw: FloatArray, cut_points: Sequence[int], start: int = 0) -> Iterator[Chunk]:
    """Yield the pieces of `(n_samples, n_channels)` between the cut points."""
    for begin, end in pairwise([0, *cut_points, len(raw)]):
        yield Chunk(start + begin, raw[begin:end])


def with_gaps(
    raw: FloatArray, gaps: Sequence[tuple[int, int]], cut_points: Sequence[int]
) -> Iterator[Chunk]:
    """Yield the pieces of a recording of which `(start, stop)` never came."""
    bounds = [0, *(edge for gap in gaps for edge in gap), len(raw)]
    for begin, end in zip(bounds[::2], bounds[1::2], strict=True):
        inside = [min(max(cut, begin), end) - begin for cut in cut_points]
        yield from chunks(raw[begin:end], inside, start=begin)
