"""Sentences that remember how they were put together."""

import copy
import json
import pickle

import pytest

from calibration.saying import Saying

ALONG = Saying("{} came along for {:.1f} s", Saying("{}, {}", "Eye", "left"), 1.25)


def test_a_saying_is_plain_english() -> None:
    assert ALONG == "Eye, left came along for 1.2 s"
    assert hash(ALONG) == hash("Eye, left came along for 1.2 s")
    assert json.dumps(ALONG) == '"Eye, left came along for 1.2 s"'
    assert type(str(ALONG)) is str


@pytest.mark.parametrize("again", [copy.deepcopy(ALONG), pickle.loads(pickle.dumps(ALONG))])  # noqa: S301
def test_a_copy_remembers_as_much(again: Saying) -> None:
    assert again == ALONG
    assert (again.template, again.values) == (ALONG.template, ALONG.values)
    assert isinstance(again.values[0], Saying)


def test_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(IndexError):
        Saying("{} of {}", 1)
    with pytest.raises(ValueError, match="format"):
        Saying("{:.1f}", "five")
