"""The room of an appointment: nobody was here before, and the board's time is hurried.

Imports wait for the test, so that a machine without Qt skips it and names what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.appointment.headphones import Headphones
    from tests.appointment.therapist import Therapist


@pytest.fixture
def headphones(monkeypatch: pytest.MonkeyPatch) -> Headphones:
    """Return the headphones on the patient's ears."""
    from host.feedback.clinic.practising.loudspeaker import Loudspeaker
    from tests.appointment.headphones import Headphones

    on = Headphones()
    monkeypatch.setattr(
        "host.feedback.clinic.practise_page.Loudspeaker", lambda: Loudspeaker(lambda: on)
    )
    return on


@pytest.fixture
def therapist(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headphones: Headphones
) -> Therapist:
    """Return a therapist before the app, which was never opened before."""
    from host.acquisition.simulated import pty_port
    from host.clinic.repository import Clinic
    from tests.appointment.hurried import hurry
    from tests.appointment.therapist import Therapist
    from tests.host.feedback.clinic.rooms import shown

    if not pty_port.AVAILABLE:
        pytest.skip("this system has no pseudo-terminals for a simulated board")
    hurry(monkeypatch)
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path))
    return Therapist(qtbot, shown(qtbot, Clinic(tmp_path)))
