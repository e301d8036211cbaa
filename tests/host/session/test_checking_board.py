"""The guided check on a simulated Cyton and a simulated Arduino board, through BrainFlow."""

import json
from collections.abc import Callable

import numpy as np
import pytest

from host.acquisition.front_end import find_front_end
from host.acquisition.live import BoardSource
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.session.board_verdicts import Finding, Verdict
from host.session.checking_board import BoardReport, Checks, check_board, report_json
from tests.host.acquisition.memory_source import MemorySource, noise

pytestmark = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="this system has no pseudo-terminals for a simulated board"
)


def verdicts(report: BoardReport) -> dict[str, Verdict]:
    return {finding.subject: finding.verdict for finding in report.findings}


def cyton_report(
    faults: str = "", say: Callable[[Finding], None] = lambda _finding: None
) -> BoardReport:
    feed = MemorySource(noise(60.0))
    with (
        SimulatedCyton(feed, faults=Faults.parse(faults), seed=1) as board,
        BoardSource(BoardSettings(board="cyton", port=board.port)) as source,
    ):
        return check_board(source, Checks(seconds=3.0), say)


def arduino_report(checks: Checks, gain: float = 200.0) -> BoardReport:
    rng = np.random.default_rng(4)
    feed = MemorySource(rng.normal(0.0, 3.0, (30_000, 8)), rate_hz=500.0)
    wish = Wish(front_end=find_front_end("gain", gain))
    with (
        SimulatedCyton(feed, speech=QuietfaceSpeech(feed_hz=500)) as board,
        BoardSource(BoardSettings(board="arduino", port=board.port, wish=wish)) as source,
    ):
        return check_board(source, checks)


def test_a_sound_cyton_is_in_order() -> None:
    heard: list[Finding] = []
    report = cyton_report(say=heard.append)
    assert verdicts(report) == {
        "rate": Verdict.GOOD,
        "loss": Verdict.GOOD,
        "inputs": Verdict.GOOD,
        "test signal": Verdict.GOOD,
        "noise": Verdict.GOOD,
    }
    assert report.conclusion == "This board is in order."
    # Each is told as soon as it is known.
    assert tuple(heard) == report.findings
    data = json.loads(json.dumps(report_json(report, "cyton", "COM3"), allow_nan=False))
    assert (data["verdict"], data["board"], data["port"]) == ("good", "cyton", "COM3")
    signal = next(one for one in data["findings"] if one["subject"] == "test signal")
    assert signal["amplitude_uv"] == pytest.approx([1875.0] * 8, rel=0.01)


def test_a_lossy_link_is_not_usable() -> None:
    report = cyton_report("loss=5%")
    assert verdicts(report)["loss"] is Verdict.BAD
    assert report.verdict is Verdict.BAD


def test_a_board_that_dies_on_the_way_is_a_finding_not_an_error() -> None:
    report = cyton_report("pull=2+100")
    assert verdicts(report)["loss"] is Verdict.BAD
    assert report.findings[-1].subject == "link"


def test_an_arduino_is_checked_by_its_own_test_signal_and_noise_needs_a_hand() -> None:
    report = arduino_report(Checks(seconds=3.0, joins_inside=False))
    found = verdicts(report)
    assert found["test signal"] is Verdict.GOOD
    assert found["noise"] is Verdict.OPEN
    assert report.verdict is Verdict.GOOD
    # The check's own signal is no news.
    assert "test signal" not in " ".join(report.remarks)


def test_with_a_persons_help_the_noise_of_everything_is_measured() -> None:
    asked: list[str] = []

    def help_asked(what: str) -> bool:
        asked.append(what)
        return True

    report = arduino_report(
        Checks(seconds=3.0, joins_inside=False, help_asked=help_asked), gain=2000.0
    )
    assert "Join the two clips" in asked[0]
    found = next(finding for finding in report.findings if finding.subject == "noise")
    assert "with the clips joined" in found.sentence
    # 3 µV of white noise over 250 Hz, of which 193 Hz are in the band and off the mains.
    assert found.numbers["noise_uv"] == pytest.approx([2.6] * 8, abs=0.3)
    assert found.verdict is Verdict.LOOK


def test_a_gain_too_large_for_the_test_signal_leaves_it_out() -> None:
    report = arduino_report(Checks(seconds=2.0, joins_inside=False), gain=2000.0)
    assert verdicts(report)["test signal"] is Verdict.OPEN


def test_too_short_a_look_is_refused() -> None:
    with pytest.raises(ValueError, match="2 to 3600 seconds"):
        Checks(seconds=1.0)
