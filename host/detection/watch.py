"""What lies where, and how it is judged: the settings of a monitor."""

from dataclasses import dataclass

from calibration.montage import Montage
from calibration.patterns import Pattern
from calibration.reference import GENTLE_UV
from host.chain.pipeline import ChainSettings
from host.detection.attempted import Pace
from host.detection.blinks import BlinkLimits
from host.detection.cocontraction import Thresholds
from host.detection.energy import Energy
from host.detection.guards import Effort
from host.detection.release import Release
from host.detection.resting import FirstRest
from host.detection.with_blink import WithBlink


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
    energy: Energy = Energy()
    """When a muscle is active at all."""
    blinks: BlinkLimits = BlinkLimits()
    with_blink: WithBlink = WithBlink()
    """What comes along with a blink, and not with the pattern."""
    pace: Pace = Pace()
    release: Release = Release()
    """A channel with a floor has that as its rest threshold."""
    touch_after_s: float = 0.25
    """So long after a finger has left, its muscle is scored again (P5)."""
    excluded: tuple[int, ...] = ()
    """Columns of the channels that the therapist left out: unknown throughout, never scored."""

    def __post_init__(self) -> None:
        """Refuse a reference that nothing can be a share of, and floors of other channels."""
        if not self.gentle_uv > 0.0:
            raise ValueError(f"gentle_uv must be positive, got {self.gentle_uv}")
        sites = len(self.montage.sites)
        if len(self.floors) not in {0, sites} or not all(floor >= 0.0 for floor in self.floors):
            raise ValueError(f"need a floor for each of {sites} channels, got {self.floors}")
        if not 0.0 <= self.touch_after_s <= 10.0:
            raise ValueError(f"touch_after_s must be 0 to 10, got {self.touch_after_s}")
        if not all(0 <= column < sites for column in self.excluded):
            raise ValueError(f"there are columns 0 to {sites - 1}, not {self.excluded}")
