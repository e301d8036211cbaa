"""How the calibration page is divided."""

import pytest

from host.feedback.calibrating.division import LETTERS, WIDEST, division


def test_usually_the_column_is_slim_and_its_letters_are_as_wanted() -> None:
    divided = division(1280, 800, 16.8, 4)
    assert divided.column == pytest.approx(0.32 * 1280, abs=1)
    assert divided.letters == 17
    assert division(1920, 1080, 22.7, 8).letters == 23


def test_large_letters_widen_the_column_first() -> None:
    large = division(1280, 800, 34.0, 4)
    assert large.column == round(WIDEST * 1280)
    assert 17 < large.letters <= large.column / LETTERS + 1


def test_many_channels_make_letters_smaller_before_they_overlap() -> None:
    few, many = (division(1280, 600, 30.0, rows).letters for rows in (2, 16))
    assert many < few
    assert division(960, 600, 14.0, 40).letters == 11
