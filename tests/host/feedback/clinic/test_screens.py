"""The patient's window goes to a second screen by itself, where there is one."""

import pytest

from host.feedback.clinic.screens import Place, fits, patients_screen

LAPTOP = Place(0, 0, 1280, 800)
BESIDE = Place(1280, 0, 1920, 1080)
SMALL = Place(-800, 0, 800, 600)


def test_one_screen_has_no_place_of_its_own_for_the_patient() -> None:
    assert patients_screen((LAPTOP,), LAPTOP) is None


def test_the_patient_gets_the_screen_that_the_therapist_does_not_use() -> None:
    assert patients_screen((LAPTOP, BESIDE), Place(100, 100, 900, 600)) == 1
    assert patients_screen((LAPTOP, BESIDE), Place(1400, 100, 900, 600)) == 0


def test_of_several_screens_the_largest_is_the_patients() -> None:
    assert patients_screen((LAPTOP, SMALL, BESIDE), Place(0, 0, 900, 600)) == 2


def test_a_screen_that_mirrors_the_therapists_is_no_second_one() -> None:
    assert patients_screen((LAPTOP, Place(0, 0, 1920, 1080)), LAPTOP) is None


def test_a_window_between_screens_belongs_to_where_most_of_it_lies() -> None:
    assert patients_screen((LAPTOP, BESIDE), Place(1000, 0, 900, 600)) == 0


def test_a_window_fits_only_with_its_frame() -> None:
    assert fits(1280, 800, BESIDE)
    assert not fits(1280, 800, LAPTOP)
    assert not fits(1280, 800, Place(0, 0, 1366, 728))


def test_a_place_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        Place(0, 0, 0, 10)
