"""Labels of other programs as muscles and sides."""

import pytest

from calibration.montage import Site, montages
from calibration.muscles import Side, muscles
from host.recording.foreign.labels_read import guess_montage
from host.recording.labels import bdf_labels


@pytest.mark.parametrize("name", list(montages()))
def test_our_own_labels_are_our_own_montage(name: str) -> None:
    montage = montages()[name]
    labels = bdf_labels(montage, tuple(f"ch{k}" for k in range(len(montage.sites))))
    guessed = guess_montage(labels)
    assert guessed is not None
    assert guessed.sites == montage.sites


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("code", list(muscles()))
def test_codes_and_anatomical_names_are_known(code: str, side: Side) -> None:
    expected = (Site(muscle=code, side=side),)
    letter = side.value[0].upper()
    name = muscles()[code].name
    for label in (
        f"{code}_{letter}",
        f"{letter}{code}",
        f"{code}-{side.value}",
        f"EMG {code.lower()}{letter}",
    ):
        guessed = guess_montage([label])
        assert guessed is not None, label
        assert guessed.sites == expected, label
    guessed = guess_montage([f"{name} {side.value}"])
    assert guessed is not None
    assert guessed.sites == expected


def test_channels_without_a_muscle_or_a_side_stay_plain() -> None:
    guessed = guess_montage(["zygR", "EMG_cor", "left", "Zygomaticus minor L", "EXG Channel 3"])
    assert guessed is not None
    assert guessed.sites == (Site(muscle="ZYG", side=Side.RIGHT), *[Site()] * 4)


@pytest.mark.parametrize(
    "labels",
    [[], ["ch1", "ch2"], ["EMG_zyg", "EMG_cor"], ["ZYG_L", "zyg left"], ["left right zyg"]],
)
def test_what_is_unknown_or_named_twice_is_no_montage(labels: list[str]) -> None:
    assert guess_montage(labels) is None
