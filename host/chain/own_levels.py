"""Corrected and uncorrected level of each channel side by side, and how sure the difference is.

For the therapist, and for the finding "crosstalk suspected": most of what an electrode shows comes
from driven muscles, and its own muscle is quiet. Sums are added in a fixed order on the grid of
hops, so results are equal to the last bit for every cut.
"""

from dataclasses import dataclass

import numpy as np

from host.chain.separation import Separated
from host.chain.stream import BoolArray, FloatArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWindow:
    """Settings of the levels, and of when crosstalk is suspected."""

    window_s: float = 0.25
    valid_share: float = 0.5
    """A level needs so much of its window."""
    freedom_hz: float = 130.0
    """Degrees of freedom of the power, per second of signal, where nobody has fitted them.

    EMG of 20 to 450 Hz that is not whitened: `rate / sum of squared autocorrelations`.
    """
    suspect_share: float = 0.5
    """Crosstalk is suspected when driven muscles explain so much of the activity."""
    suspect_uv: float = 1.0
    """And when what they leak is at least so large (T4: a gentle contraction has 5–20 µV)."""
    hysteresis: float = 0.75
    """It is suspected until share or level fall below this share of their limits."""

    def __post_init__(self) -> None:
        """Refuse windows without a value, and shares that are none."""
        if not (0.05 <= self.window_s <= 2.0 and self.freedom_hz > 0.0 and self.suspect_uv > 0.0):
            raise ValueError(f"need window_s of 0.05 to 2 and positive limits, got {self}")
        shares = (self.valid_share, self.suspect_share, self.hysteresis)
        if not all(0.0 < share <= 1.0 for share in shares):
            raise ValueError(f"shares lie in (0, 1], got {self}")


@dataclass(frozen=True, slots=True, eq=False)
class OwnLevels:
    """Levels over the window that ends with each hop; arrays are `(n_hops, n_channels)`.

    Unknown is NaN, and never suspected.
    """

    first: int
    """Number of the first hop; hop `k` ends before sample `(k + 1) * hop`."""
    hop: int
    own_uv2: FloatArray
    """Mean power of what the channel's own muscle gives, with the noise."""
    total_uv2: FloatArray
    """Mean power as it came."""
    doubt_uv2: FloatArray
    """Power in the own one that may still be leakage."""
    noise_uv2: FloatArray
    """Power of the noise, `(n_channels,)`."""
    leaked_uv: FloatArray
    """RMS of what was taken out."""
    explained: FloatArray
    """Share of the activity's power that comes from driven muscles, 0 to 1."""
    doubt: FloatArray
    """Share of the own power that may still be leakage, 0 to 1."""
    freedom: FloatArray
    """Degrees of freedom of the power behind `own_rms_uv`."""
    suspected: BoolArray
    """Crosstalk suspected: most of what is seen here is another muscle's."""

    def __len__(self) -> int:
        return len(self.own_uv2)

    @property
    def own_rms_uv(self) -> FloatArray:
        """RMS of what the channel's own muscle gives, with the noise: it can replace `rms_uv`."""
        rms_uv: FloatArray = np.sqrt(self.own_uv2)
        return rms_uv

    @property
    def total_rms_uv(self) -> FloatArray:
        """RMS as it came."""
        rms_uv: FloatArray = np.sqrt(self.total_uv2)
        return rms_uv

    @property
    def own_uv(self) -> FloatArray:
        """The muscle's own amplitude: power without the noise's; 0 where there is only that."""
        return self._amplitude_uv(0.0)

    @property
    def low_uv(self) -> FloatArray:
        """Lower end of its 95 % interval, with all that may still be leakage taken off."""
        return self._amplitude_uv(-self._spread_uv2 - 2.0 * self.doubt_uv2)

    @property
    def high_uv(self) -> FloatArray:
        """Upper end of it."""
        return self._amplitude_uv(self._spread_uv2)

    @property
    def _spread_uv2(self) -> FloatArray:
        spread: FloatArray = 1.96 * np.sqrt(2.0 / np.maximum(self.freedom, 1.0)) * self.own_uv2
        return spread

    def _amplitude_uv(self, more_uv2: FloatArray | float) -> FloatArray:
        """Return the amplitude of the muscle's own power and some more."""
        power = self.own_uv2 - self.noise_uv2 + more_uv2
        amplitude_uv: FloatArray = np.sqrt(np.maximum(power, 0.0))
        return amplitude_uv


class OwnLevelMeter:
    """Separated samples in, levels out, one a hop."""

    def __init__(
        self, settings: OwnWindow, hop: int, stream: Stream, noise_uv: FloatArray | None = None
    ) -> None:
        """Measure over windows of whole hops; `noise_uv` is the noise's RMS, `(n_channels,)`."""
        channels = len(stream.channels)
        self._settings, self._hop = settings, hop
        self._width = max(1, round(settings.window_s * stream.rate_hz / hop))
        noise = np.zeros(channels) if noise_uv is None else noise_uv
        if noise.shape != (channels,) or not (noise >= 0.0).all():
            raise ValueError(f"need the noise of {channels} channels, got {noise_uv}")
        self._noise = np.square(noise)
        self._per_sample = settings.freedom_hz / stream.rate_hz
        self._next: int | None = None
        self._sums = np.empty((0, 2, 3, channels))
        """Of each hop that a window still needs: see `_hop_sums`."""
        self._suspected = np.zeros(channels, dtype=np.bool_)

    def push(self, piece: Separated) -> OwnLevels:
        """Return the levels of the piece's hops; a jump begins new windows."""
        first = piece.start // self._hop
        if first != self._next:
            self._sums = np.zeros((self._width - 1, *self._sums.shape[1:]))
            self._suspected = np.zeros_like(self._suspected)
        count = len(piece.own_uv) // self._hop
        self._next = first + count
        self._sums = np.concatenate([self._sums, self._hop_sums(piece, count)])
        windows = _windows(self._sums, self._width)
        self._sums = self._sums[count:]
        return self._judged(first, windows)

    def _hop_sums(self, piece: Separated, count: int) -> FloatArray:
        """Return sums of own power, doubt and total power, and how many samples are in each."""
        channels = self._sums.shape[3]
        squares = np.empty((2, count, self._hop, channels))
        np.square(piece.own_uv, out=squares[0].reshape(-1, channels))
        np.square(piece.total_uv, out=squares[1].reshape(-1, channels))
        sums = np.empty((count, 2, 3, channels))
        sums[:, 1] = self._hop
        if np.count_nonzero(piece.own_flaws):
            good = np.stack([piece.own_flaws == 0, piece.flaws == 0]).reshape(squares.shape)
            squares *= good
            sums[:, 1, ::2] = np.count_nonzero(good, axis=2).transpose(1, 0, 2)
            sums[:, 1, 1] = sums[:, 1, 0]
        sums[:, 0, ::2] = _in_order(squares).transpose(1, 0, 2)
        # As if it were the same in all of the hop.
        sums[:, 0, 1] = piece.doubt_uv2 * sums[:, 1, 0]
        return sums

    def _judged(self, first: int, windows: FloatArray) -> OwnLevels:
        """Turn sums of `(n_hops, 2, 3, n_channels)` into levels."""
        sums, samples = windows[:, 0], windows[:, 1]
        known = samples >= self._settings.valid_share * self._width * self._hop
        means = np.where(known, sums / np.maximum(samples, 1.0), np.nan)
        own, doubt, total = means.transpose(1, 0, 2)
        leaked = np.maximum(total - own, 0.0)
        active = np.maximum(total - self._noise, leaked)
        explained = leaked / np.maximum(active, 1e-12)
        return OwnLevels(
            first,
            self._hop,
            own_uv2=own,
            total_uv2=total,
            doubt_uv2=doubt,
            noise_uv2=self._noise,
            leaked_uv=np.sqrt(leaked),
            explained=explained,
            doubt=np.minimum(doubt / np.maximum(own, 1e-12), 1.0),
            freedom=samples[:, 0] * self._per_sample,
            suspected=self._suspect(explained, leaked),
        )

    def _suspect(self, explained: FloatArray, leaked: FloatArray) -> BoolArray:
        """Tell where crosstalk is suspected; a NaN is not."""
        settings = self._settings
        share, level = settings.suspect_share, settings.suspect_uv**2
        less = settings.hysteresis
        rise = (explained >= share) & (leaked >= level)
        if not (rise.any() or self._suspected.any()):
            return rise
        stay = (explained >= share * less) & (leaked >= level * less**2)
        decided = np.concatenate([self._suspected[np.newaxis], rise])
        open_ = np.concatenate([np.ones_like(self._suspected)[np.newaxis], rise | ~stay])
        rows = np.arange(len(decided))[:, np.newaxis]
        last = np.maximum.accumulate(np.where(open_, rows, 0), axis=0)
        suspected = np.take_along_axis(decided, last, axis=0)
        self._suspected = suspected[-1]
        return suspected[1:]


def _in_order(parts: FloatArray) -> FloatArray:
    """Add `(…, hop, n_channels)` from each hop's first sample to its last."""
    total: FloatArray = parts[..., 0, :].copy()
    for place in range(1, parts.shape[-2]):
        total += parts[..., place, :]
    return total


def _windows(parts: FloatArray, width: int) -> FloatArray:
    """Sum every `width` consecutive rows, each window in the same order: 62 = 2 + 4 + 8 + 16 + 32.

    A running sum would depend on where it began.
    """
    count = len(parts) - width + 1
    total, done, run, length = np.zeros(parts[:count].shape), 0, parts, 1
    while True:
        if width & length:
            total += run[done : done + count]
            done += length
        if done == width:
            return total
        run = run[:-length] + run[length:]
        length *= 2
