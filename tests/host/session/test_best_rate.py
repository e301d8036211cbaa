"""Our own board is asked for the best rate that a montage allows, whatever is done with it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Protocol

import numpy as np
import pytest

from calibration.montage import montages
from calibration.muscles import Side
from calibration.profile import Electrodes
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.acquisition.source import Source
from host.clinic.edition import Edition
from host.session.asked import Asked
from host.session.calibrating.building import Ordered, board_calibration
from host.session.calibrating.fitting import Identity
from host.session.contacting.building import board_contact
from host.session.practising.building import Appointed, practice_session
from host.session.setup import board_session
from tests.host.acquisition.memory_source import MemorySource
from tests.host.clinic import people

pytestmark = pytest.mark.skipif(
    not pty_port.AVAILABLE, reason="no pseudo-terminals here for a simulated board"
)
FACE_4 = Asked(montage=montages()["face-4"], affected=Side.RIGHT, recorded=False)
IDENTITY = Identity(
    person="P01",
    therapist="T07",
    electrodes=Electrodes(id="today", date="2026-11-25"),
    created="2026-11-25T09:00:00+00:00",
)


class Reads(Protocol):
    @property
    def source(self) -> Source: ...


class Staged(Protocol):
    @property
    def session(self) -> Reads: ...


def practice(board: BoardSettings) -> Callable[[ExitStack], Staged]:
    saved = Edition(number=1, saved="2026-11-25T09:00:00+00:00", by="T07")
    plan = replace(people.plan("gentle closed smile"), montage="face-4", edition=saved)
    appointed = Appointed(patient=people.patient(), plan=plan, today=people.TODAY)
    return practice_session(replace(FACE_4, montage=None), appointed, board=board)


@pytest.mark.parametrize(
    "built",
    [
        lambda board: board_session(board, FACE_4),
        lambda board: board_contact(board, FACE_4),
        lambda board: board_calibration(board, FACE_4, Ordered(identity=IDENTITY)),
        practice,
    ],
    ids=["bars", "contact", "calibration", "practice"],
)
def test_four_electrodes_are_read_at_1000_samples_a_second(
    built: Callable[[BoardSettings], Callable[[ExitStack], Staged]],
) -> None:
    feed = MemorySource(np.zeros((20_000, 4)), rate_hz=1000.0)
    with SimulatedCyton(feed, speech=QuietfaceSpeech(feed_hz=1000)) as board, ExitStack() as stack:
        stage = built(BoardSettings(board="arduino", port=board.port))(stack)
        stream = stage.session.source.stream
    assert (stream.rate_hz, len(stream.channels)) == (1000.0, 4)
