"""A recording, and the window in which it is reviewed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.review.window import ReviewWindow
from host.session.opened import Opened
from tests.host.feedback.review.reviews import reviewed
from tests.host.session.recordings import opened


@pytest.fixture
def made(tmp_path: Path) -> Opened:
    """Return a recording in a folder of its own."""
    return opened(tmp_path / "beside")


@pytest.fixture
def window(qtbot: QtBot, made: Opened) -> Iterator[ReviewWindow]:
    """Give its review, judged and on the screen."""
    with reviewed(qtbot, made) as window:
        yield window
