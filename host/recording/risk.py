"""What a crash would cost, written into the header of a file while it is open.

Usually that is the record being filled and the one being written. Where the disk once was slower,
or refuses, the recorder says so in a reserved field of the header: overwriting it needs no room.
"""

import contextlib

RISK_BYTES = 32
"""Room for it: the reserved field of the annotations, which ends the header."""


def risk_field(seconds: float) -> bytes:
    """Return the field; empty for 0, `inf` where nobody can tell because the disk refuses."""
    text = f"at risk {seconds:.1f} s" if seconds else ""
    return text.encode("ascii").ljust(RISK_BYTES)


def read_risk(field: bytes) -> float:
    """Return the seconds of such a field, 0 where it says nothing."""
    words = field.decode("ascii", "replace").split()
    with contextlib.suppress(ValueError, IndexError):
        if words[:2] == ["at", "risk"] and (seconds := float(words[2])) > 0:
            return seconds
    return 0.0
