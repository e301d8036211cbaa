"""What is before the converter's inputs, and how much it amplifies."""

import pytest

from host.acquisition.front_end import FRONT_ENDS, FrontEnd, describe_front_ends, find_front_end
from host.errors import SettingsError


def test_each_is_found_by_its_name_and_says_where_its_figures_are_from() -> None:
    for front_end in FRONT_ENDS:
        assert find_front_end(f" {front_end.name.upper()} ") is front_end
        assert front_end.source


def test_published_gains_are_those_of_the_data_sheets() -> None:
    assert find_front_end("myoware-2-raw").known_gain() == 200.0
    # 100 in the instrumentation amplifier, 11 after it.
    assert find_front_end("ad8232").known_gain() == 1100.0


@pytest.mark.parametrize("name", ["bioamp-exg-pill", "ad8232-emg", "differential-pair"])
def test_a_gain_that_nobody_publishes_must_be_told_not_guessed(name: str) -> None:
    with pytest.raises(SettingsError, match="--front-end-gain"):
        find_front_end(name).known_gain()
    assert find_front_end(name, 1234.0).known_gain() == 1234.0


def test_a_measured_gain_takes_the_place_of_the_published_one() -> None:
    assert find_front_end("myoware-2-raw", 198.0).known_gain() == 198.0


def test_any_other_front_end_goes_by_its_gain() -> None:
    assert find_front_end("gain", 500.0).known_gain() == 500.0
    with pytest.raises(SettingsError, match="--front-end-gain N"):
        find_front_end("gain")


def test_an_unknown_name_gets_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="'myo'; there are myoware-2-raw, bioamp-exg-pill"):
        find_front_end("myo")


@pytest.mark.parametrize("gain", [0.5, 60_000.0, float("nan")])
def test_gains_that_no_front_end_has_are_refused(gain: float) -> None:
    with pytest.raises(SettingsError, match="from 1 to 50000"):
        find_front_end("gain", gain)


def test_a_corner_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="corner"):
        FrontEnd(name="x", title="x", gain=1.0, low_hz=-1.0, source="x")


def test_the_list_says_what_to_type() -> None:
    said = describe_front_ends()
    assert "myoware-2-raw      MyoWare 2.0, RAW output, gain 200" in said
    assert "tell its gain" in said
