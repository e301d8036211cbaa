"""How channels are judged that somebody placed, and nobody planned anything for."""

from calibration.montage import plain_montage
from calibration.muscles import Side
from calibration.saying import Saying, words_of
from host.chain.conditioning import Conditioning
from host.chain.filters import MainsRemoval
from host.chain.pipeline import ChainSettings
from host.chain.stream import Stream
from host.detection.cues import Cue, Phase
from host.detection.watch import Watch
from host.errors import SettingsError
from host.session.asked import Asked


def judging(asked: Asked, stream: Stream) -> tuple[Watch, Side, Cue]:
    """Choose how channels that somebody else placed are judged: all as one pattern."""
    channels = len(stream.channels)
    try:
        montage = (asked.montage or plain_montage(channels)).padded(channels)
    except ValueError as error:
        raise SettingsError(Saying("{}.", words_of(error))) from error
    asked.refuse_unplaced()
    movement = asked.movement(montage, "rest and release")
    watch = Watch(montage=montage, chain=asked_chain(asked), patterns=asked.own_patterns)
    cue = Cue(start=0, pattern=movement.name, phase=Phase.FREE)
    return watch, asked.affected or Side.RIGHT, cue


def asked_chain(asked: Asked) -> ChainSettings:
    """Return the chain with the mains that was asked for."""
    return ChainSettings(conditioning=Conditioning(mains=MainsRemoval(base_hz=asked.mains_hz)))
