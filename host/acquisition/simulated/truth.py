"""The ground truth of a simulated recording: what no electrode can tell, for tests to compare."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from host.chain.stream import BoolArray, FloatArray

MERGED_S = 0.2
"""Two episodes with less between them are one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Truth:
    """Consecutive samples from `start` on; arrays are `(n_samples, n_channels)`.

    Levels in uV are RMS at the skin, 20 to 450 Hz; the converter lets `carrier_gain` of them
    through. A channel without a muscle has 0 throughout.
    """

    start: int
    activation: FloatArray
    """Of the channel's own muscle, as a share of its gentle reference; no crosstalk, no tone."""
    synkinetic: FloatArray
    """The part of the activation that came along with another muscle."""
    emg_uv: FloatArray
    """Of the channel's own muscle, resting tone included."""
    electrode_uv: FloatArray
    """The same with the neighbours' crosstalk, as if independent; 0 while the channel is loose."""
    loose: BoolArray
    """The electrode is off."""
    touched: BoolArray
    """A finger is on the electrode, or has just left it."""
    blinking: BoolArray
    """A spontaneous blink is under way, `(n_samples,)`."""

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.start + len(self.activation)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueEpisode:
    """A quiet muscle of the affected side came along."""

    channel: int
    """Column of the channel, from 0."""
    start: int
    stop: int
    peak: float
    """Largest synkinetic activation, as a share of the gentle reference."""


def find_episodes(
    synkinetic: FloatArray, quiet: BoolArray, *, start: int, least: float
) -> list[TrueEpisode]:
    """Return where a channel that should be quiet has at least `least`.

    Both arrays are `(n_samples, n_channels)`, from sample `start` on.
    """
    found = []
    for channel in range(synkinetic.shape[1]):
        over = (synkinetic[:, channel] >= least) & quiet[:, channel]
        edges = np.flatnonzero(np.diff(over, prepend=False, append=False))
        for first, last in edges.reshape(-1, 2).tolist():
            peak = float(synkinetic[first:last, channel].max())
            found.append(
                TrueEpisode(channel=channel, start=start + first, stop=start + last, peak=peak)
            )
    return found


def merge_episodes(found: Iterable[TrueEpisode], least_gap: int) -> tuple[TrueEpisode, ...]:
    """Join episodes of a channel with fewer than `least_gap` samples between them."""
    merged: list[TrueEpisode] = []
    for episode in sorted(found, key=lambda episode: (episode.channel, episode.start)):
        last = merged[-1] if merged else None
        if last and last.channel == episode.channel and episode.start - last.stop < least_gap:
            peak = max(last.peak, episode.peak)
            merged[-1] = replace(last, stop=episode.stop, peak=peak)
        else:
            merged.append(episode)
    return tuple(merged)
