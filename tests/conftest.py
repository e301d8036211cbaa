"""What all tests share: the screenless Qt, and the real recordings."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_FULL_AFTER = 20
"""So many quick collections before a full one."""
RECORDINGS = Path(__file__).parents[2] / "shared" / "recordings"


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Return the folder of real recordings by others, which is not part of the project."""
    if not RECORDINGS.is_dir():
        pytest.skip("the real recordings (../shared/recordings) are not beside the project")
    return RECORDINGS


@pytest.fixture(autouse=True)
def _collected_between_tests() -> Iterator[None]:
    """Look for garbage on the tests' own thread alone, as the app does, and between two tests.

    A thread of a session that did so would let go of windows of earlier tests, and crash.
    """
    gc.disable()
    yield
    # What has just been made is quickly walked through, everything is not.
    gc.collect(2 if gc.get_count()[2] >= _FULL_AFTER else 1)


@pytest.fixture(autouse=True)
def _data_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep what a test records out of the user's data."""
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path_factory.getbasetemp() / "data"))
