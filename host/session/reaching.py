"""How a feed reaches a session: through the simulated Cyton and BrainFlow, or read directly."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from calibration.saying import Saying
from host.acquisition.live import BoardSource
from host.acquisition.replay import Paced
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.skin import Skin
from host.acquisition.simulated.speech import CytonSpeech
from host.acquisition.source import Source
from host.chain.stream import Stream
from host.errors import SettingsError
from host.session.asked import Asked
from host.translation import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How a feed reaches the session."""

    source: Source
    words: str
    remarks: tuple[str, ...] = ()
    exhausted: Callable[[], bool] = lambda: False
    board: BoardSource | None = None
    """The board that it goes through; None where it is read directly."""
    settings: BoardSettings | None = None
    """Of that board."""


def reached_through(
    feed: Source, asked: Asked, stack: ExitStack, *, said: str, skin: Skin | None = None
) -> Reached:
    """Lead a feed through the simulated Cyton and BrainFlow where it fits one.

    With a `skin` that Cyton can measure impedances.
    """
    board = _fitting_board(feed.stream)
    if board is None:
        channels, rate_hz = len(feed.stream.channels), feed.stream.rate_hz
        why = Saying("{} channels at {:g} Hz fit neither a Cyton nor a Daisy", channels, rate_hz)
    elif not asked.through_board:
        why = Saying("as asked")
    elif not pty_port.AVAILABLE:
        why = Saying("this system has no pseudo-terminals for a simulated Cyton")
    else:
        speech = CytonSpeech(daisy=board == "cyton-daisy", skin=skin)
        cyton = SimulatedCyton(feed, speech=speech, faults=asked.faults, seed=asked.seed)
        stack.enter_context(cyton)
        settings = BoardSettings(board=board, port=cyton.port)
        through = BoardSource(settings)
        stack.enter_context(through)
        return Reached(
            source=through,
            words=_THROUGH[board],
            exhausted=cyton.finished.is_set,
            board=through,
            settings=settings,
        )
    if asked.faults != Faults():
        raise SettingsError(
            Saying("faults happen on the simulated Cyton, and {} is read directly", said)
        )
    source: Source = Paced(feed, speed=asked.speed) if asked.watched else feed
    stack.enter_context(source)
    return Reached(
        source=source, words=mark("read directly"), remarks=(Saying("Read directly: {}.", why),)
    )


SIMULATED, THROUGH_BRAINFLOW = mark("simulated patient"), mark("through BrainFlow")
"""Parts of the words about a source; each is told by itself, see `notices.source_words`."""
_THROUGH = {
    "cyton": mark("through a simulated Cyton and BrainFlow"),
    "cyton-daisy": mark("through a simulated Cyton with Daisy and BrainFlow"),
}


def _fitting_board(stream: Stream) -> str | None:
    """Name the board that has exactly this rate and number of channels."""
    fits = {(250.0, 8): "cyton", (125.0, 16): "cyton-daisy"}
    return fits.get((stream.rate_hz, len(stream.channels)))
