"""Simulated people with known crosstalk and synkinesis, calibrated and watched, for `separation`.

Four muscles of one side, each of which leaks into every other's electrode. The reference is 100 uV
and the noise 1 uV. A person calibrates with 30 % synkinesis; afterwards every leak has drifted.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

import numpy as np

from calibration.leakage import Leakage
from calibration.leakage_fit import Contraction, LeakageFit, fit_leakage
from calibration.montage import Montage, Site
from calibration.muscles import Side
from calibration.patterns import pattern
from host.acquisition.simulated.disturbance import Electrodes
from host.acquisition.simulated.effort import Blinks, Effort
from host.acquisition.simulated.mixing import Crosstalk, Leak
from host.acquisition.simulated.patient import CarrierKind, PatientSettings, SimulatedPatient
from host.acquisition.simulated.script import Script, Step
from host.acquisition.simulated.synkinesis import Coupling
from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.own_levels import OwnLevelMeter, OwnLevels, OwnWindow
from host.chain.separation import Separated, Separation, Separator
from host.chain.stream import BoolArray, FloatArray, IntArray, Stream

MUSCLES = ("ZYG", "OOC", "LLS", "PLA")
MONTAGE = Montage(name="four", sites=tuple(Site(muscle=m, side=Side.RIGHT) for m in MUSCLES))
REFERENCES = {"ZYG": "gentle closed smile", "OOC": "gentle eye closure", "LLS": "snarl"}
"""What is calibrated; the neck has no pattern of its own (T2)."""
DRIFT = 0.2
DURING_CALIBRATION = 0.3
REST_S, RISE_S, HOLD_S, RELEASE_S = 3.0, 1.0, 7.0, 1.0
STEP_S = REST_S + RISE_S + HOLD_S + RELEASE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for calibration and afterwards."""

    leak: float
    seed: int
    rate_hz: float = 1000.0
    carrier: CarrierKind = CarrierKind.GAUSSIAN
    gentle_uv: float = 100.0
    noise_uv: float = 1.0
    tone_uv: float = 0.5
    reach_s: float = 0.002
    late: int = 0
    """Instead of volume conduction: the leak is the electrode's signal, so many samples late."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """What a calibration gives."""

    leakage: Leakage
    rest_uv: FloatArray
    """RMS at rest, `(n_channels,)`."""
    gentle_uv: FloatArray
    """Amplitude in the reference contraction."""
    ratios: FloatArray
    """Envelope of each channel over the driven one's, `(n_channels, n_channels)`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watched:
    """Levels of a recording; activation is `(n_hops, n_channels)`, as share of the reference."""

    levels: OwnLevels
    own: FloatArray
    total: FloatArray
    ratio: FloatArray
    """Naive: envelope over the loudest driven channel's."""
    matrix: FloatArray
    """Naive: envelopes minus what the calibrated envelope ratios say."""
    holds: IntArray
    """Rows at the ends of windows of 0.25 s that lie in a hold."""


def patient(
    setting: Setting,
    patterns: tuple[str, ...],
    severity: float,
    *,
    drifted: bool,
    common: float = 0,
) -> SimulatedPatient:
    """Return a face in which every muscle takes every other along."""
    rng = np.random.default_rng(setting.seed + 1000)
    amount = 0.0 if setting.late else setting.leak
    leaks = tuple(
        Leak(muscles=pair, amount=amount * (1.0 + drifted * rng.uniform(-DRIFT, DRIFT)))
        for pair in combinations(MUSCLES, 2)
    )
    couplings = tuple(
        Coupling(target=a, quiet=b, severity=severity, common=common)
        for a, b in permutations(MUSCLES, 2)
        if severity
    )
    steps = tuple(
        Step(pattern=name, rest_s=REST_S, rise_s=RISE_S, hold_s=HOLD_S, release_s=RELEASE_S)
        for name in patterns
    )
    return SimulatedPatient(
        PatientSettings(
            seed=setting.seed + (500 if drifted else 0),
            rate_hz=setting.rate_hz,
            montage=MONTAGE,
            couplings=couplings,
            script=Script(steps=steps),
            effort=Effort(along=0.0, along_other_side=0.0, along_tolerated=0.0),
            blinks=Blinks(every_s=0.0),
            gentle_uv=setting.gentle_uv,
            tone_uv=setting.tone_uv,
            tone_affected_uv=setting.tone_uv,
            carrier=setting.carrier,
            crosstalk=Crosstalk(leaks=leaks),
            electrodes=Electrodes(noise_uv=setting.noise_uv),
        )
    )


def conditioned(setting: Setting, who: SimulatedPatient, seconds: float) -> Conditioned:
    """Return the chain's samples before any estimate, in one piece."""
    pieces = Conditioner(Conditioning(), who.stream).push(who.read(who.stream.samples(seconds)))
    data, flaws, hum = (
        np.concatenate([getattr(piece, name) for piece in pieces])
        for name in ("data", "flaws", "hum")
    )
    if setting.late:
        others = data.sum(axis=1, keepdims=True) - data
        data = data + setting.leak * np.roll(others, setting.late, axis=0)
    return Conditioned(pieces[0].start, data, flaws, hum)


@cache
def calibrated(setting: Setting) -> Known:
    """Calibrate a person whose other muscles come along with 30 %."""
    names = tuple(REFERENCES.values())
    who = patient(setting, names, DURING_CALIBRATION, drifted=False)
    piece = conditioned(setting, who, STEP_S * len(names))
    rate = setting.rate_hz
    parts = []
    for place, code in enumerate(REFERENCES):
        hold = place * STEP_S + REST_S + RISE_S
        rows = slice(round((hold + 0.5) * rate), round((hold + HOLD_S - 0.2) * rate))
        valid = piece.flaws[rows] == 0
        source = MUSCLES.index(code)
        parts.append(Contraction(source=source, data_uv=piece.data[rows], valid=valid))
    rest = piece.data[round(1.3 * rate) : round((REST_S - 0.1) * rate)]
    levels = [np.sqrt(np.mean(part.data_uv**2, axis=0)) for part in parts]
    ratios = np.zeros((len(MUSCLES), len(MUSCLES)))
    gentle = np.full(len(MUSCLES), np.nan)
    for part, level in zip(parts, levels, strict=True):
        ratios[:, part.source] = level / level[part.source]
        gentle[part.source] = level[part.source]
    return Known(
        leakage=fit_leakage(
            parts, rest_uv=rest, rate_hz=rate, settings=LeakageFit(reach_s=setting.reach_s)
        ),
        rest_uv=np.sqrt(np.mean(rest**2, axis=0)),
        gentle_uv=np.where(np.isnan(gentle), np.nanmean(gentle), gentle),
        ratios=ratios,
    )


def separate(
    piece: Conditioned, leakage: Leakage, stream: Stream, driving: list[tuple[int, tuple[str, ...]]]
) -> list[Separated]:
    """Separate a recording; `driving` says from which sample on which muscles are driven."""
    stage = Separator(Separation(), leakage, stream)
    for start, targets in driving:
        stage.use(np.isin(MUSCLES, targets), start)
    return stage.push(piece)


def watched(
    setting: Setting, name: str, severity: float, *, seconds: float = 3 * STEP_S, common: float = 0
) -> Watched:
    """Watch the same person later, in one pattern again and again."""
    known, targets = calibrated(setting), pattern(name).target
    who = patient(setting, (name,), severity, drifted=True, common=common)
    piece = conditioned(setting, who, seconds)
    pieces = separate(piece, known.leakage, who.stream, [(0, targets)])
    hop = len(pieces[0].own_uv) // len(pieces[0].doubt_uv2)
    meter = OwnLevelMeter(OwnWindow(), hop, who.stream, known.rest_uv)
    (levels,) = [meter.push(part) for part in pieces]
    driven = np.flatnonzero(np.isin(MUSCLES, targets))
    total_uv = np.sqrt(np.maximum(levels.total_rms_uv**2 - known.rest_uv**2, 0.0))
    explained = total_uv[:, driven] @ known.ratios[:, driven].T
    loudest = np.maximum(total_uv[:, driven].max(axis=1, keepdims=True), 1e-6)
    ends_s = (levels.first + np.arange(len(levels)) + 1) * hop / setting.rate_hz
    place_s = ends_s % STEP_S - REST_S - RISE_S
    in_hold: BoolArray = (place_s >= 0.75) & (place_s < HOLD_S) & (ends_s > 2.0)
    return Watched(
        levels=levels,
        own=levels.own_uv / known.gentle_uv,
        total=total_uv / known.gentle_uv,
        ratio=total_uv / loudest,
        matrix=np.maximum(total_uv - explained, 0.0) / known.gentle_uv,
        holds=np.flatnonzero(in_hold)[:: round(0.25 * setting.rate_hz / hop)].astype(np.int64),
    )
