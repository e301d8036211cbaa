"""True synkinesis told from crosstalk; naive ways run beside ours on the same data."""

import time
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from scipy import stats

from benchmarks import crosstalk_cases as cases
from benchmarks.crosstalk_cases import MUSCLES, Setting, Watched, watched
from benchmarks.figures import Figure
from calibration.leakage import neighbours, unknown_leakage
from calibration.montage import montages
from calibration.patterns import pattern
from host.acquisition.simulated.patient import CarrierKind
from host.chain.conditioning import Conditioned
from host.chain.own_levels import OwnLevelMeter, OwnWindow
from host.chain.separation import Separation, Separator
from host.chain.stream import FloatArray, Stream, channel_names
from host.detection.cocontraction import CocontractionDetector, Thresholds

SEEDS = (1, 2, 3)
LEAKS = (0.05, 0.10, 0.20, 0.30)
TRUE = 0.03
SMILE, OPEN = "gentle closed smile", "open smile"
MINUTES = 10
CHANNELS, RATE_HZ = 16, 1000.0
TWO, FOUR = (4, 12), (3, 4, 11, 12)
"""Columns: the cheek of both sides, and the nose."""
REPEATS = 16


def run() -> list[Figure]:
    """Measure what the issue asks for, then what lies beyond it, then what it costs."""
    return [*_asked(), *_episodes(), *_beyond(), *_costs()]


def _asked() -> list[Figure]:
    settings = [Setting(leak=leak, seed=seed) for leak in LEAKS for seed in SEEDS]
    one = _Pairs(settings, SMILE)
    two = _Pairs(settings, OPEN)
    what = "3 % within 0.25 s, leak 5–30 %"
    return [
        Figure(name=f"1-AUC, {what}", value=one.miss("own"), unit="", goal=0.01),
        Figure(name=f"1-AUC, {what}, envelope ratio", value=one.miss("ratio"), unit=""),
        Figure(name=f"1-AUC, {what}, envelope matrix", value=one.miss("matrix"), unit=""),
        Figure(name="1-AUC, two driven muscles", value=two.miss("own"), unit="", goal=0.03),
        Figure(name="1-AUC, two driven, envelope ratio", value=two.miss("ratio"), unit=""),
        Figure(name="1-AUC, two driven, envelope matrix", value=two.miss("matrix"), unit=""),
        Figure(name="floor without synkinesis over naive", value=one.floor(), unit="", goal=0.1),
        Figure(name="3 % reads as", value=one.reading(), unit="% ref"),
        Figure(name="crosstalk suspected, none real", value=one.suspected(0), unit="% windows"),
    ]


class _Pairs:
    """The same people with synkinesis and without."""

    def __init__(
        self, settings: Iterable[Setting], name: str, severity: float = TRUE, common: float = 0.0
    ) -> None:
        self._quiet = ~np.isin(MUSCLES, pattern(name).target)
        self._severity = severity
        self._runs = [
            (watched(setting, name, 0.0), watched(setting, name, severity, common=common))
            for setting in settings
        ]

    def miss(self, measure: str) -> float:
        """Return 1 - AUC of a measure over all windows of all people."""
        none, some = (self._all(measure, which) for which in (0, 1))
        ranks = stats.rankdata(np.concatenate([none, some]))[len(none) :]
        least = len(some) * (len(some) + 1) / 2
        return 1.0 - float(ranks.sum() - least) / (len(none) * len(some))

    def floor(self) -> float:
        """Return what is read without synkinesis, over the uncorrected level."""
        return float(self._all("own", 0).mean() / self._all("total", 0).mean())

    def reading(self) -> float:
        """Return the mean level with synkinesis, in per cent of the reference."""
        return 100.0 * float(self._all("own", 1).mean())

    def suspected(self, which: int) -> float:
        """Return in how many per cent of the windows crosstalk is suspected."""
        marks = [run[which].levels.suspected[run[which].holds] for run in self._runs]
        return 100.0 * float(np.mean([part[:, self._quiet] for part in marks]))

    def _all(self, measure: str, which: int) -> FloatArray:
        return np.concatenate([self._windows(run[which], measure) for run in self._runs])

    def _windows(self, seen: Watched, measure: str) -> FloatArray:
        level: FloatArray = getattr(seen, measure)[seen.holds][:, self._quiet].ravel()
        return level


def _episodes() -> list[Figure]:
    """Count episodes above 5 % of the reference in ten minutes of smiles and closed eyes."""
    setting = Setting(leak=0.25, seed=SEEDS[0])
    known, names = cases.calibrated(setting), (SMILE, "gentle eye closure")
    who = cases.patient(setting, names, 0.0, drifted=True)
    piece = cases.conditioned(setting, who, 60.0 * MINUTES)
    starts = range(0, len(piece.data), round(cases.STEP_S * setting.rate_hz))
    driving = [(at, pattern(names[place % 2]).target) for place, at in enumerate(starts)]
    pieces = cases.separate(piece, known.leakage, who.stream, driving)
    hop = len(pieces[0].own_uv) // len(pieces[0].doubt_uv2)
    meter = OwnLevelMeter(OwnWindow(), hop, who.stream, known.rest_uv)
    own, naive = (_detector(hop) for _ in range(2))
    found = [0, 0]
    for part in pieces:
        levels = meter.push(part)
        targets = dict(driving)[max(at for at, _ in driving if at <= part.start)]
        judged = np.where(np.isin(MUSCLES, targets), np.nan, 1.0)
        total = np.sqrt(np.maximum(levels.total_rms_uv**2 - known.rest_uv**2, 0.0))
        for place, (detector, level) in enumerate(((own, levels.own_uv), (naive, total))):
            share = level / known.gentle_uv
            found[place] += len(detector.push(levels.first, share, judged, SMILE)[1])
            found[place] += len(detector.close(levels.first + len(levels), SMILE))
    what = f"in {MINUTES} min, leak 25 %, none real"
    return [
        Figure(name=f"false episodes {what}", value=float(found[0]), unit="", goal=0.5),
        Figure(name=f"false episodes {what}, uncorrected", value=float(found[1]), unit=""),
    ]


def _detector(hop: int) -> CocontractionDetector:
    thresholds = Thresholds(enter=0.05, leave=0.0375)
    return CocontractionDetector(thresholds, hop, RATE_HZ, len(MUSCLES))


def _beyond() -> list[Figure]:
    """Look at what the issue does not promise."""
    few, figures = SEEDS[:2], []
    studies: dict[str, Sequence[Setting]] = {
        "leak 40 %": [Setting(leak=0.4, seed=seed) for seed in few],
        "leak 50 %": [Setting(leak=0.5, seed=seed) for seed in few],
        "leak 20 %, 3 samples late": [Setting(leak=0.2, seed=seed, late=3) for seed in few],
        "leak 20 %, 3 samples late, lags to 4 ms": [
            Setting(leak=0.2, seed=seed, late=3, reach_s=0.004) for seed in few
        ],
        "leak 20 %, 2 samples late": [Setting(leak=0.2, seed=seed, late=2) for seed in few],
        "leak 20 %, motor units": [
            Setting(leak=0.2, seed=seed, carrier=CarrierKind.MOTOR_UNITS) for seed in few
        ],
        "leak 20 %, 500 Hz": [Setting(leak=0.2, seed=seed, rate_hz=500.0) for seed in few],
        "leak 20 %, 250 Hz": [Setting(leak=0.2, seed=seed, rate_hz=250.0) for seed in few],
        "leak 20 %, gentle 20 uV over 1 uV tone": [
            Setting(leak=0.2, seed=seed, gentle_uv=20.0, noise_uv=0.4, tone_uv=1.0) for seed in few
        ],
    }
    for name, settings in studies.items():
        pairs = _Pairs(settings, SMILE)
        figures += [
            Figure(name=f"{name}: 1-AUC", value=pairs.miss("own"), unit=""),
            Figure(name=f"{name}: envelope ratio", value=pairs.miss("ratio"), unit=""),
            Figure(name=f"{name}: floor over naive", value=pairs.floor(), unit=""),
        ]
    for common in (0.0, 0.5, 1.0):
        for rate_hz in (1000.0, 250.0):
            settings = [Setting(leak=0.2, seed=seed, rate_hz=rate_hz) for seed in few]
            reading = _Pairs(settings, SMILE, severity=0.1, common=common).reading()
            name = f"10 %, {100 * common:.0f} % by shared axons, {rate_hz:g} Hz: reads as"
            figures.append(Figure(name=name, value=reading, unit="% ref"))
    return figures


def _costs() -> list[Figure]:
    """Measure 16 channels at 1 kHz with two and four driven.

    All are measured in turn, some times over, and the least of each is taken: other programs can
    only add to it.
    """
    cases_ = [(columns, chunk) for columns in (TWO, FOUR) for chunk in (10, 4000)]
    rounds = [
        [*(_cost(columns, chunk) for columns, chunk in cases_), _meter_cost()]
        for _ in range(REPEATS)
    ]
    *found, meter = (min(part) for part in zip(*rounds, strict=True))
    figures = []
    for columns, live, replay in zip((TWO, FOUR), found[::2], found[1::2], strict=True):
        name = f"{len(columns)} of {CHANNELS} driven, {RATE_HZ:g} Hz"
        figures += [
            Figure(name=f"live, {name}", value=100.0 * live, unit="% core", goal=1.0),
            Figure(name=f"replay, {name}: one second", value=1e3 * replay, unit="ms", goal=10 / 3),
            Figure(name=f"replay, {name}: speed", value=1.0 / replay, unit="x real"),
        ]
    figures.append(Figure(name="levels beside it, live", value=100.0 * meter, unit="% core"))
    return figures


def _cost(columns: Sequence[int], chunk: int, samples: int = 8000) -> float:
    """Return seconds of work per second of signal."""
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(CHANNELS))
    heard = neighbours(montages()["face-16"])
    stage = Separator(Separation(), unknown_leakage(CHANNELS, RATE_HZ, heard=heard), stream)
    stage.use(np.isin(np.arange(CHANNELS), columns), 0)
    data = np.random.default_rng(SEEDS[0]).normal(0.0, 10.0, (samples, CHANNELS))
    flaws = np.zeros(data.shape, dtype=np.uint8)
    began_s = time.process_time()
    for start, stop in pairwise(range(0, samples + 1, chunk)):
        stage.push(Conditioned(start, data[start:stop], flaws[start:stop], data[start:stop]))
    return (time.process_time() - began_s) * RATE_HZ / samples


def _meter_cost(chunk: int = 10, samples: int = 4000) -> float:
    """Return what the levels take, per second of signal."""
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(CHANNELS))
    stage = Separator(Separation(), unknown_leakage(CHANNELS, RATE_HZ), stream)
    data = np.random.default_rng(SEEDS[0]).normal(0.0, 10.0, (samples, CHANNELS))
    flaws = np.zeros(data.shape, dtype=np.uint8)
    pieces = []
    for start, stop in pairwise(range(0, samples + 1, chunk)):
        piece = Conditioned(start, data[start:stop], flaws[start:stop], data[start:stop])
        pieces += stage.push(piece)
    meter = OwnLevelMeter(OwnWindow(), stage.hop, stream)
    began_s = time.process_time()
    for part in pieces:
        meter.push(part)
    return (time.process_time() - began_s) * RATE_HZ / samples
