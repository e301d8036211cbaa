"""Gaps bridged, garbled samples left out, starts without ringing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.quality import Flaw
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from tests.cuts import cuts, with_gaps
from tests.host.chain.conditioned_plainly import PlainConditioner

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))
SETTINGS = Conditioning()


def face(seconds: float, seed: int = 4) -> FloatArray:
    """Return a resting face: offset, 400 µV of hum 0.02 Hz off, 3 µV of everything else."""
    samples = STREAM.samples(seconds)
    time_s = np.arange(samples)[:, np.newaxis] / STREAM.rate_hz
    hum = 400.0 * np.sin(2 * np.pi * 60.02 * time_s + np.array([0.0, 1.0]))
    noise = np.random.default_rng(seed).normal(0.0, 3.0, (samples, 2))
    return STREAM.on_grid(np.array([62_000.0, -9_000.0]) + hum + noise)


def condition(
    raw: FloatArray, gaps: list[tuple[int, int]] | None = None, cut_points: list[int] | None = None
) -> list[Conditioned]:
    """Run a fresh conditioner over a recording."""
    stage = Conditioner(SETTINGS, STREAM)
    pieces = with_gaps(raw, gaps or [], cut_points or [])
    return [done for chunk in pieces for done in stage.push(chunk)]


def joined(pieces: list[Conditioned]) -> tuple[FloatArray, FloatArray]:
    """Put data and flaws together, with NaN where the sample index jumps."""
    stop = pieces[-1].start + len(pieces[-1].data)
    data, flaws = np.full((stop, 2), np.nan), np.full((stop, 2), np.nan)
    for piece in pieces:
        inside = slice(piece.start, piece.start + len(piece.data))
        data[inside], flaws[inside] = piece.data, piece.flaws
    return data, flaws


def settled_rms(data: FloatArray, span: slice) -> float:
    """Return the RMS of channel 1 in a stretch."""
    return float(np.sqrt(np.mean(data[span, 0] ** 2)))


def test_hum_45_db_over_the_floor_is_gone_once_settled() -> None:
    data, flaws = joined(condition(face(4.0)))
    assert (flaws[:250] == Flaw.SETTLING).all()
    assert not flaws[250:].any()
    assert settled_rms(data, slice(250, None)) < 3.0


@pytest.mark.parametrize("lost", [1, 2, 5, 12])
def test_a_short_gap_is_bridged_and_makes_no_burst(lost: int) -> None:
    data, flaws = joined(condition(face(4.0), [(600, 600 + lost)]))
    assert list(np.flatnonzero(flaws[300:, 0]) + 300) == list(range(600, 600 + lost))
    assert (flaws[600 : 600 + lost] == Flaw.LOST).all()
    assert np.abs(data[600:700]).max() < 5 * 3.0


def test_a_long_gap_starts_the_filters_anew() -> None:
    pieces = condition(face(6.0), [(600, 700)])
    data, flaws = joined(pieces)
    assert np.isnan(data[600:700]).all()
    assert (flaws[700:950] == Flaw.SETTLING).all()
    assert not flaws[950:].any()
    assert np.abs(data[950:]).max() < 5 * 3.0


@pytest.mark.parametrize("size_uv", [60.0, -400.0, 5_000.0, -170_000.0])
@pytest.mark.parametrize("channel", [0, 1])
def test_a_garbled_sample_is_left_out(size_uv: float, channel: int) -> None:
    raw = face(4.0)
    raw[700, channel] += size_uv
    raw = STREAM.on_grid(raw)
    clean, _ = joined(condition(face(4.0)))
    data, flaws = joined(condition(raw))
    assert flaws[700, channel] == Flaw.LOST
    assert np.count_nonzero(flaws[300:]) <= 3
    assert np.abs(data - clean)[300:].max() < 4 * 3.0


def test_a_garbled_sample_right_before_a_gap_is_left_out_too() -> None:
    raw = face(4.0)
    raw[699, 0] += 3_000.0
    data, flaws = joined(condition(raw, [(700, 702)]))
    assert flaws[699, 0] == Flaw.LOST
    assert np.abs(data[690:760]).max() < 5 * 3.0


def test_the_onset_of_a_contraction_is_not_taken_for_garbled_samples() -> None:
    raw = face(8.0)
    burst = np.random.default_rng(5).normal(0.0, 80.0, (1000, 2))
    # As through the converter's own filter: no sample of it can stand alone.
    spread = 0.25 * burst[:-2] + 0.5 * burst[1:-1] + 0.25 * burst[2:]
    raw[1000:1998] += spread
    _, flaws = joined(condition(STREAM.on_grid(raw)))
    assert np.count_nonzero(flaws[1000:1998]) <= 4


def test_a_channel_that_leaves_the_rail_starts_anew_alone() -> None:
    raw = face(6.0)
    raw[:750, 0] = STREAM.range_uv
    data, flaws = joined(condition(STREAM.on_grid(raw)))
    assert (flaws[:750, 0].astype(int) & Flaw.RAILED != 0).all()
    assert (flaws[750:1000, 0] == Flaw.SETTLING).all()
    assert not flaws[1000:, 0].any()
    assert not flaws[250:, 1].any()
    assert np.abs(data[1000:]).max() < 5 * 3.0


def test_what_no_face_can_give_is_an_artefact_for_half_a_second() -> None:
    raw = face(6.0)
    raw[800:810, 1] += 9_000.0
    _, flaws = joined(condition(STREAM.on_grid(raw)))
    marked = np.flatnonzero(flaws[300:, 1].astype(int) & Flaw.ARTEFACT) + 300
    assert marked[0] in range(799, 805)
    assert marked[-1] - 810 in range(110, 200)
    assert not flaws[300:, 0].any()


@given(cuts(700), st.lists(st.integers(0, 699), max_size=3), st.integers(0, 690))
def test_output_does_not_depend_on_the_cut(
    cut_points: list[int], garbled: list[int], gap: int
) -> None:
    raw = face(2.8)
    raw[garbled, 0] += 900.0
    raw[300:330, 1] = STREAM.range_uv
    raw = STREAM.on_grid(raw)
    gaps = [(gap, gap + gap % 10)]
    for whole, cut in zip(
        joined(condition(raw, gaps)), joined(condition(raw, gaps, cut_points)), strict=True
    ):
        np.testing.assert_array_equal(cut, whole)


@pytest.mark.parametrize("step", [1, 100, 1023, 1025])
def test_a_long_chunk_gives_what_many_short_ones_give(step: int) -> None:
    raw = face(12.0)  # some blocks long
    raw[[400, 1500, 1503, 1570, 1700], 0] += 900.0
    raw[1023:1025, 1] -= 700.0
    raw[2100:2150, 1] = STREAM.range_uv
    raw = STREAM.on_grid(raw)
    gaps = [(1800, 1805), (2500, 2600)]
    short = joined(condition(raw, gaps, list(range(step, len(raw), step))))
    for whole, cut in zip(joined(condition(raw, gaps)), short, strict=True):
        np.testing.assert_array_equal(cut, whole)


NASTY = st.lists(
    st.tuples(
        st.integers(0, 699),
        st.integers(1, 40),
        st.sampled_from(["garbled", "railed", "flat", "loud", "off", "clean"]),
    ),
    max_size=6,
)


def spoilt(raw: FloatArray, events: list[tuple[int, int, str]]) -> FloatArray:
    """Return what came of channel 1 after some accidents."""
    raw = raw.copy()
    for begin, length, kind in events:
        inside = slice(begin, begin + length)
        count = len(raw[inside])
        wave = np.sin(2 * np.pi * 60.0 / 250.0 * np.arange(count))
        if kind == "garbled":
            raw[begin, 0] -= 12.0 * length
        elif kind == "railed":
            raw[inside, 0] = STREAM.range_uv
        elif kind == "flat":
            raw[inside, 0] = raw[begin, 0]
        elif kind == "loud":
            raw[inside, 0] += 9_000.0 * (-1.0) ** np.arange(count)
        elif kind == "off":
            raw[begin:, 0] += 4_000.0 * np.sin(2 * np.pi * 0.24 * np.arange(len(raw) - begin))
        else:
            raw[inside, 0] += 40.0 * wave
    return STREAM.on_grid(raw)


@settings(max_examples=40)
@given(NASTY, st.lists(st.tuples(st.integers(10, 690), st.integers(0, 20)), max_size=2))
def test_every_sample_is_what_plain_python_makes_of_it(
    events: list[tuple[int, int, str]], gaps: list[tuple[int, int]]
) -> None:
    raw = spoilt(face(2.8), events)
    apart = [(begin, min(begin + length, 695)) for begin, length in gaps[:1]]
    pieces = condition(raw, apart)
    bounds = [0, *(edge for gap in apart for edge in gap), len(raw)]
    for channel in range(2):
        parts = [
            (begin, raw[begin:end, channel].tolist())
            for begin, end in zip(bounds[::2], bounds[1::2], strict=True)
        ]
        plain = list(PlainConditioner(SETTINGS, STREAM).run(parts))
        index = np.concatenate([np.arange(len(one.data)) + one.start for one in pieces])
        np.testing.assert_array_equal(index, [one.index for one in plain])
        for name, kind in (("data", "data_uv"), ("hum", "hum_uv"), ("flaws", "flaws")):
            found = np.concatenate([getattr(one, name)[:, channel] for one in pieces])
            np.testing.assert_array_equal(found, [getattr(one, kind) for one in plain])


def test_chunks_of_other_channels_are_refused() -> None:
    with pytest.raises(ValueError, match="2 channels"):
        Conditioner(SETTINGS, STREAM).push(Chunk(0, face(1.0)[:, :1]))


def test_overlapping_chunks_are_refused() -> None:
    stage = Conditioner(SETTINGS, STREAM)
    stage.push(Chunk(0, face(1.0)))
    with pytest.raises(ValueError, match="must not overlap: 249 after 250"):
        stage.push(Chunk(249, face(1.0)))


def test_a_bridge_over_which_the_mains_would_be_lost_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.5"):
        Conditioning(bridge_s=0.5)
