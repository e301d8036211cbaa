"""The command line, as a person uses it: summaries, refusals, and real input through BrainFlow."""

import csv
import json
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from host.acquisition.simulated import pty_port
from host.cli.main import main

through_brainflow = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="no pseudo-terminals here for a simulated Cyton"
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def summary(*arguments: str) -> dict[str, object]:
    """Run the demo without a screen; return its JSON."""
    assert main(["demo", "--headless", "--json", "summary.json", *arguments]) == 0
    data: dict[str, object] = json.loads(Path("summary.json").read_text(encoding="utf-8"))
    return data


def levels() -> tuple[list[float], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Read `levels.csv`; an empty cell is NaN."""
    with Path("levels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    values = [[float(cell) if cell else np.nan for cell in row[1:]] for row in rows]
    return [float(row[0]) for row in rows], np.array(values)


def require_qt() -> None:
    """Skip where no picture can be made."""
    pytest.importorskip("PyQt6.QtWidgets", exc_type=ImportError)


@through_brainflow
def test_the_demo_streams_the_patient_through_brainflow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    require_qt()
    data = summary("--seconds", "9")
    assert data["source"] == "simulated patient, through a simulated Cyton and BrainFlow"
    assert data["lost_samples"] == 0
    assert data["seconds"] == pytest.approx(9.0, abs=0.1)
    assert data["measured_rate_hz"] == pytest.approx(250.0, rel=0.01)
    printed = capsys.readouterr().out
    assert "about 65 Hz of bandwidth" in printed
    assert "Not calibrated" in printed
    picture = Path("quietface.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1280, 800)


@through_brainflow
def test_left_clenches_of_a_real_recording_show_on_the_left(recordings: Path) -> None:
    file = recordings / "cyton_gui" / "v6.txt"
    data = summary("--from", str(file), "--seconds", "15", "--levels", "levels.csv")
    assert data["source"] == "OpenBCI GUI text, version 6, through a simulated Cyton and BrainFlow"
    assert data["lost_samples"] == 0
    times, values = levels()
    ratio = values / np.nanmedian(values, axis=0)
    at = np.array(times)
    for begin, end, loud, still in ((8.3, 9.7, [2, 4], [3, 5]), (9.9, 11.2, [3, 5], [2, 4])):
        most = np.nanmax(ratio[(at >= begin) & (at < end)], axis=0)
        assert most[loud].min() >= 4.0
        assert most[still].max() <= 2.5


@through_brainflow
def test_railed_channels_of_a_real_recording_have_no_signal(recordings: Path) -> None:
    file = recordings / "cyton_speech" / "P001_A_Sim.csv"
    data = summary("--from", str(file), "--seconds", "4")
    channels = data["channels"]
    assert isinstance(channels, list)
    for channel in channels[4:]:
        assert channel["signal_s"] == 0.0
        assert set(channel["no_signal_s"]) == {"railed"}
        assert channel["envelope_uv"]["p50"] is None
    assert all(channel["signal_s"] > 2.0 for channel in channels[:4])


def test_a_recording_that_fits_no_cyton_is_read_directly(recordings: Path) -> None:
    data = summary("--from", str(recordings / "ganglion_hand" / "OpenBCI-RAW-S06_S1R0.txt"))
    remarks = data["remarks"]
    assert isinstance(remarks, list)
    assert "Read directly: 4 channels at 200 Hz fit neither a Cyton nor a Daisy." in remarks
    assert data["seconds"] == pytest.approx(140.6, abs=0.1)


@through_brainflow
def test_every_lost_packet_is_counted() -> None:
    data = summary("--seconds", "6", "--faults", "loss=1%")
    lost, gaps = data["lost_samples"], data["gaps"]
    assert isinstance(lost, int)
    assert isinstance(gaps, int)
    assert 3 <= gaps <= lost <= 40
    channels = data["channels"]
    assert isinstance(channels, list)
    # Bridged: none of these short gaps takes the signal away.
    assert all(channel["signal_s"] > 4.5 for channel in channels)


@through_brainflow
def test_a_session_that_ends_before_the_board_is_back_says_so() -> None:
    data = summary("--seconds", "4", "--faults", "pull=2+20")
    assert data["seconds"] == pytest.approx(2.0, abs=0.2)
    assert data["lost_samples"] == 0
    silent_s = data["silent_at_end_s"]
    assert isinstance(silent_s, float)
    assert 2.0 < silent_s < 6.0


@through_brainflow
def test_a_garbled_byte_never_shows_as_activity() -> None:
    clean = summary("--seconds", "8", "--seed", "2")
    garbled = summary("--seconds", "8", "--seed", "2", "--faults", "garble=2%")
    before, after = clean["channels"], garbled["channels"]
    assert isinstance(before, list)
    assert isinstance(after, list)
    for was, now in zip(before, after, strict=True):
        # What stands out less than eight times a contraction may raise that contraction a little.
        assert now["envelope_uv"]["max"] < 1.5 * was["envelope_uv"]["max"] + 2.0
        assert len(now["episodes"]) <= len(was["episodes"])


@through_brainflow
def test_a_board_with_a_wrong_rate_is_refused_with_both_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--headless", "--seconds", "8", "--faults", "rate=500"]) == 1
    said = capsys.readouterr().err
    assert re.search(r"sends (499|500)\.\d samples per second but claims 250", said)
    assert said.count("\n") == 1


def test_the_demo_without_brainflow_says_so() -> None:
    data = summary("--direct", "--seconds", "6", "--seed", "2", "--montage", "face-16")
    remarks = data["remarks"]
    assert isinstance(remarks, list)
    assert any(remark.startswith("Read directly") for remark in remarks)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo", "--from", "missing.txt"], "missing.txt"),
        (["demo", "--headless", "--montage", "nose"], "there is no montage 'nose'"),
        (["demo", "--headless", "--faults", "gremlins=3"], "--faults"),
        (["demo", "--headless", "--direct", "--faults", "loss=1%"], "read directly"),
        (["demo", "--headless", "--pattern", "brow raise"], "needs FRO"),
        (["demo", "--headless", "--pattern", "grin"], "unknown pattern 'grin'"),
        (["demo", "--headless", "--direct", "--json", "no/such.json"], "there is no folder"),
        (["run", "--headless", "--board", "cyto", "--port", "x"], "cyton"),
        (["run", "--headless", "--board", "cyton"], "port"),
        (["emulate", "--faults", "loss=lots"], "--faults"),
    ],
)
def test_a_mistake_gets_one_sentence_and_no_traceback(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert error.startswith("quietface: ")
    assert said in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--montage", "nose"],
        ["demo", "--faults", "gremlins=3"],
        ["demo", "--pattern", "brow raise"],
        ["run", "--board", "cyto", "--port", "x"],
        ["run", "--board", "cyton"],
        ["run", "--board", "synthetic", "--montage", "face-8"],
    ],
)
def test_a_mistake_is_told_before_any_window_opens(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("host.cli.showing.has_screen", lambda: True)
    monkeypatch.setattr("host.cli.showing._in_window", lambda *_: pytest.fail("a window opened"))
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("quietface: ")


def test_a_montage_of_one_s_own_needs_the_affected_side(
    recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(recordings / "ganglion_hand" / "OpenBCI-RAW-S06_S1REST.txt")
    own = Path("own.toml")
    own.write_text('[[site]]\nchannel = 2\nmuscle = "ZYG"\nside = "left"\n', encoding="utf-8")
    assert main(["demo", "--headless", "--from", file, "--montage", "own.toml"]) == 1
    assert "which side of the face is affected?" in capsys.readouterr().err
    told = ["--montage", "own.toml", "--affected", "left", "--pattern", "gentle eye closure"]
    assert main(["demo", "--headless", "--from", file, *told]) == 1
    assert "needs OOC" in capsys.readouterr().err
    data = summary("--from", file, "--montage", "own.toml", "--affected", "left")
    channels = data["channels"]
    assert isinstance(channels, list)
    assert [channel["muscle"] for channel in channels] == [None, "ZYG", None, None]


def test_a_picture_that_cannot_be_written_costs_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    require_qt()
    Path("taken.png").mkdir()
    summary("--direct", "--seconds", "3", "--picture", "taken.png")
    printed = capsys.readouterr().out
    assert "no sample lost" in printed
    assert "No picture: the picture cannot be written to taken.png" in printed


def test_devices_and_version_and_help_say_something(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices"]) == 0
    assert "cyton" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("quietface ")
    assert main([]) == 0
    assert "examples:" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        main(["run", "--help"])
    assert left.value.code == 0
    assert "--board" in capsys.readouterr().out


@through_brainflow
def test_an_emulated_cyton_ends_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["emulate", "--seconds", "0.3"]) == 0
    printed = capsys.readouterr().out
    assert "A simulated Cyton (the simulated patient) is at " in printed


def test_matrices_are_multiplied_in_one_thread_which_is_settled_before_numpy_is_loaded() -> None:
    program = (
        "import os, sys; os.environ.pop('OPENBLAS_NUM_THREADS', None);"
        "from host.cli.main import main; loaded = 'numpy' in sys.modules;"
        "main(['--version']); print(loaded, os.environ['OPENBLAS_NUM_THREADS'])"
    )
    done = subprocess.run(  # noqa: S603  this very Python, and the text above
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-2:] == ["False", "1"]
