"""Two exchanged cables of a small montage's affected side, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.calibration_faults import fitted, plant
from benchmarks.calibration_people import Sitting
from benchmarks.calibration_signal import fitted_samples
from benchmarks.figures import Figure, percent
from calibration.accepting import Limits
from calibration.findings import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What was said where two cables of the affected side of a small montage were exchanged."""

    plain: bool
    """Whether these two muscles truly answer for themselves: else their levels are the same
    whichever way the cables go."""
    found: bool
    told: bool
    """Whether the cables were found, or a remark says that nobody can tell these two apart."""


def exchange(small: Sitting, number: int) -> Exchanged:
    """Exchange eye and cheek; remarks come only where samples are heard too."""
    person = small.person
    column = small.montage.column("OOC", person.affected)
    cables = plant(Fault.WRONG_MUSCLE, small, number, column)
    found = cables.is_found(fitted(small, cables))
    said = found
    if not found:
        raw_uv = cables.raw_uv[: small.calibrated]
        heard = fitted_samples(small, raw_uv, cables.segments)[0]
        said = any(one.fault is Fault.ALIKE for one in heard.findings)
    along = person.severity("ZYG", "OOC") * person.severity("OOC", "ZYG")
    return Exchanged(plain=along * Limits().turned_ratio < 1.0, found=found, told=said)


def figures(studies: Sequence[Exchanged]) -> list[Figure]:
    """Return how many are missed of those that levels can show, and how many nobody can tell."""
    plain = [one for one in studies if one.plain]
    return [
        percent(
            "exchanged on the affected side, missed (face-4)", [not one.found for one in plain], 0.5
        ),
        percent("  people whose levels are the same either way", [not s.plain for s in studies]),
        percent("  of all: neither found nor remarked on", [not one.told for one in studies]),
    ]
