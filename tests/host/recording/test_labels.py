"""Names of channels that other programs understand."""

import pytest

from calibration.montage import Montage, Site, montages, plain_montage
from calibration.muscles import Side
from host.chain.stream import channel_names
from host.recording.labels import bdf_labels


def test_a_muscle_is_named_with_its_side_and_a_plain_channel_by_its_own_name() -> None:
    site = Site(muscle="ZYG", side=Side.LEFT)
    montage = Montage(name="one", sites=(site, Site()))
    assert bdf_labels(montage, ("ch1", "ch2")) == ("EMG ZygMaj L", "EMG ch2")


@pytest.mark.parametrize("name", sorted(montages()))
def test_labels_of_every_ready_montage_fit_and_differ(name: str) -> None:
    montage = montages()[name]
    labels = bdf_labels(montage, channel_names(len(montage.sites)))
    assert len(set(labels)) == len(labels)
    assert all(len(label) <= 16 and label.startswith("EMG ") for label in labels)


def test_names_that_are_too_long_or_no_ascii_are_made_to_fit_and_to_differ() -> None:
    channels = ("größe", "electrode left 1", "electrode left 2", "a\tb")
    labels = bdf_labels(plain_montage(4), channels)
    assert labels == ("EMG gr__e", "EMG electrode le", "EMG electrode ~2", "EMG a_b")
