"""From the face's activity to the board's samples, in blocks that follow each other.

Sample `i` is centred on time `i / rate_hz`: the delay of the board's converter is taken out, so
that samples and ground truth lie on one another.
"""

from collections.abc import Sequence

import numpy as np

from host.acquisition.simulated.carrier import Carrier
from host.acquisition.simulated.contact import Contact, Fault, Touches
from host.acquisition.simulated.converter import Converter
from host.acquisition.simulated.disturbance import Baseline, Hum
from host.acquisition.simulated.face import Face, Shared
from host.acquisition.simulated.mixing import VolumeConductor
from host.acquisition.simulated.seeding import Purpose, generator
from host.chain.stream import FloatArray, Stream

BLOCK_S = 0.25
AXON_LAG_S = 0.003
"""How much later an impulse arrives through the branch of an axon that grew astray."""


class Muscles:
    """The EMG of the muscles that some electrode sees, at the rate on the skin."""

    def __init__(
        self,
        face: Face,
        sources: Sequence[int],
        carrier: Carrier,
        *,
        block: int,
        ratio: int,
        lead: float,
        lag: int,
    ) -> None:
        self._face, self._sources, self._carrier = face, list(sources), carrier
        places = (np.arange(block * ratio) - lead) / ratio
        self._before = np.floor(places).astype(np.int64)
        self._share = (places - self._before)[:, None]
        self._tail = np.zeros((lag, len(self._sources)))
        self.reach = max(0, int(self._before[-1]) + 2 - block)
        """How many samples behind a block it looks."""

    def push(self, start: int) -> FloatArray:
        """Return the block at the board's sample `start`, `(block * ratio, sources)` uV."""
        activity = self._face.at(start, start + int(self._before[-1]) + 2)
        own_uv = self._between(activity.own_uv[:, self._sources])
        carriers = self._carrier.push(own_uv / self._face.gentle_uv)
        joined = np.concatenate([self._tail, carriers])
        self._tail = joined[len(carriers) :]
        emg_uv = own_uv * carriers
        for shared in activity.shared:
            self._add(shared, joined[: len(carriers)], emg_uv)
        return emg_uv

    def _add(self, shared: Shared, delayed: FloatArray, emg_uv: FloatArray) -> None:
        if shared.quiet in self._sources:
            source, sink = map(self._sources.index, (shared.target, shared.quiet))
            emg_uv[:, sink] += self._between(shared.level_uv[:, None])[:, 0] * delayed[:, source]

    def _between(self, slow: FloatArray) -> FloatArray:
        """Return what changes slowly at the rate on the skin."""
        low, high = slow[self._before], slow[self._before + 1]
        between: FloatArray = low + self._share * (high - low)
        return between


class Rendering:
    """Muscles, skin, electrodes and converter in one line; no result depends on who reads it."""

    def __init__(
        self,
        stream: Stream,
        muscles: Muscles,
        conductor: VolumeConductor,
        converter: Converter,
        *,
        hum: Hum,
        touches: Touches,
        contact: Contact,
        baseline: Baseline,
        noise_uv: float,
        block: int,
        ratio: int,
        seed: int,
    ) -> None:
        self._stream, self._muscles = stream, muscles
        self._conductor, self._converter = conductor, converter
        self._hum, self._touches, self._contact = hum, touches, contact
        self._baseline, self._noise_uv = baseline, noise_uv
        self._block, self._ratio, self._seed = block, ratio, seed
        self._places = (np.arange(block * ratio) - converter.lead) / ratio
        # One block before the first fills the filters.
        self._next = -1
        self.push()

    @property
    def stop(self) -> int:
        """Index after the last sample of the body that anything was made of."""
        return self._next * self._block + self._muscles.reach

    def push(self) -> FloatArray:
        """Return the next block on the recorder's grid, `(block, channels)`."""
        start = self._next * self._block
        stop = start + self._block
        skin_uv = self._conductor.push(self._muscles.push(start))
        skin_uv *= np.repeat(~self._contact.mask(start, stop), self._ratio, axis=0)
        places = start + self._places
        in_air = np.repeat(self._contact.hum(start, stop), self._ratio, axis=0)
        skin_uv += in_air * self._hum.at(places / self._stream.rate_hz)
        skin_uv += self._touches.at(places)
        data_uv = self._converter.push(skin_uv)
        data_uv += self._baseline.at(np.arange(start, stop) / self._stream.rate_hz)
        self._next += 1
        rng = generator(self._seed, Purpose.NOISE, self._next)
        data_uv += self._noise_uv * rng.standard_normal(data_uv.shape)
        data_uv[self._contact.mask(start, stop, Fault.RAILS)] = self._stream.range_uv
        return self._stream.on_grid(data_uv)
