"""Calibration: planted faults, false findings, involvement against severity, covering intervals."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import stats

from benchmarks.calibration_coverage import figures as coverage_figures
from benchmarks.calibration_exchange import Exchanged, exchange
from benchmarks.calibration_exchange import figures as exchange_figures
from benchmarks.calibration_faults import FAULTS, fitted, fitted_powers, plant, wrong
from benchmarks.calibration_people import (
    Sitting,
    face,
    severity,
    sitting,
    two_a_side,
    visible_pairs,
)
from benchmarks.calibration_signal import GRADES, calibrated, first_fit, involvement
from benchmarks.figures import Figure, percent
from calibration.attempts import AttemptLevels
from calibration.cohort_check import Found, check
from calibration.fit import Fit
from calibration.patterns import Pattern, own_pattern, patterns
from calibration.thresholds import quiet_threshold, shaping
from host.acquisition.simulated.cohort import Person, cohort

SEEDS = (1, 2, 3)
"""Of the people, of the power-level cohort, and of all courses."""
PEOPLE = 100
POWER_CALIBRATIONS = 450
"""Half of them sound, the others with each of nine faults in turn."""
SPREADS = (0.15, 0.3, 0.45)
"""What the critical levels of one person's attempts differ by, relative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was said of a sound calibration, and of one with a fault."""

    false: bool
    """Whether the sound one has a finding."""
    remarked: bool
    """Whether it has a remark: that two muscles answer alike."""
    found: bool
    """Whether the planted fault was found."""
    false_beside: bool
    """Whether a channel was named in which nothing was planted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What became of one simulated person."""

    whole: Judged
    """With four electrodes a side."""
    small: Judged
    """With those of eye and cheek alone, and another fault."""
    exchanged: Exchanged
    """The cables of the affected side's eye and cheek, exchanged among these."""
    severity: float
    graded: float
    counted: float
    """Involvement: in three grades, and above the quiet threshold alone; NaN where unknown."""
    countable: float
    """What the latter would be, were it counted on the true severities."""
    selectivity_error: float
    """Of the smile on the affected side; NaN where it is not known."""
    rest_thresholds: tuple[float, ...]


def run() -> list[Figure]:
    """Study people by their samples, then many more calibrations by powers, then courses."""
    with ProcessPoolExecutor() as pool:
        powers = pool.submit(check, SEEDS[1], POWER_CALIBRATIONS)
        courses = pool.submit(coverage_figures, SEEDS[2])
        studies = list(pool.map(study, range(PEOPLE)))
        return [
            *_findings_of_samples(studies),
            *_findings_of_powers(powers.result()),
            *_involvement(studies),
            *_fitted(studies),
            *_shaping(),
            *courses.result(),
        ]


def study(number: int) -> Study:
    """Calibrate one person, soundly and with one fault, and count involvement afterwards."""
    person = cohort(SEEDS[0], number + 1)[number]
    sound = sitting(person, number)
    found, heard = first_fit(sound)
    small = two_a_side(sound)
    known = calibrated(sound, found, heard)
    cheek = face().column("ZYG", person.affected)
    smile = None if known is None or cheek is None else known.channels[cheek].selectivity
    thresholds = () if known is None else [one.rest_threshold for one in known.channels]
    return Study(
        whole=_judged(sound, found, number),
        small=_judged(small, fitted_powers(small, small.raw_uv, small.segments), number + 1),
        exchanged=exchange(small, number),
        severity=severity(person),
        graded=np.nan if known is None else involvement(sound, known, GRADES),
        counted=np.nan if known is None else involvement(sound, known, GRADES[:1]),
        countable=_countable(person),
        selectivity_error=np.nan if smile is None else smile - _selectivity(person),
        rest_thresholds=tuple(one for one in thresholds if one is not None),
    )


def _judged(sound: Sitting, found: Fit, number: int) -> Judged:
    """Judge a sound calibration, and the same with the fault whose turn it is."""
    planted = plant(FAULTS[number % len(FAULTS)], sound, number)
    faulty = fitted(sound, planted)
    return Judged(
        false=bool(wrong(found)),
        remarked=len(wrong(found)) < len(found.findings),
        found=planted.is_found(faulty),
        false_beside=planted.is_wrong(faulty),
    )


def _own(code: str) -> Pattern:
    found = own_pattern(code, patterns())
    if found is None:
        raise ValueError(f"no pattern leads with {code}")
    return found


def _countable(person: Person) -> float:
    least = shaping().first_quiet
    pairs = [(_own(target), target, quiet) for target, quiet in visible_pairs()]
    return float(sum(person.severity(t, q) > least * own.allowance(q) for own, t, q in pairs))


def _selectivity(person: Person) -> float:
    """Return the true selectivity of the smile, but for what a healthy face moves along."""
    slopes = [person.severity(*pair) for pair in visible_pairs() if pair[0] == "ZYG"]
    return 1.0 - float(np.mean(slopes))


def _findings_of_samples(studies: Sequence[Study]) -> list[Figure]:
    remarked = [one.whole.remarked for one in studies]
    return [
        *_judgements("samples", [one.whole for one in studies]),
        percent("sound ones with a remark (samples)", remarked),
        *_judgements("face-4", [one.small for one in studies]),
        *exchange_figures([one.exchanged for one in studies]),
    ]


def _judgements(of: str, found: Sequence[Judged]) -> list[Figure]:
    sound, beside = [one.false for one in found], [one.false_beside for one in found]
    return [
        percent(f"planted faults missed ({of})", [not one.found for one in found], 0.5),
        percent(f"sound calibrations with a finding ({of})", sound, 2.0),
        percent(f"all with a false finding ({of})", [*sound, *beside], 2.0),
    ]


def _findings_of_powers(found: Found) -> list[Figure]:
    missed = 100.0 * (1.0 - found.found / found.planted)
    false = 100.0 * found.with_false / found.calibrations
    sound = 100.0 * found.sound_with_false / (found.calibrations - found.planted)
    off = 100.0 * found.covered / found.references - 95.0
    return [
        Figure(name="planted faults missed (powers)", value=missed, unit="%", goal=0.5),
        Figure(name="sound calibrations with a finding (powers)", value=sound, unit="%", goal=2.0),
        Figure(name="all with a false finding (powers)", value=false, unit="%", goal=2.0),
        Figure(
            name="interval of the reference (powers): above 95 %",
            value=off,
            unit="%",
            goal=2.0,
            signed=True,
        ),
    ]


def _involvement(studies: Sequence[Study]) -> list[Figure]:
    """Compare involvement with severity, by ranks (Spearman)."""
    what = "involvement and severity"
    return [
        percent("people whose involvement is unknown", [np.isnan(s.graded) for s in studies], 0.5),
        _unlike(f"1-rho, {what}, three grades", studies, lambda one: one.graded, 0.1),
        _unlike(f"1-rho, {what}, one threshold", studies, lambda one: one.counted),
        _unlike("  the same, counted on the truth", studies, lambda one: one.countable),
    ]


def _fitted(studies: Sequence[Study]) -> list[Figure]:
    errors = np.array([one.selectivity_error for one in studies])
    rests = 100.0 * np.concatenate([one.rest_thresholds for one in studies])
    known = errors[np.isfinite(errors)]
    return [
        percent("people without selectivity of the smile", list(np.isnan(errors)), 2.0),
        Figure(name="selectivity, mean error", value=float(known.mean()), unit=""),
        Figure(name="selectivity, SD of the error", value=float(known.std()), unit=""),
        Figure(name="rest threshold, median", value=float(np.median(rests)), unit="% ref"),
        Figure(name="rest threshold, 99 of 100 below", value=_high(rests), unit="% ref"),
    ]


def _high(values: np.ndarray) -> float:
    return float(np.quantile(values, 0.99))


def _shaping() -> list[Figure]:
    """Let people attempt, propose a quiet threshold, and let them attempt again (T4)."""
    random, rules = np.random.default_rng(SEEDS[2]), shaping()
    met: list[list[float]] = [[], []]
    for _ in range(3000):
        spread = float(random.choice(SPREADS))
        count = int(random.integers(rules.least_attempts, rules.last_attempts + 1))
        levels = np.exp(spread * random.standard_normal(count + 10)) * 0.3
        first = [AttemptLevels(critical=float(level)) for level in levels[:count]]
        proposed = quiet_threshold(first, rules.finest, rules).threshold
        for kept, threshold in zip(met, (proposed, proposed * (1.0 - rules.step)), strict=True):
            kept.append(float(np.mean(levels[count:] < threshold)))
    shares = [100.0 * float(np.mean(kept)) for kept in met]
    return [
        Figure(
            name="later attempts below the proposal: above 75 %",
            value=shares[0] - 75.0,
            unit="%",
            goal=5.0,
            signed=True,
        ),
        Figure(name="later attempts below the step after it", value=shares[1], unit="%"),
    ]


def _unlike(
    name: str, studies: Sequence[Study], of: Callable[[Study], float], goal: float | None = None
) -> Figure:
    known = [one for one in studies if not np.isnan(of(one))]
    rho = stats.spearmanr([one.severity for one in known], [of(one) for one in known]).statistic
    return Figure(name=name, value=1.0 - float(rho), unit="", goal=goal)
