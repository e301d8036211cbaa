"""The whole chain: cut-independent, and right on real recordings."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chain.amplitude import Levels
from host.chain.mains import mains_present
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.quality import Quality
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.recording.foreign.files import ForeignRecording, read_foreign
from tests.cuts import chunks, cuts, with_gaps

QUICK = ChainSettings(listen_s=0.2)


def run(
    raw: FloatArray, stream: Stream, cut_points: list[int], gaps: list[tuple[int, int]]
) -> list[Levels]:
    """Run a fresh chain."""
    chain = SignalChain(QUICK, stream)
    return [levels for piece in with_gaps(raw, gaps, cut_points) for levels in chain.push(piece)]


def numbered(levels: list[Levels]) -> dict[int, tuple[bytes, bytes, bytes]]:
    """Return each hop's level, quality and losses by its number, bit by bit."""
    return {
        part.first + row: (
            part.rms_uv[row].tobytes(),
            part.quality[row].tobytes(),
            part.lost[row].tobytes(),
        )
        for part in levels
        for row in range(len(part))
    }


@settings(deadline=None)
@given(cuts(420), st.integers(1, 3), st.integers(10, 400), st.integers(0, 40))
def test_levels_do_not_depend_on_the_cut(
    cut_points: list[int], channels: int, gap: int, lost: int
) -> None:
    stream = Stream(rate_hz=250.0, channels=channel_names(channels))
    raw = np.random.default_rng(8).normal(0.0, 20.0, (420, channels)) + 3000.0
    raw[50, 0] += 4000.0
    raw[150:170, -1] = stream.range_uv
    raw = stream.on_grid(raw)
    gaps = [(gap, min(gap + lost, 415))] if gap < 415 else []
    whole = numbered(run(raw, stream, [], gaps))
    assert whole
    assert numbered(run(raw, stream, cut_points, gaps)) == whole


def test_the_mains_frequency_is_the_one_that_is_heard() -> None:
    time_s = np.arange(1000)[:, np.newaxis] / 1000.0
    noise = np.random.default_rng(9).normal(0.0, 5.0, (1000, 2))
    for heard in (50.0, 60.0):
        hum = 300.0 * np.sin(2 * np.pi * (heard + 0.03) * time_s)
        assert mains_present(noise + hum, 1000.0, (50.0, 60.0)) == (heard,)
    assert mains_present(noise, 1000.0, (50.0, 60.0)) == (50.0, 60.0)


def test_a_chain_has_a_digest_that_changes_with_its_settings_and_stream() -> None:
    slow = Stream(rate_hz=250.0, channels=("ch1",))
    fast = Stream(rate_hz=500.0, channels=("ch1",))
    assert QUICK.digest(slow) == ChainSettings(listen_s=0.2).digest(slow)
    assert len({QUICK.digest(slow), QUICK.digest(fast), ChainSettings().digest(slow)}) == 3


def test_levels_come_at_once_where_there_is_nothing_to_listen_for() -> None:
    stream = Stream(rate_hz=250.0, channels=("ch1",))
    chunk = Chunk(0, stream.on_grid(np.zeros((2, 1))))
    assert SignalChain(ChainSettings(listen_s=0.0), stream).push(chunk)
    assert not SignalChain(ChainSettings(), stream).push(chunk)


def levels_of(recording: ForeignRecording) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return times, levels and qualities of a recording in 0.1 s chunks."""
    chain = SignalChain(ChainSettings(), recording.stream)
    done = []
    for part in recording.runs:
        step = list(range(25, len(part), 25))
        for piece in chunks(part.data, step, start=part.start):
            done.extend(chain.push(piece))
    rms_uv = np.concatenate([levels.rms_uv for levels in done])
    numbers = np.concatenate([levels.first + np.arange(len(levels)) for levels in done])
    times = (numbers + 1) * done[0].hop / recording.stream.rate_hz
    return times, rms_uv, np.concatenate([levels.quality for levels in done])


def reached(
    times: FloatArray, rms_uv: FloatArray, spans: list[tuple[float, float]], channel: int
) -> list[float]:
    """Return the largest level in each span, over the channel's median."""
    level = rms_uv[:, channel - 1]
    return [
        float(np.nanmax(level[(times >= a) & (times <= b)]) / np.nanmedian(level)) for a, b in spans
    ]


def test_a_clench_on_one_side_shows_on_that_side_only(recordings: Path) -> None:
    times, rms_uv, _ = levels_of(read_foreign(recordings / "cyton_gui" / "v6.txt"))
    left = [(8.3, 9.7), (11.4, 12.7), (82.0, 82.8), (84.3, 85.3)]
    right = [(9.9, 11.2), (13.0, 14.2), (83.0, 84.1)]
    for channel in (3, 5):
        assert min(reached(times, rms_uv, left, channel)) >= 5.0
        assert max(reached(times, rms_uv, right, channel)) <= 2.5
    for channel in (4, 6):
        assert min(reached(times, rms_uv, right, channel)) >= 4.0
        assert max(reached(times, rms_uv, left, channel)) <= 2.5


def test_railed_channels_have_no_level_throughout(recordings: Path) -> None:
    for name in ("P001_A_Sim.csv", "P003_F_Sim.csv"):
        _, rms_uv, quality = levels_of(read_foreign(recordings / "cyton_speech" / name))
        assert (quality[:, 4:] == Quality.RAILED).all()
        assert np.isnan(rms_uv[:, 4:]).all()
        assert (quality[:, :4] <= Quality.MAINS).mean() > 0.98


def test_moves_of_a_hand_are_told_from_rests(recordings: Path) -> None:
    cues = np.genfromtxt(
        recordings / "ganglion_hand" / "cues.csv", delimiter=",", dtype=str, skip_header=1
    )
    for person in ("S02", "S06", "S08"):
        name = f"OpenBCI-RAW-{person}_S1R0.txt"
        times, rms_uv, quality = levels_of(read_foreign(recordings / "ganglion_hand" / name))
        assert (quality[:, 2:] == Quality.FLAT)[200:].all()
        rows = cues[cues[:, 0] == person]
        assert len(rows) == 10
        at = rows[:, 1].astype(float)
        level = [np.nanmedian(rms_uv[(times > a + 1) & (times < a + 5), 0]) for a in at]
        moves = [x for x, kind in zip(level, rows[:, 2], strict=True) if kind == "move"]
        rests = [x for x, kind in zip(level, rows[:, 2], strict=True) if kind == "rest"]
        assert min(moves) > max(rests)


@pytest.mark.parametrize("span", [(11.24, 12.33), (22.81, 23.68), (52.1, 52.96), (53.24, 54.25)])
def test_contractions_stand_out_under_54_db_of_hum(
    recordings: Path, span: tuple[float, float]
) -> None:
    times, rms_uv, quality = levels_of(read_foreign(recordings / "brainflow_csv" / "example_5.csv"))
    assert min(reached(times, rms_uv, [span], 1)) > 20.0
    early = times < 2.0
    known = rms_uv[early, 0][~np.isnan(rms_uv[early, 0])]
    assert known.max() < 5 * np.nanmedian(rms_uv[:, 0])
    assert (quality[:, 1:] == Quality.RAILED).all()
