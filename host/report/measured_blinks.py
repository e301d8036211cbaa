"""Where an attempt's powers are left out because eyes blinked: nobody can help that.

Neither the blink nor what moves with it is the pattern's synkinesis (docs/decisions/0021). While a
movement goes on, muscles that lead are measured all the same. Once they were asked to let go, they
are not: who blinks at rest has let go (P12).
"""

from collections.abc import Iterator, Sequence

import numpy as np

from calibration.unmeasured import Unmeasured
from host.chain.stream import BoolArray, FloatArray
from host.report.measured_kept import Kept

WITH_BLINK_S = 0.25
"""What moves with a blink is over so long after it."""


def blinking_in(
    kept: Sequence[Kept], unmeasured: Unmeasured, release: int | None
) -> Iterator[tuple[int, int]]:
    """Yield from which to before which sample something is left out, in whole hops.

    Where the eyes lead, as in the probe that asks for blinks, those are what is measured, until
    the cue to `release`.
    """
    hop = kept[-1].hop
    later = round(WITH_BLINK_S * kept[-1].rate_hz)
    for blink in (blink for one in kept for blink in one.blinks):
        begin, stop = blink.onset // hop * hop, -(-(blink.offset + later) // hop) * hop
        if unmeasured.leading[list(blink.channels)].any():
            begin = stop if release is None else max(begin, release // hop * hop)
        if begin < stop:
            yield begin, stop


def leave_out(
    power_uv2: FloatArray,
    rows: Sequence[tuple[int, int]],
    *,
    quiet: BoolArray,
    released: int | None,
) -> None:
    """Forget powers in blinks, `(n_hops, n_channels)`, given as rows, which may lie outside.

    Before row `released` only those of channels that are `quiet`.
    """
    for begin, stop in ((max(one, 0) for one in both) for both in rows):
        power_uv2[begin:stop, quiet] = np.nan
        if released is not None:
            power_uv2[max(begin, released) : stop] = np.nan
