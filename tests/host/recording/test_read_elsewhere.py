"""MNE, edfio and pyedflib read our files: the same samples, the same annotations."""

from pathlib import Path
from typing import Any

import edfio
import mne
import numpy as np
import pyedflib
import pytest

from calibration.montage import Montage, Site
from calibration.muscles import Side
from host.chain.stream import DIGITAL_MAX, Chunk, FloatArray
from host.detection.cues import Cue, Phase
from host.recording import bdf
from host.recording.events import CueGiven, Event, Marker, Touch
from host.recording.manifest import Manifest
from host.recording.reader import EMG, read_session
from host.recording.repair import repair
from tests.host.recording.sessions import manifest, signal, write_session

ODD_HZ = 58_000_000 / 27_000
CASES = [
    (100.0, 1),
    (125.0, 1),
    (200.0, 4),
    (250.0, 8),
    (256.0, 2),
    (500.0, 3),
    (512.0, 1),
    (1000.0, 16),
    (1600.0, 2),
    (2048.0, 2),
    (ODD_HZ, 2),
    (4000.0, 3),
]
GAP = (300, 420)
SAMPLES = 1010

Read = tuple[FloatArray, list[tuple[float, float, str]], float]


def with_mne(path: Path) -> Read:
    raw: Any = mne.io.read_raw_bdf(path, preload=True, verbose="error")
    notes = [
        (float(note["onset"]), float(note["duration"]), str(note["description"]))
        for note in raw.annotations
    ]
    return raw.get_data().T * 1e6, notes, float(raw.info["sfreq"])


def with_edfio(path: Path) -> Read:
    file = edfio.read_bdf(path)
    notes = [(note.onset, note.duration or 0.0, note.text) for note in file.annotations]
    data = np.stack([one.data for one in file.signals], axis=1)
    return data, notes, file.signals[0].sampling_frequency


def with_pyedflib(path: Path) -> Read:
    with pyedflib.EdfReader(str(path)) as file:
        data = np.stack([file.readSignal(k) for k in range(file.signals_in_file)], axis=1)
        onsets, durations, texts = file.readAnnotations()
        notes = [
            (float(onset), max(0.0, float(lasts)), str(text))
            for onset, lasts, text in zip(onsets, durations, texts, strict=True)
        ]
        return data, notes, float(file.getSampleFrequency(0))


READERS = {"mne": with_mne, "edfio": with_edfio, "pyedflib": with_pyedflib}


def events(rate_hz: float) -> list[Event]:
    return [
        Marker(sample=40, samples=round(rate_hz / 10.0), text="Größe → 😀, then a rest"),
        CueGiven.of(Cue(start=50, pattern="open smile", phase=Phase.HOLD)),
        Touch(sample=60, muscles=("ZYG",)),
    ]


def written(folder: Path, about: Manifest, *, closed: bool = True) -> FloatArray:
    raw = signal(about.stream, SAMPLES)
    pieces = [*events(about.stream.rate_hz), Chunk(0, raw[: GAP[0]]), Chunk(GAP[1], raw[GAP[1] :])]
    write_session(folder, pieces, about, closed=closed)
    return raw


def assert_same(read: Read, raw: FloatArray, about: Manifest, end: int) -> None:
    data, notes, rate_hz = read
    assert rate_hz == pytest.approx(about.stream.rate_hz, rel=1e-9)
    held = raw.copy()
    held[GAP[0] : GAP[1]] = raw[GAP[0] - 1]
    counts = np.rint(data / (float(bdf.limit(about.stream.range_uv)) / DIGITAL_MAX))
    wanted = np.rint(held / about.stream.step_uv)
    np.testing.assert_array_equal(counts[: len(wanted)], wanted[: len(counts)])
    np.testing.assert_allclose(data[: len(held)], held[: len(data)], rtol=3.2e-6, atol=1e-9)
    seconds = 1.0 / about.stream.rate_hz
    expected = {
        "Größe → 😀, then a rest": (40 * seconds, round(rate_hz / 10.0) * seconds),
        "open smile: hold": (50 * seconds, 0.0),
        "touch on": (60 * seconds, 0.0),
    }
    gaps = [(GAP[0] * seconds, (GAP[1] - GAP[0]) * seconds)]
    if len(data) > end:
        gaps.append((end * seconds, (len(data) - end) * seconds))
    found = {text: (onset, lasts) for onset, lasts, text in notes if text != "BAD_gap"}
    assert found.keys() == expected.keys()
    for text, times in expected.items():
        assert found[text] == pytest.approx(times, abs=2e-6)
    bad = sorted((onset, lasts) for onset, lasts, text in notes if text == "BAD_gap")
    np.testing.assert_allclose(bad, gaps, atol=2e-6)


@pytest.mark.parametrize(("rate_hz", "channels"), CASES)
@pytest.mark.parametrize("reader", READERS)
def test_samples_and_annotations_are_the_same(
    tmp_path: Path, reader: str, rate_hz: float, channels: int
) -> None:
    about = manifest(rate_hz=rate_hz, channels=channels)
    raw = written(tmp_path / "session", about)
    session = read_session(tmp_path / "session")
    np.testing.assert_array_equal(session.samples(GAP[1], SAMPLES), raw[GAP[1] :])
    assert_same(READERS[reader](tmp_path / "session" / EMG), raw, about, SAMPLES)


@pytest.mark.parametrize("reader", READERS)
def test_a_repaired_file_is_read_like_any_other(tmp_path: Path, reader: str) -> None:
    about = manifest(rate_hz=250.0)
    raw = written(tmp_path / "session", about, closed=False)
    path = tmp_path / "session" / EMG
    assert path.read_bytes()[236:244] == b"-1      "
    assert repair(tmp_path / "session") is not None
    assert_same(READERS[reader](path), raw, about, 1000)


@pytest.mark.parametrize("range_uv", [1.2e6 / (1.5 * 51), 187_500.0, 750_000.0])
@pytest.mark.parametrize("reader", READERS)
def test_ranges_of_other_boards_are_kept_to_seven_signs(
    tmp_path: Path, reader: str, range_uv: float
) -> None:
    about = manifest(rate_hz=200.0, range_uv=range_uv)
    raw = written(tmp_path / "session", about)
    assert_same(READERS[reader](tmp_path / "session" / EMG), raw, about, SAMPLES)


def test_mne_knows_channels_by_their_muscle(tmp_path: Path) -> None:
    plain = manifest(rate_hz=250.0)
    sites = (Site(muscle="ZYG", side=Side.LEFT), Site())
    watch = plain.watch.__class__(montage=Montage(name="one", sites=sites))
    about = Manifest(
        **{
            name: getattr(plain, name)
            for name in plain.__struct_fields__
            if name not in {"watch", "format", "version"}
        },
        watch=watch,
    )
    written(tmp_path / "session", about)
    raw: Any = mne.io.read_raw_bdf(tmp_path / "session" / EMG, infer_types=True, verbose="error")
    assert raw.ch_names == ["ZygMaj L", "ch2"]
    assert raw.get_channel_types() == ["emg", "emg"]
