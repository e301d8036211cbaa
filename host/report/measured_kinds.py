"""The rows of T3 as a table names them: what each says in plain words, and whose measure it is."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from calibration.measured import Measured
from calibration.patterns import Role


class Measure(enum.Enum):
    """A measure of one attempt; all are defined in `calibration.measures*`."""

    ACTIVATION = "activation"
    RATIO = "synkinesis ratio"
    SIDE_RATIO = "synkinesis, side to side"
    INVOLVEMENT = "involvement"
    SHAPE = "co-contraction, shape"
    AMOUNT = "co-contraction, amount"
    TIME = "co-contraction, time"
    SELECTIVITY = "selectivity"
    ASYMMETRY = "asymmetry"
    SMOOTHNESS = "smoothness"
    RISE_TIME = "rise time"
    PEAK_RATE = "peak rate"
    RELEASE = "release time"
    REMAINING = "remaining tone"
    ONSET = "onset"
    OFFSET = "offset"
    ONSET_DIFFERENCE = "onset, left to right"
    OFFSET_DIFFERENCE = "offset, left to right"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a measure says, and where it comes from."""

    what: str
    """In plain words."""
    citation: str


_OUR_TIMING = "T3; P17"
ABOUT: Mapping[Measure, About] = {
    Measure.ACTIVATION: About(
        what="Mean level in the hold, above rest, as a share of the gentle reference",
        citation="T3; P9",
    ),
    Measure.RATIO: About(
        what="How much a quiet muscle works in the hold for each part of the leading muscle",
        citation="T3; P15; interval Fieller 1954",
    ),
    Measure.SIDE_RATIO: About(
        what="Logarithm of that ratio on the affected side over the other side; 0 is alike",
        citation="T3; interval Zou & Donner 2008",
    ),
    Measure.INVOLVEMENT: About(
        what="How many quiet muscles of a side were above their rest threshold in the hold",
        citation="T3; Franz 2024",
    ),
    Measure.SHAPE: About(
        what="How alike two muscles work in the hold: 0 one alone, 1 both the same",
        citation="T3; Falconer & Winter 1985",
    ),
    Measure.AMOUNT: About(
        what="Activation in the hold that two muscles have in common", citation="T3; Carey 2026"
    ),
    Measure.TIME: About(
        what="Share of the hold in which both muscles are above their rest thresholds",
        citation="T3; Carey 2026; interval Wilson 1927",
    ),
    Measure.SELECTIVITY: About(
        what="How little the quiet muscles of a side move with a slow rise: 1 is best",
        citation="T3; P13; Schieber 1991",
    ),
    Measure.ASYMMETRY: About(
        what="Left minus right over left plus right of the levels in the hold, in uV above rest",
        citation="T3; healthy limit mean + 1.645 SD, n = 154",
    ),
    Measure.SMOOTHNESS: About(
        what="Spectral arc length of the rise's speed: nearer 0 is smoother",
        citation="T3; P12; Balasubramanian 2015",
    ),
    Measure.RISE_TIME: About(what="Time from 10 to 90 % of the hold's level", citation="T3; P10"),
    Measure.PEAK_RATE: About(what="Steepest part of the rise", citation="T3; P10"),
    Measure.RELEASE: About(
        what="Time from the cue to release until the level stays below the rest threshold",
        citation="T3; P12",
    ),
    Measure.REMAINING: About(
        what="Mean level in the second after 10 s of release", citation="T3; P4; P12"
    ),
    Measure.ONSET: About(
        what="When the level first stays above the rest threshold, after the cue to rise",
        citation=_OUR_TIMING,
    ),
    Measure.OFFSET: About(
        what="When the level stays below half of its hold, after the cue to rise",
        citation=_OUR_TIMING,
    ),
    Measure.ONSET_DIFFERENCE: About(
        what="Onset left minus onset right: positive where left came later", citation=_OUR_TIMING
    ),
    Measure.OFFSET_DIFFERENCE: About(
        what="Offset left minus offset right: positive where left let go later",
        citation=_OUR_TIMING,
    ),
}


BOTH = "left - right"
AFFECTED_TO_OTHER = "affected / other"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure of one muscle, pair of muscles, side or pair of sides in one attempt."""

    measure: Measure
    muscle: str = ""
    """Code; empty for a whole side, and in a plain montage."""
    side: str = ""
    """The patient's `left` or `right`, `BOTH` or `AFFECTED_TO_OTHER`; empty in a plain montage."""
    target: str = ""
    """The leading muscle that it is compared with, on the same side."""
    channel: int | None = None
    """Column; None for more than one channel."""
    role: Role | None = None
    measured: Measured
    healthy_limit: float | None = None
    """Absolute asymmetry below which nothing is flagged; None where nobody has measured it."""
    beyond: bool | None = None
    """Whether it is surely beyond that limit; None where not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptMeasures:
    """Every row of T3 for one attempt."""

    number: int
    """Counted from 1 in the session."""
    pattern: str
    start: int
    """Sample of the cue to rise; to hold, where nothing rises before."""
    calibrated: bool
    """Whether a therapist's calibration stands behind the reference."""
    rows: tuple[MeasureRow, ...]

    def of(self, measure: Measure) -> tuple[MeasureRow, ...]:
        """Return the rows of one measure."""
        return tuple(row for row in self.rows if row.measure is measure)
