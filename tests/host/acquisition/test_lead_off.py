"""Lead-off on a board of which all is known, and through BrainFlow on the simulated Cyton."""

import math
import time
from collections.abc import Iterator

import numpy as np
import pytest

from host.acquisition.lead_off import CANNOT, LeadOff
from host.acquisition.lead_off_pins import Leg, commands, legs_of, passed_share
from host.acquisition.lead_off_tone import ToneFit
from host.acquisition.live import BoardSource
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.contact import Fault, Loose
from host.acquisition.simulated.cyton import SimulatedCyton
from host.acquisition.simulated.patient import PatientSource, SimulatedPatient
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.simulated.skin import Skin, skin_of
from host.acquisition.simulated.speech import CytonSpeech
from host.acquisition.source import Link, LinkState
from host.chain.stream import Chunk, Stream, channel_names
from host.errors import DeviceError
from tests.host.acquisition.test_board import needs_pty

CYTON = BoardSettings(board="cyton", port="anywhere")
STREAM = Stream(rate_hz=250.0, channels=channel_names(8))


class KnownBoard:
    """A Cyton of which every electrode is known; its time goes on as it is asked and read."""

    def __init__(self, *, deaf: frozenset[int] = frozenset(), replies: bool = True) -> None:
        self.stream = STREAM
        self.skin = Skin(STREAM, seed=3)
        self.link = LinkState(link=Link.STREAMING)
        self.asked: list[str] = []
        self.driven = np.zeros((8, 2), dtype=np.bool_)
        self.time_s = 0.0
        self._deaf, self._replies = set(deaf), replies

    @property
    def state(self) -> LinkState:
        return self.link

    def ask(self, command: str) -> str:
        self.asked.append(command)
        self.time_s += 2.0
        told = ""
        for place in range(0, len(command), 5):
            channel = int(command[place + 1]) - 1
            if channel in self._deaf:
                self._deaf.discard(channel)
                continue
            self.driven[channel] = [pin == "1" for pin in command[place + 2 : place + 4]]
            told += f"Success: Lead off set for {channel + 1}$$$"
        return told if self._replies else ""

    def host_time_s(self, sample: int) -> float:
        return sample / 250.0

    def chunks(self) -> Iterator[Chunk]:
        while True:
            start = round(self.time_s * 250.0)
            samples = np.arange(start, start + 25)
            self.time_s += 0.1
            yield Chunk(start, self.skin.tone(samples, self.driven))


def measured(board: KnownBoard) -> LeadOff:
    """Measure to the end."""
    lead_off = LeadOff(board, CYTON, clock=lambda: board.time_s)
    lead_off.begin()
    chunks = board.chunks()
    for _ in range(100):
        if not lead_off.running:
            return lead_off
        lead_off.push(next(chunks))
    raise AssertionError("it never ends")


def test_the_commands_are_those_of_the_cytons_manual() -> None:
    assert commands(2, Leg.P) == "z110Zz210Z"
    assert commands(1, Leg.N) == "z101Z"
    assert commands(16, None).endswith("zU00ZzI00Z")
    with pytest.raises(ValueError, match="up to 16"):
        commands(17, Leg.P)


def test_every_electrode_of_every_channel_is_measured_without_a_click_and_all_is_off_after() -> (
    None
):
    board = KnownBoard()
    lead_off = measured(board)
    for leg, pin in ((Leg.P, 0), (Leg.N, 1)):
        for found, true_ohm in zip(
            lead_off.found[leg], board.skin.contact_ohm[:, pin], strict=True
        ):
            assert found is not None
            assert found.ohm == pytest.approx(true_ohm, rel=0.02)
    assert board.asked[-1] == commands(8, None)
    assert not board.driven.any()
    assert lead_off.progress == 1.0
    assert not lead_off.why


def test_a_channel_that_did_not_hear_the_command_is_asked_once_more() -> None:
    board = KnownBoard(deaf=frozenset({4}))
    lead_off = measured(board)
    assert board.asked[:2] == [commands(8, Leg.P)] * 2
    assert all(found is not None for found in lead_off.found[Leg.P])


def test_a_board_that_confirms_nothing_is_said_to_be_unable_and_gives_no_number() -> None:
    lead_off = measured(KnownBoard(replies=False))
    assert lead_off.why == CANNOT
    assert not lead_off.able
    assert not lead_off.found


@pytest.mark.parametrize("board", ["ganglion", "synthetic", "muse-2"])
def test_boards_without_lead_off_say_so_and_are_asked_nothing(board: str) -> None:
    known = KnownBoard()
    lead_off = LeadOff(known, BoardSettings(board=board, port="x"))
    lead_off.begin()
    assert not lead_off.running
    assert lead_off.why == CANNOT
    assert not known.asked


def test_with_a_common_reference_only_the_channels_own_electrodes_are_measured() -> None:
    assert legs_of(BoardSettings(board="cyton", port="x")) == (Leg.P, Leg.N)
    common = BoardSettings(board="cyton", port="x", wiring="common reference")
    assert legs_of(common) == (Leg.N,)


def test_a_daisy_loses_more_of_the_tone_for_it_sends_the_mean_of_two_samples() -> None:
    cyton, daisy = (BoardSettings(board=name, port="x").find() for name in ("cyton", "cyton-daisy"))
    assert passed_share(cyton, 250.0, ToneFit()) == pytest.approx(0.925, abs=0.001)
    assert passed_share(daisy, 125.0, ToneFit()) == pytest.approx(0.925 * 0.924, abs=0.001)


def test_a_board_that_is_lost_meanwhile_ends_the_measurement_with_a_sentence() -> None:
    board = KnownBoard()
    lead_off = LeadOff(board, CYTON, clock=lambda: board.time_s)
    lead_off.begin()
    board.link = LinkState(link=Link.RECONNECTING)
    lead_off.push(None)
    assert not lead_off.running
    assert "Measure again" in lead_off.why
    # Opening it anew puts its defaults in force: there is nothing to be switched off.
    asked = len(board.asked)
    lead_off.restore()
    assert len(board.asked) == asked


def test_a_current_that_may_still_flow_is_an_error() -> None:
    board = KnownBoard()
    lead_off = LeadOff(board, CYTON, clock=lambda: board.time_s)
    lead_off.begin()
    board._replies = False
    with pytest.raises(DeviceError, match="Switch the board off"):
        lead_off.restore()


def test_a_measurement_that_is_left_halfway_switches_the_current_off() -> None:
    board = KnownBoard()
    lead_off = LeadOff(board, CYTON, clock=lambda: board.time_s)
    lead_off.begin()
    assert board.driven.any()
    lead_off.restore()
    assert not board.driven.any()


def test_what_was_sampled_while_the_current_flowed_is_not_clean() -> None:
    board = KnownBoard()
    lead_off = measured(board)
    before = Chunk(round((board.time_s - 1.5) * 250.0), np.zeros((10, 8)))
    after = Chunk(round((board.time_s + 0.1) * 250.0), np.zeros((10, 8)))
    assert not lead_off.clean(before)
    assert lead_off.clean(after)


@needs_pty
def test_through_brainflow_a_loose_and_an_open_electrode_stand_out_and_the_settings_are_kept() -> (
    None
):
    settings = PatientSettings(
        loose=(
            Loose(channel=2, start_s=0.0),
            Loose(channel=5, start_s=0.0, fault=Fault.RAILS),
        )
    )
    skin = skin_of(settings)
    speech = CytonSpeech(skin=skin)
    with SimulatedCyton(PatientSource(SimulatedPatient(settings)), speech=speech) as cyton:
        known = BoardSettings(board="cyton", port=cyton.port, gain=12)
        with BoardSource(known) as source:
            lead_off = LeadOff(source, known)
            lead_off.begin()
            until_s = time.perf_counter() + 30.0
            while lead_off.running and time.perf_counter() < until_s:
                lead_off.push(source.read(0.05))
    assert not lead_off.why
    assert not speech.lead_off.any()
    true_ohm = skin.ohm(np.array([0]))[0]
    for leg, pin in ((Leg.P, 0), (Leg.N, 1)):
        for channel in (0, 1, 2, 3, 4, 6, 7):
            found = lead_off.found[leg][channel]
            assert found is not None
            assert found.ohm == pytest.approx(true_ohm[channel, pin], rel=0.1, abs=1500.0)
    loose = lead_off.found[Leg.P][2]
    assert loose is not None
    assert loose.ohm > 200_000.0
    hanging = lead_off.found[Leg.P][5]
    assert hanging is not None
    assert math.isinf(hanging.ohm)


def test_a_replay_behind_the_simulated_cyton_gives_no_number() -> None:
    board = KnownBoard()
    board.skin = Skin(STREAM, seed=1)
    lead_off = LeadOff(board, CYTON, clock=lambda: board.time_s)
    lead_off.begin()
    for _ in range(60):
        start = round(board.time_s * 250.0)
        noise = np.random.default_rng(start).normal(0.0, 1.0, (25, 8))
        board.time_s += 0.1
        lead_off.push(Chunk(start, noise))
    assert not lead_off.running
    assert set(lead_off.found[Leg.P]) == {None}
