"""What was felt against what was measured, muscle by muscle (P6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calibration.muscles import muscles
from host.session.practising.tried import Agreement, FeltMuscle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from host.session.practising.tried import Tried
    from host.session.practising.trying import Face


def compared(tried: Tried, felt: Iterable[str], face: Face) -> Tried:
    """Return an attempt with how well it was felt: on the affected side, where electrodes are.

    What was felt elsewhere cannot be compared, and is in the recording.
    """
    told = set(felt)
    own = {
        one.muscle: one.moved
        for one in tried.muscles
        if face.montage.sites[one.channel].side is face.affected
    }
    found = tuple(
        FeltMuscle(muscle=code, felt=code in told, measured=own[code])
        for code in muscles()
        if code in own
    )
    return replace(tried, agreement=Agreement(muscles=found))
