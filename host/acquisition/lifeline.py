"""Whether a live board is there: silence, giving up, trying again.

Pure: it is told the time and what happened. The port is looked at through `ports`.
"""

from host.acquisition.ports import PortIdentity, identify
from host.acquisition.settings import BoardSettings
from host.acquisition.source import Link
from host.translation import mark

_SILENT_PERIODS = 10
_LOOK_S = 0.2
"""How often to look whether a vanished port is back; that costs next to nothing."""


class Lifeline:
    """The link of one board over all its connections.

    One thread tells it what happens; any thread may `judge`.
    """

    def __init__(self, settings: BoardSettings, *, period_s: float) -> None:
        self._settings = settings
        self._silent_s = max(_SILENT_PERIODS * period_s, settings.silent_s)
        self._link = Link.CONNECTING
        self._message = ""
        self._identity: PortIdentity | None = None
        self._last_rows_s = 0.0
        """When the newest rows came, or since when they are waited for."""
        self._heard_s: float | None = None
        """When the newest rows came, whichever connection they came by."""
        self._backoff_s = settings.backoff_s
        self._next_attempt_s = 0.0
        self._streamed = False
        self.reconnects = 0
        """How often the board came back after it was given up."""

    @property
    def ended(self) -> bool:
        """Tell whether the source was closed."""
        return self._link is Link.ENDED

    def judge(self, now_s: float) -> tuple[Link, str]:
        """Return the state of the link now, and a sentence where it is not well."""
        link, message = self._link, self._message
        if link is Link.STREAMING and now_s - self._last_rows_s > self._silent_s:
            return Link.SILENT, mark("No signal: nothing comes from the board.")
        return link, message

    def silent_s(self, now_s: float) -> float:
        """Return how long nothing has come; 0 while the link is well, or nothing came yet."""
        if self._heard_s is None or self.judge(now_s)[0] in (Link.STREAMING, Link.ENDED):
            return 0.0
        return now_s - self._heard_s

    def opened(self, now_s: float, identity: PortIdentity | None) -> None:
        """Note a new connection, and which port it goes through."""
        self._identity = identity
        self._last_rows_s = now_s

    def rows_came(self, now_s: float) -> None:
        """Note that the board sends."""
        self._last_rows_s = self._heard_s = now_s
        if self._link is Link.RECONNECTING:
            self.reconnects += 1
        self._backoff_s = self._settings.backoff_s
        self._message = ""
        self._link = Link.STREAMING

    def hopeless(self, now_s: float) -> bool:
        """Tell whether a silence has lasted so long that the board has to be opened anew."""
        silence_s = now_s - self._last_rows_s
        if silence_s < self._settings.probe_s:
            return False
        if silence_s >= self._settings.patience_s:
            return True
        return self._identity is not None and identify(self._settings.port) != self._identity

    def given_up(self, now_s: float, message: str) -> None:
        """Note that the connection was let go, and wait before the next attempt."""
        self._message = message
        self._link = Link.RECONNECTING
        self._next_attempt_s = now_s + self._backoff_s

    def attempt_due(self, now_s: float) -> bool:
        """Tell whether to try now; a port that is not there is no attempt."""
        if now_s < self._next_attempt_s:
            return False
        if self._settings.port and identify(self._settings.port) is None:
            self._next_attempt_s = now_s + _LOOK_S
            return False
        return True

    def failed(self, now_s: float, message: str) -> None:
        """Note an attempt that failed, and wait twice as long before the next."""
        self._message = message
        self._backoff_s = min(2.0 * self._backoff_s, self._settings.longest_backoff_s)
        self._next_attempt_s = now_s + self._backoff_s

    def end(self) -> None:
        """Note that the source is closed for good."""
        self._message = ""
        self._link = Link.ENDED
