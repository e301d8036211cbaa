"""A chain can be copied and taken to another process, and goes on to the last bit."""

import copy
import pickle
from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.calibrated_chain import calibrated_chain
from calibration.montage import montages
from host.chain.amplitude import Levels
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.stream import Chunk, FloatArray, Stream, channel_names

FACE = montages()["face-8"]
STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
CHAINS = {"plain": ChainSettings(), "calibrated": calibrated_chain(FACE, 250.0)}
COPIES: dict[str, Callable[[SignalChain], SignalChain]] = {
    "copied": copy.deepcopy,
    "pickled": lambda chain: pickle.loads(pickle.dumps(chain)),  # noqa: S301  our own
}


def face(samples: int) -> FloatArray:
    """Return work and rest in turn, a garbled sample, and an electrode that comes off."""
    data = np.random.default_rng(8).normal(0.0, 5.0, (samples, 8))
    data[np.arange(samples) // 200 % 2 == 1, :4] *= 10.0
    data[900, 2] += 50_000.0
    data[1100:1150, 5] = 187_500.0
    return STREAM.on_grid(data)


def run(chain: SignalChain, data: FloatArray, start: int, stop: int) -> list[Levels]:
    pieces = [Chunk(at, data[at : min(at + 37, stop)]) for at in range(start, stop, 37)]
    return [levels for piece in pieces for levels in chain.push(piece)]


def as_bits(levels: list[Levels]) -> list[tuple[object, ...]]:
    return [
        (one.first, one.rms_uv.tobytes(), one.quality.tobytes(), one.lost.tobytes())
        for one in levels
    ]


@pytest.mark.parametrize("way", COPIES)
@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("moved", [100, 903, 1120])
def test_a_copy_goes_on_as_the_original_and_leaves_it_alone(
    name: str, way: str, moved: int
) -> None:
    data, chain = face(1800), SignalChain(CHAINS[name], STREAM)
    chain.drive(np.array([site.muscle == "ZYG" for site in FACE.sites]), 0)
    run(chain, data, 0, moved)
    other = COPIES[way](chain)
    ours = run(other, data, moved, 1800)
    assert as_bits(ours) == as_bits(run(chain, data, moved, 1800)) != []
