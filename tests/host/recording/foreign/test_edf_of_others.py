"""Whole EDF and BDF files: our own without its session, and those of other programs."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import edfio
import mne
import numpy as np
import pyedflib
import pytest

from host.chain.stream import DIGITAL_MAX, FloatArray, Stream, channel_names
from host.recording import bdf
from host.recording.foreign.files import ForeignRecording, read_foreign


def every(recording: ForeignRecording) -> FloatArray:
    return np.concatenate([run.data for run in recording.runs])


def spans(recording: ForeignRecording) -> list[tuple[int, int]]:
    return [(span.start, span.stop) for span in recording.spans]


def said(recording: ForeignRecording) -> str:
    return " ".join(recording.remarks)


@pytest.mark.parametrize("range_uv", [187_500.0, 375_000.0, 1.2e6 / (1.5 * 51), 3276.8])
@pytest.mark.parametrize("rate_hz", [250.0, 1000.0, 58 / 0.027])
def test_our_own_bdf_alone_gives_bit_identical_samples(
    tmp_path: Path, rate_hz: float, range_uv: float
) -> None:
    stream = Stream(rate_hz=rate_hz, channels=channel_names(3), range_uv=range_uv)
    shape = bdf.layout(stream, ("EMG ZygMaj L", "EMG ZygMaj R", "EMG ch3"))
    rng = np.random.default_rng(7)
    counts = rng.integers(-DIGITAL_MAX, DIGITAL_MAX, (4 * shape.samples, 3), endpoint=True)
    rate = Fraction(shape.samples) / Fraction(shape.duration)
    cue = bdf.annotation(Fraction(shape.samples + 3) / rate, "smile: rise")
    gap = bdf.annotation(Fraction(5) / rate, bdf.GAP, Fraction(shape.samples) / rate)
    content = bdf.header(shape, started=datetime(2024, 3, 2, tzinfo=UTC))
    for record, notes in enumerate([cue, gap, b"", b""]):
        rows = counts[record * shape.samples : (record + 1) * shape.samples]
        content += bdf.record(shape, rows, record * shape.samples / rate, notes)
    path = tmp_path / "emg.bdf"
    path.write_bytes(content)
    found = read_foreign(path)
    expected = counts * stream.step_uv
    assert spans(found) == [(0, 5), (5 + shape.samples, 4 * shape.samples)]
    for start, stop in spans(found):
        np.testing.assert_array_equal(found.samples(start, stop), expected[start:stop])
    assert found.stream.range_uv == range_uv
    assert found.stream.rate_hz == pytest.approx(rate_hz, rel=1e-8)
    assert found.markers[0].sample == shape.samples + 3
    assert found.markers[0].by == "emg.bdf"
    assert found.labels == shape.labels
    assert "rounded" not in said(found)
    assert "The program that wrote it did not close it." in found.remarks


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, FloatArray]:
    """Return an EDF+C file by edfio, and the microvolts that went into it."""
    rng = np.random.default_rng(1)
    data = rng.normal(0.0, 200.0, (5000, 3))
    signals = [
        edfio.EdfSignal(data[:, column], 500, label=f"EMG {column}", physical_dimension="uV")
        for column in range(3)
    ]
    notes = [edfio.EdfAnnotation(1.5, 0.5, "smile"), edfio.EdfAnnotation(4.0, None, "rest")]
    path = tmp_path / "edfio.edf"
    edfio.Edf(signals, annotations=notes, data_record_duration=0.5).write(path)
    return path, data


def test_files_of_edfio_are_read_as_edfio_reads_them(written: tuple[Path, FloatArray]) -> None:
    path, _ = written
    found, other = read_foreign(path), edfio.read_edf(path)
    expected = np.column_stack([signal.data for signal in other.signals])
    np.testing.assert_allclose(every(found), expected, atol=found.stream.step_uv / 2 * 1.001)
    assert [(one.sample, one.samples, one.text) for one in found.markers] == [
        (750, 250, "smile"),
        (2000, 0, "rest"),
    ]


def test_files_of_edfio_are_read_as_mne_and_pyedflib_read_them(
    written: tuple[Path, FloatArray],
) -> None:
    path, _ = written
    found = read_foreign(path)
    raw = mne.io.read_raw_edf(path, preload=True, verbose="error")
    step_uv = found.stream.step_uv
    np.testing.assert_allclose(every(found), raw.get_data().T * 1e6, atol=step_uv / 2 * 1.001)
    assert raw.info["sfreq"] == found.stream.rate_hz
    with pyedflib.EdfReader(str(path)) as reader:
        expected = np.column_stack([reader.readSignal(column) for column in range(3)])
    np.testing.assert_allclose(every(found), expected, atol=step_uv / 2 * 1.001)


def test_a_bdf_of_pyedflib_is_read_as_mne_and_pyedflib_read_it(tmp_path: Path) -> None:
    path = tmp_path / "pyedflib.bdf"
    rng = np.random.default_rng(2)
    data = rng.normal(0.0, 300.0, (2, 3000))
    with pyedflib.EdfWriter(str(path), 2, file_type=pyedflib.FILETYPE_BDFPLUS) as writer:
        for column in range(2):
            writer.setSignalHeader(
                column,
                {
                    "label": f"EMG{column}",
                    "dimension": "uV",
                    "sample_frequency": 1000,
                    "physical_max": 5000.0,
                    "physical_min": -5000.0,
                    "digital_max": 8388607,
                    "digital_min": -8388608,
                    "transducer": "",
                    "prefilter": "",
                },
            )
        writer.writeSamples(list(data))
        writer.writeAnnotation(1.25, 0.5, "smile")
    found = read_foreign(path)
    assert found.format == "BDF+C, 24 bits"
    step_uv = found.stream.step_uv
    with pyedflib.EdfReader(str(path)) as reader:
        expected = np.column_stack([reader.readSignal(column) for column in range(2)])
    np.testing.assert_allclose(every(found), expected, atol=step_uv * 0.501)
    raw = mne.io.read_raw_bdf(path, preload=True, verbose="error")
    np.testing.assert_allclose(every(found), raw.get_data().T * 1e6, atol=step_uv * 0.501)
    assert [(one.sample, one.samples, one.text) for one in found.markers] == [(1250, 500, "smile")]
