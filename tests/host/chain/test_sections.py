"""Two ways to run second-order sections: the quick one gives what the documented one gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.filters import BandPass, MainsRemoval, design_band_pass, design_mains_removal
from host.chain.sections import chosen, public, sections

SOS = np.concatenate(
    [design_mains_removal(MainsRemoval(), 250.0, 112.5), design_band_pass(BandPass(), 250.0)]
)
RNG = np.random.default_rng(12)


@given(st.integers(1, 40), st.integers(1, 5), st.sampled_from("CF"))
def test_both_ways_give_the_same_to_the_last_bit(rows: int, channels: int, order: str) -> None:
    data = np.array(RNG.normal(3000.0, 20.0, (rows, channels)), order="F" if order == "F" else "C")
    state = RNG.normal(0.0, 100.0, (len(SOS), 2, channels))
    for mine, yours in zip(sections(SOS, data, state), public(SOS, data, state), strict=True):
        np.testing.assert_array_equal(mine, yours)


def test_neither_samples_nor_state_are_written_into() -> None:
    data, state = RNG.normal(size=(7, 1)), RNG.normal(size=(len(SOS), 2, 1))
    data.flags.writeable = state.flags.writeable = False
    sections(SOS, data, state)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("scipy.signal._gone", "_sosfilt"),
        ("scipy.signal", "_gone"),
        ("scipy.signal", "butter"),  # wants something else
        ("builtins", "print"),  # does something else
    ],
)
def test_another_scipy_is_used_by_its_documented_function(module: str, name: str) -> None:
    assert chosen(module, name) is public
