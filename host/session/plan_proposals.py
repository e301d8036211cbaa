"""Where a pattern's quiet line might lie next: named for the therapist, never moved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration.thresholds import Proposal, Shaping, as_if, quiet_threshold, scored, shaping
from host.clinic.first_plan import usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calibration.attempts import AttemptLevels
    from host.clinic.plan import PlannedPattern


def next_line(
    planned: PlannedPattern,
    attempts: Sequence[AttemptLevels],
    floor: float,
    rules: Shaping | None = None,
) -> Proposal | None:
    """Propose a pattern's next line from its last attempts (T4); None where it lies right.

    While 70–80 % succeed the step is 5–10 % lower; with fewer or more, the line is that which three
    quarters would have met. `floor` is the rest threshold, or the finest level that can be told; no
    line is below it. None too while there are too few attempts: the line stays.
    """
    rules = rules or shaping()
    last = scored(attempts)[-rules.last_attempts :]
    if len(last) < rules.least_attempts:
        return None
    stayed = as_if(planned.line, last).count(True)
    least, most = usual().success
    if not least <= stayed / len(last) <= most:
        found = quiet_threshold(attempts, floor, rules)
        return None if found.threshold == planned.line else found
    lower = max(planned.line * (1.0 - rules.step), floor)
    if lower >= planned.line:
        return None
    return Proposal(
        threshold=lower,
        reason=f"{stayed} of the last {len(last)} attempts stayed below {planned.line:.1%}: the "
        f"next step is {lower:.1%}.",
        floored=lower == floor,
    )
