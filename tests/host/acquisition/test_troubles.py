"""What is wrong with a board, for the person who can put it right."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from host.acquisition import troubles
from host.acquisition.catalog import find_board

CYTON = find_board("cyton")


def test_a_missing_port_is_answered_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dongle = SimpleNamespace(device="/dev/ttyUSB0", vid=0x0403, pid=0x6015, description="FT231X")
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [dongle])
    said = troubles.explain(
        "UNABLE_TO_OPEN_PORT_ERROR", board=CYTON, port=str(tmp_path / "nothing")
    )
    assert said.startswith("There is no port")
    assert "/dev/ttyUSB0" in said


def test_a_forbidden_port_says_how_to_get_leave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(troubles, "accessible", lambda _: False)
    said = troubles.explain("UNABLE_TO_OPEN_PORT_ERROR", board=CYTON, port=str(tmp_path))
    assert "dialout" in said


def test_a_busy_port_says_so(tmp_path: Path) -> None:
    said = troubles.explain("UNABLE_TO_OPEN_PORT_ERROR", board=CYTON, port=str(tmp_path))
    assert "another program" in said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("BOARD_NOT_READY_ERROR", "GPIO 6"),
        ("ANOTHER_BOARD_IS_CREATED_ERROR", "already open"),
        ("SOMETHING_NEW_ERROR", "refused: SOMETHING_NEW_ERROR"),
    ],
)
def test_each_trouble_has_its_sentence(code: str, words: str) -> None:
    assert words in troubles.explain(code, board=CYTON, port="/dev/ttyUSB0")
