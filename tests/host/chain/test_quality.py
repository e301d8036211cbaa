"""Names of what can be wrong, limits, and runs of marks."""

import numpy as np
import pytest
from hypothesis import given

from host.chain.quality import Quality, QualityLimits, run_lengths
from host.chain.stream import Stream
from tests.cuts import chunks, cuts


@pytest.mark.parametrize(
    ("rate_hz", "resolution_uv", "equal"),
    [(250.0, None, 10), (1000.0, None, 40), (500.0, 6.1, 500)],
)
def test_a_dead_input_is_known_by_so_many_equal_samples(
    rate_hz: float, resolution_uv: float | None, equal: int
) -> None:
    stream = Stream(rate_hz=rate_hz, channels=("ch1",), resolution_uv=resolution_uv)
    assert QualityLimits().flat_run(stream) == equal


def test_a_run_goes_on_from_before_and_begins_anew_after_a_break() -> None:
    marks = np.array([[True, True], [True, False], [True, True]])
    assert run_lengths(marks, np.array([4, 7])).tolist() == [[5, 8], [6, 0], [7, 1]]


@given(cuts(300))
def test_runs_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    marks = np.random.default_rng(3).random((300, 4)) < 0.7
    before, pieces = np.zeros(4, dtype=np.int64), []
    for chunk in chunks(marks.astype(np.float64), cut_points):
        if len(chunk):
            pieces.append(run_lengths(chunk.data > 0, before))
            before = pieces[-1][-1]
    whole = run_lengths(marks, np.zeros(4, dtype=np.int64))
    np.testing.assert_array_equal(np.concatenate(pieces), whole)


def test_only_good_and_humming_channels_are_usable() -> None:
    assert [code for code in Quality if code.usable] == [Quality.GOOD, Quality.MAINS]


@pytest.mark.parametrize("name", ["rail_share", "settle_s", "flat_s", "artefact_uv", "valid_share"])
def test_limits_that_pass_everything_or_nothing_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"-1"):
        QualityLimits(**{name: -1.0})
