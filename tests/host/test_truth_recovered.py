"""What the simulated patient really did, against what chain and detection make of it."""

import numpy as np
import pytest

from calibration.muscles import Side
from calibration.reference import Reference
from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.patient import SimulatedPatient
from host.acquisition.simulated.settings import PatientSettings
from host.chain.stream import FloatArray
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch

SECONDS = 60


def watched(settings: PatientSettings) -> tuple[SimulatedPatient, list[Frame]]:
    """Return a patient and the frames of one session, calibrated on the patient's own truth."""
    patient = SimulatedPatient(settings)
    channels = len(patient.stream.channels)
    reference = Reference(
        rest_uv=np.full(channels, 0.5),
        noise_uv=np.full(channels, 0.5),
        gentle_uv=np.full(channels, settings.gentle_uv * patient.carrier_gain),
        calibrated=True,
    )
    monitor = Monitor(Watch(montage=settings.montage), patient.stream, patient.cues(), reference)
    return patient, monitor.push(patient.read(patient.stream.samples(SECONDS)))


@pytest.fixture(scope="module")
def session() -> tuple[SimulatedPatient, list[Frame]]:
    """Return one session of the default patient."""
    return watched(PatientSettings(seed=3))


def known(frames: list[Frame]) -> tuple[FloatArray, FloatArray]:
    """Return samples and activation from the second second on."""
    settled = [frame for frame in frames if frame.time_s > 2.0]
    return (
        np.array([frame.sample for frame in settled]),
        np.array([frame.activation for frame in settled]),
    )


def test_the_chain_recovers_the_true_activation(
    session: tuple[SimulatedPatient, list[Frame]],
) -> None:
    patient, frames = session
    samples, activation = known(frames)
    truth = patient.truth(0, int(samples[-1]) + 1).activation
    # The RMS window is 45 samples long, so its middle lies 22 samples back.
    true = truth[samples.astype(int) - 22]
    for channel in range(activation.shape[1]):
        if true[:, channel].max() < 0.3:
            continue
        ratio = activation[:, channel] @ true[:, channel] / (true[:, channel] @ true[:, channel])
        correlation = np.corrcoef(activation[:, channel], true[:, channel])[0, 1]
        # Rest is taken off, and the band's edge and the mains take 4 to 14 % with them.
        assert ratio == pytest.approx(0.87, abs=0.2)
        assert correlation > 0.9


def test_p14_true_synkinesis_is_found_and_on_the_affected_side_only(
    session: tuple[SimulatedPatient, list[Frame]],
) -> None:
    patient, frames = session
    stop = frames[-1].sample
    clear = [true for true in patient.episodes(0, stop, least=0.6) if true.stop - true.start > 125]
    found = [episode for frame in frames for episode in frame.ended]
    assert len(clear) >= 2
    for true in clear:
        assert any(
            episode.channel == true.channel
            and episode.start < true.stop
            and episode.stop > true.start
            for episode in found
        ), true
    left = [
        column
        for column, site in enumerate(PatientSettings().montage.sites)
        if site.side is Side.LEFT and site.muscle != "OOC"  # which blinks on both sides
    ]
    assert not [episode for episode in found if episode.channel in left]


def test_a_face_without_synkinesis_has_next_to_no_episode() -> None:
    settings = PatientSettings(seed=4, couplings=())
    _, frames = watched(settings)
    eyes = [column for column, site in enumerate(settings.montage.sites) if site.muscle == "OOC"]
    found = [episode for frame in frames for episode in frame.ended]
    assert not [episode for episode in found if episode.channel not in eyes]


@pytest.mark.parametrize("fault", list(Fault))
def test_an_electrode_that_comes_loose_has_no_level_while_it_is_loose(fault: Fault) -> None:
    loose = Loose(channel=5, start_s=10.0, stop_s=14.0, fault=fault)
    patient, frames = watched(PatientSettings(seed=5, loose=(loose,)))
    truth = patient.truth(0, frames[-1].sample)
    for frame in frames:
        # A tenth of a second is allowed to find out.
        if truth.loose[max(0, frame.sample - 25) : frame.sample, 5].all():
            assert np.isnan(frame.activation[5]), frame.time_s
    assert not np.isnan([frame.activation[5] for frame in frames if 16 < frame.time_s < 18]).any()
