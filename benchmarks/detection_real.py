"""Real recordings by others: movements counted, moves told from rests, and side from side.

Each is calibrated as a person is: rest from the first pauses, the reference from the first effort.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.io import loadmat

from calibration.freedom import Freedom, fit_freedom, plain_freedom
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.sound import condition, sound_runs
from host.chain.stream import BoolArray, Chunk, FloatArray, Stream, channel_names
from host.detection.energy import Energy, EnergyDetector
from host.detection.guards import Effort
from host.detection.movement import MovementWatch
from host.recording.foreign.files import read_foreign

RECORDINGS = Path(__file__).parents[2] / "shared" / "recordings"
STEP_S = 2.0
LIFT_CHANNELS = (1, 3, 4)
LIFT_SCALE = 100.0
"""Millivolts to a tenth of microvolts: an arm that lifts 12 kg gives more than any face, which the
chain would take for an artefact. Detection knows no scale."""
AWAY_S = 0.3
"""So far from an effort, by the tables beside the recordings, rest begins and ends."""
PEOPLE = ("S02", "S06", "S08")
CUE_S = (0.5, 4.5)
"""When a cue is looked at: they are given to half a second."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """A recording behind the chain; arrays are `(n_hops, n_channels)`."""

    stream: Stream
    hop: int
    first: int
    rms_uv: FloatArray
    moving: BoolArray
    rest_power: FloatArray
    """`(n_channels,)`."""

    @property
    def time_s(self) -> FloatArray:
        """When each hop ends, `(n_hops,)`."""
        ends = np.arange(self.first + 1, self.first + 1 + len(self.rms_uv), dtype=np.float64)
        return ends * (self.hop / self.stream.rate_hz)

    def inside(self, start_s: float, stop_s: float) -> BoolArray:
        """Return which hops lie in an interval, `(n_hops,)`."""
        inside: BoolArray = (self.time_s > start_s) & (self.time_s <= stop_s)
        return inside

    @property
    def amplitude_uv(self) -> FloatArray:
        """What is more than rest."""
        amplitude: FloatArray = np.sqrt(np.maximum(self.rms_uv**2 - self.rest_power, 0.0))
        return amplitude

    def movements(self, channel: int, reference_uv: float) -> list[tuple[float, float]]:
        """Return from when to when a channel led, in seconds."""
        rate_hz = self.stream.rate_hz
        watch = MovementWatch(Effort(), self.hop, rate_hz, (channel,))
        found = watch.push(self.first, self.amplitude_uv / reference_uv)[1]
        last = watch.close(self.first + len(self.rms_uv))
        every = [*(episode for _, episode in found), *last]
        return [(one.start / rate_hz, one.stop / rate_hz) for one in every]

    def level(self, channel: int, start_s: float, stop_s: float) -> float:
        """Return the median amplitude of a channel in an interval, uV."""
        return float(np.nanmedian(self.amplitude_uv[self.inside(start_s, stop_s), channel]))


def hear(stream: Stream, chunks: Sequence[Chunk], rests_s: Sequence[tuple[float, float]]) -> Heard:
    """Take a recording through chain and energy detector, with rest as in these intervals."""
    powers, freedoms = at_rest(stream, chunks, rests_s)
    return heard_with(stream, chunks, powers, freedoms)


def heard_with(
    stream: Stream, chunks: Sequence[Chunk], powers: FloatArray, freedoms: Sequence[Freedom]
) -> Heard:
    """Take a recording through chain and energy detector, with this rest."""
    chain = SignalChain(ChainSettings(), stream)
    levels = [one for chunk in chunks for one in chain.push(chunk)]
    detector = EnergyDetector(Energy(), chain.hop, stream.rate_hz, freedoms)
    moving = [detector.push(one, powers).moving for one in levels]
    return Heard(
        stream=stream,
        hop=chain.hop,
        first=int(levels[0].first),
        rms_uv=np.concatenate([one.rms_uv for one in levels]),
        moving=np.concatenate(moving),
        rest_power=powers,
    )


def at_rest(
    stream: Stream, chunks: Iterable[Chunk], rests_s: Sequence[tuple[float, float]]
) -> tuple[FloatArray, list[Freedom]]:
    """Return mean power and freedom of each channel in these intervals; NaN where nothing is."""
    pieces = condition(ChainSettings(), stream, chunks)
    powers, freedoms = [], []
    for channel in range(len(stream.channels)):
        runs = [
            run
            for start_s, stop_s in rests_s
            for run in sound_runs(
                pieces, channel, round(start_s * stream.rate_hz), round(stop_s * stream.rate_hz)
            )
        ]
        fitted = fit_freedom(runs, stream.rate_hz) if runs else None
        powers.append(float(np.mean(np.concatenate(runs) ** 2)) if runs else np.nan)
        freedoms.append(fitted or plain_freedom(stream.rate_hz))
    return np.array(powers), freedoms


def lifts(folder: Path, channel: int) -> tuple[list[tuple[float, float]], FloatArray]:
    """Return the movements that are found in `semg_lifts`, and the true ones, in seconds."""
    samples = lift_samples(folder, channel)
    stream = Stream(rate_hz=2000.0, channels=channel_names(1))
    table = np.loadtxt(folder / "semg_lifts" / "lifts.csv", delimiter=",", skiprows=1)
    true = table[table[:, 0] == channel][:, 2:]
    data = stream.on_grid(LIFT_SCALE * samples[:, np.newaxis])
    heard = hear(stream, list(cut(stream, 0, data)), pauses(true)[:3])
    start_s, stop_s = true[0]
    return heard.movements(0, heard.level(0, start_s + AWAY_S, stop_s - AWAY_S)), true


def lift_samples(folder: Path, channel: int) -> FloatArray:
    """Return `semg` of one channel in millivolts, `(n_samples,)`."""
    samples: FloatArray = loadmat(folder / "semg_lifts" / f"12_{channel}.mat")["semg"]
    return samples.ravel().astype(np.float64)


def contractions(folder: Path) -> tuple[list[tuple[float, float]], FloatArray]:
    """Return the movements that are found under 54 dB of hum, and the true ones."""
    stream, chunks = _foreign(folder / "brainflow_csv" / "example_5.csv")
    true = np.loadtxt(folder / "brainflow_csv" / "bursts.csv", delimiter=",", skiprows=1)[:, :2]
    heard = hear(stream, chunks, pauses(true)[:1])
    start_s, stop_s = true[0]
    return heard.movements(0, heard.level(0, start_s + AWAY_S, stop_s - AWAY_S)), true


def hand(folder: Path) -> dict[tuple[str, int], float]:
    """Return the AUC of moves against rests by how much went on, for each person and site."""
    with (folder / "ganglion_hand" / "cues.csv").open(encoding="utf-8") as lines:
        cues = list(csv.DictReader(lines))
    found = {}
    for person in PEOPLE:
        stream, resting = _foreign(folder / "ganglion_hand" / f"OpenBCI-RAW-{person}_S1REST.txt")
        length_s = resting[-1].stop / stream.rate_hz
        powers, freedoms = at_rest(stream, resting, [(STEP_S, length_s)])
        stream, chunks = _foreign(folder / "ganglion_hand" / f"OpenBCI-RAW-{person}_S1R0.txt")
        heard = heard_with(stream, chunks, powers, freedoms)
        own = [cue for cue in cues if cue["subject"] == person]
        for site in (0, 1):
            amounts: dict[str, list[float]] = {"move": [], "rest": []}
            for cue in own:
                at_s = float(cue["cue_s_from_EEG_start"])
                rows = heard.inside(at_s + CUE_S[0], at_s + CUE_S[1])
                level = heard.amplitude_uv[rows, site] * heard.moving[rows, site]
                amounts[cue["class"]].append(float(np.nanmean(level)))
            found[person, site + 1] = auc(amounts["move"], amounts["rest"])
    return found


def sides(folder: Path) -> list[tuple[bool, bool]]:
    """Return for each one-sided clench whether its side leads, and whether the other does.

    The reference is what both sides give in the bilateral bursts at the end.
    """
    stream, chunks = _foreign(folder / "cyton_gui" / "v6.txt")
    heard = hear(stream, chunks, [(20.0, 80.0)])
    left, right = (2, 4), (3, 5)
    clenches = [(8.3, 9.7, left, right), (11.4, 12.7, left, right), (9.9, 11.2, right, left)]
    clenches += [(13.0, 14.2, right, left), (82.0, 82.8, left, right), (84.3, 85.3, left, right)]
    clenches += [(83.0, 84.1, right, left)]
    reference = [heard.level(channel, 86.1, 88.5) for channel in range(6)]

    def share(channels: tuple[int, int], start_s: float, stop_s: float) -> float:
        levels = [heard.level(one, start_s + 0.2, stop_s) / reference[one] for one in channels]
        return float(np.mean(levels))

    return [
        (
            share(own, start_s, stop_s) >= Effort().low,
            share(other, start_s, stop_s) >= 0.5 * share(own, start_s, stop_s),
        )
        for start_s, stop_s, own, other in clenches
    ]


def same(found: Sequence[tuple[float, float]], true: FloatArray) -> bool:
    """Tell whether every true stretch overlaps just one that was found, and the other way round."""
    if len(found) != len(true):
        return False
    return all(
        start < stop_s and start_s < stop
        for (start, stop), (start_s, stop_s) in zip(found, true, strict=True)
    )


def auc(some: Sequence[float], none: Sequence[float]) -> float:
    """Return how often one of `some` is larger than one of `none`; equal ones count half."""
    above = np.subtract.outer(np.array(some), np.array(none))
    return float(np.mean(above > 0) + np.mean(above == 0) / 2)


def pauses(true: FloatArray) -> list[tuple[float, float]]:
    """Return the intervals between efforts."""
    return [
        (float(stop_s) + AWAY_S, float(start_s) - AWAY_S)
        for stop_s, start_s in zip(true[:-1, 1], true[1:, 0], strict=True)
    ]


def cut(stream: Stream, start: int, data: FloatArray) -> Iterator[Chunk]:
    """Yield samples in pieces."""
    step = stream.samples(STEP_S)
    for begin in range(0, len(data), step):
        yield Chunk(start + begin, data[begin : begin + step])


def _foreign(path: Path) -> tuple[Stream, list[Chunk]]:
    recording = read_foreign(path)
    stream = recording.stream
    spans = recording.spans
    return stream, [
        chunk
        for span in spans
        for chunk in cut(stream, span.start, recording.samples(span.start, span.stop))
    ]
