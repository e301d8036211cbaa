"""`check-board`, `emulate --as arduino` and `run --board arduino`, as a person types them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.cli.main import main
from tests.host.acquisition.memory_source import MemorySource, noise

through_brainflow = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="no pseudo-terminals here for a simulated board"
)


ARDUINO = ["run", "--headless", "--board", "arduino", "--port", "x"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@contextmanager
def arduino(feed_hz: int = 500, channels: int = 8) -> Iterator[str]:
    """Play our board; give its port."""
    rng = np.random.default_rng(6)
    feed = MemorySource(rng.normal(0.0, 30.0, (40 * feed_hz, channels)), rate_hz=float(feed_hz))
    with SimulatedCyton(feed, speech=QuietfaceSpeech(feed_hz=feed_hz)) as board:
        yield board.port


@through_brainflow
def test_what_answers_at_a_port_is_found_out_and_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with arduino() as port:
        done = main(["check-board", "--port", port, "--seconds", "2", "--json", "found.json"])
    assert done == 0
    printed = capsys.readouterr().out
    assert "Looking at Arduino with Quietface firmware" in printed
    assert "test signal   good" in printed
    assert printed.strip().endswith("This board is in order.")
    data = json.loads(Path("found.json").read_text(encoding="utf-8"))
    assert (data["format"], data["board"], data["rate_hz"]) == (
        "quietface-board-check",
        "arduino",
        500.0,
    )


@through_brainflow
def test_a_cyton_is_checked_as_one_without_being_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with SimulatedCyton(MemorySource(noise(40.0))) as board:
        assert main(["check-board", "--port", board.port, "--seconds", "2", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["board"], data["verdict"]) == ("cyton", "good")


@through_brainflow
def test_a_board_keeps_its_front_end_gain_and_reference_and_then_needs_not_be_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = ["--front-end", "bioamp-exg-pill", "--front-end-gain", "987", "--reference", "4.87"]
    with arduino() as port:
        check = ["check-board", "--port", port, "--seconds", "2"]
        assert main([*check, *told, "--keep"]) == 0
        said = "Kept in the board: BioAmp EXG Pill, gain 987, reference 4.87 V.\n"
        assert said in capsys.readouterr().out
        with BoardSource(BoardSettings(board="arduino", port=port)) as source:
            said = " ".join(source.state.remarks)
            range_uv = source.stream.range_uv
    assert "BioAmp EXG Pill, gain 987." in said
    assert range_uv == pytest.approx(4.87e6 / 2 / 987)


@through_brainflow
def test_a_cyton_that_answers_keeps_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedCyton(MemorySource(noise(20.0))) as board:
        asked = ["check-board", "--port", board.port, "--reference", "5", "--keep"]
        assert main(asked) == 1
    assert "keeps no settings: leave --keep out" in capsys.readouterr().err


@through_brainflow
def test_an_arduino_runs_at_the_best_rate_for_its_montage_with_its_front_end() -> None:
    placed = ["--montage", "face-4", "--affected", "left", "--front-end", "myoware-2-raw"]
    quiet = ["--headless", "--seconds", "3", "--json", "run.json", "--no-recording"]
    with arduino(1000) as port:
        done = main(["run", "--board", "arduino", "--port", port, *placed, *quiet])
    assert done == 0
    data = json.loads(Path("run.json").read_text(encoding="utf-8"))
    assert data["rate_hz"] == 1000.0
    assert len(data["channels"]) == 4
    assert data["lost_samples"] == data["overruns"] == 0
    said = " ".join(data["remarks"])
    assert "1000 samples/s of 4 channels, packed; MyoWare 2.0, RAW output, gain 200" in said


@through_brainflow
def test_an_emulated_arduino_ends_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["emulate", "--as", "arduino", "--seconds", "0.3"]) == 0
    printed = capsys.readouterr().out
    assert "A simulated Arduino board (the simulated patient) is at " in printed
    assert "quietface run --board arduino --port " in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check-board"], "say at which port"),
        (["check-board", "--port", "/dev/ttyNowhere"], "There is no port"),
        (["check-board", "--port", "x", "--json", "no/such.json"], "there is no folder"),
        (["check-board", "--port", "x", "--guided"], "needs a terminal"),
        (["check-board", "--port", "x", "--keep"], "--keep has the board keep what is said"),
        (["check-board", "--port", "x", "--reference", "9"], "1 to 5.5 V, not 9 V"),
        (["check-board", "--port", "x", "--front-end", "mya"], "There is no front end 'mya'"),
        (["run", "--headless", "--board", "cyton", "--port", "x", "--board-rate", "500"], "cyton"),
        ([*ARDUINO, "--montage", "face-16", "--affected", "left"], "up to 8 channels"),
    ],
)
def test_a_mistake_gets_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert error.startswith("quietface: ")
    assert said in error


def test_devices_lists_the_board_and_its_front_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices"]) == 0
    printed = capsys.readouterr().out
    assert "arduino           Arduino with Quietface firmware" in printed
    assert "myoware-2-raw" in printed
    assert "quietface check-board --port PORT" in printed
