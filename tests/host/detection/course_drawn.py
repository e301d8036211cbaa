"""Attempts that are drawn, for tests of what is made of them."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from calibration.reference import Reference
from host.chain.stream import FloatArray
from host.detection.attempt import AttemptWatch, Seen
from host.detection.attempted import Attempted, Pace
from host.detection.cues import Cue, Phase
from host.detection.guards import Effort
from host.detection.states import AttemptNow
from tests.host.detection.rest import HOP, RATE_HZ, parts, rest

HOP_S = HOP / RATE_HZ
SMILE = "gentle closed smile"
NOISE_UV, GENTLE_UV = 1.0, 15.0
REFERENCE = Reference(
    rest_uv=np.zeros(3),
    noise_uv=np.full(3, NOISE_UV),
    gentle_uv=np.full(3, GENTLE_UV),
    calibrated=True,
)
LEFT, QUIET, RIGHT = range(3)
TARGETS = (LEFT, RIGHT)


def cues(*parts_s: tuple[float, Phase], pattern: str = SMILE) -> list[Cue]:
    """Return cues at these seconds."""
    return [Cue(start=round(at * RATE_HZ), pattern=pattern, phase=phase) for at, phase in parts_s]


USUAL = cues((0, Phase.REST), (2, Phase.RISE), (3.5, Phase.HOLD), (8, Phase.RELEASE))


def ramp(
    rise_s: float, *, begin_s: float = 2.3, end_s: float = 8.3, stop_s: float = 12.0
) -> FloatArray:
    """Return a level that rises to 0.8, and falls again in 0.4 s, `(n_hops,)`."""
    time_s = np.arange(round(stop_s / HOP_S)) * HOP_S
    up = np.clip((time_s - begin_s) / rise_s, 0.0, 1.0)
    down = np.clip(1.0 - (time_s - end_s) / 0.4, 0.0, 1.0)
    level: FloatArray = 0.8 * np.minimum(up, down)
    return level


def seen(levels: FloatArray, *, strong: FloatArray | None = None, touched: bool = False) -> Seen:
    """Return what is seen of levels, `(n_hops, 3)`; rest is released after half a second."""
    powers = (levels * GENTLE_UV) ** 2 + NOISE_UV**2
    known = np.isfinite(levels)
    quiet = known & (np.nan_to_num(levels, nan=1.0) < 0.1)
    below = np.array([quiet[max(0, at - 125) : at + 1].all(axis=0) for at in range(len(levels))])
    return Seen(
        first=0,
        powers=powers * rest(len(levels), 3, seed=12),
        activation=levels,
        moving=np.nan_to_num(levels) > 0.05,
        released=below,
        too_strong=np.zeros(levels.shape, dtype=np.bool_) if strong is None else strong > 0,
        touched=touched,
        reference=REFERENCE,
    )


def pieces(whole: Seen, edges: Iterable[int]) -> Iterator[Seen]:
    """Cut what is seen."""
    for begin, end in parts(len(whole), list(edges)):
        rows = slice(begin, end)
        yield Seen(
            first=begin,
            powers=whole.powers[rows],
            activation=whole.activation[rows],
            moving=whole.moving[rows],
            released=whole.released[rows],
            too_strong=whole.too_strong[rows],
            touched=whole.touched,
            reference=whole.reference,
        )


def attempted(
    whole: Seen, given: Sequence[Cue] = USUAL, cut_points: Sequence[int] = ()
) -> tuple[list[Attempted], list[AttemptNow | None]]:
    """Follow attempts; return those that were over, and what was known at each hop."""
    watch, over = AttemptWatch(Effort(), Pace(), HOP, RATE_HZ), []
    at_hop = {cue.start // HOP: cue for cue in given}
    now: list[AttemptNow | None] = []
    for piece in pieces(whole, [*at_hop, *cut_points]):
        if piece.first in at_hop:
            done = watch.turn(at_hop[piece.first], TARGETS, piece.first)
            over += [] if done is None else [done]
        progress = watch.push(piece)
        now += [
            next((one for at, one in reversed(progress) if at <= row), None)
            for row in range(len(piece))
        ]
    last = watch.finish(len(whole))
    return [*over, *([] if last is None else [last])], now
