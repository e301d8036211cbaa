"""CSV with a mapping: what it may say, and what it makes of files that no rule foresaw."""

from pathlib import Path

import numpy as np
import pytest

from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.files import ForeignRecording, read_foreign, read_foreign_bytes
from host.recording.foreign.mapping import CsvMapping, mapping_from_toml, read_mapping
from tests.host.recording.foreign.edf_files import edf_file, ramp

TWO = CsvMapping(channels=("l_zyg", "r_zyg"), rate_hz=500.0)


def read(text: str, mapping: CsvMapping, rate_hz: float | None = None) -> ForeignRecording:
    return read_foreign_bytes(text.encode(), "own.csv", rate_hz=rate_hz, mapping=mapping)


def every(recording: ForeignRecording) -> FloatArray:
    return np.concatenate([run.data for run in recording.runs])


def check(text: str, mapping: CsvMapping, rows: list[list[float]]) -> None:
    np.testing.assert_allclose(every(read(text, mapping)), rows, atol=0.012)


WHOLE = """
rate_hz = 500
time = "t_ms"
time_unit = "ms"
separator = "semicolon"
decimal = ","
unit = "mV"
header_lines = 2
channels = ["l_zyg", "r_zyg", 5]
index = "n"
marker = "trigger"
scale_uv = 0.0298
range_uv = 187500
"""


def test_every_entry_is_read() -> None:
    assert mapping_from_toml(WHOLE, "own.toml") == CsvMapping(
        rate_hz=500,
        time="t_ms",
        time_unit="ms",
        separator="semicolon",
        decimal=",",
        unit="mV",
        header_lines=2,
        channels=("l_zyg", "r_zyg", 5),
        index="n",
        marker="trigger",
        scale_uv=0.0298,
        range_uv=187500,
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("rate_hz = 500", "channels is missing"),
        ("chanels = [1]", "there is no entry 'chanels'; there are channels, decimal"),
        ("channels = 1", "channels must list column names or numbers, got 1"),
        ("channels = []", "channels must list"),
        ('channels = "emg"', "channels must list"),
        ("channels = [0]", "channels must be a column's name or its number from 1, got 0"),
        ("channels = [1.5]", "channels must be a column's name"),
        ("channels = [true]", "channels must be a column's name"),
        ("channels = [[1]]", "channels must be a column's name"),
        ('channels = [" "]', "channels must be a column's name"),
        ("channels = [99999]", "channels must be a column's name"),
        ("channels = [2, 2]", "channels names a column twice"),
        ("channels = [1]\nrate_hz = '500'", "rate_hz must be a number, got '500'"),
        ("channels = [1]\nrate_hz = 0", "rate_hz must be above 0, got 0"),
        ("channels = [1]\nrate_hz = nan", "rate_hz must be above 0, got nan"),
        ("channels = [1]\nscale_uv = inf", "scale_uv must be above 0, got inf"),
        ("channels = [1]\nrange_uv = true", "range_uv must be a number, got True"),
        ("channels = [1]\nunit = 'kV'", "unit must be uV, mV, V or nV, got 'kV'"),
        ("channels = [1]\nunit = 3", "unit must be uV, mV, V or nV, got 3"),
        ("channels = [1]\ntime = 0", "time must be a column's name"),
        ("channels = [1]\ntime_unit = 'h'", "time_unit must be one of"),
        ("channels = [1]\nseparator = '.'", "separator must be one of"),
        ("channels = [1]\ndecimal = ';'", "decimal must be one of"),
        ("channels = [1]\nindex = ''", "index must be a column's name"),
        ("channels = [1]\nmarker = -1", "marker must be a column's name"),
        ("channels = [1]\nheader_lines = -1", "header_lines must be a number from 0, got -1"),
        ("channels = [1]\nheader_lines = 1.5", "header_lines must be a number from 0"),
        ("channels = [", "is not valid TOML"),
    ],
)
def test_the_wrong_entry_is_named(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        mapping_from_toml(line, "own.toml")
    assert str(caught.value).startswith("own.toml")
    path = tmp_path / "own.toml"
    path.write_text(line)
    with pytest.raises(RecordingError, match=sentence):
        read_mapping(path)


def test_a_mapping_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("\ufeff" + WHOLE, encoding="utf-8")
    assert read_mapping(path) == mapping_from_toml(WHOLE, "")
    with pytest.raises(RecordingError, match=r"gone\.toml cannot be read"):
        read_mapping(tmp_path / "gone.toml")
    path.write_bytes(b"unit = '\xff'")
    with pytest.raises(RecordingError, match="no text in UTF-8"):
        read_mapping(path)
    path.write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(RecordingError, match="too large"):
        read_mapping(path)


def test_the_whole_mapping_at_work() -> None:
    lines = [
        "Recorder 3000",
        "subject;X",
        "n;t_ms;l_zyg;r_zyg;extra;trigger",
        *(f"{k + 2 * (k > 2)};{2 * k},0;{k},5;-{k};{10 * k};{int(k == 3)}" for k in range(6)),
    ]
    found = read("\n".join(lines), mapping_from_toml(WHOLE, "own.toml"))
    assert found.format == "CSV with a mapping"
    assert [(run.start, run.stop) for run in found.runs] == [(0, 3), (5, 8)]
    expected = np.array([[k + 0.5, -k, 10 * k] for k in range(6)]) * 0.0298
    assert np.max(np.abs(every(found) - expected)) <= found.stream.step_uv / 2 * 1.001
    assert found.labels == ("l_zyg", "r_zyg", "column 5")
    assert [(one.sample, one.text, one.by) for one in found.markers] == [(5, "1", "trigger")]
    assert "500 samples per second, from the mapping." in found.remarks


C_STYLE = """// written by mine.c
/* two lines
   of it */
l_zyg{0} r_zyg
# a remark
1{0} 2   // first
/* 7{0} 8 */
3{0} 4
"""


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " "])
def test_comments_and_separators_are_found(separator: str) -> None:
    check(C_STYLE.format(separator), TWO, [[1.0, 2.0], [3.0, 4.0]])


def test_many_blanks_before_a_comment_take_no_time() -> None:
    check(f"l_zyg,r_zyg\n1,2{' ' * 200_000}x\n3,4 // end\n5,6\n", TWO, [[3.0, 4.0], [5.0, 6.0]])


def test_columns_that_blanks_align_are_read() -> None:
    text = "  l_zyg    r_zyg\n   1.5       2\n  -3.25    400\n"
    check(text, TWO, [[1.5, 2.0], [-3.25, 400.0]])


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("l_zyg;r_zyg\n1,5;2,25\n3,5;4\n", ""),
        ("l_zyg\tr_zyg\n1,5\t2,25\n3,5\t4\n", ""),
        ("l_zyg r_zyg\n1,5 2,25\n3,5 4\n", ""),
        ('l_zyg,r_zyg\n"1,5","2,25"\n"3,5",4\n', "comma"),
    ],
)
def test_decimal_commas_are_read(text: str, separator: str) -> None:
    mapping = CsvMapping(
        channels=("l_zyg", "r_zyg"), rate_hz=500.0, decimal=",", separator=separator
    )
    check(text, mapping, [[1.5, 2.25], [3.5, 4.0]])


def test_columns_by_number_need_no_line_of_names() -> None:
    mapping = CsvMapping(channels=(3, 1), rate_hz=500.0)
    check("1,2,3\n4,5,6\n", mapping, [[3.0, 1.0], [6.0, 4.0]])
    check("a,b,c\n4,5,6\n", mapping, [[6.0, 4.0]])


def test_names_are_found_whatever_their_case() -> None:
    check("L_ZYG , R_Zyg\n1,2\n", TWO, [[1.0, 2.0]])


@pytest.mark.parametrize(("unit", "factor"), [("uV", 1.0), ("mV", 1e3), ("V", 1e6), ("µV", 1.0)])
def test_units_are_scaled(unit: str, factor: float) -> None:
    mapping = CsvMapping(channels=(1,), rate_hz=500.0, unit=unit)
    np.testing.assert_allclose(
        every(read(f"{100 / factor}\n{50 / factor}\n", mapping))[:, 0], [100.0, 50.0], atol=0.02
    )


def test_the_range_is_the_mapping_s() -> None:
    mapping = CsvMapping(channels=(1,), rate_hz=500.0, range_uv=1000.0)
    assert read("1\n2\n", mapping).stream.range_uv == 1000.0
    assert "Values exceed ±1000 µV" in " ".join(read("1\n2000\n", mapping).remarks)


@pytest.mark.parametrize(
    ("unit", "cells"),
    [
        ("s", [f"{k / 500}" for k in range(300)]),
        ("ms", [f"{k * 2}" for k in range(300)]),
        ("us", [f"{k * 2000}" for k in range(300)]),
        ("clock", [f"12:59:59.{k * 2:03}" for k in range(300)]),
    ],
)
def test_the_rate_comes_from_a_column_of_times(unit: str, cells: list[str]) -> None:
    mapping = CsvMapping(channels=("e",), time="t", time_unit=unit)
    found = read("t,e\n" + "".join(f"{cell},{k + 1}\n" for k, cell in enumerate(cells)), mapping)
    assert found.stream.rate_hz == 500.0
    assert "500 samples per second, from the column of times." in found.remarks
    gapped = [cell for k, cell in enumerate(cells) if not 100 <= k < 250]
    found = read("t,e\n" + "".join(f"{cell},{k + 1}\n" for k, cell in enumerate(gapped)), mapping)
    assert [(run.start, run.stop) for run in found.runs] == [(0, 100), (250, 300)]


def test_words_in_a_column_are_markers_for_as_long_as_they_stand() -> None:
    mapping = CsvMapping(channels=(1,), rate_hz=500.0, marker=2)
    found = read("1,\n2,smile\n3,smile\n4,0\n5,rest\n6,none\n", mapping)
    assert [(one.sample, one.samples, one.text, one.by) for one in found.markers] == [
        (1, 2, "smile", "column 2"),
        (4, 0, "rest", "column 2"),
    ]


@pytest.mark.parametrize(
    ("text", "mapping", "sentence"),
    [
        ("a,b\n1,2\n", TWO, "channels asks for a column 'l_zyg'; the columns are named a and b"),
        ("1,2\n", CsvMapping(channels=(3,), rate_hz=500.0), "asks for column 3, and there are 2"),
        ("l_zyg,r_zyg\n", TWO, "no samples below it"),
        ("/* l_zyg,r_zyg\n1,2", TWO, "there is nothing"),
        ("l_zyg,r_zyg\n1,2\n", CsvMapping(channels=("l_zyg",)), "give it: --rate"),
        ("1\n", CsvMapping(channels=(1,), rate_hz=5.0), "100 to 50000"),
        (
            "1,2\n",
            CsvMapping(channels=(1,), rate_hz=500.0, time=9),
            "mapping's time asks for column 9",
        ),
        (
            "a,b\n1,2\n",
            CsvMapping(channels=("a",), rate_hz=500.0, index="n"),
            "mapping's index asks",
        ),
        (
            "a,b\n1,2\n",
            CsvMapping(channels=("a",), rate_hz=500.0, marker="n"),
            "mapping's marker asks",
        ),
        ("1\n", CsvMapping(channels=(1,), rate_hz=500.0, header_lines=9), "there is nothing"),
        ("a\nx\ny\n", CsvMapping(channels=("a",), rate_hz=500.0), "0 of its 2 rows"),
        ("", TWO, "the file is empty"),
    ],
)
def test_a_mapping_that_does_not_fit_gets_one_sentence(
    text: str, mapping: CsvMapping, sentence: str
) -> None:
    with pytest.raises(RecordingError, match=sentence) as caught:
        read(text, mapping)
    assert "\n" not in str(caught.value)


def test_a_mapping_is_for_text_only(tmp_path: Path) -> None:
    path = tmp_path / "face.edf"
    path.write_bytes(edf_file([ramp(1, 200)]))
    with pytest.raises(RecordingError, match="leave the mapping"):
        read_foreign(path, mapping=TWO)
    with pytest.raises(RecordingError, match="leave the mapping"):
        read_foreign_bytes(b"XDF:", "face.xdf", mapping=TWO)


def test_the_rate_that_is_asked_for_goes_before_the_mapping_s() -> None:
    found = read("l_zyg,r_zyg\n1,2\n", TWO, rate_hz=250.0)
    assert found.stream.rate_hz == 250.0
    assert "250 samples per second, as asked; the mapping says 500." in found.remarks
