"""What leaks from driven muscles is taken out of the other channels, and nothing else."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.leakage import Leakage, unknown_leakage
from calibration.leakage_fit import fit_leakage
from host.chain.conditioning import Conditioned
from host.chain.leak_tracker import LeakDrift
from host.chain.quality import CodeArray, Flaw
from host.chain.separation import Separated, Separation, Separator
from host.chain.stream import FloatArray, Stream, channel_names
from tests.calibration.mixtures import contraction, mixed, muscles_at_work
from tests.cuts import cuts

STREAM = Stream(rate_hz=1000.0, channels=channel_names(3))
AMOUNTS = np.array([[0.0, 0.3, 0.2], [0.2, 0.0, 0.1], [0.1, 0.25, 0.0]])
REST = np.random.default_rng(9).normal(0.0, 1.0, (4000, 3))
DRIVEN = np.array([False, True, False])
BOTH = np.array([False, True, True])


def calibrated() -> Leakage:
    """Fit the mixture while the others come along with 30 %."""
    levels = 30.0 + 70.0 * np.eye(3)
    parts = [contraction(row, tuple(levels[row]), AMOUNTS, seed=row) for row in range(3)]
    return fit_leakage(parts, rest_uv=REST, rate_hz=STREAM.rate_hz)


LEAKAGE = calibrated()


def separated(
    data: FloatArray,
    driven: np.ndarray = DRIVEN,
    *,
    leakage: Leakage = LEAKAGE,
    flaws: CodeArray | None = None,
) -> Separated:
    """Separate a signal in one piece, from sample 0 on."""
    stage = Separator(Separation(), leakage, STREAM)
    stage.use(driven, 0)
    codes = np.zeros(data.shape, dtype=np.uint8) if flaws is None else flaws
    (piece,) = stage.push(Conditioned(0, data, codes, np.zeros_like(data)))
    return piece


def seen(levels: tuple[float, ...], drift: float = 1.0, seed: int = 5) -> FloatArray:
    """Return what three electrodes see, with 1 uV of noise."""
    data = mixed(muscles_at_work(levels, seconds=3.0, seed=seed), drift * AMOUNTS)
    return data + np.random.default_rng(seed + 50).normal(0.0, 1.0, data.shape)


def rms(data: FloatArray) -> FloatArray:
    """Return the RMS after half a second, `(n_channels,)`."""
    level: FloatArray = np.sqrt(np.mean(data[500:] ** 2, axis=0))
    return level


@pytest.mark.parametrize("drift", [0.8, 1.0, 1.2])
def test_leakage_is_taken_out_although_it_has_drifted(drift: float) -> None:
    piece = separated(seen((0.0, 100.0, 0.0), drift))
    assert rms(piece.total_uv)[0] > 14.0
    assert rms(piece.own_uv)[0] < 1.5
    np.testing.assert_array_equal(piece.own_uv[:, 1], piece.total_uv[:, 1])


@pytest.mark.parametrize("own_uv", [3.0, 30.0, 100.0, 300.0])
def test_true_synkinesis_is_not_eaten(own_uv: float) -> None:
    piece = separated(seen((own_uv, 100.0, 0.0), 1.2))
    expected = np.sqrt(own_uv**2 + 1.0)
    # A muscle three times as loud as the driver leaks into it too: a little of it goes.
    assert rms(piece.own_uv)[0] == pytest.approx(expected, rel=0.07)


def test_two_driven_muscles_are_taken_out_at_once() -> None:
    piece = separated(seen((0.0, 100.0, 80.0)), BOTH)
    assert rms(piece.own_uv)[0] < 1.5
    np.testing.assert_array_equal(piece.own_uv[:, 1:], piece.total_uv[:, 1:])


def test_without_a_calibration_leakage_is_learned_from_the_signal() -> None:
    leakage = unknown_leakage(3, STREAM.rate_hz)
    piece = separated(seen((0.0, 100.0, 0.0)), leakage=leakage)
    assert rms(piece.own_uv)[0] < 2.0


def test_nothing_is_taken_out_while_nothing_is_driven() -> None:
    piece = separated(seen((3.0, 100.0, 3.0)), np.zeros(3, dtype=np.bool_))
    np.testing.assert_array_equal(piece.own_uv, piece.total_uv)


def test_noise_stays_noise() -> None:
    piece = separated(np.random.default_rng(4).normal(0.0, 1.0, (3000, 3)))
    assert rms(piece.own_uv)[0] == pytest.approx(1.0, abs=0.1)


def test_doubt_is_large_before_anything_is_learned_and_covers_the_drift() -> None:
    piece = separated(seen((0.0, 100.0, 0.0), 1.2))
    first, late = piece.doubt_uv2[5, 0], piece.doubt_uv2[500:, 0].mean()
    assert first > 10.0
    assert late < 0.1
    assert not piece.doubt_uv2[:, 1].any()


def test_unknown_is_never_quiet() -> None:
    flaws = np.zeros((3000, 3), dtype=np.uint8)
    flaws[1000:1010, 1] = Flaw.RAILED
    data = seen((0.0, 100.0, 0.0))
    data[1000:1010, 1] = 187_500.0
    piece = separated(data, flaws=flaws)
    # Two lags to either side.
    missing = np.flatnonzero(piece.own_flaws[100:, 0]) + 100
    np.testing.assert_array_equal(missing, np.arange(998, 1012))
    assert (piece.own_flaws[998:1012, 0] == Flaw.LOST).all()
    assert not piece.flaws[:, 0].any()
    assert rms(piece.own_uv[1012:])[0] < 1.5


def test_a_driver_that_is_off_leaves_the_other_side_alone() -> None:
    stream = Stream(rate_hz=1000.0, channels=channel_names(4))
    pairs = np.zeros((4, 4), dtype=np.bool_)
    pairs[0, 1] = pairs[2, 3] = True
    stage = Separator(Separation(), unknown_leakage(4, 1000.0, heard=pairs), stream)
    stage.use(np.array([False, True, False, True]), 0)
    driver = muscles_at_work((100.0, 100.0), seconds=3.0)
    data = np.stack([0.3 * driver[:, 0], driver[:, 0], 0.3 * driver[:, 1], driver[:, 1]], axis=1)
    data[:, [0, 2]] += np.random.default_rng(1).normal(0.0, 1.0, (3000, 2))
    flaws = np.zeros(data.shape, dtype=np.uint8)
    flaws[:, 1] = Flaw.RAILED
    (piece,) = stage.push(Conditioned(0, data, flaws, np.zeros_like(data)))
    assert (piece.own_flaws[:, 0] & Flaw.LOST).all()
    assert not piece.own_flaws[100:, 2].any()
    assert rms(piece.own_uv)[2] < 2.0


def test_hops_lie_on_the_grid_of_the_global_sample_index() -> None:
    stage = Separator(Separation(), LEAKAGE, STREAM)
    data = np.zeros((100, 3))
    (piece,) = stage.push(Conditioned(1001, data, data.astype(np.uint8), data))
    assert (stage.hop, stage.delay) == (4, 3)
    assert (piece.start, len(piece.own_uv), len(piece.doubt_uv2)) == (1004, 92, 23)


def test_drivers_change_at_a_sample() -> None:
    data = seen((0.0, 100.0, 0.0))
    stage = Separator(Separation(), LEAKAGE, STREAM)
    stage.use(DRIVEN, 1001)
    pieces = stage.push(Conditioned(0, data, np.zeros(data.shape, np.uint8), data))
    own, total = (np.concatenate([getattr(p, n) for p in pieces]) for n in ("own_uv", "total_uv"))
    np.testing.assert_array_equal(own[:1004], total[:1004])
    assert rms(own[1004:])[0] < 1.5


def test_the_same_drivers_again_change_nothing() -> None:
    data = seen((0.0, 100.0, 0.0), 1.2)
    stage = Separator(Separation(), LEAKAGE, STREAM)
    for start in (0, 801, 1702):
        stage.use(DRIVEN, start)
    pieces = stage.push(Conditioned(0, data, np.zeros(data.shape, np.uint8), data))
    own = np.concatenate([piece.own_uv for piece in pieces])
    np.testing.assert_array_equal(own, separated(data).own_uv)


FLAWS = np.where(np.random.default_rng(7).random((300, 3)) < 0.01, Flaw.LOST, 0).astype(np.uint8)
DATA = seen((5.0, 100.0, 50.0))[:300]


def run(cut_points: list[int], gap: int, rate_hz: float, *, flawed: bool) -> dict[str, np.ndarray]:
    """Separate 300 samples, of which `gap` before the 150th never came, cut like this."""
    leakage = unknown_leakage(3, rate_hz) if rate_hz != LEAKAGE.rate_hz else LEAKAGE
    stream = Stream(rate_hz=rate_hz, channels=channel_names(3))
    settings = Separation(block_s=0.02 if rate_hz > 500.0 else 0.064)
    stage = Separator(settings, leakage, stream)
    for driven, start in ((DRIVEN, 20), (BOTH, 101), (DRIVEN, 222)):
        stage.use(driven, start)
    pieces: list[Separated] = []
    for begin, end in pairwise([0, *cut_points, 300]):
        for start, stop in ((begin, min(end, 150 - gap)), (max(begin, 150), end)):
            rows = slice(start, max(start, stop))
            flaws = FLAWS[rows] if flawed else np.zeros_like(FLAWS[rows])
            pieces += stage.push(Conditioned(start, DATA[rows], flaws, DATA[rows]))
    found = {
        name: np.concatenate([getattr(piece, name) for piece in pieces])
        for name in ("own_uv", "total_uv", "flaws", "own_flaws", "hum", "doubt_uv2")
    }
    found["samples"] = np.concatenate(
        [np.arange(piece.start, piece.start + len(piece.own_uv)) for piece in pieces]
    )
    return found


@given(
    cut_points=cuts(300),
    gap=st.sampled_from([0, 1, 30]),
    rate_hz=st.sampled_from([250.0, 1000.0]),
    flawed=st.booleans(),
)
def test_what_is_separated_does_not_depend_on_the_cut(
    *, cut_points: list[int], gap: int, rate_hz: float, flawed: bool
) -> None:
    whole, pieces = (run(c, gap, rate_hz, flawed=flawed) for c in ([], cut_points))
    for name, expected in whole.items():
        np.testing.assert_array_equal(pieces[name], expected, err_msg=name)


def test_a_change_in_the_past_is_refused() -> None:
    stage = Separator(Separation(), LEAKAGE, STREAM)
    stage.push(Conditioned(0, DATA, FLAWS, DATA))
    with pytest.raises(ValueError, match="before what is pushed"):
        stage.use(DRIVEN, 299)
    with pytest.raises(ValueError, match="one mark for each channel"):
        stage.use(DRIVEN[:2], 300)
    stage.use(DRIVEN, 400)
    with pytest.raises(ValueError, match="planned already"):
        stage.use(BOTH, 300)


def test_leakage_of_another_stream_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit a stream of 3 at 250"):
        Separator(Separation(), LEAKAGE, Stream(rate_hz=250.0, channels=channel_names(3)))


@pytest.mark.parametrize("bad", [{"hop_s": 0.0}, {"hop_s": 0.1}, {"block_s": 0.001}])
def test_settings_that_cannot_be_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="hop_s"):
        Separation(**bad)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [{"gain": -0.1}, {"floor": 0.0}, {"memory_s": 0.1}])
def test_a_drift_without_bounds_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must|shares"):
        LeakDrift(**bad)
