"""Activity against rest: delay over the limit, bursts missed or invented, and real recordings."""

from collections.abc import Sequence

import numpy as np

from benchmarks import detection_real as real
from benchmarks.detection_limit import LEAD_S, LONGEST_S, ONSETS, limit_s
from benchmarks.detection_peers import Stretches, peers
from benchmarks.figures import Figure
from calibration.freedom import Freedom
from host.chain.amplitude import Levels
from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection.bursts import Turns
from host.detection.energy import Energy, EnergyDetector

SEEDS = (1,)
RATES_HZ = (1000.0, 250.0)
SNR_DB = (3, 6, 10, 15, 20)
REST_HOURS = 20.0
CHANNELS = 20
BURSTS_MIN = 4.0
"""So many minutes of each channel: one second of every three is active."""
CYCLE_S, ACTIVE_S = 3.0, 1.0
PEER_MIN = 10.0
HOP_S = 0.004


def run() -> list[Figure]:
    """Measure false alarms, delay and bursts of Gaussian EMG; then real recordings."""
    figures = []
    for rate_hz in RATES_HZ:
        figures += simulated(rate_hz)
    figures += beside()
    return [*figures, *recorded()]


def simulated(rate_hz: float) -> list[Figure]:
    """Return what the detector does with whitened EMG of half the rate's bandwidth."""
    alarms = false_alarms(rate_hz)
    name = f"{rate_hz:g} Hz"
    figures = [Figure(name=f"{name}: false alarms at rest", value=alarms, unit="/min", goal=0.1)]
    hop = round(HOP_S * rate_hz)
    for snr_db in SNR_DB:
        snr = 10.0 ** (snr_db / 10.0)
        delay_ms = 1e3 * delay_s(rate_hz, snr)
        least_ms = 1e3 * limit_s(rate_hz, hop, snr, alarms, SEEDS[0])
        missed = 1.0 - f1(*bursts(rate_hz, snr))
        at = f"{name}, {snr_db} dB: "
        figures += [
            Figure(name=at + "delay", value=delay_ms, unit="ms"),
            Figure(name=at + "limit, clairvoyant CUSUM", value=least_ms, unit="ms"),
            Figure(name=at + "delay over the limit", value=delay_ms / least_ms, unit="x", goal=1.3),
            Figure(name=at + "1 - F1 of bursts", value=missed, unit="", goal=0.005),
        ]
    return figures


def false_alarms(rate_hz: float) -> float:
    """Return how often a minute a channel at rest is called active."""
    random = np.random.default_rng([SEEDS[0], 1])
    detector, hops = _detector(rate_hz, CHANNELS), round(REST_HOURS * 3600.0 / HOP_S / CHANNELS)
    count = 0
    for first in range(0, hops, 10_000):
        powers = _powers(random.standard_normal((10_000 * _hop(rate_hz), CHANNELS)), rate_hz)
        turns = detector.push(_levels(powers, first), np.ones(CHANNELS)).turns
        count += 0 if turns is None else int(np.count_nonzero(turns.begins))
    return count / (REST_HOURS * 60.0)


def delay_s(rate_hz: float, snr: float) -> float:
    """Return the mean time from an onset, at any sample of a hop, to when it is known."""
    random, hop = np.random.default_rng([SEEDS[0], 2]), _hop(rate_hz)
    delays: list[float] = []
    for _ in range(0, ONSETS, 500):
        lead, length = round(LEAD_S / HOP_S) * hop, round(LONGEST_S * rate_hz)
        onset = lead + random.integers(0, hop, 500)
        samples = random.standard_normal((lead + length, 500))
        active = np.arange(len(samples))[:, np.newaxis] >= onset
        samples *= np.where(active, np.sqrt(1.0 + snr), 1.0)
        activity = _detector(rate_hz, 500).push(_levels(_powers(samples, rate_hz)), np.ones(500))
        delays += _first(activity.turns, onset, hop)
    return float(np.mean(delays)) / rate_hz


def _first(turns: Turns | None, onset: IntArray, hop: int) -> list[float]:
    """Return, for each channel, how many samples after its onset a burst was first seen."""
    if turns is None:
        return []
    seen = (turns.seen + 1) * hop - onset[turns.channels]
    right = turns.begins & (seen > 0)
    _, first = np.unique(turns.channels[right], return_index=True)
    found: list[float] = seen[right][first].tolist()
    return found


def bursts(rate_hz: float, snr: float) -> tuple[list[Stretches], BoolArray]:
    """Return the bursts of each channel in samples, and where there are some in truth."""
    samples, active = cycles(rate_hz, snr, BURSTS_MIN, CHANNELS)
    detector, powers = _detector(rate_hz, CHANNELS), _powers(samples, rate_hz)
    found = detector.push(_levels(powers), np.ones(CHANNELS)).bursts()
    every = [*(burst for _, burst in found), *detector.close(len(powers))]
    return [
        [(one.onset, one.offset) for one in every if one.channel == channel]
        for channel in range(CHANNELS)
    ], active


def cycles(
    rate_hz: float, snr: float, minutes: float, channels: int
) -> tuple[FloatArray, BoolArray]:
    """Return samples, `(n_samples, n_channels)`, and where they are active, `(n_samples,)`."""
    random = np.random.default_rng([SEEDS[0], 3])
    samples = random.standard_normal((round(60.0 * minutes * rate_hz), channels))
    phase = np.arange(len(samples)) % round(CYCLE_S * rate_hz)
    active: BoolArray = phase >= round((CYCLE_S - ACTIVE_S) * rate_hz)
    samples[active] *= np.sqrt(1.0 + snr)
    return samples, active


def f1(found: Sequence[Stretches], active: BoolArray) -> float:
    """Return F1 of bursts: each true one is met by one that overlaps it, and by no other."""
    edges = np.flatnonzero(np.diff(active, prepend=False, append=False))
    true = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    right = sum(_met(channel, true) for channel in found)
    several = sum(map(len, found)) + len(found) * len(true)
    return 2.0 * right / several


def _met(channel: Stretches, true: Stretches) -> int:
    """Count pairs of stretches that overlap, each used once."""
    left, count = list(channel), 0
    for start, stop in true:
        own = next((one for one in left if one[0] < stop and start < one[1]), None)
        if own is not None:
            left.remove(own)
            count += 1
    return count


def beside() -> list[Figure]:
    """Return 1 - F1 of other packages on the same samples, at 1 kHz; they are told nothing."""
    rate_hz, figures = RATES_HZ[0], []
    for name, find in peers().items():
        for snr_db in SNR_DB:
            samples, active = cycles(rate_hz, 10.0 ** (snr_db / 10.0), PEER_MIN, 1)
            missed = 1.0 - f1([find(samples[:, 0], rate_hz)], active)
            at = f"{name}, {rate_hz:g} Hz, {snr_db} dB: 1 - F1 of bursts"
            figures.append(Figure(name=at, value=missed, unit=""))
    return figures or [_left_out("NeuroKit2 and BioSPPy are not installed (extra bench)")]


def recorded() -> list[Figure]:
    """Return what is found in real recordings."""
    folder = real.RECORDINGS
    if not folder.is_dir():
        return [_left_out("the real recordings (../shared/recordings) are not here")]
    figures = []
    for channel in real.LIFT_CHANNELS:
        found, true = real.lifts(folder, channel)
        wrong = 0.0 if real.same(found, true) else 1.0
        name = f"semg_lifts, channel {channel}: "
        figures += [
            Figure(name=name + f"lifts, of {len(true)}", value=len(found), unit=""),
            Figure(name=name + "found are not the true ones", value=wrong, unit="", goal=0.5),
        ]
        samples = real.lift_samples(folder, channel)
        for peer, find in peers().items():
            value = len(find(samples, 2000.0))
            figures.append(Figure(name=f"{name}{peer} finds", value=value, unit=""))
    found, true = real.contractions(folder)
    wrong = 0.0 if real.same(found, true) else 1.0
    clenches = real.sides(folder)
    mistaken = sum(not own or other for own, other in clenches)
    least = min(real.hand(folder).values())
    return [
        *figures,
        Figure(name="brainflow_csv: contractions, of 5", value=len(found), unit=""),
        Figure(name="brainflow_csv: not the true ones", value=wrong, unit="", goal=0.5),
        Figure(
            name="ganglion_hand: 1 - AUC, worst person and site",
            value=1.0 - least,
            unit="",
            goal=0.01,
        ),
        Figure(
            name=f"cyton_gui: wrong side, of {len(clenches)} clenches",
            value=mistaken,
            unit="",
            goal=0.5,
        ),
    ]


def _left_out(why: str) -> Figure:
    """Return a line that says why figures are missing."""
    return Figure(name=f"left out: {why}", value=float("nan"), unit="")


def _hop(rate_hz: float) -> int:
    return round(HOP_S * rate_hz)


def _detector(rate_hz: float, channels: int) -> EnergyDetector:
    """Return a detector that is told how white noise scatters."""
    freedom = Freedom(short_hz=rate_hz, long_hz=rate_hz)
    return EnergyDetector(Energy(), _hop(rate_hz), rate_hz, [freedom] * channels)


def _powers(samples: FloatArray, rate_hz: float) -> FloatArray:
    """Return the mean power of each hop."""
    whole: FloatArray = np.square(samples).reshape(-1, _hop(rate_hz), samples.shape[1])
    means: FloatArray = whole.mean(axis=1)
    return means


def _levels(powers: FloatArray, first: int = 0) -> Levels:
    """Return levels that say no more than the powers of hops."""
    codes = np.zeros(powers.shape, dtype=np.uint8)
    lost = codes.astype(np.int64)
    return Levels(first, 1, np.sqrt(powers), codes, lost, hop_power_uv2=powers)
