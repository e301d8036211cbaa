"""The table of measures: a row for each, and nothing made up where unknown (T3)."""

import csv
from pathlib import Path

import pytest

from calibration.measures_time import SECONDS
from host.report.export import export_tables
from host.report.measured_kinds import Measure
from host.report.measured_table import MEASURES, measure_rows
from host.report.results import judged, measuring_of
from host.report.tables import Cell
from tests.host.session.recordings import opened


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Cell]]:
    made = opened(tmp_path_factory.mktemp("drawn"))
    names = [column.name for column in MEASURES.columns]
    found = MEASURES.cells(measure_rows(made, judged(made, measuring=measuring_of(made))))
    return [dict(zip(names, row, strict=True)) for row in found]


def test_t3_each_attempt_has_every_measure_with_unit_meaning_and_citation(
    rows: list[dict[str, Cell]],
) -> None:
    for number in range(1, 5):
        own = [row for row in rows if row["attempt"] == number]
        assert {row["measure"] for row in own} == {one.value for one in Measure}
    assert all(row["what"] and str(row["citation"]).startswith("T3") for row in rows)
    times = [row for row in rows if row["measure"] == Measure.RELEASE.value]
    assert {row["unit"] for row in times} == {SECONDS}


def test_a_row_is_known_with_its_interval_or_says_why_not(rows: list[dict[str, Cell]]) -> None:
    for row in rows:
        assert (row["value"] is None) is (row["reason"] is not None)
        if isinstance(row["value"], float):
            low, high = row["low"], row["high"]
            assert not isinstance(low, float) or low <= row["value"]
            assert not isinstance(high, float) or row["value"] <= high
        assert row["calibrated"] is True


def test_muscles_sides_and_pairs_are_named(rows: list[dict[str, Cell]]) -> None:
    first = [row for row in rows if row["attempt"] == 1]
    (ratio,) = [
        row for row in first if (row["measure"], row["side"]) == (Measure.RATIO.value, "right")
    ]
    assert (ratio["channel"], ratio["muscle"], ratio["target"]) == ("ch3", "OOC", "ZYG")
    (both,) = [row for row in first if row["measure"] == Measure.ASYMMETRY.value]
    assert (both["side"], both["channel"], both["beyond_healthy"]) == ("left - right", None, False)


def test_the_file_holds_the_same_rows(rows: list[dict[str, Cell]], tmp_path: Path) -> None:
    folder = export_tables(opened(tmp_path), tmp_path / "out", "csv")
    with (folder / "measures.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == [column.name for column in MEASURES.columns]
    assert len(lines) == len(rows)
    place = header.index("value")
    assert [line[place] for line in lines] == [
        "" if row["value"] is None else str(row["value"]) for row in rows
    ]
