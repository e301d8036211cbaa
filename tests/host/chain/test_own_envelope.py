"""The whole chain with separation: own levels, with what leaks beside them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.channel_model import plain_channel
from calibration.leakage import unknown_leakage
from host.chain.adaptive import AdaptiveWindow
from host.chain.amplitude import Levels
from host.chain.own_envelope import CrosstalkRemoval
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.separation import Separation
from host.chain.stream import Chunk, FloatArray
from tests.cuts import chunks, cuts
from tests.host.chain.test_separation import DRIVEN, LEAKAGE, STREAM, seen

MODEL = plain_channel(STREAM.rate_hz)
SETTINGS = ChainSettings(
    adaptive=AdaptiveWindow(channels=(MODEL,) * 3),
    crosstalk=CrosstalkRemoval(leakage=LEAKAGE),
    listen_s=0.0,
)


def levels(
    raw: FloatArray, at: list[int] | None = None, chain_settings: ChainSettings = SETTINGS
) -> list[Levels]:
    """Return what the chain makes of a signal in which channel 1 is driven."""
    chain = SignalChain(chain_settings, STREAM)
    chain.drive(DRIVEN, 0)
    return [one for chunk in chunks(raw, at or []) for one in chain.push(chunk)]


def last(found: list[Levels], name: str) -> FloatArray:
    """Return the median of the last second of one of the levels' arrays."""
    whole = np.concatenate([getattr(one, name) for one in found])
    return np.asarray(np.median(whole[-250:], axis=0))


def test_what_only_leaks_is_taken_out_and_told_beside() -> None:
    raw = seen((0.0, 100.0, 0.0))
    found = levels(raw)
    as_it_came = last(levels(raw, chain_settings=replace(SETTINGS, crosstalk=None)), "rms_uv")
    own = last(found, "rms_uv")
    beside = [one.beside for one in found if one.beside is not None]
    leaked = np.nanmedian(np.concatenate([one.leaked_uv for one in beside]), axis=0)
    assert np.hypot(own, leaked) == pytest.approx(as_it_came, rel=0.1)
    assert (own[[0, 2]] < 0.2 * leaked[[0, 2]]).all()
    assert beside[-1].suspected[-1].tolist() == [True, False, True]


def test_a_muscle_that_works_itself_is_left_and_not_suspected() -> None:
    found = levels(seen((0.0, 100.0, 60.0)))
    assert last(found, "rms_uv")[2] == pytest.approx(60.0, rel=0.25)
    (last_one,) = found[-1:]
    assert last_one.beside is not None
    assert not last_one.beside.suspected[-1, 2]


def test_the_gain_of_whitening_brings_what_leaked_into_the_levels_units() -> None:
    doubled = ChainSettings(
        adaptive=SETTINGS.adaptive,
        crosstalk=CrosstalkRemoval(leakage=LEAKAGE, gains=(2.0, 2.0, 2.0)),
        listen_s=0.0,
    )
    raw = seen((0.0, 100.0, 0.0))
    single, double = (
        np.concatenate([one.beside.leaked_uv for one in found if one.beside])
        for found in (levels(raw), levels(raw, chain_settings=doubled))
    )
    np.testing.assert_array_equal(2.0 * single, double)


@settings(deadline=None, max_examples=12)
@given(cuts(1500))
def test_nothing_depends_on_the_cut(at: list[int]) -> None:
    raw = seen((0.0, 100.0, 30.0))[:1500]
    for one, other in zip(joined(levels(raw, at)), joined(levels(raw)), strict=True):
        np.testing.assert_array_equal(one, other)


def joined(found: list[Levels]) -> list[FloatArray]:
    """Return all that levels say, each as one array."""
    own = [
        np.concatenate([getattr(one, name) for one in found])
        for name in ("rms_uv", "quality", "lost", "freedom", "hop_power_uv2")
    ]
    beside = [one.beside for one in found if one.beside is not None]
    names = ("leaked_uv", "explained", "doubt", "suspected")
    return own + [np.concatenate([getattr(one, name) for one in beside]) for name in names]


def test_the_digest_names_the_leakage_too_and_a_plain_chain_keeps_its_name() -> None:
    plain = ChainSettings().digest(STREAM)
    apart = ChainSettings(crosstalk=CrosstalkRemoval(leakage=LEAKAGE)).digest(STREAM)
    other = unknown_leakage(3, STREAM.rate_hz)
    elsewhere = ChainSettings(crosstalk=CrosstalkRemoval(leakage=other)).digest(STREAM)
    assert len({plain, apart, elsewhere}) == 3
    assert plain == ChainSettings(crosstalk=None).digest(STREAM)


def test_numbers_of_other_channels_and_another_hop_are_refused() -> None:
    with pytest.raises(ValueError, match="3 channels"):
        CrosstalkRemoval(leakage=LEAKAGE, noise_uv=(1.0,))
    with pytest.raises(ValueError, match="3 channels"):
        CrosstalkRemoval(leakage=LEAKAGE, gains=(1.0, 1.0, -1.0))
    removal = CrosstalkRemoval(leakage=LEAKAGE, separation=Separation(hop_s=0.008))
    with pytest.raises(ValueError, match="same hop_s"):
        ChainSettings(crosstalk=removal)


def test_samples_lost_on_another_channel_are_not_counted_as_ones_own() -> None:
    raw = seen((0.0, 100.0, 0.0))
    raw[1200:1300, 1] = 187_500.0
    found = levels(raw)
    lost = np.concatenate([one.lost for one in found])
    assert not lost[:, [0, 2]].any()
    # But who hears a muscle that is not known is not known either.
    railed = np.concatenate([one.rms_uv for one in found])[1299 // 4]
    assert np.isnan(railed[:2]).all()


def test_an_empty_chunk_is_legal() -> None:
    chain = SignalChain(SETTINGS, STREAM)
    assert chain.push(Chunk(0, np.empty((0, 3)))) == []
