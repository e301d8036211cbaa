"""The simulated face: the true activation of every muscle, known at every sample."""

from dataclasses import dataclass

import numpy as np

from calibration.muscles import Side
from host.acquisition.simulated.effort import BlinkTrain, Voluntary
from host.acquisition.simulated.synkinesis import Synkinesis, column
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shared:
    """What axons that serve two muscles carry to the quiet one."""

    target: int
    """Column of the muscle in the face."""
    quiet: int
    level_uv: FloatArray
    """Its part of the quiet muscle's EMG, `(n_samples,)`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activity:
    """What every muscle of the face does, `(n_samples, len(FACE))`."""

    activation: FloatArray
    """All of it, as a share of the gentle reference."""
    synkinetic: FloatArray
    """The part that came along with another muscle."""
    blink: FloatArray
    """The blink's own level, `(n_samples,)`."""
    emg_uv: FloatArray
    """RMS at the skin, resting tone included."""
    own_uv: FloatArray
    """The same without what shared axons carry."""
    shared: tuple[Shared, ...]


class Face:
    """Voluntary movement, blinks and synkinesis together; it has no state."""

    def __init__(
        self,
        voluntary: Voluntary,
        blinks: BlinkTrain,
        synkinesis: Synkinesis,
        *,
        gentle_uv: float,
        tone_uv: FloatArray,
    ) -> None:
        self._voluntary, self._blinks, self._synkinesis = voluntary, blinks, synkinesis
        self.gentle_uv = gentle_uv
        self._tone_uv = tone_uv
        self._eyes = [column("OOC", side) for side in Side]

    def at(self, start: int, stop: int) -> Activity:
        """Return the activity of samples `start..stop`."""
        memory = self._synkinesis.memory
        led, along = self._voluntary.at(start - memory, stop)
        blink = self._blinks.at(start - memory, stop)
        # A lid that is closed already does not blink on top of that.
        led[:, self._eyes] = np.maximum(led[:, self._eyes], blink[:, None])
        coupled = self._synkinesis.at(start, led)
        synkinetic = self._synkinesis.onto_face(coupled)
        led, along = led[memory:], along[memory:]
        activation = led + along + synkinetic
        # Tone and movement come from different motor units: their powers add.
        power = self._tone_uv**2 + (self.gentle_uv * activation) ** 2
        shared = tuple(
            Shared(target=target, quiet=quiet, level_uv=self.gentle_uv * level)
            for target, quiet, level in self._synkinesis.shared(coupled, led)
        )
        own = power.copy()
        for part in shared:
            own[:, part.quiet] -= part.level_uv**2
        return Activity(
            activation=activation,
            synkinetic=synkinetic,
            blink=blink[memory:],
            emg_uv=np.sqrt(power),
            own_uv=np.sqrt(np.maximum(own, 0.0)),
            shared=shared,
        )
