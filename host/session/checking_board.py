"""A board checks itself, with our help: rate, loss, test signal, noise.

It works on a Cyton and on our Arduino board, which obeys the Cyton's test commands.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from calibration.saying import Saying
from host.acquisition.source import LinkState
from host.chain.stream import Chunk, FloatArray, Stream
from host.errors import DeviceError
from host.session.board_measures import measure_noise, measure_square
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

SQUARE = "="
"""The Cyton's fast square wave of single height; the Arduino board has it too."""
SQUARE_UV = 1875.0
SQUARE_S = 0.512
JOINED = "0"
"""Joins each input to itself inside the converter."""
_TEST_S = 3.0
_SETTLE_S = 0.3
"""Of what follows a command so much is left out: filters and switches settle."""
_LATE_S = 3.0
"""So much longer than its samples last is waited for a stretch."""
JOIN_CLIPS = (
    "Join the two clips of every channel and the reference with each other (or lay the electrodes "
    "on one wet cloth), far from mains cables, and keep still."
)


class Checked(Protocol):
    """A board that is read and asked by one thread: `BoardSource`."""

    @property
    def stream(self) -> Stream:
        """Rate, channels and grid."""

    @property
    def state(self) -> LinkState:
        """The newest state of the link."""

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next samples, or None when none came within `timeout_s`."""

    def ask(self, command: str) -> str:
        """Send a command and return the reply; DeviceError where the board is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What is to be checked, and with whose help."""

    seconds: float = 10.0
    """How long the link is watched."""
    obeys_cyton: bool = True
    """Whether the board knows the Cyton's test commands."""
    joins_inside: bool = True
    """Whether `0` joins real inputs; our Arduino board only makes zeros of it."""
    help_asked: Callable[[str], bool] | None = None
    """Asks a person for something and says whether it was done; None where nobody is there."""

    def __post_init__(self) -> None:
        """Refuse a look too short to tell a rate."""
        if not 2.0 <= self.seconds <= 3600.0:
            raise ValueError(f"need 2 to 3600 seconds to check a board, got {self.seconds:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReport:
    """A checked board."""

    stream: Stream
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """What all of it means."""
        return overall(self.findings)[0]

    @property
    def conclusion(self) -> str:
        """The same in a sentence."""
        return overall(self.findings)[1]


def report_json(report: BoardReport, board: str, port: str) -> dict[str, Any]:
    """Return a report as plain data; null for what was not measured."""
    return {
        "format": "quietface-board-check",
        "version": 1,
        "board": board,
        "port": port,
        "rate_hz": report.stream.rate_hz,
        "channels": list(report.stream.channels),
        "range_uv": report.stream.range_uv,
        "resolution_uv": report.stream.resolution_uv,
        "bandwidth_hz": report.stream.bandwidth_hz,
        "verdict": report.verdict.value,
        "conclusion": report.conclusion,
        "remarks": list(report.remarks),
        "findings": [
            {
                "subject": finding.subject,
                "verdict": finding.verdict.value,
                "sentence": finding.sentence,
                **finding.numbers,
            }
            for finding in report.findings
        ],
    }


def check_board(
    source: Checked, checks: Checks, say: Callable[[Finding], None] = lambda _finding: None
) -> BoardReport:
    """Check a connected board; `say` hears each finding as soon as there is one.

    A board that is lost on the way is a finding, not an error.
    """
    findings: list[Finding] = []
    remarks: tuple[str, ...] = ()

    def note(*found: Finding) -> None:
        findings.extend(found)
        for finding in found:
            say(finding)

    try:
        note(*_link(source, checks.seconds))
        # The tests would be told among them.
        remarks = source.state.remarks
        # What a person joins is heard before the test signals: only a reset ends those.
        helped = checks.help_asked is not None and checks.help_asked(JOIN_CLIPS)
        if helped:
            note(_noise_of_all(source))
        note(_test_signal(source, checks))
        if not helped:
            note(_noise_inside(source, checks))
    except DeviceError as error:
        note(Finding(subject="link", verdict=Verdict.BAD, sentence=str(error)))
    return BoardReport(stream=source.stream, findings=tuple(findings), remarks=remarks)


def _link(source: Checked, seconds: float) -> tuple[Finding, ...]:
    """Watch the link as it is."""
    chunks = _read(source, seconds)
    state, received = source.state, sum(len(chunk) for chunk in chunks)
    found = [
        judge_rate(source.stream.rate_hz, state.rate_hz),
        judge_loss(received, state, wanted=source.stream.samples(seconds)),
    ]
    if received:
        found.append(judge_inputs(_longest(chunks, source.stream), source.stream))
    return tuple(found)


def _test_signal(source: Checked, checks: Checks) -> Finding:
    if not checks.obeys_cyton:
        return _left_out("test signal", "This board has no test signal that is known here.")
    if source.stream.range_uv < 1.1 * SQUARE_UV:
        return _left_out("test signal", "The gain before the converter is too large for it.")
    data_uv = _after(source, SQUARE, _TEST_S)
    if len(data_uv) < 2.2 * SQUARE_S * source.stream.rate_hz:
        return _left_out("test signal", "Too little of it came without a gap.")
    square = measure_square(data_uv, source.stream.rate_hz)
    return judge_square(square, source.stream, amplitude_uv=SQUARE_UV, period_s=SQUARE_S)


def _noise_of_all(source: Checked) -> Finding:
    """Measure the noise of electrodes' cables, front end and converter together."""
    _drop_old(source)
    return _noise(source, _longest(_read(source, _TEST_S), source.stream), "with the clips joined")


def _noise_inside(source: Checked, checks: Checks) -> Finding:
    """Measure the noise of amplifier and converter, where the board can join its inputs itself."""
    if not (checks.obeys_cyton and checks.joins_inside):
        return _left_out("noise", "It needs your hand: run this with --guided.")
    return _noise(source, _after(source, JOINED, _TEST_S), "with the inputs joined inside")


def _noise(source: Checked, data_uv: FloatArray, how: str) -> Finding:
    if len(data_uv) < source.stream.rate_hz:
        return _left_out("noise", "Too little came without a gap.")
    return judge_noise(measure_noise(data_uv, source.stream.rate_hz), source.stream, how=how)


def _left_out(subject: str, why: str) -> Finding:
    return Finding(subject=subject, verdict=Verdict.OPEN, sentence=why)


def _after(source: Checked, command: str, seconds: float) -> FloatArray:
    """Send a command and return the longest stretch without a gap that follows."""
    reply = source.ask(command)
    if "Failure" in reply:
        raise DeviceError(Saying("The board refuses its own test: {}.", reply.strip(" $")))
    _drop_old(source)
    chunks = _read(source, seconds + _SETTLE_S)
    settled = source.stream.samples(_SETTLE_S)
    return _longest(chunks, source.stream)[settled:]


def _drop_old(source: Checked) -> None:
    """Drop what came before this moment: while a command was answered, or a person was busy."""
    while source.read(0.0) is not None:
        pass


def _read(source: Checked, seconds: float) -> list[Chunk]:
    """Read so many seconds of samples; fewer where too many are lost, or the board is silent."""
    chunks: list[Chunk] = []
    wanted = source.stream.samples(seconds)
    stop_s = time.perf_counter() + seconds + _LATE_S
    while time.perf_counter() < stop_s:
        chunk = source.read(0.1)
        if chunk is None:
            continue
        chunks.append(chunk)
        if sum(map(len, chunks)) >= wanted:
            break
    return chunks


def _longest(chunks: list[Chunk], stream: Stream) -> FloatArray:
    """Return the longest run of samples without a gap."""
    runs: list[list[FloatArray]] = [[np.zeros((0, len(stream.channels)))]]
    stop: int | None = None
    for chunk in chunks:
        if chunk.start != stop:
            runs.append([])
        runs[-1].append(chunk.data)
        stop = chunk.stop
    return max((np.concatenate(run) for run in runs), key=len)
