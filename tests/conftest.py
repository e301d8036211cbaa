"""What all tests share: the screenless Qt, and the real recordings."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RECORDINGS = Path(__file__).parents[2] / "shared" / "recordings"


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Return the folder of real recordings by others, which is not part of the project."""
    if not RECORDINGS.is_dir():
        pytest.skip("the real recordings (../shared/recordings) are not beside the project")
    return RECORDINGS


@pytest.fixture(autouse=True)
def _data_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep what a test records out of the user's data."""
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path_factory.getbasetemp() / "data"))
