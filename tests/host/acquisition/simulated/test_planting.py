"""Faults of cables and electrodes, planted on a simulated patient."""

import numpy as np
import pytest

from calibration.montage import Site, montages
from calibration.muscles import Side
from host.acquisition.simulated.patient import SimulatedPatient
from host.acquisition.simulated.planting import Plant, Planted
from host.acquisition.simulated.script import WAITING, Step
from host.acquisition.simulated.settings import PatientSettings

FACE = montages()["face-4"]
SOUND = PatientSettings(montage=FACE, script=WAITING)
SMILE = Step(pattern="gentle closed smile", rest_s=0.5, rise_s=0.5, hold_s=2.0, side=Side.LEFT)


def levels(words: str) -> np.ndarray:
    """Return what each electrode's muscle does while the left cheek smiles, `(n_channels,)`."""
    patient = SimulatedPatient(Planted.parse(words).on(SOUND))
    attempt = patient.ask(SMILE, 0)
    mean: np.ndarray = patient.truth(attempt.hold + 100, attempt.release).activation.mean(axis=0)
    return mean


def test_swapped_cables_bring_the_left_cheek_to_the_right_channel() -> None:
    assert levels("swapped").argmax() == 3


def test_a_wrong_cable_is_exchanged_with_the_next_of_its_side() -> None:
    settings = Planted.parse("wrong:2").on(SOUND)
    assert settings.lying[:2] == (FACE.sites[1], FACE.sites[0])
    assert settings.lying[2:] == FACE.sites[2:]
    assert levels("wrong:2").argmax() == 0


def test_a_weak_muscle_hardly_moves() -> None:
    assert levels("weak:2")[1] < 0.05


def test_a_loose_and_a_clipped_channel_are_so_from_the_start() -> None:
    for words in ("loose:1", "clipped:1"):
        patient = SimulatedPatient(Planted.parse(words).on(SOUND))
        assert patient.truth(0, 10).loose[:, 0].all()
    assert (patient.read(500).data[:, 0] == patient.stream.range_uv).all()


def test_a_sound_patient_is_as_the_montage_says() -> None:
    assert SOUND.electrode_sites == FACE.sites


@pytest.mark.parametrize(
    "words", ["", "broken", "loose", "swapped:1", "loose:0", "loose:x", "loose:-1", "weak:"]
)
def test_words_that_are_no_fault_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="CH a channel's number"):
        Planted.parse(words)


def test_a_channel_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no channel 9, only 1 to 4"):
        Planted(plant=Plant.WEAK, channel=8).on(SOUND)


def test_a_muscle_alone_on_its_side_cannot_be_taken_for_another() -> None:
    montage = montages()["face-4"].padded(5)
    alone = PatientSettings(montage=montage, script=WAITING)
    with pytest.raises(ValueError, match="no other muscle"):
        Planted(plant=Plant.WRONG, channel=4).on(alone)


def test_electrodes_lie_at_as_many_places_as_there_are_channels() -> None:
    with pytest.raises(ValueError, match="4 channels do not lie"):
        PatientSettings(montage=FACE, lying=(Site(),))
