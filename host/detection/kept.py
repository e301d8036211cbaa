"""A monitor as it stands at a moment, kept to go on from there.

It is kept as bytes, which are one object: of a copy's thousands, garbage collection looks at every
one again and again, for as long as it is kept.
"""

import pickle

from host.detection.monitor import Monitor

STAND_S = 15.0
"""Monitors are kept so far apart, for replays: no moment is farther from one."""


def kept(monitor: Monitor) -> bytes:
    """Return the monitor as it stands; it may go on meanwhile."""
    return pickle.dumps(monitor, pickle.HIGHEST_PROTOCOL)


def going_on(stood: bytes) -> Monitor:
    """Return a monitor that goes on from there; `stood` must come from a process of our own."""
    monitor: Monitor = pickle.loads(stood)  # noqa: S301  nobody else's bytes come here
    return monitor
