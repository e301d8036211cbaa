"""Exports: the same tables in every kind of file, whole or not at all, and never over another."""

import csv
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from host.errors import RecordingError, SettingsError
from host.recording.events import Marker
from host.recording.notes import add_note
from host.report.export import events_of, export_bids, export_tables
from host.report.levels_table import levels_table
from host.report.measured_table import MEASURES
from host.report.table_files import CsvFile, ParquetFile
from host.report.tables import ATTEMPTS, EPISODES, EVENTS, Column, Table
from host.session.asked import Asked
from host.session.opened import Opened, open_recording
from tests.host.recording.bids.sessions import issues, write_session
from tests.host.recording.bids.test_writing import OWNERS, contents

NAMES = {"attempts", "episodes", "levels", "measures", "events"}


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return open_recording(write_session(tmp_path / "rec"), Asked())


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_tables_are_written_into_a_folder_with_the_recording_s_name(
    opened: Opened, tmp_path: Path
) -> None:
    folder = export_tables(opened, tmp_path / "out", "csv")
    assert folder == tmp_path / "out" / "rec"
    assert {path.name for path in folder.iterdir()} == {
        "about.json",
        *(f"{name}.csv" for name in NAMES),
    }
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["rec"]
    header, *rows = read(folder / "attempts.csv")
    assert header == [column.name for column in ATTEMPTS.columns]
    assert len(rows) == 4
    assert {row[header.index("affected")] for row in rows} == {"true", "false"}


def test_csv_and_parquet_have_the_same_columns_types_and_cells(
    opened: Opened, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = export_tables(opened, tmp_path, "csv", "parquet")
    types = {"text": "string", "whole": "int64", "number": "double", "yes or no": "bool"}
    for table in (ATTEMPTS, EPISODES, MEASURES, EVENTS, levels_table(opened)):
        found = parquet.read_table(folder / f"{table.name}.parquet")
        assert found.column_names == [column.name for column in table.columns]
        assert [str(field.type) for field in found.schema] == [
            types[column.type] for column in table.columns
        ]
        header, *rows = read(folder / f"{table.name}.csv")
        assert header == found.column_names
        columns = [found.column(name).to_pylist() for name in header]
        cells = [list(row) for row in zip(*columns, strict=True)]
        assert rows == [
            [("true" if cell else "false") if isinstance(cell, bool) else
             "" if cell is None else str(cell) for cell in row]
            for row in cells
        ]  # fmt: skip


def test_parquet_carries_units_and_the_program_s_version(opened: Opened, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    schema = parquet.read_schema(export_tables(opened, tmp_path, "parquet") / "levels.parquet")
    assert schema.metadata[b"program"].startswith(b"quietface ")
    assert schema.metadata[b"recording"] == b"rec"
    assert schema.field("ch1_uv").metadata[b"unit"] == b"uV RMS"
    assert schema.field("time_s").metadata[b"unit"] == b"s"


def test_what_columns_mean_and_the_terms_of_the_results_stand_beside_them(
    opened: Opened, tmp_path: Path
) -> None:
    folder = export_tables(opened, tmp_path, "csv")
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    assert about["threshold_enter"] == "0.25"
    assert about["affected"] == "right"
    assert set(about["tables"]) == NAMES
    assert about["tables"]["attempts"]["start_s"]["unit"] == "s"


def test_without_pyarrow_one_sentence_says_how_to_get_it(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r'pip install "quietface\[parquet\]"'):
        export_tables(opened, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()
    with pytest.raises(SettingsError, match="csv or parquet, not as 'xlsx'"):
        export_tables(opened, tmp_path / "out", "xlsx")


def test_an_export_that_is_there_already_stays_and_the_next_has_a_number(
    opened: Opened, tmp_path: Path
) -> None:
    first = export_tables(opened, tmp_path / "out", "csv")
    (first / "attempts.csv").write_text("annotated by hand")
    before = contents(first)
    assert export_tables(opened, tmp_path / "out", "csv").name == "rec_2"
    assert export_tables(opened, tmp_path / "out", "csv").name == "rec_3"
    assert contents(first) == before


def test_a_file_in_place_of_the_folder_is_refused(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SettingsError, match="is a file, not a folder"):
        export_tables(opened, tmp_path / "file", "csv")
    with pytest.raises(RecordingError, match="cannot be written") as refused:
        export_tables(opened, tmp_path / "file" / "below", "csv")
    assert "\n" not in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_where_the_disk_refuses_it_is_said_and_no_half_export_is_left(
    opened: Opened, tmp_path: Path, kind: str
) -> None:
    import resource

    if kind == "parquet":
        pytest.importorskip("pyarrow")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(RecordingError, match="cannot be written to") as refused:
            export_tables(opened, tmp_path / "out", kind)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "\n" not in str(refused.value)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is unwritable for this user"
)
def test_a_folder_that_is_not_ours_to_write_is_refused(opened: Opened, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(RecordingError, match="Permission denied"):
        export_tables(opened, closed, "csv")


def test_notes_that_were_written_afterwards_are_among_the_events(opened: Opened) -> None:
    note = Marker(sample=100, text="seen later", by="review")
    add_note(opened.notes, note)
    assert note in events_of(opened)


def test_text_that_is_no_utf_8_is_written_with_a_question_mark(tmp_path: Path) -> None:
    table = Table(name="t", columns=(Column(name="a", about=""),))
    with CsvFile(tmp_path / "t.csv", table) as file:
        file.write([("a\udc80",), (None,), ('says "ä", twice',)])
    assert (tmp_path / "t.csv").read_bytes() == 'a\r\na?\r\n""\r\n"says ""ä"", twice"\r\n'.encode()


def test_many_rows_are_written_in_several_goes(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = Table(name="t", columns=(Column(name="n", type="whole", about=""),))
    with ParquetFile(tmp_path / "t.parquet", table, {}) as file:
        for first in range(0, 10_000, 100):
            file.write((number,) for number in range(first, first + 100))
    numbers = parquet.read_table(tmp_path / "t.parquet").column("n").to_pylist()
    assert numbers == list(range(10_000))


def test_a_session_and_a_recording_of_another_program_go_into_bids(
    opened: Opened, tmp_path: Path
) -> None:
    first = export_bids(opened, tmp_path / "ds", session="1")
    other = open_recording(first.emg, Asked(montage=None))
    assert other.labels
    made = export_bids(other, tmp_path / "ds", subject="02", session="1")
    assert made.emg.parent.parent.parent.name == "sub-02"
    assert set(issues(tmp_path / "ds")) <= OWNERS


def test_another_program_s_recording_has_tables_too(opened: Opened, tmp_path: Path) -> None:
    other = open_recording(export_bids(opened, tmp_path / "ds").emg, Asked())
    folder = export_tables(replace(other, name="other"), tmp_path / "out", "csv")
    assert len(read(folder / "attempts.csv")) == 1
    header, *rows = read(folder / "events.csv")
    assert "gap" in {row[header.index("type")] for row in rows}
