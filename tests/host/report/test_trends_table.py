"""Trends as a table and as plain data: nothing unknown becomes a number."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.learning_drawn import PAIRS, drawn_course
from host.errors import SettingsError
from host.report.trends import Trends, trends_of
from host.report.trends_table import TRENDS, trend_rows, trends_json, write_trends


@pytest.fixture
def trends() -> Trends:
    sessions = list(drawn_course(4, falls=0.2))
    attempts = tuple(one for one in sessions[2].attempts if one.pattern != "pucker")
    sessions[2] = replace(sessions[2], attempts=attempts)
    return trends_of(sessions)


def test_there_is_a_row_for_each_pattern_muscle_and_session(trends: Trends) -> None:
    rows = list(trend_rows(trends))
    assert len(rows) == 5 * (3 + len(PAIRS))
    assert {len(row) for row in rows} == {len(TRENDS.columns)}


def test_csv_can_be_read_again_and_is_never_written_over(trends: Trends, tmp_path: Path) -> None:
    path = tmp_path / "trends.csv"
    write_trends(trends, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    eye = [one for one in rows if (one["pattern"], one["muscle"]) == ("pucker", "OOC")]
    assert [one["ratio"] == "" for one in eye] == [False, False, True, False, False]
    course = next(one for one in trends.courses if one.pair.pattern == "pucker")
    assert eye[0]["verdict"] == course.line.verdict.value
    assert eye[2]["reason"] == "it was not practised"
    assert float(eye[0]["ratio_low"]) < float(eye[0]["ratio"]) < float(eye[0]["ratio_high"])
    with pytest.raises(SettingsError, match="there already"):
        write_trends(trends, path)


def test_a_table_that_cannot_be_written_says_so_in_one_sentence(
    trends: Trends, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        write_trends(trends, tmp_path / "missing" / "trends.csv")


def test_json_has_null_for_what_is_unknown(trends: Trends) -> None:
    data = trends_json(trends)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["all"]["verdict"] == "falls"
    assert data["all"]["slope"]["high"] < 0.0
    pucker = next(one for one in data["patterns"] if one["pattern"] == "pucker")
    assert pucker["levels"][2]["ln_ratio"]["value"] is None
    assert pucker["levels"][2]["ln_ratio"]["reason"] == "it was not practised"
    assert [one["name"] for one in data["sessions"]] == [f"session {n}" for n in range(1, 6)]
