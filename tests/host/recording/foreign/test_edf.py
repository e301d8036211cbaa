"""EDF and BDF of other programs: known answers, and broken headers."""

import numpy as np
import pytest

from host.chain.stream import DIGITAL_MAX, FloatArray, Stream
from host.errors import RecordingError
from host.recording.foreign.files import ForeignRecording, read_foreign_bytes
from tests.host.recording.foreign.edf_files import EdfSignal, edf_file, ramp, tal

STEP_UV = 3276.8 / DIGITAL_MAX
ON_TIME = [tal(f"+{record}") for record in range(4)]


def read(content: bytes, rate_hz: float | None = None) -> ForeignRecording:
    return read_foreign_bytes(content, "face.edf", rate_hz=rate_hz)


def every(recording: ForeignRecording) -> FloatArray:
    return np.concatenate([run.data for run in recording.runs])


def spans(recording: ForeignRecording) -> list[tuple[int, int]]:
    return [(span.start, span.stop) for span in recording.spans]


def said(recording: ForeignRecording) -> str:
    return " ".join(recording.remarks)


def test_counts_become_microvolts_on_the_grid_of_the_header_s_range() -> None:
    low = EdfSignal(label="EMG2", counts=[list(range(-7, 243)), list(range(243, 493))])
    found = read(edf_file([ramp(2, 250), low]))
    assert found.format == "EDF, 16 bits"
    assert found.stream == Stream(rate_hz=250.0, channels=("ch1", "ch2"), range_uv=3276.8)
    assert found.labels == ("EMG1", "EMG2")
    assert found.started == "2024-03-02T10:11:12"
    assert spans(found) == [(0, 500)]
    expected = np.column_stack([np.arange(500), np.arange(-7, 493)]) * 0.1
    assert np.max(np.abs(every(found) - expected)) <= STEP_UV / 2 * (1 + 1e-9)
    np.testing.assert_array_equal(found.stream.on_grid(every(found)), every(found))
    assert "Its steps of 0.1 µV were rounded to the recorder's of 0.000391 µV." in found.remarks
    assert "250 samples per second, from the header." in found.remarks


def test_any_part_is_decoded_alike() -> None:
    found = read(edf_file([ramp(3, 200), ramp(3, 200, label="EMG2")]))
    whole = every(found)
    for start, stop in [(0, 600), (0, 0), (5, 5), (3, 17), (199, 201), (200, 400), (399, 600)]:
        np.testing.assert_array_equal(found.samples(start, stop), whole[start:stop])
    with pytest.raises(ValueError, match="do not lie in one run"):
        found.samples(599, 601)


@pytest.mark.parametrize(
    ("unit", "factor"), [("uV", 1.0), ("mV", 1e3), ("V", 1e6), ("nV", 1e-3), ("µV", 1.0)]
)
def test_units_are_scaled(unit: str, factor: float) -> None:
    limits = (-1000 / factor, 1000 / factor)
    signal = ramp(1, 200, unit=unit, physical=limits, digital=(-1000, 1000))
    found = read(edf_file([signal]))
    assert found.stream.range_uv == pytest.approx(1000.0)
    np.testing.assert_allclose(every(found)[:, 0], np.arange(200), atol=1e-4)
    assert "unit" not in said(found)


def test_a_unit_that_is_no_volt_is_taken_as_microvolts_and_said() -> None:
    found = read(edf_file([ramp(1, 200, unit="a.u.")]))
    assert "No volts are named as the unit of EMG1: taken as microvolts." in found.remarks


def test_channels_are_those_named_emg_at_their_most_common_rate() -> None:
    signals = [
        ramp(1, 200, label="EEG Fp1"),
        ramp(1, 500, label="EMG ZygMaj L"),
        ramp(1, 500, label="right emg"),
        ramp(1, 200, label="EMG chin"),
        ramp(1, 1, label="SpO2", unit="%"),
    ]
    found = read(edf_file(signals))
    assert found.labels == ("EMG ZygMaj L", "right emg")
    assert found.stream.rate_hz == 500.0
    assert (
        "Other signals were left out: EEG Fp1 (200 per second), EMG chin (200 per second) "
        "and SpO2 (1 per second)."
    ) in found.remarks


def test_without_names_channels_are_the_voltages_at_the_most_common_rate() -> None:
    signals = [ramp(1, 500, label=name) for name in ("A1", "A2")]
    signals += [ramp(1, 100, label="B1"), ramp(1, 500, label="X", unit="g")]
    signals += [ramp(1, 500, label="Status", unit="Boolean")]
    assert read(edf_file(signals)).labels == ("A1", "A2")


def test_a_run_ends_where_the_record_after_it_begins_late() -> None:
    times = [tal(f"+{onset}") for onset in ("0", "1", "3.5", "4.5")]
    found = read(edf_file([ramp(4, 200)], kind="EDF+D", notes=times))
    assert found.format == "EDF+D, 16 bits"
    assert spans(found) == [(0, 400), (700, 1100)]
    assert "300 samples are missing in 1 gap." in found.remarks
    np.testing.assert_allclose(found.samples(700, 703)[:, 0], [40.0, 40.1, 40.2], atol=1e-3)


def test_a_gap_of_one_sample_is_found_and_rounded_onsets_are_none() -> None:
    times = [tal(f"+{onset}") for onset in ("0", "1.004", "2.004")]
    assert spans(read(edf_file([ramp(3, 250)], kind="EDF+D", notes=times))) == [
        (0, 250),
        (251, 751),
    ]
    times = [tal(f"+{onset}") for onset in ("0", "0.333", "0.667", "1")]
    thirds = edf_file([ramp(4, 500)], kind="EDF+D", record_s=0.333333, notes=times)
    assert spans(read(thirds)) == [(0, 2000)]


def test_onsets_that_go_back_or_are_missing_are_no_gap() -> None:
    times = [tal("+5"), tal("+4"), b"", tal("+8")]
    found = read(edf_file([ramp(4, 200)], kind="EDF+D", notes=times))
    assert spans(found) == [(0, 600), (1000, 1200)]
    assert "1 record begins before the one before it ends" in said(found)


def test_a_leap_of_days_is_a_gap_of_unknown_length() -> None:
    times = [tal("+0"), tal("+900000")]
    found = read(edf_file([ramp(2, 200)], kind="EDF+D", notes=times))
    assert spans(found) == [(0, 200), (201, 401)]
    assert "leaps by hours" in said(found)


def test_annotations_are_markers_at_their_sample() -> None:
    notes = [
        tal("+0.25") + tal("+0.25", "begin"),
        tal("+1.25") + tal("+1.75", "smile", "größer", duration="0.5"),
        tal("+2.25") + tal("+9", "far away") + tal("+0.1", "before"),
    ]
    found = read(edf_file([ramp(3, 200)], kind="EDF+C", notes=notes))
    assert [(one.sample, one.text, one.samples, one.by) for one in found.markers] == [
        (0, "begin", 0, "face.edf"),
        (300, "smile", 100, "face.edf"),
        (300, "größer", 100, "face.edf"),
    ]
    assert (
        "2 markers lie before the first or after the last sample and were left out."
        in found.remarks
    )


def test_marked_gaps_hold_no_samples() -> None:
    notes = [
        tal("+0") + tal("+0.5", "BAD_gap", duration="0.75") + tal("+0", "cue"),
        tal("+1") + tal("+1.5", "BAD_ACQ_SKIP", duration="0.25"),
        tal("+2") + tal("+2.9", "BAD_gap", duration="7"),
    ]
    found = read(edf_file([ramp(3, 200)], kind="EDF+C", notes=notes))
    assert spans(found) == [(0, 100), (250, 300), (350, 580)]
    np.testing.assert_allclose(found.samples(250, 252)[:, 0], [25.0, 25.1], atol=1e-3)
    assert [one.text for one in found.markers] == ["cue"]


def test_the_first_sample_behind_a_gap_at_the_start_is_sample_0() -> None:
    notes = [tal("+0") + tal("+0", "BAD_gap", duration="0.5") + tal("+0.75", "cue")]
    found = read(edf_file([ramp(1, 200)], kind="EDF+C", notes=notes))
    assert spans(found) == [(0, 100)]
    assert found.markers[0].sample == 50


def test_a_file_that_was_not_closed_is_read_to_its_last_whole_record() -> None:
    content = edf_file([ramp(3, 200)], records=-1)[:-5]
    found = read(content)
    assert spans(found) == [(0, 400)]
    assert "The program that wrote it did not close it." in found.remarks
    assert "The last record is incomplete and was left out." in found.remarks


def test_records_that_are_missing_or_too_many_are_said() -> None:
    fewer = read(edf_file([ramp(3, 200)], records=9))
    assert "Its header claims 9 records, and 3 are there." in fewer.remarks
    more = read(edf_file([ramp(3, 200)], records=2))
    assert spans(more) == [(0, 400)]
    assert "400 bytes behind its last record were left out." in more.remarks


def test_limits_that_run_backwards_turn_the_sign() -> None:
    turned = read(edf_file([ramp(1, 200, physical=(3276.7, -3276.8))]))
    assert every(turned)[100, 0] == pytest.approx(-10.1, abs=1e-3)
    assert "The limits in the header turn the sign of EMG1." in turned.remarks
    twice = read(edf_file([ramp(1, 200, physical=(3276.7, -3276.8), digital=(32767, -32768))]))
    np.testing.assert_allclose(every(twice)[:, 0], np.arange(200) * 0.1, atol=1e-3)
    assert "turn" not in said(twice)


@pytest.mark.parametrize(
    "entries",
    [
        {"digital": (5, 5)},
        {"physical": (1, 1)},
        {"physical": ("x", 1)},
        {"physical": ("nan", "inf")},
        {"physical": (-900, 900), "unit": "V"},
        {"digital": ("", "")},
    ],
)
def test_a_signal_without_usable_limits_is_left_out(entries: dict[str, object]) -> None:
    found = read(edf_file([ramp(1, 200), ramp(1, 200, label="EMG2", **entries)]))
    assert found.labels == ("EMG1",)
    assert "Left out, because the header has no usable limits for it: EMG2." in found.remarks


def test_channels_without_a_signal_are_named() -> None:
    flat = EdfSignal(label="EMG2", counts=[[7] * 200] * 2)
    railed = EdfSignal(label="EMG3", counts=[[-32768] * 200] * 2)
    found = read(edf_file([ramp(2, 200), flat, railed]))
    assert "Channel 3 is railed throughout." in found.remarks
    assert "Channel 2 is flat at 0.70 µV." in found.remarks


@pytest.mark.parametrize(
    ("started", "recording", "expected"),
    [
        ("02.03.8510.11.12", "", "1985-03-02T10:11:12"),
        ("02.03.8410.11.12", "", "2084-03-02T10:11:12"),
        ("02.03.yy10.11.12", "Startdate 02-MAR-2124", ""),
        ("02.03.2410.11.12", "Startdate 02-MAR-1924", "1924-03-02T10:11:12"),
        ("31.02.2410.11.12", "", ""),
        ("Größe", "é", ""),
    ],
)
def test_the_start_is_a_date_or_nothing(started: str, recording: str, expected: str) -> None:
    content = edf_file([ramp(1, 200)], started=started, recording=recording)
    assert read(content).started == expected


def test_a_header_of_another_length_than_it_claims_is_said() -> None:
    found = read(edf_file([ramp(1, 200)], header_bytes=999))
    assert "Its header is 512 bytes long, and claims another length." in found.remarks


def test_a_decimal_comma_in_the_header_is_understood() -> None:
    found = read(edf_file([ramp(1, 200, physical=("-3276,8", "3276,7"))], record_s="0,5"))
    assert found.stream.rate_hz == 400.0


def test_the_rate_that_is_asked_for_wins() -> None:
    found = read(edf_file([ramp(1, 200)]), rate_hz=500.0)
    assert found.stream.rate_hz == 500.0
    assert "500 samples per second, as asked; the header says 200." in found.remarks


GOOD = edf_file([ramp(1, 200)])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (GOOD[:100], "cut short"),
        (GOOD[:300], "cut short: it claims 1 signals"),
        (GOOD[:512], "no whole record"),
        (GOOD[:600], "no whole record"),
        (GOOD[:252] + b"-1  " + GOOD[256:], "claims -1 signals"),
        (GOOD[:252] + b"9999" + GOOD[256:], "claims 9999 signals"),
        (GOOD[:252] + b"    " + GOOD[256:], "claims no signals"),
        (edf_file([ramp(1, 200)], record_s="x"), "a record would last x seconds"),
        (edf_file([ramp(1, 200)], record_s=-1), "a record would last -1 seconds"),
        (edf_file([ramp(1, 200)], record_s=0), "does not say its rate"),
        (edf_file([ramp(1, 200)], record_s=20), "100 to 50000 samples per second, not 10"),
        (edf_file([ramp(1, 200, samples="many")]), "would have many samples"),
        (edf_file([ramp(1, 200, samples=-3)]), "would have -3 samples"),
        (edf_file([ramp(1, 200, samples=0)]), "no whole record"),
        (edf_file([ramp(1, 200, samples=99999999)]), "no whole record"),
        (edf_file([ramp(1, 200, digital=(0, 0))]), "no signal of it has limits"),
        (edf_file([], kind="EDF+C", notes=ON_TIME), "no signal of it has limits"),
        (
            edf_file(
                [ramp(1, 200)], kind="EDF+C", notes=[tal("+0") + tal("+0", "BAD_gap", duration="9")]
            ),
            "all of its samples are marked as missing",
        ),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(RecordingError, match=sentence) as caught:
        read(content)
    assert str(caught.value).startswith("face.edf: ")
    assert "\n" not in str(caught.value)
