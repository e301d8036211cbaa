"""Into which pins of a Cyton a test current can flow, and by which commands."""

import enum
import math

from host.acquisition.catalog import DAISY_BANDWIDTH, DAISY_CHANNELS, Board
from host.acquisition.lead_off_tone import ToneFit, sinc3_gain
from host.acquisition.settings import BoardSettings


class Leg(enum.Enum):
    """One of the two electrodes of a channel."""

    P = "P"
    N = "N"


def legs_of(settings: BoardSettings) -> tuple[Leg, ...]:
    """Return which electrodes of a board can be measured; () for none.

    With a common reference every P pin hangs on that one electrode: eight currents at once would
    be measured there, so only the N electrodes are.
    """
    if not settings.find().settable_gain:
        return ()
    return (Leg.P, Leg.N) if settings.wiring == "bipolar" else (Leg.N,)


def passed_share(board: Board, rate_hz: float, fit: ToneFit) -> float:
    """Return which share of the tone comes through a board's filters.

    A Daisy's firmware sends the mean of every two samples, at half the converter's rate.
    """
    if board.bandwidth != DAISY_BANDWIDTH:
        return sinc3_gain(fit.tone_hz, rate_hz)
    return sinc3_gain(fit.tone_hz, 2.0 * rate_hz) * math.cos(0.5 * math.pi * fit.tone_hz / rate_hz)


def commands(channels: int, leg: Leg | None) -> str:
    """Return what lets the current flow into one pin of all channels; None: into none."""
    if not 1 <= channels <= len(DAISY_CHANNELS):
        raise ValueError(f"a Cyton has up to {len(DAISY_CHANNELS)} channels, got {channels}")
    pins = f"{int(leg is Leg.P)}{int(leg is Leg.N)}"
    return "".join(f"z{name}{pins}Z" for name in DAISY_CHANNELS[:channels])
