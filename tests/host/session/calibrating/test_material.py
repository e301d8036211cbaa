"""What a calibration keeps of a stream: the chain's levels, and samples that are sound."""

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.channel_model import plain_channel
from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.settings import PatientSettings
from host.chain.conditioning import Conditioning
from host.chain.filters import MainsRemoval
from host.chain.hearing import Hearing
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.sound import condition
from host.chain.stream import Chunk, FloatArray
from host.session.calibrating.material import Material
from tests.cuts import chunks, cuts, with_gaps
from tests.host.session.calibrating.courses import FACE, Bedside, recorded, rest

STREAM = PatientSettings(montage=FACE).stream
RAW = recorded(3.0)
CHAIN = ChainSettings(listen_s=0.4)


def material(cut_points: list[int], raw: FloatArray = RAW) -> Material:
    """Return what is kept of samples that came in these pieces."""
    found = Material(CHAIN, STREAM)
    for chunk in chunks(raw, cut_points):
        found.push(chunk)
    return found


@settings(max_examples=20, deadline=None)
@given(cuts(len(RAW)))
def test_what_is_kept_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    stop = material([]).stop
    assert material(cut_points).stop == stop
    for name in ("power_uv2", "known", "loose", "samples_uv"):
        one, other = (getattr(material(cut).with_samples(stop), name) for cut in (cut_points, []))
        np.testing.assert_array_equal(one, other)


def test_powers_are_those_of_the_plain_chain() -> None:
    chain = SignalChain(CHAIN, STREAM)
    levels = [one for chunk in chunks(RAW, [300]) for one in chain.push(chunk)]
    powers = [one.hop_power_uv2 for one in levels if one.hop_power_uv2 is not None]
    found = material([300])
    np.testing.assert_array_equal(found.heard(found.stop).power_uv2, np.concatenate(powers))


def test_the_mains_that_is_heard_is_taken_out_and_no_other() -> None:
    hearing = Hearing(CHAIN.conditioning, CHAIN.listen_s, STREAM)
    heard = np.concatenate([one.data for one in hearing.push(Chunk(0, RAW))])
    only = ChainSettings(conditioning=Conditioning(mains=MainsRemoval(base_hz=(50.0,))))
    expected = np.concatenate([one.data for one in condition(only, STREAM, [Chunk(0, RAW)])])
    np.testing.assert_array_equal(heard, expected)


def test_the_adaptive_chain_shows_levels_and_the_powers_behind_its_filters() -> None:
    found = material([])
    models = (plain_channel(STREAM.rate_hz),) * len(FACE.sites)
    adapted = found.adapted(models, found.stop)
    plain = found.heard(found.stop)
    assert adapted.shown_uv is not None
    # Without a filter the powers are the plain ones, but for the rounding to whole steps.
    known = plain.known & adapted.known
    np.testing.assert_allclose(
        adapted.power_uv2[known], plain.power_uv2[known], rtol=1e-3, atol=1e-2
    )


def test_what_never_came_is_unknown() -> None:
    found = Material(CHAIN, STREAM)
    for chunk in with_gaps(RAW, [(400, 500)], []):
        found.push(chunk)
    heard = found.with_samples(found.stop)
    assert not heard.known[400:500].any()
    assert heard.samples_uv is not None
    assert np.isnan(heard.samples_uv[400:500]).all()


def test_a_channel_that_is_never_sound_does_not_cost_the_others() -> None:
    loose = Loose(channel=0, start_s=0.0, fault=Fault.RAILS)
    bedside = Bedside((rest(),), PatientSettings(montage=FACE, loose=(loose,)))
    bedside.go(4.0)
    heard = bedside.course.material.with_samples(900)
    assert heard.samples_uv is not None
    assert np.isfinite(heard.samples_uv[400:]).all()
    assert heard.clipped[400:, 0].all()
    assert not heard.known[400:, 0].any()
    assert heard.known[400:, 1:].all()


def test_the_digest_is_that_of_the_plain_chain() -> None:
    settings_of_a_session = ChainSettings()
    assert Material(settings_of_a_session, STREAM).digest == ChainSettings().digest(STREAM)


def test_nothing_is_known_before_the_mains_was_listened_for() -> None:
    found = Material(CHAIN, STREAM)
    found.push(Chunk(0, RAW[:99]))
    assert (found.stop, found.newest) == (0, None)
    found.push(Chunk(99, RAW[99:101]))
    assert found.stop == pytest.approx(100, abs=2)
