"""Findings in plain words, and what they mean together."""

import numpy as np
import pytest

from host.acquisition.source import Link, LinkState
from host.chain.stream import Stream, channel_names
from host.session.board_measures import Noise, Square
from host.session.board_verdicts import (
    Finding,
    Verdict,
    judge_inputs,
    judge_loss,
    judge_noise,
    judge_rate,
    judge_square,
    overall,
)

STREAM = Stream(rate_hz=500.0, channels=channel_names(3), range_uv=12_500.0)
STREAMING = LinkState(link=Link.STREAMING)


@pytest.mark.parametrize(
    ("measured_hz", "verdict"),
    [
        (500.4, Verdict.GOOD),
        (496.0, Verdict.LOOK),
        (515.0, Verdict.BAD),
        (None, Verdict.BAD),
    ],
)
def test_a_rate_is_good_as_far_as_filters_may_trust_it(
    measured_hz: float | None, verdict: Verdict
) -> None:
    assert judge_rate(500.0, measured_hz).verdict is verdict


def test_losses_are_told_in_figures() -> None:
    assert judge_loss(5000, STREAMING, wanted=5000).verdict is Verdict.GOOD
    few = LinkState(link=Link.STREAMING, lost=10, gaps=5, overruns=5)
    finding = judge_loss(4990, few, wanted=5000)
    assert finding.verdict is Verdict.LOOK
    assert "10 of 5000 samples were lost (0.2 %) in 5 gaps, 5 packets of it" in finding.sentence
    many = LinkState(link=Link.STREAMING, lost=100, gaps=50)
    assert judge_loss(4900, many, wanted=5000).verdict is Verdict.BAD


def test_a_board_that_falls_silent_is_not_called_lossless() -> None:
    finding = judge_loss(1000, LinkState(link=Link.SILENT), wanted=5000)
    assert finding.verdict is Verdict.BAD
    assert "fell silent: 1000 of 5000" in finding.sentence
    assert judge_loss(0, STREAMING, wanted=5000).verdict is Verdict.BAD


def test_inputs_at_their_end_or_without_movement_are_named() -> None:
    rng = np.random.default_rng(1)
    data_uv = rng.normal(0.0, 5.0, (500, 3))
    assert judge_inputs(data_uv, STREAM).verdict is Verdict.GOOD
    data_uv[:, 1], data_uv[:, 2] = 12_500.0, 0.0
    finding = judge_inputs(data_uv, STREAM)
    assert finding.verdict is Verdict.LOOK
    assert "channel ch2 at the end of the range" in finding.sentence
    assert "channel ch3 without any movement" in finding.sentence


def test_a_test_signal_must_have_its_height_and_period_on_every_channel() -> None:
    right = Square(amplitude_uv=np.full(3, 1880.0), period_s=np.full(3, 0.512))
    wrong = Square(
        amplitude_uv=np.array([1880.0, 940.0, 1880.0]), period_s=np.array([0.512, 0.512, np.nan])
    )
    told = {"amplitude_uv": 1875.0, "period_s": 0.512}
    assert "All 3 channels" in judge_square(right, STREAM, **told).sentence
    finding = judge_square(wrong, STREAM, **told)
    assert finding.verdict is Verdict.BAD
    assert "channels ch2, ch3 should" in finding.sentence
    assert finding.numbers["period_s"] == [0.512, 0.512, None]


@pytest.mark.parametrize(
    ("noise_uv", "verdict", "said"),
    [
        (0.4, Verdict.GOOD, "0.40 µV RMS at most, joined."),
        (2.5, Verdict.LOOK, "channel ch3 is as loud as a muscle at rest"),
        (9.0, Verdict.BAD, "channel ch3 buries a muscle at rest"),
    ],
)
def test_noise_is_held_against_a_muscle_at_rest_t4(
    noise_uv: float, verdict: Verdict, said: str
) -> None:
    noise = Noise(band_uv=np.array([0.2, 0.2, noise_uv]), mains_uv=np.zeros(3))
    finding = judge_noise(noise, STREAM, how="joined")
    assert finding.verdict is verdict
    assert said in finding.sentence


def test_noise_below_the_converters_step_is_not_called_quiet() -> None:
    coarse = Stream(rate_hz=500.0, channels=channel_names(1), range_uv=12_500.0, resolution_uv=6.1)
    finding = judge_noise(Noise(band_uv=np.zeros(1), mains_uv=np.zeros(1)), coarse, how="joined")
    assert finding.verdict is Verdict.LOOK
    assert "step of 6.1 µV" in finding.sentence


def finding(subject: str, verdict: Verdict) -> Finding:
    return Finding(subject=subject, verdict=verdict, sentence="…")


def test_the_worst_finding_decides_and_nothing_checked_is_not_good() -> None:
    good, look = finding("rate", Verdict.GOOD), finding("noise", Verdict.LOOK)
    bad, left = finding("loss", Verdict.BAD), finding("test signal", Verdict.OPEN)
    assert overall([good, left]) == (Verdict.GOOD, "This board is in order.")
    assert overall([good, look]) == (Verdict.LOOK, "This board can be used; look at noise.")
    assert overall([good, look, bad])[1] == "Do not use this board as it is: loss."
    assert overall([left])[0] is Verdict.OPEN
