"""Build a patient's parts from the settings."""

from collections.abc import Sequence

import numpy as np

from host.acquisition.simulated.agenda import Agenda
from host.acquisition.simulated.carrier import Carrier, GaussianCarrier, design_shaping
from host.acquisition.simulated.contact import Contact, Touches
from host.acquisition.simulated.converter import Converter, design_sinc3, oversampling
from host.acquisition.simulated.disturbance import Baseline, Hum
from host.acquisition.simulated.effort import FACE, BlinkTrain, Voluntary
from host.acquisition.simulated.face import Face
from host.acquisition.simulated.mixing import VolumeConductor, own
from host.acquisition.simulated.motor_units import MotorUnitCarrier
from host.acquisition.simulated.rendering import AXON_LAG_S, BLOCK_S, Muscles, Rendering
from host.acquisition.simulated.script import Attempts, demo_script
from host.acquisition.simulated.settings import CarrierKind, PatientSettings
from host.acquisition.simulated.synkinesis import Synkinesis


def build_timetable(settings: PatientSettings) -> Agenda:
    """Return where the script's attempts fall, to which others can be added."""
    return Agenda(settings.script or demo_script(settings.montage), settings.stream)


def build_face(settings: PatientSettings, timetable: Attempts) -> Face:
    """Return the face that follows the timetable."""
    stream, affected, seed = settings.stream, settings.affected, settings.seed
    return Face(
        Voluntary(
            settings.effort, timetable, stream, affected=affected, seed=seed, weak=settings.weak
        ),
        BlinkTrain(settings.blinks, stream, seed=seed),
        Synkinesis(
            settings.couplings,
            stream,
            affected=affected,
            unsteadiness=settings.unsteadiness,
            seed=seed,
        ),
        gentle_uv=settings.gentle_uv,
        tone_uv=np.array(
            [
                settings.tone_affected_uv if site.side is affected else settings.tone_uv
                for site in FACE
            ]
        ),
    )


def build_touches(settings: PatientSettings, timetable: Attempts) -> Touches:
    """Return the fingers that the script asks for."""
    return Touches(
        settings.touching,
        timetable,
        settings.stream,
        electrodes=settings.electrode_sites,
        affected=settings.affected,
        seed=settings.seed,
    )


def build_rendering(
    settings: PatientSettings, face: Face, touches: Touches, contact: Contact
) -> tuple[Rendering, float]:
    """Return what makes the samples, and the share of the EMG's RMS that it lets through."""
    stream, seed = settings.stream, settings.seed
    ratio = oversampling(settings.rate_hz)
    rate_hz = ratio * settings.rate_hz
    block = stream.samples(BLOCK_S)
    columns = _seen(settings)
    carrier = _carrier(settings, rate_hz, len(columns))
    conductor = _conductor(settings, columns, rate_hz)
    channels = len(stream.channels)
    converter = Converter(ratio, channels)
    muscles = Muscles(
        face,
        columns,
        carrier,
        block=block,
        ratio=ratio,
        lead=converter.lead - conductor.delay,
        lag=round(AXON_LAG_S * rate_hz),
    )
    rendering = Rendering(
        stream,
        muscles,
        conductor,
        converter,
        hum=Hum(settings.mains, mains_hz=settings.mains_hz, channels=channels, seed=seed),
        touches=touches,
        contact=contact,
        baseline=Baseline(settings.electrodes, channels=channels, seed=seed),
        noise_uv=settings.electrodes.noise_uv,
        block=block,
        ratio=ratio,
        seed=seed,
    )
    return rendering, carrier.gain(design_sinc3(ratio))


def _conductor(
    settings: PatientSettings, columns: Sequence[int], rate_hz: float
) -> VolumeConductor:
    """Return the way from these muscles of the face to the electrodes."""
    return VolumeConductor(
        settings.crosstalk,
        [FACE[column] for column in columns],
        settings.electrode_sites,
        rate_hz=rate_hz,
        spectrum_taps=design_shaping(settings.spectrum, rate_hz),
        gains=np.array(settings.gains or 1.0),
    )


def _carrier(settings: PatientSettings, rate_hz: float, muscles: int) -> Carrier:
    if settings.carrier is CarrierKind.GAUSSIAN:
        return GaussianCarrier(
            settings.spectrum, rate_hz=rate_hz, muscles=muscles, seed=settings.seed
        )
    return MotorUnitCarrier(
        settings.motor_units,
        settings.spectrum,
        rate_hz=rate_hz,
        muscles=muscles,
        seed=settings.seed,
    )


def _seen(settings: PatientSettings) -> list[int]:
    """Return the muscles that some electrode sees, or that share axons with those."""
    sites = settings.electrode_sites
    mixed = own(FACE, sites) + settings.crosstalk.matrix(FACE, sites)
    seen = {column for column in range(len(FACE)) if mixed[column].any()}
    for coupling in settings.couplings:
        ends = [
            column
            for column, site in enumerate(FACE)
            if site.side is settings.affected and site.muscle in (coupling.target, coupling.quiet)
        ]
        if coupling.common and seen & set(ends):
            seen |= set(ends)
    return sorted(seen)
