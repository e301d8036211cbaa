"""Everything that can be set about a simulated patient."""

import enum
from dataclasses import dataclass, field

from calibration.montage import Montage, Site, montages
from calibration.muscles import Side
from host.acquisition.simulated.carrier import Spectrum
from host.acquisition.simulated.contact import Loose, Touching
from host.acquisition.simulated.converter import BANDWIDTH_PER_RATE
from host.acquisition.simulated.disturbance import Electrodes, Mains
from host.acquisition.simulated.effort import Blinks, Effort
from host.acquisition.simulated.mixing import Crosstalk
from host.acquisition.simulated.motor_units import MotorUnits
from host.acquisition.simulated.script import Script
from host.acquisition.simulated.synkinesis import MODERATE, Coupling
from host.chain.stream import Stream, channel_names


class CarrierKind(enum.Enum):
    """What the rapid part of the EMG is made of."""

    GAUSSIAN = "gaussian"
    MOTOR_UNITS = "motor units"


def _default_montage() -> Montage:
    return montages()["face-8"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSettings:
    """A patient, the electrodes and the board; the defaults are a lively demonstration."""

    seed: int = 1
    rate_hz: float = 250.0
    montage: Montage = field(default_factory=_default_montage)
    affected: Side = Side.RIGHT
    weak: tuple[Site, ...] = ()
    """Muscles whose movements are hardly made when they are asked for."""
    couplings: tuple[Coupling, ...] = MODERATE
    """Synkinesis of the affected side; empty for a face without."""
    unsteadiness: float = 0.12
    """RMS of the couplings' slow change, as a share of each."""
    script: Script | None = None
    """None for a demonstration of the patterns that the montage can watch."""
    effort: Effort = field(default_factory=Effort)
    blinks: Blinks = field(default_factory=Blinks)
    gentle_uv: float = 20.0
    """RMS of gentle effort at the skin, 20 to 450 Hz: activation 1."""
    tone_uv: float = 1.0
    """RMS of a muscle at rest, there too."""
    tone_affected_uv: float = 1.5
    """The same on the affected side (P4)."""
    carrier: CarrierKind = CarrierKind.GAUSSIAN
    spectrum: Spectrum = field(default_factory=Spectrum)
    motor_units: MotorUnits = field(default_factory=MotorUnits)
    """The pools of `CarrierKind.MOTOR_UNITS`."""
    crosstalk: Crosstalk = field(default_factory=Crosstalk)
    electrodes: Electrodes = field(default_factory=Electrodes)
    mains_hz: float = 50.0
    mains: Mains = field(default_factory=Mains)
    touching: Touching = field(default_factory=Touching)
    loose: tuple[Loose, ...] = ()
    lying: tuple[Site, ...] = ()
    """Where each channel's electrodes really lie; () for where the montage says. A `Site()` lies
    on no muscle."""
    gains: tuple[float, ...] = ()
    """How much of the muscles each channel's electrodes hear, 1 as usual; () for 1 everywhere."""

    def __post_init__(self) -> None:
        """Refuse what no patient and no board can be."""
        if self.seed < 0:
            raise ValueError(f"a seed is 0 or more, got {self.seed}")
        if self.mains_hz not in (50.0, 60.0):
            raise ValueError(f"mains is 50 or 60 Hz, got {self.mains_hz}")
        if not 0.1 <= self.gentle_uv <= 1000.0:
            raise ValueError(f"gentle_uv must be within 0.1 and 1000, got {self.gentle_uv}")
        for tone_uv in (self.tone_uv, self.tone_affected_uv):
            if not 0.0 <= tone_uv <= 100.0:
                raise ValueError(f"resting tone must be within 0 and 100 uV, got {tone_uv}")
        if not 0.0 <= self.unsteadiness <= 0.5:
            raise ValueError(f"unsteadiness must be within 0 and 0.5, got {self.unsteadiness}")
        pairs = [(coupling.target, coupling.quiet) for coupling in self.couplings]
        if len(set(pairs)) != len(pairs):
            raise ValueError(f"two couplings join the same muscles: {pairs}")
        self._refuse_electrodes()
        # A stream refuses a rate that no board has.
        _ = self.stream

    def _refuse_electrodes(self) -> None:
        for loose in self.loose:
            if loose.channel >= len(self.montage.sites):
                raise ValueError(f"there is no channel {loose.channel} in {self.montage.name!r}")
        if len(self.lying) not in {0, len(self.montage.sites)}:
            raise ValueError(f"{len(self.montage.sites)} channels do not lie at {self.lying}")
        if len(self.gains) not in {0, len(self.montage.sites)} or not all(
            0.05 <= gain <= 20.0 for gain in self.gains
        ):
            raise ValueError(f"need a gain within 0.05 and 20 for each channel, got {self.gains}")

    @property
    def electrode_sites(self) -> tuple[Site, ...]:
        """Where each channel's electrodes lie in truth, by column."""
        return self.lying or self.montage.sites

    @property
    def stream(self) -> Stream:
        """What is true of every sample."""
        return Stream(
            rate_hz=self.rate_hz,
            channels=channel_names(len(self.montage.sites)),
            bandwidth_hz=BANDWIDTH_PER_RATE * self.rate_hz,
        )
