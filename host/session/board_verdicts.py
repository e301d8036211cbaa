"""What was measured of a board, judged in plain words. Pure."""

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from host.acquisition.source import LinkState
from host.chain.quality import QualityLimits
from host.chain.stream import BoolArray, FloatArray, Stream
from host.session.board_measures import Noise, Square

AMPLITUDE_SHARE = 0.05
"""A test signal's height may be off by so much: the reference's tolerance, and a coarse converter's
step."""
PERIOD_SHARE = 0.03
GOOD_RATE, BAD_RATE = 0.005, 0.02
"""Off by so much a rate is a quartz's, or a resonator's, or not what it claims."""
BAD_LOSS = 0.01
SILENT_SHARE = 0.95
"""With less of what was due, some of it never began to come."""
QUIET_UV, LOUD_UV = 1.5, 5.0
"""RMS in the band of facial EMG: below, rest (1 to 3 µV, T4) is heard; above, it is buried."""


class Verdict(enum.Enum):
    """What a finding means for a session."""

    GOOD = "good"
    LOOK = "worth a look"
    BAD = "not usable"
    OPEN = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked."""

    subject: str
    verdict: Verdict
    sentence: str
    numbers: dict[str, float | list[float | None] | None] = field(default_factory=dict)
    """By name and unit; None where it was not measured."""


def judge_rate(claimed_hz: float, measured_hz: float | None) -> Finding:
    """Compare the measured rate with the claimed one."""
    numbers: dict[str, float | list[float | None] | None] = {
        "claimed_hz": claimed_hz,
        "measured_hz": measured_hz,
    }
    if measured_hz is None:
        sentence = "The rate could not be measured: too few samples came."
        return Finding(subject="rate", verdict=Verdict.BAD, sentence=sentence, numbers=numbers)
    off = abs(measured_hz / claimed_hz - 1.0)
    sentence = f"{measured_hz:.2f} samples a second and channel; it claims {claimed_hz:g}."
    verdict = Verdict.GOOD if off <= GOOD_RATE else Verdict.LOOK
    if off > BAD_RATE:
        verdict, sentence = Verdict.BAD, sentence + " Every filter would be wrong."
    return Finding(subject="rate", verdict=verdict, sentence=sentence, numbers=numbers)


def judge_loss(received: int, link: LinkState, *, wanted: int) -> Finding:
    """Judge what was lost on the way, while so many samples were `wanted`."""
    lost, overruns = link.lost, link.overruns
    numbers: dict[str, float | list[float | None] | None] = {
        "received_samples": received,
        "lost_samples": lost,
        "gaps": link.gaps,
        "overruns": overruns,
    }
    if not received:
        sentence = "Nothing came from the board."
        return Finding(subject="loss", verdict=Verdict.BAD, sentence=sentence, numbers=numbers)
    if received + lost < SILENT_SHARE * wanted or link.reconnects:
        sentence = (
            f"The board fell silent: {received} of {wanted} samples came. Is its supply steady, "
            "and its cable firm?"
        )
        return Finding(subject="loss", verdict=Verdict.BAD, sentence=sentence, numbers=numbers)
    if not lost:
        sentence = f"None of {received} samples was lost."
        return Finding(subject="loss", verdict=Verdict.GOOD, sentence=sentence, numbers=numbers)
    share = lost / (received + lost)
    own = f", {overruns} packets of it dropped by the board itself" if overruns else ""
    sentence = (
        f"{lost} of {received + lost} samples were lost ({100 * share:.2g} %) in {link.gaps} "
        f"gaps{own}: bring a radio nearer, use a short cable, close other programs."
    )
    verdict = Verdict.BAD if share >= BAD_LOSS else Verdict.LOOK
    return Finding(subject="loss", verdict=verdict, sentence=sentence, numbers=numbers)


def judge_inputs(data_uv: FloatArray, stream: Stream) -> Finding:
    """Say which inputs are at the end of their range or stand still, as they are wired now."""
    rail_uv = QualityLimits().rail_share * stream.range_uv
    railed = (np.abs(data_uv) >= rail_uv).mean(axis=0) > 0.5
    still = ~railed & (np.ptp(data_uv, axis=0) == 0.0)
    if not (railed.any() or still.any()):
        return Finding(
            subject="inputs", verdict=Verdict.GOOD, sentence="Every input moves within its range."
        )
    said = [
        f"{_named(stream, where)} {what}"
        for where, what in (
            (railed, "at the end of the range (nothing connected?)"),
            (still, "without any movement (switched off?)"),
        )
        if where.any()
    ]
    return Finding(subject="inputs", verdict=Verdict.LOOK, sentence=f"{'; '.join(said)}.")


def judge_square(
    square: Square, stream: Stream, *, amplitude_uv: float, period_s: float
) -> Finding:
    """Compare the board's test signal with what it should be."""
    high = np.abs(square.amplitude_uv / amplitude_uv - 1.0) <= AMPLITUDE_SHARE
    timed = np.abs(square.period_s / period_s - 1.0) <= PERIOD_SHARE
    numbers: dict[str, float | list[float | None] | None] = {
        "expected_uv": amplitude_uv,
        "amplitude_uv": _plain(square.amplitude_uv),
        "expected_period_s": period_s,
        "period_s": _plain(square.period_s),
    }
    if (high & timed).all():
        worst = 100.0 * float(np.abs(square.amplitude_uv / amplitude_uv - 1.0).max())
        sentence = (
            f"All {len(high)} channels show ±{amplitude_uv:g} µV every {period_s:g} s "
            f"(within {worst:.1f} %)."
        )
        return Finding(
            subject="test signal", verdict=Verdict.GOOD, sentence=sentence, numbers=numbers
        )
    wrong = ~(high & timed)
    sentence = (
        f"{_named(stream, wrong)} should show ±{amplitude_uv:g} µV every {period_s:g} s and "
        f"{'does' if wrong.sum() == 1 else 'do'} not: the amplifier is damaged, or its gain is "
        "another than this program was told."
    )
    return Finding(subject="test signal", verdict=Verdict.BAD, sentence=sentence, numbers=numbers)


def judge_noise(noise: Noise, stream: Stream, *, how: str) -> Finding:
    """Judge the noise with nothing to be heard; `how` says how that was brought about."""
    numbers: dict[str, float | list[float | None] | None] = {
        "noise_uv": _plain(noise.band_uv),
        "mains_uv": _plain(noise.mains_uv),
    }
    worst_uv = float(noise.band_uv.max())
    said = f"{worst_uv:.2f} µV RMS at most, {how}"
    if stream.resolution_uv is not None and worst_uv < 0.3 * stream.resolution_uv:
        said += f", less than the converter's step of {stream.resolution_uv:.1f} µV can show"
        return Finding(subject="noise", verdict=Verdict.LOOK, sentence=f"{said}.", numbers=numbers)
    if worst_uv <= QUIET_UV:
        return Finding(subject="noise", verdict=Verdict.GOOD, sentence=f"{said}.", numbers=numbers)
    loud = noise.band_uv > (LOUD_UV if worst_uv > LOUD_UV else QUIET_UV)
    buried = worst_uv > LOUD_UV
    meaning = "buries a muscle at rest" if buried else "is as loud as a muscle at rest"
    return Finding(
        subject="noise",
        verdict=Verdict.BAD if buried else Verdict.LOOK,
        sentence=f"{said}: {_named(stream, loud)} {meaning} (1 to 3 µV).",
        numbers=numbers,
    )


def overall(findings: Sequence[Finding]) -> tuple[Verdict, str]:
    """Return what all findings mean together."""
    for verdict, words in (
        (Verdict.BAD, "Do not use this board as it is"),
        (Verdict.LOOK, "This board can be used; look at"),
    ):
        subjects = [finding.subject for finding in findings if finding.verdict is verdict]
        if subjects:
            separator = ": " if verdict is Verdict.BAD else " "
            return verdict, f"{words}{separator}{', '.join(subjects)}."
    if not any(finding.verdict is Verdict.GOOD for finding in findings):
        return Verdict.OPEN, "Nothing could be checked."
    return Verdict.GOOD, "This board is in order."


def _named(stream: Stream, where: BoolArray) -> str:
    names = [name for name, chosen in zip(stream.channels, where, strict=True) if chosen]
    return f"{'channels' if len(names) > 1 else 'channel'} {', '.join(names)}"


def _plain(values: FloatArray) -> list[float | None]:
    return [round(float(value), 4) if math.isfinite(value) else None for value in values]
