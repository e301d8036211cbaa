"""What lies where, and how it is judged: the settings of a monitor."""

from dataclasses import dataclass

from calibration.montage import Montage
from calibration.patterns import Pattern
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
    patterns: tuple[Pattern, ...] = ()
    """Patterns with other roles than in T2, in place of those with the same names."""
