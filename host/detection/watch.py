"""What lies where, and how it is judged: the settings of a monitor."""

from dataclasses import dataclass

from calibration.montage import Montage
from calibration.patterns import Pattern
from calibration.reference import GENTLE_UV
from host.chain.pipeline import ChainSettings
from host.detection.cocontraction import Thresholds
from host.detection.guards import Effort
from host.detection.resting import FirstRest


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Settings of a monitor, as a session begins; adjustments may change some of them later."""

    montage: Montage
    chain: ChainSettings = ChainSettings()
    thresholds: Thresholds = Thresholds()
    effort: Effort = Effort()
    first_rest: FirstRest = FirstRest()
    gentle_uv: float = GENTLE_UV
    """Gentle reference of every channel while nobody has calibrated."""
    floors: tuple[float, ...] = ()
    """Least threshold of each channel, as calibration found it in the noise; () for none."""
    patterns: tuple[Pattern, ...] = ()
    """Patterns with other roles than in T2, in place of those with the same names."""

    def __post_init__(self) -> None:
        """Refuse a reference that nothing can be a share of, and floors of other channels."""
        if not self.gentle_uv > 0.0:
            raise ValueError(f"gentle_uv must be positive, got {self.gentle_uv}")
        sites = len(self.montage.sites)
        if len(self.floors) not in {0, sites} or not all(floor >= 0.0 for floor in self.floors):
            raise ValueError(f"need a floor for each of {sites} channels, got {self.floors}")
