"""What the fit finds in a cohort of simulated calibrations, and what it invents."""

from collections import Counter
from dataclasses import dataclass

from calibration.cohort import Case, cohort
from calibration.findings import Fault
from calibration.fit import Fit, fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the fit made of a cohort."""

    planted: int
    found: int
    """Planted faults that were found, at their channel."""
    calibrations: int
    with_false: int
    """Calibrations with a finding that nobody planted."""
    sound_with_false: int
    """Those of them in which nothing was planted at all."""
    false: tuple[tuple[Fault, int], ...]
    """Which ones, and how often."""
    references: int
    covered: int
    """Intervals of a reference, and how many hold the truth."""


def check(seed: int, count: int) -> Found:
    """Fit a cohort, and count."""
    planted = found = with_false = sound_with_false = references = covered = 0
    false: Counter[Fault] = Counter()
    for case in cohort(seed, count):
        fitted = fit(case.levels, case.montage, case.segments)
        planted += case.fault is not None
        found += case.fault is not None and _is_found(case, fitted)
        wrong = [one.fault for one in fitted.findings if not _is_explained(case, one.channel)]
        false.update(wrong)
        with_false += bool(wrong)
        sound_with_false += bool(wrong) and case.fault is None
        if case.fault is None:
            for numbers, truth in zip(fitted.channels, case.reference_uv, strict=True):
                if numbers.reference_low_uv is None or numbers.reference_high_uv is None:
                    continue
                references += 1
                covered += bool(numbers.reference_low_uv <= truth <= numbers.reference_high_uv)
    return Found(
        planted=planted,
        found=found,
        calibrations=count,
        with_false=with_false,
        sound_with_false=sound_with_false,
        false=tuple(false.most_common()),
        references=references,
        covered=covered,
    )


def _is_found(case: Case, fitted: Fit) -> bool:
    return any(one.fault is case.fault and one.channel == case.channel for one in fitted.findings)


def _is_explained(case: Case, channel: int | None) -> bool:
    """Tell whether a finding may come from the planted fault.

    Swapped cables make every hold of one side look wrong too.
    """
    return case.fault is not None and (case.channel is None or case.channel == channel)
