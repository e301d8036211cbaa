"""Whether sound really goes out: judged by what the loudspeaker takes, not by what it says. No Qt.

A sound server that dies tells Qt nothing: its sink stays "active" and is never read again. What
follows is silence, and silence must not be taken for rest. (Nor may it be opened anew then: Qt's
PulseAudio backend aborts the program. Once the server is back Qt tells of its devices.)
"""

from dataclasses import dataclass

from host.feedback.sound.audio_out import REFUSED, STARTING

LOOK_MS = 500
"""How often it is looked."""
LATE_LOOKS = 3
"""So many looks at which nothing had been taken, and it is said."""
REOPEN_LOOKS = 8
"""After each so many a loudspeaker that has failed is opened anew; some take 2 s to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """What the looks so far have shown; each look gives the next one."""

    taken: int = 0
    """Samples that were taken in all, at the last look."""
    idle: int = 0
    """Looks since samples were last taken."""
    ever: bool = False
    """Whether any were."""

    def after(self, taken: int) -> "Heartbeat":
        """Return what is known after one more look."""
        if taken != self.taken:
            return Heartbeat(taken=taken, ever=True)
        return Heartbeat(taken=taken, idle=self.idle + 1, ever=self.ever)

    @property
    def problem(self) -> str:
        """Why nothing is heard, in one sentence; empty while all is well."""
        if self.idle >= LATE_LOOKS:
            return REFUSED
        return "" if self.ever else STARTING

    def reopen(self, *, failed: bool) -> bool:
        """Tell whether a loudspeaker that says it has failed should be opened anew now."""
        return failed and self.idle > 0 and self.idle % REOPEN_LOOKS == 0
