"""The kinds of signs before a step; how they are drawn is in `marks.py`. No Qt."""

import enum


class Mark(enum.Enum):
    """The sign before a step; each has its own shape, not only its own colour."""

    AHEAD = "ring"
    RUNNING = "dot"
    GOOD = "tick"
    FINDING = "exclamation mark"
    SKIPPED = "dash"
