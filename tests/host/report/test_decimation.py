"""Raw traces: no spike is lost, and what was not recorded is not drawn."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.recorded import Span
from host.report.decimation import Decimation, InView, about_zero, extremes
from tests.cuts import cuts
from tests.host.session.recordings import GAP, RATE, STOP, STREAM, face, foreign

RAW = np.random.default_rng(5).normal(0.0, 1.0, (240, 2))


def brute(data: FloatArray, start: int, edges: FloatArray) -> FloatArray:
    """Look at every sample that any time of a column lies in."""
    found = np.full((len(edges) - 1, data.shape[1], 2), np.nan)
    for column, (left, right) in enumerate(pairwise(edges)):
        first, after = int(np.floor(left)) - start, int(np.ceil(right)) - start
        part = data[max(first, 0) : max(after, 0)]
        if len(part):
            found[column] = np.column_stack([part.min(axis=0), part.max(axis=0)])
    return found


@given(
    points=cuts(len(RAW)),
    columns=st.integers(1, 600),
    left=st.floats(0.0, 300.0),
    width=st.floats(1.0, 400.0),
)
def test_no_spike_is_lost_however_it_is_read(
    points: list[int], columns: int, left: float, width: float
) -> None:
    edges = np.linspace(left, left + width, columns + 1)
    into = np.full((columns, 2, 2), np.nan)
    for begin, end in pairwise([0, *points, len(RAW)]):
        extremes(RAW[begin:end], edges, into, 30 + begin)
    np.testing.assert_array_equal(into, brute(RAW, 30, edges))


def until(decimation: Decimation, condition: Callable[[], bool]) -> None:
    for _ in range(20_000):
        if condition() or decimation.error is not None:
            break
        decimation._thread.join(0.0005)
    assert condition()


def read(view: InView, *, times: int = 1) -> FloatArray:
    """Return what a thread reads of the face, which has a gap."""
    decimation = Decimation(foreign())
    decimation.start()
    for _ in range(times):
        decimation.show(InView(0, 1, 1))
        decimation.show(view)
    until(decimation, lambda: finished(decimation, view))
    decimation.close()
    assert decimation.error is None
    assert decimation.traces is not None
    return decimation.traces.extremes


def finished(decimation: Decimation, view: InView) -> bool:
    """Tell whether a view has been read to its end."""
    traces = decimation.traces
    return traces is not None and traces.whole and traces.view == view


@settings(deadline=None, max_examples=25)
@given(start=st.integers(0, STOP - 10), length=st.integers(1, STOP), columns=st.integers(1, 900))
def test_a_view_shows_the_lowest_and_highest_of_each_column(
    start: int, length: int, columns: int
) -> None:
    view = InView(start, min(start + length, STOP), columns)
    found = read(view)
    raw = face()
    raw[GAP[0] : GAP[1]] = np.nan
    kept_bins = view.stop - view.start >= 4 * columns * 25
    edges = view.edges / 25 if kept_bins else view.edges
    for column, (left, right) in enumerate(pairwise(edges)):
        wide = 25 if kept_bins else 1
        part = raw[int(np.floor(left)) * wide : int(np.ceil(right)) * wide]
        known = part[~np.isnan(part).any(axis=1)]
        if len(known):
            np.testing.assert_array_equal(found[column, :, 0], known.min(axis=0))
            np.testing.assert_array_equal(found[column, :, 1], known.max(axis=0))
        else:
            assert np.isnan(found[column]).all()


def test_a_gap_is_nan_from_near_and_from_afar() -> None:
    near = read(InView(GAP[0] - 100, GAP[1] + 100, 70))
    assert np.isnan(near[11:59]).all()
    assert not np.isnan(near[[0, 9, 61, 69]]).any()
    far = read(InView(0, STOP, 32))
    assert np.flatnonzero(np.isnan(far[:, 0, 0])).tolist() == [27, 28]


def test_a_sample_wider_than_a_column_fills_it() -> None:
    found = read(InView(1000, 1050, 500))
    assert not np.isnan(found).any()
    np.testing.assert_array_equal(found[::10, :, 0], face()[1000:1050])


def test_from_afar_the_disk_is_read_only_once() -> None:
    class Counted:
        """A recording that counts what is read of it."""

        stream, spans = STREAM, foreign().spans
        samples_read = 0

        def samples(self, start: int, stop: int) -> FloatArray:
            self.samples_read += stop - start
            return foreign().samples(start, stop)

    recorded = Counted()
    decimation = Decimation(recorded)
    decimation.start()
    for view in (InView(0, STOP, 20), InView(500, STOP, 25), InView(0, STOP - 900, 30)):
        decimation.show(view)
        until(decimation, lambda view=view: finished(decimation, view))  # type: ignore[misc]
    decimation.close()
    assert recorded.samples_read == STOP - (GAP[1] - GAP[0])


def test_what_cannot_be_read_is_kept_for_the_window() -> None:
    class Broken:
        """A recording on a stick that has been pulled out."""

        stream, spans = STREAM, (Span(0, STOP),)

        def samples(self, start: int, stop: int) -> FloatArray:
            raise RecordingError("emg.bdf cannot be read: Input/output error.")

    decimation = Decimation(Broken())
    decimation.start()
    decimation.show(InView(0, 1000, 10))
    until(decimation, lambda: decimation.error is not None)
    decimation.close()
    assert isinstance(decimation.error, RecordingError)


def test_each_channel_is_scaled_about_its_own_middle() -> None:
    low = np.column_stack([np.linspace(990, 1010, 200), np.linspace(-5, -4, 200)])
    scaled = about_zero(np.stack([low, low + 2.0], axis=-1))
    assert np.nanmedian(scaled, axis=(0, 2)) == pytest.approx([0.0, 0.0], abs=1e-9)
    # One column in a hundred reaches farther.
    assert 1.0 <= np.abs(scaled).max() < 1.1


def test_a_pulled_plug_does_not_flatten_the_rest_and_unknown_stays_unknown() -> None:
    quiet = np.random.default_rng(1).uniform(-1.0, 1.0, (400, 1, 2))
    quiet[7] = 187_500.0
    quiet[20:30] = np.nan
    scaled = about_zero(quiet)
    assert np.nanquantile(np.abs(scaled), 0.5) > 0.3
    assert np.isnan(scaled[20:30]).all()
    nothing = np.full((5, 2, 2), np.nan)
    assert np.isnan(about_zero(nothing)).all()


@pytest.mark.parametrize("stop", [1, RATE // 10])
def test_the_shortest_recordings_can_be_read(stop: int) -> None:
    decimation = Decimation(foreign(face()[:stop], ()))
    decimation.start()
    view = InView(0, stop, 50)
    decimation.show(view)
    until(decimation, lambda: finished(decimation, view))
    decimation.close()
    assert decimation.traces is not None
    assert not np.isnan(decimation.traces.extremes).any()
