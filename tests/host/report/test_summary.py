"""What a session showed: times, quantiles, episodes; as text, JSON and CSV."""

import csv
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from calibration.montage import montages, plain_montage
from calibration.patterns import pattern
from host.acquisition.source import Link, LinkState
from host.chain.quality import Quality
from host.chain.stream import FloatArray, Stream, channel_names
from host.detection.cocontraction import Episode
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.errors import SettingsError
from host.report.levels import LevelsTable
from host.report.summary import Summary
from host.report.tally import Quantiles, Tally
from tests.host.detection.plain import plain

HOP = 2
STREAM = Stream(rate_hz=250.0, channels=channel_names(4), bandwidth_hz=65.5)


def frame(
    number: int, levels: FloatArray, quality: Quality = Quality.GOOD, **more: object
) -> Frame:
    """Return the frame of hop `number`."""
    count = len(levels)
    known = levels if quality.usable else np.full(count, np.nan)
    made = Frame(
        sample=(number + 1) * HOP,
        time_s=(number + 1) * HOP / 250.0,
        cue=Cue(start=0, pattern="rest and release", phase=Phase.FREE),
        asked=pattern("rest and release"),
        effort=Effort(),
        rms_uv=known,
        power_uv2=known**2,
        activation=known / 20.0,
        quality=np.full(count, quality, dtype=np.uint8),
        threshold=np.full(count, 0.25),
        active=np.zeros(count, dtype=np.bool_),
        too_strong=np.zeros(count, dtype=np.bool_),
        lost=np.zeros(count, dtype=np.int64),
        calibrated=False,
        **plain(known / 20.0),
    )
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]  # a field of the test's


def tally(frames: list[Frame]) -> Tally:
    """Add up frames."""
    made = Tally(len(frames[0].rms_uv), HOP)
    for one in frames:
        made.push(one)
    made.flush()
    return made


def test_quantiles_are_right_to_one_per_cent() -> None:
    levels = np.random.default_rng(11).lognormal(2.0, 1.0, (5000, 2))
    quantiles = Quantiles(2, floor=0.01)
    quantiles.push(levels)
    for share in (0.05, 0.5, 0.95):
        exact = np.quantile(levels, share, axis=0)
        np.testing.assert_allclose(quantiles.at(share), exact, rtol=0.02)
    np.testing.assert_array_equal(quantiles.peak, levels.max(axis=0))


def test_levels_of_exactly_zero_have_a_quantile_of_zero() -> None:
    quantiles = Quantiles(1, floor=0.001)
    quantiles.push(np.array([[0.0], [0.0], [0.5]]))
    assert quantiles.at(0.5)[0] == 0.0


def test_without_any_level_quantiles_are_unknown_not_zero() -> None:
    quantiles = Quantiles(1, floor=0.01)
    quantiles.push(np.full((3, 1), np.nan))
    assert np.isnan(quantiles.at(0.5)).all()
    assert np.isnan(quantiles.peak).all()


def test_time_is_counted_by_quality_and_a_jump_of_the_index_as_lost() -> None:
    levels = np.full(4, 5.0)
    frames = [frame(n, levels) for n in range(125)]
    frames += [frame(n, levels, Quality.SETTLING) for n in range(250, 375)]
    added = tally(frames)
    assert list(added.samples[Quality.GOOD]) == [250] * 4
    assert list(added.samples[Quality.SETTLING]) == [250] * 4
    assert list(added.samples[Quality.GAP]) == [250] * 4
    assert list(added.lost) == [250] * 4


def summary(frames: list[Frame], link: LinkState) -> Summary:
    """Return the summary of a session on the patient's face-4 montage."""
    return Summary(
        source="simulated patient",
        stream=STREAM,
        montage=montages()["face-4"],
        tally=tally(frames),
        link=link,
        remarks=("Not calibrated.",),
    )


EPISODE = Episode(channel=2, start=250, stop=500, peak=0.7, pattern="pucker")
LINK = LinkState(link=Link.ENDED, lost=3, gaps=2, reconnects=1, rate_hz=250.12)
SESSION = [frame(n, np.array([5.0, 5.0, 8.0, 5.0])) for n in range(124)]
SESSION.append(frame(124, np.array([5.0, 5.0, 30.0, 5.0]), ended=(EPISODE,)))


def test_json_says_what_was_measured_and_in_which_unit() -> None:
    data = json.loads(json.dumps(summary(SESSION, LINK).as_json(), allow_nan=False))
    assert (data["lost_samples"], data["gaps"], data["reconnects"]) == (3, 2, 1)
    assert (data["measured_rate_hz"], data["bandwidth_hz"]) == (250.12, 65.5)
    assert data["seconds"] == 1.0
    eye = data["channels"][2]
    assert (eye["muscle"], eye["side"], eye["signal_s"]) == ("OOC", "right", 1.0)
    assert eye["envelope_uv"]["max"] == 30.0
    assert eye["envelope_uv"]["p50"] == pytest.approx(8.0, rel=0.02)
    (episode,) = eye["episodes"]
    assert (episode["start_s"], episode["stop_s"], episode["peak_activation"]) == (1.0, 2.0, 0.7)


def test_json_of_a_silent_channel_has_nulls_and_the_reason() -> None:
    frames = [frame(n, np.full(4, 5.0), Quality.RAILED) for n in range(125)]
    channel = summary(frames, LINK).as_json()["channels"][0]
    assert channel["signal_s"] == 0.0
    assert channel["no_signal_s"] == {"railed": 1.0}
    assert channel["envelope_uv"] == {"p05": None, "p50": None, "p95": None, "max": None}


def test_text_names_muscle_side_and_losses() -> None:
    text = summary(SESSION, LINK).as_text()
    assert "Eye, right" in text
    assert "3 samples lost in 2 gaps" in text
    assert "reconnected 1 ×" in text
    assert text.endswith("Not calibrated.")


def test_what_never_came_before_the_end_is_told() -> None:
    made = summary(SESSION, dataclasses.replace(LINK, silent_s=8.13))
    assert "2 gaps, reconnected 1 ×, then nothing came for 8.1 s" in made.as_text()
    assert made.as_json()["silent_at_end_s"] == 8.13


def test_plain_channels_have_a_line_each() -> None:
    plain = dataclasses.replace(summary(SESSION, LINK), montage=plain_montage(4))
    assert sum(line.startswith("ch") for line in plain.as_text().splitlines()) == 5


def test_a_file_that_cannot_be_written_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        summary(SESSION, LINK).write_json(tmp_path)
    with pytest.raises(SettingsError, match="cannot be written"):
        LevelsTable(tmp_path, ("ch1",))


def test_levels_are_the_largest_of_each_tenth_and_empty_where_unknown(tmp_path: Path) -> None:
    path = tmp_path / "levels.csv"
    with LevelsTable(path, ("ch1", "ch2")) as table:
        for number in range(25):
            level = np.array([float(number % 13), np.nan])
            table.push(frame(number, level))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["time_s", "ch1_uv", "ch2_uv"]
    assert [row[0] for row in rows[1:]] == ["0.0", "0.1", "0.2"]
    assert rows[1][1:] == ["11.000", ""]


def test_memory_of_a_tally_does_not_grow_with_time() -> None:
    made = Tally(4, HOP)
    for number in range(1000):
        made.push(frame(number, np.full(4, 5.0)))
    held = [value for value in vars(made).values() if isinstance(value, list)]
    assert sum(map(len, held)) <= 256


def test_suspected_crosstalk_is_timed_and_told() -> None:
    suspected = np.array([False, True, False, False])
    frames = [frame(n, np.full(4, 2.0), crosstalk=suspected) for n in range(150)]
    found = summary(frames, LINK)
    assert found.as_json()["channels"][1]["crosstalk_s"] == pytest.approx(1.2)
    assert "Crosstalk suspected, and taken out: Cheek, left 1.2 s." in found.as_text()
    short = summary(frames[:50], LINK)
    assert "Crosstalk" not in short.as_text()
