"""The whole contact check on the simulated patient: every planted fault found, no false one."""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import montages
from host.acquisition.lead_off import CANNOT
from host.acquisition.simulated.disturbance import Electrodes, Mains
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.planting import Planted
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.source import Link
from host.cli.main import main
from host.session.asked import Asked
from host.session.contacting.building import Checking, patient_contact
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.running import ContactSession
from host.session.contacting.unattended import Wanted, run_once
from host.session.contacting.verdicts import Verdict
from host.session.contacting.view import ContactPhase, ContactView, may_start
from host.session.contacting.worker import ContactWorker
from tests.host.acquisition.test_board import needs_pty

DIRECT = Asked(through_board=False, watched=False, recorded=False)
THROUGH = replace(DIRECT, through_board=True)


def checked(
    checking: Checking, *, asked: Asked = DIRECT, sides: bool = False, impedance: bool = False
) -> ContactView:
    """Check once, and return what was found."""
    wanted = Wanted(sides=sides, impedance=impedance)
    return run_once(patient_contact(asked, checking), wanted)[1]


def planted(words: str, **changes: object) -> Checking:
    return Checking(planted=Planted.parse(words), **changes)  # type: ignore[arg-type]


def verdicts(view: ContactView) -> list[Verdict]:
    return [one.verdict for one in view.channels]


def until(session: ContactSession, holds: Callable[[ContactView], bool], limit_s: float) -> None:
    stop_s = time.perf_counter() + limit_s
    while not holds(session.view):
        assert time.perf_counter() < stop_s, session.view
        session.step(0.05)


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_healthy_face_has_no_false_verdict(seed: int) -> None:
    view = checked(Checking(), asked=replace(DIRECT, seed=seed), sides=True)
    assert verdicts(view) == [Verdict.GOOD] * 8
    assert view.steady
    assert all(one.rest_uv is not None and 0.2 < one.rest_uv < 3.0 for one in view.channels)
    assert view.sides is not None
    assert view.sides.findings == ()
    assert may_start(view) == []


@pytest.mark.parametrize("channel", [0, 2, 5])
@pytest.mark.parametrize(("fault", "verdict"), [("loose", "loose"), ("clipped", "railed")])
def test_a_planted_electrode_is_named_and_only_that(fault: str, verdict: str, channel: int) -> None:
    view = checked(planted(f"{fault}:{channel + 1}"))
    expected = [Verdict.GOOD] * 8
    expected[channel] = Verdict(verdict)
    assert verdicts(view) == expected
    assert [one.channel for one in may_start(view)] == [channel]
    assert view.channels[channel].advice


def test_planted_mains_is_named_where_it_hums_and_can_still_be_used() -> None:
    patient = PatientSettings(mains=Mains(level_uv=4200.0, harmonics=(), unsteadiness=0.0))
    view = checked(Checking(patient=patient))
    assert verdicts(view) == [Verdict.MAINS] * 8
    assert may_start(view) == []


def test_a_planted_noise_is_named() -> None:
    patient = PatientSettings(electrodes=Electrodes(noise_uv=25.0))
    assert verdicts(checked(Checking(patient=patient))) == [Verdict.NOISY] * 8


@pytest.mark.parametrize("seed", [1, 2])
def test_p17_swapped_sides_are_found_by_asking_one_side_and_stop_practice(seed: int) -> None:
    view = checked(planted("swapped"), asked=replace(DIRECT, seed=seed), sides=True)
    assert view.sides is not None
    assert view.sides.swapped
    assert verdicts(view) == [Verdict.SWAPPED] * 8
    assert "Exchange the left and right" in may_start(view)[0].said


def test_which_channels_answered_is_told_for_each_side() -> None:
    montage = montages()["face-8"]
    patient = PatientSettings(montage=montage, couplings=())
    view = checked(Checking(patient=patient), sides=True)
    assert view.sides is not None
    for answer in view.sides.answers:
        assert answer.channels
        assert {montage.sites[channel].side for channel in answer.channels} == {answer.side}


def test_sides_are_told_by_a_muscle_that_is_not_left_out() -> None:
    montage = montages()["face-8"]
    cheek, utc = montage.named(1), "2026-11-25T10:00:00"
    out = Exclusion.of(montage, cheek, by="T1", reason="sore", utc=utc)
    view = checked(planted("loose:2", exclusions=(out,)), sides=True)
    assert view.sides is not None
    assert (view.sides.done, view.sides.swapped, view.sides.findings) == (True, False, ())
    told = {channel for answer in view.sides.answers for channel in answer.channels}
    assert told
    assert 1 not in told


def test_without_a_cyton_there_is_no_number_for_impedance() -> None:
    view = checked(Checking(), impedance=True)
    assert view.impedance == CANNOT
    assert not view.can_measure
    assert all(one.positive is None and one.negative is None for one in view.channels)


def test_an_exclusion_is_shown_and_taken_back() -> None:
    with ExitStack() as stack:
        session = patient_contact(DIRECT, planted("loose:3"))(stack).session
        until(session, lambda view: view.steady, 30.0)
        name = session.view.channels[2].name
        montage = montages()["face-8"]
        out = Exclusion.of(montage, name, by="T1", reason="sore", utc="2026-11-25T10:00:00")
        session.exclude(out)
        assert session.view.exclusions == (out,)
        assert may_start(session.view) == []
        session.include(2)
        assert may_start(session.view)
        with pytest.raises(ValueError, match="is not"):
            session.exclude(replace(out, channel=4))


@needs_pty
def test_through_brainflow_every_electrode_is_measured_and_the_current_disturbs_no_verdict() -> (
    None
):
    expected = [Verdict.LOOSE if at == 2 else Verdict.GOOD for at in range(8)]
    with ExitStack() as stack:
        session = patient_contact(THROUGH, planted("loose:3"))(stack).session
        until(session, lambda view: view.steady, 30.0)
        session.measure()
        assert session.view.phase is ContactPhase.IMPEDANCE
        until(session, lambda view: view.phase is ContactPhase.LISTENING, 40.0)
        stop_s = time.perf_counter() + 4.0
        while time.perf_counter() < stop_s:
            assert verdicts(session.step(0.05)) == expected
        view = session.view
    assert view.impedance == ""
    for one in view.channels:
        assert one.negative is not None
        assert 3e3 < one.negative.ohm < 60e3
        assert one.positive is not None
        assert (one.positive.ohm > 200e3) is (one.channel == 2)
        # The tone of 5 to 50 kΩ would read as 20 to 200 µV.
        assert one.channel == 2 or (one.rest_uv is not None and one.rest_uv < 3.0)


@needs_pty
def test_a_pulled_cable_leaves_every_channel_unknown_and_comes_back_by_itself() -> None:
    asked = replace(THROUGH, faults=Faults.parse("pull=7+1"))
    worker = ContactWorker(patient_contact(asked, Checking()))
    worker.start()
    seen: list[ContactView] = []

    def wait(holds: Callable[[ContactView], bool]) -> None:
        stop_s = time.perf_counter() + 30.0
        while not holds(worker.view):
            assert time.perf_counter() < stop_s
            seen.append(worker.view)
            time.sleep(0.01)

    wait(lambda view: view.steady)
    wait(lambda view: view.link.link is Link.RECONNECTING)
    wait(lambda view: verdicts(view) == [Verdict.UNKNOWN] * 8)
    assert may_start(worker.view)
    wait(lambda view: view.steady)
    assert verdicts(worker.view) == [Verdict.GOOD] * 8
    worker.stop()
    assert worker.error is None


def test_the_command_line_prints_a_table_and_says_whether_practice_may_start(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["contact", "--direct", "--plant", "loose:3"]) == 2
    printed = capsys.readouterr().out
    assert "Lips, left" in printed
    assert "loose" in printed
    assert "Practice may not start" in printed
    assert main(["contact", "--direct"]) == 0
    assert "Practice may start." in capsys.readouterr().out


def test_the_command_line_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "contact.json"
    assert main(["contact", "--direct", "--json", str(to)]) == 0
    data = json.loads(to.read_text(encoding="utf-8"))
    assert data["format"] == "quietface-contact"
    assert [one["verdict"] for one in data["channels"]] == ["good"] * 8
    assert data["channels"][0]["impedance_p"] is None
    capsys.readouterr()
    assert main(["contact", "--direct", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["refusals"] == []


def test_the_command_line_refuses_what_says_nothing_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["contact", "--board", "cyton", "--port", "x", "--plant", "swapped"]) == 1
    assert "simulated patient" in capsys.readouterr().err
    assert main(["contact", "--direct", "--plant", "nonsense"]) == 1
    assert "--plant" in capsys.readouterr().err
